//! What the screen says where it was wrong once: each expectation is the row of docs/reference that is named with it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::Edit as _;
use common::{ask, get, invalidate, request_with, send, wait};
use edgewalk::distribution::{
    Distribution, ErrorPage, ErrorResponse, GeoRestriction, GeoSort, OriginRequestPolicy,
    Selection, managed,
};
use edgewalk::edge::{Decision, NotStored};
use edgewalk::http::{Method, Status};
use edgewalk::network::{City, Region};
use edgewalk::origin::{Kind, Site};
use edgewalk::scene::path::PathPicture;
use edgewalk::scene::{CellState, Outcome, Plan, Scene, Step, Steps, Strip, Told};
use edgewalk::simulation::{Action, Event, Place, Run, What, built_in_scenario};

const REC: &str = "its regional edge cache confirmed it";

fn events(run: &Run, step: Step) -> Vec<Event> {
    run.journal().events()[step.start..step.end].to_vec()
}

fn scene(run: &Run, step: Step) -> Scene {
    Scene::at(&run.walk().scenario, run.journal(), step.end)
}

/// The last step with this label, and what is told of it.
fn last(run: &Run, label: &str) -> (Step, Told) {
    let steps = Steps::of(run.journal());
    let mut labelled = steps.all().iter().filter(|step| step.label(run.journal()) == label);
    let step = *labelled.next_back().unwrap();
    (step, Told::of(&scene(run, step), &step, &events(run, step)))
}

fn told(run: &Run, label: &str) -> Told {
    last(run, label).1
}

fn says(told: &Told, text: &str) -> bool {
    told.say.iter().any(|sentence| common::plain(sentence).contains(text))
}

fn assumes(told: &Told, row: &str) -> bool {
    told.remarked().contains(&format!("({row})"))
}

fn rows(told: &Told) -> Vec<&str> {
    told.rows.split(", ").collect()
}

#[test]
fn rev_09_the_regional_edge_cache_confirms_and_that_is_a_hit() {
    let run = common::run([
        get("paris", "/index.html"),
        wait(400),
        get("london", "/index.html"),
        get("paris", "/index.html"),
    ]);
    let (step, kept) = last(&run, "POP keeps");
    assert!(says(&kept, REC) && !says(&kept, "the origin confirmed"), "{kept:?}");
    assert_eq!(kept.outcome, Some(Outcome::Hit));
    assert!(rows(&kept).contains(&"REV-09") && assumes(&kept, "REV-09"), "{kept:?}");
    assert!(!rows(&kept).contains(&"FLOW-06"), "{}", kept.rows);
    let scene = scene(&run, step);
    let trip = scene.trip.as_ref().unwrap();
    assert_eq!(trip.flags.get(&step.place), Some(&Outcome::Hit));
    assert_eq!(scene.shelf(step.place).unwrap().cells[0].state, CellState::Found);
    let shown = told(&run, "Shown");
    assert!(says(&shown, "X-Cache says: Hit from cloudfront."), "{:?}", shown.say);
    assert_eq!(shown.outcome, Some(Outcome::Hit));
    let rec = told(&run, "REC looks");
    assert!(assumes(&rec, "REV-09"), "{rec:?}");
}

#[test]
fn rev_05_and_10_the_origin_confirms_and_that_is_a_refresh_hit() {
    let run = common::run([get("paris", "/index.html"), wait(400), get("paris", "/index.html")]);
    for (label, sentence) in [
        ("REC keeps", "the origin confirmed it."),
        ("POP keeps", "the origin confirmed it, through the regional edge cache."),
    ] {
        let kept = told(&run, label);
        assert!(says(&kept, sentence) && !says(&kept, REC), "{kept:?}");
        assert_eq!(kept.outcome, Some(Outcome::Refresh));
        assert!(rows(&kept).contains(&"REV-05") && assumes(&kept, "REV-07"), "{kept:?}");
    }
    assert!(assumes(&told(&run, "REC looks"), "REV-10"));
}

