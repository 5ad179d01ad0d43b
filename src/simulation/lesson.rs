//! A Walk with what is told of it: a title, a summary, and a sentence at a step where it helps.

use super::form::{Name, Start};
use super::{Action, TimedAction, Walk};
use crate::time::SimTime;

/// A walk worth taking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Of one that the page brings along.
    pub name: Option<Name>,
    /// As in `First visit: a miss all the way`; empty where a walk has none.
    pub title: String,
    /// In a line; may be empty.
    pub summary: String,
    /// What it starts from.
    pub start: Start,
    /// What is done, in order.
    pub acts: Vec<Act>,
}

/// One action of a lesson, with what is told while it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What is done.
    pub action: Action,
    /// What is told.
    pub sentences: Vec<Sentence>,
}

/// What is told at a step of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The name of the step, of [`STEP_NAMES`].
    pub step: &'static str,
    /// The sentence.
    pub text: String,
}

/// The steps at which something can be told, by the names that a Walk file gives them.
pub const STEP_NAMES: [&str; 25] = [
    "url",
    "dns",
    "tcp",
    "tls",
    "tls-fails",
    "reused",
    "sent",
    "pop-looks",
    "rec-looks",
    "shield-looks",
    "at-origin",
    "no-answer",
    "answer",
    "shield-keeps",
    "rec-keeps",
    "pop-keeps",
    "shown",
    "setting",
    "wait",
    "publish",
    "emptied",
    "invalidate",
    "pop-purged",
    "rec-purged",
    "complete",
];

impl Lesson {
    /// The walk itself.
    pub fn walk(&self) -> Walk {
        let actions = self.acts.iter().map(|act| timed(&act.action)).collect();
        Walk { scenario: self.start.scenario(), actions }
    }

    /// What is told at a step of an action, by the action's place and the step's name.
    pub fn sentence(&self, act: usize, step: &str) -> Option<&str> {
        let sentences = &self.acts.get(act)?.sentences;
        sentences.iter().find(|sentence| sentence.step == step).map(|sentence| &*sentence.text)
    }

    /// Whether anything is told at any step.
    pub fn tells(&self) -> bool {
        self.acts.iter().any(|act| !act.sentences.is_empty())
    }

    /// How many of these actions are the lesson's own, from its first on.
    pub(super) fn told_of(&self, actions: &[TimedAction]) -> usize {
        let same = |(act, timed): &(&Act, &TimedAction)| act.action == timed.action;
        self.acts.iter().zip(actions).take_while(same).count()
    }
}

/// An action at once: it waits until the journal is quiet.
pub(super) fn timed(action: &Action) -> TimedAction {
    TimedAction { at: SimTime::ZERO, action: action.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::simulation::WalkFile;

    #[test]
    fn a_walk_tells_where_any_of_its_actions_does() {
        let tells = |actions: &str| {
            let file = format!(r#"{{ "edgewalk": 1, "title": "A walk", "actions": [{actions}] }}"#);
            WalkFile::read(&file).unwrap().lesson.tells()
        };
        assert!(!tells(r#"["wait", "5"], ["GET", "paris", "/app.js"]"#));
        assert!(tells(
            r#"["wait", "5"], { "do": ["GET", "paris", "/app.js"], "say": { "dns": "Who is it?" } }"#
        ));
    }
}
