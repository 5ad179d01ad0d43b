//! DNS: the chain of questions that ends with the addresses of one edge location.
//!
//! Sources: security-logs-edge.md section 7, DNS-01 to DNS-23.

use std::net::Ipv4Addr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::PriceClass;
use super::latency::viewer_round_trip;
use super::nearest::{Candidate, best_round_trip, best_within, candidates};
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
/// An alias's top-level domain and zone are asked as well, for the CNAME (DNS-03); one that is a zone itself answers by its alias
/// record, and nobody else is asked (DNS-04).
///
/// `class` is the distribution's: only edge locations that it includes come back (DS-02, DNS-10). `turn` numbers the look-ups: which of the edge location's sets of addresses comes back depends on it, too (FLOW-02).
pub fn resolve(name: &str, city: City, class: PriceClass, turn: u32) -> DnsAnswer {
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
    if is_apex(name) {
        chain.extend([sent(Asked::TopLevel), sent(Asked::ApexZone)]); // DNS-04
    } else {
        if !is_distribution_name(name) {
            chain.extend([sent(Asked::TopLevel), sent(Asked::AliasZone)]);
        }
        chain.extend([cached(Asked::Net), sent(Asked::CloudFrontZone)]);
    }

    let chosen = best_within(city, class);
    DnsAnswer {
        name: name.to_owned(),
        took: sum_of_sent(&chain),
        chain,
        candidates: candidates(city, class),
        chosen,
        addresses: addresses(chosen, name, city, turn),
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

/// What a question to a name server costs the city's resolver. MODEL: the root, the large top-level domains and Route 53 are
/// announced from many towns, so an instance stands in the town of the edge location with the lowest latency.
pub fn name_server_round_trip(city: City) -> Duration {
    best_round_trip(city)
}

/// How many sets of addresses an edge location has. MODEL.
const ADDRESS_SETS: u8 = 60;

/// Four addresses of the edge location, of the range 198.18.0.0/15, which is kept for benchmarks and never routed
/// (RFC 2544). Which of its sets an asker gets depends on the name and the city, and goes on by one with each look-up: the
/// load spreads (FLOW-02). MODEL.
pub fn addresses(pop: Pop, name: &str, city: City, turn: u32) -> Vec<Ipv4Addr> {
    let [high, low] = (pop.index() as u16).to_be_bytes();
    let set = (spread(name, city.slug()).wrapping_add(turn) % u32::from(ADDRESS_SETS)) as u8; // FLOW-02
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeSet;

    use super::*;

    const NAME: &str = "d111111abcdef8.cloudfront.net";

    fn city(name: &str) -> City {
        City::find(name).unwrap()
    }

    fn sent(answer: &DnsAnswer) -> Vec<Asked> {
        answer.chain.iter().filter(|query| !query.from_cache).map(|query| query.asked).collect()
    }

    #[test]
    fn dns_01_the_answer_is_the_best_candidate() {
        for city in City::all() {
            let answer = resolve(NAME, city, PriceClass::All, 0);
            assert_eq!(answer.chosen, best_within(city, PriceClass::All));
            assert_eq!(answer.candidates, candidates(city, PriceClass::All));
        }
    }

    #[test]
    fn dns_03_an_alias_asks_for_its_own_zone_first() {
        let answer = resolve("www.example.com", city("Paris"), PriceClass::All, 0);
        let asked: Vec<_> = answer.chain.iter().map(|query| query.asked).collect();
        assert!(asked.is_sorted(), "{asked:?}");
        assert_eq!(
            sent(&answer),
            [Asked::Resolver, Asked::TopLevel, Asked::AliasZone, Asked::CloudFrontZone]
        );
        let direct = resolve(NAME, city("Paris"), PriceClass::All, 0);
        assert_eq!(answer.took, direct.took + 2 * name_server_round_trip(city("Paris")));
        assert_eq!(
            sent(&resolve("D111.CloudFront.NET.", city("Paris"), PriceClass::All, 0)),
            sent(&direct)
        );
        assert_eq!(
            sent(&resolve("cloudfront.net.example", city("Paris"), PriceClass::All, 0)),
            sent(&answer)
        );
    }

    #[test]
    fn dns_04_24_the_apex_of_a_zone_answers_with_addresses_itself() {
        let paris = city("Paris");
        let apex = resolve("example.com", paris, PriceClass::All, 0);
        assert_eq!(sent(&apex), [Asked::Resolver, Asked::TopLevel, Asked::ApexZone], "DNS-04");
        let below = resolve("www.example.com", paris, PriceClass::All, 0);
        assert_eq!(apex.took + name_server_round_trip(paris), below.took, "DNS-04: one less");
        assert_eq!((apex.chosen, apex.addresses.len()), (below.chosen, ADDRESSES), "DNS-04");
        let with_dot = resolve("example.com.", paris, PriceClass::All, 0);
        assert_eq!(sent(&with_dot), sent(&apex), "DNS-24");
        assert_eq!(sent(&apex.held_by_resolver()), [Asked::Resolver], "DNS-15");
    }

    #[test]
    fn dns_08_four_addresses_for_60_seconds() {
        for city in City::all() {
            let answer = resolve(NAME, city, PriceClass::All, 0);
            assert_eq!(answer.addresses.iter().collect::<BTreeSet<_>>().len(), 4);
            assert_eq!(answer.ttl_secs, 60);
        }
    }

    #[test]
    fn dns_15_a_cold_chain_sends_two_questions_and_a_warm_one_a_single() {
        let paris = city("Paris");
        let cold = resolve(NAME, paris, PriceClass::All, 0);
        let asked: Vec<_> = cold.chain.iter().map(|query| query.asked).collect();
        assert_eq!(asked, [Asked::Resolver, Asked::Root, Asked::Net, Asked::CloudFrontZone]);
        assert_eq!(sent(&cold), [Asked::Resolver, Asked::CloudFrontZone]);
        let stub = viewer_round_trip(paris, paris.resolver());
        assert_eq!(cold.took, stub + name_server_round_trip(paris));

        let warm = cold.clone().held_by_resolver();
        assert_eq!(sent(&warm), [Asked::Resolver]);
        assert_eq!(warm.took, stub);
        assert_eq!((warm.chosen, warm.addresses), (cold.chosen, cold.addresses));
    }

    #[test]
    fn dns_16_addresses_belong_to_one_place() {
        // Of 198.18.0.0/15 (RFC 2544), and of one edge location whoever asks for whatever.
        let mut owners = std::collections::BTreeMap::new();
        for pop in Pop::all() {
            for city in City::all() {
                for address in addresses(pop, NAME, city, 7) {
                    let [a, b, _, d] = address.octets();
                    assert!(
                        a == 198 && (18..=19).contains(&b) && (1..=254).contains(&d),
                        "{address}"
                    );
                    assert_eq!(*owners.entry(address).or_insert(pop), pop, "{address}");
                }
            }
        }
    }

    #[test]
    fn flow_02_askers_get_different_sets_of_one_place() {
        let fra = Pop::find("FRA").unwrap();
        let sets: BTreeSet<_> = City::all().map(|city| addresses(fra, NAME, city, 0)).collect();
        assert!(sets.len() > 30, "{} sets for {} cities", sets.len(), City::all().count());
        let names: BTreeSet<_> = (0..50)
            .map(|n| addresses(fra, &format!("d{n}.cloudfront.net"), city("Paris"), 0))
            .collect();
        assert!(names.len() > 20, "{}", names.len());
        let viewers: BTreeSet<_> =
            (0..10).map(|turn| addresses(fra, NAME, city("Paris"), turn)).collect();
        assert_eq!(viewers.len(), 10, "FLOW-02: several viewers in one city");
        let next = addresses(fra, NAME, city("Paris"), u32::MAX);
        assert_eq!(next.len(), ADDRESSES);
        assert_eq!(
            resolve(NAME, city("Paris"), PriceClass::All, 0),
            resolve(NAME, city("Paris"), PriceClass::All, 0)
        );
    }

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        let answer = resolve(NAME, city("Addis Ababa"), PriceClass::All, 0);
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<DnsAnswer>(&json).unwrap(), answer);
    }
}