#[test]
fn err_30_31_what_stands_in_for_a_failing_origin_is_told_as_stale() {
    let refuses = |origin_id: &str| Action::SetHealth {
        origin_id: origin_id.into(),
        health: edgewalk::origin::Health::Refuses,
    };
    let scenario = built_in_scenario();
    let origins =
        scenario.configuration.distribution().origins.iter().map(|origin| refuses(&origin.id));
    let run = common::run(
        [get("paris", "/index.html"), wait(400)]
            .into_iter()
            .chain(origins)
            .chain([get("paris", "/index.html")]),
    );
    let (step, kept) = last(&run, "POP keeps");
    assert!(says(&kept, "stale as it is") && !says(&kept, "the origin confirmed"), "{kept:?}");
    assert!(!says(&kept, "It is fresh for") && kept.outcome == Some(Outcome::Stale), "{kept:?}");
    assert!(rows(&kept).contains(&"ERR-31") && !rows(&kept).contains(&"TTL-01"), "{kept:?}");
    let scene = scene(&run, step);
    assert_eq!(scene.trip.as_ref().unwrap().flags.get(&step.place), Some(&Outcome::Stale));
    assert_eq!(scene.shelf(step.place).unwrap().cells[0].state, CellState::FoundStale);
}

#[test]
fn tmo_17_who_made_an_error_of_cloudfronts_own_is_told() {
    let health = |origin_id: &str| Action::SetHealth {
        origin_id: origin_id.into(),
        health: edgewalk::origin::Health::Refuses,
    };
    let scenario = built_in_scenario();
    let origins =
        scenario.configuration.distribution().origins.iter().map(|origin| health(&origin.id));
    let origins: Vec<Action> = origins.collect();
    for (action, who) in [
        (get("paris", "/index.html"), "the regional edge cache in London made this one"),
        (send("paris", Method::Post, "/api/orders"), "the edge location made this one"),
    ] {
        let shown = told(&common::run(origins.iter().cloned().chain([action])), "Shown");
        assert!(says(&shown, who) && !says(&shown, "was asked."), "{shown:?}");
    }
}

#[test]
fn ttl_24_a_copy_from_the_regional_edge_cache_is_fresh_for_what_remains() {
    // max-age=30, asked for again after a second and a bit: 30 - 1.x, told alike at both tiers.
    let run = common::run([get("paris", "/feed.xml"), wait(1), get("london", "/feed.xml")]);
    assert!(says(&told(&run, "REC looks"), "fresh for 28 s more"));
    let kept = told(&run, "POP keeps");
    assert!(says(&kept, "It is fresh for 28 s more, as in the regional edge cache."), "{kept:?}");
    assert!(!says(&kept, "30 s") && assumes(&kept, "TTL-24"), "{kept:?}");
    // What comes past the regional edge cache inherits nothing.
    let city = City::find("paris").unwrap();
    let run =
        common::run([Action::SetSameRegion { on: true, city }, get("paris", "/img/hero.jpg")]);
    assert!(!rows(&told(&run, "POP keeps")).contains(&"TTL-24"));
}

