//! The six answers that a colour may mean, and nothing else.

/// What a cache or an origin made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Fresh in this cache.
    Hit,
    /// Not in this cache.
    Miss,
    /// The stored response is still good, says the origin.
    Refresh,
    /// No cache may answer.
    Bypass,
    /// In this cache, past its lifetime.
    Stale,
    /// A 4xx or 5xx.
    Error,
}

impl Outcome {
    /// All six, in the order of the legend.
    pub const ALL: [Self; 6] =
        [Self::Hit, Self::Miss, Self::Refresh, Self::Bypass, Self::Stale, Self::Error];

    /// The word for the eye.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hit => "Hit",
            Self::Miss => "Miss",
            Self::Refresh => "Refresh",
            Self::Bypass => "Bypass",
            Self::Stale => "Stale",
            Self::Error => "Error",
        }
    }

    /// The word for attributes and file names.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Refresh => "refresh",
            Self::Bypass => "bypass",
            Self::Stale => "stale",
            Self::Error => "error",
        }
    }
}
