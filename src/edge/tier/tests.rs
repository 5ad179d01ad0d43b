//! One POP, asked and answered by hand: what the demo site's origins cannot show.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::distribution::{AllowedMethods, OriginRequestPolicy, Selection, TtlBounds, managed};
use crate::edge::{LifetimeRule, config::Config};
use crate::http::{Body, Fields, Target};

/// What a test changes in the behavior.
type Change = fn(&mut Behavior);

/// Hears nothing.
struct Deaf;

impl Witness for Deaf {
    fn wants(&self) -> bool {
        false
    }
    fn take(&mut self, _: Decision) {}
}

/// A POP whose behavior has these settings, and its clock.
struct Pop {
    tier: Tier,
    config: Config,
    now: SimTime,
}

impl Pop {
    fn new(min: u64, change: impl FnOnce(&mut Behavior)) -> Self {
        let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
        behavior.cache_policy.ttl = TtlBounds { min, default: 300, max: 86_400 };
        change(&mut behavior);
        assert_eq!(behavior.allowed_methods, AllowedMethods::All);
        let distribution = crate::distribution::Distribution {
            origins: vec![Origin::load_balancer("o", "api", "us-east-1")],
            behaviors: vec![behavior],
            ..crate::distribution::Distribution::named("d.cloudfront.net")
        };
        let tier = Tier::new(Layer::Pop, 1_000_000);
        Self { tier, config: Config::new(distribution, 0).unwrap(), now: SimTime::ZERO }
    }

    fn wait(&mut self, secs: u64) {
        self.now += std::time::Duration::from_secs(secs);
    }

    fn ask(&mut self, fields: &str) -> Step {
        let fields = Fields::parse(fields).unwrap().into();
        let request = Arc::new(Request::new(Method::Get, Target::parse("/a").unwrap(), fields));
        let asked = crate::edge::admit(&request, &self.config, &"r".into(), &mut Deaf).unwrap();
        let as_it_came = |asked: &EdgeRequest| Arc::clone(&asked.request);
        self.tier.ask(self.now, 1, asked, &as_it_came, &mut Deaf)
    }

    /// The answer out of the store.
    fn hit(&mut self) -> Answer {
        let Step::Answer(answer) = self.ask("") else { panic!("this is no hit") };
        answer
    }

    /// What goes upstream for a request with these fields, and the answer once upstream has sent this status and fields.
    fn fetch(&mut self, viewer: &str, status: u16, fields: &str) -> (Arc<Request>, Answer) {
        let Step::Forward(_, onward) = self.ask(viewer) else { panic!("this is a hit") };
        let length = if status == 304 { 0 } else { 100 };
        let fields = Fields::parse(fields).unwrap().into();
        let response =
            Response { status: Status(status), fields, body: Body { length, version: 1 } };
        let answer = self.tier.head(self.now, 0, 1, Incoming::Origin(response)).unwrap();
        self.tier.last_byte(self.now, 1, &mut Deaf);
        (onward.request, answer)
    }
}

const CONDITION: &str = "If-None-Match: \"e\"";

#[test]
fn vary_05_06_a_star_is_stored_and_fetched_whole_each_time() {
    let star = "ETag: \"e\"\nCache-Control: max-age=60\nVary: *";
    let mut pop = Pop::new(0, |_| {});
    for turn in 0..3 {
        // VARY-05: no condition, neither the tier's own nor, once it is stored, the viewer's.
        let viewer = if turn == 0 { "" } else { CONDITION };
        let (sent, answer) = pop.fetch(viewer, 200, star);
        assert!(!sent.fields.has("If-None-Match"), "turn {turn}");
        assert_eq!(answer.contact, Contact::Fetched);
        assert_eq!(
            answer.kept.unwrap().lifetime.rule,
            LifetimeRule::VaryAny,
            "stored all the same"
        );
        pop.wait(1);
    }
    let mut pop = Pop::new(1, |_| {});
    pop.fetch("", 200, star);
    assert_eq!(pop.hit().contact, Contact::None, "VARY-06");
    pop.wait(60);
    assert!(pop.fetch("", 304, "").0.fields.has("If-None-Match"), "VARY-06");
}

