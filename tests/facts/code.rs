//! Code at the edge (security-logs-edge.md section 6): what a function may do at which event, and how it shows.

use edgewalk::edge::{Decision, Did, Ran};
use edgewalk::simulation::{Place, Run, What};

use crate::{CFF, LAMBDA, events, reached, refused, walk};

/// The function of the base at an event of the application's behavior.
fn at(event: &str) -> String {
    format!(
        r#"set CacheBehaviors.Items[0].FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "{event}"}}]"#
    )
}

/// A Lambda function that does the same there.
fn lambda_at(event: &str) -> [String; 2] {
    [
        format!(
            r#"set CacheBehaviors.Items[0].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{LAMBDA}", "EventType": "{event}"}}]"#
        ),
        format!(r#"set EdgeFunction.ARN "{LAMBDA}""#),
    ]
}

/// Each run of a function: where, and what it did.
fn ran(run: &Run) -> Vec<(Place, &Did)> {
    let runs = events(run).iter().filter_map(|event| match &event.what {
        What::Decided(Decision::FunctionRan(Ran { did, .. })) => Some((event.place, did)),
        _ => None,
    });
    runs.collect()
}

const ASK: &str = "GET paris /app/page.html?b=2&a=1";

#[test]
fn edge_10_a_query_is_changed_at_request_events_alone() {
    let sorts = r#"set EdgeFunction.Does "SortQuery""#;
    let run = walk(&[&at("viewer-request"), sorts, ASK]);
    assert!(matches!(ran(&run)[..], [(_, Did::Rewrote { .. })]));
    let run = walk(&[&at("viewer-response"), sorts, ASK]);
    assert!(matches!(ran(&run)[..], [(_, Did::PassedOn)]));
}

#[test]
fn edge_09_a_new_path_begins_with_a_slash() {
    let strips = [r#"set EdgeFunction.Does "StripPrefix""#, r#"set EdgeFunction.Prefix "app""#];
    let said = refused(&[&at("viewer-request"), strips[0], strips[1]]);
    assert!(said.contains("EdgeFunction.Prefix"), "{said}");
}

#[test]
fn edge_21_where_each_runs() {
    let run = walk(&[&at("viewer-request"), ASK]);
    assert!(matches!(ran(&run)[..], [(Place::Pop(_), Did::SetField { .. })]));
    let [association, arn] = lambda_at("origin-request");
    let run = walk(&[&association, &arn, ASK]);
    assert!(matches!(ran(&run)[..], [(Place::Rec(_), Did::SetField { .. })]));
    assert_eq!(reached(&run)[0].fields.get("X-Code"), Some("1"));
}

#[test]
fn im_12_edge_07_a_function_takes_its_time() {
    let instant = |words: &[&str]| events(&walk(words)).last().unwrap().at;
    let took = instant(&[&at("viewer-response"), ASK]) - instant(&[ASK]);
    assert_eq!(took.as_micros(), 200);
}

#[test]
fn edge_05_an_event_has_one_function() {
    let two = format!(
        r#"set DefaultCacheBehavior.FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "viewer-request"}}, {{"FunctionARN": "{CFF}", "EventType": "viewer-request"}}]"#
    );
    let said = refused(&[&two]);
    assert!(said.contains("InvalidFunctionAssociation"), "{said}");
}

#[test]
fn qt_31_a_distribution_has_a_hundred_lambda_functions_at_most() {
    // Two of the four events of each of fifty behaviors, and one behavior more.
    let behaviors = |functions: usize| {
        let behavior = |place: usize| {
            let association = |event: &str, number: usize| {
                let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:f{number}:1");
                format!(r#"{{"LambdaFunctionARN": "{arn}", "EventType": "{event}"}}"#)
            };
            let both = [
                association("origin-request", (2 * place).min(functions - 1)),
                association("origin-response", (2 * place + 1).min(functions - 1)),
            ];
            format!(
                r#"{{"PathPattern": "/{place}", "TargetOriginId": "app", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
                    "LambdaFunctionAssociations": {{"Quantity": 2, "Items": [{}]}}}}"#,
                both.join(", ")
            )
        };
        let all: Vec<String> = (0..51).map(behavior).collect();
        refused(&[&format!("set CacheBehaviors.Items [{}]", all.join(", "))])
    };
    assert_eq!(behaviors(100), "", "the last ones are the hundredth again");
    assert!(
        behaviors(101).contains("TooManyLambdaFunctionAssociations, QT-31"),
        "{}",
        behaviors(101)
    );
}
