//! The access log of a walk, held against the rows LOG-01 to LOG-90 and against the journal's own instants.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Edit as _, ask, get, request, request_with, run_crowded_walk, run_walk, send, wait};
use edgewalk::distribution::{
    AllowedMethods, ErrorPage, ErrorResponse, Logging, OriginGroup, ViewerProtocolPolicy,
};
use edgewalk::edge::access_log::{
    AccessLog, Detail, Detailed, FIELDS, Outcome, Percent, Record, files, real_time_line, text,
};
use edgewalk::edge::{Contact, Decision, Ending, Refusal, ResultType, own_page};
use edgewalk::http::{Method, Request, Scheme, Version};
use edgewalk::network::{City, Rec, Region};
use edgewalk::origin::Health;
use edgewalk::simulation::access_log::{Logged, NotWalked, Untold, access_log, walked};
use edgewalk::simulation::{
    Action, Event, Place, Run, Scenario, Settings, What, built_in_scenario,
};

/// The log of a run so far.
fn log(run: &Run) -> Vec<Logged<'_>> {
    access_log(run.journal().events(), &run.walk().scenario)
}

/// A run of a scenario through these actions.
fn run_of(scenario: Scenario, actions: impl IntoIterator<Item = Action>) -> Run {
    let mut run = Run::new(scenario).unwrap();
    for action in actions {
        run.act(action, run.journal().len()).unwrap();
    }
    run
}

fn run(actions: impl IntoIterator<Item = Action>) -> Run {
    run_of(built_in_scenario(), actions)
}

/// The values of fields by their numbers in section 1.2, with blanks between.
fn values(record: &Record<'_>, numbers: &[usize]) -> String {
    let values: Vec<_> = numbers.iter().map(|number| FIELDS[number - 1].of(record)).collect();
    values.join(" ")
}

/// Status, and fields 14, 23 and 29, of each record.
fn outcomes(run: &Run) -> Vec<String> {
    log(run).iter().map(|logged| values(&logged.record, &[9, 14, 23, 29])).collect()
}

fn down(origin: &str, health: Health) -> Action {
    Action::SetHealth { origin_id: origin.into(), health }
}

/// The events of the exchange of a record.
fn events<'r>(run: &'r Run, logged: &Logged<'_>) -> Vec<&'r Event> {
    run.journal().of_exchange(logged.exchange).map(|(_, event)| event).collect()
}

