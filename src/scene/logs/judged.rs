//! A result type for the eye: its word, and the outcome whose mark and colour go with it.

use crate::edge::access_log::Record;
use crate::scene::Outcome;

/// How CloudFront judged a request, as a line is shown. The label may say more than the field: the file keeps the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// In words.
    pub label: String,
    /// None for what is neither of a cache nor an error: a redirect, or the answer of a function.
    pub outcome: Option<Outcome>,
}

/// The methods whose answers a distribution can be told to keep (MET-01 to MET-03).
const KEPT: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

impl Judged {
    /// Of a word of field 14.
    pub fn word(word: &str) -> Self {
        let outcome = match word {
            "Hit" => Some(Outcome::Hit),
            "RefreshHit" => Some(Outcome::Refresh),
            "Miss" => Some(Outcome::Miss),
            _ if word.ends_with("Error") || word.ends_with("Exceeded") => Some(Outcome::Error),
            _ => None,
        };
        Self { label: word.to_owned(), outcome }
    }

    /// Of a record: a miss by a method whose answers nobody keeps is told from one that a cache may answer next time.
    pub fn of(record: &Record<'_>) -> Self {
        let judged = Self::word(record.result.as_str());
        let is_kept = KEPT.contains(&record.method.as_logged());
        if judged.outcome == Some(Outcome::Miss) && !is_kept {
            return Self { label: "Miss, proxied".to_owned(), outcome: Some(Outcome::Bypass) };
        }
        judged
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::ResultType;
    use crate::edge::access_log::AccessLog;

    #[test]
    fn log_r1_to_r9_every_result_type_has_its_outcome() {
        let outcome = |word: &str| Judged::word(word).outcome.map(Outcome::token);
        let of = ResultType::ALL.map(|result| outcome(result.as_str()));
        let error = Some("error");
        assert_eq!(
            of,
            [
                [Some("hit"), Some("refresh"), Some("miss"), error, None, error, error].as_slice(),
                &[None, error, None, error, error],
            ]
            .concat()[..],
            "in the order of ResultType::ALL"
        );
        assert_eq!(outcome("FunctionThrottledError"), error, "LOG-R8, LOG-R9");
        assert_eq!(outcome("Hitt"), None);
    }

    #[test]
    fn met_02_a_miss_by_post_is_a_proxied_one() {
        let log = AccessLog::read(include_str!("../../../docs/reference/examples/access.log"));
        let judged = |index: usize| Judged::of(&log.record(index).unwrap());
        assert_eq!(judged(0), Judged { label: "Miss".into(), outcome: Some(Outcome::Miss) });
        assert_eq!(
            judged(10),
            Judged { label: "Miss, proxied".into(), outcome: Some(Outcome::Bypass) },
            "POST"
        );
        assert_eq!(judged(9).label, "LambdaExecutionError");
    }
}
