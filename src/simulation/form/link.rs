//! A Walk as the fragment of a link: `#walk=second-visit&do=wait:60,GET:paris:/app.js&step=14`.
//!
//! A walk that the page brings along goes by its name, and only what was done beside it is written out. What is left
//! unsaid: version 1 of the form, the shop as the scenario, all of the walk's own actions, the playhead at the first step,
//! the view of the walk. A configuration of somebody's own is written out whole, and what its origins hold:
//! `#v=2&own=?~DistributionConfig~=..&objects=/index.html,/img/a.png:image/png:2048`.

use std::sync::Arc;

use super::configurations::{CONFIGURING, Configurations, no_configuration};
use super::start::Beginning;
use super::{FormError, Name, Spot, Start, StepAt, escape, not, objects, whole, words};
use crate::distribution::Configuration;
use crate::simulation::lesson::timed;
use crate::simulation::{Action, Lesson, Run, Walk, lessons};

/// What the page shows of a walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The walk itself.
    #[default]
    Walk,
    /// What CloudFront is.
    About,
    /// The distribution in its console.
    Distribution,
    /// The access logs.
    Logs,
}

impl View {
    /// What a link says is shown, whatever else it says; the walk where it says nothing that is known.
    pub fn of_link(text: &str) -> Self {
        let said = text.split('&').find_map(|part| part.strip_prefix("view="));
        said.and_then(|word| shown(word).ok()).unwrap_or_default()
    }

    const ALL: [Self; 4] = [Self::Walk, Self::About, Self::Distribution, Self::Logs];

    const fn word(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::About => "about",
            Self::Distribution => "distribution",
            Self::Logs => "logs",
        }
    }
}

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// A walk that the page brings along, and how many of its actions are taken.
    pub lesson: Option<(Arc<Lesson>, usize)>,
    /// What the walk starts from.
    pub start: Start,
    /// What was done beside it.
    pub own: Vec<Action>,
    /// Where the playhead stands; none for the first step.
    pub step: Option<StepAt>,
    /// What is shown.
    pub view: View,
}

/// The words that a link knows.
const KNOWN: [&str; 10] =
    ["v", "walk", "keep", "scenario", "own", "objects", "seed", "do", "step", "view"];

impl Link {
    /// A link that is longer is not passed on: chats and mails break it. A file goes instead.
    pub const LONGEST_CHARS: usize = 2_000;

    /// The same of a link that holds a configuration, which no shorter one could.
    pub const LONGEST_OWN_CHARS: usize = 8_000;

    /// How long this link may be, in characters, to be passed on.
    pub fn most_chars(&self) -> usize {
        let is_own = matches!(self.start.from, Beginning::Own(_));
        let configures =
            |action: &Action| matches!(action, Action::Configure(_) | Action::Deploy(_));
        if is_own || self.own.iter().any(configures) {
            Self::LONGEST_OWN_CHARS
        } else {
            Self::LONGEST_CHARS
        }
    }

    /// The link to a run.
    pub fn of(run: &Run, step: Option<StepAt>, view: View) -> Result<Self, FormError> {
        let start = Start::of(&run.walk().scenario)?;
        let named = run.lesson().filter(|lesson| lesson.name.is_some() && lesson.start == start);
        let lesson = named.map(|lesson| (Arc::clone(lesson), run.told()));
        let taken = lesson.as_ref().map_or(0, |(_, taken)| *taken);
        let own = run.walk().actions.iter().skip(taken).map(|timed| timed.action.clone()).collect();
        Ok(Self { lesson, start, own, step, view })
    }

    /// Whether it says nothing: the page as it opens by itself.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The walk that it means.
    pub fn walk(&self) -> Walk {
        let taken = self.lesson.iter().flat_map(|(lesson, taken)| &lesson.acts[..*taken]);
        let actions = taken.map(|act| &act.action).chain(&self.own).map(timed).collect();
        Walk { scenario: self.start.scenario(), actions }
    }

    /// The fragment, without `#`.
    pub fn write(&self) -> String {
        let mut link = String::new();
        let mut add = |name: &str, value: &str| {
            link.push_str(if link.is_empty() { "" } else { "&" });
            link.push_str(name);
            link.push('=');
            link.push_str(value);
        };
        if self.view != View::Walk {
            add("view", self.view.word());
        }
        if let Some((lesson, taken)) = &self.lesson {
            add("walk", &lesson.name.map(Name::short).unwrap_or_default());
            if *taken < lesson.acts.len() {
                add("keep", &taken.to_string());
            }
        } else {
            match &self.start.from {
                from if *from == Start::default().from => {}
                Beginning::BuiltIn(name) => add("scenario", &name.short()),
                Beginning::Own(own) => {
                    add("v", &self.start.version().to_string());
                    add("own", &written(std::iter::once(vec![own.configuration.stored()])));
                    if !own.objects.is_empty() {
                        add("objects", &written(own.objects.iter().map(objects::write)));
                    }
                }
            }
            if let Some(seed) = self.start.seed {
                add("seed", &seed.to_string());
            }
        }
        if !self.own.is_empty() {
            add("do", &written(self.own.iter().map(words::write)));
        }
        if let Some(step) = self.step {
            add("step", &step.to_string());
        }
        link
    }

    /// Reads a fragment, with or without `#`. Whether the World takes its actions, and whether there is such a step, shows
    /// when it is opened.
    pub fn read(fragment: &str) -> Result<Self, FormError> {
        Self::read_by(fragment, Configuration::from_stored)
    }

