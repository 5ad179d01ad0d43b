//! Opening a walk, by its name, by a link or by a file, and what is said of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::form;
use super::message::Message;
use crate::app::composer::{ComposerState, Form, use_composer};
use crate::app::later::{Later, NOT_FETCHED, use_later};
use crate::app::sheet::Sheet;
use crate::app::state::{WalkState, use_walk};
use crate::simulation::{FormError, Lesson, Link, Run, StepAt, View, Walk};

/// The walks, and what is said of them.
#[derive(Clone, Copy)]
pub struct LessonsState(StoredValue<Parts>);

#[derive(Clone, Copy)]
struct Parts {
    walk: WalkState,
    composer: ComposerState,
    later: Later,
    /// Counts what was asked to be opened: what comes late gives way.
    asked: StoredValue<u32>,
    view: RwSignal<View>,
    message: RwSignal<Option<Message>>,
    opened: RwSignal<u32>,
    picker: Sheet,
    about: Sheet,
}

pub(super) fn provide_lessons() -> LessonsState {
    let state = LessonsState(StoredValue::new(Parts {
        walk: use_walk(),
        composer: use_composer(),
        later: use_later(),
        asked: StoredValue::new(0),
        view: RwSignal::new(View::Walk),
        message: RwSignal::new(None),
        opened: RwSignal::new(0),
        picker: Sheet::default(),
        about: Sheet::default(),
    }));
    provide_context(state);
    state
}

/// The lessons in context.
pub fn use_lessons() -> LessonsState {
    expect_context()
}

impl LessonsState {
    /// The walk with its playhead.
    pub(super) fn walk(self) -> WalkState {
        self.0.with_value(|parts| parts.walk)
    }

    /// What is said.
    pub(super) fn message(self) -> RwSignal<Option<Message>> {
        self.0.with_value(|parts| parts.message)
    }

    /// Counts the walks that a person opened: each has an entry of its own in the browser's history.
    pub(super) fn opened(self) -> RwSignal<u32> {
        self.0.with_value(|parts| parts.opened)
    }

    /// The list of walks.
    pub(super) fn picker(self) -> Sheet {
        self.0.with_value(|parts| parts.picker)
    }

    /// The first page.
    pub(super) fn about(self) -> Sheet {
        self.0.with_value(|parts| parts.about)
    }

    fn shown(self) -> RwSignal<View> {
        self.0.with_value(|parts| parts.view)
    }

    /// The number and title of the walk in view, where it has one.
    pub fn title(self) -> Option<(Option<usize>, String)> {
        self.walk().with_run(|run| {
            let lesson = run.lesson().filter(|lesson| !lesson.title.is_empty())?;
            let number = crate::simulation::lessons::all().position(|other| other == lesson);
            Some((number.map(|index| index + 1), lesson.title.clone()))
        })
    }

    /// What is shown beside the walk.
    pub fn view(self) -> View {
        self.shown().get()
    }

    /// Shows what CloudFront is, or the walk again.
    pub fn show(self, view: View) {
        if self.shown().get_untracked() != view {
            self.shown().set(view);
        }
    }

    /// Opens one of the walks that the page brings along, at its first step.
    pub fn open_lesson(self, lesson: &Arc<Lesson>) {
        drop(self.asked());
        self.opened_by_hand(self.open(&lesson.walk(), Some(Arc::clone(lesson)), None));
    }

    /// Opens what a Walk file holds.
    pub fn open_file(self, text: String) {
        let is_wanted = self.asked();
        self.0.with_value(|parts| parts.later).read_file(text, move |read| {
            if !is_wanted() {
                return;
            }
            let Some(read) = read else {
                return self.complain("This file cannot be opened", &NOT_FETCHED);
            };
            self.opened_by_hand(read.and_then(|file| {
                let walk = file.lesson.walk();
                self.open(&walk, Some(Arc::new(file.lesson)), file.step)
            }));
        });
    }

    /// Opens what a link says. The walk that is open already only moves to the link's step.
    pub(super) fn open_link(self, text: &str) {
        let is_wanted = self.asked();
        if !Link::brings_configuration(text) {
            return self.follow(Link::read_plain(text));
        }
        let later = self.0.with_value(|parts| parts.later);
        later.read_link(text.to_owned(), move |read| match read {
            _ if !is_wanted() => {}
            Some(read) => self.follow(read),
            None => self.complain("This link cannot be opened", &NOT_FETCHED),
        });
    }

    /// Something is to be opened; tells later whether nothing else was asked for, and nothing done, since.
    fn asked(self) -> impl Fn() -> bool + 'static {
        let asked = self.0.with_value(|parts| parts.asked);
        let now = move || (asked.get_value(), self.walk().with_run_untracked(Run::revision));
        asked.update_value(|count| *count = count.wrapping_add(1));
        let then = now();
        move || now() == then
    }

    fn follow(self, link: Result<Link, FormError>) {
        let outcome = link.and_then(|link| {
            let is_same = self.link().is_ok_and(|now| {
                now.lesson == link.lesson && now.start == link.start && now.own == link.own
            });
            if is_same {
                let steps = untrack(|| self.walk().steps());
                let playhead = steps.playhead_at(link.step)?;
                self.walk().command(crate::scene::PlaybackCommand::Seek(playhead));
            } else {
                let lesson = link.lesson.as_ref().map(|(lesson, _)| Arc::clone(lesson));
                self.open(&link.walk(), lesson, link.step)?;
            }
            self.show(link.view);
            Ok(())
        });
        match outcome {
            Ok(()) => self.message().set(None),
            Err(error) => self.complain("This link cannot be opened", &error),
        }
    }

    fn opened_by_hand(self, outcome: Result<(), FormError>) {
        match outcome {
            Ok(()) => {
                self.message().set(None);
                self.show(View::Walk);
                self.opened().update(|count| *count += 1);
            }
            Err(error) => self.complain("This file cannot be opened", &error),
        }
    }

    fn open(
        self,
        walk: &Walk,
        lesson: Option<Arc<Lesson>>,
        at: Option<StepAt>,
    ) -> Result<(), FormError> {
        self.walk().open(walk, lesson, at)?;
        if let Some(form) = form::of(walk) {
            self.fill(form);
        }
        Ok(())
    }

    /// Makes a request ready to be sent.
    pub(crate) fn fill(self, form: Form) {
        let composer = self.0.with_value(|parts| parts.composer);
        composer.update(|model| {
            model.bad.clear();
            model.form = form;
        });
    }

    /// The link to this very step.
    pub(super) fn link(self) -> Result<Link, FormError> {
        let (steps, playhead) = untrack(|| (self.walk().steps(), self.walk().playhead()));
        let view = self.shown().get_untracked();
        self.walk().with_run_untracked(|run: &Run| Link::of(run, steps.at(playhead), view))
    }

    /// Says that something went wrong; the walk stays as it is.
    pub(super) fn complain(self, what: &str, error: &dyn std::fmt::Display) {
        let mut error = error.to_string();
        // A field's own name stays as it is written.
        let first = error.split(' ').next().unwrap_or_default();
        if !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
            error[..1].make_ascii_uppercase();
        }
        self.message().set(Some(Message::error([what, ". ", &error, "."].concat())));
    }

    /// Says that something was done.
    pub(super) fn say(self, text: String) {
        self.message().set(Some(Message::done(text)));
    }
}
