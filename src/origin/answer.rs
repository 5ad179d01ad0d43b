//! How an origin answers a request.

use std::time::Duration;

use super::access::denied;
use super::refused::{Answer, Wrong, anew, failing, refused};
use super::service::Service;
use super::{Asked, Health, Kind, Object, Site};
use crate::distribution::{Denied, Origin};
use crate::hash::fnv1a;
use crate::http::range::{ContentRange, NoParts, Requested, requested};
use crate::http::{Body, Fields, Method, Response, Status, Text, date, validators};

/// OK-26 (MODEL): what a store of objects takes to find one, before the first byte.
pub const BUCKET_THINK: Duration = Duration::from_millis(18);

/// OK-26 (MODEL): what an application takes to make an answer, before the first byte.
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

/// The answer of an origin, as well as it is, to a request that reaches it at `now_unix`, in whole Unix seconds.
pub fn answer(
    site: &Site,
    origin: &Origin,
    health: Health,
    asked: Asked<'_>,
    now_unix: u64,
) -> Answered {
    let Asked { method, path, fields: given, .. } = asked;
    let service = Service::of(origin.kind);
    let is_condition_failed = |method| {
        let current = site.represent(path, now_unix);
        let current = current.filter(|(object, _)| matches!(object.kind, Kind::File | Kind::Made));
        let current = current.map(|(_, fields)| fields);
        service.has_validators()
            && validators::is_precondition_failed(method, given, current.as_ref())
    };
    let denied = match health {
        Health::Failing(_) => None,
        _ => denied(site, origin, asked),
    };
    let (status, mut fields, mut body) = match method {
        _ if let Health::Failing(status) = health => failing(service, status),
        _ if let Some(denied) = &denied => refused(service, Wrong::of(denied)), // OSEC-11
        _ if !service.takes(method) => refused(service, Wrong::Method),
        Method::Get | Method::Head => object(site, origin, asked, now_unix),
        Method::Options => no_content(),
        // RFC 9110 13.2.1: weighed where the method would be carried out.
        method if is_condition_failed(method) => refused(service, Wrong::Condition), // LIM-17
        Method::Post => made(Status(201)),
        Method::Put | Method::Patch => made(Status::OK),
        Method::Delete => no_content(),
    };
    fields.add("Date", date::print(now_unix));
    sign(&mut fields, service, origin, given);
    match health {
        _ if method == Method::Head => body.length = 0,
        Health::BreaksOff => body.length /= 2,
        _ => {}
    }
    let own = if service.is_store() { BUCKET_THINK } else { APPLICATION_THINK };
    let think = match health {
        Health::Slow { secs } => own.saturating_add(Duration::from_secs(secs)),
        _ => own,
    };
    let response = Response { status, fields: fields.into(), body };
    Answered { response, think, denied }
}

/// OK-14 (MODEL): by what an answer shows who made it.
fn sign(fields: &mut Fields, service: Service, origin: &Origin, given: &Fields) {
    if let Some(server) = service.server().filter(|_| !fields.has("Server")) {
        fields.add("Server", server);
    }
    if service.numbers_answers() {
        fields.add("x-amzn-RequestId", number(given.get("X-Amz-Cf-Id").unwrap_or_default()));
    }
    if service == Service::Distribution {
        fields.add("Via", format!("1.1 {} (CloudFront)", origin.domain));
        fields.add("X-Cache", "Miss from cloudfront");
    }
}

/// OK-14 (MODEL): an id for an answer, another one for every request.
fn number(cf_id: &str) -> String {
    let [high, low] = [0, 1].map(|salt| fnv1a(cf_id.bytes().chain([salt])));
    let (first, second, third) = (high >> 32, (high >> 16) & 0xffff, high & 0x0fff);
    let (fourth, last) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{last:012x}")
}

/// What a GET or HEAD finds under a path.
fn object(site: &Site, origin: &Origin, asked: Asked<'_>, now_unix: u64) -> Answer {
    let (service, path) = (Service::of(origin.kind), asked.path);
    let found = site.represent(path, now_unix);
    if found.is_some() {
        return represent(found, asked, service);
    }
    match service {
        Service::Bucket if asked.is_for_list(origin) => listing(site),
        Service::Website if path.ends_with('/') => {
            represent(site.represent(&format!("{path}{INDEX}"), now_unix), asked, service)
        }
        Service::Website if site.get(&format!("{path}/{INDEX}")).is_some() => {
            let (status, mut fields, body) = anew(Status(302), "text/html; charset=utf-8", 313);
            fields.add("Location", format!("{}{path}/", origin.path));
            (status, fields, body)
        }
        _ => refused(service, Wrong::Absent),
    }
}

/// OK-19 (MODEL): the index document of every website.
const INDEX: &str = "index.html";

/// OK-20 (MODEL): the list of a bucket's first objects, by its length.
fn listing(site: &Site) -> Answer {
    const AROUND_BYTES: u64 = 250;
    const EACH_BYTES: u64 = 220;
    const MOST: usize = 1_000;
    let keys = site.iter().take(MOST).map(|object| EACH_BYTES + object.path.len() as u64);
    anew(Status::OK, "application/xml", AROUND_BYTES + keys.sum::<u64>())
}

fn represent(object: Option<(&Object, Fields)>, asked: Asked<'_>, service: Service) -> Answer {
    let Some((object, mut fields)) = object else {
        return refused(service, Wrong::Absent);
    };
    if let Some(tags) = &object.cache_tag {
        fields.add(service.tag_field(), Text::copy(tags)); // TAG-12
    }
    let body = Body { length: object.size_bytes, version: object.version, coding: None };
    match &object.kind {
        Kind::File if !service.has_validators() => {
            for name in ["ETag", "Last-Modified"] {
                fields.remove(name); // OK-15
            }
            (Status::OK, fields, body)
        }
        Kind::File
            if validators::is_precondition_failed(asked.method, asked.fields, Some(&fields)) =>
        {
            refused(service, Wrong::Condition)
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
        Kind::File => part(fields, body, asked, service),
        Kind::Made => (Status::OK, fields, Body { version: 0, ..body }),
        Kind::Redirect { .. } => (Status(301), fields, body),
        Kind::Fails(status) => (*status, fields, Body { version: 0, ..body }),
    }
}

/// RFC 9110 14.2: one range of a file is sent as a part; several are not, and the whole is sent.
fn part(mut fields: Fields, body: Body, asked: Asked<'_>, service: Service) -> Answer {
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
            let (status, mut fields, body) = refused(service, Wrong::Range);
            let range = ContentRange::Unsatisfied { complete };
            fields.add("Content-Range", range.to_string());
            (status, fields, body)
        }
        _ => (Status::OK, fields, body),
    }
}

fn no_content() -> Answer {
    let mut fields = Fields::new();
    fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, OPTIONS, DELETE");
    (Status(204), fields, Body::default())
}

fn made(status: Status) -> Answer {
    const LENGTH: u64 = 96;
    anew(status, "application/json", LENGTH)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::distribution::Asker;
    use crate::http::{Request, Target};
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
