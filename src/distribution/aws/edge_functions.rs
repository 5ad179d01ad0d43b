//! Functions at the edge (CB-17, CB-18): which runs at which event. What each does is given beside the configuration.

use super::ErrorCode::{
    self, InvalidFunctionAssociation, InvalidLambdaFunctionAssociation,
    TooManyFunctionAssociations, TooManyLambdaFunctionAssociations,
};
use super::reader::{Node, Quota, Reader};
use super::{Beside, StandIn, ids};
use crate::distribution::{Function, FunctionEvent, Functions, Runtime};
use crate::json::Json;

const LAMBDAS: Quota = Quota {
    most: 4,
    code: TooManyLambdaFunctionAssociations,
    row: "CB-17",
    rule: "a behavior has one Lambda function for each of the four events",
};

const FUNCTIONS: Quota = Quota {
    most: 2,
    code: TooManyFunctionAssociations,
    row: "CB-18",
    rule: "a behavior has one CloudFront function for each of the two viewer events",
};

const EVENTS: [&str; 4] =
    ["viewer-request", "viewer-response", "origin-request", "origin-response"];

/// Reads both lists of a behavior.
pub(super) fn associations(reader: &mut Reader, node: &Node, beside: &Beside) -> Functions {
    let mut functions = Functions::default();
    let mut by_lambda = Vec::new();
    for place in reader.list(&node.member("LambdaFunctionAssociations"), Some(&LAMBDAS)) {
        // The body of a request is not simulated, and so neither is who may read it.
        if !reader.object(&place, &["LambdaFunctionARN", "EventType"]) {
            continue;
        }
        reader.flag(&place.member("IncludeBody"));
        let arn_place = place.member("LambdaFunctionARN");
        let arn = reader.needed_text(&arn_place);
        if arn.is_some_and(|arn| !is_version(arn)) {
            let rule = "this must be the ARN of a numbered version in us-east-1, as in arn:aws:lambda:us-east-1:ACCOUNT:function:NAME:7";
            reader.refuse(&arn_place, InvalidLambdaFunctionAssociation, "CB-17", rule);
        }
        let code = (InvalidLambdaFunctionAssociation, "CB-17");
        let event = event(reader, &place, &mut by_lambda, code);
        keep(reader, &mut functions, event, Runtime::Lambda, &arn_place, beside);
    }
    let mut by_function = Vec::new();
    for place in reader.list(&node.member("FunctionAssociations"), Some(&FUNCTIONS)) {
        if !reader.object(&place, &["FunctionARN", "EventType"]) {
            continue;
        }
        let arn_place = place.member("FunctionARN");
        let arn = reader.needed_text(&arn_place);
        if arn.is_some_and(|arn| !is_function(arn)) {
            let rule = "this must be the ARN of a CloudFront function, as in arn:aws:cloudfront::ACCOUNT:function/NAME";
            reader.refuse(&arn_place, InvalidFunctionAssociation, "CB-18", rule);
        }
        let code = (InvalidFunctionAssociation, "CB-18");
        let Some(event) = event(reader, &place, &mut by_function, code) else { continue };
        keep(reader, &mut functions, Some(event), Runtime::CloudFront, &arn_place, beside);
        let event_place = place.member("EventType");
        if event.starts_with("origin") {
            let rule = "a CloudFront function runs at viewer events only";
            reader.refuse(&event_place, InvalidFunctionAssociation, "CB-18", rule);
        } else if by_lambda.iter().any(|event| event.starts_with("viewer")) {
            let rule = "a behavior has CloudFront functions or Lambda functions at its viewer events, not both";
            reader.refuse(&event_place, InvalidFunctionAssociation, "CB-18", rule);
        }
    }
    functions
}

/// Puts a function in at its event. One of which nothing says what it does passes everything on (IM-11).
fn keep(
    reader: &mut Reader,
    functions: &mut Functions,
    event: Option<&str>,
    runtime: Runtime,
    place: &Node,
    beside: &Beside,
) {
    let arn = place.json().and_then(Json::as_text);
    let event = FunctionEvent::ALL.into_iter().find(|known| Some(known.as_str()) == event);
    let (Some(arn), Some(event)) = (arn, event) else { return };
    let does = beside.function(arn);
    if does.is_none() {
        reader.assume(place, StandIn::PassesOn);
    }
    functions.set(event, Some(Function { arn: arn.to_owned(), runtime, does }));
}

/// Whether this can be the ARN of a function at the edge, of either sort.
pub(super) fn is_arn(arn: &str) -> bool {
    is_version(arn) || is_function(arn)
}

/// The event of an association, which no other of its list has.
fn event(
    reader: &mut Reader,
    place: &Node,
    taken: &mut Vec<&'static str>,
    (code, row): (ErrorCode, &'static str),
) -> Option<&'static str> {
    let place = place.member("EventType");
    let event = reader.needed_word(&place, &EVENTS, row)?;
    if taken.contains(&event) {
        reader.refuse(&place, code, row, "an event has one function");
    }
    taken.push(event);
    Some(event)
}

fn is_version(arn: &str) -> bool {
    ids::arn(arn).is_some_and(|[service, region, account, rest]| {
        let version = rest.strip_prefix("function:").and_then(|rest| rest.split_once(':'));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_numbered =
            version.is_some_and(|(name, version)| !name.is_empty() && is_number(version));
        service == "lambda" && region == "us-east-1" && ids::is_account(account) && is_numbered
    })
}

fn is_function(arn: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    ids::arn(arn).is_some_and(|[service, _, account, rest]| {
        let name = rest.strip_prefix("function/").unwrap_or_default();
        let is_name = (1..=64).contains(&name.len()) && name.bytes().all(is_allowed);
        service == "cloudfront" && ids::is_account(account) && is_name && arn.len() <= 108
    })
}
