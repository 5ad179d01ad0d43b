//! DNS: the chain of questions that ends with the addresses of one edge location.
//!
//! Sources: security-logs-edge.md section 7, DNS-01 to DNS-23.

use std::net::Ipv4Addr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::latency::viewer_round_trip;
use super::nearest::{Candidate, best, best_round_trip, candidates};
use super::places::{City, Pop};

/// Who is asked, in the order of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// The provider's recursive resolver, by the stub resolver of the viewer's machine.
    Resolver,
    /// A root server, by the resolver; this one and all below.
    Root,
    /// A server of the alias's top-level domain, such as `com`.
    TopLevel,
    /// The name server of the alias's own zone: it answers with a CNAME to the distribution's name (DNS-03).
    AliasZone,
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
    /// How long the answer may be kept, in seconds.
    pub ttl_secs: u32,
    /// The sum of the questions that were sent.
    pub took: Duration,
}

/// How long an answer for a distribution's name may be kept (DNS-08, observed; OPEN-08).
pub const TTL_SECS: u32 = 60;

/// How many IPv4 addresses an answer holds (DNS-08, observed; OPEN-08).
pub const ADDRESSES: usize = 4;

/// The end of every distribution's own name.
const DISTRIBUTION_SUFFIX: &str = ".cloudfront.net";

/// Looks `name` up for a viewer in `city` whose resolver has not asked for it lately.
///
/// For a distribution's own name (`dxxxx.cloudfront.net`) two questions are sent: stub to resolver, and resolver to
/// `cloudfront.net`; the root and `net` are in the resolver's cache, where they stay for two days (DNS-14, DNS-15).
/// An alias's top-level domain and zone are asked as well, for the CNAME (DNS-03).
pub fn resolve(name: &str, city: City) -> DnsAnswer {
    let server = name_server_round_trip(city);
    let sent = |asked| DnsQuery { asked, round_trip: server, from_cache: false };
    let cached = |asked| DnsQuery { asked, round_trip: server, from_cache: true };

    let mut chain = vec![
        DnsQuery {
            asked: Asked::Resolver,
            round_trip: viewer_round_trip(city, city.resolver()),
            from_cache: false,
        },
        cached(Asked::Root),
    ];
    if !is_distribution_name(name) {
        chain.extend([sent(Asked::TopLevel), sent(Asked::AliasZone)]);
    }
    chain.extend([cached(Asked::Net), sent(Asked::CloudFrontZone)]);

    let chosen = best(city);
    DnsAnswer {
        name: name.to_owned(),
        took: sum_of_sent(&chain),
        chain,
        candidates: candidates(city),
        chosen,
        addresses: addresses(chosen, name, city),
        ttl_secs: TTL_SECS,
    }
}

impl DnsAnswer {
    /// The same answer, given by a resolver that still holds it: one round trip, stub to resolver (DNS-15, "warm").
    #[must_use]
    pub fn from_resolver_cache(mut self) -> Self {
        for query in &mut self.chain {
            query.from_cache |= query.asked != Asked::Resolver;
        }
        self.took = sum_of_sent(&self.chain);
        self
    }

    /// How long the answer may be kept.
    pub fn ttl(&self) -> Duration {
        Duration::from_secs(u64::from(self.ttl_secs))
    }
}

fn is_distribution_name(name: &str) -> bool {
    name.trim_end_matches('.').to_ascii_lowercase().ends_with(DISTRIBUTION_SUFFIX)
}

fn sum_of_sent(chain: &[DnsQuery]) -> Duration {
    chain.iter().filter(|query| !query.from_cache).map(|query| query.round_trip).sum()
}

/// What a question to a name server costs the city's resolver. MODEL: the root, the large top-level domains and Route 53 are
/// announced from many towns, so an instance stands in the town of the edge location with the lowest latency.
pub fn name_server_round_trip(city: City) -> Duration {
    best_round_trip(city)
}

/// How many sets of addresses an edge location has. MODEL.
const ADDRESS_SETS: u8 = 60;

/// Four addresses of the edge location, of the range 198.18.0.0/15, which is kept for benchmarks and never routed
/// (RFC 2544). Which of its sets an asker gets depends on the name and the city: the load spreads (FLOW-02). MODEL.
pub fn addresses(pop: Pop, name: &str, city: City) -> Vec<Ipv4Addr> {
    let [high, low] = (pop.index() as u16).to_be_bytes();
    let set = (spread(name, city.slug()) % u32::from(ADDRESS_SETS)) as u8;
    (0..ADDRESSES as u8)
        .map(|nth| Ipv4Addr::new(198, 18 + high, low, 1 + set + nth * ADDRESS_SETS))
        .collect()
}

/// FNV-1a over the two texts: the same number on every machine.
fn spread(name: &str, slug: &str) -> u32 {
    name.bytes()
        .chain(slug.bytes())
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
