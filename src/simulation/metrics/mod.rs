//! Figures of many exchanges, as AWS reports them (caching.md section 9): counters and a histogram, and no event kept.
//!
//! A World counts into [`Metrics`] as an [`Observer`] while it runs, or [`Metrics::of`] counts a journal afterwards: the
//! figures are the same.

mod exchanged;
pub use exchanged::Exchanged;

mod latencies;
pub use latencies::Latencies;

mod popular;
pub use popular::{ObjectCounts, PopularObject, PopularObjects};

mod share;
pub use share::Share;

use litemap::LiteMap;

use super::{Event, ExchangeId, Journal, Observer, Place, What};
use crate::edge::{ResultType, Summary};
use crate::http::{Method, Request};

/// The statuses that have an error rate of their own (MTR-05).
pub const NAMED_STATUSES: [u16; 6] = [401, 403, 404, 502, 503, 504];

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    all: ObjectCounts,
    refresh_hits: u64,
    errors: u64,
    named: [u64; NAMED_STATUSES.len()],
    bytes_downloaded: u64,
    bytes_uploaded: u64,
    cacheable: Share,
    /// By POPs, RECs and origins.
    answered_by: [u64; 3],
    origin_latency: Latencies,
    objects: PopularObjects,
}

/// The cache statistics report, field by field as AWS names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheStatistics {
    /// `RequestCount`, `HitCount`, `MissCount`, `IncompleteDownloadCount`, `HTTP2xx` to `HTTP5xx`, `TotalBytes`,
    /// `BytesFromMisses`.
    pub counts: ObjectCounts,
    /// `ErrorCount`: Error, `LimitExceeded` and `CapacityExceeded`.
    pub error_count: u64,
}

/// An error rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorRate {
    /// `4xxErrorRate` (MTR-04).
    Client,
    /// `5xxErrorRate` (MTR-04).
    Server,
    /// `TotalErrorRate` (MTR-04).
    Total,
    /// Of one status among [`NAMED_STATUSES`], as in `404ErrorRate` (MTR-05).
    Of(u16),
}

impl Metrics {
    /// The figures of a journal.
    pub fn of(journal: &Journal) -> Self {
        Self::of_events(journal.events())
    }

    /// The figures of the exchanges that were shown within these events, which start where a journal does.
    pub fn of_events(events: &[Event]) -> Self {
        let mut metrics = Self::default();
        let mut sent: LiteMap<ExchangeId, &Request> = LiteMap::new();
        for event in events {
            let Some(id) = event.exchange else { continue };
            match &event.what {
                What::Sent { request, .. } => {
                    sent.insert(id, request);
                }
                What::Shown {
                    response, contact, result, answered_by, took_at_pop, ending, ..
                } => {
                    let Some(request) = sent.remove(&id) else { continue };
                    let exchange = Exchanged::of(
                        event.at,
                        request,
                        Summary::of(response, *result),
                        *contact,
                        *answered_by,
                        *took_at_pop,
                        *ending,
                    );
                    metrics.count(&exchange);
                }
                _ => {}
            }
        }
        metrics
    }

    /// The cache statistics report.
    pub const fn statistics(&self) -> CacheStatistics {
        CacheStatistics { counts: self.all, error_count: self.errors }
    }

    /// The popular objects report.
    pub const fn objects(&self) -> &PopularObjects {
        &self.objects
    }

    /// The cache hit ratio: how many of all requests a cache answered. A RefreshHit, for which the origin was asked, is
    /// not one of them.
    pub const fn hit_ratio(&self) -> Share {
        self.all.hit_share() // EVI-07, EVI-08
    }

    /// The console's chart: hits, misses and errors among all requests. What is a RefreshHit is in none of the three (EVI-08).
    pub fn chart(&self) -> [Share; 3] {
        let whole = self.all.requests;
        [self.all.hits, self.all.misses, self.errors].map(|part| Share { part, whole }) // EVI-08
    }

    /// How many answers the origin confirmed, or would have if it had not failed: the console counts them in no part of its
    /// chart.
    pub const fn refresh_hits(&self) -> u64 {
        self.refresh_hits
    }