#[test]
fn flow_03_to_06_and_rec_06_to_09_each_tier_has_its_own_rows() {
    let city = City::find("paris").unwrap();
    let api = edgewalk::distribution::PathPattern::new("/api/*");
    let cold = common::run([get("paris", "/app.js")]);
    let warm = common::run([get("paris", "/app.js"), get("paris", "/app.js")]);
    let rec_hit = common::run([get("paris", "/app.js"), get("london", "/app.js")]);
    let beside =
        common::run([Action::SetSameRegion { on: true, city }, get("paris", "/img/hero.jpg")]);
    let balancer =
        common::run([Action::SetDynamic { pattern: api, on: false }, get("paris", "/api/orders")]);
    let table = [
        (&cold, "POP looks", "FLOW-04, REC-07, FLOW-12"),
        (&cold, "REC looks", "FLOW-06"),
        (&cold, "REC keeps", "FLOW-06, TTL-01"),
        (&cold, "POP keeps", "FLOW-06, TTL-01, TTL-24"),
        (&warm, "POP looks", "FLOW-03, AGE-01"),
        (&rec_hit, "POP looks", "FLOW-04, REC-07, FLOW-12"),
        (&rec_hit, "REC looks", "FLOW-05, AGE-01"),
        (&rec_hit, "POP keeps", "FLOW-05, TTL-01, TTL-24"),
        (&beside, "Skips REC", "REC-06"),
        (&beside, "POP keeps", "REC-09, TTL-01"),
        (&balancer, "POP looks", "FLOW-04, REC-08, FLOW-12"),
    ];
    for (run, label, expected) in table {
        assert_eq!(told(run, label).rows, expected, "{label}");
    }
    let answer = |run, label| told(run, label).why.last().unwrap().text.clone();
    assert_eq!(answer(&warm, "POP looks"), "Answer the viewer");
    assert_eq!(answer(&rec_hit, "REC looks"), "Answer the edge location");
    assert!(assumes(&told(&cold, "POP looks"), "FLOW-12"));
}

#[test]
fn each_reason_to_keep_nothing_has_its_row_and_its_words() {
    let run = common::run([send("paris", Method::Post, "/api/orders")]);
    let (step, _) = last(&run, "POP passes");
    let event = events(&run, step)[0].clone();
    let status = |status| NotStored::Status(Status(status));
    let too_large = NotStored::TooLarge { size_bytes: 2_000, capacity_bytes: 1_000 };
    let table = [
        (NotStored::Method(Method::Post), "REC-01", "POST"),
        (NotStored::Method(Method::Options), "REC-02, MET-02", "This behavior"),
        (NotStored::CachingDisabled, "TTL-27", "all three TTLs are 0"),
        (status(416), "ERR-04", "A 416 is never kept"),
        (status(403), "ERR-02, ERR-03", "only with max-age or s-maxage"),
        (status(404), "ERR-08", "no-cache, no-store or private with its 404"),
        (status(501), "ERR-08", "no-cache, no-store or private with its 501"),
        (status(410), "ERR-08, ERR-10", "no-cache, no-store or private with its 410"),
        (status(401), "ERR-05", "on no list"),
        (status(505), "ERR-05", "on no list"),
        (NotStored::NotModified, "REV-12", "the viewer's own condition"),
        (NotStored::BrokenOff, "XFER-05, XFER-06", "broke off"),
        (NotStored::PageOfUnkept, "CEP-11, ERR-12", "neither is the page"),
        (NotStored::FreshHeld, "ERR-39", "is fresh, and stays"),
        (NotStored::ContentHeld, "MET-16", "a mere head"),
        (NotStored::ViewerLeft, "XFER-08", "The viewer left"),
        (NotStored::Invalidated, "INV-38", "An invalidation came by"),
        (NotStored::ConfirmedBelow, "REV-01, REV-14", "the cache that asked holds the content"),
        (too_large, "EVI-02, EVI-11", "do not fit"),
    ];
    for (why, rows, text) in table {
        let event = Event { what: What::Decided(Decision::NotStored { why }), ..event.clone() };
        let told = Told::of(&scene(&run, step), &step, &[event]);
        assert_eq!(told.rows, rows, "{why:?}");
        assert!(told.why.iter().any(|reason| reason.text.contains(text)), "{why:?}: {told:?}");
        assert!(told.why.iter().all(|reason| !reason.text.contains("lifetime of its own")));
        assert_eq!(!told.remarks.is_empty(), has_model(rows), "{why:?}");
    }
}

/// Those of the table above that the reference marks.
fn has_model(rows: &str) -> bool {
    ["INV-38", "ERR-03", "ERR-10", "REV-12", "ERR-39", "MET-16", "REV-14", "EVI-11"]
        .iter()
        .any(|row| rows.contains(row))
}

