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

/// What `goaccess` says of a log; none where there is none.
fn report(log: &Path) -> Option<Value> {
    let report = log.with_extension("json");
    let _ = fs::remove_file(&report); // LOG-81: it may be an old one
    let mut goaccess = Command::new("goaccess");
    goaccess.arg(log).args(["--log-format=CLOUDFRONT", "--no-strict-status", "--no-global-config"]);
    match goaccess.arg("-o").arg(&report).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: goaccess is not on PATH (on Debian: apt-get install goaccess)");
            return None;
        }
        output => assert!(output.unwrap().status.success()),
    }
    Some(serde_json::from_str(&fs::read_to_string(report).unwrap()).unwrap())
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
