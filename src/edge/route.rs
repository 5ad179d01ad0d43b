//! Where a POP turns when it has no answer: to its regional edge cache, or past it (REC-01 to REC-09).

use serde::{Deserialize, Serialize};

use super::Layer;
use crate::distribution::{Behavior, Origin, OriginKind};
use crate::http::Method;

/// Who is asked next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upstream<'a> {
    /// The regional edge cache of the POP.
    Rec,
    /// The regional edge cache in this Region, as Origin Shield.
    Shield(&'a str),
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
    /// A POP asks Origin Shield past its REC (SHD-05, SHD-06).
    PastRecToShield {
        /// Why not the REC.
        bypass: Bypass,
        /// The Shield's Region.
        region: String,
    },
    /// A REC asks the origin.
    FromRec,
    /// A REC asks Origin Shield (SHD-01).
    ToShield {
        /// The Shield's Region.
        region: String,
    },
    /// Origin Shield asks the origin.
    FromShield,
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
    /// The way of a request on from a tier in this layer; `rec_region` is that of the POP's REC, and the threshold that of
    /// REC-05.
    pub fn choose(
        layer: Layer,
        method: Method,
        behavior: &Behavior,
        origin: &Origin,
        rec_region: &str,
        threshold_secs: u64,
    ) -> Self {
        match layer {
            Layer::Pop => {}
            Layer::Rec => {
                return match shield_of(origin, rec_region) {
                    // SHD-02, SHD-08: where the REC is the Shield itself, there is no further hop.
                    Some(region) if region != rec_region => {
                        Self::ToShield { region: region.into() } // SHD-01, SHD-03
                    }
                    _ => Self::FromRec, // FLOW-06
                };
            }
            Layer::Shield => return Self::FromShield,
        }
        let max_secs = behavior.cache_policy.ttl.max;
        let bypass = if !matches!(method, Method::Get | Method::Head) {
            Bypass::ProxyMethod(method) // REC-01, REC-02
        } else if behavior.is_caching_disabled() {
            Bypass::CachingDisabled // REC-03, REC-05
        } else if max_secs < threshold_secs {
            Bypass::ShortMaxTtl { max_secs, threshold_secs } // REC-04, REC-05
        } else if origin.kind == OriginKind::S3Bucket && origin.region == rec_region {
            return Self::PastRec(Bypass::SameRegion { region: rec_region.to_owned() }); // REC-06, REC-09
        } else {
            return Self::ThroughRec; // FLOW-04, REC-07, REC-08
        };
        match shield_of(origin, rec_region) {
            // SHD-05, SHD-06, SHD-17: a further layer always, the local REC's own Region included.
            Some(region) => Self::PastRecToShield { bypass, region: region.to_owned() },
            None => Self::PastRec(bypass),
        }
    }

    /// Who is asked next on this way.
    pub fn upstream(&self) -> Upstream<'_> {
        match self {
            Self::ThroughRec => Upstream::Rec,
            Self::ToShield { region } | Self::PastRecToShield { region, .. } => {
                Upstream::Shield(region)
            }
            Self::PastRec(_) | Self::FromRec | Self::FromShield => Upstream::Origin,
        }
    }

    /// Why the POP skipped its REC, if it did.
    pub const fn bypass(&self) -> Option<&Bypass> {
        match self {
            Self::PastRec(bypass) | Self::PastRecToShield { bypass, .. } => Some(bypass),
            _ => None,
        }
    }
}

