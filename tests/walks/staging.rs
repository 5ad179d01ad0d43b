//! Continuous deployment: which requests a staging distribution gets, what it shares with its primary, and how it takes its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use edgewalk::distribution::aws::{ErrorCode, POLICY_ID, StandIn};
use edgewalk::distribution::{AwsError, Configuration, Draft, Form, Side, Weight};
use edgewalk::edge::access_log::{distribution_id, real_time_line};
use edgewalk::edge::{Choice, ChosenBy, Decision, SessionOver};
use edgewalk::http::{Method, Request};
use edgewalk::json::{Json, Path};
use edgewalk::network::City;
use edgewalk::scene::{Scene, Steps, Told};
use edgewalk::simulation::access_log::{Logged, access_log};
use edgewalk::simulation::cost::Usage;
use edgewalk::simulation::form::Link;
use edgewalk::simulation::{
    Action, Event, Journal, Nobody, Place, Run, Scenario, View, What, built_in_scenario,
};
use edgewalk::time::SimTime;

use crate::common::{act, ask, get, invalidate, request, request_with, wait};

/// MC-02.
const DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

const IDLE: &str = "TrafficConfig.SingleWeightConfig.SessionStickinessConfig";

/// The shop with a staging distribution made from it, edited before it is taken.
fn staged(edit: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    draft.stage().unwrap();
    edit(&mut draft);
    draft
}

/// Puts a value into the policy.
fn set(draft: &mut Draft, path: &str, value: Json) {
    let place = draft.policy_path().unwrap().joined(&path.parse().unwrap());
    draft.set(&place, value).unwrap();
}

/// Puts a value into the staging distribution.
fn set_staging(draft: &mut Draft, path: &str, value: Json) {
    draft.turn(Side::Staging);
    draft.set(&path.parse().unwrap(), value).unwrap();
    draft.turn(Side::Primary);
}

fn weigh(draft: &mut Draft, weight: &str) {
    set(draft, "TrafficConfig.SingleWeightConfig.Weight", Json::Fraction(weight.into()));
}

/// Lets viewers stay for so many seconds of idleness, and at the longest.
fn stick(draft: &mut Draft, idle: i64, maximum: i64) {
    let ttls = [("IdleTTL", Json::Whole(idle)), ("MaximumTTL", Json::Whole(maximum))];
    set(draft, IDLE, Json::object(ttls));
}

fn by_header(draft: &mut Draft) {
    let header = [("Header", "aws-cf-cd-new"), ("Value", "yes")];
    let header = Json::object(header.map(|(name, value)| (name, Json::text(value))));
    let traffic = [("Type", Json::text("SingleHeader")), ("SingleHeaderConfig", header)];
    set(draft, "TrafficConfig", Json::object(traffic));
}

fn scenario(draft: &Draft, seed: u64) -> Scenario {
    let configuration = Arc::new(draft.check().unwrap());
    Scenario { configuration, seed, ..built_in_scenario() }
}

fn begin(draft: &Draft) -> Run {
    Run::new(scenario(draft, 1)).unwrap()
}

/// Puts an edited configuration in force everywhere.
fn configure(run: &mut Run, draft: &Draft) {
    act(run, Action::Configure(draft.check().unwrap().into()));
}

/// Which distribution took each request, and why.
fn choices(events: &[Event]) -> Vec<Choice> {
    let choice = |event: &Event| match (&event.what, event.place) {
        (What::Decided(Decision::DistributionChosen(choice)), Place::Pop(_)) => {
            Some(choice.clone())
        }
        _ => None,
    };
    events.iter().filter_map(choice).collect()
}

fn choice(events: &[Event]) -> Choice {
    let [choice] = &choices(events)[..] else { panic!("one request, one choice") };
    choice.clone()
}

fn shown(events: &[Event]) -> (u16, String) {
    let shown = events.iter().find_map(|event| match &event.what {
        What::Shown { response, .. } => {
            Some((response.status.0, response.fields.get("X-Cache").unwrap().to_owned()))
        }
        _ => None,
    });
    shown.unwrap()
}

fn with_header(value: &str) -> Action {
    ask("paris", request_with(Method::Get, "/app.js", value))
}

fn page() -> Request {
    request(Method::Get, "/index.html")
}

/// So many viewers of one city at the same instant: each is another one, and has no cookie.
fn viewers(count: usize) -> Action {
    let city = City::find("paris").unwrap();
    let request = Arc::new(page());
    Action::SendTogether { requests: vec![(city, request); count] }
}

