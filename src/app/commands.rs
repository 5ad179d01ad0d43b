//! What buttons and keys ask for, in one place, so that both do the same.

use leptos::prelude::*;

use super::composer::{ComposerState, use_composer};
use super::state::{WalkState, use_walk};
use crate::scene::{PlaybackCommand, Steps};

/// Commands for the playhead that are never dead: where nothing was sent yet, going forward sends.
#[derive(Clone, Copy)]
pub struct Commands {
    walk: WalkState,
    composer: ComposerState,
}

/// Puts the commands into context, after the walk and the composer.
pub fn provide_commands() -> Commands {
    let commands = Commands { walk: use_walk(), composer: use_composer() };
    provide_context(commands);
    commands
}

/// The commands in context.
pub fn use_commands() -> Commands {
    expect_context()
}

impl Commands {
    /// Moves the playhead. While nothing was sent, Play, Step forward and Last step send the composed request first.
    pub fn run(self, command: PlaybackCommand) {
        let (steps, playback) = untrack(|| (self.walk.steps().get(), self.walk.playback().get()));
        if !sends_first(command, &steps, playback.playhead()) {
            self.walk.command(command);
            return;
        }
        // Sending shows the first step, which is already one step forward.
        if self.composer.send() && command != PlaybackCommand::Forward {
            self.walk.command(command);
        }
    }

    /// Whether Play, Step forward and Last step would send: none of them is dead then, though no step lies ahead.
    pub fn sends_first(self) -> Signal<bool> {
        let (steps, playback) = (self.walk.steps(), self.walk.playback());
        let playhead = move || playback.with(crate::scene::Playback::playhead);
        Signal::derive(move || {
            steps.with(|steps| sends_first(PlaybackCommand::Forward, steps, playhead()))
        })
    }

    /// Plays, or pauses what plays.
    pub fn play_or_pause(self) {
        let is_playing = untrack(|| self.walk.playback().get().is_playing());
        self.run(if is_playing { PlaybackCommand::Pause } else { PlaybackCommand::Play });
    }

    /// Sends the composed request and returns whether it was sent.
    pub fn send(self) -> bool {
        self.composer.send()
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> Signal<bool> {
        Signal::derive(move || self.walk.with_run(crate::simulation::Run::can_undo))
    }

    /// Whether there is something to do again.
    pub fn can_redo(self) -> Signal<bool> {
        Signal::derive(move || self.walk.with_run(crate::simulation::Run::can_redo))
    }

    /// Takes the last action back.
    pub fn undo(self) {
        self.walk.undo();
    }

    /// Takes the last undone action again.
    pub fn redo(self) {
        self.walk.redo();
    }
}

/// Whether a command would have to go where nothing is: no request was sent and no step lies ahead.
fn sends_first(command: PlaybackCommand, steps: &Steps, playhead: usize) -> bool {
    let goes_forward =
        matches!(command, PlaybackCommand::Play | PlaybackCommand::Forward | PlaybackCommand::Last);
    let is_sent = steps.all().iter().any(|step| step.exchange.is_some());
    let is_at_end = steps.all().last().is_none_or(|step| playhead >= step.end);
    goes_forward && !is_sent && is_at_end
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::app::composer::Form;
    use crate::http::Method;
    use crate::simulation::{Action, Run, built_in_scenario};

    fn steps(actions: impl IntoIterator<Item = Action>) -> Steps {
        let mut run = Run::new(built_in_scenario()).unwrap();
        for action in actions {
            run.act(action, run.journal().len()).unwrap();
        }
        Steps::of(run.journal())
    }

    #[test]
    fn going_forward_sends_only_where_nothing_was_sent_and_nothing_lies_ahead() {
        use PlaybackCommand::{Back, First, Forward, Last, Pause, Play};
        let method = || Action::SetMethod { method: Method::Post };
        let (city, request) = Form::default().parse(Method::Get).unwrap();
        let (empty, changed) = (steps([]), steps([method()]));
        let sent = steps([Action::Send { city, request }]);
        for command in [Play, Forward, Last] {
            assert!(sends_first(command, &empty, 0));
            assert!(!sends_first(command, &changed, 0), "the change can still be stepped over");
            assert!(sends_first(command, &changed, 1));
            assert!(!sends_first(command, &sent, 0));
            assert!(!sends_first(command, &sent, sent.all().last().unwrap().end));
        }
        for command in [Back, First, Pause] {
            assert!(!sends_first(command, &empty, 0));
        }
    }
}
