//! What the inspector says of what was done between two requests.

use std::time::Duration;

use super::sources::{
    BAD_GATEWAY, BEHAVIOR, CUSTOM_ORIGIN, ERRORS, EXPIRATION, FAILOVER, GATEWAY_TIMEOUT,
    HOW_IT_WORKS, LIMITS, ORIGIN, SHIELD, UPDATING,
};
use super::told::{Told, role, town};
use super::{assumed, dns, purge, staging, tls};
use crate::distribution::{Configuration, Distribution};
use crate::edge::{Decision, Layer, Quotas};
use crate::http::Method;
use crate::origin::Health;
use crate::scene::{Hop, Outcome, Reason, Scene, Step, units, why};
use crate::simulation::{Change, Event, Place, What};

/// What is told of a step that belongs to no exchange.
pub(super) fn told(scene: &Scene, step: &Step, events: &[Event]) -> Told {
    let Some(event) = events.last() else { return Told::new("", "", HOW_IT_WORKS) };
    match &event.what {
        What::Changed(change) => changed(change, scene.settings.configuration.distribution()),
        What::Deployed => deployed(scene),
        What::Waited { span } => {
            let mut told = Told::new(passed(span.as_secs()), "REV-01", EXPIRATION)
                .say("Nothing is asked and nothing is sent. What is stored grows older; past its lifetime it is stale.");
            told.why = now_stale(scene, *span);
            told
        }
        What::Published { path, version: 1, size_bytes } => {
            let size = units::bytes(*size_bytes);
            let mut told =
                Told::new(format!("{path}: an example for a new behavior"), "FLOW-15", BEHAVIOR)
                    .say(format!("The origin has something to ask for there, of {size}."));
            told.assume(assumed::EXAMPLES);
            told
        }
        What::Published { path, version, size_bytes } => {
            Told::new(format!("{path}: version {version} is published"), "FLOW-09, INV-51", UPDATING)
                .say(format!("The origin has a new version, of {}. No cache hears of it.", units::bytes(*size_bytes)))
                .say("Each cache keeps serving what it has until its own copy is stale, evicted or invalidated.")
        }
        What::InvalidationCreated { id, batch, bill } => purge::created(id, batch, bill),
        What::InvalidationKnown { id, batch, created_at } => {
            purge::known(id, batch, *created_at, event.at)
        }
        What::InvalidationCompleted { batch, removed, .. } => purge::completed(batch, *removed),
        What::Decided(decision) => tier(step, event.place, decision, events),
        // These belong to an exchange, each by its name: a new one does not compile without words.
        What::Composed { .. }
        | What::Resolved { .. }
        | What::Connected { .. }
        | What::Secured { .. }
        | What::NotSecured { .. }
        | What::Reused { .. }
        | What::Sent { .. }
        | What::Reached { .. }
        | What::Replied { .. }
        | What::Shown { .. }
        | What::Outdated { .. } => Told::new("", "", HOW_IT_WORKS),
    }
}

/// A span that goes by: `1 h passes`, `1 h 1 min pass`.
fn passed(secs: u64) -> String {
    let verb = if matches!(secs, 1 | 60 | 3_600 | 86_400) { "passes" } else { "pass" };
    format!("{} {verb}", units::span(secs))
}

/// What has become stale within a span that has just passed, place by place.
fn now_stale(scene: &Scene, span: Duration) -> Vec<Reason> {
    let mut lines = Vec::new();
    for (place, shelf) in scene.shelves.iter() {
        for cell in &shelf.cells {
            if !cell.is_fresh(scene.at) && scene.at < cell.stale_at + span {
                let text = format!("{} in {} is stale now", cell.key.file_name(), town(*place));
                lines.push(why::decided(Outcome::Stale, "REV-01", text));
            }
        }
    }
    lines
}

fn tier(step: &Step, place: Place, decision: &Decision, events: &[Event]) -> Told {
    let layer = if matches!(place, Place::Rec(_)) { Layer::Rec } else { Layer::Pop };
    let (town, role) = (town(place), role(layer));
    match decision {
        Decision::Invalidated { batch, removed, .. } => purge::reached(role, &town, batch, removed),
        Decision::Emptied { removed } => {
            Told::new(format!("{role} {town} is emptied"), "EVI-06", EXPIRATION).say(format!(
                "{} went. This is a switch of the simulator; no cache promises to keep anything.",
                units::count(*removed, "stored response", "stored responses")
            ))
        }
        Decision::Evicted { .. } if step.hop == Hop::Clear => {
            let mut told = Told::new(format!("{role} {town} shrinks"), "EVI-01", EXPIRATION)
                .say("Its capacity is smaller now. What was used least recently goes first.")
                .assuming(assumed::LEAST_RECENT);
            told.why = events
                .iter()
                .filter_map(|event| match &event.what {
                    What::Decided(Decision::Evicted { key, size_bytes, .. }) => Some(why::next(
                        "EVI-05",
                        format!("{} ({}) is gone", key.file_name(), units::bytes(*size_bytes)),
                    )),
                    _ => None,
                })
                .collect();
            told
        }
        _ => Told::new(format!("{role} {town}"), "", HOW_IT_WORKS),
    }
}

