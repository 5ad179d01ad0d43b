//! Wherever the viewer is: no name and no figure is struck through, and no leader leads to another's figure.
#![allow(clippy::unwrap_used)]

use super::tests::places;
use super::*;
use crate::network::{City, Region, nearest};
use crate::scene::map::Farthest;

/// The bands of the page: 1440x900, 1920x1080 and 1280x720 presented, 1280x720, a tablet and a phone (measured in Chromium).
pub(super) fn bands() -> [(&'static str, Band); 6] {
    [
        ("1440x900", 784.0, 257.0, 16.0),
        ("1920x1080 presented", 1260.0, 289.0, 24.0),
        ("1280x720 presented", 840.0, 192.0, 16.0),
        ("1280x720", 688.0, 133.0, 16.0),
        ("820", 820.0, 263.0, 16.0),
        ("390", 390.0, 215.0, 16.0),
    ]
    .map(|(name, width, height, rem)| (name, Band::new(width, height, rem).unwrap()))
}

/// A straight piece of a line.
type Piece = (Point, Point);

/// The pieces of a line, read from its SVG path.
fn pieces(path: &str) -> Vec<Piece> {
    let point = |text: &str| {
        let (x, y) = text.split_once(' ').unwrap();
        Point { x: x.parse().unwrap(), y: y.parse().unwrap() }
    };
    let parts = path.split('M').filter(|part| !part.is_empty());
    parts
        .flat_map(|part| {
            let points: Vec<Point> = part.split('L').map(point).collect();
            points.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        })
        .collect()
}

fn cross((a, b): Piece, (c, d): Piece) -> bool {
    let is_left =
        |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) > (q.y - p.y) * (r.x - p.x);
    is_left(a, b, c) != is_left(a, b, d) && is_left(c, d, a) != is_left(c, d, b)
}

/// Whether a line touches a box: it crosses one of its diagonals, or ends within it.
fn strikes(rect: Rect, line: &[Piece]) -> bool {
    let Rect { left, top, width, height } = rect;
    let at = |x: f64, y: f64| Point { x: left + x * width, y: top + y * height };
    let diagonals = [(at(0.0, 0.0), at(1.0, 1.0)), (at(1.0, 0.0), at(0.0, 1.0))];
    line.iter().any(|piece| {
        rect.contains(piece.0)
            || rect.contains(piece.1)
            || diagonals.iter().any(|it| cross(*it, *piece))
    })
}

/// What is wrong in a layout.
fn faults(layout: &Layout, course: Course, band: Band) -> Vec<String> {
    let mut faults = Vec::new();
    let names: Vec<(Stop, Rect)> =
        layout.pins.iter().filter_map(|pin| Some((pin.stop, pin.label?.rect))).collect();
    let arcs: Vec<(Way, Vec<Piece>)> = layout
        .arcs
        .iter()
        .filter(|arc| arc.way != Way::Past || course.is_past)
        .map(|arc| (arc.way, pieces(&arc.path)))
        .collect();
    let notes: Vec<(Way, Rect, Vec<Piece>)> = layout
        .arcs
        .iter()
        .filter_map(|arc| {
            let note = arc.note.as_ref()?;
            let leader = note.leader.as_deref().map_or_else(Vec::new, pieces);
            Some((arc.way, notes::rect(note.at, band), leader))
        })
        .collect();
    for (index, (stop, name)) in names.iter().enumerate() {
        for (way, arc) in &arcs {
            if strikes(*name, arc) {
                faults.push(format!("the arc {way:?} strikes the name of {stop:?}"));
            }
        }
        for pin in &layout.pins {
            let half = 0.75 * band.rem;
            if name.overlap(Rect::around(pin.at, half, half)) > 0.0 {
                faults.push(format!("the mark of {:?} lies on the name of {stop:?}", pin.stop));
            }
        }
        for (way, note, leader) in &notes {
            if name.overlap(*note) > 0.0 || strikes(*name, leader) {
                faults.push(format!("the figure of {way:?} strikes the name of {stop:?}"));
            }
        }
        for (other, rect) in &names[..index] {
            if name.overlap(*rect) > 0.0 {
                faults.push(format!("{stop:?} lies on {other:?}"));
            }
        }
    }
    for (index, (way, note, leader)) in notes.iter().enumerate() {
        for (other, rect, line) in &notes[..index] {
            let cross = leader.iter().any(|a| line.iter().any(|b| cross(*a, *b)));
            if cross || note.overlap(*rect) > 0.0 || strikes(*note, line) || strikes(*rect, leader)
            {
                faults.push(format!("the figures of {way:?} and {other:?} meet"));
            }
        }
    }
    faults
}

