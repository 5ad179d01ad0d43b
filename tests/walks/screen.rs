//! That words, flags, cells and the strip agree: for who waits for another's answer, and for an error that is kept.

use crate::common::Edit as _;
use edgewalk::edge::Decision;
use edgewalk::http::{Method, Status};
use edgewalk::network::{City, Region};
use edgewalk::origin::Health;
use edgewalk::scene::path::Station;
use edgewalk::scene::strip::Sign;
use edgewalk::scene::{Outcome, PathPicture, Plan, Scene, Step, Steps, Strip, Told};
use edgewalk::simulation::{Action, ExchangeId, Place, Run, What, built_in_scenario};

use crate::common::{act, get, plain, request, run, send, wait};

/// GETs for one path from these cities at the same instant.
fn together(cities: &[&str], path: &str) -> Action {
    let one = |city: &&str| (City::find(city).unwrap(), request(Method::Get, path).into());
    Action::SendTogether { requests: cities.iter().map(one).collect() }
}

/// What the screen shows at one step.
struct Seen {
    told: Told,
    picture: PathPicture,
}

impl Seen {
    fn says(&self, text: &str) -> bool {
        self.told.say.iter().any(|sentence| plain(sentence).contains(text))
    }

    fn station(&self, role: &str) -> &Station {
        self.picture.stations.iter().find(|station| station.role == role).unwrap()
    }

    /// The name with what tells it apart, what is left, and the colour of the first cell there.
    fn cell(&self, role: &str) -> (String, String, Option<Outcome>) {
        let cell = &self.station(role).shelf.as_ref().unwrap().cells[0];
        let name = [cell.name.as_str(), cell.variant.as_deref().unwrap_or_default()].join(" ");
        (name.trim().to_owned(), plain(&cell.remaining), cell.outcome)
    }

    fn why(&self) -> Vec<String> {
        self.told.why.iter().map(|reason| plain(&reason.text)).collect()
    }
}

/// The last step of an exchange with this label.
fn seen(run: &Run, exchange: u32, label: &str) -> Seen {
    let steps = Steps::of(run.journal());
    let is_it = |step: &&Step| {
        step.exchange == Some(ExchangeId(exchange)) && step.label(run.journal()) == label
    };
    let step = steps.all().iter().rfind(is_it).unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    let events = &run.journal().events()[step.start..step.end];
    let plan = Plan::of(City::find("paris").unwrap());
    Seen {
        told: Told::of(&scene, step, events),
        picture: PathPicture::of(&run.walk().scenario, &scene, Some(step), plan, "/"),
    }
}

fn phases(run: &Run, exchange: u32) -> Vec<&'static str> {
    let strip = Strip::of(run.journal(), ExchangeId(exchange)).unwrap();
    strip.phases.iter().map(|phase| phase.label).collect()
}

fn marks(run: &Run, exchange: u32) -> Vec<Sign> {
    let strip = Strip::of(run.journal(), ExchangeId(exchange)).unwrap();
    strip.marks.iter().map(|(_, mark)| *mark).collect()
}

