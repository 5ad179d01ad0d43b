//! The rules of a web ACL as lines: one a rule, in the order in which they are asked (VSEC-21).
//!
//! `block country DE FR`, `block path /admin`, `allow path-is /open.js`, `count path-ends .php`, `block rate 100`,
//! `block addresses NAME`. What cannot be said so stays as it is, by its name: `rule NAME`.

use super::beside::of_sort;
use super::lines::LineFault;
use crate::distribution::Draft;
use crate::distribution::aws::{self, Sort};
use crate::http::base64;
use crate::json::Json;

/// How a rule is typed.
pub(super) const HELP: &str = "One a line, the first that matches decides: block country FR DE; block path /admin, or path-is, path-ends, path-has; block rate 100, or rate 100 in SECS; block addresses NAME; allow, count, captcha and challenge likewise";

const ACTIONS: [(&str, &str); 5] = [
    ("block", "Block"),
    ("allow", "Allow"),
    ("count", "Count"),
    ("captcha", "Captcha"),
    ("challenge", "Challenge"),
];

const PLACES: [(&str, &str); 4] = [
    ("path", "STARTS_WITH"),
    ("path-is", "EXACTLY"),
    ("path-ends", "ENDS_WITH"),
    ("path-has", "CONTAINS"),
];

/// Over so many seconds a rate is counted where nothing else is said (IM-14).
const WINDOW_SECS: i64 = 300;

/// The rules as lines, by priority.
pub(super) fn lines(rules: &[Json], draft: &Draft) -> String {
    let priority = |rule: &Json| match rule.member("Priority") {
        Some(Json::Whole(priority)) => *priority,
        _ => i64::MAX,
    };
    let mut sorted: Vec<&Json> = Vec::new();
    for rule in rules {
        let at = sorted.iter().position(|other| priority(other) > priority(rule));
        sorted.insert(at.unwrap_or(sorted.len()), rule);
    }
    let line = |rule: &&Json| {
        let name = rule.member("Name").and_then(Json::as_text).unwrap_or_default();
        match line(rule, draft) {
            Some(line) => line,
            // What was typed and is no rule stands as it was typed.
            None if rule.member("Statement").is_none() => name.to_owned(),
            None => format!("rule {name}"),
        }
    };
    sorted.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines as rules; of those that only name one, it is taken from `before`.
pub(super) fn rules(text: &str, before: &[Json], draft: &Draft) -> Vec<Json> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let rule = |(place, line): (usize, &str)| {
        let priority = i64::try_from(place).unwrap_or(i64::MAX);
        let is_it = |rule: &&Json| match line.strip_prefix("rule ") {
            Some(name) => rule.member("Name").and_then(Json::as_text) == Some(name),
            None => self::line(rule, draft).as_deref() == Some(line),
        };
        if let Some(known) = before.iter().find(is_it) {
            let mut known = known.clone();
            if let Json::Object(members) = &mut known {
                for (name, value) in members {
                    if name == "Priority" {
                        *value = Json::Whole(priority);
                    }
                }
            }
            return known;
        }
        made(line, priority, draft)
    };
    let mut rules: Vec<Json> = lines.enumerate().map(rule).collect();
    tell_apart(&mut rules);
    rules
}

/// Gives the second of two rules with one name another one: a web ACL has no two.
fn tell_apart(rules: &mut [Json]) {
    for place in 1..rules.len() {
        let (before, behind) = rules.split_at_mut(place);
        let Some(rule) = behind.first_mut() else { continue };
        let name = rule.member("Name").and_then(Json::as_text).unwrap_or_default().to_owned();
        let is_taken = |name: &str| {
            before.iter().any(|it| it.member("Name").and_then(Json::as_text) == Some(name))
        };
        // What was typed and is no rule stands as it was typed.
        if !is_taken(&name) || rule.member("Statement").is_none() {
            continue;
        }
        let free = (2..=rules_at_most(place)).map(|number| format!("{name}-{number}"));
        if let (Some(free), Json::Object(members)) =
            (free.into_iter().find(|it| !is_taken(it)), rule)
            && let Some((_, value)) = members.iter_mut().find(|(known, _)| known == "Name")
        {
            *value = Json::text(&free);
        }
    }
}

/// Among so many numbers one is free behind this many rules.
const fn rules_at_most(before: usize) -> usize {
    before + 2
}

