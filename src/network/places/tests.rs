#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::super::latency::great_circle_km;
use super::super::nearest;
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
fn csv_04_05_07_what_was_inferred_of_the_rows() {
    for (country, class) in [("TR", PriceClass::Class100)]
        .into_iter()
        .chain(["NG", "EG", "MY", "VN", "SA"].map(|country| (country, PriceClass::Class200)))
    {
        let mut pops = Pop::all().filter(|pop| pop.country() == country).peekable();
        assert!(pops.peek().is_some(), "CSV-04: {country}");
        assert!(pops.all(|pop| pop.price_class() == class), "CSV-04: {country}");
    }
    // CSV-05: the airport of Toronto is at 43.68° N, 79.63° W; the closed one of Berlin still gives its code.
    let toronto = Pop::find("YTO").unwrap();
    assert_eq!((toronto.name(), Pop::find("YYZ").ok()), ("Toronto", None), "CSV-05");
    assert_eq!(toronto.position(), Position { lat: 43.68, lon: -79.63 }, "CSV-05");
    assert_eq!(Pop::find("TXL").unwrap().name(), "Berlin", "CSV-05");
    let is_apart = |code: &str| ["us-gov-", "cn-", "eusc-"].iter().any(|it| code.starts_with(it));
    assert!(Region::all().all(|region| !is_apart(region.code())), "CSV-07");
    assert_eq!(Region::all().count(), 34, "CSV-07");
}

#[test]
fn loc_08_09_10_the_caches_are_those_of_the_guide_and_the_one_of_california() {
    // OR-06, section 1.3: the Regions of Origin Shield are the only ones that the guide names.
    let of_guide = [
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "eu-central-1",
        "eu-west-1",
        "eu-west-2",
        "me-central-1",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-2",
    ];
    let others: Vec<_> =
        Rec::all().map(Rec::code).filter(|code| !of_guide.contains(code)).collect();
    assert_eq!((others, Rec::all().count()), (vec!["us-west-1"], 13 + 1), "LOC-09, LOC-10");
    assert_eq!(Rec::find("us-west-1").unwrap().short_name(), "N. California");
}

#[test]
fn loc_15_16_a_class_moves_the_edge_location_and_nothing_behind_it() {
    let (mut moved, mut cities) = (0, 0);
    for city in City::all() {
        let best = nearest::best(city);
        for class in [PriceClass::Class100, PriceClass::Class200, PriceClass::All] {
            let pop = nearest::best_within(city, class);
            assert!(pop.price_class() <= class, "{city:?}");
            if pop != best {
                moved += 1;
                // LOC-15: nobody is refused; there is an edge location, and it is farther away.
                let from = city.resolver_city().position();
                let far = |pop: Pop| great_circle_km(from, pop.position());
                assert!(far(pop) >= far(best), "LOC-15: {city:?} {pop}");
            }
            // LOC-16 (MODEL): its regional edge cache is the nearest of all, wherever that stands.
            let rec = nearest::nearest_rec(pop);
            let far = |rec: Rec| great_circle_km(pop.position(), rec.position());
            assert!(Rec::all().all(|other| far(rec) <= far(other)), "LOC-16: {pop}");
        }
        cities += 1;
    }
    assert!(cities > 10 && moved > 3, "{moved} of {cities}");
}

#[test]
fn loc_01_02_full_codes_have_the_seen_shape() {
    for pop in Pop::all() {
        let code = pop.code().as_bytes();
        assert!(code.len() == 3 && code.iter().all(u8::is_ascii_uppercase), "LOC-01: {pop}");
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