#[test]
fn auth_01_02_03_04_who_shares_the_answer_to_credentials_is_told() {
    let listed = |names: &[&str]| Selection::Only(names.iter().map(|&name| name.into()).collect());
    let warned = |key: bool, forwarded: Option<Selection>, method, fields: &str| {
        let mut scenario = built_in_scenario();
        for behavior in &mut scenario.edited().behaviors {
            if key {
                behavior.cache_policy.key_headers.push("Authorization".into());
            }
            let policy = managed::all_viewer_except_host_header();
            behavior.origin_request_policy =
                forwarded.clone().map(|headers| OriginRequestPolicy { headers, ..policy });
        }
        let mut run = Run::new(scenario).unwrap();
        common::act(&mut run, ask("paris", request_with(method, "/index.html", fields)));
        let told = told(&run, "POP looks");
        assert_eq!(says(&told, "Danger"), rows(&told).contains(&"AUTH-03"), "{told:?}");
        says(&told, "Danger")
    };
    let secret = "Authorization: secret";
    for method in [Method::Get, Method::Head] {
        assert!(warned(false, Some(Selection::All), method, secret), "AUTH-03");
        assert!(warned(false, Some(listed(&["authorization"])), method, secret), "AUTH-04");
        assert!(!warned(false, Some(listed(&["Accept"])), method, secret), "AUTH-01");
        assert!(!warned(false, None, method, secret), "AUTH-01: it is removed");
        assert!(!warned(true, Some(Selection::All), method, secret), "AUTH-02");
        assert!(!warned(false, Some(Selection::All), method, ""));
    }
}

#[test]
fn xc_01_to_04_what_the_viewer_sees_is_cited_by_what_x_cache_says() {
    let page = "/index.html";
    let table = [
        (vec![get("paris", page)], "Miss", "FLOW-06, XC-02"),
        (vec![get("paris", page), get("paris", page)], "Hit", "FLOW-03, XC-01, AGE-01"),
        (vec![get("paris", page), get("london", page)], "Hit", "FLOW-05, XC-01, AGE-01"),
        (
            vec![get("paris", page), wait(400), get("paris", page)],
            "RefreshHit",
            "REV-05, XC-03, AGE-01",
        ),
        (vec![get("paris", "/nothing-here")], "Error", "XC-04, ERR-01, ERR-21"),
        (vec![send("paris", Method::Post, "/api/orders")], "Miss", "REC-01, XC-02"),
    ];
    for (actions, word, rows) in table {
        let shown = told(&common::run(actions), "Shown");
        assert!(says(&shown, &format!("X-Cache says: {word} from cloudfront.")), "{shown:?}");
        assert_eq!(shown.rows, rows);
        let marked = rows.split(", ").find(|row| row.starts_with("XC-0") && *row != "XC-04");
        assert!(assumes(&shown, marked.unwrap_or("ERR-21")), "{shown:?}");
    }
    // A cached error is no hit, wherever it was cached.
    let shown = told(&common::run([get("paris", "/nothing"), get("london", "/nothing")]), "Shown");
    assert!(says(&shown, "answered.") && !says(&shown, "that is a hit"), "{shown:?}");
}

#[test]
fn xc_04_cep_09_an_error_is_cited_by_what_made_it() {
    let page = |path: &str, status: u16| Some(ErrorPage { path: path.into(), status });
    let shown = |edit: &dyn Fn(&mut Distribution), path: &str| {
        let mut scenario = built_in_scenario();
        edit(&mut scenario.edited());
        let mut run = Run::new(scenario).unwrap();
        common::act(&mut run, get("paris", path));
        let told = told(&run, "Shown");
        let url = told.source.url.rsplit('/').next().unwrap().to_owned();
        assert!(says(&told, "X-Cache says: Error from cloudfront."), "{told:?}");
        (url, told.remarked())
    };
    let geo = |distribution: &mut Distribution| {
        let countries = vec!["FR".to_owned()];
        distribution.geo = Some(GeoRestriction { sort: GeoSort::BlockList, countries });
    };
    let (url, remarked) = shown(&geo, "/app.js");
    assert_eq!(url, "georestrictions.html");
    assert!(remarked.contains("Every 4xx and 5xx"), "{remarked}");
    let (url, _) = shown(&|_| {}, "/nothing-here");
    assert_eq!(url, "HTTPStatusCodes.html", "the origin's own 404");
    let paged = |distribution: &mut Distribution| {
        let page = page("/index.html", 200);
        distribution.error_responses = vec![ErrorResponse { status: 404, page, min_ttl_secs: 10 }];
    };
    let (url, remarked) = shown(&paged, "/nothing-here");
    assert_eq!(url, "custom-error-pages-response-code.html");
    assert!(remarked.contains("whose page is sent with another status"), "{remarked}");
    assert!(!remarked.contains("Every 4xx and 5xx"), "its status is 200: {remarked}");
}

