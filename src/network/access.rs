//! How viewers come to the network: of which families they have addresses, and which resolver asks the DNS for them.
//!
//! MODEL (DNS-26 to DNS-29), security-logs-edge.md section 7.

use serde::{Deserialize, Serialize};

use super::latency::great_circle_km;
use super::places::City;

/// A family of addresses.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Family {
    /// IPv4.
    #[default]
    Ipv4,
    /// IPv6.
    Ipv6,
}

/// Of which families a viewer has addresses (DNS-26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Of IPv4 alone.
    #[default]
    Ipv4,
    /// Of both.
    Both,
    /// Of both, but what it sends over IPv6 goes through a tunnel, which is the worse path (DNS-27).
    Tunnel,
}

impl Access {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Ipv4, Self::Both, Self::Tunnel];

    /// The word for files and links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Both => "ipv6",
            Self::Tunnel => "ipv6-tunnel",
        }
    }

    /// The words for the eye.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ipv4 => "IPv4 alone",
            Self::Both => "IPv4 and IPv6",
            Self::Tunnel => "IPv4, and IPv6 by a tunnel",
        }
    }
}

/// Which resolver asks for a viewer (DNS-11, DNS-28).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolver {
    /// Its provider's, which names no subnet.
    #[default]
    Provider,
    /// A public one far away, which tells the viewer's subnet (ECS, RFC 7871).
    FarWithSubnet,
    /// A public one far away, which tells nothing of the viewer.
    Far,
}

/// DNS-28 (MODEL): the towns of public resolvers that are far away.
const FAR_TOWNS: [&str; 2] = ["washington-dc", "singapore"];

impl Resolver {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Provider, Self::FarWithSubnet, Self::Far];

    /// The word for files and links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::FarWithSubnet => "far-ecs",
            Self::Far => "far",
        }
    }

    /// The words for the eye.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Provider => "its provider's",
            Self::FarWithSubnet => "a far-off public one with ECS",
            Self::Far => "a far-off public one without ECS",
        }
    }

    /// Where the one stands that a viewer asks: its provider's, or in the farther of two towns (DNS-28).
    #[must_use]
    pub fn town(self, viewer: City) -> City {
        if self == Self::Provider {
            return viewer.resolver_city();
        }
        // No distance is negative, so their bits are ordered as they are.
        let distance = |town: &City| great_circle_km(viewer.position(), town.position()).to_bits();
        let towns = FAR_TOWNS.iter().filter_map(|slug| City::find(slug).ok());
        towns.max_by_key(distance).unwrap_or(viewer)
    }

    /// The town from which a viewer seems to ask: its own where the resolver tells its subnet, or else the resolver's (DNS-09).
    #[must_use]
    pub fn seen_from(self, viewer: City) -> City {
        if self == Self::FarWithSubnet { viewer } else { self.town(viewer) }
    }

    /// Serde asks by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How the viewers of a walk come to the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerNetwork {
    /// Of which families it has addresses.
    pub access: Access,
    /// Which resolver it asks.
    pub resolver: Resolver,
}

impl Family {
    /// Serde asks by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl ViewerNetwork {
    /// Serde asks by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn dns_28_a_far_resolver_stands_in_the_farther_of_two_towns() {
        let [washington, singapore] = FAR_TOWNS.map(|slug| City::find(slug).unwrap());
        let km = |one: City, other: City| great_circle_km(one.position(), other.position());
        for viewer in City::all() {
            let town = Resolver::Far.town(viewer);
            let other = if town == washington { singapore } else { washington };
            assert!(town == washington || town == singapore, "{viewer}");
            assert!(km(viewer, town) >= km(viewer, other), "{viewer}");
            // Half of the way between the two towns is the least that the farther one can be away.
            assert!(km(viewer, town) > 7_500.0, "{viewer}: far off");
            assert_eq!(Resolver::FarWithSubnet.town(viewer), town, "one and the same resolver");
        }
        let paris = City::find("Paris").unwrap();
        assert_eq!(Resolver::Far.town(paris), singapore);
        assert_eq!(Resolver::Far.town(City::find("Tokyo").unwrap()), washington);
    }

    #[test]
    fn dns_09_the_subnet_stands_for_the_viewer_where_it_is_told() {
        for viewer in City::all() {
            assert_eq!(Resolver::Provider.seen_from(viewer), viewer.resolver_city());
            assert_eq!(Resolver::FarWithSubnet.seen_from(viewer), viewer);
            assert_eq!(Resolver::Far.seen_from(viewer), Resolver::Far.town(viewer));
        }
    }

    #[test]
    fn the_words_differ() {
        for (place, access) in Access::ALL.into_iter().enumerate() {
            let same = Access::ALL.iter().position(|other| other.word() == access.word());
            assert_eq!(same, Some(place));
        }
        for (place, resolver) in Resolver::ALL.into_iter().enumerate() {
            let same = Resolver::ALL.iter().position(|other| other.word() == resolver.word());
            assert_eq!(same, Some(place));
        }
    }
}
