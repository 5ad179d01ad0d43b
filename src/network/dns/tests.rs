#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::network::nearest::best_within;

const NAME: &str = "d111111abcdef8.cloudfront.net";

fn city(name: &str) -> City {
    City::find(name).unwrap()
}

fn of(name: &str, city: City) -> DnsAnswer {
    resolve(&Lookup::of(name, city))
}

fn sent(answer: &DnsAnswer) -> Vec<Asked> {
    answer.chain.iter().filter(|query| !query.from_cache).map(|query| query.asked).collect()
}

#[test]
fn dns_01_the_answer_is_the_best_candidate() {
    for city in City::all() {
        let answer = of(NAME, city);
        assert_eq!(answer.chosen, best_within(city, PriceClass::All));
        assert_eq!(answer.chosen, answer.candidates[0].pop);
    }
}

#[test]
fn dns_03_an_alias_asks_for_its_own_zone_first() {
    let answer = of("www.example.com", city("Paris"));
    let asked: Vec<_> = answer.chain.iter().map(|query| query.asked).collect();
    assert!(asked.is_sorted(), "{asked:?}");
    assert_eq!(
        sent(&answer),
        [Asked::Resolver, Asked::TopLevel, Asked::AliasZone, Asked::CloudFrontZone]
    );
    let direct = of(NAME, city("Paris"));
    assert_eq!(answer.took, direct.took + 2 * name_server_round_trip(city("Paris")));
    assert_eq!(sent(&of("D111.CloudFront.NET.", city("Paris"))), sent(&direct));
    assert_eq!(sent(&of("cloudfront.net.example", city("Paris"))), sent(&answer));
}

#[test]
fn dns_04_24_the_apex_of_a_zone_answers_with_addresses_itself() {
    let paris = city("Paris");
    let apex = of("example.com", paris);
    assert_eq!(sent(&apex), [Asked::Resolver, Asked::TopLevel, Asked::ApexZone], "DNS-04");
    let below = of("www.example.com", paris);
    assert_eq!(apex.took + name_server_round_trip(paris), below.took, "DNS-04: one less");
    assert_eq!((apex.chosen, apex.addresses.len()), (below.chosen, ADDRESSES), "DNS-04");
    let with_dot = of("example.com.", paris);
    assert_eq!(sent(&with_dot), sent(&apex), "DNS-24");
    assert_eq!(sent(&apex.held_by_resolver()), [Asked::Resolver], "DNS-15");
}

#[test]
fn dns_08_four_addresses_for_60_seconds() {
    for city in City::all() {
        let answer = of(NAME, city);
        assert_eq!(answer.addresses.iter().collect::<BTreeSet<_>>().len(), 4);
        assert_eq!(answer.ttl_secs, 60);
    }
}

#[test]
fn dns_15_a_cold_chain_sends_two_questions_and_a_warm_one_a_single() {
    let paris = city("Paris");
    let cold = of(NAME, paris);
    let asked: Vec<_> = cold.chain.iter().map(|query| query.asked).collect();
    assert_eq!(asked, [Asked::Resolver, Asked::Root, Asked::Net, Asked::CloudFrontZone]);
    assert_eq!(sent(&cold), [Asked::Resolver, Asked::CloudFrontZone]);
    let stub = viewer_round_trip(paris, paris.resolver_city().position());
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
                assert!(a == 198 && (18..=19).contains(&b) && (1..=254).contains(&d), "{address}");
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
    assert_eq!(of(NAME, city("Paris")), of(NAME, city("Paris")));
}

#[test]
fn an_answer_is_read_as_it_was_written() {
    let answer = of(NAME, city("Addis Ababa"));
    let json = serde_json::to_string(&answer).unwrap();
    assert_eq!(serde_json::from_str::<DnsAnswer>(&json).unwrap(), answer);
}

