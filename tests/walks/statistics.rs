//! The figures of whole walks, as AWS reports them: counted while the World runs, and from its journal.

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::distribution::{
    ErrorPage, ErrorResponse, ResponseHeadersPolicy, ViewerProtocolPolicy,
};
use edgewalk::http::{Method, Status};
use edgewalk::network::City;
use edgewalk::origin::Health;
use edgewalk::simulation::{
    Action, ErrorRate, Event, Journal, Metrics, Place, Run, Share, What, built_in_scenario,
};

use crate::common::{self, get, run, send, wait};

/// The figures of a run, which are the same both ways.
fn figures(run: &Run) -> Metrics {
    let folded = Metrics::of(run.journal());
    let mut counted = Metrics::default();
    run.walk().replay(&mut counted).unwrap();
    assert_eq!(counted, folded, "walk {}", run.walk().scenario.seed);
    folded
}

/// Everything that was shown, as the viewer got it.
fn shown(journal: &Journal) -> Vec<&Event> {
    journal.events().iter().filter(|event| matches!(event.what, What::Shown { .. })).collect()
}

#[test]
fn counted_while_it_runs_and_counted_from_the_journal_agree_on_two_hundred_walks() {
    let mut all = (0, 0, 0);
    for run in (0..200).map(common::run_walk).chain((0..20).map(common::run_crowded_walk)) {
        let metrics = figures(&run);
        let shown = shown(run.journal()).len() as u64;
        assert_eq!(metrics.requests(), shown, "MTR-01");
        assert_eq!(metrics.answered_by().iter().sum::<u64>(), shown);
        let counts = metrics.statistics().counts;
        assert_eq!(counts.statuses.iter().sum::<u64>(), shown);
        let results = counts.hits + counts.misses + metrics.refresh_hits();
        assert_eq!(results + metrics.statistics().error_count, shown);
        // No walk asks for more objects than the report names.
        let objects = metrics.objects().top();
        assert_eq!(objects.iter().map(|object| object.counts.requests).sum::<u64>(), shown);
        all.0 += counts.hits;
        all.1 += metrics.refresh_hits();
        all.2 += metrics.statistics().error_count;
    }
    assert!(all.0 > 300 && all.1 > 50 && all.2 > 50, "the walks show too little: {all:?}");
}

#[test]
fn figures_of_the_first_events_are_those_of_the_exchanges_shown_by_then() {
    let run = common::run_walk(7);
    let mut before = 0;
    for playhead in 0..=run.journal().len() {
        let requests = Metrics::of_events(run.journal().before(playhead)).requests();
        assert!(requests == before || requests == before + 1);
        before = requests;
    }
    assert_eq!(before, Metrics::of(run.journal()).requests());
}

#[test]
fn evi_07_08_09_10_mtr_06_10_a_day_at_one_object() {
    let run = run([
        get("paris", "/feed.xml"),  // a miss
        get("paris", "/feed.xml"),  // a hit at the POP
        get("london", "/feed.xml"), // a hit at the REC
        wait(40),
        get("paris", "/feed.xml"), // a refresh hit
        get("paris", "/nowhere"),  // an error
        send("paris", Method::Post, "/api/orders"),
        send("paris", Method::Put, "/api/cart"),
    ]);
    let metrics = figures(&run);
    let counts = metrics.statistics().counts;
    assert_eq!((metrics.requests(), counts.hits), (7, 2), "MTR-01, MTR-10: the REC's too");
    assert_eq!(metrics.answered_by(), [1, 1, 5]);
    assert_eq!(metrics.hit_ratio(), Share { part: 2, whole: 7 }, "EVI-07");
    assert_eq!(metrics.chart().map(|share| share.part), [2, 3, 1], "EVI-08: one is missing");
    assert_eq!(metrics.refresh_hits(), 1, "EVI-08");
    assert_eq!(metrics.cache_hit_rate(), Share { part: 3, whole: 4 }, "EVI-09, EVI-10, MTR-06");
    assert_eq!(counts.statuses, [6, 0, 1, 0]);
    assert_eq!(metrics.error_rate(ErrorRate::Of(404)), Share { part: 1, whole: 7 }, "MTR-05");
}

