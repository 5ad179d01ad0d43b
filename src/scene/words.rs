//! What the inspector says of a step: one sentence to four, the chain of decisions, the key and the fields.

use super::fields_view::FieldsView;
use super::step::{Hop, Step};
use super::why::{self, Reason};
use super::{Outcome, Scene, Trip, between, units};
use crate::edge::{Bypass, CacheKey, Decision, Found, Refusal, Route};
use crate::http::Status;
use crate::network::DnsQuery;
use crate::simulation::{Event, Place, What};

/// What is told of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// A few words.
    pub title: String,
    /// The mark before them.
    pub outcome: Option<Outcome>,
    /// Sentences.
    pub say: Vec<String>,
    /// The chain of decisions.
    pub why: Vec<Reason>,
    /// A rule that AWS does not publish and that decided here.
    pub assumption: Option<String>,
    /// The cache key.
    pub key: Option<KeyView>,
    /// The message at this hop.
    pub fields: Option<FieldsView>,
    /// Row ids of docs/reference or RFC sections.
    pub rows: String,
    /// The page that says so.
    pub source: Source,
}

/// A cache key as labelled segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// Kind (`host`, `path`, `query`, `header`, `cookie`), label and value.
    pub parts: Vec<(&'static str, String, String)>,
    /// Names of what was left out.
    pub left_out: Vec<String>,
    /// A line where there is no key.
    pub note: Option<String>,
}

/// A page of the CloudFront guide, or an RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
}

/// How CloudFront delivers content.
pub(super) const HOW_IT_WORKS: Source = Source {
    title: "How CloudFront delivers content",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html",
};
const EXPIRATION: Source = Source {
    title: "Manage how long content stays in the cache",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html",
};
const CUSTOM_ORIGIN: Source = Source {
    title: "Request and response behavior for custom origins",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html",
};
const CACHE_KEY: Source = Source {
    title: "Understand the cache key",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html",
};
const TLS: Source =
    Source { title: "RFC 8446, TLS 1.3", url: "https://www.rfc-editor.org/rfc/rfc8446" };
const HTTP: Source =
    Source { title: "RFC 9110, HTTP Semantics", url: "https://www.rfc-editor.org/rfc/rfc9110" };

impl Told {
    /// What is told of the current step of a Scene. `events` are those of the step that have happened.
    pub fn of(scene: &Scene, step: &Step, events: &[Event]) -> Self {
        match scene.trip.as_ref().filter(|trip| step.exchange == Some(trip.id)) {
            Some(trip) => of_exchange(trip, step, events),
            None => between::told(scene, step, events),
        }
    }

    pub(super) fn new(title: impl Into<String>, rows: &str, source: Source) -> Self {
        Self {
            title: title.into(),
            outcome: None,
            say: Vec::new(),
            why: Vec::new(),
            assumption: None,
            key: None,
            fields: None,
            rows: rows.to_owned(),
            source,
        }
    }

    pub(super) fn say(mut self, sentence: impl Into<String>) -> Self {
        self.say.push(sentence.into());
        self
    }
}

fn of_exchange(trip: &Trip, step: &Step, events: &[Event]) -> Told {
    let town = town(step.place);
    match step.hop {
        Hop::Url => composed(trip),
        Hop::Dns => resolved(trip),
        Hop::Tcp | Hop::Tls | Hop::Reuse => connected(trip, events),
        Hop::Sent => {
            let mut told = Told::new("The request is on its way", "TLS-54", HTTP)
                .say(format!(
                    "{} sends it to the edge location in {}.",
                    trip.city.name(),
                    trip.pop.short_name()
                ))
                .say("It has no colour yet: no cache has answered.");
            told.fields = Some(FieldsView::of_request(&trip.request, None));
            told
        }
        Hop::PopLooks => looked(trip, events, "Edge location", &town),
        Hop::RecLooks => looked(trip, events, "Regional edge cache", &town),
        Hop::AtOrigin => at_origin(trip, events, &town),
        Hop::Answer => answered(trip, events, &town),
        Hop::RecKeeps => kept(trip, events, "Regional edge cache", &town),
        Hop::PopKeeps => kept(trip, events, "Edge location", &town),
        Hop::Shown => shown(trip),
        // These belong to no exchange.
        _ => Told::new("", "", HOW_IT_WORKS),
    }
}

