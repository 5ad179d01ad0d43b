//! Where everything of one trip lies in the band: a calculation that depends on the places and on the band alone, not on
//! how far the request has come.

use super::apart::drawn_apart;
use super::camera::{Band, Camera, Framed};
use super::great_circle::{self, Line};
use super::labels::{self, Obstacles, Rect, Spot, Wanted};
use super::places::{Places, Stop, Way};
use super::projection::{Point, project};
use crate::network::{Pop, Position, Region, nearest};
use crate::scene::units;

/// A mark with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// Which station.
    pub stop: Stop,
    /// Where its mark stands. Marks of places close to each other are drawn apart.
    pub at: Point,
    /// The town; nothing where it is named already and there is no room to say so again.
    pub name: &'static str,
    /// What it is; nothing where there is no room for it.
    pub role: String,
    /// Where the label stands.
    pub label: Spot,
}

/// A great circle between two marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// Which way.
    pub way: Way,
    /// Its line, as an SVG path in pixels of the band.
    pub path: String,
    /// Where its round trip stands, by its middle; none where the way is too short for that.
    pub note: Option<Point>,
}

/// An edge location that the DNS weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CandidatePin {
    /// Which one.
    pub pop: Pop,
    /// Where its mark stands.
    pub at: Point,
    /// Where its code and its round trip stand; none where they would lie on something.
    pub label: Option<Spot>,
}

/// The whole map of one trip.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// What part of the world is seen.
    pub camera: Camera,
    /// Viewer, edge location, regional edge cache, Origin Shield and origin, as far as there are.
    pub pins: Vec<Pin>,
    /// The ways between them.
    pub arcs: Vec<Arc>,
    /// The edge locations that the DNS weighs for the viewer, but for the one it takes.
    pub candidates: Vec<CandidatePin>,
    /// All Regions, each a small diamond: an SVG path in pixels of the band.
    pub regions: String,
}

/// Marks stand at least so far apart, in rem.
const APART: f64 = 1.75;

/// Room beside a mark, above it, where the caption stands, too, and below it, in rem.
const SIDE: f64 = 9.0;
const ABOVE: f64 = 3.25;
const BELOW: f64 = 2.25;

/// A band lower than this, in rem, is low.
const LOW: f64 = 9.5;

/// A way that is seen shorter than this, in rem, has no room for its round trip.
const NOTED: f64 = 3.0;

/// Half the width of a Region's diamond, in rem.
const REGION: f64 = 0.23;

/// How large a letter is on average, as a part of the root's font size, for the two lines of a label.
const NAME_LETTER: f64 = 0.545;
const ROLE_LETTER: f64 = 0.43;
const LABEL_HEIGHT: f64 = 2.15;
const TOWN_HEIGHT: f64 = 1.2;

impl Layout {
    /// The map of these places in a band. Where there is no room for what each place is, the towns alone are named, each
    /// once: the shapes of the marks have to say the rest.
    pub fn of(places: &Places, band: Band) -> Self {
        Self::with(places, &[], band)
    }

    /// The same, with further positions in view.
    pub fn with(places: &Places, also: &[Position], band: Band) -> Self {
        let whole = Self::labelled(places, also, band, true);
        if whole.is_clear(band) { whole } else { Self::labelled(places, also, band, false) }
    }

    /// Whether all labels are in the band and none lies on another.
    fn is_clear(&self, band: Band) -> bool {
        let rects: Vec<Rect> = self.pins.iter().map(|pin| pin.label.rect).collect();
        rects.iter().enumerate().all(|(index, rect)| {
            rect.is_in(band) && rects[..index].iter().all(|other| rect.overlap(*other) == 0.0)
        })
    }