#[test]
fn cd_02_im_20_a_policy_or_a_staging_distribution_that_is_only_named_leaves_all_on_the_primary() {
    let whole = staged(|_| {});
    for gone in ["ContinuousDeploymentPolicy", "Distribution"] {
        let mut draft = whole.clone();
        let place = draft.documents().iter().position(|it| it.member(gone).is_some()).unwrap();
        draft.remove(&Path::default().member("Beside").item(place)).unwrap();
        let configuration = draft.check().unwrap();
        assert!(configuration.staged().is_none(), "{gone}");
        let stand_in = |it: &&edgewalk::distribution::aws::Assumed| it.path == POLICY_ID;
        let assumed = configuration.assumed().iter().find(stand_in).unwrap();
        assert_eq!((&assumed.stand_in, assumed.stand_in.row()), (&StandIn::NoStaging, "IM-20"));
        let events = act(&mut begin(&draft), get("paris", "/app.js"));
        assert_eq!(choices(&events), [], "{gone}");
    }
}

#[test]
fn cd_01_no_name_leads_to_a_staging_distribution() {
    let mut run = begin(&staged(|draft| weigh(draft, "0")));
    let staging = "d222222abcdef8.cloudfront.net";
    let asked = request_with(Method::Get, "/app.js", &format!("Host: {staging}"));
    let events = act(&mut run, ask("paris", asked));
    assert_eq!(shown(&events).0, 403, "LIM-08: it leads nowhere");
    assert_eq!(choices(&events), [], "and neither side gets it");
    // The primary's names lead to staging where its policy says so.
    let mut run = begin(&staged(by_header));
    let asked = "Host: www.shop.example\naws-cf-cd-new: yes";
    let events = act(&mut run, with_header(asked));
    assert_eq!((choice(&events).side, shown(&events).0), (Side::Staging, 200));
}

#[test]
fn cd_04_of_ten_thousand_viewers_at_15_percent_between_13_9_and_16_1_go_to_staging() {
    // 10,000 × 0.15 = 1,500; one standard deviation is √(10,000 × 0.15 × 0.85) = 35.7, so these are three of them.
    for (seed, is_sticky) in [(1, true), (2, false), (3, true)] {
        let draft = staged(|draft| {
            if is_sticky {
                stick(draft, 300, 600);
            }
        });
        let mut run = Run::new(scenario(&draft, seed)).unwrap();
        let choices = choices(&act(&mut run, viewers(10_000)));
        assert_eq!(choices.len(), 10_000);
        let staging = choices.iter().filter(|choice| choice.side == Side::Staging).count();
        assert!((1_390..=1_610).contains(&staging), "seed {seed}: {staging}");
        for choice in &choices {
            let ChosenBy::Weight { weight, drawn, begins_session, after: None } = &choice.by else {
                panic!("{choice:?}")
            };
            assert_eq!((*weight, *begins_session), (Weight::LARGEST, is_sticky));
            assert_eq!(choice.side == Side::Staging, drawn < weight);
        }
    }
}

#[test]
fn cd_04_mu_18_a_weight_is_a_chance_and_no_share_that_is_kept_exactly() {
    let counts: BTreeSet<usize> = (1..=6)
        .map(|seed| {
            let mut run = Run::new(scenario(&staged(|_| {}), seed)).unwrap();
            let all = choices(&act(&mut run, viewers(100)));
            all.iter().filter(|choice| choice.side == Side::Staging).count()
        })
        .collect();
    assert!(counts.len() > 2, "of 100 not always 15 go there: {counts:?}");
    let mut run = begin(&staged(|draft| weigh(draft, "0")));
    let all = choices(&act(&mut run, viewers(1_000)));
    assert!(all.iter().all(|choice| choice.side == Side::Primary), "of a weight of 0 none does");
}

#[test]
fn cd_05_a_header_has_to_have_just_this_value() {
    let mut run = begin(&staged(by_header));
    for (fields, side, said) in [
        ("aws-cf-cd-new: yes", Side::Staging, Some("yes")),
        ("AWS-CF-CD-New: yes", Side::Staging, Some("yes")),
        ("aws-cf-cd-new: Yes", Side::Primary, Some("Yes")),
        ("aws-cf-cd-new: yes, yes", Side::Primary, Some("yes, yes")),
        ("aws-cf-cd-new: yes\naws-cf-cd-new: yes", Side::Primary, Some("yes, yes")),
        ("aws-cf-cd-old: yes", Side::Primary, None),
        ("Accept: */*", Side::Primary, None),
    ] {
        let found = choice(&act(&mut run, with_header(fields)));
        let by = ChosenBy::Header { name: "aws-cf-cd-new".into(), said: said.map(String::from) };
        assert_eq!(found, Choice { side, by }, "{fields}");
    }
}

