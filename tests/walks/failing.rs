//! Origins that fail, through all tiers: what is shown, what is kept, and how long it took.

use std::time::Duration;

use edgewalk::distribution::{
    ErrorPage, ErrorResponse, OriginGroup, OriginRequestPolicy, Selection,
};
use edgewalk::edge::{Decision, Disappointment, Failure, Kept};
use edgewalk::http::{Method, Status};
use edgewalk::network::Region;
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Event, Metrics, Place, Run, Scenario, What, built_in_scenario};

use crate::common::{act, ask, get, last_shown, request_with, send, trace, wait};
use crate::{decisions, x_cache};

fn run_of(change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    Run::new(scenario).unwrap()
}

fn bucket_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-media".into(), health }
}

fn api_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-api".into(), health }
}

/// Status and X-Cache of what is shown, and how long it took from the first event on.
fn ends(run: &mut Run, action: Action) -> (u16, String, Duration) {
    let events = act(run, action);
    let (x_cache, response) = last_shown(run.journal());
    let took = events.last().unwrap().at.since(events[0].at);
    (response.status.0, x_cache, took)
}

fn page(status: u16, path: &str, shown: u16, min_ttl_secs: u64) -> ErrorResponse {
    let page = Some(ErrorPage { path: path.into(), status: shown });
    ErrorResponse { status, page, min_ttl_secs }
}

fn stored(events: &[Event]) -> Vec<(bool, u64)> {
    let of = |event: &Event| match &event.what {
        What::Decided(Decision::Stored { lifetime, .. }) => {
            Some((matches!(event.place, Place::Pop(_)), lifetime.secs))
        }
        _ => None,
    };
    events.iter().filter_map(of).collect()
}

#[test]
fn tmo_02_03_10_11_12_14_16_17_18_how_long_each_failure_takes() {
    let secs = |health, method, change: fn(&mut Scenario)| {
        let mut run = run_of(change);
        act(&mut run, api_is(health));
        let (status, x_cache, took) = ends(&mut run, send("paris", method, "/api/orders"));
        assert_eq!(x_cache, "Error from cloudfront");
        (status, took.as_secs())
    };
    let plain: fn(&mut Scenario) = |_| {};
    assert_eq!(secs(Health::Unreachable, Method::Get, plain), (504, 30), "TMO-10, TMO-16");
    assert_eq!(secs(Health::Unreachable, Method::Post, plain), (504, 30), "TMO-10");
    assert_eq!(secs(Health::Silent, Method::Get, plain).1, 90, "TMO-11: three times thirty");
    assert_eq!(secs(Health::Silent, Method::Post, plain).1, 30, "TMO-12: once");
    assert_eq!(secs(Health::Refuses, Method::Get, plain), (502, 0), "TMO-17");
    assert_eq!(secs(Health::BadCertificate, Method::Get, plain), (502, 0), "TMO-17");
    assert_eq!(secs(Health::NameUnresolved, Method::Get, plain), (502, 0), "TMO-18");
    let short: fn(&mut Scenario) = |scenario| {
        let limits = &mut scenario.distribution.origins[1].limits;
        (limits.attempts, limits.connect_secs, limits.response_secs) = (2, 4, 7);
    };
    assert_eq!(secs(Health::Unreachable, Method::Get, short), (504, 8), "TMO-01, TMO-02");
    assert_eq!(secs(Health::Silent, Method::Get, short).1, 14, "TMO-03");
    let capped: fn(&mut Scenario) = |scenario| {
        scenario.distribution.origins[1].limits.completion_secs = Some(60);
    };
    assert_eq!(secs(Health::Silent, Method::Get, capped), (504, 60), "TMO-05, TMO-14");
    let mut in_time = run_of(capped);
    act(&mut in_time, api_is(Health::Slow { secs: 20 }));
    assert_eq!(ends(&mut in_time, get("paris", "/api/orders")).0, 200, "TMO-05: within the cap");
    let slow = secs(Health::Slow { secs: 31 }, Method::Post, plain);
    assert_eq!(slow, (504, 30), "TMO-03: a slow answer is none");
    let mut run = run_of(plain);
    act(&mut run, api_is(Health::Slow { secs: 20 }));
    assert_eq!(ends(&mut run, get("paris", "/api/orders")).0, 200);
}

