//! What origin and viewer get to see.
#![allow(clippy::unwrap_used)]

mod cloudfront;
mod legacy;
mod origin;
mod timing;
mod viewer;

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::distribution::{
    Behavior, CachePolicy, Cors, LegacySettings, Origin, OriginRequestPolicy, PolicyField,
    ResponseHeadersPolicy, SamplingRate, Selection, managed,
};
use crate::edge::{AcceptEncoding, CacheKey, Contact, Layer, ResultType, UpstreamTiming};
use crate::http::{Fields, Method, Request, Scheme, Target, Version};

fn identity() -> Identity {
    Identity::sample("us-west-2")
}

fn sent(method: Method, fields: &str, behavior: &Behavior) -> Request {
    sent_to("/a?x=1&y=2", method, fields, behavior)
}

fn sent_to(target: &str, method: Method, fields: &str, behavior: &Behavior) -> Request {
    let fields = Fields::parse(fields).unwrap().into();
    let viewer = Request::new(method, Target::parse(target).unwrap(), fields);
    origin_request(&viewer, "/a", behavior, &Origin::s3_bucket("o", "b", "us-east-1"), &identity())
}

/// The fields that a viewer gets under this behavior.
fn shown(from_origin: &str, behavior: &Behavior, viewer: &str, contact: Contact) -> Fields {
    let (method, viewer) = match viewer.strip_prefix("OPTIONS\n") {
        Some(rest) => (Method::Options, rest),
        None => (Method::Get, viewer),
    };
    let fields = Fields::parse(viewer).unwrap().into();
    let viewer = Request::new(method, Target::parse("/a").unwrap(), fields);
    let identity = identity();
    let age_secs = (contact == Contact::None).then_some(65);
    let dressing = Dressing {
        announces_http3: false,
        behavior,
        viewer: &viewer,
        result: ResultType::of(false, contact),
        age_secs,
        now_unix: 1_767_225_600,
        timing: timing(contact, Layer::Pop, &identity),
        identity: &identity,
    };
    let from_origin = Fields::parse(from_origin).unwrap();
    let fields = viewer_response(&from_origin, &dressing);
    if let Some(bytes) = dressed_bytes(&from_origin, &dressing) {
        assert_eq!(bytes, fields.size_bytes());
        // TLS-39: where HTTP/3 is announced, that is counted, too.
        let dressing = Dressing { announces_http3: true, ..dressing };
        let fields = viewer_response(&from_origin, &dressing);
        assert_eq!(fields.get("alt-svc"), Some("h3=\":443\"; ma=86400"));
        assert_eq!(dressed_bytes(&from_origin, &dressing), Some(fields.size_bytes()));
    }
    fields
}

fn timing(contact: Contact, layer: Layer, identity: &Identity) -> ServerTiming<'_> {
    let upstream = UpstreamTiming {
        dns: Duration::ZERO,
        connect: Duration::from_micros(114_900),
        first_byte: Duration::from_millis(177),
    };
    ServerTiming {
        contact,
        layer,
        is_plain: false,
        upstream: (contact != Contact::None).then_some(upstream),
        downstream: Duration::from_millis(436),
        identity,
    }
}

fn plain() -> Behavior {
    Behavior::new("*", "o", managed::caching_optimized())
}

fn with_policy(policy: ResponseHeadersPolicy) -> Behavior {
    Behavior { response_headers_policy: Some(policy), ..plain() }
}

fn lines(fields: &Fields) -> Vec<String> {
    fields.iter().map(|field| format!("{}: {}", field.name(), field.value())).collect()
}

/// A policy that forwards these fields of the viewer, all its cookies and its whole query.
fn forwarding(headers: Selection) -> Behavior {
    let policy = OriginRequestPolicy { headers, ..managed::all_viewer_except_host_header() };
    Behavior { origin_request_policy: Some(policy), ..plain() }
}

/// What the origin gets of a request under the legacy settings.
fn legacy(change: impl FnOnce(&mut CachePolicy)) -> Behavior {
    let mut behavior = plain();
    behavior.cache_policy.legacy =
        Some(LegacySettings { forwards_all_query: false, forwards_all_headers: false });
    change(&mut behavior.cache_policy);
    behavior
}

const VIEWER: &str = "Host: d\nUser-Agent: U\nAccept: */*\nAccept-Language: fr\nReferer: r\nCookie: a=1\n\
    Authorization: s\nX-Own: 1\nCache-Control: no-cache\nPragma: no-cache\nX-Real-IP: 1\nOrigin: o";

/// The request to an origin with these settings, for a viewer's request that is changed first.
fn sent_over(origin: &Origin, behavior: &Behavior, change: impl FnOnce(&mut Request)) -> Request {
    let fields = Arc::new(Fields::parse(VIEWER).unwrap());
    let mut viewer = Request::new(Method::Get, Target::parse("/a").unwrap(), fields);
    change(&mut viewer);
    let identity = identity();
    let viewer = Arc::new(viewer);
    let seen = as_the_edge_sees_it(&viewer, behavior, origin, &identity, None);
    origin_request(seen.as_ref().unwrap_or(&viewer), "/a", behavior, origin, &identity)
}
