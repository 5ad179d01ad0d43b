//! The bracket row above the curve: what takes the time, and how much.

use std::time::Duration;

use super::Strip;
use crate::time::SimTime;

/// A stretch of time with one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// What takes the time.
    pub label: &'static str,
    /// From here.
    pub from: SimTime,
    /// To here.
    pub until: SimTime,
}

impl Phase {
    /// How long it takes.
    pub fn span(&self) -> Duration {
        self.until.since(self.from)
    }
}

/// A phase as it is drawn, or several that are too short for a name of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// What takes the time, or takes it first.
    pub first: &'static str,
    /// What takes it last, where several share the bracket.
    pub last: Option<&'static str>,
    /// From here.
    pub from: SimTime,
    /// To here.
    pub until: SimTime,
}

impl Bracket {
    /// What is written in it.
    pub fn label(&self) -> String {
        let last = self.last.map(|last| format!(" \u{2026} {last}"));
        format!("{}{}", self.first, last.unwrap_or_default())
    }

    /// How long it takes.
    pub fn span(&self) -> Duration {
        self.until.since(self.from)
    }
}

/// The share of the axis, in percent, that a phase needs for a bracket of its own.
const OWN_BRACKET: f64 = 6.0;

impl Strip {
    /// The bracket row: short phases that follow each other share one, since a name needs room.
    pub fn brackets(&self) -> Vec<Bracket> {
        let is_short = |from: SimTime, until: SimTime| self.share(until.since(from)) < OWN_BRACKET;
        let mut brackets: Vec<Bracket> = Vec::new();
        for phase in &self.phases {
            let last = brackets.last_mut().filter(|last| {
                is_short(last.from, last.until) && is_short(phase.from, phase.until)
            });
            match last {
                Some(last) => {
                    last.last = Some(phase.label);
                    last.until = phase.until;
                }
                None => brackets.push(Bracket {
                    first: phase.label,
                    last: None,
                    from: phase.from,
                    until: phase.until,
                }),
            }
        }
        brackets
    }

    /// The phase goes on up to an instant, or begins.
    pub(super) fn bracket(&mut self, label: &'static str, from: SimTime, until: SimTime) {
        match self.phases.last_mut().filter(|last| last.label == label) {
            Some(last) => last.until = until,
            None => self.phases.push(Phase { label, from, until }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A strip whose phases take so many milliseconds.
    fn brackets(phases: &[(&'static str, u64)]) -> Vec<(String, u128)> {
        let begin = SimTime::ZERO;
        let whole = phases.iter().map(|(_, millis)| millis).sum();
        let mut strip = Strip::empty(begin, begin + Duration::from_millis(whole));
        let mut at = begin;
        for (label, millis) in phases {
            let until = at + Duration::from_millis(*millis);
            strip.bracket(label, at, until);
            at = until;
        }
        let brackets = strip.brackets();
        assert_eq!(brackets.first().unwrap().from, begin);
        assert_eq!(brackets.last().unwrap().until, strip.until, "nothing is left out");
        brackets.iter().map(|it| (it.label(), it.span().as_millis())).collect()
    }

    #[test]
    fn short_phases_share_a_bracket_until_it_has_room_for_a_name() {
        let found =
            brackets(&[("DNS", 20), ("TCP", 30), ("TLS", 30), ("To POP", 15), ("Body", 905)]);
        let expected = [("DNS \u{2026} TLS", 80), ("To POP", 15), ("Body", 905)];
        assert_eq!(found, expected.map(|(label, millis)| (label.to_owned(), millis)));
    }

    #[test]
    fn a_phase_with_room_of_its_own_shares_it_with_none() {
        let found = brackets(&[("DNS", 60), ("TCP", 30), ("Body", 910)]);
        let expected = [("DNS", 60), ("TCP", 30), ("Body", 910)];
        assert_eq!(found, expected.map(|(label, millis)| (label.to_owned(), millis)));
    }
}
