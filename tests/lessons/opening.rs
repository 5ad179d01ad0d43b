//! Opening a walk in the place of another, and having that back.

use edgewalk::scene::Steps;
use edgewalk::simulation::{FormError, Link, Run, StepAt, View, Walk, built_in_scenario};

use crate::common::{get, purge, run, wait};
use crate::{lesson, opened};

#[test]
fn undoing_brings_the_former_walk_back_with_its_playhead() {
    let mut run = run([get("paris", "/app.js"), wait(9), get("lagos", "/app.js")]);
    let (before, walk) = (run.journal().digest(), run.walk().clone());
    let post = lesson("post");
    run.open(&post.walk(), Some(post.clone()), 7, |_| Ok(1)).unwrap();
    assert_eq!(run.walk().actions.len(), 2);
    run.act(wait(5), run.journal().len()).unwrap();
    let after = run.journal().digest();

    assert!(run.undo());
    assert_eq!(
        run.resumes_at(),
        run.journal().len(),
        "an action that is taken back leaves the rest"
    );
    assert!(run.undo());
    assert_eq!((run.journal().digest(), run.walk()), (before.clone(), &walk));
    assert_eq!((run.resumes_at(), run.lesson().is_none()), (7, true));
    assert!(run.undo(), "and what was before it");
    assert_eq!(run.walk().actions.len(), 2);
    assert!(run.redo() && run.redo());
    assert_eq!((run.lesson(), run.resumes_at()), (Some(&post), 1), "ready to step");
    assert!(run.redo() && !run.redo());
    assert_eq!(run.journal().digest(), after);
}

#[test]
fn a_walk_that_the_world_does_not_take_leaves_everything_as_it_was() {
    let mut run = run([get("paris", "/app.js")]);
    let (before, revision) = (run.journal().digest(), run.revision());
    let link = Link { own: vec![wait(5), wait(0)], ..Link::default() };
    let refused = run.open(&link.walk(), None, 0, |_| Ok(1)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "action 2: a wait lasts from 1 second to 400 days, not 0 seconds"
    );
    assert_eq!((run.journal().digest(), run.revision()), (before, revision));
    let nowhere = |_: &edgewalk::simulation::Journal| Err(FormError::NoForm);
    let whole = Link { own: vec![wait(5)], ..Link::default() };
    assert_eq!(run.open(&whole.walk(), None, 0, nowhere), Err(FormError::NoForm));
    assert_eq!(
        (run.walk().actions.len(), run.can_redo()),
        (1, false),
        "nor does a place that is not there"
    );
    let mut walk = Walk::new(built_in_scenario());
    walk.actions = vec![
        edgewalk::simulation::TimedAction {
            at: edgewalk::time::SimTime::ZERO,
            action: wait(1)
        };
        10_001
    ];
    let refused = run.open(&walk, None, 0, |_| Ok(1)).unwrap_err();
    assert!(matches!(refused, FormError::TooManyActions { given: 10_001, .. }), "{refused}");
    walk.actions.pop();
    run.open(&walk, None, 0, |_| Ok(1)).unwrap();
    assert!(run.act(wait(1), run.journal().len()).is_err(), "it is full");
}

#[test]
fn a_link_says_where_the_playhead_stands_and_finds_it_again() {
    let run = opened("invalidation");
    let steps = Steps::of(run.journal());
    assert_eq!((steps.at(0), steps.at(1)), (None, None), "the first step goes without saying");
    for playhead in 1..=run.journal().len() {
        let at = steps.at(playhead);
        assert_eq!(steps.playhead_at(at), Ok(playhead), "{at:?}");
        let link = Link::of(&run, at, View::Walk).unwrap();
        assert_eq!(Link::read(&link.write()), Ok(link));
    }
    // DNS, then TCP: each a step of one event.
    assert_eq!(steps.at(2), Some(StepAt { step: 2, events: None }));
    assert_eq!(steps.playhead_at(None), Ok(1));
    let refused =
        |step, events| steps.playhead_at(Some(StepAt { step, events })).unwrap_err().to_string();
    let all = steps.all().len();
    assert_eq!(
        refused(all + 1, None),
        format!("there is no step {}: this walk has {all}", all + 1)
    );
    assert_eq!(refused(2, Some(2)), "step 2: 1 event is there to stand at, not 2");
    let empty = Run::new(built_in_scenario()).unwrap();
    assert_eq!(Steps::of(empty.journal()).playhead_at(None), Ok(0));
}

#[test]
fn what_was_done_beside_a_walk_is_all_that_its_link_writes_out() {
    let mut run = opened("second-visit");
    let written = |run: &Run, step| Link::of(run, step, View::Walk).unwrap().write();
    assert_eq!(written(&run, None), "walk=second-visit");
    assert_eq!(written(&run, Some(StepAt { step: 14, events: None })), "walk=second-visit&step=14");
    run.act(get_as_the_page("riyadh", "/app.js"), run.journal().len()).unwrap();
    assert_eq!(written(&run, None), "walk=second-visit&do=GET:riyadh:/app.js");
    let waits = Steps::of(run.journal())
        .all()
        .iter()
        .find(|step| step.label(run.journal()) == "Wait")
        .unwrap()
        .start;
    run.act(purge(&["/img/*"]), waits).unwrap();
    assert_eq!(written(&run, None), "walk=second-visit&keep=1&do=invalidate:/img/%2A");
    let again = Link::read("#walk=second-visit&keep=1&do=invalidate:/img/%2A").unwrap();
    let (lesson, taken) = again.lesson.clone().unwrap();
    assert_eq!((lesson.name.unwrap().text, taken), ("second-visit", 1));
    let mut other = Run::new(built_in_scenario()).unwrap();
    other.open(&again.walk(), Some(lesson), 0, |_| Ok(1)).unwrap();
    assert_eq!(other.journal().digest(), run.journal().digest());
}

fn get_as_the_page(city: &str, path: &str) -> edgewalk::simulation::Action {
    use edgewalk::simulation::form::CLASSROOM_FIELDS;
    crate::common::ask(
        city,
        crate::common::request_with(edgewalk::http::Method::Get, path, CLASSROOM_FIELDS),
    )
}

#[test]
fn an_ordinary_class_link_is_short() {
    // Ten actions of a lesson hour, each of another kind or city.
    let mut run = Run::new(built_in_scenario()).unwrap();
    let actions = [
        get_as_the_page("addis-ababa", "/img/products/tent-small.jpg"),
        get_as_the_page("johannesburg", "/img/products/tent-small.jpg"),
        wait(86_400),
        get_as_the_page(
            "rio-de-janeiro",
            "/products/index.html?utm_source=newsletter&utm_medium=email&w=1200",
        ),
        purge(&["/img/*", "#catalogue"]),
        edgewalk::simulation::Action::Publish { path: "/index.html".into() },
        edgewalk::simulation::Action::SetPopCapacity { bytes: 1_500_000 },
        get_as_the_page("kuala-lumpur", "/api/recommendations?for=4711"),
        edgewalk::simulation::Action::StartEmpty { on: true },
        get_as_the_page("addis-ababa", "/docs/catalogue.pdf"),
    ];
    for action in actions {
        run.act(action, run.journal().len()).unwrap();
    }
    let link = Link::of(&run, Steps::of(run.journal()).at(run.journal().len()), View::Walk)
        .unwrap()
        .write();
    assert!(link.len() < 500, "{}: {link}", link.len());
    assert!(Link::LONGEST_CHARS == 2_000 && link.is_ascii());
}
