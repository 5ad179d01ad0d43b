//! What an edge location refuses before any cache is asked: countries.

use edgewalk::distribution::{Configuration, ErrorPage, ErrorResponse, GeoRestriction, GeoSort};
use edgewalk::edge::access_log::{Detail, Detailed};
use edgewalk::edge::{Decision, Gate, Gates, Refusal};
use edgewalk::json::Json;
use edgewalk::simulation::{Action, Event, Place, Run, access_log, built_in_scenario};

use crate::common::{Edit as _, act, get, last_shown};
use crate::{decisions, reached};

/// The shop, restricted to or from these countries.
fn restricted(sort: GeoSort, countries: &[&str]) -> Run {
    let mut scenario = built_in_scenario();
    let countries = countries.iter().map(|country| (*country).to_owned()).collect();
    scenario.edited().geo = Some(GeoRestriction { sort, countries });
    Run::new(scenario).unwrap()
}

fn status(run: &mut Run, action: Action) -> u16 {
    act(run, action);
    last_shown(run.journal()).1.status.0
}

/// Whether nothing but the viewer's edge location took part.
fn ends_at_the_pop(events: &[Event]) -> bool {
    events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_)))
}

#[test]
fn vsec_12_13_lim_10_err_22_one_list_decides_by_the_viewers_country() {
    let table: [(GeoSort, &[&str], u16, u16); 4] = [
        (GeoSort::BlockList, &["FR"], 403, 200),
        (GeoSort::BlockList, &["GB", "US"], 200, 403),
        (GeoSort::AllowList, &["FR"], 200, 403),
        (GeoSort::AllowList, &["DE"], 403, 403),
    ];
    for (sort, countries, paris, london) in table {
        let mut run = restricted(sort, countries);
        let asked = [get("paris", "/index.html"), get("london", "/index.html")];
        let got = asked.map(|action| status(&mut run, action));
        assert_eq!(got, [paris, london], "{sort:?} {countries:?}");
    }
    let mut run = restricted(GeoSort::BlockList, &["FR"]);
    assert_eq!(status(&mut run, get("london", "/index.html")), 200);
    let events = act(&mut run, get("paris", "/index.html"));
    assert!(ends_at_the_pop(&events) && reached(&events).count() == 0, "VSEC-13");
    let refusal = Refusal::CountryBlocked { country: "FR".into(), by: GeoSort::BlockList };
    // VSEC-04, ERR-22: before the behavior is chosen and the key is made, so nothing is looked up or kept.
    assert_eq!(decisions(&events)[0], &Decision::Refused(refusal));
    let is_of_a_cache = |decision: &&Decision| {
        matches!(
            decision,
            Decision::BehaviorMatched(_)
                | Decision::KeyMade { .. }
                | Decision::LookedUp { .. }
                | Decision::Stored { .. }
        )
    };
    assert!(!decisions(&events).iter().any(is_of_a_cache), "VSEC-04, ERR-22");
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(x_cache, "Error from cloudfront");
    assert_eq!(response.fields.get("Server"), Some("CloudFront"));
    assert_eq!(response.fields.get("Content-Type"), Some("text/html"));
}

#[test]
fn vsec_17_the_check_of_a_certificate_is_exempt() {
    let mut run = restricted(GeoSort::BlockList, &["FR"]);
    for (path, expected) in [
        ("/.well-known/pki-validation/x.txt", 404), // the shop's bucket has no such file
        ("/.well-known/pki-validation", 403),
        ("/.well-known/other/x.txt", 403),
    ] {
        assert_eq!(status(&mut run, get("paris", path)), expected, "{path}");
    }
}

