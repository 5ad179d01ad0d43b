#![allow(clippy::unwrap_used)]
use std::sync::Arc;

use super::*;
use crate::distribution::managed;
use crate::http::{Method, Target};

fn request(target: &str, fields: &str) -> Request {
    let fields = Arc::new(Fields::parse(fields).unwrap());
    Request::new(Method::Get, Target::parse(target).unwrap(), fields)
}

fn key(target: &str, fields: &str, policy: &CachePolicy) -> CacheKey {
    let request = request(target, fields);
    CacheKey::of(&request, "d.cloudfront.net", request.target.path(), policy)
}

fn with(query: Selection, cookies: Selection, headers: &[&str]) -> CachePolicy {
    let key_headers = headers.iter().map(|name| (*name).to_owned()).collect();
    CachePolicy { key_headers, cookies, query, ..managed::caching_disabled() }
}

#[test]
fn key_01_other_keys_have_other_hashes_and_equal_ones_the_same() {
    let policy = with(Selection::None, Selection::None, &[]);
    let mut maker = KeyMaker::default();
    let mut hashes = Vec::new();
    for number in 0..100 {
        let request = request(&format!("/{number}"), "");
        let fresh = maker.make(&request, "d.cloudfront.net", request.target.path(), &policy);
        let kept = fresh.to_key();
        assert_eq!(fresh.hash(), kept.hash());
        hashes.push(kept.hash());
    }
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 100);
}

#[test]
fn key_01_02_domain_and_path_and_nothing_else() {
    let policy = with(Selection::None, Selection::None, &[]);
    let one = key("/a?x=1", "User-Agent: A\nCookie: a=1", &policy);
    assert_eq!(one, key("/a", "Accept: */*", &policy));
    assert_eq!(one.to_string(), "d.cloudfront.net/a");
    assert_ne!(one, key("/A", "", &policy), "KEY-11");
}

#[test]
fn qs_03_to_06_order_case_and_semicolons() {
    let all = with(Selection::All, Selection::None, &[]);
    assert_ne!(key("/a?a=1&b=2", "", &all), key("/a?b=2&a=1", "", &all), "QS-03");
    let color = with(Selection::Only(vec!["color".into()]), Selection::None, &[]);
    assert_eq!(
        key("/a?color=red;size=large", "", &color).query(),
        Some("color=red;size=large"),
        "QS-05"
    );
    assert_eq!(key("/a?size=large;color=red", "", &color).query(), None, "QS-06");
    assert_eq!(key("/a?Color=red&color=Red", "", &color).query(), Some("color=Red"));
    let four = ["color=red", "color=Red", "Color=red", "Color=Red"];
    let keys = four.map(|query| key(&format!("/a?{query}"), "", &all));
    for (place, one) in keys.iter().enumerate() {
        assert!(!keys[..place].contains(one), "QS-04");
    }
    assert_ne!(key("/a?a", "", &all), key("/a?a=", "", &all), "QS-12");
}

#[test]
fn hdrk_02_03_05_09_names_fold_and_values_count() {
    let policy = with(Selection::None, Selection::None, &["Product"]);
    let check = |fields| key("/", fields, &policy);
    assert_eq!(check("Product: Acme"), check("product: Acme"));
    assert_ne!(check("Product: Acme"), check("Product: acme"));
    assert_ne!(check("Product: a,b"), check("Product: a, b"));
    assert_ne!(check("Product:"), check(""));
}

#[test]
fn hdrk_05_the_four_values_of_the_guide_make_four_keys() {
    let policy = with(Selection::None, Selection::None, &["Accept-Language"]);
    let four = ["en-US,en", "en,en-US", "en-US, en", "en-US"];
    let keys = four.map(|value| key("/", &format!("Accept-Language: {value}"), &policy));
    for (place, one) in keys.iter().enumerate() {
        assert!(!keys[place + 1..].contains(one), "{one}");
    }
}

#[test]
fn key_07_a_star_is_no_wildcard_in_a_key() {
    let star = || Selection::Only(vec!["*".into(), "a*".into()]);
    let policy = with(star(), star(), &["*", "a*"]);
    let (one, two) = ("A: 1\nCookie: a=1; b=1", "A: 2\nCookie: a=2; b=2");
    assert_eq!(key("/?a=1&b=1", one, &policy), key("/?a=2&b=2", two, &policy));
    assert_ne!(key("/?a*=1", "", &policy), key("/?a*=2", "", &policy));
    assert_ne!(key("/", "a*: 1", &policy), key("/", "a*: 2", &policy));
    assert_ne!(key("/", "Cookie: *=1", &policy), key("/", "Cookie: *=2", &policy));
}

#[test]
fn ae_01_to_09_a_listed_accept_encoding_splits_only_where_it_is_not_normalised() {
    let listed = |gzip, brotli| CachePolicy {
        gzip,
        brotli,
        ..with(Selection::None, Selection::None, &["accept-encoding", "X-Own"])
    };
    let check = |policy: &CachePolicy, one: &str, two: &str| {
        let of = |value: &str| key("/", &format!("Accept-Encoding: {value}\nX-Own: 1"), policy);
        of(one) == of(two)
    };
    for (row, gzip, brotli, one, two) in [
        ("AE-01", true, true, "gzip, br", "br;q=0.9, gzip, deflate"),
        ("AE-04", true, true, "deflate", "zstd"),
        ("AE-05", true, false, "gzip", "br, gzip"),
        ("AE-07", false, true, "br", "br, gzip"),
    ] {
        assert!(check(&listed(gzip, brotli), one, two), "{row}");
    }
    assert!(!check(&listed(false, false), "gzip, br", "br, gzip"), "AE-09");
    let own = |value: &str| key("/", &format!("X-Own: {value}"), &listed(true, true));
    assert_ne!(own("1"), own("2"), "what else is listed stays");
}

