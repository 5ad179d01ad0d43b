//! A Walk as a file: JSON with `"edgewalk": 1`.
//!
//! ```json
//! { "edgewalk": 1, "title": "First visit", "summary": "A miss all the way.", "scenario": "shop.1",
//!   "actions": [
//!     ["wait", "60"],
//!     { "do": ["GET", "paris", "/img/hero.jpg"], "say": { "pop-looks": "Nobody has asked here yet." } }
//!   ],
//!   "step": "7" }
//! ```
//!
//! A walk through a configuration of somebody's own has that in place of a scenario, and version 2: the document as it was
//! opened, with what was given beside it, and what the origins hold unless that is an example for each behavior.
//!
//! ```json
//! { "edgewalk": 2,
//!   "configuration": { "DistributionConfig": {}, "DomainName": "d111111abcdef8.cloudfront.net", "Region": "us-east-1" },
//!   "objects": ["/index.html", ["/img/a.png", "image/png", "2048"]],
//!   "actions": [["GET", "paris", "/img/a.png"]] }
//! ```

use super::configurations::{Configurations, no_configuration};
use super::start::Beginning;
use super::{FormError, Name, Spot, Start, StepAt, not, objects, words};
use crate::distribution::Configuration;
use crate::json::Json;
use crate::origin::Given;
use crate::simulation::lesson::{Act, STEP_NAMES, Sentence};
use crate::simulation::{Lesson, Run, Walk};

/// What a Walk file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkFile {
    /// The walk with what is told of it.
    pub lesson: Lesson,
    /// Where the playhead stood, if it is to stand there again.
    pub step: Option<StepAt>,
}

/// The longest texts, in characters.
const LONGEST_TITLE: usize = 120;
const LONGEST_SENTENCE: usize = 600;

impl WalkFile {
    /// The largest file that is read, in bytes: far more than ten thousand ordinary actions need, and twice what an import
    /// may have, since a file is set in lines.
    pub const LARGEST_BYTES: usize = 16_000_000;

    /// So many values are read, so that whatever is opened takes a bounded amount of memory.
    const MOST_VALUES: usize = 2_000_000;

    /// Whether a file of so many bytes is read.
    pub const fn check_size(given: usize) -> Result<(), FormError> {
        let limit = Self::LARGEST_BYTES;
        if given > limit { Err(FormError::TooLarge { given, limit }) } else { Ok(()) }
    }

    /// What a run would be written as.
    pub fn of(run: &Run, step: Option<StepAt>) -> Result<Self, FormError> {
        let start = Start::of(&run.walk().scenario)?;
        let told = run.told();
        let sentences = |index: usize| {
            let lesson = run.lesson().filter(|_| index < told);
            lesson.map(|lesson| lesson.acts[index].sentences.clone()).unwrap_or_default()
        };
        let act = |(index, timed): (usize, &crate::simulation::TimedAction)| Act {
            action: timed.action.clone(),
            sentences: sentences(index),
        };
        let text = |of: fn(&Lesson) -> &String| {
            run.lesson().map_or_else(String::new, |lesson| of(lesson).clone())
        };
        let lesson = Lesson {
            name: None,
            title: text(|lesson| &lesson.title),
            summary: text(|lesson| &lesson.summary),
            start,
            acts: run.walk().actions.iter().enumerate().map(act).collect(),
        };
        Ok(Self { lesson, step })
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let Lesson { title, summary, start, acts, .. } = &self.lesson;
        let text = |text: &str| Json::Text(text.to_owned());
        let mut members = vec![("edgewalk".to_owned(), Json::Whole(start.version().into()))];
        let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
        for (name, value) in [("title", title), ("summary", summary)] {
            if !value.is_empty() {
                add(name, text(value));
            }
        }
        match &start.from {
            Beginning::BuiltIn(name) => add("scenario", Json::Text(name.to_string())),
            Beginning::Own(own) => {
                add("configuration", own.configuration.to_stored());
                if !own.objects.is_empty() {
                    add("objects", Json::List(own.objects.iter().map(object_json).collect()));
                }
            }
        }
        if let Some(seed) = start.seed {
            add("seed", Json::Text(seed.to_string()));
        }
        let act = |act: &Act| {
            let done = Json::List(words::write(&act.action).into_iter().map(Json::Text).collect());
            if act.sentences.is_empty() {
                return done;
            }
            let say = act.sentences.iter().map(|say| (say.step.to_owned(), text(&say.text)));
            let say = Json::Object(say.collect());
            Json::Object(vec![("do".to_owned(), done), ("say".to_owned(), say)])
        };
        add("actions", Json::List(acts.iter().map(act).collect()));
        if let Some(step) = self.step {
            add("step", Json::Text(step.to_string()));
        }
        Json::Object(members).write()
    }

