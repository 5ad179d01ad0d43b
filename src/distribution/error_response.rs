//! Custom error responses: how long an error is kept, and the page that takes its place (distribution.md section 4).

use serde::{Deserialize, Serialize};

/// What a distribution does with one error status of its origins (CE-01).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorResponse {
    /// The origin's status.
    pub status: u16,
    /// The page sent in place of the error's own body, if there is one (CE-02, CE-05).
    pub page: Option<ErrorPage>,
    /// The error caching minimum TTL in seconds (CE-04).
    pub min_ttl_secs: u64,
}

/// A page in place of an error's own body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorPage {
    /// Its path, which finds its own behavior (CEP-03).
    pub path: String,
    /// The status that the viewer gets (CE-03, CEP-02).
    pub status: u16,
}

impl ErrorResponse {
    /// The error caching minimum TTL while no other is configured, in seconds (CE-04; caching.md section 4.1).
    pub const DEFAULT_MIN_TTL_SECS: u64 = 10;

    /// The statuses that can have a page and a TTL of their own (CEP-01, ERR-19).
    pub const STATUSES: [u16; 11] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

    /// Whether an error of this status is kept only where the origin sends `max-age` or `s-maxage` with it (ERR-02, CE-07).
    pub const fn needs_lifetime(status: u16) -> bool {
        matches!(status, 400 | 403 | 405 | 412 | 415)
    }

    /// Whether one is never kept, whatever is configured (ERR-04, CE-08).
    pub const fn is_never_kept(status: u16) -> bool {
        status == 416
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_19_cep_01_which_statuses_can_be_configured() {
        let mut all = ErrorResponse::STATUSES;
        all.sort_unstable();
        assert_eq!(all, [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
        assert!(!all.contains(&412) && !all.contains(&415), "CEP-01");
        assert_eq!(ErrorResponse::DEFAULT_MIN_TTL_SECS, 10);
    }
}
