#![allow(clippy::unwrap_used)]
use super::super::framing::APART;
use super::super::lettering::has_words;
use super::*;
use crate::network::{City, PriceClass, Region, nearest};
use crate::scene::map::Farthest;

pub(super) fn places(city: City, origin: &str) -> Places {
    let pop = nearest::best(city);
    let origin = Region::find(origin).unwrap();
    Places {
        city,
        pop,
        rec: nearest::nearest_rec(pop),
        shield: None,
        origin,
        next: None,
        class: PriceClass::All,
        seen_from: city.resolver_city(),
    }
}

fn of(places: &Places, band: Band) -> Layout {
    Layout::of(places, Course::OPEN, band)
}

fn city(name: &str) -> City {
    City::find(name).unwrap()
}

/// A wide screen, a projector, a low screen, a tablet and a phone.
fn bands() -> [Band; 5] {
    [
        (785.0, 264.0, 16.0),
        (1250.0, 300.0, 20.0),
        (690.0, 120.0, 16.0),
        (820.0, 264.0, 16.0),
        (390.0, 216.0, 16.0),
    ]
    .map(|(width, height, rem)| Band::new(width, height, rem).unwrap())
}

/// Every city that a viewer can be in, with origins on four continents, on every kind of screen: each mark and each
/// label is in the band, and marks are apart.
#[test]
fn wherever_the_viewer_is_everything_is_seen_and_marks_are_apart() {
    let mut wrong = Vec::new();
    for band in bands() {
        for origin in ["us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1"] {
            for city in City::all() {
                let layout = of(&places(city, origin), band);
                for (index, pin) in layout.pins.iter().enumerate() {
                    let mark = Rect { left: pin.at.x, top: pin.at.y, width: 0.0, height: 0.0 };
                    let is_seen =
                        mark.is_in(band) && pin.label.is_none_or(|label| label.rect.is_in(band));
                    let is_clear = layout.pins[..index]
                        .iter()
                        .all(|other| pin.at.distance(other.at) > APART * band.rem * 0.9);
                    if !(is_seen && is_clear) {
                        wrong.push(format!("{city}, {origin}, {}: {:?}", band.width, pin.stop));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

#[test]
fn three_places_in_one_town_stand_in_a_row_in_their_order() {
    let layout = of(&places(city("Frankfurt"), "us-east-1"), bands()[0]);
    let [viewer, pop, rec] = [0, 1, 2].map(|index| layout.pins[index].at);
    assert!(viewer.x < pop.x && pop.x < rec.x);
    assert!((viewer.y - rec.y).abs() < 1.0);
    let note = |way| layout.arc(way).unwrap().note.clone().unwrap();
    assert!(note(Way::ViewerPop).leader.is_some(), "there is no room between two marks in a row");
    assert_eq!(note(Way::ToOrigin).leader, None);
}

#[test]
fn the_way_past_the_caches_does_not_move_the_camera_and_a_next_viewer_does() {
    let here = places(city("Addis Ababa"), "us-east-1");
    let there = Places { next: Some(city("Sydney")), ..here };
    let [before, after] = [here, there].map(|places| of(&places, bands()[0]));
    assert_ne!(before.camera, after.camera);
    assert_eq!(after.pins.last().unwrap().stop, Stop::Next);
    assert_eq!(before.arcs.len(), 4);
}

#[test]
fn without_room_every_town_is_named_and_every_mark_stays() {
    let small = Band::new(330.0, 90.0, 16.0).unwrap();
    let low = of(&places(city("Frankfurt"), "us-east-1"), small);
    assert_eq!(low.pins.len(), 4);
    let is_named = |town: &str| low.pins.iter().any(|pin| pin.name == town && pin.label.is_some());
    assert!(is_named("Frankfurt") && is_named("N. Virginia"), "{:?}", low.pins);
    assert!(low.pins.iter().any(|pin| !pin.has_role), "there is no room for all: {:?}", low.pins);
    assert!(low.pins.iter().all(|pin| !pin.has_role || pin.label.is_some()));
}

#[test]
fn no_candidate_is_labelled_over_anything_else() {
    let mut labelled = 0;
    for band in bands() {
        for city in City::all() {
            let layout = of(&places(city, "us-east-1"), band);
            let mut rects: Vec<Rect> =
                layout.pins.iter().filter_map(|pin| pin.label).map(|label| label.rect).collect();
            for label in layout.candidates.iter().filter_map(|pin| pin.label) {
                labelled += 1;
                let is_clear = rects.iter().all(|rect| rect.overlap(label.rect) == 0.0);
                assert!(is_clear && label.rect.is_in(band), "{city}, {band:?}: {label:?}");
                rects.push(label.rect);
            }
        }
    }
    assert!(labelled > 900, "{labelled}: hardly any is labelled");
}

#[test]
fn candidates_are_those_of_the_dns_but_for_the_one_it_takes() {
    let layout = of(&places(city("Addis Ababa"), "us-east-1"), bands()[0]);
    let codes: Vec<&str> = layout.candidates.iter().map(|pin| pin.pop.code()).collect();
    assert_eq!(codes, ["JED", "DOH", "BAH", "CAI"]);
}

/// Where a sentence says that round trips are in milliseconds there is one at least, and hardly any way is without.
#[test]
fn ways_have_their_round_trips_and_no_figure_lies_on_anything() {
    let (mut ways, mut without) = (0, Vec::new());
    for band in bands() {
        for origin in ["us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1"] {
            for city in City::all() {
                let layout = of(&places(city, origin), band);
                let mut rects: Vec<Rect> = layout
                    .pins
                    .iter()
                    .filter_map(|pin| pin.label)
                    .map(|label| label.rect)
                    .collect();
                let mut noted = 0;
                for arc in layout.arcs.iter().filter(|arc| arc.way != Way::Past) {
                    ways += usize::from(has_words(band));
                    let Some(note) = &arc.note else {
                        without.extend(
                            has_words(band)
                                .then(|| format!("{city}, {origin}, {band:?} {:?}", arc.way)),
                        );
                        continue;
                    };
                    noted += 1;
                    let rect = notes::rect(note.at, band);
                    let is_clear = rects.iter().all(|other| rect.overlap(*other) == 0.0);
                    assert!(is_clear && rect.is_in(band), "{city}, {origin}, {band:?}: {note:?}");
                    assert!(layout.pins.iter().all(|pin| !rect.contains(pin.at)));
                    rects.push(rect);
                }
                assert!(noted > 0 || !has_words(band), "{city}, {origin}, {band:?}");
            }
        }
    }
    assert!(ways > 4000 && without.len() * 100 < ways, "{} of {ways}: {without:#?}", without.len());
}

#[test]
fn what_is_not_asked_does_not_keep_the_camera_far() {
    let band = bands()[0];
    let riyadh = places(city("Riyadh"), "us-east-1");
    let near = Course { farthest: Farthest::Rec, is_past: false };
    let [whole, hit] = [Course::OPEN, near].map(|course| Layout::of(&riyadh, course, band));
    assert!(hit.camera.scale > 2.0 * whole.camera.scale, "{:?}", hit.camera);
    assert!(hit.pins.iter().all(|pin| pin.stop != Stop::Origin), "N. Virginia is out of view");
    assert_eq!(hit.pins.len(), 3);
    // An origin that happens to lie beside is shown all the same.
    let gulf = places(city("Riyadh"), "me-south-1");
    let hit = Layout::of(&gulf, near, band);
    assert!(hit.pins.iter().any(|pin| pin.stop == Stop::Origin), "{:?}", hit.pins);
}

#[test]
fn the_one_that_the_dns_takes_is_told_before_any_other() {
    let mut low = 0;
    for band in bands().into_iter().chain(Band::new(330.0, 90.0, 16.0)) {
        for city in City::all() {
            let places = places(city, "us-east-1");
            let layout = of(&places, band);
            let pop = layout.pins.iter().find(|pin| pin.stop == Stop::Pop).unwrap();
            if pop.has_role {
                assert!(layout.candidates.iter().all(|pin| pin.pop != places.pop));
            } else {
                low += 1;
                let taken = layout.candidates[0];
                assert_eq!((taken.pop, taken.mark), (places.pop, None));
                let others = layout.candidates[1..].iter().filter(|pin| pin.label.is_some());
                assert!(taken.label.is_some() || others.count() == 0, "{city}, {band:?}");
            }
        }
    }
    assert!(low > 20, "{low}: the rule is idle");
}
