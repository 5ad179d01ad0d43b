//! What is said of continuous deployment: which distribution takes a request, and why (distribution.md section 7).

use super::assumed;
use super::sources::STAGING;
use super::told::Told;
use crate::distribution::Side;
use crate::edge::{Choice, ChosenBy, SessionOver};
use crate::scene::units::{count, span};
use crate::scene::{Reason, why};

const POLICY: &str = "Continuous deployment policy";

/// The edge location has chosen between primary and staging.
pub(super) fn chosen(mut told: Told, role: &str, town: &str, choice: &Choice) -> Told {
    let name = match choice.side {
        Side::Primary => "primary",
        Side::Staging => "staging",
    };
    told.title = format!("{role}: primary or staging?");
    told.turn_to("CD-02", STAGING);
    let (lines, row) = reasons(&choice.by, choice.side);
    told.why.extend(lines);
    told.cite(row);
    if let ChosenBy::Session { .. } | ChosenBy::Weight { begins_session: true, .. } = choice.by {
        told.assume(assumed::SESSION);
    }
    told = told.say(format!("{town} gives this request to the {name} distribution."));
    if choice.side == Side::Staging {
        told.why.push(why::next(
            "CD-09, KEY-12",
            "Staging shares no copy with the primary: its cache keys begin with its own name",
        ));
    }
    told
}

/// Why, and the row of it.
fn reasons(by: &ChosenBy, side: Side) -> (Vec<Reason>, &'static str) {
    let line = |row, text: String, setting: &str| {
        (vec![why::check(row, text).set_by(format!("{POLICY}: {setting}"))], row)
    };
    match by {
        ChosenBy::Disabled => line(
            "CD-02",
            "The policy is off: every request goes to the primary".to_owned(),
            "enabled",
        ),
        ChosenBy::NoTraffic => line(
            "CD-02",
            "The policy does not say which requests staging gets: none".to_owned(),
            "requests for staging",
        ),
        ChosenBy::Busy => line(
            "CD-14",
            "CloudFront is busy: every request goes to the primary".to_owned(),
            "not heeded",
        ),
        ChosenBy::Header { name, said } => {
            let text = match (said, side) {
                (Some(_), Side::Staging) => format!("The request has {name} with just this value"),
                (Some(said), _) => format!("{name} says {said}, which is another value"),
                (None, _) => format!("The request has no {name}"),
            };
            line("CD-05", text, "header")
        }
        ChosenBy::Session { idle_secs, lasted_secs } => {
            let text = format!(
                "The viewer is in a session, which began {} ago; its last request was {} ago",
                span(*lasted_secs),
                span(*idle_secs)
            );
            line("CD-06", text, "session stickiness")
        }
        ChosenBy::Weight { weight, drawn, begins_session, after } => {
            let mut lines: Vec<Reason> = after.as_ref().map(over).into_iter().collect();
            let is = if side == Side::Staging { "below" } else { "not below" };
            let text = format!(
                "For this {} {drawn} of 100 is drawn, {is} the weight of {weight}",
                if *begins_session { "session" } else { "request" }
            );
            lines.push(why::check("CD-04", text).set_by(format!("{POLICY}: weight")));
            (lines, "CD-04")
        }
    }
}

/// Why a session is over.
fn over(over: &SessionOver) -> Reason {
    let (row, text, setting) = match over {
        SessionOver::Idle { secs } => (
            "CD-06",
            format!("The viewer's session is over: it was idle for {}", secs_of(*secs)),
            "idle time",
        ),
        SessionOver::Lasted { secs } => (
            "CD-07",
            format!("The viewer's session is over: it has lasted {}", secs_of(*secs)),
            "maximum time",
        ),
        SessionOver::Reset => (
            "CD-08",
            "The viewer's session is over: the policy or its stickiness was switched".to_owned(),
            "enabled",
        ),
    };
    why::check(row, text).set_by(format!("{POLICY}: {setting}"))
}

fn secs_of(secs: u64) -> String {
    count(usize::try_from(secs).unwrap_or(usize::MAX), "second", "seconds")
}

/// CD-14: the switch of the simulator.
pub(super) fn busy(is_busy: bool) -> Told {
    let title = format!("CloudFront is {}", if is_busy { "busy" } else { "not busy any more" });
    Told::new(title, "CD-14", super::sources::STAGING_QUOTAS).say(if is_busy {
        "Under high use of its resources CloudFront may send every request to the primary distribution, whatever the policy says. This is a switch of the simulator."
    } else {
        "The continuous deployment policy is heeded again."
    })
}