/// The town of a place, as it is spoken of.
pub(super) fn town(place: Place) -> String {
    match place {
        Place::Viewer(city) | Place::Dns(city) => city.name().to_owned(),
        Place::Pop(pop) => pop.short_name().to_owned(),
        Place::Rec(rec) => rec.short_name().to_owned(),
        Place::Origin(region) => region.short_name().to_owned(),
        Place::Control => String::new(),
    }
}

fn composed(trip: &Trip) -> Told {
    let (method, target) = (trip.request.method, &trip.request.target);
    let mut told = Told::new("A request is composed", "DNS-01", HTTP)
        .say(format!("A viewer in {} wants {method} {target}.", trip.city.name()))
        .say("The name in the URL says nothing about where the answer will come from. The DNS is asked first.");
    if let Some(host) = &trip.replaced_host {
        let name = trip.request.fields.get("Host").unwrap_or_default();
        told =
            told.say(format!("The given Host {host:?} leads elsewhere; {name} takes its place."));
    }
    told.fields = Some(FieldsView::of_request(&trip.request, None));
    told
}

fn resolved(trip: &Trip) -> Told {
    let Some(dns) = &trip.dns else { return Told::new("DNS", "DNS-01", HOW_IT_WORKS) };
    let chosen = dns.answer.chosen;
    if let Some(left) = dns.cached_secs {
        return Told::new("DNS: still known", "DNS-08, DNS-23", HOW_IT_WORKS)
            .say(format!(
                "The viewer asked before and may use that answer for {left} more seconds: {}.",
                chosen.name()
            ))
            .say("Nothing is sent, no time passes.");
    }
    let mut told = Told::new(
        format!("DNS: {} will serve", chosen.short_name()),
        "DNS-01, DNS-08, DNS-15",
        HOW_IT_WORKS,
    )
    .say(format!(
        "The DNS leads the viewer to the edge location that should answer fastest: {}.",
        chosen.name()
    ))
    .say(format!(
        "The answer holds {} addresses and is good for {} s.",
        dns.answer.addresses.len(),
        dns.answer.ttl_secs
    ));
    let asked = |query: &&DnsQuery| !query.from_cache;
    let sent = dns.answer.chain.iter().filter(asked).count();
    told.why.push(why::check(format!(
        "{} of {} questions had to be sent, {} in all",
        sent,
        dns.answer.chain.len(),
        units::ms(dns.took)
    )));
    for (index, candidate) in dns.answer.candidates.iter().enumerate() {
        let line = format!(
            "{}, {}: {}",
            candidate.pop.short_name(),
            candidate.pop.code(),
            units::ms(candidate.round_trip)
        );
        told.why.push(if index == 0 { why::next(line) } else { why::check(line) });
    }
    told.assumption =
        Some("Latency is modelled from distance; the real CloudFront measures it.".to_owned());
    told
}

fn connected(trip: &Trip, events: &[Event]) -> Told {
    let pop = trip.pop.short_name();
    match events.last().map(|event| &event.what) {
        Some(What::Reused { idle_secs }) => Told::new("The connection is still open", "TLS-59, DNS-23", TLS)
            .say(format!("It was last used {} ago, so there is no handshake: the request can leave at once.", units::span(*idle_secs))),
        Some(What::Secured { round_trip, round_trips }) => Told::new("TLS: who is there, and a secret", "TLS-54", TLS)
            .say(format!("TLS 1.3 takes {round_trips} round trip of {} to {pop}.", units::ms(*round_trip)))
            .say("The edge location shows its certificate here, close to the viewer, not at the far origin."),
        Some(What::Connected { round_trip, round_trips }) => Told::new("TCP: a connection", "TLS-54", TLS)
            .say(format!("TCP takes {round_trips} round trip of {} to {pop}.", units::ms(*round_trip)))
            .say("Every round trip is paid at this distance, which is why a near edge location helps even where nothing is cached."),
        _ => Told::new("A connection", "TLS-54", TLS),
    }
}

fn decisions(events: &[Event]) -> impl Iterator<Item = &Decision> {
    events.iter().filter_map(|event| match &event.what {
        What::Decided(decision) => Some(decision),
        _ => None,
    })
}

