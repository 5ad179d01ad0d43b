//! How long a stored response is fresh at the edge (caching.md section 2.1, the routine of section 11).

use serde::{Deserialize, Serialize};

use crate::distribution::{OriginKind, TtlBounds};
use crate::http::cache_control::CacheControl;
use crate::http::{Fields, date};

/// A freshness lifetime with the rule that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetime {
    /// In seconds. 0 means stale at once: every request asks upstream.
    pub secs: u64,
    /// Which rule decided.
    pub rule: LifetimeRule,
    /// Whether the minimum or maximum TTL changed what the origin asked for.
    pub clamp: Option<Clamp>,
    /// The behavior's settings at that time.
    pub bounds: TtlBounds,
}

/// Where a lifetime comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LifetimeRule {
    /// `max-age` (TTL-01).
    MaxAge {
        /// Its seconds.
        secs: u64,
    },
    /// `s-maxage` (TTL-03, TTL-15).
    SMaxage {
        /// Its seconds.
        secs: u64,
    },
    /// `Expires` (TTL-04, TTL-20, TTL-21).
    Expires {
        /// Seconds from the response's date to it; 0 if it is past or cannot be read.
        secs: u64,
    },
    /// The origin said nothing (TTL-02, TTL-16).
    Default,
    /// `no-cache`, `no-store` or `private`: the minimum TTL alone decides (TTL-05, TTL-09, TTL-17).
    Forbidden,
    /// `Vary: *` and no minimum TTL (VARY-05).
    VaryAny,
    /// All three TTLs are 0 (TTL-27).
    CachingOff,
    /// A page in place of an error's body: kept as long as the error (CEP-04).
    ErrorPage,
    /// An error: the larger of the error caching minimum TTL and what the origin said (ERR-06).
    Error {
        /// The error caching minimum TTL in seconds.
        min_secs: u64,
        /// What the origin asked for, if anything.
        asked_secs: Option<u64>,
    },
}

/// Which bound changed the origin's figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clamp {
    /// Raised to the minimum TTL.
    ToMin,
    /// Cut to the maximum TTL.
    ToMax,
}

/// The lifetime of a success or redirect with these fields, of which `cc` is Cache-Control, received at `now_unix` (whole
/// Unix seconds).
pub fn lifetime(fields: &Fields, cc: &CacheControl, bounds: TtlBounds, now_unix: u64) -> Lifetime {
    let unclamped = |secs, rule| Lifetime { secs, rule, clamp: None, bounds };
    if bounds.is_off() {
        return unclamped(0, LifetimeRule::CachingOff); // TTL-27
    }
    let mut varies_by = fields.all("Vary").flat_map(|vary| vary.split(','));
    // VARY-06: with a minimum it is a value like any other.
    if bounds.min == 0 && varies_by.any(|name| name.trim() == "*") {
        return unclamped(0, LifetimeRule::VaryAny); // VARY-05
    }
    if cc.forbids() {
        return unclamped(bounds.min, LifetimeRule::Forbidden); // TTL-05, TTL-09, TTL-17
    }
    let rule = if let Some(secs) = cc.s_maxage {
        LifetimeRule::SMaxage { secs } // TTL-03, TTL-15
    } else if let Some(secs) = cc.max_age {
        LifetimeRule::MaxAge { secs } // TTL-01, TTL-06, TTL-08
    } else if let Some(secs) = expires_in(fields, now_unix) {
        LifetimeRule::Expires { secs } // TTL-04
    } else {
        // TTL-02, TTL-07, TTL-16, TTL-32: the maximum only caps what the origin supplied.
        return unclamped(bounds.default.max(bounds.min), LifetimeRule::Default);
    };
    let (LifetimeRule::SMaxage { secs }
    | LifetimeRule::MaxAge { secs }
    | LifetimeRule::Expires { secs }) = rule
    else {
        return unclamped(0, rule);
    };
    let clamp = match secs {
        secs if secs < bounds.min => Some(Clamp::ToMin),
        secs if secs > bounds.max => Some(Clamp::ToMax),
        _ => None,
    };
    // A minimum above the maximum is refused by the API (TTL-26); the minimum would win.
    Lifetime { secs: secs.min(bounds.max).max(bounds.min), rule, clamp, bounds } // TTL-13
}

