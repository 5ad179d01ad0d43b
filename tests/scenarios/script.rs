//! Reads a story: head comment, settings, then actions with what is expected of each.

use std::fmt;
use std::time::Duration;

use edgewalk::distribution::PathPattern;
use edgewalk::edge::{Batch, Item};
use edgewalk::http::{Fields, Method, Request, Status, Target};
use edgewalk::network::{Access, City, Region, Resolver};
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Scenario};

use crate::settings::Settings;

/// A story as it was read.
#[derive(Debug)]
pub(crate) struct Script {
    pub scenario: Scenario,
    /// Whether each event says how long after its action's start it came.
    pub times: bool,
    pub steps: Vec<Step>,
}

/// One action with the lines under it.
#[derive(Debug)]
pub(crate) struct Step {
    pub action: Action,
    /// The number of the line below its last one.
    pub below: usize,
    pub expected: Vec<Expected>,
}

/// One line of what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub line: usize,
    /// An event as [`crate::print`] writes it; `...` stands for any number of events.
    pub text: String,
    /// The row ids behind it, with their brackets; empty where it asserts none.
    pub rows: String,
}

pub(crate) const ELIDED: &str = "...";

/// What is wrong with a story: which line, what stands there, which rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ScriptError {
    pub file: String,
    pub line: usize,
    pub given: String,
    pub rule: String,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}, not {:?}", self.file, self.line, self.rule, self.given)
    }
}

/// Reads a story; `file` is its name in errors.
pub(crate) fn read(file: &str, text: &str) -> Result<Script, ScriptError> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(index + 1, line).map_err(|rule| ScriptError {
            file: file.to_owned(),
            line: index + 1,
            given: line.to_owned(),
            rule,
        })?;
    }
    let error = |rule: &str| ScriptError {
        file: file.to_owned(),
        line: text.lines().count(),
        given: "the end".to_owned(),
        rule: rule.to_owned(),
    };
    if !text.starts_with("# ") {
        return Err(error("a story begins with a comment that tells it"));
    }
    reader.finish(&error)
}

#[derive(Default)]
struct Reader {
    settings: Settings,
    /// The words of each action, its fields and what is expected.
    steps: Vec<Draft>,
}

struct Draft {
    line: usize,
    words: String,
    fields: String,
    below: usize,
    expected: Vec<Expected>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("> ") {
            let words = words.trim().to_owned();
            let (fields, below) = (String::new(), number + 1);
            self.steps.push(Draft { line: number, words, fields, below, expected: Vec::new() });
            return Ok(());
        }
        let Some(step) = self.steps.last_mut() else { return self.settings.line(line) };
        if let Some(field) = line.strip_prefix("    ") {
            if !step.expected.is_empty() {
                return Err("fields stand above what is expected".into());
            }
            Fields::parse(field).map_err(|_| "a field is a name, a colon and a value")?;
            step.fields.push_str(field);
            step.fields.push('\n');
        } else if let Some(text) = line.strip_prefix("  ") {
            step.expected.push(expected(number, text.trim_end())?);
        } else {
            return Err("a line begins with `#`, with `> ` for an action, with two blanks for an event, or with four for a field".into());
        }
        step.below = number + 1;
        Ok(())
    }

    fn finish(self, error: &dyn Fn(&str) -> ScriptError) -> Result<Script, ScriptError> {
        if self.steps.is_empty() {
            return Err(error("a story has an action"));
        }
        let mut steps = Vec::new();
        for draft in self.steps {
            let action = action(&draft.words, &draft.fields).map_err(|rule| ScriptError {
                line: draft.line,
                given: draft.words.clone(),
                ..error(&rule)
            })?;
            steps.push(Step { action, below: draft.below, expected: draft.expected });
        }
        Ok(Script { scenario: self.settings.scenario, times: self.settings.times, steps })
    }
}

