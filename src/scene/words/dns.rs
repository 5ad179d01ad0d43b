//! What is said of the DNS: which edge location it leads to and why, and over which family of addresses.

use super::assumed;
use super::sources::{HOW_IT_WORKS, IPV6};
use super::told::Told;
use crate::distribution::Distribution;
use crate::network::{
    Access, Asked, Candidate, DnsAnswer, DnsQuery, Family, Ipv6Answer, Resolver, latency,
};
use crate::scene::{Reason, Trip, units, why};

/// The setting that decides whether there are addresses of IPv6.
const SETTING: &str = "The distribution: IPv6";

pub(super) fn resolved(trip: &Trip) -> Told {
    let Some(dns) = &trip.dns else { return Told::new("DNS", "DNS-01", HOW_IT_WORKS) };
    let (answer, chosen) = (&*dns.answer, dns.answer.chosen);
    if let Some(left) = dns.cached_secs {
        let told = Told::new("DNS: still known", "DNS-01", HOW_IT_WORKS)
            .say(format!(
                "The viewer asked before and may use that answer for {left} more seconds: {}.",
                chosen.name()
            ))
            .say("Nothing is sent, no time passes.")
            .assuming(assumed::DNS_OBSERVED)
            .assuming(assumed::DNS_KEPT);
        return match answer.family() {
            Family::Ipv4 => told,
            Family::Ipv6 => told
                .say("It holds addresses of IPv6, which the viewer prefers.")
                .assuming(assumed::FAMILIES),
        };
    }
    let title = format!("DNS: {} will serve", units::unbroken(chosen.short_name()));
    let mut told = Told::new(title, "DNS-01, DNS-09", HOW_IT_WORKS)
        .say(whom_it_leads(trip, answer))
        .say(format!(
            "The answer holds {} addresses and is good for {}\u{a0}s.",
            answer.addresses.len(),
            answer.ttl_secs
        ));
    of_alias(&mut told, answer);
    if let Some(ipv6) = &answer.ipv6 {
        of_ipv6(&mut told, answer, ipv6);
    }
    for query in &answer.chain {
        let cost =
            if query.from_cache { "known already".to_owned() } else { units::ms(query.round_trip) };
        told.why.push(why::check("DNS-15", format!("{}: {cost}", asked(query, answer.resolver))));
    }
    told.why.extend(weighed(answer));
    let place = place_that_counts(answer.resolver);
    told.assume_that(
        "DNS-09",
        &format!("The round trips between {place} and the edge locations decide, modelled from distance"),
        &format!(
            "AWS measures; here it is {}\u{a0}km/s in fibre, a path {} times the great circle, and {} of equipment. A round trip of \
             the viewer's own takes {} more, for its last mile",
            units::grouped(latency::FIBRE_KM_PER_SEC as u64),
            units::decimal(latency::PATH_STRETCH),
            units::ms(latency::EQUIPMENT),
            units::ms(latency::LAST_MILE)
        ),
    );
    if answer.resolver != Resolver::Provider {
        told.cite("DNS-11");
        told.assume(assumed::FAR_RESOLVER);
    }
    told.assume(assumed::DNS_OBSERVED);
    told.assume(assumed::DNS_CHAIN);
    told
}

/// Whose place decides (DNS-09).
const fn place_that_counts(resolver: Resolver) -> &'static str {
    match resolver {
        Resolver::FarWithSubnet => "the viewer's town",
        Resolver::Provider | Resolver::Far => "the resolver",
    }
}

fn whom_it_leads(trip: &Trip, answer: &DnsAnswer) -> String {
    let town = units::unbroken(answer.resolver.town(trip.city).name());
    let chosen = answer.chosen.name();
    match answer.resolver {
        Resolver::Provider => format!(
            "DNS leads the viewer to the edge location nearest to the viewer's resolver in {town}: {chosen}."
        ),
        Resolver::Far => format!(
            "DNS leads the viewer to the edge location nearest to the viewer's resolver in {town}: {chosen}. That is far off, and it \
             says nothing of the viewer."
        ),
        Resolver::FarWithSubnet => format!(
            "The viewer's resolver in {town} is far off, and tells the viewer's subnet with its question (ECS). So DNS leads the \
             viewer to the edge location nearest to the viewer itself: {chosen}."
        ),
    }
}

/// DNS-03, DNS-04, DNS-06.
fn of_alias(told: &mut Told, answer: &DnsAnswer) {
    let is_asked = |who| answer.chain.iter().any(|query| query.asked == who);
    let asks_for_ipv6 = answer.ipv6.is_some();
    let name = &answer.name;
    if is_asked(Asked::AliasZone) {
        told.say.push(format!(
            "{name} is an alias: its zone answers with the distribution's own name."
        ));
        told.cite("DNS-03");
        if asks_for_ipv6 {
            told.say.push("A CNAME leads to addresses of both families, so IPv6 needs nothing more in that zone.".to_owned());
            told.cite("DNS-06");
        }
    }
    if is_asked(Asked::ApexZone) {
        told.say.push(format!(
            "{name} is a zone itself, in which no CNAME may stand: an alias record there answers with the addresses."
        ));
        told.assume(assumed::APEX);
        told.cite("DNS-04");
        if asks_for_ipv6 {
            told.say.push(
                "That one is of the type A; IPv6 needs a second one beside it, of the type AAAA."
                    .to_owned(),
            );
            told.cite("DNS-06");
            told.assume(assumed::APEX_OF_BOTH);
        }
    }
}

