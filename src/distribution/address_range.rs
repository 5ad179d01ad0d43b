//! Ranges of addresses in CIDR form, as signed policies and web ACLs name them (SIG-34).

use std::net::IpAddr;

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRange {
    /// As it was written, `192.0.2.0/24`.
    pub text: String,
    /// Any address of it.
    within: IpAddr,
    /// How many bits at the front of an address count.
    bits: u32,
}

impl AddressRange {
    /// Reads one of IPv4; MODEL: a bare address is a range of one (SIG-34).
    pub fn v4(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').unwrap_or((text, "32"));
        Self::of(text, address, bits).filter(|range| range.within.is_ipv4())
    }

    /// The same, where one of IPv6 may stand, too, with its bits.
    pub fn any(text: &str) -> Option<Self> {
        let v6 = || text.split_once('/').and_then(|(address, bits)| Self::of(text, address, bits));
        Self::v4(text).or_else(v6)
    }

    fn of(text: &str, address: &str, bits: &str) -> Option<Self> {
        let (within, bits): (IpAddr, u32) = (address.parse().ok()?, bits.parse().ok()?);
        (bits <= width(within)).then(|| Self { text: text.to_owned(), within, bits })
    }

    /// Whether it is one of IPv6.
    pub const fn is_ipv6(&self) -> bool {
        self.within.is_ipv6()
    }

    /// Whether an address is in it; one of the other family never is (SIG-34).
    pub fn holds(&self, address: &str) -> bool {
        let Ok(address) = address.parse::<IpAddr>() else { return false };
        if address.is_ipv4() != self.within.is_ipv4() {
            return false;
        }
        let differing = number(address) ^ number(self.within);
        differing.checked_shr(width(address) - self.bits).unwrap_or(0) == 0 // SIG-35
    }
}

/// How many bits an address has.
const fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
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
        let table = [
            ("2001:db8::/32", "2001:db8:4e::1", true),
            ("2001:db8:4e::/48", "2001:db8:4e:ffff::1", true),
            ("2001:db8:4e::/48", "2001:db8:4f::1", false),
            ("2001:db8:4e::1/128", "2001:0db8:004e:0::0001", true),
            ("2001:db8:4e::1/128", "2001:db8:4e::2", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "203.0.113.9", false),
            // Of IPv4 within IPv6 (RFC 4291 2.5.5.2), and still of IPv6.
            ("::ffff:0:0/96", "203.0.113.9", false),
            ("203.0.113.0/24", "203.0.113.9", true),
        ];
        for (range, address, is_in) in table {
            let range = AddressRange::any(range);
            assert_eq!(range.as_ref().map(|it| it.holds(address)), Some(is_in), "{range:?}");
        }
        for text in ["2001:db8::/129", "2001:db8::", "x:/8", "1.2.3.4/33", "2001:db8::/-1"] {
            assert_eq!(AddressRange::any(text), None, "{text}");
        }
    }
}
