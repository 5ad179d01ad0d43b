//! No figure on the screen is made up: each number in what is told of a step of a generated walk stands in the journal up
//! to that step, as it is or as a span between two instants, or in the row of docs/reference that is named here with it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use common::{get, invalidate, send, wait};
use edgewalk::http::Method;
use edgewalk::network::{City, latency};
use edgewalk::scene::{Scene, Steps, Told, units};
use edgewalk::simulation::{Action, Event, Run};
use serde_json::Value;

/// Numbers of rules, each with the row that holds it.
const OF_THE_REFERENCE: [(&str, &str); 12] = [
    ("1.3", "TLS-54"),
    ("8,192", "LIM-01"),
    ("32,768", "LIM-02"),
    ("1,000", "CMP-01"),
    ("10,000,000", "CMP-01"),
    ("200", "CMP-01"),
    ("403", "CMP-01"),
    ("404", "CMP-01"),
    ("201", "INV-41"),
    ("1,000", "INV-46"),
    ("304", "REV-05"),
    ("5", "INV-36"),
];

/// A number with the unit that follows it, as `1.2 ms`; alone as `1,000`.
type Figure = String;

const UNITS: [&str; 8] = ["ms", "s", "min", "h", "d", "B", "KB", "MB"];

/// The figures of a text. Digits that belong to a name, as in `us-east-1`, `REC-05` or `RFC 9111`, are none.
fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut words = text.split([' ', '\u{a0}', '(', ')', '"']).peekable();
    let mut before = "";
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches(['.', ',', ':', ';', '!', '?']);
        // max-age=86,400 and the like: the figure stands behind the sign.
        let bare = bare.rsplit_once('=').map_or(bare, |(_, value)| value).trim_start_matches("US$");
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
        if is_number && before != "RFC" {
            let ends = word.ends_with([',', ';', ':', '!', '?']);
            let next = words.peek().map(|next| next.trim_end_matches(['.', ',', ':', ';', '!']));
            match next.filter(|next| !ends && UNITS.contains(next)) {
                Some(unit) => found.push(format!("{bare} {unit}")),
                None => found.push(bare.to_owned()),
            }
        }
        before = word;
    }
    found
}

/// What a journal allows to be said so far.
#[derive(Default)]
struct Said {
    figures: BTreeSet<Figure>,
    instants: BTreeSet<u64>,
}

impl Said {
    fn take(&mut self, event: &Event) {
        self.value("", &serde_json::to_value(event).unwrap());
        self.instants.extend(instants(event));
    }

    /// A value by the name of its field: the name says what a number counts.
    fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Number(number) => {
                if let Some(number) = number.as_u64() {
                    self.number(name, number);
                }
            }
            Value::String(text) => {
                let runs = text.split(|c: char| !c.is_ascii_digit());
                for number in runs.filter_map(|digits| digits.parse().ok()) {
                    self.number("", number);
                }
            }
            Value::Array(values) => {
                // How many there are, of what is told by their number.
                self.figures.insert(units::grouped(values.len() as u64));
                for value in values {
                    self.value(name, value);
                }
            }
            Value::Object(fields) => {
                // A Duration as serde writes it.
                if let [Some(secs), Some(nanos)] =
                    ["secs", "nanos"].map(|name| fields.get(name).and_then(Value::as_u64))
                {
                    let span = Duration::new(secs, u32::try_from(nanos).unwrap());
                    self.say(&[units::ms(span), units::span(secs)]);
                    return;
                }
                for (name, value) in fields {
                    self.value(name, value);
                }
            }
            _ => {}
        }
    }

    /// A number as it may be written: alone, and with the unit that its field's name gives.
    fn number(&mut self, name: &str, number: u64) {
        self.say(&[number.to_string(), units::grouped(number)]);
        let is_ttl = ["secs", "min", "default", "max"].contains(&name) || name.ends_with("_secs");
        if is_ttl {
            let grouped = format!("{} s", units::grouped(number));
            self.say(&[grouped, format!("{number} s"), units::span(number)]);
        }
        let counts_bytes = ["length", "content_length", "PopCapacity"].contains(&name);
        if counts_bytes || name.ends_with("bytes") {
            self.say(&[units::bytes(number)]);
        }
    }

    fn say(&mut self, texts: &[String]) {
        self.figures.extend(texts.iter().flat_map(|text| figures(text)));
    }

    /// The spans between the instants of a step and all before.
    fn spans(&self, events: &[Event]) -> BTreeSet<Figure> {
        let mut spans = BTreeSet::new();
        for here in events.iter().flat_map(instants) {
            for there in &self.instants {
                let span = Duration::from_micros(here.abs_diff(*there));
                let secs = span.as_secs();
                for text in
                    [units::ms(span), units::span(secs), format!("{} s", units::grouped(secs))]
                {
                    spans.extend(figures(&text));
                }
            }
        }
        spans
    }
}

