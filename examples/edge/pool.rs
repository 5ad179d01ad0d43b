//! Connections to the origin, kept for each tier and origin (CONN-01, CONN-05).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::client::conn::http1::SendRequest;
use tokio::time::Instant;

use super::clock;
use super::driver::Place;
use super::upload::UploadBody;

/// What a connection belongs to: a tier, and the id of an origin.
pub(crate) type Route = (Place, String);

/// Connections that wait to be used again.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<Vec<Idle>>,
}

#[derive(Debug)]
struct Idle {
    route: Route,
    until: Instant,
    sender: SendRequest<UploadBody>,
}

impl Pool {
    /// A connection that still stands; the one used last.
    pub(crate) fn take(&self, route: &Route) -> Option<SendRequest<UploadBody>> {
        let mut idle = self.idle();
        let place = idle.iter().rposition(|kept| kept.route == *route && kept.is_usable())?;
        Some(idle.remove(place).sender)
    }

    /// Keeps a connection that has just had its last byte.
    pub(crate) fn keep(&self, route: Route, sender: SendRequest<UploadBody>, span: Duration) {
        self.idle().push(Idle { route, until: clock::instant() + span, sender });
    }

    /// Closes those whose time is over.
    pub(crate) fn expire(&self) {
        self.idle().retain(Idle::is_usable);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Idle {
    fn is_usable(&self) -> bool {
        self.until > clock::instant() && self.sender.is_ready()
    }
}
