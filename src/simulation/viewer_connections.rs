//! What viewers keep of connections: those that are open, the tickets by which a session is resumed, and where there is
//! HTTP/3. MODEL (TLS-81 to TLS-83).

use std::time::Duration;

use super::hosts::Host;
use crate::edge::Session;
use crate::http::{Scheme, Version};
use crate::network::connection::VIEWER_KEEP_ALIVE;
use crate::network::{City, Family, Pop};
use crate::time::SimTime;

/// TLS-81 (MODEL): for how long a ticket resumes a session.
const TICKET_LIFETIME: Duration = Duration::from_hours(24);

/// All that the viewers of this walk keep.
#[derive(Debug, Default)]
pub(super) struct ViewerConnections {
    open: Vec<Open>,
    tickets: Vec<Known>,
    alternatives: Vec<Known>,
}

/// Between whom a connection stands, and for which name (TLS-83).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) city: City,
    pub(super) pop: Pop,
    pub(super) scheme: Scheme,
    pub(super) host: Host,
}

#[derive(Debug)]
struct Open {
    between: Between,
    kept: Kept,
}

/// A connection that is still open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// What was agreed on for it.
    pub(super) session: Session,
    /// Over which family of addresses it goes, whatever the DNS says by now (DNS-29).
    pub(super) family: Family,
    /// When it was last used.
    pub(super) last_used: SimTime,
}

/// Something that a viewer knows of a host, and until when it holds.
#[derive(Debug)]
struct Known {
    between: Between,
    until: SimTime,
}

/// Remembers it until then, in the place of what was known before.
fn learn(all: &mut Vec<Known>, between: Between, until: SimTime) {
    match all.iter_mut().find(|known| known.between == between) {
        Some(known) => known.until = until,
        None => all.push(Known { between, until }),
    }
}

fn holds(all: &[Known], between: Between, now: SimTime) -> bool {
    all.iter().any(|known| known.until > now && known.between == between)
}

impl ViewerConnections {
    /// One that is still warm and carries the version of HTTP that is wanted: the one that a new connection would have, or
    /// whichever there is where the viewer may choose.
    pub(super) fn kept(
        &self,
        between: Between,
        asked: Version,
        new: Option<Version>,
        now: SimTime,
    ) -> Option<Kept> {
        let may_choose = asked == Version::Http2;
        let fits = |open: &&Open| {
            now.since(open.kept.last_used) <= VIEWER_KEEP_ALIVE
                && (Some(open.kept.session.http) == new
                    || may_choose && open.kept.session.http >= asked)
                && open.between == between
        };
        self.open.iter().rev().find(fits).map(|open| open.kept)
    }

    /// A connection was in use up to an instant.
    pub(super) fn used(&mut self, between: Between, kept: Kept) {
        let http = kept.session.http;
        let is_it = |open: &&mut Open| open.kept.session.http == http && open.between == between;
        match self.open.iter_mut().find(is_it) {
            Some(open) => open.kept = kept,
            None => self.open.push(Open { between, kept }),
        }
    }

    /// All connections are lost; what viewers know of hosts stays.
    pub(super) fn break_off(&mut self) {
        self.open.clear();
    }

    /// A connection was closed (LIM-01, LIM-02, CEP-10).
    pub(super) fn closed(&mut self, between: Between, http: Version) {
        self.open.retain(|open| open.kept.session.http != http || open.between != between);
    }

    /// The viewer got a ticket for the next time.
    pub(super) fn ticket(&mut self, between: Between, now: SimTime) {
        learn(&mut self.tickets, between, now + TICKET_LIFETIME);
    }

    /// Whether it has a ticket that still holds.
    pub(super) fn has_ticket(&self, between: Between, now: SimTime) -> bool {
        holds(&self.tickets, between, now)
    }

    /// The viewer was told that there is HTTP/3 (TLS-39).
    pub(super) fn told_of_http3(&mut self, between: Between, until: SimTime) {
        learn(&mut self.alternatives, between, until);
    }

    /// Whether it still counts on that.
    pub(super) fn knows_http3(&self, between: Between, now: SimTime) -> bool {
        holds(&self.alternatives, between, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::nearest;
    use crate::simulation::hosts::Hosts;

    #[test]
    fn tls_81_82_83_what_is_kept_belongs_to_its_two_ends_its_scheme_and_its_name() {
        let city = City::all().next().expect("there are cities");
        let pop = nearest::best_within(city, crate::network::PriceClass::All);
        let mut hosts = Hosts::default();
        let [host, other] = ["www.shop.example", "img.shop.example"].map(|name| hosts.named(name));
        let between = Between { city, pop, scheme: Scheme::Https, host };
        let others =
            [Between { scheme: Scheme::Http, ..between }, Between { host: other, ..between }];
        let at = SimTime::from_secs;
        let mut all = ViewerConnections::default();
        let session = Session::default();
        all.used(between, Kept { session, family: Family::Ipv6, last_used: at(10) });
        all.ticket(between, at(10));
        all.told_of_http3(between, at(10 + 86_400));
        let kept = |asked, new, now| all.kept(between, asked, new, at(now)).is_some();
        assert!(kept(Version::Http2, Some(Version::Http2), 130), "120 s after its last use");
        assert!(!kept(Version::Http2, Some(Version::Http2), 131));
        let family = all.kept(between, Version::Http2, None, at(20)).map(|kept| kept.family);
        assert_eq!(family, Some(Family::Ipv6), "DNS-29");
        assert!(kept(Version::Http2, Some(Version::Http3), 20), "TLS-82: it goes on as it is");
        assert!(!kept(Version::Http11, Some(Version::Http11), 20), "it carries HTTP/2");
        assert!(!kept(Version::Http3, Some(Version::Http3), 20));
        for other in others {
            assert!(all.kept(other, Version::Http2, Some(Version::Http2), at(20)).is_none());
            assert!(!all.has_ticket(other, at(20)) && !all.knows_http3(other, at(20)));
        }
        let day_after = 10 + 86_400;
        assert!(
            all.has_ticket(between, at(day_after - 1)) && !all.has_ticket(between, at(day_after))
        );
        assert!(
            all.knows_http3(between, at(day_after - 1)) && !all.knows_http3(between, at(day_after))
        );
        all.closed(between, Version::Http2);
        assert!(all.kept(between, Version::Http2, Some(Version::Http2), at(20)).is_none());
    }
}