#[test]
fn log_16_f01_to_f33_a_miss_and_a_hit() {
    let agent = "Accept: */*\nUser-Agent: Class/1.0 (room 7)\nReferer: https://a.example/\u{e9}\nCookie: a=1";
    let asked = || ask("frankfurt", request_with(Method::Get, "/index.html?x=%20", agent));
    let run = run([asked(), asked()]);
    let logged = log(&run);
    assert_eq!(logged.len(), 2);
    let city = City::find("frankfurt").unwrap();
    for (logged, word) in logged.iter().zip(["Miss", "Hit"]) {
        let record = &logged.record;
        let words = format!("{word} {word} {word}");
        assert_eq!(values(record, &[14, 23, 29]), words, "LOG-F14, LOG-F23, LOG-F29");
        assert_eq!(values(record, &[1, 2]), "2026-01-01 00:00:00", "the epoch");
        let address = format!("{} 49152", city.ipv4());
        assert_eq!(values(record, &[5, 27]), address, "LOG-83, LOG-F05");
        let asked = "GET d111111abcdef8.cloudfront.net /index.html";
        assert_eq!(values(record, &[6, 7, 8]), asked, "LOG-F06, LOG-F07, LOG-F08: no query");
        let fields = "https://a.example/%C3%A9 Class/1.0%20(room%207)";
        assert_eq!(values(record, &[10, 11]), fields, "LOG-F10, LOG-F11");
        let query = "x=%2520 -";
        assert_eq!(values(record, &[12, 13]), query, "LOG-26, LOG-F12; cookies are not logged");
        assert_eq!(values(record, &[16, 17, 24]), "d111111abcdef8.cloudfront.net https HTTP/2.0");
        assert_eq!(values(record, &[20, 21, 22]), "- TLSv1.3 TLS_AES_128_GCM_SHA256");
        assert_eq!(
            values(record, &[25, 26, 32, 33]),
            "- - - -",
            "LOG-F25, LOG-F26: no form fields"
        );
        assert!(FIELDS[2].of(record).starts_with("FRA"), "LOG-F03");
        let events = events(&run, logged);
        let (shown_at, response, head_at) = events
            .iter()
            .find_map(|event| match &event.what {
                What::Shown { response, head_at, .. } => Some((event.at, response, *head_at)),
                _ => None,
            })
            .unwrap();
        let (sent_at, sent, round_trip) = events
            .iter()
            .find_map(|event| match &event.what {
                What::Sent { request, round_trip, .. } => Some((event.at, request, *round_trip)),
                _ => None,
            })
            .unwrap();
        let fields = &response.fields;
        assert_eq!(FIELDS[14].of(record), fields.get("X-Amz-Cf-Id").unwrap(), "LOG-F15");
        assert_eq!(FIELDS[14].of(record).len(), 56, "LOG-F15");
        let kind = fields.get("Content-Type").unwrap().replace(' ', "%20");
        assert_eq!(FIELDS[29].of(record), kind, "LOG-F30");
        assert_eq!(FIELDS[30].of(record), fields.get("Content-Length").unwrap());
        let size = |fields: &edgewalk::http::Fields| {
            fields.iter().map(|field| field.name().len() + field.value().len() + 4).sum::<usize>()
        };
        assert_eq!(
            record.bytes_down,
            size(fields) as u64 + response.body.length,
            "LOG-86, LOG-F04"
        );
        assert_eq!(record.bytes_up, Some(size(&sent.fields) as u64), "LOG-86");
        // LOG-19: from the POP's own instants. The request has no content, so it is there after half a round trip.
        let at_pop = sent_at + round_trip / 2;
        let left_at = events
            .iter()
            .find_map(|event| match &event.what {
                What::Decided(Decision::Answered { head_at, .. }) => {
                    matches!(event.place, Place::Pop(_)).then_some(*head_at)
                }
                _ => None,
            })
            .unwrap();
        assert_eq!(record.first_byte, Some(left_at - at_pop), "LOG-F28");
        let last_left = shown_at.since(at_pop + round_trip / 2);
        let off = record.taken.unwrap().abs_diff(last_left);
        assert!(
            off <= Duration::from_micros(1),
            "LOG-F19: half a round trip may end in half a microsecond"
        );
        assert!(left_at <= head_at);
    }
    let [miss, hit] = [&logged[0].record, &logged[1].record];
    assert!(hit.first_byte.unwrap() < miss.first_byte.unwrap());
    assert_eq!(hit.first_byte, Some(Duration::ZERO), "a look-up costs no time");
    assert_ne!(miss.request_id, hit.request_id);
}

#[test]
fn log_f01_f02_a_record_is_dated_by_the_end_of_its_answer_at_the_edge() {
    // Each request takes less than a second, and 5 s more at the origin: begun at 59:57, it ends at 00:02.
    let slow = down("shop-media", Health::Slow { secs: 5 });
    let day = 86_400 - 3_600 - 6; // the first one ends 5 s after it began, and some milliseconds
    let run = run([
        slow,
        wait(3_597),
        get("sydney", "/index.html"),
        wait(day),
        get("sydney", "/offers.html"),
    ]);
    let dates: Vec<_> = log(&run).iter().map(|logged| values(&logged.record, &[1, 2])).collect();
    assert_eq!(dates, ["2026-01-01 01:00:02", "2026-01-02 00:00:02"]);
}

