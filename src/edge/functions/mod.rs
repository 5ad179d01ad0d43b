//! Functions at the edge, run: what the ready-made ones do to a request and to an answer (security-logs-edge.md section 6).
//!
//! No code of a customer's is run. A function of which nobody knows what it does passes on what it gets (IM-11, MODEL).

mod duration;
mod event_object;
mod handed;
mod run;
mod touched;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::fields::Identity;
use super::{Failure, own_page};
use crate::distribution::{Function, FunctionEvent, Runtime};
use crate::http::{Body, Field, Fields, Response, Status};
use crate::json::Json;
pub use duration::run_time;
pub use handed::{Gave, Handed};
pub(super) use run::{on_origin_request, on_request, on_response};

/// One run of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    /// The function's name.
    pub name: String,
    /// What ran it.
    pub runtime: Runtime,
    /// At which event.
    pub event: FunctionEvent,
    /// What it did.
    pub did: Did,
    /// For how long everything else waited for it (EDGE-07).
    pub took: Duration,
    /// Whether nobody waits for what it gets: a refresh in the background (STALE-01).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub background: bool,
    /// What CloudFront Functions handed it, and what it gave back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Arc<Handed>>,
}

impl Ran {
    pub(super) fn of(function: &Function, event: FunctionEvent, did: Did, took: Duration) -> Self {
        let (name, runtime) = (function.name().to_owned(), function.runtime);
        Self { name, runtime, event, did, took, background: false, handed: None }
    }

    /// The same with what it was handed, which CloudFront Functions alone have in this form.
    pub(super) fn with(mut self, handed: impl FnOnce() -> Handed) -> Self {
        self.handed = (self.runtime == Runtime::CloudFront).then(|| Arc::new(handed()));
        self
    }

    /// The event object that it was called with (section 6.4).
    pub fn event_object(&self) -> Option<Json> {
        Some(event_object::given(self.handed.as_ref()?, self.event))
    }

    /// What it returned: a request, with which all goes on, or a response (EDGE-45). One that failed with an exception
    /// returned nothing.
    pub fn returned(&self) -> Option<Json> {
        match &self.handed.as_ref()?.gave {
            Gave::Nothing => None,
            Gave::Request(request) => Some(event_object::request(request)),
            Gave::Response { status, fields } => Some(event_object::response(*status, fields)),
        }
    }
}

/// What a function did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Did {
    /// Nobody knows what it does: it passed on what it got (IM-11, MODEL).
    Unknown,
    /// It had nothing to do, and passed on what it got.
    PassedOn,
    /// It changed path or query (EDGE-08).
    Rewrote {
        /// Path and query before.
        from: String,
        /// Path and query from now on.
        to: String,
    },
    /// It set a field.
    SetField {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// It answered itself (EDGE-45).
    Answered(Made),
    /// It failed.
    Failed(Fault),
}

/// An answer that a function made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its status.
    pub status: Status,
    /// The field that says what it is about: Location or WWW-Authenticate.
    pub field: (String, String),
}

/// How a function failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It threw an exception: 503 (EDGE-54, EDGE-57).
    Threw,
    /// It set a field that it may not: 502 (EDGE-53, EDGE-55, EDGE-59).
    Touched {
        /// The field's name.
        name: String,
    },
}

impl Fault {
    /// What the viewer gets.
    pub const fn status(&self) -> Status {
        match self {
            Self::Threw => Status(503),          // TMO-20, TMO-21
            Self::Touched { .. } => Status(502), // TMO-20, TMO-21
        }
    }

    /// What it is where no origin could give an answer for it.
    pub(super) const fn failure(&self) -> Failure {
        match self {
            Self::Threw => Failure::FunctionThrew,
            Self::Touched { .. } => Failure::FunctionInvalid,
        }
    }
}

impl Made {
    /// As a response without content.
    pub(super) fn response(&self) -> Response {
        let mut fields = Fields::new();
        let (name, value) = &self.field;
        if let Ok(field) = Field::new(name, value) {
            fields.push(field);
        }
        fields.add("Content-Length", "0");
        let body = Body { length: 0, version: own_page::MADE, coding: None };
        Response { status: self.status, fields: fields.into(), body }
    }

    /// The same as the edge location sends it by itself.
    pub(super) fn to_viewer(&self, x_cache: &'static str, identity: &Identity) -> Response {
        let mut response = self.response();
        own_page::sign(std::sync::Arc::make_mut(&mut response.fields), x_cache, identity);
        response
    }
}
