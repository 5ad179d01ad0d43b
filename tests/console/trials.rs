//! A path that is tried before anything is sent.

use edgewalk::distribution::{
    AclAction, Beside, Configuration, Distribution, Function, FunctionEvent, GeoRestriction,
    GeoSort, PathPattern, ReadyMade, Runtime, ViewerProtocolPolicy, WebAcl,
};
use edgewalk::http::Method;
use edgewalk::scene::Outcome;
use edgewalk::scene::console::{Item, Needs, Setting, Trial, Verdict};

use edgewalk::simulation::{Run, Walk, built_in_scenario};

use crate::{API_AND_MEDIA, LEGACY, draft, enter, get, managed};

fn trial(configuration: &Configuration, method: Method, path: &str) -> Trial {
    Trial::of(configuration.distribution(), method, path).unwrap()
}

fn open(example: &str, beside: &Beside) -> Configuration {
    Configuration::open(example, beside).unwrap()
}

#[test]
fn flow_15_a_path_leads_to_the_first_behavior_that_matches_and_a_query_matches_nothing() {
    let media = open(API_AND_MEDIA, &managed());
    let asked = |path: &str| {
        let trial = trial(&media, Method::Get, path);
        (trial.place, trial.pattern, trial.target)
    };
    assert_eq!(asked("/errors/a"), (0, "/errors/*".into(), "error-pages".into()));
    assert_eq!(asked("/media/a.mp4"), (3, "/media/*".into(), "media-failover".into()), "a group");
    assert_eq!(asked("/Media/a.mp4"), (5, "*".into(), "app-alb".into()), "PP-05: case counts");
    let legacy = open(LEGACY, &managed());
    assert_eq!(trial(&legacy, Method::Get, "/images/a.jpg").place, 0);
    assert_eq!(trial(&legacy, Method::Get, "/images/a.jpg?w=1").place, 0);
    assert_eq!(trial(&legacy, Method::Get, "/a?/images/b.jpg").place, 4);
    assert_eq!(trial(&media, Method::Get, "/a?b=1").asked, "/a?b=1");
    assert_eq!(trial(&media, Method::Post, "/a").asked, "POST /a");
}

#[test]
fn met_05_rec_01_rec_05_ttl_27_each_verdict_has_its_case() {
    use Method as M;
    let media = open(API_AND_MEDIA, &managed());
    let legacy = open(LEGACY, &managed());
    let verdict = |configuration: &Configuration, method, path: &str| {
        trial(configuration, method, path).verdict
    };
    let day = Verdict::Kept { default_secs: 86_400, skips_rec: false };
    let table = [
        (&media, M::Get, "/media/a", day),
        (&media, M::Head, "/media/a", day),
        (&media, M::Options, "/media/a", Verdict::Kept { default_secs: 86_400, skips_rec: true }), // CB-04, REC-02
        (&media, M::Options, "/private/a", Verdict::Refused), // MET-05
        (&media, M::Post, "/media/a", Verdict::Refused),
        (&media, M::Options, "/a", Verdict::Proxied), // allowed, and not cached
        (&media, M::Post, "/api/a", Verdict::Proxied), // REC-01
        (&media, M::Get, "/api/a", Verdict::Dynamic), // TTL-27
        (&legacy, M::Get, "/cart/a", Verdict::Dynamic), // HDRK-06
        (&media, M::Get, "/a", Verdict::Kept { default_secs: 0, skips_rec: false }), // MC-05
        (&legacy, M::Get, "/paid/a", Verdict::Kept { default_secs: 300, skips_rec: false }), // 3,600 is not below it
    ];
    for (configuration, method, path, expected) in table {
        assert_eq!(verdict(configuration, method, path), expected, "{method:?} {path}");
    }
    let mut draft = draft(LEGACY);
    enter(&mut draft, Item::Behavior(1), Setting::MaxTtl, "3599");
    let short = draft.check().unwrap();
    let kept = Verdict::Kept { default_secs: 300, skips_rec: true };
    assert_eq!(verdict(&short, M::Get, "/paid/a"), kept, "REC-05");
}

#[test]
fn a_verdict_is_said_in_words_and_has_the_mark_of_its_outcome() {
    let table = [
        (Verdict::Refused, "refused with 403", Outcome::Error),
        (Verdict::Dynamic, "skips the REC", Outcome::Bypass),
        (Verdict::Proxied, "skips the REC", Outcome::Bypass),
        (
            Verdict::Kept { default_secs: 86_400, skips_rec: false },
            "can be a hit, 1\u{a0}d by default",
            Outcome::Hit,
        ),
        (
            Verdict::Kept { default_secs: 0, skips_rec: false },
            "kept if the origin says so",
            Outcome::Hit,
        ),
        (
            Verdict::Kept { default_secs: 300, skips_rec: true },
            "can be a hit, 5\u{a0}min by default; skips the REC",
            Outcome::Hit,
        ),
    ];
    for (verdict, words, outcome) in table {
        assert_eq!((&*verdict.said(), verdict.outcome()), (words, outcome));
    }
}