#[test]
fn log_r2_33_35_d01_refreshes_the_regional_cache_the_shield_and_stale_answers() {
    let run1 = run([
        get("frankfurt", "/feed.xml"),
        wait(31),
        get("frankfurt", "/feed.xml"),
        wait(31),
        down("shop-media", Health::Failing(edgewalk::http::Status(503))),
        get("frankfurt", "/feed.xml"),
        get("frankfurt", "/feed.xml"),
    ]);
    assert_eq!(
        outcomes(&run1),
        [
            "200 Miss Miss Miss",
            "200 RefreshHit RefreshHit RefreshHit",
            "200 RefreshHit RefreshHit RefreshHit", // LOG-35, STALE-14
            "200 Hit Hit Hit",                      // LOG-35
        ]
    );
    // Berlin and Frankfurt have edge locations of their own before one regional cache.
    let run2 = run([get("frankfurt", "/index.html"), get("berlin", "/index.html")]);
    assert_eq!(outcomes(&run2)[1], "200 Hit Hit Hit", "LOG-33");
    assert!(matches!(log_answered_by(&run2)[1], Place::Rec(_)));
    // A Shield in Frankfurt, far from the origin: Tokyo's viewers fill it, Sydney's find it there, Frankfurt's own regional
    // cache it is.
    let shield = Action::SetShield {
        origin_id: "shop-media".into(),
        region: Some(Region::find("eu-central-1").unwrap()),
    };
    let ask = |city| get(city, "/index.html");
    let run3 = run([shield, ask("tokyo"), ask("sydney"), ask("frankfurt")]);
    assert_eq!(outcomes(&run3)[1], "200 Hit Hit OriginShieldHit", "LOG-D01, SHD-07");
    assert_eq!(outcomes(&run3)[2], "200 Hit Hit Hit", "LOG-D01, MYTH-09");
    let frankfurt = Place::Rec(Rec::find("eu-central-1").unwrap());
    assert_eq!(log_answered_by(&run3)[1..], [frankfurt; 2]);
}

fn log_answered_by(run: &Run) -> Vec<Place> {
    let shown = run.journal().events().iter().filter_map(|event| match &event.what {
        What::Shown { answered_by, .. } => Some(*answered_by),
        _ => None,
    });
    shown.collect()
}

#[test]
fn log_31_of_requests_that_are_joined_the_first_is_a_miss_and_the_others_hits() {
    let city = City::find("paris").unwrap();
    let requests = vec![(city, request(Method::Get, "/index.html").into()); 3];
    let mut outcomes = outcomes(&run([Action::SendTogether { requests }]));
    outcomes.sort();
    assert_eq!(outcomes, ["200 Hit Hit Hit", "200 Hit Hit Hit", "200 Miss Miss Miss"]);
}

#[test]
fn log_12_13_42_44_lg_08_what_is_refused() {
    let large = |bytes: usize| format!("X-Large: {}", "x".repeat(bytes));
    let post =
        |length: u64, to: &str| Request { content_length: length, ..request(Method::Post, to) };
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].allowed_methods = AllowedMethods::GetHead;
    let run = run_of(
        scenario,
        [
            ask("paris", request(Method::Get, &format!("/{}", "a".repeat(8_192)))), // 414
            ask("paris", request_with(Method::Get, "/", &large(33_000))),           // 494
            ask("paris", post(64_000_000_001, "/api/cart")),
            send("paris", Method::Delete, "/index.html"),
            ask("paris", Request { content_length: 5, ..request(Method::Get, "/index.html") }),
            ask("paris", request_with(Method::Get, "/", "Content-Length: 1, 2")),
        ],
    );
    assert_eq!(log_answered_by(&run).len(), 6, "all were answered");
    assert_eq!(
        outcomes(&run),
        [
            "413 Error Error Error",                // LOG-13, LOG-88
            "403 Error Error InvalidRequestMethod", // LOG-42
            "403 Error Error Error",                // LOG-36, LOG-88
            "400 Error Error InvalidRequestHeader", // LIM-13, LOG-D12
        ],
        "LOG-12, LIM-04: neither the 414 nor the 494; LOG-13, LOG-88: all the others"
    );
    assert_eq!(
        log(&run)[0].record.bytes_up.unwrap() / 1_000_000,
        64_000,
        "LOG-F18: content and all"
    );
}

#[test]
fn log_51_f21_f22_a_redirect_to_https() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
    let plain = |method, to| Request {
        scheme: Scheme::Http,
        version: Version::Http11,
        ..request(method, to)
    };
    let run = run_of(
        scenario,
        [ask("paris", plain(Method::Get, "/")), ask("paris", plain(Method::Get, "/api/cart"))],
    );
    assert_eq!(outcomes(&run)[0], "301 Redirect Redirect Redirect");
    let logged = log(&run);
    assert_eq!(
        values(&logged[0].record, &[8, 17, 21, 22, 24, 31]),
        "/ http - - HTTP/1.1 167",
        "LOG-21, CFE-01"
    );
    assert_eq!(values(&logged[1].record, &[14, 17, 21]), "Miss http -");
}

