//! Both forms of a Walk give back what they were given.

use edgewalk::simulation::{Link, Run, View, WalkFile, built_in_scenario, lessons};

use crate::common::{digest_of, generated_walk, run_crowded_walk, run_walk};

/// What a run's two forms give back.
fn come_back(run: &Run) -> [edgewalk::simulation::Walk; 2] {
    let text = WalkFile::of(run, None).unwrap().write();
    let file = WalkFile::read(&text).unwrap();
    assert_eq!(file.write(), text);
    let text = Link::of(run, None, View::About).unwrap().write();
    let link = Link::read(&text).unwrap();
    assert_eq!((link.write(), link.view), (text, View::About));
    [file.lesson.walk(), link.walk()]
}

#[test]
fn walks_of_every_kind_of_action_come_back_from_file_and_link() {
    for seed in 0..120 {
        let run = run_walk(seed);
        for walk in come_back(&run) {
            assert_eq!(walk.scenario, generated_walk(seed).scenario);
            let mut again = Run::new(built_in_scenario()).unwrap();
            again.open(&walk, None, 0, |_| Ok(1)).unwrap();
            assert_eq!(again.walk(), run.walk(), "with the instants at which they were taken");
            assert_eq!(again.journal().digest(), digest_of(seed));
        }
    }
}

#[test]
fn a_crowded_walk_comes_back_though_its_link_is_too_long_to_pass_on() {
    let run = run_crowded_walk(3);
    for walk in come_back(&run) {
        let taken = |walk: &edgewalk::simulation::Walk| {
            walk.actions.iter().map(|timed| timed.action.clone()).collect::<Vec<_>>()
        };
        assert_eq!(taken(&walk), taken(run.walk()));
    }
    let link = Link::of(&run, None, View::Walk).unwrap().write();
    assert!(link.len() > Link::LONGEST_CHARS, "{}", link.len());
}

#[test]
fn the_built_in_walks_are_files_like_any_other() {
    let mut count = 0;
    for lesson in lessons::all() {
        count += 1;
        let mut run = Run::new(built_in_scenario()).unwrap();
        run.open(&lesson.walk(), Some(lesson.clone()), 0, |_| Ok(1)).unwrap();
        let text = WalkFile::of(&run, None).unwrap().write();
        let mut read = WalkFile::read(&text).unwrap().lesson;
        assert_eq!(read.name, None, "a file of one's own has no name to go by");
        read.name = lesson.name;
        assert_eq!(read, **lesson);
        let link = Link::of(&run, None, View::Walk).unwrap().write();
        assert_eq!(link, format!("walk={}", lesson.name.unwrap().text));
        assert_eq!(Link::read(&link).unwrap().lesson.unwrap().0, *lesson);
    }
    assert_eq!(count, 8);
}

#[test]
fn nothing_said_is_nothing_opened() {
    for text in ["", "#", "&", "v=1"] {
        assert!(Link::read(text).unwrap().is_empty(), "{text}");
    }
    assert_eq!(Link::default().write(), "");
    assert!(!Link::read("view=about").unwrap().is_empty());
}
