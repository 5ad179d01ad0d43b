//! What a POP refuses or redirects before it looks into any cache (security-logs-edge.md section 5.1).

use super::fields::ViewerFacts;
use super::{Config, Refusal};
use crate::distribution::{
    AllowedMethods, Behavior, Distribution, MOST_URL_BYTES, ViewerProtocolPolicy,
};
use crate::http::{Method, Request, Scheme, Status, Version};

/// LIM-02: the most bytes of a request without its content: request line and fields.
pub const MOST_HEAD_BYTES: u64 = 32_768;
/// LIM-06: the most bytes of a request's content.
pub const MOST_BODY_BYTES: u64 = 64_000_000_000;

/// Steps 2 and 3: sizes and Host (VSEC-02, VSEC-03).
pub fn check_head(request: &Request, config: &Config) -> Result<(), Refusal> {
    let target = request.target.size_bytes();
    if target > MOST_URL_BYTES {
        return Err(Refusal::UrlTooLong { bytes: target }); // LIM-01
    }
    let line = request.method.as_str().len() as u64 + target + " HTTP/1.1".len() as u64 + 3;
    let bytes = line + request.fields.size_bytes();
    if bytes > MOST_HEAD_BYTES {
        return Err(Refusal::HeadTooLarge { bytes }); // LIM-02, LIM-03
    }
    if request.content_length > MOST_BODY_BYTES {
        return Err(Refusal::BodyTooLarge { bytes: request.content_length }); // LIM-06
    }
    if let Some(name) = malformed(request) {
        let value = request.fields.combined(name).unwrap_or_default();
        return Err(Refusal::MalformedField { name: name.to_owned(), value }); // LIM-13
    }
    let host = request.fields.get("Host").unwrap_or_default();
    if !config.distribution().answers_to(host) {
        return Err(Refusal::UnknownHost { host: host.to_owned() }); // LIM-08
    }
    Ok(())
}

/// Paths by which Amazon checks who owns a name, for a certificate that it renews by itself (VSEC-17).
const EXEMPT_FROM_GEO: &str = "/.well-known/pki-validation/";

/// Step 4: the viewer's country (VSEC-04). Where nobody knows it, the viewer is served (VSEC-14).
pub fn check_country(
    request: &Request,
    distribution: &Distribution,
    viewer: &ViewerFacts,
) -> Result<(), Refusal> {
    let (Some(geo), Some(country)) = (&distribution.geo, &viewer.country) else { return Ok(()) };
    if geo.serves(country) || request.target.path().starts_with(EXEMPT_FROM_GEO) {
        return Ok(());
    }
    Err(Refusal::CountryBlocked { country: (**country).to_owned(), by: geo.sort })
}

/// MODEL: the fields that are malformed: Host where it stands twice, or not at all in HTTP/1.1 (RFC 9112 3.2), and a
/// Content-Length that is no number, or several (RFC 9110 8.6). What any other field says is read as far as it can be.
fn malformed(request: &Request) -> Option<&'static str> {
    let hosts = request.fields.count("Host");
    if hosts > 1 || hosts == 0 && request.version == Version::Http11 {
        return Some("Host"); // LIM-13
    }
    let is_unread =
        request.fields.has("Content-Length") && request.fields.content_length().is_none();
    is_unread.then_some("Content-Length") // LIM-13
}

/// Steps 7 and 8: protocol and method (VSEC-07, VSEC-08).
pub fn check(request: &Request, behavior: &Behavior) -> Result<(), Refusal> {
    if request.scheme == Scheme::Http {
        match behavior.viewer_protocol {
            ViewerProtocolPolicy::AllowAll => {}
            ViewerProtocolPolicy::HttpsOnly => return Err(Refusal::HttpsOnly), // MET-12, TLS-45
            ViewerProtocolPolicy::RedirectToHttps => return Err(to_https(request)),
        }
    }
    let is_allowed = match behavior.allowed_methods {
        AllowedMethods::GetHead => matches!(request.method, Method::Get | Method::Head),
        AllowedMethods::GetHeadOptions => {
            matches!(request.method, Method::Get | Method::Head | Method::Options)
        }
        AllowedMethods::All => true, // MET-05
    };
    if !is_allowed {
        return Err(Refusal::MethodNotAllowed(request.method)); // MET-04
    }
    if request.method == Method::Get && request.content_length > 0 {
        return Err(Refusal::GetWithBody { content_length: request.content_length }); // MET-08, LIM-07
    }
    Ok(())
}

