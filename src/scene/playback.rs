//! The playhead and how it moves. Buttons, keys, drag and links all send commands; one clock calls `advance`.

use std::time::Duration;

use super::{StepSize, Steps};

/// How fast playing goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// 0.25x.
    Quarter,
    /// 0.5x.
    Half,
    /// 1x.
    #[default]
    Normal,
    /// 2x.
    Double,
    /// 4x.
    Fourfold,
}

impl Speed {
    /// All of them, slowest first.
    pub const ALL: [Self; 5] =
        [Self::Quarter, Self::Half, Self::Normal, Self::Double, Self::Fourfold];

    /// As a form shows it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quarter => "0.25×",
            Self::Half => "0.5×",
            Self::Normal => "1×",
            Self::Double => "2×",
            Self::Fourfold => "4×",
        }
    }

    /// How many times as fast as 1x.
    pub fn factor(self) -> f64 {
        f64::from(self.percent()) / 100.0
    }

    /// Times a hundred.
    const fn percent(self) -> u32 {
        match self {
            Self::Quarter => 25,
            Self::Half => 50,
            Self::Normal => 100,
            Self::Double => 200,
            Self::Fourfold => 400,
        }
    }
}

/// How long a step stays on the screen while playing at 1x.
pub const STEP_STAYS: Duration = Duration::from_millis(1_600);

/// Where the playhead stands and whether it moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Playback {
    playhead: usize,
    is_playing: bool,
    speed: Speed,
    step_size: StepSize,
    /// How long the present step has been shown at 1x, while playing.
    shown_for: Duration,
}

/// What can be asked of the playhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaybackCommand {
    /// To the first step.
    First,
    /// One step back.
    Back,
    /// One step forward.
    Forward,
    /// To the next step that is notable, or the end.
    NextNotable,
    /// To the one before, or the first step.
    PreviousNotable,
    /// To the end.
    Last,
    /// Start to play, from the first step if the end was reached.
    Play,
    /// Stop where it is.
    Pause,
    /// To this count of events, clamped: for the hand on the slider.
    Seek(usize),
    /// Another speed.
    Speed(Speed),
    /// Another size of step.
    Size(StepSize),
}

impl Playback {
    /// How many events have happened.
    pub const fn playhead(&self) -> usize {
        self.playhead
    }

    /// Whether it moves by itself.
    pub const fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// How fast.
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// How far a step goes.
    pub const fn step_size(&self) -> StepSize {
        self.step_size
    }

    /// Does what was asked. Everything that moves the playhead by hand also stops it from moving by itself.
    pub fn apply(&mut self, command: PlaybackCommand, steps: &Steps) {
        let end = steps.all().last().map_or(0, |step| step.end);
        match command {
            PlaybackCommand::First => self.stop_at(steps.all().first().map_or(0, |step| step.end)),
            PlaybackCommand::Back => {
                let first = steps.all().first().map_or(0, |step| step.end);
                let back = steps.back(self.playhead, self.step_size).unwrap_or(self.playhead);
                self.stop_at(back.max(first.min(self.playhead)));
            }
            PlaybackCommand::Forward => {
                self.stop_at(steps.forward(self.playhead, self.step_size).unwrap_or(self.playhead));
            }
            PlaybackCommand::NextNotable => {
                let next = steps.notable().map(|step| step.end).find(|next| *next > self.playhead);
                self.stop_at(next.unwrap_or(end));
            }
            PlaybackCommand::PreviousNotable => {
                let first = steps.all().first().map_or(0, |step| step.end);
                let ends = steps.notable().map(|step| step.end);
                let before = ends.rev().find(|before| *before < self.playhead);
                self.stop_at(before.unwrap_or(first.min(self.playhead)));
            }
            PlaybackCommand::Last => self.stop_at(end),
            PlaybackCommand::Play if end > 0 => {
                if self.playhead >= end {
                    self.playhead = steps.all().first().map_or(0, |step| step.end);
                }
                self.shown_for = Duration::ZERO;
                self.is_playing = true;
            }
            PlaybackCommand::Play => {}
            PlaybackCommand::Pause => self.is_playing = false,
            PlaybackCommand::Seek(playhead) => self.stop_at(playhead.min(end)),
            PlaybackCommand::Speed(speed) => self.speed = speed,
            PlaybackCommand::Size(size) => self.step_size = size,
        }
    }

    /// Lets time pass on the screen; it moves on when the present step has been shown long enough, and stops at the end.
    pub fn advance(&mut self, elapsed: Duration, steps: &Steps) {
        if !self.is_playing {
            return;
        }
        self.shown_for += elapsed * self.speed.percent() / 100;
        while self.shown_for >= STEP_STAYS {
            self.shown_for -= STEP_STAYS;
            let Some(playhead) = steps.forward(self.playhead, self.step_size) else { break };
            self.playhead = playhead;
        }
        if steps.forward(self.playhead, self.step_size).is_none() {
            self.is_playing = false;
        }
    }

