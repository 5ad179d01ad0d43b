//! Web ACLs: which rule decides, by priority, and what the viewer gets.

use edgewalk::distribution::{AclAction, Beside, Configuration, Draft};
use edgewalk::edge::{Decision, RuleMet};
use edgewalk::json::Json;
use edgewalk::simulation::{Event, Place, Run, access_log::access_log, built_in_scenario};
use serde_json::{Value, json};

use crate::common::{act, get, last_shown, wait};
use crate::{decisions, reached};

const ARN: &str =
    "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333";
const SET: &str =
    "arn:aws:wafv2:us-east-1:123456789012:global/ipset/bad/a1b2c3d4-5678-90ab-cdef-EXAMPLE44444";

#[allow(clippy::needless_pass_by_value)] // so that the tables below read well
fn rule(name: &str, priority: u32, action: Value, statement: Value) -> Value {
    json!({"Name": name, "Priority": priority, "Action": action, "Statement": statement,
        "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": name}})
}

fn path(text: &str, constraint: &str) -> Value {
    use std::fmt::Write as _;
    // Base64 as the CLI prints a blob; made here by its own definition.
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = char::from(SIGNS[(bits >> (18 - 6 * place) & 63) as usize]);
            write!(encoded, "{}", if place > chunk.len() { '=' } else { sign }).unwrap();
        }
    }
    json!({"ByteMatchStatement": {"SearchString": encoded, "FieldToMatch": {"UriPath": {}},
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}], "PositionalConstraint": constraint}})
}

fn countries(codes: &[&str]) -> Value {
    json!({"GeoMatchStatement": {"CountryCodes": codes}})
}

fn beside(default: &str, rules: &[Value]) -> Beside {
    let mut beside = Beside::managed("us-east-1".into());
    let acl = json!({"WebACL": {"Name": "shop", "Id": "x", "ARN": ARN, "DefaultAction": {default: {}}, "Rules": rules,
        "Capacity": 1, "ManagedByFirewallManager": false}, "LockToken": "t"});
    beside.add(&acl.to_string(), None).unwrap();
    // 203.0.113.0/24 are all viewers of this table; Paris has one of its own.
    let paris = edgewalk::network::City::find("paris").unwrap().ipv4();
    let set = json!({"IPSet": {"Name": "bad", "Id": "y", "ARN": SET, "IPAddressVersion": "IPV4",
        "Addresses": [format!("{paris}/32"), "198.51.100.0/24"]}, "LockToken": "t"});
    beside.add(&set.to_string(), None).unwrap();
    beside
}

fn shop(default: &str, rules: &[Value]) -> Run {
    let mut scenario = built_in_scenario();
    let mut draft = Draft::of(&scenario.configuration);
    draft.set(&"WebACLId".parse().unwrap(), Json::text(ARN)).unwrap();
    let configuration = draft.check().unwrap().with_beside(&beside(default, rules)).unwrap();
    let restored = Configuration::restored(&configuration.stored()).unwrap();
    assert_eq!(restored, configuration);
    assert!(Configuration::taken(restored.distribution()).is_ok(), "what is read can be written");
    scenario.configuration = restored.into();
    Run::new(scenario).unwrap()
}

/// A shop whose web ACL blocks one path.
pub(crate) fn blocking(blocked: &str) -> Run {
    shop("Allow", &[rule("one", 0, json!({"Block": {}}), path(blocked, "EXACTLY"))])
}

fn met(events: &[Event]) -> Vec<(Option<String>, AclAction)> {
    let all = decisions(events);
    let met = all.iter().filter_map(|decision| match decision {
        Decision::RuleMet(RuleMet { rule, action, .. }) => Some((rule.clone(), *action)),
        _ => None,
    });
    met.collect()
}

fn status(run: &mut Run, city: &str, path: &str) -> (u16, Vec<Event>) {
    let events = act(run, get(city, path));
    (last_shown(run.journal()).1.status.0, events)
}

