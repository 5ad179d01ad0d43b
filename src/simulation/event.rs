//! What is written down: one thing that happened, when, where, and with the data that explain it.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Change;
use crate::distribution::{Denied, Proof, TlsProtocol};
use crate::edge::{
    Batch, Bill, Contact, Decision, Ending, InvalidationId, NotSecured, ResultType, Session,
};
use crate::http::{Request, Response};
use crate::network::{City, DnsAnswer, Family, Offer, Pop, Rec, Region};
use crate::time::SimTime;

/// Counts the exchanges of a walk from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExchangeId(pub u32);

/// Where something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// Nowhere in the network: the user changed something.
    Control,
    /// At the viewer.
    Viewer(City),
    /// In the DNS, for a viewer there.
    Dns(City),
    /// At an edge location.
    Pop(Pop),
    /// At a regional edge cache.
    Rec(Rec),
    /// At the origin in this Region.
    Origin(Region),
}

/// One thing that happened. Written once, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, after the Walk's epoch.
    pub at: SimTime,
    /// To which exchange it belongs, if to any.
    pub exchange: Option<ExchangeId>,
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// The viewer composed a request.
    Composed {
        /// As it will be sent.
        request: Arc<Request>,
        /// A Host that the user gave and that the distribution does not answer to: it is sent to the distribution's own name. In
        /// what is written down it has the name of before, so that the journals of old hold.
        #[serde(rename = "replaced_host")]
        foreign_host: Option<String>,
    },
    /// The viewer knows the addresses of a POP.
    Resolved {
        /// The answer with its candidates.
        answer: Arc<DnsAnswer>,
        /// Whole seconds for which the answer was still good, if the viewer had it already.
        cached_secs: Option<u64>,
        /// What that took.
        took: Duration,
    },
    /// TCP stands.
    Connected {
        /// Viewer to POP and back.
        round_trip: Duration,
        /// How many round trips that took (TLS-54).
        round_trips: u32,
    },
    /// TLS stands; with HTTP/3 the whole connection does (TLS-56).
    Secured {
        /// Viewer to POP and back.
        round_trip: Duration,
        /// How many round trips that took (TLS-52 to TLS-56).
        round_trips: u32,
        /// What was agreed on.
        #[serde(default, skip_serializing_if = "Session::is_usual")]
        session: Session,
        /// Whether a ticket of an earlier session spared a trip (TLS-53).
        #[serde(default, skip_serializing_if = "is_false")]
        is_resumed: bool,
    },
    /// The edge location and the viewer found nothing to agree on: no request is sent, and there is no status (TLS-33).
    NotSecured {
        /// Viewer to POP and back.
        round_trip: Duration,
        /// What the viewer offered.
        offer: Offer,
        /// Why it is not enough.
        why: NotSecured,
        /// Whether the certificate, and so the policy, was one of the distribution's own.
        #[serde(default, skip_serializing_if = "is_false")]
        is_own: bool,
    },
    /// The connection of an earlier request serves this one too (TLS-59).
    Reused {
        /// Whole seconds since it was last used.
        idle_secs: u64,
        /// What was agreed on for it; of a connection without TLS the default one, and its version of HTTP.
        #[serde(default, skip_serializing_if = "Session::is_usual")]
        session: Session,
        /// Over which family of addresses it was opened (DNS-29).
        #[serde(default, skip_serializing_if = "Family::is_usual")]
        family: Family,
    },
    /// The request left the viewer.
    Sent {
        /// As it was sent.
        request: Arc<Request>,
        /// Viewer to POP and back.
        round_trip: Duration,
        /// From the viewer's address of which family (DNS-26).
        #[serde(default, skip_serializing_if = "Family::is_usual")]
        family: Family,
    },
    /// A tier decided something.
    Decided(Decision),
    /// The request reached the origin.
    Reached {
        /// As it arrived.
        request: Arc<Request>,
        /// From the tier that asked.
        leg: OriginLeg,
        /// What it proves of who sends it (OSEC-02 to OSEC-04).
        #[serde(default, skip_serializing_if = "Proof::is_none")]
        proof: Proof,
    },
    /// The origin sent the head of its answer.
    Replied {
        /// As it was sent.
        response: Arc<Response>,
        /// What it took the origin.
        think: Duration,
        /// Back to the tier that asked.
        leg: OriginLeg,
        /// Why a bucket refused it, if one did (OSEC-11, OSEC-12).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        denied: Option<Denied>,
    },
    /// The last byte reached the viewer.
    Shown {
        /// As it arrived.
        response: Arc<Response>,
        /// When its head did.
        head_at: SimTime,
        /// How the origin was involved.
        contact: Contact,
        /// What the access log calls it.
        result: ResultType,
        /// Who answered: the POP, the REC or the origin.
        answered_by: Place,
        /// From the request at the POP to the head of its answer there.
        took_at_pop: Duration,
        /// Whether all of it came, or it broke off (XFER-05).
        #[serde(default, skip_serializing_if = "is_complete")]
        ending: Ending,
    },
    /// The user changed a setting.
    Changed(Change),
    /// All edge locations have a configuration that was saved, or one saved after it (DST-02).
    Deployed,
    /// The edge location has not got the newest configuration yet (DST-03).
    Outdated {
        /// When it will.
        until: SimTime,
    },
    /// The user let time pass.
    Waited {
        /// How much.
        span: Duration,
    },
    /// A new version stands at the origin.
    Published {
        /// The object's path.
        path: String,
        /// Its version now.
        version: u32,
        /// Its size now, in bytes.
        size_bytes: u64,
    },
    /// The user asked for an invalidation. It is in progress now (INV-37, INV-41).
    InvalidationCreated {
        /// Its name.
        id: InvalidationId,
        /// What it names.
        batch: Arc<Batch>,
        /// What the account owes this month, with this one.
        bill: Bill,
    },
    /// The user sent the request of an earlier invalidation again: nothing new begins (INV-39).
    InvalidationKnown {
        /// The name of the earlier one.
        id: InvalidationId,
        /// What it names.
        batch: Arc<Batch>,
        /// When that was created.
        created_at: SimTime,
    },
    /// It has reached every tier (INV-37).
    InvalidationCompleted {
        /// Its name.
        id: InvalidationId,
        /// What it names.
        batch: Arc<Batch>,
        /// How many stored responses went in all.
        removed: usize,
    },
}

/// A connection between a tier and the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginLeg {
    /// The tier.
    pub from: Place,
    /// There and back.
    pub round_trip: Duration,
    /// What the handshakes took, zero where a kept connection served (CONN-01, TLS-62).
    pub handshake: Duration,
    /// For how many seconds the connection is kept after its last use (TMO-04).
    pub keep_alive_secs: u64,
    /// The version of TLS, where the request goes by HTTPS (TLS-65).
    #[serde(default, skip_serializing_if = "is_tls_13")]
    pub tls: TlsProtocol,
}

impl OriginLeg {
    /// How many round trips the handshakes took (TLS-51 to TLS-54, TLS-59).
    pub fn handshake_round_trips(&self) -> u32 {
        let one = self.round_trip.as_micros().max(1);
        u32::try_from(self.handshake.as_micros() / one).unwrap_or(u32::MAX)
    }
}

/// Serde asks by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_tls_13(protocol: &TlsProtocol) -> bool {
    *protocol == TlsProtocol::Tls13
}

/// Serde asks by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Serde asks by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_complete(ending: &Ending) -> bool {
    *ending == Ending::Complete
}
