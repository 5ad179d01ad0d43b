//! What an invalidation takes away, how it spreads, and what it costs.

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::edge::{Decision, Found, Quotas};
use edgewalk::http::{Method, Status};
use edgewalk::network::Rec;
use edgewalk::origin::Health;
use edgewalk::scene::map::{WaveState, wave_marks, wave_places};
use edgewalk::scene::strip::Sign;
use edgewalk::scene::{Level, Scene, Strip};
use edgewalk::simulation::{Action, ActionError, Event, Place, Run, What, built_in_scenario};

use crate::common::{
    act, ask, get, invalidate, last_shown, purge, purge_as, request_with, run, wait,
};
use crate::{decisions, x_cache};

const HIT: &str = "Hit from cloudfront";
const MISS: &str = "Miss from cloudfront";

#[test]
fn inv_30_31_33_36_38_an_invalidation_clears_recs_before_their_pops() {
    let mut run = run([
        get("paris", "/img/hero.jpg"),
        get("london", "/img/hero.jpg"),
        get("paris", "/app.js"),
    ]);
    let begun = run.world().now();
    let events = act(&mut run, invalidate("/img/*"));
    let purged: Vec<_> = events
        .iter()
        .filter(|event| matches!(event.what, What::Decided(Decision::Invalidated { .. })))
        .collect();
    assert_eq!(purged.len(), 3, "two POPs and their REC");
    assert!(matches!(purged[0].place, Place::Rec(_)), "INV-38");
    for pair in purged.windows(2) {
        assert!(pair[0].at <= pair[1].at);
    }
    let rec_delay = purged[0].at.since(begun);
    assert!((Duration::from_secs(1)..=Duration::from_secs(5)).contains(&rec_delay), "INV-36");
    for pop in &purged[1..] {
        let delay = pop.at.since(purged[0].at);
        assert!((Duration::from_secs(1)..=Duration::from_secs(5)).contains(&delay), "INV-36");
    }
    let removed = |event: &Event| match &event.what {
        What::InvalidationCompleted { removed, .. } => Some(*removed),
        _ => None,
    };
    let complete = events.last().unwrap();
    assert_eq!(removed(complete), Some(3), "INV-37");
    assert_eq!(complete.at, purged[1..].iter().map(|event| event.at).max().unwrap(), "INV-36");
    let [one] = run.world().invalidations() else { panic!("one invalidation") };
    assert_eq!((one.progress().as_str(), one.removed()), ("Completed", 3), "INV-37");
    assert_eq!((one.created_at(), one.completed_at()), (begun, Some(complete.at)), "INV-37");
    assert_eq!(x_cache(&mut run, get("paris", "/img/hero.jpg")), "Miss from cloudfront", "INV-31");
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
}

/// The places that an invalidation reached, with their instants.
fn reached(events: &[Event]) -> Vec<(Place, edgewalk::time::SimTime)> {
    let is_purge =
        |event: &&Event| matches!(event.what, What::Decided(Decision::Invalidated { .. }));
    events.iter().filter(is_purge).map(|event| (event.place, event.at)).collect()
}

