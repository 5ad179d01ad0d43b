//! An event in one line: where, and what with the values that decided.

use std::fmt::Debug;
use std::time::Duration;

use edgewalk::edge::own_page::is_own;
use edgewalk::edge::{CacheKey, Decision, Found, Kept, Lifetime, Ran, Route, RuleMet};
use edgewalk::http::{Fields, Request, Response, Version};
use edgewalk::network::{Family, Ipv6Answer};
use edgewalk::simulation::{Event, ExchangeId, OriginLeg, What};
use edgewalk::time::{SimTime, micros};

use crate::common::place;

/// The events of one action. Where several requests are under way each line says which, counted from 1.
pub(crate) fn lines(events: &[Event], start: SimTime, times: bool) -> Vec<String> {
    let first = events.iter().filter_map(|event| event.exchange).min();
    let is_crowd = events.iter().any(|event| event.exchange.is_some() && event.exchange != first);
    let line = |event: &Event| {
        let at = if times { format!("+{} ", millis(event.at.since(start))) } else { String::new() };
        let which = match (event.exchange, first) {
            (Some(ExchangeId(id)), Some(ExchangeId(first))) if is_crowd => {
                format!("{}: ", id - first + 1)
            }
            _ => String::new(),
        };
        format!("{at}{which}{} {}", place(event.place), what(&event.what))
    };
    events.iter().map(line).collect()
}

fn what(what: &What) -> String {
    match what {
        What::Composed { request, foreign_host } => {
            let host = foreign_host
                .as_ref()
                .map_or(String::new(), |host| format!(", the Host {host} replaced"));
            format!("composes {}{host}", asked(request))
        }
        What::Resolved { answer, cached_secs: None, took } => {
            let ipv6 = match &answer.ipv6 {
                None => String::new(),
                Some(Ipv6Answer::Addresses(all)) => format!(", with {} of IPv6", all.len()),
                Some(Ipv6Answer::Off) => ", AAAA: off".to_owned(),
                Some(Ipv6Answer::WorsePath) => ", AAAA: the worse path".to_owned(),
            };
            format!(
                "says {} for {} s, after {}{ipv6}",
                answer.chosen.code(),
                answer.ttl_secs,
                millis(*took)
            )
        }
        What::Resolved { answer, cached_secs: Some(secs), .. } => {
            format!("said {}, known for {secs} s more", answer.chosen.code())
        }
        What::Connected { round_trip, round_trips } => connected("TCP", *round_trip, *round_trips),
        What::Secured { round_trip, round_trips, session, is_resumed } => {
            let name = if session.http == Version::Http3 { "QUIC" } else { "TLS" };
            let agreed = (!session.is_usual())
                .then(|| format!(", {} {}", session.protocol.as_str(), session.cipher.as_str()));
            let resumed = if *is_resumed { ", resumed" } else { "" };
            let agreed = agreed.unwrap_or_default();
            format!("{}{agreed}{resumed}", connected(name, *round_trip, *round_trips))
        }
        What::Deployed => "all edge locations have the configuration".to_owned(),
        What::Outdated { until } => format!(
            "goes by the configuration before, until {}",
            millis(until.since(SimTime::ZERO))
        ),
        What::NotSecured { why, .. } => format!("gets no connection: {why:?}"),
        What::Reused { idle_secs, .. } => {
            format!("takes the warm connection, idle for {idle_secs} s")
        }
        What::Sent { request, family, .. } => {
            let over = if *family == Family::Ipv6 { " over IPv6" } else { "" };
            format!("sends {}{over}", asked(request))
        }
        What::Decided(decision) => decided(decision),
        What::Reached { request, leg, .. } => {
            format!(
                "is asked {} {}{}",
                asked(request),
                leg_of(leg),
                told(&request.fields, &REQUEST_FIELDS)
            )
        }
        What::Replied { response, .. } => {
            format!("replies {}{}", body(response), told(&response.fields, &RESPONSE_FIELDS))
        }
        What::Shown { response, contact, answered_by, .. } => {
            let fields = told(&response.fields, &["X-Cache", "Age", "Vary"]);
            format!(
                "shows {}{fields}, by {}, origin {}",
                body(response),
                place(*answered_by),
                words(contact)
            )
        }
        // Whether a Region may be left out says nothing to a reader.
        What::Changed(change) => format!("change {}", words(change).replace("some region ", "")),
        What::Waited { span } => format!("wait {} s", span.as_secs()),
        What::Published { path, version, .. } => format!("has {path} in version {version}"),
        What::InvalidationCreated { batch, bill, .. } => {
            format!("invalidate {batch}: {} paths this month, {} charged", bill.paths, bill.charged)
        }
        What::InvalidationKnown { batch, .. } => format!("invalidate {batch} again: nothing new"),
        What::InvalidationCompleted { removed, .. } => {
            format!("see it completed, {removed} removed")
        }
    }
}