fn to_https(request: &Request) -> Refusal {
    let status = match request.method {
        Method::Get | Method::Head => Status(301), // MET-09, TLS-42
        _ if request.version == Version::Http10 => return Refusal::HttpsOnly, // MET-11, TLS-44
        _ => Status(307),                          // MET-10, TLS-43
    };
    let host = request.fields.get("Host").unwrap_or_default();
    Refusal::ToHttps { status, location: format!("https://{host}{}", request.target) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::distribution::{Distribution, Origin, managed};
    use crate::http::{Fields, Target};

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
        let refused = given(Method::Post, 0, AllowedMethods::GetHead).unwrap_err();
        assert_eq!((refused.status().0, refused), (403, Refusal::MethodNotAllowed(Method::Post)));
    }

    #[test]
    fn met_08_lim_07_get_with_a_body() {
        let refused = given(Method::Get, 3, AllowedMethods::All).unwrap_err();
        assert_eq!(refused.status().0, 403);
        assert_eq!(refused, Refusal::GetWithBody { content_length: 3 });
        assert_eq!(given(Method::Post, 3, AllowedMethods::All), Ok(()));
    }

    #[test]
    fn met_09_to_12_vsec_07_a_viewer_that_comes_by_http() {
        use ViewerProtocolPolicy::{AllowAll, HttpsOnly, RedirectToHttps};
        let check = |viewer_protocol, method, version, scheme| {
            let policy = managed::caching_optimized();
            let behavior = Behavior { viewer_protocol, ..Behavior::new("*", "o", policy) };
            let fields = Arc::new(Fields::parse("Host: d.example").unwrap());
            let request = Request::new(method, Target::parse("/a?b=1").unwrap(), fields);
            let refused = check(&Request { scheme, version, ..request }, &behavior).err();
            refused.map(|refusal| refusal.status().0)
        };
        let (http, http_11) = (Scheme::Http, Version::Http11);
        assert_eq!(check(AllowAll, Method::Get, http_11, http), None, "VP-01");
        assert_eq!(check(RedirectToHttps, Method::Get, http_11, http), Some(301), "MET-09");
        assert_eq!(check(RedirectToHttps, Method::Head, http_11, http), Some(301), "MET-09");
        for method in [Method::Post, Method::Put, Method::Delete, Method::Options, Method::Patch] {
            for version in [http_11, Version::Http2, Version::Http3] {
                assert_eq!(check(RedirectToHttps, method, version, http), Some(307), "MET-10");
            }
            assert_eq!(check(RedirectToHttps, method, Version::Http10, http), Some(403), "MET-11");
        }
        assert_eq!(check(HttpsOnly, Method::Get, http_11, http), Some(403), "MET-12");
        for policy in [AllowAll, RedirectToHttps, HttpsOnly] {
            assert_eq!(check(policy, Method::Post, http_11, Scheme::Https), None);
        }
        let fields = Arc::new(Fields::parse("Host: d.example").unwrap());
        let request = Request::new(Method::Get, Target::parse("/a?b=1").unwrap(), fields);
        let location = "https://d.example/a?b=1".to_owned();
        assert_eq!(to_https(&request), Refusal::ToHttps { status: Status(301), location });
    }

    #[test]
    fn lim_01_02_03_06_08_ver_02_03_sizes_and_host() {
        let distribution = Distribution {
            aliases: vec!["www.shop.example".into()],
            origins: vec![Origin::s3_bucket("o", "b", "us-east-1")],
            behaviors: vec![Behavior::new("*", "o", managed::caching_optimized())],
            ..Distribution::named("d.cloudfront.net")
        };
        let config = Config::new(distribution, 0).unwrap();
        let sized = |target: usize, head: usize, content_length: u64| {
            let target = Target::parse(&format!("/{}", "a".repeat(target - 1))).unwrap();
            // The line "GET / HTTP/1.1" with its break and the Host take 16 and 24 bytes.
            let pad = format!("Host: d.cloudfront.net\nX: {}", "x".repeat(head));
            let request = Request::new(Method::Get, target, Fields::parse(&pad).unwrap().into());
            let refused = check_head(&Request { content_length, ..request }, &config).err();
            refused.map(|refusal| (refusal.status().0, refusal.closes()))
        };
        assert_eq!(sized(8_192, 0, 0), None, "LIM-01");
        assert_eq!(sized(8_193, 0, 0), Some((414, true)), "LIM-01, VER-03");
        let fits = 32_768 - 16 - 24 - 5;
        assert_eq!(sized(1, fits, 0), None, "LIM-02, VER-02");
        assert_eq!(sized(1, fits + 1, 0), Some((494, true)), "LIM-02, VER-02, VER-03");
        assert_eq!(sized(1, 20_481, 0), None, "LIM-03: the older limit is gone");
        assert_eq!(sized(1, 0, 64_000_000_000), None, "LIM-06");
        assert_eq!(sized(1, 0, 64_000_000_001), Some((413, false)), "LIM-06");
        for (host, known) in [
            ("d.cloudfront.net", true),
            ("WWW.shop.example", true),
            ("shop.example", false),
            ("", false),
        ] {
            let fields = Arc::new(Fields::parse(&format!("Host: {host}")).unwrap());
            let request = Request::new(Method::Get, Target::parse("/").unwrap(), fields);
            let refused = check_head(&request, &config).err().map(|refusal| refusal.status().0);
            assert_eq!(refused, (!known).then_some(403), "LIM-08 {host}");
        }
    }

    #[test]
    fn vsec_14_a_viewer_whose_country_nobody_knows_is_served() {
        use crate::distribution::GeoSort::{AllowList, BlockList};
        let geo = |sort| {
            let countries = vec!["FR".to_owned()];
            let geo = Some(crate::distribution::GeoRestriction { sort, countries });
            Distribution { geo, ..Distribution::named("d.cloudfront.net") }
        };
        let request = Request::new(Method::Get, Target::parse("/").unwrap(), Arc::default());
        let sample = crate::edge::fields::Identity::sample("us-east-1");
        let known = sample.viewer();
        let unknown = ViewerFacts { country: None, ..known.clone() };
        for (sort, is_served) in [(AllowList, true), (BlockList, false)] {
            assert_eq!(check_country(&request, &geo(sort), known).is_ok(), is_served, "{sort:?}");
            assert_eq!(check_country(&request, &geo(sort), &unknown), Ok(()), "{sort:?}");
        }
    }

    #[test]
    fn lim_13_cep_08_a_malformed_field_is_a_400_without_a_page() {
        let distribution = Distribution {
            origins: vec![Origin::s3_bucket("o", "b", "us-east-1")],
            behaviors: vec![Behavior::new("*", "o", managed::caching_optimized())],
            ..Distribution::named("d.cloudfront.net")
        };
        let config = Config::new(distribution, 0).unwrap();
        let refused = |version, fields: &str| {
            let fields = Fields::parse(fields).unwrap().into();
            let request = Request::new(Method::Get, Target::parse("/").unwrap(), fields);
            check_head(&Request { version, ..request }, &config).err()
        };
        let host = "Host: d.cloudfront.net";
        for fields in ["", "\nContent-Length: 007", "\nContent-Length: 5, 5\nContent-Length: 5"] {
            assert_eq!(refused(Version::Http11, &format!("{host}{fields}")), None, "{fields}");
        }
        for (fields, name, value) in [
            ("Accept: */*".to_owned(), "Host", ""),
            (format!("{host}\n{host}"), "Host", "d.cloudfront.net, d.cloudfront.net"),
            (format!("{host}\nContent-Length: many"), "Content-Length", "many"),
            (format!("{host}\nContent-Length:"), "Content-Length", ""),
            (format!("{host}\nContent-Length: -1"), "Content-Length", "-1"),
            (format!("{host}\nContent-Length: +1"), "Content-Length", "+1"),
            (format!("{host}\nContent-Length: 1\nContent-Length: 2"), "Content-Length", "1, 2"),
        ] {
            let refusal = refused(Version::Http11, &fields).unwrap();
            let expected = Refusal::MalformedField { name: name.into(), value: value.into() };
            assert_eq!((refusal.status().0, &refusal), (400, &expected), "LIM-13 {fields}");
            assert!(!refusal.may_have_page(), "CEP-08");
        }
        for version in [Version::Http10, Version::Http2] {
            let refusal = refused(version, "").unwrap();
            assert_eq!(refusal, Refusal::UnknownHost { host: String::new() }, "{version:?}");
        }
    }
}
