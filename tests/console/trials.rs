//! A path that is tried before anything is sent.

use edgewalk::distribution::{Beside, Configuration};
use edgewalk::http::Method;
use edgewalk::scene::Outcome;
use edgewalk::scene::console::{Item, Setting, Trial, Verdict};

use crate::{API_AND_MEDIA, LEGACY, draft, enter, managed};

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
