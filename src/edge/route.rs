//! Where a POP turns when it has no answer: to its regional edge cache, or past it (REC-01 to REC-09).

use serde::{Deserialize, Serialize};

use crate::distribution::{Behavior, Origin, OriginKind};
use crate::http::Method;

/// Who is asked next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Upstream {
    /// The regional edge cache.
    Rec,
    /// The origin.
    Origin,
}

/// The way to the origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// A POP asks its REC (FLOW-04, REC-07, REC-08).
    ThroughRec,
    /// A POP asks the origin itself.
    PastRec(Bypass),
    /// A REC asks the origin.
    FromRec,
}

/// Why a POP skips its REC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bypass {
    /// A proxy method (REC-01, REC-02).
    ProxyMethod(Method),
    /// A dynamic request: the behavior has caching disabled (REC-03, REC-05).
    CachingDisabled,
    /// A dynamic request: nothing may stay longer than the threshold (REC-05).
    ShortMaxTtl {
        /// The behavior's maximum TTL in seconds.
        max_secs: u64,
        /// The threshold in seconds.
        threshold_secs: u64,
    },
    /// The bucket stands in the REC's own Region (REC-06).
    SameRegion {
        /// The Region's code.
        region: String,
    },
}

/// REC-05 (MODEL): a GET or HEAD is dynamic where the behavior's maximum TTL is below a threshold, by default this one, in
/// seconds. At 0 it is dynamic only where caching is off.
pub const DYNAMIC_MAX_TTL_SECS: u64 = 3600;

impl Route {
    /// The way of a request through a POP whose REC lies in `rec_region`, with the threshold of REC-05.
    pub fn choose(
        method: Method,
        behavior: &Behavior,
        origin: &Origin,
        rec_region: &str,
        threshold_secs: u64,
    ) -> Self {
        if !matches!(method, Method::Get | Method::Head) {
            return Self::PastRec(Bypass::ProxyMethod(method)); // REC-01, REC-02
        }
        if behavior.is_caching_disabled() {
            return Self::PastRec(Bypass::CachingDisabled); // REC-03, REC-05
        }
        let max_secs = behavior.cache_policy.ttl.max;
        if max_secs < threshold_secs {
            return Self::PastRec(Bypass::ShortMaxTtl { max_secs, threshold_secs }); // REC-05
        }
        if origin.kind == OriginKind::S3Bucket && origin.region == rec_region {
            return Self::PastRec(Bypass::SameRegion { region: rec_region.to_owned() }); // REC-06
        }
        Self::ThroughRec // REC-07, REC-08
    }

    /// Who is asked next on this way.
    pub const fn upstream(&self) -> Upstream {
        match self {
            Self::ThroughRec => Upstream::Rec,
            Self::PastRec(_) | Self::FromRec => Upstream::Origin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{CachePolicy, TtlBounds, managed};

    fn way(method: Method, policy: CachePolicy, origin: &Origin) -> Route {
        way_at(DYNAMIC_MAX_TTL_SECS, method, policy, origin)
    }

    fn way_at(threshold_secs: u64, method: Method, policy: CachePolicy, origin: &Origin) -> Route {
        let behavior = Behavior::new("*", "o", policy);
        Route::choose(method, &behavior, origin, "eu-central-1", threshold_secs)
    }

    fn bucket(region: &str) -> Origin {
        Origin::s3_bucket("o", "shop-media", region)
    }

    #[test]
    fn rec_01_02_proxy_methods_go_past() {
        for method in [Method::Put, Method::Post, Method::Patch, Method::Options, Method::Delete] {
            let route = way(method, managed::caching_optimized(), &bucket("us-east-1"));
            assert_eq!(route, Route::PastRec(Bypass::ProxyMethod(method)));
        }
        for method in [Method::Get, Method::Head] {
            assert_eq!(
                way(method, managed::caching_optimized(), &bucket("us-east-1")),
                Route::ThroughRec
            );
        }
    }

    #[test]
    fn rec_03_04_05_dynamic_requests_go_past() {
        let off = way(Method::Get, managed::caching_disabled(), &bucket("us-east-1"));
        assert_eq!(off, Route::PastRec(Bypass::CachingDisabled));
        let up_to_at = |threshold_secs, max| {
            let ttl = TtlBounds { min: 0, default: 60.min(max), max };
            let policy = CachePolicy { ttl, ..managed::caching_optimized() };
            way_at(threshold_secs, Method::Get, policy, &bucket("us-east-1"))
        };
        let up_to = |max| up_to_at(DYNAMIC_MAX_TTL_SECS, max);
        let short = Bypass::ShortMaxTtl { max_secs: 3599, threshold_secs: 3600 };
        assert_eq!(up_to(3599), Route::PastRec(short));
        assert_eq!(up_to(3600), Route::ThroughRec);
        assert_eq!(up_to_at(0, 1), Route::ThroughRec, "REC-05: 0 means only with caching off");
        assert_eq!(up_to_at(0, 0), Route::PastRec(Bypass::CachingDisabled));
    }

    #[test]
    fn rec_06_07_08_only_a_bucket_in_the_recs_own_region_is_asked_directly() {
        let here = Bypass::SameRegion { region: "eu-central-1".into() };
        assert_eq!(
            way(Method::Get, managed::caching_optimized(), &bucket("eu-central-1")),
            Route::PastRec(here)
        );
        assert_eq!(
            way(Method::Get, managed::caching_optimized(), &bucket("eu-west-1")),
            Route::ThroughRec
        );
        let balancer = Origin::load_balancer("o", "api", "eu-central-1");
        assert_eq!(way(Method::Get, managed::caching_optimized(), &balancer), Route::ThroughRec);
    }
}
