//! The rows that the screen names, held against docs/reference: they exist, none is named twice, the page that is given
//! says one of them, and what is only assumed or observed is said to be.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::Edit as _;
use common::{get, invalidate, purge, purge_as, rust_files, send, wait};
use edgewalk::http::Method;
use edgewalk::network::City;
use edgewalk::scene::why::Mark;
use edgewalk::scene::{Basis, Reason, Scene, Standing, Step, Steps, Told};
use edgewalk::simulation::{Action, Run};

/// Rows whose mark is about a part that Edgewalk does not say.
const NOT_ASSUMED_HERE: [(&str, &str); 2] = [
    ("REC-08", "the mark is for S3 website endpoints; of them it is said"),
    ("TTL-27", "observed is only that the API refuses such a policy with key headers"),
];

/// What the reference says of a row's standing: the cells of the columns Basis, Page and Source.
#[derive(Clone, Debug, Default)]
struct Row {
    basis: String,
}

impl Row {
    fn has(&self, marks: &[&str]) -> bool {
        let mut words = self.basis.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| marks.contains(&word))
    }

    /// MODEL and OBS in caching.md and distribution.md, M and O in security-logs-edge.md.
    fn standing(&self) -> Basis {
        if self.has(&["MODEL", "M"]) {
            Basis::Assumed
        } else if self.has(&["OBS", "O"]) {
            Basis::Observed
        } else {
            Basis::Documented
        }
    }

    /// Whether it is an assumption of ours or only observed.
    fn is_assumed(&self) -> bool {
        self.standing() != Basis::Documented
    }

    fn is_protocol(&self) -> bool {
        self.has(&["K"])
    }

    fn names(&self, page: &str) -> bool {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        self.basis.split(|c: char| !is_name(c)).any(|word| word == page)
    }
}

/// All rows of the tables whose first column is ID.
fn reference() -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    for file in ["caching.md", "distribution.md", "security-logs-edge.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference").join(file);
        let text = fs::read_to_string(path).unwrap();
        let mut columns: Vec<usize> = Vec::new();
        let mut before = String::new();
        for line in text.lines().filter(|line| line.starts_with('|')) {
            // A bar between backquotes is none of the table's.
            let line = line.replace("\\|", " ");
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let is_row = cells[0].contains('-')
                && cells[0].starts_with(|c: char| c.is_ascii_uppercase())
                && cells[0].ends_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
            if cells[0] == "ID" {
                let is_basis =
                    |(_, name): &(usize, &&str)| ["Basis", "Page", "Source"].contains(*name);
                columns =
                    cells.iter().enumerate().filter(is_basis).map(|(index, _)| index).collect();
            } else if is_row {
                let basis: Vec<&str> =
                    columns.iter().filter_map(|column| cells.get(*column).copied()).collect();
                let mut basis = basis.join("; ");
                // A row that ends before its basis has it in its text.
                if basis.is_empty() {
                    basis = cells[1..].join("; ");
                }
                if basis.starts_with("same") {
                    basis = format!("{before} {basis}");
                } else {
                    before.clone_from(&basis);
                }
                rows.insert(cells[0].to_owned(), Row { basis });
            }
        }
    }
    assert!(rows.len() > 500, "{}", rows.len());
    rows
}

