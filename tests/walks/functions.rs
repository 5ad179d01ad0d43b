//! Functions at the edge: when they run, and what they do to key, status, X-Cache and log.

mod times;

use edgewalk::distribution::{
    Configuration, Distribution, Function, FunctionEvent, Origin, OriginAccess, OriginGroup,
    OriginKind, PathPattern, Proof, ReadyMade, Runtime, Selection, Signing, managed,
};
use edgewalk::edge::access_log::Detailed;
use edgewalk::edge::{Decision, Did, Fault, Ran};
use edgewalk::http::{Method, Response};
use edgewalk::network::{Access, Offer};
use edgewalk::origin::Health;
use edgewalk::scene::{Scene, Steps, Told};
use edgewalk::simulation::{
    Action, Event, Place, Run, What, access_log::access_log, built_in_scenario,
};

use crate::common::{Edit as _, act, ask, get, last_shown, purge, request_with};
use crate::{decisions, reached};

use FunctionEvent::{OriginRequest, OriginResponse, ViewerRequest, ViewerResponse};
use Runtime::{CloudFront, Lambda};

fn function(runtime: Runtime, does: ReadyMade) -> Function {
    let arn = match runtime {
        CloudFront => "arn:aws:cloudfront::123456789012:function/mine",
        Lambda => "arn:aws:lambda:us-east-1:123456789012:function:mine:7",
    };
    Function { arn: arn.into(), runtime, does: Some(does) }
}

/// The shop with these functions at every behavior, and with what else is changed.
fn shop_with(
    functions: &[(FunctionEvent, Runtime, ReadyMade)],
    change: impl FnOnce(&mut Distribution),
) -> Run {
    let mut scenario = built_in_scenario();
    {
        let mut distribution = scenario.edited();
        for behavior in &mut distribution.behaviors {
            for (event, runtime, does) in functions {
                let mut function = function(*runtime, does.clone());
                function.arn = function.arn.replace("mine", event.as_str());
                behavior.functions.set(*event, Some(function));
            }
        }
        change(&mut distribution);
    }
    // Everything is in the document and beside it: a file or a link brings it all back.
    let configuration = &scenario.configuration;
    let restored = Configuration::restored(&configuration.stored()).unwrap();
    assert_eq!(restored.distribution(), configuration.distribution());
    Run::new(scenario).unwrap()
}

fn shop(functions: &[(FunctionEvent, Runtime, ReadyMade)]) -> Run {
    shop_with(functions, |_| ())
}

fn set_field(name: &str, value: &str) -> ReadyMade {
    ReadyMade::SetField { name: name.into(), value: value.into() }
}

fn runs(events: &[Event]) -> Vec<(FunctionEvent, Place, &Did)> {
    let ran = events.iter().filter_map(|event| match &event.what {
        What::Decided(Decision::FunctionRan(Ran { event: at, did, .. })) => {
            Some((*at, event.place, did))
        }
        _ => None,
    });
    ran.collect()
}

/// The events of an exchange, and what its viewer got.
fn shown(run: &mut Run, action: Action) -> (Vec<Event>, String, Response) {
    let events = act(run, action);
    let (x_cache, response) = last_shown(run.journal());
    (events, x_cache, response)
}

fn logged(run: &Run) -> Vec<[String; 3]> {
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let words = |logged: &edgewalk::simulation::access_log::Logged<'_>| {
        let record = &logged.record;
        let response_result = record.response_result.as_ref().unwrap();
        let detail = record.detail.as_ref().map(Detailed::as_str).unwrap();
        [record.result.as_str(), response_result.as_str(), detail].map(String::from)
    };
    log.iter().map(words).collect()
}

fn of_cache(decision: &Decision) -> bool {
    matches!(decision, Decision::KeyMade { .. } | Decision::LookedUp { .. })
}

