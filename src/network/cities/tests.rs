#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::network::latency::great_circle_km;
use crate::network::places::{Pop, Region};

fn city(text: &str) -> City {
    City::find(text).unwrap()
}

#[test]
fn every_line_of_the_file_is_a_city() {
    assert_eq!(City::all().count(), FILE.lines().count() - 1);
    assert!(City::all().count() >= 60);
    assert!(City::all().map(City::slug).is_sorted_by(|a, b| a < b));
}

#[test]
fn all_continents_have_viewers() {
    // One rough box each: (name, south, north, west, east, at least so many cities).
    let boxes = [
        ("Africa", -35.0, 35.0, -18.0, 39.5, 12),
        ("Antarctica", -90.0, -60.0, -180.0, 180.0, 1),
        ("Asia", 0.0, 55.0, 60.0, 145.0, 15),
        ("Australia and Oceania", -45.0, 0.0, 110.0, 180.0, 7),
        ("Europe", 37.0, 72.0, -25.0, 32.0, 15),
        ("North America", 10.0, 72.0, -170.0, -52.0, 10),
        ("South America", -56.0, 13.0, -82.0, -34.0, 8),
    ];
    for (name, south, north, west, east, least) in boxes {
        let count = City::all()
            .map(City::position)
            .filter(|at| (south..=north).contains(&at.lat) && (west..=east).contains(&at.lon))
            .count();
        assert!(count >= least, "{name}: {count}");
    }
}

