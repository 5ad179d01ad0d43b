//! Fields that the edge adds, changes and removes (caching.md sections 2.4 and 7).

mod cloudfront;
mod identity;
mod origin_request;
mod policy;
pub mod server_timing;
mod viewer_response;

pub use cloudfront::as_the_edge_sees_it;
pub(super) use cloudfront::own_fields;
pub use identity::{EdgeLocation, Identity, Parties, RequestId, ViewerFacts, ViewerHandshake};
pub use origin_request::origin_request;
pub use server_timing::ServerTiming;
pub use viewer_response::{Dressing, dressed_bytes, viewer_response};

use crate::http::Response;

/// What X-Cache says in a response to a viewer, unless a policy took it away (XC-13): the edge's own comes behind one of the
/// origin's.
pub fn said_by_x_cache(response: &Response) -> Option<&str> {
    response.fields.all("X-Cache").last()
}

fn is_one_of(name: &str, names: &[impl AsRef<str>]) -> bool {
    names.iter().any(|known| known.as_ref().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