#[test]
fn edge_01_02_03_04_12_flow_14_when_each_of_the_four_runs() {
    let mut run = shop(&[
        (ViewerRequest, CloudFront, ReadyMade::SortQuery),
        (OriginRequest, Lambda, ReadyMade::SortQuery),
        (OriginResponse, Lambda, set_field("X-Kept", "1")),
        (ViewerResponse, CloudFront, set_field("X-Said", "1")),
    ]);
    let events_of =
        |events: &[Event]| runs(events).iter().map(|(event, ..)| *event).collect::<Vec<_>>();
    let (events, x_cache, response) = shown(&mut run, get("paris", "/app.js"));
    assert_eq!(x_cache, "Miss from cloudfront");
    assert_eq!(events_of(&events), FunctionEvent::ALL, "all four, in their order");
    // EDGE-21: viewer events at the POP; origin events at the regional edge cache, which asks.
    for (event, place, _) in runs(&events) {
        let is_viewer = matches!(event, ViewerRequest | ViewerResponse);
        assert_eq!(matches!(place, Place::Pop(_)), is_viewer, "{event:?}");
    }
    assert!(response.fields.has("X-Kept") && response.fields.has("X-Said"));
    // A hit: only the viewer events (EDGE-02, EDGE-03); what the origin-response function set was kept (EDGE-12).
    let (events, x_cache, response) = shown(&mut run, get("paris", "/app.js"));
    assert_eq!(x_cache, "Hit from cloudfront");
    assert_eq!(events_of(&events), [ViewerRequest, ViewerResponse]);
    assert!(response.fields.has("X-Kept") && response.fields.has("X-Said"), "EDGE-12");
    let stored = run.world().tiers().flat_map(|(_, tier)| {
        tier.store().iter().map(|(_, it)| it.response().fields.clone()).collect::<Vec<_>>()
    });
    let stored: Vec<_> = stored.collect();
    assert_eq!(stored.len(), 2);
    assert!(stored.iter().all(|fields| fields.has("X-Kept") && !fields.has("X-Said")), "EDGE-12");
    // An error of the origin's: the viewer-response function does not run (EDGE-04, FLOW-14), the origin-response one does.
    let (events, _, response) = shown(&mut run, get("paris", "/nowhere"));
    assert_eq!(
        (response.status.0, events_of(&events)),
        (404, vec![ViewerRequest, OriginRequest, OriginResponse])
    );
    assert!(response.fields.has("X-Kept") && !response.fields.has("X-Said"));
}

#[test]
fn edge_01_04_no_function_runs_where_http_is_sent_to_https() {
    let functions = [
        (ViewerRequest, CloudFront, ReadyMade::SortQuery),
        (ViewerResponse, CloudFront, set_field("X-Said", "1")),
    ];
    let mut run = shop_with(&functions, |distribution| {
        for behavior in &mut distribution.behaviors {
            behavior.viewer_protocol =
                edgewalk::distribution::ViewerProtocolPolicy::RedirectToHttps;
        }
    });
    let mut request = crate::common::request(Method::Get, "/app.js");
    request.scheme = edgewalk::http::Scheme::Http;
    let (events, x_cache, response) = shown(&mut run, ask("paris", request));
    assert_eq!((response.status.0, &*x_cache), (301, "Redirect from cloudfront"));
    assert!(runs(&events).is_empty() && !response.fields.has("X-Said"));
}

#[test]
fn edge_08_11_key_06_inv_18_a_rewrite_before_the_key_is_in_the_key_and_not_in_the_behavior() {
    let page = ReadyMade::SinglePage { page: "/index.html".into() };
    let mut run = shop(&[(ViewerRequest, CloudFront, page)]);
    let pattern = |events: &[Event]| {
        decisions(events).iter().find_map(|decision| match decision {
            Decision::BehaviorMatched(matched) => Some(matched.pattern.to_string()),
            _ => None,
        })
    };
    let (events, x_cache, response) = shown(&mut run, get("paris", "/account/orders"));
    assert_eq!((response.status.0, &*x_cache), (200, "Miss from cloudfront"));
    assert!(
        matches!(runs(&events)[0].2, Did::Rewrote { from, to } if from == "/account/orders" && to == "/index.html")
    );
    let (request, _) = reached(&events).next().unwrap();
    assert_eq!(request.target.path(), "/index.html", "EDGE-08");
    // Another path of the app is the same object now.
    let (_, x_cache, _) = shown(&mut run, get("paris", "/basket"));
    assert_eq!(x_cache, "Hit from cloudfront", "KEY-06");
    assert_eq!(shown(&mut run, get("paris", "/index.html")).1, "Hit from cloudfront", "KEY-06");
    // INV-18: the key holds the path that was rewritten, and the viewer's own path is nobody's.
    act(&mut run, purge(&["/account/orders"]));
    assert_eq!(shown(&mut run, get("paris", "/account/orders")).1, "Hit from cloudfront", "INV-18");
    act(&mut run, purge(&["/index.html"]));
    assert_eq!(
        shown(&mut run, get("paris", "/account/orders")).1,
        "Miss from cloudfront",
        "INV-18"
    );
    // EDGE-08, MYTH-19: the behavior was chosen by the path as it came, and stays; so does its origin.
    let (events, _, response) = shown(&mut run, get("paris", "/api/orders/7"));
    assert_eq!(pattern(&events).as_deref(), Some("/api/*"), "EDGE-08");
    assert_eq!(
        response.status.0, 200,
        "the API is asked for /index.html, which all origins of the shop hold"
    );
}