#[test]
fn rec_11_12_13_err_38_errors_are_kept_by_both_caches_until_the_same_instant() {
    let mut run = run_of(|_| {});
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events), [(false, 10), (true, 10)], "REC-11, REC-13");
    act(&mut run, wait(5));
    let other = act(&mut run, get("london", "/nothing"));
    assert!(!other.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-13");
    act(&mut run, wait(5));
    let later = act(&mut run, get("london", "/nothing"));
    assert!(later.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-11: no sum");
}

#[test]
fn err_30_38_stale_08_14_a_stale_copy_stands_in_through_both_tiers() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    let events = act(&mut run, get("paris", "/index.html"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "RefreshHit from cloudfront"), "STALE-14");
    let by = Disappointment::Status(Status(503));
    let served = decisions(&events).into_iter().filter(|decision| {
        matches!(decision, Decision::ServedStale { by: told, grace_secs: 10, .. } if *told == by)
    });
    assert_eq!(
        served.count(),
        1,
        "ERR-38: the REC answers with its copy, the POP has no error to weigh"
    );
    assert_eq!(x_cache(&mut run, get("paris", "/index.html")), "Hit from cloudfront", "ERR-31");
    act(&mut run, bucket_is(Health::Up));
    act(&mut run, wait(10));
    assert_eq!(x_cache(&mut run, get("paris", "/index.html")), "RefreshHit from cloudfront");
}

/// How the tiers came by what they stored.
fn kept(events: &[Event]) -> Vec<Kept> {
    let stored = decisions(events).into_iter().filter_map(|decision| match decision {
        Decision::Stored { kept, .. } => Some(*kept),
        _ => None,
    });
    stored.collect()
}

#[test]
fn err_30_31_32_a_copy_that_stands_in_is_confirmed_by_nobody() {
    for health in [Health::Failing(Status(500)), Health::Refuses] {
        let mut run = run_of(|_| {});
        assert_eq!(kept(&act(&mut run, get("paris", "/index.html"))), [Kept::Anew; 2], "REC, POP");
        act(&mut run, get("london", "/index.html"));
        act(&mut run, wait(400));
        act(&mut run, bucket_is(health));
        let events = act(&mut run, get("paris", "/index.html"));
        assert_eq!(kept(&events), [Kept::StandsIn; 2], "ERR-30: REC, POP; {health:?}");
        let events = act(&mut run, get("london", "/index.html"));
        assert_eq!(kept(&events), [Kept::StandsIn], "ERR-31: another POP of the REC; {health:?}");
        act(&mut run, wait(11));
        assert_eq!(
            kept(&act(&mut run, get("paris", "/index.html"))),
            [Kept::StandsIn; 2],
            "ERR-32"
        );
        act(&mut run, bucket_is(Health::Up));
        act(&mut run, wait(11));
        let events = act(&mut run, get("paris", "/index.html"));
        assert_eq!(kept(&events), [Kept::Confirmed; 2], "REV-05: {health:?}");
    }
}

#[test]
fn stale_04_08_14_err_30_31_an_error_that_the_rec_keeps_drives_no_stale_copy_out_of_a_pop() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    // For London the REC asks, and keeps a 404 in place of its own stale copy (ERR-37), then a 500.
    for (status, secs) in [(404, 11), (500, 2)] {
        act(&mut run, bucket_is(Health::Failing(Status(status))));
        assert_eq!(ends(&mut run, get("london", "/index.html")).0, status);
        act(&mut run, wait(secs));
    }
    let events = act(&mut run, get("paris", "/index.html"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "Hit from cloudfront"), "STALE-08, STALE-14");
    assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-13");
    let is_for_the_rest =
        |decision: &&Decision| matches!(decision, Decision::ServedStale { grace_secs: 7, .. });
    assert_eq!(decisions(&events).iter().filter(|one| is_for_the_rest(one)).count(), 1, "ERR-31");
    act(&mut run, wait(8));
    let events = act(&mut run, get("paris", "/index.html"));
    assert!(events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-32");
}

#[test]
fn err_34_stale_16_silence_ends_in_the_stale_copy_after_all_attempts() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Silent));
    let (status, _, took) = ends(&mut run, get("paris", "/index.html"));
    assert_eq!((status, took.as_secs()), (200, 90), "STALE-16");
    let failed = run.journal().events().iter().filter(|event| {
        let failure = Failure::ResponseTimedOut;
        matches!(&event.what, What::Decided(Decision::OriginFailed { failure: told, .. }) if *told == failure)
    });
    assert_eq!(failed.count(), 3);
}

