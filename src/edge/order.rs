//! In which order an edge location checks a request (security-logs-edge.md section 5.1, FLOW-13).

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::distribution::{Behavior, Distribution, FunctionEvent, ViewerProtocolPolicy};

/// A check before any cache is asked, in the order of the rows VSEC-02 to VSEC-10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Gate {
    /// How long URL, head and content are, and whether they can be read (VSEC-02).
    Sizes,
    /// Whether the Host leads to the distribution (VSEC-03).
    Host,
    /// Whether the viewer's country is served (VSEC-04).
    Country,
    /// Whether the web ACL lets it pass (VSEC-05).
    WebAcl,
    /// Which behavior is for the path (VSEC-06).
    Behavior,
    /// Whether HTTP is served (VSEC-07).
    Protocol,
    /// Whether the method is allowed (VSEC-08).
    Method,
    /// Whether a signature holds (VSEC-09).
    Signature,
    /// What the function at the viewer's request makes of it (VSEC-10).
    Function,
}

/// How a request came through the checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gates {
    /// Those that it passed, in their order.
    pub passed: Vec<GatePassed>,
    /// The one where it ended, if it did.
    pub stopped_at: Option<Gate>,
}

/// A check that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatePassed {
    /// The check.
    pub gate: Gate,
    /// Whether anything is configured that could have refused the request there.
    pub is_set: bool,
}

impl Gate {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::Sizes,
        Self::Host,
        Self::Country,
        Self::WebAcl,
        Self::Behavior,
        Self::Protocol,
        Self::Method,
        Self::Signature,
        Self::Function,
    ];

    /// The one that refuses so.
    const fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::UrlTooLong { .. }
            | Refusal::HeadTooLarge { .. }
            | Refusal::BodyTooLarge { .. }
            | Refusal::MalformedField { .. } => Self::Sizes,
            Refusal::UnknownHost { .. } => Self::Host,
            Refusal::CountryBlocked { .. } => Self::Country,
            Refusal::ByWebAcl(_) => Self::WebAcl,
            Refusal::ToHttps { .. } | Refusal::HttpsOnly => Self::Protocol,
            Refusal::MethodNotAllowed(_) | Refusal::GetWithBody { .. } => Self::Method,
            Refusal::NotSigned(_) => Self::Signature,
            Refusal::ByFunction { .. } | Refusal::FunctionFailed { .. } => Self::Function,
        }
    }

    /// Whether anything is configured for it; the first two, the behavior and the method always are.
    fn is_set(self, distribution: &Distribution, behavior: &Behavior) -> bool {
        match self {
            Self::Country => distribution.geo.is_some(),
            Self::WebAcl => distribution.web_acl.is_some(),
            Self::Protocol => behavior.viewer_protocol != ViewerProtocolPolicy::AllowAll,
            Self::Signature => behavior.trusted.is_some(),
            Self::Function => behavior.functions.at(FunctionEvent::ViewerRequest).is_some(),
            Self::Sizes | Self::Host | Self::Behavior | Self::Method => true,
        }
    }
}

impl Gates {
    /// Whether a request meets more than every request does: then it is told how it came through.
    pub(super) fn are_worth_telling(distribution: &Distribution, behavior: &Behavior) -> bool {
        let extra = [Gate::Country, Gate::WebAcl, Gate::Signature, Gate::Function];
        extra.iter().any(|gate| gate.is_set(distribution, behavior))
    }

    /// How a request came through.
    pub(super) fn of(
        refusal: Option<&Refusal>,
        distribution: &Distribution,
        behavior: &Behavior,
    ) -> Self {
        let stopped_at = refusal.map(Gate::of);
        let is_before = |gate: &Gate| stopped_at.is_none_or(|stop| *gate < stop);
        let passed = |gate: Gate| GatePassed { gate, is_set: gate.is_set(distribution, behavior) };
        Self { passed: Gate::ALL.into_iter().filter(is_before).map(passed).collect(), stopped_at }
    }
}
