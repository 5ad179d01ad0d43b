//! The log that a walk writes, read by somebody else: `goaccess` (<https://goaccess.io>), as LOG-70 to LOG-73 say of the example.
//! Where it is not installed the tests say so and hold nothing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use common::{act, request, wait};
use edgewalk::edge::ResultType;
use edgewalk::http::Method;
use edgewalk::network::City;
use edgewalk::origin::Health;
use edgewalk::scene::logs::OwnLog;
use edgewalk::simulation::{Action, Run, What, built_in_scenario};
use serde_json::Value;

/// What `goaccess` says of a log with every status; none where there is none.
fn report(log: &Path) -> Option<Value> {
    let (code, report) = ran(log, &["--no-strict-status"])?;
    assert_eq!(code, Some(0));
    report
}

/// Its exit code, and its report if it wrote one; none where there is no `goaccess`.
fn ran(log: &Path, more: &[&str]) -> Option<(Option<i32>, Option<Value>)> {
    let report = log.with_extension("json");
    let _ = fs::remove_file(&report); // LOG-81: it may be an old one
    let mut goaccess = Command::new("goaccess");
    goaccess.arg(log).args(["--log-format=CLOUDFRONT", "--no-global-config"]).args(more);
    let code = match goaccess.arg("-o").arg(&report).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: goaccess is not on PATH (on Debian: apt-get install goaccess)");
            return None;
        }
        output => output.unwrap().status.code(),
    };
    let text = fs::read_to_string(report).unwrap_or_default();
    Some((code, serde_json::from_str(&text).ok()))
}

/// How many requests a panel has under a name.
fn hits(report: &Value, panel: &str, name: &str) -> u64 {
    let of = |value: &Value| -> Vec<Value> { value.as_array().cloned().unwrap_or_default() };
    let entries = of(&report[panel]["data"]).into_iter();
    let all = entries.flat_map(|entry| [vec![entry.clone()], of(&entry["items"])].concat());
    let is_named = |entry: &Value| {
        entry["data"]
            .as_str()
            .is_some_and(|data| data == name || data.starts_with(&format!("{name} ")))
    };
    all.filter(is_named).map(|entry| entry["hits"]["count"].as_u64().unwrap()).sum()
}

fn general(report: &Value) -> [u64; 4] {
    ["total_requests", "valid_requests", "failed_requests", "bandwidth"]
        .map(|name| report["general"][name].as_u64().unwrap())
}

