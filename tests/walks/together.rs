//! Several requests at once, and Origin Shield in front of the origin.

use crate::common::Edit as _;
use edgewalk::distribution::ViewerProtocolPolicy;
use edgewalk::edge::{Decision, Route};
use edgewalk::http::{Method, Request, Scheme};
use edgewalk::network::{City, Rec, Region, best, nearest_rec};
use edgewalk::scene::path::StationState;
use edgewalk::scene::{Episode, Outcome, PathPicture, Plan, Scene, Step, StepSize, Steps};
use edgewalk::simulation::{
    Action, Event, ExchangeId, Journal, Place, Run, Scenario, What, built_in_scenario,
};

use crate::common::{act, ask, get, request, send};
use crate::{decisions, reached};

/// GETs for one path from these cities at the same instant.
fn together(cities: &[&str], path: &str) -> Action {
    let one = |city: &&str| (City::find(city).unwrap(), request(Method::Get, path).into());
    Action::SendTogether { requests: cities.iter().map(one).collect() }
}

fn at_origin(events: &[Event]) -> usize {
    reached(events).count()
}

/// X-Cache of all that is shown, sorted.
fn words(events: &[Event]) -> Vec<String> {
    let shown = events.iter().filter_map(|event| match &event.what {
        What::Shown { response, .. } => response.fields.get("X-Cache").map(String::from),
        _ => None,
    });
    let mut words: Vec<_> = shown.collect();
    words.sort_unstable();
    words
}

/// Who answered, of all that is shown.
fn answered_by(events: &[Event]) -> Vec<Place> {
    let shown = events.iter().filter_map(|event| match &event.what {
        What::Shown { answered_by, .. } => Some(*answered_by),
        _ => None,
    });
    shown.collect()
}

fn waits(events: &[Event], is_rec: bool) -> usize {
    let here = |event: &&Event| matches!(event.place, Place::Rec(_)) == is_rec;
    let waits = |event: &&Event| matches!(event.what, What::Decided(Decision::Waits { .. }));
    events.iter().filter(here).filter(waits).count()
}

#[test]
fn col_01_02_09_who_comes_together_waits_at_the_pop_and_at_the_rec() {
    let mut run = crate::common::run([]);
    let events = act(&mut run, together(&["paris", "paris", "paris"], "/img/hero.jpg"));
    let (hit, miss) = ("Hit from cloudfront", "Miss from cloudfront");
    assert_eq!(words(&events), [hit, hit, miss], "COL-02");
    assert_eq!((at_origin(&events), waits(&events, false)), (1, 2), "COL-01");
    let (paris, london) = (City::find("paris").unwrap(), City::find("london").unwrap());
    assert_eq!(nearest_rec(best(paris)), nearest_rec(best(london)), "one REC for both");
    let events = act(&mut run, together(&["paris", "london"], "/img/sale.jpg"));
    assert_eq!((at_origin(&events), waits(&events, true)), (1, 1), "COL-09");
}

#[test]
fn col_06_what_may_not_be_shared_is_asked_for_by_each() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].cache_policy.ttl.min = 0;
    let mut run = Run::new(scenario).unwrap();
    let events = act(&mut run, together(&["paris", "paris", "paris"], "/checkout.html"));
    assert_eq!(words(&events), ["Miss from cloudfront"; 3]);
    assert_eq!(at_origin(&events), 3);
    // Whoever was set free waits no longer, and gets no hit.
    let steps = Steps::of(run.journal());
    let pictures: Vec<PathPicture> =
        steps.all().iter().map(|step| picture(&run, step, "/checkout.html")).collect();
    let waiting: Vec<usize> = pictures.iter().map(|picture| picture.stations[1].waiting).collect();
    let (most, last) = (waiting.iter().max(), waiting.iter().rposition(|count| *count > 0));
    let labels: Vec<&str> = labels(run.journal()).into_iter().map(|(label, _)| label).collect();
    let set_free = labels.iter().rposition(|label| *label == "POP looks");
    assert_eq!(most, Some(&2), "COL-01: {waiting:?}");
    assert!(last < set_free, "COL-06: {waiting:?}, {labels:?}");
    let is_hit = |outcome: Option<Outcome>| outcome == Some(Outcome::Hit);
    for (picture, label) in pictures.iter().zip(&labels) {
        assert!(!picture.stations.iter().any(|station| is_hit(station.flag)), "COL-06: {label}");
        assert!(!picture.legs.iter().any(|leg| is_hit(leg.answer.outcome)), "COL-06: {label}");
    }
}

