//! What comes of each walk at each tier, and how another city, method or lifetime changes it.

use edgewalk::edge::{Bypass, Decision, Found, NotStored, Route};
use edgewalk::http::{Method, Request};
use edgewalk::network::{City, best, nearest_rec};
use edgewalk::simulation::{Action, Event, Journal, Place, Run, What, lessons};

use crate::common::wait;
use crate::{lesson, opened, through};

/// What each exchange came to, tier by tier, as in `POP miss, REC hit` or `POP past the REC (proxy method), origin`.
fn outcomes(journal: &Journal) -> Vec<String> {
    let last = journal.events().iter().filter_map(|event| event.exchange).max();
    let exchanges = last.map_or(0, |last| last.0 + 1);
    let of = |id: u32| {
        journal.events().iter().filter(move |event| event.exchange.is_some_and(|of| of.0 == id))
    };
    (0..exchanges).map(|id| of(id).filter_map(outcome).collect::<Vec<_>>().join(", ")).collect()
}

fn outcome(event: &Event) -> Option<String> {
    let tier = match event.place {
        Place::Pop(_) => "POP",
        Place::Rec(_) => "REC",
        _ => "",
    };
    match &event.what {
        What::Decided(Decision::LookedUp { found, .. }) => Some(match found {
            Found::Absent => format!("{tier} miss"),
            Found::Fresh { .. } => format!("{tier} hit"),
            Found::Stale { .. } => format!("{tier} stale"),
            other => format!("{tier} {other:?}"),
        }),
        What::Decided(Decision::NotLookedUp(NotStored::Method(method))) => {
            Some(format!("{tier} does not look for a {method}"))
        }
        What::Decided(Decision::NotLookedUp(NotStored::CachingDisabled)) => {
            Some(format!("{tier} keeps none"))
        }
        What::Decided(Decision::Forwarded { route: Route::PastRec(why), .. }) => Some(match why {
            Bypass::SameRegion { .. } => "past the REC (same Region)".to_owned(),
            Bypass::ProxyMethod(method) => format!("past the REC ({method})"),
            Bypass::CachingDisabled => "past the REC (dynamic)".to_owned(),
            Bypass::ShortMaxTtl { .. } => "past the REC (short lifetime)".to_owned(),
        }),
        What::Decided(Decision::Evicted { key, .. }) => {
            Some(format!("{tier} evicts {}", key.file_name()))
        }
        What::Decided(Decision::Stored { .. }) => Some(format!("{tier} keeps")),
        What::Replied { response, .. } => Some(format!("origin {}", response.status.0)),
        _ => None,
    }
}

const COLD: &str = "POP miss, REC miss, origin 200, REC keeps, POP keeps";
const REC_HIT: &str = "POP miss, REC hit, POP keeps";
const POP_HIT: &str = "POP hit";
const DYNAMIC: &str = "POP keeps none, past the REC (dynamic), origin 200";
const SAME_REGION: &str = "POP miss, past the REC (same Region), origin 200, POP keeps";

#[test]
fn each_walk_shows_what_its_title_says() {
    let table: [(&str, &[&str]); 8] = [
        ("first-visit", &[COLD]),
        ("second-visit", &[COLD, POP_HIT]),
        ("another-city", &[COLD, REC_HIT]),
        (
            "pushed-out",
            &[
                COLD,
                COLD,
                "POP miss, REC miss, origin 200, REC keeps, POP evicts hero.jpg, POP keeps",
                "POP miss, REC hit, POP evicts app.js, POP keeps",
            ],
        ),
        ("dynamic", &[DYNAMIC, DYNAMIC]),
        ("post", &["POP does not look for a POST, past the REC (POST), origin 201"]),
        ("same-region", &[SAME_REGION, SAME_REGION]),
        ("invalidation", &[COLD, POP_HIT, COLD]),
    ];
    let names: Vec<&str> = lessons::all().map(|lesson| lesson.name.unwrap().text).collect();
    assert_eq!(names, table.map(|(name, _)| name), "the table has each of them, in their order");
    for (name, expected) in table {
        assert_eq!(outcomes(opened(name).journal()), expected, "{name}");
    }
}

/// The walk with its actions changed.
fn varied(name: &str, change: impl Fn(usize, &Action) -> Vec<Action>) -> Run {
    let mut walk = lesson(name).walk();
    let timed =
        |action| edgewalk::simulation::TimedAction { at: edgewalk::time::SimTime::ZERO, action };
    let changed = walk.actions.iter().enumerate().flat_map(|(index, of)| change(index, &of.action));
    walk.actions = changed.map(timed).collect();
    through(&walk)
}

/// The walk with one of its requests changed.
fn with_request(
    name: &str,
    which: usize,
    change: fn(City, Request) -> (City, Request),
) -> Vec<String> {
    let changed = |index, action: &Action| match action {
        Action::Send { city, request } if index == which => {
            let (city, request) = change(*city, (**request).clone());
            vec![Action::Send { city, request: request.into() }]
        }
        other => vec![other.clone()],
    };
    outcomes(varied(name, changed).journal())
}

fn from(city: &str, request: Request) -> (City, Request) {
    (City::find(city).unwrap(), request)
}

/// The walk with so many seconds between one action and the next.
fn later(name: &str, before: usize, secs: u64) -> Vec<String> {
    let changed = |index, action: &Action| {
        let first = (index == before).then(|| wait(secs));
        first.into_iter().chain([action.clone()]).collect()
    };
    outcomes(varied(name, changed).journal())
}