/// The lifetime of an error that may be stored at all (ERR-06, ERR-07, ERR-11, ERR-13); `min_secs` is its error caching
/// minimum TTL. Its Vary has no say (VARY-07, MODEL).
pub fn error_lifetime(
    fields: &Fields,
    cc: &CacheControl,
    bounds: TtlBounds,
    now_unix: u64,
    min_secs: u64,
    kind: OriginKind,
) -> Lifetime {
    let asked_secs = cc.s_maxage.or(cc.max_age).or_else(|| expires_in(fields, now_unix));
    let asked = asked_secs.map_or(0, |asked| asked.min(bounds.max));
    let secs = error_min_secs(min_secs, kind).max(asked); // ERR-06, ERR-14, ERR-18
    Lifetime { secs, rule: LifetimeRule::Error { min_secs, asked_secs }, clamp: None, bounds }
}

/// For how many seconds an error is kept at least: a bucket's for one, where the error caching minimum TTL is 0 (ERR-13).
pub fn error_min_secs(min_ttl_secs: u64, kind: OriginKind) -> u64 {
    min_ttl_secs.max(u64::from(kind == OriginKind::S3Bucket)) // ERR-13
}

/// The lifetime of an error page that has no behavior of its own: that of the error it stands for (CEP-04).
pub const fn page_lifetime(error_secs: u64, bounds: TtlBounds) -> Lifetime {
    Lifetime { secs: error_secs, rule: LifetimeRule::ErrorPage, clamp: None, bounds }
}

/// TTL-21 (MODEL): a Date field is sane if it lies within a day of the receipt.
const SANE_DATE_SECS: u64 = 86_400;

