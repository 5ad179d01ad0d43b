//! Fresh signatures of botocore's `CloudFrontSigner`, and the engine's verdicts on them: tests/aws/signed.txt, case by case.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use edgewalk::edge::{Carrier, Decision, Refusal, Signed};
use edgewalk::http::{Method, Request, Scheme};
use edgewalk::json::Json;
use edgewalk::network::City;
use edgewalk::simulation::{Event, Run, What};
use serde_json::{Value, json};

use crate::base::{self, Setting};
use crate::common::{act, ask, last_shown, request_with, wait};
use crate::tools::python;

const CASES: &str = include_str!("signed.txt");
const DOMAIN: &str = "d111111abcdef8.cloudfront.net";

/// A line of the table.
struct Case {
    name: &'static str,
    url: String,
    /// Of a custom policy.
    resource: Option<&'static str>,
    /// In Unix seconds.
    until: u64,
    after: Option<u64>,
    address: Option<String>,
    way: Vec<&'static str>,
    verdict: &'static str,
}

impl Case {
    fn read(line: &'static str, epoch: u64) -> Self {
        let [name, signed, conditions, way, verdict] = line
            .split('|')
            .map(str::trim)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_else(|_| panic!("{line}"));
        let words: Vec<&str> = signed.split(' ').collect();
        let url = if words[1].starts_with('/') {
            format!("https://{DOMAIN}{}", words[1])
        } else {
            words[1].to_owned()
        };
        let condition = |word: &str| {
            conditions.split("; ").find_map(|it| it.strip_prefix(word)?.strip_prefix(' '))
        };
        let instant = |word: &str| condition(word).map(|secs| epoch + secs.parse::<u64>().unwrap());
        let address = condition("from").map(|from| {
            City::find(from).map_or_else(|_| from.to_owned(), |city| city.ipv4().to_string())
        });
        Self {
            name,
            url,
            resource: words.get(2).copied(),
            until: instant("until").unwrap(),
            after: instant("after"),
            address,
            way: way.split(';').map(str::trim).filter(|step| !step.is_empty()).collect(),
            verdict,
        }
    }

    fn asked(&self) -> Value {
        json!({"url": self.url, "resource": self.resource, "until": self.until, "after": self.after,
            "address": self.address, "foreign": self.way.contains(&"foreign")})
    }
}

/// What the signer says: the public key, and a URL for each case.
fn signed(python: &Path, cases: &[Case]) -> (String, Vec<String>) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/aws/sign.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let asked: Vec<Value> = cases.iter().map(Case::asked).collect();
    child.stdin.take().unwrap().write_all(Value::from(asked).to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let urls =
        said["signed"].as_array().unwrap().iter().map(|url| url.as_str().unwrap().to_owned());
    (said["key"].as_str().unwrap().to_owned(), urls.collect())
}

/// A signed URL in parts, to be changed on its way.
#[derive(Clone)]
struct Sent {
    scheme: Scheme,
    host: String,
    path: String,
    query: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
    wait_secs: u64,
}

const OF_SIGNATURE: [&str; 4] = ["Expires", "Policy", "Signature", "Key-Pair-Id"];

impl Sent {
    fn of(url: &str) -> Self {
        let (_, rest) = url.split_once("://").unwrap();
        let (_, target) = rest.split_at(rest.find('/').unwrap());
        let (path, query) = target.split_once('?').unwrap();
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        Self {
            scheme: Scheme::Https,
            host: DOMAIN.to_owned(),
            path: path.to_owned(),
            query: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            cookies: Vec::new(),
            wait_secs: 0,
        }
    }

    fn parameter(&mut self, name: &str) -> &mut String {
        let found = self.query.iter_mut().find(|(known, _)| known == name);
        &mut found.unwrap_or_else(|| panic!("there is no {name}")).1
    }

    /// Takes what belongs to the signature out of the query.
    fn take(&mut self) -> Vec<(String, String)> {
        let (taken, rest) =
            self.query.drain(..).partition(|(name, _)| OF_SIGNATURE.contains(&&**name));
        self.query = rest;
        taken
    }

