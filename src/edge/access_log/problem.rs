//! What is wrong with a log that is read: where, what stands there, and which rule it breaks.

/// How many characters of what stands there are shown.
const SHOWN: usize = 60;

/// One thing that is wrong. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A record, and no line has said what its columns are (LOG-02, LOG-90).
    #[error("line {line} stands before any #Fields line, so nothing tells what its columns are")]
    NoFields {
        /// The first such line.
        line: u32,
    },
    /// A `#Fields` line without a field that a record is of no use without.
    #[error(
        "line {line}: the #Fields line does not name {field}, without which a record tells too little"
    )]
    FieldMissing {
        /// The `#Fields` line.
        line: u32,
        /// The field's name.
        field: &'static str,
    },
    /// Another version of the format than the one there is (LOG-01).
    #[error("line {line}: #Version must be 1.0, not {given:?}")]
    Version {
        /// The line.
        line: u32,
        /// What it says, shortened.
        given: String,
    },
    /// A record with more or fewer values than there are columns (LOG-03).
    #[error("line {line} has {given} values where the #Fields line names {wanted}; TABs part them")]
    Columns {
        /// The line.
        line: u32,
        /// How many it has.
        given: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// A value that breaks its field's rule.
    #[error("line {line}: {field} must be {rule}, not {given:?}")]
    Value {
        /// The line.
        line: u32,
        /// The field's name.
        field: &'static str,
        /// What its value must be.
        rule: &'static str,
        /// What it is, shortened.
        given: String,
    },
    /// A line that is no text in UTF-8: a log is ASCII by LOG-23.
    #[error("line {line} is not text")]
    NotText {
        /// The line.
        line: u32,
    },
    /// A line that is longer than any record can be.
    #[error("line {line} has more than {limit} bytes, more than any record has")]
    LineTooLong {
        /// The line.
        line: u32,
        /// The bound in bytes.
        limit: usize,
    },
    /// More bytes than are taken: a larger log, or a packed file that grows without end. What was read before stays.
    #[error("the log has more than {limit} bytes unpacked; {}", kept(*line))]
    TooLarge {
        /// The last line that was read.
        line: u32,
        /// The bound in bytes.
        limit: usize,
    },
    /// More records than are taken. What was read before stays.
    #[error("the log has more than {limit} records; those until line {line} are kept")]
    TooManyRecords {
        /// The last line that was read.
        line: u32,
        /// The bound.
        limit: usize,
    },
}

/// What becomes of the lines before a log's end.
fn kept(line: u32) -> String {
    match line {
        0 => "there is no line in them".to_owned(),
        line => format!("what was read until line {line} is kept"),
    }
}

impl Problem {
    /// What stands there, shortened.
    pub(super) fn shown(text: &str) -> String {
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        shown
    }

    /// Whether nothing more is read behind it.
    pub const fn is_end(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooManyRecords { .. })
    }
}

/// What was wrong with a log: the first few problems, and how many more there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    first: Vec<Problem>,
    more: u64,
}

impl Problems {
    /// How many are kept with all that they say.
    pub const KEPT: usize = 100;

    pub(super) fn add(&mut self, problem: Problem) {
        // The end of a log is told, however much was wrong before.
        if self.first.len() < Self::KEPT || problem.is_end() {
            self.first.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// The first ones, in order.
    pub fn first(&self) -> &[Problem] {
        &self.first
    }

    /// How many there were besides.
    pub const fn more(&self) -> u64 {
        self.more
    }

    /// Whether nothing was wrong.
    pub const fn is_empty(&self) -> bool {
        self.first.is_empty()
    }
}
