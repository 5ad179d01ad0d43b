//! What a web ACL of AWS WAF says (security-logs-edge.md section 5.3).

use serde::{Deserialize, Serialize};

use super::AddressRange;
use crate::json::Json;

/// A web ACL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAcl {
    /// Its ARN, by which a distribution names it.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// What becomes of a request that no rule has decided: served or blocked.
    pub default: AclAction,
    /// In the order in which they are asked: by priority, the lowest number first (VSEC-21).
    pub rules: Vec<AclRule>,
    /// The documents that it was read from, as the AWS CLI prints them: itself and the address sets.
    pub documents: Vec<Json>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclRule {
    /// Its name.
    pub name: String,
    /// What becomes of a request that it matches.
    pub action: AclAction,
    /// Which requests it matches.
    pub when: AclStatement,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AclAction {
    /// It is served, and no later rule is asked.
    Allow,
    /// It is refused with this status, and no later rule is asked (VSEC-22).
    Block(u16),
    /// It is counted, and goes on (VSEC-23).
    Count,
    /// The viewer has to solve a riddle first: 405 (VSEC-24).
    Captcha,
    /// The browser has to prove itself first: 202 (VSEC-24).
    Challenge,
}

impl AclAction {
    /// The status of the answer, where it ends in one.
    pub const fn status(self) -> Option<u16> {
        match self {
            Self::Allow | Self::Count => None,
            Self::Block(status) => Some(status),
            Self::Captcha => Some(405),
            Self::Challenge => Some(202),
        }
    }
}

/// Which requests a rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AclStatement {
    /// Those from these addresses.
    Addresses(Vec<AddressRange>),
    /// Those from these countries.
    Countries(Vec<String>),
    /// Those whose path has this text at this place.
    Path {
        /// The text.
        text: String,
        /// Where.
        at: TextPlace,
    },
    /// Those of an address that has sent more than so many within so many seconds.
    Rate {
        /// So many.
        limit: u64,
        /// So many seconds.
        window_secs: u64,
    },
    /// Those that it does not match.
    Not(Box<Self>),
    /// Those that all of these match.
    All(Vec<Self>),
    /// Those that one of these matches.
    Any(Vec<Self>),
    /// None: what it looks at is not simulated (IM-14, MODEL).
    Nothing,
}

impl AclStatement {
    /// Whether all that it looks at is simulated.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Not(inner) => inner.is_known(),
            Self::All(all) | Self::Any(all) => all.iter().all(Self::is_known),
            _ => true,
        }
    }
}

/// Where a text stands in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPlace {
    /// It is all of it.
    Exactly,
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Anywhere.
    Anywhere,
}

impl TextPlace {
    /// Whether a text stands there in another one.
    pub fn holds(self, whole: &str, text: &str) -> bool {
        match self {
            Self::Exactly => whole == text,
            Self::Start => whole.starts_with(text),
            Self::End => whole.ends_with(text),
            Self::Anywhere => whole.contains(text),
        }
    }
}