#[test]
fn stale_01_14_a_copy_is_served_at_once_and_renewed_in_the_background() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/live.json"));
    act(&mut run, wait(10));
    let events = act(&mut run, get("paris", "/live.json"));
    let shown = events.iter().position(|event| matches!(event.what, What::Shown { .. })).unwrap();
    let asked = events.iter().position(|event| matches!(event.what, What::Reached { .. })).unwrap();
    assert!(shown < asked, "STALE-01: the viewer does not wait");
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "STALE-14");
    let stored = decisions(&events)
        .into_iter()
        .filter(|decision| matches!(decision, Decision::Stored { kept: Kept::Confirmed, .. }));
    assert_eq!(stored.count(), 2, "renewed in both tiers");
}

#[test]
fn xfer_05_an_answer_that_breaks_off_reaches_the_viewer_and_no_cache() {
    let mut run = run_of(|_| {});
    act(&mut run, bucket_is(Health::BreaksOff));
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(stored(&events).is_empty());
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.body.length), (200, 412_672 / 2), "XFER-05: partial");
}

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

#[test]
fn cep_01_to_06_09_10_a_page_takes_an_errors_place() {
    let with = |responses: Vec<ErrorResponse>| {
        run_of(move |scenario| scenario.distribution.error_responses = responses)
    };
    let mut run = with(vec![page(404, "/about.html", 200, 60)]);
    let events = act(&mut run, get("paris", "/nothing"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "Error from cloudfront"), "CEP-02, CEP-09");
    assert_eq!(response.body.length, 16_384, "CEP-03: the page's own content");
    assert_eq!(response.fields.get("Content-Type"), Some("text/html; charset=utf-8"));
    // The error for 60 s in both tiers; the page for its own max-age of 3,600 s, which is more.
    assert_eq!(stored(&events), [(false, 60), (true, 60), (false, 3600), (true, 3600)], "CEP-04");
    let again = act(&mut run, get("paris", "/nothing"));
    assert!(again.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    // CEP-04: a page with less is kept as long as the error.
    let mut run = with(vec![page(404, "/feed.xml", 404, 60)]);
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events)[2..], [(false, 60), (true, 60)], "CEP-04");
    // CEP-05: with a behavior of its own its TTL governs.
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(404, "/feed.xml", 404, 60)];
        let mut own = scenario.distribution.behaviors[1].clone();
        own.pattern = edgewalk::distribution::PathPattern::new("/feed.xml");
        scenario.distribution.behaviors.insert(0, own);
    });
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events)[2..], [(false, 30), (true, 30)], "CEP-05");
    // CEP-06: a page that is missing gives its own status; a page for a page there is none.
    let mut run = with(vec![page(500, "/no-page", 200, 10)]);
    act(&mut run, get("paris", "/api/broken"));
    assert_eq!(last_shown(run.journal()).1.status.0, 404, "CEP-06");
    // CEP-01, CE-14: an error of CloudFront's own has it, too.
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(403, "/about.html", 403, 10)];
        let behavior = &mut scenario.distribution.behaviors[1];
        behavior.allowed_methods = edgewalk::distribution::AllowedMethods::GetHead;
    });
    let mut posted = crate::common::request(Method::Post, "/app.js");
    posted.content_length = 5;
    let events = act(&mut run, ask("paris", posted));
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.body.length), (403, 16_384), "CEP-01");
    let reached = events.iter().filter_map(|event| match &event.what {
        What::Reached { request, .. } => Some((request.method, request.content_length)),
        _ => None,
    });
    assert_eq!(reached.collect::<Vec<_>>(), [(Method::Get, 0)], "CEP-03: a GET has no content");
}

#[test]
fn qh_18_the_origin_is_told_whose_error_the_page_is_for() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(404, "/about.html", 404, 10)];
        scenario.distribution.behaviors[1].origin_request_policy = Some(OriginRequestPolicy {
            name: "errors".into(),
            headers: Selection::None,
            cloudfront_headers: ["CloudFront-Error-Uri", "CloudFront-Error-Args"]
                .map(String::from)
                .into(),
            cookies: Selection::None,
            query: Selection::All,
        });
    });
    let events = act(&mut run, get("paris", "/missing?b=1"));
    let asked: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Reached { request, .. } => Some(request),
            _ => None,
        })
        .map(|request| {
            let get = |name| request.fields.get(name).map(String::from);
            let path = request.target.path().to_owned();
            (path, get("CloudFront-Error-Uri"), get("CloudFront-Error-Args"))
        })
        .collect();
    let told = |text: &str| Some(text.to_owned());
    let expected = [
        ("/missing".to_owned(), None, None),
        ("/about.html".to_owned(), told("/missing"), told("b=1")),
    ];
    assert_eq!(asked, expected, "QH-18");
}

