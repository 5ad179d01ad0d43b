//! What the screen says, for every step of many walks: it always says something, and what it says is true of the walk.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::Edit as _;
use common::{get, invalidate, purge, purge_as, send, wait};
use edgewalk::distribution::{CachePolicy, Selection, managed};
use edgewalk::edge::Decision;
use edgewalk::http::Method;
use edgewalk::network::City;
use edgewalk::scene::path::{LaneState, StationState};
use edgewalk::scene::{Episode, Outcome, PathPicture, Plan, Scene, Step, Steps, Told};
use edgewalk::simulation::{Action, Place, Run, What, built_in_scenario};

/// The Scene, the step and what is told at each hop of a run.
fn hops(run: &Run) -> Vec<(Scene, Step, Told, PathPicture)> {
    let scenario = &run.walk().scenario;
    let steps = Steps::of(run.journal());
    let plan = Plan::of(City::find("paris").unwrap());
    let tell = |step: &Step| {
        let scene = Scene::at(scenario, run.journal(), step.end);
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        let picture = PathPicture::of(scenario, &scene, Some(step), plan, "/");
        (scene, *step, told, picture)
    };
    steps.all().iter().map(tell).collect()
}

fn labels(run: &Run) -> Vec<&'static str> {
    let steps = Steps::of(run.journal());
    steps.all().iter().map(|step| step.label(run.journal())).collect()
}

#[test]
fn a_cold_get_has_the_twelve_hops_of_the_architecture() {
    let expected = [
        "URL",
        "DNS",
        "TCP",
        "TLS",
        "Sent",
        "POP looks",
        "REC looks",
        "At origin",
        "Answer",
        "REC keeps",
        "POP keeps",
        "Shown",
    ];
    assert_eq!(labels(&common::run([get("paris", "/img/hero.jpg")])), expected);
}

#[test]
fn hits_and_bypasses_have_only_the_hops_that_they_take() {
    let warm = common::run([get("paris", "/app.js"), get("paris", "/app.js")]);
    assert_eq!(labels(&warm)[12..], ["URL", "DNS", "Reused", "Sent", "POP looks", "Shown"]);
    let rec_hit = common::run([get("paris", "/app.js"), get("london", "/app.js")]);
    let expected =
        ["URL", "DNS", "TCP", "TLS", "Sent", "POP looks", "REC looks", "POP keeps", "Shown"];
    assert_eq!(labels(&rec_hit)[12..], expected);
    let posted = common::run([send("paris", Method::Post, "/api/orders")]);
    let expected = [
        "URL",
        "DNS",
        "TCP",
        "TLS",
        "Sent",
        "Skips REC",
        "At origin",
        "Answer",
        "POP passes",
        "Shown",
    ];
    assert_eq!(labels(&posted), expected);
}

/// A generated walk, with or without compression at the edge.
fn run_walk(seed: u64, compresses: bool) -> Run {
    let mut walk = common::generated_walk(seed);
    for behavior in &mut walk.scenario.edited().behaviors {
        behavior.compress = compresses;
    }
    common::run_all(walk)
}

#[test]
fn every_step_of_generated_walks_has_a_title_a_sentence_and_a_source() {
    let mut steps = 0;
    for (seed, compresses) in (0..60).flat_map(|seed| [(seed, false), (seed, true)]) {
        for (_, step, told, _) in hops(&run_walk(seed, compresses)) {
            let all = format!("walk {seed}, {step:?}: {told:?}");
            assert!(!told.title.is_empty() && !told.say.is_empty(), "{all}");
            assert!(told.say.iter().all(|sentence| sentence.ends_with(['.', '!'])), "{all}");
            assert!(!told.rows.is_empty() && told.source.url.starts_with("https://"), "{all}");
            steps += 1;
        }
    }
    assert!(steps > 6_000, "{steps}");
}

#[test]
fn a_stored_response_is_told_where_it_is_stored() {
    for (seed, compresses) in (0..60).flat_map(|seed| [(seed, false), (seed, true)]) {
        let run = run_walk(seed, compresses);
        for step in Steps::of(run.journal()).all() {
            let events = &run.journal().events()[step.start..step.end];
            let stores = events
                .iter()
                .any(|event| matches!(event.what, What::Decided(Decision::Stored { .. })));
            let label = step.label(run.journal());
            assert!(!stores || label.ends_with("keeps"), "walk {seed}: {label}, {step:?}");
        }
    }
}

