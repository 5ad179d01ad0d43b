//! Where the time of an exchange goes: DNS, connections, brackets.

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::http::Method;
use edgewalk::network::{City, Lookup, Region, candidates_from, resolve, viewer_round_trip};
use edgewalk::scene::Strip;
use edgewalk::simulation::{Action, ExchangeId, Run, What, built_in_scenario};

use crate::common::{act, ask, get, run, send, wait};
use crate::reached;

#[test]
fn flow_01_the_dns_event_keeps_the_candidates_and_the_best_is_chosen() {
    for city in ["nairobi", "sydney", "santiago", "reykjavik"] {
        let mut run = run([]);
        let events = act(&mut run, get(city, "/"));
        let answer = events.iter().find_map(|event| match &event.what {
            What::Resolved { answer, .. } => Some(answer.clone()),
            _ => None,
        });
        let answer = answer.unwrap();
        assert_eq!(
            answer.candidates,
            candidates_from(
                City::find(city).unwrap().resolver_city(),
                edgewalk::network::PriceClass::All
            )
        );
        assert!(
            answer
                .candidates
                .iter()
                .all(|other| other.round_trip >= answer.candidates[0].round_trip)
        );
        assert_eq!(answer.chosen, answer.candidates[0].pop);
    }
}

/// The spans of an exchange by bracket, and the whole.
fn brackets(run: &Run, exchange: u32) -> (Vec<(&'static str, Duration)>, Duration) {
    let strip = Strip::of(run.journal(), ExchangeId(exchange)).unwrap();
    let spans: Vec<_> = strip.phases.iter().map(|phase| (phase.label, phase.span())).collect();
    assert_eq!(
        spans.iter().map(|(_, span)| *span).sum::<Duration>(),
        strip.total(),
        "to the microsecond"
    );
    assert!(
        strip.phases.windows(2).all(|pair| pair[0].until == pair[1].from),
        "no gap, no overlap"
    );
    (spans, strip.total())
}

#[test]
fn tls_54_59_dns_15_warm_dns_cached_and_cold_differ_by_exactly_those_parts() {
    // The same hit three times: cold, with DNS known but no connection, and warm. A wait of 130 s outlives the connection
    // and the DNS answer; the DNS answer is then asked for anew by a request to another POP's city only where it is the same.
    let city = City::find("paris").unwrap();
    let run =
        run([get("paris", "/app.js"), wait(130), get("paris", "/app.js"), get("paris", "/app.js")]);
    let (cold, cold_total) = brackets(&run, 1);
    let (warm, warm_total) = brackets(&run, 2);
    let round_trip = viewer_round_trip(city, edgewalk::network::best(city).position());
    let span = |spans: &[(&str, Duration)], label| {
        spans.iter().find(|(name, _)| *name == label).map(|(_, span)| *span)
    };
    assert_eq!(span(&cold, "TCP"), Some(round_trip), "TLS-54");
    assert_eq!(span(&cold, "TLS"), Some(round_trip), "TLS-54");
    assert_eq!(
        (span(&warm, "TCP"), span(&warm, "TLS"), span(&warm, "DNS")),
        (None, None, None),
        "TLS-59"
    );
    let dns = resolve(&Lookup::of("d111111abcdef8.cloudfront.net", city)).took;
    assert_eq!(span(&cold, "DNS"), Some(dns), "DNS-15");
    assert_eq!(cold_total, warm_total + round_trip * 2 + dns);
    // Within a minute the DNS answer is known; between 60 and 120 s of rest the connection alone is.
    let mut run = Run::new(run.walk().scenario.clone()).unwrap();
    for action in [get("paris", "/app.js"), wait(70), get("paris", "/app.js")] {
        act(&mut run, action);
    }
    let (connected, connected_total) = brackets(&run, 1);
    assert_eq!((span(&connected, "TCP"), span(&connected, "DNS")), (None, Some(dns)));
    assert_eq!(connected_total, warm_total + dns);
}

#[test]
fn flow_02_dns_02_08_each_look_up_from_a_city_gets_a_set_of_its_own() {
    let city = City::find("paris").unwrap();
    let mut run = Run::new(built_in_scenario()).unwrap();
    let mut looked_up = |secs: u64| {
        act(&mut run, wait(secs));
        let events = act(&mut run, get("paris", "/app.js"));
        let resolved = events.iter().find_map(|event| match &event.what {
            What::Resolved { answer, cached_secs, .. } => {
                Some((answer.addresses.clone(), answer.chosen, cached_secs.is_some()))
            }
            _ => None,
        });
        resolved.unwrap()
    };
    let mut sets = std::collections::BTreeSet::new();
    for turn in 0..5 {
        let (asked, pop, is_cached) = looked_up(61);
        assert!(!is_cached && sets.insert(asked.clone()), "FLOW-02, turn {turn}: {asked:?}");
        assert_eq!(pop, edgewalk::network::best(city), "DNS-02");
        // The two bytes in the middle are the POP's own.
        let own = [18 + (pop.index() >> 8) as u8, (pop.index() & 255) as u8];
        assert!(asked.iter().all(|one| one.octets()[1..3] == own), "DNS-02: {asked:?}");
        assert_eq!(looked_up(20), (asked, pop, true), "FLOW-02, DNS-08: known for 60 s");
    }
}

#[test]
fn conn_01_05_tls_62_the_connection_to_an_origin_is_kept_for_five_seconds() {
    let handshake = |run: &mut Run, action: Action| reached(&act(run, action)).next().unwrap().1;
    let mut scenario = built_in_scenario();
    // A name that says no Region, so that it stays the same wherever the origin stands.
    scenario.edited().origins[1].domain = "api.shop.example".into();
    let mut run = Run::new(scenario).unwrap();
    let first = handshake(&mut run, get("paris", "/about.html"));
    assert_eq!(first.handshake, first.round_trip * 2, "TCP and TLS 1.3");
    assert_eq!(handshake(&mut run, get("paris", "/jobs.html")).handshake, Duration::ZERO);
    act(&mut run, wait(6));
    assert_eq!(handshake(&mut run, get("paris", "/terms.html")).handshake, first.round_trip * 2);
    // TMO-04: as long as the origin's own setting says.
    let mut scenario = built_in_scenario();
    scenario.edited().origins[0].limits.keep_alive_secs = 30;
    let mut patient = Run::new(scenario).unwrap();
    handshake(&mut patient, get("paris", "/img/hero.jpg"));
    for (secs, path, is_kept) in [(29, "/img/logo.svg", true), (31, "/img/map.png", false)] {
        act(&mut patient, wait(secs));
        let leg = handshake(&mut patient, get("paris", path));
        assert_eq!(leg.handshake.is_zero(), is_kept, "TMO-04: {secs} s");
        assert_eq!(leg.keep_alive_secs, 30, "TMO-04");
    }
    // CONN-05: by tier and origin. A POST leaves from the POP.
    let post = |path: &str| send("paris", Method::Post, path);
    assert_ne!(handshake(&mut run, post("/app.js")).handshake, Duration::ZERO, "another tier");
    assert_ne!(handshake(&mut run, post("/api/cart")).handshake, Duration::ZERO, "another origin");
    assert_eq!(handshake(&mut run, post("/api/cart")).handshake, Duration::ZERO);
    assert_eq!(handshake(&mut run, get("paris", "/app.js")).handshake, Duration::ZERO);
    // An origin in another Region is reached by a connection of its own.
    act(&mut run, Action::SetOriginRegion { region: Region::find("us-west-2").unwrap() });
    let moved = handshake(&mut run, post("/api/cart"));
    assert_eq!(moved.handshake, moved.round_trip * 2, "the open connection leads to us-east-1");
    act(&mut run, Action::SetOriginRegion { region: Region::find("us-east-1").unwrap() });
    assert_eq!(handshake(&mut run, post("/api/cart")).handshake, Duration::ZERO, "still open");
}

#[test]
fn bracket_sums_hold_for_every_exchange_of_generated_walks() {
    for seed in 0..40 {
        let walk = crate::common::generated_walk(seed);
        let mut run = Run::new(walk.scenario.clone()).unwrap();
        for timed in walk.actions {
            let end = run.journal().len();
            let _ = run.act(timed.action, end);
        }
        let exchanges = run.journal().events().iter().filter_map(|event| event.exchange).max();
        for exchange in 0..exchanges.map_or(0, |id| id.0 + 1) {
            brackets(&run, exchange);
        }
    }
}

#[test]
fn dns_03_15_ds_04_a_foreign_host_is_reported_and_refused_and_an_alias_is_resolved() {
    let city = City::find("paris").unwrap();
    for (host, foreign) in [("evil.example", Some("evil.example")), ("WWW.shop.example", None)] {
        let request = crate::common::request_with(Method::Get, "/app.js", &format!("Host: {host}"));
        let mut run = run([ask("paris", request)]);
        let composed = run.journal().events().iter().find_map(|event| match &event.what {
            What::Composed { request, foreign_host } => {
                Some((request.clone(), foreign_host.clone()))
            }
            _ => None,
        });
        let (request, given) = composed.unwrap();
        assert_eq!(given.as_deref(), foreign);
        assert_eq!(request.fields.all("Host").collect::<Vec<_>>(), [host], "as it was typed");
        let (_, shown) = crate::common::last_shown(run.journal());
        assert_eq!(shown.status.0, if foreign.is_some() { 403 } else { 200 }, "VSEC-03, LIM-08");
        let asked = if foreign.is_some() { "d111111abcdef8.cloudfront.net" } else { host };
        // DNS-03: what is looked up is that name, or the distribution's own; an alias costs its top-level domain and its zone besides.
        let resolved = |run: &Run| {
            let mut events = run.journal().events().iter().rev();
            let found = events.find_map(|event| match &event.what {
                What::Resolved { answer, cached_secs, .. } => {
                    Some((answer.name.clone(), answer.took, cached_secs.is_some()))
                }
                _ => None,
            });
            found.unwrap()
        };
        let name = asked.to_ascii_lowercase();
        let expected = resolve(&Lookup::of(&name, city));
        assert_eq!(resolved(&run), (name, expected.took, false));
        // DNS-15: each name's answer is kept by itself, and of the alias also in other letters.
        let again = crate::common::request_with(Method::Get, "/app.js", "Host: www.shop.example");
        act(&mut run, ask("paris", again.clone()));
        let alias = resolve(&Lookup::of("www.shop.example", city));
        let own = resolve(&Lookup::of("d111111abcdef8.cloudfront.net", city));
        let servers = edgewalk::network::dns::name_server_round_trip(city);
        assert_eq!(alias.took, own.took + 2 * servers, "DNS-15");
        assert_eq!(resolved(&run), (alias.name.clone(), alias.took, foreign.is_none()));
        act(&mut run, ask("paris", again));
        assert!(resolved(&run).2);
    }
}

#[test]
fn an_earlier_walk_to_the_same_object_lies_under_the_one_in_view() {
    let run = run([
        get("paris", "/app.js"),
        get("paris", "/index.html"),
        get("paris", "/app.js"),
        get("paris", "/index.html"),
    ]);
    let strip = |exchange| Strip::of(run.journal(), ExchangeId(exchange)).unwrap();
    let (miss, hit) = (strip(0), strip(2));
    assert_eq!(miss.earlier, None, "nothing came before");
    assert_eq!(strip(1).earlier, None, "another object is no comparison");
    let earlier = hit.earlier.as_ref().unwrap();
    assert_eq!((earlier.exchange, earlier.total), (ExchangeId(0), miss.total()));
    assert_eq!(strip(3).earlier.unwrap().exchange, ExchangeId(1));
    // Both on one axis, which is as long as the longer: the miss fills it, the hit takes its true part of it.
    assert_eq!(hit.axis(), miss.total());
    let share = hit.total().as_secs_f64() / miss.total().as_secs_f64() * 100.0;
    assert!((hit.percent(hit.until) - share).abs() < 1e-6);
    let heads: Vec<(f64, f64)> =
        miss.points.iter().map(|point| (miss.percent(point.at), miss.row(point.level))).collect();
    let [ghost] = &hit.ghosts()[..] else { panic!() };
    assert_eq!(ghost.len(), heads.len());
    for (ghost, head) in ghost.iter().zip(&heads) {
        assert!(
            (ghost.0 - head.0).abs() < 1e-6 && (ghost.1 - head.1).abs() < 1e-6,
            "{ghost:?} {head:?}"
        );
    }
    let saving = hit.saving().unwrap().text;
    assert!(saving.starts_with("Request 1 took ") && saving.contains("(dashed)"), "{saving}");
    assert_eq!(miss.saving(), None);
}