#[test]
fn cep_04_05_the_pages_own_behavior_is_one_that_is_not_the_default() {
    // The failing path, the page, the pattern of a behavior like the default one, and for how long the page is kept.
    for (row, path, page_path, pattern, secs) in [
        ("CEP-05", "/none.xml", "/feed.xml", "*.xml", 30),
        ("CEP-04", "/img/none.jpg", "/feed.xml", "/img/*", 60),
    ] {
        let mut run = run_of(|scenario| {
            scenario.distribution.error_responses = vec![page(404, page_path, 404, 60)];
            let mut own = scenario.distribution.behaviors[1].clone();
            own.pattern = edgewalk::distribution::PathPattern::new(pattern);
            scenario.distribution.behaviors.insert(0, own);
        });
        let events = act(&mut run, get("paris", path));
        assert_eq!(stored(&events)[2..], [(false, secs), (true, secs)], "{row}");
    }
}

#[test]
fn cep_03_a_pages_request_has_no_content_and_says_nothing_of_any() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(403, "/about.html", 403, 10)];
        let behavior = &mut scenario.distribution.behaviors[1];
        behavior.allowed_methods = edgewalk::distribution::AllowedMethods::GetHead;
        behavior.origin_request_policy =
            Some(edgewalk::distribution::managed::all_viewer_except_host_header());
    });
    let fields = "Content-Length: 5\nContent-Type: text/plain\nContent-Encoding: gzip\nX-Own: 1";
    let mut posted = request_with(Method::Post, "/app.js", fields);
    posted.content_length = 5;
    let events = act(&mut run, ask("paris", posted));
    let reached = events.iter().find_map(|event| match &event.what {
        What::Reached { request, .. } => Some(request),
        _ => None,
    });
    let fields = &reached.unwrap().fields;
    assert!(fields.has("X-Own"), "what else the viewer sent goes along");
    let content = fields.iter().filter(|field| field.name().starts_with("Content-"));
    assert_eq!(content.count(), 0, "CEP-03: {fields:?}");
}

#[test]
fn cep_01_rng_14_a_416_has_its_page_whoever_holds_the_object() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(416, "/about.html", 200, 10)];
    });
    let past = || ask_past("paris", "/img/hero.jpg");
    for (holder, before) in [
        ("nobody", None),
        ("the REC", Some(get("london", "/img/hero.jpg"))),
        ("the POP", Some(get("paris", "/img/hero.jpg"))),
    ] {
        if let Some(action) = before {
            act(&mut run, action);
        }
        act(&mut run, past());
        let (word, response) = last_shown(run.journal());
        let shown = (response.status.0, &*word, response.body.length);
        assert_eq!(shown, (200, "Error from cloudfront", 16_384), "CEP-01: {holder}");
    }
    // RFC 9110 13.2.2: what is not modified is weighed before any range.
    let tag = last_tag(&mut run, "/img/hero.jpg");
    let fields = format!("Accept-Encoding: gzip, br\nRange: bytes=99999999-\nIf-None-Match: {tag}");
    act(&mut run, ask("paris", request_with(Method::Get, "/img/hero.jpg", &fields)));
    assert_eq!(last_shown(run.journal()).1.status.0, 304);
}

/// A request for bytes that are not there.
fn ask_past(city: &str, path: &str) -> Action {
    let fields = "Accept-Encoding: gzip, br\nRange: bytes=99999999-";
    ask(city, request_with(Method::Get, path, fields))
}

/// The entity-tag with which a path is answered.
fn last_tag(run: &mut Run, path: &str) -> String {
    act(run, get("paris", path));
    last_shown(run.journal()).1.fields.get("ETag").unwrap().to_owned()
}

