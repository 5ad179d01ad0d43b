//! The rows by which CloudFront differs from a shared cache of RFC 9111, and where the crate does.
//!
//! A row looks at the pair alone. It says whether it bears on it, and translates it into one for which RFC 9111 asks what
//! CloudFront does with the pair as it is. So a row does not excuse a disagreement by standing near it: with all rows
//! applied, both opinions have to be the same.

use std::borrow::Cow;

use edgewalk::distribution::TtlBounds;
use edgewalk::http::Method;

use crate::pair::{Date, Form, Kind, NOW, Number, Pair, Seconds};

/// What a row bears on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whether it is kept, and whether it is fresh later.
    Serving,
    /// What the Age field says later.
    Age,
}

/// One reason to differ.
pub struct Row {
    /// Of docs/reference, or the section that the crate reads otherwise than we do.
    pub id: &'static str,
    pub about: About,
    pub bears: fn(&Pair, TtlBounds) -> bool,
    pub translate: fn(&mut Pair, TtlBounds),
}

const fn serving(
    id: &'static str,
    bears: fn(&Pair, TtlBounds) -> bool,
    translate: fn(&mut Pair, TtlBounds),
) -> Row {
    Row { id, about: About::Serving, bears, translate }
}

/// In the order in which they are applied: how a text is read, the requests, the response, its lifetime.
pub const ROWS: &[Row] = &[
    // How a text is read: here the crate differs, not CloudFront.
    serving(
        "RFC 9111 5.2",
        |pair, _| pair.cache_control.iter().any(|one| one.capitals),
        |pair, _| {
            pair.cache_control.iter_mut().for_each(|one| one.capitals = false);
        },
    ),
    serving(
        "RFC 9110 5.6.4",
        |pair, _| has(pair, is_misquoted),
        |pair, _| {
            numbers(pair, |number| number.text == "\"60", &NOT_A_NUMBER);
            pair.forget(is_misquoted);
        },
    ),
    serving(
        "RFC 9111 1.2.2",
        |pair, _| has(pair, is_misread_number),
        |pair, _| {
            numbers(pair, |number| number.text.starts_with('+'), &NOT_A_NUMBER);
            numbers(pair, is_huge, &Number::of(LONGEST));
        },
    ),
    serving(
        "RFC 9111 4.2.1",
        |pair, _| has(pair, is_unreadable),
        |pair, _| pair.forget(is_unreadable),
    ),
    serving(
        "RFC 9110 5.6.7",
        |pair, _| [pair.expires, pair.date].iter().flatten().any(is_unusual),
        |pair, _| {
            for date in [&mut pair.expires, &mut pair.date].into_iter().flatten() {
                *date = date.means().map_or(Date::Text("0"), Date::fixed);
            }
        },
    ),
    serving(
        "RFC 9111 5.4",
        |pair, _| pair.has("Pragma"),
        |pair, _| remove(&mut pair.other, &["Pragma"]),
    ),
    Row {
        id: "RFC 9111 5.1",
        about: About::Age,
        bears: |pair, _| pair.age.as_ref().is_some_and(|age| age.text.parse().ok() != age.means),
        translate: |pair, _| pair.age = pair.age.as_ref().and_then(|age| age.means).map(Number::of),
    },
    // The requests.
    serving(
        "TTL-10",
        |pair, _| names(pair, &["Cache-Control", "Pragma"]),
        |pair, _| {
            viewer(pair, &["Cache-Control", "Pragma"]);
        },
    ),
    serving(
        "AUTH-07",
        |pair, _| names(pair, &["Authorization"]),
        |pair, _| viewer(pair, &["Authorization"]),
    ),
    serving(
        "REC-01",
        |pair, _| pair.method == Method::Post,
        |pair, _| {
            (pair.method, pair.again) = (Method::Put, Method::Put);
        },
    ),
    serving(
        "MET-06",
        |pair, _| (pair.method, pair.again) == (Method::Get, Method::Head),
        |pair, _| {
            pair.again = Method::Get;
        },
    ),
    // The response.
    serving(
        "SETC-04",
        |pair, _| pair.has("Set-Cookie"),
        |pair, _| remove(&mut pair.other, &["Set-Cookie"]),
    ),
    serving(
        "TTL-22",
        |pair, _| pair.says(&["proxy-revalidate"]),
        |pair, _| {
            pair.forget(|kind| *kind == Kind::Bare("proxy-revalidate"));
        },
    ),
    serving(
        "TTL-18",
        |pair, _| has(pair, |kind| limits(kind, "no-cache")),
        |pair, _| {
            pair.forget(|kind| limits(kind, "no-cache"));
        },
    ),
    serving(
        "TTL-19",
        |pair, _| has(pair, |kind| limits(kind, "private")),
        |pair, _| {
            pair.forget(|kind| limits(kind, "private"));
        },
    ),
    serving(
        "VARY-01",
        |pair, _| pair.vary.iter().any(|name| varies(pair, name)),
        |pair, _| {
            pair.vary.retain(|name| *name == "*");
        },
    ),
    serving(
        "VARY-06",
        |pair, ttl| ttl.min > 0 && pair.vary.contains(&"*"),
        |pair, _| {
            pair.vary.retain(|name| *name != "*");
        },
    ),
    serving(
        "TTL-21",
        |pair, _| pair.date.and_then(Date::means).is_some_and(is_far),
        |pair, _| pair.date = None,
    ),
    serving("TTL-23", |pair, _| pair.age.is_some(), |pair, _| pair.age = None),
    // Errors.
    serving("ERR-08", |pair, _| ALWAYS_4XX.contains(&pair.status) && forbids(pair), not_kept),
    serving("ERR-03", |pair, _| pair.status == 405 && pair.lifetime().is_none(), not_kept),
    serving("ERR-09", |pair, _| ALWAYS_5XX.contains(&pair.status) && forbids(pair), error),
    serving("ERR-01", |pair, _| ALWAYS_5XX.contains(&pair.status), error),
    serving("ERR-06", |pair, _| ALWAYS_4XX.contains(&pair.status), error),
    serving("ERR-02", |pair, _| IF_TOLD.contains(&pair.status) && pair.lifetime().is_some(), error),
    // Success and redirects.
    serving(
        "TTL-14",
        |pair, _| matches!(pair.status, 302 | 303 | 307),
        |pair, _| pair.status = 200,
    ),
    serving("TTL-25", |pair, _| UNKNOWN.contains(&pair.status), |pair, _| pair.status = 200),
    serving(
        "STALE-10",
        |pair, ttl| open(pair) && ttl.min == 0 && pair.says(&["no-store", "private"]),
        |pair, _| {
            pair.cache_control = vec![Kind::Bare("no-cache").plain()];
        },
    ),
    serving(
        "TTL-09",
        |pair, ttl| open(pair) && ttl.min > 0 && forbids(pair),
        |pair, ttl| pair.lasts(ttl.min),
    ),
    serving(
        "TTL-03",
        |pair, ttl| open(pair) && !forbids(pair) && is_cut(pair.seconds(Seconds::SMaxage), ttl),
        clamp,
    ),
    serving(
        "TTL-01",
        |pair, ttl| open(pair) && !forbids(pair) && is_cut(pair.lifetime(), ttl),
        clamp,
    ),
    serving("TTL-20", |pair, ttl| by_expires(pair, ttl) && pair.expires_in() == Some(0), clamp),
    serving("TTL-04", by_expires, clamp),
    serving(
        "TTL-02",
        |pair, ttl| open(pair) && !forbids(pair) && asked(pair).is_none() && ttl.default > 0,
        |pair, ttl| {
            pair.lasts(ttl.default.max(ttl.min));
        },
    ),
];

