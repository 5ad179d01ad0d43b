//! The connections to origins that are kept open (CONN-01, CONN-05, CONN-06).

use super::Place;
use crate::distribution::Origin;
use crate::time::SimTime;

/// When each connection to an origin was last used, by the tier it starts from and what it goes to.
#[derive(Debug, Default)]
pub(super) struct OriginConnections {
    /// In order.
    known: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    from: Place,
    /// An origin that moves to another Region is another endpoint (CONN-05).
    domain: String,
    region: String,
    last_used: SimTime,
}

impl OriginConnections {
    fn place(&self, from: Place, origin: &Origin) -> Result<usize, usize> {
        self.known.binary_search_by(|known| {
            let (domain, region) = (known.domain.as_str(), known.region.as_str());
            (known.from, domain, region).cmp(&(from, &origin.domain, &origin.region)) // CONN-05
        })
    }

    /// When the one from a tier to an origin was last used, if there is one.
    pub(super) fn last_used(&self, from: Place, origin: &Origin) -> Option<SimTime> {
        self.place(from, origin).ok().map(|place| self.known[place].last_used)
    }

    /// The one from a tier to an origin broke off, or was given up.
    pub(super) fn lost(&mut self, from: Place, origin: &Origin) {
        if let Ok(place) = self.place(from, origin) {
            self.known.remove(place); // CONN-07
        }
    }

    /// None to this origin stands any more, from whatever tier.
    pub(super) fn close(&mut self, origin: &Origin) {
        let is_of = |known: &Connection| {
            (known.domain.as_str(), known.region.as_str()) == (&*origin.domain, &*origin.region)
        };
        self.known.retain(|known| !is_of(known)); // CONN-06
    }

    /// It is in use until then.
    pub(super) fn used(&mut self, from: Place, origin: &Origin, until: SimTime) {
        match self.place(from, origin) {
            Ok(place) => self.known[place].last_used = until,
            Err(place) => {
                let (domain, region) = (origin.domain.clone(), origin.region.clone());
                self.known.insert(place, Connection { from, domain, region, last_used: until });
            }
        }
    }
}
