//! Which log is in view, which of its lines, and what is being read.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::Source;
use super::sampling::RealTimeState;
use super::search::Search;
use crate::app::composer::{ComposerState, use_composer};
use crate::app::dom;
use crate::app::lessons::{LessonsState, use_lessons};
use crate::app::live::Kept;
use crate::app::state::{WalkState, use_walk};
use crate::edge::access_log::{AccessLog, Record};
use crate::scene::logs::{Digest, Filter, Found, OwnLog, Window};
use crate::simulation::{View, Walk, What};

mod walking;

/// So many lines are looked at for the filter before the clock is.
const STRIDE: usize = 200;

/// A log that somebody has opened.
pub(super) struct Opened {
    /// The file's name.
    pub(super) name: String,
    /// What was read of it so far.
    pub(super) log: AccessLog,
}

/// A file that is being read.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Its name.
    pub(super) name: String,
    /// Bytes that were read.
    pub(super) read: u64,
    /// Bytes that it has.
    pub(super) size: u64,
}

/// What is said of what was opened or saved.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) done: String,
    pub(super) wrong: String,
    /// The walk that it has made, as long as which it can be taken back.
    pub(super) made: Option<Arc<Walk>>,
}

/// Which log is in view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Seen {
    /// The standard log of the walk.
    #[default]
    Own,
    /// Its real-time log.
    RealTime,
    /// The one that was opened.
    Opened,
}

/// The state of the page.
#[derive(Clone, Copy)]
pub(crate) struct LogsState(StoredValue<Parts>);

#[derive(Clone, Copy)]
struct Parts {
    walk: WalkState,
    composer: ComposerState,
    lessons: LessonsState,
    own: Kept<Arc<OwnLog>>,
    opened: RwSignal<Option<Opened>>,
    seen: RwSignal<Seen>,
    search: Search,
    real_time: RealTimeState,
    reading: RwSignal<Option<Reading>>,
    /// Counts what was opened: a reader that finds another number stops.
    readings: StoredValue<u32>,
    /// Counts the logs that were opened and had lines.
    puts: StoredValue<u32>,
    said: RwSignal<Said>,
    digest: Kept<Digest>,
    chosen: RwSignal<Option<usize>>,
    window: RwSignal<Window>,
}

/// Puts the state of the logs into context, after the walks; once is enough.
pub(crate) fn provide_logs() {
    if use_context::<LogsState>().is_some() {
        return;
    }
    let (walk, lessons) = (use_walk(), use_lessons());
    let own = Kept::new(move || {
        let playhead = walk.playhead();
        Arc::new(walk.with_run(|run| OwnLog::of(run, playhead)))
    });
    let (opened, seen) = (RwSignal::new(None), RwSignal::new(Seen::Own));
    let digest = Kept::new(move || {
        if seen.get() == Seen::Opened {
            opened.with(|opened: &Option<Opened>| {
                opened.as_ref().map(|opened| Digest::of(opened.log.tally())).unwrap_or_default()
            })
        } else {
            own.with(|own| Digest::of(own.log().tally()))
        }
    });
    let logs = LogsState(StoredValue::new(Parts {
        walk,
        composer: use_composer(),
        lessons,
        own,
        digest,
        opened,
        seen,
        search: Search::new(),
        real_time: RealTimeState::new(walk),
        reading: RwSignal::new(None),
        readings: StoredValue::new(0),
        puts: StoredValue::new(0),
        said: RwSignal::new(Said::default()),
        chosen: RwSignal::new(None),
        window: RwSignal::new(Window::of(0, 0.0, 0.0, 0.0)),
    }));
    provide_context(logs);
    // Another filter, another log, or more of it: what is shown is looked for anew, or further.
    Effect::new(move |before: Option<(Filter, Source)>| {
        let now = (logs.search().filter().get(), logs.source());
        logs.count();
        let look = move |found: &mut Found, filter: &Filter| {
            untrack(|| logs.with_log(|log| found.go_on(filter, log, STRIDE)))
        };
        logs.search().begin(before.is_some_and(|before| before == now), look);
        now
    });
}

/// The logs in context.
pub(super) fn use_logs() -> LogsState {
    expect_context()
}

impl LogsState {
    fn parts(self) -> Parts {
        self.0.get_value()
    }

    /// The walk's own log.
    pub(super) fn own(self) -> Arc<OwnLog> {
        self.parts().own.with(Arc::clone)
    }

    /// Reads the log in view.
    pub(super) fn with_log<T>(self, read: impl FnOnce(&AccessLog) -> T) -> T {
        if self.sees_opened() {
            self.parts().opened.with(|opened| match opened {
                Some(opened) => read(&opened.log),
                None => read(&AccessLog::new()),
            })
        } else {
            self.parts().own.with(|own| read(own.log()))
        }
    }

