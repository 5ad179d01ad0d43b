//! What lies under the pointer, or next in a direction: cities that a viewer can be in, Regions that an origin can stand in,
//! and edge locations, which explain themselves.

use super::camera::{Band, Camera};
use super::edge_locations;
use super::labels::STATION;
use super::layout::Layout;
use super::projection::{Point, project};
use crate::network::{City, Pop, Position, PriceClass, Region};

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Under {
    /// The nearest city: the viewer can move there.
    pub city: City,
    /// The Region whose mark is touched: the origin can move there.
    pub region: Option<Region>,
    /// The edge location whose dot is touched.
    pub pop: Option<Pop>,
    /// What the station's mark stands for that is touched, if one is.
    pub station: Option<Meant>,
}

/// What a station's mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// A city of viewers.
    City(City),
    /// An edge location.
    Pop(Pop),
    /// A Region.
    Region(Region),
}

impl Meant {
    pub(super) fn position(self) -> Position {
        match self {
            Self::City(city) => city.position(),
            Self::Pop(pop) => pop.position(),
            Self::Region(region) => region.position(),
        }
    }
}

impl Under {
    /// What a station's mark answers, wherever it is drawn: its own place, and nothing of what lies beneath.
    fn of_station(meant: Meant) -> Option<Self> {
        let at = project(meant.position());
        let nearest = || least(City::all(), |city| Some(project(city.position()).distance(at)));
        let (city, pop, region) = match meant {
            Meant::City(city) => (Some(city), None, None),
            Meant::Pop(pop) => (nearest(), Some(pop), None),
            Meant::Region(region) => (nearest(), None, Some(region)),
        };
        Some(Self { city: city?, region, pop, station: Some(meant) })
    }

    /// Where the mark of what is pointed at from here stands: that of the nearest station that stands for it, else its place.
    pub fn drawn_at(self, here: Point, layout: &Layout) -> Point {
        let target = self.region.map_or(Meant::City(self.city), Meant::Region);
        let meant = self.station.unwrap_or(target);
        let stations = layout.stations().filter(|(_, other)| *other == meant);
        least(stations, |(at, _)| Some(at.distance(here)))
            .map_or_else(|| layout.camera.see(project(target.position())), |(at, _)| at)
    }
}

/// A direction of the arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the left.
    West,
    /// To the right.
    East,
    /// Upwards.
    North,
    /// Downwards.
    South,
}

impl Direction {
    /// All four.
    pub const ALL: [Self; 4] = [Self::West, Self::East, Self::North, Self::South];
}

/// How near a mark the pointer has to be to touch it, in rem.
const NEAR: f64 = 0.5;

/// All places that arrow keys stop at: the cities, and the Regions that stand elsewhere.
fn stops() -> impl Iterator<Item = Point> {
    let cities = City::all().map(|city| project(city.position()));
    cities.chain(Region::all().map(|region| project(region.position())))
}

/// The next stop in a direction, as seen by the camera: the nearest ahead, where what is aside counts double, so that the
/// way goes on as straight as it can.
pub fn next(here: Point, direction: Direction, camera: Camera) -> Option<Point> {
    let from = camera.see(here);
    let (x, y) = match direction {
        Direction::West => (-1.0, 0.0),
        Direction::East => (1.0, 0.0),
        Direction::North => (0.0, -1.0),
        Direction::South => (0.0, 1.0),
    };
    least(stops(), |stop| {
        let there = camera.see(stop);
        let (dx, dy) = (there.x - from.x, there.y - from.y);
        let (ahead, aside) = (dx * x + dy * y, (dx * y - dy * x).abs());
        (ahead > 0.5 && aside <= ahead * 2.0).then_some(ahead + 2.0 * aside)
    })
}

/// What the pointer means by a point of the band: the station whose mark it touches, else what lies there.
pub fn pointed(seen: Point, layout: &Layout, band: Band) -> Option<Under> {
    let touched =
        |(at, _): (Point, Meant)| Some(at.distance(seen)).filter(|gap| *gap <= STATION * band.rem);
    match least(layout.stations(), touched) {
        Some((_, meant)) => Under::of_station(meant),
        None => under(seen, layout.camera, band),
    }
}

