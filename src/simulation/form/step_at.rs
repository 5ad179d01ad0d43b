//! Where the playhead stands, as a link says it.

use std::fmt;

use super::{not, whole};

/// A place of the playhead: the end of a step, or so many events into it. It counts steps and not the journal's events, so
/// that a link still shows the same step when a later version of this program tells more of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepAt {
    /// Which step of the whole walk, from 1.
    pub step: usize,
    /// How many of its events have happened; none where all have.
    pub events: Option<usize>,
}

impl StepAt {
    /// Reads `14` or `14.2`. The error is a rule with the value that breaks it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let number = |text: &str| whole(text).and_then(|number| usize::try_from(number).ok());
        let read = || {
            let (step, events) = text.split_once('.').unwrap_or((text, ""));
            let events = if text.contains('.') { Some(number(events)?) } else { None };
            Some(Self { step: number(step)?, events })
        };
        let is_counted = |at: &Self| at.step > 0 && at.events != Some(0);
        read().filter(is_counted).ok_or_else(|| {
            not(
                "a step is a number from 1, or two as in 14.2 for the second event of step 14",
                text,
            )
        })
    }
}

impl fmt::Display for StepAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.step)?;
        self.events.map_or(Ok(()), |events| write!(f, ".{events}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_reads_as_it_prints_and_nothing_else_does() {
        for text in ["1", "14", "14.2", "10000.1"] {
            assert_eq!(StepAt::read(text).map(|at| at.to_string()).as_deref(), Ok(text));
        }
        for bad in ["", "0", "1.0", ".1", "1.", "-1", "+1", "1.2.3", "x", "99999999999999999999999"]
        {
            assert!(
                StepAt::read(bad).is_err_and(|rule| rule.contains(&format!("{bad:?}"))),
                "{bad}"
            );
        }
    }
}
