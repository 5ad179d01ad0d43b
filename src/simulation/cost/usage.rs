//! What of a walk is billed, counted from its events.

use litemap::LiteMap;

use super::area::Area;
use crate::distribution::{Configuration, Runtime};
use crate::edge::access_log::Percent;
use crate::edge::{Decision, Refusal, Route, Summary};
use crate::http::{Method, Request, Scheme};
use crate::network::Region;
use crate::simulation::access_log::{Logged, access_log};
use crate::simulation::{Change, Event, ExchangeId, Exchanged, Place, Scenario, What};

/// What a distribution costs each month whatever is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fee {
    /// A certificate with addresses of its own (PRC-09).
    DedicatedIp,
    /// A list of static addresses (PRC-12).
    AnycastList,
}

/// What was used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// In each area.
    pub(super) areas: [InArea; Area::ALL.len()],
    /// Bytes that origins sent: free (PRC-02).
    pub from_origins: u64,
    /// Runs of CloudFront functions.
    pub cloudfront_runs: u64,
    /// Runs of Lambda functions.
    pub lambda_runs: u64,
    /// Paths and tags of invalidations.
    pub paths: u64,
    /// Lines of real-time logs.
    pub log_lines: u64,
    /// Requests that a web ACL blocked: a plan does not count them (PRC-13).
    pub blocked: u64,
    /// What is paid by the month.
    pub fees: Vec<Fee>,
}

/// What was used in one area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct InArea {
    /// Requests of viewers by HTTP.
    pub(super) http: u64,
    /// By HTTPS.
    pub(super) https: u64,
    /// Bytes to viewers.
    pub(super) to_viewers: u64,
    /// Bytes of uploads to origins.
    pub(super) to_origins: u64,
    /// Requests that reached Origin Shield there as a further layer.
    pub(super) shield: u64,
}

/// What is known of a request on its way.
#[derive(Default)]
struct UnderWay<'j> {
    request: Option<&'j Request>,
    area: Option<Area>,
}

impl Usage {
    /// What these events used, which start where a journal does.
    pub fn of(events: &[Event], scenario: &Scenario) -> Self {
        let mut usage = Self::default();
        let mut under_way: LiteMap<ExchangeId, UnderWay> = LiteMap::new();
        let mut configuration = &scenario.configuration;
        for event in events {
            match &event.what {
                What::Changed(
                    Change::Configuration(other) | Change::Deployment { configuration: other, .. },
                ) => configuration = other,
                What::InvalidationCreated { batch, .. } => {
                    usage.paths += batch.items().len() as u64; // PRC-04
                }
                _ => {}
            }
            let Some(id) = event.exchange else { continue };
            let one = under_way.entry(id).or_default();
            if let Place::Pop(pop) = event.place {
                one.area = Some(Area::of(pop.country())); // PRC-40
            }
            let area = one.area.map_or(0, |area| area as usize);
            match &event.what {
                What::Sent { request, .. } => one.request = Some(request),
                What::Decided(decision) => usage.decided(decision),
                // PRC-03, PRC-41 (MODEL).
                What::Reached { request, .. }
                    if !matches!(request.method, Method::Get | Method::Head) =>
                {
                    usage.areas[area].to_origins += sent_bytes(request);
                }
                What::Replied { response, .. } => {
                    usage.from_origins += response.fields.size_bytes() + response.body.length;
                }
                What::Shown {
                    response, contact, result, answered_by, took_at_pop, ending, ..
                } => {
                    let Some(request) = one.request else { continue };
                    let summary = Summary::of(response, *result);
                    let (by, took) = (*answered_by, *took_at_pop);
                    let shown =
                        Exchanged::of(event.at, request, summary, *contact, by, took, *ending);
                    let here = &mut usage.areas[area];
                    // PRC-13: whatever becomes of it.
                    match request.scheme {
                        Scheme::Http => here.http += 1,
                        Scheme::Https => here.https += 1,
                    }
                    here.to_viewers += shown.bytes_down;
                }
                _ => {}
            }
        }
        let recorded = access_log(events, scenario).into_iter().filter(is_recorded);
        usage.log_lines = recorded.count() as u64;
        usage.fees = fees(configuration);
        usage
    }

    fn decided(&mut self, decision: &Decision) {
        match decision {
            Decision::FunctionRan(ran) => match ran.runtime {
                Runtime::CloudFront => self.cloudfront_runs += 1,
                Runtime::Lambda => self.lambda_runs += 1,
            },
            // PRC-08: where the Shield is the request's own regional cache it is no further layer, and the route is another.
            Decision::Forwarded {
                route: Route::ToShield { region } | Route::PastRecToShield { region, .. },
                ..
            } => {
                if let Ok(region) = Region::find(region) {
                    self.areas[Area::of(region.country()) as usize].shield += 1;
                }
            }
            Decision::Refused(Refusal::ByWebAcl(_)) => self.blocked += 1,
            _ => {}
        }
    }

    /// So many such walks in one month.
    #[must_use]
    pub fn times(&self, count: u64) -> Self {
        let many = |number: u64| number.saturating_mul(count);
        let areas = self.areas.map(|it| InArea {
            http: many(it.http),
            https: many(it.https),
            to_viewers: many(it.to_viewers),
            to_origins: many(it.to_origins),
            shield: many(it.shield),
        });
        Self {
            areas,
            from_origins: many(self.from_origins),
            cloudfront_runs: many(self.cloudfront_runs),
            lambda_runs: many(self.lambda_runs),
            paths: many(self.paths),
            log_lines: many(self.log_lines),
            blocked: many(self.blocked),
            fees: self.fees.clone(),
        }
    }

    /// All requests of viewers.
    pub fn requests(&self) -> u64 {
        let all = self.areas.iter().flat_map(|area| [area.http, area.https]);
        all.fold(0, u64::saturating_add)
    }

    /// All bytes to viewers.
    pub fn bytes_to_viewers(&self) -> u64 {
        self.areas.iter().map(|area| area.to_viewers).fold(0, u64::saturating_add)
    }

    /// Whether nothing was used.
    pub fn is_nothing(&self) -> bool {
        self.requests() == 0 && self.paths == 0
    }
}

/// Content and fields, as field 18 of the log counts them.
fn sent_bytes(request: &Request) -> u64 {
    request.fields.size_bytes().saturating_add(request.content_length)
}

/// Whether the real-time log that a behavior names has a line of this request: of so many in a hundred, where it is given
/// beside the configuration (RTL-02), and PRC-45 (MODEL) of each, where it is only named.
fn is_recorded(logged: &Logged<'_>) -> bool {
    let Some(arn) = logged.real_time_log() else { return false };
    let given = logged.configuration.beside().real_time_log(arn);
    let percent = given.and_then(|log| Percent::new(log.percent)).unwrap_or(Percent::ALL);
    percent.takes(logged.request_id())
}

fn fees(configuration: &Configuration) -> Vec<Fee> {
    use crate::distribution::{SslSupport, ViewerCertificate};
    let list = configuration.document().member("AnycastIpListId");
    let has_list = list.and_then(|id| id.as_text()).is_some_and(|id| !id.is_empty());
    let is_dedicated = matches!(&configuration.distribution().certificate,
        ViewerCertificate::Own(own) if own.support == SslSupport::Vip);
    let fees = [(is_dedicated, Fee::DedicatedIp), (has_list, Fee::AnycastList)];
    fees.into_iter().filter_map(|(is_due, fee)| is_due.then_some(fee)).collect()
}
