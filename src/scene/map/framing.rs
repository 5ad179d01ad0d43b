//! A look at a trip: what the camera frames, and what is written in the band then.

use super::apart::drawn_apart;
use super::camera::{Band, Camera, Framed};
use super::candidates;
use super::course::Course;
use super::fitting::{self, Choice};
use super::great_circle::{self, Line};
use super::labels::{self, Obstacles, Rect};
use super::lettering::{self, wanted};
use super::lines::{dense, seen_between};
use super::notes;
use super::places::{Places, Stop, StopAt, Way};
use super::projection::{Point, project};
use crate::network::Position;

/// Marks stand at least so far apart, in rem.
pub(super) const APART: f64 = 1.75;

/// Room beside a mark, above it, where the caption stands, too, and below it, in rem.
const SIDE: f64 = 9.0;
const ABOVE: f64 = 3.25;
const BELOW: f64 = 2.25;

/// On which side of the marks the camera leaves most room: a narrow band has none to give away on both, a low one has none
/// for a second line of labels above the highest mark or below the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lean {
    Even,
    Right,
    Left,
    Above,
    Below,
}

/// What a look may cost before another is tried: a figure or a second line is left away, a name has a line through it.
const TOO_DEAR: f64 = 60.0;

/// How much better another look has to be.
const LEANING: f64 = 12.0;

/// What it costs to leave away what a station is; its name, where another station has the same; its name, else.
const NO_ROLE: f64 = 60.0;
const NAMED_ALREADY: f64 = 180.0;
const NO_NAME: f64 = 600.0;

/// What it costs to leave away a place that happens to be in view: it is none of the trip's.
const NOT_ASKED: f64 = 50.0;

/// What it costs that a half of a way does not say where the other is.
const NO_RIM: f64 = 150.0;

/// What it costs that a mark lies under what is written at the edges: more than a name.
const UNDER_TEXT: f64 = 1000.0;

/// What is to be laid out.
pub(super) struct Trip<'a> {
    pub(super) places: &'a Places,
    pub(super) course: Course,
    pub(super) band: Band,
    pub(super) stops: Vec<StopAt>,
    pub(super) ways: Vec<(Way, Stop, Stop)>,
}

/// A framing of it, with its marks, its lines and what is written.
pub(super) struct Look {
    pub(super) camera: Camera,
    /// The marks of all stops, as they are drawn.
    pub(super) at: Vec<Point>,
    /// The lines of all ways.
    pub(super) lines: Vec<Line>,
    /// What is written at the rims of the sheet, where a way leaves it and where it comes back.
    pub(super) rims: Vec<(Way, String)>,
    /// The labels of all stops, after them the round trips of all ways, and what is written at the rims.
    pub(super) written: Vec<Choice>,
    /// What they cost.
    cost: f64,
}

impl<'a> Trip<'a> {
    pub(super) fn new(places: &'a Places, course: Course, band: Band) -> Self {
        Self { places, course, band, stops: places.stops(), ways: places.ways() }
    }

    /// The best look at it.
    pub(super) fn look(&self) -> Look {
        let mut best = self.seen(Lean::Even);
        for lean in [Lean::Below, Lean::Above, Lean::Right, Lean::Left] {
            if best.cost <= TOO_DEAR {
                break;
            }
            let other = self.seen(lean);
            if other.cost + LEANING < best.cost {
                best = other;
            }
        }
        best
    }

    fn position(&self, wanted: Stop) -> Position {
        let found = self.stops.iter().find(|(stop, ..)| *stop == wanted);
        found.map_or(Position { lat: 0.0, lon: 0.0 }, |(_, position, ..)| *position)
    }

    /// Whether a way may be seen in the course of the exchange.
    pub(super) fn is_seen(&self, way: Way) -> bool {
        way != Way::Past || self.course.is_past
    }