#[test]
fn log_32_45_to_48_origins_that_fail() {
    use Health::{BadCertificate, Failing, NameUnresolved, Refuses, Silent, Unreachable};
    for (health, expected) in [
        (NameUnresolved, "502 Error Error OriginDnsError"), // LOG-45
        (Refuses, "502 Error Error OriginConnectError"),    // LOG-46
        (BadCertificate, "502 Error Error OriginConnectError"), // LOG-46
        (Unreachable, "504 Error Error OriginCommError"),   // LOG-47
        (Silent, "504 Error Error OriginCommError"),        // LOG-47
        (Failing(edgewalk::http::Status(500)), "500 Error Error Error"), // LOG-48
    ] {
        let broken = run([
            down("shop-media", health),
            get("paris", "/index.html"),
            get("paris", "/index.html"),
        ]);
        let outcomes = outcomes(&broken);
        assert_eq!(outcomes[0], expected, "{health:?}");
        let status = &expected[..3];
        assert_eq!(
            outcomes[1],
            format!("{status} Error Error Error"),
            "LOG-32: from the error cache"
        );
        assert_eq!(log(&broken)[1].record.first_byte, Some(Duration::ZERO));
    }
    let missing = run([get("paris", "/nowhere.html"), get("paris", "/nowhere.html")]);
    assert_eq!(outcomes(&missing), ["404 Error Error Error"; 2], "LOG-48, LOG-32");
}

#[test]
fn ce_03_log_45_48_an_error_with_a_page_and_the_second_origin_of_a_group() {
    // The page stands at the other origin, whose answer says nothing of why the first one failed.
    let mut scenario = built_in_scenario();
    let page = ErrorPage { path: "/api/cart".into(), status: 503 };
    scenario.edited().error_responses =
        vec![ErrorResponse { status: 502, page: Some(page), min_ttl_secs: 10 }];
    let broken = down("shop-media", Health::NameUnresolved);
    let paged = run_of(scenario, [broken.clone(), get("paris", "/index.html")]);
    assert_eq!(outcomes(&paged), ["503 Error Error OriginDnsError"], "CE-03");
    // The second origin has answered, so the first one's failure is not why the viewer got a 404.
    let mut scenario = built_in_scenario();
    let members = ["shop-media".to_owned(), "shop-api".to_owned()];
    let group = OriginGroup { id: "both".into(), members, failover_statuses: vec![503] };
    scenario.edited().origin_groups = vec![group];
    scenario.edited().behaviors[1].origin_id = "both".into();
    let grouped = run_of(scenario, [broken, get("paris", "/nowhere.html")]);
    assert_eq!(outcomes(&grouped), ["404 Error Error Error"], "LOG-48, FO-03");
}

#[test]
fn log_30_87_an_answer_that_the_origin_breaks_off() {
    let run = run([down("shop-media", Health::BreaksOff), get("paris", "/img/hero.jpg")]);
    assert_eq!(outcomes(&run), ["200 Error Error AbortedOrigin"]);
    let logged = log(&run);
    let record = &logged[0].record;
    let told = record.content_length.unwrap();
    assert!(record.bytes_down < told && record.bytes_down > told / 2, "half of the content came");
    let fields = edgewalk::scene::logs::entry(record);
    let meanings = [14, 23].map(|number: usize| fields[number - 1].meaning.map(|(_, row)| row));
    assert_eq!(meanings, [Some("LOG-87"); 2], "the explanation of the line");
}

#[test]
fn log_f32_f33_a_part_has_its_first_and_its_last_byte() {
    let part = |range: &str| {
        ask("paris", request_with(Method::Get, "/img/hero.jpg", &format!("Range: bytes={range}")))
    };
    let run = run([
        part("100-299"),
        part("0-9,50-59"),
        part("9999999999-"),
        get("paris", "/img/hero.jpg"),
    ]);
    let parts: Vec<_> =
        log(&run).iter().map(|logged| values(&logged.record, &[9, 32, 33])).collect();
    assert_eq!(parts, ["206 100 299", "206 - -", "416 - -", "200 - -"]);
    assert_eq!(FIELDS[30].of(&log(&run)[0].record), "200");
}

