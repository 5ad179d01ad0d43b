//! What is chosen of the real-time log: which requests it is of, and which fields a record has.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::live::Kept;
use crate::app::state::WalkState;
use crate::edge::access_log::Percent;
use crate::scene::logs::{RealTime, Sampling, samplings};

/// What is chosen of the real-time log.
#[derive(Clone, Copy)]
pub(super) struct RealTimeState {
    /// Those that stand beside the configuration in force.
    given: Kept<Vec<Sampling>>,
    /// The ARN of the one that is looked at, or [`OWN`]; without one the first that is given.
    chosen: RwSignal<String>,
    /// Somebody's own choice.
    own: RwSignal<Sampling>,
    /// The rate of that, as typed.
    rate: RwSignal<String>,
    log: Kept<Arc<RealTime>>,
}

impl RealTimeState {
    /// Of a walk.
    pub(super) fn new(walk: WalkState) -> Self {
        let given = Kept::new(move || samplings(&walk.scene().settings.configuration));
        let (chosen, own) = (RwSignal::new(String::new()), RwSignal::new(Sampling::default()));
        let rate = RwSignal::new("100".to_owned());
        let log = Kept::new(move || {
            let sampling = sampling(given, chosen, own);
            let playhead = walk.playhead();
            Arc::new(walk.with_run(|run| RealTime::of(run, playhead, &sampling)))
        });
        Self { given, chosen, own, rate, log }
    }

    /// The records.
    pub(super) fn log(self) -> Arc<RealTime> {
        self.log.with(Arc::clone)
    }

    /// Which requests it is of, and what it tells of them.
    pub(super) fn sampling(self) -> Sampling {
        sampling(self.given, self.chosen, self.own)
    }

    /// Whether what is looked at is somebody's own choice.
    pub(super) fn is_own(self) -> bool {
        self.sampling().arn.is_none()
    }

    /// Those that are given, and somebody's own choice, each as it is chosen and called; none where nothing is given.
    pub(super) fn options(self) -> Vec<(String, String)> {
        let of = |sampling: &Sampling| (value(sampling).to_owned(), sampling.name.clone());
        self.given.with(|given| {
            if given.is_empty() {
                return Vec::new();
            }
            given.iter().map(of).chain([self.own.with_untracked(of)]).collect()
        })
    }

    /// What is looked at.
    pub(super) fn chosen(self) -> RwSignal<String> {
        self.chosen
    }

    /// Whether somebody's own choice has a field.
    pub(super) fn has(self, field: &str) -> bool {
        self.own.with(|own| own.has(field))
    }

    /// Puts a field into it, or takes it out.
    pub(super) fn choose(self, field: &str, is_in: bool) {
        self.own.update(|own| own.choose(field, is_in));
    }

    /// Its rate, as typed.
    pub(super) fn rate(self) -> String {
        self.rate.get()
    }

    /// Takes a rate as typed, once it is one (RTL-02).
    pub(super) fn type_rate(self, typed: String) {
        if let Some(percent) = percent(&typed) {
            self.own.update(|own| own.percent = percent);
        }
        self.rate.set(typed);
    }
}

fn sampling(
    given: Kept<Vec<Sampling>>,
    chosen: RwSignal<String>,
    own: RwSignal<Sampling>,
) -> Sampling {
    let chosen = chosen.get();
    let is_it = |sampling: &&Sampling| chosen.is_empty() || value(sampling) == chosen;
    let found = given.with(|given| given.iter().find(is_it).cloned());
    found.unwrap_or_else(|| own.get())
}

/// How somebody's own choice is chosen, which has no ARN.
const OWN: &str = "own";

/// How one is chosen: names may be alike.
fn value(sampling: &Sampling) -> &str {
    sampling.arn.as_deref().unwrap_or(OWN)
}

/// A rate as typed (RTL-02).
pub(super) fn percent(typed: &str) -> Option<Percent> {
    let is_digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    typed.parse().ok().filter(|_| is_digits).and_then(Percent::new)
}
