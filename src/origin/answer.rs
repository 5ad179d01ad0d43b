//! How an origin answers a request.

use std::time::Duration;

use super::{Health, Kind, Object, Site};
use crate::distribution::{
    Asker, BucketAction, BucketPolicy, Denied, Origin, OriginAccess, OriginKind,
};
use crate::http::range::{ContentRange, NoParts, Requested, requested};
use crate::http::{Body, Fields, Method, Request, Response, Status, Text, date, validators};

/// MODEL: what a bucket takes to find an object, before the first byte.
pub const BUCKET_THINK: Duration = Duration::from_millis(18);

/// MODEL: what an application takes to make an answer, before the first byte.
pub const APPLICATION_THINK: Duration = Duration::from_millis(45);

/// An answer and what it took the origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The response.
    pub response: Response,
    /// From the last byte of the request to the first of the response.
    pub think: Duration,
    /// Why a bucket refused it, if one did.
    pub denied: Option<Denied>,
}

/// What an origin looks at of a request.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its method.
    pub method: Method,
    /// Its path, below the origin's own (OR-03).
    pub path: &'a str,
    /// Who asks.
    pub by: Asker<'a>,
    /// Its fields, or at least those that make it conditional or ask for a part.
    pub fields: &'a Fields,
}

impl<'a> Asked<'a> {
    /// What this origin looks at of a request that came to it.
    pub fn of(request: &'a Request, origin: &Origin, by: Asker<'a>) -> Self {
        let path = request.target.path();
        let path = path.strip_prefix(&*origin.path).unwrap_or(path); // OR-03
        Self { method: request.method, path, by, fields: &request.fields }
    }
}

/// The answer of an origin, as well as it is, to a request that reaches it at `now_unix`, in whole Unix seconds.
pub fn answer(
    site: &Site,
    origin: &Origin,
    health: Health,
    asked: Asked<'_>,
    now_unix: u64,
) -> Answered {
    let Asked { method, path, by, fields: given } = asked;
    let kind = origin.kind;
    let is_condition_failed = |method| {
        let current = site.represent(path, now_unix);
        let current = current.filter(|(object, _)| matches!(object.kind, Kind::File | Kind::Made));
        let current = current.map(|(_, fields)| fields);
        validators::is_precondition_failed(method, given, current.as_ref())
    };
    let denied = match health {
        Health::Failing(_) => None,
        _ => denied(site, origin, by, method, path),
    };
    let (status, mut fields, mut body) = match method {
        _ if let Health::Failing(status) = health => failed(status),
        _ if denied.is_some() => refused(kind, Status::FORBIDDEN, "AccessDenied"), // OSEC-11
        Method::Get | Method::Head => represent(site.represent(path, now_unix), asked, kind),
        Method::Options => no_content(),
        _ if kind == OriginKind::S3Bucket => refused(kind, Status(405), "MethodNotAllowed"),
        // RFC 9110 13.2.1: weighed where the method would be carried out.
        method if is_condition_failed(method) => failed(Status::PRECONDITION_FAILED), // LIM-17
        Method::Post => made(Status(201)),
        Method::Put | Method::Patch => made(Status::OK),
        Method::Delete => no_content(),
    };
    fields.add("Date", date::print(now_unix));
    fields.add("Server", server(kind));
    match health {
        _ if method == Method::Head => body.length = 0,
        Health::BreaksOff => body.length /= 2,
        _ => {}
    }
    let own = if kind == OriginKind::S3Bucket { BUCKET_THINK } else { APPLICATION_THINK };
    let think = match health {
        Health::Slow { secs } => own.saturating_add(Duration::from_secs(secs)),
        _ => own,
    };
    let response = Response { status, fields: fields.into(), body };
    Answered { response, think, denied }
}

/// Why a bucket refuses a request, if it does (OSEC-11, OSEC-12).
fn denied(
    site: &Site,
    origin: &Origin,
    by: Asker<'_>,
    method: Method,
    path: &str,
) -> Option<Denied> {
    if origin.kind != OriginKind::S3Bucket || method == Method::Options {
        return None; // what a bucket says to OPTIONS is by its own list of origins
    }
    let assumed; // IM-09 (MODEL)
    let policy = match &origin.bucket_policy {
        Some(policy) => policy,
        None if origin.access == OriginAccess::None => return None, // it is public
        None => {
            assumed = BucketPolicy::assumed_for(&origin.access);
            &assumed
        }
    };
    let action = match method {
        Method::Get | Method::Head => BucketAction::Read,
        _ => BucketAction::Write,
    };
    if !policy.lets(&by, action) {
        return Some(policy.why_not(&by, action));
    }
    let is_told = action != BucketAction::Read
        || site.get(path).is_some()
        || policy.lets(&by, BucketAction::List);
    (!is_told).then_some(Denied::MissingUnlisted)
}