#[test]
fn col_01_02_who_waited_is_told_so_in_words_colours_and_brackets() {
    let run = run([together(&["paris", "paris", "paris"], "/img/hero.jpg")]);
    let waits = seen(&run, 1, "Waits");
    assert_eq!(waits.station("pop").flag, None, "no cache has decided yet");
    assert_eq!((waits.told.outcome, waits.cell("pop").2), (None, None));
    for (exchange, label) in [(1, "POP answers"), (1, "Shown"), (2, "Shown")] {
        let seen = seen(&run, exchange, label);
        assert_eq!(seen.told.outcome, Some(Outcome::Hit), "COL-02: {label}");
        assert_eq!(seen.station("pop").flag, Some(Outcome::Hit), "COL-02: {label}");
        assert_eq!(marks(&run, exchange), [Sign::Decided(Outcome::Hit)], "COL-02");
    }
    let shown = seen(&run, 1, "Shown");
    assert_eq!(shown.cell("pop").2, Some(Outcome::Hit));
    assert!(
        shown.says("the answer that another viewer's request had fetched"),
        "{:?}",
        shown.told.say
    );
    assert!(!shown.says("by itself"), "{:?}", shown.told.say);
    assert!(shown.told.rows.contains("COL-01, COL-02"), "{}", shown.told.rows);
    for role in ["rec", "origin"] {
        assert!(shown.station(role).place.ends_with("asked once"), "{}", shown.station(role).place);
    }
    let leader = seen(&run, 0, "Shown");
    assert_eq!(leader.cell("pop").2, Some(Outcome::Miss), "COL-02: the first is a miss");
    assert!(!phases(&run, 0).contains(&"Waits"), "the first waits for nobody");
    // What the wait takes lies between the ways, and the sum of all is still the whole.
    assert_eq!(phases(&run, 1), ["DNS", "TCP", "TLS", "To POP", "Waits", "Answer", "Body"]);
    let strip = Strip::of(run.journal(), ExchangeId(1)).unwrap();
    let wait = strip.phases.iter().find(|phase| phase.label == "Waits").unwrap();
    let at = |wanted: fn(&Decision) -> bool| {
        let mut events = run.journal().of_exchange(ExchangeId(1)).map(|(_, event)| event);
        let is_it = |what: &What| matches!(what, What::Decided(decision) if wanted(decision));
        events.find(|event| is_it(&event.what)).unwrap().at
    };
    assert_eq!(wait.from, at(|decision| matches!(decision, Decision::Waits { .. })));
    assert_eq!(wait.until, at(|decision| matches!(decision, Decision::Answered { .. })));
    let sum: std::time::Duration =
        strip.phases.iter().map(edgewalk::scene::strip::Phase::span).sum();
    assert_eq!(sum, strip.total());
}

#[test]
fn col_09_who_waited_at_the_regional_edge_cache_is_told_where() {
    let run = run([together(&["paris", "london"], "/app.js")]);
    let steps = Steps::of(run.journal());
    let waits = steps.all().iter().find(|step| step.label(run.journal()) == "Waits").unwrap();
    let Some(ExchangeId(exchange)) = waits.exchange else { panic!() };
    assert!(matches!(waits.place, Place::Rec(_)), "{waits:?}");
    let shown = seen(&run, exchange, "Shown");
    assert!(shown.says("waited at the regional edge cache in London"), "{:?}", shown.told.say);
    assert_eq!(shown.station("rec").flag, Some(Outcome::Hit));
    assert_eq!(shown.cell("rec").2, Some(Outcome::Hit));
    assert!(shown.station("origin").place.ends_with("asked once"));
}

#[test]
fn col_06_who_was_let_go_is_told_a_miss() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].cache_policy.ttl.min = 0;
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, together(&["paris", "paris"], "/checkout.html"));
    let shown = seen(&run, 1, "Shown");
    assert_eq!(shown.station("pop").flag, Some(Outcome::Miss), "COL-06");
    assert!(!shown.says("another viewer"), "{:?}", shown.told.say);
    let phases = phases(&run, 1);
    let at = |label| phases.iter().position(|phase| *phase == label).unwrap();
    assert!(at("Waits") < at("POP to REC"), "COL-06: they still paid the wait: {phases:?}");
}

fn failing() -> Action {
    Action::SetHealth { origin_id: "shop-media".into(), health: Health::Failing(Status(503)) }
}

