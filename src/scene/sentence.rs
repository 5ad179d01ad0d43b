//! What a lesson tells at a step, and the place of the playhead as a link says it.

use super::units::count;
use super::{Hop, Step, Steps};
use crate::simulation::{FormError, Place, Run, StepAt};

/// What the run's lesson tells at a step; nothing once the walk has left the lesson.
pub fn sentence_for<'r>(run: &'r Run, step: &Step) -> Option<&'r str> {
    let act = run.act_of(step.start).filter(|act| *act < run.told())?;
    run.lesson()?.sentence(act, name_of(step))
}

/// The name of a step in a Walk file (`simulation::lesson::STEP_NAMES`).
pub const fn name_of(step: &Step) -> &'static str {
    match step.hop {
        Hop::Url => "url",
        Hop::Dns => "dns",
        Hop::Tcp => "tcp",
        Hop::Tls => "tls",
        Hop::TlsFails => "tls-fails",
        Hop::Reuse => "reused",
        Hop::Sent => "sent",
        Hop::PopLooks => "pop-looks",
        Hop::RecLooks => "rec-looks",
        Hop::ShieldLooks => "shield-looks",
        Hop::AtOrigin => "at-origin",
        Hop::NoAnswer => "no-answer",
        Hop::Answer => "answer",
        Hop::ShieldKeeps => "shield-keeps",
        Hop::RecKeeps => "rec-keeps",
        Hop::PopKeeps => "pop-keeps",
        Hop::Shown => "shown",
        Hop::Change => "setting",
        Hop::Wait => "wait",
        Hop::Publish => "publish",
        Hop::Clear => "emptied",
        Hop::Invalidate => "invalidate",
        Hop::Purge if matches!(step.place, Place::Pop(_)) => "pop-purged",
        Hop::Purge => "rec-purged",
        Hop::Purged => "complete",
    }
}

impl Steps {
    /// Where a playhead stands, as a link says it; none at the first step, which goes without saying, and before it.
    pub fn at(&self, playhead: usize) -> Option<StepAt> {
        let begun = self.all().partition_point(|step| step.start < playhead);
        let current = self.all().get(begun.checked_sub(1)?)?;
        let events = Some(playhead - current.start).filter(|_| playhead < current.end);
        Some(StepAt { step: begun, events }).filter(|at| at.step > 1 || at.events.is_some())
    }

    /// The playhead that a link means, exactly; an error where there is no such step.
    pub fn playhead_at(&self, at: Option<StepAt>) -> Result<usize, FormError> {
        let first = || self.all().first().map_or(0, |step| step.end);
        let Some(at) = at else { return Ok(first()) };
        let step = at.step.checked_sub(1).and_then(|index| self.all().get(index));
        let step =
            step.ok_or_else(|| FormError::NoSuchStep { given: at.step, steps: self.all().len() })?;
        let length = step.end - step.start;
        match at.events {
            None => Ok(step.end),
            Some(events) if events > 0 && events <= length => Ok(step.start + events),
            Some(events) => Err(FormError::Field {
                path: format!("step {}", at.step),
                rule: format!(
                    "{} to stand at, not {events}",
                    count(length, "event is there", "events are there")
                ),
            }),
        }
    }
}
