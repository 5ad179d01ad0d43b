//! What is seen to move with each step of a walk.

use std::time::Duration;

use edgewalk::scene::{Motion, MotionKind, Step, Steps};
use edgewalk::simulation::Run;

use edgewalk::http::Method;

use crate::common::{get, invalidate, run, send, wait};

const HOP: Duration = Duration::from_millis(900);

/// The motion of each step that has this label.
fn motions(run: &Run, label: &str) -> Vec<Motion> {
    let journal = run.journal();
    let motion = |step: &Step| {
        let (seen, new) = journal.before(step.end).split_at(step.start);
        Motion::of(seen.last(), new)
    };
    let steps = Steps::of(journal);
    let of_label = steps.all().iter().filter(|step| step.label(journal) == label);
    of_label.map(motion).collect()
}

fn only(run: &Run, label: &str) -> Motion {
    let found = motions(run, label);
    assert_eq!(found.len(), 1, "{label}: {found:?}");
    found[0]
}

#[test]
fn a_cache_is_seen_to_look_after_the_request_has_come() {
    let run = run([get("paris", "/img/hero.jpg")]);
    let expected = [
        ("DNS", MotionKind::Resolve, 600),
        ("TCP", MotionKind::Tcp, 700),
        ("TLS", MotionKind::Tls, 700),
        ("Sent", MotionKind::Mark, 240),
        ("POP looks", MotionKind::Look, 900 + 420 + 240),
        ("REC looks", MotionKind::Look, 900 + 420 + 240),
        ("At origin", MotionKind::Travel, 900),
        ("REC keeps", MotionKind::Keep, 900 + 420),
        ("POP keeps", MotionKind::Keep, 900 + 420),
        ("Shown", MotionKind::Travel, 900),
    ];
    for (label, kind, millis) in expected {
        let motion = only(&run, label);
        assert_eq!(motion.kind, kind, "{label}");
        assert_eq!(motion.lasts(HOP), Duration::from_millis(millis), "{label}");
    }
    for label in ["POP looks", "REC looks", "REC keeps", "POP keeps"] {
        assert!(only(&run, label).arrives, "{label}: it comes from another place");
    }
}

#[test]
fn a_decision_within_a_step_has_nothing_that_arrives() {
    let run = run([get("paris", "/img/hero.jpg")]);
    let journal = run.journal();
    let steps = Steps::of(journal);
    let looks = steps.all().iter().find(|step| step.label(journal) == "POP looks").unwrap();
    assert!(looks.end - looks.start > 1, "several decisions");
    let kinds: Vec<_> = (looks.start..looks.end)
        .map(|at| Motion::of(journal.before(at).last(), &journal.before(at + 1)[at..]))
        .collect();
    assert!(kinds[0].arrives);
    assert!(kinds[1..].iter().all(|motion| !motion.arrives), "{kinds:?}");
    let look = kinds.iter().find(|motion| motion.kind == MotionKind::Look).unwrap();
    assert_eq!(look.lasts(HOP), Duration::from_millis(420 + 240), "no travel before it");
}

#[test]
fn what_is_not_looked_up_is_marked_and_what_is_done_between_requests_rests() {
    let run = run([send("paris", Method::Post, "/api/orders"), wait(60), invalidate("/img/*")]);
    assert_eq!(only(&run, "Skips REC").kind, MotionKind::Mark);
    assert_eq!(only(&run, "Skips REC").lasts(HOP), Duration::from_millis(900 + 240));
    for label in ["Wait", "Invalidate"] {
        let motion = only(&run, label);
        assert_eq!((motion.kind, motion.arrives), (MotionKind::Rest, false), "{label}");
    }
}

#[test]
fn the_sheets_move_things_for_as_long_as_the_scene_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    let tokens = std::fs::read_to_string(path).unwrap();
    let at_once = |kind| Motion { kind, arrives: false }.lasts(HOP).as_millis();
    let (mark, keep) = (at_once(MotionKind::Mark), at_once(MotionKind::Keep));
    assert_eq!(at_once(MotionKind::Look), mark + keep);
    let spans = [
        ("--d-mark", mark),
        ("--d-move", keep),
        ("--d-answer", at_once(MotionKind::Resolve)),
        ("--d-shake", at_once(MotionKind::Tcp)),
    ];
    for (token, millis) in spans {
        let declared = format!("{token}: calc({millis}ms / var(--pace, 1));");
        assert!(tokens.contains(&declared), "{declared}");
    }
}
