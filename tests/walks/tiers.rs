//! Who answers: the POP, the REC or the origin.

use crate::common::Edit as _;
use edgewalk::http::Method;
use edgewalk::network::{City, best, nearest_rec};
use edgewalk::simulation::{Action, Place, Run};

use crate::common::{act, ask, get, invalidate, last_shown, run, send, trace, wait};
use crate::{at_rec, x_cache};

#[test]
fn flow_04_06_a_cold_get_goes_all_the_way_and_is_kept_by_both_caches() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    let expected = [
        "paris-france Composed",
        "DNS Resolved",
        "paris-france Connected",
        "paris-france Secured",
        "paris-france Sent",
        "CDG BehaviorMatched",
        "CDG KeyMade",
        "CDG looked up: Absent",
        "CDG forwarded: ThroughRec",
        "REC eu-west-2 looked up: Absent",
        "REC eu-west-2 forwarded: FromRec",
        "origin us-east-1 Reached",
        "origin us-east-1 replied 200",
        "REC eu-west-2 stored hero.jpg for 86400 s",
        "REC eu-west-2 answered 200",
        "CDG stored hero.jpg for 86400 s",
        "CDG answered 200",
        "paris-france shown 200 Miss from cloudfront",
    ];
    let slug = City::find("paris").unwrap().slug();
    let expected: Vec<_> = expected.iter().map(|line| line.replace("paris-france", slug)).collect();
    assert_eq!(trace(&events), expected);
}

#[test]
fn flow_03_a_fresh_object_is_answered_by_the_pop_alone() {
    let mut run = run([get("paris", "/img/hero.jpg")]);
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(x_cache, "Hit from cloudfront");
    assert_eq!(response.fields.get("Age"), Some("0"), "AGE-01: less than a second old");
    act(&mut run, wait(100));
    act(&mut run, get("paris", "/img/hero.jpg"));
    let age: u64 = last_shown(run.journal()).1.fields.get("Age").unwrap().parse().unwrap();
    assert!((100..=101).contains(&age), "AGE-01: {age}");
}

#[test]
fn flow_05_07_rec_09_another_pop_of_the_same_rec_gets_a_rec_hit() {
    let (paris, london) = (City::find("paris").unwrap(), City::find("london").unwrap());
    let rec_of = |city| nearest_rec(edgewalk::network::best(city));
    assert_eq!(rec_of(paris), rec_of(london), "the two cities of this test share a REC");
    let mut run = run([get("paris", "/img/hero.jpg")]);
    let events = act(&mut run, get("london", "/img/hero.jpg"));
    assert!(at_rec(&events) > 0);
    assert!(events.iter().all(|event| !matches!(event.place, Place::Origin(_))), "FLOW-07");
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "XC-01");
    assert_eq!(
        last_shown(run.journal()).1.fields.get("X-Amz-Cf-Pop").unwrap()[..3],
        *"LHR",
        "RH-02"
    );
    // REC-09: what went past the REC is kept at the POP alone.
    act(&mut run, Action::SetSameRegion { on: true, city: paris });
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!(at_rec(&events), 0);
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
    assert_eq!(x_cache(&mut run, get("london", "/app.js")), "Miss from cloudfront", "REC-09");
}

/// Those that README and the page recommend, one after the other.
#[test]
fn the_recommended_walks_end_as_they_are_said_to() {
    let hero = |city| get(city, "/img/hero.jpg");
    let orders = send("addis-ababa", Method::Post, "/api/orders");
    let mut run = run([]);
    assert_eq!(x_cache(&mut run, hero("addis-ababa")), "Miss from cloudfront");
    assert_eq!(x_cache(&mut run, hero("addis-ababa")), "Hit from cloudfront");
    let events = act(&mut run, hero("riyadh"));
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront");
    assert!(at_rec(&events) > 0, "another edge location, the same regional edge cache");
    let events = act(&mut run, orders);
    assert_eq!((at_rec(&events), last_shown(run.journal()).1.status.0), (0, 201));
    act(&mut run, wait(86_400));
    assert_eq!(x_cache(&mut run, hero("addis-ababa")), "RefreshHit from cloudfront");
    act(&mut run, invalidate("/img/*"));
    assert_eq!(x_cache(&mut run, hero("addis-ababa")), "Miss from cloudfront");
}