fn looked(trip: &Trip, events: &[Event], role: &str, town: &str) -> Told {
    let mut told = Told::new(role, "VSEC-06", HOW_IT_WORKS);
    for decision in decisions(events) {
        match decision {
            Decision::BehaviorMatched(matched) => {
                told.title = format!("{role}: which rule?");
                told.why.push(why::check(format!(
                    "Path pattern {} matches: policy {}",
                    matched.pattern, matched.policy
                )));
                told.rows = "FLOW-15, VSEC-06".to_owned();
            }
            Decision::Refused(refusal) => {
                told.title = format!("{role}: refused");
                told.outcome = Some(Outcome::Error);
                told = told.say(refusal_sentence(*refusal)).say("No cache and no origin is asked.");
                told.rows = match refusal {
                    Refusal::MethodNotAllowed(_) => "MET-04, VSEC-08",
                    Refusal::GetWithBody { .. } => "MET-08, LIM-07",
                }
                .to_owned();
                told.source = CUSTOM_ORIGIN;
            }
            Decision::KeyMade { .. } => {
                told.title = format!("{role}: the cache key");
                told.rows = "KEY-01, VSEC-11".to_owned();
                told.source = CACHE_KEY;
            }
            Decision::NotLookedUp(why) => {
                told.title = format!("{role}: bypass");
                told.outcome = Some(Outcome::Bypass);
                told = told
                    .say(format!("{town} does not search its shelf. {}.", why::of_not_stored(why)));
            }
            Decision::LookedUp { found, .. } => {
                told.why.extend(why::of_lookup(*found, town));
                (told.title, told.outcome) = match found {
                    Found::Fresh { .. } => (format!("{role}: hit"), Some(Outcome::Hit)),
                    Found::Stale { .. } => (format!("{role}: stale"), Some(Outcome::Stale)),
                    Found::Absent => (format!("{role}: miss"), Some(Outcome::Miss)),
                };
                told = told.say(found_sentence(*found, town));
                told.rows = match found {
                    Found::Fresh { .. } => "FLOW-03, AGE-01",
                    Found::Stale { .. } => "REV-01, REV-02, REV-03",
                    Found::Absent => "FLOW-04",
                }
                .to_owned();
                told.source =
                    if matches!(found, Found::Absent) { HOW_IT_WORKS } else { EXPIRATION };
            }
            Decision::Forwarded { route, rec_region, conditional, .. } => {
                told.why.extend(why::of_route(route, trip, rec_region));
                told = told.say(route_sentence(route, trip, *conditional));
                let (row, assumption) = why::route_row(route);
                told.rows = format!("{}, {row}", told.rows);
                told.assumption = assumption.map(String::from);
            }
            Decision::Answered { .. } if told.outcome == Some(Outcome::Hit) => {
                told = told.say("It answers at once: nobody behind it hears of this request.");
                told.why.push(why::next("Answer the viewer"));
            }
            _ => {}
        }
    }
    told.key = key_view(trip);
    told.fields = fields_after_look(trip, events);
    told
}

fn refusal_sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::MethodNotAllowed(method) => {
            format!("This behavior does not allow {method}: the edge location answers 403.")
        }
        Refusal::GetWithBody { content_length } => {
            format!(
                "A GET with content ({}) is refused: the edge location answers 403.",
                units::bytes(content_length)
            )
        }
    }
}

fn found_sentence(found: Found, town: &str) -> String {
    match found {
        Found::Fresh { remaining_secs, .. } => {
            format!(
                "{town} has this object, and it is fresh for {} more.",
                units::span(remaining_secs)
            )
        }
        Found::Stale { since_secs, .. } => {
            format!(
                "{town} has this object, but its lifetime ended {} ago. It may not be served without asking.",
                units::span(since_secs)
            )
        }
        Found::Absent => format!("{town} looked for this key and found nothing stored under it."),
    }
}

fn route_sentence(route: &Route, trip: &Trip, conditional: bool) -> String {
    let rec = trip.rec.short_name();
    let origin = trip.origin_region().map_or("its Region", crate::network::Region::short_name);
    let how = if conditional { "asks only for a newer version" } else { "asks for the object" };
    match route {
        Route::ThroughRec => format!("It {how} at its regional edge cache in {rec}."),
        Route::FromRec => format!("It {how} at the origin in {origin}."),
        Route::PastRec(Bypass::ProxyMethod(method)) => {
            format!(
                "It hands the {method} to the origin in {origin}, past the regional edge cache in {rec}."
            )
        }
        Route::PastRec(_) => {
            format!("It {how} at the origin in {origin}, past the regional edge cache in {rec}.")
        }
    }
}

