//! Which edge location answers a city, and which regional edge cache stands behind an edge location.

use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::access::Resolver;
use super::latency::{great_circle_km, round_trip};
use super::places::{City, Pop, PriceClass, Rec, Region};
use super::position::Position;
use super::ranking::least;

/// An edge location that DNS could answer with, and what decides: the round trip from where the viewer seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The edge location.
    pub pop: Pop,
    /// The modelled round trip between the viewer's resolver, or the viewer's town where the resolver tells its subnet, and the
    /// edge location (DNS-09); the viewer's own is [`super::latency::viewer_round_trip`].
    pub round_trip: Duration,
}

/// How many edge locations an answer names as candidates. MODEL: AWS does not say.
pub const CANDIDATES: usize = 5;

/// The edge locations with the lowest modelled latency from the town where a viewer seems to be, best first, equals by code
/// (FLOW-01, DNS-01, DNS-09), of those that a price class includes (DS-02, DNS-10). Those of mainland China are in no global
/// distribution and never among them.
pub fn candidates_from(town: City, class: PriceClass) -> &'static [Candidate] {
    static TABLES: [OnceLock<Vec<Vec<Candidate>>>; 3] =
        [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let (place, class) = match class {
        PriceClass::Class100 => (0, class),
        PriceClass::Class200 => (1, class),
        PriceClass::All | PriceClass::China => (2, PriceClass::All),
    };
    let table = TABLES[place]
        .get_or_init(|| City::all().map(|town| ranking(town.position(), class)).collect());
    &table[town.index()]
}

/// The first of [`candidates_from`]: the edge location that DNS answers a viewer with who seems to be in this town.
pub fn best_from(town: City, class: PriceClass) -> Pop {
    candidates_from(town, class)[0].pop
}

/// The same for a viewer in the city whose provider's resolver asks.
pub fn best_within(city: City, class: PriceClass) -> Pop {
    best_from(city.resolver_city(), class)
}

/// The same of all edge locations.
pub fn best(city: City) -> Pop {
    best_within(city, PriceClass::All)
}

/// The lowest of the latencies from a town to any edge location.
pub fn best_round_trip_from(town: City) -> Duration {
    candidates_from(town, PriceClass::All)[0].round_trip
}

/// The regional edge cache behind an edge location: the nearest by great-circle distance, equals by code
/// (FLOW-12). MODEL.
pub fn nearest_rec(pop: Pop) -> Rec {
    static NEAREST: OnceLock<Vec<Rec>> = OnceLock::new();
    NEAREST.get_or_init(|| {
        Pop::all().filter_map(|pop| recs_by_distance(pop.position()).first().copied()).collect()
    })[pop.index()]
}

/// All regional edge caches by great-circle distance from a place, nearest first, equals by code: the next one is
/// asked when the nearest fails (FLOW-12). MODEL.
pub fn recs_by_distance(from: Position) -> Vec<Rec> {
    // No distance is negative, so their bits are ordered as they are.
    let distance = |rec: Rec| great_circle_km(from, rec.position()).to_bits();
    let recs = least(Rec::all().map(|rec| (distance(rec), rec)), usize::MAX);
    recs.into_iter().map(|(_, rec)| rec).collect()
}

/// Where AWS advises to put Origin Shield for an origin: in its own Region if that has one, else in another by the
/// guide's table (OR-08). MODEL: for a Region that the table leaves out, the nearest by distance.
pub fn advised_shield(origin: Region) -> Region {
    const ADVICE: [(&str, &str); 8] = [
        ("us-west-1", "us-west-2"),
        ("af-south-1", "eu-west-1"),
        ("ap-east-1", "ap-southeast-1"),
        ("ca-central-1", "us-east-1"),
        ("eu-south-1", "eu-central-1"),
        ("eu-west-3", "eu-west-2"),
        ("eu-north-1", "eu-west-2"),
        ("me-south-1", "ap-south-1"),
    ];
    if origin.has_shield() {
        return origin;
    }
    let advised = ADVICE.iter().find(|(here, _)| *here == origin.code());
    advised.and_then(|(_, there)| Region::find(there).ok()).unwrap_or_else(|| {
        let nearest = recs_by_distance(origin.position());
        let mut regions = nearest.into_iter().map(Rec::region);
        regions.find(|region| region.has_shield()).unwrap_or(origin)
    })
}

/// A city and others, as many as are wanted if there are so many, whose edge locations all differ and stand before the same
/// regional edge cache: what viewers there share is that cache alone (REC-11, FLOW-12).
pub fn behind_one_rec(
    city: City,
    resolver: Resolver,
    class: PriceClass,
    wanted: usize,
) -> Vec<City> {
    let best = |city| best_from(resolver.seen_from(city), class);
    let rec = nearest_rec(best(city));
    let mut cities = vec![city];
    for other in City::all() {
        let pop = best(other);
        let is_new = cities.iter().all(|city| best(*city) != pop);
        if cities.len() < wanted && is_new && nearest_rec(pop) == rec {
            cities.push(other);
        }
    }
    cities
}