#[test]
fn inv_36_38_the_strip_of_an_invalidation_has_each_cache_at_its_own_moment() {
    let mut run = run([
        get("paris", "/img/hero.jpg"),
        get("tokyo", "/img/hero.jpg"),
        wait(60),
        invalidate("/img/*"),
        wait(3600),
    ]);
    let events = run.journal().events();
    let created = events
        .iter()
        .position(|event| matches!(event.what, What::InvalidationCreated { .. }))
        .unwrap();
    let arrivals = reached(&events[created..]);
    assert_eq!(arrivals.len(), 4, "two POPs and two RECs");
    let strip = Strip::of_invalidation(run.journal(), created).unwrap();
    let marked: Vec<_> = strip.marks.iter().map(|(point, _)| (point.level, point.at)).collect();
    let level = |place: &Place| match place {
        Place::Rec(_) => Level::Rec,
        _ => Level::Pop,
    };
    let expected: Vec<_> = arrivals.iter().map(|(place, at)| (level(place), *at)).collect();
    assert_eq!(marked, expected);
    assert!(strip.marks.iter().all(|(_, mark)| *mark == Sign::Cleared));
    assert_eq!((strip.from, strip.until), (events[created].at, arrivals[3].1));
    let last_rec = arrivals.iter().rfind(|(place, _)| level(place) == Level::Rec).unwrap().1;
    let [recs, pops] = &strip.phases[..] else { panic!("{:?}", strip.phases) };
    assert_eq!((recs.label, recs.until), ("Regional edge caches", last_rec));
    assert_eq!((pops.from, pops.until), (last_rec, strip.until));
    let tenths = (last_rec.since(strip.from).as_millis() + 50) / 100;
    assert_eq!(strip.figure(recs.span()), format!("{}.{}\u{a0}s", tenths / 10, tenths % 10));

    // Of the same invalidation wherever one stands in it, and of none before and after.
    let last = created + arrivals.len() + 1;
    assert!(matches!(events[last].what, What::InvalidationCompleted { .. }));
    assert_eq!(Strip::of_invalidation(run.journal(), last), Some(strip));
    for outside in [0, created - 1, last + 1, events.len()] {
        assert_eq!(Strip::of_invalidation(run.journal(), outside), None, "{outside}");
    }
    let id = invalidate("/nothing-there");
    act(&mut run, id);
    let created = run.journal().events().len() - 1;
    assert!(
        Strip::of_invalidation(run.journal(), created).is_some(),
        "it comes to each cache, too"
    );
}

#[test]
fn inv_30_38_an_origin_shield_is_purged_first() {
    for seed in 1..20 {
        let mut scenario = built_in_scenario();
        scenario.seed = seed;
        scenario.edited().origins[0].shield_region = Some("us-west-2".into());
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, get("paris", "/app.js"));
        act(&mut run, get("tokyo", "/app.js"));
        let reached = reached(&act(&mut run, invalidate("/app.js")));
        let shield = Place::Rec(Rec::find("us-west-2").unwrap());
        assert_eq!(reached[0].0, shield, "seed {seed}");
        let of = |is: fn(&Place) -> bool| reached.iter().filter(move |(place, _)| is(place));
        assert_eq!(of(|place| matches!(place, Place::Rec(_))).count(), 3, "INV-30");
        assert_eq!(of(|place| matches!(place, Place::Pop(_))).count(), 2, "INV-30");
        assert!(run.world().tiers().all(|(_, tier)| tier.store().is_empty()));
    }
}

#[test]
fn inv_38_with_two_shields_no_pop_is_purged_before_either() {
    for seed in 1..20 {
        let mut scenario = built_in_scenario();
        scenario.seed = seed;
        // The bucket's Shield, and one of the application's that is the REC of Paris, too.
        for (origin, shield) in scenario.edited().origins.iter_mut().zip(["us-west-2", "eu-west-2"])
        {
            origin.shield_region = Some(shield.into());
        }
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, get("paris", "/app.js"));
        act(&mut run, get("tokyo", "/app.js"));
        let reached = reached(&act(&mut run, invalidate("/app.js")));
        let at = |code| {
            let place = Place::Rec(Rec::find(code).unwrap());
            reached.iter().find(|(reached, _)| *reached == place).unwrap().1
        };
        assert_eq!(at("us-west-2"), at("eu-west-2"), "INV-38, seed {seed}");
        let others = reached.iter().filter(|(_, reached)| *reached > at("us-west-2"));
        assert_eq!(
            (reached.len(), others.count()),
            (5, 3),
            "INV-38: a REC and two POPs, seed {seed}"
        );
    }
}

#[test]
fn inv_08_to_13_variants_in_a_whole_walk() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].cache_policy.query = edgewalk::distribution::Selection::All;
    let mut run = Run::new(scenario).unwrap();
    let coded = |coding: &str| {
        let accepts = format!("Accept-Encoding: {coding}");
        ask("paris", request_with(Method::Get, "/app.js", &accepts))
    };
    let fill =
        [get("paris", "/app.js?v=1"), get("paris", "/app.js?v=2"), coded("gzip"), coded("br")];
    for action in fill.clone() {
        assert_eq!(x_cache(&mut run, action), MISS);
    }
    let mut after = |path: &str| {
        act(&mut run, invalidate(path));
        fill.clone().map(|action| x_cache(&mut run, action) == MISS)
    };
    assert_eq!(after("/app.js"), [false, false, true, true], "INV-08, INV-11, INV-13");
    assert_eq!(after("/app.js?v=2"), [false, true, false, false], "INV-09");
    assert_eq!(after("/app.js*"), [true; 4], "INV-10");
}

