//! Reads a log as it comes, in pieces: records, what is wrong, and the tally of what is right.

use super::VERSION;
use super::layout::Layout;
use super::lines::Lines;
use super::problem::{Problem, Problems};
use super::record::Record;
use super::tally::Tally;

/// A log that was read, or is being read.
#[derive(Clone, Debug, Default)]
pub struct AccessLog {
    lines: Lines,
    /// What the columns are, and the first record of which that holds: a file may be made of several.
    layouts: Vec<(usize, Layout)>,
    tally: Tally,
    problems: Problems,
    /// The beginning of a line whose end is still to come.
    begun: Vec<u8>,
    /// The line is longer than any record: its rest is passed over.
    is_too_long: bool,
    /// How many lines have ended.
    ended: u32,
    /// How many bytes have come.
    bytes: usize,
    end: Option<Problem>,
    /// There were records before any `#Fields` line, and that was said.
    has_said_no_fields: bool,
}

impl AccessLog {
    /// The most bytes that are taken, unpacked. With [`AccessLog::MOST_RECORDS`] and what the tally takes that keeps all below
    /// 64 MB.
    pub const MOST_BYTES: usize = 48_000_000;

    /// The most records that are taken.
    pub const MOST_RECORDS: usize = 300_000;

    /// The longest line that is taken, in bytes.
    pub const LONGEST_LINE: usize = Lines::LONGEST;

    /// A log of which nothing has come.
    pub fn new() -> Self {
        Self::default()
    }

    /// A whole log in one text.
    pub fn read(text: &str) -> Self {
        let mut log = Self::new();
        let _ = log.feed(text.as_bytes()); // its problems have it
        log.finish();
        log
    }

    /// Takes the next bytes, which may end anywhere. `Err` once a bound is passed: what came before stays, and nothing more is
    /// taken. All else that is wrong is in [`AccessLog::problems`].
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let mut rest = bytes;
        while let Some(length) = rest.iter().position(|byte| *byte == b'\n') {
            self.check_end()?;
            let (line, after) = rest.split_at(length);
            rest = &after[1..];
            self.bytes = self.bytes.saturating_add(length + 1);
            if self.begun.is_empty() && !self.is_too_long && line.len() <= Self::LONGEST_LINE {
                self.line(line);
            } else {
                self.begin(line);
                self.end_line();
            }
        }
        self.check_end()?;
        self.bytes = self.bytes.saturating_add(rest.len());
        self.begin(rest);
        self.check_end()
    }

    /// No more will come: the last line may have no end of its own.
    pub fn finish(&mut self) {
        if self.end.is_none() && (!self.begun.is_empty() || self.is_too_long) {
            self.end_line();
        }
        self.begun = Vec::new();
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A record, counted from 0.
    pub fn record(&self, index: usize) -> Option<Record<'_>> {
        let (text, line) = self.lines.get(index)?;
        let layout = self.layouts.partition_point(|(first, _)| *first <= index).checked_sub(1)?;
        self.layouts[layout].1.record(text, line).ok()
    }

    /// The line of a record as it stands in the file, and its number there from 1.
    pub fn line_of(&self, index: usize) -> Option<(&str, u32)> {
        self.lines.get(index)
    }

    /// What the records come to.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What was wrong.
    pub const fn problems(&self) -> &Problems {
        &self.problems
    }

    /// How many bytes have come, for a bar that shows how far it is.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The memory that the log takes, in bytes.
    pub fn held_bytes(&self) -> usize {
        self.lines.held_bytes() + self.begun.capacity() + self.tally.held_bytes()
    }

    fn check_end(&mut self) -> Result<(), Problem> {
        let line = self.ended;
        if self.end.is_none() && self.bytes > Self::MOST_BYTES {
            self.stop(Problem::TooLarge { line, limit: Self::MOST_BYTES });
        }
        self.end.clone().map_or(Ok(()), Err)
    }

    fn stop(&mut self, end: Problem) {
        self.begun = Vec::new();
        self.is_too_long = false;
        self.problems.add(end.clone());
        self.end = Some(end);
    }

    /// Takes a part of a line.
    fn begin(&mut self, part: &[u8]) {
        if self.is_too_long || self.begun.len() + part.len() > Self::LONGEST_LINE {
            (self.begun, self.is_too_long) = (Vec::new(), true);
        } else {
            self.begun.extend_from_slice(part);
        }
    }

    /// The line that was begun is over.
    fn end_line(&mut self) {
        if self.is_too_long {
            self.is_too_long = false;
            self.ended += 1;
            let limit = Self::LONGEST_LINE;
            self.problems.add(Problem::LineTooLong { line: self.ended, limit });
        } else {
            let mut line = std::mem::take(&mut self.begun);
            self.line(&line);
            line.clear();
            self.begun = line;
        }
    }

    /// Takes a whole line.
    fn line(&mut self, line: &[u8]) {
        if self.end.is_some() {
            return;
        }
        self.ended += 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let result = match std::str::from_utf8(line) {
            Err(_) => Err(Problem::NotText { line: self.ended }),
            Ok("") => Ok(()),
            Ok(text) => match text.trim_start_matches('\u{feff}').strip_prefix('#') {
                Some(directive) => self.directive(directive),
                None => self.take(text),
            },
        };
        if let Err(problem) = result {
            if problem.is_end() {
                self.stop(problem);
            } else {
                self.problems.add(problem);
            }
        }
    }

    /// LOG-01, LOG-02; other lines that begin with `#` are remarks.
    fn directive(&mut self, directive: &str) -> Result<(), Problem> {
        let line = self.ended;
        if let Some(version) = directive.strip_prefix("Version:") {
            let version = version.trim();
            if VERSION.strip_prefix("#Version: ") != Some(version) {
                return Err(Problem::Version { line, given: Problem::shown(version) });
            }
        } else if let Some(names) = directive.strip_prefix("Fields:") {
            let layout = Layout::read(names, line)?;
            if self.layouts.last().is_none_or(|(_, last)| *last != layout) {
                self.layouts.push((self.lines.len(), layout));
            }
        }
        Ok(())
    }

    fn take(&mut self, text: &str) -> Result<(), Problem> {
        let line = self.ended;
        let Some((_, layout)) = self.layouts.last() else {
            // LOG-90; said once, since it holds for all.
            let is_first = !std::mem::replace(&mut self.has_said_no_fields, true);
            return if is_first { Err(Problem::NoFields { line }) } else { Ok(()) };
        };
        let record = layout.record(text, line)?;
        if self.lines.len() >= Self::MOST_RECORDS {
            return Err(Problem::TooManyRecords { line: line - 1, limit: Self::MOST_RECORDS });
        }
        self.tally.count(&record);
        self.lines.push(text, line);
        Ok(())
    }
}
