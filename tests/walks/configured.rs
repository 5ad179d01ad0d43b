//! Walks through configurations of somebody's own, and configurations that change while a walk goes on.

use std::sync::Arc;

use edgewalk::distribution::{Behavior, Beside, Configuration, Draft, Origin, TtlBounds, managed};
use edgewalk::http::Method;
use edgewalk::json::Json;
use edgewalk::network::{City, Pop, Region, nearest};
use edgewalk::origin::site_of;
use edgewalk::scene::console::Trial;
use edgewalk::scene::{Scene, Steps, Told};
use edgewalk::simulation::{
    Action, Change, Event, Link, Place, Run, Scenario, Settings, View, Walk, WalkFile, What,
    built_in_scenario,
};

use edgewalk::time::SimTime;

use crate::common::{act, ask, get, last_shown, plain, purge, request_with, send, wait};
use crate::reached;

const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");

fn open(example: &str) -> Arc<Configuration> {
    Configuration::open(example, &Beside::managed("us-east-1".into())).unwrap().into()
}

fn run_of(example: &str) -> Run {
    Run::new(Walk::of_configuration(open(example)).scenario).unwrap()
}

/// What a GET of this path from Paris comes to, twice: status and X-Cache, and the Region of the origin that was asked.
fn twice(run: &mut Run, path: &str) -> [(u16, String, Option<&'static str>); 2] {
    [0, 1].map(|_| {
        let events = act(run, get("paris", path));
        let origin = events.iter().find_map(|event| match (event.place, &event.what) {
            (Place::Origin(region), What::Reached { .. }) => Some(region.code()),
            _ => None,
        });
        let (x_cache, response) = last_shown(run.journal());
        (response.status.0, x_cache, origin)
    })
}

/// A path, where its origin stands, and whether the second request for it is a hit.
type Row = (&'static str, &'static str, bool);

/// In place of a Region: the behavior serves signed requests only (CB-15, CB-16).
const UNSIGNED: &str = "";

const ERROR: &str = "Error from cloudfront";
const MISS: &str = "Miss from cloudfront";
const HIT: &str = "Hit from cloudfront";

#[test]
fn im_06_ex_01_to_03_each_behavior_of_an_example_is_walked_to_its_end() {
    // One for each behavior, in their order.
    let table: [(&str, &[Row]); 3] = [
        (S3_SITE, &[("/example.html", "eu-central-1", true)]),
        (
            API_AND_MEDIA,
            &[
                ("/errors/example", "eu-west-1", true),
                ("/private/example", UNSIGNED, false),
                ("/live/example", "eu-west-1", true),
                ("/media/example", "eu-west-1", true),
                ("/api/example", "eu-west-1", false), // POL-03: CachingDisabled
                ("/example.html", "eu-west-1", true),
            ],
        ),
        (
            LEGACY,
            &[
                ("/images/example.jpg", "us-east-1", true), // REC-14: the name tells no Region
                ("/paid/example", UNSIGNED, false),
                ("/docs/example", "us-west-2", true),
                ("/cart/example", "us-east-1", false), // HDRK-06: all headers, so nothing is cached
                ("/example.html", "us-east-1", true),
            ],
        ),
    ];
    for (example, rows) in table {
        let mut run = run_of(example);
        let distribution = run.walk().scenario.configuration.distribution().clone();
        assert_eq!(rows.len(), distribution.behaviors.len(), "each behavior has a row");
        for (place, (path, region, is_kept)) in rows.iter().enumerate() {
            assert_eq!(distribution.behavior_for(path), place, "{path}");
            let [first, second] = twice(&mut run, path);
            if *region == UNSIGNED {
                let refused = (403, ERROR.to_owned(), None);
                assert_eq!([first, second], [refused.clone(), refused], "LIM-11 {path}");
                continue;
            }
            assert_eq!(first, (200, MISS.into(), Some(*region)), "{path}");
            let (x_cache, asked) = if *is_kept { (HIT, None) } else { (MISS, Some(*region)) };
            assert_eq!(second, (200, x_cache.into(), asked), "{path}");
        }
    }
}

#[test]
fn im_06_a_behavior_that_comes_along_later_has_something_to_ask_for() {
    let shop = built_in_scenario().configuration.distribution().clone();
    let with = |patterns: &[&str]| {
        let mut more = shop.clone();
        more.origins.push(Origin::s3_bucket("books", "books", "eu-west-1"));
        for pattern in patterns {
            more.behaviors.insert(0, Behavior::new(pattern, "books", managed::caching_optimized()));
        }
        Arc::new(Configuration::of(more))
    };
    let published = |events: &[Event]| {
        let found = events.iter().filter_map(|event| match &event.what {
            What::Published { path, version, size_bytes } => {
                Some((event.place, path.clone(), *version, *size_bytes))
            }
            _ => None,
        });
        found.collect::<Vec<_>>()
    };
    let ireland = Place::Origin(Region::find("eu-west-1").unwrap());
    let example = (ireland, "/handbook/example".to_owned(), 1, 18_432);
    for action in [Action::Configure, Action::Deploy] {
        let mut run = Run::new(built_in_scenario()).unwrap();
        // Objects of the shop's lead to /img/* already.
        let events = act(&mut run, action(with(&["/handbook/*", "/img/*"])));
        assert_eq!(published(&events), std::slice::from_ref(&example), "IM-06");
        let is_last = matches!(events.last().unwrap().what, What::Changed(_));
        assert!(is_last, "by the time the behavior is there");
        let steps = Steps::of(run.journal());
        let step = steps.all().first().unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        assert_eq!(scene.size_of(&run.walk().scenario, "/handbook/example"), Some(18_432));
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        assert!(told.remarked().contains("IM-06"), "{told:?}");
        act(&mut run, wait(600));
        assert_eq!(twice(&mut run, "/handbook/example")[0], (200, MISS.into(), Some("eu-west-1")));
        // It stays, and another configuration brings its own alone.
        let events = act(&mut run, action(with(&["/handbook/*", "/img/*", "/help/*.css"])));
        let help = (ireland, "/help/example.css".to_owned(), 1, 46_080);
        assert_eq!(published(&events), [help], "IM-06");
        assert!(run.world().site().get("/handbook/example").is_some(), "IM-08");
    }
    // Nothing comes of a configuration without a new behavior.
    let mut run = run_of(API_AND_MEDIA);
    let events = act(&mut run, Action::Configure(open(API_AND_MEDIA)));
    assert_eq!(published(&events), []);
    // Before it is saved the console can try it.
    let docs = with(&["/handbook/*"]);
    let trials = Trial::examples(docs.distribution(), &shop, &built_in_scenario().site);
    assert_eq!((trials[0].place, &*trials[0].asked), (0, "/handbook/example"));
}

#[test]
fn im_06_the_page_of_an_error_and_the_root_object_are_there() {
    let mut site = run_of(S3_SITE);
    // DS-15: / is /index.html.
    assert_eq!(twice(&mut site, "/")[0], (200, MISS.into(), Some("eu-central-1")));
    let mut media = run_of(API_AND_MEDIA);
    // CX-01: the page comes from its own behavior's origin, with the entry's own status.
    act(&mut media, get("paris", "/nowhere.html"));
    let (x_cache, response) = last_shown(media.journal());
    assert_eq!((&*x_cache, response.status.0), ("Error from cloudfront", 404));
    // The page of 18,432 bytes, compressed for whoever takes that (CB-06), to a quarter (MODEL).
    assert_eq!(response.body.length, 18_432 / 4);
    let paths = ["/a.css", "/b"].map(|path| edgewalk::origin::Given::new(path).unwrap());
    let listed = site_of(open(S3_SITE).distribution(), &paths);
    let held: Vec<_> = listed.iter().map(|object| object.path.as_str()).collect();
    assert_eq!(held, ["/a.css", "/b", "/index.html"]);
    assert_eq!(listed.get("/a.css").unwrap().content_type, "text/css");
}

#[test]
fn im_07_an_origin_in_a_region_that_no_table_has_is_asked_all_the_same() {
    let text = S3_SITE.replace("s3.eu-central-1.", "s3.xx-moon-1.");
    let mut run = run_of(&text);
    assert_eq!(twice(&mut run, "/example.html")[0], (200, MISS.into(), Some("us-east-1")));
}

/// The shop with another TTL for the media, and the origins as they are.
fn patient_shop() -> Arc<Configuration> {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    let policy = "DefaultCacheBehavior.CachePolicyId".parse().unwrap();
    let id = "83da9c7e-98b4-4e11-a168-04f0df8e2c65"; // MC-06 has Host in its key: no bucket takes it
    draft.set(&policy, Json::text(id)).unwrap();
    assert!(draft.check().is_err(), "ER-18");
    let disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"; // MC-02
    draft.set(&policy, Json::text(disabled)).unwrap();
    draft.check().unwrap().into()
}

#[test]
fn im_08_mu_10_another_configuration_holds_from_then_on_and_purges_nothing() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, get("paris", "/app.js"));
    let stored =
        |run: &Run| run.world().tiers().map(|(_, tier)| tier.store().len()).collect::<Vec<_>>();
    let before = stored(&run);
    let events = act(&mut run, Action::Configure(patient_shop()));
    assert!(
        matches!(&events[..], [event] if matches!(&event.what, What::Changed(Change::Configuration(_))))
    );
    assert_eq!(stored(&run), before, "MU-10, DST-04");
    // POL-03: nothing is answered from a cache any more.
    assert_eq!(twice(&mut run, "/app.js").map(|(_, x_cache, _)| x_cache), [MISS, MISS]);
    act(&mut run, Action::Configure(Arc::clone(&built_in_scenario().configuration)));
    assert_eq!(twice(&mut run, "/app.js")[0].1, HIT, "MU-10: what was kept is still there");
    // It is folded by the Scene as by the World, told, and undone.
    let steps = Steps::of(run.journal());
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert_eq!(scene.settings, *run.world().settings());
    let told = |step: &edgewalk::scene::Step| {
        Told::of(&scene, step, &run.journal().events()[step.start..step.end]).title
    };
    let titles: Vec<_> = steps.all().iter().map(told).collect();
    assert!(titles.contains(&"Another configuration".to_owned()), "{titles:?}");
    // The two requests and the second change.
    (0..3).for_each(|_| assert!(run.undo()));
    assert_eq!(run.world().settings().configuration, patient_shop());
    (0..3).for_each(|_| assert!(run.undo()));
    assert_eq!(run.world().settings().configuration, built_in_scenario().configuration);
}

