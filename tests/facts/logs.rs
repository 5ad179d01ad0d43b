//! What stands in the access log (security-logs-edge.md section 1).

use edgewalk::edge::access_log::real_time_line;
use edgewalk::scene::logs::OwnLog;
use edgewalk::simulation::{Run, What};

use crate::{events, logged, said, takes_app_off, walk};

#[test]
fn log_04_one_file_mixes_the_edge_locations() {
    let run = walk(&["GET paris /page.html", "GET tokyo /page.html", "GET paris /page.html"]);
    assert_eq!(OwnLog::of(&run, run.journal().len()).files().len(), 1);
    let places = logged(&run, "x-edge-location");
    assert!(places[0] == places[2] && places[0] != places[1], "{places:?}");
}

#[test]
fn log_19_82_times_are_the_edges_own_to_the_nearest_millisecond() {
    // A viewer far from any edge location of his class: nothing of that way is in the log.
    let class = r#"set PriceClass "PriceClass_100""#;
    let run = walk(&[class, "GET sao-paulo /page.html", "GET sao-paulo /page.html"]);
    let mut round_trips = events(&run).iter().filter_map(|event| match &event.what {
        What::Sent { round_trip, .. } => Some(*round_trip),
        _ => None,
    });
    assert!(round_trips.all(|round_trip| round_trip.as_millis() > 60));
    // LOG-19: a hit takes the edge no time (look-ups cost none), whatever the viewer waits.
    assert_eq!(logged(&run, "time-taken")[1], "0.000");
    assert_eq!(logged(&run, "time-to-first-byte")[1], "0.000");
    // LOG-82: of the miss it is what the edge took until the head left, rounded.
    let took = events(&run).iter().find_map(|event| match &event.what {
        What::Shown { took_at_pop, .. } => Some(took_at_pop.as_micros()),
        _ => None,
    });
    let millis = (took.unwrap() + 500) / 1_000;
    assert_eq!(
        logged(&run, "time-to-first-byte")[0],
        format!("{}.{:03}", millis / 1_000, millis % 1_000)
    );
}

#[test]
fn log_21_22_open_05_the_path_stands_as_the_viewer_sent_it() {
    let [one, two, three] = takes_app_off();
    let rewritten = walk(&[&one, &two, &three, "GET paris /app/page.html", "GET paris /"]);
    assert_eq!(said(&rewritten).iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 200]);
    assert_eq!(logged(&rewritten, "cs-uri-stem"), ["/app/page.html", "/"]);
}

#[test]
fn log_34_a_304_of_a_fresh_copy_is_a_hit() {
    let first = walk(&["GET paris /page.html"]);
    let tag = crate::shown(&first)[0].fields.get("ETag").unwrap().replace('"', "");
    assert!(!tag.is_empty());
    // Quotes part words here; a validator of time says the same.
    let modified = crate::shown(&first)[0].fields.get("Last-Modified").unwrap().to_owned();
    let run = walk(&[
        "GET paris /page.html",
        &format!(r#"GET paris /page.html "If-Modified-Since: {modified}""#),
    ]);
    assert_eq!(said(&run)[1].0, 304);
    assert_eq!(logged(&run, "x-edge-result-type")[1], "Hit");
}

#[test]
fn mtr_13_all_fields_in_their_order_places_and_times_in_their_shape() {
    let run = walk(&["GET paris /page.html"]);
    let own = OwnLog::of(&run, run.journal().len());
    let lines: Vec<&str> = own.files()[0].text.lines().collect();
    let reference = include_str!("../../docs/reference/security-logs-edge.md");
    let names =
        reference.lines().find(|line| line.starts_with("`date time x-edge-location")).unwrap();
    assert_eq!(lines[1], format!("#Fields: {}", names.trim_matches('`')));
    assert_eq!((names.split(' ').count(), lines[2].split('\t').count()), (33, 33));
    let place = &logged(&run, "x-edge-location")[0];
    let (code, rest) = place.split_at(3);
    assert!(code.bytes().all(|byte| byte.is_ascii_uppercase()), "{place}");
    assert!(rest.starts_with(|sign: char| sign.is_ascii_digit()), "{place}");
    for field in ["time-taken", "time-to-first-byte"] {
        let value = &logged(&run, field)[0];
        assert_eq!(value.split_once('.').unwrap().1.len(), 3, "{field} {value}");
    }
}

#[test]
fn log_89_qt_25_what_is_larger_than_50_gb_is_an_error_of_the_origins() {
    let ask = "GET paris /app/page.html";
    let fits = walk(&["resize /app/page.html 50000000000", ask]);
    let over = walk(&["resize /app/page.html 50000000001", ask]);
    assert_eq!((said(&fits)[0].0, said(&over)[0].0), (200, 502));
    assert_eq!(logged(&over, "x-edge-detailed-result-type"), ["OriginError"]);
}

#[test]
fn rtl_13_a_real_time_record_lists_fields_with_encoded_line_breaks() {
    let run = walk(&[r#"GET paris /page.html bare "X-A: one two" "X-B: 2""#]);
    let all =
        edgewalk::simulation::access_log::access_log(run.journal().events(), &run.walk().scenario);
    let line = |name: &str| real_time_line(&all[0].sample(), &[name]);
    assert_eq!(line("cs-header-names"), "Host%0AX-A%0AX-B");
    let expected = "Host:d111111abcdef8.cloudfront.net%0AX-A:one%20two%0AX-B:2";
    assert_eq!(line("cs-headers"), expected);
}

/// Fields 14, 23 and 29 of the only line.
fn classes(run: &Run) -> [String; 3] {
    ["x-edge-result-type", "x-edge-response-result-type", "x-edge-detailed-result-type"]
        .map(|field| logged(run, field)[0].clone())
}

#[test]
fn log_36_open_11_refusals_are_errors_and_a_country_is_named() {
    let geo = r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}"#;
    let acl = r#"set WebACLId "arn:aws:wafv2:us-east-1:123456789012:global/webacl/options/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333""#;
    let all = r#"set IPSet.Addresses ["0.0.0.0/1", "128.0.0.0/1"]"#;
    for (words, detail) in [
        (&[geo, "GET paris /page.html"][..], "ClientGeoBlocked"),
        (&[acl, all, "GET paris /page.html"], "Error"),
        (&["GET paris /images/image.jpg"], "Error"),
        (&["POST paris /page.html"], "InvalidRequestMethod"),
    ] {
        let run = walk(words);
        assert_eq!(
            (said(&run)[0].0, classes(&run)),
            (403, ["Error", "Error", detail].map(String::from))
        );
    }
}

#[test]
fn open_10_what_is_too_long_is_not_logged_and_what_is_not_is() {
    let run = walk(&[
        &format!("GET paris /{}", "a".repeat(8_192)),
        &format!(r#"GET paris /page.html "X-Long: {}""#, "x".repeat(32_768)),
        &format!(r#"GET paris /page.html "X-Long: {}""#, "x".repeat(25_000)),
    ]);
    let statuses: Vec<u16> = said(&run).iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [414, 494, 200]);
    assert_eq!(logged(&run, "sc-status"), ["200"], "the older limit of 20 KB is gone");
}
