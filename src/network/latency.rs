//! Latency from distance: the great circle, the speed of light in fibre, and two named allowances.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::places::City;

/// A point on the globe, in degrees: latitude north positive, longitude east positive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north of the equator, -90 to 90.
    pub lat: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub lon: f64,
}

/// The mean radius of the Earth in kilometres (IUGG R1).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Light in glass fibre, in kilometres per second: two thirds of its speed in empty space. MODEL, rounded.
pub const FIBRE_KM_PER_SEC: f64 = 200_000.0;

/// How much longer a cable is than the great circle: it follows coasts, roads and landing points. MODEL.
pub const PATH_STRETCH: f64 = 1.33;

/// What routers, switches and the two ends add to a round trip, however short the way. MODEL.
pub const EQUIPMENT: Duration = Duration::from_millis(2);

/// What a viewer's access network (home line, provider's aggregation) adds to a round trip. MODEL.
pub const LAST_MILE: Duration = Duration::from_millis(8);

/// The length of the shortest way over the surface, in kilometres (haversine formula).
pub fn great_circle_km(a: Position, b: Position) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let lat_sine = libm::sin((lat_b - lat_a) / 2.0);
    let lon_sine = libm::sin((b.lon - a.lon).to_radians() / 2.0);
    let chord = lat_sine * lat_sine + libm::cos(lat_a) * libm::cos(lat_b) * (lon_sine * lon_sine);
    // Rounding can carry the chord of two antipodes a hair above 1, where the arcsine is not defined.
    2.0 * EARTH_RADIUS_KM * libm::asin(chord.clamp(0.0, 1.0).sqrt())
}

/// The round trip between two data centres: [`EQUIPMENT`] and twice the stretched great circle at the speed of
/// light in fibre. MODEL.
///
/// It is a whole and even number of microseconds, so that the way there, half of it, is exact too.
pub fn round_trip(a: Position, b: Position) -> Duration {
    let one_way_micros = great_circle_km(a, b) * PATH_STRETCH / FIBRE_KM_PER_SEC * 1e6;
    EQUIPMENT + 2 * Duration::from_micros(one_way_micros.round() as u64)
}

/// The round trip between a viewer in `city` and a data centre at `to`: [`round_trip`] and [`LAST_MILE`]. MODEL.
pub fn viewer_round_trip(city: City, to: Position) -> Duration {
    LAST_MILE + round_trip(city.position(), to)
}
