//! The composer's state: the form, what is wrong with it, and what the last action came to.

use leptos::prelude::*;

use super::form::{BadField, Form, FormField};
use super::said;
use crate::app::dom;
use crate::app::prefs::Preferences;
use crate::app::state::WalkState;
use crate::edge::InvalidationPath;
use crate::http::Method;
use crate::http::curl::Pasted;
use crate::network::City;
use crate::simulation::Action;

/// The controls that an action can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// "Send request".
    Send,
    /// "Origin Region".
    OriginRegion,
    /// "Method".
    Method,
    /// "Use this command".
    Paste,
    /// "Start with empty caches".
    StartEmpty,
    /// "Dynamic request".
    Dynamic,
    /// "Proxy method".
    ProxyMethod,
    /// "S3 in the same Region".
    SameRegion,
    /// "Invalidate".
    Invalidate,
    /// "Wait".
    Wait,
    /// "Publish a new version".
    Publish,
    /// "POP capacity".
    Capacity,
}

/// What is said beside a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Beside which one.
    pub control: Control,
    /// A sentence.
    pub text: String,
    /// Whether the control was refused.
    pub is_refusal: bool,
    /// How long the walk was then: it is not said of any other.
    actions: usize,
}

/// The form and what belongs to it.
#[derive(Clone, Copy)]
pub struct ComposerState {
    walk: WalkState,
    preferences: Preferences,
    form: RwSignal<Form>,
    bad: RwSignal<Vec<BadField>>,
    invalidation: RwSignal<String>,
    notice: RwSignal<Option<Notice>>,
    is_open: RwSignal<bool>,
    city: Memo<Option<City>>,
    path: Memo<String>,
}

/// Puts the composer's state into context.
pub fn provide_composer(walk: WalkState, preferences: Preferences) -> ComposerState {
    let form = RwSignal::new(Form::default());
    let state = ComposerState {
        walk,
        preferences,
        form,
        bad: RwSignal::new(Vec::new()),
        invalidation: RwSignal::new("/img/*".to_owned()),
        notice: RwSignal::new(None),
        is_open: RwSignal::new(false),
        city: Memo::new(move |_| form.with(|form| City::find(&form.city).ok())),
        path: Memo::new(move |_| form.with(|form| form.path.clone())),
    };
    provide_context(state);
    state
}

/// The composer's state in context.
pub fn use_composer() -> ComposerState {
    expect_context()
}

impl ComposerState {
    /// Where the next request comes from; none while no city of that name is known.
    pub fn city(self) -> Signal<Option<City>> {
        self.city.into()
    }

    /// The path of the next request, as typed.
    pub fn path(self) -> Signal<String> {
        self.path.into()
    }

    /// What is typed in.
    pub fn form(self) -> Signal<Form> {
        self.form.into()
    }

    /// The method of the next request: a setting of the walk at the playhead.
    pub fn method(self) -> Signal<Method> {
        let scene = self.walk.scene();
        Signal::derive(move || scene.with(|scene| scene.settings.method))
    }

    /// The path to invalidate, as typed.
    pub fn invalidation(self) -> RwSignal<String> {
        self.invalidation
    }

    /// Whether the composer is open where it takes a whole small screen.
    pub fn is_open(self) -> RwSignal<bool> {
        self.is_open
    }