#[test]
fn cep_08_lim_13_what_is_unsafe_to_read_has_no_page() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(400, "/about.html", 200, 10)];
    });
    let request = request_with(Method::Get, "/app.js", "Content-Length: many");
    let events = act(&mut run, ask("paris", request));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (400, "Error from cloudfront"), "LIM-13, CEP-08");
    let page: u64 = response.fields.get("Content-Length").unwrap().parse().unwrap();
    assert_eq!(response.body.length, page, "CEP-08: CloudFront's own page");
    assert!(
        page < 1_000 && trace(&events).iter().all(|line| !line.contains("PageWanted")),
        "CEP-08"
    );
    // An error 400 of the origin has the page.
    act(&mut run, api_is(Health::Failing(Status(400))));
    act(&mut run, get("paris", "/api/orders"));
    assert_eq!(last_shown(run.journal()).1.status.0, 200, "CEP-08");
}

#[test]
fn cep_04_stale_06_a_stale_copy_comes_before_a_page() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(503, "/about.html", 200, 10)];
    });
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    act(&mut run, get("paris", "/index.html"));
    assert_eq!(last_shown(run.journal()).1.body.length, 18_432, "STALE-06: the stale page itself");
}

#[test]
fn cep_11_err_12_errors_that_are_not_kept_have_their_page_all_the_same() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses =
            vec![page(403, "/api/orders", 403, 10), page(500, "/about.html", 500, 10)];
    });
    // The page of the bucket's 403 comes from the other origin, under a behavior that keeps nothing.
    act(&mut run, bucket_is(Health::Failing(Status(403))));
    for _ in 0..2 {
        let events = act(&mut run, get("paris", "/app.js"));
        let (word, response) = last_shown(run.journal());
        assert_eq!((response.status.0, &*word), (403, "Error from cloudfront"), "CEP-11");
        assert_eq!(response.body.length, 1_840, "CEP-11: the page's own content");
        assert_eq!(stored(&events), [], "CEP-11: the error is not kept");
        let replies = events.iter().filter(|event| matches!(event.what, What::Replied { .. }));
        assert_eq!(replies.count(), 2, "CEP-11: error and page are asked for each time");
    }
    act(&mut run, bucket_is(Health::Up));
    let events = act(&mut run, get("paris", "/api/broken"));
    assert_eq!(last_shown(run.journal()).1.body.length, 16_384, "CEP-11, ERR-12");
    assert_eq!(stored(&events).len(), 2, "ERR-12: the page is kept, the error is not");
}

#[test]
fn cep_10_the_connection_after_a_page() {
    for (status, expected) in [
        (400, "close"),
        (405, "close"),
        (414, "close"),
        (500, "close"),
        (501, "close"),
        (403, "keep-alive"),
        (404, "keep-alive"),
        (502, "keep-alive"),
        (503, "keep-alive"),
        (504, "keep-alive"),
    ] {
        let mut run = run_of(|scenario| {
            scenario.distribution.error_responses = vec![page(status, "/about.html", 200, 10)];
        });
        act(&mut run, api_is(Health::Failing(Status(status))));
        let mut request = crate::common::request(Method::Get, "/api/orders");
        request.version = edgewalk::http::Version::Http11;
        act(&mut run, ask("paris", request));
        let response = last_shown(run.journal()).1;
        assert_eq!(response.fields.get("Connection"), Some(expected), "{status}");
        let next = act(&mut run, get("paris", "/api/orders"));
        let is_reused = next.iter().any(|event| matches!(event.what, What::Reused { .. }));
        assert_eq!(is_reused, expected == "keep-alive", "CEP-10: {status}");
    }
    // The page is missing: none is sent (CEP-06), and so nothing is closed.
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(500, "/no-page", 200, 10)];
    });
    let mut request = crate::common::request(Method::Get, "/api/broken");
    request.version = edgewalk::http::Version::Http11;
    act(&mut run, ask("paris", request));
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.fields.get("Connection")), (404, None), "CEP-06");
}

#[test]
fn lim_01_what_is_too_long_closes_the_connection() {
    let mut run = run_of(|_| {});
    for (path, is_reused) in [
        ("/app.js".to_owned(), false),
        (format!("/{}", "a".repeat(9000)), true),
        ("/app.js".to_owned(), false),
    ] {
        let events = act(&mut run, get("paris", &path));
        let reused = events.iter().any(|event| matches!(event.what, What::Reused { .. }));
        assert_eq!(reused, is_reused, "LIM-01: {} bytes", path.len());
    }
}

