//! Which edge location answers a city, and which regional edge cache stands behind an edge location.

use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::latency::{Position, great_circle_km, round_trip};
use super::places::{City, Pop, PriceClass, Rec};

/// An edge location that DNS could answer with, and what decides: the round trip from the resolver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The edge location.
    pub pop: Pop,
    /// The modelled round trip between the viewer's resolver and the edge location (DNS-09); the viewer's own is
    /// [`super::latency::viewer_round_trip`].
    pub round_trip: Duration,
}

/// How many edge locations an answer names as candidates. MODEL: CloudFront does not say.
pub const CANDIDATES: usize = 5;

/// The edge locations with the lowest modelled latency from the city's resolver, best first, equals by code (FLOW-01,
/// DNS-01, DNS-09). Those of mainland China are in no global distribution and never among them.
pub fn candidates(city: City) -> Vec<Candidate> {
    candidates_of(city).to_vec()
}

/// The first of [`candidates`]: the edge location that DNS answers a viewer in the city with.
pub fn best(city: City) -> Pop {
    candidates_of(city)[0].pop
}

/// The lowest of the latencies of [`candidates`].
pub fn best_round_trip(city: City) -> Duration {
    candidates_of(city)[0].round_trip
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
    let mut recs: Vec<(f64, Rec)> =
        Rec::all().map(|rec| (great_circle_km(from, rec.position()), rec)).collect();
    recs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    recs.into_iter().map(|(_, rec)| rec).collect()
}

fn candidates_of(city: City) -> &'static [Candidate] {
    static TABLE: OnceLock<Vec<Vec<Candidate>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| City::all().map(|city| ranking(city.resolver())).collect());
    &table[city.index()]
}

fn ranking(from: Position) -> Vec<Candidate> {
    let mut ranking: Vec<Candidate> = Pop::all()
        .filter(|pop| pop.price_class() != PriceClass::China)
        .map(|pop| Candidate { pop, round_trip: round_trip(from, pop.position()) })
        .collect();
    ranking.sort_by_key(|candidate| (candidate.round_trip, candidate.pop));
    ranking.truncate(CANDIDATES);
    ranking
}