#[test]
fn mtr_02_03_bytes_are_those_of_the_messages() {
    let run = run([
        get("paris", "/app.js"),
        send("paris", Method::Head, "/app.js"),
        send("paris", Method::Options, "/api/cart"),
        send("paris", Method::Post, "/api/orders"),
        send("paris", Method::Delete, "/api/cart"),
    ]);
    let metrics = figures(&run);
    let size = |at: usize| match &shown(run.journal())[at].what {
        What::Shown { response, .. } => response.body.length + response.fields.size_bytes(),
        _ => 0,
    };
    assert!(size(0) > 184_320, "content and fields");
    assert_eq!(metrics.bytes_downloaded(), size(0) + size(1), "MTR-02");
    let sent: Vec<u64> = run
        .journal()
        .events()
        .iter()
        .filter_map(|event| match &event.what {
            What::Sent { request, .. } => {
                Some(request.content_length + request.fields.size_bytes())
            }
            _ => None,
        })
        .collect();
    assert_eq!(metrics.bytes_uploaded(), sent[2] + sent[3], "MTR-03");
    let counts = metrics.statistics().counts;
    assert_eq!(counts.bytes, (0..5).map(size).sum::<u64>(), "TotalBytes");
    // The HEAD was a hit.
    let misses = size(0) + size(2) + size(3) + size(4);
    assert_eq!((counts.bytes_from_misses, counts.hits), (misses, 1), "BytesFromMisses");
}

#[test]
fn bytes_from_misses_leave_out_what_was_confirmed() {
    let mut run = run([get("paris", "/feed.xml")]);
    let cold = figures(&run).statistics().counts.bytes_from_misses;
    common::act(&mut run, wait(40));
    common::act(&mut run, get("paris", "/feed.xml"));
    let counts = figures(&run).statistics().counts;
    assert_eq!((figures(&run).refresh_hits(), counts.bytes_from_misses), (1, cold));
}

fn failing(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-media".to_owned(), health }
}

#[test]
fn mtr_04_05_errors_of_the_origin_are_rates() {
    let run = run([
        get("paris", "/app.js"),
        failing(Health::Failing(Status(503))),
        get("paris", "/style.css"),
        get("paris", "/app.js"),
        failing(Health::Refuses),
        get("paris", "/logo.svg"),
    ]);
    let metrics = figures(&run);
    let rate = |rate| metrics.error_rate(rate).hundredths_of_percent().unwrap();
    assert_eq!(rate(ErrorRate::Server), 5_000, "MTR-04: two of four");
    assert_eq!((rate(ErrorRate::Client), rate(ErrorRate::Total)), (0, 5_000), "MTR-04");
    assert_eq!((rate(ErrorRate::Of(503)), rate(ErrorRate::Of(502))), (2_500, 2_500), "MTR-05");
    assert_eq!(metrics.statistics().error_count, 2);
}

#[test]
fn xfer_05_06_an_answer_that_breaks_off_is_an_incomplete_download() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].compress = true;
    let incomplete = |actions: &[Action]| {
        let mut run = Run::new(scenario.clone()).unwrap();
        for action in actions {
            common::act(&mut run, action.clone());
        }
        let shown = common::last_shown(run.journal()).1;
        let counts = figures(&run).statistics().counts;
        let announces = shown.fields.has("Content-Length");
        (counts.incomplete, counts.bytes_from_misses, shown.status.0, announces)
    };
    let broken = failing(Health::BreaksOff);
    let of = |action: Action| incomplete(&[broken.clone(), action]);
    assert_eq!(of(get("paris", "/img/hero.jpg")), (1, 0, 200, true), "XFER-05");
    // What the POP compresses announces no length.
    assert_eq!(of(get("paris", "/app.js")), (1, 0, 200, false), "XFER-06");
    assert_eq!(of(send("paris", Method::Head, "/app.js")).0, 0, "a head has nothing to lose");
    let stale = [get("paris", "/feed.xml"), common::wait(40), broken.clone()];
    let confirmed = [&stale[..], &[get("paris", "/feed.xml")]].concat();
    assert_eq!(incomplete(&confirmed).0, 0, "nor has a 304");
    let kept = [get("paris", "/app.js"), broken.clone(), get("paris", "/app.js")];
    assert_eq!(incomplete(&kept).0, 0, "a hit needs no origin");
}

