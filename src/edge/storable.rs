//! What may be stored at all (caching.md sections 1.4, 2.1 and 4.1).

use serde::{Deserialize, Serialize};

use super::freshness::{self, Lifetime};
use crate::distribution::{Behavior, ErrorResponse, OriginKind};
use crate::http::cache_control::CacheControl;
use crate::http::{Field, Fields, Method, Response, Status};

/// Why a response was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotStored {
    /// The method's responses are never stored (REC-01, MET-02).
    Method(Method),
    /// All three TTLs of the behavior are 0 (TTL-27, ERR-12).
    CachingDisabled,
    /// A status on no list of what can be kept (ERR-02 to ERR-05, ERR-08).
    Status(Status),
    /// A 304 for a key that is not stored: it answers the viewer's own condition (REV-12).
    NotModified,
    /// REV-05 (MODEL): a 304 to the condition of a tier below, which holds the body. This tier holds nothing that it
    /// could freshen and got no body, so it keeps nothing.
    ConfirmedBelow,
    /// Larger than the whole store.
    TooLarge {
        /// Of body and fields.
        size_bytes: u64,
        /// Of the store.
        capacity_bytes: u64,
    },
    /// It broke off before its last byte (XFER-05, XFER-06).
    BrokenOff,
    /// The viewer left before it was served, and nobody else waits for it (XFER-08).
    ViewerLeft,
    /// An invalidation reached this tier while it was under way (INV-38).
    Invalidated,
    /// It is an error of the origin, or stands in for one, and what is stored is fresh (ERR-39, MODEL).
    FreshHeld,
    /// It answers a HEAD, and of another version the content is stored, which stays (MET-16, MODEL).
    ContentHeld,
    /// It takes the place of an error that is not kept (CEP-11, ERR-12).
    PageOfUnkept,
    /// It sent the request to the other origin of its group, which remembers no failure (FO-06).
    FailedOver,
}

/// What of a request's settings bears on keeping its answer.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The behavior that matched.
    pub behavior: &'a Behavior,
    /// The kind of the origin that answered.
    pub kind: OriginKind,
    /// The error caching minimum TTL of the answer's status, in seconds.
    pub error_min_ttl_secs: u64,
    /// Where this is a page that takes an error's place: what becomes of it.
    pub page: Option<PageKept>,
}

/// What becomes of a page that takes an error's place. One whose path has a behavior of its own is kept like anything
/// else (CEP-05).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKept {
    /// It is kept for as many seconds as the error, whatever it says itself (CEP-04).
    ForSecs(u64),
    /// The error is not kept, and so neither is its page (CEP-11, ERR-12).
    NotAtAll,
}

/// The lifetime of a response to a request of this method, or why it is not kept.
///
/// What `no-store`, `no-cache` or `private` forbids to serve is kept all the same, stale at once: it stands in where the
/// origin cannot be reached (STALE-10). `cc` is its Cache-Control, `now_unix` the time of its receipt in whole Unix seconds.
pub fn assess(
    method: Method,
    response: &Response,
    cc: &CacheControl,
    terms: Terms<'_>,
    now_unix: u64,
) -> Result<Lifetime, NotStored> {
    let bounds = terms.behavior.cache_policy.ttl;
    // AUTH-07 (MODEL): of the request nothing but the method counts.
    if !terms.behavior.caches(method) {
        return Err(NotStored::Method(method)); // REC-01, MET-02
    }
    if terms.behavior.is_caching_disabled() {
        return Err(NotStored::CachingDisabled); // TTL-27, ERR-12
    }
    match response.status {
        Status::NOT_MODIFIED => Err(NotStored::NotModified), // TTL-25, REV-12
        // SETC-04: whatever fields it has.
        status if status.is_success_or_redirect() => {
            match terms.page {
                Some(PageKept::NotAtAll) => Err(NotStored::PageOfUnkept), // CEP-11, ERR-12
                Some(PageKept::ForSecs(secs)) => Ok(freshness::page_lifetime(secs, bounds)), // CEP-04
                None => Ok(freshness::lifetime(&response.fields, cc, bounds, now_unix)), // TTL-14
            }
        }
        // REC-11, REC-13: by every tier on the way, until the same instant; ERR-37 (MODEL): in place of an older copy.
        status if is_error_kept(status, cc) => {
            let (min_secs, kind) = (terms.error_min_ttl_secs, terms.kind);
            Ok(freshness::error_lifetime(&response.fields, cc, bounds, now_unix, min_secs, kind))
        }
        status => Err(NotStored::Status(status)),
    }
}

