//! The page of the logs: this walk's own log up to the playhead, and the way from a line back into the walk.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::{Edit as _, get, run_crowded_walk, run_walk, send, wait};
use edgewalk::distribution::{Configuration, Draft, Logging, Side};
use edgewalk::edge::access_log::{AccessLog, Percent, real_time_fields};
use edgewalk::http::Method;
use edgewalk::json::Json;
use edgewalk::scene::console::{Item, Setting};
use edgewalk::scene::logs::{OwnLog, RealTime, Row, Sampling, samplings};
use edgewalk::scene::{Hop, Steps};
use edgewalk::simulation::access_log::access_log;
use edgewalk::simulation::cost::Usage;
use edgewalk::simulation::{Action, Run, Scenario, What, built_in_scenario};

fn own(run: &Run) -> OwnLog {
    OwnLog::of(run, run.journal().len())
}

fn rows(log: &AccessLog) -> Vec<Row> {
    (0..log.len()).map(|line| Row::of(&log.record(line).unwrap())).collect()
}

/// Another configuration, made of the built-in one.
fn configure(change: impl FnOnce(&mut Scenario)) -> Action {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    Action::Configure(scenario.configuration)
}

#[test]
fn log_16_the_log_grows_with_the_playhead_by_a_line_for_each_answer() {
    let mut lines = 0;
    for run in [run_walk(5), run_walk(6), run_crowded_walk(5)] {
        let events = run.journal().events();
        let whole = own(&run);
        assert!(whole.log().problems().is_empty());
        for playhead in (0..=events.len()).step_by(7) {
            let shown = events[..playhead].iter();
            let shown = shown.filter(|event| matches!(event.what, What::Shown { .. })).count();
            let so_far = OwnLog::of(&run, playhead);
            assert!(so_far.log().len() <= shown, "some refusals are in no log (LOG-12, LOG-44)");
            let unlogged = access_log(&events[..playhead], &run.walk().scenario).len();
            assert_eq!(so_far.log().len(), unlogged);
            assert_eq!(rows(so_far.log())[..], rows(whole.log())[..so_far.log().len()]);
        }
        lines += whole.log().len();
    }
    assert!(lines > 10, "{lines}");
}

#[test]
fn a_line_leads_to_the_first_step_of_its_exchange() {
    for run in [run_walk(1), run_walk(9), run_crowded_walk(2)] {
        let (own, steps) = (own(&run), Steps::of(run.journal()));
        for (line, row) in rows(own.log()).iter().enumerate() {
            let playhead = own.playhead_of(line, &run, &steps).unwrap();
            let step = steps.all().iter().find(|step| step.end == playhead).unwrap();
            assert_eq!(step.hop, Hop::Url);
            // Together with others it may stand in one step.
            let composed = &run.journal().events()[step.start..step.end];
            let is_of_row = composed.iter().any(|event| match &event.what {
                What::Composed { request, .. } => {
                    request.method.as_str() == row.method && row.path.starts_with('/')
                }
                _ => false,
            });
            assert!(is_of_row, "{row:?}");
        }
        assert_eq!(own.playhead_of(own.log().len(), &run, &steps), None);
    }
}

#[test]
fn lg_01_im_08_what_is_answered_while_logging_is_off_is_in_no_log() {
    let off = || configure(|scenario| scenario.edited().logging = None);
    let run = common::run([
        get("paris", "/index.html"),
        off(),
        get("paris", "/app.js"),
        get("paris", "/style.css"),
        configure(|_| {}),
        get("paris", "/index.html"),
    ]);
    let own = own(&run);
    let paths: Vec<_> = rows(own.log()).into_iter().map(|row| row.path).collect();
    assert_eq!((paths, own.unlogged()), (vec!["/index.html".to_owned(); 2], 2));
    let (line, steps) = (1, Steps::of(run.journal()));
    let begun = own.playhead_of(line, &run, &steps).unwrap();
    assert!(OwnLog::of(&run, begun).log().len() == 1, "the second line is of the last request");
}