/// What lies at this point of the band.
pub fn under(seen: Point, camera: Camera, band: Band) -> Option<Under> {
    let gap = |at: Point| camera.see(at).distance(seen);
    let touched = |at: Point| Some(gap(at)).filter(|gap| *gap <= NEAR * band.rem);
    Some(Under {
        city: least(City::all(), |city| Some(gap(project(city.position()))))?,
        region: least(Region::all(), |region| touched(project(region.position()))),
        pop: least(edge_locations(PriceClass::All), |(_, at)| touched(at)).map(|(pop, _)| pop),
        station: None,
    })
}

/// The candidate of the least cost; those without one do not count.
fn least<T: Copy>(
    candidates: impl Iterator<Item = T>,
    cost: impl Fn(T) -> Option<f64>,
) -> Option<T> {
    let mut best: Option<(f64, T)> = None;
    for candidate in candidates {
        let Some(cost) = cost(candidate) else { continue };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scene::map::layout::tests::places;
    use crate::scene::map::{Course, Stop};

    fn world() -> (Camera, Band) {
        let band = Band::new(1600.0, 700.0, 16.0).unwrap();
        (Camera::framing(&[], band), band)
    }

    fn city(name: &str) -> City {
        City::find(name).unwrap()
    }

    #[test]
    fn a_touched_region_is_told_and_always_the_nearest_city() {
        let (camera, band) = world();
        let region = Region::find("sa-east-1").unwrap();
        let seen = camera.see(project(region.position()));
        assert_eq!(under(seen, camera, band).unwrap().region, Some(region));
        let beside = Point { x: seen.x + 9.0, y: seen.y };
        assert_eq!(
            under(beside, camera, band).unwrap().region,
            None,
            "more than half a rem beside"
        );
        let reykjavik = city("Reykjavik");
        let there = camera.see(project(reykjavik.position()));
        let near = Point { x: there.x - 15.0, y: there.y - 12.0 };
        assert_eq!(
            under(near, camera, band).unwrap(),
            Under { city: reykjavik, region: None, pop: None, station: None }
        );
    }

    #[test]
    fn a_touched_edge_location_explains_itself() {
        let (camera, band) = world();
        let pop = Pop::find("NBO").unwrap();
        let seen = camera.see(project(pop.position()));
        assert_eq!(under(seen, camera, band).unwrap().pop, Some(pop));
    }

    /// Paris, where the regional edge cache of London is near: each mark of a station is drawn beside its place and answers for it
    /// all the same, to the click and to the ring that shows where that leads.
    #[test]
    fn a_station_that_is_drawn_beside_its_place_answers_for_its_place() {
        let band = Band::new(784.0, 257.0, 16.0).unwrap();
        let (mut wrong, mut moved) = (Vec::new(), Vec::new());
        for city in City::all() {
            let places = places(city, "us-east-1");
            let layout = Layout::of(&places, Course::OPEN, band);
            for pin in &layout.pins {
                let answer = pointed(pin.at, &layout, band).unwrap();
                let own = match pin.stop {
                    Stop::Viewer => (answer.city == city, answer.region.is_none()),
                    Stop::Pop => (answer.pop == Some(places.pop), answer.region.is_none()),
                    Stop::Rec => (answer.region == Some(places.rec.region()), true),
                    _ => (answer.region == Some(places.origin), true),
                };
                if own != (true, true) || answer.drawn_at(pin.at, &layout) != pin.at {
                    wrong.push(format!("{city}, {:?}: {answer:?}", pin.stop));
                }
                let place = layout.camera.see(project(pin.meant.position()));
                if under(pin.at, layout.camera, band) != under(place, layout.camera, band) {
                    moved.push(pin.stop);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(moved.len() > 40, "{}: hardly any is drawn beside its place", moved.len());
    }

    /// Every city and every Region can be reached by arrow keys alone.
    #[test]
    fn every_stop_is_reached_by_arrow_keys() {
        let (camera, _) = world();
        let mut reached = vec![project(city("London").position())];
        let mut done = 0;
        while let Some(from) = reached.get(done).copied() {
            done += 1;
            for direction in Direction::ALL {
                if let Some(to) = next(from, direction, camera).filter(|to| !reached.contains(to)) {
                    reached.push(to);
                }
            }
        }
        // Two stops that the eye cannot tell apart are one: what stands there is told together.
        let is_reached = |stop: Point| {
            reached.iter().any(|at| camera.see(*at).distance(camera.see(stop)) <= 1.0)
        };
        let missed: Vec<Point> = stops().filter(|stop| !is_reached(*stop)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }
}