/// Everything in a text that looks like the id of a row: two capitals or more, a hyphen, digits.
fn ids(text: &str) -> BTreeSet<String> {
    let is_id = |word: &&str| {
        word.split_once('-').is_some_and(|(family, number)| {
            family.len() >= 2
                && family.chars().all(|c| c.is_ascii_uppercase())
                && (2..=3).contains(&number.len())
                && number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(is_id).map(str::to_owned).collect()
}

/// Walks that between them have every kind of step.
fn runs() -> Vec<Run> {
    let paris = City::find("paris").unwrap();
    let mut runs = vec![
        common::run([
            get("paris", "/index.html"),
            wait(30),
            get("london", "/index.html"),
            wait(90_000),
            get("london", "/index.html"),
            get("paris", "/index.html"),
            Action::Publish { path: "/index.html".into() },
            invalidate("/*"),
            invalidate("/img/*"),
            invalidate("/img*"),
            invalidate("/app.js"),
            invalidate("/app.js?v=1"),
            purge(&["#catalogue"]),
            purge(&["#catalogue", "#sale"]),
            purge(&["/app.js", "#catalogue", "/index.html", "/a", "/b"]),
            purge_as(&["/app.js"], "r"),
            purge_as(&["/app.js"], "r"),
        ]),
        common::run([
            get("paris", "/img/hero.jpg"),
            Action::SetPopCapacity { bytes: 10_000 },
            get("paris", "/img/hero.jpg"),
            Action::StartEmpty { on: true },
            Action::SetSameRegion { on: true, city: paris },
            get("paris", "/img/hero.jpg"),
            get("paris", "/no-such-file"),
            get("paris", "/api/no-such-thing"),
        ]),
        common::run(Method::ALL.into_iter().flat_map(|method| {
            let set = Action::SetMethod { method };
            [set, send("paris", method, "/app.js"), send("paris", method, "/api/orders")]
        })),
    ];
    runs.extend((0..60).map(common::run_walk));
    runs.extend(configured());
    runs.extend(secured());
    runs.extend(networked());
    runs
}

/// Walks of viewers of each sort of network and of each resolver, by each sort of name, with IPv6 off and on.
fn networked() -> impl Iterator<Item = Run> {
    use edgewalk::network::{Access, Resolver};
    let hosts = ["d111111abcdef8.cloudfront.net", "www.shop.example", "shop.example"];
    [false, true].into_iter().map(move |is_ipv6_enabled| {
        let mut scenario = edgewalk::simulation::built_in_scenario();
        let mut edited = scenario.edited();
        edited.is_ipv6_enabled = is_ipv6_enabled;
        edited.aliases.push("shop.example".into());
        drop(edited);
        let mut run = Run::new(scenario).unwrap();
        for (access, resolver) in Access::ALL.into_iter().zip(Resolver::ALL) {
            common::act(&mut run, Action::SetAccess { access });
            common::act(&mut run, Action::SetResolver { resolver });
            for host in hosts {
                let host = format!("Host: {host}");
                let request = common::request_with(Method::Get, "/index.html", &host);
                common::act(&mut run, common::ask("paris", request));
            }
        }
        run
    })
}

/// Walks of all sorts of viewers, and to origins whose TLS is another.
fn secured() -> Vec<Run> {
    use edgewalk::distribution::{
        HttpVersions, OriginProtocol, SecurityPolicy, SslSupport, TlsProtocol, ViewerCertificate,
    };
    use edgewalk::network::Offer;
    use edgewalk::origin::Health;
    let mut runs = Vec::new();
    for policy in SecurityPolicy::ALL {
        let mut scenario = edgewalk::simulation::built_in_scenario();
        let mut edited = scenario.edited();
        let ViewerCertificate::Own(own) = &mut edited.certificate else { panic!("it has its own") };
        (own.policy, own.support) = (policy, SslSupport::SniOnly);
        edited.http_versions = HttpVersions::Http2And3;
        edited.origins[1].protocol = OriginProtocol::HttpsOnly;
        drop(edited);
        let mut run = Run::new(scenario).unwrap();
        for viewer in Offer::ALL {
            common::act(&mut run, Action::SetViewer { viewer });
            for pause in [1, 121, 121] {
                let fields = "Host: www.shop.example";
                let request = common::request_with(Method::Get, "/index.html", fields);
                common::act(&mut run, common::ask("paris", request));
                common::act(&mut run, wait(pause));
            }
        }
        runs.push(run);
    }
    let health = [
        Health::OtherName,
        Health::Expired,
        Health::SelfSigned,
        Health::Speaks(TlsProtocol::Tls12),
        Health::Speaks(TlsProtocol::Tls10),
    ];
    let set = |health| Action::SetHealth { origin_id: "shop-api".into(), health };
    runs.push(common::run(
        health
            .into_iter()
            .flat_map(|health| [set(health), send("paris", Method::Post, "/api/orders"), wait(10)]),
    ));
    runs
}

/// Walks through what only a configuration of somebody's own has: gates, functions and private buckets.
fn configured() -> Vec<Run> {
    use edgewalk::distribution::{
        Distribution, Function, FunctionEvent, GeoRestriction, GeoSort, OriginAccess, PathPattern,
        ReadyMade, Runtime, Signing, TrustedKeys,
    };
    let with = |change: &dyn Fn(&mut Distribution)| {
        let mut scenario = edgewalk::simulation::built_in_scenario();
        change(&mut scenario.edited());
        let mut run = Run::new(scenario).unwrap();
        for path in ["/index.html", "/index.html", "/nowhere", "/api/orders"] {
            common::act(&mut run, get("paris", path));
        }
        run
    };
    let function = |event: FunctionEvent, runtime: Runtime, does: Option<ReadyMade>| {
        with(&|distribution| {
            let arn = match runtime {
                Runtime::CloudFront => "arn:aws:cloudfront::123456789012:function/f",
                Runtime::Lambda => "arn:aws:lambda:us-east-1:123456789012:function:f:1",
            };
            for behavior in &mut distribution.behaviors {
                let function = Function { arn: arn.into(), runtime, does: does.clone() };
                behavior.functions.set(event, Some(function));
            }
        })
    };
    let mut runs = vec![
        with(&|distribution| {
            let countries = vec!["FR".to_owned()];
            distribution.geo = Some(GeoRestriction { sort: GeoSort::BlockList, countries });
        }),
        with(&|distribution| {
            for behavior in &mut distribution.behaviors {
                behavior.trusted = Some(TrustedKeys::default());
            }
        }),
    ];
    for signing in [Signing::Always, Signing::Never] {
        runs.push(with(&|distribution| {
            distribution.origins[0].access = OriginAccess::Control { id: "E1".into(), signing };
        }));
    }
    for event in FunctionEvent::ALL {
        let is_viewer =
            matches!(event, FunctionEvent::ViewerRequest | FunctionEvent::ViewerResponse);
        for runtime in [Runtime::CloudFront, Runtime::Lambda] {
            if runtime == Runtime::CloudFront && !is_viewer {
                continue;
            }
            let set = |name: &str| ReadyMade::SetField { name: name.into(), value: "1".into() };
            for does in [
                None,
                Some(ReadyMade::SinglePage { page: "/index.html".into() }),
                Some(ReadyMade::Redirect {
                    from: PathPattern::new("*"),
                    to: "/x".into(),
                    status: 302,
                }),
                Some(set("X-Mine")),
                Some(set("Via")),
                Some(ReadyMade::Throws),
            ] {
                runs.push(function(event, runtime, does));
            }
        }
    }
    runs
}

/// What is told of each step of a run, complete and decision by decision.
fn told(run: &Run) -> Vec<(Step, bool, Told)> {
    let scenario = &run.walk().scenario;
    let mut all = Vec::new();
    let mut scene = Scene::new(scenario);
    for step in Steps::of(run.journal()).all() {
        let events = &run.journal().events()[step.start..step.end];
        for count in 1..=events.len() {
            scene.take(&events[count - 1]);
            all.push((*step, count == events.len(), Told::of(&scene, step, &events[..count])));
        }
    }
    all
}

#[test]
fn every_row_that_the_scene_names_is_in_the_reference() {
    let reference = reference();
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scene"), &mut files);
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/composer/switches.rs"));
    let mut count = 0;
    for file in files {
        for id in ids(&fs::read_to_string(&file).unwrap()) {
            assert!(reference.contains_key(&id), "{}: {id} is no row", file.display());
            count += 1;
        }
    }
    assert!(count > 70, "{count}");
}

#[test]
fn each_badge_is_the_mark_of_its_row() {
    let reference = reference();
    let mut files = Vec::new();
    let scene = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scene");
    rust_files(&scene, &mut files);
    // The console names rows in comments and errors, and has no badges.
    files.retain(|file| !file.starts_with(scene.join("console")));
    let named: BTreeSet<String> =
        files.iter().flat_map(|file| ids(&fs::read_to_string(file).unwrap())).collect();
    let mut wrong = Vec::new();
    for id in &named {
        let is_exempt = NOT_ASSUMED_HERE.iter().any(|(exempt, _)| exempt == id);
        let marked = if is_exempt { Basis::Documented } else { reference[id].standing() };
        if Basis::of(id) != Some(marked) {
            wrong.push(format!("{id} is {marked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The weakest of several counts: FLOW-12 is MODEL, XC-01 is OBS, FLOW-04 is the guide's.
    assert_eq!(Basis::of("FLOW-04, FLOW-12"), Some(Basis::Assumed));
    assert_eq!(Basis::of("FLOW-04, XC-01"), Some(Basis::Observed));
    assert_eq!(Basis::of(""), None);
}

#[test]
fn every_reason_has_a_row_and_every_chain_a_badge() {
    let reference = reference();
    let (mut seen, mut mixed, mut with_setting) = (BTreeSet::new(), 0, BTreeSet::new());
    for (step, _, told) in runs().iter().flat_map(told) {
        for reason in &told.why {
            let all = format!("{step:?}: {reason:?}");
            let follows = matches!(reason.mark, Mark::Next);
            assert!(follows || !reason.rows.is_empty() || is_ours(&reason.text), "{all}");
            for row in reason.rows.split(", ").filter(|row| !row.is_empty()) {
                assert!(reference.contains_key(row), "{row} is no row: {all}");
                seen.insert(row.to_owned());
            }
            with_setting.extend(reason.setting.clone());
        }
        let bases: BTreeSet<Basis> = told.why.iter().filter_map(Reason::basis).collect();
        let expected = match bases.len() {
            0 => None,
            1 => bases.first().copied().map(Standing::All),
            _ => Some(Standing::Mixed),
        };
        assert_eq!(Standing::of(&told.why), expected, "{told:?}");
        mixed += usize::from(expected == Some(Standing::Mixed));
    }
    assert!(seen.len() >= 35 && mixed > 100, "{} {mixed}: {seen:?}", seen.len());
    for setting in [
        "Cache policy CachingOptimized: maximum TTL",
        "Cache policy CachingDisabled: all three TTLs",
        "Behavior /api/*: allowed methods",
    ] {
        assert!(with_setting.contains(setting), "{setting}: {with_setting:?}");
    }
}

/// What architecture.md settles and no row holds: bodies are larger than the whole store.
fn is_ours(text: &str) -> bool {
    text.contains("do not fit")
}

#[test]
fn every_term_of_the_glossary_says_where_it_is_written() {
    let reference = reference();
    for term in edgewalk::scene::glossary::terms() {
        for source in term.source.split(", ") {
            let rfc = source.strip_prefix("RFC ").map(|rest| rest.split(' ').next().unwrap());
            match rfc {
                Some(number) => {
                    assert!(number.len() == 4 && number.parse::<u32>().is_ok(), "{term:?}");
                }
                None => assert!(reference.contains_key(source), "{source} is no row: {term:?}"),
            }
        }
    }
}

#[test]
fn no_step_names_a_row_twice_or_one_that_is_not_there() {
    let reference = reference();
    let mut named = BTreeSet::new();
    for (step, is_whole, told) in runs().iter().flat_map(told) {
        let rows: Vec<&str> = told.rows.split(", ").filter(|row| !row.is_empty()).collect();
        let all = format!("{step:?}: {told:?}");
        assert!(!rows.is_empty() || !is_whole, "no row: {all}");
        assert_eq!(rows.len(), rows.iter().collect::<BTreeSet<_>>().len(), "twice: {all}");
        for row in rows {
            assert!(reference.contains_key(row), "{row} is no row: {all}");
            named.insert(row.to_owned());
        }
    }
    assert!(named.len() > 50, "{}: {named:?}", named.len());
}

#[test]
fn what_is_assumed_or_only_observed_is_said_to_be() {
    let reference = reference();
    let mut assumed = BTreeSet::new();
    for (step, _, told) in runs().iter().flat_map(told) {
        let said = ids(&told.remarked());
        for row in told.rows.split(", ").filter(|row| !row.is_empty()) {
            let is_exempt = NOT_ASSUMED_HERE.iter().any(|(exempt, _)| *exempt == row);
            if reference[row].is_assumed() && !is_exempt {
                assert!(said.contains(row), "{row} decides unsaid: {step:?}: {told:?}");
                assumed.insert(row.to_owned());
            }
        }
        for row in &said {
            assert!(told.rows.split(", ").any(|named| named == row), "{row}: {step:?}: {told:?}");
        }
    }
    for row in
        ["EVI-05", "TTL-24", "REV-09", "AGE-01", "FLOW-12", "DNS-23", "INV-36", "INV-47", "XC-01"]
    {
        assert!(assumed.contains(row), "{row} never came up: {assumed:?}");
    }
}

#[test]
fn the_page_that_is_given_says_one_of_the_rows() {
    let reference = reference();
    for (step, _, told) in runs().iter().flat_map(told).filter(|(_, is_whole, _)| *is_whole) {
        let all = format!("{step:?}: {told:?}");
        let rows: Vec<&Row> = told
            .rows
            .split(", ")
            .filter(|row| !row.is_empty())
            .map(|row| &reference[row])
            .collect();
        let page = told.source.url.rsplit('/').next().unwrap();
        match page.strip_suffix(".html") {
            // A page of the API Reference is named by its action, as in API:CreateInvalidation.
            Some(page) if page.starts_with("API_") => {
                assert!(
                    rows.iter().any(|row| row.names(&page[4..]) && row.names("API")),
                    "{page}: {all}"
                );
            }
            Some(page) => assert!(rows.iter().any(|row| row.names(page)), "{page}: {all}"),
            None => assert!(rows.iter().any(|row| row.is_protocol()), "{page}: {all}"),
        }
    }
}