fn changed(change: &Change, distribution: &Distribution) -> Told {
    let is_on = |on: bool| if on { "on" } else { "off" };
    match change {
        Change::Method(method) => method_chosen(*method),
        Change::Viewer(offer) => tls::viewer_chosen(*offer, distribution),
        Change::Access(access) => dns::access_chosen(*access, distribution),
        Change::Resolver(resolver) => dns::resolver_chosen(*resolver),
        Change::StartsEmpty(on) => Told::new(format!("Start with empty caches: {}", is_on(*on)), "EVI-06", EXPIRATION)
            .say(if *on { "Every request from now on starts with empty caches: a miss all the way." } else { "Caches keep what they store from now on." }),
        Change::Dynamic { pattern, on } => Told::new(format!("Dynamic request: {}", is_on(*on)), "REC-03, TTL-27", HOW_IT_WORKS)
            .say(if *on {
                format!("The behavior for {pattern} has the policy CachingDisabled now: nothing is kept, and the regional edge cache is skipped.")
            } else {
                format!("The behavior for {pattern} keeps objects now.")
            })
            .say("What is stored already stays until it is stale, evicted or invalidated.")
            .assuming(assumed::DYNAMIC)
            .assuming(assumed::POLICY_EDITED),
        Change::SameRegion { on, bucket_region } => Told::new(format!("S3 in the same Region: {}", is_on(*on)), "REC-06, REC-07", HOW_IT_WORKS)
            .say(bucket_region.map_or_else(
                || "The buckets stand where they are configured.".to_owned(),
                |region| format!("The bucket stands in {} now.", region.name()),
            ))
            .say(if *on { "That is the Region of the regional edge cache, so edge locations behind it ask the bucket directly." } else { "It stands where the origin does." }),
        Change::OriginRegion { region, bucket_region } => {
            let told = Told::new(
                format!("The origin stands in {} now", units::unbroken(region.short_name())),
                "FLOW-11",
                ORIGIN,
            );
            let told = match bucket_region.filter(|bucket_region| bucket_region != region) {
                None => told,
                Some(stays) => told.say(format!("The bucket stays in {}, beside the regional edge cache.", units::unbroken(stays.short_name()))),
            };
            told.say("What is stored already stays and is served.")
        }
        Change::Shield { origin_id, region: Some(region) } => {
            Told::new(format!("Origin Shield in {}", units::unbroken(region.short_name())), "OR-06, SHD-01", SHIELD)
                .say(format!("The regional edge cache in {} stands in front of {origin_id} now: whatever another cache wants of it is asked there.", units::unbroken(region.short_name())))
                .say("It can answer what any part of the world has asked for, so the origin is asked less.")
        }
        Change::Shield { origin_id, region: None } => {
            Told::new("Origin Shield: off", "OR-06, SHD-04", SHIELD)
                .say(format!("Each regional edge cache asks {origin_id} itself now."))
        }
        Change::Ttl { pattern, ttl } => {
            Told::new(format!("Other TTLs for {pattern}"), "TTL-28, TTL-01", EXPIRATION)
                .say(format!(
                    "Minimum {}\u{a0}s, default {}\u{a0}s, maximum {}\u{a0}s.",
                    units::grouped(ttl.min), units::grouped(ttl.default), units::grouped(ttl.max)
                ))
                .say("What is stored already keeps its lifetime.")
                .assuming(assumed::POLICY_EDITED)
        }
        Change::Configuration(configuration) => {
            let told = Told::new("Another configuration", "MU-10, DST-04", ORIGIN);
            configured(told, configuration).assuming(assumed::CONFIGURED)
        }
        Change::Deployment { configuration, .. } => {
            let told = Told::new("Deploying", "DST-01, DST-03, DST-04", ORIGIN)
                .say("Each edge location takes the new configuration at its own moment, within a few minutes. Until then it answers by the one before.");
            configured(told, configuration).assuming(assumed::DEPLOYED)
        }
        Change::Health { origin_id, health } => origin_is(origin_id, *health),
        Change::Busy(on) => staging::busy(*on),
        Change::Quotas(quotas) => {
            Told::new("Other quotas for invalidations", quotas_row(*quotas), LIMITS)
                .say(quotas_said(*quotas))
        }
        Change::PopCapacity(bytes) => Told::new("Another cache size", "EVI-02", HOW_IT_WORKS)
            .say(format!("Each edge location has room for {} now, each regional edge cache for ten times as much.", units::bytes(*bytes)))
            .assuming(assumed::LEAST_RECENT),
    }
}