fn ranking(from: Position, class: PriceClass) -> Vec<Candidate> {
    let global = Pop::all().filter(|pop| pop.price_class() <= class);
    let ranking = least(global.map(|pop| (round_trip(from, pop.position()), pop)), CANDIDATES);
    ranking.into_iter().map(|(round_trip, pop)| Candidate { pop, round_trip }).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn city(name: &str) -> City {
        City::find(name).unwrap()
    }

    fn pop(code: &str) -> Pop {
        Pop::find(code).unwrap()
    }

    #[test]
    fn flow_12_cities_behind_one_rec_share_nothing_else() {
        for city in City::all() {
            let cities = behind_one_rec(city, Resolver::Provider, PriceClass::All, 3);
            assert_eq!(cities[0], city);
            assert!(cities.len() <= 3);
            let rec = nearest_rec(best(city));
            for (index, one) in cities.iter().enumerate() {
                assert_eq!(nearest_rec(best(*one)), rec, "{one:?}");
                assert!(cities[..index].iter().all(|other| best(*other) != best(*one)), "{one:?}");
            }
        }
        let codes = behind_one_rec(city("Addis Ababa"), Resolver::Provider, PriceClass::All, 3)
            .into_iter()
            .map(|city| best(city).code());
        let codes: Vec<_> = codes.collect();
        assert_eq!((codes[0], codes.len()), ("NBO", 3));
    }

    #[test]
    fn flow_01_the_best_edge_location_of_each_city_is_the_one_on_the_map() {
        let table = [
            ("Addis Ababa", "NBO"),
            ("Anchorage", "SEA"), // its resolver is in Seattle; Vancouver would be nearer
            ("Auckland", "AKL"),
            ("Cairo", "CAI"),
            ("Dakar", "LOS"),
            ("Frankfurt", "FRA"),
            ("Honolulu", "SFO"),
            ("Kathmandu", "CCU"),
            ("La Paz", "LIM"),
            ("London", "LHR"),
            ("McMurdo Station", "DEN"), // by its resolver, half the world away
            ("Mumbai", "BOM"),
            ("New York", "EWR"), // a few kilometres nearer than JFK
            ("Paris", "CDG"),
            ("Perth", "PER"),
            ("Reykjavik", "DUB"),
            ("Sao Paulo", "GRU"),
            ("Tokyo", "NRT"),
        ];
        for (name, code) in table {
            assert_eq!(best(city(name)).code(), code, "{name}");
        }
    }

    #[test]
    fn flow_01_candidates_are_the_five_of_lowest_latency_best_first() {
        for city in City::all() {
            let candidates = candidates_from(city.resolver_city(), PriceClass::All);
            assert_eq!(candidates.len(), CANDIDATES, "{city}");
            assert_eq!(candidates[0].pop, best(city));
            assert_eq!(candidates[0].round_trip, best_round_trip_from(city.resolver_city()));
            let order: Vec<_> = candidates.iter().map(|c| (c.round_trip, c.pop.code())).collect();
            assert!(order.is_sorted_by(|a, b| a < b), "{city}: {order:?}");
            for candidate in candidates {
                let there = candidate.pop.position();
                assert_eq!(
                    candidate.round_trip,
                    round_trip(city.resolver_city().position(), there),
                    "{city}"
                );
            }
            let left_out = Pop::all()
                .filter(|pop| pop.country() != "CN")
                .filter(|pop| candidates.iter().all(|candidate| candidate.pop != *pop))
                .map(|pop| round_trip(city.resolver_city().position(), pop.position()))
                .min();
            assert!(left_out >= Some(candidates[CANDIDATES - 1].round_trip), "{city}");
        }
    }

    #[test]
    fn dns_09_the_resolvers_place_stands_for_the_viewers() {
        let tromso = city("Tromso");
        assert_eq!(best(tromso), pop("OSL"));
        assert_eq!(Resolver::Provider.seen_from(tromso), city("Oslo"));
        assert_eq!(best(tromso), best(city("Oslo")));
        // DNS-11: the far resolver leads it past the edge location that is nearest to itself.
        let from_home = |code| round_trip(tromso.position(), pop(code).position());
        assert!(from_home("HEL") < from_home("OSL"));
    }

    #[test]
    fn dns_12_mainland_china_answers_no_global_distribution() {
        let in_china = |candidate: &Candidate| candidate.pop.price_class() == PriceClass::China;
        assert!(!City::all().flat_map(|town| candidates_from(town, PriceClass::All)).any(in_china));
        // The rule is not idle: Beijing would be the nearest to Ulaanbaatar.
        let ulaanbaatar = city("Ulaanbaatar");
        assert!(
            round_trip(ulaanbaatar.position(), pop("PEK").position())
                < best_round_trip_from(ulaanbaatar)
        );
    }

    #[test]
    fn flow_12_the_nearest_regional_edge_cache_stands_behind_each_edge_location() {
        let table = [
            ("FRA", "eu-central-1"),
            ("CDG", "eu-west-2"),
            ("NBO", "me-central-1"),
            ("CPT", "sa-east-1"), // over the ocean, by 1,200 km
            ("IAD", "us-east-1"),
            ("ORD", "us-east-2"),
            ("SEA", "us-west-2"),
            ("SFO", "us-west-1"),
            ("GRU", "sa-east-1"),
            ("SYD", "ap-southeast-2"),
            ("AKL", "ap-southeast-2"),
            ("DEL", "ap-south-1"),
            ("HKG", "ap-northeast-2"),
            ("LIS", "eu-west-2"),
        ];
        for (code, rec) in table {
            assert_eq!(nearest_rec(pop(code)).code(), rec, "{code}");
        }
        for pop in Pop::all() {
            let chosen = great_circle_km(pop.position(), nearest_rec(pop).position());
            let nearer = Rec::all()
                .filter(|rec| great_circle_km(pop.position(), rec.position()) < chosen)
                .count();
            assert_eq!(nearer, 0, "{pop}");
        }
    }

    #[test]
    fn flow_12_the_next_nearest_takes_over() {
        let order = recs_by_distance(pop("FRA").position());
        assert_eq!(order.len(), Rec::all().count());
        assert_eq!(order[0].code(), "eu-central-1");
        assert_eq!(order[1].code(), "eu-west-2");
    }
}
