//! The prices against the tables of the reference, and what they come to.
#![allow(clippy::unwrap_used)]

use super::area::Area;
use super::money::Money;
use super::prices::{self, GB, TB};
use super::usage::{InArea, Usage};
use super::{Item, PLANS};
use crate::network::{Pop, PriceClass};

const REFERENCE: &str = include_str!("../../../docs/reference/security-logs-edge.md");

/// The cells of a row of the reference behind its id.
fn cells(row: &str) -> Vec<&'static str> {
    let line = REFERENCE.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap();
    line.trim_matches('|').split('|').map(str::trim).skip(1).collect()
}

/// A figure such as `.0075` in picodollars.
fn picos(figure: &str) -> u128 {
    let decimals = figure.strip_prefix('.').unwrap();
    format!("{decimals:0<12}").parse().unwrap()
}

/// What was used in one area.
fn used(area: Area, here: InArea) -> Usage {
    let mut usage = Usage::default();
    usage.areas[area as usize] = here;
    usage
}

const TO_VIEWERS: [(&str, Area); 8] = [
    ("PRC-20", Area::NorthAmerica),
    ("PRC-21", Area::Europe),
    ("PRC-22", Area::Africa),
    ("PRC-23", Area::SouthAmerica),
    ("PRC-24", Area::Japan),
    ("PRC-25", Area::Oceania),
    ("PRC-26", Area::Asia),
    ("PRC-27", Area::India),
];

#[test]
fn a_gb_to_viewers_costs_in_each_tier_what_the_reference_says() {
    // The last byte of one tier and the first of the next, so that a limit that is off by one shows.
    let lengths = [10, 40, 100, 350, 524, 4 * 1_024].map(|tb| tb * TB);
    for (row, area) in TO_VIEWERS {
        let figures: Vec<u128> = cells(row)[1..].iter().map(|figure| picos(figure)).collect();
        let mut end = 0;
        for (tier, length) in (0..).zip(lengths) {
            end += length;
            let cost = |bytes| prices::to_viewers(area, bytes, 0).to_picos();
            assert_eq!(cost(end) - cost(end - GB), figures[tier], "{row} {tier}");
            assert_eq!(cost(end + GB) - cost(end), figures[tier + 1], "{row} {tier}");
        }
    }
}

#[test]
fn a_request_costs_what_the_reference_says() {
    let table = [
        ("PRC-30", &[Area::NorthAmerica][..]),
        ("PRC-31", &[Area::Europe, Area::Africa, Area::Japan, Area::India, Area::Asia]),
        ("PRC-32", &[Area::Oceania]),
        ("PRC-33", &[Area::SouthAmerica]),
    ];
    for (row, areas) in table {
        for area in areas {
            let cost = |is_tls| (prices::request(*area, is_tls) * 10_000).to_picos();
            let figures = cells(row);
            let expected = [picos(figures[1]), picos(figures[2])];
            assert_eq!([cost(false), cost(true)], expected, "{row} {area:?}");
        }
    }
}

#[test]
fn the_worked_test_of_the_reference() {
    // 20 TB to viewers in the US and 30 million requests by HTTPS, nothing free.
    let here = InArea { https: 30_000_000, to_viewers: 20 * TB, ..InArea::default() };
    let bill = used(Area::NorthAmerica, here).at_list_prices();
    assert!(REFERENCE.contains("870.40 + 819.20 + 30.00 = **$1,719.60**"));
    let costs: Vec<Money> = bill.lines.iter().map(|line| line.cost).collect();
    assert_eq!(costs, [Money::mills(30_000), Money::mills(870_400 + 819_200)]);
    assert_eq!(bill.total(), Money::mills(1_719_600));
}

