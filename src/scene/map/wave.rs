//! An invalidation on its way: which caches it has reached, and which still serve what they have.

use super::apart::drawn_apart_within;
use super::camera::{Band, Camera, Framed};
use super::labels::{self, Obstacles, Rect, Spot, Wanted};
use super::projection::{Point, project};
use super::under::Meant;
use crate::network::City;
use crate::scene::{Scene, units};
use crate::simulation::Place;

/// A cache that an invalidation has to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WavePlace {
    /// Which one.
    pub place: Place,
    /// Where on the sheet.
    pub at: Point,
    /// Whether it is a regional edge cache, and not an edge location.
    pub is_rec: bool,
    /// Its town.
    pub town: &'static str,
}

/// Where it stands in the band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WavePin {
    /// Which one.
    pub place: Place,
    /// Whether it is a regional edge cache, and not an edge location.
    pub is_rec: bool,
    /// Its mark. Marks of places close to each other are drawn apart.
    pub at: Point,
    /// Where its town and the time stand that it took to come there.
    pub label: Spot,
    /// Whether they lie on nothing there, so that they can stay.
    pub has_room: bool,
}

impl WavePin {
    /// What the mark stands for.
    pub(super) fn meant(&self) -> Option<Meant> {
        match self.place {
            Place::Pop(pop) => Some(Meant::Pop(pop)),
            Place::Rec(rec) => Some(Meant::Region(rec.region())),
            _ => None,
        }
    }
}

/// How far an invalidation is at a cache.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveMark {
    /// Which one.
    pub place: Place,
    /// Whether it has carried the invalidation out.
    pub state: WaveState,
    /// Its town, and after how long it did; none before.
    pub text: Option<String>,
}

/// Whether a cache has carried an invalidation out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveState {
    /// It has not come yet.
    Ahead,
    /// It has just come.
    Now,
    /// It was here.
    Past,
}

impl WaveState {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Now => "now",
            Self::Past => "past",
        }
    }
}

/// How far the invalidation in view is at each cache.
pub fn wave_marks(scene: &Scene) -> Vec<WaveMark> {
    let Some(wave) = &scene.wave else { return Vec::new() };
    let last = wave.reached.last().map(|(place, _)| *place);
    let mark = |cache: WavePlace| {
        let reached = wave.reached.iter().find(|(here, _)| *here == cache.place);
        let state = match reached {
            None => WaveState::Ahead,
            Some(_) if last == Some(cache.place) => WaveState::Now,
            Some(_) => WaveState::Past,
        };
        let text = reached
            .map(|(_, at)| format!("{} {}", cache.town, units::tenths(at.since(wave.began))));
        WaveMark { place: cache.place, state, text }
    };
    wave_places(scene).into_iter().map(mark).collect()
}

/// The caches that an invalidation in view has to reach, those that it reaches first before the others: each that holds, or
/// has held, anything.
pub fn wave_places(scene: &Scene) -> Vec<WavePlace> {
    let caches =
        || scene.shelves.keys().filter(|_| scene.wave.is_some()).filter_map(|place| cache(*place));
    caches().filter(|cache| cache.is_rec).chain(caches().filter(|cache| !cache.is_rec)).collect()
}

fn cache(place: Place) -> Option<WavePlace> {
    let (position, town, is_rec) = match place {
        Place::Pop(pop) => (pop.position(), pop.short_name(), false),
        Place::Rec(rec) => (rec.position(), rec.short_name(), true),
        _ => return None,
    };
    Some(WavePlace { place, at: project(position), is_rec, town })
}

/// Room beside a mark, above it where the caption stands, and below it, in rem.
const SIDE: f64 = 5.0;
const ABOVE: f64 = 3.5;
const BELOW: f64 = 1.25;

/// Marks stand at least so far apart, in rem: the greatest is a square of one and a half.
const APART: f64 = 1.75;

/// Marks stay so far from the edges, in rem.
const EDGE: f64 = 1.0;

/// How large a letter of a label is on average, and a line of it, in rem.
const LETTER: f64 = 0.46;
const HEIGHT: f64 = 1.2;

