//! What the timeline speaks of: the steps in view, the clock, and the sentence that is read out.

use super::step::Step;
use super::steps::Steps;
use super::{Scene, Strip, units};

/// The row of step buttons: the exchange at the playhead, or what was done between two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Episode {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Which of them is the current one, counted from 0.
    pub current: Option<usize>,
    /// Which of the viewers who send together the current step belongs to, counted from 1, and of how many; none where it
    /// is one viewer, or all of them.
    pub viewer: Option<(usize, usize)>,
}

impl Episode {
    /// The steps around a playhead.
    pub fn around(steps: &Steps, playhead: usize) -> Self {
        let all = steps.all();
        let Some(first) = steps.current(playhead).or(all.first()) else { return Self::default() };
        let here = all.iter().position(|step| step.start == first.start).unwrap_or(0);
        let belongs = |step: &&Step| step.group == first.group;
        let before = all[..here].iter().rev().take_while(belongs).count();
        let after = all[here..].iter().take_while(belongs).count();
        let current = (playhead > first.start).then_some(before);
        let viewer = first.exchange.filter(|_| first.together == 1).and_then(|id| {
            let group = steps.begun_with(id);
            let place = group.iter().position(|other| *other == id)?;
            (group.len() > 1).then_some((place + 1, group.len()))
        });
        Self { steps: all[here - before..here + after].to_vec(), current, viewer }
    }

    /// `Step 7 of 12`, or what stands there before the first.
    pub fn position(&self) -> String {
        match self.current {
            Some(index) => {
                let viewer = self.viewer.map(|(number, of)| format!(", viewer {number} of {of}"));
                let (step, of) = (index + 1, self.steps.len());
                format!("Step {step} of {of}{}", viewer.unwrap_or_default())
            }
            None => "Before the first step".to_owned(),
        }
    }
}

/// The clock: how far the exchange or the invalidation in view has come, and of how much; between them, the virtual time.
pub fn clock(scene: &Scene, strip: Option<&Strip>, episode: &Episode) -> (String, String) {
    let (Some(strip), Some(_)) = (strip, episode.current) else {
        return (units::span(scene.at.as_secs()), "virtual clock".to_owned());
    };
    let passed = scene.at.since(strip.from);
    (strip.figure(passed), format!("of {}", strip.figure(strip.total())))
}

/// The sentence for the live region.
pub fn status(scene: &Scene, episode: &Episode, title: &str) -> String {
    if scene.playhead == 0 && episode.steps.is_empty() {
        return "Nothing sent yet.".to_owned();
    }
    let stop = if title.ends_with('?') { "" } else { "." };
    format!("{}. {title}{stop}", episode.position())
}
