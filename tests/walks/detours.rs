//! Walks that ask twice, for the other origin of a group or for a page in place of an error: what path and strip show of both.

use edgewalk::distribution::OriginGroup;
use edgewalk::edge::Decision;
use edgewalk::http::Status;
use edgewalk::network::{City, Region};
use edgewalk::origin::Health;
use edgewalk::scene::path::{Capsule, Station, StationState};
use edgewalk::scene::strip::{Point, Sign};
use edgewalk::scene::{Level, Outcome, PathPicture, Plan, Scene, Step, Steps, Strip, Told};
use edgewalk::simulation::{Action, ExchangeId, Run, Scenario, What, built_in_scenario};

use crate::common::{Edit as _, act, get, plain, send};
use crate::failing::page;

/// What the screen shows at one step of a walk.
struct Seen {
    label: &'static str,
    told: Told,
    picture: PathPicture,
}

impl Seen {
    fn origin(&self) -> &Station {
        self.picture.stations.last().unwrap()
    }

    fn capsules(&self) -> Vec<&Capsule> {
        self.picture.legs.iter().filter_map(|leg| leg.capsule.as_ref()).collect()
    }

    fn capsule(&self) -> &str {
        self.capsules().first().map_or("", |capsule| capsule.text.as_str())
    }
}

fn seen(run: &Run) -> Vec<Seen> {
    let (steps, scenario) = (Steps::of(run.journal()), &run.walk().scenario);
    let plan = Plan::of(City::find("paris").unwrap());
    let see = |step: &Step| {
        let scene = Scene::at(scenario, run.journal(), step.end);
        let events = &run.journal().events()[step.start..step.end];
        Seen {
            label: step.label(run.journal()),
            told: Told::of(&scene, step, events),
            picture: PathPicture::of(scenario, &scene, Some(step), plan, "/"),
        }
    };
    steps.all().iter().map(see).collect()
}

/// The only step with this label, counted from the last: 0 is the last.
fn nth_last<'s>(all: &'s [Seen], label: &str, back: usize) -> &'s Seen {
    all.iter().rev().filter(|seen| seen.label == label).nth(back).unwrap()
}

fn run_of(health: Health, change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, Action::SetHealth { origin_id: "shop-media".into(), health });
    run
}

/// The bucket and the application in a group; the application stands in Frankfurt.
fn group(scenario: &mut Scenario) {
    scenario.origin_region = None; // each where it says
    let distribution = &mut scenario.edited();
    distribution.origin_groups = vec![OriginGroup {
        id: "both".into(),
        members: ["shop-media".into(), "shop-api".into()],
        failover_statuses: vec![502, 503, 504],
    }];
    distribution.behaviors[1].origin_id = "both".into();
    let api = distribution.origins.iter_mut().find(|origin| origin.id == "shop-api").unwrap();
    api.region = "eu-central-1".into();
}

fn strip(run: &Run) -> Strip {
    Strip::of(run.journal(), ExchangeId(0)).unwrap()
}

/// The levels at which the curve is between two instants, the same not twice in a row.
fn levels(
    strip: &Strip,
    from: edgewalk::time::SimTime,
    until: edgewalk::time::SimTime,
) -> Vec<Level> {
    let inside = strip.points.iter().filter(|point| (from..=until).contains(&point.at));
    let mut levels: Vec<Level> = inside.map(|point| point.level).collect();
    levels.dedup();
    levels
}

/// When an event of this kind happened first.
fn instant(run: &Run, is_it: impl Fn(&What) -> bool) -> edgewalk::time::SimTime {
    run.journal().events().iter().find(|event| is_it(&event.what)).unwrap().at
}

fn is_turn(what: &What) -> bool {
    matches!(what, What::Decided(Decision::FailedOver { .. }))
}

