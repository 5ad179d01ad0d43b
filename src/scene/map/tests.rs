//! What the map says of whole walks.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::http::{Method, Request, Target};
use crate::network::City;
use crate::scene::path::Plan;
use crate::scene::step::Hop;
use crate::scene::{Scene, Steps};
use crate::simulation::{Action, ExchangeId, Run, built_in_scenario};

fn send(run: &mut Run, method: Method, city: &str) -> ExchangeId {
    let target = Target::parse("/img/hero.jpg").unwrap();
    let request = Request::new(method, target, std::sync::Arc::default());
    let city = City::find(city).unwrap();
    let end = run.journal().len();
    run.act(Action::Send { city, request: request.into() }, end).unwrap();
    run.journal().events()[end..].iter().find_map(|event| event.exchange).unwrap()
}

/// The map at the step of an exchange in which the name is looked up.
fn at_dns(run: &Run, exchange: ExchangeId) -> MapPicture {
    let steps = Steps::of(run.journal());
    let is_it =
        |step: &&crate::scene::Step| step.hop == Hop::Dns && step.exchange == Some(exchange);
    let step = steps.all().iter().find(is_it).unwrap();
    let scenario = &run.walk().scenario;
    let scene = Scene::at(scenario, run.journal(), step.end);
    let plan = Plan::of(scene.trip.as_ref().unwrap().city);
    let path = PathPicture::of(scenario, &scene, Some(step), plan, "/img/hero.jpg");
    MapPicture::of(&path, &scene, scene.trip.as_ref(), true)
}

#[test]
fn dns_09_all_candidates_are_told_by_one_measure_and_the_shortest_is_the_first() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let first = send(&mut run, Method::Get, "Addis Ababa");
    let picture = at_dns(&run, first);
    let said: Vec<&str> = picture.candidates.iter().map(|it| it.text.as_str()).collect();
    // From the resolver in Addis Ababa: 1,161 km to Nairobi at 1.33 times that and 200,000 km/s are 15.4 ms there and back,
    // 2 ms are the equipment's. The viewer's own round trip, 26 ms, has a last mile of 8 ms besides and decides nothing.
    assert_eq!(
        said,
        ["NBO 18\u{a0}ms", "JED 21\u{a0}ms", "DOH 32\u{a0}ms", "BAH 32\u{a0}ms", "CAI 35\u{a0}ms"]
    );
    assert!(picture.caption.starts_with("Round trips from the viewer's resolver"));
}

#[test]
fn dns_23_an_answer_that_is_still_known_weighs_nothing() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    send(&mut run, Method::Get, "Addis Ababa");
    let second = send(&mut run, Method::Get, "Addis Ababa");
    let picture = at_dns(&run, second);
    assert_eq!(picture.candidates, []);
    assert_eq!(picture.caption, "Round trips in milliseconds");
}

#[test]
fn the_course_of_an_exchange_is_known_from_the_whole_of_it() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let miss = send(&mut run, Method::Get, "Addis Ababa");
    let hit = send(&mut run, Method::Get, "Addis Ababa");
    // Riyadh is served from Manama, which stands before the same regional edge cache as Nairobi.
    let hit_behind = send(&mut run, Method::Get, "Riyadh");
    let post = send(&mut run, Method::Post, "Addis Ababa");
    let course = |exchanges: &[ExchangeId]| Course::of(run.journal(), exchanges);
    let through = Course { farthest: Farthest::Origin, is_past: false };
    let near = Course { farthest: Farthest::Rec, is_past: false };
    assert_eq!(course(&[miss]), through);
    assert_eq!(course(&[hit]), near);
    assert_eq!(course(&[hit_behind]), near);
    assert_eq!(course(&[hit, miss]), through, "together they go as far as the farthest");
    assert_eq!(course(&[post]), Course { farthest: Farthest::Origin, is_past: true });
}
