#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::table::FILE;
use super::*;

#[test]
fn csv_every_line_of_the_file_is_a_place() {
    // caching.md 10.1: 107 pop, 14 rec and 34 region rows; the first line names the columns.
    assert_eq!(Pop::all().count(), 107);
    assert_eq!(Rec::all().count(), 14);
    assert_eq!(Region::all().count(), 34);
    assert_eq!(FILE.lines().count(), 1 + 107 + 14 + 34);
}

#[test]
fn csv_codes_are_unique_and_order_the_places() {
    fn ordered(codes: impl Iterator<Item = &'static str>) {
        let codes: Vec<_> = codes.collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    }
    ordered(Pop::all().map(Pop::code));
    ordered(Rec::all().map(Rec::code));
    ordered(Region::all().map(Region::code));
    assert!(Pop::find("AKL").unwrap() < Pop::find("ZRH").unwrap());
}

#[test]
fn csv_a_row_reads_column_by_column() {
    let pop = Pop::find("IAD").unwrap();
    assert_eq!((pop.code(), pop.name(), pop.country()), ("IAD", "Washington DC (Ashburn)", "US"));
    assert_eq!(pop.short_name(), "Washington DC");
    assert_eq!(pop.position(), Position { lat: 38.94, lon: -77.46 });
    assert_eq!(pop.price_class(), PriceClass::Class100);
    assert_eq!(Pop::find("CPT").unwrap().price_class(), PriceClass::Class200);
    assert_eq!(Pop::find("SYD").unwrap().price_class(), PriceClass::All);
}

#[test]
fn csv_coordinates_are_on_the_globe_and_countries_have_two_letters() {
    let positions = Pop::all()
        .map(|pop| (pop.position(), pop.country()))
        .chain(Rec::all().map(|rec| (rec.position(), rec.country())))
        .chain(Region::all().map(|region| (region.position(), region.country())));
    for (position, country) in positions {
        assert!(position.lat.abs() <= 90.0 && position.lon.abs() <= 180.0, "{position:?}");
        assert!(country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()), "{country}");
    }
}

#[test]
fn csv_02_and_03_barcelona_is_spanish_and_hong_kong_its_own() {
    assert_eq!(Pop::find("BCN").unwrap().country(), "ES");
    let hong_kong = Pop::find("HKG").unwrap();
    assert_eq!((hong_kong.country(), hong_kong.price_class()), ("HK", PriceClass::Class200));
}

#[test]
fn csv_06_the_optional_california_cache_is_included() {
    assert_eq!(Rec::find("us-west-1").unwrap().short_name(), "N. California");
}

#[test]
fn loc_02_full_codes_have_the_seen_shape() {
    for pop in Pop::all() {
        let full = pop.full_code();
        let (place, kind) = full.split_once('-').unwrap();
        assert_eq!(&place[..3], pop.code());
        assert!((50..100).contains(&place[3..].parse::<u8>().unwrap()), "{full}");
        assert!(matches!(kind.as_bytes()[0], b'C' | b'P'), "{full}");
        assert!((1..=12).contains(&kind[1..].parse::<u8>().unwrap()), "{full}");
    }
    // Fixed for ever: logs and saved walks carry them.
    let sample =
        ["FRA", "CDG", "IAD", "NBO", "SYD"].map(|code| Pop::find(code).unwrap().full_code());
    assert_eq!(sample, ["FRA56-P4", "CDG53-C3", "IAD79-C6", "NBO64-P10", "SYD61-C4"]);
}

#[test]
fn loc_08_every_cache_stands_in_a_region() {
    for rec in Rec::all() {
        assert_eq!(rec.region().code(), rec.code());
        assert_eq!(rec.region().rec(), Some(rec));
    }
    assert_eq!(Region::find("eu-west-3").unwrap().rec(), None);
}

#[test]
fn loc_11_to_13_pc_01_classes_by_country() {
    for pop in Pop::all() {
        let expected = match pop.country() {
            // LOC-13
            "AR" | "AU" | "BR" | "CL" | "CO" | "NZ" | "PE" => PriceClass::All,
            "CN" => PriceClass::China,
            // LOC-12
            "AE" | "BH" | "EG" | "HK" | "ID" | "IN" | "JP" | "KE" | "KR" | "MY" | "NG" | "OM"
            | "PH" | "QA" | "SA" | "SG" | "TH" | "TW" | "VN" | "ZA" => PriceClass::Class200,
            _ => PriceClass::Class100, // LOC-11, PC-01
        };
        assert_eq!(pop.price_class(), expected, "{pop}");
    }
}

#[test]
fn short_names_are_towns_but_states_in_the_united_states() {
    let short = |code| Region::find(code).unwrap().short_name();
    assert_eq!(short("eu-west-1"), "Dublin");
    assert_eq!(short("us-east-1"), "N. Virginia");
    assert_eq!(short("me-central-1"), "Dubai");
    assert_eq!(short("eu-central-1"), "Frankfurt");
    assert_eq!(Rec::find("eu-west-1").unwrap().short_name(), "Dublin");
    let names: BTreeSet<_> = Region::all().map(Region::short_name).collect();
    assert_eq!(names.len(), 34, "no two Regions look alike");
    assert!(Pop::all().all(|pop| !pop.short_name().contains('(')));
}

#[test]
fn places_are_written_as_their_codes() {
    fn check<T>(place: &T, json: &str)
    where
        T: Serialize + for<'a> Deserialize<'a> + PartialEq + fmt::Debug,
    {
        assert_eq!(serde_json::to_string(place).unwrap(), json);
        assert_eq!(serde_json::from_str::<T>(json).unwrap(), *place);
    }
    assert_eq!(format!("{:?}", Pop::find("FRA").unwrap()), "Pop(FRA)");
    Pop::all().for_each(|pop| check(&pop, &format!("{:?}", pop.code())));
    Rec::all().for_each(|rec| check(&rec, &format!("{:?}", rec.code())));
    Region::all().for_each(|region| check(&region, &format!("{:?}", region.code())));
}

#[test]
fn an_unknown_code_is_named_with_the_rule() {
    let check = |error: PlaceError, message: &str| assert_eq!(error.to_string(), message);
    check(
        Pop::find("fra").unwrap_err(),
        "the edge location must be one of the 107 short codes, such as FRA, not \"fra\"",
    );
    check(
        Rec::find("eu-west-3").unwrap_err(),
        "the regional edge cache must be named by the code of its Region, such as eu-central-1, not \"eu-west-3\"",
    );
    check(
        Region::find("moon-1").unwrap_err(),
        "the Region must be one of the 34 codes, such as us-east-1, not \"moon-1\"",
    );
    let json = serde_json::from_str::<Region>("\"moon-1\"").unwrap_err().to_string();
    assert!(json.starts_with("the Region must be one of"), "{json}");
    assert!(Pop::find("").is_err());
}