#[test]
fn fo_02_the_origin_that_is_asked_is_the_one_that_is_shown() {
    let mut run = run_of(Health::Failing(Status(503)), group);
    act(&mut run, get("paris", "/img/hero.jpg"));
    let all = seen(&run);
    let labels: Vec<_> = all.iter().map(|seen| seen.label).collect();
    let expected = [
        "At origin",
        "Answer",
        "Fails over",
        "At origin",
        "Answer",
        "REC keeps",
        "POP keeps",
        "Shown",
    ];
    assert_eq!(labels[8..], expected);
    let first = &all[9];
    assert_eq!(first.origin().facts[..2], ["S3 bucket", "shop-media"]);
    assert_eq!(first.origin().flag, Some(Outcome::Error));
    for seen in &all[10..] {
        assert_eq!(seen.origin().facts[1], "shop-api", "{}", seen.label);
        assert_eq!(seen.origin().name, "Origin eu-central-1", "{}", seen.label);
        assert_eq!(seen.picture.places.origin, Region::find("eu-central-1").unwrap());
        assert_eq!(seen.origin().flag, None, "{}: this one did not fail", seen.label);
    }
    assert_eq!(all[10].origin().state, StationState::Todo, "not asked yet");
    assert_eq!(plain(&all[15].origin().facts[2]), "sent 413 KB");
    let says =
        |seen: &Seen, text: &str| seen.told.say.iter().any(|line| plain(line).contains(text));
    assert!(says(&all[11], "Frankfurt"), "{:?}", all[11].told.say);
}

#[test]
fn fo_02_both_origins_of_a_group_may_stand_in_one_region() {
    let mut run = run_of(Health::Failing(Status(503)), |scenario| {
        group(scenario);
        for origin in &mut scenario.edited().origins {
            origin.region = "us-east-1".into();
        }
    });
    act(&mut run, get("paris", "/img/hero.jpg"));
    let flags: Vec<_> = seen(&run)[9..].iter().map(|seen| seen.origin().flag).collect();
    assert_eq!(flags[0], Some(Outcome::Error));
    assert!(flags[1..].iter().all(Option::is_none), "{flags:?}");
}

#[test]
fn fo_02_03_the_curve_comes_back_before_it_goes_to_the_other_origin() {
    let mut run = run_of(Health::Failing(Status(503)), group);
    act(&mut run, get("paris", "/img/hero.jpg"));
    let strip = strip(&run);
    let turned = instant(&run, is_turn);
    let replied = instant(&run, |what| matches!(what, What::Replied { .. }));
    assert_eq!(levels(&strip, replied, turned), [Level::Origin, Level::Rec]);
    let error = (Point { at: turned, level: Level::Rec }, Sign::Decided(Outcome::Error));
    assert!(strip.marks.contains(&error), "the 503 is seen: {:?}", strip.marks);
    // Two round trips of handshakes and the way of the request: three times out.
    let reached =
        run.journal().events().iter().rfind(|event| matches!(event.what, What::Reached { .. }));
    let goes_out = levels(&strip, turned, reached.unwrap().at);
    let expected = [Level::Rec, Level::Origin].repeat(3);
    assert_eq!(goes_out, expected, "TLS-62");
    let sum: std::time::Duration =
        strip.phases.iter().map(edgewalk::scene::strip::Phase::span).sum();
    assert_eq!(sum, strip.total());
}

#[test]
fn tmo_17_each_attempt_that_is_refused_is_seen_to_go_and_come_back() {
    for (health, trips) in [(Health::Refuses, 3), (Health::BadCertificate, 2)] {
        let mut run = run_of(health, |_| {});
        act(&mut run, get("paris", "/img/hero.jpg"));
        let strip = strip(&run);
        let at_origin = strip.points.iter().filter(|point| point.level == Level::Origin).count();
        assert_eq!(at_origin, trips, "TMO-01, TLS-62: {health:?}: {:?}", strip.points);
        let no_answer = nth_last(&seen(&run), "No answer", 0).told.why[0].text.clone();
        assert!(no_answer.starts_with(char::is_uppercase), "{no_answer}");
    }
    let mut run = run_of(Health::Unreachable, |_| {});
    act(&mut run, get("paris", "/img/hero.jpg"));
    let strip = strip(&run);
    assert!(strip.points.iter().all(|point| point.level != Level::Origin), "TMO-10: it waits");
}

