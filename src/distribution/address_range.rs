//! Ranges of addresses in CIDR form, as signed policies and web ACLs name them (SIG-34).

use std::net::Ipv4Addr;

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRange {
    /// As it was written, `192.0.2.0/24`.
    pub text: String,
    /// The first address and the bits that count; none of an IPv6 range, since viewers come by IPv4.
    v4: Option<(u32, u32)>,
}

impl AddressRange {
    /// Reads one of IPv4; MODEL: a bare address is a range of one (SIG-34).
    pub fn v4(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').unwrap_or((text, "32"));
        let address: Ipv4Addr = address.parse().ok()?;
        let bits: u32 = bits.parse().ok().filter(|bits| *bits <= 32)?;
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0); // SIG-35
        Some(Self { text: text.to_owned(), v4: Some((u32::from(address) & mask, mask)) })
    }

    /// The same, where one of IPv6 may stand, too: no viewer here has an address of its kind.
    pub fn any(text: &str) -> Option<Self> {
        let is_v6 = || {
            let is_part = |c: char| c.is_ascii_hexdigit() || c == ':';
            text.split_once('/').is_some_and(|(address, bits)| {
                address.contains(':')
                    && address.chars().all(is_part)
                    && bits.parse().is_ok_and(|bits: u32| bits <= 128)
            })
        };
        Self::v4(text).or_else(|| is_v6().then(|| Self { text: text.to_owned(), v4: None }))
    }

    /// Whether an address is in it.
    pub fn holds(&self, address: &str) -> bool {
        let Ok(address) = address.parse::<Ipv4Addr>() else { return false };
        self.v4.is_some_and(|(first, mask)| u32::from(address) & mask == first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sig_34_35_which_addresses_a_range_holds() {
        let table = [
            ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("192.0.2.77/24", "192.0.2.1", true),
            ("192.0.2.7/32", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
        ];
        for (range, address, is_in) in table {
            assert_eq!(AddressRange::v4(range).map(|it| it.holds(address)), Some(is_in), "{range}");
        }
        for text in ["192.0.2.0/33", "192.0.2/24", "", "2001:db8::/32", "a/8"] {
            assert_eq!(AddressRange::v4(text), None, "{text}");
        }
        assert!(AddressRange::any("2001:db8::/32").is_some_and(|it| !it.holds("2001:db8::1")));
        for text in ["2001:db8::/129", "2001:db8::", "x:/8"] {
            assert_eq!(AddressRange::any(text), None, "{text}");
        }
    }
}