const ALWAYS_4XX: [u16; 4] = [404, 410, 414, 501];
const ALWAYS_5XX: [u16; 4] = [500, 502, 503, 504];
const IF_TOLD: [u16; 5] = [400, 403, 405, 412, 415];
/// 2xx and 3xx that the crate does not know, without 206 and 304, which nothing keeps here.
const UNKNOWN: [u16; 5] = [201, 202, 205, 226, 305];
/// TTL-12, in seconds.
const LONGEST: u64 = 100 * 365 * 86_400;
/// The error caching minimum TTL in seconds, where none is configured.
const ERROR_SECS: u64 = 10;
const NOT_A_NUMBER: Number = Number { text: Cow::Borrowed("1h"), means: None };

fn has(pair: &Pair, is_meant: impl Fn(&Kind) -> bool) -> bool {
    pair.cache_control.iter().any(|one| is_meant(&one.kind))
}

fn numbers(pair: &mut Pair, is_meant: impl Fn(&Number) -> bool, new: &Number) {
    for one in &mut pair.cache_control {
        if let Kind::Seconds(_, number) = &mut one.kind
            && is_meant(number)
        {
            *number = new.clone();
        }
    }
}

fn remove(fields: &mut Vec<(&'static str, &'static str)>, names: &[&str]) {
    fields.retain(|(name, _)| !names.contains(name));
}

