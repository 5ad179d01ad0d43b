//! Where everything of one trip lies in the band: a calculation that depends on the places, on how far the exchange goes and
//! on the band alone, not on how far the request has come.

use super::MapPicture;
use super::apart::drawn_apart;
use super::camera::{Band, Camera, Framed};
use super::candidates::{self, CandidatePin};
use super::course::Course;
use super::great_circle::{self, Line};
use super::labels::{self, Obstacles, Rect, Spot, Wanted};
use super::lines::{dense, path, seen_between};
use super::notes::{self, Note};
use super::places::{NEXT_VIEWER, Places, Stop, Way};
use super::projection::{Point, project};
use super::wave::{self, WavePin, WavePlace};
use crate::network::Position;

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
    /// Where its round trip stands; none where there is no room for it.
    pub note: Option<Note>,
}

/// The whole map of one trip.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// What part of the world is seen.
    pub camera: Camera,
    /// Viewer, edge location, regional edge cache, Origin Shield and origin, as far as there are and they are in view.
    pub pins: Vec<Pin>,
    /// The ways between them.
    pub arcs: Vec<Arc>,
    /// The edge locations that the DNS weighs for the viewer.
    pub candidates: Vec<CandidatePin>,
    /// The caches that an invalidation has to reach, where one is in view in place of the trip.
    pub wave: Vec<WavePin>,
}

/// Marks stand at least so far apart, in rem.
const APART: f64 = 1.75;

/// Room beside a mark, above it, where the caption stands, too, and below it, in rem.
const SIDE: f64 = 9.0;
const ABOVE: f64 = 3.25;
const BELOW: f64 = 2.25;

/// A band lower than this, or narrower, in rem, shows no sentence and no key.
const LOW: f64 = 9.5;
const NARROW: f64 = 37.5;

/// How large a letter is on average, as a part of the root's font size, for the two lines of a label.
const NAME_LETTER: f64 = 0.545;
const ROLE_LETTER: f64 = 0.43;
const LABEL_HEIGHT: f64 = 2.15;
const TOWN_HEIGHT: f64 = 1.2;

/// On which side of the marks the camera leaves most room: a narrow band has none to give away on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lean {
    Even,
    Right,
    Left,
}

/// What the labels of a framing may cost before another is tried: a name has a line through it, or a mark at it.
const TOO_DEAR: f64 = 60.0;

type StopAt = (Stop, Position, &'static str, String);

impl Layout {
    /// The map of these places in a band. Where there is no room for what each place is, the towns alone are named, each
    /// once: the shapes of the marks have to say the rest.
    pub fn of(places: &Places, course: Course, band: Band) -> Self {
        let whole = Self::labelled(places, course, band, true);
        if whole.is_clear(band) { whole } else { Self::labelled(places, course, band, false) }
    }

    /// The map of an invalidation: the caches that it has to reach, and where the next request comes from.
    pub fn of_wave(caches: &[WavePlace], places: &Places, band: Band) -> Self {
        let texts = [caption(band, WORD + REACHED), key(band)];
        let (camera, wave) = wave::layout(caches, places.next, band, &texts);
        // What the next request is sent from is marked where that is elsewhere, as on a trip.
        let written: Vec<Rect> =
            texts.into_iter().chain(wave.iter().map(|pin| pin.label.rect)).collect();
        let marks: Vec<Point> = wave.iter().map(|pin| pin.at).collect();
        let next = places.next.and_then(|city| {
            let at = camera.see(project(city.position()));
            let obstacles =
                Obstacles { band, marks: &marks, rings: &[], lines: &[], texts: &written };
            let (mut spots, _) =
                labels::place(&[wanted(at, city.name(), NEXT_VIEWER, band)], &obstacles);
            let role = NEXT_VIEWER.to_owned();
            Some(Pin { stop: Stop::Next, at, name: city.name(), role, label: spots.pop()? })
        });
        let pins = next.into_iter().collect();
        Self { camera, pins, arcs: Vec::new(), candidates: Vec::new(), wave }
    }

    /// What is written in the band while the map shows a picture: no small mark should lie under it.
    pub fn texts(&self, picture: &MapPicture, band: Band) -> Vec<Rect> {
        let weighs = !picture.candidates.is_empty();
        let pins = self.pins.iter().map(|pin| pin.label.rect);
        let notes = self.arcs.iter().filter(|_| !weighs).filter_map(|arc| arc.note.as_ref());
        let notes = notes.map(|note| notes::rect(note.at, band));
        let candidates = self.candidates.iter().filter(|_| weighs).filter_map(|pin| pin.label);
        let waves = self.wave.iter().filter(|pin| pin.has_room).map(|pin| pin.label);
        let labels = candidates.chain(waves).map(|spot| spot.rect);
        let letters = picture.caption.chars().count() as f64 * ROLE_LETTER;
        let said = caption(band, WORD + letters);
        pins.chain(notes).chain(labels).chain([said, key(band)]).collect()
    }

    /// Whether all labels are in the band and none lies on another.
    fn is_clear(&self, band: Band) -> bool {
        let rects: Vec<Rect> = self.pins.iter().map(|pin| pin.label.rect).collect();
        rects.iter().enumerate().all(|(index, rect)| {
            rect.is_in(band) && rects[..index].iter().all(|other| rect.overlap(*other) == 0.0)
        })
    }

    fn labelled(places: &Places, course: Course, band: Band, with_roles: bool) -> Self {
        let mut stops = places.stops();
        if !with_roles {
            name_once(&mut stops);
        }
        let trip = Trip { places, course, band, stops };
        let even = trip.seen(Lean::Even);
        let best = if even.cost <= TOO_DEAR {
            even
        } else {
            let least = |a: Seen, b: Seen| if b.cost + LEANING < a.cost { b } else { a };
            [Lean::Right, Lean::Left].into_iter().map(|lean| trip.seen(lean)).fold(even, least)
        };
        trip.layout(best)
    }

    /// The arc of a way, if there is one.
    pub fn arc(&self, way: Way) -> Option<&Arc> {
        self.arcs.iter().find(|arc| arc.way == way)
    }
}

/// How much better the labels have to be for a camera that leans.
const LEANING: f64 = 12.0;

/// Leaves the towns alone, each named once.
fn name_once(stops: &mut [StopAt]) {
    let mut named: Vec<&str> = Vec::new();
    for (_, _, name, role) in stops {
        role.clear();
        if named.contains(name) {
            *name = "";
        } else {
            named.push(name);
        }
    }
}

/// What is to be laid out.
struct Trip<'a> {
    places: &'a Places,
    course: Course,
    band: Band,
    stops: Vec<StopAt>,
}

