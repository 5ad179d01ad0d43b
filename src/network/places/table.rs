//! Reading `docs/reference/edge-locations.csv` into rows, and what is made of a row once.

use std::sync::OnceLock;

use super::Region;
use crate::network::position::Position;

/// One row of the file, whatever its kind.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    pub(super) position: Position,
    pub(super) price_class: &'static str,
}

pub(super) struct Tables {
    pub(super) pops: Vec<Row>,
    pub(super) recs: Vec<Row>,
    pub(super) regions: Vec<Row>,
    pub(super) full_codes: Vec<String>,
    pub(super) rec_regions: Vec<Region>,
}

pub(super) const FILE: &str = include_str!("../../../docs/reference/edge-locations.csv");

pub(super) fn tables() -> &'static Tables {
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

/// The rows of one kind, which the file holds ordered by code. A line that does not read is left out; the tests count
/// the lines and look at the order.
fn rows(kind: &str) -> Vec<Row> {
    FILE.lines().filter_map(|line| row(line, kind)).collect()
}

fn row(line: &'static str, wanted: &str) -> Option<Row> {
    let mut columns = line.split(',');
    let mut next = || columns.next();
    if next()? != wanted {
        return None;
    }
    let (code, name, country) = (next()?, next()?, next()?);
    let position = Position::read(next()?, next()?)?;
    Some(Row { code, name, country, position, price_class: next()? })
}

pub(super) fn indices(rows: &[Row]) -> impl Iterator<Item = u16> + use<> {
    0..rows.len() as u16
}

pub(super) fn index_of(rows: &[Row], code: &str) -> Option<u16> {
    rows.binary_search_by_key(&code, |row| row.code).ok().map(|index| index as u16)
}

/// A full code of the shape of LOC-02, made from the three letters alone, so that a new row changes no old code. MODEL:
/// the real numbers say nothing that a viewer could know (LOC-03), and these weights give `FRA` its documented
/// example, `FRA56-P4`.
pub(super) fn full_code(code: &str) -> String {
    let letter =
        |at: usize| code.as_bytes().get(at).map_or(0, |byte| u32::from(byte.wrapping_sub(b'A')));
    let (first, second, third) = (letter(0), letter(1), letter(2));
    let number = 50 + (first + 3 * second + 7 * third) % 50;
    let kind = if (first + second + third) % 2 == 0 { 'P' } else { 'C' };
    let suffix = 1 + (first + 2 * second + 3 * third) % 12;
    format!("{code}{number}-{kind}{suffix}")
}

/// The town in the parenthesis, which the world knows better than `Ireland` or `UAE`; but of a Region in the United
/// States the state before it, which is its name.
pub(super) fn short_name(row: &'static Row) -> &'static str {
    let (before, inside) = split_parenthesis(row.name);
    if row.country == "US" { before } else { inside.unwrap_or(before) }
}

pub(super) fn split_parenthesis(name: &'static str) -> (&'static str, Option<&'static str>) {
    match name.split_once(" (") {
        Some((before, inside)) => (before, Some(inside.trim_end_matches(')'))),
        None => (name, None),
    }
}
