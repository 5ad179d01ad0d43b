//! The fields that CloudFront makes of what it knows of a viewer, for keys and origins that ask for them (QH-13 to QH-18).

use std::borrow::Cow;
use std::sync::Arc;

use super::Identity;
use crate::distribution::{Behavior, Origin};
use crate::http::{Fields, Request, Scheme, Version};

/// A viewer's request as keys and origins are made of it: with the fields of CloudFront's own that the behavior asks for,
/// and without what is dropped on arrival. None where that is the request itself, as mostly.
///
/// `error_of` is the viewer's request where this one is for the page that takes its error's place (QH-18).
pub fn as_the_edge_sees_it(
    viewer: &Arc<Request>,
    behavior: &Behavior,
    origin: &Origin,
    identity: &Identity,
    error_of: Option<&Request>,
) -> Option<Arc<Request>> {
    let wanted: Vec<&str> = behavior.cloudfront_fields().collect();
    let drops_coding = viewer.version == Version::Http10 // AE-15
        || origin.custom_headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("Accept-Encoding") && value.is_empty() // AE-14
        });
    if wanted.is_empty() && !drops_coding {
        return None;
    }
    let is_dropped = |name: &str| {
        (drops_coding && name.eq_ignore_ascii_case("Accept-Encoding"))
            || wanted.iter().any(|own| own.eq_ignore_ascii_case(name))
    };
    let mut fields: Fields =
        viewer.fields.iter().filter(|field| !is_dropped(field.name())).cloned().collect();
    for (name, value) in own_fields(viewer, behavior, identity, error_of) {
        fields.set(name, value);
    }
    Some(Arc::new(Request { fields: fields.into(), ..(**viewer).clone() }))
}

/// The fields of CloudFront's own that the behavior asks for, with what they say of a viewer's request.
pub(in crate::edge) fn own_fields<'a>(
    viewer: &Request,
    behavior: &'a Behavior,
    identity: &Identity,
    error_of: Option<&Request>,
) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let made = move |name: &'a str| made(name, viewer, identity, error_of);
    behavior.cloudfront_fields().filter_map(made)
}

/// One field of CloudFront's own, if its value is known. Region, postal code, metro code and time zone would need a table
/// that Edgewalk does not have (QH-15).
fn made(
    name: &str,
    viewer: &Request,
    identity: &Identity,
    error_of: Option<&Request>,
) -> Option<(&'static str, Cow<'static, str>)> {
    let agent = &viewer.fields.combined("User-Agent").unwrap_or_default();
    let facts = &identity.viewer();
    let device = |is: bool| Cow::Borrowed(if is { "true" } else { "false" });
    let owned = |text: &str| Cow::Owned(text.to_owned());
    let rest = name.get(11..)?.to_ascii_lowercase();
    Some(match rest.as_str() {
        // QH-13 (MODEL for the test): told from User-Agent; several may be true.
        "is-mobile-viewer" => {
            ("CloudFront-Is-Mobile-Viewer", device(agent.contains("Mobile") && !is_tablet(agent)))
        }
        "is-tablet-viewer" => ("CloudFront-Is-Tablet-Viewer", device(is_tablet(agent))),
        "is-smarttv-viewer" => ("CloudFront-Is-SmartTV-Viewer", device(is_tv(agent))),
        "is-android-viewer" => ("CloudFront-Is-Android-Viewer", device(agent.contains("Android"))),
        "is-ios-viewer" => {
            let is_ios = agent.contains("iPhone") || agent.contains("iPad");
            ("CloudFront-Is-IOS-Viewer", device(is_ios))
        }
        "is-desktop-viewer" => {
            let is_other = agent.contains("Mobile") || is_tablet(agent) || is_tv(agent);
            ("CloudFront-Is-Desktop-Viewer", device(!is_other))
        }
        "viewer-country" => ("CloudFront-Viewer-Country", owned(facts.country.as_deref()?)), // QH-14
        "viewer-city" => ("CloudFront-Viewer-City", owned(facts.city.as_deref()?)), // QH-16
        "viewer-asn" => ("CloudFront-Viewer-ASN", facts.as_number?.to_string().into()), // QH-17
        "viewer-address" => {
            ("CloudFront-Viewer-Address", format!("{}:{}", facts.ip, facts.port).into()) // QH-17, QH-21
        }
        "viewer-http-version" => {
            ("CloudFront-Viewer-Http-Version", Cow::Borrowed(viewer.version.as_str())) // QH-17
        }
        "viewer-tls" if viewer.scheme == Scheme::Https => {
            let (session, handshake) = (&identity.session, identity.handshake.as_str());
            let (protocol, cipher) = (session.protocol.as_str(), session.cipher.as_str());
            ("CloudFront-Viewer-TLS", format!("{protocol}:{cipher}:{handshake}").into()) // QH-17
        }
        "forwarded-proto" => {
            ("CloudFront-Forwarded-Proto", Cow::Borrowed(viewer.scheme.as_str())) // QH-18, KEY-04
        }
        "error-uri" => ("CloudFront-Error-Uri", owned(error_of?.target.path())), // QH-18
        "error-args" => {
            ("CloudFront-Error-Args", owned(error_of?.target.query().unwrap_or_default())) // QH-18
        }
        _ => return None,
    })
}

/// Whether this one of CloudFront's own fields tells the viewer's device (QH-13).
pub(super) fn tells_the_device(own: &str) -> bool {
    own.get(11..14).is_some_and(|start| start.eq_ignore_ascii_case("Is-"))
}

fn is_tablet(agent: &str) -> bool {
    agent.contains("iPad") || agent.contains("Tablet")
}

fn is_tv(agent: &str) -> bool {
    agent.contains("SmartTV") || agent.contains("SMART-TV") || agent.contains("AppleTV")
}