/// A framing of it, with its marks, its lines and the labels of what is framed.
struct Seen {
    camera: Camera,
    /// The marks of all stops, as they are drawn.
    at: Vec<Point>,
    /// The lines of all ways.
    lines: Vec<Line>,
    /// The labels of those stops that are framed.
    spots: Vec<Option<Spot>>,
    /// What the labels cost.
    cost: f64,
}

impl Trip<'_> {
    fn position(&self, wanted: Stop) -> Position {
        let found = self.stops.iter().find(|(stop, ..)| *stop == wanted);
        found.map_or(Position { lat: 0.0, lon: 0.0 }, |(_, position, ..)| *position)
    }

    /// Whether a way may be seen in the course of the exchange.
    fn is_seen(&self, way: Way) -> bool {
        way != Way::Past || self.course.is_past
    }

    fn seen(&self, lean: Lean) -> Seen {
        let Self { places, course, band, stops } = self;
        let band = *band;
        let ways = places.ways();
        let lines: Vec<Line> = ways
            .iter()
            .map(|(_, from, to)| great_circle::between(self.position(*from), self.position(*to)))
            .collect();
        // The way past the caches is framed too, so that the camera stays where it is when it is taken.
        let is_framed =
            |(_, from, to): &(Way, Stop, Stop)| course.reaches(*from) && course.reaches(*to);
        let on_lines = lines.iter().zip(&ways).filter(|(_, way)| is_framed(way));
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
        let at = stops.iter().map(|stop| camera.see(project(stop.1))).collect();
        let at = drawn_apart(at, APART * band.rem);
        let end = |wanted: Stop| {
            stops
                .iter()
                .position(|(stop, ..)| *stop == wanted)
                .map_or_else(Point::default, |index| at[index])
        };
        let lines: Vec<Line> = lines
            .iter()
            .zip(&ways)
            .map(|(line, (_, from, to))| seen_between(line, camera, end(*from), end(*to)))
            .collect();
        let on_lines: Vec<Point> = lines
            .iter()
            .zip(&ways)
            .filter(|(_, (way, ..))| self.is_seen(*way))
            .flat_map(|(line, _)| dense(line))
            .collect();
        let texts = [caption(band, WORD + SENTENCE), key(band)];
        let rings: Vec<Point> =
            candidates::others(places, camera).into_iter().map(|(_, at)| at).collect();
        let obstacles =
            Obstacles { band, marks: &at, rings: &rings, lines: &on_lines, texts: &texts };
        let is_framed: Vec<bool> = stops.iter().map(|(stop, ..)| course.reaches(*stop)).collect();
        let wanted = |index: usize| {
            let (_, _, name, role) = &stops[index];
            wanted(at[index], name, role, band)
        };
        let labels: Vec<Wanted> =
            (0..stops.len()).filter(|index| is_framed[*index]).map(wanted).collect();
        let (placed, cost) = labels::place(&labels, &obstacles);
        let mut placed_in_order = placed.into_iter();
        let mut spots: Vec<Option<Spot>> = is_framed
            .iter()
            .map(|is_framed| if *is_framed { placed_in_order.next() } else { None })
            .collect();
        // What happens to be in view is named where there is room, and else is none of the trip's.
        let mut written: Vec<Rect> =
            texts.into_iter().chain(spots.iter().flatten().map(|spot| spot.rect)).collect();
        for index in (0..stops.len()).filter(|index| !is_framed[*index]) {
            let obstacles = Obstacles { texts: &written, ..obstacles };
            let is_free = |spot: &Spot| {
                Rect::around(at[index], band.rem, band.rem).is_in(band)
                    && labels::is_free(spot.rect, at[index], &obstacles)
            };
            let spot = labels::place(&[wanted(index)], &obstacles).0.pop().filter(is_free);
            spots[index] = spot;
            written.extend(spot.map(|spot| spot.rect));
        }
        Seen { camera, at, lines, spots, cost }
    }

    fn layout(&self, seen: Seen) -> Layout {
        let band = self.band;
        let Seen { camera, at, lines, spots, .. } = seen;
        let ways = self.places.ways();
        let standing: Vec<Rect> = [caption(band, WORD + SENTENCE), key(band)]
            .into_iter()
            .chain(spots.iter().flatten().map(|spot| spot.rect))
            .collect();
        let points: Vec<Vec<Point>> = lines.iter().map(dense).collect();
        let others = |except: Option<Way>| -> Vec<Point> {
            ways.iter()
                .zip(&points)
                .filter(|((way, ..), _)| self.is_seen(*way) && Some(*way) != except)
                .flat_map(|(_, points)| points.iter().copied())
                .collect()
        };
        let candidates = {
            let all = others(None);
            let around = candidates::Around { band, marks: &at, lines: &all, texts: &standing };
            let pop = self.stops.iter().zip(&at).find(|((stop, ..), _)| *stop == Stop::Pop);
            let unsaid = pop.filter(|((.., role), _)| role.is_empty());
            candidates::pins(
                unsaid.map(|(_, at)| (self.places.pop, *at)),
                &candidates::others(self.places, camera),
                &around,
            )
        };
        let mut taken = standing;
        let arcs = ways
            .iter()
            .zip(lines.iter().zip(&points))
            .map(|((way, ..), (line, points))| {
                let lines = others(Some(*way));
                let around = notes::Around { band, marks: &at, lines: &lines, texts: &taken };
                let note = notes::place(points, &around).filter(|_| self.is_seen(*way));
                taken.extend(note.as_ref().map(|note| notes::rect(note.at, band)));
                Arc { way: *way, path: path(line), note }
            })
            .collect();
        let pins = self
            .stops
            .iter()
            .zip(at.iter().zip(spots))
            .filter_map(|((stop, _, name, role), (at, label))| {
                Some(Pin { stop: *stop, at: *at, name, role: role.clone(), label: label? })
            })
            .collect();
        Layout { camera, pins, arcs, candidates, wave: Vec::new() }
    }
}

