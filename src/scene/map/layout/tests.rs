#![allow(clippy::unwrap_used)]
use super::super::framing::APART;
use super::*;
use crate::network::{City, PriceClass, Region, nearest};
use crate::scene::map::Farthest;

pub(in crate::scene::map) fn places(city: City, origin: &str) -> Places {
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

/// Wherever the viewer is: what lies west of another station by more than the eye could miss is drawn west of it, and so on
/// round. Auckland was drawn west of Sydney, and London east of Paris.
#[test]
fn marks_that_are_drawn_apart_keep_their_direction_from_each_other() {
    let mut wrong = Vec::new();
    for band in bands() {
        for origin in ["us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1"] {
            for city in City::all() {
                let layout = of(&places(city, origin), band);
                for (index, pin) in layout.pins.iter().enumerate() {
                    let place = |pin: &Pin| layout.camera.see(project(pin.meant.position()));
                    for other in &layout.pins[..index] {
                        let (from, to) = (place(other), place(pin));
                        let (x, y) = (pin.at.x - other.at.x, pin.at.y - other.at.y);
                        let along = (to.x - from.x) * x + (to.y - from.y) * y;
                        let (true_gap, gap) = (from.distance(to), pin.at.distance(other.at));
                        // Half the direction at least: not more than 60 degrees off.
                        if true_gap > 4.0 && along < 0.5 * true_gap * gap {
                            let (stop, other) = (pin.stop, other.stop);
                            wrong.push(format!(
                                "{city}, {origin}, {}: {stop:?} from {other:?}",
                                band.width
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

/// The trip's own marks keep clear of the sentence and of the key: the origin's lay under the sentence on a projector.
#[test]
fn no_station_stands_under_the_sentence_or_the_key() {
    let mut wrong = Vec::new();
    let near = Course { farthest: Farthest::Rec, is_past: false };
    for (_, band) in super::crossings::bands() {
        for origin in ["us-east-1", "ap-southeast-2"] {
            for (city, course) in City::all().flat_map(|city| [(city, Course::OPEN), (city, near)])
            {
                let layout = Layout::of(&places(city, origin), course, band);
                for pin in &layout.pins {
                    let half = 0.5625 * band.rem;
                    let mark = Rect::around(pin.at, half, half);
                    if lettering::of_trip(band).iter().any(|text| text.overlap(mark) > 0.0) {
                        let stop = pin.stop;
                        wrong.push(format!("{city}, {origin}, {course:?}, {band:?}: {stop:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn three_places_in_one_town_stand_in_a_row_towards_the_fourth() {
    let layout = of(&places(city("Frankfurt"), "us-east-1"), bands()[0]);
    let [viewer, pop, rec] = [0, 1, 2].map(|index| layout.pins[index].at);
    assert!(viewer.x > pop.x && pop.x > rec.x, "N. Virginia lies in the west");
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
                    ways += usize::from(band.has_words());
                    let Some(note) = &arc.note else {
                        without.extend(
                            band.has_words()
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
                assert!(noted > 0 || !band.has_words(), "{city}, {origin}, {band:?}");
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

/// Over the Pacific a way leaves the sheet at one rim and comes back at the other: both ends say where it goes on.
#[test]
fn the_two_halves_of_a_way_over_the_pacific_name_each_other() {
    for (town, from) in [("Tokyo", "Tokyo"), ("Sydney", "Sydney"), ("Auckland", "Sydney")] {
        for band in bands().into_iter().chain(super::crossings::bands().map(|(_, band)| band)) {
            let layout = of(&places(city(town), "us-east-1"), band);
            let arc = layout.arc(Way::ToOrigin).unwrap();
            let texts: Vec<&str> = arc.rims.iter().map(|rim| rim.text.as_str()).collect();
            assert_eq!(texts, ["to N. Virginia", &format!("from {from}")], "{town}, {band:?}");
            for rim in &arc.rims {
                let mut names = layout.pins.iter().filter_map(|pin| pin.label);
                assert!(names.all(|name| name.rect.overlap(rim.label.rect) == 0.0));
                assert!(rim.label.rect.is_in(band), "{town}, {band:?}: {rim:?}");
            }
            // The figure stands on the longer half, so the shorter is no stub below it.
            let note = notes::rect(arc.note.as_ref().unwrap().at, band);
            let halves: Vec<&str> = arc.path.split('M').skip(1).collect();
            let [asian, american] = halves[..] else { panic!("{}", arc.path) };
            let shorter = if asian.len() < american.len() { asian } else { american };
            let is_off = |point: &str| {
                let (x, y) = point.split_once(' ').unwrap();
                !note.contains(Point { x: x.parse().unwrap(), y: y.parse().unwrap() })
            };
            assert!(shorter.split('L').all(is_off), "{town}, {band:?}");
        }
    }
    let over_the_atlantic = of(&places(city("Paris"), "us-east-1"), bands()[0]);
    assert!(over_the_atlantic.arcs.iter().all(|arc| arc.rims.is_empty()));
}