/// The instants that an event names, in microseconds.
fn instants(event: &Event) -> Vec<u64> {
    let mut found = Vec::new();
    collect(&serde_json::to_value(event).unwrap(), &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<u64>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_u64() {
                    Some(at) if name == "at" || name.ends_with("_at") => found.push(at),
                    _ => collect(value, found),
                }
            }
        }
        Value::Array(values) => {
            for value in values {
                collect(value, found);
            }
        }
        _ => {}
    }
}

/// All that is said of a step but its fields and its key, which are the message's own.
fn texts(told: &Told) -> Vec<String> {
    let mut texts = vec![told.title.clone()];
    texts.extend(told.say.clone());
    texts.extend(told.remarks.iter().flat_map(|remark| [remark.text.clone(), remark.more.clone()]));
    for reason in &told.why {
        texts.push(reason.text.clone());
        texts.extend(reason.setting.clone());
    }
    if let Some(lifetime) = &told.lifetime {
        texts.push(lifetime.spoken());
        texts.extend(lifetime.left.clone());
    }
    if let Some(key) = &told.key {
        texts.extend(key.left_out.iter().map(|left_out| left_out.line.clone()));
    }
    texts
}

fn runs() -> Vec<Run> {
    let paris = City::find("paris").unwrap();
    let mut runs = vec![common::run([
        get("paris", "/index.html"),
        get("london", "/index.html"),
        wait(90_000),
        get("london", "/index.html"),
        Action::SetPopCapacity { bytes: 500_000 },
        get("paris", "/img/hero.jpg"),
        get("paris", "/img/sale.jpg"),
        Action::SetSameRegion { on: true, city: paris },
        get("paris", "/feed.xml"),
        invalidate("/img/*"),
        send("paris", Method::Post, "/api/orders"),
        get("paris", "/nothing"),
    ])];
    runs.extend((0..40).map(common::run_walk));
    runs
}

/// The figures of the model, which stand in src/network: shown on request, as the ground rules have it.
fn of_the_model() -> BTreeSet<Figure> {
    [
        units::grouped(latency::FIBRE_KM_PER_SEC as u64),
        units::decimal(latency::PATH_STRETCH),
        units::ms(latency::EQUIPMENT),
        units::ms(latency::LAST_MILE),
        units::span(edgewalk::network::VIEWER_KEEP_ALIVE.as_secs()),
    ]
    .into_iter()
    .map(|figure| common::plain(&figure))
    .collect()
}

#[test]
fn every_number_in_the_words_stands_in_the_journal_or_in_the_reference() {
    let mut allowed = of_the_model();
    allowed.extend(OF_THE_REFERENCE.iter().map(|(figure, _)| (*figure).to_owned()));
    let (mut count, mut wrong) = (0, BTreeSet::new());
    for run in runs() {
        let mut said = Said::default();
        let mut scene = Scene::new(&run.walk().scenario);
        for step in Steps::of(run.journal()).all() {
            let events = &run.journal().events()[step.start..step.end];
            for event in events {
                said.take(event);
                scene.take(event);
            }
            let spans = said.spans(events);
            for text in texts(&Told::of(&scene, step, events)) {
                for figure in figures(&text) {
                    count += 1;
                    let is_known = said.figures.contains(&figure)
                        || spans.contains(&figure)
                        || allowed.contains(&figure);
                    if !is_known {
                        wrong.insert(format!("{figure}: {text}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 3_000, "{count}");
}

#[test]
fn what_is_taken_for_a_number_of_a_rule_stands_in_its_row() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
    let files = ["caching.md", "distribution.md", "security-logs-edge.md"];
    let all: String = files.map(|file| fs::read_to_string(folder.join(file)).unwrap()).concat();
    for (figure, row) in OF_THE_REFERENCE {
        let line = all.lines().find(|line| line.starts_with(&format!("| {row} |")));
        let line = line.unwrap_or_else(|| panic!("{row} is no row"));
        assert!(line.contains(figure), "{figure} is not in {line}");
    }
}

#[test]
fn figures_are_read_with_their_units_and_names_are_none() {
    let read = figures(
        "max-age=86,400 at us-east-1 (REC-05), RFC 9111: 1\u{a0}d\u{a0}2\u{a0}h, then 1.5 ms. 304.",
    );
    assert_eq!(read, ["86,400", "1 d", "2 h", "1.5 ms", "304"]);
}
