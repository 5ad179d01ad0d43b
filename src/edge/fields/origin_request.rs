//! The request that the origin gets (caching.md sections 3.5 and 7.3).

use std::borrow::Cow;

use super::{Identity, is_one_of};
use crate::distribution::{
    Behavior, CachePolicy, Origin, OriginAccess, Proof, Selection, is_cloudfronts_own,
};
use crate::edge::cache_key::{AcceptEncoding, select_cookies, select_query};
use crate::http::{Field, Fields, Method, Request, Target, Text, Version};

/// Never sent to an origin, whatever a policy says (QH-04, QH-08, QH-09, XFER-03).
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

/// Removed with the legacy settings unless listed (QH-05, CK-17).
const REMOVED_BY_LEGACY: [&str; 5] =
    ["Accept", "Accept-Charset", "Accept-Language", "Referer", "X-HTTP-Method-Override"];

/// The request that the origin gets. `path` is the one after the default root object was put in.
pub fn origin_request(
    viewer: &Request,
    path: &str,
    behavior: &Behavior,
    origin: &Origin,
    identity: &Identity,
) -> Request {
    let mut fields = Fields::new();
    let listed = |name: &str| viewer.fields.get(name).filter(|_| behavior.forwards(name));
    // QH-01, ORP-08: the origin's own name, unless Host is in the key or a policy forwards it.
    fields.add("Host", Text::copy(listed("Host").unwrap_or(&origin.domain)));
    let agent = viewer.fields.combined("User-Agent").filter(|_| behavior.forwards("User-Agent"));
    fields.add("User-Agent", agent.map_or("Amazon CloudFront".into(), Text::from)); // QH-02
    if let Some(encoding) = accept_encoding(viewer, behavior) {
        fields.add("Accept-Encoding", encoding);
    }
    let is_forwarded = |field: &&Field| is_forwarded(field.name(), viewer.method, behavior);
    viewer.fields.iter().filter(is_forwarded).for_each(|field| fields.push(field.clone()));
    let (policy, more) = (&behavior.cache_policy, behavior.origin_request_policy.as_ref());
    let cookies = combined(&policy.cookies, more.map(|more| &more.cookies));
    if let Some(cookies) = select_cookies(&viewer.fields, &cookies) {
        fields.add("Cookie", cookies); // QH-07, COOK-03
    }
    let forwarded_for = viewer.fields.all("X-Forwarded-For").chain([&*identity.viewer().ip]);
    fields.add("X-Forwarded-For", forwarded_for.collect::<Vec<_>>().join(", ")); // QH-03
    let via = identity.location().via(viewer.version.as_str());
    // QH-11: what the viewer sent is forwarded; who passes a message on adds itself behind (RFC 9110 7.6.3).
    let via = viewer.fields.all("Via").chain([&*via]);
    fields.add("Via", via.collect::<Vec<_>>().join(", "));
    fields.add("X-Amz-Cf-Id", identity.request_id.text()); // QH-11, RH-03
    fields.add("Connection", "Keep-Alive"); // CONN-04
    for (name, value) in &origin.custom_headers {
        fields.remove(name); // QH-19, OR-04
        // AE-14: an empty one removes the field and adds none.
        if let Ok(field) = Field::new(name, value)
            && !value.is_empty()
        {
            fields.push(field);
        }
    }
    sign(&mut fields, origin, viewer);
    let query = query(viewer, policy, more.map(|more| &more.query));
    let path = format!("{}{path}", origin.path); // OR-03
    let target = Target::new(&path, query.as_deref().unwrap_or_default())
        .unwrap_or_else(|_| viewer.target.clone());
    Request {
        method: viewer.method,
        target,
        fields: fields.into(),
        content_length: viewer.content_length,
        scheme: origin.scheme(viewer.scheme), // MET-13
        version: Version::Http11,             // MET-14
    }
}

