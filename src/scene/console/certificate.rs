//! What is entered of the certificate: CloudFront's own and one of the distribution's take each other's place (DS-08 to DS-11).

use super::item::{self, Item};
use super::setting::{Setting, certificate_id};
use crate::distribution::{Distribution, Draft};
use crate::json::{Json, NoSuchPlace, Path};

const SUPPORT: &str = "SSLSupportMethod";
const POLICY: &str = "MinimumProtocolVersion";

/// The security policies that go with IP addresses of the distribution's own (TLS-31).
const OF_ADDRESSES: [&str; 2] = ["SSLv3", "TLSv1"];

/// Whether a security policy goes with a way of asking for the certificate (TLS-30, TLS-31).
pub(super) fn goes_with(policy: &str, support: &str) -> bool {
    match support {
        "vip" => OF_ADDRESSES.contains(&policy),
        "sni-only" => policy != OF_ADDRESSES[0],
        _ => true,
    }
}

/// By its ARN, or by its id in the store of IAM; of nothing, CloudFront's own. Another one keeps how it is asked for and what
/// it allows; one that was there when the editing began comes back as it was.
pub(super) fn set(draft: &mut Draft, place: &Path, id: &str) -> Result<(), NoSuchPlace> {
    let base = draft.base().document().at(place);
    let is_back = base.map(certificate_id).unwrap_or_default() == id;
    let began = match base.filter(|_| is_back) {
        Some(base) => base.members().to_vec(),
        None if is_back => {
            return item::take_out(draft, place);
        }
        None => fresh(id).members().to_vec(),
    };
    let now = draft.at(place).filter(|now| !certificate_id(now).is_empty() && !id.is_empty());
    let mut members = began;
    for name in [SUPPORT, POLICY] {
        let Some(value) = now.and_then(|now| now.member(name)) else { continue };
        match members.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.clone(),
            None => members.push((name.to_owned(), value.clone())),
        }
    }
    draft.set(place, Json::Object(members)).map(drop)
}

/// As the console begins it.
fn fresh(id: &str) -> Json {
    if id.is_empty() {
        return Json::object([
            ("CloudFrontDefaultCertificate", Json::Flag(true)),
            (POLICY, Json::text("TLSv1")),
        ]);
    }
    // The ids of IAM's store have letters of their own in front.
    let is_iam = id.starts_with("ASCA");
    Json::object([
        ("CloudFrontDefaultCertificate", Json::Flag(false)),
        (if is_iam { "IAMCertificateId" } else { "ACMCertificateArn" }, Json::text(id)),
        (SUPPORT, Json::text("sni-only")),
        (POLICY, Json::text("TLSv1.2_2021")),
    ])
}

/// How viewers ask for it. The security policy follows where the new way does not go with it (TLS-30, TLS-31).
pub(super) fn set_support(draft: &mut Draft, support: &str) -> Result<(), NoSuchPlace> {
    let place = Setting::Certificate.path(Item::General, draft);
    let (method, policy) = (place.member(SUPPORT), place.member(POLICY));
    let text = |json: Option<&Json>| json.and_then(Json::as_text).unwrap_or_default().to_owned();
    let now = text(draft.at(&policy));
    let was = |path: &Path| text(draft.base().document().at(path));
    let is_back = was(&method) == support;
    let is_old = OF_ADDRESSES.contains(&now.as_str());
    let fitting = match support {
        "vip" if !is_old => OF_ADDRESSES[1].to_owned(),
        "sni-only" if is_old && is_back => was(&policy),
        "sni-only" if now == "SSLv3" => "TLSv1".to_owned(),
        _ => now.clone(),
    };
    draft.set(&method, Json::text(support))?;
    if fitting != now {
        draft.set(&policy, Json::text(&fitting))?;
    }
    Ok(())
}

/// What is said below the security policy: that the way of asking for the certificate takes few of them, and which one it has put
/// in place of which.
pub(super) fn said_of_policy(draft: &Draft, now: &str) -> String {
    if Setting::SslSupport.value(Item::General, draft) != "vip" {
        return String::new();
    }
    let place = Setting::SecurityPolicy.path(Item::General, draft);
    let before = draft.base().document().at(&place).and_then(Json::as_text).unwrap_or_default();
    let all = OF_ADDRESSES.join(" and ");
    if before.is_empty() || goes_with(before, "vip") {
        return format!("With IP addresses of its own there are {all} alone (TLS-31)");
    }
    format!(
        "{now} in place of {before}: with IP addresses of its own there are {all} alone (TLS-31)"
    )
}

/// A name by which a viewer meets what was changed of certificate and security policy: the first alternate one, since whoever
/// comes for the name below cloudfront.net sees CloudFront's own (TLS-77). For a wildcard a name stands that it covers.
pub fn name_to_see_it_by(before: &Distribution, after: &Distribution) -> Option<String> {
    let first = after.aliases.first().filter(|_| before.certificate != after.certificate)?;
    Some(first.strip_prefix('*').map_or_else(|| first.clone(), |rest| format!("www{rest}")))
}
