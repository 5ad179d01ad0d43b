//! What stands beside a configuration, while it is edited: added, named, entered and taken out; and what a walk makes of it.

use edgewalk::distribution::aws::Sort;
use edgewalk::distribution::{Beside, Configuration, Draft, FunctionEvent};
use edgewalk::json::Json;
use edgewalk::scene::console::{Choice, Control, Item, Overview, Setting};
use edgewalk::simulation::{Action, Run, What, built_in_scenario};

use crate::{API_AND_MEDIA, at, draft, enter, errors, field, findings, value};

const SORTS: [Sort; 12] = [
    Sort::RealTimeLog,
    Sort::Certificate,
    Sort::Cache,
    Sort::OriginRequest,
    Sort::ResponseHeaders,
    Sort::AccessControl,
    Sort::BucketPolicy,
    Sort::EdgeFunction,
    Sort::PublicKey,
    Sort::KeyGroup,
    Sort::WebAcl,
    Sort::IpSet,
];

/// The shop, with nothing beside it: not even what its certificate covers, which is then assumed.
fn shop() -> Draft {
    let configuration = &built_in_scenario().configuration;
    let bare = Beside::managed("us-east-1".into());
    Draft::of(&configuration.with_beside(&bare).unwrap())
}

/// What the viewer of each GET gets from a shop in which this draft is in force.
fn statuses(draft: &Draft, requests: &[(&str, &str)]) -> Vec<u16> {
    let mut run = run(draft);
    let shown = |run: &mut Run, city: &str, path: &str| {
        crate::get(run, city, path);
        let mut events = run.journal().events().iter().rev();
        events.find_map(|event| match &event.what {
            What::Shown { response, .. } => Some(response.status.0),
            _ => None,
        })
    };
    requests.iter().map(|(city, path)| shown(&mut run, city, path).unwrap()).collect()
}

fn run(draft: &Draft) -> Run {
    let configuration = draft.check().unwrap();
    let configuration = Configuration::restored(&configuration.stored()).unwrap();
    let mut run = Run::new(built_in_scenario()).unwrap();
    run.act(Action::Configure(configuration.into()), 0).unwrap();
    run
}

fn choices(draft: &Draft, item: Item, setting: Setting) -> Vec<Choice> {
    match field(draft, item, setting).control {
        Control::Choice(choices) => choices,
        other => panic!("{other:?}"),
    }
}

/// The value under which a choice with this label is set.
fn choose(draft: &mut Draft, item: Item, setting: Setting, label: &str) {
    let choices = choices(draft, item, setting);
    let found = choices.iter().find(|choice| choice.label == label);
    let value = found.unwrap_or_else(|| panic!("{label} in {choices:?}")).value.clone();
    enter(draft, item, setting, &value);
}

#[test]
fn whatever_is_added_begins_with_values_that_aws_takes() {
    for sort in SORTS {
        let mut draft = shop();
        let first = Item::new_beside(&mut draft, sort).unwrap();
        let second = Item::new_beside(&mut draft, sort).unwrap();
        assert!(draft.is_edited());
        // A key is yours to give, a group without keys is none, and the shop has one bucket.
        let expected: &[(String, &str)] = &match sort {
            Sort::PublicKey => [0, 1]
                .map(|at| (format!("Beside[{at}].PublicKey.PublicKeyConfig.EncodedKey"), "ER-03"))
                .to_vec(),
            Sort::KeyGroup => [0, 1]
                .map(|at| (format!("Beside[{at}].KeyGroup.KeyGroupConfig.Items"), "SIG-21"))
                .to_vec(),
            _ => Vec::new(),
        };
        for (path, row) in expected {
            assert!(findings(&draft).contains(&(path.clone(), row)), "{:?}", findings(&draft));
        }
        if expected.is_empty() {
            assert_eq!(errors(&draft), [], "{sort:?}");
        }
        let rows = Overview::of(&draft, &errors(&draft)).beside;
        assert_eq!(rows.iter().map(|row| row.item).collect::<Vec<_>>(), [first, second]);
        let is_named_by_what_it_covers = sort == Sort::Certificate;
        assert!(rows[0].name != rows[1].name || is_named_by_what_it_covers, "{sort:?}");
        second.remove(&mut draft).unwrap();
        first.remove(&mut draft).unwrap();
        assert!(!draft.is_edited(), "{sort:?}");
    }
}

#[test]
fn two_of_a_sort_with_one_id_are_refused() {
    let mut draft = shop();
    let first = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let second = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let name = value(&draft, first, Setting::FunctionName);
    enter(&mut draft, second, Setting::FunctionName, &name);
    assert_eq!(findings(&draft), [("Beside[1]".to_owned(), "CB-07")]);
}