#[test]
fn edge_11_a_rewrite_for_the_origin_leaves_the_key_as_it_was() {
    let page = ReadyMade::SinglePage { page: "/index.html".into() };
    let mut run = shop(&[(OriginRequest, Lambda, page)]);
    let (events, ..) = shown(&mut run, get("paris", "/account"));
    let (request, _) = reached(&events).next().unwrap();
    assert_eq!(request.target.path(), "/index.html");
    // From the POP to the regional edge cache it still goes by its own path.
    let forwarded: Vec<_> = decisions(&events)
        .iter()
        .filter_map(|decision| match decision {
            Decision::Forwarded { request, .. } => Some(request.target.path().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(forwarded, ["/account", "/index.html"]);
    assert_eq!(
        shown(&mut run, get("paris", "/basket")).1,
        "Miss from cloudfront",
        "EDGE-11: another key"
    );
    assert_eq!(shown(&mut run, get("paris", "/account")).1, "Hit from cloudfront");
}

#[test]
fn edge_17_a_function_for_the_origin_sees_no_origin_path() {
    let strip = ReadyMade::StripPrefix { prefix: "/live".into() };
    let mut run = shop_with(&[(OriginRequest, Lambda, strip)], |distribution| {
        distribution.origins[0].path = "/production".into();
    });
    let (events, ..) = shown(&mut run, get("paris", "/live/app.js"));
    let (request, _) = reached(&events).next().unwrap();
    assert_eq!(request.target.path(), "/production/app.js");
    assert_eq!(last_shown(run.journal()).1.status.0, 200);
}

#[test]
fn qs_14_only_a_function_makes_the_order_of_parameters_mean_nothing() {
    let all_queries = |distribution: &mut Distribution| {
        let behavior = distribution.behaviors.last_mut().unwrap();
        behavior.cache_policy.query = Selection::All;
        behavior.cache_policy.name = "all-queries".into();
    };
    for (functions, second) in [
        (&[][..], "Miss from cloudfront"),
        (&[(ViewerRequest, CloudFront, ReadyMade::SortQuery)][..], "Hit from cloudfront"),
    ] {
        let mut run = shop_with(functions, all_queries);
        shown(&mut run, get("paris", "/app.js?b=2&a=1&b=1"));
        assert_eq!(shown(&mut run, get("paris", "/app.js?a=1&b=2&b=1")).1, second);
        assert_eq!(
            shown(&mut run, get("paris", "/app.js?a=1&b=1&b=2")).1,
            "Miss from cloudfront",
            "those of one name as they came"
        );
    }
}

#[test]
fn edge_13_45_60_61_xc_06_07_log_53_an_answer_at_the_viewers_request_is_kept_nowhere() {
    let redirect = || ReadyMade::Redirect {
        from: PathPattern::new("/old/*"),
        to: "https://shop.example/new".into(),
        status: 302,
    };
    for (runtime, word) in
        [(CloudFront, "FunctionGeneratedResponse"), (Lambda, "LambdaGeneratedResponse")]
    {
        let mut run = shop(&[
            (ViewerRequest, runtime, redirect()),
            (ViewerResponse, runtime, set_field("X-Said", "1")),
        ]);
        for _ in 0..2 {
            let (events, x_cache, response) = shown(&mut run, get("paris", "/old/page"));
            assert_eq!((response.status.0, x_cache), (302, format!("{word} from cloudfront")));
            assert_eq!(response.fields.get("Location"), Some("https://shop.example/new"));
            assert!(!decisions(&events).iter().any(|decision| of_cache(decision)), "VSEC-10");
            assert!(
                events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_)))
            );
            assert_eq!(
                runs(&events).len(),
                1,
                "EDGE-04: not on an answer of the viewer-request function"
            );
            assert!(!response.fields.has("X-Said"), "EDGE-04");
        }
        let word = word.to_owned();
        assert_eq!(logged(&run)[0], [word.clone(), word.clone(), word], "LOG-53");
        assert_eq!(shown(&mut run, get("paris", "/app.js")).2.status.0, 200);
    }
}