#[test]
fn cd_06_07_a_viewer_of_a_session_never_switches_before_its_idle_or_its_maximum_time() {
    let (idle, maximum) = (300, 700);
    let mut run = begin(&staged(|draft| {
        weigh(draft, "0.15");
        stick(draft, idle, maximum);
    }));
    let gaps = [30, 299, 120, 298, 301, 10, 250, 299, 60, 310, 299, 290, 5, 400];
    let (mut began, mut used, mut side) = (SimTime::ZERO, SimTime::ZERO, None);
    let (mut kept, mut idled, mut lasted, mut sides) = (0, 0, 0, BTreeSet::new());
    for gap in gaps.into_iter().cycle().take(600) {
        act(&mut run, wait(gap));
        let events = act(&mut run, get("paris", "/app.js"));
        let at = events
            .iter()
            .find(|event| matches!(event.what, What::Decided(Decision::DistributionChosen(_))))
            .unwrap()
            .at;
        let found = choice(&events);
        // By the instants alone, as the rows say it.
        let is_idle = at.since(used).as_secs_f64() > idle as f64;
        let is_done = at.since(began).as_secs_f64() > maximum as f64;
        match (&found.by, side) {
            (ChosenBy::Session { .. }, Some(before)) => {
                assert!(!is_idle && !is_done);
                assert_eq!(found.side, before, "CD-06: it stays where it was");
                kept += 1;
            }
            (ChosenBy::Weight { after, begins_session: true, .. }, before) => {
                match (after, before) {
                    (None, None) => {}
                    (Some(SessionOver::Idle { .. }), Some(_)) if is_idle => idled += 1,
                    (Some(SessionOver::Lasted { .. }), Some(_)) if is_done => lasted += 1,
                    other => panic!("{other:?} at {at:?}"),
                }
                began = at;
            }
            other => panic!("{other:?}"),
        }
        sides.insert(found.side == Side::Staging);
        (used, side) = (at, Some(found.side));
    }
    assert!(kept > 300 && idled > 50 && lasted > 20, "{kept} {idled} {lasted}");
    assert_eq!(sides.len(), 2, "both sides were met");
}

#[test]
fn cd_06_without_stickiness_there_is_no_cookie_and_each_request_is_drawn() {
    let mut run = begin(&staged(|_| {}));
    let sides: BTreeSet<bool> = (0..60)
        .map(|_| {
            let events = act(&mut run, get("paris", "/app.js"));
            let has_cookie = events.iter().any(|event| match &event.what {
                What::Shown { response, .. } => response.fields.has("Set-Cookie"),
                What::Composed { request, .. } => request.fields.has("Cookie"),
                _ => false,
            });
            assert!(!has_cookie);
            choice(&events).side == Side::Staging
        })
        .collect();
    assert_eq!(sides.len(), 2);
}