fn shielded(region: &str, shield: &str) -> Scenario {
    let mut scenario = built_in_scenario();
    for origin in &mut scenario.edited().origins {
        origin.shield_region = Some(shield.into());
    }
    scenario.origin_region = Some(edgewalk::network::Region::find(region).unwrap());
    scenario
}

/// Three cities behind three RECs, none of them in the origin's Region.
const FAR: [&str; 3] = ["paris", "tokyo", "mumbai"];

#[test]
fn shd_03_04_07_08_09_one_request_reaches_the_origin_through_the_shield() {
    let recs: Vec<Rec> =
        FAR.iter().map(|city| nearest_rec(best(City::find(city).unwrap()))).collect();
    assert!(recs.iter().all(|rec| recs.iter().filter(|other| *other == rec).count() == 1));
    let mut plain = crate::common::run([]);
    assert_eq!(at_origin(&act(&mut plain, together(&FAR, "/app.js"))), 3, "SHD-04");
    let mut run = Run::new(shielded("us-east-1", "us-east-2")).unwrap();
    let events = act(&mut run, together(&FAR, "/app.js"));
    assert_eq!(at_origin(&events), 1, "SHD-03");
    let region = "us-east-2".to_owned();
    let to_shield = Route::ToShield { region };
    let routes = decisions(&events).into_iter().filter(
        |decision| matches!(decision, Decision::Forwarded { route, .. } if *route == to_shield),
    );
    assert_eq!(routes.count(), 3, "SHD-01");
    let sydney = act(&mut run, get("sydney", "/app.js"));
    assert_eq!(
        (at_origin(&sydney), words(&sydney)),
        (0, vec!["Hit from cloudfront".into()]),
        "SHD-07"
    );
    let answered = sydney.iter().find_map(|event| match &event.what {
        What::Shown { answered_by, .. } => Some(*answered_by),
        _ => None,
    });
    assert_eq!(answered, Some(Place::Rec(Rec::find("us-east-2").unwrap())));
    // SHD-02, SHD-08: where the local REC is the Shield, there is no further hop.
    let local = nearest_rec(best(City::find("paris").unwrap())).code();
    let mut run = Run::new(shielded("us-east-1", local)).unwrap();
    let events = act(&mut run, get("paris", "/app.js"));
    let to_shield = |decision: &&Decision| matches!(decision, Decision::Forwarded { route, .. } if matches!(route, Route::ToShield { .. }));
    assert_eq!(decisions(&events).iter().filter(|d| to_shield(d)).count(), 0, "SHD-02");
    let events = act(&mut run, get("london", "/app.js"));
    assert_eq!(
        (at_origin(&events), &*words(&events)),
        (0, &["Hit from cloudfront".into()][..]),
        "SHD-08"
    );
    // SHD-09: one Shield for each origin.
    let mut scenario = shielded("us-east-1", "us-east-2");
    scenario.edited().origins[1].shield_region = None;
    let mut run = Run::new(scenario).unwrap();
    let events = act(&mut run, send("paris", Method::Post, "/api/orders"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_))), "SHD-09");
}