#[test]
fn rev_02_04_08_what_is_asked_about_and_what_is_fetched_whole() {
    let by_cache_policy = |behavior: &mut Behavior| behavior.cache_policy.cookies = Selection::All;
    let by_origin_request_policy = |behavior: &mut Behavior| {
        behavior.origin_request_policy = Some(OriginRequestPolicy {
            cookies: Selection::Only(vec!["a".into()]),
            headers: Selection::None,
            cloudfront_headers: Vec::new(),
            query: Selection::None,
            name: "cookies".into(),
        });
    };
    let neither = |_: &mut Behavior| {};
    let table: [(&str, &str, bool, Change); 4] = [
        ("REV-02", "ETag: \"e\"", true, neither),
        ("REV-04", "", false, neither),
        ("REV-08", "ETag: \"e\"", false, by_cache_policy),
        ("REV-08, SETC-05", "ETag: \"e\"", false, by_origin_request_policy),
    ];
    for (row, fields, is_conditional, change) in table {
        let mut pop = Pop::new(0, change);
        let fields = format!("Cache-Control: max-age=10\n{fields}");
        assert!(pop.fetch(CONDITION, 200, &fields).0.fields.has("If-None-Match"), "REV-12");
        pop.wait(10);
        let status = if is_conditional { 304 } else { 200 };
        let (sent, answer) = pop.fetch(CONDITION, status, &fields);
        assert_eq!(sent.fields.has("If-None-Match"), is_conditional, "{row}");
        let contact = if is_conditional { Contact::Validated } else { Contact::Fetched };
        assert_eq!((answer.contact, answer.response.status), (contact, Status::OK), "{row}");
    }
}

#[test]
fn rev_12_a_304_to_the_viewers_own_condition_on_a_cold_key_stores_nothing() {
    let mut pop = Pop::new(0, |_| {});
    let (_, answer) = pop.fetch(CONDITION, 304, "ETag: \"e\"");
    assert_eq!((answer.response.status, answer.contact), (Status::NOT_MODIFIED, Contact::Fetched));
    assert_eq!(answer.kept.unwrap_err(), NotStored::NotModified);
    assert!(pop.tier.store().is_empty());
}

#[test]
fn setc_01_02_03_ttl_18_19_what_is_not_stored_is_passed_to_the_first_viewer_alone() {
    let forwarding = |behavior: &mut Behavior| behavior.cache_policy.cookies = Selection::All;
    let neither = |_: &mut Behavior| {};
    // The fields that the origin sends, and whether Set-Cookie and X-A are stored.
    let table: [(&str, &str, bool, bool, Change); 4] = [
        ("SETC-01", "", false, true, neither),
        ("SETC-02", "", true, true, forwarding),
        ("SETC-03, TTL-18", "Cache-Control: no-cache=\"set-cookie\"", false, true, forwarding),
        ("TTL-19", "Cache-Control: private=\"X-A\"", true, false, forwarding),
    ];
    for (row, fields, keeps_cookie, keeps_a, change) in table {
        let mut pop = Pop::new(0, change);
        let (_, first) = pop.fetch("", 200, &format!("{fields}\nSet-Cookie: a=1\nX-A: 1"));
        let has = |answer: &Answer| {
            let fields = &answer.response.fields;
            (fields.has("Set-Cookie"), fields.has("X-A"))
        };
        assert_eq!(has(&first), (true, true), "{row}: as it came");
        assert_eq!(has(&pop.hit()), (keeps_cookie, keeps_a), "{row}: a hit");
    }
}

#[test]
fn err_33_a_4xx_goes_to_the_viewer_in_place_of_a_stale_copy() {
    let mut pop = Pop::new(0, |_| {});
    pop.fetch("", 200, "Cache-Control: max-age=10\nETag: \"e\"");
    pop.wait(10);
    for status in [404, 403] {
        let (_, answer) = pop.fetch("", status, "");
        assert_eq!((answer.response.status.0, answer.contact), (status, Contact::Fetched));
        pop.wait(10);
    }
}
