//! Scenes that are kept on the way, so that a long journal is not folded from its start at each move of the playhead.

use super::Scene;
use crate::simulation::{Journal, Scenario};

/// How many events lie between two Scenes that are kept.
const APART: usize = 1_024;

/// The Scenes of one journal that were come by, at every so many events.
#[derive(Debug, Default)]
pub struct Scenes {
    revision: u64,
    /// At `APART` events, at twice as many, and so on, as far as was folded.
    kept: Vec<Scene>,
}

impl Scenes {
    /// The Scene at a playhead, as [`Scene::at`] has it. With another revision the journal is another one, and what was kept
    /// of the one before is forgotten.
    pub fn at(
        &mut self,
        scenario: &Scenario,
        journal: &Journal,
        revision: u64,
        playhead: usize,
    ) -> Scene {
        if self.revision != revision {
            *self = Self { revision, kept: Vec::new() };
        }
        let before = journal.before(playhead);
        let near = (before.len() / APART).min(self.kept.len());
        let mut scene = match near.checked_sub(1).and_then(|last| self.kept.get(last)) {
            Some(kept) => kept.clone(),
            None => Scene::new(scenario),
        };
        for event in &before[scene.playhead..] {
            scene.take(event);
            if scene.playhead.is_multiple_of(APART) {
                self.kept.push(scene.clone());
            }
        }
        scene
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::simulation::{Link, Run, built_in_scenario};

    /// A run of many requests for some paths from two cities.
    fn run(paths: &[&str], times: usize) -> Run {
        let sends: Vec<String> = (0..times)
            .map(|time| {
                let city = ["paris", "lagos"][time % 2];
                format!("GET:{city}:{}", paths[time % paths.len()])
            })
            .collect();
        let walk = Link::read(&format!("do={}", sends.join(","))).unwrap().walk();
        let mut run = Run::new(built_in_scenario()).unwrap();
        run.open(&walk, None, 0, |_| Ok(0)).unwrap();
        run
    }

    #[test]
    fn a_scene_is_the_same_wherever_the_playhead_was_before() {
        let run =
            run(&["/app.js", "/img/hero.jpg", "/index.html", "/img/map.png", "/nowhere"], 400);
        let (scenario, journal) = (&run.walk().scenario, run.journal());
        assert!(journal.len() > 3 * APART, "{} events", journal.len());
        let mut scenes = Scenes::default();
        let end = journal.len();
        let playheads =
            [0, 5, end, APART - 1, APART, APART + 1, 2 * APART + 7, end + 9, 2 * APART, 1, end - 1];
        for playhead in playheads {
            let expected = Scene::at(scenario, journal, playhead);
            assert!(scenes.at(scenario, journal, 1, playhead) == expected, "at {playhead}");
        }
        assert_eq!(scenes.kept.len(), end / APART, "each is kept once");
    }

    #[test]
    fn of_another_revision_nothing_is_kept() {
        let (one, other) = (run(&["/app.js"], 300), run(&["/img/hero.jpg", "/nowhere"], 300));
        let mut scenes = Scenes::default();
        for (run, revision) in [(&one, 1), (&other, 2), (&one, 3)] {
            let (scenario, journal) = (&run.walk().scenario, run.journal());
            let expected = Scene::at(scenario, journal, journal.len());
            let found = scenes.at(scenario, journal, revision, journal.len());
            assert!(found == expected, "revision {revision}");
        }
    }
}