#[test]
fn the_status_ends_with_one_stop() {
    let run = common::run([get("paris", "/app.js")]);
    let (scene, ..) = hops(&run).pop().unwrap();
    let around = Episode::around(&Steps::of(run.journal()), scene.playhead);
    let status = |title| edgewalk::scene::episode::status(&scene, &around, title);
    assert_eq!(status("At the viewer"), "Step 12 of 12. At the viewer.");
    assert_eq!(status("Edge location: which rule?"), "Step 12 of 12. Edge location: which rule?");
}

#[test]
fn a_miss_is_told_with_its_reasons_and_its_key() {
    let run = common::run([get("paris", "/img/hero.jpg")]);
    let hops = hops(&run);
    let (_, _, pop, _) = &hops[5];
    assert_eq!((pop.title.as_str(), pop.outcome), ("Edge location: miss", Some(Outcome::Miss)));
    let why: Vec<_> = pop.why.iter().map(|reason| reason.text.as_str()).collect();
    assert!(why.contains(&"Behavior * keeps objects: not dynamic"), "{why:?}");
    assert!(why.contains(&"The key is not on the shelf in Paris: miss"), "{why:?}");
    assert!(pop.rows.contains("REC-07"), "{}", pop.rows);
    assert!(!pop.remarks.is_empty(), "FLOW-12 is a MODEL row");
    let key = pop.key.as_ref().unwrap();
    assert!(key.parts.iter().any(|part| part.kind == "path" && part.value == "/img/hero.jpg"));
    assert_eq!(key.policy, "CachingOptimized");
    let headers = key.left_out.iter().find(|left_out| left_out.line == "headers: none").unwrap();
    assert!(headers.names.contains(&"User-Agent".to_owned()), "HDRK-01: {headers:?}");
    let (_, _, kept, _) = &hops[9];
    assert_eq!(kept.title, "Regional edge cache: stored");
    assert!(
        kept.why.iter().any(|reason| reason.text == "The origin sent max-age=86,400"),
        "{:?}",
        kept.why
    );
    let (_, _, shown, _) = &hops[11];
    assert!(
        shown.say.iter().any(|sentence| sentence == "X-Cache says: Miss from cloudfront."),
        "{:?}",
        shown.say
    );
}

#[test]
fn qs_01_cook_01_hdrk_01_what_is_left_out_of_the_key_is_named_with_the_line_that_leaves_it_out() {
    let fields = "Cookie: session=1\nAccept-Language: en\nUser-Agent: x";
    let request = common::request_with(Method::Get, "/app.js?utm_source=x&v=2", fields);
    let told_with = |policy: CachePolicy| {
        let mut scenario = built_in_scenario();
        for behavior in &mut scenario.edited().behaviors {
            behavior.cache_policy = policy.clone();
        }
        let mut run = Run::new(scenario).unwrap();
        common::act(&mut run, common::ask("paris", request.clone()));
        let key = told(&run, "POP looks").key.unwrap();
        let lines = key.left_out.into_iter();
        lines.map(|left| format!("{} ({})", left.names.join(" "), left.line)).collect::<Vec<_>>()
    };
    let optimized = told_with(managed::caching_optimized());
    assert_eq!(optimized[0], "utm_source v (query strings: none)");
    assert_eq!(optimized[1], "session (cookies: none)");
    assert!(optimized[2].ends_with("(headers: none)") && optimized[2].contains("Accept-Language"));
    let own = told_with(CachePolicy {
        query: Selection::AllExcept(vec!["utm_source".into()]),
        cookies: Selection::All,
        key_headers: vec!["Accept-Language".into()],
        ..managed::caching_optimized()
    });
    assert_eq!(own[0], "utm_source (query strings: all except utm_source)");
    assert!(own[1].ends_with("(headers: only Accept-Language)"), "{own:?}");
    assert!(own.len() == 2 && own[1].contains("User-Agent"), "{own:?}");
}