#[test]
fn mtr_07_origin_latency_is_from_the_request_at_the_pop_to_its_answer_there() {
    let run = run([
        get("paris", "/app.js"),
        get("paris", "/app.js"),
        get("tokyo", "/app.js"),
        send("paris", Method::Post, "/api/orders"),
    ]);
    let metrics = figures(&run);
    // The first decision at the POP, and the instant at which the head that the viewer gets left it.
    let spans: Vec<Duration> = [0, 2, 3]
        .into_iter()
        .map(|id| {
            let id = edgewalk::simulation::ExchangeId(id);
            let events: Vec<&Event> =
                run.journal().of_exchange(id).map(|(_, event)| event).collect();
            let at_pop = events.iter().find(|event| matches!(event.place, Place::Pop(_))).unwrap();
            let sent = events.iter().find_map(|event| match &event.what {
                What::Sent { round_trip, .. } => Some(*round_trip),
                _ => None,
            });
            let head = events.iter().find_map(|event| match &event.what {
                What::Shown { head_at, .. } => Some(*head_at),
                _ => None,
            });
            head.unwrap().since(at_pop.at).saturating_sub(sent.unwrap() / 2)
        })
        .collect();
    let latency = metrics.origin_latency();
    assert_eq!(latency.count(), 3, "MTR-07: not the hit");
    let close = |found: Duration, exact: Duration| {
        found >= exact && found <= exact + exact / 128 + Duration::from_micros(1)
    };
    let mut sorted = spans.clone();
    sorted.sort_unstable();
    for (thousandths, rank) in [(100, 0), (500, 1), (990, 2)] {
        let found = latency.percentile(thousandths).unwrap();
        assert!(close(found, sorted[rank]), "MTR-07: {found:?} and {:?}", sorted[rank]);
    }
    assert!(sorted[0] > Duration::from_millis(60), "an ocean lies between");
}

#[test]
fn refreshes_in_the_background_and_collapsed_requests_are_counted_as_viewers_see_them() {
    let city = City::find("paris").unwrap();
    let request = common::request(Method::Get, "/app.js");
    let together = Action::SendTogether { requests: vec![(city, request.into()); 4] };
    let metrics = figures(&run([together]));
    let counts = metrics.statistics().counts;
    assert_eq!((counts.requests, counts.misses, counts.hits), (4, 1, 3), "COL-02");
    assert_eq!(metrics.origin_latency().count(), 1);
    let run = run([get("paris", "/live.json"), wait(5), get("paris", "/live.json")]);
    assert_eq!(figures(&run).requests(), 2, "what is refreshed in the background has no viewer");
}

#[test]
fn xc_13_cep_09_evi_08_what_a_policy_takes_away_is_counted_all_the_same() {
    let mut scenario = built_in_scenario();
    let page = Some(ErrorPage { path: "/about.html".into(), status: 200 });
    scenario.edited().error_responses = vec![ErrorResponse { status: 404, page, min_ttl_secs: 10 }];
    let mut distribution = scenario.edited();
    let behavior = &mut distribution.behaviors[1];
    behavior.viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
    behavior.response_headers_policy = Some(ResponseHeadersPolicy {
        remove: vec!["X-Cache".into()],
        ..ResponseHeadersPolicy::default()
    });
    drop(distribution);
    let mut run = Run::new(scenario).unwrap();
    let mut by_http = common::request(Method::Get, "/app.js");
    by_http.scheme = edgewalk::http::Scheme::Http;
    common::act(&mut run, common::ask("paris", by_http));
    common::act(&mut run, get("paris", "/nothing"));
    for event in shown(run.journal()) {
        let What::Shown { response, .. } = &event.what else { unreachable!() };
        assert!(!response.fields.has("X-Cache"), "XC-13");
    }
    let metrics = figures(&run);
    let counts = metrics.statistics().counts;
    assert_eq!(
        (counts.requests, counts.hits, counts.misses),
        (2, 0, 0),
        "XC-13: a redirect is no hit"
    );
    assert_eq!(metrics.statistics().error_count, 1, "CEP-09");
    assert_eq!((counts.statuses, counts.bytes_from_misses), ([1, 1, 0, 0], 0), "CEP-02");
}
