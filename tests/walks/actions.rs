//! What the actions of a walk do beside sending.

use std::time::Duration;

use edgewalk::distribution::{PathPattern, TtlBounds};
use edgewalk::edge::Decision;
use edgewalk::network::{Region, advised_shield};
use edgewalk::origin::Object;
use edgewalk::scene::{Scene, episode};
use edgewalk::simulation::{Action, Event, What};

use crate::common::{act, get, run, wait};
use crate::{reached, x_cache};

#[test]
fn start_with_empty_caches_makes_every_request_a_miss_and_off_again_does_not() {
    let mut run = run([get("paris", "/app.js"), Action::StartEmpty { on: true }]);
    for _ in 0..2 {
        assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Miss from cloudfront");
    }
    act(&mut run, Action::StartEmpty { on: false });
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
}

#[test]
fn refused_actions_change_nothing() {
    let mut run = run([get("paris", "/app.js")]);
    let (actions, events) = (run.walk().actions.len(), run.journal().len());
    let refused = [
        Action::SetPopCapacity { bytes: 0 },
        Action::Publish { path: "/nowhere".into() },
        Action::Wait { span: Duration::ZERO },
        Action::SetDynamic { pattern: PathPattern::new("/x"), on: true },
        Action::Resize { path: "/app.js".into(), size_bytes: Object::MOST_BYTES + 1 },
        Action::Resize { path: "/nowhere".into(), size_bytes: 1 },
        // OR-07: nothing can be an Origin Shield where no regional edge cache stands.
        Action::SetShield {
            origin_id: "shop-media".into(),
            region: Region::find("eu-west-3").ok(),
        },
        Action::SetShield { origin_id: "nobody".into(), region: None },
        ttl("/x", 0, 0, 0),
        ttl("*", 2, 1, 3), // TTL-26
        ttl("*", 1, 3, 2),
    ];
    for action in refused {
        let message = run.act(action, events).unwrap_err().to_string();
        assert!(!message.is_empty());
        assert_eq!((run.walk().actions.len(), run.journal().len()), (actions, events));
    }
    assert!(
        run.act(Action::SetOriginRegion { region: Region::find("eu-west-1").unwrap() }, events)
            .is_ok()
    );
}

#[test]
fn the_clock_of_a_walk_is_spoken_of_in_words() {
    let run = run([get("paris", "/app.js"), wait(7_500)]);
    let scene =
        edgewalk::scene::Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    let steps = edgewalk::scene::Steps::of(run.journal());
    let episode = edgewalk::scene::Episode::around(&steps, run.journal().len());
    assert_eq!(episode::clock(&scene, None, &episode).0, "2\u{a0}h\u{a0}5\u{a0}min");
}

fn ttl(pattern: &str, min: u64, default: u64, max: u64) -> Action {
    Action::SetTtl { pattern: PathPattern::new(pattern), ttl: TtlBounds { min, default, max } }
}

/// The lifetimes that are given in these events, in seconds.
fn lifetimes(events: &[Event]) -> Vec<u64> {
    let stored = events.iter().filter_map(|event| match &event.what {
        What::Decided(Decision::Stored { lifetime, .. }) => Some(lifetime.secs),
        _ => None,
    });
    stored.collect()
}

#[test]
fn ttl_01_28_other_ttls_hold_for_what_is_fetched_from_then_on() {
    let mut run = run([]);
    let before = act(&mut run, get("paris", "/img/hero.jpg"));
    assert_eq!(lifetimes(&before), [86_400, 86_400], "max-age of the origin");
    act(&mut run, ttl("*", 0, 600, 7_200));
    let hit = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(reached(&hit).next().is_none(), "TTL-28: what is stored stays");
    let cut = act(&mut run, get("paris", "/app.js"));
    assert_eq!(lifetimes(&cut), [7_200, 7_200], "TTL-01");
    // REC-05: under an hour a request counts as dynamic.
    act(&mut run, ttl("*", 0, 60, 600));
    let dynamic = act(&mut run, get("paris", "/style.css"));
    assert_eq!(lifetimes(&dynamic), [600], "the POP alone keeps it");
}

#[test]
fn an_object_of_another_size_is_another_version() {
    let mut run = run([]);
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, Action::Resize { path: "/app.js".into(), size_bytes: 1_234 });
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert_eq!(scene.size_of(&run.walk().scenario, "/app.js"), Some(1_234));
    let still = x_cache(&mut run, get("paris", "/app.js"));
    assert_eq!(still, "Hit from cloudfront", "FLOW-09: no cache hears of it");
    act(&mut run, Action::StartEmpty { on: true });
    let events = act(&mut run, get("paris", "/app.js"));
    let bytes = events.iter().find_map(|event| match &event.what {
        What::Replied { response, .. } => Some(response.body.length),
        _ => None,
    });
    assert_eq!(bytes, Some(1_234));
}

#[test]
fn or_08_a_shield_is_advised_where_the_guide_says() {
    let advised = |code: &str| advised_shield(Region::find(code).unwrap()).code();
    let reference = include_str!("../../docs/reference/distribution.md");
    let row = reference.lines().find(|line| line.starts_with("| OR-08 |")).unwrap();
    let pairs = row.split(['|', '\u{b7}']).filter_map(|pair| pair.trim().split_once('\u{2192}'));
    let pairs: Vec<_> = pairs.collect();
    assert_eq!(pairs.len(), 8, "{row}");
    for (here, there) in pairs {
        assert_eq!(advised(here), there, "{here}");
    }
    assert_eq!(advised("us-east-1"), "us-east-1", "where there is one, it is that");
    assert!(Region::all().all(|region| advised_shield(region).has_shield()));
    assert_eq!(Region::all().filter(|region| region.has_shield()).count(), 13, "VER-16");
}