#[test]
fn each_bypass_says_why() {
    let city = City::find("paris").unwrap();
    let table = [
        (
            vec![send("paris", Method::Post, "/app.js")],
            "POST is a proxy method: past the regional edge cache",
        ),
        (
            vec![get("paris", "/api/orders")],
            "Behavior /api/* has caching disabled: a dynamic request",
        ),
        (
            vec![Action::SetSameRegion { on: true, city }, get("paris", "/app.js")],
            "The bucket stands in eu-west-2, as the regional edge cache does: no detour",
        ),
    ];
    for (actions, expected) in table {
        let run = common::run(actions);
        let hops = hops(&run);
        let (_, _, told, picture) =
            hops.iter().find(|(_, step, ..)| step.label(run.journal()) == "Skips REC").unwrap();
        assert!(
            told.why.iter().any(|reason| reason.text == expected),
            "{expected}: {:?}",
            told.why
        );
        assert!(picture.over.is_some());
        assert_eq!(picture.stations[2].state, StationState::Skip);
    }
}

#[test]
fn the_path_follows_the_request_out_and_the_answer_back() {
    let run = common::run([get("paris", "/img/hero.jpg")]);
    let pictures: Vec<_> = hops(&run).into_iter().map(|(_, _, _, picture)| picture).collect();
    let now = |hop: usize| {
        let stations = pictures[hop].stations.iter();
        stations
            .filter(|station| station.state == StationState::Now)
            .map(|station| station.role)
            .collect::<Vec<_>>()
    };
    let expected: [&[&str]; 12] = [
        &["viewer"],
        &[],
        &["viewer"],
        &["viewer"],
        &["viewer"],
        &["pop"],
        &["rec"],
        &["origin"],
        &["origin"],
        &["rec"],
        &["pop"],
        &["viewer"],
    ];
    for (hop, expected) in expected.into_iter().enumerate() {
        assert_eq!(now(hop), expected, "hop {hop}");
    }
    let lanes = |hop: usize| {
        let legs = &pictures[hop].legs;
        let is_done = |lane: fn(&edgewalk::scene::path::Leg) -> LaneState| {
            legs.iter().filter(|leg| lane(leg) == LaneState::Done).count()
        };
        (is_done(|leg| leg.request.state), is_done(|leg| leg.answer.state))
    };
    let expected = [
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (1, 0),
        (2, 0),
        (3, 0),
        (3, 0),
        (3, 1),
        (3, 2),
        (3, 3),
    ];
    for (hop, expected) in expected.into_iter().enumerate() {
        assert_eq!(lanes(hop), expected, "hop {hop}");
    }
    let names: Vec<_> = pictures[11].stations.iter().map(|station| station.name.as_str()).collect();
    let expected = [
        "Viewer, Paris",
        "Edge location CDG, Paris",
        "Regional edge cache eu-west-2",
        "Origin us-east-1",
    ];
    assert_eq!(names, expected);
    let shelf = pictures[11].stations[1].shelf.as_ref().unwrap();
    assert_eq!(shelf.name, "Objects in Edge location CDG, Paris");
    assert_eq!(shelf.cells.iter().map(|cell| cell.name.as_str()).collect::<Vec<_>>(), ["hero.jpg"]);
}

#[test]
fn a_hit_turns_back_at_the_pop_and_the_rest_is_not_asked() {
    let run = common::run([get("paris", "/app.js"), get("paris", "/app.js")]);
    let (_, _, told, picture) = hops(&run).pop().unwrap();
    assert_eq!(told.outcome, Some(Outcome::Hit));
    assert_eq!(picture.stations[2].state, StationState::Unknown);
    assert_eq!(picture.stations[3].state, StationState::Unknown);
    assert_eq!(picture.legs[1].request.state, LaneState::Off);
    assert_eq!(picture.legs[0].answer.outcome, Some(Outcome::Hit));
}

#[test]
fn every_scene_of_generated_walks_can_be_drawn() {
    for seed in 0..30 {
        let run = common::run_walk(seed);
        let steps = Steps::of(run.journal());
        for (scene, _, _, picture) in hops(&run) {
            let [_, pop, rec, _] = &picture.stations[..] else { panic!() };
            for station in [pop, rec] {
                let shelf = station.shelf.as_ref().unwrap();
                assert!(shelf.cells.len() <= edgewalk::scene::path::MOST_CELLS);
                assert!(shelf.cells.iter().all(|cell| (0.0..=1.0).contains(&cell.ttl)));
                assert_eq!(shelf.cells.is_empty() && shelf.gone.is_empty(), shelf.note.is_some());
            }
            let episode = Episode::around(&steps, scene.playhead);
            assert!(episode.current.is_some_and(|current| current < episode.steps.len()));
            assert!(
                scene.shelves.keys().all(|place| matches!(place, Place::Pop(_) | Place::Rec(_)))
            );
        }
    }
}

