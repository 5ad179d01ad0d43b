//! Validation of stale stored responses (caching.md section 2.2): the condition that goes upstream, and what a 304 means.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::own_page;
use super::{LifetimeRule, StoredResponse};
use crate::distribution::Behavior;
use crate::http::cache_control::CacheControl;
use crate::http::{
    Body, Field, Fields, Method, Names, Request, Response, Status, Text, validators,
};

/// Why a stale stored response is fetched whole, and not asked about by its validators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unconditional {
    /// It has neither `ETag` nor Last-Modified (REV-04).
    NoValidator,
    /// It came with `Vary: *`, and the minimum TTL is 0 (VARY-05).
    VaryAny,
    /// The behavior forwards cookies (REV-08).
    ForwardsCookies,
    /// It came with `no-store` or `private`, and the minimum TTL is 0 (TTL-30, MODEL).
    Forbidden,
    /// It is an error: the object itself is asked for again (ERR-17).
    IsError,
}

impl Unconditional {
    /// The reason for a stored response under a behavior, if there is one.
    pub fn of(stored: &StoredResponse, behavior: &Behavior) -> Option<Self> {
        let is_forbidden = || {
            let cc = CacheControl::of(&stored.response().fields);
            cc.no_store || cc.private
        };
        match stored.lifetime.rule {
            _ if stored.response().status.is_error() => Some(Self::IsError), // ERR-17
            LifetimeRule::VaryAny => Some(Self::VaryAny),                    // VARY-05
            // TTL-30 speaks of a minimum TTL of 0; above it the copy was kept by right and is asked about (REV-02, REV-03).
            LifetimeRule::Forbidden if stored.lifetime.bounds.min == 0 && is_forbidden() => {
                Some(Self::Forbidden)
            }
            _ if behavior.forwards_cookies() => Some(Self::ForwardsCookies), // REV-08
            _ if !stored.has_validator() => Some(Self::NoValidator),         // REV-04
            _ => None,
        }
    }
}

/// The fields that make a request conditional on what the sender holds.
const CONDITIONS: Names<4> =
    Names::of(["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"]);

/// Whether a request is conditional, but for If-Range, which only means something beside a Range.
pub(super) fn is_conditional(request: &Request) -> bool {
    request.fields.has_one_of(&CONDITIONS)
}

/// The same request without conditions, those of the viewer or of the tier below: the answer brings the whole object
/// (REV-04, REV-08, VARY-05).
pub fn unconditional(request: &Request) -> Arc<Request> {
    let fields = request.fields.iter().filter(|field| !CONDITIONS.have(field));
    Arc::new(Request { fields: fields.cloned().collect::<Fields>().into(), ..request.clone() })
}

/// The same request, asking whether the stored response is still good (REV-02, REV-03). It replaces conditions that the
/// viewer set, which are weighed against the outcome.
pub fn conditional(request: &Request, stored: &StoredResponse) -> Arc<Request> {
    let mut fields = (*unconditional(request).fields).clone();
    if let Some(etag) = stored.response().fields.get("ETag") {
        fields.add("If-None-Match", Text::copy(etag));
    }
    if let Some(modified) = stored.response().fields.get("Last-Modified") {
        fields.add("If-Modified-Since", Text::copy(modified));
    }
    Arc::new(Request { fields: fields.into(), ..request.clone() })
}

/// Whether two responses bring the same version of an object. What the edge compressed is the same version still
/// (CMP-07), so the tags are compared weakly (RFC 9110 8.8.3.2).
pub fn is_same(one: &Response, other: &Response) -> bool {
    // Version 0 is content that no origin keeps, and a page of CloudFront's own no answer: both are made anew each time.
    let version = one.body.version;
    version != 0
        && !own_page::is_own(version)
        && version == other.body.version
        && opaque_tag(one) == opaque_tag(other) // REV-06
}

fn opaque_tag(response: &Response) -> Option<&str> {
    let tag = response.fields.get("ETag")?;
    Some(tag.strip_prefix("W/").unwrap_or(tag))
}

/// What a 304 does not change: Content-Length by RFC 9111 3.2, and what else tells of the very bytes that are stored, so
/// that they stay readable, whether the edge compressed them or not.
const OF_THE_STORED_BYTES: [&str; 4] =
    ["Content-Length", "Content-Encoding", "Content-Range", "Content-MD5"];

/// RFC 9111 3.2: the fields of a 304 replace those of the stored response. How old that was when it came is past: only the
/// 304's own Age counts (AGE-01).
pub fn freshened(stored: &Fields, update: &Fields) -> Fields {
    renewed(stored, update, |field| !field.is("Age") && !update.has(field.name()))
}

/// The fields of a whole answer whose content is what is stored already: nothing else of the stored fields lives on (REV-06).
pub fn replaced(stored: &Fields, update: &Fields) -> Fields {
    renewed(stored, update, |_| false)
}