/// TAG-12: a bucket sends an object's metadata `cache-tag` in a field of its own, by either endpoint; MODEL: an application
/// names it so itself.
fn tag_field(kind: OriginKind) -> &'static str {
    let is_s3 = matches!(kind, OriginKind::S3Bucket | OriginKind::S3Website);
    if is_s3 { "x-amz-meta-cache-tag" } else { "Cache-Tag" } // TAG-12
}

fn represent(
    object: Option<(&Object, Fields)>,
    asked: Asked<'_>,
    kind: OriginKind,
) -> (Status, Fields, Body) {
    let Some((object, mut fields)) = object else {
        return refused(kind, Status::NOT_FOUND, "NoSuchKey");
    };
    if let Some(tags) = &object.cache_tag {
        fields.add(tag_field(kind), Text::copy(tags)); // TAG-12
    }
    let body = Body { length: object.size_bytes, version: object.version, coding: None };
    match &object.kind {
        Kind::File
            if validators::is_precondition_failed(asked.method, asked.fields, Some(&fields)) =>
        {
            refused(kind, Status::PRECONDITION_FAILED, "PreconditionFailed")
        }
        Kind::File if validators::is_not_modified(asked.fields, &fields) => {
            // RFC 9110 15.4.5: a 304 carries what a 200 would say of caching and validators, and no content.
            let kept = ["Cache-Control", "Expires", "ETag", "Last-Modified", "Vary"];
            let fields = fields
                .iter()
                .filter(|field| kept.iter().any(|name| field.is(name)))
                .cloned()
                .collect();
            (Status::NOT_MODIFIED, fields, Body { length: 0, ..body })
        }
        Kind::File => part(fields, body, asked, kind),
        Kind::Made => (Status::OK, fields, Body { version: 0, ..body }),
        Kind::Redirect { .. } => (Status(301), fields, body),
        Kind::Fails(status) => (*status, fields, Body { version: 0, ..body }),
    }
}

/// RFC 9110 14.2: one range of a file is sent as a part; several are not, and the whole is sent.
fn part(
    mut fields: Fields,
    body: Body,
    asked: Asked<'_>,
    kind: OriginKind,
) -> (Status, Fields, Body) {
    let complete = body.length;
    let parts = match requested(asked.fields) {
        Requested::Ranges(ranges)
            if asked.method == Method::Get && validators::if_range_holds(asked.fields, &fields) =>
        {
            ranges.resolve(complete)
        }
        _ => return (Status::OK, fields, body),
    };
    match parts.as_deref() {
        Ok([part]) => {
            let range = ContentRange::Part { interval: *part, complete: Some(complete) };
            fields.set("Content-Length", part.len().to_string());
            fields.add("Content-Range", range.to_string());
            (Status(206), fields, Body { length: part.len(), ..body })
        }
        Err(NoParts::Unsatisfiable) => {
            let (status, mut fields, body) = refused(kind, Status(416), "InvalidRange");
            let range = ContentRange::Unsatisfied { complete };
            fields.add("Content-Range", range.to_string());
            (status, fields, body)
        }
        _ => (Status::OK, fields, body),
    }
}

fn no_content() -> (Status, Fields, Body) {
    let mut fields = Fields::new();
    fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, OPTIONS, DELETE");
    (Status(204), fields, Body::default())
}

fn made(status: Status) -> (Status, Fields, Body) {
    const LENGTH: u64 = 96;
    anew(status, "application/json", LENGTH)
}

/// MODEL: the length in bytes of the error page of a server that fails.
const FAILURE_BYTES: u64 = 162;

/// A server's own error page, without a word on caching.
fn failed(status: Status) -> (Status, Fields, Body) {
    anew(status, "text/html", FAILURE_BYTES)
}

/// S3's own error document with its code; any other server's error page.
fn refused(kind: OriginKind, status: Status, code: &str) -> (Status, Fields, Body) {
    match kind {
        OriginKind::S3Bucket => anew(status, "application/xml", 200 + code.len() as u64),
        _ => failed(status),
    }
}

/// An answer that is made anew each time, without validators and without a word on caching.
fn anew(status: Status, content_type: &'static str, length: u64) -> (Status, Fields, Body) {
    let mut fields = Fields::new();
    fields.add("Content-Type", content_type);
    fields.add("Content-Length", length.to_string());
    (status, fields, Body { length, ..Body::default() })
}