#[test]
fn between_two_requests_nothing_travels_and_the_place_that_acts_is_the_current_one() {
    let run = common::run([get("paris", "/img/hero.jpg"), invalidate("/img/*")]);
    for (_, step, _, picture) in hops(&run) {
        let is_now = |state| picture.stations.iter().filter(|at| at.state == state).count();
        if step.exchange.is_some() {
            continue;
        }
        assert!(picture.over.is_none() && picture.legs.iter().all(|leg| leg.capsule.is_none()));
        assert!(picture.legs.iter().all(|leg| leg.request.state == LaneState::Todo));
        assert!(picture.stations.iter().all(|station| station.flag.is_none()), "{step:?}");
        let acts = matches!(step.place, Place::Pop(_) | Place::Rec(_));
        assert_eq!(is_now(StationState::Now), usize::from(acts), "{step:?}");
        assert_eq!(picture.stations[0].name, "Viewer, Paris", "the places stay");
        assert_eq!(
            picture.dns.text, "not asked now",
            "what was left of an answer is not said of later"
        );
    }
}

/// What is told of the last hop with this label.
fn told(run: &Run, label: &str) -> Told {
    let labelled = hops(run).into_iter().filter(|(_, step, ..)| step.label(run.journal()) == label);
    labelled.last().unwrap().2
}

fn says(told: &Told, text: &str) -> bool {
    told.say.iter().any(|sentence| common::plain(sentence).contains(text))
}