    fn labelled(places: &Places, also: &[Position], band: Band, with_roles: bool) -> Self {
        let mut stops = places.stops();
        if !with_roles {
            let mut named: Vec<&str> = Vec::new();
            for (_, _, name, role) in &mut stops {
                role.clear();
                if named.contains(name) {
                    *name = "";
                } else {
                    named.push(name);
                }
            }
        }
        let ways = places.ways();
        let lines: Vec<Line> = ways
            .iter()
            .map(|(_, from, to)| {
                great_circle::between(position(&stops, *from), position(&stops, *to))
            })
            .collect();
        // The way past the caches is framed too, so that the camera stays where it is when it is taken.
        let bare = 0.75 * band.rem;
        let on_lines = lines.iter().flatten().flatten();
        let framed: Vec<Framed> = on_lines
            .map(|at| Framed { at: *at, side: bare, above: bare, below: bare })
            .chain(
                stops
                    .iter()
                    .map(|stop| stop.1)
                    .chain(also.iter().copied())
                    .map(|position| framed(project(position), band)),
            )
            .collect();
        let camera = Camera::framing(&framed, band);
        let seen = stops.iter().map(|stop| camera.see(project(stop.1)));
        let at = drawn_apart(seen.collect(), APART * band.rem);
        let end = |wanted: Stop| {
            stops
                .iter()
                .position(|(stop, ..)| *stop == wanted)
                .map_or_else(Point::default, |index| at[index])
        };
        let seen: Vec<Line> = lines
            .iter()
            .zip(&ways)
            .map(|(line, (_, from, to))| seen_between(line, camera, end(*from), end(*to)))
            .collect();
        let label = |index: usize| {
            let (_, _, name, role) = &stops[index];
            let letters = |text: &str, letter: f64| text.chars().count() as f64 * letter;
            let width = letters(name, NAME_LETTER).max(letters(role, ROLE_LETTER)) * band.rem;
            let height = match () {
                () if name.is_empty() => 0.0,
                () if role.is_empty() => TOWN_HEIGHT,
                () => LABEL_HEIGHT,
            };
            Wanted { mark: at[index], width, height: height * band.rem }
        };
        let labels: Vec<Wanted> = (0..stops.len()).map(label).collect();
        let on_lines: Vec<Point> = seen.iter().flat_map(dense).collect();
        let texts = [caption(band), key(band)];
        let obstacles = Obstacles { band, marks: &at, lines: &on_lines, texts: &texts };
        let spots = labels::place(&labels, &obstacles);
        let standing: Vec<Rect> =
            texts.iter().copied().chain(spots.iter().map(|spot| spot.rect)).collect();
        let candidates = candidates(places, camera, band, &at, &standing);
        let mut taken = standing;
        let arcs = seen
            .iter()
            .zip(&ways)
            .map(|(line, (way, ..))| {
                let note = note_at(line, band, &at, &taken);
                // The way past the caches is never seen together with the ways through them.
                if let Some(note) = note.filter(|_| *way != Way::Past) {
                    taken.push(note_rect(note, band));
                }
                Arc { way: *way, path: path(line), note }
            })
            .collect();
        let pins = stops
            .into_iter()
            .zip(at.iter().zip(spots))
            .map(|((stop, _, name, role), (at, label))| Pin { stop, at: *at, name, role, label })
            .collect();
        Self { camera, pins, arcs, candidates, regions: regions(camera, band) }
    }

    /// The arc of a way, if there is one.
    pub fn arc(&self, way: Way) -> Option<&Arc> {
        self.arcs.iter().find(|arc| arc.way == way)
    }
}

/// Labels for the other candidates of the viewer's city, clear of those of the trip.
fn candidates(
    places: &Places,
    camera: Camera,
    band: Band,
    marks: &[Point],
    texts: &[Rect],
) -> Vec<CandidatePin> {
    let others = nearest::candidates(places.city).into_iter().map(|candidate| candidate.pop);
    let pops: Vec<Pop> = others.filter(|pop| *pop != places.pop).collect();
    let seen = |pop: &Pop| camera.see(project(pop.position()));
    let marks: Vec<Point> = marks.iter().copied().chain(pops.iter().map(seen)).collect();
    let mut texts = texts.to_vec();
    let mut pins = Vec::new();
    for pop in pops {
        let at = seen(&pop);
        let wanted = Wanted { mark: at, width: 4.75 * band.rem, height: 1.1 * band.rem };
        let obstacles = Obstacles { band, marks: &marks, lines: &[], texts: &texts };
        let label = labels::place(&[wanted], &obstacles)
            .pop()
            .filter(|spot| labels::is_free(spot.rect, at, &obstacles));
        texts.extend(label.map(|spot| spot.rect));
        pins.push(CandidatePin { pop, at, label });
    }
    pins
}

