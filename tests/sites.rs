//! What the origins of a distribution of somebody's own hold: from a list of paths, and from an access log (IM-15, IM-17).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::{act, get, last_shown};
use edgewalk::distribution::{Beside, Configuration, MOST_URL_BYTES};
use edgewalk::edge::access_log::AccessLog;
use edgewalk::http::Status;
use edgewalk::origin::{Given, GivenError, Kind, Object, PathsError, site_of};
use edgewalk::simulation::access_log::{LoggedObjects, objects};
use edgewalk::simulation::{Run, Walk};

fn open(example: &str) -> Arc<Configuration> {
    Configuration::open(example, &Beside::managed("us-east-1".into())).unwrap().into()
}

fn s3_site() -> Arc<Configuration> {
    open(include_str!("../docs/reference/examples/s3-site.json"))
}

fn api_and_media() -> Arc<Configuration> {
    open(include_str!("../docs/reference/examples/api-and-media.json"))
}

fn paths(given: &[Given]) -> Vec<&str> {
    given.iter().map(Given::path).collect()
}

fn wrong(list: &str) -> Vec<String> {
    Given::listed(list).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn im_15_a_list_is_a_path_a_line() {
    let list = "\u{feff}# our site\r\n/index.html\r\n\r\n  /img/a.png?width=300  \n/img/a.png\n/b%20c\n#/no\n/";
    let given = Given::listed(list).unwrap();
    assert_eq!(paths(&given), ["/index.html", "/img/a.png", "/b%20c", "/"]);
    assert!(given.iter().all(|it| it.content_type().is_none() && it.size_bytes().is_none()));
    assert_eq!(Given::listed(""), Ok(Vec::new()));
    assert_eq!(Given::listed("# nothing\n\n"), Ok(Vec::new()));
}

#[test]
fn im_15_each_line_that_is_no_path_is_told_with_its_number_and_rule() {
    assert_eq!(
        wrong("/a\nhttps://www.example.com/b\n/caf\u{e9}\n/c#d\n/e"),
        [
            "line 2: a URL path starts with a slash, as in /index.html; this one is \"https://www.example.com/b\"",
            "line 3: the URL path holds 'é' at position 5; write it percent-encoded",
            "line 4: the URL path holds '#'; what follows it belongs into the query string",
        ]
    );
    let long = |bytes: usize| format!("/{}", "a".repeat(bytes - 1));
    assert_eq!(Given::new(&long(8_192)).unwrap().path().len(), 8_192, "LIM-01");
    let refused = Given::new(&long(8_193));
    assert_eq!(refused, Err(GivenError::TooLong { given: 8_193, limit: MOST_URL_BYTES }), "LIM-01");
    let with_query = format!("{}?{}", long(4_096), "q".repeat(4_096));
    assert_eq!(
        wrong(&format!("/a\n{with_query}")),
        ["line 2: this URL has 8193 bytes; CloudFront takes at most 8192 (LIM-01)"]
    );
}

#[test]
fn im_15_a_list_has_its_bounds() {
    let lines = |count: usize| (0..count).map(|place| format!("/{place}")).collect::<Vec<_>>();
    assert_eq!(Given::listed(&lines(10_000).join("\n")).unwrap().len(), 10_000);
    let twice = [lines(10_000), lines(10_000)].concat().join("\n");
    assert_eq!(
        Given::listed(&twice).unwrap().len(),
        10_000,
        "of two with one path the first stays"
    );
    let one_more = [lines(10_000), vec!["x".into(), "/y".into(), "z".into()]].concat().join("\n");
    let errors = Given::listed(&one_more).unwrap_err();
    assert!(matches!(errors[0], PathsError::Line { line: 10_001, .. }));
    assert_eq!(errors[1..], [PathsError::TooMany { line: 10_002, limit: 10_000 }], "the end");
    let large = "\n".repeat(8_000_001);
    let error = PathsError::TooLarge { given: 8_000_001, limit: 8_000_000 };
    assert_eq!(Given::listed(&large), Err(vec![error]));
    assert_eq!(Given::listed(&large[1..]), Ok(Vec::new()));
}

#[test]
fn im_15_a_type_and_a_size_have_theirs() {
    let css = || Given::new("/a").unwrap();
    assert_eq!(css().of_type(" text/css ").unwrap().content_type(), Some("text/css"));
    for bad in ["", "text", "/css", "text/", " / "] {
        let error = css().of_type(bad).unwrap_err();
        assert!(matches!(&error, GivenError::NoType { given } if given == bad), "{bad:?}: {error}");
    }
    let two_fields = css().of_type("text/css\r\nSet-Cookie: a=1");
    assert!(matches!(two_fields, Err(GivenError::Type(_))));
    assert_eq!(css().of_size(Object::MOST_BYTES).unwrap().size_bytes(), Some(100_000_000_000));
    let error = css().of_size(Object::MOST_BYTES + 1).unwrap_err();
    assert_eq!(error.to_string(), "an object has at most 100000000000 bytes, not 100000000001");
}

#[test]
fn im_15_given_objects_take_the_place_of_the_examples_and_lead_to_their_behaviors() {
    let configuration = api_and_media();
    let distribution = configuration.distribution();
    let given = Given::listed("/media/clip.mp4\n/api/orders\n/about\n/style.css").unwrap();
    let site = site_of(distribution, &given);
    let held: Vec<_> = site.iter().map(|object| object.path.as_str()).collect();
    // The error pages stay (IM-06): they are asked for by the distribution itself.
    let pages = distribution.error_responses.iter().filter_map(|it| it.page.as_ref());
    let mut expected = vec!["/about", "/api/orders", "/media/clip.mp4", "/style.css"];
    expected.extend(pages.map(|page| page.path.as_str()));
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(held, expected);
    let of = |path: &str| {
        let object = site.get(path).unwrap();
        let behavior = &distribution.behaviors[distribution.behavior_for(path)];
        (behavior.pattern.as_str(), object.content_type.as_str(), object.kind == Kind::Made)
    };
    assert_eq!(of("/media/clip.mp4"), ("/media/*", "video/mp4", false));
    assert_eq!(
        of("/api/orders"),
        ("/api/*", "application/json", true),
        "its behavior keeps nothing"
    );
    assert_eq!(of("/about"), ("*", "text/html; charset=utf-8", false));
    assert_eq!(of("/style.css"), ("*", "text/css", false));
    let mut run = Run::new(Walk::of_site(configuration, &given).scenario).unwrap();
    for (path, status) in [("/media/clip.mp4", 200), ("/api/orders", 200), ("/example.html", 404)] {
        act(&mut run, get("paris", path));
        assert_eq!(last_shown(run.journal()).1.status.0, status, "{path}");
    }
}

/// A log of these lines under the columns that tell of an object.
fn log(lines: &[&str]) -> AccessLog {
    let columns = "date time sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type sc-content-type \
        sc-content-len sc-range-start sc-range-end";
    let line = |line: &&str| format!("2026-03-14 09:00:02 {line}\n").replace(' ', "\t");
    let lines: Vec<_> = lines.iter().map(line).collect();
    let log = AccessLog::read(&format!("#Version: 1.0\n#Fields: {columns}\n{}", lines.concat()));
    assert!(log.problems().is_empty(), "{:?}", log.problems());
    log
}

/// Path, type and size.
fn told(found: &LoggedObjects) -> Vec<(&str, Option<&str>, Option<u64>)> {
    found.given.iter().map(|it| (it.path(), it.content_type(), it.size_bytes())).collect()
}

#[test]
fn im_17_a_log_tells_paths_types_and_sizes_of_what_was_found() {
    let found = objects(&log(&[
        // The larger of two sizes, the first of two types; field 4 has the header fields as well.
        "2500 GET /a.css 200 Hit text/css 2000 - -",
        "2600 GET /a.css 200 Miss text/plain 2100 - -",
        "300 GET /a.css 304 Hit - - - -",
        // Without its length: what went to the viewer.
        "5400 GET /b 200 Miss text/html;%20charset=utf-8 - - -",
        "5300 GET /b 200 Miss text/html;%20charset=utf-8 - - -",
        // A part: its last byte tells how much there is at least.
        "1500 GET /c.mp4 206 Hit video/mp4 1000 4000 4999",
        // What a HEAD would have sent.
        "400 HEAD /d.pdf 200 Miss application/pdf 9000 - -",
        "400 HEAD /e.pdf 200 Miss - - - -",
        "300 GET /f.png 304 RefreshHit - - - -",
        "500 POST /g 200 Miss application/json 131 - -",
    ]));
    let mut all = told(&found);
    all.sort_unstable();
    assert_eq!(
        all,
        [
            ("/a.css", Some("text/css"), Some(2_100)),
            ("/b", Some("text/html; charset=utf-8"), Some(5_400)),
            ("/c.mp4", Some("video/mp4"), Some(5_000)),
            ("/d.pdf", Some("application/pdf"), Some(9_000)),
            ("/e.pdf", None, None),
            ("/f.png", None, None),
            ("/g", Some("application/json"), Some(131)),
        ]
    );
    assert_eq!(told(&found)[0].0, "/a.css", "what was asked for most comes first");
    assert_eq!(found.left_out, 0);
}

#[test]
fn im_17_what_was_not_found_is_no_object() {
    let found = objects(&log(&[
        "500 GET /gone 404 Error text/html 300 - -",
        "500 GET /moved 301 Redirect text/html 167 - -",
        "500 GET /down 502 Error text/html 507 - -",
        "0 GET /left 000 Error - - - -",
        "500 PUT /put 200 Miss - - - -",
        "500 OPTIONS /preflight 200 Miss - - - -",
        "500 GET /found 200 Miss text/html 300 - -",
        "500 GET /found 404 Error text/plain 999999 - -",
    ]));
    assert_eq!(told(&found), [("/found", Some("text/html"), Some(300))]);
    assert_eq!(found.left_out, 6);
}

#[test]
fn im_17_a_path_is_decoded_once_and_sent_as_a_url() {
    // LOG-23 to LOG-26: bytes beyond ASCII, a tilde, and what the viewer had percent-encoded itself.
    let found = objects(&log(&[
        "9 GET /caf%C3%A9%7E1.png 200 Hit image/png 5 - -",
        "9 GET /two%2520words 200 Hit - 5 - -",
        "9 GET no-slash 200 Hit - 5 - -",
        "9 GET /huge 200 Hit nonsense 999999999999999 - -",
    ]));
    let mut all = told(&found);
    all.sort_unstable();
    assert_eq!(
        all,
        [
            ("/caf%C3%A9~1.png", Some("image/png"), Some(5)),
            ("/huge", None, None),
            ("/two%20words", None, Some(5)),
        ]
    );
    assert_eq!(found.left_out, 1);
}

#[test]
fn im_17_the_example_log_is_a_site_that_can_be_walked() {
    let log = AccessLog::read(include_str!("../docs/reference/examples/access.log"));
    let found = objects(&log);
    assert_eq!(
        told(&found),
        [
            ("/index.html", Some("text/html"), Some(8_170)),
            ("/video/intro.mp4", Some("video/mp4"), Some(73_400_320)),
            ("/api/news.json", Some("application/json"), Some(962)),
            ("/api/search", Some("application/json"), Some(131)),
        ]
    );
    assert_eq!(found.left_out, 4, "not found, failed twice, and a viewer that had left");
    let mut run = Run::new(Walk::of_site(s3_site(), &found.given).scenario).unwrap();
    act(&mut run, get("paris", "/api/news.json"));
    let (_, response) = last_shown(run.journal());
    assert_eq!(response.status, Status::OK);
    assert_eq!(response.fields.get("Content-Type"), Some("application/json"));
}

#[test]
fn im_15_of_a_log_with_more_paths_those_that_are_asked_for_most_stay() {
    let few: Vec<String> =
        (0..10_001).map(|place| format!("9 GET /{place} 200 Hit - 5 - -")).collect();
    let mut lines: Vec<&str> = few.iter().map(String::as_str).collect();
    lines.extend(few[1..].iter().map(String::as_str));
    let found = objects(&log(&lines));
    assert_eq!((found.given.len(), found.left_out), (10_000, 1));
    assert!(!paths(&found.given).contains(&"/0"), "it was asked for once");
}
