//! The access log of a walk: a record for each request that was answered, folded from the journal (security-logs-edge.md
//! section 1). What the journal does not hold is assumed, and LOG-82 to LOG-89 say so.

mod detail;

mod walked;
pub use walked::{NotWalked, Untold, Walked, walked};

mod objects;
pub use objects::{LoggedObjects, objects};

use std::time::Duration;

use litemap::LiteMap;

use super::ways::VIEWER_PORT;
use super::{Change, Event, ExchangeId, Exchanged, Place, Scenario, What};
use crate::distribution::{Configuration, Distribution, PathPattern, Side};
use crate::edge::access_log::{LoggedVersion, Outcome, Protocol, Record, Sample, Value};
use crate::edge::{Decision, Ending, Refusal, ResultType, Session, Summary};
use crate::http::range::ContentRange;
use crate::http::{Fields, Request, Scheme};
use crate::network::{City, Family, Pop};
use crate::time::micros;
use detail::Causes;

/// One request that was answered, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged<'j> {
    /// Which one.
    pub exchange: ExchangeId,
    /// The place in the journal of the event that showed its answer.
    pub shown_at: usize,
    /// What the log says of it.
    pub record: Record<'j>,
    /// When the server had finished answering, in Unix milliseconds.
    pub finished_millis: u64,
    /// The request, as the viewer sent it.
    pub request: &'j Request,
    /// From where.
    pub city: City,
    /// The behavior that it matched; none where it was refused before.
    pub pattern: Option<&'j PathPattern>,
    /// The configuration that was in force (IM-08): it says whether there is a log at all, and where it goes (LG-01).
    pub configuration: &'j Configuration,
    /// Of it, or of what stages it (CD-09), the distribution that took the request.
    pub distribution: &'j Distribution,
    /// The primary distribution that the viewer had asked, where a staging distribution has taken the request (LG-09).
    pub primary: Option<&'j Distribution>,
}

impl<'j> Logged<'j> {
    /// The ARN of the real-time log that its behavior names in the distribution that took it (CB-14, RTL-03).
    pub fn real_time_log(&self) -> Option<&'j str> {
        let side = if self.primary.is_some() { Side::Staging } else { Side::Primary };
        self.configuration.real_time_log_of(side, self.pattern?.as_str())
    }

    /// What a real-time log knows it by.
    pub fn request_id(&self) -> &str {
        self.record.request_id.as_ref().map_or("", |id| id.as_logged())
    }

    /// What a real-time log can tell of it.
    pub fn sample(&self) -> Sample<'_> {
        Sample {
            record: &self.record,
            finished_millis: self.finished_millis,
            fields: &self.request.fields,
            country: self.city.country_code(),
            as_number: self.city.as_number(),
            pattern: self.pattern.map(PathPattern::as_str),
            primary: self.primary,
        }
    }
}

/// The log of all requests that were answered within these events, which start where a journal does: in the order in which
/// the answers reached their viewers, as one file may have them (LOG-04). Whether a distribution logs at all is for others
/// to ask; whether it logs cookies is heeded (LOG-F13).
pub fn access_log<'j>(events: &'j [Event], scenario: &'j Scenario) -> Vec<Logged<'j>> {
    let mut under_way: LiteMap<ExchangeId, UnderWay<'j>> = LiteMap::new();
    // What was agreed on for the connections over which requests are about to be sent.
    let mut sessions: LiteMap<ExchangeId, Session> = LiteMap::new();
    let mut log = Vec::new();
    // Another one comes only while nothing is under way. MODEL: whether cookies are logged holds at once, at every edge
    // location.
    let mut configuration = &*scenario.configuration;
    for (place, event) in events.iter().enumerate() {
        if let What::Changed(
            Change::Configuration(other) | Change::Deployment { configuration: other, .. },
        ) = &event.what
        {
            configuration = other;
        }
        let Some(id) = event.exchange else { continue };
        match &event.what {
            What::Secured { session, .. } | What::Reused { session, .. } => {
                sessions.insert(id, *session);
            }
            What::Sent { request, round_trip, family } => {
                let Place::Viewer(city) = event.place else { continue };
                let session = sessions.remove(&id).unwrap_or_default();
                under_way.insert(id, UnderWay::new(request, (city, *family), *round_trip, session));
            }
            What::Shown { .. } => {
                let Some(under_way) = under_way.remove(&id) else { continue };
                let finished_millis = under_way.finished_millis(event, scenario);
                // CD-09: a log of its own. MODEL, as above: by the newest configuration.
                let staged = configuration.staged().filter(|_| under_way.side == Side::Staging);
                let primary = staged.map(|_| configuration.distribution());
                let distribution =
                    staged.map_or(configuration.distribution(), |staged| &staged.distribution);
                let Some(record) = under_way.record(event, finished_millis / 1_000, distribution)
                else {
                    continue;
                };
                let UnderWay { request, city, pattern, .. } = under_way;
                let (exchange, shown_at) = (id, place);
                log.push(Logged {
                    exchange,
                    shown_at,
                    record,
                    finished_millis,
                    request,
                    city,
                    pattern,
                    configuration,
                    distribution,
                    primary,
                });
            }
            what => {
                if let Some(under_way) = under_way.get_mut(&id) {
                    under_way.hear(event.place, what);
                }
            }
        }
    }
    log
}

/// What is known of a request whose answer is still to come.
#[derive(Debug)]
struct UnderWay<'j> {
    request: &'j Request,
    city: City,
    /// From its address of which family the request came.
    family: Family,
    /// Viewer to POP and back.
    round_trip: Duration,
    session: Session,
    pop: Option<Pop>,
    pattern: Option<&'j PathPattern>,
    side: Side,
    refusal: Option<&'j Refusal>,
    causes: Causes,
}

