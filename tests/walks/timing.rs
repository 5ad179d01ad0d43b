//! Server-Timing in whole answers (caching.md section 7.4).

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::distribution::{ErrorPage, ErrorResponse, ResponseHeadersPolicy, SamplingRate};
use edgewalk::http::Status;
use edgewalk::network::{City, best, nearest_rec};
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Event, OriginLeg, Run, Scenario, What, built_in_scenario};

use crate::common::{act, get, last_shown, wait};
use crate::reached;

/// A run in which every answer has the field, with a further change.
fn timed(change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    for behavior in &mut scenario.edited().behaviors {
        behavior.response_headers_policy = Some(ResponseHeadersPolicy {
            server_timing: Some(SamplingRate::ALL),
            ..ResponseHeadersPolicy::default()
        });
    }
    change(&mut scenario);
    Run::new(scenario).unwrap()
}

fn bucket_is(run: &mut Run, health: Health) {
    act(run, Action::SetHealth { origin_id: "shop-media".into(), health });
}

/// The field without what is in every answer (ST-04, ST-05, ST-11), which is checked here, and the events behind it.
fn told(run: &mut Run, city: &str, path: &str) -> (String, Vec<Event>) {
    let events = act(run, get(city, path));
    let value = last_shown(run.journal()).1.fields.get("Server-Timing").unwrap().to_owned();
    let took = events.iter().find_map(|event| match &event.what {
        What::Shown { took_at_pop, .. } => Some(took_at_pop.as_millis()),
        _ => None,
    });
    let mut items: Vec<&str> = value.split(',').collect();
    assert_eq!(items.pop(), Some(&*format!("cdn-downstream-fbl;dur={}", took.unwrap())), "ST-11");
    let in_each =
        |item: &&str| item.starts_with("cdn-pop;desc=") || item.starts_with("cdn-rid;desc=");
    assert_eq!(items.iter().filter(|item| in_each(item)).count(), 2, "ST-04, ST-05");
    items.retain(|item| !in_each(item));
    (items.join(","), events)
}

/// The three upstream items, in milliseconds (ST-08 to ST-10).
fn upstream(connect: Duration, first_byte: Duration) -> String {
    let (connect, first_byte) = (connect.as_millis(), first_byte.as_millis());
    format!(
        "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur={connect},cdn-upstream-fbl;dur={first_byte}"
    )
}

/// The one way to the origin, and how long it was from the end of the request to the first byte.
fn leg(events: &[Event]) -> (OriginLeg, Duration) {
    let replied = events.iter().find_map(|event| match &event.what {
        What::Replied { think, leg, .. } => Some((*leg, leg.round_trip + *think)),
        _ => None,
    });
    assert_eq!(reached(events).count(), 1);
    replied.unwrap()
}

#[test]
fn st_01_03_06_to_12_conn_02_misses_and_hits_say_which_layer_and_how_long() {
    let shield = |scenario: &mut Scenario| {
        scenario.edited().origins[0].shield_region = Some("us-east-2".into());
    };
    let plain: fn(&mut Scenario) = |_| {};
    for (change, asker) in [(plain, "REC"), (shield, "Origin Shield")] {
        let mut run = timed(change);
        let (miss, events) = told(&mut run, "paris", "/app.js");
        let (way, first_byte) = leg(&events);
        assert!(way.handshake > Duration::from_millis(1), "ST-09: {way:?}");
        let expected = format!(
            "cdn-upstream-layer;desc=\"{asker}\",{},cdn-cache-miss",
            upstream(way.handshake, first_byte)
        );
        assert_eq!(miss, expected, "ST-03, ST-07 to ST-10, ST-12");
        let (hit, _) = told(&mut run, "paris", "/app.js");
        assert_eq!(hit, "cdn-cache-hit,cdn-hit-layer;desc=\"EDGE\"", "ST-01, ST-06, ST-13");
        let (kept, events) = told(&mut run, "paris", "/style.css");
        assert!(
            kept.contains("cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=0,"),
            "CONN-02: {kept}"
        );
        assert!(kept.contains(&upstream(Duration::ZERO, leg(&events).1)), "ST-10: {kept}");
        let (above, _) = told(&mut run, "tokyo", "/app.js");
        let hit = format!("cdn-cache-hit,cdn-hit-layer;desc=\"{asker}\"");
        assert_eq!(above == hit, asker == "Origin Shield", "ST-06, SHD-07: {above}");
    }
    // SHD-08: where the local REC is the Shield itself, its hit is a plain one.
    let local = nearest_rec(best(City::find("paris").unwrap())).code();
    let mut run = timed(|scenario| {
        scenario.edited().origins[0].shield_region = Some(local.into());
    });
    told(&mut run, "paris", "/app.js");
    let (hit, _) = told(&mut run, "london", "/app.js");
    assert_eq!(hit, "cdn-cache-hit,cdn-hit-layer;desc=\"REC\"", "SHD-08");
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "SHD-08");
    // Past the REC it is the POP that asks; POPs share a REC, and its hits are told as such.
    let mut run = timed(|_| {});
    let (past, _) = told(&mut run, "paris", "/api/orders");
    assert!(past.starts_with("cdn-upstream-layer;desc=\"EDGE\","), "ST-07: {past}");
    told(&mut run, "paris", "/app.js");
    let (rec, _) = told(&mut run, "london", "/app.js");
    assert_eq!(rec, "cdn-cache-hit,cdn-hit-layer;desc=\"REC\"", "ST-06, ST-13");
}

