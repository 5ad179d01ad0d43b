//! What is said of web ACLs and of signatures (security-logs-edge.md sections 5.3 to 5.6).

use super::assumed;
use super::sources::{RESTRICTED, SIGNED_URLS, WAF};
use super::told::Told;
use crate::distribution::AclAction;
use crate::edge::{Carrier, Gates, NotSigned, RuleMet, Signed};
use crate::http::date;
use crate::network::Family;
use crate::scene::gates::{GateView, name};
use crate::scene::{Outcome, Reason, Trip, why};

const ACL: &str = "The distribution: web ACL";
const TRUSTED: &str = "restrict viewer access";

/// FLOW-13: how the request came through the checks.
pub(super) fn passed(told: &mut Told, gates: &Gates) {
    let text = match gates.stopped_at {
        None => "All checks at the way in are passed".to_owned(),
        Some(gate) => format!("Of the checks at the way in it ends at this one: {}", name(gate)),
    };
    told.gates = GateView::all(gates);
    told.why.push(why::check("FLOW-13", text));
    told.assume(assumed::ORDER);
}

/// A rule of the web ACL matched.
pub(super) fn met(told: &mut Told, met: &RuleMet) {
    let RuleMet { acl, rule, action } = met;
    let who = match rule {
        Some(rule) => format!("Web ACL {acl}: the rule {rule} matches and "),
        None => format!("Web ACL {acl}: no rule decides, and its default "),
    };
    let (row, what) = match action {
        AclAction::Allow => ("VSEC-21", "lets the request pass"),
        AclAction::Count => ("VSEC-23", "counts the request, which goes on"),
        AclAction::Block(_) => ("VSEC-22", "blocks it"),
        AclAction::Captcha => ("VSEC-24", "asks for a CAPTCHA"),
        AclAction::Challenge => ("VSEC-24", "asks the browser to prove itself"),
    };
    let text = [&*who, what].concat();
    let line = match action.status() {
        None => why::check(row, text),
        Some(_) => why::decided(Outcome::Error, row, text),
    };
    told.why.push(line.set_by(ACL));
    told.assume(assumed::WEB_ACL);
}

/// The signature held.
pub(super) fn held(told: &mut Told, signed: &Signed, trip: &Trip) {
    let by = match signed.by {
        Carrier::Url => "The signed URL",
        Carrier::Cookies => "The signed cookies",
    };
    let until = date::print(signed.until_unix);
    let text = format!("{by} by the key {} hold until {until}", signed.key_id);
    let text = if signed.by == Carrier::Url { text.replace(" hold ", " holds ") } else { text };
    told.why.push(why::check("SIG-30", text).set_by_behavior(trip, TRUSTED));
    told.cite("SIG-30");
    told.assume(assumed::SIGNATURE_CHECK);
}

pub(super) fn blocked(told: &mut Told) {
    told.turn_to("VSEC-05, VSEC-20", WAF);
    told.assume(assumed::WEB_ACL);
}

pub(super) fn reason_of_block(met: &RuleMet) -> Reason {
    let status = met.action.status().unwrap_or(403);
    why::next("VSEC-05", format!("The edge location answers {status} by itself")).set_by(ACL)
}

pub(super) fn sentence_of_block(RuleMet { acl, rule, action }: &RuleMet) -> String {
    let by = rule
        .as_ref()
        .map_or_else(|| "its default action".to_owned(), |rule| format!("its rule {rule}"));
    let status = action.status().unwrap_or(403);
    format!(
        "The web ACL {acl} stops this request by {by}: the edge location answers {status} before it looks at any behavior."
    )
}

pub(super) fn unsigned(told: &mut Told, why: &NotSigned) {
    match why {
        NotSigned::MissingKey => told.turn_to("SIG-01", RESTRICTED),
        _ => told.turn_to("SIG-30", SIGNED_URLS),
    }
    told.assume(assumed::SIGNATURE_CHECK);
}

pub(super) fn reason_of_unsigned(why: &NotSigned, trip: &Trip) -> Reason {
    let (row, text) = match why {
        NotSigned::MissingKey => ("SIG-50", "Neither query nor cookies name a key".to_owned()),
        NotSigned::UnknownKey { id } => ("SIG-51", format!("No trusted key has the id {id}")),
        NotSigned::MalformedSignature => ("SIG-52", "The signature cannot be decoded".to_owned()),
        NotSigned::MalformedPolicy => ("SIG-53", "The policy cannot be read".to_owned()),
        NotSigned::WrongSignature => {
            ("SIG-30", "The signature is none of that key for this URL and policy".to_owned())
        }
        NotSigned::Expired { at_unix } => {
            ("SIG-31", format!("It was good until {}", date::print(*at_unix)))
        }
        NotSigned::TooEarly { after_unix } => {
            ("SIG-32", format!("It will be good after {}", date::print(*after_unix)))
        }
        NotSigned::WrongAddress { range } if trip.family == Family::Ipv6 => {
            let address = trip.city.address(trip.family);
            (
                "SIG-34, DS-14",
                format!("The viewer comes over IPv6, from {address}, and {range} is of IPv4"),
            )
        }
        NotSigned::WrongAddress { range } => {
            ("SIG-34", format!("The viewer's address is not in {range}"))
        }
        NotSigned::WrongResource { resource } => {
            ("SIG-37", format!("It is for another URL: {resource}"))
        }
    };
    why::decided(Outcome::Error, row, text).set_by_behavior(trip, TRUSTED)
}

pub(super) fn sentence_of_unsigned(why: &NotSigned) -> String {
    let (code, _) = why.words();
    let what = match why {
        NotSigned::MissingKey => {
            "This behavior serves signed requests only, and this one is not signed"
        }
        NotSigned::UnknownKey { .. } => {
            "The request is signed by a key that this behavior does not trust"
        }
        NotSigned::MalformedSignature | NotSigned::MalformedPolicy => {
            "What should be the signature of this request cannot be read"
        }
        NotSigned::WrongSignature => {
            "The signature does not fit: somebody else signed, or something was changed since"
        }
        NotSigned::Expired { .. } => "The signature is right, and its time is over",
        NotSigned::TooEarly { .. } => "The signature is right, and its time has not come",
        NotSigned::WrongAddress { .. } => {
            "The signature is right, and for viewers at other addresses"
        }
        NotSigned::WrongResource { .. } => "The signature is right, and for another URL",
    };
    format!("{what}: the edge location answers 403 with the code {code}.")
}