#[test]
fn im_08_what_the_user_changed_goes_on_where_it_still_can() {
    let region = |code| Region::find(code).unwrap();
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, Action::SetOriginRegion { region: region("eu-west-2") });
    act(&mut run, Action::Configure(patient_shop()));
    let regions = |settings: &Settings| {
        settings
            .distribution()
            .origins
            .iter()
            .map(|origin| origin.region.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(regions(run.world().settings()), ["eu-west-2", "eu-west-2"], "the same origins");
    act(&mut run, Action::Configure(open(API_AND_MEDIA)));
    let expected = ["eu-west-1", "eu-west-1", "us-east-1", "eu-west-1", "eu-west-1"];
    assert_eq!(regions(run.world().settings()), expected, "other origins stand where they say");
    let unknown =
        run.act(Action::SetShield { origin_id: "shop-media".into(), region: None }, usize::MAX);
    assert!(unknown.unwrap_err().to_string().contains("shop-media"));
    let (_, shown) = {
        act(&mut run, send("paris", Method::Get, "/api/example"));
        last_shown(run.journal())
    };
    // The shop's origins hold what they held, and no example; nor the page for a 404, which the private bucket of that page says
    // by a 403 (OSEC-12, CEP-06).
    assert_eq!(shown.status.0, 403);
}

/// The built-in shop with one member of its document changed.
fn shop_with(path: &str, value: Json) -> Action {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    draft.set(&path.parse().unwrap(), value).unwrap();
    Action::Configure(draft.check().unwrap().into())
}

#[test]
fn im_08_what_is_saved_last_holds_and_the_rest_that_the_user_changed_goes_on() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let pattern = || edgewalk::distribution::PathPattern::new("*");
    let region = Region::find("us-east-1").ok();
    let set = |run: &mut Run| {
        let ttl = TtlBounds { min: 7, default: 8, max: 9 };
        act(run, Action::SetTtl { pattern: pattern(), ttl });
        act(run, Action::SetDynamic { pattern: pattern(), on: true });
        act(run, Action::SetShield { origin_id: "shop-media".into(), region });
    };
    let left = |run: &Run| {
        let settings = run.world().settings();
        [settings.ttls.len(), settings.dynamic.len(), settings.shields.len()]
    };
    set(&mut run);
    act(&mut run, shop_with("Comment", Json::text("something else")));
    assert_eq!(left(&run), [1, 1, 1], "a comment says nothing of them");
    act(&mut run, Action::Configure(patient_shop()));
    assert_eq!(left(&run), [0, 0, 1], "another cache policy");
    set(&mut run);
    let shield = Json::object([
        ("Enabled", Json::Flag(true)),
        ("OriginShieldRegion", Json::text("eu-west-1")),
    ]);
    // Back to the policy of before, with a Shield elsewhere.
    act(&mut run, shop_with("Origins.Items[0].OriginShield", shield));
    assert_eq!(left(&run), [0, 0, 0]);
    let distribution = run.world().settings().distribution();
    assert_eq!(distribution.origins[0].shield_region.as_deref(), Some("eu-west-1"));
}

