//! How far from the viewer something lies.

use crate::network::Rec;
use crate::simulation::Place;

/// How far from the viewer something lies, as a level of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The viewer.
    Viewer,
    /// The edge location.
    Pop,
    /// The regional edge cache.
    Rec,
    /// Origin Shield, where the strip has one.
    Shield,
    /// The origin.
    Origin,
}

impl Level {
    /// All of them, from the viewer on.
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Pop, Self::Rec, Self::Shield, Self::Origin];

    /// Those that each exchange has, from the viewer on.
    pub fn without_shield() -> Vec<Self> {
        Self::ALL.into_iter().filter(|level| *level != Self::Shield).collect()
    }

    /// As it is written beside its row.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::Pop => "POP",
            Self::Rec => "REC",
            Self::Shield => "Shield",
            Self::Origin => "Origin",
        }
    }

    /// Of a place, for an exchange whose regional edge cache is this one.
    pub(super) fn of(place: Place, rec: Option<Rec>) -> Self {
        match place {
            Place::Pop(_) => Self::Pop,
            Place::Rec(here) if rec.is_none_or(|rec| rec == here) => Self::Rec,
            Place::Rec(_) => Self::Shield,
            Place::Origin(_) => Self::Origin,
            _ => Self::Viewer,
        }
    }
}
