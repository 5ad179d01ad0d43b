//! What takes a stored response away by itself: eviction, and its size.

use edgewalk::edge::{Decision, NotStored};
use edgewalk::http::Status;
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Event, Place, Run, What};

use crate::common::{act, get, last_shown, run, wait};
use crate::{at_rec, decisions, with_ttl, x_cache};

const HIT: &str = "Hit from cloudfront";
const MISS: &str = "Miss from cloudfront";
const REFRESH_HIT: &str = "RefreshHit from cloudfront";

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
fn evi_11_what_is_too_large_for_a_pop_is_kept_by_the_rec_and_pushes_nothing_out() {
    let mut run = run([get("paris", "/app.js")]);
    let events = act(&mut run, get("paris", "/video/tour.mp4"));
    let too_large = |decision: &&&Decision| {
        matches!(decision, Decision::NotStored { why: NotStored::TooLarge { .. } })
    };
    assert_eq!(decisions(&events).iter().filter(too_large).count(), 1);
    assert_eq!(evicted(&events), []);
    assert_eq!(
        x_cache(&mut run, get("paris", "/video/tour.mp4")),
        "Hit from cloudfront",
        "from the REC"
    );
}

/// The evictions among some events: where, what and whether it was still fresh.
fn evicted(events: &[Event]) -> Vec<(Place, String, bool)> {
    let eviction = |event: &Event| match &event.what {
        What::Decided(Decision::Evicted { key, was_fresh, .. }) => {
            Some((event.place, key.path().to_owned(), *was_fresh))
        }
        _ => None,
    };
    events.iter().filter_map(eviction).collect()
}

#[test]
fn evi_01_06_what_is_fresh_goes_too_at_both_tiers_whatever_the_minimum_ttl() {
    let a_day = edgewalk::distribution::TtlBounds { min: 86_400, default: 86_400, max: 864_000 };
    let mut run = with_ttl(1, a_day);
    // POPs of 450,000 bytes, RECs of ten times that.
    act(&mut run, Action::SetPopCapacity { bytes: 450_000 });
    let first = "/img/hero.jpg";
    act(&mut run, get("paris", first));
    let gone = evicted(&act(&mut run, get("paris", "/img/sale.jpg")));
    let [(Place::Pop(_), path, true)] = &gone[..] else { panic!("EVI-01, EVI-06: {gone:?}") };
    assert_eq!(path, first);
    let holds = |run: &Run, is_rec: bool| {
        run.world().tiers().any(|(place, tier)| {
            matches!(place, Place::Rec(_)) == is_rec
                && tier.store().iter().any(|(key, _)| key.path() == first)
        })
    };
    assert!(holds(&run, true) && !holds(&run, false), "EVI-02");
    for path in ["/press/kit.zip", "/docs/catalogue.pdf", "/video/clip.mp4", "/docs/sizes.pdf"] {
        act(&mut run, get("paris", path));
    }
    assert!(!holds(&run, true), "EVI-01: from the regional edge cache in its turn");
    let fresh = evicted(run.journal().events());
    assert!(fresh.iter().all(|(.., was_fresh)| *was_fresh), "EVI-06: within a day, all of it");
    assert_eq!(x_cache(&mut run, get("paris", first)), MISS, "EVI-01");
}

#[test]
fn evi_02_05_the_rec_has_ten_times_the_room_and_keeps_longer() {
    let mut run = run([Action::SetPopCapacity { bytes: 450_000 }]);
    act(&mut run, get("paris", "/img/hero.jpg"));
    act(&mut run, get("paris", "/img/sale.jpg"));
    for (place, tier) in run.world().tiers() {
        let (room, held) =
            if matches!(place, Place::Rec(_)) { (4_500_000, 2) } else { (450_000, 1) };
        assert_eq!((tier.store().capacity_bytes(), tier.store().len()), (room, held), "EVI-05");
    }
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "EVI-02");
    assert_eq!(last_shown(run.journal()).0, HIT, "EVI-02");
}

#[test]
fn evi_03_what_was_evicted_cannot_stand_in_for_a_failing_origin() {
    let unreachable = Action::SetHealth {
        origin_id: "shop-media".to_owned(),
        health: Health::Failing(Status(503)),
    };
    let mut kept = run([get("paris", "/feed.xml"), wait(40), unreachable.clone()]);
    let stale = x_cache(&mut kept, get("paris", "/feed.xml"));
    assert_eq!(
        (stale.as_str(), last_shown(kept.journal()).1.status.0),
        (REFRESH_HIT, 200),
        "EVI-04"
    );
    let small = Action::SetPopCapacity { bytes: 1_000 };
    let mut evicted = run([get("paris", "/feed.xml"), wait(40), small, unreachable]);
    let error = x_cache(&mut evicted, get("paris", "/feed.xml"));
    assert_eq!(error, "Error from cloudfront", "EVI-03");
    assert_eq!(last_shown(evicted.journal()).1.status.0, 503, "EVI-03");
}

#[test]
fn evi_04_what_is_expired_and_asked_for_outlives_what_is_fresh_and_is_not() {
    let mut run = run([
        Action::SetPopCapacity { bytes: 300_000 },
        get("paris", "/feed.xml"),
        get("paris", "/app.js"),
        wait(40),
    ]);
    assert_eq!(
        x_cache(&mut run, get("paris", "/feed.xml")),
        REFRESH_HIT,
        "EVI-04: kept to be asked about"
    );
    let gone = evicted(&act(&mut run, get("paris", "/img/map.png")));
    let [(Place::Pop(_), path, true)] = &gone[..] else { panic!("{gone:?}") };
    assert_eq!(path, "/app.js", "EVI-04, EVI-05");
    act(&mut run, wait(40));
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), REFRESH_HIT, "EVI-04");
}
