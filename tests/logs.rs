//! The page of the logs: this walk's own log up to the playhead, and the way from a line back into the walk.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::{Edit as _, get, run_crowded_walk, run_walk, send, wait};
use edgewalk::distribution::Logging;
use edgewalk::edge::access_log::AccessLog;
use edgewalk::http::Method;
use edgewalk::scene::logs::{OwnLog, Row};
use edgewalk::scene::{Hop, Steps};
use edgewalk::simulation::access_log::access_log;
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
