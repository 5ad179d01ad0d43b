//! What no walk brings about, since its actions turn no file of an origin into a page that fails.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use crate::edge::{Decision, Ending, Kept};
use crate::http::{Method, Request, Status, Target};
use crate::network::City;
use crate::origin::{Health, Kind, Object, Site};
use crate::simulation::{Action, Journal, Place, What, World, built_in_scenario};

const PATH: &str = "/index.html";

fn get(city: &str) -> Action {
    let request =
        Request::new(Method::Get, Target::parse(PATH).unwrap(), std::sync::Arc::default());
    Action::Send { city: City::find(city).unwrap(), request: request.into() }
}

/// What comes of a request from this city, once Paris has had the file, it has become stale, and a page of 503 stands in
/// its place that breaks off: how the answer ended, its length, and what the POP kept.
fn with_a_broken_error(before: Option<Action>, city: &str) -> (Ending, u64, Option<Kept>) {
    let mut world = World::new(built_in_scenario().into()).unwrap();
    let mut journal = Journal::default();
    let wait = Action::Wait { span: Duration::from_secs(400) };
    for action in before.into_iter().chain([get("paris"), wait]) {
        world.act(&action, &mut journal).unwrap();
    }
    let file = world.site.get(PATH).unwrap().clone();
    world.site = Site::new([Object { kind: Kind::Fails(Status(503)), ..file }]);
    let breaks_off =
        Action::SetHealth { origin_id: "shop-media".into(), health: Health::BreaksOff };
    world.act(&breaks_off, &mut journal).unwrap();
    let start = journal.len();
    world.act(&get(city), &mut journal).unwrap();
    let (mut shown, mut kept_by_pop) = (None, None);
    for event in &journal.events()[start..] {
        match &event.what {
            What::Shown { ending, response, .. } => shown = Some((*ending, response.body.length)),
            What::Decided(Decision::Stored { kept, .. })
                if matches!(event.place, Place::Pop(_)) =>
            {
                kept_by_pop = Some(*kept);
            }
            _ => {}
        }
    }
    let (ending, length) = shown.unwrap();
    (ending, length, kept_by_pop)
}

#[test]
fn err_31_xfer_05_a_copy_that_stands_in_goes_down_whole_though_the_error_breaks_off() {
    let whole = built_in_scenario().site.get(PATH).unwrap().size_bytes;
    let through_rec = |city| with_a_broken_error(None, city);
    assert_eq!(through_rec("paris"), (Ending::Complete, whole, Some(Kept::StandsIn)));
    // London's POP has none, and gets the copy of the REC that both share.
    assert_eq!(through_rec("london"), (Ending::Complete, whole, Some(Kept::Anew)));
    // REC-06: the POP asks the bucket itself.
    let city = City::find("paris").unwrap();
    let past_rec = with_a_broken_error(Some(Action::SetSameRegion { on: true, city }), "paris");
    assert_eq!(past_rec, (Ending::Complete, whole, Some(Kept::StandsIn)));
}