/// What quotas for invalidations allow (INV-43, INV-44).
pub fn quotas_said(quotas: Quotas) -> String {
    let [paths, wildcards] = quotas.limits();
    let wildcards = units::count(wildcards, "wildcard", "wildcards");
    let span = match quotas {
        Quotas::Newest => "in a second",
        Quotas::Classic => "in progress",
    };
    format!("At most {} paths and tags and {wildcards} {span}.", units::grouped(paths as u64))
}

const fn quotas_row(quotas: Quotas) -> &'static str {
    match quotas {
        Quotas::Newest => "INV-43",
        Quotas::Classic => "INV-44",
    }
}

/// DST-02: of several on their way each has its own moment.
fn deployed(scene: &Scene) -> Told {
    let told = Told::new("Deployed", "DST-02", ORIGIN);
    let Some(until) = scene.deploying_until else {
        return told.say("Every edge location goes by the configuration that was saved last.");
    };
    let left = units::span(until.since(scene.at).as_secs());
    told.say("Every edge location has this configuration, or one that was saved after it.").say(
        format!("The one that was saved last is still on its way: in {left} all have that, too."),
    )
}

/// IM-08, MU-10.
fn configured(told: Told, configuration: &Configuration) -> Told {
    let distribution = configuration.distribution();
    let origins = units::count(distribution.origins.len(), "origin", "origins");
    let behaviors = units::count(distribution.behaviors.len(), "behavior", "behaviors");
    let mut told = told
        .say(format!("The distribution has {origins} and {behaviors} now."))
        .say("Nothing is purged: what is stored stays until it is stale, evicted or invalidated.");
    if !configuration.kept().is_empty() {
        let kept = units::count(configuration.kept().len(), "setting is", "settings are");
        told = told.say(format!("{kept} kept, but not simulated."));
    }
    told
}

fn origin_is(origin: &str, health: Health) -> Told {
    let (what, row, page) = match health {
        Health::Up => ("answers again".to_owned(), "FO-06", FAILOVER),
        Health::Failing(status) => {
            (format!("answers everything with {status} now"), "ERR-01", ERRORS)
        }
        Health::Slow { secs } => {
            (format!("takes {secs}\u{a0}s more for each answer now"), "TMO-03", ORIGIN)
        }
        Health::Silent => ("takes requests and never answers now".to_owned(), "TMO-11", ORIGIN),
        Health::Refuses => ("refuses connections now".to_owned(), "TMO-17", BAD_GATEWAY),
        Health::Unreachable => ("cannot be reached now".to_owned(), "TMO-16", GATEWAY_TIMEOUT),
        Health::NameUnresolved => {
            ("has no address in the DNS now".to_owned(), "TMO-18", BAD_GATEWAY)
        }
        Health::BadCertificate => ("shows a bad certificate now".to_owned(), "TMO-17", BAD_GATEWAY),
        Health::OtherName => {
            ("shows a certificate for another name now".to_owned(), "TLS-67", BAD_GATEWAY)
        }
        Health::Expired => {
            ("shows a certificate that has run out now".to_owned(), "TLS-68", BAD_GATEWAY)
        }
        Health::SelfSigned => {
            ("shows a certificate that it signed itself now".to_owned(), "TLS-68", BAD_GATEWAY)
        }
        Health::Speaks(protocol) => {
            (format!("speaks {} at most now", protocol.title()), "OR-17", CUSTOM_ORIGIN)
        }
        Health::BreaksOff => {
            ("breaks off in the middle of its answers now".to_owned(), "XFER-05", CUSTOM_ORIGIN)
        }
    };
    Told::new(format!("The origin {origin} {what}"), row, page)
        .say("No cache hears of it until it asks the origin.")
}

fn method_chosen(method: Method) -> Told {
    let title = format!("The method is {method} now");
    match method {
        Method::Get | Method::Head => Told::new(title, "MET-01", CUSTOM_ORIGIN)
            .say(format!("{method} may be answered from a cache.")),
        Method::Options => Told::new(title, "REC-02, MET-02", BEHAVIOR)
            .say("OPTIONS goes past the regional edge cache. An edge location keeps an answer to it only where the behavior says so."),
        _ => Told::new(title, "REC-01", HOW_IT_WORKS)
            .say(format!("{method} goes to the origin each time, and no cache keeps its answer.")),
    }
}

/// DST-03.
pub(super) fn outdated(mut told: Told, town: &str, until: Duration) -> Told {
    let secs = units::count(until.as_secs() as usize + 1, "second", "seconds");
    let text =
        format!("{town} still goes by the configuration before: the new one arrives in {secs}");
    told.why.insert(0, why::check("DST-03", text).set_by("The distribution: deploying"));
    told.assume(assumed::DEPLOYED);
    told
}