#[test]
fn err_01_06_an_error_that_is_kept_looks_like_one() {
    let mut run = run([failing(), get("paris", "/img/hero.jpg")]);
    act(&mut run, get("paris", "/img/hero.jpg"));
    for (label, role) in [("REC keeps", "rec"), ("POP keeps", "pop")] {
        let kept = seen(&run, 0, label);
        assert!(kept.says("keeps this error") && !kept.says("a copy"), "{:?}", kept.told.say);
        assert!(kept.told.title.ends_with(": 503 stored"), "{}", kept.told.title);
        let (name, _, outcome) = kept.cell(role);
        assert_eq!((name.as_str(), outcome), ("hero.jpg 503", Some(Outcome::Error)), "ERR-01");
        assert_eq!(kept.station(role).flag, Some(Outcome::Error), "{label}");
        assert_eq!(kept.told.outcome, Some(Outcome::Error));
    }
    // ERR-06: it answers the next one, and X-Cache calls that an error (ERR-21).
    let again = seen(&run, 1, "POP looks");
    assert_eq!(again.told.outcome, Some(Outcome::Error));
    assert_eq!(again.station("pop").flag, Some(Outcome::Error));
    assert_eq!(again.cell("pop").2, Some(Outcome::Error));
    assert!(again.says("keeps a 503 in the object's place"), "{:?}", again.told.say);
    assert_eq!(marks(&run, 1), [Sign::Decided(Outcome::Error)]);
    // Nobody touched it since: its name still says what it is.
    act(&mut run, get("paris", "/app.js"));
    let resting = seen(&run, 2, "URL");
    let (name, _, outcome) = resting.cell("pop");
    assert_eq!((name.as_str(), outcome), ("hero.jpg 503", None));
    // What is no error has its name alone.
    let fine = seen(&crate::common::run([get("paris", "/img/hero.jpg")]), 0, "POP keeps");
    assert_eq!(fine.cell("pop").0, "hero.jpg");
    assert!(fine.says("keeps a copy (version 1"), "{:?}", fine.told.say);
}

#[test]
fn flow_04_conditions_come_before_the_look_and_the_way_after_it() {
    let run = run([get("paris", "/img/hero.jpg")]);
    let why = seen(&run, 0, "POP looks").why();
    let at = |text: &str| why.iter().position(|reason| reason.contains(text)).unwrap();
    let order = [
        at("may be answered from a cache"),
        at("keeps objects"),
        at("not on the shelf"),
        at("no shortcut"),
        at("Ask the regional edge cache"),
    ];
    assert!(order.is_sorted(), "{why:?}");
}

#[test]
fn shd_05_a_post_through_the_shield_has_its_reason_and_no_object() {
    let shield = Action::SetShield {
        origin_id: "shop-media".into(),
        region: Some(Region::find("us-east-1").unwrap()),
    };
    let run = run([shield, send("paris", Method::Post, "/img/hero.jpg")]);
    let passes = seen(&run, 0, "POP passes");
    assert!(
        passes.told.say.iter().all(|sentence| !sentence.contains("object")),
        "{:?}",
        passes.told.say
    );
    let steps = Steps::of(run.journal());
    let labels: Vec<_> = steps.all().iter().map(|step| step.label(run.journal())).collect();
    let way = seen(&run, 0, "Skips REC");
    assert!(
        way.says("It passes the POST to the Origin Shield in N. Virginia, past"),
        "{:?}",
        way.told.say
    );
    let shield = seen(&run, 0, "Shield looks");
    assert!(shield.why().len() >= 2, "{:?}: {labels:?}", shield.why());
    assert!(shield.why()[0].contains("POST are never stored"), "{:?}", shield.why());
    assert!(
        shield.says("It passes the POST to the origin in N. Virginia."),
        "{:?}",
        shield.told.say
    );
    for label in ["Skips REC", "Shield looks", "At origin"] {
        let facts = seen(&run, 0, label).station("origin").facts.join(" ");
        assert!(!facts.contains("KB"), "{label}: {facts}");
    }
    let shown = seen(&run, 0, "Shown").station("origin").facts.join(" ");
    assert!(shown.contains("sent 405"), "{shown}");
}

#[test]
fn rev_01_a_span_that_passes_agrees_with_its_verb() {
    for (secs, title) in [
        (1, "1 s passes"),
        (2, "2 s pass"),
        (60, "1 min passes"),
        (90, "1 min 30 s pass"),
        (3_600, "1 h passes"),
        (86_400, "1 d passes"),
        (90_000, "1 d 1 h pass"),
    ] {
        let run = run([wait(secs)]);
        let steps = Steps::of(run.journal());
        let step = steps.all().last().unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        assert_eq!(plain(&told.title), title);
    }
}
