//! A Walk with its World and Journal, kept in step: acting extends both, undoing replays.

use super::{Action, ActionError, Journal, Scenario, TimedAction, Walk, World};
use crate::time::SimTime;
use std::sync::Arc;

/// A walk under way.
#[derive(Debug)]
pub struct Run {
    walk: Walk,
    world: World,
    journal: Journal,
    /// For each action the place in the journal of its first event.
    starts: Vec<usize>,
    done: Vec<Edit>,
    undone: Vec<Edit>,
    revision: u64,
}

/// One thing to undo: an action was added, after some later ones had been dropped.
#[derive(Clone, Debug)]
struct Edit {
    dropped: Vec<TimedAction>,
    added: TimedAction,
}

impl Run {
    /// A walk in which nothing was done yet.
    pub fn new(scenario: Scenario) -> Result<Self, ActionError> {
        let world = World::new(Arc::new(scenario.clone()))?;
        Ok(Self {
            walk: Walk::new(scenario),
            world,
            journal: Journal::new(),
            starts: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            revision: 0,
        })
    }

    /// The walk so far.
    pub const fn walk(&self) -> &Walk {
        &self.walk
    }

    /// The World at the journal's end.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// What happened.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Whether there is something to undo.
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Another number after each act, undo and redo: what was said of one revision need not hold for another.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Where an action taken at a playhead would begin: how many events would lie before it, and its instant.
    pub fn acting_at(&self, playhead: usize) -> (usize, SimTime) {
        let kept = self.kept_at(playhead);
        match (self.starts.get(kept), self.walk.actions.get(kept)) {
            (Some(start), Some(dropped)) => (*start, dropped.at),
            _ => (self.journal.len(), self.world.now()),
        }
    }

    /// How many actions stay if one is taken at a playhead.
    fn kept_at(&self, playhead: usize) -> usize {
        self.starts.iter().take_while(|start| **start < playhead).count()
    }

    /// Takes an action at a playhead. Actions that began after it are dropped and can be had back by undoing; what was
    /// under way there completes first. Returns the place in the journal where the action's events begin.
    ///
    /// A refused action leaves everything as it was.
    pub fn act(&mut self, action: Action, playhead: usize) -> Result<usize, ActionError> {
        let kept = self.kept_at(playhead);
        if kept >= Walk::MOST_ACTIONS {
            return Err(ActionError::TooManyActions { limit: Walk::MOST_ACTIONS });
        }
        if kept == self.walk.actions.len() {
            let at = self.world.now();
            let start = self.journal.len();
            self.world.act(&action, &mut self.journal)?;
            self.starts.push(start);
            let added = TimedAction { at, action };
            self.walk.actions.push(added.clone());
            self.done.push(Edit { dropped: Vec::new(), added });
        } else {
            let mut walk = self.walk.clone();
            let dropped = walk.actions.split_off(kept);
            let (mut world, mut journal, mut starts) = replay(&walk)?;
            let at = world.now();
            starts.push(journal.len());
            world.act(&action, &mut journal)?;
            let added = TimedAction { at, action };
            walk.actions.push(added.clone());
            (self.walk, self.world, self.journal, self.starts) = (walk, world, journal, starts);
            self.done.push(Edit { dropped, added });
        }
        self.undone.clear();
        self.revision += 1;
        Ok(self.starts.last().copied().unwrap_or_default())
    }

    /// Takes the last edit back and returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edit) = self.done.pop() else { return false };
        let mut walk = self.walk.clone();
        walk.actions.pop();
        walk.actions.extend(edit.dropped.iter().cloned());
        self.undone.push(edit);
        self.take(walk)
    }

    /// Makes the last undone edit again and returns whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(edit) = self.undone.pop() else { return false };
        let mut walk = self.walk.clone();
        walk.actions.truncate(walk.actions.len().saturating_sub(edit.dropped.len()));
        walk.actions.push(edit.added.clone());
        self.done.push(edit);
        self.take(walk)
    }

    /// For a walk whose actions have all been accepted before.
    fn take(&mut self, walk: Walk) -> bool {
        let Ok((world, journal, starts)) = replay(&walk) else { return false };
        (self.walk, self.world, self.journal, self.starts) = (walk, world, journal, starts);
        self.revision += 1;
        true
    }
}

fn replay(walk: &Walk) -> Result<(World, Journal, Vec<usize>), ActionError> {
    let mut journal = Journal::new();
    let mut starts = Vec::with_capacity(walk.actions.len());
    let mut world = World::new(Arc::new(walk.scenario.clone()))?;
    for action in &walk.actions {
        starts.push(journal.len());
        world.act_at(action, &mut journal)?;
    }
    Ok((world, journal, starts))
}