/// Where a place cannot be named clear of everything, and on how many screens: where a bypass of San Francisco is presented, Oregon
/// stands above the two marks of the town and below the sentence, and the arcs to it and past it leave both its sides.
const STRUCK: [(&str, usize); 1] = [("San Francisco", 4)];

/// Every city, without Origin Shield and with it, on every screen, for a miss, a hit and a bypass.
#[test]
fn nothing_that_is_written_is_struck_but_on_four_screens_and_hardly_anything_is_left_away() {
    const ORIGIN: &str = "us-east-1";
    let hit = Course { farthest: Farthest::Rec, is_past: false };
    let bypass = Course { is_past: true, ..Course::OPEN };
    let (mut screens, mut pins, mut roles, mut unnamed) = (0, 0, 0, 0);
    let mut struck: Vec<(&str, String)> = Vec::new();
    let shield = nearest::advised_shield(Region::find(ORIGIN).unwrap()).rec();
    for city in City::all() {
        let bare = places(city, ORIGIN);
        let shielded = Places { shield, ..bare };
        let both = [bare, shielded].into_iter().filter(|it| it.shield != Some(it.rec));
        for (places, course) in both.flat_map(|it| [Course::OPEN, hit, bypass].map(|way| (it, way)))
        {
            for (screen, band) in bands() {
                let layout = Layout::of(&places, course, band);
                screens += 1;
                pins += layout.pins.len();
                roles += layout.pins.iter().filter(|pin| pin.has_role).count();
                let is_named = |town: &str| {
                    layout.pins.iter().any(|pin| pin.name == town && pin.label.is_some())
                };
                unnamed += layout.pins.iter().filter(|pin| !is_named(pin.name)).count();
                let faults = faults(&layout, course, band);
                if !faults.is_empty() {
                    let shield = if places.shield.is_some() { "Shield" } else { "no Shield" };
                    let all = faults.join(", ");
                    struck.push((city.name(), format!("{course:?}, {shield}, {screen}: {all}")));
                }
            }
        }
    }
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for (city, _) in &struck {
        match counted.iter_mut().find(|(other, _)| other == city) {
            Some((_, count)) => *count += 1,
            None => counted.push((city, 1)),
        }
    }
    counted.sort_unstable();
    assert!(screens > 3_900 && struck.len() * 100 < screens, "{screens}: {struck:#?}");
    let most = |city: &str| STRUCK.iter().find(|(it, _)| *it == city).map_or(0, |(_, most)| *most);
    assert!(counted.iter().all(|(city, count)| *count <= most(city)), "{struck:#?}");
    assert_eq!(unnamed, 0, "every town has its name once at least");
    assert!(roles * 100 > pins * 95, "{roles} of {pins} labels say what the place is");
}

/// A round trip's leader ran through the next one's box: 49 ms seemed to be the way of 26 ms.
#[test]
fn each_way_of_the_first_walk_has_its_own_figure() {
    let addis = places(City::find("Addis Ababa").unwrap(), "us-east-1");
    for (screen, band) in bands() {
        let layout = Layout::of(&addis, Course::OPEN, band);
        assert_eq!(faults(&layout, Course::OPEN, band), [""; 0], "{screen}");
        let noted = layout.arcs.iter().filter(|arc| arc.note.is_some()).count();
        assert_eq!(noted, 3, "{screen}");
        assert!(layout.pins.iter().all(|pin| pin.has_role), "{screen}");
    }
}
