//! The connections to origins that are kept open (CONN-01, CONN-05 to CONN-07). Each carries one request at a time (MET-14:
//! HTTP/1.1), so it is taken out for a request, and given back with the instant from which it is free again.

use std::time::Duration;

use super::Place;
use crate::distribution::Origin;
use crate::http::Scheme;
use crate::time::SimTime;

/// Those that are not taken out.
#[derive(Debug, Default)]
pub(super) struct OriginConnections {
    /// In the order of [`Connection::end`].
    kept: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    from: Place,
    /// By its id: two origins may have one name, and other ports, protocols and timeouts.
    origin: String,
    /// One that moves to another name or Region is another endpoint.
    domain: String,
    region: String,
    scheme: Scheme,
    /// When its last packet comes.
    free_at: SimTime,
}

/// Between what and what a connection stands (CONN-05).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ends<'a> {
    /// The tier that opened it.
    from: Place,
    origin: &'a str,
    domain: &'a str,
    region: &'a str,
    scheme: Scheme,
}

impl<'a> Ends<'a> {
    /// Of a connection from a tier to an origin.
    pub(super) fn new(from: Place, origin: &'a Origin, scheme: Scheme) -> Self {
        Self { from, origin: &origin.id, domain: &origin.domain, region: &origin.region, scheme }
    }
}

impl Connection {
    fn ends(&self) -> Ends<'_> {
        let Self { from, origin, domain, region, scheme, .. } = self;
        Ends { from: *from, origin, domain, region, scheme: *scheme }
    }
}

impl OriginConnections {
    /// Takes one out that is free now and was in use within the keep-alive timeout, and says whether there was one.
    pub(super) fn take(&mut self, ends: Ends<'_>, now: SimTime, keep_alive: Duration) -> bool {
        let first = self.kept.partition_point(|kept| kept.ends() < ends);
        let count = self.kept[first..].iter().take_while(|kept| kept.ends() == ends).count();
        let is_good = |kept: &Connection| {
            kept.free_at <= now && now.since(kept.free_at) <= keep_alive // CONN-01, TMO-04
        };
        let found = self.kept[first..first + count].iter().rposition(is_good);
        let taken = found.map(|place| self.kept.remove(first + place)).is_some();
        // What nobody wanted for so long is closed.
        self.kept.retain(|kept| kept.ends() != ends || now.since(kept.free_at) <= keep_alive);
        taken
    }

    /// Gives one back that is free from then on.
    pub(super) fn give_back(&mut self, ends: Ends<'_>, free_at: SimTime) {
        let Ends { from, scheme, .. } = ends;
        let [origin, domain, region] =
            [ends.origin, ends.domain, ends.region].map(ToOwned::to_owned);
        let connection = Connection { from, origin, domain, region, scheme, free_at };
        let place =
            self.kept.partition_point(|kept| (kept.ends(), kept.free_at) <= (ends, free_at));
        self.kept.insert(place, connection);
    }

    /// One that was to be free from then on is closed before.
    pub(super) fn lost(&mut self, ends: Ends<'_>, free_at: SimTime) {
        let place =
            self.kept.iter().position(|kept| (kept.ends(), kept.free_at) == (ends, free_at));
        if let Some(place) = place {
            self.kept.remove(place); // CONN-07
        }
    }

    /// None to this origin stands any more, from whatever tier.
    pub(super) fn close(&mut self, origin: &Origin) {
        let is_of = |kept: &Connection| {
            let ends = kept.ends();
            (ends.origin, ends.domain, ends.region)
                == (&*origin.id, &*origin.domain, &*origin.region)
        };
        self.kept.retain(|kept| !is_of(kept)); // CONN-06
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Pop;

    const KEEP_ALIVE: Duration = Duration::from_secs(5);

    #[test]
    fn conn_01_05_07_a_connection_is_taken_by_one_and_only_while_it_is_free() {
        let origin = Origin::s3_bucket("o", "media", "us-east-1");
        let from = Pop::all().next().map_or(Place::Control, Place::Pop);
        let ends = Ends::new(from, &origin, Scheme::Https);
        let at = SimTime::from_secs;
        let mut all = OriginConnections::default();
        for free_at in [10, 8] {
            all.give_back(ends, at(free_at));
        }
        assert!(!all.take(Ends::new(from, &origin, Scheme::Http), at(10), KEEP_ALIVE), "CONN-05");
        assert!(
            !all.take(Ends::new(Place::Control, &origin, Scheme::Https), at(10), KEEP_ALIVE),
            "CONN-05"
        );
        let namesake = Origin { id: "other".into(), ..origin.clone() };
        let of_namesake = Ends::new(from, &namesake, Scheme::Https);
        assert!(!all.take(of_namesake, at(10), KEEP_ALIVE), "CONN-05: of the same name");
        assert!(!all.take(ends, at(7), KEEP_ALIVE), "CONN-01: its last packet is still to come");
        assert!(all.take(ends, at(9), KEEP_ALIVE), "CONN-01");
        assert!(!all.take(ends, at(9), KEEP_ALIVE), "one request at a time");
        assert!(all.take(ends, at(15), KEEP_ALIVE), "CONN-01: five seconds after its last packet");
        all.give_back(ends, at(20));
        assert!(!all.take(ends, SimTime::from_micros(25_000_001), KEEP_ALIVE), "CONN-01");
        assert!(!all.take(ends, at(25), KEEP_ALIVE), "it was closed");
        all.give_back(ends, at(30));
        all.lost(ends, at(29));
        all.lost(ends, at(30));
        assert!(!all.take(ends, at(30), KEEP_ALIVE), "CONN-07");
        all.give_back(ends, at(40));
        all.close(&origin);
        assert!(!all.take(ends, at(40), KEEP_ALIVE), "CONN-06");
    }
}