#[test]
fn what_is_entered_again_leaves_every_document_as_it_was() {
    for sort in SORTS {
        let mut draft = shop();
        let item = Item::new_beside(&mut draft, sort).unwrap();
        let before = draft.documents().to_vec();
        for field in crate::sheet(&draft, item).fields {
            enter(&mut draft, item, field.setting, &field.value);
            assert_eq!(draft.documents(), before, "{sort:?} {:?}", field.setting);
        }
    }
}

#[test]
fn ck_01_02_03_06_07_which_names_are_taken_is_said_in_words() {
    let mut draft = shop();
    let key = Item::new_beside(&mut draft, Sort::Cache).unwrap();
    let sent = Item::new_beside(&mut draft, Sort::OriginRequest).unwrap();
    let place = "Beside[0].CachePolicy.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin";
    let sent_place = "Beside[1].OriginRequestPolicy.OriginRequestPolicyConfig";
    let list = |items: &str, count: u8| format!(r#"{{"Quantity":{count},"Items":[{items}]}}"#);
    let table = [
        (
            key,
            Setting::KeyQuery,
            "all",
            format!("{place}.QueryStringsConfig"),
            r#"{"QueryStringBehavior":"all"}"#.to_owned(),
        ),
        (
            key,
            Setting::KeyQuery,
            "none",
            format!("{place}.QueryStringsConfig"),
            r#"{"QueryStringBehavior":"none"}"#.to_owned(),
        ),
        (
            key,
            Setting::KeyQuery,
            "size, lang",
            format!("{place}.QueryStringsConfig"),
            format!(
                r#"{{"QueryStringBehavior":"whitelist","QueryStrings":{}}}"#,
                list(r#""size","lang""#, 2)
            ),
        ),
        (
            key,
            Setting::KeyCookies,
            "all but ad",
            format!("{place}.CookiesConfig"),
            format!(r#"{{"CookieBehavior":"allExcept","Cookies":{}}}"#, list(r#""ad""#, 1)),
        ),
        (
            key,
            Setting::KeyHeaders,
            "Origin",
            format!("{place}.HeadersConfig"),
            format!(r#"{{"HeaderBehavior":"whitelist","Headers":{}}}"#, list(r#""Origin""#, 1)),
        ),
        (
            sent,
            Setting::SentHeaders,
            "all and CloudFront-Viewer-Country",
            format!("{sent_place}.HeadersConfig"),
            format!(
                r#"{{"HeaderBehavior":"allViewerAndWhitelistCloudFront","Headers":{}}}"#,
                list(r#""CloudFront-Viewer-Country""#, 1)
            ),
        ),
        (
            sent,
            Setting::SentHeaders,
            "all",
            format!("{sent_place}.HeadersConfig"),
            r#"{"HeaderBehavior":"allViewer"}"#.to_owned(),
        ),
        (
            sent,
            Setting::SentCookies,
            "session",
            format!("{sent_place}.CookiesConfig"),
            format!(r#"{{"CookieBehavior":"whitelist","Cookies":{}}}"#, list(r#""session""#, 1)),
        ),
    ];
    for (item, setting, typed, path, expected) in table {
        enter(&mut draft, item, setting, typed);
        assert_eq!(at(&draft, &path), expected, "{typed}");
        assert_eq!(value(&draft, item, setting), typed);
        assert_eq!(errors(&draft), [], "{typed}");
    }
    // CK-01: a cache policy has no "all" for headers, and the field says so.
    enter(&mut draft, key, Setting::KeyHeaders, "all");
    assert!(field(&draft, key, Setting::KeyHeaders).faults[0].contains("HDRK-01"));
}

#[test]
fn ttl_26_an_own_policy_whose_ttls_are_in_disorder_says_what_would_mend_it() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::Cache).unwrap();
    enter(&mut draft, item, Setting::MinTtl, "90000");
    let sheet = crate::sheet(&draft, item);
    let fixes: Vec<_> = sheet.fixes().into_iter().map(|fix| fix.label).collect();
    assert_eq!(fixes, ["Default to 90000", "Minimum to 86400"]);
    assert!(!errors(&draft).is_empty());
    let fix = sheet.fixes().remove(0);
    enter(&mut draft, item, fix.setting, &fix.value);
    assert_eq!(errors(&draft), []);
}

#[test]
fn cb_07_qs_01_a_behavior_takes_an_own_policy_and_the_key_follows_it() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::Cache).unwrap();
    enter(&mut draft, item, Setting::KeyQuery, "size");
    let before = value(&draft, Item::Default, Setting::CachePolicy);
    choose(&mut draft, Item::Default, Setting::CachePolicy, "my-cache-policy-1");
    let rows = Overview::of(&draft, &[]).beside;
    assert_eq!(rows[0].used_by, "Default (*)");
    let mut run = run(&draft);
    let x_caches: Vec<_> = ["/app.js?size=1", "/app.js?size=2", "/app.js?size=1&other=3"]
        .map(|path| crate::get(&mut run, "paris", path))
        .to_vec();
    let (miss, hit) = ("Miss from cloudfront", "Hit from cloudfront");
    assert_eq!(x_caches, [miss, miss, hit], "size alone splits");
    enter(&mut draft, Item::Default, Setting::CachePolicy, &before);
    item.remove(&mut draft).unwrap();
    assert!(!draft.is_edited());
}

#[test]
fn cb_17_18_functions_stand_in_the_list_of_their_runtime() {
    let mut draft = draft(API_AND_MEDIA);
    let function = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let lambda = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    enter(&mut draft, lambda, Setting::Runtime, "true");
    let at_request = Setting::Function(FunctionEvent::ViewerRequest);
    let at_origin = Setting::Function(FunctionEvent::OriginResponse);
    let names = |draft: &Draft, setting| {
        let choices = choices(draft, Item::Default, setting);
        choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>()
    };
    assert_eq!(names(&draft, at_request), ["None", "function-1", "function-2"]);
    assert_eq!(names(&draft, at_origin), ["None", "function-2"], "CB-18");
    choose(&mut draft, Item::Default, at_request, "function-1");
    choose(&mut draft, Item::Default, at_origin, "function-2");
    assert_eq!(errors(&draft), []);
    let lambdas = r#"{"Quantity":1,"Items":[{"LambdaFunctionARN":"arn:aws:lambda:us-east-1:123456789012:function:function-2:1","EventType":"origin-response"}]}"#;
    assert_eq!(at(&draft, "DefaultCacheBehavior.LambdaFunctionAssociations"), lambdas);
    // Another name goes to those who name it.
    enter(&mut draft, function, Setting::FunctionName, "spa");
    let arn = "arn:aws:cloudfront::123456789012:function/spa";
    assert_eq!(value(&draft, Item::Default, at_request), arn);
    // Lambda at both viewer events or CloudFront functions, never both (EDGE-06).
    choose(
        &mut draft,
        Item::Default,
        Setting::Function(FunctionEvent::ViewerResponse),
        "function-2",
    );
    assert_eq!(findings(&draft)[0].1, "CB-18");
    let faults = |event| field(&draft, Item::Default, Setting::Function(event)).faults.len();
    let counts = FunctionEvent::ALL.map(faults);
    assert_eq!(counts, [1, 0, 0, 0], "it is told at the event of the one that does not go with it");
    // Taken back, all is as it was.
    for event in FunctionEvent::ALL {
        enter(&mut draft, Item::Default, Setting::Function(event), "");
    }
    lambda.remove(&mut draft).unwrap();
    function.remove(&mut draft).unwrap();
    assert!(!draft.is_edited());
}

#[test]
fn im_11_what_a_function_does_has_the_settings_that_it_needs() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let kinds = match field(&draft, item, Setting::Does).control {
        Control::Choice(choices) => choices,
        other => panic!("{other:?}"),
    };
    assert_eq!(kinds.len(), 8);
    for kind in kinds {
        enter(&mut draft, item, Setting::Does, &kind.value);
        assert_eq!(errors(&draft), [], "{}: what it begins with is taken", kind.value);
    }
    // A password is typed as it is said, and stands as Authorization has it (RFC 7617).
    enter(&mut draft, item, Setting::Does, "BasicAuth");
    enter(&mut draft, item, Setting::Needs("Credentials"), "Aladdin:open sesame");
    assert_eq!(
        at(&draft, "Beside[0].EdgeFunction.Credentials"),
        r#""QWxhZGRpbjpvcGVuIHNlc2FtZQ==""#
    );
    assert_eq!(value(&draft, item, Setting::Needs("Credentials")), "Aladdin:open sesame");
    choose(
        &mut draft,
        Item::Default,
        Setting::Function(FunctionEvent::ViewerRequest),
        "function-1",
    );
    assert_eq!(statuses(&draft, &[("paris", "/app.js")]), [401]);
}

#[test]
fn vsec_29_a_set_has_addresses_of_one_version() {
    let mut draft = shop();
    let set = Item::new_beside(&mut draft, Sort::IpSet).unwrap();
    assert_eq!(value(&draft, set, Setting::AddressVersion), "IPV4");
    enter(&mut draft, set, Setting::Addresses, "2001:db8:4e::/48");
    let [(path, row)] = &findings(&draft)[..] else { panic!("{:?}", findings(&draft)) };
    assert!(path.ends_with("IPSet.Addresses[0]") && *row == "VSEC-29", "{path}, {row}");
    enter(&mut draft, set, Setting::AddressVersion, "IPV6");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, set, Setting::Addresses, "2001:db8:4e::/48\n203.0.113.0/24");
    assert!(findings(&draft)[0].0.ends_with("IPSet.Addresses[1]"), "VSEC-29");
}