#[test]
fn shd_13_in_the_origins_own_region_there_is_no_shield() {
    let local = nearest_rec(best(City::find("paris").unwrap()));
    // Where the Shield sits in that Region, too, and where it sits elsewhere.
    for shield in [local.code(), "us-east-2"] {
        let mut scenario = shielded(local.code(), shield);
        // A load balancer: with a bucket the REC is passed by, too (REC-06).
        scenario.edited().behaviors[1].origin_id = "shop-api".into();
        let mut run = Run::new(scenario).unwrap();
        let recs = |events: &[Event]| {
            let places = events.iter().map(|event| event.place);
            let mut recs: Vec<_> = places.filter(|place| matches!(place, Place::Rec(_))).collect();
            recs.dedup();
            recs
        };
        let first = act(&mut run, get("paris", "/app.js"));
        assert_eq!((at_origin(&first), recs(&first)), (1, vec![Place::Rec(local)]), "SHD-13");
        // Another POP behind the same REC, which answers as in SHD-08.
        let second = act(&mut run, get("london", "/app.js"));
        assert_eq!((at_origin(&second), recs(&second)), (0, vec![Place::Rec(local)]), "SHD-13");
        assert_eq!(words(&second), ["Hit from cloudfront"], "SHD-13 {shield}");
        let answered = second.iter().find_map(|event| match &event.what {
            What::Shown { answered_by, .. } => Some(*answered_by),
            _ => None,
        });
        assert_eq!(answered, Some(Place::Rec(local)), "SHD-13, SHD-08");
        // A write goes straight to the origin.
        let write = act(&mut run, send("paris", Method::Post, "/app.js"));
        assert_eq!(recs(&write), [], "SHD-13");
    }
}

#[test]
fn xc_11_x_cache_says_nothing_but_what_was_seen_in_the_wild() {
    let mut said = std::collections::BTreeSet::new();
    for seed in 0..100 {
        let mut walk = crate::common::generated_walk(seed);
        for origin in &mut walk.scenario.edited().origins {
            origin.shield_region = Some("us-east-2".into());
        }
        let mut journal = Journal::default();
        walk.replay(&mut journal).unwrap();
        said.extend(words(journal.events()));
    }
    let mut scenario = shielded("us-east-1", "us-east-2");
    scenario.edited().behaviors[1].viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
    let mut run = Run::new(scenario).unwrap();
    let request = Request { scheme: Scheme::Http, ..request(Method::Get, "/app.js") };
    said.extend(words(&act(&mut run, ask("paris", request))));
    // Neither OriginShieldHit nor CapacityExceeded: a hit in the Shield is a hit.
    let known = ["Error", "Hit", "Miss", "Redirect", "RefreshHit"];
    let known = known.map(|word| format!("{word} from cloudfront"));
    assert_eq!(said.into_iter().collect::<Vec<_>>(), known, "XC-11");
}

#[test]
fn shd_05_06_a_dynamic_request_passes_the_shield_and_no_local_rec() {
    let mut run = Run::new(shielded("us-east-1", "us-east-2")).unwrap();
    for method in [Method::Post, Method::Get] {
        let events = act(&mut run, send("paris", method, "/api/orders"));
        let recs: Vec<_> = events
            .iter()
            .filter(|event| matches!(event.place, Place::Rec(_)))
            .map(|event| event.place)
            .collect();
        let shield = Place::Rec(Rec::find("us-east-2").unwrap());
        assert!(!recs.is_empty() && recs.iter().all(|place| *place == shield), "{method}");
        assert_eq!(words(&events), ["Miss from cloudfront"]);
    }
}

