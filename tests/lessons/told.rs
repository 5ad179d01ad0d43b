//! What a walk tells, step by step.

use edgewalk::scene::sentence::name_of;
use edgewalk::scene::{Steps, sentence_for};
use edgewalk::simulation::lesson::STEP_NAMES;
use edgewalk::simulation::{Lesson, lessons};

use crate::common::{get, purge};
use crate::opened;

#[test]
fn each_walk_has_a_title_a_summary_and_sentences_that_are_told() {
    for lesson in lessons::all() {
        let name = lesson.name.unwrap();
        assert!((10..=60).contains(&lesson.title.len()), "{name}: {}", lesson.title);
        assert!(lesson.summary.ends_with('.') && lesson.summary.len() <= 130, "{name}");
        let run = opened(name.text);
        let steps = Steps::of(run.journal());
        let told: Vec<&str> =
            steps.all().iter().filter_map(|step| sentence_for(&run, step)).collect();
        for sentence in sentences(lesson) {
            assert!(told.contains(&sentence), "{name}: no step tells {sentence:?}");
            assert!(sentence.len() <= 150 && sentence.ends_with('.'), "{name}: {sentence}");
        }
        let acts = lesson.acts.iter().map(|act| act.sentences.len());
        assert!(acts.min() >= Some(1), "{name}: each action is told of");
    }
}

fn sentences(lesson: &Lesson) -> Vec<&str> {
    lesson.acts.iter().flat_map(|act| &act.sentences).map(|sentence| &*sentence.text).collect()
}

#[test]
fn every_step_has_a_name_that_a_file_may_use() {
    let mut named = std::collections::BTreeSet::new();
    for seed in 0..60 {
        for step in Steps::of(crate::common::run_walk(seed).journal()).all() {
            let name = name_of(step);
            assert!(STEP_NAMES.contains(&name), "{name}");
            named.insert(name);
        }
    }
    assert!(named.len() >= 18, "{named:?}");
    assert_eq!(
        STEP_NAMES.iter().collect::<std::collections::BTreeSet<_>>().len(),
        STEP_NAMES.len()
    );
}

#[test]
fn a_sentence_belongs_to_its_action_and_to_no_other() {
    let mut run = opened("second-visit");
    let told = |run: &edgewalk::simulation::Run| {
        let steps = Steps::of(run.journal());
        steps.all().iter().filter(|step| sentence_for(run, step).is_some()).count()
    };
    let all = told(&run);
    assert_eq!(all, 2 + 1 + 4, "of the three actions");
    // What is done after the walk is told nothing of, and takes nothing away.
    run.act(get("paris", "/app.js"), run.journal().len()).unwrap();
    assert_eq!((told(&run), run.told()), (all, 3));
    // An action in the place of another: the walk has left the lesson there.
    let steps = Steps::of(run.journal());
    let waits = steps.all().iter().find(|step| name_of(step) == "wait").unwrap().start;
    run.act(purge(&["/img/*"]), waits).unwrap();
    assert_eq!((told(&run), run.told()), (2, 1), "the first visit is still told");
    // The same action again is the lesson's again.
    assert!(run.undo());
    assert_eq!((told(&run), run.told()), (all, 3));
}