#[test]
fn flow_08_13_vsec_06_08_11_bytes_go_on_at_once_and_the_order_of_work_is_settled() {
    use edgewalk::edge::Decision;
    use edgewalk::simulation::What;
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/video/clip.mp4"));
    let shown = events.iter().find_map(|event| match &event.what {
        What::Shown { head_at, .. } => Some((*head_at, event.at)),
        _ => None,
    });
    let kept =
        events.iter().rfind(|event| matches!(event.what, What::Decided(Decision::Stored { .. })));
    let (head_at, last_at) = shown.unwrap();
    assert!(head_at < kept.unwrap().at && kept.unwrap().at < last_at, "FLOW-08");
    let at_pop: Vec<_> =
        trace(&events).into_iter().filter(|line| line.starts_with("CDG")).take(4).collect();
    let order = [
        "CDG BehaviorMatched",
        "CDG KeyMade",
        "CDG looked up: Absent",
        "CDG forwarded: ThroughRec",
    ];
    assert_eq!(at_pop, order, "FLOW-13, VSEC-06, VSEC-11");
}

#[test]
fn rh_04_each_page_of_cloudfronts_own_says_whose_it_is() {
    let long = format!("/{}", "a".repeat(8_192));
    let by_http = edgewalk::http::Request {
        scheme: edgewalk::http::Scheme::Http,
        ..crate::common::request(Method::Get, "/app.js")
    };
    for (status, action) in [(414, get("paris", &long)), (301, ask("paris", by_http))] {
        let mut scenario = edgewalk::simulation::built_in_scenario();
        scenario.edited().behaviors[1].viewer_protocol =
            edgewalk::distribution::ViewerProtocolPolicy::RedirectToHttps;
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, action);
        let response = last_shown(run.journal()).1;
        let server: Vec<&str> = response.fields.all("Server").collect();
        assert_eq!((response.status.0, &*server), (status, &["CloudFront"][..]), "RH-04");
    }
}

#[test]
fn key_03_an_alias_is_the_same_entry() {
    let mut run = run([get("paris", "/app.js")]);
    let request = crate::common::request_with(
        Method::Get,
        "/app.js",
        "Host: www.shop.example\nAccept-Encoding: gzip, br",
    );
    assert_eq!(x_cache(&mut run, ask("paris", request)), "Hit from cloudfront");
}

#[test]
fn err_20_inv_21_a_stored_error_goes_with_its_path() {
    let mut run = run([get("paris", "/nothing"), get("paris", "/nowhere")]);
    act(&mut run, invalidate("/nothing"));
    let asked = |events: &[edgewalk::simulation::Event]| {
        events.iter().any(|event| matches!(event.place, Place::Origin(_)))
    };
    assert!(asked(&act(&mut run, get("paris", "/nothing"))), "ERR-20");
    assert!(!asked(&act(&mut run, get("paris", "/nowhere"))), "ERR-20: each by itself");
}

#[test]
fn met_07_a_head_brings_no_content_down_to_the_pop() {
    let mut run = run([get("london", "/video/tour.mp4")]);
    let head = act(&mut run, send("paris", Method::Head, "/video/tour.mp4"));
    assert!(!head.iter().any(|event| matches!(event.place, Place::Origin(_))), "the REC has it");
    let pop = Place::Pop(best(City::find("paris").unwrap()));
    let used = |run: &Run| {
        let tiers = run.world().tiers();
        tiers
            .filter(|(place, _)| *place == pop)
            .map(|(_, tier)| tier.store().used_bytes())
            .sum::<u64>()
    };
    assert!((1..10_000).contains(&used(&run)), "MET-07: a head alone, {} bytes", used(&run));
    let again = act(&mut run, send("paris", Method::Head, "/video/tour.mp4"));
    assert_eq!(at_rec(&again), 0, "MET-07: it answers HEAD");
    let got = act(&mut run, get("paris", "/video/tour.mp4"));
    assert!(at_rec(&got) > 0, "MET-07: but not GET");
    let took = |path: &str| {
        let mut run = crate::common::run([get("london", path)]);
        let events = act(&mut run, send("paris", Method::Head, path));
        events.last().unwrap().at.since(events[0].at)
    };
    assert_eq!(took("/video/tour.mp4"), took("/logo.svg"), "MET-07: as quick for any object");
    // A whole copy that is there stays whole.
    let whole = used(&run);
    act(&mut run, send("paris", Method::Head, "/video/tour.mp4"));
    assert_eq!(used(&run), whole);
}