fn position(stops: &[(Stop, Position, &'static str, String)], wanted: Stop) -> Position {
    let found = stops.iter().find(|(stop, ..)| *stop == wanted);
    found.map_or(Position { lat: 0.0, lon: 0.0 }, |(_, position, ..)| *position)
}

/// A mark with room for its label; a narrow or low band gives some of it away.
fn framed(at: Point, band: Band) -> Framed {
    Framed {
        at,
        side: (SIDE * band.rem).min(band.width * 0.2),
        above: (ABOVE * band.rem).min(band.height * 0.28),
        below: (BELOW * band.rem).min(band.height * 0.2),
    }
}

/// The caption at the upper left, and the key below it: labels keep clear of them.
fn caption(band: Band) -> Rect {
    // A low band has no room for the sentence beside the word "Map".
    let letters = if band.height < LOW * band.rem { 5.0 } else { 27.0 };
    let width = (letters * band.rem).min(band.width * 0.6);
    Rect { left: 0.0, top: 0.0, width, height: 2.0 * band.rem }
}

fn key(band: Band) -> Rect {
    let height = 2.0 * band.rem;
    Rect { left: 0.0, top: band.height - height, width: 10.0 * band.rem, height }
}

/// A line of the sheet as the camera sees it, from mark to mark: marks that were drawn apart bend it a little.
fn seen_between(line: &Line, camera: Camera, from: Point, to: Point) -> Line {
    let mut seen: Line =
        line.iter().map(|part| part.iter().map(|point| camera.see(*point)).collect()).collect();
    let ends = (
        seen.first().and_then(|part| part.first()).copied(),
        seen.last().and_then(|part| part.last()).copied(),
    );
    let (Some(start), Some(end)) = ends else { return seen };
    let count = seen.iter().map(Vec::len).sum::<usize>().max(2) - 1;
    let (shift_start, shift_end) = (
        Point { x: from.x - start.x, y: from.y - start.y },
        Point { x: to.x - end.x, y: to.y - end.y },
    );
    for (index, point) in seen.iter_mut().flatten().enumerate() {
        let part = index as f64 / count as f64;
        point.x += shift_start.x * (1.0 - part) + shift_end.x * part;
        point.y += shift_start.y * (1.0 - part) + shift_end.y * part;
    }
    seen
}

/// Points on a line at most six pixels apart.
fn dense(line: &Line) -> Vec<Point> {
    let mut points = Vec::new();
    for pair in line.iter().flat_map(|part| part.windows(2)) {
        let pieces = (pair[0].distance(pair[1]) / 6.0) as usize + 1;
        points.extend(
            (0..pieces).map(|index| between(pair[0], pair[1], index as f64 / pieces as f64)),
        );
    }
    points
}

fn between(a: Point, b: Point, part: f64) -> Point {
    Point { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}

fn note_rect(middle: Point, band: Band) -> Rect {
    let (width, height) = (3.6 * band.rem, 1.35 * band.rem);
    Rect { left: middle.x - width / 2.0, top: middle.y - height / 2.0, width, height }
}

/// Where a round trip stands: on its line as near to the middle as is free, beside a line that is too short for it.
fn note_at(line: &Line, band: Band, marks: &[Point], taken: &[Rect]) -> Option<Point> {
    let points = dense(line);
    let last = points.len().checked_sub(1)?;
    let length: f64 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    if length < NOTED * band.rem {
        return None;
    }
    let shift = 2.4 * band.rem;
    let mut best = (f64::MAX, points[last / 2]);
    for part in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
        let on_line = points[(last as f64 * part) as usize];
        for (x, y, dislike) in
            [(0.0, 0.0, 0.0), (1.0, 0.0, 8.0), (-1.0, 0.0, 8.0), (0.0, 0.6, 9.0), (0.0, -0.6, 9.0)]
        {
            let middle = Point { x: on_line.x + x * shift, y: on_line.y + y * shift };
            let cost = labels::note_cost(note_rect(middle, band), band, marks, taken)
                + dislike
                + (part - 0.5_f64).abs() * 10.0;
            if cost < best.0 {
                best = (cost, middle);
            }
        }
    }
    Some(best.1)
}

/// A diamond around each Region.
fn regions(camera: Camera, band: Band) -> String {
    let size = units::decimal(REGION * band.rem);
    let diamond = |region: Region| {
        let at = camera.see(project(region.position()));
        let (x, y) = (units::decimal(at.x - REGION * band.rem), units::decimal(at.y));
        format!("M{x} {y}l{size} -{size}l{size} {size}l-{size} {size}z")
    };
    Region::all().map(diamond).collect()
}

/// A line as an SVG path.
fn path(line: &Line) -> String {
    let mut path = String::new();
    for part in line {
        for (index, point) in part.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            path.push_str(&units::decimal(point.x));
            path.push(' ');
            path.push_str(&units::decimal(point.y));
        }
    }
    path
}

#[cfg(test)]
mod tests;