/// The edge location that a GET from a city goes to, and where the Scene says that it is.
fn pop_of(run: &mut Run, city: &str, path: &str) -> &'static str {
    let events = act(run, get(city, path));
    let reached = events.iter().find_map(|event| match event.place {
        Place::Pop(pop) => Some(pop.code()),
        _ => None,
    });
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert_eq!(scene.trip.as_ref().map(|trip| trip.pop.code()), reached);
    reached.unwrap()
}

#[test]
fn ds_02_pc_01_to_10_a_price_class_moves_viewers_to_edge_locations_that_it_includes() {
    let class = |word: &str| shop_with("PriceClass", Json::text(word));
    // Sydney's own is in no class but the whole one (PC-10), Mumbai's from 200 on (PC-08), Paris's (PC-02) and Boston's
    // (PC-01) in all.
    for (word, own) in [
        ("PriceClass_All", [true, true, true, true]),
        ("PriceClass_200", [false, true, true, true]),
        ("PriceClass_100", [false, false, true, true]),
    ] {
        let mut run = Run::new(built_in_scenario()).unwrap();
        act(&mut run, class(word));
        for (city, own) in ["sydney", "mumbai", "paris", "boston"].into_iter().zip(own) {
            let pop = Pop::find(pop_of(&mut run, city, "/app.js")).unwrap();
            let best = nearest::best(City::find(city).unwrap());
            assert_eq!(pop == best, own, "{word} {city} {pop:?}");
            assert!(pop.price_class() <= run.world().settings().price_class(), "{word} {city}");
        }
    }
}