/// A GET for what is not there, with a page for that.
fn page_walk(shown: u16) -> Run {
    let mut run = run_of(Health::Up, |scenario| {
        scenario.edited().error_responses = vec![page(404, "/about.html", shown, 10)];
    });
    act(&mut run, get("paris", "/nowhere"));
    run
}

#[test]
fn cep_03_while_a_page_is_fetched_it_has_its_own_name() {
    for shown in [200, 404] {
        let run = page_walk(shown);
        let all = seen(&run);
        let capsules: Vec<_> = all[9..].iter().map(|seen| (seen.label, seen.capsule())).collect();
        let to_viewer = format!("{shown} nowhere");
        let expected = [
            ("Answer", "404 nowhere"),
            ("REC keeps", "404 nowhere"),
            ("POP looks", "404 nowhere"),
            ("POP keeps", "404 nowhere"),
            ("REC looks", "GET about.html"),
            ("At origin", "GET about.html"),
            ("Answer", "200 about.html"),
            ("REC keeps", "200 about.html"),
            ("POP keeps", "200 about.html"),
            ("Shown", to_viewer.as_str()),
        ];
        assert_eq!(capsules, expected);
        let flags: Vec<_> = all[9..].iter().map(|seen| seen.origin().flag).collect();
        let error = Some(Outcome::Error);
        assert_eq!(flags[..5], [error; 5], "its last answer was the error");
        assert_eq!(flags[5..], [None; 5], "it has just sent 200");
        assert_eq!(all[12].told.title, "Edge location: 404 stored", "ERR-01");
    }
}

#[test]
fn cep_03_the_curve_comes_back_to_the_pop_before_the_page_is_asked_for() {
    let run = page_walk(404);
    let strip = strip(&run);
    let wanted = instant(&run, |what| matches!(what, What::Decided(Decision::PageWanted { .. })));
    let replied = instant(&run, |what| matches!(what, What::Replied { .. }));
    assert_eq!(levels(&strip, replied, wanted), [Level::Origin, Level::Rec, Level::Pop]);
    // Each mark stands on the curve.
    for (point, sign) in &strip.marks {
        assert!(strip.points.contains(point), "{point:?} {sign:?}: {:?}", strip.points);
    }
}

#[test]
fn cep_05_a_page_of_another_origin_shows_that_one() {
    let mut run = run_of(Health::Up, |scenario| {
        let distribution = &mut scenario.edited();
        let api = distribution.behaviors[0].origin_id.clone();
        assert_ne!(api, distribution.behaviors[1].origin_id);
        distribution.error_responses = vec![page(404, "/about.html", 404, 10)];
        let mut own = distribution.behaviors[1].clone();
        own.pattern = edgewalk::distribution::PathPattern::new("/about.html");
        own.origin_id = api;
        distribution.behaviors.insert(0, own);
    });
    act(&mut run, get("paris", "/nowhere"));
    let all = seen(&run);
    assert_eq!(nth_last(&all, "At origin", 1).origin().facts[1], "shop-media");
    assert_eq!(nth_last(&all, "At origin", 0).origin().facts[1], "shop-api");
}

