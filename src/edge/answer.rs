//! An answer on its way to the viewer, before the POP dresses it.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::config::Member;
use super::portion::presented;
use super::{EdgeRequest, Failure, NotStored, Portion, StoredResponse, own_page};
use crate::http::Response;

/// The part that a tier plays for one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Layer {
    /// An edge location.
    Pop,
    /// A regional edge cache.
    Rec,
    /// A regional edge cache in front of the origin (SHD-01).
    Shield,
}

/// Whether the origin was asked for this answer, and how it answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// It was not: some cache answered.
    None,
    /// It sent the object, or an error.
    Fetched,
    /// It said that the stored response is still good.
    Validated,
    /// It failed, and a stale response is served in place of the failure (STALE-14).
    StaleOnError,
}

/// What the way to the origin took (ST-08 to ST-10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamTiming {
    /// For the origin's name; zero where it was known or a kept connection served.
    pub dns: Duration,
    /// For TCP and TLS; zero where a kept connection served.
    pub connect: Duration,
    /// From the end of the request to the first byte of the answer.
    pub first_byte: Duration,
}

/// An answer on its way to the viewer, before the POP dresses it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status, fields and content as the origin sent them; of a part, those of the whole.
    pub response: Response,
    /// How much of it an answer to the request brings.
    pub portion: Portion,
    /// How the origin was involved.
    pub contact: Contact,
    /// Who answered: the cache that had it, or the tier that asked the origin.
    pub layer: Layer,
    /// Which origin of a group that tier meant: the one whose Shield it is, or that answered it (FO-02, SHD-10).
    pub member: Member,
    /// The stored response behind it, which every tier on the way keeps; or why none is kept.
    pub kept: Result<Arc<StoredResponse>, NotStored>,
    /// Why the origin gave no answer, where it gave none.
    pub failure: Option<Failure>,
    /// What the way to the origin took, where it was asked.
    pub timing: Option<UpstreamTiming>,
    /// What travels on the wire below this tier, in bytes: 0 where the tier below only had to ask.
    pub wire_bytes: u64,
}

impl Answer {
    /// A cache answers by itself.
    pub(super) fn from_store(
        stored: Arc<StoredResponse>,
        layer: Layer,
        asked: &EdgeRequest,
    ) -> Self {
        let response = stored.response().clone();
        Self {
            wire_bytes: asked.wire_bytes(&response, Portion::Requested),
            portion: Portion::Requested,
            contact: Contact::None,
            layer,
            member: asked.member(),
            failure: own_page::failure_of(response.body.version), // FO-03, FO-04: kept with it
            response,
            kept: Ok(stored),
            timing: None,
        }
    }

    /// What travels down from a tier above the POP.
    pub fn between_tiers(&self, asked: &EdgeRequest) -> Response {
        let response = self.response.clone();
        match self.portion {
            Portion::Requested => {
                presented(asked.request(), response, asked.identity().request_id).0
            }
            Portion::Whole => response,
        }
    }

    /// The same answer for a request that waited for it: to its viewer that is a hit (COL-02), and what is not to be stored
    /// is for the first viewer alone (SETC-03).
    pub(super) fn shared(&self, layer: Layer, asked: &EdgeRequest) -> Self {
        let response =
            self.kept.as_ref().map_or(&self.response, |stored| stored.response()).clone();
        Self {
            contact: Contact::None,
            layer,
            timing: None,
            wire_bytes: asked.wire_bytes(&response, self.portion),
            response,
            ..self.clone()
        }
    }
}
