//! Walks through a configuration of somebody's own: they last as files, and as links while these are short enough.

use std::sync::Arc;

use edgewalk::distribution::{AwsError, Beside, Configuration, Draft};
use edgewalk::json::Json;
use edgewalk::origin::Given;
use edgewalk::simulation::{
    Action, FormError, Link, Run, StepAt, View, Walk, WalkFile, built_in_scenario,
};

use crate::common::{act, get, wait};

const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");

fn open(text: &str) -> Arc<Configuration> {
    Configuration::open(text, &Beside::managed("us-east-1".into())).unwrap().into()
}

/// With a policy, a Region for an origin, a name and an `ETag`: all that can stand beside a document.
fn all_beside() -> Arc<Configuration> {
    let mut beside = Beside::managed("eu-west-2".into());
    beside.regions.push(("orders".to_owned(), "ap-south-1".to_owned()));
    let policy = r#"{"CachePolicy": {"Id": "11111111-2222-3333-4444-555555555555", "CachePolicyConfig":
        {"Name": "week", "MinTTL": 7, "DefaultTTL": 604800, "MaxTTL": 604800}}}"#;
    beside.add(policy, None).unwrap();
    let document = LEGACY.trim().strip_prefix("{").unwrap();
    let wrapped = format!(r#"{{"ETag": "E2QWRUHEXAMPLE", {document}"#);
    Configuration::open(&wrapped, &beside).unwrap().into()
}

/// With each byte percent-encoded.
fn escaped(text: &str) -> String {
    let bytes: Vec<_> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

fn given(lines: &str) -> Vec<Given> {
    Given::listed(lines).unwrap()
}

/// A run in which something was asked for and the configuration was changed.
fn walked(walk: &Walk) -> Run {
    let mut run = Run::new(walk.scenario.clone()).unwrap();
    let path = walk.scenario.site.iter().next().unwrap().path.clone();
    act(&mut run, get("paris", &path));
    act(&mut run, wait(5));
    let mut draft = Draft::of(&walk.scenario.configuration);
    draft.set(&"Comment".parse().unwrap(), Json::text("changed, \"again\"")).unwrap();
    act(&mut run, Action::Configure(draft.check().unwrap().into()));
    act(&mut run, get("paris", &path));
    run
}

fn walks() -> Vec<Walk> {
    let known = given("/a/b.css\n/pictures/one.png\n/nothing").into_iter().enumerate();
    let known = known.map(|(place, given)| match place {
        0 => given,
        1 => given.of_size(7).unwrap(),
        _ => given.of_type("application/x-thing; a=b").unwrap().of_size(123_456).unwrap(),
    });
    vec![
        Walk::of_configuration(open(S3_SITE)),
        Walk::of_configuration(open(API_AND_MEDIA)),
        Walk::of_configuration(all_beside()),
        Walk::of_site(open(S3_SITE), &given("/index.html\n/x")),
        Walk::of_site(open(LEGACY), &known.collect::<Vec<_>>()),
    ]
}

#[test]
fn im_16_a_walk_through_a_configuration_of_one_s_own_comes_back_from_file_and_link() {
    for mut walk in walks() {
        walk.scenario.seed = 9;
        let run = walked(&walk);
        let at = Some(StepAt { step: 2, events: None });
        let text = WalkFile::of(&run, at).unwrap().write();
        assert!(text.starts_with("{\n  \"edgewalk\": 2,\n  \"configuration\": {"), "{text}");
        let file = WalkFile::read(&text).unwrap();
        assert_eq!((file.write(), file.step), (text, at));
        let link = Link::of(&run, at, View::Walk).unwrap();
        assert!(link.write().starts_with("v=2&own=?~DistributionConfig~=?"), "{}", link.write());
        assert_eq!(Link::read(&link.write()).as_ref(), Ok(&link));
        for back in [file.lesson.walk(), link.walk()] {
            assert_eq!(back.scenario, run.walk().scenario, "document, beside, site and seed");
            let mut again = Run::new(built_in_scenario()).unwrap();
            again.open(&back, None, 0, |_| Ok(1)).unwrap();
            assert_eq!(again.walk(), run.walk());
            assert_eq!(again.journal().digest(), run.journal().digest());
        }
    }
}

#[test]
fn only_a_link_that_brings_a_configuration_needs_its_reader() {
    for walk in walks() {
        let link = Link::of(&walked(&walk), None, View::Walk).unwrap().write();
        assert!(Link::brings_configuration(&link), "{link}");
        let refused = Link::read_plain(&link).unwrap_err();
        assert!(matches!(refused, FormError::Configuration { .. }), "{refused}");
    }
    for plain in
        ["", "#walk=post", "scenario=shop&do=wait:1,GET:paris:/own=:bare", "view=logs&step=1"]
    {
        assert!(!Link::brings_configuration(plain), "{plain}");
        assert_eq!(Link::read_plain(plain), Link::read(plain), "{plain}");
    }
    for changed in ["do=wait:1,configure:?@", "#seed=7&do=deploy:?@"] {
        assert!(Link::brings_configuration(changed), "{changed}");
    }
}

#[test]
fn im_16_the_document_stands_in_the_file_as_it_came() {
    let configuration = all_beside();
    let run = Run::new(Walk::of_configuration(Arc::clone(&configuration)).scenario).unwrap();
    let text = WalkFile::of(&run, None).unwrap().write();
    let file = Json::parse(&text).unwrap();
    let stored = file.member("configuration").unwrap();
    let whole = Json::parse(LEGACY).unwrap();
    assert_eq!(stored.member("DistributionConfig"), whole.member("DistributionConfig"));
    let names: Vec<_> = stored.members().iter().map(|(name, _)| &**name).collect();
    assert_eq!(
        names,
        ["DistributionConfig", "DomainName", "Region", "ETag", "Regions", "Beside"],
        "and what was given beside it"
    );
    assert_eq!(stored.member("ETag"), Some(&Json::text("E2QWRUHEXAMPLE")));
    assert_eq!(file.member("scenario"), None);
}

#[test]
fn a_walk_of_the_shop_is_still_written_in_the_first_version() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let shop = Arc::clone(&built_in_scenario().configuration);
    act(&mut run, Action::Configure(shop));
    let text = WalkFile::of(&run, None).unwrap().write();
    assert!(text.starts_with("{\n  \"edgewalk\": 1,\n  \"scenario\": \"shop.1\","), "{text}");
    let link = Link::of(&run, None, View::Walk).unwrap();
    assert!(link.write().starts_with("do=configure:?~DistributionConfig~"), "{}", link.write());
    // As links were written before quotes and braces had other characters in their place.
    let Action::Configure(configuration) = &run.walk().actions[0].action else { panic!() };
    let older = escaped(&configuration.stored());
    assert_eq!(Link::read(&format!("do=configure:{older}")), Ok(link));
}

