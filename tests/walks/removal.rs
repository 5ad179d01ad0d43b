//! What takes a stored response away: invalidation, eviction, its size.

use std::time::Duration;

use edgewalk::edge::{Decision, NotStored};
use edgewalk::simulation::{Action, Event, Place, Run, What};

use crate::common::{act, get, invalidate, run};
use crate::{at_rec, decisions, x_cache};

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
    assert_eq!(events.last().and_then(removed), Some(3), "INV-37");
    assert_eq!(x_cache(&mut run, get("paris", "/img/hero.jpg")), "Miss from cloudfront", "INV-31");
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
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
fn evi_01_flow_10_a_class_sees_an_eviction_within_ten_requests() {
    let paths = [
        "/img/hero.jpg",
        "/img/sale.jpg",
        "/img/team.jpg",
        "/img/map.png",
        "/img/products/tent.jpg",
        "/docs/sizes.pdf",
    ];
    let mut run = run([]);
    let mut evicted = Vec::new();
    for path in paths {
        let events = act(&mut run, get("paris", path));
        evicted.extend(
            events
                .into_iter()
                .filter(|event| matches!(event.what, What::Decided(Decision::Evicted { .. }))),
        );
    }
    assert_eq!(evicted.len(), 1, "2 MB hold five of the six");
    assert!(matches!(evicted[0].place, Place::Pop(_)), "the REC has ten times the room");
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(
        at_rec(&events) > 0 && !events.iter().any(|event| matches!(event.place, Place::Origin(_))),
        "FLOW-10"
    );
}

#[test]
fn evi_01_a_hit_moves_an_object_to_the_front_and_so_saves_it() {
    let mut run = run([
        get("paris", "/img/hero.jpg"),
        get("paris", "/app.js"),
        get("paris", "/img/hero.jpg"),
    ]);
    let front = |run: &Run| {
        let (_, pop) =
            run.world().tiers().find(|(place, _)| matches!(place, Place::Pop(_))).unwrap();
        pop.store().iter().map(|(key, _)| key.file_name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(front(&run), ["hero.jpg", "app.js"]);
    act(&mut run, Action::SetPopCapacity { bytes: 500_000 });
    assert_eq!(front(&run), ["hero.jpg"], "app.js was used least recently");
}

#[test]
fn what_is_too_large_for_a_pop_is_kept_by_the_rec() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/video/tour.mp4"));
    let too_large = |decision: &&&Decision| {
        matches!(decision, Decision::NotStored { why: NotStored::TooLarge { .. } })
    };
    assert_eq!(decisions(&events).iter().filter(too_large).count(), 1);
    assert_eq!(
        x_cache(&mut run, get("paris", "/video/tour.mp4")),
        "Hit from cloudfront",
        "from the REC"
    );
}