#[test]
fn dns_23_a_viewer_who_still_holds_the_answer_goes_on_to_the_old_edge_location() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let before = pop_of(&mut run, "sydney", "/app.js");
    act(&mut run, shop_with("PriceClass", Json::text("PriceClass_100")));
    assert_eq!(pop_of(&mut run, "sydney", "/app.js"), before, "the answer is good for 60 s");
    act(&mut run, Action::Wait { span: std::time::Duration::from_secs(61) });
    let after = pop_of(&mut run, "sydney", "/app.js");
    assert_ne!(after, before);
    // MU-10: what the old one holds stays there.
    act(&mut run, shop_with("PriceClass", Json::text("PriceClass_All")));
    act(&mut run, Action::Wait { span: std::time::Duration::from_secs(61) });
    act(&mut run, get("sydney", "/app.js"));
    assert_eq!(last_shown(run.journal()).0, HIT);
}

#[test]
fn dns_23_a_bucket_goes_beside_the_rec_that_the_viewer_still_meets() {
    // A bucket in the Region of the REC is asked by the POP itself (REC-06).
    let bucket_beside = |run: &mut Run| {
        let rec = nearest::nearest_rec(Pop::find(pop_of(run, "sydney", "/img/hero.jpg")).unwrap());
        let (_, leg) = reached(run.journal().events()).last().unwrap();
        assert!(matches!(leg.from, Place::Pop(_)));
        assert_eq!(run.world().settings().bucket_region, Some(rec.region()));
        rec.region()
    };
    let mut run = Run::new(built_in_scenario()).unwrap();
    let sydney = City::find("sydney").unwrap();
    act(&mut run, get("sydney", "/app.js"));
    act(&mut run, shop_with("PriceClass", Json::text("PriceClass_100")));
    act(&mut run, Action::SetSameRegion { on: true, city: sydney });
    let before = bucket_beside(&mut run);
    act(&mut run, Action::Wait { span: std::time::Duration::from_secs(61) });
    act(&mut run, purge(&["/img/hero.jpg"]));
    assert_ne!(bucket_beside(&mut run), before, "the price class moved the viewer");
}