#[test]
fn tmo_05_14_23_the_completion_timeout_bounds_upload_and_content_too() {
    let mut run = run_of(|scenario| {
        scenario.distribution.origins[1].limits.completion_secs = Some(30);
    });
    let mut posted = crate::common::request(Method::Post, "/api/orders");
    posted.content_length = 40_000_000_000;
    let events = act(&mut run, ask("paris", posted));
    assert_eq!(last_shown(run.journal()).1.status.0, 504, "TMO-14");
    assert!(!events.iter().any(|event| matches!(event.what, What::Reached { .. })), "TMO-14");
    let at = |wanted: fn(&Decision) -> bool| {
        let found = events.iter().find(|event| match &event.what {
            What::Decided(decision) => wanted(decision),
            _ => false,
        });
        found.unwrap().at
    };
    let asked = at(|decision| matches!(decision, Decision::Forwarded { .. }));
    let failed = at(|decision| matches!(decision, Decision::OriginFailed { .. }));
    assert_eq!(failed.since(asked), Duration::from_secs(30), "TMO-14");

    let mut run = run_of(|scenario| {
        let limits = &mut scenario.distribution.origins[0].limits;
        (limits.response_secs, limits.completion_secs) = (1, Some(1));
    });
    let events = act(&mut run, get("sydney", "/video/tour.mp4"));
    let response = last_shown(run.journal()).1;
    let announced: u64 = response.fields.get("Content-Length").unwrap().parse().unwrap();
    assert_eq!(response.status.0, 200, "TMO-05: its head was in time");
    assert!((1..announced).contains(&response.body.length), "TMO-23: {}", response.body.length);
    assert!(stored(&events).is_empty(), "XFER-05");
}

#[test]
fn err_31_a_refresh_in_the_background_leaves_the_origin_alone_too() {
    let mut run = run_of(|_| {});
    for city in ["paris", "london"] {
        act(&mut run, get(city, "/live.json"));
    }
    act(&mut run, wait(5));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    act(&mut run, get("paris", "/live.json"));
    act(&mut run, wait(2));
    let events = act(&mut run, get("london", "/live.json"));
    assert!(!events.iter().any(|event| matches!(event.what, What::Reached { .. })), "ERR-31");
    let stands_in =
        |decision: &&Decision| matches!(decision, Decision::Stored { kept: Kept::StandsIn, .. });
    assert_eq!(decisions(&events).iter().filter(|one| stands_in(one)).count(), 1, "ERR-31");
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
            let request = crate::common::request(Method::Get, "/app.js");
            (edgewalk::network::City::find(city).unwrap(), request.into())
        });
        let events = act(&mut run, Action::SendTogether { requests: requests.to_vec() });
        let shown: Vec<u64> = events
            .iter()
            .filter(|event| matches!(event.what, What::Shown { .. }))
            .map(|event| event.at.since(events[0].at).as_secs())
            .collect();
        assert!(shown.len() == 2 && shown.iter().all(|secs| *secs <= 92), "OG-07: {shown:?}");
        let asked = |domain: &str| {
            let of = |event: &&Event| match &event.what {
                What::Reached { request, .. } => {
                    request.fields.get("Host").is_some_and(|host| host.contains(domain))
                }
                _ => false,
            };
            events.iter().filter(of).count()
        };
        assert_eq!((asked("media"), asked("api")), (3, 1), "OG-07, COL-01: Shield {shield}");
    }
}

#[test]
fn conn_01_to_04_a_kept_connection_costs_nothing() {
    let mut run = run_of(|_| {});
    let handshake = |events: &[Event]| {
        events.iter().find_map(|event| match &event.what {
            What::Reached { leg, request } => {
                assert_eq!(request.fields.get("Connection"), Some("Keep-Alive"), "CONN-04");
                Some(leg.handshake)
            }
            _ => None,
        })
    };
    let cold = handshake(&act(&mut run, get("paris", "/app.js"))).unwrap();
    assert!(cold > Duration::ZERO, "CONN-03");
    act(&mut run, wait(4));
    let kept = handshake(&act(&mut run, get("paris", "/style.css"))).unwrap();
    assert_eq!(kept, Duration::ZERO, "CONN-01, CONN-02");
    act(&mut run, wait(6));
    assert_eq!(handshake(&act(&mut run, get("paris", "/logo.svg"))), Some(cold), "CONN-01");
}