#[test]
fn vsec_21_rules_are_lines_and_lines_are_rules() {
    let mut draft = shop();
    let acl = Item::new_beside(&mut draft, Sort::WebAcl).unwrap();
    let set = Item::new_beside(&mut draft, Sort::IpSet).unwrap();
    let paris = edgewalk::network::City::find("paris").unwrap().ipv4();
    enter(&mut draft, set, Setting::Addresses, &format!("{paris}/32"));
    choose(&mut draft, Item::General, Setting::WebAcl, "acl-1");
    let requests = [("paris", "/app.js"), ("london", "/app.js"), ("london", "/admin/x")];
    for (lines, expected) in [
        ("block country FR DE", [403, 200, 404]),
        ("block path /admin", [200, 200, 403]),
        ("block path-ends .js", [403, 403, 404]),
        ("allow path-is /app.js\nblock country GB", [200, 200, 403]),
        ("block addresses addresses-1", [403, 200, 404]),
        ("count path-has a\nblock rate 100 in 60", [200, 200, 404]),
        ("", [200, 200, 404]),
    ] {
        enter(&mut draft, acl, Setting::AclRules, lines);
        assert_eq!(value(&draft, acl, Setting::AclRules), lines);
        assert_eq!(errors(&draft), [], "{lines}");
        assert_eq!(statuses(&draft, &requests), expected, "{lines}");
    }
    enter(&mut draft, acl, Setting::AclDefault, "Block");
    assert_eq!(statuses(&draft, &requests), [403; 3]);
    // What is no rule is kept as it was typed, and said to be none.
    enter(&mut draft, acl, Setting::AclRules, "forbid everything\nblock country FR");
    assert_eq!(value(&draft, acl, Setting::AclRules), "forbid everything\nblock country FR");
    assert_eq!(findings(&draft)[0].0, "Beside[0].WebACL.Rules[0].Statement");
    assert!(!field(&draft, acl, Setting::AclRules).faults.is_empty());
}