/// Whether one of the two requests has one of these fields.
fn names(pair: &Pair, names: &[&str]) -> bool {
    pair.request.iter().chain(&pair.again_request).any(|(name, _)| names.contains(name))
}

fn viewer(pair: &mut Pair, names: &[&str]) {
    remove(&mut pair.request, names);
    remove(&mut pair.again_request, names);
}

fn is_misquoted(kind: &Kind) -> bool {
    matches!(kind, Kind::Quoted(_))
        || matches!(kind, Kind::Seconds(_, number) if number.text == "\"60")
}

fn is_misread_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Seconds(_, number) if number.text.starts_with('+') || is_huge(number))
}

fn is_huge(number: &Number) -> bool {
    number.means == Some(LONGEST)
}

fn is_unreadable(kind: &Kind) -> bool {
    matches!(kind, Kind::Seconds(Seconds::MaxAge | Seconds::SMaxage, number) if number.means.is_none())
}

fn is_unusual(date: &Date) -> bool {
    matches!(date, Date::At(_, Form::Dashed | Form::Unix | Form::Mail))
}

/// Whether it names the fields that it is about.
fn limits(kind: &Kind, directive: &str) -> bool {
    matches!(kind, Kind::Fields(name, fields) if *name == directive && !fields.is_empty())
}

fn varies(pair: &Pair, name: &str) -> bool {
    let value = |fields: &[(&str, &'static str)]| {
        fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    };
    value(&pair.request) != value(&pair.again_request)
}

/// TTL-21: more than a day away.
fn is_far(date: u64) -> bool {
    date.abs_diff(NOW) > 86_400
}

fn forbids(pair: &Pair) -> bool {
    pair.says(&["no-store", "no-cache", "private"])
}

/// What the origin asks for, in seconds.
fn asked(pair: &Pair) -> Option<u64> {
    pair.lifetime().or_else(|| pair.expires_in())
}

/// Whether the TTL settings bear on it.
fn open(pair: &Pair) -> bool {
    (200..400).contains(&pair.status) && !pair.is_settled
}

fn by_expires(pair: &Pair, ttl: TtlBounds) -> bool {
    open(pair) && !forbids(pair) && pair.lifetime().is_none() && is_cut(pair.expires_in(), ttl)
}

fn is_cut(secs: Option<u64>, ttl: TtlBounds) -> bool {
    secs.is_some_and(|secs| secs < ttl.min || secs > ttl.max)
}

fn clamp(pair: &mut Pair, ttl: TtlBounds) {
    let secs = asked(pair).unwrap_or(0);
    pair.lasts(secs.min(ttl.max).max(ttl.min));
}

/// A status that nobody keeps.
fn not_kept(pair: &mut Pair, _: TtlBounds) {
    pair.status = 401;
}

/// An error that is kept for the longer of its minimum and what the origin asks for (ERR-06, ERR-07, ERR-18).
fn error(pair: &mut Pair, ttl: TtlBounds) {
    let asked = asked(pair).unwrap_or(0).min(ttl.max);
    pair.status = 200;
    pair.vary.retain(|name| *name != "*");
    pair.lasts(asked.max(ERROR_SECS));
}