#[test]
fn a_city_is_where_the_place_of_the_same_name_is() {
    // A check against another source: airports and Regions of edge-locations.csv lie near their towns.
    let mut compared = 0;
    for city in City::all() {
        let pops = Pop::all().map(|pop| (pop.short_name(), pop.position()));
        let regions = Region::all().map(|region| (region.short_name(), region.position()));
        for (name, position) in pops.chain(regions).filter(|(name, _)| *name == city.name()) {
            let km = great_circle_km(city.position(), position);
            assert!(km < 65.0, "{name}: {km} km");
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn every_city_has_its_own_documentation_addresses() {
    let all = || City::all();
    assert_eq!(all().map(City::ipv4).collect::<BTreeSet<_>>().len(), all().count());
    assert_eq!(all().map(City::ipv6).collect::<BTreeSet<_>>().len(), all().count());
    for city in all() {
        // RFC 5737, RFC 3849 and RFC 5398.
        assert!(city.ipv4().is_documentation(), "{city}");
        assert!((1..=254).contains(&city.ipv4().octets()[3]), "{city}");
        assert_eq!(city.ipv6().segments()[..2], [0x2001, 0xdb8], "{city}");
        assert_eq!(city.address(Family::Ipv4), city.ipv4(), "DNS-26");
        assert_eq!(city.address(Family::Ipv6), city.ipv6(), "DNS-26");
        let number = city.as_number();
        assert!(
            (64_496..=64_511).contains(&number) || (65_536..=65_551).contains(&number),
            "{city}: {number}"
        );
    }
    assert_eq!(city("Paris").ipv4(), Ipv4Addr::new(203, 0, 113, 78));
    assert_eq!(city("Paris").ipv6().to_string(), "2001:db8:4e::1");
}

#[test]
fn resolvers_are_at_home_or_in_a_named_city() {
    for row in rows() {
        let named = row.resolver == "-" || rows().iter().any(|other| other.slug == row.resolver);
        assert!(named, "{}: {}", row.slug, row.resolver);
    }
    assert_eq!(city("Paris").resolver_city(), city("Paris"));
    assert_eq!(city("Tromso").resolver_city(), city("Oslo"));
}

#[test]
fn a_city_is_found_by_label_name_and_slug() {
    let table = [
        ("Paris, France", "paris"),
        ("Paris", "paris"),
        ("paris", "paris"),
        ("  PARIS\t", "paris"),
        ("paris,france", "paris"),
        ("Addis Ababa, Ethiopia", "addis-ababa"),
        ("addis-ababa", "addis-ababa"),
        ("addis  ababa", "addis-ababa"),
        ("São Paulo", "sao-paulo"),
        ("Sa\u{303}o Paulo, Brazil", "sao-paulo"),
        ("SÃO PAULO", "sao-paulo"),
        ("SA\u{303}O\u{a0}PAULO", "sao-paulo"),
        ("“São–Paulo”", "sao-paulo"),
        ("\u{feff}Sao\u{3000}Paulo 🙂", "sao-paulo"),
        ("ZÜRICH", "zurich"),
        ("İstanbul", "istanbul"),
        ("TROMSØ", "tromso"),
        ("Singapore", "singapore"),
        ("Hong Kong", "hong-kong"),
        ("Tromsø, Norway", "tromso"),
    ];
    for (text, slug) in table {
        assert_eq!(city(text).slug(), slug, "{text}");
    }
    for city in City::all() {
        assert_eq!(City::find(city.label()), Ok(city));
        assert_eq!(City::find(city.name()), Ok(city));
        assert_eq!(fold(city.name()), city.slug());
        assert_eq!(City::find(city.slug()), Ok(city));
        let json = serde_json::to_string(&city).unwrap();
        assert_eq!(json, format!("{:?}", city.slug()));
        assert_eq!(serde_json::from_str::<City>(&json).unwrap(), city);
    }
    assert_eq!(city("Paris").label(), "Paris, France");
    assert_eq!(city("Singapore").label(), "Singapore");
    assert_eq!((city("Nairobi").country_name(), city("Nairobi").country_code()), ("Kenya", "KE"));
}

#[test]
fn capitals_fold_as_their_small_letters() {
    for (below, accented) in ACCENTED {
        for letter in accented.chars() {
            assert_eq!(plain(letter), Some(below), "{letter}");
            let small = letter.to_lowercase().next().unwrap();
            assert_eq!(plain(small), Some(below), "{small}");
            let capital = letter.to_uppercase().next().unwrap();
            assert_eq!(plain(capital), Some(below), "{capital}");
        }
    }
    // A letter of another alphabet is no blank: the name is another one then.
    assert!(City::find("Paris Москва").is_err() && City::find("北京Paris").is_err());
    let marks = ('\0'..='\u{7f}').filter(|c| !c.is_alphanumeric());
    for mark in marks.chain("\u{a0}’–…‹›\u{202f}\u{3000}\u{feff}→🙂".chars()) {
        assert_eq!(plain(mark), None, "{mark:?}");
    }
}

#[test]
fn an_unknown_city_is_named_with_the_nearest_names() {
    let check = |given: &str, message: &str| {
        assert_eq!(City::find(given).unwrap_err().to_string(), message);
    };
    check("Pariss", "the viewer city must be one of the list, perhaps Paris, not \"Pariss\"");
    check(
        "san ",
        "the viewer city must be one of the list, perhaps San Francisco or Santiago, not \"san\"",
    );
    let offered = |given: &str| match City::find(given) {
        Err(PlaceError::UnknownCity { nearest, .. }) => nearest,
        other => panic!("{other:?}"),
    };
    assert_eq!(offered("Frankfort")[0], city("Frankfurt"));
    assert_eq!(offered("addisababa")[0], city("Addis Ababa"));
    assert_eq!(offered("Paris, Texas")[0], city("Paris"));
    assert_eq!(offered("united s"), ["anchorage", "boston", "chicago"].map(city));
    assert_eq!(offered("kenya")[0], city("Nairobi"));
    assert_eq!(offered("").len(), OFFERED);
    let json = serde_json::from_str::<City>("\"Atlantis\"").unwrap_err().to_string();
    assert!(json.contains("\"Atlantis\""), "{json}");
}

#[test]
fn a_pasted_novel_is_answered_shortly() {
    let error = City::find(&"é".repeat(10_000_000)).unwrap_err();
    assert!(error.to_string().len() < 400);
    assert!(error.to_string().ends_with("…\""));
    // What lies behind the first characters is not even looked at.
    let long = "x".repeat(LOOKED_AT_CHARS + 1);
    assert_eq!(City::find(&format!("{long}frankfurt")), City::find(&long));
}

proptest! {
    #[test]
    fn whatever_is_typed_gets_a_city_or_up_to_three_names(text in "\\PC{0,80}") {
        match City::find(&text) {
            Ok(_) => {}
            Err(PlaceError::UnknownCity { nearest, .. }) => prop_assert!((1..=OFFERED).contains(&nearest.len())),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
