//! Origin groups: when the second origin is asked.

use crate::common::Edit as _;
use edgewalk::distribution::OriginGroup;
use edgewalk::edge::{Decision, Failure};
use edgewalk::http::{Method, Request, Status};
use edgewalk::network::City;
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Event, Run, Scenario, What};

use super::{api_is, bucket_is, ends, page, run_of};
use crate::common::{act, get, last_shown, request, send, wait};
use crate::{decisions, reached};

/// Both origins in a group; the first has its Shield in `first`, the second in `second`.
fn grouped(statuses: &[u16], shields: [Option<&str>; 2]) -> Run {
    grouped_and(statuses, shields, |_| {})
}

/// The same, with a further change.
fn grouped_and(
    statuses: &[u16],
    [first, second]: [Option<&str>; 2],
    change: impl FnOnce(&mut Scenario),
) -> Run {
    run_of(|scenario| {
        change(scenario);
        let distribution = &mut scenario.edited();
        distribution.origin_groups = vec![OriginGroup {
            id: "both".into(),
            members: ["shop-media".into(), "shop-api".into()],
            failover_statuses: statuses.to_vec(),
        }];
        distribution.behaviors[1].origin_id = "both".into();
        distribution.origins[0].shield_region = first.map(String::from);
        distribution.origins[1].shield_region = second.map(String::from);
    })
}

/// Whether the second origin of the group was turned to.
fn turned(events: &[Event]) -> bool {
    decisions(events).iter().any(|decision| matches!(decision, Decision::FailedOver { .. }))
}

#[test]
fn fo_02_03_06_og_07_the_second_origin_of_a_group_stands_in() {
    let mut run = grouped(&[500, 503], [None, None]);
    act(&mut run, bucket_is(Health::Unreachable));
    let (status, x_cache, took) = ends(&mut run, get("paris", "/app.js"));
    assert_eq!((status, &*x_cache, took.as_secs()), (200, "Miss from cloudfront", 30), "OG-07");
    let to = run.journal().events().iter().find_map(|event| match &event.what {
        What::Decided(Decision::FailedOver { to, .. }) => Some(to.clone()),
        _ => None,
    });
    assert_eq!(to.as_deref(), Some("shop-api"), "FO-03");
    act(&mut run, bucket_is(Health::Up));
    let events = act(&mut run, get("paris", "/style.css"));
    assert!(!turned(&events), "FO-06");
}

#[test]
fn og_02_the_first_of_the_two_is_asked_first_whatever_happened_before() {
    let mut run = grouped(&[500], [None, None]);
    act(&mut run, bucket_is(Health::Failing(Status(500))));
    let (first, second) = ("shop-media", "shop-api");
    for (path, health, expected) in [
        ("/app.js", Health::Failing(Status(500)), &[first, second][..]),
        ("/style.css", Health::Failing(Status(500)), &[first, second]),
        ("/index.html", Health::Failing(Status(500)), &[first, second]),
        ("/img/hero.jpg", Health::Up, &[first]),
    ] {
        act(&mut run, bucket_is(health));
        let events = act(&mut run, get("paris", path));
        let hosts = events.iter().filter_map(|event| match &event.what {
            What::Reached { request, .. } => request.fields.get("Host"),
            _ => None,
        });
        let asked: Vec<&str> =
            hosts.map(|host| if host.starts_with(first) { first } else { second }).collect();
        assert_eq!(asked, expected, "OG-02: {path}");
    }
}

#[test]
fn fo_13_06_a_shields_stale_copy_waits_for_the_second_origin_too() {
    let mut run = grouped(&[500], [Some("us-east-2"), None]);
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Failing(Status(500))));
    // The first origin's Shield holds a stale copy of its own, and the tier below it turns to the second origin (SHD-10).
    for city in ["paris", "tokyo"] {
        let events = act(&mut run, get(city, "/index.html"));
        let failed = |event: &&Event| matches!(&event.what, What::Replied { response, .. } if response.status.0 == 500);
        assert_eq!(events.iter().filter(failed).count(), 1, "FO-06: asked anew for {city}");
        assert!(turned(&events), "FO-13: {city}");
        let is_stale = |decision: &&Decision| matches!(decision, Decision::ServedStale { .. });
        assert!(!decisions(&events).iter().any(is_stale), "FO-13: {city}");
        assert_eq!(last_shown(run.journal()).1.status.0, 200, "FO-02: {city}");
    }
}

