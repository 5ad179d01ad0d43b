//! Continuous deployment at an edge location: which of two distributions takes a request, and the cookie that keeps a viewer on
//! one side (distribution.md section 7).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::distribution::{DeploymentPolicy, Side, Stickiness, Traffic, Weight};
use crate::http::{Fields, Request, Text};

/// CD-21 (MODEL): the cookie of a session. AWS's texts say that there is one, and not how it is called.
pub const SESSION_COOKIE: &str = "aws-cf-cd-session";

/// Which distribution takes a request, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The distribution.
    pub side: Side,
    /// Why.
    pub by: ChosenBy,
}

/// Why a distribution takes a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenBy {
    /// The policy is off (CD-02).
    Disabled,
    /// The policy does not say which requests staging gets (CD-02).
    NoTraffic,
    /// CloudFront is busy (CD-14).
    Busy,
    /// A number was drawn: below the weight staging takes the request (CD-04).
    Weight {
        /// The share of staging.
        weight: Weight,
        /// The number: from nothing to all but a millionth.
        drawn: Weight,
        /// Whether a session begins with it (CD-06).
        begins_session: bool,
        /// Why the session that the viewer told of is over, if it told of one.
        after: Option<SessionOver>,
    },
    /// The viewer is in a session (CD-06).
    Session {
        /// Whole seconds since its last request.
        idle_secs: u64,
        /// Whole seconds since the session began.
        lasted_secs: u64,
    },
    /// The request has the field of the policy, or has it not (CD-05).
    Header {
        /// The field's name.
        name: String,
        /// What it says in the request, if it is there.
        said: Option<String>,
    },
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionOver {
    /// The viewer asked for nothing for so long (CD-06).
    Idle {
        /// Whole seconds.
        secs: u64,
    },
    /// It has lasted so long (CD-07).
    Lasted {
        /// Whole seconds.
        secs: u64,
    },
    /// The policy or its stickiness was switched since it began (CD-08).
    Reset,
}

/// A session, as its cookie tells it: CD-21 (MODEL), where AWS's value is nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewerSession {
    side: Side,
    /// In Unix microseconds.
    began: u64,
    /// When it was last used, likewise.
    used: u64,
}

impl ViewerSession {
    /// What the cookie of a request tells; nothing where it is none of these.
    fn of(fields: &Fields) -> Option<Self> {
        let value =
            cookies(fields).find_map(|(name, value)| (name == SESSION_COOKIE).then_some(value))?;
        let mut parts = value.split('.');
        let side = match parts.next()? {
            "p" => Side::Primary,
            "s" => Side::Staging,
            _ => return None,
        };
        let mut instant = || u64::from_str_radix(parts.next()?, 16).ok();
        let session = Self { side, began: instant()?, used: instant()? };
        (parts.next().is_none() && session.began <= session.used).then_some(session)
    }

    /// The cookie's value.
    pub fn value(&self) -> String {
        let side = if self.side == Side::Staging { 's' } else { 'p' };
        format!("{side}.{:x}.{:x}", self.began, self.used)
    }

    /// Why it is over now, if it is.
    const fn over(&self, stickiness: Stickiness, now: Now) -> Option<SessionOver> {
        let (idle, lasted) = (self.idle_secs(now), self.lasted_secs(now));
        if self.began < now.sessions_since || self.used > now.unix_micros {
            Some(SessionOver::Reset)
        } else if idle > stickiness.idle_secs {
            Some(SessionOver::Idle { secs: idle })
        } else if lasted > stickiness.maximum_secs {
            Some(SessionOver::Lasted { secs: lasted })
        } else {
            None
        }
    }

    const fn idle_secs(&self, now: Now) -> u64 {
        now.unix_micros.saturating_sub(self.used).div_ceil(1_000_000)
    }

    const fn lasted_secs(&self, now: Now) -> u64 {
        now.unix_micros.saturating_sub(self.began).div_ceil(1_000_000)
    }
}

/// When a request is at its POP.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// In Unix microseconds.
    pub unix_micros: u64,
    /// Since when sessions count (CD-08), likewise.
    pub sessions_since: u64,
    /// Whether CloudFront has no room for a second distribution (CD-14).
    pub is_busy: bool,
}

