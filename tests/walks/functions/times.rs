//! Functions take their time, and everything waits for them (EDGE-07; IM-12, MODEL).

use std::time::Duration;

use edgewalk::distribution::{ResponseHeadersPolicy, SamplingRate};
use edgewalk::edge::{Ending, run_time};
use edgewalk::network::latency::round_trip;
use edgewalk::network::{City, best, nearest_rec};
use edgewalk::scene::Strip;
use edgewalk::simulation::ExchangeId;

use super::*;
use crate::common::{send, wait};

const CLOUDFRONT: Duration = Duration::from_micros(200);
const LAMBDA: Duration = Duration::from_millis(5);

/// Between the edge location of Paris and its regional edge cache, there and back (EDGE-21).
fn to_region() -> Duration {
    let pop = best(City::find("paris").unwrap());
    round_trip(pop.position(), nearest_rec(pop).position())
}

/// One function that changes nothing that counts here.
fn one(event: FunctionEvent, runtime: Runtime) -> (FunctionEvent, Runtime, ReadyMade) {
    (event, runtime, ReadyMade::SortQuery)
}

/// What an exchange took at its edge location, and until the viewer had its head.
fn took(events: &[Event]) -> (Duration, Duration) {
    assert!(events.is_sorted_by_key(|event| event.at), "time does not go back: {events:?}");
    let shown = events.iter().find_map(|event| match &event.what {
        What::Shown { took_at_pop, head_at, .. } => Some((*took_at_pop, *head_at - events[0].at)),
        _ => None,
    });
    shown.unwrap()
}

/// How much longer a miss and then a hit take with these functions: at the edge location, and in all.
fn delays(functions: &[(FunctionEvent, Runtime, ReadyMade)], method: Method) -> [Duration; 2] {
    let walk = |functions: &[_]| {
        let mut run = shop(functions);
        [1, 2].map(|_| took(&act(&mut run, send("paris", method, "/img/hero.jpg"))))
    };
    let (with, without) = (walk(functions), walk(&[]));
    [0, 1].map(|which| {
        let at_pop = with[which].0.checked_sub(without[which].0).unwrap();
        assert_eq!(with[which].1, without[which].1 + at_pop, "no more, and no less");
        at_pop
    })
}

#[test]
fn im_12_edge_23_open_06_what_a_run_takes() {
    assert_eq!(run_time(CloudFront), CLOUDFRONT, "IM-12");
    assert_eq!(run_time(Lambda), LAMBDA, "IM-12");
    // OPEN-06: 1 ms at most. EDGE-23: 30 s at most.
    assert_eq!(run_time(CloudFront) * 5, Duration::from_millis(1), "OPEN-06, EDGE-23");
    assert!(run_time(Lambda) < Duration::from_secs(30), "EDGE-23");
}

#[test]
fn edge_07_21_everything_waits_for_each_function_that_runs() {
    let none = Duration::ZERO;
    let far = LAMBDA + to_region();
    assert!(to_region() > Duration::from_millis(1), "another town: {:?}", to_region());
    let table = [
        // Those of viewers run on every hit, the others on misses alone (EDGE-01 to EDGE-04).
        (vec![one(ViewerRequest, CloudFront)], [CLOUDFRONT, CLOUDFRONT]),
        (vec![one(ViewerResponse, CloudFront)], [CLOUDFRONT, CLOUDFRONT]),
        (vec![one(OriginRequest, Lambda)], [LAMBDA, none]),
        (vec![one(OriginResponse, Lambda)], [LAMBDA, none]),
        // EDGE-21: what runs in the Region of the regional edge cache is far from an edge location.
        (vec![one(ViewerRequest, Lambda)], [far, far]),
        (vec![one(ViewerResponse, Lambda)], [far, far]),
        (
            FunctionEvent::ALL.map(|event| one(event, Lambda)).to_vec(),
            [2 * far + 2 * LAMBDA, 2 * far],
        ),
    ];
    for (functions, expected) in table {
        assert_eq!(delays(&functions, Method::Get), expected, "EDGE-07: {functions:?}");
    }
    // REC-04: a POST goes to the origin past the regional edge cache, and the edge location calls the functions.
    let both = [one(OriginRequest, Lambda), one(OriginResponse, Lambda)];
    assert_eq!(delays(&both, Method::Post), [2 * far, 2 * far], "EDGE-21");
}

