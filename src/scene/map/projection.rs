//! The Equal Earth projection, which keeps areas: a country looks as large as it is.
//!
//! Source: Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical
//! Information Science 33 (2018), equations 1 to 3.

use crate::network::Position;

/// A point of a plane, x to the right and y downwards: of the sheet, or of the screen in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// How far another point is.
    pub fn distance(self, other: Self) -> f64 {
        ((self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)).sqrt()
    }
}

/// How wide the whole sheet is. The land in `public/land.svg` is drawn in the same units, ten to one.
pub const SHEET_WIDTH: f64 = 1000.0;

/// How high it is: the poles are lines at its upper and lower edge.
pub const SHEET_HEIGHT: f64 = 486.7;

/// The meridian in the middle of the sheet; opposite lies the cut, at 169 degrees west, between Siberia and Alaska.
const MIDDLE_DEGREES: f64 = 11.0;

const A1: f64 = 1.340_264;
const A2: f64 = -0.081_106;
const A3: f64 = 0.000_893;
const A4: f64 = 0.003_796;

/// Half the square root of three.
const M: f64 = 0.866_025_403_784_438_6;

/// What the sheet measures for each unit of the equations: the equator is 2π M⁻¹ A1⁻¹ units long.
const SCALE: f64 = SHEET_WIDTH * M * A1 / (2.0 * std::f64::consts::PI);

/// Where on the sheet a place lies.
pub fn project(place: Position) -> Point {
    let theta = libm::asin(M * libm::sin(place.lat.to_radians()));
    let (t2, t6) = (theta * theta, theta * theta * theta * theta * theta * theta);
    let stretch = M * (A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2));
    let x = from_middle(place.lon).to_radians() * libm::cos(theta) / stretch;
    let y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
    Point { x: SHEET_WIDTH / 2.0 + SCALE * x, y: SHEET_HEIGHT / 2.0 - SCALE * y }
}

/// Degrees east of the middle meridian, -180 to 180.
pub(super) fn from_middle(lon: f64) -> f64 {
    let turned = lon - MIDDLE_DEGREES;
    match () {
        () if turned > 180.0 => turned - 360.0,
        () if turned < -180.0 => turned + 360.0,
        () => turned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Point {
        project(Position { lat, lon })
    }

    #[test]
    fn the_sheet_has_its_middle_its_edges_and_its_poles_where_they_belong() {
        let close = |point: Point, x: f64, y: f64| {
            assert!(point.distance(Point { x, y }) < 0.06, "{point:?} is not {x}, {y}");
        };
        close(at(0.0, 11.0), 500.0, SHEET_HEIGHT / 2.0);
        close(at(0.0, -168.999_999), 0.0, SHEET_HEIGHT / 2.0);
        close(at(0.0, -169.000_001), 1000.0, SHEET_HEIGHT / 2.0);
        close(at(90.0, 11.0), 500.0, 0.0);
        close(at(-90.0, 11.0), 500.0, SHEET_HEIGHT);
    }

    /// Equal areas: a cell of one degree by one has the share of the sheet that it has of the globe.
    #[test]
    fn areas_are_kept() {
        let cell = |lat: f64, lon: f64| {
            let corners =
                [at(lat, lon), at(lat, lon + 1.0), at(lat + 1.0, lon + 1.0), at(lat + 1.0, lon)];
            let mut twice = 0.0;
            for (index, a) in corners.iter().enumerate() {
                let b = corners[(index + 1) % 4];
                twice += a.x * b.y - b.x * a.y;
            }
            (twice / 2.0).abs()
        };
        let sine = |degrees: f64| libm::sin(degrees.to_radians());
        let globe = |lat: f64| sine(lat + 1.0) - sine(lat);
        let reference = cell(0.0, 11.0) / globe(0.0);
        for lat in [-80.0, -45.0, 20.0, 50.0, 70.0, 85.0] {
            for lon in [-160.0, -77.0, 8.0, 139.0] {
                let ratio = cell(lat, lon) / globe(lat) / reference;
                assert!((ratio - 1.0).abs() < 1e-3, "{ratio} at {lat}, {lon}");
            }
        }
    }
}