#[test]
fn log_05_09_84_a_file_for_each_hour_and_each_place_that_it_goes_to() {
    let elsewhere = configure(|scenario| {
        let (bucket, prefix) = ("b.s3.amazonaws.com".into(), "two/".into());
        scenario.edited().logging = Some(Logging { bucket, prefix, has_cookies: true });
    });
    let run = common::run([
        get("paris", "/index.html"),
        send("tokyo", Method::Head, "/app.js"),
        wait(3_600),
        get("paris", "/index.html"),
        elsewhere,
        get("paris", "/index.html"),
    ]);
    let own = own(&run);
    let said: Vec<_> = own
        .files()
        .iter()
        .map(|file| {
            let parts: Vec<_> = file.key.split('.').collect();
            let start = file.key.split('/').next().unwrap();
            (start.to_owned(), parts[parts.len() - 3].to_owned(), file.text.lines().count() - 2)
        })
        .collect();
    let file = |start: &str, hour: &str, lines| (start.to_owned(), hour.to_owned(), lines);
    assert_eq!(
        said,
        [
            file("www.shop.example", "2026-01-01-00", 2),
            file("www.shop.example", "2026-01-01-01", 1),
            file("two", "2026-01-01-01", 1),
        ]
    );
    let all: usize = own.files().iter().map(|file| AccessLog::read(&file.text).len()).sum();
    assert_eq!(all, own.log().len(), "each line is in one file");
}

const ARN: &str = "arn:aws:cloudfront::123456789012:realtime-log-config/orders";

/// A configuration of the real-time log, as the AWS CLI prints it.
fn real_time_config(rate: &str, fields: &str) -> Json {
    let ends = r#"[{"StreamType": "Kinesis", "KinesisStreamConfig": {"RoleARN": "arn:aws:iam::123456789012:role/logs",
        "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/logs"}}]"#;
    let text = format!(
        r#"{{"RealtimeLogConfig": {{"ARN": "{ARN}", "Name": "orders", "SamplingRate": {rate}, "EndPoints": {ends}, "Fields": {fields}}}}}"#
    );
    Json::parse(&text).unwrap()
}

/// The shop, in which `/api/*` alone names that configuration.
fn with_real_time_log(rate: u8) -> Scenario {
    let mut scenario = built_in_scenario();
    let mut draft = Draft::of(&scenario.configuration);
    let fields = r#"["sc-status", "timestamp", "cs-uri-stem", "cs-method"]"#;
    Item::given(&mut draft, &real_time_config(&rate.to_string(), fields)).unwrap().unwrap();
    Setting::RealTimeLog.enter(&mut draft, Item::Behavior(0), ARN).unwrap();
    let configuration = draft.check().unwrap();
    assert!(!configuration.kept().iter().any(|path| path.contains("RealtimeLog")));
    scenario.configuration = Configuration::restored(&configuration.stored()).unwrap().into();
    scenario
}

fn orders(rate: u8) -> Run {
    let mut run = Run::new(with_real_time_log(rate)).unwrap();
    for place in 0..60 {
        common::act(&mut run, get("paris", &format!("/api/orders?n={place}")));
        common::act(&mut run, get("paris", "/index.html"));
    }
    run
}

#[test]
fn cb_14_lg_07_rtl_03_05_the_behavior_that_names_a_real_time_log_has_records_in_it_and_no_other() {
    let run = orders(100);
    let all = samplings(&run.walk().scenario.configuration);
    let [sampling] = &all[..] else { panic!("{all:?}") };
    assert_eq!((sampling.name.as_str(), sampling.percent), ("orders", Percent::ALL));
    // RTL-05: in the order of the list, whatever order they were given in.
    assert_eq!(sampling.fields, ["timestamp", "sc-status", "cs-method", "cs-uri-stem"]);
    let log = RealTime::of(&run, run.journal().len(), sampling);
    assert_eq!((log.requests, log.records.len()), (60, 60));
    for (place, record) in log.records.iter().enumerate() {
        let values: Vec<_> = record.split('\t').collect();
        assert_eq!(values[1..], ["200", "GET", &format!("/api/orders?n={place}")], "RTL-10");
    }
    assert_eq!(log.text().lines().count(), 60);
    // Somebody's own choice is of every behavior, up to the playhead.
    let own = RealTime::of(&run, run.journal().len(), &Sampling::default());
    assert_eq!((own.requests, own.records.len()), (120, 120));
    assert_eq!(RealTime::of(&run, 0, &Sampling::default()), RealTime::default());
    // What stands beside and nobody names has no records.
    let draft = Draft::of(&run.walk().scenario.configuration);
    assert!(draft.at(&"DefaultCacheBehavior.RealtimeLogConfigArn".parse().unwrap()).is_none());
}