#[test]
fn edge_07_the_origin_is_asked_later_and_none_of_it_is_laid_to_the_origin() {
    let at = |functions: &[_], change: fn(&mut Distribution)| {
        let mut run = shop_with(functions, change);
        let events = act(&mut run, get("paris", "/img/hero.jpg"));
        let found = events.iter().find_map(|event| match &event.what {
            What::Reached { .. } => Some(event.at),
            _ => None,
        });
        (found.unwrap(), last_shown(run.journal()).1, events)
    };
    let timed: fn(&mut Distribution) = |distribution| {
        for behavior in &mut distribution.behaviors {
            behavior.response_headers_policy = Some(ResponseHeadersPolicy {
                name: "timed".into(),
                server_timing: Some(SamplingRate::ALL),
                ..ResponseHeadersPolicy::default()
            });
        }
    };
    let (before, plain, _) = at(&[], timed);
    let functions = [OriginRequest, OriginResponse, ViewerResponse].map(|event| one(event, Lambda));
    let (asked, said, events) = at(&functions, timed);
    assert_eq!(asked - before, LAMBDA, "the request");
    let item = |response: &Response, name: &str| {
        let all = response.fields.get("Server-Timing").unwrap().to_owned();
        let value = all.split(',').find_map(|item| item.strip_prefix(&*format!("{name};dur=")));
        value.unwrap().parse::<u128>().unwrap()
    };
    for name in ["cdn-upstream-connect", "cdn-upstream-fbl"] {
        assert_eq!(item(&said, name), item(&plain, name), "ST-09, ST-10");
    }
    assert_eq!(item(&said, "cdn-downstream-fbl"), took(&events).0.as_millis(), "ST-11");
}

#[test]
fn edge_07_log_18_19_the_log_counts_the_wait() {
    let functions = [one(ViewerRequest, CloudFront), one(ViewerResponse, CloudFront)];
    let mut run = shop(&functions);
    for _ in 0..2 {
        act(&mut run, get("paris", "/app.js"));
    }
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let hit = &log[1].record;
    assert_eq!(hit.first_byte, Some(2 * CLOUDFRONT), "a look-up costs no time, and two runs do");
    assert!(hit.taken > hit.first_byte);
}

#[test]
fn edge_07_13_what_a_function_answers_itself_comes_once_it_has_run() {
    let answers =
        || ReadyMade::Redirect { from: PathPattern::new("/*"), to: "/".into(), status: 302 };
    let mut run = shop(&[(ViewerRequest, CloudFront, answers())]);
    assert_eq!(took(&act(&mut run, get("paris", "/a"))).0, CLOUDFRONT);
    // In the origin's place: there and back to the regional edge cache, and the run between.
    let mut run = shop(&[(OriginRequest, Lambda, answers())]);
    assert_eq!(took(&act(&mut run, get("paris", "/a"))).0, to_region() + LAMBDA);
    // EDGE-54: and so does its failing.
    let mut run = shop(&[(ViewerResponse, CloudFront, ReadyMade::Throws)]);
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!(last_shown(run.journal()).1.status.0, 503, "EDGE-54");
    let plain = took(&act(&mut shop(&[]), get("paris", "/app.js"))).0;
    assert_eq!(took(&events).0, plain + CLOUDFRONT);
}

#[test]
fn edge_07_col_01_xfer_05_who_waits_and_what_breaks_off_fares_as_without() {
    // Of two at once the second waits for the first one's fetch, while that waits for its function.
    let functions = [one(OriginRequest, Lambda), one(OriginResponse, Lambda)];
    let together = |functions: &[_]| {
        let mut run = shop(functions);
        let requests = (0..2).map(|_| crate::common::request(Method::Get, "/app.js").into());
        let paris = City::find("paris").unwrap();
        let events = act(
            &mut run,
            Action::SendTogether { requests: requests.map(|request| (paris, request)).collect() },
        );
        let waits =
            decisions(&events).into_iter().filter(|it| matches!(it, Decision::Waits { .. }));
        let heads = events.iter().filter_map(|event| match &event.what {
            What::Shown { head_at, .. } => Some(*head_at),
            _ => None,
        });
        (waits.count(), reached(&events).count(), heads.collect::<Vec<_>>())
    };
    let ((waits, asked, with), (.., without)) = (together(&functions), together(&[]));
    assert_eq!((waits, asked), (1, 1), "COL-01");
    assert_eq!((with[0] - without[0], with[1] - without[1]), (2 * LAMBDA, 2 * LAMBDA));
    // The last byte of what breaks off may come while the function runs still.
    let mut run = shop(&[one(OriginResponse, Lambda), one(ViewerResponse, Lambda)]);
    act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health: Health::BreaksOff });
    let events = act(&mut run, get("paris", "/robots.txt"));
    let ending = events.iter().find_map(|event| match &event.what {
        What::Shown { ending, .. } => Some(*ending),
        _ => None,
    });
    assert_eq!(ending, Some(Ending::Broken), "XFER-05");
    let kept = |events: &[Event]| {
        decisions(events).iter().filter(|it| matches!(it, Decision::Stored { .. })).count()
    };
    assert_eq!(kept(&events), 0, "XFER-05");
    act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health: Health::Up });
    let events = act(&mut run, get("paris", "/robots.txt"));
    assert_eq!(kept(&events), 2, "at the regional edge cache and at the edge location");
    assert_eq!(shown(&mut run, get("paris", "/robots.txt")).1, "Hit from cloudfront");
}

