//! The Server-Timing field (caching.md section 7.4), in the documented layout.

use std::fmt::Write;
use std::time::Duration;

use super::{Identity, RequestId};
use crate::distribution::SamplingRate;
use crate::edge::{Contact, Layer, UpstreamTiming};
use crate::http::{Fields, Request};

/// What Server-Timing tells of an answer.
#[derive(Clone, Copy, Debug)]
pub struct ServerTiming<'a> {
    /// How the origin was involved.
    pub contact: Contact,
    /// Who answered, or who asked the origin.
    pub layer: Layer,
    /// Whether the answer is an error or a redirect made at the edge (ST-18).
    pub is_plain: bool,
    /// What the way to the origin took, where it was asked.
    pub upstream: Option<UpstreamTiming>,
    /// From the request's arrival at the POP to the first byte for the viewer (ST-11).
    pub downstream: Duration,
    /// POP and request id.
    pub identity: &'a Identity,
}

impl ServerTiming<'_> {
    /// Adds the field if the rate takes this request, or if the viewer asks for it (ST-15, TTL-11).
    pub(super) fn add_to(&self, fields: &mut Fields, rate: SamplingRate, viewer: &Request) {
        let is_forced = viewer.fields.all("Pragma").any(|value| {
            value.split(',').any(|word| word.trim().eq_ignore_ascii_case("server-timing"))
        });
        if !is_forced && !rate.takes(draw(self.identity.request_id)) {
            return; // ST-15, TTL-11
        }
        let mut value = self.value();
        let origins: Vec<String> = fields.all("Server-Timing").map(String::from).collect();
        fields.remove("Server-Timing");
        // ST-16: merged into one field on a miss, the origin's part last.
        if self.contact == Contact::Fetched {
            for origin in origins {
                value.push(',');
                value.push_str(&origin);
            } // ST-16, ST-17
        }
        fields.add("Server-Timing", value);
    }

    /// The value in the documented layout (ST-12, ST-13), for a refresh in the assumed one (ST-14).
    pub fn value(&self) -> String {
        let mut items = String::new();
        if self.contact == Contact::Fetched && !self.is_plain {
            let _ = write!(items, "cdn-upstream-layer;desc=\"{}\",", layer(self.layer)); // ST-07
        }
        if let Some(upstream) = self.upstream.filter(|_| self.contact != Contact::None) {
            let _ = write!(items, "cdn-upstream-dns;dur={},", millis(upstream.dns)); // ST-08
            let _ = write!(items, "cdn-upstream-connect;dur={},", millis(upstream.connect)); // ST-09
            let _ = write!(items, "cdn-upstream-fbl;dur={},", millis(upstream.first_byte)); // ST-10
        }
        // ST-18 (MODEL): of an error or a redirect it is not said.
        if !self.is_plain {
            items.push_str(match self.contact {
                Contact::None => "cdn-cache-hit,", // ST-01
                Contact::Validated | Contact::StaleOnError => "cdn-cache-refresh,", // ST-02, ST-14
                Contact::Fetched => "cdn-cache-miss,", // ST-03
            });
        }
        let identity = self.identity;
        let _ = write!(items, "cdn-pop;desc=\"{}\",", identity.location().code); // ST-04
        let _ = write!(items, "cdn-rid;desc=\"{}\",", identity.request_id); // ST-05
        if self.contact == Contact::None && !self.is_plain {
            let _ = write!(items, "cdn-hit-layer;desc=\"{}\",", layer(self.layer)); // ST-06
        }
        let _ = write!(items, "cdn-downstream-fbl;dur={}", millis(self.downstream)); // ST-11
        items
    }
}

/// Whole milliseconds.
fn millis(span: Duration) -> u64 {
    span.as_secs().saturating_mul(1000).saturating_add(u64::from(span.subsec_millis()))
}

/// ST-06, ST-07.
const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Pop => "EDGE",
        Layer::Rec => "REC",
        Layer::Shield => "Origin Shield", // SHD-07
    }
}

/// MODEL: which requests a sampling rate takes is drawn from their ids, a number from 0 to 999,999.
fn draw(request_id: RequestId) -> u32 {
    request_id.draw(1_000_000) as u32
}