#[test]
fn conn_07_what_breaks_off_or_is_given_up_takes_its_connection_along() {
    for health in [Health::BreaksOff, Health::Silent] {
        let mut run = run_of(|scenario| {
            scenario.distribution.origins[1].limits.keep_alive_secs = 300;
        });
        let post = |run: &mut Run| {
            let events = act(run, send("paris", Method::Post, "/api/orders"));
            events.iter().find_map(|event| match &event.what {
                What::Reached { leg, .. } => Some(leg.handshake),
                _ => None,
            })
        };
        let cold = post(&mut run);
        assert_eq!(post(&mut run), Some(Duration::ZERO), "CONN-02");
        act(&mut run, api_is(health));
        assert_eq!(post(&mut run), Some(Duration::ZERO), "{health:?} shows only afterwards");
        act(&mut run, api_is(Health::Up));
        assert_eq!(post(&mut run), cold, "CONN-07: {health:?}");
    }
}

#[test]
fn conn_06_an_origin_that_takes_no_connections_keeps_none_open() {
    let handshake = |events: &[Event]| {
        events.iter().find_map(|event| match &event.what {
            What::Reached { leg, .. } => Some(leg.handshake),
            _ => None,
        })
    };
    let broken =
        [Health::Refuses, Health::Unreachable, Health::NameUnresolved, Health::BadCertificate];
    for health in broken.into_iter().chain([Health::Up, Health::Failing(Status(500))]) {
        let mut run = run_of(|_| {});
        let api = || send("paris", Method::Post, "/api/orders");
        let cold = handshake(&act(&mut run, api())).unwrap();
        assert!(cold > Duration::ZERO, "CONN-03");
        act(&mut run, api_is(health));
        if health.holds_connections() {
            assert_eq!(handshake(&act(&mut run, api())), Some(Duration::ZERO), "{health:?}");
            continue;
        }
        // Within the keep-alive of 5 s, and without a request while the origin is down.
        act(&mut run, api_is(Health::Up));
        assert_eq!(handshake(&act(&mut run, api())), Some(cold), "CONN-06: {health:?}");
        // And with one: the certificate is looked at in a new handshake, whose time the failure takes. A connection to
        // where the origin stood before, and stands again, is none either.
        let stands_in =
            |code: &str| Action::SetOriginRegion { region: Region::find(code).unwrap() };
        act(&mut run, stands_in("eu-west-1"));
        act(&mut run, api_is(health));
        act(&mut run, stands_in("us-east-1"));
        let (status, _, took) = ends(&mut run, api());
        assert!(status >= 502, "{health:?}");
        if health == Health::BadCertificate {
            assert!(took > cold, "CONN-06: {took:?}");
        }
        act(&mut run, api_is(Health::Up));
        assert_eq!(handshake(&act(&mut run, api())), Some(cold), "CONN-06: {health:?}");
    }
}

/// Who answered what is shown last.
fn answered_by(run: &Run) -> Place {
    let shown = run.journal().events().iter().rev().find_map(|event| match &event.what {
        What::Shown { answered_by, .. } => Some(*answered_by),
        _ => None,
    });
    shown.unwrap()
}

#[test]
fn tmo_16_17_mtr_07_an_error_of_cloudfronts_own_is_answered_by_the_tier_that_made_it() {
    for health in [Health::Refuses, Health::Silent] {
        let mut run = run_of(|_| {});
        act(&mut run, bucket_is(health));
        act(&mut run, api_is(health));
        act(&mut run, get("paris", "/index.html"));
        assert!(matches!(answered_by(&run), Place::Rec(_)), "through the REC: {health:?}");
        act(&mut run, send("paris", Method::Post, "/api/orders"));
        assert!(matches!(answered_by(&run), Place::Pop(_)), "past the REC: {health:?}");
        let metrics = Metrics::of(run.journal());
        assert_eq!(metrics.answered_by(), [1, 1, 0], "POPs, RECs, origins: {health:?}");
        assert_eq!(metrics.origin_latency().count(), 0, "MTR-07: not served by an origin");
    }
    let mut run = run_of(|_| {});
    act(&mut run, bucket_is(Health::Failing(Status(502))));
    act(&mut run, get("paris", "/index.html"));
    assert!(matches!(answered_by(&run), Place::Origin(_)), "an error that the origin sent");
    assert_eq!(Metrics::of(run.journal()).origin_latency().count(), 1, "MTR-07");
}

#[test]
fn rec_12_a_page_out_of_a_cache_is_answered_by_that_cache() {
    let mut run = run_of(|scenario| {
        scenario.distribution.error_responses = vec![page(504, "/app.js", 200, 0)];
    });
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, api_is(Health::Silent));
    act(&mut run, send("paris", Method::Post, "/api/orders"));
    let (_, response) = last_shown(run.journal());
    assert_eq!(response.status.0, 200, "the page");
    assert!(matches!(answered_by(&run), Place::Pop(_)));
}

