//! What a signature allows: which URL, from which address, from when until when (SIG-07 to SIG-10).

use super::NotSigned;
use super::resource::{Url, covers};
use crate::distribution::AddressRange;
use crate::json::Json;

/// A policy has few values; whoever sends more sends none.
const MOST_VALUES: usize = 100;

/// One statement.
pub(super) struct Policy {
    /// None where every file of every distribution with that key is meant (SIG-38), or the one that is asked for (SIG-08).
    resource: Option<String>,
    /// Refused from this second on (SIG-31).
    pub(super) until_unix: u64,
    /// Refused until this second, itself included (SIG-32).
    after_unix: Option<u64>,
    /// SIG-34.
    range: Option<AddressRange>,
}

/// SIG-07, SIG-08: what was signed where only a time is given.
pub(super) fn canned(url: &str, expires: &str) -> String {
    statement(&format!("\"{url}\""), &format!("\"DateLessThan\":{{\"AWS:EpochTime\":{expires}}}"))
}

/// The one statement of a policy, without blanks: its resource with its quotes, and its conditions.
pub(super) fn statement(resource: &str, conditions: &str) -> String {
    format!("{{\"Statement\":[{{\"Resource\":{resource},\"Condition\":{{{conditions}}}}}]}}")
}

impl Policy {
    /// A time alone.
    pub(super) const fn until(until_unix: u64) -> Self {
        Self { resource: None, until_unix, after_unix: None, range: None }
    }

    /// SIG-09, SIG-10, OPEN-03: one statement with one resource at most and a `DateLessThan`; none where it says anything else.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let json = Json::parse_at_most(std::str::from_utf8(bytes).ok()?, MOST_VALUES).ok()?;
        let [statement] = json.member("Statement")?.items() else { return None };
        let condition = statement.member("Condition")?;
        // None where there is no such condition; of one that cannot be read the inner one is none.
        let time = |name: &str| {
            let time = condition.member(name)?.member("AWS:EpochTime");
            Some(match time {
                Some(Json::Whole(seconds)) => u64::try_from(*seconds).ok(),
                Some(Json::Fraction(text)) => super::seconds(text), // SIG-16: more than 63 bits
                _ => None,
            })
        };
        let text = |json: &Json| json.as_text().map(String::from);
        let address = condition.member("IpAddress").map(|it| it.member("AWS:SourceIp"));
        Some(Self {
            resource: match statement.member("Resource") {
                None => None,
                Some(resource) => Some(text(resource)?),
            },
            until_unix: time("DateLessThan")??,
            after_unix: match time("DateGreaterThan") {
                None => None,
                Some(after) => Some(after?),
            },
            range: match address {
                None => None,
                Some(address) => Some(AddressRange::v4(address?.as_text()?)?),
            },
        })
    }

    pub(super) fn allows(&self, url: &Url, viewer: &str, now_unix: u64) -> Result<(), NotSigned> {
        if let Some(resource) = self.resource.as_ref().filter(|resource| !covers(resource, url)) {
            return Err(NotSigned::WrongResource { resource: resource.clone() });
        }
        if now_unix >= self.until_unix {
            return Err(NotSigned::Expired { at_unix: self.until_unix }); // SIG-31
        }
        if let Some(after_unix) = self.after_unix.filter(|after| now_unix <= *after) {
            return Err(NotSigned::TooEarly { after_unix }); // SIG-32
        }
        match &self.range {
            Some(range) if !range.holds(viewer) => {
                Err(NotSigned::WrongAddress { range: range.text.clone() })
            }
            _ => Ok(()),
        }
    }
}
