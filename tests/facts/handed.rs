//! The event object of CloudFront Functions (security-logs-edge.md section 6.4): what a function is given, and what it returns.

use edgewalk::edge::Decision;
use edgewalk::simulation::Run;
use serde_json::{Value, json};

use crate::{CFF, decisions, reached, shown, walk};

/// The function of the base at an event of the application's behavior.
fn at(event: &str) -> String {
    format!(
        r#"set CacheBehaviors.Items[0].FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "{event}"}}]"#
    )
}

const AT_REQUEST: &str = "viewer-request";
const AT_RESPONSE: &str = "viewer-response";

/// Each run of a function: what it was given, and what it returned.
fn handed(run: &Run) -> Vec<(Value, Value)> {
    let parsed = |json: Option<edgewalk::json::Json>| {
        json.map_or(Value::Null, |json| serde_json::from_str(&json.write_short()).unwrap())
    };
    let ran = decisions(run).filter_map(|decision| match decision {
        Decision::FunctionRan(ran) => Some((parsed(ran.event_object()), parsed(ran.returned()))),
        _ => None,
    });
    ran.collect()
}

/// What the only run of a function was given and returned.
fn one(words: &[&str]) -> (Value, Value) {
    let mut all = handed(&walk(words));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const ASK: &str = concat!(
    "GET paris /app/page.html?id=7&flag&t=a&t=b ",
    r#""X-Two: 1" "x-two: 2" "Accept-Language: de, en" "Cookie: session=8f3a; a=1; a=2" "X-Forwarded-Proto: http""#
);

#[test]
fn edge_35_to_38_the_members_of_an_event() {
    let (given, _) = one(&[&at(AT_REQUEST), ASK]);
    let mut members = names(&given);
    members.sort_unstable();
    assert_eq!(members, ["context", "request", "version", "viewer"], "EDGE-35: no response yet");
    assert_eq!(given["version"], "1.0", "EDGE-35");
    let run = walk(&[&at(AT_REQUEST), ASK]);
    let id = shown(&run)[0].fields.get("X-Amz-Cf-Id").unwrap();
    assert_eq!(given["context"]["requestId"], id, "EDGE-36: as X-Amz-Cf-Id says it");
    assert_eq!(given["context"]["distributionDomainName"], crate::DOMAIN, "EDGE-36");
    assert_eq!(given["context"]["eventType"], "viewer-request", "EDGE-36");
    let distribution = run.walk().scenario.configuration.distribution();
    let logged = edgewalk::edge::access_log::distribution_id(&distribution.domain);
    let id = distribution.id.clone().unwrap_or(logged);
    assert_eq!(given["context"]["distributionId"], id.as_str(), "EDGE-36");
    let paris = edgewalk::network::City::find("paris").unwrap().ipv4();
    assert_eq!(given["viewer"], json!({"ip": paris.to_string()}), "EDGE-37");
    let mut members = names(&given["request"]);
    members.sort_unstable();
    let expected = ["cookies", "headers", "method", "querystring", "uri"];
    assert_eq!(members, expected, "EDGE-38: nothing of the content");
    assert_eq!(given["request"]["method"], "GET", "EDGE-38");
    assert_eq!(given["request"]["uri"], "/app/page.html", "EDGE-38: without the query");
    assert_eq!(handed(&walk(&["GET paris /app/page.html"])), [], "no function, no event");
}

#[test]
fn edge_40_42_43_44_48_names_and_values_of_a_request() {
    let (given, _) = one(&[&at(AT_REQUEST), ASK]);
    let request = &given["request"];
    let several = json!({"value": "a", "multiValue": [{"value": "a"}, {"value": "b"}]});
    let query = json!({"id": {"value": "7"}, "flag": {"value": ""}, "t": several});
    assert_eq!(request["querystring"], query, "EDGE-40, EDGE-44");
    let headers = &request["headers"];
    let two = json!({"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]});
    assert_eq!(headers["x-two"], two, "EDGE-40, EDGE-42");
    let one = json!({"value": "de, en"});
    assert_eq!(headers["accept-language"], one, "EDGE-40: commas part no value");
    let is_lower = |name: &&str| name.to_lowercase() == **name;
    assert!(names(headers).iter().all(is_lower), "EDGE-42: {headers}");
    let cookies = json!({"session": {"value": "8f3a"},
        "a": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}});
    assert_eq!(request["cookies"], cookies, "EDGE-43");
    assert!(headers.get("cookie").is_none(), "EDGE-43");
    assert!(headers.get("x-forwarded-proto").is_none(), "EDGE-48: never shown");
    let (bare, _) = self::one(&[&at(AT_REQUEST), "GET paris /app/page.html"]);
    assert_eq!(bare["request"]["querystring"], json!({}), "EDGE-44: no query");
}

#[test]
fn edge_14_fields_of_cloudfronts_own_stand_among_the_headers_in_a_viewers_events() {
    // One in the key, one beside it.
    let policies = [
        r#"set CacheBehaviors.Items[0].CachePolicyId "11111111-2222-3333-4444-555555555501""#,
        r#"set CachePolicy.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig {"HeaderBehavior": "whitelist", "Headers": {"Quantity": 1, "Items": ["CloudFront-Viewer-Country"]}}"#,
        r#"set CacheBehaviors.Items[0].OriginRequestPolicyId "11111111-2222-3333-4444-555555555502""#,
        r#"set OriginRequestPolicy.OriginRequestPolicyConfig.HeadersConfig {"HeaderBehavior": "whitelist", "Headers": {"Quantity": 1, "Items": ["CloudFront-Is-Mobile-Viewer"]}}"#,
    ];
    let ask =
        r#"GET paris /app/page.html "User-Agent: Phone Mobile" "CloudFront-Viewer-Country: XX""#;
    for (event, is_answered) in [(AT_REQUEST, false), (AT_RESPONSE, true)] {
        let (given, gave) = one(&[&[&*at(event)], &policies[..], &[ask]].concat());
        let headers = &given["request"]["headers"];
        assert_eq!(headers["cloudfront-viewer-country"], json!({"value": "FR"}), "EDGE-14 {event}");
        let mobile = json!({"value": "true"});
        assert_eq!(headers["cloudfront-is-mobile-viewer"], mobile, "EDGE-14 {event}");
        assert!(headers.get("cloudfront-viewer-city").is_none(), "EDGE-14: only what is listed");
        let returned = gave["headers"].get("cloudfront-viewer-country").is_some();
        assert_eq!(returned, !is_answered, "EDGE-45: it returns the request that it was given");
    }
    // Nothing asks for one: what a viewer calls so is an ordinary field.
    let (given, _) = one(&[&at(AT_REQUEST), ask]);
    let headers = &given["request"]["headers"];
    assert_eq!(headers["cloudfront-viewer-country"], json!({"value": "XX"}));
    assert!(headers.get("cloudfront-is-mobile-viewer").is_none(), "EDGE-14: none asks for it");
    // Lambda@Edge has it where the origin has it.
    let lambda = crate::LAMBDA;
    let association = format!(
        r#"set CacheBehaviors.Items[0].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{lambda}", "EventType": "origin-request"}}]"#
    );
    let arn = format!(r#"set EdgeFunction.ARN "{lambda}""#);
    let run = walk(&[&[&*association, &*arn], &policies[..], &[ask]].concat());
    let country = reached(&run)[0].fields.get("CloudFront-Viewer-Country");
    assert_eq!(country, Some("FR"), "EDGE-14: at the origin's request");
}

#[test]
fn edge_39_41_43_the_response_at_the_viewers_response() {
    let (given, gave) = one(&[
        &at(AT_RESPONSE),
        r#"set EdgeFunction.Does "SplitTest""#,
        r#"set EdgeFunction.Cookie "side""#,
        "GET paris /app/page.html",
    ]);
    assert_eq!(given["context"]["eventType"], "viewer-response", "EDGE-36");
    let response = &given["response"];
    assert_eq!(response["statusCode"], 200, "EDGE-39: a number");
    assert_eq!(response["statusDescription"], "OK", "EDGE-39");
    assert!(response.get("body").is_none(), "EDGE-39: never handed in");
    assert_eq!(response["cookies"], json!({}), "EDGE-39");
    assert!(response["headers"].get("x-cache").is_none(), "EDGE-48: never shown");
    assert_eq!(given["request"]["uri"], "/app/page.html", "EDGE-35: the request, too");
    let side = &gave["cookies"]["side"];
    assert_eq!(side["attributes"], "Path=/", "EDGE-41");
    assert!(["A", "B"].contains(&side["value"].as_str().unwrap()), "EDGE-41: {side}");
    assert!(gave["headers"].get("set-cookie").is_none(), "EDGE-43");
    assert_eq!(gave["headers"], response["headers"], "all else is as it was");
}

#[test]
fn edge_45_who_returns_a_request_goes_on_and_who_returns_a_response_answers() {
    let run = walk(&[
        &at(AT_REQUEST),
        r#"set EdgeFunction.Does "SortQuery""#,
        "GET paris /app/page.html?b=1&a=2",
    ]);
    let (given, gave) = handed(&run).remove(0);
    assert_eq!(gave["uri"], given["request"]["uri"], "EDGE-45");
    assert_eq!(gave["method"], given["request"]["method"], "EDGE-38: read-only");
    assert_eq!(given["request"]["querystring"], gave["querystring"], "the same parameters");
    assert_eq!(reached(&run).len(), 1, "EDGE-45: processing goes on");
    let redirect = [
        r#"set EdgeFunction.Does "Redirect""#,
        r#"set EdgeFunction.From "/app/*""#,
        r#"set EdgeFunction.To "/new""#,
        "set EdgeFunction.Status 301",
    ];
    let run = walk(&[&at(AT_REQUEST), redirect[0], redirect[1], redirect[2], redirect[3], ASK]);
    let (_, gave) = handed(&run).remove(0);
    // The reference's own redirect, and no cookies beside it.
    let expected = json!({"statusCode": 301, "statusDescription": "Moved Permanently",
        "headers": {"location": {"value": "/new"}}, "cookies": {}});
    assert_eq!(gave, expected, "EDGE-45");
    assert_eq!((reached(&run).len(), shown(&run)[0].status.0), (0, 301), "EDGE-45");
}

#[test]
fn edge_42_what_a_function_sets_goes_out_with_capitals() {
    let sets = |name: &str| {
        let name = format!(r#"set EdgeFunction.Name "{name}""#);
        let run = walk(&[&at(AT_RESPONSE), r#"set EdgeFunction.Does "SetField""#, &name, ASK]);
        let (_, gave) = handed(&run).remove(0);
        let names: Vec<String> =
            shown(&run)[0].fields.iter().map(|field| field.name().to_owned()).collect();
        (names, gave)
    };
    for name in ["x-a-b", "X-A-B", "x-A-b"] {
        let (names, gave) = sets(name);
        assert!(names.contains(&"X-A-B".to_owned()), "EDGE-42 {name}: {names:?}");
        assert!(gave["headers"].get("x-a-b").is_some(), "EDGE-42 {name}: in lower case within");
    }
    // Lambda@Edge says itself how a name is written.
    let lambda = crate::LAMBDA;
    let association = format!(
        r#"set CacheBehaviors.Items[0].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{lambda}", "EventType": "viewer-response"}}]"#
    );
    let arn = format!(r#"set EdgeFunction.ARN "{lambda}""#);
    let name = r#"set EdgeFunction.Name "x-a-b""#;
    let run = walk(&[&association, &arn, r#"set EdgeFunction.Does "SetField""#, name, ASK]);
    assert!(shown(&run)[0].fields.iter().any(|field| field.name() == "x-a-b"));
    assert_eq!(handed(&run), [(Value::Null, Value::Null)], "its event has another form");
}

#[test]
fn edge_42_whatever_a_function_does_all_names_that_it_was_shown_go_out_with_capitals() {
    let names = |fields: &edgewalk::http::Fields| -> Vec<String> {
        fields.iter().map(|field| field.name().to_owned()).collect()
    };
    let ask = r#"GET paris /app/page.html "x-two: 2" "ACCEPT-LANGUAGE: de""#;
    let forwards = r#"set CacheBehaviors.Items[0].OriginRequestPolicyId "216adef6-5c7f-47e4-b989-5492eafa07d3""#;
    for does in ["SortQuery", "SetField"] {
        let does = format!(r#"set EdgeFunction.Does "{does}""#);
        let run = walk(&[forwards, &at(AT_REQUEST), &does, ask]);
        let sent = names(&reached(&run)[0].fields);
        assert!(sent.contains(&"X-Two".to_owned()), "EDGE-42 {does}: {sent:?}");
        assert!(sent.contains(&"Accept-Language".to_owned()), "EDGE-42 {does}: {sent:?}");
    }
    let without = names(&reached(&walk(&[forwards, ask]))[0].fields);
    assert!(without.contains(&"x-two".to_owned()), "no function, no change: {without:?}");
    let answered = walk(&[&at(AT_RESPONSE), r#"set EdgeFunction.Does "SortQuery""#, ask]);
    let names = names(&shown(&answered)[0].fields);
    assert!(names.contains(&"Etag".to_owned()) && !names.contains(&"ETag".to_owned()), "{names:?}");
    assert!(names.contains(&"X-Amz-Cf-Pop".to_owned()), "EDGE-48: as it was: {names:?}");
}

#[test]
fn a_function_that_fails_returned_nothing_or_what_is_refused() {
    let (given, gave) = one(&[&at(AT_REQUEST), r#"set EdgeFunction.Does "Throws""#, ASK]);
    assert_eq!((given["version"].as_str(), gave), (Some("1.0"), Value::Null), "EDGE-54");
    let via = [r#"set EdgeFunction.Does "SetField""#, r#"set EdgeFunction.Name "Via""#];
    let (given, gave) = one(&[&at(AT_REQUEST), via[0], via[1], ASK]);
    assert!(given["request"]["headers"].get("via").is_none());
    assert!(gave["headers"].get("via").is_some(), "EDGE-53: it is returned, and refused");
}

#[test]
fn edge_16_what_a_cloudfront_function_changes_at_the_viewers_request() {
    // Path, query, a header and a cookie, each by the ready-made function that does it; never the method.
    let table: [(&str, &[&str]); 4] = [
        ("uri", &[r#"set EdgeFunction.Does "SinglePage""#, r#"set EdgeFunction.Page "/i.html""#]),
        ("headers", &[r#"set EdgeFunction.Does "SetField""#, r#"set EdgeFunction.Name "X-New""#]),
        ("cookies", &[r#"set EdgeFunction.Does "SplitTest""#, r#"set EdgeFunction.Cookie "side""#]),
        ("", &[r#"set EdgeFunction.Does "SortQuery""#]),
    ];
    for (member, does) in table {
        let association = at(AT_REQUEST);
        let words: Vec<&str> = [&*association]
            .into_iter()
            .chain(does.iter().copied())
            .chain(["GET paris /app/x"])
            .collect();
        let (given, gave) = one(&words);
        for name in ["method", "uri", "querystring", "headers", "cookies"] {
            let is_other = given["request"][name] != gave[name];
            assert_eq!(is_other, name == member, "EDGE-16 {member} {name}");
        }
    }
}

#[test]
fn cd_21_sig_20_what_the_edge_alone_reads_is_no_business_of_a_function() {
    const POLICY: &str =
        "ContinuousDeploymentPolicy.ContinuousDeploymentPolicyConfig.TrafficConfig";
    let by_weight = r#"{"Type": "SingleWeight", "SingleWeightConfig": {"Weight": 0, "SessionStickinessConfig": {"IdleTTL": 300, "MaximumTTL": 600}}}"#;
    let run = walk(&[
        &at(AT_RESPONSE),
        r#"set ContinuousDeploymentPolicyId "11111111-2222-3333-4444-5555555555cd""#,
        &format!("set {POLICY} {by_weight}"),
        r#"GET paris /app/page.html "Cookie: a=1""#,
        r#"GET paris /app/page.html "Cookie: a=1""#,
    ]);
    let cookies = reached_pop(&run);
    assert!(cookies[1].contains("aws-cf-cd-session="), "the viewer keeps it: {cookies:?}");
    let all = handed(&run);
    assert_eq!(all.len(), 2);
    for (given, returned) in &all {
        assert_eq!(given["request"]["cookies"], json!({"a": {"value": "1"}}));
        for response in [&given["response"], returned] {
            assert_eq!(response["cookies"].get("aws-cf-cd-session"), None, "{response}");
        }
    }
    let told = shown(&run).iter().filter(|answer| answer.fields.has("Set-Cookie")).count();
    assert_eq!(told, 2, "and each answer tells the viewer of it");
}

/// The cookies with which each request was sent.
fn reached_pop(run: &Run) -> Vec<String> {
    let sent = run.journal().events().iter().filter_map(|event| match &event.what {
        edgewalk::simulation::What::Sent { request, .. } => {
            Some(request.fields.all("Cookie").collect::<Vec<_>>().join("; "))
        }
        _ => None,
    });
    sent.collect()
}