#[test]
fn log_f13_lg_04_cookies_are_logged_where_the_distribution_says_so() {
    let cookies = "Cookie: session=8f3a\nCookie: theme=dark; b=~";
    for (has_cookies, expected) in [(false, "-"), (true, "session=8f3a;%20theme=dark;%20b=%7E")] {
        let mut scenario = built_in_scenario();
        let (bucket, prefix) = ("logs.s3.amazonaws.com".into(), String::new());
        scenario.edited().logging = Some(Logging { bucket, prefix, has_cookies });
        let run = run_of(
            scenario,
            [ask("paris", request_with(Method::Get, "/index.html", cookies)), get("paris", "/")],
        );
        let logged = log(&run);
        assert_eq!(FIELDS[12].of(&logged[0].record), expected);
        assert_eq!(FIELDS[12].of(&logged[1].record), "-", "no cookie was sent");
    }
}

#[test]
fn im_08_log_f07_f13_lg_01_a_record_goes_by_the_configuration_that_was_in_force() {
    let asked = || {
        ask("paris", request_with(Method::Get, "/index.html", "User-Agent: x\nCookie: a=1; b=2"))
    };
    let mut other = built_in_scenario();
    other.edited().domain = "d222222abcdef8.cloudfront.net".into();
    let (bucket, prefix) = ("other.s3.amazonaws.com".into(), "b/".into());
    other.edited().logging = Some(Logging { bucket, prefix, has_cookies: true });
    let mut silent = built_in_scenario();
    silent.edited().logging = None;
    let configure = |scenario: Scenario| Action::Configure(scenario.configuration);
    let run = run([asked(), configure(other), asked(), configure(silent), asked()]);
    let logged = log(&run);
    let said: Vec<_> = logged.iter().map(|logged| values(&logged.record, &[7, 13])).collect();
    assert_eq!(
        said,
        [
            "d111111abcdef8.cloudfront.net -",
            "d222222abcdef8.cloudfront.net a=1;%20b=2",
            "d111111abcdef8.cloudfront.net -",
        ]
    );
    let prefixes = logged.iter().map(|logged| logged.configuration.distribution().logging.as_ref());
    let prefixes: Vec<_> = prefixes.map(|to| to.map(|to| to.prefix.as_str())).collect();
    assert_eq!(prefixes, [Some("www.shop.example/"), Some("b/"), None]);
}

#[test]
fn log_f16_f20_the_viewers_host_and_what_proxies_say() {
    let fields = "Host: www.shop.example\nX-Forwarded-For: 203.0.113.45, 192.0.2.250";
    let run = run([ask("paris", request_with(Method::Head, "/index.html", fields))]);
    let logged = log(&run);
    let record = &logged[0].record;
    assert_eq!(values(record, &[6, 7, 16]), "HEAD d111111abcdef8.cloudfront.net www.shop.example");
    assert_eq!(values(record, &[20]), "203.0.113.45,%20192.0.2.250");
    assert_eq!(values(record, &[11]), "-");
}

/// Walks of every kind, those in which much fails among them.
fn walks() -> impl Iterator<Item = Run> {
    (0..40).map(run_walk).chain((0..10).map(run_crowded_walk)).chain((0..30).map(|seed| {
        use Health::{BreaksOff, Failing, NameUnresolved, Silent, Slow, Unreachable, Up};
        let health = [
            Up,
            Silent,
            Unreachable,
            NameUnresolved,
            BreaksOff,
            Slow { secs: 40 },
            Failing(edgewalk::http::Status(503)),
        ];
        let mut run = run_walk(seed);
        for (index, health) in health.iter().cycle().skip(seed as usize).take(9).enumerate() {
            let city = ["paris", "sydney", "boston"][(index + seed as usize) % 3];
            let path =
                ["/index.html", "/feed.xml", "/nowhere", "/api/cart", "/img/hero.jpg"][index % 5];
            for action in [
                down("shop-media", *health),
                down("shop-api", *health),
                get(city, path),
                wait(20),
                get("paris", path),
            ] {
                run.act(action, run.journal().len()).unwrap();
            }
        }
        run
    }))
}