#[test]
fn vsec_05_21_22_23_25_27_rules_by_priority_until_one_ends_it() {
    let block = json!({"Block": {}});
    let mut run = shop(
        "Allow",
        &[
            rule("blocks", 3, block.clone(), json!({"IPSetReferenceStatement": {"ARN": SET}})),
            rule("counts", 1, json!({"Count": {}}), path("/app", "STARTS_WITH")),
            rule("allows", 2, json!({"Allow": {}}), path("/open.js", "EXACTLY")),
        ],
    );
    let named = |name: &str| Some(name.to_owned());
    let (code, events) = status(&mut run, "paris", "/app.js");
    assert_eq!(
        (code, met(&events)),
        (403, vec![(named("counts"), AclAction::Count), (named("blocks"), AclAction::Block(403))])
    );
    // VSEC-05: before the behavior is chosen; VSEC-27: and before any cache is asked.
    let is_later = |it: &&Decision| {
        matches!(
            it,
            Decision::BehaviorMatched(_) | Decision::KeyMade { .. } | Decision::LookedUp { .. }
        )
    };
    assert!(!decisions(&events).iter().any(is_later), "VSEC-05");
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (&*x_cache, response.fields.get("Content-Type")),
        ("Error from cloudfront", Some("text/html")),
        "VSEC-25"
    );
    // VSEC-21: Allow ends it, so the block of a higher number is not asked.
    let (code, events) = status(&mut run, "paris", "/open.js");
    assert_eq!((code, met(&events)), (404, vec![(named("allows"), AclAction::Allow)]));
    let (code, events) = status(&mut run, "london", "/app.js");
    assert_eq!((code, met(&events)), (200, vec![(named("counts"), AclAction::Count)]), "VSEC-23");
    // VSEC-27: what is in the cache of his edge location is refused, too.
    assert_eq!(status(&mut run, "paris", "/app.js").0, 403, "VSEC-27");
}

#[test]
fn lim_12_log_41_a_block_is_an_error_in_the_log() {
    let mut run = shop("Block", &[]);
    let (code, events) = status(&mut run, "paris", "/app.js");
    assert_eq!((code, met(&events)), (403, vec![(None, AclAction::Block(403))]), "LIM-12");
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let record = &log[0].record;
    let words = [
        record.result.as_str(),
        record.response_result.as_ref().unwrap().as_str(),
        record.detail.as_ref().unwrap().as_str(),
    ];
    assert_eq!(words, ["Error"; 3], "LOG-41");
}

#[test]
fn vsec_22_24_an_own_status_and_the_two_riddles() {
    for (action, code, word) in [
        (json!({"Block": {"CustomResponse": {"ResponseCode": 429}}}), 429, None),
        (json!({"Captcha": {}}), 405, Some("captcha")),
        (json!({"Challenge": {}}), 202, Some("challenge")),
    ] {
        let mut run = shop("Allow", &[rule("r", 0, action, countries(&["FR"]))]);
        assert_eq!(status(&mut run, "paris", "/app.js").0, code);
        assert_eq!(last_shown(run.journal()).1.fields.get("x-amzn-waf-action"), word);
        assert_eq!(status(&mut run, "london", "/app.js").0, 200);
    }
}

#[test]
fn vsec_26_cfe_34_a_page_for_403_hides_a_block_as_well() {
    let mut scenario = built_in_scenario();
    let mut draft = Draft::of(&scenario.configuration);
    let page = r#"{"Quantity": 1, "Items": [{"ErrorCode": 403, "ResponsePagePath": "/index.html", "ResponseCode": "200", "ErrorCachingMinTTL": 10}]}"#;
    draft.set(&"WebACLId".parse().unwrap(), Json::text(ARN)).unwrap();
    draft.set(&"CustomErrorResponses".parse().unwrap(), Json::parse(page).unwrap()).unwrap();
    scenario.configuration =
        draft.check().unwrap().with_beside(&beside("Block", &[])).unwrap().into();
    let mut run = Run::new(scenario).unwrap();
    assert_eq!(status(&mut run, "paris", "/app.js").0, 200, "VSEC-26");
}