#[test]
fn inv_21_a_cached_error_goes_by_its_path() {
    let asks =
        |events: &[Event]| events.iter().any(|event| matches!(event.place, Place::Origin(_)));
    let mut run = run([get("paris", "/nowhere.html")]);
    assert!(!asks(&act(&mut run, get("paris", "/nowhere.html"))), "the error is kept");
    act(&mut run, invalidate("/nowhere.html"));
    // An invalidation takes at most 10 s, as long as the error would have been kept anyway.
    let events = act(&mut run, get("paris", "/nowhere.html"));
    assert!(asks(&events), "INV-21");
    let absent =
        |decision: &&&Decision| matches!(decision, Decision::LookedUp { found: Found::Absent, .. });
    assert_eq!(decisions(&events).iter().filter(absent).count(), 2, "INV-21: not even stale");
}

fn refusal(run: &mut Run, action: Action) -> (&'static str, u16) {
    let (end, actions) = (run.journal().len(), run.walk().actions.len());
    let Err(ActionError::Invalidation(error)) = run.act(action, end) else { panic!("refused") };
    assert_eq!((run.journal().len(), run.walk().actions.len()), (end, actions));
    (error.code(), error.http_status().0)
}

#[test]
fn inv_39_40_41_a_request_that_is_sent_twice() {
    let mut run = run([get("paris", "/app.js")]);
    let created = act(&mut run, purge_as(&["/app.js", "#sale"], "r"));
    let What::InvalidationCreated { id, batch, .. } = &created[0].what else { panic!() };
    let id_text = id.to_string();
    assert!(id_text.len() == 14 && id_text.starts_with('I'), "INV-41: {id_text}");
    assert_eq!(batch.caller_reference(), Some("r"));
    act(&mut run, get("paris", "/app.js"));
    let again = act(&mut run, purge_as(&["/app.js", "#sale"], "r"));
    let [Event { what: What::InvalidationKnown { id: known, created_at, .. }, .. }] = &again[..]
    else {
        panic!("INV-39: {again:?}")
    };
    assert_eq!((known, *created_at), (id, created[0].at), "INV-39");
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), HIT, "INV-39: nothing went");
    assert_eq!(run.world().bill().paths, 2, "INV-39: nothing was counted");
    let other = refusal(&mut run, purge_as(&["/app.js"], "r"));
    assert_eq!(other, ("InvalidationBatchAlreadyExists", 409), "INV-40");
    assert_eq!(run.world().invalidations().len(), 1);
    // Without a reference each request is a new one, with a name of its own.
    act(&mut run, invalidate("/app.js"));
    act(&mut run, invalidate("/app.js"));
    let [_, second, third] = run.world().invalidations() else { panic!() };
    assert_ne!(second.id(), third.id());
    assert_eq!(run.world().bill().paths, 4, "INV-49");
}