#[test]
fn log_12_16_30_f09_f14_f28_every_walk_has_a_record_for_each_viewer_request() {
    let mut seen = Vec::new();
    for run in walks() {
        let logged = log(&run);
        let shown: Vec<_> = run
            .journal()
            .events()
            .iter()
            .enumerate()
            .filter(|(_, event)| matches!(event.what, What::Shown { .. }))
            .collect();
        let unlogged = run.journal().events().iter().filter(|event| {
            matches!(
                &event.what,
                What::Decided(Decision::Refused(
                    Refusal::UrlTooLong { .. }
                        | Refusal::HeadTooLarge { .. }
                        | Refusal::UnknownHost { .. }
                ))
            )
        });
        assert_eq!(logged.len() + unlogged.count(), shown.len(), "LOG-16");
        for logged in &logged {
            let event = &run.journal().events()[logged.shown_at];
            let What::Shown { response, contact, result, ending, .. } = &event.what else {
                panic!()
            };
            let record = &logged.record;
            assert_eq!(record.status, Some(response.status), "LOG-F09");
            assert_eq!(record.response_result.as_ref(), Some(&record.result), "LOG-30");
            let expected = if *ending == Ending::Broken { ResultType::Error } else { *result };
            assert_eq!(record.result, Outcome::Of(expected), "LOG-F14, MTR-11");
            assert!(record.first_byte <= record.taken, "LOG-F28");
            // What the page itself says of its cause, where it is CloudFront's own and not from a cache.
            let detail = record.detail.as_ref().unwrap();
            let failure =
                own_page::failure_of(response.body.version).filter(|_| *contact != Contact::None);
            if let Some(failure) = failure {
                let is_time_out = failure.status().0 == 504;
                assert_eq!(
                    is_time_out,
                    *detail == Detailed::Closer(Detail::OriginCommError),
                    "{failure:?}"
                );
                assert!(matches!(detail, Detailed::Closer(_)), "{failure:?}");
            } else if record.result != Outcome::Of(ResultType::Error)
                && *detail != Detailed::Closer(Detail::OriginShieldHit)
            {
                assert_eq!(detail.as_str(), record.result.as_str(), "section 1.5");
            }
            let word = detail.as_str().to_owned();
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        // What is written reads as the same (LOG-03, LOG-23), and the tally of both agrees.
        let records: Vec<_> = logged.into_iter().map(|logged| logged.record).collect();
        let text = text(&records);
        let read = AccessLog::read(&text);
        assert!(read.problems().is_empty(), "{:?}", read.problems());
        let again: Vec<_> = (0..read.len()).map(|index| read.record(index).unwrap()).collect();
        assert_eq!(edgewalk::edge::access_log::text(&again), text);
        let bytes: u64 = records.iter().map(|record| record.bytes_down).sum();
        assert_eq!(read.tally().all().bytes, bytes);
        let logging =
            Logging { bucket: "b.s3.amazonaws.com".into(), prefix: "p".into(), has_cookies: false };
        let files = files(&records, "d.cloudfront.net", &logging, 1);
        let lines: usize = files.iter().map(|file| file.text.lines().count() - 2).sum();
        assert_eq!(lines, records.len(), "LOG-05: each record is in one file");
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            "AbortedOrigin",
            "Error",
            "Hit",
            "Miss",
            "OriginCommError",
            "OriginDnsError",
            "RefreshHit"
        ],
        "the walks show all of these"
    );
}

#[test]
fn rtl_09_10_12_the_real_time_log_of_a_walk() {
    let run = run([ask(
        "frankfurt",
        request_with(Method::Get, "/index.html?a=1", "Host: www.shop.example\nAccept: */*"),
    )]);
    let logged = log(&run);
    let sample = logged[0].sample();
    let city = City::find("frankfurt").unwrap();
    let line = |chosen: &[&str]| real_time_line(&sample, chosen);
    assert_eq!(
        line(&["cs-host", "x-host-header"]),
        "www.shop.example\td111111abcdef8.cloudfront.net",
        "RTL-09"
    );
    assert_eq!(line(&["cs-uri-stem", "cs-uri-query"]), "/index.html?a=1\ta=1", "RTL-10");
    assert_eq!(
        line(&["c-country", "asn", "cache-behavior-path-pattern", "cs-headers-count"]),
        format!("DE\t*\t2\t{}", city.as_number())
    );
    let timestamp = line(&["timestamp"]);
    let (secs, millis) = timestamp.split_once('.').unwrap();
    assert_eq!(secs.parse(), Ok(logged[0].record.finished_unix));
    assert!(millis.len() == 3 && secs == "1767225600", "within the first second of the epoch");
    let id = FIELDS[14].of(&logged[0].record);
    assert!(Percent::ALL.takes(&id));
}

