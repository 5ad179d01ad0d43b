//! A Walk with its World and Journal, kept in step: acting extends both, undoing replays.

use super::form::FormError;
use super::{Action, ActionError, Journal, Lesson, Scenario, TimedAction, Walk, World};
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
    /// What is told of the walk, and of how many of its actions, from the first on.
    lesson: Option<Arc<Lesson>>,
    told: usize,
    done: Vec<Edit>,
    undone: Vec<Edit>,
    revision: u64,
    /// Where the playhead belongs after the last undo or redo.
    resumes_at: usize,
}

/// One thing to undo.
#[derive(Clone, Debug)]
enum Edit {
    /// An action was added, after some later ones had been dropped.
    Acted { dropped: Vec<TimedAction>, added: TimedAction },
    /// Another walk took the place of the one before.
    Opened { before: Box<Kept>, after: Box<Kept> },
}

/// A whole walk, with its playhead.
#[derive(Clone, Debug)]
struct Kept {
    walk: Walk,
    lesson: Option<Arc<Lesson>>,
    playhead: usize,
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
            lesson: None,
            told: 0,
            done: Vec::new(),
            undone: Vec::new(),
            revision: 0,
            resumes_at: 0,
        })
    }

    /// Puts another walk in the place of this one, which undoing brings back with its playhead. Each action is taken at its
    /// time, or at once where that is past. Where the playhead is to stand in the new journal is what `find` says.
    ///
    /// A walk that the World does not take, or a place that is not found, leaves everything as it was.
    pub fn open(
        &mut self,
        walk: &Walk,
        lesson: Option<Arc<Lesson>>,
        playhead: usize,
        find: impl FnOnce(&Journal) -> Result<usize, FormError>,
    ) -> Result<usize, FormError> {
        let replayed = replay(walk)?;
        let found = find(&replayed.journal)?;
        let before = Kept { walk: self.walk.clone(), lesson: self.lesson.take(), playhead };
        self.put(replayed, lesson.clone());
        let after = Kept { walk: self.walk.clone(), lesson, playhead: found };
        self.done.push(Edit::Opened { before: before.into(), after: after.into() });
        self.undone.clear();
        Ok(found)
    }

    /// What is told of the walk.
    pub fn lesson(&self) -> Option<&Arc<Lesson>> {
        self.lesson.as_ref()
    }

    /// How many of the walk's actions are the lesson's, from the first on.
    pub const fn told(&self) -> usize {
        self.told
    }

    /// The place of the action to which an event belongs, by the event's place in the journal.
    pub fn act_of(&self, event: usize) -> Option<usize> {
        self.starts.partition_point(|start| *start <= event).checked_sub(1)
    }

    /// Where the playhead belongs after the last undo or redo.
    pub const fn resumes_at(&self) -> usize {
        self.resumes_at
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

    /// What undoing takes back, where that is an action: its place in the journal, and what it is.
    pub fn last_act(&self) -> Option<(usize, &Action)> {
        let Some(Edit::Acted { .. }) = self.done.last() else { return None };
        Some((*self.starts.last()?, &self.walk.actions.last()?.action))
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
            self.done.push(Edit::Acted { dropped: Vec::new(), added });
        } else {
            let mut walk = self.walk.clone();
            let dropped = walk.actions.split_off(kept);
            let mut forked = replay(&walk).map_err(refusal)?;
            let at = forked.world.now();
            forked.starts.push(forked.journal.len());
            forked.world.act(&action, &mut forked.journal)?;
            let added = TimedAction { at, action };
            forked.walk.actions.push(added.clone());
            let lesson = self.lesson.take();
            self.put(forked, lesson);
            self.done.push(Edit::Acted { dropped, added });
        }
        self.undone.clear();
        self.changed();
        Ok(self.starts.last().copied().unwrap_or_default())
    }

    /// Takes the last edit back and returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edit) = self.done.pop() else { return false };
        let is_back = match &edit {
            Edit::Acted { dropped, .. } => {
                let mut walk = self.walk.clone();
                walk.actions.pop();
                walk.actions.extend(dropped.iter().cloned());
                self.take(&walk, self.lesson.clone(), None)
            }
            Edit::Opened { before, .. } => {
                self.take(&before.walk, before.lesson.clone(), Some(before.playhead))
            }
        };
        self.undone.push(edit);
        is_back
    }

    /// Makes the last undone edit again and returns whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(edit) = self.undone.pop() else { return false };
        let is_done = match &edit {
            Edit::Acted { dropped, added } => {
                let mut walk = self.walk.clone();
                walk.actions.truncate(walk.actions.len().saturating_sub(dropped.len()));
                walk.actions.push(added.clone());
                self.take(&walk, self.lesson.clone(), None)
            }
            Edit::Opened { after, .. } => {
                self.take(&after.walk, after.lesson.clone(), Some(after.playhead))
            }
        };
        self.done.push(edit);
        is_done
    }

    /// For a walk whose actions have all been accepted before.
    fn take(&mut self, walk: &Walk, lesson: Option<Arc<Lesson>>, playhead: Option<usize>) -> bool {
        let Ok(replayed) = replay(walk) else { return false };
        self.put(replayed, lesson);
        self.resumes_at = playhead.unwrap_or(self.journal.len());
        true
    }

    fn put(&mut self, replayed: Replayed, lesson: Option<Arc<Lesson>>) {
        let Replayed { walk, world, journal, starts } = replayed;
        (self.walk, self.world, self.journal, self.starts) = (walk, world, journal, starts);
        self.lesson = lesson;
        self.changed();
    }

    fn changed(&mut self) {
        let told = |lesson: &Arc<Lesson>| lesson.told_of(&self.walk.actions);
        self.told = self.lesson.as_ref().map_or(0, told);
        self.revision += 1;
    }
}

/// What comes of a walk.
struct Replayed {
    /// With the instants at which its actions were taken.
    walk: Walk,
    world: World,
    journal: Journal,
    starts: Vec<usize>,
}

fn replay(walk: &Walk) -> Result<Replayed, FormError> {
    if walk.actions.len() > Walk::MOST_ACTIONS {
        let (path, given) = ("actions".to_owned(), walk.actions.len());
        return Err(FormError::TooManyActions { path, given });
    }
    let refused = |index: usize| move |error: ActionError| FormError::Refused { index, error };
    let mut journal = Journal::new();
    let mut starts = Vec::with_capacity(walk.actions.len());
    let mut world = World::new(Arc::new(walk.scenario.clone())).map_err(refused(0))?;
    let mut walk = walk.clone();
    for (index, action) in walk.actions.iter_mut().enumerate() {
        starts.push(journal.len());
        action.at = action.at.max(world.now());
        world.act_at(action, &mut journal).map_err(refused(index))?;
    }
    Ok(Replayed { walk, world, journal, starts })
}

/// Why an action was refused, of a walk that is within its bounds.
fn refusal(error: FormError) -> ActionError {
    match error {
        FormError::Refused { error, .. } => error,
        _ => ActionError::TooManyActions { limit: Walk::MOST_ACTIONS },
    }
}