#[test]
fn ds_14_dns_07_08_25_26_who_has_ipv6_asks_for_it_and_goes_over_it_where_there_is_some() {
    use Access::{Both, Tunnel};
    let paris = city("Paris");
    let look_up = |access, is_ipv6_enabled| {
        let network = ViewerNetwork { access, ..ViewerNetwork::default() };
        resolve(&Lookup { network, is_ipv6_enabled, ..Lookup::of(NAME, paris) })
    };
    for (access, is_enabled, expected) in [
        (Access::Ipv4, false, None),
        (Access::Ipv4, true, None),
        (Both, false, Some(Ipv6Answer::Off)),
        (Tunnel, false, Some(Ipv6Answer::Off)),
        (Tunnel, true, Some(Ipv6Answer::WorsePath)),
    ] {
        let answer = look_up(access, is_enabled);
        assert_eq!(answer.ipv6, expected, "{access:?}, {is_enabled}");
        assert_eq!(answer.family(), Family::Ipv4);
        let first = answer.addresses.first().copied().map(IpAddr::V4);
        assert_eq!(answer.first_address(answer.family()), first);
        assert_eq!(answer.first_address(Family::Ipv6), None);
    }
    let answer = look_up(Both, true);
    let Some(Ipv6Answer::Addresses(all)) = &answer.ipv6 else { panic!("{answer:?}") };
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 8, "DNS-08");
    assert_eq!(
        (answer.family(), answer.first_address(Family::Ipv6)),
        (Family::Ipv6, Some(all[0].into()))
    );
    // Beside that it is the answer that there was before.
    assert_eq!(DnsAnswer { ipv6: None, ..answer }, of(NAME, paris), "DNS-26: at once");
}

#[test]
fn dns_16_25_addresses_of_ipv6_belong_to_one_place_too() {
    let mut owners = std::collections::BTreeMap::new();
    for pop in Pop::all() {
        for (city, turn) in City::all().zip(0..) {
            for address in addresses_of_ipv6(pop, NAME, city, turn) {
                assert_eq!(address.segments()[..3], [0x2001, 2, 0], "RFC 5180: {address}");
                assert_eq!(*owners.entry(address).or_insert(pop), pop, "{address}");
            }
        }
    }
}

#[test]
fn dns_09_11_28_a_far_off_resolver_leads_far_away_unless_it_tells_the_subnet() {
    let with = |resolver, city| {
        let network = ViewerNetwork { resolver, ..ViewerNetwork::default() };
        resolve(&Lookup { network, ..Lookup::of(NAME, city) })
    };
    let far_ones = [Resolver::Far, Resolver::FarWithSubnet];
    for viewer in City::all() {
        let [far, told] = far_ones.map(|resolver| with(resolver, viewer));
        let town = Resolver::Far.town(viewer);
        assert_eq!(far.chosen, best_from(town, PriceClass::All), "DNS-11: {viewer}");
        assert_eq!(told.chosen, best_from(viewer, PriceClass::All), "DNS-09: {viewer}");
        // Both stand in the same town, so they cost the same: only what they tell differs.
        let stub = viewer_round_trip(viewer, town.position());
        assert_eq!(far.took, stub + name_server_round_trip(town), "DNS-15: {viewer}");
        assert_eq!(told.took, far.took, "{viewer}");
        let away = |answer: &DnsAnswer| viewer_round_trip(viewer, answer.chosen.position());
        assert!(away(&told) <= away(&far), "{viewer}");
    }
    let paris = city("Paris");
    assert_eq!(with(Resolver::Far, paris).chosen.code(), "SIN");
    assert_eq!(with(Resolver::FarWithSubnet, paris).chosen.code(), "CDG");
    // Where the provider's resolver stands elsewhere, a subnet tells more than that resolver's place does.
    let tromso = city("Tromso");
    assert_ne!(with(Resolver::FarWithSubnet, tromso).chosen, of(NAME, tromso).chosen);
}