/// TTL-20, TTL-21: counted from the Date field where that is sane, else from now; 0 if past or unreadable.
fn expires_in(fields: &Fields, now_unix: u64) -> Option<u64> {
    let expires = fields.get("Expires")?;
    let is_sane = |date: &u64| date.abs_diff(now_unix) <= SANE_DATE_SECS;
    let from = fields.get("Date").and_then(date::read).filter(is_sane).unwrap_or(now_unix);
    Some(date::read(expires).map_or(0, |expires| expires.saturating_sub(from)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: u64 = 1_767_225_600;
    const YEAR: u64 = 31_536_000;

    fn secs(min: u64, default: u64, max: u64, fields: &str) -> u64 {
        of(&Fields::parse(fields).unwrap(), TtlBounds { min, default, max }).secs
    }

    fn of(fields: &Fields, bounds: TtlBounds) -> Lifetime {
        lifetime(fields, &CacheControl::of(fields), bounds, NOW)
    }

    fn expires(secs: u64) -> String {
        format!("Expires: {}", date::print(NOW + secs))
    }

    #[test]
    fn ttl_v01_to_v19_the_vectors() {
        let cc = |directives: &str| format!("Cache-Control: {directives}");
        let both = format!("Cache-Control: max-age=50\n{}", expires(500));
        let table = [
            ("TTL-V01", 0, 86_400, YEAR, cc("max-age=3600"), 3600),
            ("TTL-V02", 0, 300, 600, cc("max-age=3600"), 600),
            ("TTL-V03", 0, 86_400, YEAR, String::new(), 86_400),
            ("TTL-V04", 0, 86_400, 600, String::new(), 86_400),
            ("TTL-V05", 60, 30, 600, String::new(), 60),
            ("TTL-V06", 60, 300, 600, cc("max-age=10"), 60),
            ("TTL-V07", 60, 300, 600, cc("max-age=9999"), 600),
            ("TTL-V08", 60, 300, 600, cc("max-age=120"), 120),
            ("TTL-V09", 0, 300, 600, cc("max-age=0, s-maxage=120"), 120),
            ("TTL-V10", 0, 300, 600, cc("max-age=500, s-maxage=5"), 5),
            ("TTL-V11", 0, 300, 600, expires(1000), 600),
            ("TTL-V12", 60, 300, 600, expires(10), 60),
            ("TTL-V13", 0, 300, 600, both, 50),
            ("TTL-V14", 0, 300, 600, cc("no-store"), 0),
            ("TTL-V15", 1, 86_400, YEAR, cc("private"), 1),
            ("TTL-V16", 0, 0, 0, cc("max-age=3600"), 0),
            ("TTL-V17", 0, 0, YEAR, String::new(), 0),
            ("TTL-V18", 2, 2, 600, cc("max-age=3600"), 600),
            ("TTL-V19", 0, 300, 600, cc("max-age=0"), 0),
        ];
        for (id, min, default, max, fields, expected) in table {
            assert_eq!(secs(min, default, max, &fields), expected, "{id}");
        }
    }

    #[test]
    fn ttl_01_to_04_the_rule_and_the_clamp_are_named() {
        let given = |fields: &str| {
            let bounds = TtlBounds { min: 60, default: 300, max: 600 };
            let lifetime = of(&Fields::parse(fields).unwrap(), bounds);
            (lifetime.secs, lifetime.rule, lifetime.clamp)
        };
        assert_eq!(
            given("Cache-Control: max-age=5"),
            (60, LifetimeRule::MaxAge { secs: 5 }, Some(Clamp::ToMin))
        );
        assert_eq!(given(""), (300, LifetimeRule::Default, None));
        let both = "Cache-Control: max-age=5, s-maxage=900";
        assert_eq!(given(both), (600, LifetimeRule::SMaxage { secs: 900 }, Some(Clamp::ToMax)));
        assert_eq!(given(&expires(120)), (120, LifetimeRule::Expires { secs: 120 }, None));
        for secs in [60, 600] {
            let bound = given(&format!("Cache-Control: max-age={secs}"));
            assert_eq!(
                bound,
                (secs, LifetimeRule::MaxAge { secs }, None),
                "a bound changes nothing"
            );
        }
    }

    #[test]
    fn cep_04_the_lifetime_of_the_error_is_no_clamp_of_the_pages() {
        let bounds = TtlBounds { min: 0, default: 5, max: 5 };
        for secs in [3, 10] {
            let page = page_lifetime(secs, bounds);
            assert_eq!((page.secs, page.rule, page.clamp), (secs, LifetimeRule::ErrorPage, None));
        }
    }

    #[test]
    fn ttl_05_09_17_forbidden_means_the_minimum() {
        for word in ["no-cache", "no-store", "private"] {
            let fields = format!("Cache-Control: {word}, max-age=3600");
            assert_eq!(secs(0, 300, 600, &fields), 0, "{word}");
            assert_eq!(secs(60, 300, 600, &fields), 60, "{word}");
        }
    }

    #[test]
    fn ttl_06_07_08_16_what_the_origin_says_comes_first() {
        let both = format!("Cache-Control: max-age=50\n{}", expires(500));
        assert_eq!(secs(0, 300, 600, &both), 50, "TTL-06");
        assert_eq!(secs(0, 900, 600, ""), 900, "TTL-07");
        assert_eq!(secs(0, 300, 600, "Cache-Control: max-age=100"), 100, "TTL-08");
        assert_eq!(secs(0, 300, 600, "Cache-Control: public"), 300, "TTL-16");
    }

    #[test]
    fn ttl_20_21_expires_past_unreadable_and_by_the_date_field() {
        assert_eq!(secs(0, 300, 600, "Expires: 0"), 0);
        assert_eq!(secs(30, 300, 600, &format!("Expires: {}", date::print(NOW - 5))), 30);
        let slow_clock = format!("Date: {}\n{}", date::print(NOW - 100), expires(0));
        assert_eq!(secs(0, 300, 600, &slow_clock), 100);
        for date in [date::print(NOW - 2 * 86_400), date::print(NOW + 2 * 86_400), "soon".into()] {
            let fields = format!("Date: {date}\n{}", expires(50));
            assert_eq!(secs(0, 300, 600, &fields), 50, "TTL-21: not sane: {date}");
        }
    }

    #[test]
    fn vary_05_06_a_star_counts_only_without_a_minimum() {
        assert_eq!(secs(0, 300, 600, "Vary: *"), 0);
        assert_eq!(secs(0, 300, 600, "Vary: Accept, *"), 0, "a member of the list");
        let bounds = TtlBounds { min: 0, default: 300, max: 600 };
        let both = Fields::parse("Cache-Control: no-cache\nVary: *").unwrap();
        assert_eq!(of(&both, bounds).rule, LifetimeRule::VaryAny, "VARY-05 over TTL-30");
        assert_eq!(secs(60, 300, 600, "Vary: *"), 300);
    }

    #[test]
    fn err_06_07_11_13_error_lifetimes() {
        let bounds = TtlBounds { min: 0, default: 300, max: 600 };
        let (bucket, other) = (OriginKind::S3Bucket, OriginKind::LoadBalancer);
        let check = |fields: &str, min, kind| {
            let fields = Fields::parse(fields).unwrap();
            error_lifetime(&fields, &CacheControl::of(&fields), bounds, NOW, min, kind).secs
        };
        assert_eq!(check("", 10, other), 10, "ERR-11");
        assert_eq!(check("Cache-Control: max-age=60", 10, other), 60, "ERR-06");
        assert_eq!(check("Cache-Control: max-age=5", 10, other), 10, "ERR-06");
        assert_eq!(check("Cache-Control: max-age=9999", 10, other), 600, "ERR-07");
        assert_eq!((check("", 0, bucket), check("", 0, other)), (1, 0), "ERR-13, ERR-14");
    }

    #[test]
    fn vary_07_of_an_error_a_star_says_nothing() {
        let bounds = TtlBounds { min: 0, default: 300, max: 600 };
        for (fields, expected) in [("", 10), ("\nCache-Control: max-age=60", 60)] {
            let fields = Fields::parse(&format!("Vary: *{fields}")).unwrap();
            let (cc, kind) = (CacheControl::of(&fields), OriginKind::LoadBalancer);
            assert_eq!(error_lifetime(&fields, &cc, bounds, NOW, 10, kind).secs, expected);
            assert_eq!(of(&fields, bounds).secs, 0, "VARY-05: of a success it does");
        }
    }

    #[test]
    fn ttl_32_an_unreadable_lifetime_is_none_and_what_else_is_said_counts() {
        for unreadable in ["max-age=abc", "max-age", "s-maxage=1h", "max-age=-1", "max-age=\"60"] {
            let alone = format!("Cache-Control: {unreadable}");
            assert_eq!(secs(0, 300, 600, &alone), 300, "the default TTL: {unreadable}");
            assert_eq!(secs(0, 300, 600, &format!("{alone}, max-age=50")), 50, "{unreadable}");
            assert_eq!(secs(0, 300, 600, &format!("{alone}\n{}", expires(70))), 70, "{unreadable}");
            assert_eq!(secs(0, 300, 600, &format!("{alone}, no-cache")), 0, "{unreadable}");
        }
    }

    #[test]
    fn ttl_15_16_23_29_what_decides_alone_and_what_does_not() {
        let cc = |text: &str| format!("Cache-Control: {text}");
        assert_eq!(secs(0, 300, 600, &cc("s-maxage=120")), 120, "TTL-15");
        assert_eq!(secs(0, 300, 600, &cc("public")), 300, "TTL-16");
        assert_eq!(secs(0, 300, 600, &format!("{}\nAge: 50", cc("max-age=120"))), 120, "TTL-23");
        for other in ["CDN-Cache-Control: max-age=5", "Surrogate-Control: max-age=5"] {
            assert_eq!(secs(0, 300, 600, other), 300, "TTL-29: {other}");
            assert_eq!(
                secs(0, 300, 600, &format!("{}\n{other}", cc("max-age=120"))),
                120,
                "TTL-29"
            );
        }
    }
}