#[test]
fn im_14_a_rate_blocks_whoever_asks_too_often_until_the_window_has_passed() {
    let rate = json!({"RateBasedStatement": {"Limit": 10, "EvaluationWindowSec": 60, "AggregateKeyType": "IP"}});
    let mut run = shop("Allow", &[rule("rate", 0, json!({"Block": {}}), rate)]);
    for nth in 1..=13 {
        let expected = if nth <= 10 { 200 } else { 403 };
        assert_eq!(status(&mut run, "paris", "/app.js").0, expected, "request {nth}");
    }
    assert_eq!(status(&mut run, "london", "/app.js").0, 200, "another address");
    act(&mut run, wait(61));
    assert_eq!(status(&mut run, "paris", "/app.js").0, 200, "the window has passed");
}

#[test]
fn im_14_statements_in_statements_and_those_that_nobody_knows() {
    let not = |inner: Value| json!({"NotStatement": {"Statement": inner}});
    let unknown =
        json!({"SqliMatchStatement": {"FieldToMatch": {"Body": {}}, "TextTransformations": []}});
    let both =
        json!({"AndStatement": {"Statements": [countries(&["FR"]), path("/admin", "CONTAINS")]}});
    let either =
        json!({"OrStatement": {"Statements": [countries(&["GB"]), path(".php", "ENDS_WITH")]}});
    let table = [
        (both.clone(), "paris", "/x/admin/y", 403),
        (both, "paris", "/app.js", 200),
        (either.clone(), "paris", "/a.php", 403),
        (either.clone(), "london", "/app.js", 403),
        (either, "paris", "/app.js", 200),
        (not(countries(&["FR"])), "london", "/app.js", 403),
        (not(countries(&["FR"])), "paris", "/app.js", 200),
        (unknown.clone(), "paris", "/app.js", 200),
        (not(unknown), "paris", "/app.js", 200),
    ];
    for (statement, city, path, expected) in table {
        let about = statement.to_string();
        let mut run = shop("Allow", &[rule("r", 0, json!({"Block": {}}), statement)]);
        assert_eq!(status(&mut run, city, path).0, expected, "{city} {path} {about}");
    }
}

#[test]
fn im_14_what_a_web_acl_asks_for_and_nobody_knows_is_named() {
    let label = json!({"LabelMatchStatement": {"Scope": "LABEL", "Key": "x"}});
    let set = json!({"IPSetReferenceStatement": {"ARN": format!("{SET}-other")}});
    for (statement, place, said) in [
        (label, "Rules[0].Statement", "what this statement of a web ACL looks at is not simulated"),
        (path("/admin", "CONTAINS_WORD"), "Rules[0].Statement", "is not simulated"),
        (set, "IPSetReferenceStatement.ARN", "no address is in it"),
    ] {
        let mut run = shop("Allow", &[rule("r", 0, json!({"Block": {}}), statement)]);
        assert_eq!(status(&mut run, "paris", "/admin").0, 404, "{said}: it matches nothing");
        let assumed = run.walk().scenario.configuration.assumed();
        let places = assumed.iter().filter(|it| it.stand_in.row() == "IM-14").map(|it| &it.path);
        assert_eq!(places.filter(|path| path.ends_with(place)).count(), 1, "{assumed:?}");
        let told = assumed.iter().map(ToString::to_string);
        assert_eq!(told.filter(|it| it.contains(said)).count(), 1, "{assumed:?}");
    }
}