    /// One thing that is done to it; `all` has the others as they were signed.
    fn change(&mut self, step: &str, all: &dyn Fn(&str) -> Sent) {
        let (word, rest) = step.split_once(' ').unwrap_or((step, ""));
        match (word, rest) {
            ("foreign", "") => {} // the signer did that
            ("http", "") => self.scheme = Scheme::Http,
            ("wait", secs) => self.wait_secs = secs.parse().unwrap(),
            ("path", path) => self.path = path.to_owned(),
            ("host", host) => self.host = host.to_owned(),
            ("query", more) => {
                let (name, value) = more.split_once('=').unwrap();
                self.query.insert(0, (name.to_owned(), value.to_owned()));
            }
            ("flip", name) => {
                let value = self.parameter(name);
                let other = if value.as_bytes()[20] == b'A' { "B" } else { "A" };
                value.replace_range(20..21, other);
            }
            ("drop", name) => {
                self.parameter(name);
                self.query.retain(|(known, _)| known != name);
            }
            ("set", pair) => {
                let (name, value) = pair.split_once('=').unwrap();
                value.clone_into(self.parameter(name));
            }
            ("policy", name) => {
                let policy = all(name.strip_prefix("of ").unwrap()).parameter("Policy").clone();
                *self.parameter("Policy") = policy;
            }
            ("cookies", "") => self.cookies = self.take(),
            ("cookies", name) => self.cookies = all(name.strip_prefix("of ").unwrap()).take(),
            _ => panic!("{step}"),
        }
    }

    fn request(&self) -> Request {
        let pairs = |all: &[(String, String)], before: &str, between: &str| {
            let all = all.iter().map(|(name, value)| format!("{before}{name}={value}"));
            all.collect::<Vec<_>>().join(between)
        };
        let query = pairs(&self.query, "", "&");
        let mark = if query.is_empty() { "" } else { "?" };
        let mut fields = format!("Host: {}", self.host);
        if !self.cookies.is_empty() {
            fields = format!("{fields}\nCookie: {}", pairs(&self.cookies, "CloudFront-", "; "));
        }
        let request = request_with(Method::Get, &format!("{}{mark}{query}", self.path), &fields);
        Request { scheme: self.scheme, ..request }
    }
}

/// What the engine said: `served`, or why not.
fn verdict(events: &[Event]) -> (String, Option<Signed>) {
    for event in events {
        match &event.what {
            What::Decided(Decision::SignatureHeld(signed)) => {
                return ("served".into(), Some(signed.clone()));
            }
            What::Decided(Decision::Refused(Refusal::NotSigned(why))) => {
                let name = format!("{why:?}");
                return (name.split([' ', '{']).next().unwrap().to_owned(), None);
            }
            _ => {}
        }
    }
    ("nothing of it".into(), None)
}

#[test]
fn sig_02_03_06_to_11_22_30_to_45_50_to_54_what_botocore_signs_gets_the_verdict_of_its_line() {
    let Some(python) = python() else { return };
    let epoch = edgewalk::simulation::built_in_scenario().epoch_unix;
    let lines = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cases: Vec<Case> = lines.map(|line| Case::read(line, epoch)).collect();
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let (key, urls) = signed(&python, &cases);
    let all = |name: &str| {
        let place = cases.iter().position(|case| case.name == name);
        Sent::of(&urls[place.unwrap_or_else(|| panic!("there is no case {name:?}"))])
    };
    let setting = Setting {
        path: "PublicKey.PublicKeyConfig.EncodedKey".to_owned(),
        value: Some(Json::text(&key)),
    };
    let scenario = base::scenario(base::configured(&[], &setting).unwrap());
    for (case, url) in cases.iter().zip(&urls) {
        let mut sent = Sent::of(url);
        case.way.iter().for_each(|step| sent.change(step, &all));
        let mut run = Run::new(scenario.clone()).unwrap();
        if sent.wait_secs > 0 {
            act(&mut run, wait(sent.wait_secs));
        }
        let events = act(&mut run, ask("paris", sent.request()));
        let (said, held) = verdict(&events);
        assert_eq!(said, case.verdict, "{}: {url}", case.name);
        let (x_cache, response) = last_shown(run.journal());
        let is_served = case.verdict == "served";
        let expected =
            if is_served { (200, "Miss from cloudfront") } else { (403, "Error from cloudfront") };
        assert_eq!((response.status.0, &*x_cache), expected, "{}", case.name);
        // A refusal asks nobody (SIG-30).
        let is_asked = events.iter().any(|event| matches!(event.what, What::Reached { .. }));
        assert_eq!(is_asked, is_served, "{}", case.name);
        let by = if sent.cookies.is_empty() { Carrier::Url } else { Carrier::Cookies };
        let is_custom = case.resource.is_some();
        let expected = is_served.then(|| Signed {
            by,
            key_id: "K2VIZTESTRSA01".into(),
            is_custom,
            until_unix: case.until,
        });
        assert_eq!(held, expected, "{}", case.name);
    }
}
