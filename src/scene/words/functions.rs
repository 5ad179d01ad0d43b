//! What is said of a function at the edge that has run (security-logs-edge.md section 6).

use super::assumed;
use super::sources::{BAD_GATEWAY, FUNCTION_FAILED, GENERATED, TRIGGERS};
use super::told::{HandedView, Told};
use crate::distribution::{FunctionEvent, Runtime};
use crate::edge::{Did, Fault, Made, Ran, run_time};
use crate::scene::{Outcome, Trip, units, why};

/// What a function did at its event.
pub(super) fn ran(mut told: Told, ran: &Ran, role: &str, trip: &Trip) -> Told {
    let Ran { name, runtime, event, did, .. } = ran;
    let (label, at) = (runtime.label(), event.as_str());
    if event.is_request() || told.title == role {
        told.title = format!("{role}: a function runs");
    }
    if event.is_request() || told.rows.is_empty() {
        told.turn_to(row_of(*event), TRIGGERS);
    } else {
        told.cite(row_of(*event));
    }
    told.cite("EDGE-07");
    let what = match did {
        Did::Unknown => "passes on what it gets".to_owned(),
        Did::PassedOn => "has nothing to do".to_owned(),
        Did::Rewrote { from, to } => format!("makes {from} into {to}"),
        Did::SetField { name, .. } => format!("sets {name}"),
        Did::Answered(Made { status, .. }) => format!("answers {} itself", status.0),
        Did::Failed(Fault::Threw) => "fails with an exception".to_owned(),
        Did::Failed(Fault::Touched { name }) => format!("sets {name}, which it may not"),
    };
    let line = format!("{label} at {at}: {name} {what}, after {}", units::ms(ran.took));
    let (rows, is_error) = match did {
        Did::Rewrote { .. } => ("EDGE-08", false),
        Did::Answered(_) => ("EDGE-13", false),
        Did::Failed(fault) => (row_of_fault(*runtime, fault), true),
        _ => (row_of(*event), false),
    };
    told.cite(rows);
    let line =
        if is_error { why::decided(Outcome::Error, rows, line) } else { why::check(rows, line) };
    told.why.push(line.set_by_behavior(trip, "function associations"));
    told = told.say(sentence(ran));
    told = told.say(wait(ran));
    if let Some(given) = ran.event_object() {
        let (given, gave) = (given.write(), ran.returned().map(|json| json.write()));
        told.handed.push(HandedView { name: name.clone(), given, gave });
    }
    told.assume(assumed::FUNCTION_TIME);
    match rows {
        "EDGE-54" => told.assume(assumed::FUNCTION_FAULT),
        "EDGE-55" => told.assume(assumed::FUNCTION_INVALID),
        _ => {}
    }
    if *did == Did::Unknown {
        told.assume(assumed::FUNCTION_UNKNOWN);
    }
    told
}

/// EDGE-07: for how long all else waits, and what of that is the way to the function.
fn wait(ran: &Ran) -> String {
    let (took, runs) = (units::ms(ran.took), units::ms(run_time(ran.runtime)));
    let what = if ran.event.is_request() { "request" } else { "answer" };
    if ran.background {
        format!("It takes {took}, and nobody waits for that.")
    } else if ran.took > run_time(ran.runtime) {
        format!(
            "The {what} waits {took} for it: it runs for {runs} in the Region of the regional edge cache, and the rest is the way there and back."
        )
    } else {
        format!("The {what} waits {took} for it.")
    }
}

fn sentence(Ran { name, event, did, .. }: &Ran) -> String {
    match did {
        Did::Unknown => {
            format!("Nobody has said what the function {name} does, so it changes nothing here.")
        }
        Did::PassedOn => format!("The function {name} looks at it and passes it on as it is."),
        Did::Rewrote { from, to } if *event == FunctionEvent::ViewerRequest => format!(
            "The function {name} makes {from} into {to}, before the cache key is made. The behavior stays the one of {from}."
        ),
        Did::Rewrote { from, to } => format!(
            "The function {name} makes {from} into {to} for the origin. The cache key was made before and stays."
        ),
        Did::SetField { name: field, value } => match event {
            FunctionEvent::ViewerRequest => format!(
                "The function {name} sets {field}: {value}. It is in the cache key only if the cache policy names it."
            ),
            FunctionEvent::OriginRequest => {
                format!("The function {name} sets {field}: {value} for the origin.")
            }
            FunctionEvent::OriginResponse => format!(
                "The function {name} sets {field}: {value} before the answer is kept: every later hit has it, too."
            ),
            FunctionEvent::ViewerResponse => format!(
                "The function {name} sets {field}: {value} on this answer alone: nothing of it is kept, and it runs on every hit."
            ),
        },
        Did::Answered(_) if *event == FunctionEvent::ViewerRequest => {
            format!(
                "The function {name} answers by itself. Nothing of that is kept: it runs for every request."
            )
        }
        Did::Answered(_) => format!(
            "The function {name} answers in the origin's place. What it says is kept as an answer of the origin would be."
        ),
        Did::Failed(Fault::Threw) => {
            format!("The function {name} fails while it runs: the answer is a 503.")
        }
        Did::Failed(Fault::Touched { name: field }) => {
            format!(
                "The function {name} sets {field}, which is not its to set: the answer is a 502."
            )
        }
    }
}

/// A request that ends with its function.
pub(super) fn ended(told: &mut Told, runtime: Runtime, fault: Option<&Fault>) {
    let Some(fault) = fault else { return told.turn_to("EDGE-13", GENERATED) };
    match row_of_fault(runtime, fault) {
        "EDGE-54" => {
            told.turn_to("", FUNCTION_FAILED);
            told.assume(assumed::FUNCTION_FAULT);
        }
        "EDGE-55" => {
            told.turn_to("", BAD_GATEWAY);
            told.assume(assumed::FUNCTION_INVALID);
        }
        row => {
            told.turn_to(row, TRIGGERS);
            told.cite("EDGE-07");
        }
    }
}

/// What X-Cache says of an answer that a function has made or spoilt.
pub(super) fn word(told: &mut Told, word: &str) {
    told.turn_to("EDGE-13", GENERATED);
    match word {
        "FunctionGeneratedResponse" => told.cite("XC-07"),
        "LambdaGeneratedResponse" => told.assume(assumed::FUNCTION_WORD),
        "FunctionExecutionError" => told.assume(assumed::FUNCTION_ERROR_WORD),
        _ => told.cite("XC-08"),
    }
}

const fn row_of(event: FunctionEvent) -> &'static str {
    match event {
        FunctionEvent::ViewerRequest => "EDGE-01",
        FunctionEvent::OriginRequest => "EDGE-02",
        FunctionEvent::OriginResponse => "EDGE-03",
        FunctionEvent::ViewerResponse => "EDGE-04",
    }
}

pub(super) const fn row_of_fault(runtime: Runtime, fault: &Fault) -> &'static str {
    match (runtime, fault) {
        (Runtime::CloudFront, Fault::Threw) => "EDGE-54",
        (Runtime::CloudFront, Fault::Touched { .. }) => "EDGE-55",
        (Runtime::Lambda, Fault::Threw) => "EDGE-57",
        (Runtime::Lambda, Fault::Touched { .. }) => "EDGE-59",
    }
}