/// The closest look at the caches and at the city of the next request, and where each cache and its label stand. `texts` is
/// what is written in the band already.
pub(super) fn layout(
    caches: &[WavePlace],
    next: Option<City>,
    band: Band,
    texts: &[Rect],
) -> (Camera, Vec<WavePin>) {
    let next = next.map(|city| project(city.position()));
    let framed = |above: f64| {
        let side = (SIDE * band.rem).min(band.width * 0.2);
        let (above, below) = ((above * band.rem).min(band.height * 0.25), BELOW * band.rem);
        let framed = |at| Framed { at, left: side, right: side, above, below };
        let all: Vec<Framed> =
            caches.iter().map(|cache| cache.at).chain(next).map(framed).collect();
        let camera = Camera::framing(&all, band);
        let at: Vec<Point> = caches.iter().map(|cache| camera.see(cache.at)).collect();
        (camera, drawn_apart_within(&at, APART * band.rem, EDGE * band.rem, band))
    };
    // As near as it can be, unless a mark would lie under what is written.
    let is_under = |mark: &Point| {
        texts.iter().any(|text| text.overlap(Rect::around(*mark, band.rem, band.rem)) > 0.0)
    };
    let near = framed(BELOW);
    let (camera, marks) = if near.1.iter().any(is_under) { framed(ABOVE) } else { near };
    let mut texts = texts.to_vec();
    let mut pins = Vec::new();
    for (cache, at) in caches.iter().zip(&marks) {
        let letters = cache.town.chars().count() + " 0.0 s".len();
        let width = letters as f64 * LETTER * band.rem;
        let wanted = Wanted { mark: *at, width, height: HEIGHT * band.rem };
        let obstacles = Obstacles { band, marks: &marks, rings: &[], lines: &[], texts: &texts };
        let label = labels::place(wanted, &obstacles);
        let has_room = labels::is_free(label.rect, *at, &obstacles);
        texts.extend(has_room.then_some(label.rect));
        let WavePlace { place, is_rec, .. } = *cache;
        pins.push(WavePin { place, is_rec, at: *at, label, has_room });
    }
    (camera, pins)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::network::nearest;

    /// The caches behind some cities.
    fn caches(cities: &[&str]) -> Vec<WavePlace> {
        let mut places = Vec::new();
        for city in cities {
            let pop = nearest::best(City::find(city).unwrap());
            for place in [Place::Rec(nearest::nearest_rec(pop)), Place::Pop(pop)] {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places.into_iter().filter_map(cache).collect()
    }

    /// Wide, on a projector, low, on a tablet and on a phone.
    fn bands() -> [Band; 5] {
        [
            (785.0, 258.0, 16.0),
            (1250.0, 300.0, 20.0),
            (690.0, 120.0, 16.0),
            (820.0, 264.0, 16.0),
            (390.0, 216.0, 16.0),
        ]
        .map(|(width, height, rem)| Band::new(width, height, rem).unwrap())
    }

    const SETS: [&[&str]; 5] = [
        &["Addis Ababa"],
        &["Paris", "London"],
        &["Paris", "Tokyo", "Sydney", "Addis Ababa"],
        &[
            "Paris",
            "London",
            "Frankfurt",
            "Madrid",
            "Rome",
            "Oslo",
            "New York",
            "Sao Paulo",
            "Mumbai",
        ],
        &["Auckland", "Honolulu"],
    ];

    #[test]
    fn each_cache_is_seen_apart_from_the_others_and_no_name_lies_on_anything() {
        for band in bands() {
            for cities in SETS {
                let (_, pins) = layout(&caches(cities), None, band, &[]);
                for (index, pin) in pins.iter().enumerate() {
                    let mark = Rect::around(pin.at, 0.0, 0.0);
                    assert!(mark.is_in(band), "{cities:?}, {band:?}: {pin:?}");
                    for other in &pins[..index] {
                        let half = |pin: &WavePin| if pin.is_rec { 0.75 } else { 0.4375 };
                        let gap = pin.at.distance(other.at);
                        assert!(
                            gap > (half(pin) + half(other)) * band.rem,
                            "{cities:?}, {band:?}: {gap} {pin:?} {other:?}"
                        );
                    }
                    let label = pin.label;
                    assert!(label.rect.is_in(band), "{cities:?}, {band:?}: {pin:?}");
                    if !pin.has_room {
                        continue;
                    }
                    let others = pins.iter().filter(|other| other.place != pin.place);
                    for other in others {
                        assert!(!label.rect.contains(other.at));
                        assert!(!other.has_room || other.label.rect.overlap(label.rect) == 0.0);
                    }
                }
            }
        }
    }

    #[test]
    fn all_caches_of_a_walk_around_the_world_are_named_on_a_wide_screen() {
        let (camera, pins) = layout(&caches(SETS[2]), None, bands()[0], &[]);
        let unnamed: Vec<_> = pins.iter().filter(|pin| !pin.has_room).collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
        // The caches fill the height of the band, or its width.
        let (least, most) = pins.iter().fold((f64::MAX, 0.0_f64), |(least, most), pin| {
            (least.min(pin.at.y), most.max(pin.at.y))
        });
        assert!(most - least > 180.0, "{least} to {most} of 258, at {}", camera.scale);
    }

    #[test]
    fn the_next_viewer_is_in_view() {
        let city = City::find("Lima").unwrap();
        let (camera, _) = layout(&caches(SETS[1]), Some(city), bands()[0], &[]);
        let at = Rect::around(camera.see(project(city.position())), 10.0, 10.0);
        assert!(at.is_in(bands()[0]));
    }
}