/// Which distribution takes a request, with the session that its answer tells the viewer of, if there is one. `draw` gives a number
/// from 0 up to 1, and is asked only where that decides.
pub fn choose(
    policy: &DeploymentPolicy,
    fields: &Fields,
    now: Now,
    draw: impl FnOnce() -> Weight,
) -> (Choice, Option<ViewerSession>) {
    let primary = |by| (Choice { side: Side::Primary, by }, None);
    match &policy.traffic {
        _ if !policy.is_enabled => primary(ChosenBy::Disabled),
        None => primary(ChosenBy::NoTraffic),
        _ if now.is_busy => primary(ChosenBy::Busy),
        Some(Traffic::Header { name, value }) => {
            let said = fields.combined(name);
            let is_it = said.as_ref() == Some(value); // CD-05
            let side = if is_it { Side::Staging } else { Side::Primary };
            (Choice { side, by: ChosenBy::Header { name: name.clone(), said } }, None)
        }
        Some(Traffic::Weight { weight, stickiness }) => {
            let told = stickiness.and_then(|it| Some((it, ViewerSession::of(fields)?)));
            let over = told.and_then(|(stickiness, session)| session.over(stickiness, now));
            if let Some((_, session)) = told.filter(|_| over.is_none()) {
                let (idle_secs, lasted_secs) = (session.idle_secs(now), session.lasted_secs(now));
                let by = ChosenBy::Session { idle_secs, lasted_secs };
                let session = ViewerSession { used: now.unix_micros, ..session };
                return (Choice { side: session.side, by }, Some(session)); // CD-06
            }
            let drawn = draw();
            let is_below = drawn < *weight; // CD-04
            let side = if is_below { Side::Staging } else { Side::Primary };
            let begun = ViewerSession { side, began: now.unix_micros, used: now.unix_micros };
            let by = ChosenBy::Weight {
                weight: *weight,
                drawn,
                begins_session: stickiness.is_some(),
                after: over,
            };
            (Choice { side, by }, stickiness.map(|_| begun))
        }
    }
}

/// The cookies of a request, by name and value.
fn cookies(fields: &Fields) -> impl Iterator<Item = (&str, &str)> {
    let all = fields.all("Cookie").flat_map(|all| all.split(';'));
    all.filter_map(|cookie| cookie.trim().split_once('='))
}

/// A request of a viewer who keeps a cookie, where it does not send one of that name already.
pub fn with_cookie(request: &Arc<Request>, name: &str, value: &str) -> Arc<Request> {
    if cookies(&request.fields).any(|(given, _)| given == name) {
        return Arc::clone(request);
    }
    let cookie = format!("{name}={value}");
    let mut request = Request::clone(request);
    let fields = Arc::make_mut(&mut request.fields);
    let all = fields.all("Cookie").chain([&*cookie]).collect::<Vec<_>>().join("; ");
    fields.set("Cookie", all);
    request.into()
}

/// CD-21 (MODEL): a request without that cookie, which neither the key nor the origin gets to see; none where it has none.
pub(super) fn without_session(request: &Arc<Request>) -> Option<Arc<Request>> {
    let fields = &request.fields;
    // Most have none, which the bare text tells sooner than its cookies do.
    let may_have_one = fields.all("Cookie").any(|all| all.contains(SESSION_COOKIE));
    if !may_have_one || !cookies(fields).any(|(name, _)| name == SESSION_COOKIE) {
        return None;
    }
    let is_ours =
        |cookie: &&str| cookie.split_once('=').is_some_and(|(name, _)| name == SESSION_COOKIE);
    let all = fields.all("Cookie").flat_map(|all| all.split(';')).map(str::trim);
    let others = all.filter(|cookie| !is_ours(cookie)).collect::<Vec<_>>().join("; ");
    let mut request = Request::clone(request);
    let fields = Arc::make_mut(&mut request.fields);
    if others.is_empty() {
        fields.remove("Cookie");
    } else {
        fields.set("Cookie", others);
    }
    Some(request.into())
}

/// What the answer of a request in a session says.
pub(super) fn set_cookie(session: &ViewerSession) -> Text {
    Text::from(format!("{SESSION_COOKIE}={}; Path=/; HttpOnly", session.value()))
}