#[test]
fn the_key_names_what_the_policy_takes() {
    let key =
        |configuration: &Configuration, path: &str| trial(configuration, Method::Get, path).key;
    let media = open(API_AND_MEDIA, &managed());
    assert_eq!(key(&media, "/media/a"), "path, codings", "MC-01");
    assert_eq!(key(&media, "/api/a"), "no key", "nothing is kept");
    assert!(
        key(&media, "/a").starts_with("path, codings, all query, all cookies, headers "),
        "{}",
        key(&media, "/a")
    );
    let legacy = open(LEGACY, &managed());
    assert_eq!(key(&legacy, "/images/a.jpg"), "path");
    assert_eq!(
        key(&legacy, "/"),
        "path, query page lang, cookies session_id userid_*, headers Host Accept-Language CloudFront-Viewer-Country"
    );
    let mut beside = managed();
    let policy = r#"{"CachePolicy": {"Id": "658327ea-0000-0000-0000-000000000000", "CachePolicyConfig": {"Name": "own",
        "MinTTL": 1, "ParametersInCacheKeyAndForwardedToOrigin": {"EnableAcceptEncodingGzip": false,
        "HeadersConfig": {"HeaderBehavior": "none"},
        "CookiesConfig": {"CookieBehavior": "allExcept", "Cookies": {"Quantity": 1, "Items": ["ads"]}},
        "QueryStringsConfig": {"QueryStringBehavior": "allExcept", "QueryStrings": {"Quantity": 2, "Items": ["u", "v"]}}}}}}"#;
    beside.add(policy, None).unwrap();
    let text = API_AND_MEDIA
        .replace("658327ea-f89d-4fab-a63d-7e88639e58f6", "658327ea-0000-0000-0000-000000000000");
    let own = open(&text, &beside);
    assert_eq!(key(&own, "/media/a"), "path, all query but u v, all cookies but ads");
}

#[test]
fn cb_15_16_vsec_09_where_a_signature_is_wanted_the_viewer_gets_403_without_one() {
    let table = [
        (
            API_AND_MEDIA,
            "/private/example",
            "403 without a signature; with it can be a hit, 1\u{a0}d by default",
        ),
        (
            LEGACY,
            "/paid/example",
            "403 without a signature; with it can be a hit, 5\u{a0}min by default",
        ),
    ];
    for (example, path, said) in table {
        let configuration = open(example, &managed());
        let tried = trial(&configuration, Method::Get, path);
        assert_eq!(tried.needs, [Needs::Signature], "{path}");
        assert_eq!((tried.said(), tried.outcome()), (said.to_owned(), Outcome::Error));
        // The walk says the same.
        let mut run = Run::new(Walk::of_configuration(configuration.into()).scenario).unwrap();
        assert_eq!(get(&mut run, "paris", path), "Error from cloudfront", "{path}");
    }
    // MET-04: a method that is not allowed is refused before that.
    let media = open(API_AND_MEDIA, &managed());
    let refused = trial(&media, Method::Delete, "/private/example");
    assert_eq!((refused.needs, refused.verdict), (vec![], Verdict::Refused));
}

#[test]
fn vsec_10_edge_60_what_the_function_at_the_viewers_request_answers_is_said() {
    let with = |does: ReadyMade, runtime| {
        let mut distribution = built_in_scenario().configuration.distribution().clone();
        let function = Function { arn: "f".into(), runtime, does: Some(does) };
        distribution.behaviors[1].functions.set(FunctionEvent::ViewerRequest, Some(function));
        let said = |path: &str| {
            let trial = Trial::of(&distribution, Method::Get, path).unwrap();
            (trial.said(), trial.outcome())
        };
        (said("/old/a"), said("/img/a"))
    };
    let kept = ("can be a hit, 1\u{a0}d by default".to_owned(), Outcome::Hit);
    let from = PathPattern::new("/old/*");
    let redirect = ReadyMade::Redirect { from, to: "/new/".into(), status: 308 };
    let told = ("a function answers 308".to_owned(), Outcome::Bypass);
    assert_eq!(with(redirect, Runtime::CloudFront), (told, kept.clone()), "only where it matches");
    let password = ReadyMade::BasicAuth { credentials: "YTpi".into() };
    let asked = (format!("401 without the password; with it {}", kept.0), Outcome::Error);
    assert_eq!(with(password, Runtime::CloudFront), (asked.clone(), asked));
    // EDGE-54, EDGE-57: an exception is 503 of both.
    for runtime in [Runtime::CloudFront, Runtime::Lambda] {
        let failed = ("a function answers 503".to_owned(), Outcome::Error);
        assert_eq!(with(ReadyMade::Throws, runtime), (failed.clone(), failed), "{runtime:?}");
    }
    let rewrites = ReadyMade::SinglePage { page: "/index.html".into() };
    assert_eq!(with(rewrites, Runtime::CloudFront), (kept.clone(), kept));
}

#[test]
fn vsec_04_05_07_what_other_viewers_get_is_said_of_a_path_that_is_tried() {
    let mut distribution = built_in_scenario().configuration.distribution().clone();
    let others = |distribution: &Distribution, method| {
        Trial::of(distribution, method, "/img/a").unwrap().others
    };
    assert_eq!(others(&distribution, Method::Get), "");
    let countries = vec!["DE".to_owned(), "FR".to_owned()];
    distribution.geo = Some(GeoRestriction { sort: GeoSort::BlockList, countries });
    distribution.behaviors[1].viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
    assert_eq!(others(&distribution, Method::Get), "403 in DE FR, 301 to HTTPS without TLS");
    assert_eq!(others(&distribution, Method::Post), "403 in DE FR, 307 to HTTPS without TLS");
    distribution.geo.as_mut().unwrap().sort = GeoSort::AllowList;
    distribution.behaviors[1].viewer_protocol = ViewerProtocolPolicy::HttpsOnly;
    assert_eq!(others(&distribution, Method::Get), "403 outside DE FR, 403 without TLS");
    (distribution.geo, distribution.behaviors[1].viewer_protocol) =
        (None, ViewerProtocolPolicy::AllowAll);
    distribution.web_acl = Some(WebAcl {
        arn: String::new(),
        name: "acl".into(),
        default: AclAction::Allow,
        rules: Vec::new(),
        documents: Vec::new(),
    });
    assert_eq!(others(&distribution, Method::Get), "The web ACL is asked first");
}
