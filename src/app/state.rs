//! The two states of the page: the walk with its playhead, and what is derived from them.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::dom;
use super::live::Kept;
use crate::scene::{
    Hop, Motion, Playback, PlaybackCommand, Scene, Scenes, Speed, Step, StepSize, Steps, Told,
};
use crate::simulation::{
    Action, ActionError, FormError, Journal, Lesson, Run, StepAt, Walk, built_in_scenario,
};

/// How long something travels between two stations at 1x, the first time and once it has been seen.
const FIRST_HOP: Duration = Duration::from_millis(900);
const LATER_HOP: Duration = Duration::from_millis(600);

/// The walk and the playhead. Views read through its methods, which the signals follow; everything else goes through the
/// verbs.
#[derive(Clone, Copy)]
pub struct WalkState {
    run: RwSignal<Run>,
    playback: RwSignal<Playback>,
    steps: Kept<Arc<Steps>>,
    scene: Kept<Arc<Scene>>,
    motion: RwSignal<Option<Motion>>,
    /// How many later steps the last action in the past has dropped.
    dropped: RwSignal<usize>,
    /// When the last motion began.
    moved_at: StoredValue<Duration>,
    /// Whether a first exchange has been seen to its end: from then on motion is shorter.
    is_seen: RwSignal<bool>,
}

/// Puts a new walk of the built-in scenario into context.
pub fn provide_walk() -> WalkState {
    let run = Run::new(built_in_scenario())
        .expect("the built-in scenario is well-formed, which a test holds");
    let run = RwSignal::new(run);
    let playback = RwSignal::new(Playback::default());
    let steps = Kept::new(move || run.with(|run| Arc::new(Steps::of(run.journal()))));
    let playhead = Kept::new(move || playback.with(Playback::playhead));
    let scenes = StoredValue::new(Scenes::default());
    let scene = Kept::new(move || {
        let playhead = playhead.with(|playhead| *playhead);
        let scene = run.with(|run| {
            let (scenario, revision) = (&run.walk().scenario, run.revision());
            scenes.try_update_value(|kept| kept.at(scenario, run.journal(), revision, playhead))
        });
        Arc::new(scene.expect("the kept Scenes live as long as the page"))
    });
    let state = WalkState {
        run,
        playback,
        steps,
        scene,
        motion: RwSignal::new(None),
        dropped: RwSignal::new(0),
        moved_at: StoredValue::new(Duration::ZERO),
        is_seen: RwSignal::new(false),
    };
    provide_context(state);
    state
}

/// The walk in context.
pub fn use_walk() -> WalkState {
    expect_context()
}

impl WalkState {
    /// What is true at the playhead.
    pub fn scene(self) -> Arc<Scene> {
        self.scene.with(Arc::clone)
    }

    /// All steps of the journal.
    pub fn steps(self) -> Arc<Steps> {
        self.steps.with(Arc::clone)
    }

    /// What the step at the playhead is called; empty before the first.
    pub fn title(self) -> String {
        let (scene, steps) = (self.scene(), self.steps());
        let told = steps.current(scene.playhead).map(|step| {
            self.with_run(|run| {
                Told::of(&scene, step, &run.journal().before(scene.playhead)[step.start..])
            })
        });
        told.map(|told| told.title).unwrap_or_default()
    }

    /// How many events lie before the playhead.
    pub fn playhead(self) -> usize {
        self.playback.with(Playback::playhead)
    }

    /// Whether the playhead moves by itself.
    pub fn is_playing(self) -> bool {
        self.playback.with(Playback::is_playing)
    }

    /// How fast it does.
    pub fn speed(self) -> Speed {
        self.playback.with(Playback::speed)
    }

    /// How far one step goes.
    pub fn step_size(self) -> StepSize {
        self.playback.with(Playback::step_size)
    }

    /// What the last move of the playhead is shown as; `None` where everything is there at once.
    pub fn motion(self) -> Option<Motion> {
        self.motion.get()
    }

    /// Reads the run: walk, World and Journal.
    pub fn with_run<T>(self, read: impl FnOnce(&Run) -> T) -> T {
        self.run.with(read)
    }

    /// Reads the run once, without being told of later changes.
    pub fn with_run_untracked<T>(self, read: impl FnOnce(&Run) -> T) -> T {
        self.run.with_untracked(read)
    }

    /// How many later steps the last action in the past has dropped; undoing brings them back.
    pub fn dropped(self) -> usize {
        self.dropped.get()
    }