    /// Whether [`Link::read_plain`] will not do.
    pub fn brings_configuration(fragment: &str) -> bool {
        let configures = |action: &str| {
            let first = action.split(':').next().unwrap_or_default();
            CONFIGURING.contains(&first)
        };
        let mut parts = fragment.strip_prefix('#').unwrap_or(fragment).split('&');
        parts.any(|part| match part.split_once('=') {
            Some(("own", _)) => true,
            Some(("do", done)) => done.split(',').any(configures),
            _ => false,
        })
    }

    /// As [`Link::read`], for those that bring no configuration along; so it needs no reader of them.
    pub fn read_plain(fragment: &str) -> Result<Self, FormError> {
        Self::read_by(fragment, no_configuration)
    }

    fn read_by(fragment: &str, configurations: Configurations) -> Result<Self, FormError> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut said = [None; KNOWN.len()];
        let mut stranger = None;
        for part in fragment.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match KNOWN.iter().position(|known| *known == name) {
                None => stranger = stranger.or(Some(name)),
                Some(at) if said[at].is_some() => {
                    return Err(FormError::field("the link", format!("{name} stands here twice")));
                }
                Some(at) => said[at] = Some(value),
            }
        }
        let [of, walk, keep, scenario, own_start, held, seed, done, step, view] = said;
        // First, since what a newer version calls its parts is not known.
        if let Some(text) = of {
            let rule = || not("a link has the number of its version here, such as 1", text);
            super::version("v", whole(text), rule)?;
        }
        if let Some(stranger) = stranger {
            let rule = format!("its parts are {}", KNOWN.join(", "));
            return Err(FormError::field("the link", not(&rule, stranger)));
        }
        let own = done.map_or(Ok(Vec::new()), |done| actions(done, configurations))?;
        let step =
            step.map(|text| StepAt::read(text).map_err(|rule| FormError::field("the step", rule)));
        let (step, view) = (step.transpose()?, view.map_or(Ok(View::Walk), shown)?);
        let Some(name) = walk else {
            if let Some(keep) = keep {
                return Err(FormError::field("keep", not("this belongs to a walk", keep)));
            }
            let start =
                Start::with_seed(beginning(scenario, own_start, held, configurations)?, seed)?;
            return Ok(Self { lesson: None, start, own, step, view });
        };
        if let Some(other) = scenario.or(own_start).or(held).or(seed) {
            let rule = "a walk has its own scenario and seed";
            return Err(FormError::field("the walk", not(rule, other)));
        }
        let lesson = lessons::find(name, "the walk")?;
        let all = lesson.acts.len();
        let taken = keep.map_or(Some(all), |text| {
            whole(text).and_then(|keep| usize::try_from(keep).ok()).filter(|keep| *keep <= all)
        });
        let taken = taken.ok_or_else(|| {
            let rule = format!("this walk has {all} actions to keep");
            FormError::field("keep", not(&rule, keep.unwrap_or_default()))
        })?;
        let start = lesson.start.clone();
        Ok(Self { lesson: Some((lesson, taken)), start, own, step, view })
    }
}

/// What a walk without a name starts from.
fn beginning(
    scenario: Option<&str>,
    own: Option<&str>,
    held: Option<&str>,
    configurations: Configurations,
) -> Result<Beginning, FormError> {
    let Some(own) = own else {
        if let Some(held) = held {
            let rule = "a scenario has its own objects; these belong to a configuration";
            return Err(FormError::field("objects", not(rule, held)));
        }
        return Start::built_in(scenario);
    };
    if let Some(scenario) = scenario {
        let rule = "a walk starts from a scenario or from a configuration of its own";
        return Err(FormError::field("scenario", not(rule, scenario)));
    }
    let text = escape::read(own).map_err(|rule| FormError::field("own", rule))?;
    let configuration = Configuration::parsed(&text).and_then(|json| configurations(&json));
    let mut objects = Vec::new();
    for (index, words) in held.into_iter().flat_map(|held| held.split(',')).enumerate() {
        objects::check_number(index + 1, "objects")?;
        let spot = Spot::Link { thing: "object", index };
        objects.push(objects::read(&unescaped(words, spot)?, spot)?);
    }
    Start::own("own", configuration, objects)
}

fn shown(text: &str) -> Result<View, FormError> {
    let found = View::ALL.into_iter().find(|view| view.word() == text);
    found.ok_or_else(|| {
        FormError::field("view", not("this must be walk, about, distribution or logs", text))
    })
}

/// Several things in a row, each in a few words: a comma between two, a colon between their words.
fn written(all: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::new();
    for (index, words) in all.enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        for (index, word) in words.iter().enumerate() {
            text.push_str(if index > 0 { ":" } else { "" });
            escape::push(word, &mut text);
        }
    }
    text
}

/// The words of one thing, which stands at `spot`.
fn unescaped(escaped: &str, spot: Spot<'_>) -> Result<Vec<String>, FormError> {
    let word = |(word, escaped): (usize, &str)| {
        let refused = |rule| FormError::field(&spot.word(word), rule);
        escape::read(escaped).map_err(refused)
    };
    escaped.split(':').enumerate().map(word).collect()
}

fn actions(text: &str, configurations: Configurations) -> Result<Vec<Action>, FormError> {
    let given = text.bytes().filter(|byte| *byte == b',').count() + 1;
    if given > Walk::MOST_ACTIONS {
        return Err(FormError::TooManyActions { path: "the link".to_owned(), given });
    }
    let read = |(index, action): (usize, &str)| {
        let spot = Spot::Link { thing: "action", index };
        words::read(&unescaped(action, spot)?, configurations).map_err(|fault| fault.at(spot))
    };
    text.split(',').enumerate().map(read).collect()
}