    /// What is wrong with a field, as a sentence.
    pub fn fault(self, field: FormField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.bad.with(|bad| {
                let bad = bad.iter().find(|bad| bad.field == field)?;
                Some(said::sentence(&bad.fault))
            })
        })
    }

    /// What is said beside a control, as long as it is true of the walk.
    pub fn notice(self, control: Control) -> Signal<Option<Notice>> {
        Signal::derive(move || {
            let actions = self.walk.with_run(|run| run.walk().actions.len());
            self.notice
                .get()
                .filter(|notice| notice.control == control && notice.actions == actions)
        })
    }

    /// Takes a text as typed. One that is longer than the field takes at all is refused: the field is told so and what
    /// was there stays. Returns whether the text was taken.
    pub fn edit(self, field: FormField, text: String) -> bool {
        if text.len() > field.limit() {
            let mut tried = self.form.get_untracked();
            tried.put(field, text);
            self.set_fault(field, &tried);
            return false;
        }
        self.bad.update(|bad| bad.retain(|bad| bad.field != field));
        self.form.update(|form| form.put(field, text));
        true
    }

    fn set_fault(self, field: FormField, form: &Form) {
        let fault = form.check(field);
        self.bad.update(|bad| {
            bad.retain(|bad| bad.field != field);
            bad.extend(fault.map(|fault| BadField { field, fault }));
        });
    }

    /// Sends what is composed and returns whether it was sent. Otherwise every bad field says what is wrong with it, the
    /// first one gets the focus, and nothing else has changed.
    pub fn send(self) -> bool {
        let method = untrack(|| self.method().get());
        match self.form.with_untracked(|form| form.parse(method)) {
            Err(bad) => {
                self.complain(bad);
                false
            }
            Ok((city, request)) => {
                self.bad.set(Vec::new());
                let is_sent = self.act(Control::Send, &Action::Send { city, request });
                if is_sent && self.is_open.get_untracked() {
                    if dom::has_focus_within("composer") {
                        dom::focus("recap");
                    }
                    self.is_open.set(false);
                }
                is_sent
            }
        }
    }

    fn complain(self, bad: Vec<BadField>) {
        let first = bad.first().map(|bad| bad.field.id());
        self.bad.set(bad);
        if let Some(id) = first {
            self.show(id);
        }
    }

    /// Brings the composer into view, wherever it is hidden, and gives one of its fields the focus.
    pub fn show(self, id: &'static str) {
        self.preferences.stop_presenting();
        self.is_open.set(true);
        dom::focus(id);
    }

    /// Takes an action, says what it came to beside its control, and returns whether it was taken.
    pub fn act(self, control: Control, action: &Action) -> bool {
        let outcome = self.walk.act(action.clone());
        let is_taken = outcome.is_ok();
        let (text, actions) = untrack(|| {
            self.walk.with_run(|run| {
                let text = match &outcome {
                    Ok(()) => said::after(action, run),
                    Err(error) => said::sentence(error),
                };
                (text, run.walk().actions.len())
            })
        });
        let notice = Notice { control, text, is_refusal: !is_taken, actions };
        self.notice.set((!notice.text.is_empty()).then_some(notice));
        is_taken
    }

    /// Says that a control was refused before there was an action.
    pub fn refuse(self, control: Control, error: &impl std::fmt::Display) {
        let actions = untrack(|| self.walk.with_run(|run| run.walk().actions.len()));
        self.notice.set(Some(Notice {
            control,
            text: said::sentence(error),
            is_refusal: true,
            actions,
        }));
    }

    /// Forgets what is said beside a control.
    pub fn hush(self, control: Control) {
        if self.notice.with_untracked(|notice| {
            notice.as_ref().is_some_and(|notice| notice.control == control)
        }) {
            self.notice.set(None);
        }
    }

    /// Chooses the method. Content that was pasted belongs to the method that it was pasted with, so it goes.
    pub fn choose_method(self, control: Control, method: Method) {
        if untrack(|| self.method().get()) == method {
            return;
        }
        if self.act(control, &Action::SetMethod { method })
            && self.form.with_untracked(|form| form.content_length > 0)
        {
            self.form.update(|form| form.content_length = 0);
        }
    }

    /// Takes a pasted command over.
    pub fn take(self, pasted: &Pasted) {
        self.choose_method(Control::Paste, pasted.method);
        self.bad.update(|bad| bad.retain(|bad| bad.field == FormField::City));
        self.form.update(|form| form.take(pasted));
    }

    /// The city, or the complaint that there is none, at its field.
    pub fn known_city(self) -> Option<City> {
        let city = self.city.get_untracked();
        if city.is_none() {
            self.form.with_untracked(|form| self.set_fault(FormField::City, form));
            self.show(FormField::City.id());
        }
        city
    }

    /// Invalidates the path that is typed in.
    pub fn invalidate(self) {
        match InvalidationPath::new(self.invalidation.get_untracked().trim()) {
            Ok(path) => {
                self.act(Control::Invalidate, &Action::Invalidate { path });
            }
            Err(error) => {
                self.refuse(Control::Invalidate, &error);
                self.show("invalidate");
            }
        }
    }
}
