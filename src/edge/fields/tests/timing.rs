//! Server-Timing.

use super::*;

#[test]
fn st_01_to_14_18_the_documented_layouts() {
    let location = EdgeLocation::new("PHX50-C2", "4f1c", "us-west-2");
    let parties = Parties { location, viewer: identity().viewer().clone() }.into();
    let identity = Identity { parties, ..identity() };
    // The guide's own examples name the exchange yBxn.
    let named = |text: &str| text.replace("yBxn", &identity.request_id.text());
    assert_eq!(
        timing(Contact::Fetched, Layer::Pop, &identity).value(),
        named(
            "cdn-upstream-layer;desc=\"EDGE\",cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,\
        cdn-upstream-fbl;dur=177,cdn-cache-miss,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",\
        cdn-downstream-fbl;dur=436"
        ),
        "ST-12, ST-04, ST-05, ST-11"
    );
    let hit = ServerTiming {
        downstream: Duration::from_millis(137),
        ..timing(Contact::None, Layer::Rec, &identity)
    };
    assert_eq!(
        hit.value(),
        named(
            "cdn-cache-hit,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-hit-layer;desc=\"REC\",\
        cdn-downstream-fbl;dur=137"
        ),
        "ST-13, ST-04, ST-05, ST-11"
    );
    assert_eq!(
        timing(Contact::Validated, Layer::Rec, &identity).value(),
        named(
            "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-cache-refresh,\
        cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436"
        ),
        "ST-14"
    );
    let shield = timing(Contact::None, Layer::Shield, &identity).value();
    assert!(shield.contains("cdn-hit-layer;desc=\"Origin Shield\""), "ST-06, SHD-07");
    let error = ServerTiming { is_plain: true, ..timing(Contact::Fetched, Layer::Rec, &identity) };
    assert_eq!(
        error.value(),
        named(
            "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-pop;desc=\"PHX50-C2\",\
        cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436"
        ),
        "ST-18"
    );
    let kept = ServerTiming { is_plain: true, ..timing(Contact::None, Layer::Pop, &identity) };
    let only = "cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436";
    assert_eq!(kept.value(), named(only), "ST-18");
}

#[test]
fn st_15_16_17_ttl_11_when_server_timing_is_sent() {
    let at = |rate| {
        let server_timing = Some(rate);
        with_policy(ResponseHeadersPolicy { server_timing, ..ResponseHeadersPolicy::default() })
    };
    let value = |origin: &str, behavior: &Behavior, viewer: &str, contact| {
        shown(origin, behavior, viewer, contact).get("Server-Timing").map(String::from)
    };
    let pragma = "Pragma: no-cache, server-timing";
    assert_eq!(value("", &at(SamplingRate::NONE), "", Contact::None), None, "ST-15");
    assert!(value("", &at(SamplingRate::NONE), pragma, Contact::None).is_some(), "ST-15, TTL-11");
    assert!(value("", &at(SamplingRate::ALL), "", Contact::None).is_some(), "ST-15");
    assert_eq!(value("", &plain(), pragma, Contact::None), None, "TTL-11: only if it is set");
    let origin = "Server-Timing: db;dur=5";
    let miss = value(origin, &at(SamplingRate::ALL), "", Contact::Fetched).unwrap();
    assert!(miss.starts_with("cdn-upstream-layer") && miss.ends_with(",db;dur=5"), "ST-16 {miss}");
    let hit = value(origin, &at(SamplingRate::ALL), "", Contact::None).unwrap();
    assert!(!hit.contains("db;dur"), "ST-17 {hit}");
    let half = SamplingRate::new(500_000).unwrap();
    let sampled = (0..2000_u64).filter(|n| {
        let identity = Identity { request_id: RequestId::new(*n), ..identity() };
        let mut fields = Fields::new();
        let viewer = Request::new(Method::Get, Target::parse("/").unwrap(), Arc::default());
        timing(Contact::None, Layer::Pop, &identity).add_to(&mut fields, half, &viewer);
        fields.has("Server-Timing")
    });
    let share = sampled.count();
    assert!((900..1100).contains(&share), "ST-15: {share} of 2,000 at 50 %");
}