#[test]
fn cd_21_the_cookie_of_a_session_is_the_viewers_and_the_edges_alone() {
    let all = "216adef6-5c7f-47e4-b989-5492eafa07d3"; // OP-03: AllViewer, cookies and all
    let mut run = begin(&staged(|draft| {
        stick(draft, 300, 600);
        for side in [Side::Primary, Side::Staging] {
            draft.turn(side);
            let policy = "DefaultCacheBehavior.OriginRequestPolicyId".parse().unwrap();
            draft.set(&policy, Json::text(all)).unwrap();
        }
        draft.turn(Side::Primary);
    }));
    let shop = |path: &str| {
        ask("paris", request_with(Method::Get, path, "Host: www.shop.example\nCookie: theme=dark"))
    };
    let first = act(&mut run, shop("/index.html"));
    let set = first.iter().find_map(|event| match &event.what {
        What::Shown { response, .. } => response.fields.get("Set-Cookie").map(String::from),
        _ => None,
    });
    let set = set.unwrap();
    let value = set.strip_suffix("; Path=/; HttpOnly").unwrap();
    assert!(value.starts_with("aws-cf-cd-session="), "{value}");
    let second = act(&mut run, shop("/app.js"));
    for event in &second {
        match &event.what {
            What::Sent { request, .. } => {
                let cookies = format!("theme=dark; {value}");
                assert_eq!(request.fields.get("Cookie"), Some(&*cookies));
            }
            What::Reached { request, .. } => {
                assert_eq!(request.fields.get("Cookie"), Some("theme=dark"));
            }
            What::Decided(Decision::KeyMade { key, left_out }) => {
                assert_eq!(key.cookies(), None);
                assert_eq!(left_out.cookies, ["theme"]);
            }
            _ => {}
        }
    }
    assert!(second.iter().any(|event| matches!(event.what, What::Reached { .. })));
    // Another host, another viewer, another city: another session.
    for action in [
        get("paris", "/index.html"),
        ask("london", request_with(Method::Get, "/index.html", "Host: www.shop.example")),
    ] {
        assert!(matches!(choice(&act(&mut run, action)).by, ChosenBy::Weight { after: None, .. }));
    }
    let viewer = run.world().settings().viewer;
    assert!(matches!(choice(&act(&mut run, shop("/app.js"))).by, ChosenBy::Session { .. }));
    act(&mut run, Action::SetViewer { viewer });
    assert!(matches!(choice(&act(&mut run, shop("/app.js"))).by, ChosenBy::Weight { .. }));
    // A value that nobody gave out is none.
    for nonsense in [
        "",
        "s",
        "s.1",
        "s.zz.1",
        "x.1.1",
        "s.2.1",
        "s.1.1.1",
        "p.ffffffffffffffff.ffffffffffffffff",
    ] {
        let cookie = format!("Cookie: aws-cf-cd-session={nonsense}");
        let by = choice(&act(&mut run, with_header(&cookie))).by;
        assert!(matches!(by, ChosenBy::Weight { .. }), "{nonsense}: {by:?}");
    }
}

#[test]
fn cd_08_switching_the_policy_or_stickiness_ends_all_sessions_and_another_weight_does_not() {
    let sticky = staged(|draft| stick(draft, 3_600, 3_600));
    let with = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = sticky.clone();
        edit(&mut draft);
        draft
    };
    let off = with(&|draft| set(draft, "Enabled", Json::Flag(false)));
    let loose = with(&|draft| {
        drop(draft.remove(&draft.policy_path().unwrap().joined(&IDLE.parse().unwrap())));
    });
    let lighter = with(&|draft| weigh(draft, "0.01"));
    let longer = with(&|draft| stick(draft, 3_000, 3_600));
    for (between, is_reset) in [(&off, true), (&loose, true), (&lighter, false), (&longer, false)] {
        let mut run = begin(&sticky);
        act(&mut run, get("paris", "/app.js"));
        configure(&mut run, between);
        configure(&mut run, &sticky);
        let by = choice(&act(&mut run, get("paris", "/app.js"))).by;
        match by {
            ChosenBy::Weight { after: Some(SessionOver::Reset), .. } => assert!(is_reset),
            ChosenBy::Session { .. } => assert!(!is_reset),
            other => panic!("{other:?}"),
        }
    }
    let mut run = begin(&off);
    let found = choice(&act(&mut run, get("paris", "/app.js")));
    assert_eq!(found, Choice { side: Side::Primary, by: ChosenBy::Disabled });
}

#[test]
fn cd_09_24_key_12_mu_18_staging_starts_cold_and_shares_nothing() {
    let mut run = begin(&staged(by_header));
    let staging = || with_header("aws-cf-cd-new: yes\nAccept-Encoding: gzip, br");
    let asks_origin =
        |events: &[Event]| events.iter().any(|event| matches!(event.what, What::Reached { .. }));
    act(&mut run, get("paris", "/app.js"));
    let warm = act(&mut run, get("paris", "/app.js"));
    assert_eq!(shown(&warm).1, "Hit from cloudfront");
    let cold = act(&mut run, staging());
    assert_eq!(shown(&cold).1, "Miss from cloudfront", "the primary's copy is no use to it");
    assert!(asks_origin(&cold), "nor is that of the regional edge cache");
    let second = act(&mut run, staging());
    assert_eq!(shown(&second).1, "Hit from cloudfront");
    assert!(!asks_origin(&act(&mut run, get("paris", "/app.js"))), "the primary's is still there");
    for (place, tier) in run.world().tiers() {
        let mut hosts: Vec<_> = tier.store().iter().map(|(key, _)| key.host()).collect();
        hosts.sort_unstable();
        let names = ["d111111abcdef8.cloudfront.net", "d222222abcdef8.cloudfront.net"];
        assert_eq!(hosts, names, "{place:?}");
    }
    // CD-24: what the primary invalidates is its own.
    act(&mut run, invalidate("/*"));
    for (_, tier) in run.world().tiers() {
        let hosts: Vec<_> = tier.store().iter().map(|(key, _)| key.host()).collect();
        assert_eq!(hosts, ["d222222abcdef8.cloudfront.net"]);
    }
}

