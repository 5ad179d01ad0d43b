//! Origin groups: when the second origin is asked.

use edgewalk::distribution::OriginGroup;
use edgewalk::edge::Decision;
use edgewalk::http::{Method, Request};
use edgewalk::network::City;
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Run, What};

use super::{bucket_is, ends, run_of};
use crate::common::{act, get, last_shown, request};
use crate::{decisions, reached};

#[test]
fn fo_02_03_06_og_07_the_second_origin_of_a_group_stands_in() {
    let mut run = run_of(|scenario| {
        let distribution = &mut scenario.distribution;
        distribution.origin_groups = vec![OriginGroup {
            id: "both".into(),
            members: ["shop-media".into(), "shop-api".into()],
            failover_statuses: vec![500, 503],
        }];
        distribution.behaviors[1].origin_id = "both".into();
    });
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
    assert!(decisions(&events).iter().all(|d| !matches!(d, Decision::FailedOver { .. })), "FO-06");
}

/// Both origins in a group; the first has its Shield in `first`, the second in `second`.
fn grouped(statuses: &[u16], [first, second]: [Option<&str>; 2]) -> Run {
    run_of(|scenario| {
        let distribution = &mut scenario.distribution;
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

#[test]
fn fo_03_a_kept_error_still_says_that_no_connection_came_about() {
    for (chosen, health, shown) in [(502, Health::Refuses, 502), (504, Health::Unreachable, 504)] {
        let mut run = grouped(&[chosen], [Some("us-east-2"), None]);
        act(&mut run, bucket_is(health));
        for city in ["paris", "tokyo"] {
            let events = act(&mut run, get(city, "/app.js"));
            assert_eq!(last_shown(run.journal()).1.status.0, shown, "FO-03 {city}");
            let turns = |decision: &&Decision| matches!(decision, Decision::FailedOver { .. });
            assert_eq!(decisions(&events).iter().filter(|one| turns(one)).count(), 0, "{city}");
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