#[test]
fn tls_54_and_59_a_reused_connection_costs_no_round_trip_before_the_request() {
    let run = common::run([get("paris", "/app.js")]);
    assert_eq!(told(&run, "Sent").rows, "TLS-54");
    assert_eq!(told(&run, "TCP").source.title, "RFC 9293, Transmission Control Protocol (TCP)");
    let run = common::run([get("paris", "/app.js"), get("paris", "/app.js")]);
    assert_eq!(told(&run, "Sent").rows, "TLS-59");
    let reused = told(&run, "Reused");
    assert!(assumes(&reused, "DNS-23") && common::plain(&reused.remarked()).contains("2 min"));
}

#[test]
fn rec_01_and_02_options_is_a_case_of_its_own() {
    let run = common::run(Method::ALL.map(|method| Action::SetMethod { method }));
    let steps = Steps::of(run.journal());
    let chosen: Vec<_> = steps
        .all()
        .iter()
        .map(|step| {
            let told = Told::of(&scene(&run, *step), step, &events(&run, *step));
            let method = told.title.split(' ').nth(3).unwrap().to_owned();
            (method, told.rows)
        })
        .collect();
    assert!(chosen.len() >= 6, "GET is set already: {chosen:?}");
    for (method, rows) in &chosen {
        let expected = match method.as_str() {
            "GET" | "HEAD" => "MET-01",
            "OPTIONS" => "REC-02, MET-02",
            _ => "REC-01",
        };
        assert_eq!(rows, expected, "{method}");
    }

    // Where the behavior keeps answers to OPTIONS, the POP does answer them; the REC never does.
    let mut scenario = edgewalk::simulation::built_in_scenario();
    for behavior in &mut scenario.edited().behaviors {
        behavior.caches_options = true;
    }
    let mut run = Run::new(scenario).unwrap();
    common::act(&mut run, send("paris", Method::Options, "/app.js"));
    let (step, way) = last(&run, "Skips REC");
    assert_eq!(way.rows, "REC-02");
    let plan = Plan::of(City::find("paris").unwrap());
    let picture = PathPicture::of(&run.walk().scenario, &scene(&run, step), Some(&step), plan, "/");
    let over = picture.over.unwrap();
    assert!(!format!("{over:?}").contains("no cache answers it"), "{over:?}");
    let kept = told(&run, "POP keeps");
    assert!(rows(&kept).contains(&"REC-02") && assumes(&kept, "REC-02"), "{kept:?}");
    common::act(&mut run, send("paris", Method::Options, "/app.js"));
    assert!(says(&told(&run, "Shown"), "Hit from cloudfront"));
}

#[test]
fn tmo_04_how_long_a_connection_is_kept_is_the_origins_own_setting() {
    for secs in [5, 30] {
        let mut scenario = built_in_scenario();
        scenario.edited().origins[1].limits.keep_alive_secs = secs;
        let mut run = Run::new(scenario).unwrap();
        run.act(get("paris", "/api/cart"), usize::MAX).unwrap();
        let at_origin = told(&run, "At origin");
        let kept = format!("A connection to the origin is kept for {secs} s after its last use");
        assert!(
            at_origin.why.iter().any(|line| common::plain(&line.text) == kept),
            "{:?}",
            at_origin.why
        );
    }
}

