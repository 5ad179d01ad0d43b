//! The ways through the network that were taken before: looked up once, since every request takes them again.

use std::sync::Arc;
use std::time::Duration;

use litemap::LiteMap;

use super::Place;
use crate::distribution;
use crate::edge::fields::{EdgeLocation, Parties, ViewerFacts};
use crate::hash::{fnv1a, fnv1a_from};
use crate::network::latency::{round_trip, viewer_round_trip};
use crate::network::{City, Family, Pop, Position, PriceClass, Rec, nearest};

/// MODEL (LOG-83): the port of every viewer.
pub(super) const VIEWER_PORT: u16 = 49_152;

/// The edge locations that a distribution uses, as the network knows them (DS-02).
pub(super) const fn used(class: distribution::PriceClass) -> PriceClass {
    match class {
        distribution::PriceClass::Class100 => PriceClass::Class100,
        distribution::PriceClass::Class200 => PriceClass::Class200,
        distribution::PriceClass::All => PriceClass::All,
    }
}

/// The way from the viewers of a city to the REC of their POP.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) pop: Pop,
    pub(super) rec: Rec,
    /// Between viewer and POP, there and back.
    pub(super) round_trip: Duration,
}

/// All ways taken so far.
#[derive(Debug, Default)]
pub(super) struct Ways {
    from: LiteMap<(City, Pop), Way>,
    parties: LiteMap<(City, Pop, Family), Arc<Parties>>,
    between: LiteMap<(Place, Place), Duration>,
}

impl Ways {
    /// The way from a city to an edge location, and on from there.
    pub(super) fn from(&mut self, city: City, pop: Pop) -> &Way {
        self.from.entry((city, pop)).or_insert_with(|| Way {
            pop,
            rec: nearest::nearest_rec(pop),
            round_trip: viewer_round_trip(city, pop.position()),
        })
    }

    /// An edge location as viewers and origins hear of it, and the viewers of a city who come over a family of addresses, as the
    /// edge knows them.
    pub(super) fn parties(&mut self, city: City, pop: Pop, family: Family) -> Arc<Parties> {
        let parties = || Parties { location: location(pop), viewer: facts(city, family) }.into();
        Arc::clone(self.parties.entry((city, pop, family)).or_insert_with(parties))
    }

    /// Between two tiers, or a tier and an origin, there and back; none where one of them stands nowhere.
    pub(super) fn between(&mut self, one: Place, other: Place) -> Option<Duration> {
        if let Some(known) = self.between.get(&(one, other)) {
            return Some(*known);
        }
        let found = round_trip(position(one)?, position(other)?);
        self.between.insert((one, other), found);
        Some(found)
    }
}

fn position(place: Place) -> Option<Position> {
    match place {
        Place::Pop(pop) => Some(pop.position()),
        Place::Rec(rec) => Some(rec.position()),
        Place::Origin(region) => Some(region.position()),
        _ => None,
    }
}

fn location(pop: Pop) -> EdgeLocation {
    let code = pop.full_code();
    EdgeLocation::new(code, &via_name(code), nearest::nearest_rec(pop).code())
}

/// DNS-26 (MODEL): whatever the family, the place and the network are known.
fn facts(city: City, family: Family) -> ViewerFacts {
    ViewerFacts {
        ip: city.address(family).to_string().into(),
        port: VIEWER_PORT,
        country: Some(city.country_code().into()),
        city: Some(city.name().into()),
        as_number: Some(city.as_number()),
    }
}

/// 32 hexadecimal digits made of the POP's code, so that each POP has its own name in Via (RH-01).
fn via_name(pop_code: &str) -> String {
    let first = fnv1a(pop_code.bytes());
    let second = fnv1a_from(first, pop_code.bytes().rev());
    format!("{first:016x}{second:016x}")
}
