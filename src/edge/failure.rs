//! An origin that does not answer: how often it is tried, what the viewer gets, and when the second origin of a group is
//! asked (caching.md sections 4.4 and 4.5).

use serde::{Deserialize, Serialize};

use crate::distribution::{Behavior, OriginLimits};
use crate::http::{Method, Status};

/// Why an origin gave no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// Its name does not resolve (TMO-18).
    NameUnresolved,
    /// It refused the connection (TMO-17).
    Refused,
    /// No TLS came about: its certificate does not hold (TMO-17).
    TlsFailed,
    /// It never accepted the connection (TMO-10, TMO-16).
    ConnectTimedOut,
    /// It accepted the request and sent nothing within the response timeout (TMO-11 to TMO-13).
    ResponseTimedOut,
    /// The response completion timeout was over (TMO-14).
    CompletionTimedOut,
    /// What it sent is no answer: no status line, bad framing (MODEL: 502).
    Unreadable,
    /// The head of its answer is larger than 32,768 bytes (LIM-05).
    HeadTooLarge,
    /// Content-Range and Content-Length contradict each other (RNG-16).
    RangeLengthMismatch,
    /// The object is larger than what a cache may hold (RNG-10).
    TooLarge,
    /// A Lambda function at an origin event threw an exception (TMO-20, EDGE-57).
    FunctionThrew,
    /// A Lambda function at an origin event set a field that it may not (TMO-20, EDGE-59).
    FunctionInvalid,
    /// Its certificate names another host (TLS-67).
    CertificateOfAnother,
    /// Its certificate has run out (TLS-68).
    CertificateExpired,
    /// Its certificate is signed by nobody who is trusted (TLS-68).
    CertificateUntrusted,
    /// It speaks no version of TLS that the distribution allows (TLS-65, OR-17).
    NoCommonProtocol,
    /// Its port for HTTPS is closed: a server of this kind speaks HTTP alone (OK-02, OK-22).
    HttpOnly,
    /// Its port for HTTP is closed: a server of this kind speaks HTTPS alone (OK-10, OK-11, OK-22).
    HttpsOnly,
}

impl Failure {
    /// All, in order.
    pub const ALL: [Self; 18] = [
        Self::NameUnresolved,
        Self::Refused,
        Self::TlsFailed,
        Self::ConnectTimedOut,
        Self::ResponseTimedOut,
        Self::CompletionTimedOut,
        Self::Unreadable,
        Self::HeadTooLarge,
        Self::RangeLengthMismatch,
        Self::TooLarge,
        Self::FunctionThrew,
        Self::FunctionInvalid,
        Self::CertificateOfAnother,
        Self::CertificateExpired,
        Self::CertificateUntrusted,
        Self::NoCommonProtocol,
        Self::HttpOnly,
        Self::HttpsOnly,
    ];

    /// The status that CloudFront answers with.
    pub const fn status(self) -> Status {
        match self {
            Self::ConnectTimedOut | Self::ResponseTimedOut | Self::CompletionTimedOut => {
                Status(504) // TMO-11, TMO-14, TMO-16
            }
            Self::FunctionThrew => Status(503), // TMO-20
            _ => Status(502),                   // TMO-17, TMO-18, LIM-05, RNG-16
        }
    }

    /// Whether no connection came about.
    pub const fn is_connection(self) -> bool {
        matches!(self, Self::NameUnresolved | Self::Refused | Self::ConnectTimedOut)
            || self.is_closed_port()
            || self.is_tls()
    }

    /// Whether the protocol is one that no server of this kind speaks.
    pub const fn is_closed_port(self) -> bool {
        matches!(self, Self::HttpOnly | Self::HttpsOnly)
    }

    /// Whether TCP stood and TLS did not come about.
    pub const fn is_tls(self) -> bool {
        matches!(
            self,
            Self::TlsFailed
                | Self::CertificateOfAnother
                | Self::CertificateExpired
                | Self::CertificateUntrusted
                | Self::NoCommonProtocol
        )
    }

    /// How many round trips it took to learn of it, where that is what it took: TCP refused, or TCP and then TLS, which is
    /// known with the answer to the first message of TLS 1.3 (TMO-17, TLS-62).
    pub const fn round_trips(self) -> u32 {
        match self {
            Self::Refused => 1,
            _ if self.is_closed_port() => 1,
            _ if self.is_tls() => 2,
            _ => 0,
        }
    }

    /// Whether it is the fault of a function at the edge, and not of any origin.
    pub const fn is_of_function(self) -> bool {
        matches!(self, Self::FunctionThrew | Self::FunctionInvalid)
    }

    const fn is_time_out(self) -> bool {
        matches!(self, Self::ResponseTimedOut | Self::CompletionTimedOut)
    }
}

/// What 100 (Continue), sent so many times, makes of the answer that follows: one, and only before a 200. MODEL: what comes
/// otherwise is no answer.
pub const fn of_continue(times: u32, answer: Option<Status>) -> Option<Failure> {
    match (times, answer) {
        (0, _) | (1, None | Some(Status::OK)) => None, // XFER-02
        _ => Some(Failure::Unreadable),                // XFER-01
    }
}

