//! What buttons and keys ask for, in one place, so that both do the same.

use leptos::prelude::*;

use super::composer::{ComposerState, use_composer};
use super::state::{WalkState, use_walk};
use crate::scene::{PlaybackCommand, StepSize, Steps};

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
        if !untrack(|| sends_first(command, &self.walk.steps(), self.walk.playhead())) {
            self.walk.command(command);
            return;
        }
        // Sending shows the first step, which is already one step forward.
        if self.composer.send() && command != PlaybackCommand::Forward {
            self.walk.command(command);
        }
    }

    /// Whether Play, Step forward and Last step have somewhere to go. Where nothing was sent they send, though no step lies
    /// ahead: none of them is dead then.
    pub fn can_go_on(self) -> bool {
        let (steps, playhead) = (self.walk.steps(), self.walk.playhead());
        sends_first(PlaybackCommand::Forward, &steps, playhead)
            || steps.forward(playhead, StepSize::Hop).is_some()
    }

    /// Whether First step and Step back have somewhere to go.
    pub fn can_go_back(self) -> bool {
        let playhead = self.walk.playhead();
        self.walk.steps().all().first().is_some_and(|step| playhead > step.end)
    }

    /// Plays, or pauses what plays.
    pub fn play_or_pause(self) {
        let is_playing = untrack(|| self.walk.is_playing());
        self.run(if is_playing { PlaybackCommand::Pause } else { PlaybackCommand::Play });
    }

    /// Sends the composed request and returns whether it was sent.
    pub fn send(self) -> bool {
        self.composer.send()
    }
}

/// Whether a command would have to go where nothing is: no request was sent and no step lies ahead.
fn sends_first(command: PlaybackCommand, steps: &Steps, playhead: usize) -> bool {
    let goes_forward = matches!(
        command,
        PlaybackCommand::Play
            | PlaybackCommand::Forward
            | PlaybackCommand::NextNotable
            | PlaybackCommand::Last
    );
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
        use PlaybackCommand::{Back, First, Forward, Last, NextNotable, Pause, Play};
        let method = || Action::SetMethod { method: Method::Post };
        let (city, request) = Form::default().parse(Method::Get).unwrap();
        let (empty, changed) = (steps([]), steps([method()]));
        let sent = steps([Action::Send { city, request: request.into() }]);
        for command in [Play, Forward, NextNotable, Last] {
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