    fn seen(&self, lean: Lean) -> Look {
        let Self { places, course, band, stops, ways } = self;
        let band = *band;
        let lines: Vec<Line> = ways
            .iter()
            .map(|(_, from, to)| great_circle::between(self.position(*from), self.position(*to)))
            .collect();
        // The way past the caches is framed too, so that the camera stays where it is when it is taken.
        let is_framed =
            |(_, from, to): &(Way, Stop, Stop)| course.reaches(*from) && course.reaches(*to);
        let on_lines = lines.iter().zip(ways).filter(|(_, way)| is_framed(way));
        let framed: Vec<Framed> = on_lines
            .flat_map(|(line, _)| line.iter().flatten())
            .map(|at| Framed::bare(*at, 0.75 * band.rem))
            .chain(
                stops
                    .iter()
                    .filter(|(stop, ..)| course.reaches(*stop))
                    .map(|(_, position, ..)| framed(project(*position), band, lean)),
            )
            .collect();
        let camera = Camera::framing(&framed, band);
        let at: Vec<Point> = stops.iter().map(|stop| camera.see(project(stop.1))).collect();
        let at = drawn_apart(&at, APART * band.rem);
        let end = |wanted: Stop| {
            stops
                .iter()
                .position(|(stop, ..)| *stop == wanted)
                .map_or_else(Point::default, |index| at[index])
        };
        let lines: Vec<Line> = lines
            .iter()
            .zip(ways)
            .map(|(line, (_, from, to))| seen_between(line, camera, end(*from), end(*to)))
            .collect();
        let points: Vec<Vec<Point>> = lines.iter().map(dense).collect();
        let others = |except: Option<Way>| self.points(&points, except);
        let texts = lettering::of_trip(band);
        let rings: Vec<Point> =
            candidates::others(places, camera).into_iter().map(|(_, at)| at).collect();
        let all = others(None);
        let obstacles = Obstacles { band, marks: &at, rings: &rings, lines: &all, texts: &texts };
        let labels = (0..stops.len()).map(|index| self.labels(index, &obstacles));
        let notes = ways.iter().zip(&lines).map(|((way, ..), line)| {
            // Of a way that is cut in two the longer half has its round trip.
            let points = longest(line);
            let lines = others(Some(*way));
            let around = notes::Around { band, marks: &at, lines: &lines, texts: &texts };
            if self.is_seen(*way) {
                notes::choices(&points, &around)
            } else {
                vec![Choice::nothing(0.0)]
            }
        });
        let rims = self.rims(&lines);
        let at_rims = rims.iter().map(|(_, text, end)| {
            let mut choices = vec![Choice::nothing(NO_RIM)];
            labels::choose(wanted(*end, text, "", band), &obstacles, 0.0, false, &mut choices);
            choices
        });
        let (written, cost) = fitting::fit(&labels.chain(notes).chain(at_rims).collect::<Vec<_>>());
        let rims = rims.into_iter().map(|(way, text, _)| (way, text)).collect();
        let asked = stops.iter().zip(&at).filter(|((stop, ..), _)| course.reaches(*stop));
        let under = asked.filter(|(_, at)| labels::is_under(**at, &obstacles)).count();
        Look { camera, at, lines, rims, written, cost: cost + UNDER_TEXT * under as f64 }
    }

    /// What ties the two halves of a way that is cut at the rims of the sheet: the end where it leads to, and where it comes
    /// from. A way past the caches runs over the same sea as the one that is then not taken, and has it alone.
    fn rims(&self, lines: &[Line]) -> Vec<(Way, String, Point)> {
        let name = |wanted: Stop| {
            let stop = self.stops.iter().find(|(stop, ..)| *stop == wanted);
            stop.map_or("", |(_, _, name, _)| *name)
        };
        let mut rims = Vec::new();
        for ((way, from, to), line) in self.ways.iter().zip(lines) {
            let is_taken = (*way == Way::Past) == self.course.is_past;
            let is_asked = self.course.reaches(*from) && self.course.reaches(*to);
            let [before, after] = &line[..] else { continue };
            if let Some((leaves, comes)) = before.last().zip(after.first())
                && is_taken
                && is_asked
            {
                rims.push((*way, format!("to {}", name(*to)), *leaves));
                rims.push((*way, format!("from {}", name(*from)), *comes));
            }
        }
        rims
    }

    /// The points of all lines that may be seen, but for those of one.
    pub(super) fn points(&self, points: &[Vec<Point>], except: Option<Way>) -> Vec<Point> {
        let ways = self.ways.iter().zip(points);
        ways.filter(|((way, ..), _)| self.is_seen(*way) && Some(*way) != except)
            .flat_map(|(_, points)| points.iter().copied())
            .collect()
    }

    /// How a stop may be labelled: with its town and what it is, with its town alone, or not.
    fn labels(&self, index: usize, obstacles: &Obstacles<'_>) -> Vec<Choice> {
        let (stop, _, name, role) = &self.stops[index];
        let (at, band) = (obstacles.marks[index], self.band);
        let is_asked = self.course.reaches(*stop);
        let is_named = self.stops[..index].iter().any(|(_, _, other, _)| other == name);
        let left_away = match () {
            () if !is_asked => NOT_ASKED,
            () if is_named => NAMED_ALREADY,
            () => NO_NAME,
        };
        let mut choices = vec![Choice::nothing(left_away)];
        let is_clear =
            Rect::around(at, band.rem, band.rem).is_in(band) && !labels::is_under(at, obstacles);
        if is_asked || is_clear {
            labels::choose(wanted(at, name, role, band), obstacles, 0.0, true, &mut choices);
            labels::choose(wanted(at, name, "", band), obstacles, NO_ROLE, false, &mut choices);
        }
        choices
    }
}

/// The points of the longest piece of a line.
fn longest(line: &Line) -> Vec<Point> {
    let pieces = line.iter().map(|piece| dense(&vec![piece.clone()]));
    pieces.fold(
        Vec::new(),
        |longest, piece| if piece.len() > longest.len() { piece } else { longest },
    )
}

/// A mark with room for its label; a narrow or low band gives some of it away.
fn framed(at: Point, band: Band, lean: Lean) -> Framed {
    let side = |part: f64| (SIDE * band.rem).min(band.width * part);
    let over = |room: f64, part: f64| (room * band.rem).min(band.height * part);
    let (left, right) = match lean {
        Lean::Right => (side(0.1), side(0.36)),
        Lean::Left => (side(0.36), side(0.1)),
        _ => (side(0.2), side(0.2)),
    };
    let above = if lean == Lean::Above { over(2.0 * ABOVE, 0.4) } else { over(ABOVE, 0.28) };
    let below = if lean == Lean::Below { over(2.0 * BELOW, 0.36) } else { over(BELOW, 0.2) };
    Framed { at, left, right, above, below }
}
