//! How an origin answers a request.

use std::time::Duration;

use super::{Kind, Object, Site};
use crate::distribution::OriginKind;
use crate::http::{Body, Fields, Method, Request, Response, Status, date, validators};

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
}

/// The answer of an origin of this kind to a request that reaches it at `now_unix`, in whole Unix seconds.
pub fn answer(site: &Site, kind: OriginKind, request: &Request, now_unix: u64) -> Answered {
    let object = site.get(request.target.path());
    let (status, mut fields, body) = match request.method {
        Method::Get | Method::Head => represent(object, request, now_unix),
        Method::Options => no_content(),
        _ if kind == OriginKind::S3Bucket => refused(Status(405), "MethodNotAllowed"),
        Method::Post => made(Status(201)),
        Method::Put | Method::Patch => made(Status::OK),
        Method::Delete => no_content(),
    };
    fields.add("Date", date::print(now_unix));
    fields.add("Server", server(kind));
    let body = if request.method == Method::Head { Body { length: 0, ..body } } else { body };
    let think = match kind {
        OriginKind::S3Bucket => BUCKET_THINK,
        _ => APPLICATION_THINK,
    };
    Answered { response: Response { status, fields: fields.into(), body }, think }
}

fn represent(object: Option<&Object>, request: &Request, now_unix: u64) -> (Status, Fields, Body) {
    let Some(object) = object else { return refused(Status::NOT_FOUND, "NoSuchKey") };
    let fields = object.fields(now_unix);
    let body = Body { length: object.size_bytes, version: object.version };
    match &object.kind {
        Kind::File if validators::is_not_modified(&request.fields, &fields) => {
            // RFC 9110 15.4.5: a 304 carries what a 200 would say of caching and validators, and no content.
            let kept = ["Cache-Control", "Expires", "ETag", "Last-Modified"];
            let fields = fields
                .iter()
                .filter(|field| kept.iter().any(|name| field.is(name)))
                .cloned()
                .collect();
            (Status::NOT_MODIFIED, fields, Body { length: 0, ..body })
        }
        Kind::File => (Status::OK, fields, body),
        Kind::Made => (Status::OK, fields, Body { version: 0, ..body }),
        Kind::Redirect { .. } => (Status(301), fields, body),
        Kind::Fails(status) => (*status, fields, Body { version: 0, ..body }),
    }
}

fn no_content() -> (Status, Fields, Body) {
    let mut fields = Fields::new();
    fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, OPTIONS, DELETE");
    (Status(204), fields, Body::default())
}

fn made(status: Status) -> (Status, Fields, Body) {
    const LENGTH: u64 = 96;
    let mut fields = Fields::new();
    fields.add("Content-Type", "application/json");
    fields.add("Content-Length", LENGTH.to_string());
    (status, fields, Body { length: LENGTH, version: 0 })
}

/// S3's own error document.
fn refused(status: Status, code: &str) -> (Status, Fields, Body) {
    let length = 200 + code.len() as u64;
    let mut fields = Fields::new();
    fields.add("Content-Type", "application/xml");
    fields.add("Content-Length", length.to_string());
    (status, fields, Body { length, version: 0 })
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
        let kind =
            if path.starts_with("/api/") { OriginKind::LoadBalancer } else { OriginKind::S3Bucket };
        answer(&demo_site(), kind, &request, 1_767_225_600).response
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
}