#[test]
fn cd_23_both_distributions_share_the_room_of_a_cache() {
    let mut run = begin(&staged(by_header));
    let first = act(&mut run, get("paris", "/app.js"));
    let stored = first.iter().find_map(|event| match (&event.what, event.place) {
        (What::Decided(Decision::Stored { size_bytes, .. }), Place::Pop(_)) => Some(*size_bytes),
        _ => None,
    });
    // There is room for one of the two copies.
    act(&mut run, Action::SetPopCapacity { bytes: stored.unwrap() * 3 / 2 });
    let events = act(&mut run, with_header("aws-cf-cd-new: yes\nAccept-Encoding: gzip, br"));
    let evicted = events.iter().find_map(|event| match (&event.what, event.place) {
        (What::Decided(Decision::Evicted { key, .. }), Place::Pop(_)) => {
            Some(key.host().to_owned())
        }
        _ => None,
    });
    assert_eq!(evicted.as_deref(), Some("d111111abcdef8.cloudfront.net"));
}

/// What is wrong, as (path, code, row).
fn findings(draft: &Draft) -> Vec<(String, ErrorCode, &'static str)> {
    let all = draft.check().err().unwrap_or_default();
    all.iter()
        .map(|error| match error {
            AwsError::Refused { path, code, row, .. } => (path.clone(), *code, *row),
            other => panic!("{other}"),
        })
        .collect()
}

#[test]
fn cd_10_15_ds_18_in_what_a_staging_distribution_may_differ() {
    let own = "Beside[1].Distribution.DistributionConfig";
    for (name, value, row) in [
        ("PriceClass", Json::text("PriceClass_100"), "CD-10"),
        ("IsIPV6Enabled", Json::Flag(true), "CD-10"),
        ("HttpVersion", Json::text("http1.1"), "CD-10"),
        ("WebACLId", Json::text("a1b2c3d4-5678-90ab-cdef-EXAMPLE33333"), "CD-15"),
    ] {
        let draft = staged(|draft| set_staging(draft, name, value));
        let expected = (format!("{own}.{name}"), ErrorCode::IllegalUpdate, row);
        assert_eq!(findings(&draft), [expected]);
    }
    for (name, value) in [
        ("DefaultRootObject", Json::text("home.html")),
        ("Comment", Json::text("the next one")),
        ("DefaultCacheBehavior.CachePolicyId", Json::text(DISABLED)),
        ("Logging.Prefix", Json::text("staging/")),
        ("Origins.Items[0].OriginPath", Json::text("/v2")),
    ] {
        let draft = staged(|draft| set_staging(draft, name, value));
        assert_eq!(findings(&draft), [], "{name}");
        let first = name.split(['.', '[']).next().unwrap();
        assert_eq!(draft.staged_differences(), [first]);
    }
    let draft = staged(|draft| set_staging(draft, "Staging", Json::Flag(false)));
    let place = format!("{own}.Staging");
    assert_eq!(findings(&draft)[0], (place, ErrorCode::IllegalUpdate, "DS-18"));
}

#[test]
fn cd_10_15_what_must_not_be_edited_while_a_policy_is_attached() {
    let attached = staged(|_| {}).check().unwrap();
    for (path, value, expected) in [
        ("PriceClass", Json::text("PriceClass_100"), Some(("PriceClass", "CD-10"))),
        ("Aliases", Json::object([("Quantity", Json::Whole(0))]), Some(("Aliases", "CD-10"))),
        (
            "WebACLId",
            Json::text("a1b2c3d4-5678-90ab-cdef-EXAMPLE33333"),
            Some(("WebACLId", "CD-15")),
        ),
        ("Comment", Json::text("now"), None),
        ("DefaultCacheBehavior.CachePolicyId", Json::text(DISABLED), None),
    ] {
        let mut draft = Draft::of(&attached);
        for side in [Side::Primary, Side::Staging] {
            draft.turn(side);
            if path != "Aliases" || side == Side::Primary {
                draft.set(&path.parse().unwrap(), value.clone()).unwrap();
            }
        }
        let found = findings(&draft);
        let found: Vec<_> = found.iter().map(|(path, _, row)| (path.as_str(), *row)).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{path}");
        // Without the policy it can be.
        draft.unstage().unwrap();
        assert_eq!(findings(&draft), [], "{path}");
    }
}

