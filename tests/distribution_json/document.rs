//! A configuration as its document: written back as it came, edited by path, and made from a distribution.

use edgewalk::distribution::aws::{ErrorCode, StandIn, listed};
use edgewalk::distribution::{
    AllowedMethods, Behavior, Beside, CachePolicy, Configuration, Cors, Distribution, Draft,
    ErrorPage, ErrorResponse, Form, LegacySettings, Origin, OriginGroup, OriginKind, OriginLimits,
    OriginProtocol, OriginRequestPolicy, PathPattern, PolicyField, ResponseHeadersPolicy,
    SamplingRate, Selection, TtlBounds, ViewerCertificate, ViewerProtocolPolicy, managed as policy,
};
use edgewalk::json::{Json, Path};
use edgewalk::simulation::built_in_scenario;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, changed, config, found, managed, texts};

fn open(text: &str) -> Configuration {
    Configuration::open(text, &managed()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

#[test]
fn ex_01_to_03_wr_01_03_06_the_examples_are_written_back_as_they_came() {
    for example in [S3_SITE, API_AND_MEDIA, LEGACY] {
        let came = Json::parse(example).unwrap();
        let read = open(example);
        // Order and all: the same JSON as in the file, not only an equal one.
        assert_eq!(read.write(Form::Create), came, "WR-03");
        assert_eq!(Some(&read.write(Form::Bare)), came.member("DistributionConfig"), "WR-06");
        assert_eq!(read.write(Form::Config), came, "WR-01 without an ETag");
        let tagged = json!({"ETag": "E2QWRUHEXAMPLE", "DistributionConfig": config(example)});
        let tagged = Json::parse(&tagged.to_string()).unwrap();
        let read = open(&tagged.write());
        assert_eq!(read.write(Form::Config).member("ETag"), tagged.member("ETag"), "WR-01");
    }
}

#[test]
fn what_nobody_knows_comes_back_in_its_place() {
    let text = S3_SITE.replace(
        r#""Comment": "SPA"#,
        r#""FromTomorrow": {"Rate": 0.1234567890123, "Big": 123456789012345678901234567890, "List": [1, {"x": null}]},
    "Comment": "SPA"#,
    );
    assert_ne!(text, S3_SITE);
    let read = open(&text);
    assert!(read.kept().contains(&"FromTomorrow".to_owned()));
    assert_eq!(read.write(Form::Create), Json::parse(&text).unwrap());
    assert!(read.write(Form::Bare).write().contains("0.1234567890123,"));
    assert!(read.write(Form::Bare).write().contains("123456789012345678901234567890"));
}

#[test]
fn wr_03_05_im_22_what_a_summary_lacks_is_added_for_creating_and_said_to_be_assumed() {
    let summary = |id: &str, comment: &str| {
        let mut summary = config(S3_SITE);
        summary.as_object_mut().unwrap().remove("CallerReference");
        summary["Id"] = json!(id);
        summary["DomainName"] = json!("d604721fxaaqy9.cloudfront.net");
        summary["Comment"] = json!(comment);
        summary
    };
    let items = [summary("E1", "the first"), summary("E2", "the second")];
    let text = json!({"DistributionList": {"Quantity": 2, "Items": items}}).to_string();
    let all = listed(&Json::parse(&text).unwrap());
    let said: Vec<_> = all.iter().map(|one| (one.id.as_str(), one.comment.as_str())).collect();
    assert_eq!(said, [("E1", "the first"), ("E2", "the second")]);
    let second = Configuration::open_one(&text, 1, &managed()).unwrap();
    assert_eq!(second.distribution().domain, "d604721fxaaqy9.cloudfront.net");
    assert_eq!(second.document().member("Comment"), Some(&Json::text("the second")));
    assert_eq!(second.document().member("Id"), None, "that is the summary's own");
    assert_eq!(second.kept()[0], "DistributionList.Items[0]");
    assert_eq!(
        second.assumed()[0].to_string(),
        "DistributionList.Items[1]: a summary does not tell DefaultRootObject, Logging and ContinuousDeploymentPolicyId; none of them stands in"
    );
    assert_eq!(second.assumed()[0].stand_in.row(), "IM-22");
    let whole = Configuration::open(&config(S3_SITE).to_string(), &managed()).unwrap();
    assert!(whole.assumed().iter().all(|assumed| assumed.stand_in.row() != "IM-22"));
    assert_eq!(second.document().member("CallerReference"), None);
    for form in [Form::Create, Form::Config] {
        let created = second.write(form);
        let created = created.member("DistributionConfig").unwrap();
        assert_eq!(created.member("CallerReference"), Some(&Json::text("edgewalk")), "{form:?}");
    }
    let bare = second.write(Form::Bare);
    assert_eq!(bare.member("CallerReference"), Some(&Json::text("edgewalk")));
    assert!(Configuration::open_one(&text, 2, &managed()).is_err());
}

#[test]
fn an_editor_finds_the_places_that_findings_name() {
    let configuration = open(API_AND_MEDIA);
    let mut draft = Draft::of(&configuration);
    let at = path("Origins.Items[2].OriginShield.OriginShieldRegion");
    assert_eq!(draft.set(&at, Json::text("moon-1")), Ok(Some(Json::text("us-east-1"))));
    let behavior = draft.at(&path("CacheBehaviors.Items[0]")).unwrap().clone();
    draft.insert(&path("CacheBehaviors.Items[5]"), behavior).unwrap();
    draft.set(&path("CacheBehaviors.Items[5].PathPattern"), Json::text("*")).unwrap();
    assert_eq!(draft.at(&path("CacheBehaviors.Quantity")), Some(&Json::Whole(6)));
    let errors = draft.check().unwrap_err();
    let expected = [
        (at.to_string(), ErrorCode::InvalidArgument, "OR-07"),
        ("CacheBehaviors.Items[5].PathPattern".into(), ErrorCode::InvalidArgument, "PP-15"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(path, code, row)| (&**path, *code, *row)).collect();
    assert_eq!(found(&errors), expected);
    for error in &errors {
        assert!(draft.at(&path(error.path().unwrap())).is_some(), "{error}");
    }
    draft.remove(&path("CacheBehaviors.Items[5]")).unwrap();
    assert_eq!(draft.at(&path("CacheBehaviors.Quantity")), Some(&Json::Whole(5)));
    draft.set(&at, Json::text("us-east-1")).unwrap();
    assert_eq!(draft.check().as_ref(), Ok(&configuration), "all is as it was");
    draft.shift(&path("CacheBehaviors.Items"), 4, 0).unwrap();
    let moved = draft.check().unwrap();
    assert_eq!(moved.distribution().behaviors[0].pattern.as_str(), "/api/*");
    // A list that is not there yet, or has no Items (WR-08).
    let mut site = Draft::of(&open(S3_SITE));
    site.insert(&path("Aliases.Items[0]"), Json::text("www.example.com")).unwrap();
    assert_eq!(site.at(&path("Aliases.Quantity")), Some(&Json::Whole(1)));
    site.remove(&path("Aliases")).unwrap();
    site.insert(&path("Aliases.Items[0]"), Json::text("www.example.com")).unwrap();
    assert_eq!(site.at(&path("Aliases.Quantity")), Some(&Json::Whole(1)));
}

#[test]
fn im_01_to_04_rec_14_what_is_missing_is_named_and_stood_in_for() {
    let id = "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111";
    let changes = ["CachePolicyId", "OriginRequestPolicyId", "ResponseHeadersPolicyId"]
        .map(|name| (format!("/DefaultCacheBehavior/{name}"), json!(id)));
    let changes = changes.each_ref().map(|(path, id)| (path.as_str(), id.clone()));
    let text = changed(S3_SITE, &changes).to_string();
    let read = open(&text);
    let behavior = &read.distribution().behaviors[0];
    assert_eq!(behavior.cache_policy, policy::caching_optimized(), "IM-01");
    assert_eq!(behavior.origin_request_policy, None, "IM-02");
    assert_eq!(behavior.response_headers_policy, None, "IM-03");
    let rows: Vec<_> = read.assumed().iter().map(|gap| gap.stand_in.row()).collect();
    assert_eq!(rows, ["IM-09", "IM-01", "IM-02", "IM-03"]);
    assert_eq!(
        read.assumed()[1].to_string(),
        format!(
            "DefaultCacheBehavior.CachePolicyId: the cache policy {id:?} is not given; CachingOptimized stands in"
        )
    );
    // With the policy beside it nothing is assumed.
    let mut beside = managed();
    let own = json!({"Name": "own", "MinTTL": 7, "ParametersInCacheKeyAndForwardedToOrigin": {
        "EnableAcceptEncodingGzip": false, "HeadersConfig": {"HeaderBehavior": "none"},
        "CookiesConfig": {"CookieBehavior": "none"}, "QueryStringsConfig": {"QueryStringBehavior": "none"},
    }});
    beside.add(&own.to_string(), Some(id)).unwrap();
    let with_policy = read.with_beside(&beside).unwrap();
    assert_eq!(with_policy.distribution().behaviors[0].cache_policy.ttl.min, 7);
    assert_eq!(with_policy.assumed().len(), 3);
    // A name that tells no Region (DP-10), and one for which the user said it.
    let legacy = open(LEGACY);
    let region = StandIn::Region("ap-southeast-2".into());
    let regions = |read: &Configuration| {
        let stand_ins = read.assumed().iter().map(|gap| gap.stand_in.clone());
        stand_ins.filter(|it| matches!(it, StandIn::Region(_))).collect::<Vec<_>>()
    };
    assert_eq!(regions(&legacy), [region]);
    let mut beside = managed();
    beside.regions = vec![("S3-legacy-assets".into(), "sa-east-1".into())];
    let told = legacy.with_beside(&beside).unwrap();
    assert_eq!(told.distribution().origins[0].region, "sa-east-1");
    assert!(regions(&told).is_empty());
}

#[test]
fn a_configuration_within_other_json_comes_back_and_is_checked() {
    let mut beside = managed();
    beside.regions = vec![("S3-legacy-assets".into(), "sa-east-1".into())];
    for configuration in [
        open(LEGACY),
        open(API_AND_MEDIA),
        Configuration::open(LEGACY, &beside).unwrap(),
        Configuration::of(built_in_scenario().configuration.distribution().clone()),
    ] {
        let text = serde_json::to_string(&configuration).unwrap();
        let again: Configuration = serde_json::from_str(&text).unwrap();
        assert_eq!(again, configuration);
        assert_eq!(
            (again.kept(), again.assumed()),
            (configuration.kept(), configuration.assumed())
        );
    }
    let text = serde_json::to_string(&open(S3_SITE)).unwrap();
    let wrong = text.replace("site-bucket\\\",\\\"DomainName", "other-bucket\\\",\\\"DomainName");
    assert_ne!(wrong, text);
    let error = serde_json::from_str::<Configuration>(&wrong).unwrap_err().to_string();
    assert!(error.contains("DefaultCacheBehavior.TargetOriginId: a behavior's target"), "{error}");
}

#[test]
fn the_demo_is_what_its_document_says() {
    let demo = built_in_scenario().configuration.distribution().clone();
    let configuration = Configuration::of(demo.clone());
    assert_eq!(Configuration::taken(&demo).as_ref(), Ok(&configuration));
    let text = configuration.write(Form::Config).write();
    let again = Configuration::open(&text, configuration.beside()).unwrap();
    assert_eq!(again.distribution(), &demo);
    assert!(again.assumed().is_empty());
    // All that UpdateDistribution needs (section 9.1).
    let needed = [
        "CallerReference",
        "Aliases",
        "DefaultRootObject",
        "Origins",
        "CacheBehaviors",
        "CustomErrorResponses",
        "Comment",
        "Logging",
        "PriceClass",
        "Enabled",
        "ViewerCertificate",
        "Restrictions",
        "WebACLId",
        "HttpVersion",
    ];
    for name in needed {
        assert!(configuration.document().member(name).is_some(), "{name}");
    }
    for name in [
        "AllowedMethods",
        "SmoothStreaming",
        "Compress",
        "LambdaFunctionAssociations",
        "FieldLevelEncryptionId",
    ] {
        for place in ["DefaultCacheBehavior", "CacheBehaviors.Items[0]"] {
            assert!(
                configuration.document().at(&path(place).member(name)).is_some(),
                "{place}.{name}"
            );
        }
    }
    assert!(configuration.document().at(&path("Origins.Items[1].CustomHeaders")).is_some());
}

#[test]
fn a_distribution_that_awss_json_cannot_say_is_refused_at_a_border() {
    let mut demo = built_in_scenario().configuration.distribution().clone();
    demo.origins[0].limits.keep_alive_secs = 30; // OR-13: a bucket has no such setting
    assert!(Configuration::taken(&demo).is_err());
    assert_eq!(Configuration::of(demo.clone()).distribution(), &demo, "code may have it");
    demo.behaviors[0].origin_id = "nowhere".into();
    let errors = Configuration::taken(&demo).unwrap_err();
    assert_eq!(errors[0].path(), Some("CacheBehaviors.Items[0].TargetOriginId"));
}

fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[a-z]{1,8}", 0..most).prop_map(|names| names.into_iter().collect())
}

/// `listed` has one name at least.
fn selection() -> impl Strategy<Value = Selection> {
    let listed = || {
        prop::collection::btree_set("[a-z]{1,8}", 1..4).prop_map(|set| set.into_iter().collect())
    };
    prop_oneof![
        Just(Selection::None),
        Just(Selection::All),
        listed().prop_map(Selection::Only),
        listed().prop_map(Selection::AllExcept),
    ]
}

fn ttl() -> impl Strategy<Value = TtlBounds> {
    (0_u64..100, 0_u64..1_000, 1_u64..1_000).prop_map(|(min, more, most)| TtlBounds {
        min,
        default: min + more,
        max: min + more + most,
    })
}

fn cache_policy() -> impl Strategy<Value = CachePolicy> {
    let own = (ttl(), names(4), selection(), selection(), any::<bool>(), any::<bool>()).prop_map(
        |(ttl, key_headers, cookies, query, gzip, brotli)| CachePolicy {
            name: "own".into(),
            ttl,
            key_headers,
            cookies,
            query,
            gzip,
            brotli,
            legacy: None,
        },
    );
    let managed =
        prop::sample::select(vec![policy::caching_optimized(), policy::caching_disabled()]);
    prop_oneof![managed, own]
}

fn legacy_policy(compress: bool) -> impl Strategy<Value = CachePolicy> {
    let cookies = prop_oneof![
        Just(Selection::None),
        Just(Selection::All),
        prop::collection::btree_set("[a-z*?]{1,8}", 1..4).prop_map(|names| {
            Selection::Like(names.iter().map(|name| PathPattern::new(name)).collect())
        }),
    ];
    (ttl(), names(4), cookies, names(4), any::<bool>(), any::<bool>()).prop_map(
        move |(ttl, headers, cookies, keys, all_query, all_headers)| CachePolicy {
            name: "Legacy cache settings".into(),
            ttl: if all_headers { TtlBounds { min: 0, default: 0, max: 0 } } else { ttl },
            key_headers: if all_headers { Vec::new() } else { headers },
            cookies,
            query: match (all_query, keys.is_empty()) {
                (false, _) => Selection::None,
                (true, true) => Selection::All,
                (true, false) => Selection::Only(keys),
            },
            gzip: compress,
            brotli: false,
            legacy: Some(LegacySettings {
                forwards_all_query: all_query,
                forwards_all_headers: all_headers,
            }),
        },
    )
}

fn response_headers() -> impl Strategy<Value = ResponseHeadersPolicy> {
    let security = [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Referrer-Policy", "no-referrer"),
        ("Strict-Transport-Security", "max-age=60; includeSubDomains; preload"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-XSS-Protection", "1; report=https://example.com/x"),
        ("X-Own", "1; mode=block"),
    ];
    let fields = prop::collection::vec((any::<bool>(), any::<bool>()), security.len()).prop_map(
        move |drawn| {
            let all = security.iter().zip(drawn).filter(|(_, (is_there, _))| *is_there);
            let field = |((name, value), (_, overrides)): (&(&str, &str), (bool, bool))| {
                PolicyField { name: (*name).into(), value: (*value).into(), overrides }
            };
            all.map(field).collect::<Vec<_>>()
        },
    );
    let cors = prop::option::of((any::<bool>(), prop::option::of(0_u64..9_000), names(3)))
        .prop_map(|drawn| {
            drawn.map(|(overrides, max_age_secs, expose_headers)| Cors {
                allow_origins: vec!["https://example.com".into()],
                allow_methods: vec!["GET".into(), "PUT".into()],
                allow_headers: vec!["*".into()],
                expose_headers,
                allow_credentials: !overrides,
                max_age_secs,
                overrides,
            })
        });
    let rate =
        prop::option::of(0_u32..=1_000_000).prop_map(|rate| rate.and_then(SamplingRate::new));
    (fields, cors, rate, names(3)).prop_map(|(fields, cors, server_timing, remove)| {
        ResponseHeadersPolicy { name: "own".into(), remove, cors, fields, server_timing }
    })
}

fn origin_request() -> impl Strategy<Value = OriginRequestPolicy> {
    (selection(), selection(), selection(), any::<bool>()).prop_map(
        |(headers, cookies, query, more)| {
            let with_own = more && headers == Selection::All;
            OriginRequestPolicy {
                name: "own".into(),
                headers,
                cloudfront_headers: if with_own {
                    vec!["CloudFront-Viewer-City".into()]
                } else {
                    Vec::new()
                },
                cookies,
                query,
            }
        },
    )
}

fn behavior(pattern: String) -> impl Strategy<Value = Behavior> {
    let viewer = prop::sample::select(vec![
        ViewerProtocolPolicy::AllowAll,
        ViewerProtocolPolicy::RedirectToHttps,
        ViewerProtocolPolicy::HttpsOnly,
    ]);
    let legacy = any::<bool>().prop_flat_map(|compress| {
        legacy_policy(compress).prop_map(move |policy| (policy, None, compress))
    });
    let current = (cache_policy(), prop::option::of(origin_request()), any::<bool>());
    (
        viewer,
        0..3_u8,
        any::<bool>(),
        prop_oneof![legacy, current],
        prop::option::of(response_headers()),
        0..3_usize,
    )
        .prop_map(
            move |(
                viewer_protocol,
                methods,
                options,
                policies,
                response_headers_policy,
                target,
            )| {
                let (cache_policy, origin_request_policy, compress) = policies;
                let allowed_methods = match methods {
                    0 => AllowedMethods::GetHead,
                    1 => AllowedMethods::GetHeadOptions,
                    // OG-06
                    _ if target == 2 => AllowedMethods::GetHead,
                    _ => AllowedMethods::All,
                };
                Behavior {
                    viewer_protocol,
                    allowed_methods,
                    caches_options: options && allowed_methods != AllowedMethods::GetHead,
                    compress,
                    origin_request_policy,
                    response_headers_policy,
                    ..Behavior::new(&pattern, ["a", "b", "both"][target], cache_policy)
                }
            },
        )
}

fn distribution() -> impl Strategy<Value = Distribution> {
    let limits = (1_u32..=3, 1_u64..=10, 1_u64..=120, prop::option::of(0_u64..100), 1_u64..=300)
        .prop_map(|(attempts, connect_secs, response_secs, more, keep_alive_secs)| OriginLimits {
            attempts,
            connect_secs,
            response_secs,
            completion_secs: more.map(|more| response_secs + more),
            keep_alive_secs,
        });
    let shield = prop::option::of(prop::sample::select(vec!["us-east-1", "eu-west-2"]));
    let origins = (limits, shield, prop::option::of("/[a-z]{1,6}"), names(3)).prop_map(
        |(limits, shield, path, headers)| {
            let bucket = Origin {
                limits: OriginLimits { keep_alive_secs: 5, ..limits },
                path: path.unwrap_or_default(),
                ..Origin::s3_bucket("a", "site-bucket", "eu-west-1")
            };
            let own = "www.example.com".to_owned();
            let server = Origin {
                limits,
                protocol: OriginProtocol::HttpsOnly,
                shield_region: shield.map(String::from),
                custom_headers: headers
                    .into_iter()
                    .map(|name| (name, "some value".into()))
                    .collect(),
                ..Origin::new("b", own, OriginKind::WebServer, "sa-east-1")
            };
            let private = "ip-10-0-1-25.eu-west-1.compute.internal".to_owned();
            vec![bucket, server, Origin::new("c", private, OriginKind::VpcOrigin, "eu-west-1")]
        },
    );
    let behaviors = (0_usize..4).prop_flat_map(|count| {
        let listed: Vec<_> =
            (0..count).map(|number| behavior(format!("/{number}/*")).boxed()).collect();
        (listed, behavior("*".into())).prop_map(|(mut all, default)| {
            all.push(default);
            all
        })
    });
    let errors = prop::option::of((200_u16..=200, 0_u64..90)).prop_map(|page| {
        let entry = |status, page, min_ttl_secs| ErrorResponse { status, page, min_ttl_secs };
        let page = page.map(|(status, secs)| {
            entry(404, Some(ErrorPage { path: "/404.html".into(), status }), secs)
        });
        page.into_iter().chain([entry(500, None, 3)]).collect::<Vec<_>>()
    });
    (origins, behaviors, errors, prop::option::of("[a-z]{1,8}\\.html"), any::<bool>()).prop_map(
        |(origins, behaviors, error_responses, default_root_object, has_alias)| Distribution {
            aliases: if has_alias { vec!["www.example.com".into()] } else { Vec::new() },
            default_root_object,
            origins,
            origin_groups: vec![OriginGroup {
                id: "both".into(),
                members: ["a".into(), "b".into()],
                failover_statuses: vec![500, 503],
            }],
            behaviors,
            error_responses,
            cache_tag_header: has_alias.then(|| "Cache-Tag".into()),
            ..Distribution::named("d604721fxaaqy9.cloudfront.net")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn what_is_written_of_a_distribution_is_read_as_the_same(distribution in distribution()) {
        let made = Configuration::of(distribution.clone());
        let text = made.write(Form::Bare).write();
        let read = Configuration::check(Json::parse(&text).unwrap(), made.beside());
        let mut read = read.unwrap_or_else(|errors| panic!("{errors:#?}\n{text}")).distribution().clone();
        read.domain.clone_from(&distribution.domain);
        // DS-08: names bring a certificate along.
        let certificate = made.distribution().certificate.clone();
        prop_assert_eq!(certificate == ViewerCertificate::Default, distribution.aliases.is_empty());
        let taken = Configuration::taken(&distribution);
        prop_assert_eq!(&read, &Distribution { certificate, ..distribution });
        prop_assert_eq!(taken, Ok(made));
    }

    #[test]
    fn whatever_is_edited_the_rest_stays(at in any::<prop::sample::Index>(), number in any::<i64>()) {
        let mut draft = Draft::of(&open(API_AND_MEDIA));
        let before = serde_json::from_str::<Value>(&draft.document().write()).unwrap();
        let mut all = Vec::new();
        crate::hostile::places(&before, "", &mut all);
        let pointer: &String = at.get(&all);
        let there = path(&crate::path_of(pointer));
        let old = draft.set(&there, Json::Whole(number)).unwrap();
        prop_assert_eq!(draft.at(&there).cloned(), Some(Json::Whole(number)));
        let _ = draft.check();
        draft.set(&there, old.unwrap_or(Json::Null)).unwrap();
        let after = serde_json::from_str::<Value>(&draft.document().write()).unwrap();
        prop_assert_eq!(after, before);
    }
}

#[test]
fn beside_is_written_and_read_again_in_its_order() {
    let demo = Configuration::of(built_in_scenario().configuration.distribution().clone());
    let documents = demo.beside().documents();
    let [certificate] = documents else { panic!("managed policies alone, and a certificate") };
    assert!(certificate.member("Certificate").is_some());
    let mut own = Beside::managed("us-east-1".into());
    let texts = texts(&["x"]);
    let selection = json!({"CookieBehavior": "whitelist", "Cookies": texts});
    let config = json!({"Name": "own", "HeadersConfig": {"HeaderBehavior": "none"}, "CookiesConfig": selection,
        "QueryStringsConfig": {"QueryStringBehavior": "none"}});
    own.add(&config.to_string(), Some("one")).unwrap();
    own.add(&config.to_string(), Some("two")).unwrap();
    own.add(&config.to_string(), Some("one")).unwrap();
    let ids = own
        .documents()
        .iter()
        .map(|one| one.at(&path("OriginRequestPolicy.Id")).unwrap().as_text().unwrap());
    assert_eq!(ids.collect::<Vec<_>>(), ["two", "one"], "the later of two with one id");
}