#[test]
fn a_playhead_in_the_middle_has_the_log_so_far() {
    let run = run_walk(3);
    let all = log(&run);
    for playhead in [0, 10, run.journal().len() / 2, run.journal().len()] {
        let so_far = access_log(run.journal().before(playhead), &run.walk().scenario);
        assert_eq!(so_far[..], all[..so_far.len()]);
        assert!(all.get(so_far.len()).is_none_or(|next| next.shown_at >= playhead));
    }
}

#[test]
fn a_line_of_a_walk_is_walked_as_it_was_sent() {
    let fields = "Host: www.shop.example\nUser-Agent: Class/1.0 (room 7)\nReferer: https://a.example/\nCookie: a=1; b=2\nX-Forwarded-For: 192.0.2.1";
    let mut scenario = built_in_scenario();
    scenario.edited().logging = Some(Logging {
        bucket: "b.s3.amazonaws.com".into(),
        prefix: String::new(),
        has_cookies: true,
    });
    let settings = Settings::of(&scenario);
    let other = City::find("tokyo").unwrap();
    for city in City::all() {
        let sent = request_with(Method::Get, "/a/~b's[1].png?q=%20|%25", fields);
        let run = run_of(scenario.clone(), [ask(city.slug(), sent.clone())]);
        let logged = log(&run);
        let walked = walked(&logged[0].record, &settings, other).unwrap();
        assert_eq!((walked.city, &walked.request), (city, &sent));
        assert_eq!(walked.untold, [Untold::OtherFields, Untold::Caches]);
    }
    let post = Request {
        content_length: 70,
        ..request_with(
            Method::Post,
            "/api/cart",
            "Host: www.shop.example\nUser-Agent: x\nCookie: a=1",
        )
    };
    let run = run_of(scenario, [ask("paris", post.clone())]);
    let walked = walked(&log(&run)[0].record, &settings, other).unwrap();
    assert_eq!(walked.request, post);
    assert!(walked.untold.contains(&Untold::Content));
}

#[test]
fn lines_of_other_distributions_are_walked_as_far_as_they_tell() {
    let example = AccessLog::read(include_str!("../docs/reference/examples/access.log"));
    let (settings, tokyo) = (Settings::of(&built_in_scenario()), City::find("tokyo").unwrap());
    let walk = |index: usize| walked(&example.record(index).unwrap(), &settings, tokyo).unwrap();
    for index in 0..example.len() {
        let walked = walk(index);
        assert!(walked.untold.contains(&Untold::Host), "www.example.com is no alias here");
        assert_eq!(walked.request.fields.get("Host"), Some("d111111abcdef8.cloudfront.net"));
        let run = run([Action::Send { city: walked.city, request: walked.request.into() }]);
        assert!(!log(&run).is_empty(), "it can be sent");
    }
    assert_eq!(walk(0).city, City::find("frankfurt").unwrap(), "FRA56-P4");
    assert_eq!(walk(4).request.fields.get("Range"), Some("bytes=0-1048575"));
    assert!(walk(4).untold.contains(&Untold::Range));
    assert_eq!(walk(6).request.target.path(), "/images/caf%C3%A9~1.png");
    assert!(walk(6).untold.contains(&Untold::RawBytes));
    assert_eq!(
        walk(10).request.target.query(),
        Some("q=red%20shoes&tags[]=a|b&off=50%25"),
        "LOG-26"
    );
    assert_eq!((walk(3).request.scheme, walk(3).request.version), (Scheme::Http, Version::Http11));
    let line = |columns: &str, line: &str| {
        let text = format!(
            "#Fields: date time sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type {columns}\n2026-01-01\t00:00:00\t1\t{line}"
        );
        let log = AccessLog::read(&text);
        walked(&log.record(0).unwrap(), &settings, tokyo)
    };
    let bare = line("x-edge-location", "GET\t/a\t200\tHit\tQQQ1").unwrap();
    assert_eq!((bare.city, bare.untold[0]), (tokyo, Untold::EdgeLocation));
    let message = |refused: Result<_, NotWalked>| refused.unwrap_err().to_string();
    assert!(message(line("c-port", "PROPFIND\t/a\t200\tHit\t1")).contains("not \"PROPFIND\""));
    assert!(message(line("c-port", "GET\ta\t200\tHit\t1")).contains("starts with a slash"));
    assert!(message(line("cs-protocol", "GET\t/a\t101\tMiss\twss")).contains("cs-protocol is wss"));
}
