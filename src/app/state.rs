//! The two states of the page: the walk with its playhead, and what is derived from them.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::scene::{Playback, PlaybackCommand, Scene, Steps};
use crate::simulation::{Action, ActionError, Run, built_in_scenario};

/// The walk and the playhead. Views read [`WalkState::scene`]; everything else goes through the verbs.
#[derive(Clone, Copy)]
pub struct WalkState {
    run: RwSignal<Run>,
    playback: RwSignal<Playback>,
    steps: Memo<Arc<Steps>>,
    scene: Memo<Arc<Scene>>,
    is_moving: RwSignal<bool>,
}

/// Puts a new walk of the built-in scenario into context.
pub fn provide_walk() -> WalkState {
    let run = Run::new(built_in_scenario())
        .expect("the built-in scenario is well-formed, which a test holds");
    let run = RwSignal::new(run);
    let playback = RwSignal::new(Playback::default());
    let steps = Memo::new(move |_| run.with(|run| Arc::new(Steps::of(run.journal()))));
    let playhead = Memo::new(move |_| playback.with(Playback::playhead));
    let scene = Memo::new(move |_| {
        run.with(|run| Arc::new(Scene::at(&run.walk().scenario, run.journal(), playhead.get())))
    });
    let state = WalkState { run, playback, steps, scene, is_moving: RwSignal::new(false) };
    provide_context(state);
    state
}

/// The walk in context.
pub fn use_walk() -> WalkState {
    expect_context()
}

impl WalkState {
    /// What is true at the playhead.
    pub fn scene(self) -> Memo<Arc<Scene>> {
        self.scene
    }

    /// All steps of the journal.
    pub fn steps(self) -> Memo<Arc<Steps>> {
        self.steps
    }

    /// Where the playhead stands, whether it moves and how.
    pub fn playback(self) -> Signal<Playback> {
        self.playback.into()
    }

    /// Reads the run: walk, World and Journal.
    pub fn with_run<T>(self, read: impl FnOnce(&Run) -> T) -> T {
        self.run.with(read)
    }

    /// Reads the run once, without being told of later changes.
    pub fn with_run_untracked<T>(self, read: impl FnOnce(&Run) -> T) -> T {
        self.run.with_untracked(read)
    }

    /// Takes an action at the playhead. A request shows its first step, everything else has happened at once. A refused
    /// action changes nothing.
    pub fn act(self, action: Action) -> Result<(), ActionError> {
        let is_send = matches!(action, Action::Send { .. });
        let playhead = self.playback.with_untracked(Playback::playhead);
        let start = self.run.try_update(|run| run.act(action, playhead)).unwrap_or(Ok(0))?;
        let steps = self.steps.get_untracked();
        let begun = steps.all().iter().find(|step| step.start >= start && step.exchange.is_some());
        let end = self.run.with_untracked(|run| run.journal().len());
        let target = begun.filter(|_| is_send).map_or(end, |step| step.end);
        self.command(PlaybackCommand::Seek(target));
        Ok(())
    }

    /// Takes the last action back.
    pub fn undo(self) {
        self.replay(Run::undo);
    }

    /// Takes the last undone action again.
    pub fn redo(self) {
        self.replay(Run::redo);
    }

    fn replay(self, edit: impl FnOnce(&mut Run) -> bool) {
        if self.run.try_update(edit) == Some(true) {
            self.command(PlaybackCommand::Last);
        }
    }

    /// Moves the playhead. Only a step forward is shown as motion; everything else is there at once.
    pub fn command(self, command: PlaybackCommand) {
        let steps = self.steps.get_untracked();
        self.is_moving.set(command == PlaybackCommand::Forward);
        self.playback.update(|playback| playback.apply(command, &steps));
    }

    /// Lets time pass on the screen.
    pub fn advance(self, elapsed: Duration) {
        let steps = self.steps.get_untracked();
        let mut playback = self.playback.get_untracked();
        let before = playback.playhead();
        playback.advance(elapsed, &steps);
        if playback.playhead() != before {
            self.is_moving.set(true);
        }
        self.playback.set(playback);
    }

    /// Whether the last move of the playhead is to be shown as motion.
    pub fn is_moving(self) -> Signal<bool> {
        self.is_moving.into()
    }
}