/// The part of a response that is stored: without Set-Cookie where the behavior forwards no cookies (SETC-01), and without
/// the fields that `no-cache="…"` or `private="…"` names (SETC-03, TTL-18, TTL-19). `cc` is its Cache-Control.
pub fn stored_part(response: &Response, cc: &CacheControl, behavior: &Behavior) -> Response {
    let is_withheld = |field: &Field| {
        (field.is("Set-Cookie") && !behavior.forwards_cookies()) // SETC-01, SETC-02
            || cc.withheld_fields.iter().any(|name| field.is(name))
    };
    if !response.fields.iter().any(is_withheld) {
        return response.clone();
    }
    let kept: Fields =
        response.fields.iter().filter(|field| !is_withheld(field)).cloned().collect();
    Response { fields: kept.into(), ..response.clone() }
}

fn is_error_kept(status: Status, cc: &CacheControl) -> bool {
    let has_lifetime = cc.s_maxage.or(cc.max_age).is_some();
    match status.0 {
        404 | 410 | 414 | 501 => !cc.forbids(), // ERR-01, ERR-08, ERR-10, ERR-15
        500 | 502 | 503 | 504 => true,          // ERR-01, ERR-09
        status if ErrorResponse::needs_lifetime(status) => has_lifetime, // ERR-02, ERR-03
        _ => false,                             // ERR-04, ERR-05
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::distribution::{TtlBounds, managed};
    use crate::http::Body;

    fn check(method: Method, status: u16, fields: &str, min: u64) -> Result<u64, NotStored> {
        let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
        behavior.cache_policy.ttl = TtlBounds { min, default: 300, max: 600 };
        let fields = Arc::new(Fields::parse(fields).unwrap());
        let response = Response { status: Status(status), fields, body: Body::default() };
        of(method, &response, terms(&behavior)).map(|lifetime| lifetime.secs)
    }

    fn of(method: Method, response: &Response, terms: Terms<'_>) -> Result<Lifetime, NotStored> {
        assess(method, response, &CacheControl::of(&response.fields), terms, 0)
    }

    fn terms(behavior: &Behavior) -> Terms<'_> {
        let kind = OriginKind::LoadBalancer;
        Terms { behavior, kind, error_min_ttl_secs: 10, page: None }
    }

    #[test]
    fn rec_01_met_01_02_only_get_and_head_are_kept() {
        for method in [Method::Get, Method::Head] {
            assert_eq!(check(method, 200, "", 0), Ok(300), "MET-01");
        }
        for method in [Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options] {
            assert_eq!(
                check(method, 200, "Cache-Control: max-age=60", 0),
                Err(NotStored::Method(method))
            );
        }
    }

    #[test]
    fn ttl_05_09_14_25_30_success_and_redirects() {
        for status in [200, 201, 202, 203, 204, 226, 300, 301, 302, 303, 305, 307, 308] {
            assert_eq!(check(Method::Get, status, "", 0), Ok(300), "TTL-14, TTL-25 {status}");
            let fields = "Cache-Control: max-age=60";
            assert_eq!(check(Method::Get, status, fields, 0), Ok(60), "TTL-14, TTL-25 {status}");
        }
        for directive in ["private", "no-store", "no-cache", "no-cache, max-age=3600"] {
            let fields = format!("Cache-Control: {directive}");
            assert_eq!(check(Method::Get, 200, &fields, 0), Ok(0), "TTL-05, STALE-10");
        }
        assert_eq!(check(Method::Get, 200, "Cache-Control: private", 60), Ok(60), "TTL-09");
        assert_eq!(check(Method::Get, 200, "Cache-Control: no-cache", 0), Ok(0), "TTL-30");
        assert_eq!(check(Method::Get, 304, "", 0), Err(NotStored::NotModified), "TTL-25");
    }

    #[test]
    fn err_01_to_10_which_errors_are_kept() {
        for status in [404, 410, 414, 500, 501, 502, 503, 504] {
            assert_eq!(check(Method::Get, status, "", 0), Ok(10), "ERR-01, ERR-10 {status}");
        }
        for status in [400, 403, 405, 412, 415] {
            assert_eq!(
                check(Method::Get, status, "", 0),
                Err(NotStored::Status(Status(status))),
                "ERR-03"
            );
            assert_eq!(
                check(Method::Get, status, "Cache-Control: max-age=60", 0),
                Ok(60),
                "ERR-02"
            );
        }
        let unreadable = check(Method::Get, 403, "Cache-Control: max-age=abc", 0);
        assert_eq!(unreadable, Err(NotStored::Status(Status(403))), "TTL-32");
        for status in [401, 416, 429, 451, 505] {
            let kept = check(Method::Get, status, "Cache-Control: max-age=60", 0);
            assert_eq!(kept, Err(NotStored::Status(Status(status))), "ERR-04, ERR-05");
        }
        for directive in ["no-store", "no-cache", "private"] {
            let with = |status, more: &str| {
                check(Method::Get, status, &format!("Cache-Control: {directive}{more}"), 0)
            };
            for status in [404, 410, 414, 501] {
                let refused = Err(NotStored::Status(Status(status)));
                assert_eq!(with(status, ", max-age=60"), refused, "ERR-08 {status}");
            }
            for status in [500, 502, 503, 504] {
                assert_eq!(with(status, ""), Ok(10), "ERR-09 {status}");
            }
            for status in [400, 403, 405, 412, 415] {
                let refused = Err(NotStored::Status(Status(status)));
                assert_eq!(with(status, ""), refused, "ERR-09 {status}");
            }
        }
    }

    #[test]
    fn err_13_a_buckets_error_is_kept_for_a_second_at_least() {
        let kept = |kind, policy| {
            let behavior = Behavior::new("*", "o", policy);
            let (status, fields) = (Status::NOT_FOUND, Arc::default());
            let response = Response { status, fields, body: Body::default() };
            let terms = Terms { kind, error_min_ttl_secs: 0, ..terms(&behavior) };
            of(Method::Get, &response, terms).map(|lifetime| lifetime.secs)
        };
        assert_eq!(kept(OriginKind::S3Bucket, managed::caching_optimized()), Ok(1), "ERR-13");
        for kind in [OriginKind::S3Website, OriginKind::LoadBalancer] {
            assert_eq!(kept(kind, managed::caching_optimized()), Ok(0), "ERR-13 {kind:?}");
        }
        let off = kept(OriginKind::S3Bucket, managed::caching_disabled());
        assert_eq!(off, Err(NotStored::CachingDisabled), "ERR-12");
    }

    #[test]
    fn ttl_27_err_12_nothing_is_kept_with_caching_disabled() {
        let behavior = Behavior::new("*", "o", managed::caching_disabled());
        for status in [200, 404] {
            let response =
                Response { status: Status(status), fields: Arc::default(), body: Body::default() };
            let kept = of(Method::Get, &response, terms(&behavior));
            assert_eq!(kept, Err(NotStored::CachingDisabled));
        }
    }

    #[test]
    fn err_08_15_a_501_that_forbids_it_is_kept_by_no_minimum() {
        for directive in ["no-cache", "no-store", "private"] {
            let fields = format!("Cache-Control: {directive}");
            let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
            behavior.cache_policy.ttl = TtlBounds { min: 60, default: 300, max: 600 };
            let fields = Arc::new(Fields::parse(&fields).unwrap());
            let response = Response { status: Status(501), fields, body: Body::default() };
            let terms = Terms { kind: OriginKind::S3Bucket, ..terms(&behavior) };
            let kept = of(Method::Get, &response, terms);
            assert_eq!(kept, Err(NotStored::Status(Status(501))), "ERR-15 {directive}");
        }
    }
}
