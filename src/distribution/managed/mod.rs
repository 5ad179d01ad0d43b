//! The managed policies that AWS ships (distribution.md section 3; caching.md section 3.5, POL-01 to POL-07).
//!
//! They are named as the console names them, without the prefix `Managed-` of the API. The functions that give one
//! policy know nothing of the others; those that look an id up know them all.

mod cache;
pub use cache::{
    cache_policies, cache_policy, caching_disabled, caching_optimized, id_of_cache_policy,
    use_origin_cache_control_headers,
};

mod origin_request;
pub use origin_request::{
    all_viewer_except_host_header, id_of_origin_request_policy, origin_request_policies,
    origin_request_policy,
};

mod response_headers;
pub use response_headers::{
    id_of_response_headers_policy, response_headers_policies, response_headers_policy,
};

use super::Selection;

/// A selection as it stands in a table.
#[derive(Clone, Copy)]
enum Names {
    None,
    All,
    Only(&'static [&'static str]),
    AllExcept(&'static [&'static str]),
}

impl Names {
    fn selection(self) -> Selection {
        match self {
            Self::None => Selection::None,
            Self::All => Selection::All,
            Self::Only(names) => Selection::Only(owned(names)),
            Self::AllExcept(names) => Selection::AllExcept(owned(names)),
        }
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