#[test]
fn inv_42_43_44_45_a_batch_within_the_quota_and_one_beyond() {
    let many: Vec<String> = (0..151).map(|at| format!("/{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let too_many = ("TooManyInvalidationsInProgress", 400);
    let mut newest = run([]);
    assert_eq!(refusal(&mut newest, purge(&many)), too_many, "INV-43");
    assert_eq!(refusal(&mut newest, purge(&["/a/*", "/b/*"])), too_many, "INV-43");
    assert!(newest.world().invalidations().is_empty() && newest.world().bill().paths == 0);
    act(&mut newest, purge(&many[1..]));
    // No cache is in use yet, so that is complete at once; the second goes on.
    assert_eq!(refusal(&mut newest, purge(&["/a"])), too_many, "INV-43");
    act(&mut newest, wait(1));
    act(&mut newest, purge(&many[1..]));
    let mut scenario = built_in_scenario();
    scenario.quotas = Quotas::Classic;
    let mut classic = Run::new(scenario).unwrap();
    act(&mut classic, purge(&many));
    act(&mut classic, purge(&["/a/*"; 15]));
    assert_eq!(refusal(&mut classic, purge(&["/a/*"; 16])), too_many, "INV-44");
    assert_eq!(classic.world().bill().paths, 151 + 15);
}

#[test]
fn inv_43_however_many_files_a_wildcard_means() {
    let paths: Vec<String> =
        built_in_scenario().site.iter().map(|object| object.path.clone()).collect();
    let mut run = run([Action::SetPopCapacity { bytes: 100_000_000 }]);
    for path in &paths {
        act(&mut run, get("paris", path));
    }
    let stored: usize = run.world().tiers().map(|(_, tier)| tier.store().len()).sum();
    let events = act(&mut run, invalidate("/*"));
    let Some(What::InvalidationCompleted { removed, .. }) = events.last().map(|event| &event.what)
    else {
        panic!()
    };
    assert_eq!(*removed, stored, "INV-04, INV-43");
    assert!(stored > 90 && run.world().bill().paths == 1, "INV-47: {stored}");
}

#[test]
fn inv_46_47_each_item_is_billed_by_the_month() {
    let many: Vec<String> = (0..150).map(|at| format!("/{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut run = run([]);
    let mut bills = Vec::new();
    for _ in 0..7 {
        let events = act(&mut run, purge(&many));
        let What::InvalidationCreated { bill, .. } = &events[0].what else { panic!() };
        bills.push((bill.paths, bill.charged, bill.cost.to_string()));
        act(&mut run, wait(1));
    }
    assert_eq!(bills[5], (900, 0, "US$0.000".to_owned()), "INV-46");
    assert_eq!(bills[6], (1_050, 50, "US$0.250".to_owned()), "INV-46, INV-47, PRC-04");
    // From New Year to the first of February.
    act(&mut run, wait(31 * 86_400));
    act(&mut run, purge(&["/a", "#b", "/c*"]));
    assert_eq!((run.world().bill().paths, run.world().bill().charged), (3, 0), "INV-46");
}

#[test]
fn inv_50_another_name_needs_no_invalidation() {
    let mut run = run([get("paris", "/press/2019.html")]);
    assert_eq!(x_cache(&mut run, get("paris", "/press/2021.html")), MISS, "a name nobody has kept");
    assert_eq!(x_cache(&mut run, get("paris", "/press/2019.html")), HIT, "to roll back is easy");
    assert_eq!((run.world().bill().paths, run.world().invalidations().len()), (0, 0), "INV-50");
    act(&mut run, wait(3_601));
    let found = |events: &[Event]| {
        decisions(events).into_iter().find_map(|decision| match decision {
            Decision::LookedUp { found, .. } => Some(*found),
            _ => None,
        })
    };
    let old = found(&act(&mut run, get("paris", "/press/2019.html")));
    assert!(matches!(old, Some(Found::Stale { .. })), "INV-50: the old one just ages out");
}

#[test]
fn inv_52_what_the_origin_no_longer_has_is_served_until_it_is_stale() {
    let gone = |origin_id: &str| Action::SetHealth {
        origin_id: origin_id.to_owned(),
        health: Health::Failing(Status(404)),
    };
    let mut run = run([get("paris", "/feed.xml"), gone("shop-media"), wait(20)]);
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), HIT, "INV-52");
    act(&mut run, wait(11));
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), "Error from cloudfront", "INV-52");
    assert_eq!(last_shown(run.journal()).1.status, Status(404));
}