/// What became of the question for AAAA (DS-14, DNS-07).
fn of_ipv6(told: &mut Told, answer: &DnsAnswer, ipv6: &Ipv6Answer) {
    let (row, said, reason) = match ipv6 {
        Ipv6Answer::Addresses(all) => (
            "DNS-08",
            format!(
                "The viewer asks for AAAA as well, and gets {} addresses of IPv6. It prefers them, as browsers do.",
                all.len()
            ),
            all.first().map_or_else(String::new, |first| format!("IPv6 is on. AAAA: {first} and {} more", all.len() - 1)),
        ),
        Ipv6Answer::Off => (
            "DS-14",
            "The viewer asks for AAAA as well. IPv6 is off for the distribution, so that answer is NOERROR without any address, \
             and the viewer goes over IPv4.".to_owned(),
            "IPv6 is off. AAAA: NOERROR, no address".to_owned(),
        ),
        Ipv6Answer::WorsePath => (
            "DNS-07",
            "The viewer asks for AAAA as well. IPv6 is on for the distribution, but the path over IPv4 is the better one, so there \
             is no address of IPv6 in the answer.".to_owned(),
            "IPv6 is on, and the path over it is worse. AAAA: no address".to_owned(),
        ),
    };
    told.say.push(said);
    told.cite("DS-14");
    told.source = IPV6;
    told.why.push(why::check(row, reason).set_by(SETTING));
    if let Some(first) = answer.first_address(answer.family()) {
        told.why.push(why::next("DNS-26", format!("The viewer goes to {first}")));
    }
    told.assume(assumed::FAMILIES);
    match ipv6 {
        Ipv6Answer::Addresses(_) => told.assume(assumed::ADDRESSES),
        Ipv6Answer::WorsePath => told.assume(assumed::TUNNEL),
        Ipv6Answer::Off => {}
    }
}

/// The edge locations that came into question, best first.
fn weighed(answer: &DnsAnswer) -> impl Iterator<Item = Reason> {
    let candidate = |candidate: &Candidate| {
        format!(
            "{} ({}) {}",
            units::unbroken(candidate.pop.short_name()),
            candidate.pop.code(),
            units::ms(candidate.round_trip)
        )
    };
    let whose = match answer.resolver {
        Resolver::FarWithSubnet => "the viewer itself",
        Resolver::Provider | Resolver::Far => "the viewer's resolver",
    };
    let (best, others) = answer.candidates.split_at(1.min(answer.candidates.len()));
    let best = best
        .first()
        .map(|best| why::next("DNS-09", format!("Nearest to {whose}: {}", candidate(best))));
    let others: Vec<_> = others.iter().map(candidate).collect();
    let others =
        (!others.is_empty()).then(|| why::check("DNS-09", format!("Then {}", others.join(", "))));
    best.into_iter().chain(others)
}

/// Who answers a question of the chain.
const fn asked(query: &DnsQuery, resolver: Resolver) -> &'static str {
    match (query.asked, resolver) {
        (Asked::Resolver, Resolver::Provider) => "The provider's resolver",
        (Asked::Resolver, _) => "The public resolver",
        (Asked::Root, _) => "A root server",
        (Asked::TopLevel, _) => "The top-level domain of the alias",
        (Asked::AliasZone | Asked::ApexZone, _) => "The zone of the alias",
        (Asked::Net, _) => "A server of .net",
        (Asked::CloudFrontZone, _) => "A server of cloudfront.net, which chooses",
    }
}

/// Viewers of another network from now on.
pub(super) fn access_chosen(access: Access, distribution: &Distribution) -> Told {
    let told =
        Told::new(format!("The viewer's network has {}", access.title()), "DNS-26, DS-14", IPV6);
    let told = match access {
        Access::Ipv4 => told.say("The viewer asks the DNS for addresses of IPv4 (A) alone."),
        Access::Both => told.say("The viewer asks the DNS for addresses of both families (A and AAAA), and prefers IPv6."),
        Access::Tunnel => told
            .say("The viewer asks the DNS for addresses of both families (A and AAAA). Over IPv6 its path is the worse one, and CloudFront may give it IPv4 alone.")
            .assuming(assumed::TUNNEL),
    };
    let told = match (access, distribution.is_ipv6_enabled) {
        (Access::Ipv4, _) => told,
        (_, true) => told.say("IPv6 is on for the distribution."),
        (_, false) => told.say("IPv6 is off for the distribution: to AAAA it answers with no address. The console's general settings can switch it on."),
    };
    told.say("What was known of the DNS is forgotten, and no connection is open.")
        .assuming(assumed::FAMILIES)
        .assuming(assumed::OTHER_NETWORK)
}

/// Another resolver from now on.
pub(super) fn resolver_chosen(resolver: Resolver) -> Told {
    let title = format!("The viewer's resolver is {}", resolver.title());
    let told = Told::new(title, "DNS-01, DNS-09, DNS-11", HOW_IT_WORKS);
    let told = match resolver {
        Resolver::Provider => told.say("It stands where the viewer's provider has it, mostly in the same town."),
        Resolver::FarWithSubnet => told
            .say("It stands on another continent. With ECS it tells the viewer's subnet, so the DNS chooses for the viewer and not for the resolver.")
            .assuming(assumed::FAR_RESOLVER),
        Resolver::Far => told
            .say("It stands on another continent and says nothing of the viewer, so the DNS chooses the edge location that is best for the resolver.")
            .assuming(assumed::FAR_RESOLVER),
    };
    told.say("What was known of the DNS is forgotten.").assuming(assumed::OTHER_NETWORK)
}