#[test]
fn edge_13_62_xc_12_log_d02_an_answer_in_the_origins_place_is_kept() {
    let redirect =
        ReadyMade::Redirect { from: PathPattern::new("/old/*"), to: "/new".into(), status: 301 };
    let mut run = shop(&[
        (OriginRequest, Lambda, redirect),
        (OriginResponse, Lambda, set_field("X-Kept", "1")),
    ]);
    let (events, x_cache, response) = shown(&mut run, get("paris", "/old/page"));
    assert_eq!((response.status.0, &*x_cache), (301, "Miss from cloudfront"), "XC-12");
    assert_eq!(reached(&events).count(), 0, "no origin is asked");
    assert_eq!(runs(&events).len(), 1, "EDGE-03: not on an answer of the origin-request function");
    let (events, x_cache, response) = shown(&mut run, get("paris", "/old/page"));
    assert_eq!((response.status.0, &*x_cache), (301, "Hit from cloudfront"), "EDGE-13");
    assert!(runs(&events).is_empty(), "EDGE-13: later requests do not run it");
    let log = logged(&run);
    assert_eq!(log[0], ["Miss", "Miss", "MissGeneratedResponse"], "EDGE-62, LOG-D02");
    assert_eq!(log[1], ["Hit", "Hit", "Hit"], "EDGE-62");
}

#[test]
fn edge_01_basic_authentication_lets_nobody_in_who_does_not_know_the_password() {
    let auth = ReadyMade::BasicAuth { credentials: "dTpw".into() };
    let mut run = shop(&[(ViewerRequest, CloudFront, auth)]);
    let with = |header: &str| ask("paris", request_with(Method::Get, "/app.js", header));
    let (_, x_cache, response) = shown(&mut run, get("paris", "/app.js"));
    assert_eq!((response.status.0, &*x_cache), (401, "FunctionGeneratedResponse from cloudfront"));
    assert_eq!(response.fields.get("WWW-Authenticate"), Some("Basic"));
    assert_eq!(shown(&mut run, with("Authorization: Basic dTpx")).2.status.0, 401);
    assert_eq!(shown(&mut run, with("Authorization: Basic dTpw")).1, "Miss from cloudfront");
    // It runs before each hit, too (EDGE-01).
    assert_eq!(shown(&mut run, with("Authorization: Basic dTpw")).1, "Hit from cloudfront");
    assert_eq!(shown(&mut run, get("paris", "/app.js")).2.status.0, 401, "EDGE-01");
}

#[test]
fn edge_63_no_page_takes_the_place_of_what_a_function_answers() {
    let auth = ReadyMade::BasicAuth { credentials: "dTpw".into() };
    let mut run = shop_with(&[(ViewerRequest, CloudFront, auth)], |distribution| {
        let page =
            Some(edgewalk::distribution::ErrorPage { path: "/index.html".into(), status: 200 });
        distribution.error_responses = [403, 404]
            .map(|status| edgewalk::distribution::ErrorResponse {
                status,
                page: page.clone(),
                min_ttl_secs: 10,
            })
            .into();
    });
    let (events, _, response) = shown(&mut run, get("paris", "/nowhere"));
    assert_eq!(response.status.0, 401);
    assert!(
        !decisions(&events).iter().any(|decision| matches!(decision, Decision::PageWanted { .. }))
    );
}