    /// Takes an action at the playhead. Requests and invalidations, which take their way from place to place, show their
    /// first step; everything else has happened at once. A refused action changes nothing.
    pub fn act(self, action: Action) -> Result<(), ActionError> {
        let is_walked = matches!(
            action,
            Action::Send { .. } | Action::SendTogether { .. } | Action::Invalidate(_)
        );
        let playhead = self.playback.with_untracked(Playback::playhead);
        let begins = self.run.with_untracked(|run| run.acting_at(playhead).0);
        let before = self.steps.with_untracked(Arc::clone);
        let start = self.run.try_update(|run| run.act(action, playhead)).unwrap_or(Ok(0))?;
        self.dropped.set(before.all().iter().filter(|step| step.start >= begins).count());
        let steps = self.steps.with_untracked(Arc::clone);
        // Caches that are emptied before a request are not its first step.
        let is_first = |step: &&Step| {
            step.start >= start && (step.exchange.is_some() || step.hop == Hop::Invalidate)
        };
        let begun = steps.all().iter().find(is_first);
        let end = self.run.with_untracked(|run| run.journal().len());
        let target = begun.filter(|_| is_walked).map_or(end, |step| step.end);
        self.command(PlaybackCommand::Seek(target));
        Ok(())
    }

    /// Puts another walk in the place of this one, which undoing brings back, and the playhead at a step: none means the
    /// first. A walk or a step that is refused changes nothing.
    pub fn open(
        self,
        walk: &Walk,
        lesson: Option<Arc<Lesson>>,
        at: Option<StepAt>,
    ) -> Result<(), FormError> {
        let playhead = self.playback.with_untracked(Playback::playhead);
        let find = |journal: &Journal| Steps::of(journal).playhead_at(at);
        let open = |run: &mut Run| run.open(walk, lesson, playhead, find);
        let target = self.run.try_update(open).unwrap_or(Ok(playhead))?;
        self.command(PlaybackCommand::Seek(target));
        Ok(())
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> bool {
        self.with_run(Run::can_undo)
    }

    /// Whether there is something to do again.
    pub fn can_redo(self) -> bool {
        self.with_run(Run::can_redo)
    }

    /// Takes the last action back.
    pub fn undo(self) {
        self.replay(Run::undo);
    }

    /// Takes the last undone action again.
    pub fn redo(self) {
        self.replay(Run::redo);
    }

    fn replay(self, edit: fn(&mut Run) -> bool) {
        if self.run.try_update(edit) == Some(true) {
            self.command(PlaybackCommand::Seek(self.run.with_untracked(Run::resumes_at)));
        }
    }

    /// How long something travels between two stations at the present speed.
    pub fn hop_lasts(self) -> Duration {
        self.hop().div_f64(self.speed().factor())
    }

    /// The same at 1x.
    fn hop(self) -> Duration {
        if self.is_seen.get() { LATER_HOP } else { FIRST_HOP }
    }

    /// Whether something is seen to travel still.
    fn is_under_way(self) -> bool {
        let since = dom::now().saturating_sub(self.moved_at.get_value());
        let is_moving =
            |motion: Motion| since < motion.lasts(self.hop()).div_f64(self.speed().factor());
        untrack(|| self.motion.get().is_some_and(is_moving)) && !dom::is_motion_reduced()
    }

    /// Shows the events from a former playhead on as motion.
    fn show_motion(self, before: usize) {
        self.moved_at.set_value(dom::now());
        let motion = untrack(|| {
            let (steps, playhead) = (self.steps(), self.playhead());
            // Of a step over a whole exchange the last hop is seen.
            let from = steps.current(playhead).map_or(before, |step| step.start.max(before));
            self.with_run(|run| {
                let (seen, new) = run.journal().before(playhead).split_at(from.min(playhead));
                Motion::of(seen.last(), new)
            })
        });
        self.motion.set(Some(motion));
        self.note_what_was_seen();
    }

    fn show_at_once(self) {
        self.motion.set(None);
        self.note_what_was_seen();
    }

    fn note_what_was_seen(self) {
        let is_shown = |step: &Step| step.hop == Hop::Shown;
        let (steps, playhead) = untrack(|| (self.steps(), self.playhead()));
        if !self.is_seen.get_untracked() && steps.current(playhead).is_some_and(is_shown) {
            self.is_seen.set(true);
        }
    }

    /// Moves the playhead. Only a step forward is shown as motion; everything else is there at once. A step forward while
    /// something still travels brings that to its end, and no more; what plays is paused by it, as by any step.
    pub fn command(self, command: PlaybackCommand) {
        if command == PlaybackCommand::Forward && self.is_under_way() {
            self.motion.set(None);
            return self.command(PlaybackCommand::Pause);
        }
        let steps = self.steps.with_untracked(Arc::clone);
        let before = untrack(|| self.playhead());
        self.playback.update(|playback| playback.apply(command, &steps));
        if untrack(|| self.playhead()) != before {
            match command {
                PlaybackCommand::Forward => self.show_motion(before),
                _ => self.show_at_once(),
            }
        }
    }

    /// Lets time pass on the screen.
    pub fn advance(self, elapsed: Duration) {
        let steps = self.steps.with_untracked(Arc::clone);
        let (mut moved_from, mut has_ended) = (None, false);
        self.playback.maybe_update(|playback| {
            let before = playback.playhead();
            playback.advance(elapsed, &steps);
            moved_from = (playback.playhead() != before).then_some(before);
            has_ended = !playback.is_playing();
            moved_from.is_some() || has_ended
        });
        if let Some(before) = moved_from {
            self.show_motion(before);
        }
    }
}