#[test]
fn inv_37_to_49_an_invalidation_is_named_counted_and_not_taken_twice() {
    let one = told(&common::run([invalidate("/img/*")]), "Invalidate");
    assert_eq!(one.title, "Invalidate /img/*");
    assert!(says(&one, "AWS answers 201 and calls it I") && says(&one, "InProgress."), "{one:?}");
    let free = "It counts as 1 path, whatever goes: 1 of the 1,000 that are free this month.";
    assert!(says(&one, free) && one.remarked().contains("(INV-47)"), "{one:?}");
    let three = told(&common::run([purge(&["/a", "/b*", "#Sale"])]), "Invalidate");
    assert_eq!(three.title, "Invalidate 3 items");
    assert!(says(&three, "It names /a, /b* and #sale.") && says(&three, "counts as 3 paths"));
    let many: Vec<String> = (0..150).map(|at| format!("/{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let seven = (0..7).flat_map(|_| [purge(&many), wait(1)]);
    let dear = told(&common::run(seven), "Invalidate");
    assert!(says(&dear, "It names /0, /1, /2 and 147 more."), "{dear:?}");
    assert!(
        says(&dear, "1,050 this month, 50 beyond the free 1,000, US$0.250 so far."),
        "{dear:?}"
    );
    let twice = common::run([purge_as(&["/a"], "r"), wait(90), purge_as(&["/a"], "r")]);
    let known = told(&twice, "Invalidate");
    assert_eq!(
        (known.title.as_str(), known.rows.split(", ").collect()),
        ("Invalidate /a: known already", vec!["INV-39"])
    );
    assert!(says(&known, "asked for 1 min 30 s ago.") && says(&known, "nothing is counted"));
    assert_eq!(known.source.title, "CreateInvalidation");
}

#[test]
fn tag_06_to_09_an_invalidation_by_tags_has_a_page_of_its_own() {
    let tent = get("paris", "/products/tent.html");
    for (items, expected, page) in [
        (&["#product:tent"][..], "TAG-06, TAG-09, INV-31", "invalidation-specifying-tags"),
        (
            &["#product:tent", "#hat"],
            "TAG-06, TAG-09, TAG-07, INV-31",
            "invalidation-specifying-tags",
        ),
        (
            &["#product:tent", "/app.js"],
            "TAG-06, TAG-09, INV-08, INV-11, TAG-08, INV-31",
            "invalidation-specifying-objects",
        ),
    ] {
        let reached = told(&common::run([tent.clone(), purge(items)]), "CDG");
        assert_eq!(reached.rows, expected);
        assert!(reached.source.url.contains(page), "{}", reached.source.url);
        assert_eq!(reached.why.len(), 1, "{reached:?}");
        assert!(says(&reached, "every variant of every object"));
    }
}

/// The shelf of the edge location in Paris at the end of a run.
fn paris_shelf(run: &Run) -> edgewalk::scene::path::ShelfPicture {
    let (scene, ..) = hops(run).pop().unwrap();
    let steps = Steps::of(run.journal());
    let plan = Plan::of(City::find("paris").unwrap());
    let scenario = &run.walk().scenario;
    let picture = PathPicture::of(scenario, &scene, steps.all().last(), plan, "/");
    picture.stations[1].shelf.clone().unwrap()
}

#[test]
fn evi_01_inv_01_what_goes_is_seen_to_go_and_forgotten_with_the_next_request() {
    let mut run = common::run([Action::SetPopCapacity { bytes: 700_000 }]);
    for path in ["/img/hero.jpg", "/img/map.png"] {
        common::act(&mut run, get("paris", path));
    }
    assert_eq!(paris_shelf(&run).gone, [], "both fit");
    common::act(&mut run, get("paris", "/img/team.jpg"));
    let of = |cells: &[edgewalk::scene::path::CellPicture]| -> Vec<(String, &'static str)> {
        cells.iter().map(|cell| (cell.name.clone(), cell.state)).collect()
    };
    let shelf = paris_shelf(&run);
    assert_eq!(of(&shelf.gone), [("hero.jpg".to_owned(), "out")]);
    assert_eq!(shelf.cells.len(), 2);
    common::act(&mut run, get("paris", "/img/team.jpg"));
    assert_eq!(paris_shelf(&run).gone, []);
    common::act(&mut run, common::invalidate("/img/map.png"));
    assert_eq!(of(&paris_shelf(&run).gone), [("map.png".to_owned(), "void")]);
}

#[test]
fn files_of_one_name_say_on_the_shelf_in_which_folder_they_lie() {
    let paths = ["/index.html", "/app.js", "/products/index.html"];
    let run = common::run(paths.map(|path| get("paris", path)));
    let cells = paris_shelf(&run).cells.into_iter();
    let told: Vec<_> = cells.map(|cell| (cell.name, cell.variant.unwrap_or_default())).collect();
    let expected = [("index.html", "/products/"), ("app.js", ""), ("index.html", "/")];
    assert_eq!(told, expected.map(|(name, folder)| (name.to_owned(), folder.to_owned())));
}

#[test]
fn key_01_several_keys_of_one_path_are_told_apart_on_the_shelf() {
    let mut run = common::run([get("paris", "/app.js")]);
    let variants = |run: &Run| -> Vec<Option<String>> {
        paris_shelf(run).cells.into_iter().map(|cell| cell.variant).collect()
    };
    assert_eq!(variants(&run), [None], "one key needs no more than its name");
    let gzip = common::request_with(Method::Get, "/app.js", "Accept-Encoding: gzip");
    let city = City::find("paris").unwrap();
    common::act(&mut run, Action::Send { city, request: gzip.into() });
    assert_eq!(
        variants(&run),
        [Some("gzip".to_owned()), Some("br,gzip".to_owned())],
        "AE-01, AE-02"
    );
    let mut own = built_in_scenario();
    for behavior in &mut own.edited().behaviors {
        behavior.cache_policy.query = Selection::All;
    }
    let mut run = Run::new(own).unwrap();
    for query in ["w=1200&q=1", "w=1200&q=2"] {
        common::act(&mut run, get("paris", &format!("/app.js?{query}")));
    }
    let cells = paris_shelf(&run).cells;
    let own = cells.iter().map(|cell| cell.variant.as_deref().unwrap().split_at(cell.alike));
    let expected = [("?w=1200&q=", "2 br,gzip"), ("?w=1200&q=", "1 br,gzip")];
    assert_eq!(own.collect::<Vec<_>>(), expected, "a narrow cell has room for little more");
}
