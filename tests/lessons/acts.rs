//! What each walk does, and that this bears out what its sentences say.

use edgewalk::edge::Found;
use edgewalk::network::{City, Pop, best, nearest_rec};
use edgewalk::simulation::{Action, Event, Place, Run, WalkFile, What};

use crate::common::{get, last_shown};
use crate::{lesson, opened, through};

/// The actions of a walk in the words of its file.
fn acts(name: &str) -> Vec<String> {
    let file = WalkFile { lesson: (*lesson(name)).clone(), step: None };
    let file: serde_json::Value = serde_json::from_str(&file.write()).unwrap();
    let words = |act: &serde_json::Value| {
        let words = act["do"].as_array().or_else(|| act.as_array()).unwrap();
        words.iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" ")
    };
    file["actions"].as_array().unwrap().iter().map(words).collect()
}

#[test]
fn each_walk_does_what_it_speaks_of() {
    let (addis, riyadh) = ("GET addis-ababa", "GET riyadh");
    let hero = "/img/hero.jpg";
    let table: [(&str, Vec<String>); 8] = [
        ("first-visit", vec![format!("{addis} {hero}")]),
        (
            "second-visit",
            vec![format!("{addis} {hero}"), "wait 30".into(), format!("{addis} {hero}")],
        ),
        ("another-city", vec![format!("{addis} {hero}"), format!("{riyadh} {hero}")]),
        (
            "pushed-out",
            vec![
                format!("{addis} {hero}"),
                format!("{addis} /app.js"),
                format!("{addis} /docs/catalogue.pdf"),
                format!("{addis} {hero}"),
            ],
        ),
        ("dynamic", vec![format!("{addis} /api/orders"), format!("{addis} /api/orders")]),
        (
            "post",
            vec![
                "method POST".into(),
                "POST addis-ababa /api/cart content=64 Content-Type: application/json".into(),
            ],
        ),
        (
            "same-region",
            vec![
                "same-region on addis-ababa".into(),
                format!("{addis} {hero}"),
                format!("{riyadh} {hero}"),
            ],
        ),
        (
            "invalidation",
            vec![
                format!("{addis} {hero}"),
                format!("publish {hero}"),
                format!("{addis} {hero}"),
                "invalidate /img/*".into(),
                format!("{addis} {hero}"),
            ],
        ),
    ];
    for (name, expected) in table {
        assert_eq!(acts(name), expected, "{name}");
    }
}

/// The events of one exchange.
fn exchange(run: &Run, id: u32) -> Vec<Event> {
    let events = run.journal().events().iter();
    events.filter(|event| event.exchange.is_some_and(|of| of.0 == id)).cloned().collect()
}

/// From the first event of an exchange to the viewer's last byte, in microseconds.
fn micros(events: &[Event]) -> u128 {
    events.last().unwrap().at.since(events[0].at).as_micros()
}

fn pop(events: &[Event]) -> Option<Pop> {
    events.iter().find_map(|event| match event.place {
        Place::Pop(pop) => Some(pop),
        _ => None,
    })
}

#[test]
fn the_second_dynamic_request_is_quicker_since_its_connections_are_open() {
    let run = opened("dynamic");
    let [first, second] = [0, 1].map(|id| exchange(&run, id));
    assert!(micros(&second) < micros(&first));
    let handshakes = |events: &[Event]| -> usize {
        let is_one = |event: &&Event| match &event.what {
            What::Connected { .. } | What::Secured { .. } => true,
            What::Reached { leg, .. } => !leg.handshake.is_zero(),
            _ => false,
        };
        events.iter().filter(is_one).count()
    };
    assert_eq!((handshakes(&first), handshakes(&second)), (3, 0), "TCP, TLS, to the origin");
}

#[test]
fn the_post_brings_its_content_to_the_application() {
    let events = exchange(&opened("post"), 0);
    let reached = events.iter().find_map(|event| match &event.what {
        What::Reached { request, .. } => Some(request.clone()),
        _ => None,
    });
    let reached = reached.unwrap();
    let told = (reached.content_length, reached.fields.get("Content-Type"));
    assert_eq!(told, (64, Some("application/json")));
}

#[test]
fn the_bucket_in_the_same_region_is_asked_by_two_edge_locations() {
    let run = opened("same-region");
    let home = nearest_rec(best(City::find("addis-ababa").unwrap())).region();
    let both = [0, 1].map(|id| exchange(&run, id));
    for events in &both {
        let asked = events.iter().find(|event| matches!(event.what, What::Reached { .. })).unwrap();
        assert_eq!(asked.place, Place::Origin(home), "REC-06");
    }
    assert_ne!(pop(&both[0]), pop(&both[1]));
}

#[test]
fn the_star_of_the_invalidation_removes_all_pictures_and_nothing_else() {
    let mut walk = lesson("invalidation").walk();
    let before = ["/img/sale.jpg", "/app.js"].map(|path| edgewalk::simulation::TimedAction {
        at: edgewalk::time::SimTime::ZERO,
        action: get("addis-ababa", path),
    });
    walk.actions.splice(0..0, before);
    let mut run = through(&walk);
    let mut x_cache = |action: Action| {
        run.act(action, run.journal().len()).unwrap();
        last_shown(run.journal()).0
    };
    assert_eq!(x_cache(get("addis-ababa", "/img/sale.jpg")), "Miss from cloudfront", "INV-06");
    assert_eq!(x_cache(get("addis-ababa", "/app.js")), "Hit from cloudfront", "INV-06");
}

#[test]
fn the_new_picture_goes_to_a_viewer_whose_edge_location_had_the_old_one() {
    let run = opened("invalidation");
    let [first, last] = [0, 2].map(|id| exchange(&run, id));
    assert_eq!(pop(&first), pop(&last));
    let is_absent = |event: &&Event| match &event.what {
        What::Decided(edgewalk::edge::Decision::LookedUp { found, .. }) => *found == Found::Absent,
        _ => false,
    };
    assert_eq!(last.iter().filter(is_absent).count(), 2, "INV-30: gone from both tiers");
}