    /// Reads a file. Whether the World takes its actions shows when it is opened.
    pub fn read(text: &str) -> Result<Self, FormError> {
        Self::read_by(text, Configuration::from_stored)
    }

    /// As [`WalkFile::read`], for those that bring no configuration along; so it needs no reader of them.
    pub fn read_plain(text: &str) -> Result<Self, FormError> {
        Self::read_by(text, no_configuration)
    }

    fn read_by(text: &str, configurations: Configurations) -> Result<Self, FormError> {
        Self::check_size(text.len())?;
        let json = Json::parse_at_most(text, Self::MOST_VALUES)?;
        version(&json)?;
        let known = [
            "edgewalk",
            "title",
            "summary",
            "scenario",
            "configuration",
            "objects",
            "seed",
            "actions",
            "step",
        ];
        let members = members(&json, "", &known)?;
        let optional = |name: &str| members.iter().rev().find(|(known, _)| known == name);
        let string =
            |name: &str, most| optional(name).map(|(_, json)| plain(json, name, most)).transpose();
        let title = string("title", LONGEST_TITLE)?.unwrap_or_default().to_owned();
        let summary = string("summary", LONGEST_SENTENCE)?.unwrap_or_default().to_owned();
        let scenario = string("scenario", LONGEST_TITLE)?;
        let objects = optional("objects").map_or(Ok(Vec::new()), |(_, json)| objects_of(json))?;
        let from = match (optional("configuration"), scenario) {
            (Some((_, configuration)), None) => {
                Start::own("configuration", configurations(configuration), objects)?
            }
            (Some(_), Some(name)) => {
                let rule = "a walk starts from a scenario or from a configuration, and here is one";
                return Err(FormError::field("scenario", not(rule, name)));
            }
            (None, _) if !objects.is_empty() => {
                let rule = "a scenario has its own objects; these belong to a configuration";
                return Err(FormError::field("objects", rule));
            }
            (None, name) => Start::built_in(name)?,
        };
        let start = Start::with_seed(from, string("seed", LONGEST_TITLE)?)?;
        let step = string("step", LONGEST_TITLE)?
            .map(|text| StepAt::read(text).map_err(|rule| FormError::field("step", rule)));
        let actions = match optional("actions") {
            Some((_, Json::List(list))) => list,
            Some((_, other)) => return Err(mistyped("actions", "a list", other)),
            None => return Err(FormError::field("actions", "a Walk file has its actions here")),
        };
        if actions.len() > Walk::MOST_ACTIONS {
            return Err(FormError::TooManyActions {
                path: "actions".to_owned(),
                given: actions.len(),
            });
        }
        let acts = actions.iter().enumerate().map(|(index, json)| act(json, index, configurations));
        let acts = acts.collect::<Result<Vec<_>, _>>()?;
        let step = step.transpose()?;
        Ok(Self { lesson: Lesson { name: None, title, summary, start, acts }, step })
    }

    /// The same as one that the page brings along.
    pub(in crate::simulation) fn named(mut self, name: Name) -> Lesson {
        self.lesson.name = Some(name);
        self.lesson
    }
}

/// Looked at first: what a newer version calls its members is not known.
fn version(json: &Json) -> Result<(), FormError> {
    const PATH: &str = "edgewalk";
    let found = json.member(PATH);
    let number = match found {
        Some(Json::Whole(number)) => u64::try_from(*number).ok(),
        _ => None,
    };
    super::version(PATH, number, || {
        let given = found.map_or_else(|| "missing".to_owned(), Json::shown);
        format!("a Walk file has the number of its version here, such as 1; it is {given}")
    })
}

