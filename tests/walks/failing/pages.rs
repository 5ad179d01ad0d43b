//! Pages that take an error's place.

use crate::common::Edit as _;
use edgewalk::distribution::{
    AllowedMethods, ErrorResponse, OriginRequestPolicy, PathPattern, Selection, managed,
};
use edgewalk::edge::Decision;
use edgewalk::http::{Method, Status, Version};
use edgewalk::origin::{Health, Site};
use edgewalk::simulation::{Action, Place, Run, What};

use super::{answered_by, api_is, bucket_is, page, run_of, stored};
use crate::common::{act, ask, get, last_shown, request, request_with, send, trace, wait};
use crate::reached;

#[test]
fn cep_01_to_06_09_10_a_page_takes_an_errors_place() {
    let with = |responses: Vec<ErrorResponse>| {
        run_of(move |scenario| scenario.edited().error_responses = responses)
    };
    let mut run = with(vec![page(404, "/about.html", 200, 60)]);
    let events = act(&mut run, get("paris", "/nothing"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "Error from cloudfront"), "CEP-02, CEP-09");
    assert_eq!(response.body.length, 16_384, "CEP-03: the page's own content");
    assert_eq!(response.fields.get("Content-Type"), Some("text/html; charset=utf-8"));
    // The error for 60 s in both tiers, and the page as long, though its own max-age is 3,600 s.
    assert_eq!(stored(&events), [(false, 60), (true, 60)].repeat(2), "CEP-04");
    let keys = events.iter().filter_map(|event| match &event.what {
        What::Decided(Decision::KeyMade { key, .. }) => Some(key.path().to_owned()),
        _ => None,
    });
    let keys: Vec<String> = keys.collect();
    assert_eq!(keys, ["/nothing", "/about.html"], "CEP-03: the page is looked for by its own key");
    let again = act(&mut run, get("paris", "/nothing"));
    assert!(again.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    // CEP-04: so is a page whose own lifetime is shorter.
    let mut run = with(vec![page(404, "/feed.xml", 404, 60)]);
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events)[2..], [(false, 60), (true, 60)], "CEP-04");
    // CEP-05: with a behavior of its own its TTL governs.
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(404, "/feed.xml", 404, 60)];
        let mut own = scenario.edited().behaviors[1].clone();
        own.pattern = PathPattern::new("/feed.xml");
        scenario.edited().behaviors.insert(0, own);
    });
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events)[2..], [(false, 30), (true, 30)], "CEP-05");
    // CEP-06: a page that is missing gives its own status; a page for a page there is none.
    let mut run = with(vec![page(500, "/no-page", 200, 10)]);
    act(&mut run, get("paris", "/api/broken"));
    assert_eq!(last_shown(run.journal()).1.status.0, 404, "CEP-06");
    // CEP-01, CE-14: an error of CloudFront's own has it, too.
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(403, "/about.html", 403, 10)];
        let behavior = &mut scenario.edited().behaviors[1];
        behavior.allowed_methods = AllowedMethods::GetHead;
    });
    let mut posted = request(Method::Post, "/app.js");
    posted.content_length = 5;
    let events = act(&mut run, ask("paris", posted));
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.body.length), (403, 16_384), "CEP-01");
    let asked = reached(&events).map(|(request, _)| (request.method, request.content_length));
    assert_eq!(asked.collect::<Vec<_>>(), [(Method::Get, 0)], "CEP-03: a GET has no content");
}

#[test]
fn qh_18_the_origin_is_told_whose_error_the_page_is_for() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(404, "/about.html", 404, 10)];
        scenario.edited().behaviors[1].origin_request_policy = Some(OriginRequestPolicy {
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
    let asked: Vec<_> = reached(&events)
        .map(|(request, _)| {
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
            scenario.edited().error_responses = vec![page(404, page_path, 404, 60)];
            let mut own = scenario.edited().behaviors[1].clone();
            own.pattern = PathPattern::new(pattern);
            scenario.edited().behaviors.insert(0, own);
        });
        let events = act(&mut run, get("paris", path));
        assert_eq!(stored(&events)[2..], [(false, secs), (true, secs)], "{row}");
    }
}

#[test]
fn cep_03_a_pages_request_has_no_content_and_says_nothing_of_any() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(403, "/about.html", 403, 10)];
        let behavior = &mut scenario.edited().behaviors[1];
        behavior.allowed_methods = AllowedMethods::GetHead;
        behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
    });
    let fields = "Content-Length: 5\nContent-Type: text/plain\nContent-Encoding: gzip\nX-Own: 1";
    let mut posted = request_with(Method::Post, "/app.js", fields);
    posted.content_length = 5;
    let events = act(&mut run, ask("paris", posted));
    let (asked, _) = reached(&events).next().unwrap();
    let fields = &asked.fields;
    assert!(fields.has("X-Own"), "what else the viewer sent goes along");
    let content = fields.iter().filter(|field| field.name().starts_with("Content-"));
    assert_eq!(content.count(), 0, "CEP-03: {fields:?}");
}

