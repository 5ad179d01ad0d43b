//! Fields that the edge adds, changes and removes (caching.md sections 2.4 and 7).

mod cloudfront;
mod identity;
mod origin_request;
mod policy;
pub mod server_timing;
mod viewer_response;

pub use cloudfront::as_the_edge_sees_it;
pub use identity::{EdgeLocation, Identity, Parties, RequestId, ViewerFacts};
pub use origin_request::origin_request;
pub use server_timing::ServerTiming;
pub use viewer_response::{Dressing, dressed_bytes, viewer_response};

use super::Contact;
use crate::http::Response;

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

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
