//! Pages in an error's place (distribution.md section 4), by its worked example: `/errors/*` leads to a bucket of its own,
//! `/api/*` to the application, all else to the site's bucket.

use edgewalk::distribution::{
    Behavior, Distribution, ErrorPage, ErrorResponse, Origin, PathPattern, managed,
};
use edgewalk::edge::Decision;
use edgewalk::http::Status;
use edgewalk::origin::{Health, Object, Site};
use edgewalk::simulation::{Action, Run, What};

use crate::common::{Edit as _, act, get, last_shown, wait};
use crate::{ERROR, file, reached, run_of};

const SITE: &str = "us-east-1";
const APPLICATION: &str = "eu-west-1";
const ERRORS: &str = "ap-southeast-1";

fn page(status: u16, path: &str, shown: u16, min_ttl_secs: u64) -> ErrorResponse {
    let page = Some(ErrorPage { path: path.into(), status: shown });
    ErrorResponse { status, page, min_ttl_secs }
}

/// The worked example, with a change and with these objects besides; each origin stands in a Region of its own.
fn example_and(change: impl FnOnce(&mut Distribution), more: Vec<Object>) -> Run {
    run_of(|scenario| {
        scenario.origin_region = None;
        let pages =
            ["/errors/5xx.html", "/index.html"].map(|path| file(path, Some("max-age=3600")));
        scenario.site = Site::new(pages.into_iter().chain(more));
        let distribution = &mut scenario.edited();
        distribution.origins = vec![
            Origin::s3_bucket("site", "site", SITE),
            Origin::load_balancer("application", "app-1", APPLICATION),
            Origin::s3_bucket("errors", "errors", ERRORS),
        ];
        distribution.behaviors = vec![
            Behavior::new("/errors/*", "errors", managed::caching_optimized()),
            Behavior::new("/api/*", "application", managed::caching_disabled()),
            Behavior::new("*", "site", managed::caching_optimized()),
        ];
        distribution.error_responses = vec![
            page(404, "/errors/404.html", 404, 60),
            page(503, "/errors/5xx.html", 503, 5),
            page(403, "/index.html", 200, 10),
        ];
        change(distribution);
    })
}

fn example() -> Run {
    example_and(|_| {}, vec![file("/errors/404.html", Some("max-age=3600"))])
}

/// Status, type, and which origins were asked.
fn asked(run: &mut Run, path: &str) -> (u16, String, Vec<&'static str>) {
    let events = act(run, get("paris", path));
    let (word, response) = last_shown(run.journal());
    assert!(response.status.0 == 200 || word == ERROR, "{word}");
    let content_type = response.fields.get("Content-Type").unwrap_or_default().to_owned();
    let origins = reached(&events).into_iter().map(|(region, _)| region).collect();
    (response.status.0, content_type, origins)
}

fn is(origin: &str, status: u16) -> Action {
    Action::SetHealth { origin_id: origin.into(), health: Health::Failing(Status(status)) }
}

const HTML: &str = "text/html";

#[test]
fn cx_01_ce_11_mu_04_a_page_is_found_by_its_path_and_follows_its_own_behavior() {
    let mut run = example();
    assert_eq!(
        asked(&mut run, "/missing.png"),
        (404, HTML.into(), vec![SITE, ERRORS]),
        "CX-01, MU-04"
    );
    act(&mut run, wait(58));
    assert_eq!(asked(&mut run, "/missing.png").2, Vec::<&str>::new(), "CX-01: the 404 for 60 s");
    act(&mut run, wait(3));
    // The page is kept by the TTLs of /errors/*, so its bucket is not asked again.
    assert_eq!(asked(&mut run, "/missing.png").2, [SITE], "CX-01, CE-11");
    assert_eq!(asked(&mut run, "/other.png").2, [SITE], "CE-11");
}

#[test]
fn cx_02_ce_09_an_error_of_a_behavior_that_keeps_nothing_has_its_page_and_is_not_kept() {
    let mut run = example();
    assert_eq!(
        asked(&mut run, "/api/items/9"),
        (404, HTML.into(), vec![APPLICATION, ERRORS]),
        "CX-02"
    );
    assert_eq!(
        asked(&mut run, "/api/items/9").2[0],
        APPLICATION,
        "CX-02, CE-09: asked again at once"
    );
}

#[test]
fn ce_09_neither_the_error_nor_the_page_is_kept_without_caching() {
    let mut run = example_and(
        |distribution| {
            distribution.behaviors[0].cache_policy = managed::caching_disabled();
        },
        vec![file("/errors/404.html", Some("max-age=3600"))],
    );
    for _ in 0..2 {
        assert_eq!(asked(&mut run, "/api/items/9").2, [APPLICATION, ERRORS], "CE-09, CFE-32");
    }
    // The page's path is the default behavior's, which caches: an error that is not kept takes its page along.
    let mut run = example_and(
        |distribution| distribution.error_responses[0] = page(404, "/gone.html", 404, 60),
        vec![file("/gone.html", Some("max-age=3600"))],
    );
    for _ in 0..2 {
        let expected = (404, HTML.to_owned(), vec![APPLICATION, SITE]);
        assert_eq!(asked(&mut run, "/api/items/9"), expected, "CE-09");
    }
}

#[test]
fn cx_04_mu_04_a_denied_call_looks_like_success_where_a_403_becomes_a_200() {
    let mut run = example();
    act(&mut run, is("application", 403));
    for _ in 0..2 {
        let (status, content_type, origins) = asked(&mut run, "/api/login");
        assert_eq!(
            (status, &*content_type, origins[0]),
            (200, HTML, APPLICATION),
            "CX-04, MU-04: not kept"
        );
    }
}

