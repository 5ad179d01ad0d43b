//! What of a log is done to the walk: a line is walked, its objects are put at the origins, and that is taken back.

use std::sync::Arc;

use leptos::prelude::*;

use super::{LogsState, Said};
use crate::app::lessons::filled;
use crate::network::City;
use crate::scene::{PlaybackCommand, units};
use crate::simulation::access_log::{Untold, Walked, objects, walked};
use crate::simulation::{Action, View, Walk};

impl LogsState {
    /// Goes to the end of the walk.
    pub(in crate::app::logs) fn to_end(self) {
        self.parts().walk.command(PlaybackCommand::Last);
    }

    /// Begins a walk through the distribution in force, whose origins hold what the opened log tells of.
    pub(in crate::app::logs) fn take_objects(self) {
        let Some((name, logged)) = self.parts().opened.with_untracked(|opened| {
            opened.as_ref().map(|opened| (opened.name.clone(), objects(&opened.log)))
        }) else {
            return;
        };
        if logged.given.is_empty() {
            let wrong = format!("{name} tells of no object: nothing in it was answered with one.");
            return self.parts().said.set(Said { wrong, ..Said::default() });
        }
        let configuration =
            untrack(|| Arc::clone(&self.parts().walk.scene().settings.configuration));
        let walk = Walk::of_site(configuration, &logged.given);
        let said = match self.parts().walk.open(&walk, None, None) {
            Ok(()) => {
                let objects = units::count(logged.given.len(), "object", "objects");
                let left = match logged.left_out {
                    0 => String::new(),
                    count => {
                        let paths = units::count(count, "other path was", "other paths were");
                        format!("; {paths} answered with no object")
                    }
                };
                let done = format!("A new walk: its origins hold {objects} of {name}{left}.");
                Said { done, made: Some(walk.into()), ..Said::default() }
            }
            Err(error) => Said { wrong: error.to_string(), ..Said::default() },
        };
        self.parts().said.set(said);
    }

    /// Whether what was said last is also what was done last.
    pub(in crate::app::logs) fn can_undo(self) -> bool {
        let made = self.parts().said.with(|said| said.made.clone());
        made.is_some_and(|made| self.parts().walk.with_run(|run| *run.walk() == *made))
    }

    /// Takes the last action back.
    pub(in crate::app::logs) fn undo(self) {
        self.parts().walk.undo();
        let done = "The walk of before is back.".to_owned();
        self.parts().said.set(Said { done, ..Said::default() });
    }

    /// Shows how it came to a line: of the walk's own log its exchange from the first step; of another log the request is
    /// sent, behind all that the walk has. What is refused is said.
    pub(in crate::app::logs) fn walk_line(self, line: usize) {
        let refused = if untrack(|| self.sees_opened()) {
            self.send(line).err()
        } else {
            untrack(|| self.seek(line));
            None
        };
        match refused {
            Some(wrong) => self.parts().said.set(Said { wrong, ..Said::default() }),
            None => self.parts().lessons.show(View::Walk),
        }
    }

    fn seek(self, line: usize) {
        let steps = self.parts().walk.steps();
        let own = self.own();
        let playhead = self.parts().walk.with_run(|run| own.playhead_of(line, run, &steps));
        if let Some(playhead) = playhead {
            self.parts().walk.command(PlaybackCommand::Seek(playhead));
        }
    }

    fn send(self, line: usize) -> Result<(), String> {
        let walked = untrack(|| self.walked(line)).ok_or_else(String::new)??;
        self.parts().walk.command(PlaybackCommand::Last);
        let (city, request) = (walked.city, Arc::new(walked.request));
        let form = filled(city, &request);
        self.parts().walk.act(Action::Send { city, request }).map_err(|error| error.to_string())?;
        self.parts().lessons.fill(form);
        Ok(())
    }

    /// What of a line is a guess, or why it cannot be walked; none for a line of the walk's own log.
    pub(in crate::app::logs) fn untold(self, line: usize) -> Option<Result<Vec<Untold>, String>> {
        if !self.sees_opened() {
            return None;
        }
        self.walked(line).map(|walked| walked.map(|walked| walked.untold))
    }

    fn walked(self, line: usize) -> Option<Result<Walked, String>> {
        let scene = self.parts().walk.scene();
        let city = self.parts().composer.city().or_else(|| City::all().next())?;
        self.with_record(line, |record| {
            walked(record, &scene.settings, city).map_err(|error| error.to_string())
        })
    }
}