#[test]
fn cmp_01_02_each_step_of_a_walk_that_compresses_is_told() {
    for (path, label, title, why) in [
        ("/app.js", "Compresses", "compressed", "Compressed with br: 184 KB become"),
        ("/index.html", "Compresses", "compressed", "Compressed with br: "),
        (
            "/img/hero.jpg",
            "POP passes",
            "not compressed",
            "Not compressed: its type is not on the list",
        ),
    ] {
        let mut run = run_of(Health::Up, |scenario| {
            scenario.edited().behaviors[1].compress = true;
        });
        act(&mut run, get("paris", path));
        let all = seen(&run);
        let labels: Vec<_> = all.iter().map(|seen| seen.label).collect();
        assert_eq!(labels[9..], ["Answer", label, "REC keeps", "POP keeps", "Shown"], "{path}");
        let told = &all[10].told;
        assert_eq!(told.title, format!("Edge location: {title}"), "{path}");
        assert!(!told.say.is_empty() && !told.rows.is_empty());
        assert!(told.why.iter().any(|reason| plain(&reason.text).contains(why)), "{:?}", told.why);
        // The head stays where it is while the regional edge cache gets the rest.
        let answers = |at: usize| all[at].picture.legs[1].answer.state;
        assert_eq!(answers(10), answers(12), "{path}");
        assert_eq!(answers(11), answers(12), "{path}");
        // Where nothing comes between, one step tells of both.
        act(&mut run, get("london", path));
        let all = seen(&run);
        let kept = nth_last(&all, "POP keeps", 0);
        assert_eq!(kept.told.title, "Edge location: stored", "{path}");
        assert!(kept.told.why.iter().any(|reason| plain(&reason.text).starts_with(&why[..12])));
    }
}

#[test]
fn flow_04_the_mark_of_a_title_is_that_of_its_station() {
    let mut run = run_of(Health::Up, |scenario| scenario.edited().behaviors[1].compress = true);
    for action in [
        get("paris", "/app.js"),
        get("london", "/app.js"),
        get("paris", "/nowhere"),
        send("paris", edgewalk::http::Method::Post, "/api/orders"),
        crate::common::wait(90_000),
        get("paris", "/app.js"),
        get("paris", "/app.js"),
    ] {
        act(&mut run, action);
    }
    let mut kept = 0;
    for seen in seen(&run) {
        if !["POP keeps", "POP passes", "REC keeps", "Compresses"].contains(&seen.label) {
            continue;
        }
        let now = seen.picture.stations.iter().find(|station| station.state == StationState::Now);
        assert_eq!(seen.told.outcome, now.unwrap().flag, "{}: {}", seen.label, seen.told.title);
        kept += 1;
    }
    assert!(kept >= 9, "{kept}");
}

#[test]
fn what_an_earlier_walk_took_is_written_wherever_it_is_drawn() {
    let mut run = run_of(Health::Up, |_| {});
    for action in [
        get("paris", "/img/hero.jpg"),
        get("tokyo", "/img/hero.jpg"),
        get("paris", "/img/hero.jpg"),
        get("london", "/img/hero.jpg"),
        crate::common::wait(90_000),
        get("paris", "/img/hero.jpg"),
    ] {
        act(&mut run, action);
    }
    let mut written = 0;
    for id in (0..5).map(ExchangeId) {
        let strip = Strip::of(run.journal(), id).unwrap();
        let Some(earlier) = &strip.earlier else {
            assert_eq!(strip.saving(), None);
            continue;
        };
        let saving = strip.saving().unwrap();
        let then = edgewalk::scene::units::ms(earlier.total);
        assert!(saving.text.contains(&then), "{saving:?}");
        // A few words take a fifth of the axis; no part of the curve crosses them.
        let (left, right) = (saving.left, saving.left + 20.0);
        assert!(right <= 100.0, "{saving:?}");
        for two in strip.curve().windows(2) {
            let [(from, a), (until, b)] = two else { panic!() };
            let crosses = a.min(*b) <= saving.row && saving.row <= a.max(*b);
            let is_apart = *until <= left || *from >= right;
            assert!(!crosses || is_apart, "{saving:?} and {two:?} of {id:?}");
        }
        written += 1;
    }
    assert_eq!(written, 4);
}