#[test]
fn cd_11_a_pattern_that_the_primary_does_not_have_is_told_and_not_refused() {
    let mut draft = staged(|_| {});
    assert_eq!(draft.patterns_of_staging_alone(), [""; 0]);
    draft.turn(Side::Staging);
    draft
        .set(&"CacheBehaviors.Items[0].PathPattern".parse().unwrap(), Json::text("/v2/*"))
        .unwrap();
    draft.turn(Side::Primary);
    assert_eq!(draft.patterns_of_staging_alone(), ["/v2/*"]);
    assert_eq!(findings(&draft), []);
}

#[test]
fn cd_12_promotion_gives_the_primary_what_staging_says_and_turns_the_policy_off() {
    let mut draft = staged(|draft| {
        by_header(draft);
        set_staging(draft, "DefaultCacheBehavior.CachePolicyId", Json::text(DISABLED));
        set_staging(draft, "Comment", Json::text("the next one"));
    });
    let mut run = begin(&draft);
    let before = draft.check().unwrap();
    draft = Draft::of(&before);
    draft.promote().unwrap();
    let promoted = draft.check().unwrap();
    let (now, then) = (promoted.document(), before.document());
    for name in ["Aliases", POLICY_ID, "CallerReference", "Staging"] {
        assert_eq!(now.member(name), then.member(name), "{name} is kept");
    }
    assert_eq!(now.member("Comment"), Some(&Json::text("the next one")));
    let policy = &promoted.staged().unwrap().policy;
    assert!(!policy.is_enabled);
    assert_eq!(draft.staged_differences(), [""; 0], "staging can be used again");
    // Deployed POP by POP, as any change: until it arrives the policy of before holds.
    let staging = "aws-cf-cd-new: yes";
    act(&mut run, Action::Deploy(promoted.into()));
    let outdated = act(&mut run, with_header(staging));
    assert!(outdated.iter().any(|event| matches!(event.what, What::Outdated { .. })));
    assert_eq!(choice(&outdated).side, Side::Staging);
    act(&mut run, wait(240));
    let events = act(&mut run, with_header(staging));
    assert_eq!(choice(&events), Choice { side: Side::Primary, by: ChosenBy::Disabled });
    let is_kept = |events: &[Event]| {
        events.iter().any(|it| matches!(&it.what, What::Decided(Decision::Stored { .. })))
    };
    assert!(!is_kept(&events), "the primary keeps nothing now, as staging did");
}

#[test]
fn cd_14_mu_18_while_cloudfront_is_busy_everything_goes_to_the_primary() {
    let mut run = begin(&staged(by_header));
    act(&mut run, Action::SetBusy { on: true });
    let found = choice(&act(&mut run, with_header("aws-cf-cd-new: yes")));
    assert_eq!(found, Choice { side: Side::Primary, by: ChosenBy::Busy });
    act(&mut run, Action::SetBusy { on: false });
    let found = choice(&act(&mut run, with_header("aws-cf-cd-new: yes")));
    assert_eq!(found.side, Side::Staging);
    // A file and a link hold it.
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, Action::SetBusy { on: true });
    let link = Link::of(&run, None, View::Walk).unwrap().write();
    assert_eq!(Link::read(&link).unwrap().walk().actions, run.walk().actions);
}