const REQUEST_FIELDS: [&str; 5] =
    ["Accept-Encoding", "Cache-Control", "Pragma", "Range", "Accept-Language"];
const RESPONSE_FIELDS: [&str; 4] = ["Cache-Control", "Expires", "Vary", "Content-Range"];

/// The values of these fields, and whether it asks by a validator.
fn told(fields: &Fields, names: &[&str]) -> String {
    let one = |name: &&str| fields.get(name).map(|value| format!(", {name}: {value}"));
    let mut told: String = names.iter().filter_map(one).collect();
    for name in ["If-None-Match", "If-Modified-Since"] {
        if fields.has(name) {
            told = told + ", " + name;
        }
    }
    told
}

fn decided(decision: &Decision) -> String {
    match decision {
        Decision::BehaviorMatched(matched) => {
            let ttl = matched.policy.ttl;
            let pattern = matched.pattern.as_str();
            format!(
                "matches {pattern}: TTL {}/{}/{} s, {}",
                ttl.min, ttl.default, ttl.max, matched.origin_id
            )
        }
        Decision::DistributionChosen(choice) => {
            format!("gives it to {:?}: {:?}", choice.side, choice.by)
        }
        Decision::GatesPassed(gates) => format!("came through: {gates:?}"),
        Decision::RuleMet(RuleMet { acl, rule, action }) => {
            format!("web ACL {acl}, rule {rule:?}: {action:?}")
        }
        Decision::SignatureHeld(signed) => format!("signed by {}", signed.key_id),
        Decision::FunctionRan(Ran { name, event, did, .. }) => {
            format!("function {name} at {}: {did:?}", event.as_str())
        }
        Decision::Refused(refusal) => {
            format!("refuses with {}: {}", refusal.status().0, words(refusal))
        }
        Decision::KeyMade { key, left_out } => {
            let out = [&left_out.query, &left_out.fields, &left_out.cookies];
            let out: Vec<&str> = out.into_iter().flatten().map(String::as_str).collect();
            let out = if out.is_empty() {
                String::new()
            } else {
                format!(", without {}", out.join(", "))
            };
            let coding =
                key.encoding().map_or(String::new(), |coding| format!(" {}", coding.as_str()));
            let field = |(name, value): (&str, Option<&str>)| {
                format!(" {name}={}", value.unwrap_or_default())
            };
            let fields: String = key.fields().map(field).collect();
            let cookies =
                key.cookies().map_or(String::new(), |cookies| format!(" cookie {cookies}"));
            let method = key.method().map_or(String::new(), |method| format!("{method} "));
            format!("makes the key {method}{}{coding}{fields}{cookies}{out}", key.path_and_query())
        }
        Decision::LookedUp { found, .. } => format!("looks: {}", self::found(found)),
        Decision::NotLookedUp(why) => format!("does not look: {}", words(why)),
        Decision::Forwarded { route, conditional, background, attempt, .. } => {
            let whether = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
            let condition = whether(*conditional, ", whether it is still good");
            let behind = whether(*background, ", in the background");
            format!(
                "asks {}{condition}{behind}{}",
                self::route(route),
                whether(*attempt > 1, ", once more")
            )
        }
        Decision::Waits { behind } => format!("lets it wait behind {behind}"),
        Decision::Released { waiters, why } => format!("releases {waiters}: {}", words(why)),
        Decision::OriginFailed { failure, attempt, retries } => {
            format!(
                "gets no answer: {}, attempt {attempt}{}",
                words(failure),
                if *retries { ", tries again" } else { "" }
            )
        }
        Decision::FailedOver { by, to, .. } => format!("turns to {to}: {}", words(by)),
        Decision::ServedStale { by, since_secs, grace_secs, .. } => {
            format!(
                "serves it stale for {since_secs} s: {}, and for {grace_secs} s more",
                words(by)
            )
        }
        Decision::NotServedStale(why) => format!("does not serve it stale: {}", words(why)),
        Decision::PageWanted { status, path } => format!("wants {path} in place of {}", status.0),
        Decision::Answered { response, .. } => format!("answers {}", body(response)),
        Decision::Compressed { coding, from_bytes, to_bytes } => {
            format!("compresses by {} from {from_bytes} B to {to_bytes} B", coding.as_str())
        }
        Decision::NotCompressed(why) => format!("does not compress: {}", words(why)),
        Decision::Stored { key, lifetime, version, kept, .. } => {
            let what = format!("{}{}", key.path_and_query(), of_version(*version));
            let lifetime = self::lifetime(lifetime);
            match kept {
                Kept::Anew => format!("stores {what} for {lifetime}"),
                Kept::Confirmed => format!("keeps {what} for {lifetime}"),
                Kept::Same => format!("keeps its own {what} for {lifetime}"),
                Kept::StandsIn => format!("keeps the stale {what}"),
            }
        }
        Decision::NotStored { why } => format!("does not store: {}", words(why)),
        Decision::Evicted { key, size_bytes, was_fresh } => {
            let state = if *was_fresh { "fresh" } else { "stale" };
            format!("evicts {}, {size_bytes} B, still {state}", key.path_and_query())
        }
        Decision::Invalidated { removed, .. } => {
            let names: Vec<String> = removed.iter().map(CacheKey::path_and_query).collect();
            if names.is_empty() {
                "removes nothing".into()
            } else {
                format!("removes {}", names.join(" and "))
            }
        }
        Decision::Emptied { removed } => format!("is emptied of {removed}"),
    }
}

