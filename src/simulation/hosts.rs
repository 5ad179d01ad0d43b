//! The host names that viewers ask for, each told from the others by a number. A request's is read once, and what is kept by
//! name, addresses and connections, is found by its number.

/// All names so far.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    names: Vec<Box<str>>,
}

/// A host name, whatever its case (RFC 9110 4.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Host(usize);

impl Hosts {
    /// The name that a text is.
    pub(super) fn named(&mut self, name: &str) -> Host {
        self.find(name).unwrap_or_else(|| {
            self.names.push(name.into());
            Host(self.names.len() - 1)
        })
    }

    /// The same, if anybody has asked for it.
    pub(super) fn find(&self, name: &str) -> Option<Host> {
        let is_it = |known: &str| known == name || known.eq_ignore_ascii_case(name);
        self.names.iter().position(|known| is_it(known)).map(Host)
    }

    /// As it was first written.
    pub(super) fn text(&self, host: Host) -> &str {
        self.names.get(host.0).map_or("", |name| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_capitals_and_small_letters() {
        let mut hosts = Hosts::default();
        let (shop, none) = (hosts.named("www.shop.example"), hosts.named(""));
        assert_eq!(hosts.named("WWW.Shop.Example"), shop);
        assert_eq!((hosts.find(""), hosts.find("shop.example")), (Some(none), None));
        assert_eq!((hosts.text(shop), hosts.text(none)), ("www.shop.example", ""));
    }
}