#[test]
fn vsec_04_05_countries_are_looked_at_before_the_web_acl() {
    let mut scenario = built_in_scenario();
    let mut draft = Draft::of(&scenario.configuration);
    draft.set(&"WebACLId".parse().unwrap(), Json::text(ARN)).unwrap();
    let geo =
        r#"{"GeoRestriction": {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}}"#;
    draft.set(&"Restrictions".parse().unwrap(), Json::parse(geo).unwrap()).unwrap();
    let rules = [rule("counts", 0, json!({"Count": {}}), path("/", "STARTS_WITH"))];
    scenario.configuration =
        draft.check().unwrap().with_beside(&beside("Allow", &rules)).unwrap().into();
    let mut run = Run::new(scenario).unwrap();
    let (code, events) = status(&mut run, "paris", "/app.js");
    assert_eq!(
        (code, met(&events).len(), reached(&events).count()),
        (403, 0, 0),
        "VSEC-04, MYTH-17"
    );
    assert_eq!(met(&status(&mut run, "london", "/app.js").1).len(), 1);
}

#[test]
fn im_14_a_web_acl_that_cannot_be_is_refused_by_its_field() {
    let mut beside = Beside::managed("us-east-1".into());
    let acl = |rules: Value| {
        json!({"WebACL": {"Name": "n", "ARN": ARN, "DefaultAction": {"Allow": {}}, "Rules": rules}})
            .to_string()
    };
    let rate = |limit: u32, window: u32| json!({"RateBasedStatement": {"Limit": limit, "EvaluationWindowSec": window, "AggregateKeyType": "IP"}});
    let block = json!({"Block": {}});
    for (rules, path) in [
        (json!([rule("r", 0, json!({}), countries(&["FR"]))]), "WebACL.Rules[0].Action"),
        (
            json!([rule("r", 0, block.clone(), rate(9, 60))]),
            "WebACL.Rules[0].Statement.RateBasedStatement.Limit",
        ),
        (
            json!([rule("r", 0, block.clone(), rate(10, 61))]),
            "WebACL.Rules[0].Statement.RateBasedStatement.EvaluationWindowSec",
        ),
        (
            json!([{"Name": "r", "Action": block.clone(), "Statement": countries(&["FR"])}]),
            "WebACL.Rules[0].Priority",
        ),
        (json!("all"), "WebACL.Rules"),
        (
            json!([rule(
                "r",
                0,
                block.clone(),
                json!({"NotStatement": {"Statement": rate(10, 60)}})
            )]),
            "WebACL.Rules[0].Statement.NotStatement.Statement.RateBasedStatement",
        ),
        (json!(vec![rule("r", 0, block, countries(&["FR"])); 1_001]), "WebACL.Rules"),
    ] {
        let errors = beside.add(&acl(rules), None).unwrap_err();
        assert_eq!(errors[0].path(), Some(path), "{errors:?}");
    }
    let set = json!({"IPSet": {"ARN": SET, "Addresses": ["192.0.2.0/24", "all"]}}).to_string();
    assert_eq!(beside.add(&set, None).unwrap_err()[0].path(), Some("IPSet.Addresses[1]"));
    for (version, ranges, path) in [
        ("IPV4", ["192.0.2.0/24", "2001:db8::/32"], Some("IPSet.Addresses[1]")),
        ("IPV6", ["192.0.2.0/24", "2001:db8::/32"], Some("IPSet.Addresses[0]")),
        ("IPV5", ["192.0.2.0/24", "192.0.2.0/25"], Some("IPSet.IPAddressVersion")),
        ("IPV6", ["2001:db8::/32", "2001:db8:4e::/48"], None),
    ] {
        let set = json!({"IPSet": {"ARN": SET, "IPAddressVersion": version, "Addresses": ranges}});
        let errors = Beside::managed("us-east-1".into()).add(&set.to_string(), None).err();
        let first = errors.as_ref().and_then(|errors| errors[0].path());
        assert_eq!(first, path, "VSEC-29: {errors:?}");
    }
    let counting = acl(json!([])).replace("Allow", "Count");
    let errors = beside.add(&counting, None).unwrap_err();
    assert_eq!(errors[0].path(), Some("WebACL.DefaultAction"), "VSEC-21");
    assert!(beside.documents().is_empty());
}
