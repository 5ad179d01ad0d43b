//! The fields that the viewer gets (caching.md sections 2.4, 7.1 and 7.2).

use std::sync::Arc;

use super::cloudfront::tells_the_device;
use super::{Identity, RequestId, ServerTiming, is_one_of, policy};
use crate::distribution::Behavior;
use crate::edge::ResultType;
use crate::edge::tls::HTTP3_ANNOUNCED;
use crate::http::{Fields, Names, Request, date};

/// All that decides over the fields of an answer besides the fields that came.
#[derive(Clone, Copy, Debug)]
pub struct Dressing<'a> {
    /// The behavior that matched.
    pub behavior: &'a Behavior,
    /// The viewer's request.
    pub viewer: &'a Request,
    /// What came of the request.
    pub result: ResultType,
    /// The age in seconds, where a cache has one to tell (AGE-01).
    pub age_secs: Option<u64>,
    /// The time of the answer in whole Unix seconds.
    pub now_unix: u64,
    /// What Server-Timing says, if a policy adds it.
    pub timing: ServerTiming<'a>,
    /// Who answers.
    pub identity: &'a Identity,
    /// Whether viewers are told that there is HTTP/3 (TLS-39).
    pub announces_http3: bool,
}

/// The fields that the viewer gets: the origin's, less what is removed, plus what the edge adds.
pub fn viewer_response(from_origin: &Fields, dressing: &Dressing<'_>) -> Fields {
    let Dressing { behavior, identity, age_secs, .. } = *dressing;
    let mut fields: Fields = from_origin
        .iter()
        .filter(|field| !is_removed(field.name(), behavior)) // RH-08
        .filter(|field| !(field.is("X-Cache") || (age_secs.is_some() && field.is("Age"))))
        .cloned()
        .collect();
    if let Some(vary) = from_origin.get("Vary").map(|_| kept_vary(from_origin, behavior)) {
        fields.remove("Vary");
        if !vary.is_empty() {
            fields.add("Vary", vary);
        }
    }
    if let Some(age) = age_secs {
        fields.add("Age", age.to_string()); // AGE-01
    }
    // RH-09: a policy removes and adds first; what is CloudFront's own fills in where nothing stands then.
    let (policy, had_date) = (behavior.response_headers_policy.as_ref(), fields.has("Date"));
    if let Some(policy) = policy {
        policy::apply(policy, &mut fields, dressing.viewer);
    }
    if !fields.has("Server") {
        fields.add("Server", "CloudFront"); // RH-04
    }
    if had_date && !fields.has("Date") {
        fields.add("Date", date::print(dressing.now_unix)); // RH-05
    }
    let is_unsaid = || policy.is_some_and(|policy| is_one_of("X-Cache", &policy.remove)); // XC-13
    if !fields.has("X-Cache") && !is_unsaid() {
        fields.add("X-Cache", dressing.result.x_cache());
    }
    if dressing.announces_http3 {
        fields.set("alt-svc", HTTP3_ANNOUNCED.0); // TLS-39
    }
    fields.set("Via", Arc::clone(identity.location().via_to_viewer())); // RH-01
    fields.set("X-Amz-Cf-Pop", Arc::clone(&identity.location().code)); // RH-02
    fields.set("X-Amz-Cf-Id", identity.request_id.text()); // RH-03
    if let Some(rate) = policy.and_then(|policy| policy.server_timing) {
        dressing.timing.add_to(&mut fields, rate, dressing.viewer);
    }
    fields
}

/// How many bytes [`viewer_response`] makes, where nothing that came is removed or changed and no policy has a say; none
/// otherwise, and it has to be made to know.
pub fn dressed_bytes(from_origin: &Fields, dressing: &Dressing<'_>) -> Option<u64> {
    const TOUCHED: Names<10> = Names::of([
        "alt-svc",
        "Set-Cookie",
        "Trailer",
        "Upgrade",
        "Age",
        "Vary",
        "X-Cache",
        "Via",
        "X-Amz-Cf-Pop",
        "X-Amz-Cf-Id",
    ]);
    let has_policy = dressing.behavior.response_headers_policy.is_some();
    if has_policy || from_origin.has_one_of(&TOUCHED) {
        return None;
    }
    let location = &dressing.identity.location();
    let age =
        dressing.age_secs.map(|secs| line("Age", secs.checked_ilog10().unwrap_or(0) as usize + 1));
    let server = if from_origin.has("Server") { 0 } else { line("Server", "CloudFront".len()) };
    let alternative =
        if dressing.announces_http3 { line("alt-svc", HTTP3_ANNOUNCED.0.len()) } else { 0 };
    let own = alternative
        + line("X-Cache", dressing.result.x_cache().len())
        + line("Via", location.via_to_viewer().len())
        + line("X-Amz-Cf-Pop", location.code.len())
        + line("X-Amz-Cf-Id", RequestId::LENGTH);
    Some(from_origin.size_bytes() + server + age.unwrap_or(0) + own)
}

/// The length of a field line with its colon, space and break.
const fn line(name: &str, value_bytes: usize) -> u64 {
    (name.len() + value_bytes + 4) as u64
}

fn is_removed(name: &str, behavior: &Behavior) -> bool {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    (is("Set-Cookie") && !behavior.forwards_cookies()) // SETC-01, SETC-05
        || is("Trailer") // RH-06, XFER-11
        || is("Upgrade")
}

/// VARY-01 to VARY-04: Accept-Encoding, Cookie and what is forwarded stay, everything else goes.
fn kept_vary(from_origin: &Fields, behavior: &Behavior) -> String {
    let forwards_device = || behavior.cloudfront_fields().any(tells_the_device);
    let is_kept = |token: &&str| {
        token.eq_ignore_ascii_case("Accept-Encoding") // VARY-03
            || token.eq_ignore_ascii_case("Cookie") // VARY-03
            || behavior.forwards(token) // VARY-02
            || (token.eq_ignore_ascii_case("User-Agent") && forwards_device()) // VARY-04
    };
    let tokens = from_origin.all("Vary").flat_map(|vary| vary.split(',')).map(str::trim);
    tokens.filter(is_kept).collect::<Vec<_>>().join(", ") // VARY-01
}
