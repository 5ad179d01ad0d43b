//! Fields that the edge adds, changes and removes (caching.md sections 2.4 and 7).

use std::borrow::Cow;
use std::sync::Arc;

use super::Contact;
use super::cache_key::{AcceptEncoding, select_cookies, select_query};
use crate::distribution::{Behavior, Origin, OriginKind, Selection};
use crate::http::{Body, Fields, Request, Response, Status, Target, Version};

/// Never sent to an origin, whatever a policy says (QH-04, QH-08, QH-09, QH-10, XFER-03).
const NEVER_FORWARDED: [&str; 9] = [
    "Connection",
    "Expect",
    "Keep-Alive",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "X-Forwarded-Proto",
    "X-Real-IP",
];

/// Set by the edge itself, so never copied from the viewer.
const SET_HERE: [&str; 7] =
    ["Host", "User-Agent", "Accept-Encoding", "X-Forwarded-For", "Via", "X-Amz-Cf-Id", "Cookie"];

/// What identifies an exchange and the POP towards viewer and origin.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The full POP code, as in `FRA56-P4` (RH-02).
    pub pop_code: Arc<str>,
    /// The name in Via, without `.cloudfront.net` (RH-01).
    pub via_name: Arc<str>,
    /// The request id (RH-03).
    pub request_id: Arc<str>,
    /// The viewer's address, for X-Forwarded-For (QH-03).
    pub viewer_ip: Arc<str>,
}

/// The request that the origin gets (caching.md sections 3.5 and 7.3). `path` is the one after the default root object
/// was put in.
pub fn origin_request(
    viewer: &Request,
    path: &str,
    behavior: &Behavior,
    origin: &Origin,
    identity: &Identity,
) -> Request {
    let (policy, more) = (&behavior.cache_policy, behavior.origin_request_policy.as_ref());
    let is_listed = |name: &str| {
        policy.key_headers.iter().any(|key| key.eq_ignore_ascii_case(name))
            || more.is_some_and(|more| more.headers.takes_field(name))
    };
    let is_cached_method = behavior.caches(viewer.method);
    let mut fields = Fields::new();
    // QH-01, ORP-08: the origin's own name, unless Host is in the key or a policy forwards it.
    let host = viewer.fields.get("Host").filter(|_| is_listed("Host")).unwrap_or(&origin.domain);
    fields.add("Host", host);
    let agent = viewer.fields.get("User-Agent").filter(|_| is_listed("User-Agent"));
    fields.add("User-Agent", agent.unwrap_or("Amazon CloudFront")); // QH-02
    if policy.gzip || policy.brotli {
        if viewer.fields.has("Accept-Encoding") {
            let encoding = AcceptEncoding::of(&viewer.fields, policy)
                .map_or("identity", AcceptEncoding::as_str);
            fields.add("Accept-Encoding", encoding); // AE-01 to AE-08
        }
    } else if let Some(encoding) =
        viewer.fields.get("Accept-Encoding").filter(|_| is_listed("Accept-Encoding"))
    {
        fields.add("Accept-Encoding", encoding); // AE-09
    }
    for field in viewer
        .fields
        .iter()
        .filter(|field| is_forwarded(field.name(), is_cached_method, is_listed(field.name())))
    {
        fields.push(field.clone());
    }
    let cookies = combined(&policy.cookies, more.map(|more| &more.cookies));
    if let Some(cookies) = select_cookies(&viewer.fields, &cookies) {
        fields.add("Cookie", cookies);
    }
    let forwarded_for =
        viewer.fields.all("X-Forwarded-For").chain([&*identity.viewer_ip]).collect::<Vec<_>>();
    fields.add("X-Forwarded-For", forwarded_for.join(", ")); // QH-03
    fields.add("Via", format!("2.0 {}.cloudfront.net (CloudFront)", identity.via_name)); // QH-11
    fields.add("X-Amz-Cf-Id", Arc::clone(&identity.request_id)); // QH-11, RH-03
    fields.add("Connection", "Keep-Alive"); // CONN-04

    let queries = combined(&policy.query, more.map(|more| &more.query));
    let query = viewer.target.query().and_then(|query| select_query(query, &queries));
    let target = Target::new(path, query.as_deref().unwrap_or_default())
        .unwrap_or_else(|_| viewer.target.clone());
    Request {
        method: viewer.method,
        target,
        fields: fields.into(),
        content_length: viewer.content_length,
        scheme: origin.scheme(viewer.scheme),
        version: Version::Http11, // MET-14
    }
}