/// What left the tier, beside what came in.
fn fields_after_look(trip: &Trip, events: &[Event]) -> Option<FieldsView> {
    let forwarded = decisions(events).find_map(|decision| match decision {
        Decision::Forwarded { request, route, .. } => Some((request, route)),
        _ => None,
    });
    let answered = decisions(events).find_map(|decision| match decision {
        Decision::Answered { response, .. } => Some(response),
        _ => None,
    });
    match (forwarded, answered) {
        (Some((request, Route::FromRec)), _) => {
            let before =
                trip.forwarded.get(&Place::Pop(trip.pop)).map(|forwarded| &*forwarded.request);
            Some(FieldsView::of_request(request, before))
        }
        (Some((request, _)), _) => Some(FieldsView::of_request(request, Some(&trip.request))),
        (None, Some(response)) => Some(FieldsView::of_response(response, None)),
        (None, None) => Some(FieldsView::of_request(&trip.request, None)),
    }
}

fn at_origin(trip: &Trip, events: &[Event], town: &str) -> Told {
    let mut told = Told::new("At the origin", "CONN-01, TLS-62", CUSTOM_ORIGIN);
    if let Some(What::Reached { request, leg }) = events.last().map(|event| &event.what) {
        told = told.say(format!(
            "The request has reached {town}, {} away and back.",
            units::ms(leg.round_trip)
        ));
        told = told.say(if leg.handshake.is_zero() {
            "The connection was still open from an earlier request.".to_owned()
        } else {
            format!("TCP and TLS had to be set up first: {}.", units::ms(leg.handshake))
        });
        let sender = trip.forwarded.get(&leg.from).map(|forwarded| &*forwarded.request);
        told.fields = Some(FieldsView::of_request(request, sender));
        let kept = units::span(crate::network::ORIGIN_KEEP_ALIVE.as_secs());
        told.why.push(why::check(format!(
            "A connection to the origin is kept for {kept} after its last use"
        )));
    }
    told
}

fn answered(trip: &Trip, events: &[Event], town: &str) -> Told {
    let Some(What::Replied { response, think, .. }) = events.last().map(|event| &event.what) else {
        return Told::new("The origin answers", "FLOW-06", HOW_IT_WORKS);
    };
    let status = response.status;
    let mut told =
        Told::new(format!("The origin answers {}", status.0), "FLOW-06, FLOW-08", HOW_IT_WORKS);
    told.outcome = if status.is_error() { Some(Outcome::Error) } else { trip.outcome() };
    told = told.say(format!("{town} took {} to answer.", units::ms(*think)));
    told = told.say(match status {
        Status::NOT_MODIFIED => {
            "What the cache holds is still good: a head comes back, and no content.".to_owned()
        }
        status if status.is_error() => format!("It is an error: {status}."),
        _ => format!(
            "{} travel back now, from the first byte on: nobody waits for the last one.",
            units::bytes(response.body.length)
        ),
    });
    told.fields = Some(FieldsView::of_response(response, None));
    told.assumption = Some(
        "What an origin takes to answer is a fixed figure for each kind of origin.".to_owned(),
    );
    told
}