#[test]
fn vsec_21_a_rule_that_no_line_can_say_stays_as_it_is() {
    let mut draft = shop();
    let acl = Item::new_beside(&mut draft, Sort::WebAcl).unwrap();
    let rule = r#"{"Name":"odd","Priority":0,"Action":{"Block":{"CustomResponse":{"ResponseCode":429}}},"Statement":{"GeoMatchStatement":{"CountryCodes":["FR"]}}}"#;
    let place = "Beside[0].WebACL.Rules".parse().unwrap();
    draft.set(&place, Json::parse(&format!("[{rule}]")).unwrap()).unwrap();
    assert_eq!(value(&draft, acl, Setting::AclRules), "rule odd");
    enter(&mut draft, acl, Setting::AclRules, "block country GB\nrule odd");
    let second = at(&draft, "Beside[0].WebACL.Rules[1]");
    assert_eq!(second, rule.replace(r#""Priority":0"#, r#""Priority":1"#));
    choose(&mut draft, Item::General, Setting::WebAcl, "acl-1");
    assert_eq!(statuses(&draft, &[("paris", "/app.js"), ("london", "/app.js")]), [429, 403]);
}

#[test]
fn a_document_that_is_no_json_keeps_what_was_typed_and_says_where_it_breaks() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::ResponseHeaders).unwrap();
    let typed = "{\"Name\": \"x\",\n oops}";
    enter(&mut draft, item, Setting::AsJson, typed);
    let field = field(&draft, item, Setting::AsJson);
    assert_eq!(field.value, typed);
    assert!(field.faults.len() == 1 && field.faults[0].contains("line 2"), "{:?}", field.faults);
    assert_eq!(field.help, "", "ER-03: an object is wanted, but that is not what is wrong");
    enter(
        &mut draft,
        item,
        Setting::AsJson,
        r#"{"Name": "x", "RemoveHeadersConfig": {"Quantity": 1, "Items": [{"Header": "Server"}]}}"#,
    );
    assert_eq!(errors(&draft), []);
    assert_eq!(value(&draft, item, Setting::RemovedHeaders), "Server");
}