#[test]
fn dns_03_an_alias_is_told_as_one() {
    let alias = |host: &str| {
        let request = common::request_with(Method::Get, "/app.js", &format!("Host: {host}"));
        told(&common::run([ask("paris", request)]), "DNS")
    };
    let dns = alias("www.shop.example");
    assert!(
        says(&dns, "www.shop.example is an alias") && rows(&dns).contains(&"DNS-03"),
        "{dns:?}"
    );
    let own = alias("d111111abcdef8.cloudfront.net");
    assert!(!says(&own, "alias") && !rows(&own).contains(&"DNS-03"), "{own:?}");
}

#[test]
fn rng_01_02_a_part_is_told_as_one() {
    let asks = |range: &str| {
        let range = format!("Range: bytes={range}");
        ask("paris", common::request_with(Method::Get, "/img/hero.jpg", &range))
    };
    let mut run = common::run([asks("0-999")]);
    for label in ["REC keeps", "POP keeps"] {
        let kept = told(&run, label);
        assert!(says(&kept, "keeps the part that came"), "{label}: {kept:?}");
        assert!(rows(&kept).contains(&"RNG-02"), "{label}: {kept:?}");
    }
    common::act(&mut run, asks("100-199"));
    let found = told(&run, "POP looks");
    assert!(rows(&found).contains(&"RNG-01"), "{found:?}");
    assert!(found.why.iter().any(|why| why.text.contains("bytes=100-199")), "{found:?}");
    let whole = told(&common::run([get("paris", "/img/hero.jpg")]), "POP keeps");
    assert!(says(&whole, "keeps a copy") && !rows(&whole).contains(&"RNG-02"), "{whole:?}");
}

#[test]
fn stale_01_what_is_served_stale_has_its_colour_and_what_follows_stands_at_the_strip_s_end() {
    let run = common::run([get("paris", "/live.json"), wait(3), get("paris", "/live.json")]);
    let (step, told) = last(&run, "POP looks");
    let scene = scene(&run, step);
    let plan = Plan::of(City::find("paris").unwrap());
    let picture = PathPicture::of(&run.walk().scenario, &scene, Some(&step), plan, "/live.json");
    let answer = picture.legs[0].capsule.as_ref().unwrap();
    assert_eq!((told.outcome, answer.outcome), (Some(Outcome::Stale), Some(Outcome::Stale)));
    let strip = Strip::of(run.journal(), step.exchange.unwrap()).unwrap();
    let (kept, _) = last(&run, "POP keeps");
    assert!(
        kept.start > step.end && (strip.percent(kept.at) - strip.percent(strip.until)).abs() < 1e-9
    );
}

#[test]
fn rev_08_where_cookies_are_forwarded_a_stale_copy_is_fetched_whole_and_cited_so() {
    let mut scenario = built_in_scenario();
    for behavior in &mut scenario.edited().behaviors {
        let policy = edgewalk::distribution::managed::all_viewer_except_host_header();
        behavior.origin_request_policy = Some(policy);
    }
    let mut run = Run::new(scenario).unwrap();
    for action in [get("paris", "/index.html"), wait(400), get("paris", "/index.html")] {
        run.act(action, run.journal().len()).unwrap();
    }
    let looked = told(&run, "POP looks");
    let cited = rows(&looked);
    assert!(cited.contains(&"REV-08") && cited.contains(&"REV-01"), "{}", looked.rows);
    assert!(!cited.contains(&"REV-02") && !cited.contains(&"REV-03"), "no condition is sent");
    assert!(looked.why.iter().any(|reason| reason.text.contains("fetch it whole")), "{looked:?}");
}

#[test]
fn rev_05_a_cache_without_a_copy_hands_the_304_down() {
    let city = City::find("paris").unwrap();
    let same_region = |on| Action::SetSameRegion { on, city };
    let feed = || get("paris", "/feed.xml");
    let run = common::run([same_region(true), feed(), same_region(false), wait(40), feed()]);
    let passed = told(&run, "REC passes");
    assert!(says(&passed, "keeps nothing"), "{passed:?}");
    assert!(passed.remarked().contains("hands it down and keeps nothing"));
    let kept = told(&run, "POP keeps");
    assert!(says(&kept, "the origin confirmed it"), "{kept:?}");
    assert!(rows(&kept).contains(&"REV-05"), "{}", kept.rows);
}