/// OSEC-02, OSEC-10: the signature by which the origin knows this distribution takes the place of the viewer's own
/// Authorization. MODEL (IM-10): its figures are left out, since they prove nothing without a secret key.
fn sign(fields: &mut Fields, origin: &Origin, viewer: &Request) {
    let proof = origin.access.proof(viewer.fields.has("Authorization"));
    let who = match (&origin.access, proof) {
        (OriginAccess::Identity { id }, Proof::ByIdentity) => id.as_str(),
        (_, Proof::ByControl) => "cloudfront.amazonaws.com",
        _ => return,
    };
    let Some(service) = origin.kind.signed_service() else { return };
    if let Some(hash) = viewer.fields.get(CONTENT_HASH).filter(|_| service == "lambda") {
        fields.set(CONTENT_HASH, Text::copy(hash)); // OK-24
    }
    let signed = if origin.is_multi_region() {
        fields.set("X-Amz-Region-Set", "*");
        format!("AWS4-ECDSA-P256-SHA256 Credential={who}/{service}/aws4_request") // OSEC-01
    } else {
        let region = &origin.region;
        format!("AWS4-HMAC-SHA256 Credential={who}/{region}/{service}/aws4_request")
    };
    fields.set("Authorization", signed);
}

/// OK-24 (MODEL): what the signature for a function covers goes to it with that, whatever the policies say.
const CONTENT_HASH: &str = "x-amz-content-sha256";

/// AE-01 to AE-10: the normalised value where the policy compresses, the viewer's own where it is listed.
fn accept_encoding(viewer: &Request, behavior: &Behavior) -> Option<Text> {
    let policy = &behavior.cache_policy;
    let given = viewer.fields.combined("Accept-Encoding")?; // AE-10
    if policy.normalises_codings() {
        // AE-13: whatever else is listed.
        let normalised = AcceptEncoding::of(&viewer.fields, policy);
        return Some(normalised.map_or("identity", AcceptEncoding::as_str).into()); // AE-04, AE-06, AE-08
    }
    Some(given.into()).filter(|_| behavior.forwards("Accept-Encoding")) // AE-09
}

fn query(viewer: &Request, policy: &CachePolicy, more: Option<&Selection>) -> Option<String> {
    let given = viewer.target.query()?;
    if policy.legacy.is_some_and(|legacy| legacy.forwards_all_query) {
        return Some(given.to_owned()); // QS-07
    }
    select_query(given, &combined(&policy.query, more))
}

/// What goes to the origin by both policies (ORP-02 to ORP-07).
fn combined<'a>(key: &'a Selection, more: Option<&Selection>) -> Cow<'a, Selection> {
    more.map_or(Cow::Borrowed(key), |more| Cow::Owned(key.and_also(more)))
}

fn is_forwarded(name: &str, method: Method, behavior: &Behavior) -> bool {
    let lower = name.to_ascii_lowercase();
    if is_one_of(name, &NEVER_FORWARDED) || is_one_of(name, &SET_HERE) {
        return false; // QH-04, QH-09, XFER-03
    }
    if lower.starts_with("proxy-") || lower.starts_with("x-edge-") {
        return false; // QH-08, QH-10
    }
    if lower == "authorization" && !behavior.caches(method) {
        return true; // AUTH-05, AUTH-06, QH-06
    }
    if behavior.forwards(name) {
        return true; // AUTH-02, AUTH-03, AUTH-04, KEY-05, ORP-02
    }
    if behavior.cache_policy.legacy.is_some() {
        // ORP-09: with the legacy settings other fields pass without being in the key.
        return lower != "authorization" // QH-06, AUTH-01
            && !is_one_of(name, &REMOVED_BY_LEGACY) // QH-05
            && !is_cloudfronts_own(name); // QH-13
    }
    // QH-12 (MODEL): with a cache policy only Range, If-* and the body's Content-* go unlisted.
    lower == "range" || lower.starts_with("if-") || lower.starts_with("content-")
}