const fn server(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::S3Bucket | OriginKind::S3Website => "AmazonS3",
        _ => "nginx",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::Target;
    use crate::origin::demo_site;

    fn ask(method: Method, path: &str, fields: &str) -> Response {
        let fields = Fields::parse(fields).unwrap().into();
        let target = Target::parse(path).unwrap();
        let request = Request::new(method, target, fields);
        let origin = if path.starts_with("/api/") {
            Origin::load_balancer("o", "api", "us-east-1")
        } else {
            Origin::s3_bucket("o", "media", "us-east-1")
        };
        let by = Asker {
            proof: crate::distribution::Proof::None,
            access: &origin.access,
            distribution: None,
        };
        let asked = Asked::of(&request, &origin, by);
        answer(&demo_site(), &origin, Health::Up, asked, 1_767_225_600).response
    }

    #[test]
    fn a_file_has_validators_and_answers_a_condition_with_304() {
        let full = ask(Method::Get, "/img/hero.jpg", "");
        assert_eq!((full.status, full.body.version), (Status::OK, 1));
        let etag = full.fields.get("ETag").unwrap();
        let same = ask(Method::Get, "/img/hero.jpg", &format!("If-None-Match: {etag}"));
        assert_eq!((same.status, same.body.length), (Status::NOT_MODIFIED, 0));
        assert!(!same.fields.has("Content-Type") && same.fields.has("Cache-Control"));
        assert_eq!(ask(Method::Head, "/img/hero.jpg", "").body.length, 0);
    }

    #[test]
    fn ttl_04_expires_counts_from_each_answer_a_304_too() {
        let full = ask(Method::Get, "/offers.html", "");
        assert_eq!(full.fields.get("Expires"), Some("Thu, 01 Jan 2026 00:02:00 GMT"));
        let etag = full.fields.get("ETag").unwrap();
        let same = ask(Method::Get, "/offers.html", &format!("If-None-Match: {etag}"));
        assert_eq!(same.fields.get("Expires"), full.fields.get("Expires"));
    }

    #[test]
    fn each_kind_of_object_answers_in_its_way() {
        let status = |method, path| ask(method, path, "").status.0;
        assert_eq!(status(Method::Get, "/api/orders"), 200);
        assert!(!ask(Method::Get, "/api/orders", "").fields.has("ETag"));
        assert_eq!(status(Method::Post, "/api/orders"), 201);
        assert_eq!(status(Method::Delete, "/api/orders"), 204);
        assert_eq!(status(Method::Put, "/img/hero.jpg"), 405);
        assert_eq!(status(Method::Get, "/nowhere"), 404);
        assert_eq!(status(Method::Get, "/api/broken"), 500);
        assert_eq!(status(Method::Get, "/home"), 301);
    }

    #[test]
    fn lim_17_what_would_change_another_version_than_the_one_meant_is_refused() {
        let status = |method, path, fields| ask(method, path, fields).status.0;
        // What an application makes anew each time has no entity-tag that could be the same.
        for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
            assert_eq!(status(method, "/api/cart", "If-Match: \"1\""), 412, "{method}");
            assert_eq!(status(method, "/api/nowhere", "If-Match: *"), 412, "{method}");
            assert_eq!(status(method, "/api/cart", "If-None-Match: *"), 412, "{method}");
        }
        assert_eq!(status(Method::Put, "/api/cart", "If-Match: *"), 200);
        assert_eq!(status(Method::Put, "/api/nowhere", "If-None-Match: *"), 200);
        assert_eq!(status(Method::Put, "/img/hero.jpg", "If-Match: \"1\""), 405, "RFC 9110 13.2.1");
        assert_eq!(status(Method::Get, "/nowhere", "If-Match: \"1\""), 404, "RFC 9110 13.2.1");
        let full = ask(Method::Get, "/img/hero.jpg", "");
        let same = format!("If-Match: {}", full.fields.get("ETag").unwrap());
        assert_eq!(ask(Method::Get, "/img/hero.jpg", &same), full);
        assert_eq!(status(Method::Get, "/img/hero.jpg", "If-Match: \"1\""), 412);
    }

    #[test]
    fn only_a_bucket_speaks_of_keys() {
        let kind_of = |path| {
            let missing = ask(Method::Get, path, "");
            (missing.status.0, missing.fields.get("Content-Type").unwrap().to_owned())
        };
        assert_eq!(kind_of("/nowhere"), (404, "application/xml".to_owned()));
        assert_eq!(kind_of("/api/nowhere"), (404, "text/html".to_owned()));
    }
}