#[test]
fn dns_09_the_resolver_stands_for_the_viewer() {
    // Helsinki is nearer to Tromso than Oslo is (network/nearest.rs), but the resolver stands in Oslo.
    let dns = told(&common::run([get("tromso", "/app.js")]), "DNS");
    assert!(says(&dns, "nearest to the viewer's resolver in Oslo: Oslo"), "{:?}", dns.say);
    assert!(
        dns.why.iter().any(|reason| reason.text.starts_with("Nearest to the viewer's resolver:"))
    );
    assert!(!format!("{dns:?}").to_lowercase().contains("fastest"), "{dns:?}");
    assert!(assumes(&dns, "DNS-09") && assumes(&dns, "DNS-08"), "{:?}", dns.remarks);
    let assumption = common::plain(&dns.remarked());
    let (decides, own) = assumption.split_once("A round trip of the viewer's own").unwrap();
    assert!(decides.contains("resolver") && !decides.contains("8 ms"), "{assumption}");
    assert!(own.contains("8 ms"), "{assumption}");
}

#[test]
fn what_is_done_between_requests_is_cited_by_its_own_row_and_page() {
    let page = |run: &Run, label: &str| {
        let told = told(run, label);
        (told.rows, told.source.url.rsplit('/').next().unwrap().to_owned())
    };
    let is = |rows: &str, page: &str| (rows.to_owned(), format!("{page}.html"));
    assert_eq!(page(&common::run([wait(5)]), "Wait"), is("REV-01", "Expiration"));
    let region = Region::find("eu-west-1").unwrap();
    let moved = common::run([Action::SetOriginRegion { region }]);
    assert_eq!(page(&moved, "Setting"), is("FLOW-11", "DownloadDistValuesOrigin"));
    let small = common::run([get("paris", "/app.js"), Action::SetPopCapacity { bytes: 10_000 }]);
    assert_eq!(page(&small, "Setting"), is("EVI-02, EVI-05", "HowCloudFrontWorks"));
    assert!(assumes(&told(&small, "Setting"), "EVI-05") && assumes(&told(&small, "CDG"), "EVI-05"));
    for (path, expected) in [
        ("/*", "INV-04, INV-31"),
        ("/img/*", "INV-02, INV-31"),
        ("/img*", "INV-03, INV-31"),
        ("/app.js", "INV-08, INV-11, INV-31"),
        ("/app.js?v=1", "INV-09, INV-31"),
    ] {
        let run = common::run([get("paris", "/app.js"), invalidate(path)]);
        assert_eq!(page(&run, "CDG"), is(expected, "invalidation-specifying-objects"), "{path}");
        let created = told(&run, "Invalidate");
        assert!(assumes(&created, "INV-36") && assumes(&created, "INV-38"), "{created:?}");
    }
    let evicting = common::run([
        Action::SetPopCapacity { bytes: 500_000 },
        get("paris", "/img/hero.jpg"),
        get("paris", "/img/sale.jpg"),
    ]);
    let kept = told(&evicting, "POP keeps");
    assert!(rows(&kept).contains(&"EVI-01") && assumes(&kept, "EVI-05"), "{kept:?}");
    assert!(matches!(last(&evicting, "POP keeps").0.place, Place::Pop(_)));
}

#[test]
fn pages_have_the_titles_that_they_have() {
    let run = common::run([
        get("paris", "/app.js"),
        wait(1),
        Action::Publish { path: "/index.html".into() },
    ]);
    assert_eq!(
        told(&run, "Wait").source.title,
        "Manage how long content stays in the cache (expiration)"
    );
    assert_eq!(
        told(&run, "Publish").source.title,
        "Use file versioning to update or remove content with a CloudFront distribution"
    );
    assert_eq!(
        told(&run, "TLS").source.title,
        "RFC 8446, The Transport Layer Security (TLS) Protocol Version 1.3"
    );
    assert_eq!(told(&run, "Sent").source.title, "RFC 9110, HTTP Semantics");
    let url = told(&run, "URL");
    assert_eq!(
        (url.rows.as_str(), url.source.title),
        ("DNS-01", "How CloudFront delivers content")
    );
}