    fn stop_at(&mut self, playhead: usize) {
        self.playhead = playhead;
        self.is_playing = false;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::{Method, Request, Target};
    use crate::network::City;
    use crate::scene::Hop;
    use crate::simulation::{Action, Run, built_in_scenario};

    fn steps() -> Steps {
        let mut run = Run::new(built_in_scenario()).unwrap();
        let target = Target::parse("/app.js").unwrap();
        let request = Request::new(Method::Get, target, std::sync::Arc::default());
        run.act(Action::Send { city: City::find("paris").unwrap(), request: request.into() }, 0)
            .unwrap();
        Steps::of(run.journal())
    }

    fn after(commands: &[PlaybackCommand]) -> Playback {
        let (mut playback, steps) = (Playback::default(), steps());
        for command in commands {
            playback.apply(*command, &steps);
        }
        playback
    }

    #[test]
    fn a_cold_get_has_exactly_twelve_hops() {
        assert_eq!(steps().all().len(), 12);
    }

    #[test]
    fn commands_move_within_the_walk_and_stop_playing() {
        use PlaybackCommand::{Back, First, Forward, Last, Play, Seek};
        let (first, end) = (steps().all()[0].end, steps().all()[11].end);
        assert_eq!(after(&[First]).playhead(), first);
        assert_eq!(after(&[First, Back]).playhead(), first, "the first step is where back ends");
        assert_eq!(after(&[Last]).playhead(), end);
        assert_eq!(after(&[Last, Forward]).playhead(), end);
        assert_eq!(after(&[Seek(999)]).playhead(), end);
        assert_eq!(after(&[First, Forward, Back]).playhead(), first);
        assert!(after(&[Last, Play]).is_playing());
        assert_eq!(after(&[Last, Play]).playhead(), first, "play at the end begins anew");
        assert!(!after(&[Play, Forward]).is_playing());
    }

    #[test]
    fn notable_steps_are_misses_evictions_errors_and_what_changes() {
        use PlaybackCommand::{First, NextNotable, PreviousNotable};
        let mut run = Run::new(built_in_scenario()).unwrap();
        let mut send = |method, path, content_length| {
            let fields = std::sync::Arc::default();
            let request = Request::new(method, Target::parse(path).unwrap(), fields);
            let request = Request { content_length, ..request };
            let city = City::find("paris").unwrap();
            run.act(Action::Send { city, request: request.into() }, run.journal().len()).unwrap();
        };
        for _ in 0..3 {
            send(Method::Get, "/app.js", 0);
        }
        send(Method::Post, "/app.js", 0);
        send(Method::Get, "/app.js", 5); // refused: a GET with content (MET-08)
        let steps = Steps::of(run.journal());
        let names: Vec<_> =
            steps.notable().map(|step| (step.exchange.unwrap().0, step.hop)).collect();
        let expected = [
            (0, Hop::PopLooks),
            (0, Hop::RecLooks),
            (1, Hop::Shown),  // a hit, where the first was a miss
            (3, Hop::Answer), // S3 refuses to be posted to
            (3, Hop::Shown),
            (4, Hop::PopLooks),
        ];
        assert_eq!(names, expected);
        let mut playback = Playback::default();
        let mut go = |command| {
            playback.apply(command, &steps);
            steps.current(playback.playhead()).map(|step| (step.exchange.unwrap().0, step.hop))
        };
        assert_eq!(go(PreviousNotable), None, "nothing has happened");
        assert_eq!(go(First), Some((0, Hop::Url)));
        for place in expected {
            assert_eq!(go(NextNotable), Some(place));
        }
        assert_eq!(go(NextNotable), Some((4, Hop::Shown)), "the end");
        for place in expected.into_iter().rev() {
            assert_eq!(go(PreviousNotable), Some(place));
        }
        assert_eq!(go(PreviousNotable), Some((0, Hop::Url)));
    }

    #[test]
    fn playing_moves_by_the_step_size_at_its_speed_and_stops_at_the_end() {
        let steps = steps();
        let mut playback = after(&[
            PlaybackCommand::First,
            PlaybackCommand::Speed(Speed::Double),
            PlaybackCommand::Play,
        ]);
        playback.advance(STEP_STAYS / 2, &steps);
        assert_eq!(playback.playhead(), steps.all()[1].end, "twice as fast");
        playback.advance(STEP_STAYS * 100, &steps);
        assert_eq!((playback.playhead(), playback.is_playing()), (steps.all()[11].end, false));
        let mut paused = after(&[PlaybackCommand::First]);
        paused.advance(STEP_STAYS * 3, &steps);
        assert_eq!(paused.playhead(), steps.all()[0].end);
    }
}
