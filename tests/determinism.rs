//! Same Walk, same journal, byte for byte: twice natively, and (through `web.rs`) once in Chromium.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::{digest_of, stored_digests};
use edgewalk::edge::{Decision, Found};
use edgewalk::scene::{Scene, Steps};
use edgewalk::simulation::{Journal, Nobody, What};

/// How many walks are drawn.
const WALKS: u64 = 200;

#[test]
fn two_hundred_generated_walks_give_the_same_journal_twice() {
    for seed in 0..WALKS {
        let (first, second) = (digest_of(seed), digest_of(seed));
        assert_eq!(first, second, "walk {seed}");
    }
}

#[test]
fn the_stored_digests_still_hold() {
    let all = common::digest_of_all(WALKS);
    let actual = [digest_of(1), digest_of(7), all];
    assert_eq!(actual, stored_digests(), "the journal of a walk has changed: was that meant?");
}

#[test]
fn a_run_nobody_watches_ends_in_the_same_world() {
    for seed in 0..20 {
        let run = common::run_walk(seed);
        let watched = run.walk().replay(&mut Journal::new()).unwrap();
        let unwatched = run.walk().replay(&mut Nobody).unwrap();
        let contents = |world: &edgewalk::simulation::World| {
            let tiers = world.tiers().map(|(place, tier)| {
                (place, tier.store().iter().map(|(key, _)| key.clone()).collect::<Vec<_>>())
            });
            tiers.collect::<Vec<_>>()
        };
        assert_eq!(contents(&watched), contents(&unwatched), "walk {seed}");
        assert_eq!(watched.now(), unwatched.now());
    }
}

#[test]
fn an_undone_fork_is_another_revision_of_the_same_walk() {
    let mut run = common::run([common::get("paris", "/app.js"), common::wait(10)]);
    let (before, actions) = (run.revision(), run.walk().actions.clone());
    run.act(common::invalidate("/app.js"), 1).unwrap();
    assert!(run.undo());
    assert_eq!(run.walk().actions, actions);
    assert_ne!(run.revision(), before, "what was said of the fork is not said of it");
    let refused = run.revision();
    run.act(common::wait(1), run.journal().len()).unwrap();
    assert_ne!(run.revision(), refused);
    let refused = run.revision();
    assert!(
        run.act(edgewalk::simulation::Action::SetPopCapacity { bytes: 0 }, usize::MAX).is_err()
    );
    assert_eq!(run.revision(), refused);
}

#[test]
fn incremental_equals_from_scratch() {
    for seed in 0..40 {
        let run = common::run_walk(seed);
        let mut journal = Journal::new();
        run.walk().replay(&mut journal).unwrap();
        assert_eq!(journal.digest(), run.journal().digest(), "walk {seed}");
    }
}

#[test]
fn the_scene_at_k_is_the_scene_taken_event_by_event() {
    for seed in 0..6 {
        let run = common::run_walk(seed);
        let (scenario, journal) = (&run.walk().scenario, run.journal());
        let mut scene = Scene::new(scenario);
        for k in 0..=journal.len() {
            assert_eq!(scene, Scene::at(scenario, journal, k), "walk {seed}, {k} events");
            if let Some(event) = journal.events().get(k) {
                scene.take(event);
            }
        }
    }
}

#[test]
fn shelves_hold_what_the_stores_hold_in_the_same_order() {
    let (mut hits, mut evictions) = (0, 0);
    for run in (0..60).map(common::run_walk).chain((0..20).map(common::run_crowded_walk)) {
        let seed = run.walk().scenario.seed;
        for event in run.journal().events() {
            let What::Decided(decision) = &event.what else { continue };
            hits += usize::from(matches!(
                decision,
                Decision::LookedUp { found: Found::Fresh { .. }, .. }
            ));
            evictions += usize::from(matches!(decision, Decision::Evicted { .. }));
        }
        let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
        for (place, tier) in run.world().tiers() {
            let stored: Vec<_> = tier.store().iter().map(|(key, _)| key.clone()).collect();
            let shown: Vec<_> = scene
                .shelf(place)
                .into_iter()
                .flat_map(|shelf| &shelf.cells)
                .map(|cell| cell.key.clone())
                .collect();
            assert_eq!(shown, stored, "walk {seed}, {place:?}");
            assert!(tier.store().used_bytes() <= tier.store().capacity_bytes());
        }
        assert_eq!(scene.settings, *run.world().settings(), "walk {seed}");
    }
    assert!(
        hits > 300 && evictions > 200,
        "{hits} hits, {evictions} evictions: the walks show too little"
    );
}

#[test]
fn steps_divide_the_journal_without_gap_and_back_undoes_forward() {
    for seed in 0..40 {
        let run = common::run_walk(seed);
        let steps = Steps::of(run.journal());
        assert_eq!(steps.all().first().map_or(0, |step| step.start), 0);
        assert!(steps.all().windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(steps.all().last().map_or(0, |step| step.end), run.journal().len());
        for size in edgewalk::scene::StepSize::ALL {
            let (mut playhead, mut seen) = (0, vec![0]);
            while let Some(next) = steps.forward(playhead, size) {
                assert!(next > playhead);
                playhead = next;
                seen.push(playhead);
            }
            assert_eq!(playhead, run.journal().len());
            for expected in seen.iter().rev().skip(1) {
                playhead = steps.back(playhead, size).unwrap();
                assert_eq!(playhead, *expected, "walk {seed}, {size:?}");
            }
        }
    }
}

#[test]
fn undo_and_redo_give_back_the_same_journal_and_a_fork_keeps_what_it_dropped() {
    for seed in 0..30 {
        let mut run = common::run_walk(seed);
        let whole = run.journal().digest();
        let count = run.walk().actions.len();
        let middle = run.journal().len() / 2;
        let _ = run.act(common::get("paris", "/app.js"), middle).unwrap();
        let forked = run.journal().digest();
        assert!(run.undo());
        assert_eq!(run.journal().digest(), whole, "walk {seed}");
        assert!(run.redo());
        assert_eq!(run.journal().digest(), forked, "walk {seed}");
        assert!(run.undo());
        for _ in 0..count {
            assert!(run.undo());
        }
        assert!(run.journal().is_empty() && !run.can_undo());
        for _ in 0..count {
            assert!(run.redo());
        }
        assert_eq!(run.journal().digest(), whole, "walk {seed}");
    }
}

#[test]
fn acting_at_an_earlier_playhead_completes_what_is_under_way_there() {
    let mut run = common::run([common::get("paris", "/app.js"), common::get("paris", "/app.js")]);
    let first = run
        .journal()
        .events()
        .iter()
        .filter(|event| event.exchange.is_some_and(|id| id.0 == 0))
        .count();
    let start = run.act(common::get("paris", "/logo.svg"), first - 3).unwrap();
    assert_eq!(start, first, "the first exchange is whole, the second is dropped");
    assert_eq!(run.walk().actions.len(), 2);
}
