//! Fields that the edge adds, changes and removes (caching.md sections 2.4 and 7).

mod cloudfront;
mod origin_request;
mod policy;
pub mod server_timing;
mod viewer_response;

use std::sync::Arc;

pub use cloudfront::as_the_edge_sees_it;
pub use origin_request::origin_request;
pub use server_timing::ServerTiming;
pub use viewer_response::{Dressing, viewer_response};

use super::Contact;
use crate::http::Response;

/// What identifies an exchange and the POP towards viewer and origin.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The full POP code, as in `FRA56-P4` (RH-02).
    pub pop_code: Arc<str>,
    /// The name in Via, without `.cloudfront.net` (RH-01).
    pub via_name: Arc<str>,
    /// The request id (RH-03).
    pub request_id: Arc<str>,
    /// Who asks.
    pub viewer: ViewerFacts,
}

/// What the edge knows of a viewer.
#[derive(Clone, Debug)]
pub struct ViewerFacts {
    /// Its address (QH-03).
    pub ip: Arc<str>,
    /// Its port (QH-17).
    pub port: u16,
    /// Its country, ISO 3166-1 alpha-2, if known (QH-14).
    pub country: Option<Arc<str>>,
    /// Its city, if known (QH-16).
    pub city: Option<Arc<str>>,
    /// The number of its autonomous system, if known (QH-17).
    pub as_number: Option<u32>,
}

/// What X-Cache says (XC-01 to XC-04): first whether it is an error, then whether and how the origin was asked.
pub const fn x_cache(is_error: bool, contact: Contact) -> &'static str {
    match contact {
        _ if is_error => "Error from cloudfront",   // XC-04, ERR-21
        Contact::None => "Hit from cloudfront",     // XC-01, XC-11
        Contact::Fetched => "Miss from cloudfront", // XC-02
        Contact::Validated | Contact::StaleOnError => "RefreshHit from cloudfront", // XC-03, STALE-14
    }
}

/// What X-Cache says in a response to a viewer, unless a policy took it away (XC-13): the edge's own comes behind one of the
/// origin's.
pub fn said_by_x_cache(response: &Response) -> Option<&str> {
    response.fields.all("X-Cache").last()
}

/// The value of Via on the way to the viewer (RH-01).
pub(super) fn via(identity: &Identity) -> String {
    format!("1.1 {}.cloudfront.net (CloudFront)", identity.via_name)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
