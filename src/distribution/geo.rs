//! From which countries a distribution is served (DS-20).

use serde::{Deserialize, Serialize};

/// A list of countries, of which each distribution has one at most (VSEC-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeoRestriction {
    /// What being on the list means.
    pub sort: GeoSort,
    /// Countries by their two capital letters (ISO 3166-1), as in `DE`.
    pub countries: Vec<String>,
}

/// What being on the list of countries means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GeoSort {
    /// These are served, all others refused: `whitelist`.
    AllowList,
    /// These are refused, all others served: `blacklist`.
    BlockList,
}

impl GeoRestriction {
    /// Whether a viewer in this country is served.
    pub fn serves(&self, country: &str) -> bool {
        let is_listed = self.countries.iter().any(|listed| listed == country);
        is_listed == (self.sort == GeoSort::AllowList)
    }
}