/// A label of one line or two.
pub(super) fn wanted(mark: Point, name: &str, role: &str, band: Band) -> Wanted {
    let letters = |text: &str, letter: f64| text.chars().count() as f64 * letter;
    let width = letters(name, NAME_LETTER).max(letters(role, ROLE_LETTER)) * band.rem;
    let height = match () {
        () if name.is_empty() => 0.0,
        () if role.is_empty() => TOWN_HEIGHT,
        () => LABEL_HEIGHT,
    };
    Wanted { mark, width, height: height * band.rem }
}

/// A mark with room for its label; a narrow or low band gives some of it away.
fn framed(at: Point, band: Band, lean: Lean) -> Framed {
    let side = |part: f64| (SIDE * band.rem).min(band.width * part);
    let (left, right) = match lean {
        Lean::Even => (side(0.2), side(0.2)),
        Lean::Right => (side(0.1), side(0.36)),
        Lean::Left => (side(0.36), side(0.1)),
    };
    Framed {
        at,
        left,
        right,
        above: (ABOVE * band.rem).min(band.height * 0.28),
        below: (BELOW * band.rem).min(band.height * 0.2),
    }
}

/// How far the word "Map" reaches from the left edge, and the longest sentence behind it, in rem: of a trip, of an invalidation.
const WORD: f64 = 4.0;
const SENTENCE: f64 = 23.0;
const REACHED: f64 = 18.5;

/// Whether the band has room for a sentence beside the word "Map", and for a key.
fn has_words(band: Band) -> bool {
    band.height >= LOW * band.rem && band.width > NARROW * band.rem
}

/// The caption at the upper left, so many rem wide, and the key below it: labels keep clear of them.
fn caption(band: Band, width: f64) -> Rect {
    let width = if has_words(band) { width.min(0.6 * band.width / band.rem) } else { WORD };
    Rect { left: 0.0, top: 0.0, width: width * band.rem, height: 2.0 * band.rem }
}

fn key(band: Band) -> Rect {
    let height = if has_words(band) { 2.0 * band.rem } else { 0.0 };
    Rect { left: 0.0, top: band.height - height, width: 13.0 * band.rem, height }
}

#[cfg(test)]
mod tests;
