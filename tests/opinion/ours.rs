//! The engine's verdict: a POP that takes both requests in, asks the origin for the first one and looks for the second.

use std::sync::Arc;

use edgewalk::distribution::{Behavior, Distribution, Origin, TtlBounds, managed};
use edgewalk::edge::fields::{
    EdgeLocation, Identity, Parties, RequestId, ViewerFacts, ViewerHandshake,
};
use edgewalk::edge::{
    Config, Decision, EdgeRequest, Effect, Ending, FetchId, Found, Incoming, Layer, Next, Session,
    Tier, UpstreamTiming, Visit, Witness,
};
use edgewalk::http::{Body, Field, Fields, Method, Request, Response, Status, Target};
use edgewalk::time::{Moment, SimTime};

use crate::Verdict;
use crate::pair::{NOW, Pair};

/// Keeps what the last look-up found.
#[derive(Default)]
struct LookUp(Option<Found>);

impl Witness for LookUp {
    fn wants(&self) -> bool {
        true
    }
    fn take(&mut self, decision: Decision) {
        if let Decision::LookedUp { found, .. } = decision {
            self.0 = Some(found);
        }
    }
}

/// A distribution with one behavior that has these TTLs.
pub struct Edge {
    config: Arc<Config>,
    identity: Identity,
}

fn fields<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Arc<Fields> {
    let fields = fields.into_iter().map(|(name, value)| Field::new(name, value).unwrap());
    Arc::new(fields.collect())
}

const fn moment(secs: u64) -> Moment {
    Moment { at: SimTime::from_secs(secs), unix: NOW + secs }
}

impl Edge {
    pub fn new(ttl: TtlBounds) -> Self {
        let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
        behavior.cache_policy.ttl = ttl;
        let distribution = Distribution {
            origins: vec![Origin::load_balancer("o", "o", "us-east-1")],
            behaviors: vec![behavior],
            ..Distribution::named("d.cloudfront.net")
        };
        let viewer = ViewerFacts {
            ip: "192.0.2.7".into(),
            port: 40_000,
            country: None,
            city: None,
            as_number: None,
        };
        let location = EdgeLocation::new("FRA56-P4", "4f1c", "eu-central-1");
        let parties = Parties { location, viewer }.into();
        let handshake = ViewerHandshake::Full;
        let identity = Identity {
            parties,
            request_id: RequestId::new(0),
            handshake,
            session: Session::default(),
        };
        Self { config: Config::new(distribution, 0).unwrap().into(), identity }
    }

    fn begin(
        &self,
        now: Moment,
        method: Method,
        named: &[(&str, &str)],
        pop: &mut Tier,
        heard: &mut LookUp,
    ) -> Visit {
        let target = Target::parse("/a").unwrap();
        let request = Arc::new(Request::new(method, target, fields(named.iter().copied())));
        let (visit, next) =
            Visit::begin(now, request, self.identity.clone(), Arc::clone(&self.config), pop, heard);
        assert!(matches!(next, Next::Ask), "refused: {next:?}");
        visit
    }

    pub fn verdict(&self, pair: &Pair) -> Verdict {
        let mut tier = Tier::new(1_000_000);
        let mut heard = LookUp::default();
        let (received, later) = (moment(0), moment(pair.later));
        let visit = self.begin(received, pair.method, &pair.request, &mut tier, &mut heard);
        let fetch = ask(&mut tier, received, visit.asked(), &mut heard).unwrap_err();
        let named = pair.fields();
        let response = Response {
            status: Status(pair.status),
            fields: fields(named.iter().map(|(name, value)| (*name, &**value))),
            body: Body { length: 100, version: 1, coding: None },
        };
        let incoming = Incoming::Origin(response, UpstreamTiming::default());
        tier.head(received, fetch, incoming, &mut heard, &mut Vec::new());
        tier.last_byte(received, fetch, Ending::Complete, &mut heard);
        let kept = tier.store().iter().next().is_some();

        heard.0 = None;
        let mut visit = self.begin(later, pair.again, &pair.again_request, &mut tier, &mut heard);
        let answer = ask(&mut tier, later, visit.asked(), &mut heard);
        let Some(Found::Fresh { age_secs, .. }) = heard.0 else {
            return Verdict { kept, fresh: false, age: 0 };
        };
        let Next::Reply(reply) = visit.answered(later, &answer.unwrap(), &mut tier, &mut heard)
        else {
            panic!("no page is configured")
        };
        let response = visit.response(&reply);
        assert_eq!(response.fields.get("Age"), Some(&*age_secs.to_string()), "AGE-01");
        Verdict { kept, fresh: true, age: age_secs }
    }
}

/// The answer, or the fetch that was begun for it.
fn ask(
    tier: &mut Tier,
    now: Moment,
    asked: &EdgeRequest,
    heard: &mut LookUp,
) -> Result<edgewalk::edge::Answer, FetchId> {
    let mut effects = Vec::new();
    tier.ask(now, Layer::Pop, 0, asked.into(), heard, &mut effects);
    match effects.swap_remove(0) {
        Effect::Answer { answer, .. } => Ok(answer),
        Effect::Ask { fetch, .. } | Effect::Made { fetch, .. } | Effect::Run { fetch, .. } => {
            Err(fetch)
        }
    }
}

/// The three TTLs, in seconds.
pub const fn ttl(min: u64, default: u64, max: u64) -> TtlBounds {
    TtlBounds { min, default, max }
}