#[test]
fn cep_01_rng_14_a_416_has_its_page_whoever_holds_the_object() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(416, "/about.html", 200, 10)];
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
        scenario.edited().error_responses = vec![page(400, "/about.html", 200, 10)];
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
        scenario.edited().error_responses = vec![page(503, "/about.html", 200, 10)];
    });
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, get("paris", "/about.html"));
    let page = last_shown(run.journal()).1.body;
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    act(&mut run, get("paris", "/index.html"));
    assert_eq!(last_shown(run.journal()).1.body.length, 18_432, "STALE-06: the stale page itself");
    act(&mut run, get("paris", "/app.js"));
    assert_eq!(last_shown(run.journal()).1.body, page, "STALE-06: without a copy, the page");
}

#[test]
fn stale_06_with_stale_if_error_a_page_comes_once_its_time_is_over() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(503, "/about.html", 200, 10)];
        let mut object = scenario.site.get("/index.html").unwrap().clone();
        object.cache_control = Some("max-age=60, stale-if-error=100".into());
        scenario.site = Site::new(scenario.site.iter().cloned().chain([object]));
    });
    act(&mut run, get("paris", "/about.html"));
    let page = last_shown(run.journal()).1.body;
    act(&mut run, get("paris", "/index.html"));
    let own = last_shown(run.journal()).1.body;
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    for (secs, expected, why) in
        [(30, own, "fresh"), (60, own, "30 s stale"), (60, own, "90 s stale"), (20, page, "over")]
    {
        act(&mut run, wait(secs));
        act(&mut run, get("paris", "/index.html"));
        assert_eq!(last_shown(run.journal()).1.body, expected, "STALE-06: {why}");
    }
}

#[test]
fn cep_11_err_12_errors_that_are_not_kept_have_their_page_all_the_same() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses =
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
    assert_eq!(stored(&events), [], "ERR-12, CEP-11: neither the error nor the page is kept");
    // Asked for by itself it is kept like anything else, and then takes the error's place out of the cache.
    assert_eq!(stored(&act(&mut run, get("paris", "/about.html"))), [(false, 3600), (true, 3600)]);
    let events = act(&mut run, get("paris", "/api/broken"));
    assert_eq!(last_shown(run.journal()).1.body.length, 16_384, "CEP-11");
    assert_eq!(reached(&events).count(), 1, "REC-12: the error alone is asked for");
}

#[test]
fn cep_06_13_a_redirect_in_place_of_a_page_goes_out_as_it_is() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(404, "/api/orders", 200, 10)];
    });
    act(&mut run, api_is(Health::Failing(Status(302))));
    let events = act(&mut run, get("paris", "/nothing"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (302, "Error from cloudfront"), "CEP-13");
    let asked: Vec<_> = reached(&events).map(|(request, _)| request.target.path()).collect();
    assert_eq!(asked, ["/nothing", "/api/orders"], "CEP-13: it is not followed");
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
            scenario.edited().error_responses = vec![page(status, "/about.html", 200, 10)];
        });
        act(&mut run, api_is(Health::Failing(Status(status))));
        let mut request = request(Method::Get, "/api/orders");
        request.version = Version::Http11;
        act(&mut run, ask("paris", request.clone()));
        let response = last_shown(run.journal()).1;
        assert_eq!(response.fields.get("Connection"), Some(expected), "{status}");
        let next = act(&mut run, ask("paris", request));
        let is_reused = next.iter().any(|event| matches!(event.what, What::Reused { .. }));
        assert_eq!(is_reused, expected == "keep-alive", "CEP-10: {status}");
    }
    // The page is missing: none is sent (CEP-06), and so nothing is closed.
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(500, "/no-page", 200, 10)];
    });
    let mut request = request(Method::Get, "/api/broken");
    request.version = Version::Http11;
    act(&mut run, ask("paris", request));
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.fields.get("Connection")), (404, None), "CEP-06");
}

#[test]
fn rec_12_a_page_out_of_a_cache_is_answered_by_that_cache() {
    let mut run = run_of(|scenario| {
        scenario.edited().error_responses = vec![page(504, "/app.js", 200, 0)];
    });
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, api_is(Health::Silent));
    act(&mut run, send("paris", Method::Post, "/api/orders"));
    let (_, response) = last_shown(run.journal());
    assert_eq!(response.status.0, 200, "the page");
    assert!(matches!(answered_by(&run), Place::Pop(_)));
}