#[test]
fn a_walk_of_a_configuration_comes_back_from_json_and_one_of_before_is_still_read() {
    let mut walk = Walk::of_configuration(open(LEGACY));
    walk.actions.clear();
    let text = serde_json::to_string(&walk).unwrap();
    assert_eq!(serde_json::from_str::<Walk>(&text).unwrap(), walk);
    // The form of before: the distribution itself in place of its configuration.
    let demo = built_in_scenario();
    let mut old = serde_json::to_value(&demo).unwrap();
    let members = old.as_object_mut().unwrap();
    members.remove("configuration").unwrap();
    members.insert(
        "distribution".into(),
        serde_json::to_value(demo.configuration.distribution()).unwrap(),
    );
    assert_eq!(serde_json::from_value::<Scenario>(old.clone()).unwrap(), demo);
    old["distribution"]["behaviors"][0]["origin_id"] = "nowhere".into();
    let error = serde_json::from_value::<Scenario>(old.clone()).unwrap_err().to_string();
    assert!(error.starts_with("distribution: CacheBehaviors.Items[0].TargetOriginId"), "{error}");
    old.as_object_mut().unwrap().remove("distribution");
    assert!(serde_json::from_value::<Scenario>(old).is_err());
}

#[test]
fn a_link_holds_the_configuration_that_was_put_in_force() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, Action::Configure(open(S3_SITE)));
    let link = Link::of(&run, None, View::Walk).unwrap().write();
    let read = Link::read(&link).unwrap();
    assert_eq!(read.own, [Action::Configure(open(S3_SITE))]);
    let wrong = link.replace("site-bucket%22%2C%22Domain", "other%22%2C%22Domain");
    let wrong = if wrong == link { link.replacen("site-bucket", "other", 1) } else { wrong };
    let error = Link::read(&wrong).unwrap_err().to_string();
    assert!(
        error.contains("word 2 of action 1 in the link: ") && error.contains("TargetOriginId"),
        "{error}"
    );
}

/// The shop in which nothing is kept under the default behavior, on its way to the edge locations.
fn deploy_without_caching() -> Action {
    match shop_with("DefaultCacheBehavior.CachePolicyId", Json::text(DISABLED)) {
        Action::Configure(configuration) => Action::Deploy(configuration),
        other => panic!("{other:?}"),
    }
}

/// MC-02.
const DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/// Until when the edge location of the last exchange goes by the configuration before, in seconds after the epoch; none
/// where it has the newest.
fn outdated_until(events: &[Event]) -> Option<SimTime> {
    events.iter().find_map(|event| match (&event.what, event.place) {
        (What::Outdated { until }, Place::Pop(_)) => Some(*until),
        _ => None,
    })
}

fn is_looked_up(events: &[Event]) -> bool {
    let decided = |event: &Event| {
        matches!(&event.what, What::Decided(edgewalk::edge::Decision::LookedUp { .. }))
    };
    events.iter().any(decided)
}

