//! AWS's places, read once from `docs/reference/edge-locations.csv`: edge locations (POPs), regional edge caches
//! (RECs) and Regions. A place is a small index; it is written and read as its code.
//!
//! Sources: caching.md section 10, LOC-01 to LOC-16 and CSV-01 to CSV-07.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use super::cities::City;
use super::position::Position;
use table::{Row, index_of, indices, short_name, split_parenthesis, tables};

mod table;

/// A place that this program does not know, or a name that fits none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Not the short code of an edge location.
    #[error("the edge location must be one of the 107 short codes, such as FRA, not {given:?}")]
    UnknownPop {
        /// What was given instead.
        given: String,
    },
    /// Not the code of a Region that holds a regional edge cache.
    #[error(
        "the regional edge cache must be named by the code of its Region, such as eu-central-1, not {given:?}"
    )]
    UnknownRec {
        /// What was given instead.
        given: String,
    },
    /// Not the code of a Region.
    #[error("the Region must be one of the 34 codes, such as us-east-1, not {given:?}")]
    UnknownRegion {
        /// What was given instead.
        given: String,
    },
    /// Not a city that a viewer can be in.
    #[error(
        "the viewer city must be one of the list, perhaps {}, not {given:?}",
        nearest.iter().map(|city| city.name()).collect::<Vec<_>>().join(" or ")
    )]
    UnknownCity {
        /// What was given instead, shortened when it is very long.
        given: String,
        /// The cities whose names are most like it, best first.
        nearest: Vec<City>,
    },
}

/// The cheapest price class of a distribution that includes an edge location (LOC-11 to LOC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PriceClass {
    /// North America, Europe and Israel.
    Class100,
    /// Adds South Africa, Kenya, Nigeria, Egypt, the Middle East and most of Asia.
    Class200,
    /// Adds South America, Australia and New Zealand.
    All,
    /// Mainland China: a separate partition, in no class of a global distribution (caching.md 10.1, `cn`).
    China,
}

/// An edge location (point of presence): one row of kind `pop`. Ordered by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Pop(u16);

/// A regional edge cache: one row of kind `rec`. Ordered by code. The optional us-west-1 is among them (CSV-06).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Rec(u16);

/// An AWS Region: one row of kind `region`. Ordered by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Region(u16);

impl Pop {
    /// All of them, those of mainland China included, ordered by code.
    pub fn all() -> impl Iterator<Item = Self> {
        indices(&tables().pops).map(Self)
    }

    /// The one with this short code: `FRA`.
    pub fn find(code: &str) -> Result<Self, PlaceError> {
        index_of(&tables().pops, code)
            .map(Self)
            .ok_or_else(|| PlaceError::UnknownPop { given: code.to_owned() })
    }

    /// Its three letters, as accessible names use them: `FRA` (LOC-01).
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Its code as `X-Amz-Cf-Pop` and the access log write it: `FRA56-P4`. The shape is that of LOC-02; the numbers
    /// are made from the letters by one fixed rule. MODEL.
    pub fn full_code(self) -> &'static str {
        tables().full_codes.get(usize::from(self.0)).map_or("", String::as_str)
    }

    /// The town: `Frankfurt`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The town without the airport's suburb: `Portland` for `Portland (Hillsboro)`.
    pub fn short_name(self) -> &'static str {
        split_parenthesis(self.name()).0
    }

    /// The country by its two letters (ISO 3166-1): `DE`.
    pub fn country(self) -> &'static str {
        self.row().country
    }

    /// Where it is: the coordinates of its airport.
    pub fn position(self) -> Position {
        self.row().position
    }

    /// The cheapest price class that includes it.
    pub fn price_class(self) -> PriceClass {
        match self.row().price_class {
            "100" => PriceClass::Class100,
            "200" => PriceClass::Class200,
            "cn" => PriceClass::China,
            _ => PriceClass::All,
        }
    }

    /// Its place in the order of [`Pop::all`], for tables with one entry per edge location.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> &'static Row {
        &tables().pops[self.index()]
    }
}