impl<'j> UnderWay<'j> {
    fn new(
        request: &'j Request,
        (city, family): (City, Family),
        round_trip: Duration,
        session: Session,
    ) -> Self {
        Self {
            request,
            city,
            family,
            round_trip,
            session,
            pop: None,
            pattern: None,
            side: Side::Primary,
            refusal: None,
            causes: Causes::default(),
        }
    }

    fn hear(&mut self, place: Place, what: &'j What) {
        self.causes.hear(what);
        let What::Decided(decision) = what else { return };
        if let Place::Pop(pop) = place {
            self.pop = Some(pop);
        }
        match decision {
            Decision::BehaviorMatched(matched) => self.pattern = Some(&matched.pattern),
            Decision::DistributionChosen(choice) => self.side = choice.side,
            Decision::Refused(refusal) => self.refusal = Some(refusal),
            _ => {}
        }
    }

    /// LOG-F02: when the last byte left the POP, in Unix milliseconds.
    fn finished_millis(&self, shown: &Event, scenario: &Scenario) -> u64 {
        let left_at = shown.at.as_micros().saturating_sub(micros(self.round_trip / 2));
        scenario.epoch_unix.saturating_mul(1_000).saturating_add(left_at / 1_000)
    }

    /// The record, once the answer is shown; none of a request that no log has.
    fn record(
        &self,
        shown: &'j Event,
        finished_unix: u64,
        distribution: &'j Distribution,
    ) -> Option<Record<'j>> {
        let What::Shown { response, head_at, contact, result, answered_by, took_at_pop, ending } =
            &shown.what
        else {
            return None;
        };
        if self.refusal.is_some_and(is_unlogged) {
            return None;
        }
        let request = self.request;
        let counted = Exchanged::of(
            shown.at,
            request,
            Summary::of(response, *result),
            *contact,
            *answered_by,
            *took_at_pop,
            *ending,
        );
        // LOG-30: only where the viewer leaves do both differ, and no viewer of a walk does. LOG-87 (MODEL): so an answer that
        // the origin broke off is an error in both.
        let outcome = || Outcome::Of(counted.result);
        let is_tls = request.scheme == Scheme::Https; // LOG-F21
        let tls = |text: &'static str| is_tls.then_some(Value::logged(text));
        let has_cookies = distribution.logging.as_ref().is_some_and(|logging| logging.has_cookies);
        let part = match ContentRange::of(&response.fields) {
            Some(ContentRange::Part { interval, .. }) => Some(interval),
            _ => None,
        };
        let in_request = |name| field(&request.fields, name, ", ");
        Some(Record {
            finished_unix,
            location: self.pop.map(|pop| Value::of(pop.full_code())),
            bytes_down: counted.bytes_down,
            viewer_ip: Some(Value::owned(self.city.address(self.family).to_string())),
            method: Value::of(request.method.as_str()),
            distribution: Value::of(&distribution.domain).told(),
            path: Value::of(request.target.path()), // LOG-21
            status: Some(counted.status),
            referer: in_request("Referer"),
            user_agent: in_request("User-Agent"),
            query: request.target.query().and_then(|query| Value::of(query).told()),
            // RFC 9113 8.2.3: HTTP/2 may part a Cookie, and it is put together by semicolons.
            cookie: has_cookies.then(|| field(&request.fields, "Cookie", "; ")).flatten(),
            result: outcome(),
            request_id: field(&response.fields, "X-Amz-Cf-Id", ", "), // RH-03
            host: in_request("Host"),
            protocol: Some(if is_tls { Protocol::Https } else { Protocol::Http }),
            bytes_up: Some(counted.bytes_up),
            // Both at the POP (LOG-19): the last byte and the head took the same way from there.
            taken: Some(shown.at.since(*head_at).saturating_add(*took_at_pop)),
            forwarded_for: in_request("X-Forwarded-For"),
            tls_protocol: tls(self.session.protocol.as_str()),
            tls_cipher: tls(self.session.cipher.as_str()),
            response_result: Some(outcome()),
            version: Some(LoggedVersion::Of(request.version)),
            encryption: None,
            encrypted_fields: None,
            port: Some(VIEWER_PORT),
            first_byte: Some(*took_at_pop),
            detail: Some(match (counted.result, ending) {
                (ResultType::Error, Ending::Broken) => detail::broken_off(),
                (ResultType::Error, _) => self.causes.of_error(response, *contact, self.refusal),
                (ResultType::Miss, _) => self.causes.of_miss(),
                (ResultType::Hit, _) => detail::of_hit(*answered_by, self.pop),
                (other, _) => detail::plain(other),
            }),
            content_type: field(&response.fields, "Content-Type", ", "),
            content_length: response.fields.content_length(),
            range_first: part.map(|interval| interval.first),
            range_last: part.map(|interval| interval.end.saturating_sub(1)),
        })
    }
}

/// LOG-12: a URL or a head that is too large is not logged; LOG-44: nor is a Host that leads to no distribution.
const fn is_unlogged(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::UrlTooLong { .. } | Refusal::HeadTooLarge { .. } | Refusal::UnknownHost { .. }
    )
}

/// What all fields of a name say, with so much between them.
fn field<'j>(fields: &'j Fields, name: &str, between: &str) -> Option<Value<'j>> {
    let mut values = fields.all(name);
    let first = values.next()?;
    let value = match values.next() {
        None => Value::of(first),
        Some(_) => Value::owned(fields.all(name).collect::<Vec<_>>().join(between)),
    };
    value.told()
}