/// The Region of the Origin Shield that stands between this REC and the origin, if one does.
///
/// SHD-13 (MODEL): requests whose REC lies in the origin's own Region bypass the Shield.
pub fn shield_of<'a>(origin: &'a Origin, rec_region: &str) -> Option<&'a str> {
    let is_home = || origin.region == rec_region && origin.is_in_aws(); // SHD-13
    origin.shield_region.as_deref().filter(|_| !is_home()) // SHD-04, SHD-09
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
        let layer = Layer::Pop;
        Route::choose(layer, method, &behavior, origin, "eu-central-1", threshold_secs)
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
        let region = "eu-central-1";
        let website = "shop.s3-website.eu-central-1.amazonaws.com".to_owned();
        for origin in [
            Origin::load_balancer("o", "api", region),
            Origin::new("o", website, OriginKind::S3Website, region),
        ] {
            let route = way(Method::Get, managed::caching_optimized(), &origin);
            assert_eq!(route, Route::ThroughRec, "REC-08 {}", origin.domain);
        }
    }

    #[test]
    fn shd_01_02_05_06_13_17_the_shield_stands_before_the_origin() {
        let shielded = |region: &str, shield: &str| Origin {
            shield_region: Some(shield.into()),
            ..Origin::load_balancer("o", "api", region)
        };
        let way = |layer, method, policy, origin: &Origin| {
            let behavior = Behavior::new("*", "o", policy);
            Route::choose(layer, method, &behavior, origin, "eu-central-1", 3600)
        };
        let on = managed::caching_optimized;
        let far = shielded("us-east-1", "us-east-1");
        let to_shield = Route::ToShield { region: "us-east-1".into() };
        assert_eq!(way(Layer::Pop, Method::Get, on(), &far), Route::ThroughRec, "SHD-01");
        assert_eq!(way(Layer::Rec, Method::Get, on(), &far), to_shield, "SHD-01");
        assert_eq!(way(Layer::Shield, Method::Get, on(), &far), Route::FromShield, "SHD-01");
        let near = shielded("us-east-1", "eu-central-1");
        assert_eq!(way(Layer::Rec, Method::Get, on(), &near), Route::FromRec, "SHD-02");
        for (row, method, policy) in [
            ("SHD-05", Method::Post, on()),
            ("SHD-06", Method::Get, managed::caching_disabled()),
            ("SHD-17", Method::Options, on()),
        ] {
            for origin in [&far, &near] {
                let route = way(Layer::Pop, method, policy.clone(), origin);
                let Route::PastRecToShield { region, .. } = &route else {
                    panic!("{row}: {route:?}")
                };
                assert_eq!(Some(region), origin.shield_region.as_ref(), "{row}");
                assert!(route.bypass().is_some() && route.upstream() == Upstream::Shield(region));
            }
        }
        let home = shielded("eu-central-1", "us-east-1");
        assert_eq!(way(Layer::Rec, Method::Get, on(), &home), Route::FromRec, "SHD-13");
        let direct = way(Layer::Pop, Method::Post, on(), &home);
        assert_eq!(direct, Route::PastRec(Bypass::ProxyMethod(Method::Post)), "SHD-13");
        let dynamic = way(Layer::Pop, Method::Get, managed::caching_disabled(), &home);
        assert_eq!(dynamic, Route::PastRec(Bypass::CachingDisabled), "SHD-13");
        let mut bucket = Origin::s3_bucket("o", "b", "eu-central-1");
        bucket.shield_region = Some("us-east-1".into());
        let same = Bypass::SameRegion { region: "eu-central-1".into() };
        let direct = way(Layer::Pop, Method::Get, on(), &bucket);
        assert_eq!(direct, Route::PastRec(same), "SHD-13, REC-06");
        // REC-14: the stand-in Region of those whose name tells none, in REC-06 and in SHD-13.
        for (kind, domain) in [
            (OriginKind::S3Bucket, "legacy-assets.s3.amazonaws.com"),
            (OriginKind::S3Bucket, "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com"),
            (OriginKind::VpcOrigin, "app.shop.internal"),
        ] {
            let is_bucket = kind == OriginKind::S3Bucket;
            for (region, is_here) in [("eu-central-1", true), ("us-east-1", false)] {
                let mut origin = Origin::new("o", domain.into(), kind, region);
                let direct = way(Layer::Pop, Method::Get, on(), &origin).bypass().is_some();
                assert_eq!(direct, is_here && is_bucket, "REC-14, REC-06 {domain} {region}");
                origin.shield_region = Some("us-east-1".into());
                let route = way(Layer::Rec, Method::Get, on(), &origin);
                assert_eq!(route == Route::FromRec, is_here, "REC-14, SHD-13 {domain} {region}");
            }
        }
        // A web server elsewhere only stands near a Region; one whose name is a bucket's stands in its Region (UV-08). Another
        // distribution stands in none (DP-24).
        for (kind, domain, is_home) in [
            (OriginKind::WebServer, "www.example.com", false),
            (OriginKind::WebServer, "media.s3.eu-central-1.amazonaws.com", true),
            (OriginKind::CloudFront, "d222222abcdef8.cloudfront.net", false),
            (OriginKind::VpcOrigin, "ip-10-0-0-1.eu-central-1.compute.internal", true),
        ] {
            let mut server = Origin::new("o", domain.into(), kind, "eu-central-1");
            server.shield_region = Some("us-east-1".into());
            let route = way(Layer::Rec, Method::Get, on(), &server);
            assert_eq!(route == Route::FromRec, is_home, "SHD-13 {domain}: {route:?}");
        }
    }
}