/// A folder of this test's own.
fn place(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goaccess");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

#[test]
fn log_70_to_73_goaccess_reads_the_example_as_the_rows_say() {
    let log = place("example.log");
    fs::write(&log, include_str!("../docs/reference/examples/access.log")).unwrap();
    let Some(report) = report(&log) else { return };
    assert_eq!(general(&report), [12, 12, 0, 1_335_310], "LOG-70, LOG-71");
    let statuses = ["2xx", "3xx", "4xx", "5xx"].map(|class| hits(&report, "status_codes", class));
    assert_eq!(statuses, [6, 1, 2, 2], "LOG-72");
    let [hit, miss] = ["Hit", "Miss"].map(|word| hits(&report, "cache_status", word));
    assert_eq!((hit, miss), (2, 2), "LOG-73");
}

/// The sum of a panel.
fn all_hits(report: &Value, panel: &str) -> u64 {
    let entries = report[panel]["data"].as_array().cloned().unwrap_or_default();
    entries.iter().map(|entry| entry["hits"]["count"].as_u64().unwrap()).sum()
}

#[test]
fn log_74_to_77_what_goaccess_counts_of_the_example_by_its_own_rules() {
    let log = place("panels.log");
    fs::write(&log, include_str!("../docs/reference/examples/access.log")).unwrap();
    let Some((code, report)) = ran(&log, &[]) else { return };
    let report = report.unwrap();
    assert_eq!((code, general(&report)), (Some(0), [12, 11, 1, 1_335_310]), "LOG-70");
    let tls = |report: &Value| ["TLSv1.3", "TLSv1.2"].map(|name| hits(report, "tls_type", name));
    assert_eq!(tls(&report), [7, 3], "LOG-74");
    assert_eq!(tls(&ran(&log, &["--no-strict-status"]).unwrap().1.unwrap()), [8, 3], "LOG-74");
    let names = report["vhosts"]["data"].as_array().unwrap();
    assert_eq!(names.len(), 1, "LOG-75");
    assert_eq!(hits(&report, "vhosts", "d111111abcdef8.cloudfront.net"), 11, "LOG-75");
    let hosts = report["hosts"]["data"].as_array().unwrap().len();
    assert_eq!((hosts, report["general"]["unique_visitors"].as_u64()), (9, Some(7)), "LOG-76");
    let panels = ["requests", "static_requests", "not_found"];
    assert_eq!(panels.map(|panel| all_hits(&report, panel)), [7, 3, 1], "LOG-77");
    assert_eq!(hits(&report, "requests", "/account/home?-"), 1, "LOG-77");
}

#[test]
fn log_79_80_81_what_goaccess_checks_of_a_line_and_what_it_does_not() {
    let log = place("lines.log");
    let example = include_str!("../docs/reference/examples/access.log");
    let lines: Vec<&str> = example.lines().collect();
    let with = |field: usize, value: &str| {
        let mut fields: Vec<&str> = lines[2].split('\t').collect();
        fields[field - 1] = value;
        fields.join("\t")
    };
    // How many of two lines it refuses, the first of which is good.
    let refused = |line: &str| {
        fs::write(&log, format!("{}\n{}\n{line}\n", lines[..2].join("\n"), lines[3])).unwrap();
        Some(general(&ran(&log, &[])?.1.unwrap())[2])
    };
    let Some(of_good) = refused(lines[2]) else { return };
    assert_eq!(of_good, 0);
    assert_eq!(refused(&lines[2].replace('\t', " ")), Some(1), "LOG-79: blanks");
    for (field, value) in
        [(1, "yesterday"), (5, "nowhere"), (6, "FETCH"), (9, "099"), (9, "600"), (24, "HTTP/0.9")]
    {
        assert_eq!(refused(&with(field, value)), Some(1), "LOG-79: field {field}, {value}");
    }
    for field in [3, 13, 15, 16, 17, 18, 20, 23, 25, 26, 27, 28, 29, 30, 31, 32, 33] {
        assert_eq!(refused(&with(field, "?!")), Some(0), "LOG-80: field {field}");
    }
    assert_eq!(refused(&format!("{}\tmore", lines[2])), Some(0), "LOG-80: a column more");
    // LOG-81: nothing but refused lines.
    fs::write(&log, format!("{}\n{}\n", lines[..2].join("\n"), with(6, "FETCH"))).unwrap();
    let (code, report) = ran(&log, &[]).unwrap();
    assert_eq!((code, report), (Some(1), None), "LOG-81");
}

/// Ten thousand requests: from several cities, with expiries, evictions, methods that are passed on and an origin that fails.
fn long_run() -> Run {
    const CITIES: [&str; 5] = ["paris", "tokyo", "lagos", "new-york", "sydney"];
    const PATHS: [&str; 9] = [
        "/index.html",
        "/img/hero.jpg",
        "/app.js",
        "/nowhere.html",
        "/style.css?v=1&w=%20",
        "/img/sale.jpg",
        "/prices.json",
        "/a~b[1].html?q='%7C",
        "/img/map.png",
    ];
    let mut run = Run::new(built_in_scenario()).unwrap();
    let of = |count: usize| {
        let city = City::find(CITIES[count * 3 % CITIES.len()]).unwrap();
        let path = PATHS[(count * 7 + count / 11) % PATHS.len()];
        let asked = match count % 25 {
            7 => request(Method::Post, "/api/cart"),
            13 => request(Method::Head, path),
            19 => request(Method::Delete, "/index.html"),
            _ => request(Method::Get, path),
        };
        (city, asked.into())
    };
    // Two at once, since a walk has at most ten thousand actions.
    for count in (0..10_000).step_by(2) {
        act(&mut run, Action::SendTogether { requests: vec![of(count), of(count + 1)] });
        if count % 500 == 250 {
            let health = if count % 1_000 == 250 { Health::Refuses } else { Health::Up };
            act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health });
            act(&mut run, wait(40_000));
        }
    }
    run
}

#[test]
fn log_70_to_73_goaccess_finds_in_ten_thousand_lines_what_the_engine_counted() {
    let run = long_run();
    let own = OwnLog::of(&run, run.journal().len());
    let mut shown: Vec<(u16, ResultType)> = Vec::new();
    for event in run.journal().events() {
        if let What::Shown { response, result, .. } = &event.what {
            shown.push((response.status.0, *result));
        }
    }
    assert_eq!((shown.len(), own.log().len()), (10_000, 10_000));
    let log = place("walk.log");
    let texts = own.files().iter().map(|file| file.text.as_str());
    fs::write(&log, texts.collect::<String>()).unwrap();
    let Some(report) = report(&log) else { return };
    let bytes = own.log().tally().all().bytes;
    assert_eq!(general(&report), [10_000, 10_000, 0, bytes], "no line fails");
    let count =
        |is: &dyn Fn(&(u16, ResultType)) -> bool| shown.iter().filter(|of| is(of)).count() as u64;
    for (word, result) in [("Hit", ResultType::Hit), ("Miss", ResultType::Miss)] {
        let engine = count(&|(_, of)| *of == result);
        assert!(engine > 400, "{word}: {engine}");
        assert_eq!(hits(&report, "cache_status", word), engine, "{word}");
    }
    let mut codes: Vec<u16> = shown.iter().map(|(status, _)| *status).collect();
    codes.sort_unstable();
    codes.dedup();
    assert!(codes.len() >= 4, "{codes:?}");
    for code in codes {
        let engine = count(&|(status, _)| *status == code);
        assert_eq!(hits(&report, "status_codes", &code.to_string()), engine, "{code}");
    }
}
