//! What Edgewalk exports is taken by those who would send it on.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use edgewalk::distribution::{Beside, Configuration, Draft, Form};
use edgewalk::json::Json;
use edgewalk::simulation::built_in_scenario;
use serde_json::{Value, json};

use crate::base::{self, Setting};
use crate::table::Page;
use crate::tools::{folder, python, ran};

const EXAMPLES: [(&str, &str); 3] = [
    ("s3-site", include_str!("../../docs/reference/examples/s3-site.json")),
    ("api-and-media", include_str!("../../docs/reference/examples/api-and-media.json")),
    ("legacy", include_str!("../../docs/reference/examples/legacy.json")),
];

const REFERENCE: &str = include_str!("../../docs/reference/distribution.md");

/// The ids of the managed policies of a family of rows, as MC.
fn managed(family: &str) -> Vec<&'static str> {
    let rows = REFERENCE.lines().filter(|line| line.starts_with(&format!("| {family}-")));
    let id = |line: &'static str| {
        line.split('`').find(|part| part.len() == 36 && part.matches('-').count() == 4)
    };
    rows.filter_map(id).collect()
}

/// Each configuration by a name: the examples, the shop, the shop with each managed policy, and the base of the options with
/// each value of docs/console.md.
fn configurations() -> BTreeMap<String, Configuration> {
    let beside = Beside::managed("us-east-1".into());
    let mut all = BTreeMap::new();
    for (name, text) in EXAMPLES {
        let read = Configuration::open(text, &beside).unwrap();
        // MX-02: what came as a template brings no reference of the caller's.
        let template = read.write(Form::CloudFormation).write();
        all.insert(format!("{name}-template"), Configuration::open(&template, &beside).unwrap());
        all.insert(name.to_owned(), read);
    }
    let shop = built_in_scenario().configuration;
    for (family, member) in [
        ("MC", "CachePolicyId"),
        ("MO", "OriginRequestPolicyId"),
        ("MR", "ResponseHeadersPolicyId"),
    ] {
        for (place, id) in managed(family).into_iter().enumerate() {
            let mut draft = Draft::of(&shop);
            let path = format!("CacheBehaviors.Items[0].{member}").parse().unwrap();
            draft.set(&path, Json::text(id)).unwrap();
            all.insert(format!("shop-{family}-{}", place + 1), draft.check().unwrap());
        }
    }
    all.insert("shop".to_owned(), (*shop).clone());
    let page = Page::read().unwrap();
    for line in page.options.iter().chain(&page.kept) {
        for (place, value) in line.values.iter().enumerate() {
            let setting = Setting { path: line.path.clone(), value: value.clone() };
            let walk = page.walk(&line.walk).unwrap();
            let configuration = base::configured(walk, &setting).unwrap();
            all.insert(format!("console-{}-{}", line.number, place + 1), configuration);
        }
    }
    all
}

/// Writes each configuration in a form into a folder of its own.
fn written(name: &str, form: Form) -> Vec<PathBuf> {
    let folder = folder(name);
    let mut texts: Vec<String> = Vec::new();
    let mut files = Vec::new();
    for (name, configuration) in configurations() {
        let text = configuration.write(form).write();
        // Most lines have one value in common: the base's own.
        if !texts.contains(&text) {
            let file = folder.join(format!("{name}.json"));
            fs::write(&file, &text).unwrap();
            files.push(file);
            texts.push(text);
        }
    }
    files
}

/// What is wrong with each file, by what botocore says.
fn by_botocore(python: &std::path::Path, files: &[PathBuf]) -> Vec<(String, Vec<String>)> {
    let output = ran(python, &["validate.py"], files);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let found = lines.lines().map(|line| {
        let found: Value = serde_json::from_str(line).unwrap();
        let problems = found["problems"].as_array().unwrap().iter();
        let problems = problems.map(|problem| problem.as_str().unwrap().to_owned()).collect();
        (found["file"].as_str().unwrap().to_owned(), problems)
    });
    found.collect()
}

/// What cfn-lint finds: file, rule and message.
fn by_cfn_lint(python: &std::path::Path, files: &[PathBuf]) -> Vec<(String, String, String)> {
    let cfn_lint = python.with_file_name("cfn-lint");
    let output = ran(&cfn_lint, &["--format", "json", "--regions", "us-east-1", "--"], files);
    let text = String::from_utf8(output.stdout).unwrap();
    let found: Value = serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = found.as_array().unwrap().iter();
    found.map(|it| (word(&it["Filename"]), word(&it["Rule"]["Id"]), word(&it["Message"]))).collect()
}