#[test]
fn rng_10_lim_05_a_refused_head_is_answered_at_once_and_closes_the_connection() {
    let mut run = run_of(|scenario| {
        let mut object = scenario.site.get("/video/tour.mp4").unwrap().clone();
        object.path = "/huge.mp4".into();
        object.size_bytes = 50_000_000_001;
        scenario.site = edgewalk::origin::Site::new(scenario.site.iter().cloned().chain([object]));
    });
    let (status, _, took) = ends(&mut run, get("paris", "/huge.mp4"));
    assert_eq!(status, 502, "RNG-10");
    assert!(took < Duration::from_secs(2), "RNG-10: {took:?}");
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    let leg = events.iter().find_map(|event| match &event.what {
        What::Reached { leg, .. } => Some(*leg),
        _ => None,
    });
    assert!(leg.unwrap().handshake > Duration::ZERO, "RNG-10: the connection was closed");
}

#[test]
fn xfer_05_what_has_no_content_does_not_break_off() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::BreaksOff));
    let events = act(&mut run, get("paris", "/index.html"));
    assert_eq!(last_shown(run.journal()).0, "RefreshHit from cloudfront");
    assert_eq!(stored(&events).len(), 2, "a 304 confirms in both tiers");
    let events = act(&mut run, send("paris", Method::Head, "/img/hero.jpg"));
    assert_eq!(stored(&events).len(), 2, "MET-07");
}

#[test]
fn err_39_an_error_for_another_part_leaves_a_fresh_one_where_it_is() {
    let mut run = run_of(|_| {});
    let part = |range: &str| ask("paris", request_with(Method::Get, "/img/hero.jpg", range));
    act(&mut run, part("Range: bytes=0-9"));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    let events = act(&mut run, part("Range: bytes=10-19"));
    assert_eq!(last_shown(run.journal()).1.status.0, 503, "the error goes out");
    let stays = |decision: &&Decision| {
        matches!(decision, Decision::NotStored { why: edgewalk::edge::NotStored::FreshHeld })
    };
    assert_eq!(decisions(&events).iter().filter(|one| stays(one)).count(), 2, "ERR-39");
    act(&mut run, part("Range: bytes=0-9"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (206, "Hit from cloudfront"), "ERR-39");
}

/// The handshakes with the origin, in order.
fn handshakes(events: &[Event]) -> Vec<Duration> {
    let of = |event: &Event| match &event.what {
        What::Reached { leg, .. } => Some(leg.handshake),
        _ => None,
    };
    events.iter().filter_map(of).collect()
}

#[test]
fn conn_01_05_a_connection_carries_one_request_at_a_time_by_one_scheme() {
    let mut run = run_of(|_| {});
    let post = || crate::common::request(Method::Post, "/api/orders");
    let cold = handshakes(&act(&mut run, ask("paris", post())))[0];
    let paris = edgewalk::network::City::find("paris").unwrap();
    let three = |request: edgewalk::http::Request| {
        let requests = vec![(paris, std::sync::Arc::new(request)); 3];
        Action::SendTogether { requests }
    };
    let zero = Duration::ZERO;
    assert_eq!(handshakes(&act(&mut run, three(post()))), [zero, cold, cold], "one is kept");
    assert_eq!(handshakes(&act(&mut run, three(post()))), [zero; 3], "CONN-01: now three are");
    act(&mut run, wait(6));
    assert_eq!(handshakes(&act(&mut run, ask("paris", post()))), [cold], "CONN-01");
    // HTTPS does not ride on a connection without TLS.
    let mut run = run_of(|scenario| {
        scenario.distribution.origins[1].protocol =
            edgewalk::distribution::OriginProtocol::MatchViewer;
    });
    for (scheme, is_zero) in [
        (edgewalk::http::Scheme::Http, false),
        (edgewalk::http::Scheme::Https, false),
        (edgewalk::http::Scheme::Http, true),
        (edgewalk::http::Scheme::Https, true),
    ] {
        let mut request = post();
        request.scheme = scheme;
        let handshake = handshakes(&act(&mut run, ask("paris", request)))[0];
        assert_eq!(handshake.is_zero(), is_zero, "CONN-05: {scheme:?}");
    }
}