/// What goes to the origin by both policies (ORP-02 to ORP-07).
fn combined<'a>(key: &'a Selection, more: Option<&Selection>) -> Cow<'a, Selection> {
    more.map_or(Cow::Borrowed(key), |more| Cow::Owned(key.and_also(more)))
}

fn is_forwarded(name: &str, is_cached_method: bool, is_listed: bool) -> bool {
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let lower = name.to_ascii_lowercase();
    if is_one_of(&NEVER_FORWARDED)
        || is_one_of(&SET_HERE)
        || lower.starts_with("proxy-")
        || lower.starts_with("x-edge-")
    {
        return false;
    }
    // QH-12 (MODEL): with a cache policy only Range, If-* and the body's Content-* go unlisted.
    let goes_unlisted =
        lower == "range" || lower.starts_with("if-") || lower.starts_with("content-");
    let authorization = lower == "authorization" && !is_cached_method; // AUTH-01, AUTH-05, AUTH-06
    is_listed || goes_unlisted || authorization
}

/// What X-Cache says (XC-01 to XC-04): first whether it is an error, then whether and how the origin was asked.
pub const fn x_cache(is_error: bool, contact: Contact) -> &'static str {
    match contact {
        _ if is_error => "Error from cloudfront",   // XC-04, ERR-21
        Contact::None => "Hit from cloudfront",     // XC-01
        Contact::Fetched => "Miss from cloudfront", // XC-02
        // XC-03, STALE-14
        Contact::Validated | Contact::StaleOnError => "RefreshHit from cloudfront",
    }
}

/// The fields that the viewer gets: the origin's, less what is removed, plus what the edge adds (sections 2.4, 7.1, 7.2).
pub fn viewer_response(
    from_origin: &Fields,
    behavior: &Behavior,
    kind: OriginKind,
    x_cache: &'static str,
    age_secs: Option<u64>,
    identity: &Identity,
) -> Fields {
    let mut fields: Fields = from_origin
        .iter()
        .filter(|field| !is_removed(field.name(), behavior, kind))
        .filter(|field| !(age_secs.is_some() && field.is("Age")))
        .cloned()
        .collect();
    if let Some(vary) = from_origin.get("Vary").map(|vary| kept_vary(vary, behavior)) {
        fields.remove("Vary");
        if !vary.is_empty() {
            fields.add("Vary", vary);
        }
    }
    if !fields.has("Server") {
        fields.add("Server", "CloudFront"); // RH-04
    }
    if let Some(age) = age_secs {
        fields.add("Age", age.to_string()); // AGE-01
    }
    fields.add("X-Cache", x_cache);
    fields.set("Via", format!("1.1 {}.cloudfront.net (CloudFront)", identity.via_name)); // RH-01
    fields.add("X-Amz-Cf-Pop", Arc::clone(&identity.pop_code)); // RH-02
    fields.add("X-Amz-Cf-Id", Arc::clone(&identity.request_id)); // RH-03
    fields
}

/// MODEL: the length in bytes of the page that CloudFront sends with an error of its own.
const OWN_ERROR_BYTES: u64 = 919;

/// The 403 that a POP makes by itself (MET-04, MET-08; security-logs-edge.md section 8).
pub fn own_error(status: Status, identity: &Identity) -> Response {
    let mut fields = Fields::new();
    fields.add("Server", "CloudFront");
    fields.add("Content-Type", "text/html");
    fields.add("Content-Length", OWN_ERROR_BYTES.to_string());
    fields.add("X-Cache", x_cache(true, Contact::None));
    fields.add("Via", format!("1.1 {}.cloudfront.net (CloudFront)", identity.via_name));
    fields.add("X-Amz-Cf-Pop", Arc::clone(&identity.pop_code));
    fields.add("X-Amz-Cf-Id", Arc::clone(&identity.request_id));
    Response {
        status,
        fields: fields.into(),
        body: Body { length: OWN_ERROR_BYTES, ..Body::default() },
    }
}

fn is_removed(name: &str, behavior: &Behavior, kind: OriginKind) -> bool {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    // SETC-01, SETC-05; RH-06; RH-07.
    (is("Set-Cookie") && !behavior.forwards_cookies())
        || is("Trailer")
        || is("Upgrade")
        || (kind == OriginKind::S3Bucket && (is("X-Amz-Id-2") || is("X-Amz-Request-Id")))
}