#[test]
fn edge_15_53_54_55_57_59_tmo_20_21_xc_08_09_log_52_54_what_a_failing_function_comes_to() {
    let table = [
        (ViewerRequest, CloudFront, ReadyMade::Throws, 503, "FunctionExecutionError", "EDGE-54"),
        (ViewerResponse, CloudFront, ReadyMade::Throws, 503, "FunctionExecutionError", "EDGE-54"),
        (ViewerRequest, CloudFront, set_field("Host", "x"), 502, "Error", "EDGE-55"),
        (ViewerResponse, CloudFront, set_field("X-Cache", "x"), 502, "Error", "EDGE-55"),
        (ViewerRequest, Lambda, ReadyMade::Throws, 503, "LambdaExecutionError", "EDGE-57"),
        (OriginRequest, Lambda, ReadyMade::Throws, 503, "LambdaExecutionError", "EDGE-57"),
        (OriginResponse, Lambda, ReadyMade::Throws, 503, "LambdaExecutionError", "EDGE-57"),
        (ViewerResponse, Lambda, ReadyMade::Throws, 503, "LambdaExecutionError", "EDGE-57"),
        (OriginRequest, Lambda, set_field("Via", "x"), 502, "LambdaValidationError", "EDGE-59"),
        (OriginResponse, Lambda, set_field("Via", "x"), 502, "LambdaValidationError", "EDGE-59"),
        (
            ViewerRequest,
            Lambda,
            set_field("CloudFront-Viewer-Country", "DE"),
            502,
            "LambdaValidationError",
            "EDGE-15",
        ),
    ];
    for (event, runtime, does, status, word, row) in table {
        let mut run = shop(&[(event, runtime, does.clone())]);
        let (events, x_cache, response) = shown(&mut run, get("paris", "/app.js"));
        assert_eq!(
            (response.status.0, x_cache),
            (status, format!("{word} from cloudfront")),
            "{row} {event:?}"
        );
        assert!(
            matches!(runs(&events).last(), Some((at, _, Did::Failed(_))) if *at == event),
            "{row}"
        );
        let is_asked = reached(&events).count() == 1;
        assert_eq!(is_asked, !event.is_request(), "{row} {event:?}");
        let log = &logged(&run)[0];
        assert_eq!(log.as_slice(), [word, word, word], "{row} {event:?}");
    }
    assert_eq!(
        (Fault::Threw.status().0, Fault::Touched { name: "Via".into() }.status().0),
        (503, 502)
    );
}

#[test]
fn fo_10_og_08_it_runs_once_for_each_origin_that_is_tried_and_its_own_fault_tries_no_other() {
    let grouped = |distribution: &mut Distribution| {
        let mut second = distribution.origins[0].clone();
        second.id = "second".into();
        second.domain = "second.s3.us-east-1.amazonaws.com".into();
        distribution.origins.push(second);
        let members = [distribution.origins[0].id.clone(), "second".to_owned()];
        distribution.origin_groups = vec![OriginGroup {
            id: "both".into(),
            members,
            failover_statuses: vec![500, 502, 503],
        }];
        let behavior = distribution.behaviors.last_mut().unwrap();
        behavior.origin_id = "both".into();
        behavior.allowed_methods = edgewalk::distribution::AllowedMethods::GetHead;
    };
    let count = |does: ReadyMade, fails: bool| {
        let mut run = shop_with(&[(OriginRequest, Lambda, does)], grouped);
        let origin_id = run.walk().scenario.configuration.distribution().origins[0].id.clone();
        if fails {
            act(
                &mut run,
                Action::SetHealth {
                    origin_id,
                    health: Health::Failing(edgewalk::http::Status(500)),
                },
            );
        }
        let (events, _, response) = shown(&mut run, get("paris", "/app.js"));
        let over = decisions(&events)
            .iter()
            .filter(|it| matches!(it, Decision::FailedOver { .. }))
            .count();
        (runs(&events).len(), over, response.status.0)
    };
    assert_eq!(count(ReadyMade::SortQuery, false), (1, 0, 200));
    assert_eq!(count(ReadyMade::SortQuery, true), (2, 1, 200), "FO-10");
    assert_eq!(count(ReadyMade::Throws, false), (1, 0, 503), "IM-11");
}