#[test]
fn shd_10_fo_06_each_origin_of_a_group_has_its_own_shield() {
    let mut scenario = shielded("us-east-1", "us-east-2");
    let mut distribution = scenario.edited();
    distribution.origins[1].shield_region = Some("us-west-2".into());
    distribution.origin_groups = vec![edgewalk::distribution::OriginGroup {
        id: "both".into(),
        members: ["shop-media".into(), "shop-api".into()],
        failover_statuses: vec![500],
    }];
    distribution.behaviors[1].origin_id = "both".into();
    drop(distribution);
    let mut run = Run::new(scenario).unwrap();
    let health = edgewalk::origin::Health::Failing(edgewalk::http::Status(500));
    act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health });
    let events = act(&mut run, get("paris", "/app.js"));
    let first = answered_by(&events);
    let shields: Vec<_> = decisions(&events)
        .into_iter()
        .filter_map(|decision| match decision {
            Decision::Forwarded { route: Route::ToShield { region }, .. } => Some(region.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(shields, ["us-east-2", "us-west-2"]);
    assert_eq!(words(&events), ["Miss from cloudfront"]);
    // FO-06: the first Shield remembers no failure, so the next miss through it reaches the primary origin again.
    let events = act(&mut run, get("tokyo", "/app.js"));
    let failed = |event: &&Event| matches!(&event.what, What::Replied { response, .. } if response.status.0 == 500);
    assert_eq!(events.iter().filter(failed).count(), 1, "FO-06");
    // The second origin's own answer, then that of its Shield.
    assert_eq!(first, [Place::Origin(Region::find("us-east-1").unwrap())], "FO-02");
    let shield = Place::Rec(Rec::find("us-west-2").unwrap());
    assert_eq!(answered_by(&events), [shield], "SHD-10");
}

#[test]
fn shd_03_07_08_col_09_10_a_shield_that_is_also_a_viewers_own_regional_edge_cache() {
    // The Shield is the REC of Paris, and for Tokyo it is the Shield alone.
    for cities in [["paris", "tokyo"], ["tokyo", "paris"]] {
        let mut run = Run::new(shielded("ap-southeast-2", "eu-west-2")).unwrap();
        let events = act(&mut run, together(&cities, "/app.js"));
        assert_eq!(at_origin(&events), 1, "SHD-03, COL-09: {cities:?}");
        let shield = Place::Rec(Rec::find("eu-west-2").unwrap());
        let hit = events.iter().find_map(|event| match &event.what {
            What::Shown { answered_by, contact: edgewalk::edge::Contact::None, .. } => {
                Some(*answered_by)
            }
            _ => None,
        });
        assert_eq!(hit, Some(shield), "SHD-07, SHD-08: {cities:?}");
        // What is not kept sets them free, each towards the origin by its own way.
        let mut run = Run::new(shielded("ap-southeast-2", "eu-west-2")).unwrap();
        let health = edgewalk::origin::Health::Failing(edgewalk::http::Status(403));
        act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health });
        let events = act(&mut run, together(&cities, "/app.js"));
        assert_eq!(words(&events), ["Error from cloudfront"; 2], "COL-10: {cities:?}");
        assert_eq!(at_origin(&events), 2, "COL-10: {cities:?}");
    }
}

/// The path as it stands at the end of a step.
fn picture(run: &Run, step: &Step, path: &str) -> PathPicture {
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    let plan = Plan::of(City::find("paris").unwrap());
    PathPicture::of(&run.walk().scenario, &scene, Some(step), plan, path)
}

/// The label and the count of viewers of each step.
fn labels(journal: &Journal) -> Vec<(&'static str, usize)> {
    let steps = Steps::of(journal);
    steps.all().iter().map(|step| (step.label(journal), step.together)).collect()
}

#[test]
fn viewers_of_one_city_take_their_first_steps_as_one() {
    let mut run = crate::common::run([]);
    act(&mut run, together(&["paris", "paris", "paris"], "/img/hero.jpg"));
    let expected = [
        ("URL", 3),
        ("DNS", 3),
        ("TCP", 3),
        ("TLS", 1), // the first of them sends as soon as TLS stands
        ("Sent", 3),
        ("POP looks", 1),
        ("Waits", 1),
        ("Waits", 1),
        ("REC looks", 1),
        ("At origin", 1),
        ("Answer", 1),
        ("POP answers", 1),
        ("POP answers", 1),
        ("REC keeps", 1),
        ("POP keeps", 1),
        ("Shown", 1),
        ("Shown", 1),
        ("Shown", 1),
    ];
    assert_eq!(labels(run.journal()), expected);
    act(&mut run, get("paris", "/img/hero.jpg"));
    let steps = Steps::of(run.journal());
    let members: Vec<_> = (0..4).map(|id| steps.begun_with(ExchangeId(id)).len()).collect();
    assert_eq!(members, [3, 3, 3, 1], "the next request stands alone");
    let episode = |playhead| Episode::around(&steps, playhead);
    let at = |index: usize| steps.all()[index].end;
    assert_eq!(episode(at(0)).position(), "Step 1 of 18");
    assert_eq!(episode(at(6)).position(), "Step 7 of 18, viewer 2 of 3");
    assert_eq!(episode(at(18)).position(), "Step 1 of 6");
    let end_of_group = steps.forward(at(3), StepSize::Exchange);
    assert_eq!(end_of_group, Some(at(17)), "an exchange is as long as those begun with it");
}