fn found(found: &Found) -> String {
    match found {
        Found::Fresh { age_secs, lifetime_secs, .. } => {
            format!("fresh, {age_secs} s of {lifetime_secs} s")
        }
        Found::Stale { since_secs, unconditional } => {
            let whole = unconditional
                .map_or(String::new(), |why| format!(", to be fetched whole: {}", words(&why)));
            format!("stale for {since_secs} s{whole}")
        }
        Found::StaleServed { since_secs, by } => {
            format!("stale for {since_secs} s, served: {}", words(by))
        }
        Found::HeadOnly => "the head alone".into(),
        Found::PartMissing { held_bytes } => format!("a part, {held_bytes} B"),
        Found::Absent => "absent".into(),
    }
}

fn route(route: &Route) -> String {
    match route {
        Route::ThroughRec => "the REC".into(),
        Route::PastRec(bypass) => format!("the origin past the REC: {}", words(bypass)),
        Route::PastRecToShield { bypass, region } => {
            format!("the Shield in {region} past the REC: {}", words(bypass))
        }
        Route::ToShield { region } => format!("the Shield in {region}"),
        Route::FromRec => "the origin".into(),
        Route::FromShield => "the origin, as Shield".into(),
    }
}

fn lifetime(lifetime: &Lifetime) -> String {
    let clamp = lifetime.clamp.map_or(String::new(), |clamp| format!(", {}", words(&clamp)));
    format!("{} s: {}{clamp}", lifetime.secs, words(&lifetime.rule))
}

fn asked(request: &Request) -> String {
    format!("{} {}", request.method, request.target)
}

fn body(response: &Response) -> String {
    let version = of_version(response.body.version);
    format!("{}, {} B{version}", response.status.0, response.body.length)
}

/// What is made anew for each request has no version; nor has a page of CloudFront's own.
fn of_version(version: u32) -> String {
    match version {
        0 => String::new(),
        version if is_own(version) => " of its own page".into(),
        version => format!(" of version {version}"),
    }
}

fn leg_of(leg: &OriginLeg) -> String {
    let kept = if leg.handshake.is_zero() { "a kept" } else { "a new" };
    format!("by {} over {kept} connection", place(leg.from))
}

fn connected(protocol: &str, round_trip: Duration, round_trips: u32) -> String {
    let plural = if round_trips == 1 { "" } else { "s" };
    format!("has {protocol} after {round_trips} round trip{plural} of {}", millis(round_trip))
}

fn millis(span: Duration) -> String {
    let micros = micros(span);
    format!("{}.{:03} ms", micros / 1000, micros % 1000)
}

/// A value as plain words, none twice in a row: `ShortMaxTtl { max_secs: 60 }` as "short max ttl max secs 60".
fn words(value: &impl Debug) -> String {
    let mut text = String::new();
    for c in format!("{value:?}").chars() {
        match c {
            '{' | '(' | '}' | ')' | '"' | ':' | '_' => text.push(' '),
            c if c.is_ascii_uppercase() => {
                text.push(' ');
                text.push(c.to_ascii_lowercase());
            }
            c => text.push(c),
        }
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.dedup();
    words.join(" ").replace(" ,", ",")
}

#[test]
fn values_become_plain_words() {
    use edgewalk::edge::Bypass;
    let bypass = Bypass::ShortMaxTtl { max_secs: 60, threshold_secs: 3600 };
    assert_eq!(words(&bypass), "short max ttl max secs 60, threshold secs 3600");
    let bypass = Bypass::SameRegion { region: "eu-west-2".into() };
    assert_eq!(words(&bypass), "same region eu-west-2");
}
