//! What someone on the way between viewer and edge location reads of a request: with TLS and without (security-logs-edge.md
//! section 3.1).

use super::{Trip, units};
use crate::http::Scheme;
use crate::network::Offer;

/// The same request, read on the wire twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireView {
    /// By `http://`: all of it.
    pub http: Vec<WireRow>,
    /// By `https://`: what is still seen (TLS-04).
    pub https: Vec<WireRow>,
    /// Which of the two this request is.
    pub is_tls: bool,
}

/// One thing that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireRow {
    /// What.
    pub name: String,
    /// What it says, or that it says nothing.
    pub value: String,
}

impl WireRow {
    fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value: value.into() }
    }
}

impl WireView {
    /// What there is to read of an exchange whose viewer makes such an offer, once its addresses are known.
    pub fn of(trip: &Trip, offer: Offer) -> Option<Self> {
        let address = trip.dns.as_ref()?.answer.first_address(trip.family)?;
        let (request, from) = (&trip.request, trip.city.address(trip.family));
        let way = |port: u16| WireRow::new("From, to", format!("{from}, {address} port {port}"));
        let line = format!("{} {}", request.method, request.target);
        let mut http = vec![way(80), WireRow::new("Request", line.clone())];
        http.extend(request.fields.iter().map(|it| WireRow::new(it.name(), it.value())));
        http.push(WireRow::new("Answer", "status, fields and content, as the viewer gets them"));
        let host = Some(trip.host_name()).filter(|_| offer.names_server());
        let bytes = line.len() as u64 + request.fields.size_bytes();
        let sealed = |rest: &str| format!("cannot be read; {rest} can be seen");
        let https = vec![
            way(443),
            WireRow::new("Server name (SNI)", host.unwrap_or("not said")),
            WireRow::new("Request", sealed(&format!("its size of some {}", units::bytes(bytes)))),
            WireRow::new("Answer", sealed("its size and when it comes")),
        ];
        Some(Self { http, https, is_tls: request.scheme == Scheme::Https })
    }
}
