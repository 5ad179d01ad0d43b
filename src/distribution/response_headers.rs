//! Response headers policies (RH-09; distribution.md section 3.3).

use serde::{Deserialize, Serialize};

/// What a behavior removes from and adds to every response to a viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseHeadersPolicy {
    /// As the console lists it.
    pub name: String,
    /// Fields that go before any is added.
    pub remove: Vec<String>,
    /// The group of CORS fields, if there is one.
    pub cors: Option<Cors>,
    /// Security and custom fields, each with a flag of its own.
    pub fields: Vec<PolicyField>,
    /// For how many responses Server-Timing is added, if for any (ST-15).
    pub server_timing: Option<SamplingRate>,
}

/// One field that a policy adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it replaces the origin's.
    pub overrides: bool,
}

/// The CORS fields of a policy; they are added only to a request with Origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cors {
    /// Access-Control-Allow-Origin: `*` or a list of origins.
    pub allow_origins: Vec<String>,
    /// Access-Control-Allow-Methods, for a preflight request.
    pub allow_methods: Vec<String>,
    /// Access-Control-Allow-Headers, for a preflight request.
    pub allow_headers: Vec<String>,
    /// Access-Control-Expose-Headers.
    pub expose_headers: Vec<String>,
    /// Access-Control-Allow-Credentials.
    pub allow_credentials: bool,
    /// Access-Control-Max-Age in seconds, for a preflight request.
    pub max_age_secs: Option<u64>,
    /// Whether the group replaces the origin's; where it does not, one CORS field of the origin keeps the whole group out.
    pub overrides: bool,
}

/// A share of all responses, in units of a ten-thousandth of a percent: 1,000,000 are all (ST-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SamplingRate(u32);

impl SamplingRate {
    /// Every response.
    pub const ALL: Self = Self(1_000_000);
    /// None, but for those that ask for it by `Pragma: server-timing` (TTL-11).
    pub const NONE: Self = Self(0);

    /// A rate of so many ten-thousandths of a percent; none above all.
    pub const fn new(ten_thousandths: u32) -> Option<Self> {
        if ten_thousandths > Self::ALL.0 { None } else { Some(Self(ten_thousandths)) }
    }

    /// The rate in ten-thousandths of a percent.
    pub const fn ten_thousandths(self) -> u32 {
        self.0
    }

    /// Whether a draw from 0 to 999,999 falls within the rate.
    pub const fn takes(self, draw: u32) -> bool {
        draw < self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn st_15_a_rate_has_four_decimals() {
        assert!(!SamplingRate::NONE.takes(0));
        assert!(SamplingRate::ALL.takes(999_999));
        let tenth_of_a_thousandth = SamplingRate::new(1);
        assert!(tenth_of_a_thousandth.is_some_and(|rate| rate.takes(0) && !rate.takes(1)));
        assert_eq!(SamplingRate::new(1_000_001), None);
    }
}