impl Rec {
    /// All of them, ordered by code.
    pub fn all() -> impl Iterator<Item = Self> {
        indices(&tables().recs).map(Self)
    }

    /// The one in the Region with this code.
    pub fn find(code: &str) -> Result<Self, PlaceError> {
        index_of(&tables().recs, code)
            .map(Self)
            .ok_or_else(|| PlaceError::UnknownRec { given: code.to_owned() })
    }

    /// The code of its Region, which names it: `eu-central-1` (LOC-08).
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The place as the file has it: `Ireland (Dublin)`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name for a small space: `Dublin`, but `N. Virginia`.
    pub fn short_name(self) -> &'static str {
        short_name(self.row())
    }

    /// The country by its two letters (ISO 3166-1).
    pub fn country(self) -> &'static str {
        self.row().country
    }

    /// Where it is: the coordinates of its Region's city.
    pub fn position(self) -> Position {
        self.row().position
    }

    /// The Region that it stands in.
    pub fn region(self) -> Region {
        tables().rec_regions[self.index()]
    }

    /// Its place in the order of [`Rec::all`], for tables with one entry per regional edge cache.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> &'static Row {
        &tables().recs[self.index()]
    }
}

impl Region {
    /// All of them, ordered by code.
    pub fn all() -> impl Iterator<Item = Self> {
        indices(&tables().regions).map(Self)
    }

    /// The one with this code.
    pub fn find(code: &str) -> Result<Self, PlaceError> {
        index_of(&tables().regions, code)
            .map(Self)
            .ok_or_else(|| PlaceError::UnknownRegion { given: code.to_owned() })
    }

    /// Its code: `us-east-1`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The place as the file has it: `N. Virginia (Ashburn)`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name for a small space: `Dublin`, but `N. Virginia`.
    pub fn short_name(self) -> &'static str {
        short_name(self.row())
    }

    /// The country by its two letters (ISO 3166-1).
    pub fn country(self) -> &'static str {
        self.row().country
    }

    /// Where it is: the coordinates of its city.
    pub fn position(self) -> Position {
        self.row().position
    }

    /// The regional edge cache in this Region, if there is one (settled point 7 of the architecture asks).
    pub fn rec(self) -> Option<Rec> {
        index_of(&tables().recs, self.code()).map(Rec)
    }

    /// Whether its regional edge cache can be an Origin Shield: all but that of N. California can (OR-07, VER-16).
    pub fn has_shield(self) -> bool {
        self.rec().is_some() && self.code() != "us-west-1"
    }

    /// Its place in the order of [`Region::all`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> &'static Row {
        &tables().regions[self.index()]
    }
}

// A trace names places by their codes; an index would say nothing to who reads it.
impl fmt::Debug for Pop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pop({})", self.code())
    }
}

impl fmt::Debug for Rec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rec({})", self.code())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.code())
    }
}

impl fmt::Display for Pop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Rec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Pop> for &'static str {
    fn from(pop: Pop) -> Self {
        pop.code()
    }
}

impl From<Rec> for &'static str {
    fn from(rec: Rec) -> Self {
        rec.code()
    }
}

impl From<Region> for &'static str {
    fn from(region: Region) -> Self {
        region.code()
    }
}

impl TryFrom<String> for Pop {
    type Error = PlaceError;
    fn try_from(code: String) -> Result<Self, PlaceError> {
        Self::find(&code)
    }
}

impl TryFrom<String> for Rec {
    type Error = PlaceError;
    fn try_from(code: String) -> Result<Self, PlaceError> {
        Self::find(&code)
    }
}

impl TryFrom<String> for Region {
    type Error = PlaceError;
    fn try_from(code: String) -> Result<Self, PlaceError> {
        Self::find(&code)
    }
}

#[cfg(test)]
mod tests;
