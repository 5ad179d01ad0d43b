//! Where two walks part.

use std::fmt;

use edgewalk::json::{Json, Path};
use edgewalk::scene::logs::OwnLog;
use edgewalk::simulation::{Event, Place, Run};

/// The instant of an event.
const AT: &str = "at";

/// What is merely a setting's copy within an event: that it is another one proves nothing of the setting but that it was read.
const COPIES: [(&str, &str); 2] = [("BehaviorMatched", "policy"), ("Stored", "lifetime.bounds")];

/// The first event of two walks that is not the same.
#[derive(Debug)]
pub(crate) struct Difference {
    /// `Refused at POP`, of each of the walks.
    names: [String; 2],
    /// What differs, by its path within the event, in the order of the event's members.
    differing: Vec<String>,
}

impl Difference {
    /// Whether it is what a line says: `Stored at REC / FailedOver at REC`, or `Reached at origin: leg`. What happened at
    /// another instant has to be told so.
    pub(crate) fn is_as_told(&self, told: &str) -> bool {
        let (names, place) = told.split_once(": ").unwrap_or((told, ""));
        if names != self.shown_names() {
            return false;
        }
        let is_told = |found: &String| {
            let rest = found.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let is_late = self.differing.iter().any(|found| found == AT);
        let is_other = self.names[0] != self.names[1];
        is_other == place.is_empty()
            && (is_other || self.differing.iter().any(is_told))
            && (place == AT) == is_late
    }

    fn shown_names(&self) -> String {
        let [first, second] = &self.names;
        if first == second { first.clone() } else { format!("{first} / {second}") }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown_names())?;
        if self.names[0] == self.names[1] {
            write!(f, ": {}", self.differing.join(", "))?;
        }
        Ok(())
    }
}

/// Where the journals of two walks part, or else their logs.
pub(crate) fn first_difference(one: &Run, other: &Run) -> Option<Difference> {
    let events = [one, other].map(|run| run.journal().events());
    let differs = |(a, b): &(&Event, &Event)| a != b && (name(a) != name(b) || bare(a) != bare(b));
    if let Some((a, b)) = events[0].iter().zip(events[1]).find(differs) {
        return Some(of_events(a, b));
    }
    let shorter = events[0].len().min(events[1].len());
    if events[0].len() != events[1].len() {
        let names = events.map(|events| events.get(shorter).map_or_else(|| "nothing".into(), name));
        return Some(Difference { names, differing: Vec::new() });
    }
    of_logs(one, other)
}

fn of_events(a: &Event, b: &Event) -> Difference {
    let names = [name(a), name(b)];
    let mut differing = Vec::new();
    if names[0] == names[1] {
        let [a, b] = [a, b].map(bare);
        let instant = |json: &Json| json.member(AT).cloned();
        if instant(&a) != instant(&b) {
            differing.push(AT.to_owned());
        }
        collect(&content(&a), &content(&b), &Path::default(), &mut differing);
    }
    Difference { names, differing }
}

fn as_json(event: &Event) -> Json {
    Json::parse(&serde_json::to_string(event).unwrap()).unwrap()
}

/// An event without what is merely a setting's copy.
fn bare(event: &Event) -> Json {
    let mut json = as_json(event);
    for (name, copy) in COPIES {
        let within: Path = format!("what.Decided.{name}.{copy}").parse().unwrap();
        let _ = json.remove(&within); // most events have none
    }
    json
}

/// `Refused at POP`.
fn name(event: &Event) -> String {
    let place = match event.place {
        Place::Control => "you",
        Place::Viewer(_) => "viewer",
        Place::Dns(_) => "DNS",
        Place::Pop(_) => "POP",
        Place::Rec(_) => "REC",
        Place::Origin(_) => "origin",
    };
    format!("{} at {place}", variant(&as_json(event)).0)
}

/// The name of what happened, and what it holds: a decision is named by itself.
fn variant(event: &Json) -> (String, Json) {
    let mut what = event.member("what").cloned().unwrap_or(Json::Null);
    if let Some(decision) = what.member("Decided") {
        what = decision.clone();
    }
    match &what {
        Json::Object(members) => members[0].clone(),
        other => (other.as_text().unwrap_or_default().to_owned(), Json::Null),
    }
}

fn content(event: &Json) -> Json {
    variant(event).1
}

/// The places in which two values differ.
fn collect(a: &Json, b: &Json, path: &Path, differing: &mut Vec<String>) {
    if a == b {
        return;
    }
    if let (Some(a), Some(b)) = (fields(a), fields(b)) {
        return of_fields(&a, &b, path, differing);
    }
    match (a, b) {
        (Json::Object(one), Json::Object(other)) => {
            let names = one.iter().chain(other).map(|(name, _)| name);
            let mut seen: Vec<&String> = Vec::new();
            for name in names {
                if !seen.contains(&name) {
                    seen.push(name);
                    let value = |json: &Json| json.member(name).cloned().unwrap_or(Json::Null);
                    collect(&value(a), &value(b), &path.member(name), differing);
                }
            }
        }
        (Json::List(one), Json::List(other)) if one.len() == other.len() => {
            for (place, (a, b)) in one.iter().zip(other).enumerate() {
                collect(a, b, &path.item(place), differing);
            }
        }
        _ if path.parts().is_empty() => differing.push("itself".to_owned()),
        _ => differing.push(path.to_string()),
    }
}

/// The fields of a message, if that is what a value is.
fn fields(json: &Json) -> Option<Vec<(String, String)>> {
    let Json::List(items) = json else { return None };
    let field = |item: &Json| {
        let [name, value] = ["name", "value"].map(|part| item.member(part).and_then(Json::as_text));
        (item.members().len() == 2).then_some(())?;
        Some((name?.to_owned(), value?.to_owned()))
    };
    items.iter().map(field).collect()
}

fn of_fields(
    a: &[(String, String)],
    b: &[(String, String)],
    path: &Path,
    differing: &mut Vec<String>,
) {
    let values = |fields: &[(String, String)], name: &str| -> Vec<String> {
        let same = fields.iter().filter(|(known, _)| known == name);
        same.map(|(_, value)| value.clone()).collect()
    };
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in a.iter().chain(b) {
        if !names.contains(&name) && values(a, name) != values(b, name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        differing.push(format!("{path} in another order"));
    }
    differing.extend(names.into_iter().map(|name| format!("{path}.{name}")));
}

/// Where the logs of two walks part that are the same otherwise.
fn of_logs(one: &Run, other: &Run) -> Option<Difference> {
    let logs = [one, other].map(|run| OwnLog::of(run, run.journal().len()));
    let [a, b] = &logs;
    let differing = if a.files().len() != b.files().len() {
        "files".to_owned()
    } else if a.files().iter().map(|file| &file.key).ne(b.files().iter().map(|file| &file.key)) {
        "key".to_owned()
    } else {
        let lines = |log: &OwnLog| -> Vec<String> {
            log.files()
                .iter()
                .flat_map(|file| file.text.lines().map(String::from).collect::<Vec<_>>())
                .collect()
        };
        let (a, b) = (lines(a), lines(b));
        let (a_line, b_line) = a.iter().zip(&b).find(|(a, b)| a != b)?;
        let names = a.iter().find_map(|line| line.strip_prefix("#Fields: "))?;
        let values = a_line.split('\t').zip(b_line.split('\t'));
        names.split(' ').zip(values).find(|(_, (a, b))| a != b)?.0.to_owned()
    };
    let names = ["Log".to_owned(), "Log".to_owned()];
    Some(Difference { names, differing: vec![differing] })
}
