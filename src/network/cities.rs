//! The cities that a viewer can be in, read once from `cities.csv`, and finding one by what a person types.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::access::Family;
use super::places::PlaceError;
use super::position::Position;
use super::ranking::least;

/// A city that a viewer can be in. Ordered by slug; written and read as its slug.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct City(u16);

/// How many characters of an unknown name are looked at and given back: a pasted novel is not a city.
const LOOKED_AT_CHARS: usize = 60;

/// How many similar names an error offers.
const OFFERED: usize = 3;

impl City {
    /// All of them, ordered by slug.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..rows().len() as u16).map(Self)
    }

    /// The city that a person means by its label, its name or its slug, whatever the case, accents, punctuation and
    /// blanks around it: `Paris, France`, `paris`, ` PARIS `, `São Paulo`.
    pub fn find(text: &str) -> Result<Self, PlaceError> {
        let given: String = text.trim().chars().take(LOOKED_AT_CHARS + 1).collect();
        let folded = fold(&given);
        let found = Self::all().find(|city| {
            let row = city.row();
            row.slug == folded || row.folded_label == folded
        });
        found.ok_or_else(|| {
            let mut shown: String = given.chars().take(LOOKED_AT_CHARS).collect();
            if shown.len() < given.len() {
                shown.push('…');
            }
            PlaceError::UnknownCity { given: shown, nearest: most_alike(&folded) }
        })
    }

    /// Its name: `Paris`. No two cities share one.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Its country's name: `France`.
    pub fn country_name(self) -> &'static str {
        self.row().country
    }

    /// Its country by its two letters (ISO 3166-1): `FR`.
    pub fn country_code(self) -> &'static str {
        self.row().country_code
    }

    /// Name and country: `Paris, France`. A city that is its own country is named once: `Singapore`.
    pub fn label(self) -> &'static str {
        &self.row().label
    }

    /// Its name in links and files: `addis-ababa`.
    pub fn slug(self) -> &'static str {
        self.row().slug
    }

    /// Where it is.
    pub fn position(self) -> Position {
        self.row().position
    }

    /// The viewer's IPv4 address, of the documentation range 203.0.113.0/24 (RFC 5737). MODEL.
    pub fn ipv4(self) -> Ipv4Addr {
        Ipv4Addr::new(203, 0, 113, self.row().host)
    }

    /// The viewer's IPv6 address, of the documentation range `2001:db8::/32` (RFC 3849). MODEL.
    pub fn ipv6(self) -> Ipv6Addr {
        Ipv6Addr::new(0x2001, 0xdb8, u16::from(self.row().host), 0, 0, 0, 0, 1)
    }

    /// The viewer's address of a family (DNS-26).
    pub fn address(self, family: Family) -> IpAddr {
        match family {
            Family::Ipv4 => self.ipv4().into(),
            Family::Ipv6 => self.ipv6().into(),
        }
    }

    /// The number of the viewer's network, one of the 32 kept for documentation (RFC 5398). MODEL.
    pub fn as_number(self) -> u32 {
        let choice = u32::from(self.row().host) % 32;
        if choice < 16 { 64_496 + choice } else { 65_536 + choice - 16 }
    }

    /// The city where the recursive resolver stands that the viewer's provider runs: in most cities there, in a few in the
    /// city that their network hangs on. The name server sees this place, not the viewer's (DNS-09). MODEL.
    #[must_use]
    pub fn resolver_city(self) -> Self {
        let slug = self.row().resolver;
        Self::all().find(|city| city.slug() == slug).unwrap_or(self)
    }

    /// Its place in the order of [`City::all`], for tables with one entry per city.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> &'static Row {
        &rows()[self.index()]
    }
}

impl fmt::Debug for City {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "City({})", self.slug())
    }
}

impl fmt::Display for City {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl From<City> for &'static str {
    fn from(city: City) -> Self {
        city.slug()
    }
}

impl TryFrom<String> for City {
    type Error = PlaceError;
    fn try_from(slug: String) -> Result<Self, PlaceError> {
        Self::find(&slug)
    }
}