#[test]
fn a_link_may_hold_a_configuration_while_it_is_short_enough() {
    let chars = |walk: &Walk| {
        let run = Run::new(walk.scenario.clone()).unwrap();
        let link = Link::of(&run, None, View::Walk).unwrap();
        (link.write().len(), link.most_chars())
    };
    let (small, most) = chars(&Walk::of_configuration(open(S3_SITE)));
    assert!(small < most && most == 8_000, "{small}");
    let stored = open(S3_SITE).stored().len();
    assert!(small < stored * 5 / 4, "{small} for {stored}");
    let many: Vec<_> = (0..500).map(|place| format!("/pictures/{place}.png")).collect();
    let (large, most) = chars(&Walk::of_site(open(S3_SITE), &given(&many.join("\n"))));
    assert!(large > most && most == 8_000, "{large}");
    assert_eq!(chars(&Walk::new(built_in_scenario())).1, 2_000);
    let configures = Link { own: vec![Action::Configure(open(S3_SITE))], ..Link::default() };
    assert_eq!(configures.most_chars(), 8_000, "as long as one that starts so");
}

/// A file of version 2 with this in the place of its configuration.
fn file_with(configuration: &str) -> String {
    format!(r#"{{"edgewalk": 2, "configuration": {configuration}, "actions": []}}"#)
}

fn findings(error: FormError) -> (String, Vec<Option<String>>) {
    let FormError::Configuration { path, error } = error else { panic!("{error}") };
    (path, error.0.iter().map(|finding| finding.path().map(String::from)).collect())
}

#[test]
fn im_16_a_configuration_within_a_walk_is_checked_as_an_import_is() {
    let text = Walk::of_configuration(open(S3_SITE)).scenario.configuration.stored();
    let two = text
        .replace(r#""ConnectionAttempts":3"#, r#""ConnectionAttempts":4"#)
        .replace(r#""redirect-to-https""#, r#""never""#);
    let import = Configuration::restored(&two).unwrap_err();
    assert_eq!(import.len(), 2);
    let paths: Vec<_> = import.iter().map(|finding| finding.path().map(String::from)).collect();
    assert!(paths[0].as_deref().is_some_and(|path| path.ends_with("ConnectionAttempts")));
    // As the start of a file and of a link, and as an action in both.
    let file = WalkFile::read(&file_with(&two)).unwrap_err();
    assert_eq!(file.to_string(), format!("configuration: {}, and 1 more", import[0]));
    assert_eq!(findings(file), ("configuration".into(), paths.clone()));
    let word = Json::text(&two).write_short();
    let act = format!(r#"{{"edgewalk": 1, "actions": [["wait","1"],["configure",{word}]]}}"#);
    assert_eq!(
        findings(WalkFile::read(&act).unwrap_err()),
        ("actions[1][1]".into(), paths.clone())
    );
    let escaped = escaped(&two);
    let link = Link::read(&format!("v=2&own={escaped}")).unwrap_err();
    assert_eq!(findings(link), ("own".into(), paths.clone()));
    let link = Link::read(&format!("do=configure:{escaped}")).unwrap_err();
    assert_eq!(findings(link), ("word 2 of action 1 in the link".into(), paths));
}

#[test]
fn im_16_what_stands_around_the_document_is_checked_too() {
    let document =
        Json::parse(S3_SITE).unwrap().member("DistributionConfig").unwrap().write_short();
    let around = |more: &str| {
        let text = file_with(&format!(r#"{{"DistributionConfig": {document}{more}}}"#));
        WalkFile::read(&text).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(around(""), Ok(()));
    let table = [
        (
            r#", "Domain": "a.example""#,
            "Domain: the members here are DistributionConfig, DomainName,",
        ),
        (r#", "DomainName": 7"#, "DomainName: this must be a string; it is 7"),
        (r#", "DomainName": "no name""#, "DomainName: this must be a host name, as in d111111"),
        (r#", "Region": []"#, "Region: this must be a string; it is a list of 0"),
        (r#", "Regions": []"#, "Regions: this must be an object; it is a list of 0"),
        (r#", "Regions": {"a": 1}"#, "Regions.a: this must be a string; it is 1"),
        (r#", "ETag": {}"#, "ETag: this must be a string; it is an object"),
        (r#", "Beside": {}"#, "Beside: this must be a list; it is an object"),
        (r#", "Beside": [{}]"#, "CachePolicy: this must be a cache, origin request or response"),
    ];
    for (more, message) in table {
        let said = around(more).unwrap_err();
        let message = format!("configuration: {message}");
        assert!(said.starts_with(&message), "{more}: {said}");
    }
    for (configuration, given) in [("{}", "missing"), ("7", "missing"), ("[]", "missing")] {
        let said = WalkFile::read(&file_with(configuration)).unwrap_err().to_string();
        let message = format!(
            "DistributionConfig: this must be an object; it is {given} (InvalidArgument, IM-16)"
        );
        assert!(said.contains(&message), "{said}");
    }
}

#[test]
fn im_15_what_the_origins_hold_is_checked_word_by_word() {
    let stored = open(S3_SITE).stored();
    let file = |more: &str| {
        let text =
            format!(r#"{{"edgewalk": 2, "configuration": {stored}, "actions": [], {more}}}"#);
        WalkFile::read(&text).map(drop).map_err(|error| error.to_string())
    };
    let many = format!(r#""objects": [{}"/"]"#, r#""/","#.repeat(10_000));
    let table = [
        (r#""objects": "/a""#, "objects: this must be a list, not \"/a\""),
        (r#""objects": [7]"#, "objects[0]: this must be a list of strings, not 7"),
        (r#""objects": ["/a", []]"#, "objects[1][0]: the path is missing here"),
        (r#""objects": ["a"]"#, "objects[0][0]: a URL path starts with a slash"),
        (
            r#""objects": ["/a?b"]"#,
            "objects[0][0]: an origin's objects go by their paths alone, not",
        ),
        (r#""objects": [["/a", 7]]"#, "objects[0][1]: this must be a string, not 7"),
        (r#""objects": [["/a", "text"]]"#, "objects[0][1]: a media type has two words"),
        (
            r#""objects": [["/a", "a/b\n"]]"#,
            "objects[0][1]: the type: the value of Content-Type holds",
        ),
        (
            r#""objects": [["/a", "", "-1"]]"#,
            "objects[0][2]: the size must be a whole number of bytes",
        ),
        (
            r#""objects": [["/a", "", "100000000001"]]"#,
            "objects[0][2]: an object has at most 100000000000",
        ),
        (
            r#""objects": [["/a", "", "1", "x"]]"#,
            "objects[0][3]: an object has at most three words",
        ),
        (&many, "objects: a site holds at most 10000 objects, not 10001"),
        (
            r#""scenario": "shop.1""#,
            "scenario: a walk starts from a scenario or from a configuration",
        ),
    ];
    for (more, message) in table {
        let said = file(more).unwrap_err();
        assert!(said.starts_with(message), "{more}: {said}");
    }
    let said = |text: &str| WalkFile::read(text).unwrap_err().to_string();
    let strangers = said(r#"{"edgewalk": 2, "actions": [], "objects": ["/a"]}"#);
    assert!(strangers.starts_with("objects: a scenario has its own objects;"), "{strangers}");
    let link = |text: &str| Link::read(text).unwrap_err().to_string();
    assert!(link("objects=/a").starts_with("objects: a scenario has its own objects;"));
    assert!(link("own=?@&scenario=shop").starts_with("scenario: a walk starts from a scenario or"));
    assert!(link("walk=post&own=?@").starts_with("the walk: a walk has its own scenario and seed"));
    assert!(
        link("v=2&own=?@&objects=/a::x")
            .starts_with("word 3 of object 1 in the link: the size must be")
    );
    assert!(link("v=2&own=").contains("there is nothing to read"), "{}", link("v=2&own="));
    assert!(link("v=2&own=%").starts_with("own: a link is percent-encoded text"));
}

#[test]
fn a_walk_that_is_none_leaves_the_one_that_was_there() {
    let mut run = walked(&Walk::of_configuration(open(S3_SITE)));
    let (before, walk) = (run.journal().digest(), run.walk().clone());
    let text = WalkFile::of(&run, None).unwrap().write();
    let mut opened = 0;
    for cut in (0..text.len()).step_by(97).filter(|cut| text.is_char_boundary(*cut)) {
        let Ok(file) = WalkFile::read(&text[..cut]) else { continue };
        opened += 1;
        run.open(&file.lesson.walk(), None, 0, |_| Ok(1)).unwrap();
    }
    assert_eq!(opened, 0, "no part of a file is one");
    // A configuration that is taken, and an action that the World is not able to do.
    let refused = text.replace(r#""wait", "5""#, r#""wait", "0""#);
    let file = WalkFile::read(&refused).unwrap();
    let error = run.open(&file.lesson.walk(), None, 0, |_| Ok(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "action 2: a wait lasts from 1 second to 400 days, not 0 seconds"
    );
    assert_eq!((run.journal().digest(), run.walk()), (before, &walk));
}

#[test]
fn five_megabytes_are_read_or_refused_by_name() {
    let stored = open(S3_SITE).stored();
    let large =
        format!(r#"{},"Comment":"{}"}}"#, &stored[..stored.len() - 1], "x".repeat(5_000_000));
    let error = WalkFile::read(&file_with(&large)).unwrap_err();
    assert!(error.to_string().len() < 1_000, "{error}");
    let nested =
        format!(r#"{{"DistributionConfig": {}1{}}}"#, "[".repeat(2_500_000), "]".repeat(2_500_000));
    assert!(matches!(WalkFile::read(&file_with(&nested)), Err(FormError::NotJson(_))));
    let list = format!(r#"{{"DistributionConfig": {{"Origins": [{}1]}}}}"#, "1,".repeat(2_500_000));
    let error = WalkFile::read(&file_with(&list)).unwrap_err();
    assert!(error.to_string().contains("more than 2000000 values"), "{error}");
    let inner = Configuration::restored(&list).unwrap_err();
    assert_eq!(inner, [AwsError::TooMany { most: 100_000 }], "in a link and in an action");
    // A document of five megabytes, of which AWS would take all but the length of its description.
    let document = Json::parse(S3_SITE).unwrap().member("DistributionConfig").unwrap().clone();
    let Json::Object(mut members) = document else { panic!() };
    members.push(("Unknown".to_owned(), Json::Text("y".repeat(5_000_000))));
    let configuration =
        Configuration::check(Json::Object(members), &Beside::managed("us-east-1".into()));
    let run = Run::new(Walk::of_configuration(configuration.unwrap().into()).scenario).unwrap();
    let text = WalkFile::of(&run, None).unwrap().write();
    assert_eq!(WalkFile::check_size(text.len()), Ok(()));
    let read = WalkFile::read(&text).unwrap();
    assert_eq!(read.lesson.walk().scenario, run.walk().scenario);
}

#[test]
fn what_the_fuzzing_starts_from_is_a_walk() {
    let file = WalkFile::read(include_str!("../../fuzz/seeds/walk_file/own")).unwrap();
    let link = Link::read(include_str!("../../fuzz/seeds/link/own")).unwrap();
    let paths = |walk: &Walk| {
        walk.scenario.site.iter().map(|object| object.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&file.lesson.walk()), ["/a", "/b"]);
    assert_eq!(paths(&link.walk()), ["/a", "/b"]);
}
