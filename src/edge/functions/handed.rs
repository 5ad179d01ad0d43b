//! What CloudFront Functions hand a function, and what it gives back: the values of which the event object is written.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::run::set;
use super::{Did, Fault};
use crate::distribution::{Behavior, Distribution, Function, ReadyMade};
use crate::edge::access_log::distribution_id;
use crate::edge::fields::{Identity, own_fields};
use crate::http::{Fields, Request, Response, Status};

/// What a function was called with, and what it returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The distribution's own name (EDGE-36).
    pub domain: String,
    /// Its id; LOG-85 (MODEL) where a configuration does not tell it.
    pub distribution_id: String,
    /// As X-Amz-Cf-Id will say it.
    pub request_id: String,
    /// The viewer's address (EDGE-37).
    pub viewer_ip: String,
    /// The request.
    pub request: Arc<Request>,
    /// The answer, where there is one already. What it contains is never handed in (EDGE-39).
    pub response: Option<(Status, Arc<Fields>)>,
    /// What it returned.
    pub gave: Gave,
}

/// What a function returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gave {
    /// It threw an exception.
    Nothing,
    /// The request, changed or not: processing goes on (EDGE-45).
    Request(Arc<Request>),
    /// An answer (EDGE-45).
    Response {
        /// Its status.
        status: Status,
        /// Its fields.
        fields: Arc<Fields>,
    },
}

impl Handed {
    /// At the viewer's request; `changed` is the request as it goes on, where that is another one.
    pub(in crate::edge) fn at_request(
        distribution: &Distribution,
        identity: &Identity,
        request: &Arc<Request>,
        function: &Function,
        did: &Did,
        changed: Option<&Arc<Request>>,
    ) -> Self {
        let gave = match did {
            Did::Failed(Fault::Threw) => Gave::Nothing,
            Did::Failed(Fault::Touched { .. }) => {
                let mut spoilt = (**request).clone();
                spoil(function, Arc::make_mut(&mut spoilt.fields));
                Gave::Request(spoilt.into())
            }
            Did::Answered(made) => {
                let mut fields = Fields::new();
                set(&mut fields, &made.field.0, &made.field.1);
                Gave::Response { status: made.status, fields: fields.into() }
            }
            _ => Gave::Request(Arc::clone(changed.unwrap_or(request))),
        };
        Self::of(distribution, identity, request, None, gave)
    }

    /// At the viewer's response, which is `given` before the function and `after` it.
    pub(in crate::edge) fn at_response(
        distribution: &Distribution,
        identity: &Identity,
        request: &Arc<Request>,
        function: &Function,
        did: &Did,
        given: Response,
        after: Response,
    ) -> Self {
        let gave = match did {
            Did::Failed(Fault::Threw) => Gave::Nothing,
            Did::Failed(Fault::Touched { .. }) => {
                let mut fields = Arc::clone(&given.fields);
                spoil(function, Arc::make_mut(&mut fields));
                Gave::Response { status: given.status, fields }
            }
            _ => Gave::Response { status: after.status, fields: after.fields },
        };
        Self::of(distribution, identity, request, Some((given.status, given.fields)), gave)
    }

    /// The same with the fields of CloudFront's own that the behavior's policies ask for (EDGE-14): CloudFront Functions have
    /// them in the events of a viewer. What the function did to one of them stays in what it returned.
    pub(in crate::edge) fn seeing(
        mut self,
        behavior: &Behavior,
        identity: &Identity,
        did: &Did,
    ) -> Self {
        let viewer = Arc::clone(&self.request);
        for (name, value) in own_fields(&viewer, behavior, identity, None) {
            Arc::make_mut(&mut Arc::make_mut(&mut self.request).fields).set(name, value.clone());
            let is_its =
                matches!(did, Did::SetField { name: set, .. } if set.eq_ignore_ascii_case(name));
            if let Gave::Request(request) = &mut self.gave
                && !is_its
            {
                Arc::make_mut(&mut Arc::make_mut(request).fields).set(name, value);
            }
        }
        self
    }

    fn of(
        distribution: &Distribution,
        identity: &Identity,
        request: &Arc<Request>,
        response: Option<(Status, Arc<Fields>)>,
        gave: Gave,
    ) -> Self {
        let domain = distribution.domain.clone();
        let id = distribution.id.clone();
        Self {
            distribution_id: id.unwrap_or_else(|| distribution_id(&domain)),
            domain,
            request_id: identity.request_id.text(),
            viewer_ip: identity.viewer().ip.to_string(),
            request: Arc::clone(request),
            response,
            gave,
        }
    }
}

/// Sets the field that the function may not set: it is returned, and then refused (EDGE-53).
fn spoil(function: &Function, fields: &mut Fields) {
    if let Some(ReadyMade::SetField { name, value }) = &function.does {
        set(fields, name, value);
    }
}