#[test]
fn another_city_changes_who_can_answer() {
    let rec = |city: &str| nearest_rec(best(City::find(city).unwrap()));
    let pop = |city: &str| best(City::find(city).unwrap());
    // FLOW-12: what the cities of the walks have in common, and Paris has not.
    assert!(rec("addis-ababa") == rec("riyadh") && pop("addis-ababa") != pop("riyadh"));
    assert_ne!(rec("paris"), rec("riyadh"));

    let second = |city| with_request("second-visit", 2, city);
    assert_eq!(second(|_, request| from("riyadh", request)), [COLD, REC_HIT], "its REC has it");
    assert_eq!(
        second(|_, request| from("paris", request)),
        [COLD, COLD],
        "no tier of its own has it"
    );
    let another = |city| with_request("another-city", 1, city);
    assert_eq!(another(|_, request| from("addis-ababa", request)), [COLD, POP_HIT]);
    assert_eq!(another(|_, request| from("paris", request)), [COLD, COLD]);
    let last = with_request("pushed-out", 3, |_, request| from("riyadh", request));
    assert_eq!(last[3], REC_HIT, "another POP has nothing to push out");
    let last = with_request("invalidation", 4, |_, request| from("riyadh", request));
    assert_eq!(last[2], COLD, "INV-30: the REC that both share was emptied, too");
    let last = with_request("same-region", 2, |_, request| from("paris", request));
    assert_eq!(last[1], SAME_REGION, "the bucket follows the viewer while the switch is on");
}

#[test]
fn another_method_changes_the_way() {
    fn with(method: Method) -> impl Fn(City, Request) -> (City, Request) {
        move |city, request| (city, Request { method, ..request })
    }
    let post = with_request("second-visit", 2, |city, request| with(Method::Post)(city, request));
    let refused = "POP does not look for a POST, past the REC (POST), origin 405";
    assert_eq!(post[1], refused, "REC-01; a bucket takes no POST for an object");
    let head = with_request("second-visit", 2, |city, request| with(Method::Head)(city, request));
    assert_eq!(head[1], POP_HIT, "MET-06: a stored GET answers a HEAD");
    let get = with_request("post", 1, |city, request| {
        with(Method::Get)(city, Request { content_length: 0, ..request })
    });
    assert_eq!(get, [DYNAMIC], "a GET for /api/* is dynamic, and no longer a proxy method");
    let put = with_request("dynamic", 1, |city, request| with(Method::Put)(city, request));
    assert_eq!(put[1], "POP does not look for a PUT, past the REC (PUT), origin 200");
}

#[test]
fn another_lifetime_changes_whether_a_copy_is_good() {
    // /img/hero.jpg has max-age=86400 and was stored at both tiers within the first two seconds.
    assert_eq!(
        later("second-visit", 2, 86_300),
        [COLD, POP_HIT],
        "30 s more are still within the day"
    );
    let [_, stale] = &later("second-visit", 2, 86_400)[..] else { panic!() };
    assert_eq!(stale, "POP stale, REC stale, origin 304, REC keeps, POP keeps", "TTL-07, REV-01");
    let [_, stale] = &later("another-city", 1, 86_400)[..] else { panic!() };
    assert_eq!(stale, "POP miss, REC stale, origin 304, REC keeps, POP keeps");
    // /feed.xml has max-age=30: the half minute of the walk is already too long for it.
    let feed = |index: usize, action: &Action| match action {
        Action::Send { city, request } => {
            let target = edgewalk::http::Target::parse("/feed.xml").unwrap();
            let request = Request { target, ..(**request).clone() };
            vec![Action::Send { city: *city, request: request.into() }]
        }
        other => vec![other.clone(); usize::from(index > 0)],
    };
    let of_feed = outcomes(varied("second-visit", feed).journal());
    assert_eq!(of_feed[1], "POP stale, REC stale, origin 304, REC keeps, POP keeps");
    // A behavior that keeps nothing has no lifetime at all.
    let dynamic = |index: usize, action: &Action| {
        let pattern = edgewalk::distribution::PathPattern::new("*");
        let first = (index == 0).then_some(Action::SetDynamic { pattern, on: true });
        first.into_iter().chain([action.clone()]).collect()
    };
    assert_eq!(outcomes(varied("second-visit", dynamic).journal()), [DYNAMIC, DYNAMIC]);
}

#[test]
fn evi_01_with_more_room_nothing_is_pushed_out() {
    let roomy = |index: usize, action: &Action| {
        let first = (index == 0).then_some(Action::SetPopCapacity { bytes: 4_000_000 });
        first.into_iter().chain([action.clone()]).collect()
    };
    assert_eq!(outcomes(varied("pushed-out", roomy).journal()), [COLD, COLD, COLD, POP_HIT]);
}

#[test]
fn inv_38_the_invalidation_reaches_the_rec_first_and_the_pop_within_seconds() {
    let run = opened("invalidation");
    let removed = run.journal().events().iter().filter_map(|event| match &event.what {
        What::Decided(Decision::Invalidated { removed, .. }) => {
            Some((event.place, removed.len(), event.at))
        }
        _ => None,
    });
    let [(first, one, at_rec), (second, other, at_pop)] = removed.collect::<Vec<_>>()[..] else {
        panic!()
    };
    assert!(matches!((first, second), (Place::Rec(_), Place::Pop(_))), "{first:?}, {second:?}");
    assert_eq!((one, other), (1, 1), "one picture each");
    assert!((1..=5).contains(&(at_pop - at_rec).as_secs()), "INV-36: from one to five seconds");
    let shown: Vec<u32> = run
        .journal()
        .events()
        .iter()
        .filter_map(|event| match &event.what {
            What::Shown { response, .. } => Some(response.body.version),
            _ => None,
        })
        .collect();
    assert_eq!(shown, [1, 1, 2], "the old picture until it was invalidated");
}