#[test]
fn im_19_a_real_time_log_that_is_only_named_is_kept_and_has_no_records() {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    Setting::RealTimeLog.enter(&mut draft, Item::Default, ARN).unwrap();
    let configuration = draft.check().unwrap();
    assert!(configuration.kept().contains(&"DefaultCacheBehavior.RealtimeLogConfigArn".to_owned()));
    assert_eq!(samplings(&configuration), []);
    assert_eq!(configuration.real_time_log_of(Side::Primary, "*"), Some(ARN));
    assert_eq!(configuration.real_time_log_of(Side::Primary, "/api/*"), None);
    Setting::RealTimeLog.enter(&mut draft, Item::Default, "").unwrap();
    assert!(!draft.is_edited(), "what is taken out again leaves nothing behind");
}

#[test]
fn rtl_02_12_so_many_in_a_hundred_are_sampled_and_the_same_ones_again() {
    let records = |rate: u8| {
        let run = orders(rate);
        let sampling = samplings(&run.walk().scenario.configuration).remove(0);
        let log = RealTime::of(&run, run.journal().len(), &sampling);
        assert_eq!(log.requests, 60);
        let billed = Usage::of(run.journal().events(), &run.walk().scenario).log_lines;
        assert_eq!(
            billed,
            log.records.len() as u64,
            "PRC-45: what is given is billed by its share"
        );
        log.records
    };
    let (few, half, most) = (records(10), records(50), records(90));
    assert_eq!(half, records(50), "by the walk's own ids");
    assert!(few.len() < half.len() && half.len() < most.len() && most.len() < 60);
    // A fair draw of 60 at a half lies within 3.5 standard deviations of 30, which are 3.5 * 3.87.
    assert!((17..=43).contains(&half.len()), "{}", half.len());
    assert!(
        few.iter().all(|record| half.contains(record)),
        "a higher rate takes more, and no others"
    );
}

#[test]
fn rtl_04_all_71_fields_can_be_chosen_at_once_and_one_by_one() {
    let run = common::run([get("paris", "/index.html")]);
    let mut sampling = Sampling::default();
    sampling.fields.clear();
    let names: Vec<_> = real_time_fields().map(|field| field.name).collect();
    names.iter().rev().for_each(|name| sampling.choose(name, true));
    assert_eq!(sampling.fields, names, "RTL-05");
    let log = RealTime::of(&run, run.journal().len(), &sampling);
    assert_eq!(log.records[0].split('\t').count(), 71);
    sampling.choose("timestamp", false);
    assert_eq!(sampling.fields, names[1..]);
    // What is not simulated is a hyphen.
    let values: Vec<_> = log.records[0].split('\t').map(str::to_owned).collect();
    for (field, value) in real_time_fields().zip(values) {
        assert!(field.is_simulated() || value == "-", "{}: {value}", field.name);
    }
}

#[test]
fn rtl_02_05_lg_07_what_is_no_configuration_of_a_real_time_log_is_refused_by_its_field() {
    let found = |rate: &str, fields: &str| {
        let mut draft = Draft::of(&built_in_scenario().configuration);
        let given = Item::given(&mut draft, &real_time_config(rate, fields)).unwrap();
        let errors = given.err().unwrap_or_default();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(found("1", r#"["asn"]"#), "");
    for rate in ["0", "101", "-1"] {
        let said = found(rate, r#"["asn"]"#);
        assert!(said.contains("SamplingRate") && said.contains("RTL-02"), "{rate}: {said}");
    }
    assert!(found("1.5", r#"["asn"]"#).contains("ER-03"));
    let said = found("1", r#"["asn", "cs-uri"]"#);
    assert!(
        said.contains("Fields[1]") && said.contains("\"cs-uri\"") && said.contains("RTL-05"),
        "{said}"
    );
    assert!(found("1", "[]").contains("RTL-05"));
}
