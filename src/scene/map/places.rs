//! The places that a trip touches, and the ways between them.

use super::under::Meant;
use crate::network::{City, Pop, Position, PriceClass, Rec, Region};

/// The places that a request from one city may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Where the viewer is.
    pub city: City,
    /// Its edge location.
    pub pop: Pop,
    /// The regional edge cache behind that.
    pub rec: Rec,
    /// The origin's Origin Shield, where it has one that is not that regional edge cache itself.
    pub shield: Option<Rec>,
    /// The Region of the origin.
    pub origin: Region,
    /// Where the next request comes from, where that is elsewhere.
    pub next: Option<City>,
    /// Which edge locations the distribution uses.
    pub class: PriceClass,
    /// Where the viewer seems to be to the DNS (DNS-09).
    pub seen_from: City,
}

/// What the city is called from which the next request comes.
pub(super) const NEXT_VIEWER: &str = "next viewer";

/// A station on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The viewer.
    Viewer,
    /// Its edge location.
    Pop,
    /// The regional edge cache.
    Rec,
    /// Origin Shield.
    Shield,
    /// The origin.
    Origin,
    /// Where the next request comes from.
    Next,
}

impl Stop {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Pop => "pop",
            Self::Rec => "rec",
            Self::Shield => "shield",
            Self::Origin => "origin",
            Self::Next => "next",
        }
    }
}

/// A way between two stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Viewer and edge location.
    ViewerPop,
    /// Edge location and regional edge cache.
    PopRec,
    /// Regional edge cache and Origin Shield.
    RecShield,
    /// The last cache and the origin.
    ToOrigin,
    /// Edge location and origin, past the caches between them.
    Past,
}

/// A station, where it is, its town and what it is.
pub(super) type StopAt = (Stop, Position, &'static str, String);

impl Places {
    pub(super) fn stops(&self) -> Vec<StopAt> {
        let mut stops = vec![
            (Stop::Viewer, self.city.position(), self.city.name(), "viewer".to_owned()),
            (
                Stop::Pop,
                self.pop.position(),
                self.pop.short_name(),
                format!("edge location {}", self.pop.code()),
            ),
            (
                Stop::Rec,
                self.rec.position(),
                self.rec.short_name(),
                "regional edge cache".to_owned(),
            ),
        ];
        if let Some(shield) = self.shield {
            stops.push((
                Stop::Shield,
                shield.position(),
                shield.short_name(),
                "Origin Shield".to_owned(),
            ));
        }
        stops.push((
            Stop::Origin,
            self.origin.position(),
            self.origin.short_name(),
            "origin".to_owned(),
        ));
        if let Some(next) = self.next {
            stops.push((Stop::Next, next.position(), next.name(), NEXT_VIEWER.to_owned()));
        }
        stops
    }

    /// What the mark of a station stands for: what runs in a Region, the Region.
    pub(super) fn meant(&self, stop: Stop) -> Meant {
        match stop {
            Stop::Viewer => Meant::City(self.city),
            Stop::Pop => Meant::Pop(self.pop),
            Stop::Rec => Meant::Region(self.rec.region()),
            Stop::Shield => Meant::Region(self.shield.unwrap_or(self.rec).region()),
            Stop::Origin => Meant::Region(self.origin),
            Stop::Next => Meant::City(self.next.unwrap_or(self.city)),
        }
    }

    pub(super) fn ways(&self) -> Vec<(Way, Stop, Stop)> {
        let last_cache = if self.shield.is_some() { Stop::Shield } else { Stop::Rec };
        let mut ways =
            vec![(Way::ViewerPop, Stop::Viewer, Stop::Pop), (Way::PopRec, Stop::Pop, Stop::Rec)];
        if self.shield.is_some() {
            ways.push((Way::RecShield, Stop::Rec, Stop::Shield));
        }
        ways.extend([
            (Way::ToOrigin, last_cache, Stop::Origin),
            (Way::Past, Stop::Pop, if self.shield.is_some() { Stop::Shield } else { Stop::Origin }),
        ]);
        ways
    }
}
