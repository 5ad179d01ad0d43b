//! The checks at the way in, each with what became of it (FLOW-13).

use crate::edge::{Gate, GatePassed, Gates};

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateView {
    /// What is looked at.
    pub name: &'static str,
    /// What became of it.
    pub state: GateState,
}

/// What becomes of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// The request passed it.
    Passed,
    /// The distribution has nothing set there.
    Open,
    /// The request ended there.
    Stopped,
    /// The request ended before it.
    NotReached,
}

impl GateState {
    /// A few words.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Open => "not set",
            Self::Stopped => "stopped",
            Self::NotReached => "not reached",
        }
    }

    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Open => "open",
            Self::Stopped => "stopped",
            Self::NotReached => "ahead",
        }
    }
}

impl GateView {
    /// All checks of a request: those that it passed, the one where it ended, and those behind that.
    pub fn all(gates: &Gates) -> Vec<Self> {
        let state = |gate: Gate| match gates.passed.iter().find(|passed| passed.gate == gate) {
            Some(GatePassed { is_set: true, .. }) => GateState::Passed,
            Some(_) => GateState::Open,
            None if gates.stopped_at == Some(gate) => GateState::Stopped,
            None => GateState::NotReached,
        };
        Gate::ALL.map(|gate| Self { name: name(gate), state: state(gate) }).into()
    }
}

/// What is looked at, in a word or two.
pub(super) const fn name(gate: Gate) -> &'static str {
    match gate {
        Gate::Sizes => "sizes",
        Gate::Host => "Host",
        Gate::Country => "country",
        Gate::WebAcl => "web ACL",
        Gate::Behavior => "behavior",
        Gate::Protocol => "protocol",
        Gate::Method => "method",
        Gate::Signature => "signature",
        Gate::Function => "function",
    }
}

#[cfg(test)]
mod tests {
    use super::GateState::{NotReached, Open, Passed, Stopped};
    use super::*;

    #[test]
    fn flow_13_each_check_is_passed_open_the_end_or_not_reached() {
        let passed = |gate, is_set| GatePassed { gate, is_set };
        let gates = Gates {
            passed: vec![
                passed(Gate::Sizes, true),
                passed(Gate::Host, true),
                passed(Gate::Country, false),
            ],
            stopped_at: Some(Gate::WebAcl),
        };
        let states: Vec<GateState> = GateView::all(&gates).iter().map(|gate| gate.state).collect();
        let rest = [NotReached; 5];
        assert_eq!(states, [[Passed, Passed, Open, Stopped].as_slice(), &rest].concat());
    }
}