fn kept(trip: &Trip, events: &[Event], role: &str, town: &str) -> Told {
    let mut told = Told::new(role, "FLOW-06", HOW_IT_WORKS);
    for decision in decisions(events) {
        match decision {
            Decision::Evicted { key, size_bytes, was_fresh } => {
                let fresh = if *was_fresh { "still fresh" } else { "stale" };
                let line = format!(
                    "{} ({}, {fresh}) was used least recently and had to go",
                    key.file_name(),
                    units::bytes(*size_bytes)
                );
                told.why.push(why::next(line));
                told.rows = "EVI-01, EVI-05".to_owned();
            }
            Decision::Stored { size_bytes, lifetime, refreshed, version, .. } => {
                told.why.extend(why::of_lifetime(lifetime));
                told.rows = format!("{}, {}", told.rows, why::lifetime_row(lifetime));
                told.source = EXPIRATION;
                let for_how_long = match lifetime.secs {
                    0 => "It is stale at once: every request will ask the origin about it."
                        .to_owned(),
                    secs => format!("It is fresh for {}.", units::span(secs)),
                };
                if *refreshed {
                    told.title = format!("{role}: refreshed");
                    told.outcome = Some(Outcome::Refresh);
                    told = told
                        .say(format!("{town} keeps what it has: the origin confirmed it."))
                        .say(for_how_long);
                } else {
                    told.title = format!("{role}: stored");
                    told.outcome = trip.outcome();
                    let what = format!("version {version}, {}", units::bytes(*size_bytes));
                    told = told
                        .say(format!("{town} keeps a copy ({what}) at the front of its shelf."))
                        .say(for_how_long);
                }
            }
            Decision::NotStored { why } => {
                told.title = format!("{role}: passed on");
                told.outcome = trip.outcome();
                told = told.say(format!("{town} passes the answer on and keeps nothing."));
                told.why.push(why::check(why::of_not_stored(why)));
                told.rows = "REC-01, TTL-05, TTL-27".to_owned();
            }
            _ => {}
        }
    }
    told.key = key_view(trip);
    let passed = decisions(events).find_map(|decision| match decision {
        Decision::Answered { response, .. } => Some(response),
        _ => None,
    });
    told.fields = passed.map(|response| {
        let rec = trip.answered.get(&Place::Rec(trip.rec)).map(|(response, _)| &**response);
        let origin = trip.replied.as_ref().map(|(response, _)| &**response);
        let before = if role == "Edge location" { rec.or(origin) } else { origin };
        FieldsView::of_response(response, before)
    });
    told
}

fn shown(trip: &Trip) -> Told {
    let Some(shown) = &trip.shown else {
        return Told::new("At the viewer", "FLOW-03", HOW_IT_WORKS);
    };
    let total = units::ms(shown.last_at.since(trip.started_at));
    let first = units::ms(shown.head_at.since(trip.started_at));
    let x_cache = shown.response.fields.get("X-Cache").unwrap_or_default();
    let mut told = Told::new("At the viewer", "XC-01, AGE-01", CUSTOM_ORIGIN);
    told.outcome = trip.outcome();
    told = told
        .say(format!("The viewer has the answer after {total}; its first byte came after {first}."))
        .say(format!("X-Cache says: {x_cache}."));
    told = told.say(match shown.answered_by {
        Place::Pop(_) => "The edge location answered by itself.".to_owned(),
        Place::Rec(rec) => format!(
            "The regional edge cache in {} answered; to the viewer that is a hit, too.",
            rec.short_name()
        ),
        Place::Origin(region) => format!("The origin in {} was asked.", region.short_name()),
        _ => String::new(),
    });
    told.fields = Some(FieldsView::of_response(&shown.response, None));
    told
}

fn key_view(trip: &Trip) -> Option<KeyView> {
    let matched = trip.matched.as_ref()?;
    let Some((key, left_out)) = &trip.key else {
        let note = format!(
            "A {} under behavior {} has no cache key",
            trip.request.method, matched.pattern
        );
        return Some(KeyView { parts: Vec::new(), left_out: Vec::new(), note: Some(note) });
    };
    let cookies = left_out.cookies.iter().map(|name| format!("cookie {name}"));
    let query = left_out.query.iter().map(|name| format!("?{name}"));
    Some(KeyView {
        parts: parts(key),
        left_out: query.chain(cookies).chain(left_out.fields.iter().cloned()).collect(),
        note: None,
    })
}

fn parts(key: &CacheKey) -> Vec<(&'static str, String, String)> {
    let mut parts = vec![
        ("host", "host".to_owned(), key.host.clone()),
        ("path", "path".to_owned(), key.path.clone()),
    ];
    parts.extend(key.query.iter().map(|query| ("query", "query".to_owned(), query.clone())));
    for (name, value) in &key.fields {
        parts.push((
            "header",
            name.clone(),
            value.clone().unwrap_or_else(|| "(absent)".to_owned()),
        ));
    }
    parts.extend(
        key.cookies.iter().map(|cookies| ("cookie", "cookies".to_owned(), cookies.clone())),
    );
    parts
        .extend(key.encoding.map(|encoding| {
            ("header", "Accept-Encoding".to_owned(), encoding.as_str().to_owned())
        }));
    parts
}
