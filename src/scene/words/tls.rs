//! What is said of the protection of a viewer's connection (security-logs-edge.md section 3).

use std::time::Duration;

use super::assumed;
use super::sources::{GENERAL, QUIC, SNI, TLS, TLS_12, VIEWER_TLS};
use super::told::Told;
use crate::distribution::{Distribution, SecurityPolicy, TlsProtocol, ViewerCertificate};
use crate::edge::{NotSecured, Session};
use crate::http::{Scheme, Version};
use crate::network::Offer;
use crate::scene::{Outcome, Reason, Trip, units, why};

/// The setting that decides over protocols and ciphers.
const POLICY: &str = "The distribution: security policy";
const CERTIFICATE: &str = "The distribution: certificate";
const SUPPORT: &str = "The distribution: client support";
const VERSIONS: &str = "The distribution: HTTP versions";

/// The row on how the connection of an exchange was opened.
pub(super) fn row_of_opening(trip: &Trip) -> &'static str {
    match trip.agreed {
        _ if trip.is_reused => "TLS-59",
        _ if trip.request.scheme == Scheme::Http => "TLS-51",
        Some(Ok(session)) => row_of(session, false),
        _ => "TLS-54",
    }
}

const fn row_of(session: Session, is_resumed: bool) -> &'static str {
    match (session.http, session.protocol) {
        (Version::Http3, _) => "TLS-56",
        (_, TlsProtocol::Tls13) => "TLS-54",
        _ if is_resumed => "TLS-53",
        _ => "TLS-52",
    }
}

/// SP-01 to SP-09.
fn row_of_policy(policy: SecurityPolicy) -> String {
    format!("SP-0{}", policy as usize + 1)
}

/// TLS stands, or QUIC with it.
pub(super) fn secured(
    trip: &Trip,
    round_trip: Duration,
    round_trips: u32,
    session: Session,
    is_resumed: bool,
) -> Told {
    let pop = units::unbroken(trip.pop.short_name());
    let is_quic = session.http == Version::Http3;
    let source = match session.protocol {
        _ if is_quic => QUIC,
        TlsProtocol::Tls13 => TLS,
        _ => TLS_12,
    };
    let title = match () {
        () if is_quic => "QUIC: connection, certificate and session keys at once",
        () if is_resumed => "TLS: an earlier session goes on",
        () => "TLS: certificate and session keys",
    };
    let name = if is_quic { "QUIC" } else { session.protocol.title() };
    let trips = if round_trips == 1 { "round trip" } else { "round trips" };
    let mut told = Told::new(title, row_of(session, is_resumed), source)
        .say(format!("{name} takes {round_trips} {trips} of {} to {pop}.", units::ms(round_trip)))
        .say(if is_resumed {
            "A ticket of an earlier session stands for certificate and key agreement: one round trip less."
        } else {
            "The edge location shows its certificate here, close to the viewer, not at the far origin."
        });
    let host = trip.host_name();
    told.why.push(if session.is_own {
        let text = format!("The distribution's own certificate answers for {host}");
        why::check("TLS-14", text).set_by(CERTIFICATE)
    } else {
        why::check("TLS-11", format!("The default certificate, *.cloudfront.net, covers {host}"))
    });
    let policy = session.policy.as_str();
    let text = format!(
        "{} is the best that the viewer offers and {policy} allows",
        session.protocol.title()
    );
    let of_policy = why::check(&row_of_policy(session.policy), text);
    told.why.push(if session.is_own { of_policy.set_by(POLICY) } else { of_policy });
    if !session.is_own {
        told.cite("TLS-12");
    }
    let secrecy =
        if session.cipher.has_forward_secrecy() { "" } else { ", without forward secrecy" };
    let cipher = session.cipher.as_str();
    told.why.push(why::check("TLS-08, TLS-09", format!("Cipher: {cipher}{secrecy}")));
    let (row, http) = match session.http {
        Version::Http3 => ("TLS-37", "HTTP/3"),
        Version::Http2 => ("TLS-36", "HTTP/2"),
        Version::Http11 => ("TLS-38", "HTTP/1.1"),
        Version::Http10 => ("TLS-38", "HTTP/1.0"),
    };
    told.why.push(why::next(row, format!("Agreed on by ALPN: {http}")).set_by(VERSIONS));
    if is_resumed {
        told.assume(assumed::TICKETS);
    }
    told
}