#[test]
fn edge_08_a_split_test_gives_each_viewer_a_side_and_keeps_them_apart_in_the_key() {
    let split = || ReadyMade::SplitTest { cookie: "side".into(), percent: 50 };
    let functions = [(ViewerRequest, CloudFront, split()), (ViewerResponse, CloudFront, split())];
    let mut run = shop_with(&functions, |distribution| {
        for behavior in &mut distribution.behaviors {
            behavior.cache_policy = managed::caching_optimized();
            behavior.cache_policy.name = "by-side".into();
            behavior.cache_policy.cookies = Selection::Only(vec!["side".into()]);
        }
    });
    let mut sides = Vec::new();
    for _ in 0..40 {
        // TLS-83, IM-21: it is another viewer, who has no cookie yet.
        act(&mut run, Action::SetViewer { viewer: Offer::default() });
        let (events, x_cache, response) = shown(&mut run, get("paris", "/app.js"));
        let cookie = response.fields.get("Set-Cookie").unwrap().to_owned();
        let side = cookie.strip_prefix("side=").and_then(|rest| rest.chars().next()).unwrap();
        // Both events of an exchange see the same side.
        let sent = runs(&events).iter().find_map(|(event, _, did)| match did {
            Did::SetField { value, .. } if *event == ViewerRequest => Some(value.clone()),
            _ => None,
        });
        assert_eq!(sent, Some(format!("side={side}")));
        assert_eq!(
            x_cache == "Miss from cloudfront",
            !sides.contains(&side),
            "a key for each side"
        );
        sides.push(side);
    }
    let of_b = sides.iter().filter(|side| **side == 'B').count();
    assert!((10..=30).contains(&of_b), "{of_b} of 40");
    let known = ask(
        "paris",
        request_with(Method::Get, "/app.js", "Cookie: side=B\nAccept-Encoding: gzip, br"),
    );
    let (events, x_cache, response) = shown(&mut run, known);
    assert_eq!(x_cache, "Hit from cloudfront");
    assert!(!response.fields.has("Set-Cookie"));
    assert!(runs(&events).iter().all(|(.., did)| **did == Did::PassedOn));
}

#[test]
fn edge_05_06_cb_17_18_im_11_a_function_that_is_only_named_passes_everything_on() {
    use edgewalk::distribution::Beside;
    const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
    let open = |beside: &Beside| Configuration::open(API_AND_MEDIA, beside).unwrap();
    let mut beside = Beside::managed("us-east-1".into());
    let configuration = open(&beside);
    let assumed = |configuration: &Configuration| {
        configuration.assumed().iter().any(|it| it.stand_in.row() == "IM-11")
    };
    assert!(assumed(&configuration));
    let start = |configuration: Configuration| {
        Run::new(edgewalk::simulation::Walk::of_configuration(configuration.into()).scenario)
            .unwrap()
    };
    let mut run = start(configuration);
    let (events, ..) = shown(&mut run, get("paris", "/live/example"));
    assert_eq!(
        runs(&events).iter().map(|(.., did)| (*did).clone()).collect::<Vec<_>>(),
        [Did::Unknown]
    );
    let steps = Steps::of(run.journal());
    let step = steps.all().iter().find(|step| step.label(run.journal()) == "POP looks").unwrap();
    let end = run
        .journal()
        .events()
        .iter()
        .position(|event| {
            matches!(&event.what, edgewalk::simulation::What::Decided(Decision::FunctionRan(_)))
        })
        .unwrap()
        + 1;
    let scene = Scene::at(&run.walk().scenario, run.journal(), end);
    let told = Told::of(&scene, step, &run.journal().events()[step.start..end]);
    assert!(told.remarked().contains("(IM-11)"), "{told:?}");
    // Given its work, it does it.
    let document = r#"{"EdgeFunction": {"ARN": "arn:aws:cloudfront::123456789012:function/strip-live-prefix",
        "Does": "StripPrefix", "Prefix": "/live"}}"#;
    beside.add(document, None).unwrap();
    let configuration = open(&beside);
    assert!(!assumed(&configuration));
    let mut run = start(configuration);
    let (events, ..) = shown(&mut run, get("paris", "/live/example"));
    let path = reached(&events).next().unwrap().0.target.path().to_owned();
    let prefix = run
        .walk()
        .scenario
        .configuration
        .distribution()
        .origins
        .iter()
        .find(|it| it.domain.contains("mediapackage"))
        .unwrap()
        .path
        .clone();
    assert_eq!(path, format!("{prefix}/example"));
}