#[test]
fn st_02_14_stale_14_what_was_asked_about_is_a_refresh_and_what_was_not_is_a_hit() {
    let mut run = timed(|_| {});
    told(&mut run, "paris", "/index.html");
    act(&mut run, wait(400));
    let (validated, events) = told(&mut run, "paris", "/index.html");
    let (way, first_byte) = leg(&events);
    let expected = format!("{},cdn-cache-refresh", upstream(way.handshake, first_byte));
    assert_eq!(validated, expected, "ST-02, ST-14");
    act(&mut run, wait(400));
    bucket_is(&mut run, Health::Failing(Status(503)));
    let (stale, events) = told(&mut run, "paris", "/index.html");
    let (way, first_byte) = leg(&events);
    let expected = format!("{},cdn-cache-refresh", upstream(way.handshake, first_byte));
    assert_eq!(stale, expected, "STALE-14, ST-02");
    let (again, _) = told(&mut run, "paris", "/index.html");
    assert_eq!(again, "cdn-cache-hit,cdn-hit-layer;desc=\"EDGE\"", "STALE-14, ERR-31");
}

#[test]
fn st_18_a_page_in_an_errors_place_comes_with_what_the_error_took() {
    let mut run = timed(|scenario| {
        let page = Some(ErrorPage { path: "/about.html".into(), status: 404 });
        scenario.edited().error_responses =
            vec![ErrorResponse { status: 404, page, min_ttl_secs: 60 }];
    });
    // The page is held before: the error alone is asked for.
    told(&mut run, "paris", "/about.html");
    act(&mut run, wait(10));
    let (fetched, events) = told(&mut run, "paris", "/nothing");
    let (way, first_byte) = leg(&events);
    assert_eq!(fetched, upstream(way.handshake, first_byte), "ST-18: the error's way");
    // The error is held, and the page is asked for: of the page nothing is told.
    act(
        &mut run,
        Action::invalidate(edgewalk::edge::InvalidationPath::new("/about.html").unwrap()),
    );
    act(&mut run, wait(10));
    let (kept, events) = told(&mut run, "paris", "/nothing");
    assert_eq!((kept.as_str(), reached(&events).count()), ("", 1), "ST-18");
}

#[test]
fn st_18_19_an_origin_that_gives_no_answer_has_what_its_last_attempt_took() {
    let second = Duration::from_secs(1);
    let mut run = timed(|_| {});
    let (_, events) = told(&mut run, "paris", "/app.js");
    let (way, _) = leg(&events);
    let waited = |connect, first_byte| upstream(connect, first_byte);
    for (health, expected) in [
        (Health::NameUnresolved, String::new()),
        (Health::Refuses, waited(way.round_trip, Duration::ZERO)),
        (Health::BadCertificate, waited(way.handshake, Duration::ZERO)),
        (Health::Unreachable, waited(10 * second, Duration::ZERO)),
        (Health::Silent, waited(way.handshake, 30 * second)),
    ] {
        let mut run = timed(|_| {});
        bucket_is(&mut run, health);
        let (failed, _) = told(&mut run, "paris", "/app.js");
        assert_eq!(failed, expected, "ST-19: {health:?}");
    }
}
