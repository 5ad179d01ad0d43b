//! The three examples (EX-01 to EX-03), held against what their files say.

use edgewalk::distribution::{
    AllowedMethods, Behavior, CachePolicy, ErrorPage, ErrorResponse, LegacySettings, Origin,
    OriginAccess, OriginGroup, OriginKind, OriginLimits, OriginProtocol, PathPattern, PriceClass,
    Selection, Signing, TlsProtocol, TtlBounds, ViewerProtocolPolicy, managed as policy,
};

use crate::{API_AND_MEDIA, LEGACY, Read, S3_SITE, managed, read};

fn example(text: &str) -> Read {
    read(text, &managed()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn bucket(id: &str, name: &str, region: &str) -> Origin {
    Origin::s3_bucket(id, name, region)
}

/// By place in the file; the default behavior comes last.
fn summary(behavior: &Behavior) -> (&str, &str, ViewerProtocolPolicy, AllowedMethods, bool, bool) {
    (
        behavior.pattern.as_str(),
        &behavior.origin_id,
        behavior.viewer_protocol,
        behavior.allowed_methods,
        behavior.caches_options,
        behavior.compress,
    )
}

/// The names of a behavior's policies.
fn policies(behavior: &Behavior) -> [&str; 3] {
    [
        &behavior.cache_policy.name,
        behavior.origin_request_policy.as_ref().map_or("", |policy| &policy.name),
        behavior.response_headers_policy.as_ref().map_or("", |policy| &policy.name),
    ]
}

/// With an access control that is only named, and so signs always (IM-09).
fn controlled(origin: Origin, id: &str) -> Origin {
    let access = OriginAccess::Control { id: id.into(), signing: Signing::Always };
    Origin { access, ..origin }
}

fn page(status: u16, page: Option<(&str, u16)>, min_ttl_secs: u64) -> ErrorResponse {
    let page = page.map(|(path, status)| ErrorPage { path: path.into(), status });
    ErrorResponse { status, page, min_ttl_secs }
}

#[test]
fn ex_01_s3_site() {
    use AllowedMethods::GetHead;
    use ViewerProtocolPolicy::RedirectToHttps;
    let Read { distribution, kept } = example(S3_SITE);
    assert!(distribution.aliases.is_empty() && distribution.origin_groups.is_empty());
    assert_eq!(distribution.default_root_object.as_deref(), Some("index.html"));
    let site = bucket("site-bucket", "example-spa-site", "eu-central-1");
    assert_eq!(distribution.origins, [controlled(site, "E1OACEXAMPLE001")]);
    let [default] = &distribution.behaviors[..] else { panic!("one behavior") };
    let expected = ("*", "site-bucket", RedirectToHttps, GetHead, false, true);
    assert_eq!(summary(default), expected);
    assert_eq!(policies(default), ["CachingOptimized", "", "SecurityHeadersPolicy"]);
    assert_eq!(default.cache_policy, policy::caching_optimized());
    assert_eq!(distribution.error_responses, [page(403, Some(("/index.html", 200)), 10)]);
    assert_eq!(distribution.cache_tag_header, None);
    assert_eq!(distribution.price_class, PriceClass::Class100, "DS-02");
    assert_eq!(distribution.domain, "d111111abcdef8.cloudfront.net");
    assert!(distribution.is_ipv6_enabled, "DS-14");
    assert_eq!(kept, [""; 0]);
}

#[test]
fn ex_02_origins_and_groups_of_api_and_media() {
    let Read { distribution, .. } = example(API_AND_MEDIA);
    assert_eq!(distribution.aliases, ["www.example.com", "media.example.com"]);
    assert_eq!(distribution.default_root_object, None);
    let usual = OriginLimits::default();
    let balancer = Origin {
        custom_headers: vec![("X-Origin-Verify".into(), "replace-with-a-secret".into())],
        protocol: OriginProtocol::HttpsOnly,
        limits: OriginLimits { response_secs: 60, keep_alive_secs: 30, ..usual },
        ..Origin::load_balancer("app-alb", "example-app-1234567890", "eu-west-1")
    };
    let primary = Origin {
        shield_region: Some("eu-west-1".into()),
        limits: OriginLimits { attempts: 2, connect_secs: 3, ..usual },
        ..bucket("media-primary", "example-media-eu", "eu-west-1")
    };
    let replica = Origin {
        shield_region: Some("us-east-1".into()),
        ..bucket("media-replica", "example-media-us", "us-east-1")
    };
    let live_domain = "3ae97e9482b0d011.mediapackage.eu-west-1.amazonaws.com".to_owned();
    let live = Origin {
        path: "/out/v1/0f1e2d3c4b5a69788796a5b4c3d2e1f0".into(),
        shield_region: Some("eu-west-1".into()),
        protocol: OriginProtocol::HttpsOnly,
        ..Origin::new("live-mediapackage", live_domain, OriginKind::MediaPackage, "eu-west-1")
    };
    let errors = bucket("error-pages", "example-error-pages", "eu-west-1");
    let [primary, replica, errors] = [primary, replica, errors].map(|origin| {
        let document: serde_json::Value = serde_json::from_str(API_AND_MEDIA).unwrap();
        let all = document["DistributionConfig"]["Origins"]["Items"].as_array().unwrap();
        let own = all.iter().find(|it| it["Id"] == origin.id.as_str()).unwrap();
        controlled(origin, own["OriginAccessControlId"].as_str().unwrap())
    });
    assert_eq!(distribution.origins, [balancer, primary, replica, live, errors]);
    let group = OriginGroup {
        id: "media-failover".into(),
        members: ["media-primary".into(), "media-replica".into()],
        failover_statuses: vec![403, 404, 500, 502, 503, 504],
    };
    assert_eq!(distribution.origin_groups, [group], "OG-02: the primary comes first");
}

#[test]
fn ex_02_behaviors_and_pages_of_api_and_media() {
    use AllowedMethods::{All, GetHead, GetHeadOptions};
    use ViewerProtocolPolicy::{HttpsOnly, RedirectToHttps};
    let Read { distribution, kept } = example(API_AND_MEDIA);
    let expected = [
        ("/errors/*", "error-pages", RedirectToHttps, GetHead, false, true),
        ("/private/*", "media-primary", HttpsOnly, GetHead, false, true),
        ("/live/*", "live-mediapackage", RedirectToHttps, GetHeadOptions, true, true),
        ("/media/*", "media-failover", RedirectToHttps, GetHeadOptions, true, true),
        ("/api/*", "app-alb", HttpsOnly, All, false, false),
        ("*", "app-alb", RedirectToHttps, GetHeadOptions, false, true),
    ];
    assert_eq!(distribution.behaviors.iter().map(summary).collect::<Vec<_>>(), expected);
    let expected = [
        ["CachingOptimized", "", ""],
        ["CachingOptimized", "", ""],
        ["Elemental-MediaPackage", "", "SimpleCORS"],
        ["CachingOptimized", "CORS-S3Origin", "CORS-and-SecurityHeadersPolicy"],
        ["CachingDisabled", "AllViewer", ""],
        ["UseOriginCacheControlHeaders-QueryStrings", "AllViewer", "SecurityHeadersPolicy"],
    ];
    assert_eq!(distribution.behaviors.iter().map(policies).collect::<Vec<_>>(), expected);
    assert_eq!(distribution.origin_of(3).unwrap().1.id, "media-primary");
    let unavailable = Some(("/errors/5xx.html", 503));
    let expected = [
        page(404, Some(("/errors/404.html", 404)), 60),
        page(502, unavailable, 5),
        page(503, unavailable, 5),
        page(504, unavailable, 5),
        page(500, None, 0),
    ];
    assert_eq!(distribution.error_responses, expected);
    let expected = ["CacheBehaviors.Items[4].RealtimeLogConfigArn"];
    assert_eq!(kept, expected);
}

#[test]
fn ex_03_origins_of_legacy() {
    let Read { distribution, kept } = example(LEGACY);
    assert_eq!(distribution.aliases, ["static.example.org", "www.example.org"]);
    assert_eq!(distribution.default_root_object.as_deref(), Some("index.htm"));
    // A global name tells no Region (DP-10).
    let global = "legacy-assets.s3.amazonaws.com".to_owned();
    let assets = Origin {
        path: "/v1".into(),
        access: OriginAccess::Identity { id: "E127EXAMPLE51Z".into() },
        ..Origin::new("S3-legacy-assets", global, OriginKind::S3Bucket, "ap-southeast-2")
    };
    let ec2 = "ec2-203-0-113-25.compute-1.amazonaws.com".to_owned();
    // OR-17: TLS 1.3 may always be, and is named nowhere.
    let ec2 = Origin {
        tls: vec![TlsProtocol::Ssl3, TlsProtocol::Tls10],
        ..Origin::new("Custom-www", ec2, OriginKind::Ec2, "us-east-1")
    };
    let site = "legacy-docs.s3-website-us-west-2.amazonaws.com".to_owned();
    let site = Origin {
        protocol: OriginProtocol::HttpOnly,
        tls: vec![TlsProtocol::Tls10, TlsProtocol::Tls11, TlsProtocol::Tls12],
        ..Origin::new("S3-Website-docs", site, OriginKind::S3Website, "us-west-2")
    };
    assert_eq!(distribution.origins, [assets, ec2, site]);
    assert_eq!(distribution.origins[1].protocol, OriginProtocol::MatchViewer);
    let expected = [page(404, Some(("/images/404.htm", 404)), 300), page(503, None, 0)];
    assert_eq!(distribution.error_responses, expected);
    let expected = [
        "Origins.Items[1].CustomOriginConfig.HTTPPort",
        "Origins.Items[1].CustomOriginConfig.HTTPSPort",
    ];
    assert_eq!(kept, expected);
}

#[test]
fn ex_03_cb_10_11_ck_12_to_14_qs_07_key_08_hdrk_06_ae_16_the_legacy_settings() {
    use AllowedMethods::{All, GetHead};
    use ViewerProtocolPolicy::{AllowAll, HttpsOnly, RedirectToHttps};
    let Read { distribution, .. } = example(LEGACY);
    let expected = [
        ("images/*.jpg", "S3-legacy-assets", AllowAll, GetHead, false, false),
        ("paid/*", "S3-legacy-assets", HttpsOnly, GetHead, false, false),
        ("docs/*", "S3-Website-docs", RedirectToHttps, GetHead, false, true),
        ("cart/*", "Custom-www", HttpsOnly, All, false, false),
        ("*", "Custom-www", AllowAll, All, false, false),
    ];
    assert_eq!(distribution.behaviors.iter().map(summary).collect::<Vec<_>>(), expected);
    let nothing = CachePolicy {
        name: "Legacy cache settings".into(),
        ttl: TtlBounds { min: 0, default: 86_400, max: 31_536_000 },
        key_headers: Vec::new(),
        cookies: Selection::None,
        query: Selection::None,
        gzip: false,
        brotli: false,
        legacy: Some(LegacySettings { forwards_all_query: false, forwards_all_headers: false }),
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let ttl = |min, default, max| TtlBounds { min, default, max };
    let expected = [
        CachePolicy { ttl: ttl(3_600, 86_400, 31_536_000), ..nothing.clone() },
        CachePolicy { ttl: ttl(0, 300, 3_600), key_headers: names(&["Origin"]), ..nothing.clone() },
        // AE-16: Compress is on.
        CachePolicy { gzip: true, ..nothing.clone() },
        // HDRK-06: all headers, so nothing is cached.
        CachePolicy {
            ttl: ttl(0, 0, 0),
            cookies: Selection::All,
            query: Selection::All,
            legacy: Some(LegacySettings { forwards_all_query: true, forwards_all_headers: true }),
            ..nothing.clone()
        },
        CachePolicy {
            key_headers: names(&["Host", "Accept-Language", "CloudFront-Viewer-Country"]),
            cookies: Selection::Like(["session_id", "userid_*"].map(PathPattern::new).to_vec()),
            query: Selection::Only(names(&["page", "lang"])),
            legacy: Some(LegacySettings { forwards_all_query: true, forwards_all_headers: false }),
            ..nothing
        },
    ];
    let found = distribution.behaviors.iter().map(|behavior| &behavior.cache_policy);
    assert_eq!(found.collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
    let default = &distribution.behaviors[4].cache_policy;
    assert!(default.cookies.takes("userid_7") && !default.cookies.takes("user"), "KEY-08");
}
