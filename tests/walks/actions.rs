//! What the actions of a walk do beside sending.

use std::time::Duration;

use edgewalk::network::Region;
use edgewalk::scene::strip;
use edgewalk::simulation::Action;

use crate::common::{act, get, run, wait};
use crate::x_cache;

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
        Action::SetDynamic { pattern: edgewalk::distribution::PathPattern::new("/x"), on: true },
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
    assert_eq!(strip::clock(&scene, None, &episode).0, "2 h 5 min");
}
