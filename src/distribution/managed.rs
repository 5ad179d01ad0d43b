//! The managed policies that AWS ships (caching.md section 3.5, POL-01 to POL-07).

use super::{CachePolicy, OriginRequestPolicy, Selection, TtlBounds};

/// Minimum 1 s, default a day, maximum a year; nothing but the path and Accept-Encoding in the key (POL-01).
pub fn caching_optimized() -> CachePolicy {
    CachePolicy {
        name: "CachingOptimized".into(),
        ttl: TtlBounds { min: 1, default: 86_400, max: 31_536_000 },
        key_headers: Vec::new(),
        cookies: Selection::None,
        query: Selection::None,
        gzip: true,
        brotli: true,
        legacy: None,
    }
}

/// All three TTLs 0: nothing is answered from a cache (POL-03).
pub fn caching_disabled() -> CachePolicy {
    CachePolicy {
        name: "CachingDisabled".into(),
        ttl: TtlBounds { min: 0, default: 0, max: 0 },
        gzip: false,
        brotli: false,
        ..caching_optimized()
    }
}

/// The origin decides: minimum and default 0, maximum a year (POL-04).
pub fn use_origin_cache_control_headers() -> CachePolicy {
    let key_headers =
        ["Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];
    CachePolicy {
        name: "UseOriginCacheControlHeaders".into(),
        ttl: TtlBounds { min: 0, default: 0, max: 31_536_000 },
        key_headers: key_headers.map(String::from).to_vec(),
        cookies: Selection::All,
        ..caching_optimized()
    }
}

/// All viewer fields but Host, all cookies, all query parameters (ORP-08).
pub fn all_viewer_except_host_header() -> OriginRequestPolicy {
    OriginRequestPolicy {
        name: "AllViewerExceptHostHeader".into(),
        headers: Selection::AllExcept(vec!["Host".into()]),
        cookies: Selection::All,
        query: Selection::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pol_01_03_04_bounds_and_keys() {
        assert_eq!(caching_optimized().ttl, TtlBounds { min: 1, default: 86_400, max: 31_536_000 });
        assert!(caching_disabled().ttl.is_off() && !caching_disabled().gzip);
        let by_origin = use_origin_cache_control_headers();
        assert!(by_origin.ttl.min == 0 && by_origin.ttl.default == 0 && !by_origin.ttl.is_off());
        assert!(by_origin.cookies.takes("session") && !by_origin.query.takes("q"));
    }

    #[test]
    fn orp_08_everything_goes_but_host() {
        let policy = all_viewer_except_host_header();
        assert!(
            policy.headers.takes_field("Accept-Language") && !policy.headers.takes_field("host")
        );
    }
}