    /// Reads a line of the log in view.
    pub(super) fn with_record<T>(
        self,
        line: usize,
        read: impl FnOnce(&Record<'_>) -> T,
    ) -> Option<T> {
        self.with_log(|log| log.record(line).map(|record| read(&record)))
    }

    /// Whose lines are in view.
    pub(super) fn source(self) -> Source {
        if self.sees_opened() {
            Source::Opened(self.parts().puts.get_value())
        } else {
            Source::Own(self.own())
        }
    }

    /// What the log in view comes to.
    pub(super) fn digest(self) -> Kept<Digest> {
        self.parts().digest
    }

    /// How many lines are in view.
    pub(super) fn count(self) -> usize {
        self.with_log(AccessLog::len)
    }

    /// Reads what was opened, if anything was.
    pub(super) fn with_opened<T>(self, read: impl FnOnce(&Opened) -> T) -> Option<T> {
        self.parts().opened.with(|opened| opened.as_ref().map(read))
    }

    /// Which log is in view.
    pub(super) fn seen(self) -> Seen {
        self.parts().seen.get()
    }

    /// Whether the opened log is in view.
    pub(super) fn sees_opened(self) -> bool {
        self.seen() == Seen::Opened
    }

    /// Shows another log.
    pub(super) fn see(self, seen: Seen) {
        self.parts().chosen.set(None);
        if self.parts().seen.get_untracked() != seen {
            self.parts().search.clear();
        }
        self.parts().seen.set(seen);
    }

    /// Which lines are shown.
    pub(super) fn search(self) -> Search {
        self.parts().search
    }

    /// How many lines of the log in view are shown.
    pub(super) fn shown(self) -> usize {
        self.search().count().unwrap_or_else(|| self.count())
    }

    /// What is chosen of the real-time log.
    pub(super) fn real_time(self) -> RealTimeState {
        self.parts().real_time
    }

    /// How many requests are answered later in the walk than its playhead stands.
    pub(super) fn ahead(self) -> usize {
        let playhead = self.parts().walk.playhead();
        self.parts().walk.with_run(|run| {
            let later = &run.journal().events()[playhead.min(run.journal().len())..];
            later.iter().filter(|event| matches!(event.what, What::Shown { .. })).count()
        })
    }

    /// Whether the distribution in force logs at all.
    pub(super) fn is_on(self) -> bool {
        self.parts().walk.scene().settings.configuration.distribution().logging.is_some()
    }

    /// The line in view field by field.
    pub(super) fn chosen(self) -> Option<usize> {
        self.parts().chosen.get()
    }

    /// Shows a line field by field, or what opens and saves logs.
    pub(super) fn choose(self, line: Option<usize>) {
        self.parts().chosen.set(line);
    }

    /// The same, and brings it into view where it stands below the lines.
    pub(super) fn open_line(self, line: usize) {
        self.choose(Some(line));
        dom::follow_down(".app > .inspector");
    }

    /// The lines that are drawn.
    pub(super) fn window(self) -> RwSignal<Window> {
        self.parts().window
    }

    /// What is being read.
    pub(super) fn reading(self) -> RwSignal<Option<Reading>> {
        self.parts().reading
    }

    /// What is said of opening and saving.
    pub(super) fn said(self) -> RwSignal<Said> {
        self.parts().said
    }

    /// Begins to read a file of so many bytes, and forgets what was being read. Its number is what the reader shows.
    pub(super) fn begin(self, name: &str, size: u64) -> u32 {
        self.parts().readings.update_value(|count| *count = count.wrapping_add(1));
        self.parts().said.set(Said::default());
        self.parts().reading.set(Some(Reading { name: name.to_owned(), read: 0, size }));
        self.parts().readings.get_value()
    }

    /// Whether nobody has cancelled it.
    pub(super) fn is_reading(self, number: u32) -> bool {
        self.parts().readings.get_value() == number
    }

    /// Stops what is being read; the lines that were read stay.
    pub(super) fn cancel(self) {
        self.parts().readings.update_value(|count| *count = count.wrapping_add(1));
        if let Some(reading) = self.parts().reading.try_update(Option::take).flatten() {
            let done = format!("Stopped. {} is not read to its end.", reading.name);
            self.parts().said.set(Said { done, ..Said::default() });
        }
    }

    /// Puts a log with its first lines in the place of the one that was opened before.
    pub(super) fn put(self, opened: Opened) {
        self.parts().chosen.set(None);
        self.parts().search.clear();
        self.parts().puts.update_value(|count| *count = count.wrapping_add(1));
        self.parts().opened.set(Some(opened));
        self.parts().seen.set(Seen::Opened);
    }

    /// Changes the opened log; the page follows once it is told.
    pub(super) fn extend<T>(self, change: impl FnOnce(&mut AccessLog) -> T) -> Option<T> {
        self.parts()
            .opened
            .try_update_untracked(|opened| opened.as_mut().map(|opened| change(&mut opened.log)))
            .flatten()
    }

    /// Tells the page how far it is.
    pub(super) fn tell(self, read: u64) {
        self.parts().opened.notify();
        self.parts().reading.update(|reading| {
            if let Some(reading) = reading {
                reading.read = read;
            }
        });
    }

    /// Shows another page.
    pub(super) fn show(self, view: View) {
        self.parts().lessons.show(view);
    }
}