/// A rule as a line, if one says all of it.
fn line(rule: &Json, draft: &Draft) -> Option<String> {
    let [(action, how)] = rule.member("Action")?.members() else { return None };
    let (action, _) = ACTIONS.iter().find(|(_, name)| name == action)?;
    let [(sort, statement)] = rule.member("Statement")?.members() else { return None };
    if !how.members().is_empty() {
        return None;
    }
    let text = |name: &str| statement.member(name).and_then(Json::as_text);
    let what = match sort.as_str() {
        "GeoMatchStatement" => {
            let codes = statement.member("CountryCodes")?.items();
            let codes: Vec<&str> = codes.iter().filter_map(Json::as_text).collect();
            format!("country {}", codes.join(" "))
        }
        "ByteMatchStatement" => {
            let (word, _) =
                PLACES.iter().find(|(_, name)| text("PositionalConstraint") == Some(name))?;
            let bytes = base64::decode(text("SearchString")?)?;
            format!("{word} {}", String::from_utf8(bytes).ok()?)
        }
        "RateBasedStatement" => {
            let Json::Whole(limit) = statement.member("Limit")? else { return None };
            let window = statement.member("EvaluationWindowSec");
            match window {
                Some(Json::Whole(WINDOW_SECS)) => format!("rate {limit}"),
                Some(Json::Whole(secs)) => format!("rate {limit} in {secs}"),
                _ => return None,
            }
        }
        "IPSetReferenceStatement" => {
            let arn = text("ARN")?;
            let mut sets = of_sort(draft, Sort::IpSet);
            format!("addresses {}", sets.find(|(_, _, id)| *id == arn)?.1)
        }
        _ => return None,
    };
    let line = format!("{action} {what}");
    // A line that would be read otherwise says too little.
    let Json::Whole(priority) = rule.member("Priority")? else { return None };
    let again = made(&line, *priority, draft);
    (again.member("Statement") == rule.member("Statement")).then_some(line)
}

/// What is wrong with the lines that are no rules.
pub(super) fn faults(rules: &[Json], draft: &Draft) -> Vec<LineFault> {
    let told = |(place, rule): (usize, &Json)| {
        let line = rule.member("Name").and_then(Json::as_text).unwrap_or_default();
        let why = read(line, draft).err().filter(|_| rule.member("Statement").is_none())?;
        Some(LineFault { place, line: line.to_owned(), why, row: "VSEC-21" })
    };
    rules.iter().enumerate().filter_map(told).collect()
}

/// A rule from a line; one that says nothing is a rule without action and statement, which AWS does not take.
fn made(line: &str, priority: i64, draft: &Draft) -> Json {
    let (text, empty) = (Json::text, || Json::object([]));
    let Ok((action, sort, statement)) = read(line, draft) else {
        return Json::object([("Name", text(line)), ("Priority", Json::Whole(priority))]);
    };
    let name: String =
        line.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Json::object([
        ("Name", text(&name)),
        ("Priority", Json::Whole(priority)),
        ("Action", Json::object([(action, empty())])),
        ("Statement", Json::object([(sort, statement)])),
    ])
}

/// What a line says: the action, the sort of its statement, and the statement; or why it is no rule.
fn read(line: &str, draft: &Draft) -> Result<(&'static str, &'static str, Json), &'static str> {
    let (action, rest) = line.split_once(' ').unwrap_or((line, ""));
    if action == "rule" {
        return Err("this web ACL had no rule of that name");
    }
    let (_, action) = ACTIONS
        .into_iter()
        .find(|(word, _)| *word == action)
        .ok_or("a rule begins with block, allow, count, captcha or challenge")?;
    let (what, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let rest = rest.trim();
    let (text, empty) = (Json::text, || Json::object([]));
    let (sort, statement) = match what {
        "country" => {
            let codes = rest.split([' ', ',']).filter(|code| !code.is_empty());
            let codes: Vec<String> = codes.map(str::to_ascii_uppercase).collect();
            if codes.is_empty() || !codes.iter().all(|code| aws::is_country(code)) {
                return Err("behind country stand codes of two letters, as in FR DE");
            }
            let codes = Json::texts(codes.iter().map(String::as_str));
            ("GeoMatchStatement", Json::object([("CountryCodes", codes)]))
        }
        "rate" => {
            let rate = rate(rest).ok_or(
                "behind rate stands a whole number of requests, and in SECS where that is not 300: rate 100 in 60",
            )?;
            ("RateBasedStatement", rate)
        }
        "addresses" => {
            let (_, _, arn) = of_sort(draft, Sort::IpSet)
                .find(|(_, name, _)| *name == rest)
                .ok_or("behind addresses stands the name of an address set in Security")?;
            ("IPSetReferenceStatement", Json::object([("ARN", text(arn))]))
        }
        word => {
            let (_, place) = PLACES.into_iter().find(|(known, _)| *known == word).ok_or(
                "behind the first word stands country, path, path-is, path-ends, path-has, rate or addresses",
            )?;
            if rest.is_empty() {
                return Err("behind it stands a part of a path, as in /admin");
            }
            if rest.contains('*') {
                return Err(
                    "there is no wildcard: path /img/ means all below it, path-ends and path-has do the rest",
                );
            }
            let plain = Json::object([("Priority", Json::Whole(0)), ("Type", text("NONE"))]);
            let members = [
                ("SearchString", text(&base64::encode(rest.as_bytes()))),
                ("FieldToMatch", Json::object([("UriPath", empty())])),
                ("TextTransformations", Json::List(vec![plain])),
                ("PositionalConstraint", text(place)),
            ];
            ("ByteMatchStatement", Json::object(members))
        }
    };
    Ok((action, sort, statement))
}

/// `100`, or `100 in 60`.
fn rate(text: &str) -> Option<Json> {
    let (limit, window) = match text.split_once(" in ") {
        Some((limit, window)) => (limit, window.parse().ok()?),
        None => (text, WINDOW_SECS),
    };
    Some(Json::object([
        ("Limit", Json::Whole(limit.trim().parse().ok()?)),
        ("EvaluationWindowSec", Json::Whole(window)),
        ("AggregateKeyType", Json::text("IP")),
    ]))
}