/// An expected line: text, then perhaps `[TTL-09, REC-01]`.
fn expected(line: usize, text: &str) -> Result<Expected, String> {
    let (text, rows) = match text.rfind(" [").filter(|_| text.ends_with(']')) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let rows = rows.trim();
    let ids = rows.trim_matches(['[', ']']).split(", ");
    let is_id = |id: &str| {
        let number = id.rsplit_once('-');
        number.is_some_and(|(family, number)| {
            !family.is_empty()
                && family.bytes().all(|byte| byte.is_ascii_uppercase())
                && number.len() == 2
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    if !rows.is_empty() && !ids.clone().all(is_id) {
        return Err("rows are ids as TTL-09, parted by a comma and a blank".into());
    }
    let text = text.trim_end().to_owned();
    if text == ELIDED && !rows.is_empty() {
        return Err("what is left out asserts no row".into());
    }
    Ok(Expected { line, text, rows: rows.to_owned() })
}

/// Seconds, written `61 s`.
pub(crate) fn secs(text: &str) -> Result<u64, String> {
    let number = text.strip_suffix(" s").and_then(|number| number.parse().ok());
    number.ok_or_else(|| "a time is whole seconds as `61 s`".into())
}

pub(crate) fn region(code: &str) -> Result<Region, String> {
    Region::find(code).map_err(|_| "a Region is a code of the table as `eu-central-1`".into())
}

pub(crate) fn on(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("a switch is `on` or `off`".into()),
    }
}

fn city(text: &str) -> Result<City, String> {
    City::find(text).map_err(|_| "a viewer is in a city of the table as `frankfurt`".into())
}

fn action(words: &str, fields: &str) -> Result<Action, String> {
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    if !fields.is_empty() && !is_request(words) {
        return Err("only a request has fields".into());
    }
    let said = |error: &dyn fmt::Display| error.to_string();
    Ok(match verb {
        "wait" => Action::Wait { span: Duration::from_secs(secs(rest)?) },
        "publish" => Action::Publish { path: rest.to_owned() },
        "invalidate" => {
            let items = rest.split(' ').map(Item::new).collect::<Result<_, _>>();
            let batch = items.and_then(|items| Batch::new(items, None));
            Action::Invalidate(batch.map_err(|error| said(&error))?)
        }
        "origin" => {
            let (id, health) = rest.split_once(' ').unwrap_or((rest, ""));
            Action::SetHealth { origin_id: id.to_owned(), health: self::health(health)? }
        }
        "empty" => Action::StartEmpty { on: on(rest)? },
        "dynamic" => {
            let (pattern, switch) = rest.split_once(' ').unwrap_or((rest, ""));
            Action::SetDynamic { pattern: PathPattern::new(pattern), on: on(switch)? }
        }
        "same-region" => {
            let (place, switch) = rest.split_once(' ').unwrap_or((rest, ""));
            Action::SetSameRegion { city: city(place)?, on: on(switch)? }
        }
        "network" => {
            let access = Access::ALL.into_iter().find(|access| access.word() == rest);
            Action::SetAccess { access: access.ok_or("a network is ipv4, ipv6 or ipv6-tunnel")? }
        }
        "resolver" => {
            let resolver = Resolver::ALL.into_iter().find(|resolver| resolver.word() == rest);
            Action::SetResolver { resolver: resolver.ok_or("a resolver is provider, far-ecs or far")? }
        }
        "move-origins" => Action::SetOriginRegion { region: region(rest)? },
        _ if is_request(words) => requests(words, fields)?,
        _ => return Err("an action is a request as `frankfurt GET /app.js`, or wait, publish, invalidate, origin, empty, dynamic, same-region, network, resolver or move-origins".into()),
    })
}

fn is_request(words: &str) -> bool {
    let method = words.rsplit(' ').nth(1);
    method.is_some_and(|method| method.parse::<Method>().is_ok())
}

/// `frankfurt GET /app.js`; several viewers, parted by commas, send at the same instant.
fn requests(words: &str, fields: &str) -> Result<Action, String> {
    let mut parts = words.rsplitn(3, ' ');
    let mut next = || parts.next().ok_or("a request is cities, a method and a path");
    let (target, method, cities) = (next()?, next()?, next()?);
    let target = Target::parse(target).map_err(|error| error.to_string())?;
    let method = method.parse::<Method>().map_err(|error| error.to_string())?;
    let fields = Fields::parse(fields).map_err(|error| error.to_string())?;
    let content_length = fields.get("Content-Length").map_or(Ok(0), str::parse);
    let content_length = content_length
        .map_err(|_| "a Content-Length is the content's bytes as `Content-Length: 5`")?;
    let request = Request { content_length, ..Request::new(method, target, fields.into()) };
    let cities = cities.split(", ").map(city).collect::<Result<Vec<_>, _>>()?;
    Ok(match cities[..] {
        [city] => Action::Send { city, request: request.into() },
        _ => Action::SendTogether {
            requests: cities.into_iter().map(|city| (city, request.clone().into())).collect(),
        },
    })
}

fn health(text: &str) -> Result<Health, String> {
    Ok(match text {
        "up" => Health::Up,
        "silent" => Health::Silent,
        "down" => Health::Refuses,
        "unreachable" => Health::Unreachable,
        "breaks-off" => Health::BreaksOff,
        _ => match text.split_once(' ') {
            Some(("failing", status)) => Health::Failing(Status(
                status.parse().map_err(|_| "an origin fails with a status as `failing 500`")?,
            )),
            Some(("slow", by)) => Health::Slow { secs: secs(by)? },
            _ => return Err("an origin is up, down, silent, unreachable, breaks-off, `failing 500` or `slow 3 s`".into()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_story_is_refused_by_file_line_and_rule() {
        const ACTIONS: &str = "# Told.\n\n> paris GET /a\n";
        let table = [
            ("min-ttl: 60 s", "1: a story begins with a comment"),
            ("# Told.\nmin-ttl: soon", "2: a time is whole seconds"),
            ("# Told.\nmid-ttl: 60 s", "2: a setting is one of"),
            ("# Told.\nshield: mars-1", "2: a Region is"),
            ("# Told.\nobject: /nowhere Vary: X", "2: an object is"),
            ("# Told.\n", "1: a story has an action"),
            ("# Told.\n> paris FETCH /a", "2: an action is"),
            ("# Told.\n> atlantis GET /a", "2: a viewer is in a city"),
            ("# Told.\n> wait 61", "2: a time is whole seconds"),
            ("# Told.\n> origin shop-api ill", "2: an origin is up"),
            ("# Told.\n> dynamic /api/* perhaps", "2: a switch is"),
            ("# Told.\n> invalidate x", "2: "),
            ("# Told.\n> wait 61 s\n    A: b", "2: only a request has fields"),
            (&format!("{ACTIONS}    no field"), "4: a field is"),
            (&format!("{ACTIONS}    Content-Length: long"), "3: a Content-Length is"),
            (&format!("{ACTIONS}  CDG looks: absent\n    A: b"), "5: fields stand above"),
            (&format!("{ACTIONS} CDG looks"), "4: a line begins with"),
            (&format!("{ACTIONS}  CDG looks [TTL-9]"), "4: rows are ids"),
            (&format!("{ACTIONS}  ... [TTL-09]"), "4: what is left out asserts no row"),
        ];
        for (text, expected) in table {
            let Err(error) = read("a.txt", text) else { panic!("{text:?} was read") };
            let message = error.to_string();
            assert!(message.starts_with(&format!("a.txt:{expected}")), "{text:?}: {message}");
        }
    }

    #[test]
    fn a_line_has_its_text_and_its_rows() {
        let line = expected(7, "CDG looks: absent   [TTL-09, REC-01]").unwrap();
        assert_eq!(
            (line.text.as_str(), line.rows.as_str()),
            ("CDG looks: absent", "[TTL-09, REC-01]")
        );
    }
}