#[test]
fn osec_13_a_bucket_policy_begins_with_the_bucket_and_the_distribution() {
    let mut draft = draft(crate::S3_SITE);
    let item = Item::new_beside(&mut draft, Sort::BucketPolicy).unwrap();
    let rows = Overview::of(&draft, &[]).beside;
    let origin = value(&draft, Item::Origin(0), Setting::OriginId);
    assert_eq!((rows[0].item, &*rows[0].used_by), (item, &*origin));
    assert_eq!(errors(&draft), []);
}

#[test]
fn im_01_a_document_as_the_cli_prints_it_is_taken_in_and_replaces_the_one_with_its_id() {
    let mut draft = shop();
    let printed = |ttl: u32| {
        let text = format!(
            r#"{{"CachePolicy": {{"Id": "658327ea-0000-4000-8000-000000000001", "LastModifiedTime": "2026-01-01", "CachePolicyConfig": {{
                "Name": "mine", "MinTTL": {ttl}, "DefaultTTL": 60, "MaxTTL": 600}}}}, "ETag": "E1"}}"#
        );
        Json::parse(&text).unwrap()
    };
    let item = Item::given(&mut draft, &printed(1)).unwrap().unwrap();
    assert_eq!(value(&draft, item, Setting::MinTtl), "1");
    assert_eq!(Item::given(&mut draft, &printed(2)), Some(Ok(item)));
    assert_eq!(draft.documents().len(), 1);
    assert_eq!(value(&draft, item, Setting::MinTtl), "2");
    choose(&mut draft, Item::Default, Setting::CachePolicy, "mine");
    assert_eq!(errors(&draft), []);
    // What cannot be read is refused by its field and changes nothing; a distribution is no such document.
    let wrong =
        Json::parse(r#"{"CachePolicy": {"Id": "x", "CachePolicyConfig": {"MinTTL": 1}}}"#).unwrap();
    let refused = Item::given(&mut draft, &wrong).unwrap().unwrap_err();
    assert_eq!(refused[0].path(), Some("CachePolicyConfig.Name"));
    assert_eq!(draft.documents().len(), 1);
    assert_eq!(Item::given(&mut draft, &Json::parse(API_AND_MEDIA).unwrap()), None);
}

#[test]
fn whatever_is_added_next_has_an_id_and_a_name_of_its_own() {
    let mut draft = shop();
    let all: Vec<Item> = SORTS
        .iter()
        .flat_map(|sort| [*sort; 2])
        .map(|sort| Item::new_beside(&mut draft, sort).unwrap())
        .collect();
    all[1].remove(&mut draft).unwrap();
    for sort in SORTS {
        Item::new_beside(&mut draft, sort).unwrap();
    }
    let ids: Vec<String> = draft
        .documents()
        .iter()
        .filter_map(|document| {
            let whole = document.members()[0].1.clone();
            ["ARN", "CertificateArn", "Id"]
                .iter()
                .find_map(|name| whole.member(name).and_then(Json::as_text).map(String::from))
        })
        .collect();
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), ids.len(), "{ids:?}");
    assert!(ids.iter().all(|id| !id.is_empty()));
}