#[test]
fn vsec_16_a_page_may_take_the_place_of_a_refusal_by_country() {
    let mut scenario = built_in_scenario();
    {
        let mut distribution = scenario.edited();
        let countries = vec!["FR".to_owned()];
        distribution.geo = Some(GeoRestriction { sort: GeoSort::BlockList, countries });
        let page = Some(ErrorPage { path: "/index.html".into(), status: 200 });
        distribution.error_responses = vec![ErrorResponse { status: 403, page, min_ttl_secs: 10 }];
    }
    let mut run = Run::new(scenario).unwrap();
    let events = act(&mut run, get("paris", "/app.js"));
    let wanted = decisions(&events).iter().any(|decision| {
        matches!(decision, Decision::PageWanted { status, path } if status.0 == 403 && path == "/index.html")
    });
    assert!(wanted, "{events:?}");
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*x_cache), (200, "Error from cloudfront"), "CEP-09");
}

#[test]
fn log_40_log_d05_the_log_tells_a_refusal_by_country() {
    let mut run = restricted(GeoSort::AllowList, &["GB"]);
    act(&mut run, get("paris", "/app.js"));
    let log = access_log::access_log(run.journal().events(), &run.walk().scenario);
    let record = &log[0].record;
    assert_eq!(record.status.map(|status| status.0), Some(403));
    assert_eq!(record.result.as_str(), "Error");
    assert_eq!(record.detail, Some(Detailed::Closer(Detail::ClientGeoBlocked)));
}

#[test]
fn ds_20_a_restriction_is_read_from_the_configuration_and_written_into_it() {
    for (sort, word) in [(GeoSort::AllowList, "whitelist"), (GeoSort::BlockList, "blacklist")] {
        let run = restricted(sort, &["DE", "FR"]);
        let configuration = &run.walk().scenario.configuration;
        let restored = Configuration::restored(&configuration.stored()).unwrap();
        assert_eq!(restored.distribution().geo, configuration.distribution().geo);
        let path = "Restrictions.GeoRestriction.RestrictionType".parse().unwrap();
        let word_there = configuration.document().at(&path).and_then(Json::as_text);
        assert_eq!(word_there, Some(word));
    }
}

/// How the last request came through its checks, and where among the decisions that stands.
fn told_gates(events: &[Event]) -> Option<Gates> {
    decisions(events).iter().find_map(|decision| match decision {
        Decision::GatesPassed(gates) => Some(gates.clone()),
        _ => None,
    })
}

#[test]
fn flow_13_vsec_02_to_11_one_event_lists_the_checks_in_their_order() {
    let mut run = restricted(GeoSort::BlockList, &["FR"]);
    let events = act(&mut run, get("london", "/index.html"));
    let gates = told_gates(&events).unwrap();
    let order: Vec<Gate> = gates.passed.iter().map(|it| it.gate).collect();
    assert_eq!((order.as_slice(), gates.stopped_at), (Gate::ALL.as_slice(), None));
    assert_eq!(order[..2], [Gate::Sizes, Gate::Host], "VSEC-02, VSEC-03");
    let set: Vec<Gate> = gates.passed.iter().filter(|it| it.is_set).map(|it| it.gate).collect();
    assert_eq!(set, [Gate::Sizes, Gate::Host, Gate::Country, Gate::Behavior, Gate::Method]);
    // VSEC-11: the key and the look-up come behind all of them.
    let all = decisions(&events);
    let place = |is: fn(&Decision) -> bool| all.iter().position(|it| is(it)).unwrap();
    let (told, key) = (
        place(|it| matches!(it, Decision::GatesPassed(_))),
        place(|it| matches!(it, Decision::KeyMade { .. })),
    );
    assert!(told < key && key < place(|it| matches!(it, Decision::LookedUp { .. })), "VSEC-11");
    let gates = told_gates(&act(&mut run, get("paris", "/index.html"))).unwrap();
    let order: Vec<Gate> = gates.passed.iter().map(|it| it.gate).collect();
    assert_eq!((order, gates.stopped_at), (vec![Gate::Sizes, Gate::Host], Some(Gate::Country)));
    // Where nothing but the usual is set, nothing is told.
    let mut plain = Run::new(built_in_scenario()).unwrap();
    assert_eq!(told_gates(&act(&mut plain, get("paris", "/index.html"))), None);
}
