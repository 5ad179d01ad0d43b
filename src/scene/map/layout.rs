//! Where everything of one trip lies in the band: a calculation that depends on the places, on how far the exchange goes and
//! on the band alone, not on how far the request has come.

use super::MapPicture;
use super::camera::{Band, Camera};
use super::candidates::{self, CandidatePin};
use super::course::Course;
use super::framing::{Look, Trip};
use super::labels::{self, Obstacles, Rect, Spot};
use super::lettering::{self, wanted};
use super::lines::{dense, path};
use super::notes::{self, Note};
use super::places::{NEXT_VIEWER, Places, Stop, Way};
use super::projection::{Point, project};
use super::under::Meant;
use super::wave::{self, WavePin, WavePlace};

/// A mark with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// Which station.
    pub stop: Stop,
    /// Where its mark stands. Marks of places close to each other are drawn apart.
    pub at: Point,
    /// What the mark stands for, wherever it is drawn.
    pub meant: Meant,
    /// The town.
    pub name: &'static str,
    /// What it is.
    pub role: String,
    /// Where the label stands; none where it would lie on something.
    pub label: Option<Spot>,
    /// Whether the label says what it is, below the town: not where there is room for the town alone.
    pub has_role: bool,
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
    /// What is written at the rims of the sheet, where it leaves it and where it comes back.
    pub rims: Vec<Rim>,
}

/// Where a way goes on that is cut at the rim of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Rim {
    /// Where it leads to, or where it comes from.
    pub text: String,
    /// Where that stands.
    pub label: Spot,
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

impl Layout {
    /// The map of these places in a band. What would lie on something, or be struck by a line, is left away, what a place is
    /// before its name: the shapes of the marks and the path have to say the rest.
    pub fn of(places: &Places, course: Course, band: Band) -> Self {
        let trip = Trip::new(places, course, band);
        let Look { camera, at, lines, rims, written, .. } = trip.look();
        let (labels, notes) = written.split_at(at.len());
        let (notes, at_rims) = notes.split_at(lines.len());
        let stops = || trip.stops.iter().zip(labels);
        let candidates = {
            let points: Vec<Vec<Point>> = lines.iter().map(dense).collect();
            let texts = lettering::of_trip(band).into_iter();
            let labels = labels.iter().chain(at_rims).filter_map(|it| it.rect);
            let texts: Vec<Rect> = texts.chain(labels).collect();
            let lines = trip.points(&points, None);
            let around = candidates::Around { band, marks: &at, lines: &lines, texts: &texts };
            let pop = stops().zip(&at).find(|(((stop, ..), _), _)| *stop == Stop::Pop);
            let unsaid = pop.filter(|((_, label), _)| !label.has_role);
            candidates::pins(
                unsaid.map(|(_, at)| (places.pop, *at)),
                &candidates::others(places, camera),
                &around,
            )
        };
        let pins = stops().zip(&at).filter_map(|(((stop, _, name, role), label), at)| {
            let spot = label.rect.map(|rect| Spot { rect, side: label.side });
            // What happens to be in view is named where there is room, and else is none of the trip's.
            (course.reaches(*stop) || spot.is_some()).then(|| Pin {
                stop: *stop,
                at: *at,
                meant: places.meant(*stop),
                name,
                role: role.clone(),
                label: spot,
                has_role: label.has_role,
            })
        });
        let pins = pins.collect();
        let ways = trip.ways.iter().zip(lines.iter().zip(notes));
        let arcs = ways.map(|((way, ..), (line, note))| Arc {
            way: *way,
            path: path(line),
            note: notes::note(*note),
            rims: rims
                .iter()
                .zip(at_rims)
                .filter(|((other, _), _)| other == way)
                .filter_map(|((_, text), choice)| {
                    let label = Spot { rect: choice.rect?, side: choice.side };
                    Some(Rim { text: text.clone(), label })
                })
                .collect(),
        });
        let arcs = arcs.collect();
        Self { camera, pins, arcs, candidates, wave: Vec::new() }
    }

    /// The map of an invalidation: the caches that it has to reach, and where the next request comes from.
    pub fn of_wave(caches: &[WavePlace], places: &Places, band: Band) -> Self {
        let texts = lettering::of_wave(band);
        let (camera, wave) = wave::layout(caches, places.next, band, &texts);
        // What the next request is sent from is marked where that is elsewhere, as on a trip.
        let written: Vec<Rect> =
            texts.into_iter().chain(wave.iter().map(|pin| pin.label.rect)).collect();
        let marks: Vec<Point> = wave.iter().map(|pin| pin.at).collect();
        let next = places.next.map(|city| {
            let at = camera.see(project(city.position()));
            let obstacles =
                Obstacles { band, marks: &marks, rings: &[], lines: &[], texts: &written };
            let label = labels::place(wanted(at, city.name(), NEXT_VIEWER, band), &obstacles);
            let role = NEXT_VIEWER.to_owned();
            let (name, label) = (city.name(), Some(label));
            let meant = Meant::City(city);
            Pin { stop: Stop::Next, at, meant, name, role, label, has_role: true }
        });
        let pins = next.into_iter().collect();
        Self { camera, pins, arcs: Vec::new(), candidates: Vec::new(), wave }
    }

    /// What is written in the band while the map shows a picture: no small mark should lie under it.
    fn texts(&self, picture: &MapPicture, band: Band) -> Vec<Rect> {
        let weighs = !picture.candidates.is_empty();
        let rims = self.arcs.iter().flat_map(|arc| &arc.rims).map(|rim| rim.label);
        let pins = self.pins.iter().filter_map(|pin| pin.label).chain(rims);
        let notes = self.arcs.iter().filter(|_| !weighs).filter_map(|arc| arc.note.as_ref());
        let notes = notes.map(|note| notes::rect(note.at, band));
        let candidates = self.candidates.iter().filter(|_| weighs).filter_map(|pin| pin.label);
        let waves = self.wave.iter().filter(|pin| pin.has_room).map(|pin| pin.label);
        let labels = pins.chain(candidates).chain(waves).map(|spot| spot.rect);
        labels.chain(notes).chain(lettering::with_sentence(&picture.caption, band)).collect()
    }

    /// Where no small mark is drawn while the map shows a picture: under a text, under a station's mark, and where a Region lies
    /// whose station is drawn beside it.
    pub fn covered(&self, picture: &MapPicture, band: Band) -> Vec<Rect> {
        let mut covered = self.texts(picture, band);
        for (at, meant) in self.stations() {
            let half = labels::STATION * band.rem;
            covered.push(Rect::around(at, half, half));
            if let Meant::Region(region) = meant {
                covered.push(Rect::around(self.camera.see(project(region.position())), 1.0, 1.0));
            }
        }
        covered
    }

    /// The marks of stations, and what each stands for.
    pub(super) fn stations(&self) -> impl Iterator<Item = (Point, Meant)> {
        let pins = self.pins.iter().map(|pin| (pin.at, pin.meant));
        pins.chain(self.wave.iter().filter_map(|pin| Some((pin.at, pin.meant()?))))
    }

    /// The arc of a way, if there is one.
    pub fn arc(&self, way: Way) -> Option<&Arc> {
        self.arcs.iter().find(|arc| arc.way == way)
    }
}

#[cfg(test)]
mod crossings;
#[cfg(test)]
pub(super) mod tests;