#[test]
fn fo_03_a_kept_error_still_says_that_no_connection_came_about() {
    for (chosen, health, shown) in [(502, Health::Refuses, 502), (504, Health::Unreachable, 504)] {
        let mut run = grouped(&[chosen], [Some("us-east-2"), None]);
        act(&mut run, bucket_is(health));
        for city in ["paris", "tokyo"] {
            let events = act(&mut run, get(city, "/app.js"));
            assert_eq!(last_shown(run.journal()).1.status.0, shown, "FO-03 {city}");
            assert!(!turned(&events), "{city}");
        }
    }
}

#[test]
fn og_07_fo_04_col_10_those_who_wait_for_the_first_origin_turn_to_the_second_together() {
    for shield in ["us-west-2", "us-east-2"] {
        let mut run = grouped(&[504], [Some("us-east-2"), Some(shield)]);
        act(&mut run, bucket_is(Health::Silent));
        let requests = ["paris", "tokyo"].map(|city| {
            let request = request(Method::Get, "/app.js");
            (City::find(city).unwrap(), request.into())
        });
        let events = act(&mut run, Action::SendTogether { requests: requests.to_vec() });
        let shown: Vec<u64> = events
            .iter()
            .filter(|event| matches!(event.what, What::Shown { .. }))
            .map(|event| event.at.since(events[0].at).as_secs())
            .collect();
        assert!(shown.len() == 2 && shown.iter().all(|secs| *secs <= 92), "OG-07: {shown:?}");
        let asked = |domain: &str| {
            let of = |request: &Request| {
                request.fields.get("Host").is_some_and(|host| host.contains(domain))
            };
            reached(&events).filter(|(request, _)| of(request)).count()
        };
        assert_eq!((asked("media"), asked("api")), (3, 1), "OG-07, COL-01: Shield {shield}");
    }
}

#[test]
fn fo_03_04_each_way_to_get_no_answer_has_one_status_that_must_be_chosen() {
    let connections =
        [Health::Refuses, Health::Unreachable, Health::BadCertificate, Health::NameUnresolved];
    let ways = connections.map(|health| (health, 503, None)).into_iter();
    let waits = [(Health::Silent, 504, None), (Health::Silent, 504, Some(40))];
    for (health, needed, completion_secs) in ways.chain(waits) {
        for chosen in [502, 503, 504] {
            let limit = |scenario: &mut Scenario| {
                scenario.edited().origins[0].limits.completion_secs = completion_secs;
            };
            let mut run = grouped_and(&[chosen], [None, None], limit);
            act(&mut run, bucket_is(health));
            let events = act(&mut run, get("paris", "/app.js"));
            let row = if needed == 503 { "FO-03" } else { "FO-04" };
            assert_eq!(turned(&events), chosen == needed, "{row}: {health:?}, {chosen} chosen");
            let is_completion = |decision: &&Decision| {
                let failure = Failure::CompletionTimedOut;
                matches!(decision, Decision::OriginFailed { failure: told, .. } if *told == failure)
            };
            let capped = decisions(&events).iter().filter(|one| is_completion(one)).count();
            assert_eq!(capped > 0, completion_secs.is_some(), "TMO-05: {health:?}");
        }
    }
}

#[test]
fn fo_07_which_methods_turn_to_the_second_origin() {
    for (method, cached, expected) in [
        (Method::Get, false, true),
        (Method::Head, false, true),
        (Method::Options, false, false),
        (Method::Options, true, true),
        (Method::Post, true, false),
        (Method::Put, true, false),
        (Method::Delete, true, false),
    ] {
        let mut run = grouped_and(&[500, 503], [None, None], |scenario| {
            scenario.edited().behaviors[1].caches_options = cached;
        });
        act(&mut run, bucket_is(Health::Refuses));
        let events = act(&mut run, send("paris", method, "/app.js"));
        assert_eq!(turned(&events), expected, "FO-07: {method}, OPTIONS cached: {cached}");
    }
}

#[test]
fn fo_09_where_both_origins_fail_the_page_is_that_of_the_seconds_error() {
    for (pages, shown, length) in [
        (vec![page(502, "/about.html", 200, 10)], 200, Some(16_384)),
        (vec![page(500, "/about.html", 200, 10)], 502, None),
        (vec![], 502, None),
    ] {
        let mut run = grouped_and(&[500, 503], [None, None], |scenario| {
            scenario.edited().error_responses = pages;
        });
        // The page is stored before all fails.
        act(&mut run, get("paris", "/about.html"));
        act(&mut run, bucket_is(Health::Failing(Status(500))));
        act(&mut run, api_is(Health::Failing(Status(502))));
        let events = act(&mut run, get("paris", "/app.js"));
        assert!(turned(&events), "FO-02");
        let response = last_shown(run.journal()).1;
        assert_eq!(response.status.0, shown, "FO-09");
        if let Some(length) = length {
            assert_eq!(response.body.length, length, "FO-09: the page");
        }
    }
}
