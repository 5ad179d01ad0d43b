//! The standard access log: what it tells of a request, how that is written and how it is read (security-logs-edge.md
//! section 1).

mod encoding;
pub use encoding::{ABSENT, Value};

mod instant;

mod record;
pub use record::{Detail, Detailed, LoggedVersion, Outcome, Protocol, Record};

mod fields;
pub use fields::{FIELDS, LogField};

mod meanings;
pub use meanings::meaning;

mod file;
pub use file::{LogFile, VERSION, distribution_id, files, header, line, text};

mod problem;
pub use problem::{Problem, Problems};

mod layout;
mod lines;

mod tally;
pub use tally::{Named, Sum, Tally};

mod read;
pub use read::AccessLog;

mod real_time;
pub use real_time::{Percent, RealTimeField, Sample, real_time_fields, real_time_line};

#[cfg(test)]
mod tests;