#[test]
fn im_11_a_function_that_cannot_be_is_refused_by_its_field() {
    use edgewalk::distribution::Beside;
    let mut beside = Beside::managed("us-east-1".into());
    let arn = r#""ARN": "arn:aws:cloudfront::123456789012:function/f""#;
    for (rest, path) in [
        (r#""Does": "Everything""#, "EdgeFunction.Does"),
        (r#""Does": "SinglePage", "Page": "index.html""#, "EdgeFunction.Page"),
        (r#""Does": "Redirect", "From": "/a", "To": "/b", "Status": 304"#, "EdgeFunction.Status"),
        (r#""Does": "Redirect", "From": "/a", "To": "/b c", "Status": 301"#, "EdgeFunction.To"),
        (r#""Does": "SetField", "Name": "If-Match", "Value": "x""#, "EdgeFunction.Name"),
        (r#""Does": "SetField", "Name": "a b", "Value": "x""#, "EdgeFunction.Name"),
        (r#""Does": "SplitTest", "Cookie": "a=b", "Percent": 5"#, "EdgeFunction.Cookie"),
        (r#""Does": "SplitTest", "Cookie": "a", "Percent": 101"#, "EdgeFunction.Percent"),
    ] {
        let errors =
            beside.add(&format!("{{\"EdgeFunction\": {{{arn}, {rest}}}}}"), None).unwrap_err();
        assert_eq!(errors[0].path(), Some(path), "{errors:?}");
    }
    let errors =
        beside.add(r#"{"EdgeFunction": {"ARN": "f", "Does": "Throws"}}"#, None).unwrap_err();
    assert_eq!(errors[0].path(), Some("EdgeFunction.ARN"));
    assert!(beside.documents().is_empty());
}

#[test]
fn edge_12_13_the_steps_say_what_a_function_did() {
    let mut run = shop(&[
        (ViewerRequest, CloudFront, ReadyMade::SinglePage { page: "/index.html".into() }),
        (OriginResponse, Lambda, set_field("X-Kept", "1")),
        (ViewerResponse, CloudFront, set_field("X-Said", "1")),
    ]);
    act(&mut run, get("paris", "/account"));
    let steps = Steps::of(run.journal());
    let told = |label: &str| {
        let step = steps.all().iter().rfind(|step| step.label(run.journal()) == label).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        Told::of(&scene, step, &run.journal().events()[step.start..step.end])
    };
    let says = |told: &Told, text: &str| told.say.iter().any(|sentence| sentence.contains(text));
    let looked = told("POP looks");
    assert!(says(&looked, "makes /account into /index.html"), "{looked:?}");
    assert!(looked.why.iter().any(|line| line.rows == "EDGE-08"), "{looked:?}");
    // What the function of the regional edge cache does is kept with the copy; what that of the POP does is not.
    let saying = |text: &str| {
        let all = steps.all().iter().filter(|step| {
            let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
            let events = &run.journal().events()[step.start..step.end];
            says(&Told::of(&scene, step, events), text)
        });
        all.map(|step| step.label(run.journal())).collect::<Vec<_>>()
    };
    assert_eq!(saying("every later hit has it"), ["Function"]);
    assert_eq!(saying("on this answer alone"), ["Function"]);
}

#[test]
fn shd_12_edge_02_with_a_shield_the_origin_events_are_in_its_region() {
    let functions = [
        (OriginRequest, Lambda, set_field("X-Asked", "1")),
        (OriginResponse, Lambda, set_field("X-Kept", "1")),
    ];
    let mut run = shop_with(&functions, |distribution| {
        distribution.origins[0].shield_region = Some("us-west-2".into());
    });
    let (events, ..) = shown(&mut run, get("paris", "/app.js"));
    let places: Vec<_> =
        runs(&events).iter().map(|(_, place, _)| crate::common::place(*place)).collect();
    assert_eq!(places, ["REC us-west-2", "REC us-west-2"], "SHD-12");
    let (request, _) = reached(&events).next().unwrap();
    assert_eq!(request.fields.get("X-Asked"), Some("1"));
}

#[test]
fn osec_04_edge_08_credentials_that_a_function_gives_are_those_that_count() {
    let polite = OriginAccess::Control { id: "E1".into(), signing: Signing::NoOverride };
    let gives = [(ViewerRequest, CloudFront, set_field("Authorization", "Basic dTpw"))];
    for (functions, expected) in [(&gives[..], Proof::Viewers), (&[], Proof::ByControl)] {
        let access = polite.clone();
        let mut run = shop_with(functions, |distribution| {
            let bucket = |origin: &&mut Origin| origin.kind == OriginKind::S3Bucket;
            distribution.origins.iter_mut().find(bucket).unwrap().access = access;
        });
        let (events, ..) = shown(&mut run, get("paris", "/img/hero.jpg"));
        let proof = events.iter().find_map(|event| match &event.what {
            What::Reached { proof, .. } => Some(*proof),
            _ => None,
        });
        assert_eq!(proof, Some(expected), "OSEC-04");
    }
}

#[test]
fn tag_13_a_function_at_the_origins_response_may_add_the_tags() {
    let tagged = set_field("x-amz-meta-cache-tag", "mine");
    let mut run = shop(&[(OriginResponse, Lambda, tagged)]);
    shown(&mut run, get("paris", "/app.js"));
    assert_eq!(shown(&mut run, get("paris", "/app.js")).1, "Hit from cloudfront");
    act(&mut run, purge(&["#mine"]));
    assert_eq!(shown(&mut run, get("paris", "/app.js")).1, "Miss from cloudfront", "TAG-13");
}

#[test]
fn im_21_dns_29_a_viewer_keeps_the_cookie_of_a_split_test_and_sends_it_again() {
    let split = || ReadyMade::SplitTest { cookie: "side".into(), percent: 50 };
    let functions = [(ViewerRequest, CloudFront, split()), (ViewerResponse, CloudFront, split())];
    let sent = |events: &[Event]| {
        let composed = events.iter().find_map(|event| match &event.what {
            What::Composed { request, .. } => Some(request.clone()),
            _ => None,
        });
        composed.unwrap().fields.get("Cookie").map(str::to_owned)
    };
    let mut run = shop_with(&functions, |_| {});
    let (events, _, response) = shown(&mut run, get("paris", "/app.js"));
    assert_eq!(sent(&events), None);
    let given = response.fields.get("Set-Cookie").unwrap().to_owned();
    let cookie = given.split(';').next().unwrap().to_owned();
    assert!(["side=A", "side=B"].contains(&&*cookie), "{given}");
    for _ in 0..20 {
        let (events, _, response) = shown(&mut run, get("paris", "/about.html"));
        assert_eq!(sent(&events).as_deref(), Some(&*cookie), "the same at every path");
        assert_eq!(response.fields.get("Set-Cookie"), None, "who has one gets none");
    }
    act(&mut run, Action::SetAccess { access: Access::Both });
    let elsewhere = shown(&mut run, get("paris", "/app.js")).0;
    assert_eq!(sent(&elsewhere).as_deref(), Some(&*cookie), "DNS-29: in another network, too");
    // Another city has viewers of its own, and another name cookies of its own.
    assert_eq!(sent(&shown(&mut run, get("lagos", "/app.js")).0), None);
    let named = || ask("paris", request_with(Method::Get, "/app.js", "Host: www.shop.example"));
    assert_eq!(sent(&shown(&mut run, named()).0), None);
    assert!(sent(&shown(&mut run, named()).0).is_some());
    // What is typed holds.
    let typed = request_with(Method::Get, "/app.js", "Cookie: side=C");
    assert_eq!(sent(&shown(&mut run, ask("paris", typed)).0).as_deref(), Some("side=C"));
    let other = request_with(Method::Get, "/app.js", "Cookie: theme=dark");
    let both = format!("theme=dark; {cookie}");
    assert_eq!(sent(&shown(&mut run, ask("paris", other)).0), Some(both));
    act(&mut run, Action::SetViewer { viewer: Offer::default() });
    assert_eq!(sent(&shown(&mut run, get("paris", "/app.js")).0), None, "TLS-83");
    // Other cookies are shown and not kept.
    let other = [(ViewerResponse, CloudFront, set_field("Set-Cookie", "a=1"))];
    let mut run = shop_with(&other, |_| {});
    act(&mut run, get("paris", "/app.js"));
    assert_eq!(sent(&shown(&mut run, get("paris", "/app.js")).0), None);
}