#[test]
fn cx_05_a_503_of_the_application_has_its_page_and_is_asked_for_each_time() {
    let mut run = example();
    act(&mut run, is("application", 503));
    assert_eq!(asked(&mut run, "/api/x"), (503, HTML.into(), vec![APPLICATION, ERRORS]), "CX-05");
    assert_eq!(asked(&mut run, "/api/x").2[0], APPLICATION, "CX-05: not kept");
}

#[test]
fn cx_06_ce_10_a_page_that_is_missing_or_fails_shows_its_own_status() {
    let mut run = example_and(|_| {}, Vec::new());
    assert_eq!(asked(&mut run, "/missing.png").0, 404, "CX-06");
    act(&mut run, is("errors", 500));
    act(&mut run, is("application", 503));
    assert_eq!(asked(&mut run, "/api/x").0, 500, "CE-10: that of the page's own fetch");
}

#[test]
fn cx_07_ce_13_an_expired_copy_wins_over_the_page_and_the_origin_is_left_alone_for_a_while() {
    let mut run = example_and(
        |distribution| distribution.error_responses.push(page(500, "/errors/5xx.html", 500, 10)),
        vec![file("/logo.png", Some("max-age=60")), file("/errors/404.html", None)],
    );
    act(&mut run, get("paris", "/logo.png"));
    act(&mut run, wait(61));
    act(&mut run, is("site", 500));
    assert_eq!(asked(&mut run, "/logo.png").0, 200, "CX-07, CE-13, CFE-33");
    act(&mut run, wait(8));
    assert_eq!(asked(&mut run, "/logo.png"), (200, HTML.into(), Vec::new()), "CX-07: 10 s rounds");
    act(&mut run, wait(3));
    assert_eq!(asked(&mut run, "/logo.png"), (200, HTML.into(), vec![SITE]), "CX-07");
    // An error of the viewer's is no failure of the origin's: the stale copy does not stand in.
    act(&mut run, wait(11));
    act(&mut run, is("site", 404));
    assert_eq!(asked(&mut run, "/logo.png").0, 404, "CE-13, CFE-33: the 4xx, or its page");
}

#[test]
fn cx_08_without_a_behavior_of_its_own_the_page_is_looked_for_with_all_the_rest() {
    let without = |distribution: &mut Distribution| {
        distribution.behaviors.retain(|behavior| behavior.pattern != PathPattern::new("/errors/*"));
    };
    let mut run = example_and(without, vec![file("/errors/404.html", None)]);
    assert_eq!(asked(&mut run, "/missing.png"), (404, HTML.into(), vec![SITE, SITE]), "CX-08");
}

/// For how long an answer of the site's bucket with this status and Cache-Control is kept at the edge, if it is.
fn kept(status: u16, min_ttl_secs: u64, cache_control: Option<&str>) -> Option<u64> {
    let failing = Object {
        kind: edgewalk::origin::Kind::Fails(Status(status)),
        ..file("/failing", cache_control)
    };
    let plain = ErrorResponse { status, page: None, min_ttl_secs };
    let mut run = example_and(
        |distribution| {
            distribution.error_responses = vec![plain];
            // An application, so that no bucket's own second counts (ERR-13).
            distribution.behaviors[2].origin_id = "application".into();
        },
        vec![failing],
    );
    let events = act(&mut run, get("paris", "/failing"));
    assert_eq!(last_shown(run.journal()).1.status.0, status);
    events.iter().find_map(|event| match (event.place, &event.what) {
        (edgewalk::simulation::Place::Pop(_), What::Decided(Decision::Stored { lifetime, .. })) => {
            Some(lifetime.secs)
        }
        _ => None,
    })
}

#[test]
fn ce_06_some_statuses_are_always_kept() {
    for status in [404, 414, 500, 501, 502, 503, 504] {
        assert_eq!(kept(status, 60, None), Some(60), "CE-06: {status}");
        assert_eq!(kept(status, 60, Some("max-age=300")), Some(300), "CE-06: {status}");
        assert_eq!(kept(status, 60, Some("max-age=5")), Some(60), "CE-06: {status}");
        let forbids = [404, 414, 501].contains(&status);
        let expected = (!forbids).then_some(60);
        assert_eq!(kept(status, 60, Some("no-store")), expected, "CE-06: {status}");
    }
}

#[test]
fn ce_07_others_only_where_the_origin_says_for_how_long() {
    for status in [400, 403, 405, 412, 415] {
        assert_eq!(kept(status, 60, None), None, "CE-07: {status}");
        assert_eq!(kept(status, 60, Some("max-age=300")), Some(300), "CE-07: {status}");
        assert_eq!(kept(status, 60, Some("s-maxage=300")), Some(300), "CE-07: {status}");
    }
}

#[test]
fn ce_14_errors_of_cloudfront_s_own_have_their_pages() {
    let mut run = example_and(
        |distribution| {
            for status in [502, 504] {
                distribution.error_responses.push(page(status, "/errors/5xx.html", status, 5));
            }
        },
        Vec::new(),
    );
    for (health, status) in [(Health::Silent, 504), (Health::BadCertificate, 502)] {
        act(&mut run, Action::SetHealth { origin_id: "application".into(), health });
        let (shown, content_type, _) = asked(&mut run, "/api/x");
        assert_eq!((shown, &*content_type), (status, HTML), "CE-14");
        assert_eq!(last_shown(run.journal()).1.body.length, 2_000, "CE-14: the page itself");
    }
}

#[test]
fn ce_08_a_416_is_never_kept() {
    for cache_control in [None, Some("max-age=300"), Some("s-maxage=300")] {
        assert_eq!(kept(416, 60, cache_control), None, "CE-08: {cache_control:?}");
    }
}
