//! The checks at the way in, one beside the other.

use leptos::prelude::*;

use super::part;
use crate::app::icon::Icon;
use crate::scene::{GateState, GateView};

/// A part with all checks; nothing where a step is about none.
pub(super) fn view(gates: Vec<GateView>) -> Option<AnyView> {
    let gate = |gate: GateView| {
        let icon = match gate.state {
            GateState::Passed => Some("i-check"),
            GateState::Stopped => Some("m-error"),
            GateState::Open | GateState::NotReached => None,
        };
        let icon = icon.map(|name| view! { <Icon name/> });
        let outcome = (gate.state == GateState::Stopped).then_some("error");
        view! {
            <li data-state=gate.state.token() data-outcome=outcome>{icon}<span>{gate.name}<small>{gate.state.says()}</small></span></li>
        }
        .into_any()
    };
    (!gates.is_empty()).then(|| {
        let gates: Vec<AnyView> = gates.into_iter().map(gate).collect();
        part(
            "part part-gates",
            "Checks at the way in",
            "in this order".into_any(),
            view! { <ol class="gates">{gates}</ol> }.into_any(),
        )
    })
}