#[test]
fn tag_12_a_bucket_tags_its_objects_by_metadata() {
    let paths =
        ["/products/tent.html", "/img/products/tent.jpg", "/img/products/hat.jpg", "/app.js"];
    let mut run = run([]);
    for path in paths {
        act(&mut run, get("paris", path));
        act(&mut run, get("tokyo", path));
    }
    let (_, shown) = last_shown(run.journal());
    assert_eq!(shown.fields.get("x-amz-meta-cache-tag"), None, "app.js has no metadata");
    let events = act(&mut run, purge(&["#Product:Tent"]));
    let removed: Vec<usize> = decisions(&events)
        .into_iter()
        .filter_map(|decision| match decision {
            Decision::Invalidated { removed, .. } => Some(removed.len()),
            _ => None,
        })
        .collect();
    assert_eq!(removed, [2; 4], "page and picture, in two POPs and their RECs");
    let words = paths.map(|path| x_cache(&mut run, get("paris", path)));
    assert_eq!(words, [MISS, MISS, HIT, HIT], "TAG-12");
    act(&mut run, get("paris", paths[0]));
    let (_, shown) = last_shown(run.journal());
    let field = shown.fields.get("x-amz-meta-cache-tag");
    assert_eq!(field, Some("catalogue, product:tent"), "TAG-12, on a hit too");
    let mut scenario = built_in_scenario();
    {
        let website = &mut scenario.edited().origins[0];
        website.kind = edgewalk::distribution::OriginKind::S3Website;
        website.protocol = edgewalk::distribution::OriginProtocol::HttpOnly; // OK-02
    }
    let mut website = Run::new(scenario).unwrap();
    act(&mut website, get("paris", paths[0]));
    let (_, shown) = last_shown(website.journal());
    let field = shown.fields.get("x-amz-meta-cache-tag");
    assert_eq!(field, Some("catalogue, product:tent"), "TAG-12: by the website's endpoint too");
}

#[test]
fn inv_17_the_root_is_invalidated_by_its_file() {
    let mut run = run([get("paris", "/")]);
    act(&mut run, invalidate("/"));
    assert_eq!(
        x_cache(&mut run, get("paris", "/index.html")),
        "Hit from cloudfront",
        "LIM-24: one object"
    );
    act(&mut run, invalidate("/index.html"));
    assert_eq!(x_cache(&mut run, get("paris", "/")), "Miss from cloudfront");
}

#[test]
fn inv_36_the_delays_fill_the_span_and_come_of_the_seed() {
    let delays = |seed: u64| {
        let mut scenario = built_in_scenario();
        scenario.seed = seed;
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, get("paris", "/app.js"));
        let mut delays = Vec::new();
        for nth in 0..40 {
            let begun = run.world().now();
            let places = reached(&act(&mut run, invalidate(&format!("/none-{nth}"))));
            let [(Place::Rec(_), rec), (Place::Pop(_), pop)] = places[..] else {
                panic!("INV-38: the REC, then the POP: {places:?}")
            };
            delays.extend([rec.since(begun), pop.since(rec)]);
        }
        delays
    };
    let found = delays(1);
    let span = Duration::from_secs(1)..=Duration::from_secs(5);
    assert!(found.iter().all(|delay| span.contains(delay)), "INV-36: {found:?}");
    assert!(found.iter().min() < Some(&Duration::from_millis(1_500)), "INV-36: from 1 s on");
    assert!(found.iter().max() > Some(&Duration::from_millis(4_500)), "INV-36: up to 5 s");
    assert_eq!(found, delays(1), "INV-36: seeded");
    assert_ne!(found, delays(2), "INV-36: seeded");
}

#[test]
fn inv_37_38_the_map_shows_which_caches_an_invalidation_has_reached() {
    let mut run = run([]);
    for city in ["paris", "tokyo", "sydney"] {
        act(&mut run, get(city, "/img/hero.jpg"));
    }
    let before = run.journal().len();
    act(&mut run, invalidate("/img/*"));
    let marks = |end: usize| {
        let scene = Scene::at(&run.walk().scenario, run.journal(), end);
        let marks = wave_marks(&scene);
        assert_eq!(marks.len(), wave_places(&scene).len());
        let count = |state| marks.iter().filter(|mark| mark.state == state).count();
        [WaveState::Ahead, WaveState::Now, WaveState::Past].map(count)
    };
    assert_eq!(marks(before), [0, 0, 0], "nothing was asked for yet");
    let after: Vec<_> = (before + 1..=run.journal().len()).map(marks).collect();
    // Three edge locations and their three regional edge caches, one after the other, then the end.
    let expected =
        [[6, 0, 0], [5, 1, 0], [4, 1, 1], [3, 1, 2], [2, 1, 3], [1, 1, 4], [0, 1, 5], [0, 1, 5]];
    assert_eq!(after, expected);
    act(&mut run, get("paris", "/img/hero.jpg"));
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert!(wave_marks(&scene).is_empty(), "the next request begins");
}