#[test]
fn col_01_02_the_path_shows_who_waits_and_what_they_get() {
    let mut run = crate::common::run([]);
    act(&mut run, together(&["paris", "paris", "paris"], "/img/hero.jpg"));
    let steps = Steps::of(run.journal());
    let pictures: Vec<PathPicture> =
        steps.all().iter().map(|step| picture(&run, step, "/")).collect();
    let waiting: Vec<usize> = pictures.iter().map(|picture| picture.stations[1].waiting).collect();
    assert_eq!(waiting, [0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 1, 0, 0, 0, 0, 0, 0]);
    // Whoever waited is told a hit (COL-02).
    let flags = [5, 6, 11].map(|index: usize| pictures[index].stations[1].flag);
    assert_eq!(flags, [Some(Outcome::Miss), None, Some(Outcome::Hit)], "undecided while it waits");
    let handed = pictures[11].legs[0].capsule.as_ref().unwrap();
    assert_eq!((handed.is_answer, handed.outcome), (true, Some(Outcome::Hit)));
    let colours = [15, 16, 17].map(|index: usize| pictures[index].legs[0].answer.outcome);
    assert_eq!(colours, [Some(Outcome::Miss), Some(Outcome::Hit), Some(Outcome::Hit)]);
}

#[test]
fn shd_01_05_13_the_path_has_a_station_for_the_shield_where_it_is_on_the_way() {
    use StationState::{Now, Past, Skip};
    let on = |region: &str| Action::SetShield {
        origin_id: "shop-media".into(),
        region: Some(Region::find(region).unwrap()),
    };
    let roles = |city: &str, shield: &str, method: Method| {
        let mut run = crate::common::run([on(shield)]);
        act(&mut run, send(city, method, "/img/hero.jpg"));
        let steps = Steps::of(run.journal());
        let step = steps.all().last().unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let plan = Plan::of(City::find(city).unwrap());
        let picture =
            PathPicture::of(&run.walk().scenario, &scene, Some(step), plan, "/img/hero.jpg");
        assert_eq!(picture.legs.len() + 1, picture.stations.len());
        let states = picture.stations.iter().map(|station| (station.role, station.state));
        let over = picture.over.map(|over| over.ends_at_shield);
        (states.collect::<Vec<_>>(), over)
    };
    let all = |rec, shield| {
        vec![("viewer", Now), ("pop", Past), ("rec", rec), ("shield", shield), ("origin", Past)]
    };
    assert_eq!(roles("paris", "us-east-1", Method::Get), (all(Past, Past), None), "SHD-01");
    assert_eq!(roles("paris", "us-east-1", Method::Post), (all(Skip, Past), Some(true)), "SHD-05");
    let four = vec![("viewer", Now), ("pop", Past), ("rec", Past), ("origin", Past)];
    assert_eq!(roles("paris", "eu-west-2", Method::Get), (four.clone(), None), "SHD-02");
    assert_eq!(roles("paris", "eu-west-2", Method::Post), (all(Skip, Past), Some(true)), "SHD-05");
    let ahead = |shield: &str| {
        let run = crate::common::run([on(shield)]);
        let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
        let plan = Plan::of(City::find("paris").unwrap());
        let picture = PathPicture::of(&run.walk().scenario, &scene, None, plan, "/img/hero.jpg");
        picture.stations.len()
    };
    assert_eq!((ahead("us-east-1"), ahead("eu-west-2")), (5, 4), "SHD-02: before anything is sent");
    let skipped = vec![("viewer", Now), ("pop", Past), ("rec", Skip), ("origin", Past)];
    assert_eq!(roles("new york", "us-east-1", Method::Get), (skipped, Some(false)), "SHD-13");
}
