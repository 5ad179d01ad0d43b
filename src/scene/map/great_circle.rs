//! The shortest way over the globe, as a line on the sheet.

use super::projection::{Point, from_middle, project};
use crate::network::Position;
use crate::network::latency::{EARTH_RADIUS_KM, great_circle_km};

/// How many kilometres one straight piece of the line stands for.
const PIECE_KM: f64 = 350.0;

/// A line of straight pieces. Where the way leaves the sheet at one edge and comes back at the other there are two.
pub(super) type Line = Vec<Vec<Point>>;

/// The great circle between two places, from the first to the second, on the sheet.
pub(super) fn between(from: Position, to: Position) -> Line {
    let km = great_circle_km(from, to);
    let pieces = (km / PIECE_KM) as usize + 1;
    let (start, end) = (Vector::of(from), Vector::of(to));
    let angle = km / EARTH_RADIUS_KM;
    let mut lines = vec![Vec::with_capacity(pieces + 1)];
    let mut last_lon = from.lon;
    for index in 0..=pieces {
        let place = match index {
            0 => from,
            _ if index == pieces => to,
            _ => start.towards(end, angle, index as f64 / pieces as f64),
        };
        // One step is far shorter than half the globe: a greater one goes round the cut.
        if (from_middle(place.lon) - from_middle(last_lon)).abs() > 180.0 {
            lines.push(Vec::new());
        }
        last_lon = place.lon;
        if let Some(line) = lines.last_mut() {
            line.push(project(place));
        }
    }
    lines
}

/// A place as a direction from the middle of the globe.
#[derive(Clone, Copy)]
struct Vector([f64; 3]);

impl Vector {
    fn of(place: Position) -> Self {
        let (lat, lon) = (place.lat.to_radians(), place.lon.to_radians());
        Self([libm::cos(lat) * libm::cos(lon), libm::cos(lat) * libm::sin(lon), libm::sin(lat)])
    }

    /// The place at a part of the way that spans this angle.
    fn towards(self, other: Self, angle: f64, part: f64) -> Position {
        let (near, far) = (libm::sin((1.0 - part) * angle), libm::sin(part * angle));
        let mut sum = [0.0; 3];
        for (axis, value) in sum.iter_mut().enumerate() {
            *value = self.0[axis] * near + other.0[axis] * far;
        }
        let [x, y, z] = sum;
        let lat = libm::atan2(z, (x * x + y * y).sqrt()).to_degrees();
        Position { lat, lon: libm::atan2(y, x).to_degrees() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::network::{City, Region};

    #[test]
    fn it_runs_from_place_to_place_by_the_north() {
        let (frankfurt, virginia) = (
            City::find("Frankfurt").unwrap().position(),
            Region::find("us-east-1").unwrap().position(),
        );
        let line = between(frankfurt, virginia);
        assert_eq!(line.len(), 1);
        let line = &line[0];
        assert_eq!((line[0], line[line.len() - 1]), (project(frankfurt), project(virginia)));
        // By spherical trigonometry the way rises to 54.48 degrees north, far above both ends.
        let top = line.iter().map(|point| point.y).fold(f64::MAX, f64::min);
        let vertex = project(Position { lat: 54.48, lon: 0.0 }).y;
        assert!((top - vertex).abs() < 1.0, "{top} is not {vertex}");
        let longest = line.windows(2).map(|pair| pair[0].distance(pair[1])).fold(0.0, f64::max);
        assert!(longest < 15.0, "{longest}");
    }

    #[test]
    fn over_the_cut_it_goes_on_at_the_other_edge() {
        let (tokyo, oregon) = (
            City::find("Tokyo").unwrap().position(),
            Region::find("us-west-2").unwrap().position(),
        );
        let line = between(tokyo, oregon);
        assert_eq!(line.len(), 2);
        assert!(line[0].iter().all(|point| point.x > 800.0));
        assert!(line[1].iter().all(|point| point.x < 250.0));
    }

    #[test]
    fn from_a_place_to_itself_it_is_a_point() {
        let paris = City::find("Paris").unwrap().position();
        assert_eq!(between(paris, paris), [[project(paris), project(paris)]]);
    }
}