/// TLS-77: whoever comes for CloudFront's own name sees nothing of the distribution's own certificate.
pub(super) fn of_other_names(told: &mut Told, trip: &Trip, distribution: &Distribution) {
    let is_default = matches!(trip.agreed, Some(Ok(session)) if !session.is_own);
    if is_default && distribution.certificate != ViewerCertificate::Default {
        told.assume(assumed::CLOUDFRONTS_NAME);
    }
}

/// No connection came about. `is_own` tells whether the policy is the distribution's.
pub(super) fn not_secured(
    trip: &Trip,
    round_trip: Duration,
    offer: Offer,
    why: NotSecured,
    is_own: bool,
) -> Told {
    let host = trip.host_name();
    let offered: Vec<&str> = offer.protocols().collect();
    let offered = offered.join(", ");
    let mut told = Told::new("TLS fails: no connection", "TLS-33", VIEWER_TLS);
    told.outcome = Some(Outcome::Error);
    // TLS-12: the policy of CloudFront's own name is no setting.
    let by_policy = |reason: Reason| if is_own { reason.set_by(POLICY) } else { reason };
    if !is_own {
        told.cite("TLS-12");
    }
    let line = match why {
        NotSecured::NoServerName => {
            told.turn_to("TLS-20", SNI);
            told = told.say(format!(
                "The viewer did not say that it wants {host}, and the edge location chooses the certificate by that name."
            ));
            let text =
                format!("No name in the first message: sni-only drops the connection for {host}");
            why::decided(Outcome::Error, "TLS-20", text).set_by(SUPPORT)
        }
        NotSecured::NoCommonProtocol { policy } => {
            let policy_word = policy.as_str();
            told = told
                .say(format!("The viewer offers {offered}, and {policy_word} allows none of it."));
            let text = format!("No protocol in common: {offered} against {policy_word}");
            told.why.push(by_policy(of_policy(policy, is_own)));
            by_policy(why::decided(Outcome::Error, "TLS-33", text))
        }
        NotSecured::NoCommonCipher { policy, protocol } => {
            let (policy_word, protocol) = (policy.as_str(), protocol.title());
            told = told.say(format!(
                "Both know {protocol}, but {policy_word} allows none of the ciphers that the viewer offers for it."
            ));
            told.why.push(by_policy(of_policy(policy, is_own)));
            let text = format!("No cipher in common for {protocol} under {policy_word}");
            by_policy(why::decided(Outcome::Error, "TLS-33", text))
        }
    };
    told.why.push(line);
    told.assume(assumed::NO_CONNECTION);
    told.say(format!(
        "No request was sent: there is no status, and no log has a line of it. The viewer knows after {} more.",
        units::ms(round_trip)
    ))
}

/// What a policy allows at all: the distribution's own, or the one that comes with CloudFront's own name.
fn of_policy(policy: SecurityPolicy, is_own: bool) -> Reason {
    let protocols: Vec<_> = policy.protocols().map(TlsProtocol::as_str).collect();
    let ciphers = units::count(policy.ciphers().count(), "cipher", "ciphers");
    let whose = if is_own { "" } else { ", fixed for *.cloudfront.net," };
    let text = format!("{}{whose} allows {} and {ciphers}", policy.as_str(), protocols.join(", "));
    why::check(&row_of_policy(policy), text)
}

/// TLS-39: an answer announces HTTP/3.
pub(super) fn of_alternative(told: &mut Told) {
    let text = "alt-svc announces HTTP/3: the next new connection of this viewer is by QUIC";
    told.why.push(why::next("TLS-39", text).set_by(VERSIONS));
    told.assume(assumed::ALTERNATIVE);
}

/// Other viewers from now on.
pub(super) fn viewer_chosen(offer: Offer, distribution: &Distribution) -> Told {
    let protocols: Vec<&str> = offer.protocols().collect();
    let ciphers = units::count(offer.ciphers().count(), "cipher", "ciphers");
    let name = if offer.names_server() { "names the host" } else { "does not name the host" };
    let title = format!("The viewer is {} now", offer.title());
    let mut told = Told::new(title, "TLS-30, TLS-38", GENERAL)
        .say(format!(
            "It offers {} with {ciphers}, and {name} as it does (SNI).",
            protocols.join(", ")
        ))
        .say("It has no open connection yet. What the edge location makes of the offer shows at the next request.")
        .assuming(assumed::OFFERS);
    if let (ViewerCertificate::Own(own), Some(alias)) =
        (&distribution.certificate, distribution.aliases.first())
    {
        let policy = own.policy.as_str();
        told = told
            .say(format!(
                "The distribution's policy {policy} is met by a request with Host: {alias}."
            ))
            .assuming(assumed::CLOUDFRONTS_NAME);
    }
    told
}