#[test]
fn cd_16_or_24_a_bucket_policy_has_to_let_the_staging_distribution_in() {
    let bucket = |ids: &[&str]| {
        let arns =
            ids.iter().map(|id| format!("arn:aws:cloudfront::123456789012:distribution/{id}"));
        let arns: Vec<String> = arns.collect();
        let arns = Json::texts(arns.iter().map(String::as_str));
        let condition = Json::object([("StringEquals", Json::object([("AWS:SourceArn", arns)]))]);
        let statement = Json::object([
            ("Effect", Json::text("Allow")),
            ("Principal", Json::object([("Service", Json::text("cloudfront.amazonaws.com"))])),
            ("Action", Json::text("s3:GetObject")),
            ("Resource", Json::text("arn:aws:s3:::shop-media/*")),
            ("Condition", condition),
        ]);
        Json::object([("Policy", Json::object([("Statement", Json::List(vec![statement]))]))])
    };
    let access = Json::parse(
        r#"{"OriginAccessControl": {"Id": "E1OACEXAMPLE001", "OriginAccessControlConfig": {"Name": "oac",
            "SigningProtocol": "sigv4", "SigningBehavior": "always", "OriginAccessControlOriginType": "s3"}}}"#,
    )
    .unwrap();
    let statuses = |policy: Json| {
        let document = built_in_scenario().configuration.document().clone();
        let whole = Json::object([
            ("Id", Json::text("EPRIMARYEXAMPLE")),
            ("DomainName", Json::text("d111111abcdef8.cloudfront.net")),
            ("DistributionConfig", document),
        ]);
        let text = Json::object([("Distribution", whole)]).write();
        let beside = built_in_scenario().configuration.beside().clone();
        let mut draft = Draft::of(&Configuration::open(&text, &beside).unwrap());
        let id = "Origins.Items[0].OriginAccessControlId".parse().unwrap();
        draft.set(&id, Json::text("E1OACEXAMPLE001")).unwrap();
        for document in [access.clone(), policy] {
            let end = Path::default().member("Beside").item(draft.documents().len());
            draft.insert(&end, document).unwrap();
        }
        draft.stage().unwrap();
        by_header(&mut draft);
        let mut run = begin(&draft);
        ["Accept: */*", "aws-cf-cd-new: yes"].map(|field| {
            let events = act(&mut run, with_header(field));
            (choice(&events).side, shown(&events).0)
        })
    };
    let one = statuses(bucket(&["EPRIMARYEXAMPLE"]));
    assert_eq!(one, [(Side::Primary, 200), (Side::Staging, 403)], "on the staging share alone");
    let both = statuses(bucket(&["EPRIMARYEXAMPLE", "E2STAGINGEXAMPLE"]));
    assert_eq!(both, [(Side::Primary, 200), (Side::Staging, 200)]);
}

#[test]
fn cd_01_18_19_20_the_staging_distribution_is_a_copy_and_the_policy_is_attached_last() {
    let draft = staged(|_| {});
    assert_eq!(draft.staged_differences(), [""; 0], "it starts as a copy");
    let configuration = draft.check().unwrap();
    let staging = configuration.staged().unwrap();
    assert_eq!(staging.distribution.domain, "d222222abcdef8.cloudfront.net");
    assert_eq!(staging.policy.staging_name, staging.distribution.domain);
    let own = &draft.documents()[1].member("Distribution").unwrap();
    let own = own.member("DistributionConfig").unwrap();
    assert_eq!(own.member("Staging"), Some(&Json::Flag(true)));
    assert_eq!(own.member(POLICY_ID).and_then(Json::as_text).unwrap_or_default(), "");
    assert_eq!(own.member("Aliases").unwrap().member("Items"), None, "CD-20");
    let created = configuration.write(Form::Create);
    let created = created.member("DistributionConfig").unwrap();
    let none = Json::text("");
    assert_eq!(created.member(POLICY_ID), Some(&none), "CD-18: one with a policy is refused");
    assert_ne!(configuration.write(Form::Bare).member(POLICY_ID), Some(&none));
    // A second one takes the place of the first, and taking it away leaves nothing behind.
    let mut again = Draft::of(&configuration);
    again.stage().unwrap();
    assert_eq!(again.documents(), draft.documents());
    let mut without = draft.clone();
    without.unstage().unwrap();
    assert!(!without.is_edited());
}

#[test]
fn cd_13_17_what_a_staging_distribution_must_not_have_either() {
    let draft = staged(|draft| {
        for side in [Side::Primary, Side::Staging] {
            draft.turn(side);
            draft.set(&"HttpVersion".parse().unwrap(), Json::text("http2and3")).unwrap();
        }
    });
    let expected = ("HttpVersion".to_owned(), ErrorCode::InvalidArgument, "CD-13");
    assert_eq!(findings(&draft), [expected]);
    let time = "Origins.Items[0].ResponseCompletionTimeout";
    let draft = staged(|draft| set_staging(draft, time, Json::Whole(60)));
    let place = "Beside[1].Distribution.DistributionConfig.Origins".to_owned();
    assert_eq!(findings(&draft), [(place, ErrorCode::InvalidArgument, "CD-17")]);
}

#[test]
fn lg_09_the_log_tells_staging_from_primary() {
    let mut run = begin(&staged(|draft| {
        by_header(draft);
        set_staging(draft, "Logging.Prefix", Json::text("staging/"));
    }));
    act(&mut run, with_header("Accept: */*"));
    act(&mut run, with_header("aws-cf-cd-new: yes"));
    let all = access_log(run.journal().events(), &run.walk().scenario);
    let [primary, staging] = &all[..] else { panic!("two requests") };
    let names = ["x-host-header", "primary-distribution-id", "primary-distribution-dns-name"];
    let line = |logged: &Logged<'_>| names.map(|name| real_time_line(&logged.sample(), &[name]));
    let [shop, behind] = ["d111111abcdef8.cloudfront.net", "d222222abcdef8.cloudfront.net"];
    assert_eq!(line(primary), [shop, "-", "-"].map(String::from));
    // LOG-85: the shop was given without its id.
    assert_eq!(line(staging), [behind, &distribution_id(shop), shop].map(String::from));
    let prefixes = [primary, staging].map(|it| &*it.distribution.logging.as_ref().unwrap().prefix);
    assert_eq!(prefixes, ["www.shop.example/", "staging/"]);
}