#[test]
fn edge_07_the_strip_shows_the_wait_and_its_spans_add_up() {
    let all = [
        one(ViewerRequest, CloudFront),
        one(OriginRequest, Lambda),
        one(OriginResponse, Lambda),
        one(ViewerResponse, CloudFront),
    ];
    let at_pop = [one(ViewerRequest, Lambda), one(ViewerResponse, Lambda)];
    let table = [
        (&all[..], [2 * (CLOUDFRONT + LAMBDA), 2 * CLOUDFRONT]),
        (&at_pop[..], [2 * (LAMBDA + to_region()); 2]),
    ];
    for (functions, expected) in table {
        let mut run = shop(functions);
        for (id, expected) in expected.into_iter().enumerate() {
            act(&mut run, get("paris", "/img/hero.jpg"));
            let strip = Strip::of(run.journal(), ExchangeId(id as u32)).unwrap();
            let spans = |of: &dyn Fn(&str) -> bool| {
                let phases = strip.phases.iter().filter(|phase| of(phase.label));
                phases.map(edgewalk::scene::Phase::span).sum::<Duration>()
            };
            assert_eq!(spans(&|label| label == "Function"), expected, "EDGE-07");
            assert_eq!(spans(&|_| true), strip.total(), "the spans are the whole");
            assert!(strip.points.windows(2).all(|two| two[0].at <= two[1].at), "{strip:?}");
        }
    }
}

#[test]
fn edge_07_stale_01_nobody_waits_for_what_runs_in_the_background() {
    let functions = [one(OriginRequest, Lambda), one(OriginResponse, Lambda)];
    let second = |functions: &[_]| {
        let mut run = shop(functions);
        // REC-06: past the regional edge cache, so that the edge location calls the functions itself.
        act(&mut run, Action::SetSameRegion { on: true, city: City::find("paris").unwrap() });
        act(&mut run, get("paris", "/live.json"));
        act(&mut run, wait(5));
        let events = act(&mut run, get("paris", "/live.json"));
        let strip = Strip::of(run.journal(), ExchangeId(1)).unwrap();
        (runs(&events).len(), took(&events), strip)
    };
    let ((ran, with, strip), (_, without, _)) = (second(&functions), second(&[]));
    assert_eq!((ran, with), (2, without), "STALE-01");
    assert!(strip.phases.iter().all(|phase| phase.label != "Function"), "{strip:?}");
}

#[test]
fn edge_07_21_im_12_the_steps_say_for_how_long() {
    let said = |runtime| {
        let mut run = shop(&[one(ViewerRequest, runtime)]);
        act(&mut run, get("paris", "/app.js"));
        let steps = Steps::of(run.journal());
        let step =
            steps.all().iter().find(|step| step.label(run.journal()) == "POP looks").unwrap();
        let events = &run.journal().events()[step.start..step.end];
        // As long as it is about the function and not yet about the key.
        let ran = |event: &Event| matches!(event.what, What::Decided(Decision::FunctionRan(_)));
        let count = events.iter().position(ran).unwrap() + 1;
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.start + count);
        Told::of(&scene, step, &events[..count])
    };
    let here = said(CloudFront);
    assert!(here.say.iter().any(|it| it.contains("waits 0.2\u{a0}ms for it.")), "{here:?}");
    assert!(here.why.iter().any(|line| line.text.ends_with(", after 0.2\u{a0}ms")), "{here:?}");
    assert!(here.rows.contains("EDGE-07") && here.remarked().contains("IM-12"), "{here:?}");
    let far = said(Lambda);
    let took = edgewalk::scene::units::ms(LAMBDA + to_region());
    let expected = format!("waits {took} for it: it runs for 5\u{a0}ms in the Region");
    assert!(far.say.iter().any(|it| it.contains(&expected)), "{far:?}");
}
