//! DNS: the chain of questions that ends with the addresses of one edge location.
//!
//! Sources: security-logs-edge.md section 7, DNS-01 to DNS-30.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::PriceClass;
use super::access::{Access, Family, Resolver, ViewerNetwork};
use super::latency::viewer_round_trip;
use super::nearest::{Candidate, best_from, best_round_trip_from, candidates_from};
use super::places::{City, Pop};
use crate::hash::fnv1a_32;

/// Who is asked, in the order of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// The viewer's recursive resolver, by the stub resolver of its machine.
    Resolver,
    /// A root server, by the resolver; this one and all below.
    Root,
    /// A server of the alias's top-level domain, such as `com`.
    TopLevel,
    /// The name server of the alias's own zone: it answers with a CNAME to the distribution's name (DNS-03).
    AliasZone,
    /// The same where the alias is the zone itself, which can hold no CNAME: an alias record there answers with the addresses
    /// (DNS-04).
    ApexZone,
    /// A server of `net`, the top-level domain of `cloudfront.net`.
    Net,
    /// A name server of the zone `cloudfront.net`, which chooses the edge location.
    CloudFrontZone,
}

/// One question of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsQuery {
    /// Who is asked.
    pub asked: Asked,
    /// What the question costs when it has to be sent.
    pub round_trip: Duration,
    /// Whether the resolver already knows the answer: then nothing is sent and nothing is waited for.
    pub from_cache: bool,
}

/// What became of the question for addresses of IPv6 (AAAA).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ipv6Answer {
    /// A set of addresses (DNS-08).
    Addresses(Vec<Ipv6Addr>),
    /// The distribution has IPv6 off: NOERROR, and no address (DS-14).
    Off,
    /// The path over IPv4 is the better one: no address, though IPv6 is on (DNS-07, DNS-27).
    WorsePath,
}

/// What a lookup brought, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsAnswer {
    /// The name asked for.
    pub name: String,
    /// The questions, in order.
    pub chain: Vec<DnsQuery>,
    /// The edge locations that came into question, best first.
    pub candidates: Vec<Candidate>,
    /// The edge location whose addresses the answer holds: the first of the candidates (DNS-02).
    pub chosen: Pop,
    /// A set of its addresses (FLOW-02, DNS-08).
    pub addresses: Vec<Ipv4Addr>,
    /// The same of IPv6; none where the viewer does not ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<Ipv6Answer>,
    /// Which resolver the viewer asked.
    #[serde(default, skip_serializing_if = "Resolver::is_usual")]
    pub resolver: Resolver,
    /// How long the answer may be kept, in seconds.
    pub ttl_secs: u32,
    /// The sum of the questions that were sent.
    pub took: Duration,
}

/// How long an answer for a distribution's name may be kept (DNS-08, observed; OPEN-08).
pub const TTL_SECS: u32 = 60;

/// How many IPv4 addresses an answer holds (DNS-08, observed; OPEN-08).
pub const ADDRESSES: usize = 4;

/// How many of IPv6 (DNS-08, observed).
pub const ADDRESSES_OF_IPV6: usize = 8;

/// The end of every distribution's own name.
const DISTRIBUTION_SUFFIX: &str = ".cloudfront.net";

/// What is looked up, for whom, and what is configured.
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'n> {
    /// The name.
    pub name: &'n str,
    /// Where the viewer is, whose resolver has not asked for it lately.
    pub city: City,
    /// How it comes to the network.
    pub network: ViewerNetwork,
    /// The distribution's: only edge locations that it includes come back (DS-02, DNS-10).
    pub class: PriceClass,
    /// Whether the distribution has addresses of IPv6 (DS-14).
    pub is_ipv6_enabled: bool,
    /// Numbers the look-ups: which of the edge location's sets of addresses comes back depends on it, too (FLOW-02).
    pub turn: u32,
}

impl<'n> Lookup<'n> {
    /// The first one of a name, for a usual viewer and a distribution in all edge locations without IPv6.
    pub fn of(name: &'n str, city: City) -> Self {
        let (network, class) = (ViewerNetwork::default(), PriceClass::All);
        Self { name, city, network, class, is_ipv6_enabled: false, turn: 0 }
    }
}