#[test]
fn wr_03_ex_01_to_03_what_is_exported_passes_the_check_of_botocore() {
    for (name, form) in [("create", Form::Create), ("config", Form::Config)] {
        let files = written(name, form);
        assert!(files.len() > 100, "{} files", files.len());
        let Some(python) = python() else { continue };
        let found = by_botocore(&python, &files);
        assert_eq!(found.len(), files.len());
        let wrong = found.into_iter().filter(|(_, problems)| !problems.is_empty());
        let wrong: Vec<_> = wrong.collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn mx_02_whatever_came_leaves_with_all_that_an_update_needs() {
    for (name, configuration) in configurations() {
        let bare = configuration.write(Form::Bare);
        let config = configuration.write(Form::Config);
        assert_eq!(config.member("DistributionConfig"), Some(&bare), "{name}");
        for needed in ["CallerReference", "Comment", "Enabled", "Origins", "DefaultCacheBehavior"] {
            assert!(bare.member(needed).is_some(), "{name}: {needed}");
        }
    }
}

#[test]
fn mx_01_to_20_what_is_exported_for_cloudformation_passes_cfn_lint() {
    let files = written("template", Form::CloudFormation);
    assert!(files.len() > 100, "{} files", files.len());
    let Some(python) = python() else { return };
    let wrong = by_cfn_lint(&python, &files);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A document that is broken in one place, named by its pointer.
fn broken(form: Form, pointer: &str, value: Value) -> String {
    let shop = built_in_scenario().configuration.write(form).write();
    let mut shop: Value = serde_json::from_str(&shop).unwrap();
    let (holder, name) = pointer.rsplit_once('/').unwrap();
    let holder =
        shop.pointer_mut(holder).unwrap_or_else(|| panic!("{pointer}")).as_object_mut().unwrap();
    match value {
        Value::Null => assert!(holder.remove(name).is_some(), "{pointer}"),
        value => drop(holder.insert(name.to_owned(), value)),
    }
    shop.to_string()
}

/// A pointer, what stands there (nothing for null), and a word of what is said of that.
type Broken = (&'static str, Value, &'static str);

/// Writes a file for each line of a table.
fn write_broken(
    place: &std::path::Path,
    name: &str,
    form: Form,
    before: &str,
    table: &[Broken],
) -> Vec<PathBuf> {
    let write = |(number, (pointer, value, _)): (usize, &Broken)| {
        let file = place.join(format!("{name}-{number}.json"));
        fs::write(&file, broken(form, &format!("{before}{pointer}"), value.clone())).unwrap();
        file
    };
    table.iter().enumerate().map(write).collect()
}

#[test]
fn what_is_broken_is_refused_by_both() {
    let Some(python) = python() else { return };
    let place = folder("broken");
    let table = [
        ("/DistributionConfig/Origins", Value::Null, "Missing required parameter"),
        ("/DistributionConfig/Origins/Quantity", json!("2"), "Invalid type for parameter"),
        ("/DistributionConfig/Origins/Quantity", json!(3), "Quantity 3 of 2 items"),
        ("/DistributionConfig/Origin", json!("shop"), "Unknown parameter"),
        (
            "/DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy",
            json!("never"),
            "is none of",
        ),
        ("/DistributionConfig/PriceClass", json!("PriceClass_7"), "is none of"),
    ];
    let files = write_broken(&place, "create", Form::Create, "", &table);
    for ((_, problems), (pointer, _, words)) in by_botocore(&python, &files).iter().zip(&table) {
        assert!(problems.iter().any(|said| said.contains(words)), "{pointer}: {problems:?}");
    }
    let config = "/Resources/Distribution/Properties/DistributionConfig";
    let table = [
        ("/Enabled", Value::Null, "'Enabled' is a required property"),
        ("/PriceClass", json!("PriceClass_7"), "is not one of"),
        ("/Aliases", json!({"Quantity": 0}), "is not of type 'array'"),
        ("/Origin", json!("shop"), "Additional properties are not allowed"),
    ];
    let files = write_broken(&place, "template", Form::CloudFormation, config, &table);
    let found = by_cfn_lint(&python, &files);
    for (file, (pointer, _, words)) in files.iter().zip(&table) {
        let is_it = |(name, _, said): &(String, String, String)| {
            file.to_str() == Some(name) && said.contains(words)
        };
        assert!(found.iter().any(is_it), "{pointer}: {found:?}");
    }
}
