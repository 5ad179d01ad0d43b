//! Continuous deployment: a staging distribution behind a primary one, and the policy that says which requests it gets
//! (distribution.md section 7).

use super::Distribution;

/// One of the two distributions of a continuous deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Side {
    /// The one that viewers ask.
    #[default]
    Primary,
    /// The one that gets some of their requests.
    Staging,
}

/// What a primary distribution and its policy come to: the staging distribution as viewers meet it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Which requests it gets.
    pub policy: DeploymentPolicy,
    /// The staging distribution. CD-01: no name of its own leads there; viewers ask for those of the primary, whose
    /// certificate they see.
    pub distribution: Distribution,
}

/// A continuous deployment policy (CD-02).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentPolicy {
    /// The name of the staging distribution, as in `d222222abcdef8.cloudfront.net`.
    pub staging_name: String,
    /// Whether it holds; if not, everything goes to the primary.
    pub is_enabled: bool,
    /// Which requests go to staging; none where it does not say.
    pub traffic: Option<Traffic>,
}

/// How requests are chosen (CD-03): one way at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// By chance (CD-04).
    Weight {
        /// How large a share goes to staging.
        weight: Weight,
        /// For how long a viewer stays on one side, if it does.
        stickiness: Option<Stickiness>,
    },
    /// By a field of the request (CD-05).
    Header {
        /// Its name, which begins with [`HEADER_PREFIX`].
        name: String,
        /// Its whole value.
        value: String,
    },
}

/// CD-05: how the name of the field begins.
pub const HEADER_PREFIX: &str = "aws-cf-cd-";

/// For how long a viewer stays on one side (CD-06, CD-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stickiness {
    /// Until it has asked for nothing for longer than this, in seconds.
    pub idle_secs: u64,
    /// And never for longer than this, in seconds.
    pub maximum_secs: u64,
}

/// A share in millionths, from 0 to 0.15 (CD-04).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Weight(u32);

impl Weight {
    /// All of it.
    pub const ONE: u32 = 1_000_000;

    /// CD-04: no more goes to staging.
    pub const LARGEST: Self = Self(150_000);

    /// Reads a number as JSON writes it: `0`, `0.15`, `1.5e-1`. What is finer than a millionth is rounded up, so that nothing above a
    /// limit passes for the limit.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().ok()?;
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        let digits = || whole.bytes().chain(decimals.bytes());
        if whole.is_empty() || !digits().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let mut places =
            6_i32.checked_add(exponent)?.checked_add(i32::try_from(whole.len()).ok()?)?;
        let (mut parts, mut is_finer) = (0_u64, false);
        for digit in digits() {
            if places > 0 {
                parts = parts.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
                places -= 1;
            } else {
                is_finer |= digit != b'0';
            }
        }
        for _ in 0..places.clamp(0, 20) {
            parts = parts.saturating_mul(10);
        }
        u32::try_from(parts.saturating_add(u64::from(is_finer))).ok().map(Self)
    }

    /// As JSON writes it: `0.15`.
    pub fn fraction(self) -> String {
        let (whole, rest) = (self.0 / Self::ONE, format!("{:06}", self.0 % Self::ONE));
        match rest.trim_end_matches('0') {
            "" => whole.to_string(),
            decimals => format!("{whole}.{decimals}"),
        }
    }

    /// Of so many millionths.
    pub const fn of_millionths(millionths: u32) -> Self {
        Self(millionths)
    }

    /// In millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }
}

impl std::fmt::Display for Weight {
    /// In percent: `15`, `7.5`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0 / 10_000)?;
        let rest = format!("{:04}", self.0 % 10_000);
        match rest.trim_end_matches('0') {
            "" => Ok(()),
            decimals => write!(f, ".{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cd_04_a_weight_is_read_exactly_and_never_rounded_down() {
        let table = [
            ("0", Some(0)),
            ("0.0", Some(0)),
            ("0.15", Some(150_000)),
            ("0.150000", Some(150_000)),
            ("0.1500000001", Some(150_001)),
            ("1.5e-1", Some(150_000)),
            ("15E-2", Some(150_000)),
            ("1e-05", Some(10)),
            ("1e-9", Some(1)),
            ("1", Some(1_000_000)),
            ("1e3", Some(1_000_000_000)),
            ("1e300", None),
            ("1e99999999999", None),
            ("-0.1", None),
            (".5", None),
            ("", None),
        ];
        for (text, millionths) in table {
            assert_eq!(Weight::parse(text).map(Weight::millionths), millionths, "{text}");
        }
        for (millionths, shown) in [(150_000, "15"), (75_000, "7.5"), (12_345, "1.2345"), (0, "0")]
        {
            assert_eq!(Weight(millionths).to_string(), shown);
        }
    }
}