/// Looks a name up.
///
/// For a distribution's own name (`dxxxx.cloudfront.net`) two questions are sent: stub to resolver, and resolver to
/// `cloudfront.net`; the root and `net` are in the resolver's cache, where they stay for two days (DNS-14, DNS-15).
/// An alias's top-level domain and zone are asked as well, for the CNAME (DNS-03); one that is a zone itself answers by its alias
/// records, and nobody else is asked (DNS-04, DNS-06).
///
/// A viewer that has IPv6 asks for addresses of both families at once, along the same chain (DNS-26).
pub fn resolve(lookup: &Lookup<'_>) -> DnsAnswer {
    let &Lookup { name, city, network, class, is_ipv6_enabled, turn } = lookup;
    let resolver = network.resolver;
    let server = name_server_round_trip(resolver.town(city));
    let sent = |asked| DnsQuery { asked, round_trip: server, from_cache: false };
    let cached = |asked| DnsQuery { asked, round_trip: server, from_cache: true };

    let mut chain = vec![
        DnsQuery {
            asked: Asked::Resolver,
            round_trip: viewer_round_trip(city, resolver.town(city).position()),
            from_cache: false,
        },
        cached(Asked::Root),
    ];
    if is_apex(name) {
        chain.extend([sent(Asked::TopLevel), sent(Asked::ApexZone)]); // DNS-04
    } else {
        if !is_distribution_name(name) {
            chain.extend([sent(Asked::TopLevel), sent(Asked::AliasZone)]);
        }
        chain.extend([cached(Asked::Net), sent(Asked::CloudFrontZone)]);
    }

    let seen_from = resolver.seen_from(city); // DNS-09
    let chosen = best_from(seen_from, class);
    DnsAnswer {
        name: name.to_owned(),
        took: sum_of_sent(&chain),
        chain,
        candidates: candidates_from(seen_from, class).to_vec(),
        chosen,
        addresses: addresses(chosen, name, city, turn),
        ipv6: match network.access {
            Access::Ipv4 => None,
            _ if !is_ipv6_enabled => Some(Ipv6Answer::Off), // DS-14
            Access::Tunnel => Some(Ipv6Answer::WorsePath),  // DNS-07
            Access::Both => {
                Some(Ipv6Answer::Addresses(addresses_of_ipv6(chosen, name, city, turn)))
            }
        },
        resolver,
        ttl_secs: TTL_SECS,
    }
}

impl DnsAnswer {
    /// The same answer, given by a resolver that still holds it: one round trip, stub to resolver (DNS-15, "warm").
    #[must_use]
    pub fn held_by_resolver(mut self) -> Self {
        for query in &mut self.chain {
            query.from_cache |= query.asked != Asked::Resolver;
        }
        self.took = sum_of_sent(&self.chain);
        self
    }

    /// Over which family the viewer goes: over IPv6 wherever it has an address of it (DNS-26, RFC 8305 section 4).
    pub const fn family(&self) -> Family {
        match self.ipv6 {
            Some(Ipv6Answer::Addresses(_)) => Family::Ipv6,
            _ => Family::Ipv4,
        }
    }

    /// The first of its addresses of a family.
    pub fn first_address(&self, family: Family) -> Option<IpAddr> {
        match (family, &self.ipv6) {
            (Family::Ipv6, Some(Ipv6Answer::Addresses(all))) => {
                all.first().copied().map(IpAddr::V6)
            }
            (Family::Ipv6, _) => None,
            (Family::Ipv4, _) => self.addresses.first().copied().map(IpAddr::V4),
        }
    }

    /// How long the answer may be kept.
    pub fn ttl(&self) -> Duration {
        Duration::from_secs(u64::from(self.ttl_secs))
    }
}

fn is_distribution_name(name: &str) -> bool {
    name.trim_end_matches('.').to_ascii_lowercase().ends_with(DISTRIBUTION_SUFFIX)
}

/// DNS-24 (MODEL): whether a name is a zone itself: it has two labels.
fn is_apex(name: &str) -> bool {
    name.trim_end_matches('.').split('.').count() == 2
}

fn sum_of_sent(chain: &[DnsQuery]) -> Duration {
    chain.iter().filter(|query| !query.from_cache).map(|query| query.round_trip).sum()
}

/// What a question to a name server costs a resolver in this town. MODEL: the root, the large top-level domains and Route 53 are
/// announced from many towns, so an instance stands in the town of the edge location with the lowest latency.
pub fn name_server_round_trip(town: City) -> Duration {
    best_round_trip_from(town)
}

/// How many sets of addresses an edge location has. MODEL.
const ADDRESS_SETS: u8 = 60;

/// Which of its sets an asker gets: that depends on the name and the city, and goes on by one with each look-up, so that the load
/// spreads (FLOW-02). MODEL.
fn address_set(name: &str, city: City, turn: u32) -> u8 {
    (spread(name, city.slug()).wrapping_add(turn) % u32::from(ADDRESS_SETS)) as u8 // FLOW-02
}

/// DNS-25 (MODEL): four addresses of the edge location, of the range 198.18.0.0/15, which is kept for benchmarks and never routed
/// (RFC 2544).
pub fn addresses(pop: Pop, name: &str, city: City, turn: u32) -> Vec<Ipv4Addr> {
    let [high, low] = (pop.index() as u16).to_be_bytes();
    let set = address_set(name, city, turn);
    (0..ADDRESSES as u8)
        .map(|nth| Ipv4Addr::new(198, 18 + high, low, 1 + set + nth * ADDRESS_SETS))
        .collect()
}

/// DNS-25 (MODEL): eight of the range `2001:2::/48`, which is kept for the same (RFC 5180).
pub fn addresses_of_ipv6(pop: Pop, name: &str, city: City, turn: u32) -> Vec<Ipv6Addr> {
    let set = u16::from(address_set(name, city, turn));
    (1..=ADDRESSES_OF_IPV6 as u16)
        .map(|nth| Ipv6Addr::new(0x2001, 2, 0, pop.index() as u16, 0, 0, set, nth))
        .collect()
}

/// A number made of the two texts.
fn spread(name: &str, slug: &str) -> u32 {
    fnv1a_32(name.bytes().chain(slug.bytes()))
}

#[cfg(test)]
mod tests;