/// The newer fields, with those of the stored bytes and those that live on. Another tag than the stored one is not taken: such
/// an answer is about another representation (RFC 9111 4.3.4).
fn renewed(stored: &Fields, update: &Fields, lives_on: impl Fn(&Field) -> bool) -> Fields {
    let is_other_tag = stored.has("ETag") && stored.get("ETag") != update.get("ETag");
    let is_left_alone = |field: &Field| {
        OF_THE_STORED_BYTES.iter().any(|known| field.is(known))
            || (is_other_tag && field.is("ETag"))
    };
    let kept = stored.iter().filter(|field| is_left_alone(field) || lives_on(field));
    kept.chain(update.iter().filter(|field| !is_left_alone(field))).cloned().collect()
}

/// RFC 9111 4.3.5: whether a 200 to HEAD is the head of what is stored: each validator that it names is the stored one's,
/// and so is its Content-Length. MET-16 (MODEL): without any validator it is not.
pub fn is_head_of(head: &Response, stored: &StoredResponse) -> bool {
    let kept = stored.response();
    let agrees =
        |name: &str| head.fields.get(name).is_none_or(|own| kept.fields.get(name) == Some(own));
    let has_tag = head.fields.has("ETag");
    let is_coded = kept.body.coding.is_some(); // CMP-07: the edge weakened the tag, and no length is told
    (head.status, kept.status) == (Status::OK, Status::OK)
        && (has_tag || head.fields.has("Last-Modified"))
        && (!has_tag || opaque_tag(head) == opaque_tag(kept))
        && agrees("Last-Modified")
        && (is_coded || agrees("Content-Length"))
}

/// What the viewer gets of an answer: no content for HEAD, a 304 where its own condition holds (REV-11, MET-06).
pub fn for_viewer(viewer: &Request, mut response: Response) -> Response {
    let is_conditional =
        matches!(viewer.method, Method::Get | Method::Head) && response.status == Status::OK;
    if is_conditional && is_not_modified(&viewer.fields, &response.fields) {
        response.status = Status::NOT_MODIFIED;
        response.body = Body { length: 0, ..response.body };
    } else if viewer.method == Method::Head {
        response.body.length = 0;
    }
    response
}

/// RFC 9111 4.3.2: where a response does not say when it was modified, its Date stands in.
fn is_not_modified(viewer: &Fields, response: &Fields) -> bool {
    let is_undated = viewer.has("If-Modified-Since") && !response.has("Last-Modified");
    let date = if is_undated { response.get("Date") } else { None };
    let Some(date) = date else { return validators::is_not_modified(viewer, response) };
    let mut dated = response.clone();
    dated.add("Last-Modified", Text::copy(date));
    validators::is_not_modified(viewer, &dated)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::Target;

    #[test]
    fn rev_06_another_tag_is_another_version_and_a_weak_one_the_same() {
        let response = |version, fields: &str| {
            let fields = Fields::parse(fields).unwrap().into();
            let body = Body { length: 1, version, coding: None };
            Response { status: Status::OK, fields, body }
        };
        let one = response(1, "ETag: \"e\"");
        let same = |version, fields: &str| is_same(&one, &response(version, fields));
        assert!(same(1, "ETag: \"e\"") && same(1, "ETag: W/\"e\""));
        assert!(!same(1, "ETag: \"f\"") && !same(1, "") && !same(2, "ETag: \"e\""));
        for made_anew in [0, u32::MAX, u32::MAX - 1] {
            assert!(!is_same(&response(made_anew, ""), &response(made_anew, "")));
        }
    }

    #[test]
    fn rev_11_the_date_stands_in_for_last_modified() {
        let status = |viewer: &str, response: &str| {
            let fields = |text| Fields::parse(text).unwrap().into();
            let target = Target::parse("/a").unwrap();
            let viewer = Request::new(Method::Get, target, fields(viewer));
            let (status, body) = (Status::OK, Body::default());
            for_viewer(&viewer, Response { status, fields: fields(response), body }).status.0
        };
        let [before, at, after] =
            [10, 11, 12].map(|hour| format!("Thu, 01 Jan 2026 {hour}:00:00 GMT"));
        let since = |date: &str| format!("If-Modified-Since: {date}");
        let dated = format!("Date: {at}");
        assert_eq!(status(&since(&before), &dated), 200);
        assert_eq!(status(&since(&at), &dated), 304);
        assert_eq!(status(&since(&after), &dated), 304);
        assert_eq!(status(&since(&at), &format!("{dated}\nLast-Modified: {after}")), 200);
        assert_eq!(status(&since(&at), ""), 200);
        let tagged = format!("If-None-Match: \"e\"\n{}", since(&at));
        assert_eq!(status(&tagged, &dated), 200);
    }
}