/// VARY-01 to VARY-03: Accept-Encoding, Cookie and what is in the key stay, everything else goes.
fn kept_vary(vary: &str, behavior: &Behavior) -> String {
    let is_kept = |token: &&str| {
        token.eq_ignore_ascii_case("Accept-Encoding")
            || token.eq_ignore_ascii_case("Cookie")
            || behavior.cache_policy.key_headers.iter().any(|key| key.eq_ignore_ascii_case(token))
    };
    vary.split(',').map(str::trim).filter(is_kept).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::distribution::{CachePolicy, OriginRequestPolicy, managed};
    use crate::http::Method;

    fn identity() -> Identity {
        Identity {
            pop_code: "FRA56-P4".into(),
            via_name: "4f1c".into(),
            request_id: "id==".into(),
            viewer_ip: "192.0.2.7".into(),
        }
    }

    fn sent(method: Method, fields: &str, behavior: &Behavior) -> Request {
        sent_to("/a?x=1&y=2", method, fields, behavior)
    }

    fn sent_to(target: &str, method: Method, fields: &str, behavior: &Behavior) -> Request {
        let fields = Fields::parse(fields).unwrap().into();
        let viewer = Request::new(method, Target::parse(target).unwrap(), fields);
        origin_request(
            &viewer,
            "/a",
            behavior,
            &Origin::s3_bucket("o", "b", "us-east-1"),
            &identity(),
        )
    }

    #[test]
    fn qh_01_to_12_without_policies_only_what_is_automatic_goes() {
        let all = "Host: d\nUser-Agent: U\nAccept: */*\nCookie: a=1\nReferer: r\nTE: t\nProxy-X: 1\nX-Edge-A: 1\n\
            Authorization: s\nX-Forwarded-For: 198.51.100.1\nX-Real-IP: 1\nRange: bytes=0-1\nIf-Match: \"a\"\nOrigin: o";
        let request = sent(Method::Get, all, &Behavior::new("*", "o", managed::caching_disabled()));
        let text: Vec<_> =
            request.fields.iter().map(|f| format!("{}: {}", f.name(), f.value())).collect();
        let expected = [
            "Host: b.s3.us-east-1.amazonaws.com",
            "User-Agent: Amazon CloudFront",
            "Range: bytes=0-1",
            "If-Match: \"a\"",
            "X-Forwarded-For: 198.51.100.1, 192.0.2.7",
            "Via: 2.0 4f1c.cloudfront.net (CloudFront)",
            "X-Amz-Cf-Id: id==",
            "Connection: Keep-Alive",
        ];
        assert_eq!(text, expected);
        assert_eq!(request.target.to_string(), "/a", "QS-02");
    }

    #[test]
    fn orp_02_03_08_an_origin_request_policy_adds() {
        let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
        behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
        let request =
            sent(Method::Get, "Host: d\nUser-Agent: U\nAccept: */*\nCookie: b=2; a=1", &behavior);
        assert_eq!(request.target.to_string(), "/a?x=1&y=2");
        let get = |name| request.fields.get(name);
        assert_eq!(
            (get("Accept"), get("User-Agent"), get("Cookie")),
            (Some("*/*"), Some("U"), Some("a=1; b=2"))
        );
        assert_eq!(get("Host"), Some("b.s3.us-east-1.amazonaws.com"));
        behavior.origin_request_policy = None;
        let request = sent(Method::Get, "Host: d\nAccept: */*\nCookie: a=1", &behavior);
        assert_eq!(request.target.to_string(), "/a", "ORP-03");
        assert!(!request.fields.has("Accept") && !request.fields.has("Cookie"), "ORP-03");
    }

    #[test]
    fn orp_02_to_07_both_policies_choose_cookies_and_queries() {
        let only = |names: &[&str]| Selection::Only(names.iter().map(|n| (*n).into()).collect());
        let but =
            |names: &[&str]| Selection::AllExcept(names.iter().map(|n| (*n).into()).collect());
        let (none, all) = (Selection::None, Selection::All);
        // The cache policy's selection, the origin request policy's, and which of x, y and z are sent.
        let table = [
            ("ORP-02", none.clone(), only(&["x"]), "x"),
            ("ORP-02", only(&["x"]), only(&["y"]), "xy"),
            ("ORP-03", only(&["x"]), none.clone(), "x"),
            ("ORP-04", only(&["x"]), but(&["x"]), "xyz"),
            ("ORP-04", only(&["x"]), but(&["x", "y"]), "xz"),
            ("ORP-05", but(&["x"]), only(&["x"]), "xyz"),
            ("ORP-05", but(&["x", "y"]), only(&["x"]), "xz"),
            ("ORP-06", all.clone(), but(&["x"]), "xyz"),
            ("ORP-06", all, none.clone(), "xyz"),
            ("ORP-07", but(&["x"]), but(&["y"]), "z"),
            ("ORP-07", but(&["x"]), none, "yz"),
        ];
        for (row, key, more, names) in table {
            let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
            let pairs = |between| {
                let pairs: Vec<_> = names.chars().map(|name| format!("{name}=1")).collect();
                pairs.join(between)
            };
            behavior.cache_policy =
                CachePolicy { cookies: key.clone(), query: key, ..behavior.cache_policy };
            behavior.origin_request_policy = Some(OriginRequestPolicy {
                name: row.into(),
                headers: Selection::None,
                cloudfront_headers: Vec::new(),
                cookies: more.clone(),
                query: more,
            });
            let request =
                sent_to("/a?x=1&y=1&z=1", Method::Get, "Cookie: x=1; y=1; z=1", &behavior);
            assert_eq!(request.fields.get("Cookie"), Some(&*pairs("; ")), "{row}");
            assert_eq!(request.target.query(), Some(&*pairs("&")), "{row}");
        }
    }

    #[test]
    fn auth_01_05_06_authorization() {
        let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
        assert!(!sent(Method::Get, "Authorization: s", &behavior).fields.has("Authorization"));
        assert!(sent(Method::Post, "Authorization: s", &behavior).fields.has("Authorization"));
        for caches_options in [false, true] {
            behavior.caches_options = caches_options;
            let options = sent(Method::Options, "Authorization: s", &behavior);
            assert_eq!(options.fields.has("Authorization"), !caches_options, "AUTH-06");
        }
    }

    #[test]
    fn ae_04_09_10_what_the_origin_sees_of_accept_encoding() {
        let on = Behavior::new("*", "o", managed::caching_optimized());
        let seen = |fields, behavior| {
            sent(Method::Get, fields, behavior).fields.get("Accept-Encoding").map(String::from)
        };
        assert_eq!(seen("Accept-Encoding: gzip, deflate, br", &on).as_deref(), Some("br,gzip"));
        assert_eq!(seen("Accept-Encoding: deflate", &on).as_deref(), Some("identity"));
        assert_eq!(seen("", &on), None);
        assert_eq!(
            seen("Accept-Encoding: br", &Behavior::new("*", "o", managed::caching_disabled())),
            None
        );
    }

    #[test]
    fn xc_01_to_04_x_cache() {
        assert_eq!(x_cache(false, Contact::None), "Hit from cloudfront");
        assert_eq!(x_cache(false, Contact::Fetched), "Miss from cloudfront");
        assert_eq!(x_cache(false, Contact::Validated), "RefreshHit from cloudfront");
        assert_eq!(x_cache(true, Contact::None), "Error from cloudfront");
    }

    #[test]
    fn rh_01_to_07_setc_01_vary_01_03_what_the_viewer_gets() {
        let origin = "Server: AmazonS3\nAge: 5\nSet-Cookie: a=1\nVary: X-Lang, Accept-Encoding\nX-Amz-Id-2: x\n\
            X-Amz-Request-Id: y\nTrailer: t\nETag: \"e\"";
        let behavior = Behavior::new("*", "o", managed::caching_optimized());
        let origin = Fields::parse(origin).unwrap();
        let hit = x_cache(false, Contact::None);
        let fields =
            viewer_response(&origin, &behavior, OriginKind::S3Bucket, hit, Some(65), &identity());
        let text: Vec<_> = fields.iter().map(|f| format!("{}: {}", f.name(), f.value())).collect();
        let expected = [
            "Server: AmazonS3",
            "ETag: \"e\"",
            "Vary: Accept-Encoding",
            "Age: 65",
            "X-Cache: Hit from cloudfront",
            "Via: 1.1 4f1c.cloudfront.net (CloudFront)",
            "X-Amz-Cf-Pop: FRA56-P4",
            "X-Amz-Cf-Id: id==",
        ];
        assert_eq!(text, expected);
        let passed = viewer_response(
            &origin,
            &behavior,
            OriginKind::LoadBalancer,
            "Miss from cloudfront",
            None,
            &identity(),
        );
        assert_eq!(passed.get("Age"), Some("5"), "AGE-01: on a miss the origin's Age passes");
        assert!(passed.has("X-Amz-Id-2"), "RH-07: S3 only");
    }
}
