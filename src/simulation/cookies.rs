//! The cookies that viewers keep: those of a session of continuous deployment (CD-21), and those that an A/B test of a function
//! sets (IM-21). Whatever else a Set-Cookie says is shown and not kept.

use std::sync::Arc;

use crate::distribution::{FunctionEvent, ReadyMade};
use crate::edge::staging::{self, SESSION_COOKIE};
use crate::edge::{Reply, Visit};
use crate::http::{Request, Response};
use crate::network::City;

/// What viewers keep: of each name one for each city and host. CD-21, IM-21 (MODEL): those who are sent along with another
/// viewer of their city are seen once and keep none.
#[derive(Debug, Default)]
pub(super) struct KeptCookies {
    kept: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    city: City,
    host: String,
    name: String,
    value: String,
}

impl Kept {
    /// Whether a viewer of a city sends it to a host, whose name is the same in small letters and capitals.
    fn goes(&self, city: City, host: &str) -> bool {
        self.city == city && self.host.eq_ignore_ascii_case(host)
    }
}

impl KeptCookies {
    /// A request as the viewer of a city sends it.
    pub(super) fn sent_with(&self, city: City, request: Arc<Request>) -> Arc<Request> {
        let mut sent = request;
        for kept in &self.kept {
            if kept.goes(city, host(&sent)) {
                sent = staging::with_cookie(&sent, &kept.name, &kept.value);
            }
        }
        sent
    }

    /// The viewer of a city got this answer.
    pub(super) fn take(&mut self, city: City, visit: &Visit, reply: &Reply) {
        if let Some(session) = visit.session() {
            self.keep(city, host(visit.request()), SESSION_COOKIE, &session.value()); // CD-06
        }
        let names: Vec<&str> = tests(visit).collect();
        if names.is_empty() {
            return;
        }
        let response: Response = visit.response(reply);
        for set in response.fields.all("Set-Cookie") {
            let pair = set.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=')
                && names.contains(&name)
            {
                self.keep(city, host(visit.request()), name, value);
            }
        }
    }

    fn keep(&mut self, city: City, host: &str, name: &str, value: &str) {
        let is_it = |kept: &Kept| kept.goes(city, host) && kept.name == name;
        self.kept.retain(|kept| !is_it(kept));
        let [host, name, value] = [host, name, value].map(str::to_owned);
        self.kept.push(Kept { city, host, name, value });
    }
}

fn host(request: &Request) -> &str {
    request.fields.get("Host").unwrap_or_default()
}

/// The cookies of the A/B tests that can set one in the answer to a visit.
fn tests(visit: &Visit) -> impl Iterator<Item = &str> {
    let functions = visit.asked().behavior().functions.iter();
    functions.filter_map(|(event, function)| match &function.does {
        Some(ReadyMade::SplitTest { cookie, .. }) if !FunctionEvent::is_request(event) => {
            Some(cookie.as_str())
        }
        _ => None,
    })
}