/// One row of the file, with what finding it needs.
struct Row {
    slug: &'static str,
    name: &'static str,
    country_code: &'static str,
    country: &'static str,
    position: Position,
    /// The last number of its addresses: written down, so that a new city changes no old one's.
    host: u8,
    resolver: &'static str,
    label: String,
    folded_label: String,
}

const FILE: &str = include_str!("cities.csv");

/// The rows, which the file holds ordered by slug. A line that does not read, such as the head, is left out; the tests
/// count the lines and look at the order.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| FILE.lines().filter_map(row).collect())
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split(',');
    let mut next = || columns.next();
    let (slug, name, country_code, country) = (next()?, next()?, next()?, next()?);
    let position = Position::read(next()?, next()?)?;
    let (host, resolver) = (next()?.parse().ok()?, next()?);
    let label = if name == country { name.to_owned() } else { format!("{name}, {country}") };
    let folded_label = fold(&label);
    Some(Row { slug, name, country_code, country, position, host, resolver, label, folded_label })
}

/// Lower case, without accents, each run of other characters one `-`: the form of a slug.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match plain(letter) {
            Some(letter) => folded.push(letter),
            // A combining accent belongs to the letter before it.
            None if ('\u{300}'..='\u{36f}').contains(&letter) => {}
            None if folded.is_empty() || folded.ends_with('-') => {}
            None => folded.push('-'),
        }
    }
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}

/// The accents that names of cities carry, by the letter below them.
const ACCENTED: [(char, &str); 10] = [
    ('a', "àáâãäåāăÀÁÂÃÄÅĀĂ"),
    ('c', "çćčÇĆČ"),
    ('e', "èéêëēěÈÉÊËĒĚ"),
    ('i', "ìíîïīıÌÍÎÏĪİ"),
    ('n', "ñńÑŃ"),
    ('o', "òóôõöøōÒÓÔÕÖØŌ"),
    ('s', "șşšśȘŞŠŚ"),
    ('u', "ùúûüūůÙÚÛÜŪŮ"),
    ('y', "ýÿÝŸ"),
    ('z', "źżžŹŻŽ"),
];

/// The unaccented lower-case form of a letter or digit. A letter of another alphabet, which no slug has, stays as it is.
fn plain(letter: char) -> Option<char> {
    if letter.is_ascii_alphanumeric() {
        return Some(letter.to_ascii_lowercase());
    }
    let below = ACCENTED.iter().find(|(_, accented)| accented.contains(letter));
    below.map(|(below, _)| *below).or((!is_mark(letter)).then_some(letter))
}

/// Whether this is a blank, a punctuation mark, an accent or a sign, of the blocks that hold those alone.
const fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{bf}'
            | '\u{300}'..='\u{36f}'
            | '\u{2000}'..='\u{2bff}'
            | '\u{3000}'..='\u{303f}'
            | '\u{fe0f}'
            | '\u{feff}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// The cities to offer for a name that fits none: those that begin with it or that it begins with, then those of a
/// country that does, then those with the fewest letters to change; ties in the order of the list. The best one is
/// always offered, the next ones only if they are like it too.
fn most_alike(folded: &str) -> Vec<City> {
    let alike = 2 + folded.len().div_ceil(3);
    let ranked = City::all().map(|city| {
        let row = city.row();
        let rank = if row.slug.starts_with(folded) || folded.starts_with(row.slug) {
            0
        } else if fold(row.country).starts_with(folded) {
            1
        } else {
            2 + letters_to_change(folded, row.slug)
        };
        (rank, city)
    });
    let ranked = least(ranked, OFFERED).into_iter().enumerate();
    let offered = ranked.filter(|(place, (rank, _))| *place == 0 || *rank <= alike);
    offered.map(|(_, (_, city))| city).collect()
}

/// The Levenshtein distance: how many letters to insert, drop or replace.
fn letters_to_change(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.chars().enumerate() {
        let mut diagonal = above[0];
        above[0] = row + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = above[column + 1];
            above[column + 1] = replaced.min(diagonal + 1).min(above[column] + 1);
        }
    }
    above[to.len()]
}

#[cfg(test)]
mod tests;