#[test]
fn ttl_15_31_32_vary_07_what_no_page_says_of_an_odd_answer_is_told_as_assumed() {
    // The status, Cache-Control, Vary, and which of the four rows decided.
    let table = [
        (200, "max-age=60", None, ""),
        (200, "max-age=60, s-maxage=90", None, ""),
        (200, "s-maxage=90", None, "TTL-15"),
        (200, "max-age=x, s-maxage=90", None, "TTL-15, TTL-32"),
        (200, "max-age=1h", None, "TTL-32"),
        (200, "s-maxage=, max-age=60", None, "TTL-32"),
        (200, "stale-if-error=x, max-age=60", None, ""),
        (200, "x=\"a, max-age=60", None, "TTL-31"),
        (200, "x=\"a, no-store", None, "TTL-31"),
        // Whatever its figure were, it would not count.
        (200, "no-store, max-age=1h", None, ""),
        (200, "max-age=\"60", None, "TTL-31, TTL-32"),
        (404, "max-age=60", Some("*"), "VARY-07"),
        (404, "max-age=x", Some("A, *"), "TTL-32, VARY-07"),
        (404, "max-age=60", Some("A"), ""),
        // Not kept: no lifetime that can be read (ERR-02), and a word behind an open quote (ERR-08).
        (403, "max-age=1h", None, "TTL-32"),
        (404, "x=\"a, no-store", None, "TTL-31"),
    ];
    for (status, cache_control, vary, expected) in table {
        let mut scenario = built_in_scenario();
        // VARY-06, VARY-07: only a minimum TTL of 0 gives Vary a say.
        scenario.edited().behaviors[1].cache_policy.ttl.min = 0;
        let mut object = scenario.site.get("/index.html").unwrap().clone();
        object.cache_control = Some(cache_control.into());
        object.vary = vary.map(String::from);
        if status != 200 {
            object.kind = Kind::Fails(Status(status));
        }
        scenario.site = Site::new(scenario.site.iter().cloned().chain([object]));
        let mut run = Run::new(scenario).unwrap();
        common::act(&mut run, get("paris", "/index.html"));
        let labels = ["REC keeps", "POP keeps", "REC passes", "POP passes"];
        let steps = Steps::of(run.journal());
        let mut told_of = 0;
        for label in labels {
            if steps.all().iter().any(|step| step.label(run.journal()) == label) {
                let told = told(&run, label);
                for row in ["TTL-15", "TTL-31", "TTL-32", "VARY-07"] {
                    let is_expected = expected.contains(row);
                    let all = format!("{status} {cache_control} {label} {row}: {told:?}");
                    assert_eq!(assumes(&told, row), is_expected, "{all}");
                    assert_eq!(rows(&told).contains(&row), is_expected, "{all}");
                }
                told_of += 1;
            }
        }
        assert_eq!(told_of, 2, "{status} {cache_control}: both caches weigh it");
    }
}

#[test]
fn ttl_20_21_from_when_expires_is_counted_is_told_as_assumed() {
    for (secs, expected) in [(60, "TTL-21"), (0, "TTL-20")] {
        let mut scenario = built_in_scenario();
        let mut object = scenario.site.get("/index.html").unwrap().clone();
        (object.cache_control, object.expires_secs) = (None, Some(secs));
        scenario.site = Site::new(scenario.site.iter().cloned().chain([object]));
        let mut run = Run::new(scenario).unwrap();
        common::act(&mut run, get("paris", "/index.html"));
        let kept = told(&run, "REC keeps");
        for row in ["TTL-20", "TTL-21"] {
            assert_eq!(assumes(&kept, row), row == expected, "{secs} {row}: {kept:?}");
        }
    }
}