#[test]
fn cd_10_what_is_nested_deep_is_compared_once() {
    // Each doubling of the work a level down would take longer than there is time.
    let deep = (0..100).fold(Json::Whole(1), |inner, _| Json::object([("a", inner)]));
    let draft = staged(|draft| {
        draft.set(&"FromTomorrow".parse().unwrap(), deep.clone()).unwrap();
        set_staging(draft, "FromTomorrow", deep.clone());
    });
    assert!(draft.check().is_ok());
    assert_eq!(draft.staged_differences(), Vec::<&str>::new());
}

#[test]
fn rtl_03_cd_10_the_real_time_log_is_that_of_the_distribution_that_took_the_request() {
    let arn = "arn:aws:cloudfront::123456789012:realtime-log-config/new";
    let mut run = begin(&staged(|draft| {
        by_header(draft);
        set_staging(draft, "DefaultCacheBehavior.RealtimeLogConfigArn", Json::text(arn));
    }));
    act(&mut run, with_header("Accept: */*"));
    act(&mut run, with_header("aws-cf-cd-new: yes"));
    let all = access_log(run.journal().events(), &run.walk().scenario);
    let named: Vec<_> = all.iter().map(Logged::real_time_log).collect();
    assert_eq!(named, [None, Some(arn)]);
    let usage = Usage::of(run.journal().events(), &run.walk().scenario);
    assert_eq!(usage.log_lines, 1, "PRC-45");
}

#[test]
fn cd_22_what_is_switched_on_top_belongs_to_the_primary() {
    let mut run = begin(&staged(by_header));
    let pattern = edgewalk::distribution::PathPattern::new("*");
    act(&mut run, Action::SetDynamic { pattern, on: true });
    let primary = act(&mut run, with_header("Accept: */*"));
    let staging = act(&mut run, with_header("aws-cf-cd-new: yes"));
    let keeps = |events: &[Event]| {
        events.iter().any(|it| matches!(&it.what, What::Decided(Decision::Stored { .. })))
    };
    assert!(!keeps(&primary) && keeps(&staging));
}

#[test]
fn a_run_with_a_staging_distribution_is_the_same_whether_or_not_somebody_watches() {
    let mut run = begin(&staged(|draft| stick(draft, 300, 600)));
    for city in ["paris", "lagos", "paris", "tokyo", "paris"] {
        act(&mut run, viewers(20));
        act(&mut run, get(city, "/app.js"));
        act(&mut run, wait(200));
    }
    let watched = run.walk().replay(&mut Journal::new()).unwrap();
    let unwatched = run.walk().replay(&mut Nobody).unwrap();
    let contents = |world: &edgewalk::simulation::World| {
        let tiers = world.tiers().map(|(place, tier)| {
            (place, tier.store().iter().map(|(key, _)| key.clone()).collect::<Vec<_>>())
        });
        tiers.collect::<Vec<_>>()
    };
    assert_eq!(contents(&watched), contents(&unwatched));
}

#[test]
fn cd_02_each_choice_is_told_with_its_row_and_the_setting() {
    let drafts = [
        (staged(by_header), "CD-05"),
        (staged(|draft| stick(draft, 300, 600)), "CD-04"),
        (staged(|draft| set(draft, "Enabled", Json::Flag(false))), "CD-02"),
    ];
    for (draft, row) in drafts {
        let mut run = begin(&draft);
        act(&mut run, get("paris", "/app.js"));
        let steps = Steps::of(run.journal());
        let told: Vec<Told> = steps
            .all()
            .iter()
            .map(|step| {
                let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
                Told::of(&scene, step, &run.journal().events()[step.start..step.end])
            })
            .collect();
        let reasons: Vec<_> = told.iter().flat_map(|told| &told.why).collect();
        let reason = reasons.iter().find(|reason| reason.rows == row).unwrap();
        let setting = reason.setting.as_ref().unwrap();
        assert!(setting.starts_with("Continuous deployment policy: "), "{setting}");
    }
}