#[test]
fn cook_02_to_05_cookies_are_sorted_and_cleaned() {
    let policy = with(Selection::None, Selection::AllExcept(vec!["ga".into()]), &[]);
    let sorted = key("/", "Cookie: b=2; $V=1; a=1; ga=x; broken", &policy);
    assert_eq!(sorted.cookies(), Some("a=1; b=2"), "COOK-03, COOK-04, COOK-05");
    let sorted = key("/", "Cookie: b=2; a=9; c=0; a=1; b=1; a=5", &policy);
    assert_eq!(sorted.cookies(), Some("a=9; a=1; a=5; b=2; b=1; c=0"));
    assert_eq!(key("/", "Cookie: ga=x", &policy).cookies(), None);
    // COOK-02: both the name and the value keep their case.
    assert_eq!(key("/", "Cookie: GA=x", &policy).cookies(), Some("GA=x"), "COOK-02");
    assert_ne!(key("/", "Cookie: a=B", &policy), key("/", "Cookie: a=b", &policy), "COOK-02");
}

#[test]
fn ae_01_to_11_accept_encoding_is_normalised() {
    let check = |gzip, brotli, fields: &str| {
        let policy = CachePolicy { gzip, brotli, ..managed::caching_disabled() };
        key("/", fields, &policy).encoding().map(AcceptEncoding::as_str)
    };
    assert_eq!(
        check(true, true, "Accept-Encoding: gzip, deflate, br;q=0.9"),
        Some("br,gzip"),
        "AE-01, AE-11"
    );
    assert_eq!(check(true, true, "Accept-Encoding: gzip"), Some("gzip"), "AE-02");
    assert_eq!(check(true, true, "Accept-Encoding: BR"), Some("br"), "AE-03");
    assert_eq!(check(true, true, "Accept-Encoding: deflate"), None, "AE-04");
    assert_eq!(check(true, false, "Accept-Encoding: gzip, br"), Some("gzip"), "AE-05");
    assert_eq!(check(true, false, "Accept-Encoding: br"), None, "AE-06");
    assert_eq!(check(false, true, "Accept-Encoding: gzip, br"), Some("br"), "AE-07");
    assert_eq!(check(false, true, "Accept-Encoding: gzip"), None, "AE-08");
    assert_eq!(check(false, false, "Accept-Encoding: gzip, br"), None, "AE-09");
    assert_eq!(check(true, true, ""), None, "AE-10");
    assert_eq!(check(true, true, "Accept-Encoding: br;q=0, gzip;q=0.5"), Some("gzip"), "AE-11");
    for zero in ["0", "0.", "0.0", "0.000"] {
        assert_eq!(check(true, true, &format!("Accept-Encoding: br;Q= {zero}")), None, "{zero}");
    }
    for weight in ["0.001", "1", "1.0", "", ".", "0.0.1", "x"] {
        let fields = format!("Accept-Encoding: br;q={weight}");
        assert_eq!(check(true, true, &fields), Some("br"), "{weight}");
    }
}

#[test]
fn what_is_left_out_is_named() {
    let request = request("/a?w=1&utm=x", "User-Agent: A\nAccept-Encoding: br\nCookie: s=1");
    let policy =
        CachePolicy { query: Selection::Only(vec!["w".into()]), ..managed::caching_optimized() };
    let left_out = LeftOut::of(&request, &policy);
    assert_eq!(left_out.query, ["utm"]);
    assert_eq!(left_out.fields, ["User-Agent"]);
    assert_eq!(left_out.cookies, ["s"]);
}

#[test]
fn qs_10_11_13_flow_17_queries_and_paths_count_byte_for_byte() {
    let all = with(Selection::All, Selection::None, &[]);
    let listed = with(Selection::Only(vec!["a".into(), "b".into()]), Selection::None, &[]);
    for policy in [&all, &listed] {
        assert_eq!(key("/p?a=1&a=2", "", policy).query(), Some("a=1&a=2"), "QS-10");
        assert_ne!(key("/p?a=1&a=2", "", policy), key("/p?a=2&a=1", "", policy), "QS-10");
        assert_ne!(key("/p?a=1&b=2", "", policy), key("/p?b=2&a=1", "", policy), "QS-11");
        assert_ne!(key("/p?a=%41", "", policy), key("/p?a=A", "", policy), "QS-13");
    }
    assert_ne!(key("//p", "", &all), key("/p", "", &all), "FLOW-17");
    assert_ne!(key("/a/../p", "", &all), key("/p", "", &all), "FLOW-17");
}

#[test]
fn hdrk_04_key_12_the_order_of_fields_is_no_matter_and_the_distribution_is() {
    let policy = with(Selection::None, Selection::None, &["A", "B"]);
    assert_eq!(key("/", "A: 1\nB: 2", &policy), key("/", "B: 2\nA: 1", &policy), "HDRK-04");
    let request = request("/p", "");
    let of = |domain| CacheKey::of(&request, domain, "/p", &policy);
    assert_ne!(of("d1.cloudfront.net"), of("d2.cloudfront.net"), "KEY-12");
}
