//! AWS's places, read once from `docs/reference/edge-locations.csv`: edge locations (POPs), regional edge caches
//! (RECs) and Regions. A place is a small index; it is written and read as its code.
//!
//! Sources: caching.md section 10, LOC-01 to LOC-16 and CSV-01 to CSV-07.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use super::cities::City;
use super::latency::Position;

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
        nearest.iter().map(|city| city.label()).collect::<Vec<_>>().join(" or ")
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Pop(u16);

/// A regional edge cache: one row of kind `rec`. Ordered by code. The optional us-west-1 is among them (CSV-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Rec(u16);

/// An AWS Region: one row of kind `region`. Ordered by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// are made from the letters by [`full_code`]. MODEL.
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

    /// Its place in the order of [`Region::all`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> &'static Row {
        &tables().regions[self.index()]
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

/// A full code of the shape of LOC-02, made from the three letters alone, so that a new row changes no old code. MODEL:
/// the real numbers say nothing that a viewer could know (LOC-03), and these weights give `FRA` its documented
/// example, `FRA56-P4`.
pub fn full_code(code: &str) -> String {
    let letter =
        |at: usize| code.as_bytes().get(at).map_or(0, |byte| u32::from(byte.wrapping_sub(b'A')));
    let (first, second, third) = (letter(0), letter(1), letter(2));
    let number = 50 + (first + 3 * second + 7 * third) % 50;
    let kind = if (first + second + third) % 2 == 0 { 'P' } else { 'C' };
    let building = 1 + (first + 2 * second + 3 * third) % 12;
    format!("{code}{number}-{kind}{building}")
}

/// One row of the file, whatever its kind.
struct Row {
    code: &'static str,
    name: &'static str,
    country: &'static str,
    position: Position,
    price_class: &'static str,
}

struct Tables {
    pops: Vec<Row>,
    recs: Vec<Row>,
    regions: Vec<Row>,
    full_codes: Vec<String>,
    rec_regions: Vec<Region>,
}

const FILE: &str = include_str!("../../docs/reference/edge-locations.csv");

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let (pops, regions) = (rows("pop"), rows("region"));
        // A cache whose Region had no row could not say where it stands, so it is left out; a test counts them.
        let (recs, rec_regions) = rows("rec")
            .into_iter()
            .filter_map(|row| index_of(&regions, row.code).map(|region| (row, Region(region))))
            .unzip();
        let full_codes = pops.iter().map(|row| full_code(row.code)).collect();
        Tables { pops, recs, regions, full_codes, rec_regions }
    })
}

/// The rows of one kind, ordered by code. A line that does not read is left out; the tests count the lines.
fn rows(kind: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = FILE.lines().filter_map(|line| row(line, kind)).collect();
    rows.sort_by_key(|row| row.code);
    rows
}

fn row(line: &'static str, wanted: &str) -> Option<Row> {
    let mut columns = line.split(',');
    let mut next = || columns.next();
    if next()? != wanted {
        return None;
    }
    let (code, name, country) = (next()?, next()?, next()?);
    let position = Position { lat: next()?.parse().ok()?, lon: next()?.parse().ok()? };
    Some(Row { code, name, country, position, price_class: next()? })
}

fn indices(rows: &[Row]) -> impl Iterator<Item = u16> + use<> {
    0..rows.len() as u16
}

fn index_of(rows: &[Row], code: &str) -> Option<u16> {
    rows.binary_search_by_key(&code, |row| row.code).ok().map(|index| index as u16)
}

/// The town in the parenthesis, which the world knows better than `Ireland` or `UAE`; but of a Region in the United
/// States the state before it, which is its name.
fn short_name(row: &'static Row) -> &'static str {
    let (before, inside) = split_parenthesis(row.name);
    if row.country == "US" { before } else { inside.unwrap_or(before) }
}

fn split_parenthesis(name: &'static str) -> (&'static str, Option<&'static str>) {
    match name.split_once(" (") {
        Some((before, inside)) => (before, Some(inside.trim_end_matches(')'))),
        None => (name, None),
    }
}
