//! Latency from distance: the great circle, the speed of light in fibre, and two named allowances.

use std::time::Duration;

use super::places::City;
use super::position::Position;

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::hash::{fnv1a, fnv1a_from};
    use crate::network::places::{Pop, Region};

    fn pop(code: &str) -> Position {
        Pop::find(code).unwrap().position()
    }

    fn region(code: &str) -> Position {
        Region::find(code).unwrap().position()
    }

    fn millis(span: Duration) -> f64 {
        span.as_micros() as f64 / 1000.0
    }

    fn anywhere() -> impl Strategy<Value = Position> {
        (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lon)| Position { lat, lon })
    }

    #[test]
    fn great_circles_are_those_of_the_almanac() {
        let equator = Position { lat: 0.0, lon: 0.0 };
        let pole = Position { lat: 90.0, lon: 77.0 };
        let quarter = EARTH_RADIUS_KM * std::f64::consts::FRAC_PI_2;
        assert!((great_circle_km(equator, pole) - quarter).abs() < 1e-6);
        // Antipodes are half the circumference apart, however the longitude is written.
        let antipode = Position { lat: 0.0, lon: 180.0 };
        assert!((great_circle_km(equator, antipode) - 2.0 * quarter).abs() < 1e-6);
        let dateline = (Position { lat: 10.0, lon: 179.9 }, Position { lat: 10.0, lon: -179.9 });
        assert!(great_circle_km(dateline.0, dateline.1) < 22.0, "the date line is no wall");
        // Published: Paris to New York 5,837 km; Sydney to London 16,994 km.
        let paris = Position { lat: 48.8566, lon: 2.3522 };
        let new_york = Position { lat: 40.7128, lon: -74.0060 };
        assert!((great_circle_km(paris, new_york) - 5837.0).abs() < 3.0);
        let (sydney, london) =
            (Position { lat: -33.8688, lon: 151.2093 }, Position { lat: 51.5074, lon: -0.1278 });
        assert!((great_circle_km(sydney, london) - 16994.0).abs() < 5.0);
    }

    #[test]
    fn round_trips_are_what_a_ping_shows() {
        // (from, to, at least, at most), in milliseconds, of public measurements between these towns.
        let table = [
            (region("eu-west-3"), region("eu-central-1"), 8.0, 12.0),
            (region("eu-central-1"), region("us-east-1"), 86.0, 95.0),
            (region("ap-southeast-2"), region("us-east-1"), 195.0, 215.0),
            (region("us-east-1"), region("us-west-2"), 48.0, 70.0),
            (region("eu-west-2"), region("ap-southeast-1"), 140.0, 180.0),
            (pop("NBO"), region("me-central-1"), 40.0, 60.0),
        ];
        for (from, to, least, most) in table {
            let measured = millis(round_trip(from, to));
            assert!((least..=most).contains(&measured), "{measured} ms from {from:?} to {to:?}");
        }
        let addis_ababa = City::find("Addis Ababa").unwrap();
        let measured = millis(viewer_round_trip(addis_ababa, pop("NBO")));
        assert!((25.0..=35.0).contains(&measured), "{measured} ms");
    }

    #[test]
    fn a_viewer_pays_the_last_mile_once_more_than_a_data_centre_there() {
        let city = City::find("Paris").unwrap();
        let spared = round_trip(city.position(), pop("CDG"));
        assert_eq!(viewer_round_trip(city, pop("CDG")), spared + LAST_MILE);
    }

    /// FNV-1a over the bits of every distance between a city and an edge location, and the microseconds made of it.
    fn hash_of_all_distances() -> u64 {
        let mut hash = fnv1a([]);
        let mut add = |bits: u64| hash = fnv1a_from(hash, bits.to_le_bytes());
        for city in City::all() {
            for pop in Pop::all() {
                add(great_circle_km(city.position(), pop.position()).to_bits());
                add(round_trip(city.position(), pop.position()).as_micros() as u64);
            }
        }
        hash
    }

    #[test]
    fn latency_has_the_same_bits_natively_and_in_wasm() {
        assert_eq!(round_trip(pop("FRA"), region("us-east-1")).as_micros(), 89_046);
        assert_eq!(hash_of_all_distances(), 7_002_435_413_189_558_857);
    }

    proptest! {
        #[test]
        fn distance_and_latency_are_symmetric_even_and_bounded(a in anywhere(), b in anywhere()) {
            let km = great_circle_km(a, b);
            prop_assert!((0.0..=20_016.0).contains(&km));
            prop_assert!((km - great_circle_km(b, a)).abs() < 1e-6);
            let there = round_trip(a, b);
            prop_assert!(there >= EQUIPMENT);
            prop_assert_eq!(there.as_nanos() % 2000, 0, "half of it is whole microseconds");
            prop_assert!(there.abs_diff(round_trip(b, a)) <= Duration::from_micros(2));
        }

        #[test]
        fn a_detour_is_never_shorter(a in anywhere(), b in anywhere(), c in anywhere()) {
            prop_assert!(great_circle_km(a, c) <= great_circle_km(a, b) + great_circle_km(b, c) + 1e-3);
            prop_assert!(round_trip(a, c) <= round_trip(a, b) + round_trip(b, c));
        }
    }
}