#[test]
fn dst_01_03_08_each_edge_location_takes_a_configuration_at_its_own_moment() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    let mut moments = Vec::new();
    for city in ["paris", "london", "tokyo", "sydney", "sao-paulo", "mumbai"] {
        let events = act(&mut run, get(city, "/app.js"));
        let until = outdated_until(&events).unwrap();
        assert!((20..240).contains(&until.as_secs()), "DST-08: {city} {until:?}");
        assert!(is_looked_up(&events), "DST-03: {city} still keeps what it gets");
        moments.push(until);
    }
    moments.sort_unstable();
    moments.dedup();
    assert_eq!(moments.len(), 6, "each at its own");
    // Past the moment of the first, and before that of the last, the answers are mixed.
    let (first, last) = (moments[0], moments[5]);
    act(&mut run, wait(first.as_secs() + 1));
    let outdated = ["paris", "london", "tokyo", "sydney", "sao-paulo", "mumbai"].map(|city| {
        let events = act(&mut run, get(city, "/app.js"));
        assert_eq!(outdated_until(&events).is_some(), is_looked_up(&events), "{city}");
        outdated_until(&events).is_some()
    });
    assert!(outdated.contains(&true) && outdated.contains(&false), "{outdated:?}, {last:?}");
}

#[test]
fn dst_02_04_mu_10_once_all_have_it_that_is_said_and_nothing_was_purged() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, deploy_without_caching());
    let is_done = |run: &Run| {
        run.journal().events().iter().filter(|event| event.what == What::Deployed).count()
    };
    act(&mut run, wait(200));
    assert_eq!(is_done(&run), 0);
    act(&mut run, wait(41));
    assert_eq!(is_done(&run), 1, "DST-02");
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!((outdated_until(&events), is_looked_up(&events)), (None, false));
    let place = Place::Pop(nearest::best(City::find("paris").unwrap()));
    let (_, tier) = run.world().tiers().find(|(known, _)| *known == place).unwrap();
    assert_eq!(tier.store().len(), 1, "DST-04: the copy is still there");
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert_eq!(scene.deploying_until, None);
}

#[test]
fn im_08_what_is_switched_on_top_holds_where_the_older_configuration_does_too() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, Action::Deploy(open(S3_SITE)));
    let pattern = edgewalk::distribution::PathPattern::new("*");
    act(&mut run, Action::SetDynamic { pattern, on: true });
    let events = act(&mut run, get("paris", "/app.js"));
    assert!(outdated_until(&events).is_some());
    assert!(!is_looked_up(&events), "the switch holds at once");
    assert_eq!(
        last_shown(run.journal()).1.status.0,
        200,
        "by the shop, not by the site that is on its way"
    );
}

#[test]
fn dst_03_of_two_on_their_way_an_edge_location_goes_by_the_newest_that_reached_it() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, wait(230));
    let back = Action::Deploy(built_in_scenario().configuration);
    act(&mut run, back);
    act(&mut run, wait(11));
    // The first has reached everybody by now (240 s), the second nobody yet (20 s).
    let events = act(&mut run, get("paris", "/app.js"));
    assert!(outdated_until(&events).unwrap().as_secs() >= 250);
    assert!(!is_looked_up(&events), "by the first");
    act(&mut run, wait(240));
    assert!(is_looked_up(&act(&mut run, get("paris", "/app.js"))), "by the second");
}

#[test]
fn a_deployment_is_kept_in_files_and_links() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, get("paris", "/app.js"));
    let link = Link::of(&run, None, View::default()).unwrap().write();
    assert_eq!(Link::read(&link).unwrap().walk(), *run.walk());
    let file = WalkFile::read(&WalkFile::of(&run, None).unwrap().write()).unwrap();
    assert_eq!(file.lesson.walk(), *run.walk());
}

#[test]
fn dst_03_the_step_says_that_the_edge_location_goes_by_the_one_before() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, get("paris", "/app.js"));
    let steps = Steps::of(run.journal());
    let told = |label: &str| {
        let step = steps.all().iter().find(|step| step.label(run.journal()) == label).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        (Told::of(&scene, step, &run.journal().events()[step.start..step.end]), scene)
    };
    let (deploying, scene) = told("Setting");
    assert_eq!(deploying.title, "Deploying");
    assert_eq!(scene.deploying_until.map(SimTime::as_secs), Some(240));
    let (looked, _) = told("POP looks");
    assert!(looked.why.iter().any(|line| line.rows == "DST-03"), "{looked:?}");
}