/// What the origins hold: each a path, or its few words.
fn objects_of(json: &Json) -> Result<Vec<Given>, FormError> {
    const PATH: &str = "objects";
    let Json::List(list) = json else { return Err(mistyped(PATH, "a list", json)) };
    objects::check_number(list.len(), PATH)?;
    let object = |(index, json): (usize, &Json)| {
        let path = format!("{PATH}[{index}]");
        let words = match json {
            Json::Text(text) => vec![text.clone()],
            json => strings(json, &path)?,
        };
        objects::read(&words, Spot::File(&path))
    };
    list.iter().enumerate().map(object).collect()
}

fn object_json(given: &Given) -> Json {
    let mut words = objects::write(given);
    match words.pop() {
        Some(path) if words.is_empty() => Json::Text(path),
        last => Json::List(words.into_iter().chain(last).map(Json::Text).collect()),
    }
}

fn act(json: &Json, index: usize, configurations: Configurations) -> Result<Act, FormError> {
    let path = format!("actions[{index}]");
    let (done, at, say) = if matches!(json, Json::List(_)) {
        (json, path, None)
    } else {
        members(json, &path, &["do", "say"])?;
        let inner = format!("{path}.do");
        let missing = || FormError::field(&inner, "an action says here what is done");
        let done = json.member("do").ok_or_else(missing)?;
        (done, inner, json.member("say").map(|say| (say, format!("{path}.say"))))
    };
    let action = words::read(&strings(done, &at)?, configurations)
        .map_err(|fault| fault.at(Spot::File(&at)))?;
    let sentences = say.map(|(say, path)| sentences(say, &path)).transpose()?.unwrap_or_default();
    Ok(Act { action, sentences })
}

/// A list of strings.
fn strings(json: &Json, path: &str) -> Result<Vec<String>, FormError> {
    let Json::List(list) = json else { return Err(mistyped(path, "a list of strings", json)) };
    let string = |(word, json): (usize, &Json)| match json {
        Json::Text(text) => Ok(text.clone()),
        other => Err(mistyped(&format!("{path}[{word}]"), "a string", other)),
    };
    list.iter().enumerate().map(string).collect()
}

fn sentences(json: &Json, path: &str) -> Result<Vec<Sentence>, FormError> {
    let sentence = |(name, value): &(String, Json)| {
        let step = STEP_NAMES.into_iter().find(|step| step == name);
        let step = step.ok_or_else(|| {
            let rule = format!("a step is one of {}", STEP_NAMES.join(", "));
            FormError::field(path, not(&rule, name))
        })?;
        let text = plain(value, &format!("{path}.{name}"), LONGEST_SENTENCE)?.to_owned();
        Ok(Sentence { step, text })
    };
    members(json, path, &STEP_NAMES)?.iter().map(sentence).collect()
}

/// The members of an object, which knows no others and each once.
fn members<'j>(
    json: &'j Json,
    path: &str,
    known: &[&str],
) -> Result<&'j [(String, Json)], FormError> {
    let Json::Object(members) = json else {
        return Err(mistyped(path_or_file(path), "an object", json));
    };
    for (index, (name, _)) in members.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let rule = format!("the members here are {}", known.join(", "));
            return Err(FormError::field(path_or_file(path), not(&rule, name)));
        }
        if members[..index].iter().any(|(other, _)| other == name) {
            return Err(FormError::field(path_or_file(path), format!("{name} stands here twice")));
        }
    }
    Ok(members)
}

const fn path_or_file(path: &str) -> &str {
    if path.is_empty() { "the file" } else { path }
}

/// A string of at most so many characters.
fn plain<'j>(json: &'j Json, path: &str, most: usize) -> Result<&'j str, FormError> {
    let Json::Text(text) = json else { return Err(mistyped(path, "a string", json)) };
    let given = text.chars().count();
    if given > most {
        let rule = format!("this has at most {most} characters, not {given}");
        return Err(FormError::field(path, rule));
    }
    Ok(text)
}

fn mistyped(path: &str, wanted: &str, json: &Json) -> FormError {
    FormError::field(path, format!("this must be {wanted}, not {}", json.shown()))
}