#[test]
fn osec_11_the_policies_of_two_buckets_as_the_cli_prints_them_stand_beside_each_other() {
    let mut draft = shop();
    for bucket in ["one", "two"] {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/*"}}]}}"#
        );
        let printed = Json::object([("Policy", Json::text(&policy))]);
        Item::given(&mut draft, &printed).unwrap().unwrap();
    }
    let rows = Overview::of(&draft, &[]).beside;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn im_11_a_name_that_another_function_has_takes_nothing_from_it() {
    let mut draft = shop();
    let first = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let second = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    let at_request = Setting::Function(FunctionEvent::ViewerRequest);
    choose(&mut draft, Item::Default, at_request, "function-1");
    let name = value(&draft, first, Setting::FunctionName);
    enter(&mut draft, second, Setting::FunctionName, &name);
    enter(&mut draft, second, Setting::FunctionName, "other");
    assert!(value(&draft, Item::Default, at_request).ends_with("/function-1"));
    // Of the ARN only the name changes.
    let arn = "arn:aws:lambda:us-east-1:999999999999:function:mine:7";
    draft.set(&second.path().member("ARN"), Json::text(arn)).unwrap();
    enter(&mut draft, second, Setting::FunctionName, "yours");
    assert_eq!(
        at(&draft, "Beside[1].EdgeFunction.ARN"),
        r#""arn:aws:lambda:us-east-1:999999999999:function:yours:7""#
    );
}

#[test]
fn rh_09_a_field_that_was_there_keeps_whether_it_overrides() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::ResponseHeaders).unwrap();
    let fields =
        item.path().member("CustomHeadersConfig").member("Items").item(0).member("Override");
    draft.set(&fields, Json::Flag(false)).unwrap();
    enter(&mut draft, item, Setting::AddedHeaders, "X-Robots-Tag: noindex\nX-Other: 1");
    let overrides = |place: usize| {
        at(&draft, &format!("{}.CustomHeadersConfig.Items[{place}].Override", item.path()))
    };
    assert_eq!([overrides(0), overrides(1)], ["false", "true"]);
    // A line without a colon is none.
    enter(&mut draft, item, Setting::AddedHeaders, "X-Robots-Tag: noindex\nnocolon");
    let said = "Line 2, \"nocolon\": a header is a name, a colon and its value (RH-09)";
    assert_eq!(field(&draft, item, Setting::AddedHeaders).faults, [said]);
    enter(&mut draft, item, Setting::AddedHeaders, "X-Robots-Tag: noindex");
    // HSTS set and taken back leaves nothing.
    let before = draft.documents().to_vec();
    enter(&mut draft, item, Setting::Hsts, "600");
    enter(&mut draft, item, Setting::Hsts, "");
    assert_eq!(draft.documents(), before);
}

#[test]
fn vsec_21_a_line_that_names_no_set_and_no_country_is_no_rule() {
    let mut draft = shop();
    let acl = Item::new_beside(&mut draft, Sort::WebAcl).unwrap();
    for line in [
        "block addresses ofice",
        "block country Germany",
        "block country ,",
        "block rate many",
        "block path",
    ] {
        enter(&mut draft, acl, Setting::AclRules, line);
        assert_eq!(value(&draft, acl, Setting::AclRules), line);
        assert!(!field(&draft, acl, Setting::AclRules).faults.is_empty(), "{line}");
    }
    // Each is told its own reason.
    let action = "a rule begins with block, allow, count, captcha or challenge";
    for (line, why) in [
        ("forbid path /a", action),
        ("block", "behind the first word stands country, path,"),
        ("block people", "behind the first word stands country, path,"),
        ("block country DEU", "codes of two letters"),
        ("block rate", "a whole number of requests, and in SECS where that is not 300"),
        ("block rate 100 in", "a whole number of requests, and in SECS where that is not 300"),
        ("block addresses", "the name of an address set in Security"),
        ("allow path-ends", "a part of a path, as in /admin"),
        ("count path /img/*", "there is no wildcard: path /img/ means all below it"),
        ("block path-has *", "there is no wildcard"),
        ("rule odd", "this web ACL had no rule of that name"),
    ] {
        enter(&mut draft, acl, Setting::AclRules, &format!("block country FR\n{line}"));
        let faults = field(&draft, acl, Setting::AclRules).faults;
        assert!(faults[0].starts_with(&format!("Line 2, {line:?}: ")), "{faults:?}");
        assert!(faults[0].contains(why) && faults[0].ends_with(" (VSEC-21)"), "{faults:?}");
        assert_eq!(faults.len(), 1, "{line}");
    }
    assert!(field(&draft, acl, Setting::AclRules).help.contains("rate 100 in SECS"));
    // Two equal lines are two rules with names of their own.
    enter(&mut draft, acl, Setting::AclRules, "count path /a\ncount path /a");
    assert_eq!(errors(&draft), []);
    let names = [0, 1].map(|place| at(&draft, &format!("Beside[0].WebACL.Rules[{place}].Name")));
    assert_ne!(names[0], names[1]);
}

#[test]
fn tls_15_a_name_that_is_taken_out_of_a_certificate_is_covered_no_more() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::Certificate).unwrap();
    enter(&mut draft, item, Setting::CertificateNames, "*.elsewhere.example");
    assert_eq!(at(&draft, "Beside[0].Certificate.DomainName"), r#""*.elsewhere.example""#);
}

#[test]
fn sig_21_a_key_is_listed_with_the_id_by_which_a_group_names_it() {
    let mut draft = shop();
    let key = Item::new_beside(&mut draft, Sort::PublicKey).unwrap();
    let group = Item::new_beside(&mut draft, Sort::KeyGroup).unwrap();
    let rows = Overview::of(&draft, &[]).beside;
    let row = |item: Item| rows.iter().find(|row| row.item == item).unwrap();
    assert_eq!(row(key).says, "KEDGEWALK00001");
    assert_eq!(
        (row(group).says.as_str(), row(key).used_by.as_str()),
        ("my-key-1", "my-key-group-1")
    );
}

/// The public half of a pair of RSA, as it is uploaded.
fn pem() -> String {
    let all = include_str!("../../docs/reference/examples/signed-urls.json");
    let all: serde_json::Value = serde_json::from_str(all).unwrap();
    all["keys"][0]["public_key_pem"].as_str().unwrap().to_owned()
}

/// What stands beside a configuration under this name.
fn item(draft: &Draft, name: &str) -> Item {
    let rows = Overview::of(draft, &[]).beside;
    rows.into_iter().find(|row| row.name == name).unwrap().item
}

#[test]
fn sig_12_21_a_key_that_is_made_here_stands_in_a_group_of_its_own_or_in_one_that_is_there() {
    let mut draft = shop();
    let first = Item::new_key(&mut draft, &pem(), "").unwrap();
    assert_eq!(errors(&draft), []);
    let groups = Item::key_groups(&draft);
    assert_eq!(groups.iter().map(|(_, name)| &**name).collect::<Vec<_>>(), ["my-key-group-1"]);
    let (id, group) = (groups[0].0.clone(), item(&draft, "my-key-group-1"));
    let second = Item::new_key(&mut draft, &pem(), &id).unwrap();
    assert_eq!(value(&draft, group, Setting::Keys), "KEDGEWALK00001\nKEDGEWALK00002");
    let rows = Overview::of(&draft, &[]).beside;
    let row = |item: Item| rows.iter().find(|row| row.item == item).unwrap();
    assert_eq!(row(group).says, "my-key-1, my-key-2", "by their names");
    assert_eq!([row(first).used_by.as_str(), row(second).used_by.as_str()], ["my-key-group-1"; 2]);
    // A group of its own has that key alone.
    Item::new_key(&mut draft, &pem(), "").unwrap();
    let own = item(&draft, "my-key-group-2");
    assert_eq!(value(&draft, own, Setting::Keys), "KEDGEWALK00003");
    assert_eq!(errors(&draft), []);
    // Five are the most.
    for _ in 0..4 {
        Item::new_key(&mut draft, &pem(), &id).unwrap();
    }
    let rows: Vec<_> = findings(&draft).into_iter().map(|(_, row)| row).collect();
    assert_eq!(rows, ["SIG-21"]);
    // A group that has gone meanwhile is not somebody else's place: the key gets one of its own.
    let mut draft = shop();
    Item::new_key(&mut draft, &pem(), &id).unwrap();
    let own = item(&draft, "my-key-group-1");
    assert_eq!(value(&draft, own, Setting::Keys), "KEDGEWALK00001");
    assert_eq!(errors(&draft), []);
}

#[test]
fn cb_15_sig_21_what_names_several_names_them_by_what_they_are_called() {
    let mut draft = shop();
    let names =
        |draft: &Draft, item: Item, setting: Setting| match field(draft, item, setting).control {
            Control::Several(choices) => {
                choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
    assert_eq!(names(&draft, Item::Default, Setting::TrustedKeys), Vec::<String>::new());
    Item::new_key(&mut draft, &pem(), "").unwrap();
    Item::new_key(&mut draft, &pem(), "").unwrap();
    let groups = Item::key_groups(&draft);
    let both = ["my-key-group-1", "my-key-group-2"];
    assert_eq!(names(&draft, Item::Default, Setting::TrustedKeys), both);
    assert_eq!(names(&draft, item(&draft, &groups[0].1), Setting::Keys), ["my-key-1", "my-key-2"]);
    // What is named and not given keeps its place, by its id.
    let other = "11111111-2222-3333-4444-555555555555";
    enter(&mut draft, Item::Default, Setting::TrustedKeys, other);
    let all = names(&draft, Item::Default, Setting::TrustedKeys);
    assert_eq!(all, [both[0], both[1], other]);
    enter(&mut draft, Item::Default, Setting::TrustedKeys, "");
    assert_eq!(value(&draft, Item::Default, Setting::TrustedKeys), "");
    assert_eq!(errors(&draft), []);
}

/// Puts what nobody names to use, and says where: the item's name, whose setting it is, and which.
fn put_to_use(draft: &mut Draft, item: Item) -> Option<(String, Item, Setting)> {
    let unused = crate::sheet(draft, item).unused?;
    enter(draft, unused.item, unused.setting, &unused.value);
    Some((unused.name, unused.item, unused.setting))
}

#[test]
fn what_nobody_names_is_put_to_use_where_it_belongs() {
    let table = [
        (Sort::Cache, Setting::CachePolicy),
        (Sort::OriginRequest, Setting::OriginRequestPolicy),
        (Sort::ResponseHeaders, Setting::ResponseHeadersPolicy),
        (Sort::EdgeFunction, Setting::Function(FunctionEvent::ViewerRequest)),
        (Sort::RealTimeLog, Setting::RealTimeLog),
        (Sort::WebAcl, Setting::WebAcl),
        (Sort::Certificate, Setting::Certificate),
        (Sort::AccessControl, Setting::AccessControl),
    ];
    for (sort, setting) in table {
        let mut draft = shop();
        let item = Item::new_beside(&mut draft, sort).unwrap();
        let (name, at, put) = put_to_use(&mut draft, item).unwrap();
        assert_eq!(put, setting);
        let expected = match setting {
            Setting::WebAcl | Setting::Certificate => (Item::General, "General".to_owned()),
            Setting::AccessControl => (Item::Origin(0), "shop-media".to_owned()),
            _ => (Item::Default, "Default (*)".to_owned()),
        };
        assert_eq!((at, name), expected, "{sort:?}");
        let rows = Overview::of(&draft, &[]).beside;
        let user = if at == Item::General { "the distribution".to_owned() } else { expected.1 };
        assert_eq!(rows[0].used_by, user, "{sort:?}");
        assert_eq!(put_to_use(&mut draft, item), None, "it is used now");
        assert_eq!(errors(&draft), [], "{sort:?}");
    }
}

#[test]
fn what_stands_in_a_list_is_put_behind_what_is_there() {
    let mut draft = shop();
    let set = Item::new_beside(&mut draft, Sort::IpSet).unwrap();
    assert_eq!(put_to_use(&mut draft, set), None, "there is no web ACL that could name it");
    let acl = Item::new_beside(&mut draft, Sort::WebAcl).unwrap();
    enter(&mut draft, acl, Setting::AclRules, "block country FR");
    put_to_use(&mut draft, set).unwrap();
    let rules = value(&draft, acl, Setting::AclRules);
    assert_eq!(rules, "block country FR\nblock addresses addresses-1");
    Item::new_key(&mut draft, &pem(), "").unwrap();
    Item::new_key(&mut draft, &pem(), "").unwrap();
    let groups = Item::key_groups(&draft);
    for (_, name) in &groups {
        let group = item(&draft, name);
        put_to_use(&mut draft, group).unwrap();
    }
    let both = format!("{}\n{}", groups[0].0, groups[1].0);
    assert_eq!(value(&draft, Item::Default, Setting::TrustedKeys), both);
    assert_eq!(errors(&draft), []);
}

#[test]
fn cb_08_an_origin_request_policy_is_used_where_there_is_a_cache_policy() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, Item::Default, Setting::CachePolicy, "legacy");
    let policy = Item::new_beside(&mut draft, Sort::OriginRequest).unwrap();
    let (_, at, _) = put_to_use(&mut draft, policy).unwrap();
    assert!(matches!(at, Item::Behavior(_)), "{at:?}");
    assert_eq!(errors(&draft), []);
}

#[test]
fn the_name_and_the_json_of_each_sort_have_a_source_of_their_own() {
    for (place, sort) in SORTS.into_iter().enumerate() {
        let mut draft = shop();
        let item = Item::new_beside(&mut draft, sort).unwrap();
        let [row, page, says] = Setting::AsJson.source(item);
        assert!(!row.is_empty() && !page.is_empty() && says.starts_with(['A', 'E']), "{sort:?}");
        for other in &SORTS[..place] {
            assert_ne!(Setting::AsJson.source(Item::Beside(*other, 0))[2], says, "{sort:?}");
        }
        if crate::sheet(&draft, item).fields[0].setting == Setting::BesideName {
            let [of_name, _, says] = Setting::BesideName.source(item);
            assert_eq!(of_name, row);
            assert!(!says.is_empty(), "{sort:?}");
        }
    }
}

#[test]
fn im_21_a_split_test_is_put_to_use_at_both_events_that_it_needs() {
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    enter(&mut draft, item, Setting::Does, "SplitTest");
    let unused = crate::sheet(&draft, item).unused.unwrap();
    unused.enter(&mut draft).unwrap();
    let at = |event| value(&draft, Item::Default, Setting::Function(event));
    let [request, response] = [FunctionEvent::ViewerRequest, FunctionEvent::ViewerResponse].map(at);
    assert!(!request.is_empty());
    assert_eq!(request, response);
    assert_eq!(errors(&draft), []);
    // Any other stands at one.
    let mut draft = shop();
    let item = Item::new_beside(&mut draft, Sort::EdgeFunction).unwrap();
    enter(&mut draft, item, Setting::Does, "SortQuery");
    assert_eq!(crate::sheet(&draft, item).unused.unwrap().also, None);
}