/// Whether the same origin is tried once more after attempt number `attempt`, counted from 1.
pub fn is_retried(failure: Failure, method: Method, attempt: u32, limits: &OriginLimits) -> bool {
    let tries = match failure {
        // TMO-01, TMO-10
        Failure::Refused | Failure::ConnectTimedOut | Failure::HttpOnly | Failure::HttpsOnly => {
            limits.attempts
        }
        Failure::ResponseTimedOut if matches!(method, Method::Get | Method::Head) => {
            limits.attempts // TMO-11, TMO-15, STALE-16
        }
        _ => 1, // TMO-12, TMO-14
    };
    attempt < tries // TMO-22
}

/// How an origin disappointed: by a status, or by no answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Disappointment {
    /// It answered with this status.
    Status(Status),
    /// It gave no usable answer.
    Failure(Failure),
}

/// Whether the secondary origin of a group is asked, given the statuses chosen for it.
pub fn fails_over(
    disappointment: Disappointment,
    chosen: &[u16],
    method: Method,
    behavior: &Behavior,
) -> bool {
    if !behavior.caches(method) {
        return false; // FO-07
    }
    let status = match disappointment {
        Disappointment::Failure(failure) if failure.is_of_function() => return false, // IM-11 (MODEL)
        Disappointment::Failure(failure) if failure.is_connection() => 503,           // FO-03
        Disappointment::Failure(failure) if failure.is_time_out() => 504,             // FO-04
        Disappointment::Failure(failure) => failure.status().0,
        Disappointment::Status(status) => status.0, // FO-02, FO-05
    };
    chosen.contains(&status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::managed;

    #[test]
    fn tmo_16_17_18_lim_05_rng_16_silence_is_504_and_refusal_502() {
        let table = [
            (Failure::ConnectTimedOut, 504),
            (Failure::ResponseTimedOut, 504),
            (Failure::CompletionTimedOut, 504),
            (Failure::Refused, 502),
            (Failure::HttpOnly, 502),
            (Failure::HttpsOnly, 502),
            (Failure::TlsFailed, 502),
            (Failure::NameUnresolved, 502),
            (Failure::Unreadable, 502),
            (Failure::HeadTooLarge, 502),
            (Failure::RangeLengthMismatch, 502),
        ];
        for (failure, status) in table {
            assert_eq!(failure.status().0, status, "{failure:?}");
        }
    }

    #[test]
    fn xfer_01_02_one_100_may_come_before_a_200() {
        let fails = |times, answer: Option<u16>| of_continue(times, answer.map(Status)).is_some();
        for status in [200, 204, 404, 500] {
            assert!(!fails(0, Some(status)), "{status}");
        }
        assert!(!fails(1, None) && !fails(1, Some(200)), "XFER-02");
        for status in [201, 204, 304, 404, 500] {
            assert!(fails(1, Some(status)), "XFER-02 {status}");
        }
        assert!(fails(2, None) && fails(2, Some(200)) && fails(3, Some(200)), "XFER-01");
    }

    #[test]
    fn tmo_01_10_11_12_15_how_often_an_origin_is_tried() {
        let limits = OriginLimits::default();
        let tries = |failure, method| {
            (1..10).find(|attempt| !is_retried(failure, method, *attempt, &limits))
        };
        assert_eq!(tries(Failure::ConnectTimedOut, Method::Get), Some(3), "TMO-10");
        assert_eq!(tries(Failure::ConnectTimedOut, Method::Post), Some(3), "TMO-10");
        assert_eq!(tries(Failure::ResponseTimedOut, Method::Get), Some(3), "TMO-11");
        assert_eq!(tries(Failure::ResponseTimedOut, Method::Head), Some(3), "TMO-11");
        for method in [Method::Put, Method::Post, Method::Patch, Method::Delete, Method::Options] {
            assert_eq!(tries(Failure::ResponseTimedOut, method), Some(1), "TMO-12");
        }
        assert_eq!(tries(Failure::CompletionTimedOut, Method::Get), Some(1), "TMO-14");
        let once = OriginLimits { attempts: 1, ..limits };
        assert!(!is_retried(Failure::ConnectTimedOut, Method::Get, 1, &once), "TMO-01");
    }

    #[test]
    fn fo_01_to_05_07_when_the_second_origin_is_asked() {
        use Disappointment::{Failure as By, Status as With};
        let mut behavior = Behavior::new("*", "group", managed::caching_optimized());
        let check =
            |by, chosen: &[u16], behavior: &Behavior| fails_over(by, chosen, Method::Get, behavior);
        for status in [400, 403, 404, 416, 429, 500, 502, 503, 504] {
            assert!(check(With(Status(status)), &[status], &behavior), "FO-01, FO-02 {status}");
            assert!(!check(With(Status(status)), &[501], &behavior), "FO-05 {status}");
        }
        assert!(!check(With(Status(200)), &[500], &behavior), "FO-05");
        for failure in [Failure::ConnectTimedOut, Failure::Refused] {
            assert!(check(By(failure), &[503], &behavior), "FO-03");
            assert!(!check(By(failure), &[502, 504], &behavior), "FO-03");
        }
        assert!(check(By(Failure::ResponseTimedOut), &[504], &behavior), "FO-04");
        assert!(!check(By(Failure::ResponseTimedOut), &[502, 503], &behavior), "FO-04");
        let by = With(Status(500));
        assert!(!fails_over(by, &[500], Method::Post, &behavior), "FO-07");
        assert!(!fails_over(by, &[500], Method::Options, &behavior), "FO-07");
        behavior.caches_options = true;
        assert!(fails_over(by, &[500], Method::Options, &behavior), "FO-07");
    }
}
