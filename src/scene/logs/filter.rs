//! Which lines of a log are shown: those that no kind hides, and that hold what is looked for.

use super::digest::class_name;
use crate::edge::access_log::{AccessLog, Record, Value};

/// By what lines are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By the result type (field 14).
    Result,
    /// By the class of the status (field 9).
    Status,
    /// By the edge location (field 3).
    Location,
}

/// What hides lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Names of kinds, as a digest has them.
    hidden: Vec<(Kind, String)>,
    /// What path and query, the status or the request id of each line holds.
    pub text: String,
}

impl Filter {
    /// Whether it hides nothing.
    pub const fn is_empty(&self) -> bool {
        self.hidden.is_empty() && self.text.is_empty()
    }

    /// Whether it hides the lines of this name.
    pub fn hides(&self, kind: Kind, name: &str) -> bool {
        self.hidden.iter().any(|(of, known)| *of == kind && known == name)
    }

    /// Hides the lines of this name, or shows them again.
    pub fn set(&mut self, kind: Kind, name: &str, is_shown: bool) {
        self.hidden.retain(|(of, known)| *of != kind || known != name);
        if !is_shown {
            self.hidden.push((kind, name.to_owned()));
        }
    }

    /// Whether it shows a record.
    pub fn shows(&self, record: &Record<'_>) -> bool {
        let is_hidden = |(kind, name): &(Kind, String)| match kind {
            Kind::Result => record.result.as_str() == name,
            Kind::Status => {
                let class = record.status.map_or(0, |status| usize::from(status.0 / 100));
                class_name(class) == *name
            }
            Kind::Location => record.location.as_ref().is_some_and(|it| it.as_logged() == name),
        };
        !self.hidden.iter().any(is_hidden) && self.holds(record)
    }

    fn holds(&self, record: &Record<'_>) -> bool {
        let text = self.text.as_str();
        let of = |value: &Option<Value<'_>>| {
            value.as_ref().is_some_and(|value| value.as_logged().contains(text))
        };
        // LOG-F09: of a viewer that left before there was one, three zeros.
        let status = record.status.map_or(0, |status| status.0);
        let is_status = || format!("{status:03}") == text;
        // What stands on both sides of the question mark, too.
        let target = || {
            let path = record.path.as_logged();
            match &record.query {
                Some(query) => [path, "?", query.as_logged()].concat().contains(text),
                None => path.contains(text),
            }
        };
        text.is_empty() || target() || is_status() || of(&record.request_id)
    }
}

/// The lines of a log that a filter shows, found piece by piece, since a log may be long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Their places in the log, in its order.
    lines: Vec<u32>,
    /// How many lines were looked at.
    read: usize,
}

impl Found {
    /// Looks at so many lines more, and says whether all of the log is looked at.
    pub fn go_on(&mut self, filter: &Filter, log: &AccessLog, most: usize) -> bool {
        let end = self.read.saturating_add(most).min(log.len());
        for place in self.read..end {
            // What is no question mark stands in the line as it stands in its fields: most lines need no reading.
            let parts = || filter.text.split('?');
            let may = |(line, _): (&str, u32)| parts().all(|part| line.contains(part));
            let is_shown = log.line_of(place).is_some_and(may)
                && log.record(place).is_some_and(|record| filter.shows(&record));
            if is_shown {
                self.lines.push(place as u32);
            }
        }
        self.read = end;
        end == log.len()
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether none is found.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The place in the log of one of them.
    pub fn get(&self, place: usize) -> Option<usize> {
        self.lines.get(place).map(|line| *line as usize)
    }

    /// Where a line of the log stands among them.
    pub fn place_of(&self, line: usize) -> Option<usize> {
        self.lines.binary_search(&(line as u32)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(change: impl FnOnce(&mut Filter)) -> Vec<usize> {
        let log = AccessLog::read(include_str!("../../../docs/reference/examples/access.log"));
        let mut filter = Filter::default();
        change(&mut filter);
        // In pieces of whatever size the same lines are found.
        let all = [1, 5, 100].map(|most| {
            let mut found = Found::default();
            while !found.go_on(&filter, &log, most) {}
            (0..found.len()).filter_map(|place| found.get(place)).collect::<Vec<_>>()
        });
        assert!(all.iter().all(|lines| *lines == all[0]));
        let by_hand = |line: &usize| log.record(*line).is_some_and(|it| filter.shows(&it));
        assert_eq!(all[0], (0..log.len()).filter(by_hand).collect::<Vec<_>>());
        all[0].clone()
    }

    #[test]
    fn log_f03_f08_f09_f12_f14_f15_each_field_that_lines_are_chosen_by() {
        assert_eq!(shown(|_| {}).len(), 12);
        // LOG-72: 2xx 6, 3xx 1, 4xx 2, 5xx 2, and one without an answer.
        for (class, count) in
            [("2xx", 6), ("3xx", 1), ("4xx", 2), ("5xx", 2), ("000, no answer", 1)]
        {
            let left = shown(|filter| filter.set(Kind::Status, class, false));
            assert_eq!(left.len(), 12 - count, "{class}");
        }
        // As the digest counts them.
        for (result, count) in
            [("Hit", 2), ("RefreshHit", 1), ("Miss", 2), ("Error", 5), ("Redirect", 1)]
        {
            let left = shown(|filter| filter.set(Kind::Result, result, false));
            assert_eq!(left.len(), 12 - count, "{result}");
        }
        assert!(!shown(|filter| filter.set(Kind::Location, "FRA56-P4", false)).contains(&0));
        let text = |text: &str| shown(|filter| filter.text = text.into());
        assert_eq!(text("/index.html").first(), Some(&0));
        assert_eq!(text("search?q=red"), [10], "on both sides of the question mark");
        assert_eq!(text("nothing of the sort"), Vec::<usize>::new());
        assert_eq!(text("000"), [11], "a status, whole");
        assert!(!text("00").contains(&11), "and no part of one");
        let both = shown(|filter| {
            filter.set(Kind::Status, "2xx", false);
            filter.set(Kind::Result, "Error", false);
            filter.set(Kind::Status, "2xx", true);
        });
        assert_eq!(both.len(), 7, "what is shown again is there again");
    }

    #[test]
    fn a_line_has_its_place_among_those_that_are_found() {
        let log = AccessLog::read(include_str!("../../../docs/reference/examples/access.log"));
        let mut filter = Filter::default();
        filter.set(Kind::Status, "2xx", false);
        let mut found = Found::default();
        assert!(found.go_on(&filter, &log, 100));
        for place in 0..found.len() {
            assert_eq!(found.get(place).and_then(|line| found.place_of(line)), Some(place));
        }
        assert_eq!((found.get(found.len()), found.place_of(0)), (None, None));
    }
}