#[test]
fn prc_01_44_what_is_free_is_taken_off_from_the_first_line_on() {
    let mut usage = Usage { cloudfront_runs: 2_000_001, ..Usage::default() };
    // Eleven million requests, of which the first area has four; a TB and two GB, of which it has all but one.
    usage.areas[Area::NorthAmerica as usize] =
        InArea { https: 4_000_000, to_viewers: TB + GB, ..InArea::default() };
    usage.areas[Area::Japan as usize] =
        InArea { http: 7_000_000, to_viewers: GB, ..InArea::default() };
    let bill = usage.as_a_month();
    let cost = |item| bill.lines.iter().find(|line| line.item == item).unwrap().cost;
    let requests = |area, is_tls| cost(Item::Requests { area, is_tls });
    assert_eq!(requests(Area::NorthAmerica, true), Money::default(), "PRC-01");
    // A million at 0.0090 for 10,000.
    assert_eq!(requests(Area::Japan, false), Money::mills(900), "PRC-01");
    assert_eq!(cost(Item::ToViewers(Area::NorthAmerica)), Money::mills(85), "PRC-01");
    assert_eq!(cost(Item::ToViewers(Area::Japan)), Money::mills(114), "PRC-01");
    // 0.10 a million.
    assert_eq!(cost(Item::CloudFrontRuns), Money::picos(100_000), "PRC-01, PRC-05");
    // What is free of the first tier leaves the second where it begins.
    let eleven = prices::to_viewers(Area::Europe, 11 * TB, TB);
    assert_eq!(eleven, Money::mills(9 * 1_024 * 85 + 1_024 * 80), "PRC-44");
}

#[test]
fn prc_07_43_a_run_of_lambda_and_its_time() {
    // The reference's own example: 128 MB for 50 ms are 0.00625 GB-seconds.
    let twice = prices::lambda_time(128, 50) * 2;
    assert_eq!(twice.to_picos(), 50_010_000 * 2 * 625 / 100_000, "PRC-07");
    let usage = Usage { lambda_runs: 1_000_000, ..Usage::default() };
    // 0.60, and a million times 0.000625 GB-seconds at 0.00005001.
    assert_eq!(usage.at_list_prices().total().to_picos(), 631_256_250_000, "PRC-07, PRC-43");
}

#[test]
fn prc_40_every_edge_location_is_in_one_area() {
    for pop in Pop::all() {
        let area = Area::of(pop.country());
        let expected = match pop.price_class() {
            // PC-01, PC-02: North America, Europe and Israel.
            PriceClass::Class100 => vec![Area::NorthAmerica, Area::Europe],
            // TR is in class 200, and billed as Europe.
            PriceClass::Class200 if pop.country() == "TR" => vec![Area::Europe],
            PriceClass::Class200 => vec![Area::Africa, Area::Japan, Area::Asia, Area::India],
            PriceClass::All => vec![Area::SouthAmerica, Area::Oceania],
            PriceClass::China => continue,
        };
        assert!(expected.contains(&area), "PRC-40 {pop} {area:?}");
    }
    let expected = [
        ("FR", Area::Europe),
        ("IL", Area::Europe),
        ("CA", Area::NorthAmerica),
        ("KE", Area::Africa),
        ("EG", Area::Africa),
        ("BR", Area::SouthAmerica),
        ("JP", Area::Japan),
        ("NZ", Area::Oceania),
        ("KR", Area::Asia),
        ("IN", Area::India),
    ];
    for (country, area) in expected {
        assert_eq!(Area::of(country), area, "PRC-40 {country}");
    }
}

#[test]
fn prc_14_15_the_plans() {
    let table = [("Free", 0, 1, 5), ("Pro", 15, 10, 10), ("Business", 200, 125, 50)];
    let table = table.into_iter().chain([("Premium", 1_000, 500, 100)]);
    for (plan, (name, dollars, millions, behaviors)) in PLANS.iter().zip(table) {
        assert_eq!((plan.name, plan.dollars), (name, dollars), "PRC-14");
        assert_eq!((plan.requests, plan.behaviors), (millions * 1_000_000, behaviors), "PRC-15");
    }
    assert_eq!(PLANS.map(|plan| plan.bytes / GB), [100, 51_200, 51_200, 51_200], "PRC-14");
}

#[test]
fn more_than_can_be_counted_stays_the_most() {
    let most = InArea { https: u64::MAX, to_viewers: u64::MAX, ..InArea::default() };
    let mut usage = used(Area::Europe, most);
    usage.areas[Area::Japan as usize] = most;
    assert_eq!((usage.requests(), usage.bytes_to_viewers()), (u64::MAX, u64::MAX));
}
