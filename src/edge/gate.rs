//! What a POP refuses before it looks into any cache (security-logs-edge.md section 5.1).

use serde::{Deserialize, Serialize};

use crate::distribution::{AllowedMethods, Behavior};
use crate::http::{Method, Request, Status};

/// Why a POP answers 403 by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The method is outside the behavior's allowed set (MET-04, VSEC-08).
    MethodNotAllowed(Method),
    /// GET with a body (MET-08, LIM-07).
    GetWithBody {
        /// The body's length in bytes.
        content_length: u64,
    },
}

impl Refusal {
    /// The status of the POP's own answer.
    pub const fn status(self) -> Status {
        Status::FORBIDDEN
    }
}

/// Step 8 of the order of checks.
pub fn check(request: &Request, behavior: &Behavior) -> Result<(), Refusal> {
    let is_allowed = match behavior.allowed_methods {
        AllowedMethods::GetHead => matches!(request.method, Method::Get | Method::Head),
        AllowedMethods::GetHeadOptions => {
            matches!(request.method, Method::Get | Method::Head | Method::Options)
        }
        AllowedMethods::All => true,
    };
    if !is_allowed {
        return Err(Refusal::MethodNotAllowed(request.method));
    }
    if request.method == Method::Get && request.content_length > 0 {
        return Err(Refusal::GetWithBody { content_length: request.content_length });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::distribution::managed;
    use crate::http::Target;

    fn given(
        method: Method,
        content_length: u64,
        allowed_methods: AllowedMethods,
    ) -> Result<(), Refusal> {
        let behavior =
            Behavior { allowed_methods, ..Behavior::new("*", "o", managed::caching_optimized()) };
        let target = Target::parse("/").unwrap();
        let request = Request::new(method, target, Arc::default());
        check(&Request { content_length, ..request }, &behavior)
    }

    #[test]
    fn met_04_05_the_three_sets() {
        let allowed =
            |set| Method::ALL.into_iter().filter(|method| given(*method, 0, set).is_ok()).count();
        assert_eq!(allowed(AllowedMethods::GetHead), 2);
        assert_eq!(allowed(AllowedMethods::GetHeadOptions), 3);
        assert_eq!(allowed(AllowedMethods::All), 7);
        let refused = given(Method::Post, 0, AllowedMethods::GetHead);
        assert_eq!(refused, Err(Refusal::MethodNotAllowed(Method::Post)));
    }

    #[test]
    fn met_08_lim_07_get_with_a_body() {
        let refused = given(Method::Get, 3, AllowedMethods::All);
        assert_eq!(refused, Err(Refusal::GetWithBody { content_length: 3 }));
        assert_eq!(given(Method::Post, 3, AllowedMethods::All), Ok(()));
    }
}