#[test]
fn dst_02_each_is_told_at_its_own_moment_whatever_comes_next() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, wait(100));
    act(&mut run, Action::Deploy(built_in_scenario().configuration));
    act(&mut run, wait(3_600));
    let told = run.journal().events().iter().filter(|event| event.what == What::Deployed);
    assert_eq!(told.map(|event| event.at.as_secs()).collect::<Vec<_>>(), [240, 340]);
    let times: Vec<_> = run.journal().events().iter().map(|event| event.at).collect();
    assert!(times.is_sorted(), "{times:?}");
    let until =
        |events: usize| Scene::at(&run.walk().scenario, run.journal(), events).deploying_until;
    let first =
        run.journal().events().iter().position(|event| event.what == What::Deployed).unwrap();
    assert_eq!(until(first + 1).map(SimTime::as_secs), Some(340), "the second is still on its way");
    assert_eq!(until(run.journal().len()), None);
    // What is said of each is true at its moment.
    let steps = Steps::of(run.journal());
    let said = steps.all().iter().filter(|step| step.label(run.journal()) == "Setting");
    let said = said.filter_map(|step| {
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        (told.title == "Deployed").then(|| plain(&told.say.concat()))
    });
    let said: Vec<String> = said.collect();
    assert_eq!(
        said,
        [
            "Every edge location has this configuration, or one that was saved after it.\
             The one that was saved last is still on its way: in 1 min 40 s all have that, too.",
            "Every edge location goes by the configuration that was saved last."
        ]
    );
}

#[test]
fn dst_02_im_08_what_is_put_in_force_everywhere_leaves_nothing_on_its_way() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, wait(10));
    let until = |run: &Run| {
        Scene::at(&run.walk().scenario, run.journal(), run.journal().len()).deploying_until
    };
    assert_eq!(until(&run).map(SimTime::as_secs), Some(240));
    act(&mut run, Action::Configure(built_in_scenario().configuration));
    assert_eq!(until(&run), None);
    act(&mut run, wait(600));
    assert!(run.journal().events().iter().all(|event| event.what != What::Deployed));
}

#[test]
fn im_08_what_is_put_in_force_everywhere_leaves_nothing_on_its_way() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    act(&mut run, deploy_without_caching());
    act(&mut run, Action::Configure(built_in_scenario().configuration));
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!((outdated_until(&events), is_looked_up(&events)), (None, true));
}

#[test]
fn im_08_another_method_leaves_the_older_configuration_as_it_was() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let pattern = || edgewalk::distribution::PathPattern::new("*");
    act(
        &mut run,
        Action::SetTtl { pattern: pattern(), ttl: TtlBounds { min: 5, default: 50, max: 500 } },
    );
    act(&mut run, deploy_without_caching());
    act(&mut run, Action::SetMethod { method: Method::Head });
    let events = act(&mut run, get("paris", "/app.js"));
    assert!(outdated_until(&events).is_some());
    let kept = events.iter().find_map(|event| match &event.what {
        What::Decided(edgewalk::edge::Decision::Stored { lifetime, .. }) => Some(lifetime.secs),
        _ => None,
    });
    assert_eq!(kept, Some(500), "the maximum that was set before the deployment");
}

#[test]
fn dst_03_an_edge_location_answers_to_a_name_until_it_hears_that_it_is_gone() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let gone = shop_with("Aliases", Json::parse(r#"{"Quantity": 0}"#).unwrap());
    let Action::Configure(gone) = gone else { panic!() };
    act(&mut run, Action::Deploy(gone));
    let is_refused = |run: &mut Run| {
        let request = request_with(Method::Get, "/app.js", "Host: www.shop.example");
        let refused = |event: &edgewalk::simulation::Event| {
            let What::Decided(edgewalk::edge::Decision::Refused(why)) = &event.what else {
                return false;
            };
            matches!(why, edgewalk::edge::Refusal::UnknownHost { .. })
        };
        act(run, ask("paris", request)).iter().any(refused)
    };
    assert!(!is_refused(&mut run));
    act(&mut run, wait(240));
    assert!(is_refused(&mut run), "LIM-08");
}