    /// The metric `Requests`: all of them, whatever the method (MTR-01).
    pub const fn requests(&self) -> u64 {
        self.all.requests // MTR-01
    }

    /// The metric `BytesDownloaded` (MTR-02).
    pub const fn bytes_downloaded(&self) -> u64 {
        self.bytes_downloaded
    }

    /// The metric `BytesUploaded` (MTR-03).
    pub const fn bytes_uploaded(&self) -> u64 {
        self.bytes_uploaded
    }

    /// One of the metrics of error rates: among all requests, by the status that the viewer got (MTR-04, MTR-05).
    pub fn error_rate(&self, rate: ErrorRate) -> Share {
        let [.., client, server] = self.all.statuses;
        let part = match rate {
            ErrorRate::Client => client,         // MTR-04
            ErrorRate::Server => server,         // MTR-04
            ErrorRate::Total => client + server, // MTR-04
            ErrorRate::Of(status) => {
                let place = NAMED_STATUSES.iter().position(|named| *named == status);
                place.map_or(0, |place| self.named[place]) // MTR-05
            }
        };
        Share { part, whole: self.all.requests }
    }

    /// The metric `CacheHitRate`: how many of the cacheable requests a cache served (MTR-06, EVI-09).
    pub const fn cache_hit_rate(&self) -> Share {
        self.cacheable
    }

    /// The metric `OriginLatency` (MTR-07).
    pub const fn origin_latency(&self) -> &Latencies {
        &self.origin_latency
    }

    /// How many requests POPs, RECs and origins answered.
    pub const fn answered_by(&self) -> [u64; 3] {
        self.answered_by
    }
}

impl Observer for Metrics {
    fn wants(&self) -> bool {
        false
    }

    fn on(&mut self, _event: Event) {}

    fn counts(&self) -> bool {
        true
    }

    fn count(&mut self, exchange: &Exchanged<'_>) {
        self.all.count(exchange);
        self.objects.count(exchange);
        let result = exchange.response_result;
        match exchange.method {
            // MTR-02
            Method::Get | Method::Head => add(&mut self.bytes_downloaded, exchange.bytes_down),
            // MTR-03
            Method::Options | Method::Post | Method::Put => {
                add(&mut self.bytes_uploaded, exchange.bytes_up);
            }
            Method::Patch | Method::Delete => {}
        }
        if let Some(place) = NAMED_STATUSES.iter().position(|named| *named == exchange.status.0) {
            self.named[place] += 1; // MTR-05
        }
        self.refresh_hits += u64::from(result == ResultType::RefreshHit);
        self.errors += u64::from(result.is_error());
        if is_cacheable(exchange) {
            self.cacheable.whole += 1; // EVI-09, MTR-06
            self.cacheable.part += u64::from(is_served_from_cache(result));
        }
        let [by_pop, by_rec, by_origin] = &mut self.answered_by;
        *match exchange.answered_by {
            Place::Origin(_) => by_origin,
            Place::Rec(_) => by_rec,
            _ => by_pop,
        } += 1;
        if let Some(latency) = exchange.origin_latency {
            self.origin_latency.add(latency); // MTR-07
        }
    }
}

const fn add(sum: &mut u64, bytes: u64) {
    *sum = sum.saturating_add(bytes);
}

/// EVI-09: neither errors nor methods whose answers no cache keeps; what the edge itself redirects is neither hit nor miss.
const fn is_cacheable(exchange: &Exchanged<'_>) -> bool {
    matches!(exchange.method, Method::Get | Method::Head | Method::Options)
        && matches!(
            exchange.response_result,
            ResultType::Hit | ResultType::RefreshHit | ResultType::Miss
        )
}

/// EVI-10 (MODEL): a RefreshHit counts as served from a cache here.
const fn is_served_from_cache(result: ResultType) -> bool {
    matches!(result, ResultType::Hit | ResultType::RefreshHit)
}

#[cfg(test)]
mod tests;
