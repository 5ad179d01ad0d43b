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

use super::{FormError, Name, Start, StepAt, VERSION, not, words};
use crate::json::Json;
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
    /// The largest file that is read, in bytes: far more than ten thousand ordinary actions need.
    pub const LARGEST_BYTES: usize = 8_000_000;

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
        let mut members = vec![("edgewalk".to_owned(), Json::Whole(i64::from(VERSION)))];
        let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
        for (name, value) in [("title", title), ("summary", summary)] {
            if !value.is_empty() {
                add(name, text(value));
            }
        }
        add("scenario", Json::Text(start.scenario.to_string()));
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
        if text.len() > Self::LARGEST_BYTES {
            return Err(FormError::TooLarge { given: text.len(), limit: Self::LARGEST_BYTES });
        }
        let json = Json::parse(text)?;
        version(&json)?;
        let known = ["edgewalk", "title", "summary", "scenario", "seed", "actions", "step"];
        let members = members(&json, "", &known)?;
        let optional = |name: &str| members.iter().rev().find(|(known, _)| known == name);
        let string =
            |name: &str, most| optional(name).map(|(_, json)| plain(json, name, most)).transpose();
        let title = string("title", LONGEST_TITLE)?.unwrap_or_default().to_owned();
        let summary = string("summary", LONGEST_SENTENCE)?.unwrap_or_default().to_owned();
        let start =
            Start::read(string("scenario", LONGEST_TITLE)?, string("seed", LONGEST_TITLE)?)?;
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
        let acts = actions.iter().enumerate().map(|(index, json)| act(json, index));
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
    match json.member(PATH) {
        Some(Json::Whole(1)) => Ok(()),
        Some(Json::Whole(given)) if *given > i64::from(VERSION) => Err(FormError::Newer {
            path: PATH.to_owned(),
            given: given.to_string(),
            known: VERSION,
        }),
        other => {
            let given = other.map_or_else(|| "missing".to_owned(), Json::shown);
            let rule =
                format!("a Walk file has the number of its version here, such as 1; it is {given}");
            Err(FormError::field(PATH, rule))
        }
    }
}

fn act(json: &Json, index: usize) -> Result<Act, FormError> {
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
    let Json::List(list) = done else { return Err(mistyped(&at, "a list of strings", done)) };
    let mut all = Vec::with_capacity(list.len());
    for (word, json) in list.iter().enumerate() {
        let Json::Text(text) = json else {
            return Err(mistyped(&format!("{at}[{word}]"), "a string", json));
        };
        all.push(text.clone());
    }
    let action = words::read(&all)
        .map_err(|fault| FormError::field(&format!("{at}[{}]", fault.word), fault.rule))?;
    let sentences = say.map(|(say, path)| sentences(say, &path)).transpose()?.unwrap_or_default();
    Ok(Act { action, sentences })
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
