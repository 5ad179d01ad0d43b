//! The composer's state in the page: its model, and the verbs that act on the walk.

use std::sync::Arc;

use leptos::prelude::*;

use super::form::{BadField, Form, FormField};
use super::model::{Control, Model, Notice};
use super::said;
use crate::app::dom;
use crate::app::live::Kept;
use crate::app::prefs::Preferences;
use crate::app::state::WalkState;
use crate::edge::InvalidationPath;
use crate::http::curl::Pasted;
use crate::http::{Method, Request};
use crate::network::{City, Region};
use crate::simulation::{Action, Run, Scenario, Settings};

/// The form and what belongs to it.
#[derive(Clone, Copy)]
pub struct ComposerState {
    walk: WalkState,
    preferences: Preferences,
    model: RwSignal<Model>,
    settings: Kept<Arc<Settings>>,
}

/// Puts the composer's state into context.
pub fn provide_composer(walk: WalkState, preferences: Preferences) -> ComposerState {
    let state = ComposerState {
        walk,
        preferences,
        model: RwSignal::new(Model::default()),
        settings: Kept::new(move || Arc::new(walk.scene().settings.clone())),
    };
    provide_context(state);
    state
}

/// The composer's state in context.
pub fn use_composer() -> ComposerState {
    expect_context()
}

impl ComposerState {
    /// Reads what is typed and said.
    pub fn read<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.model.with(read)
    }

    /// Reads it once, without being told of later changes.
    pub fn read_untracked<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(read)
    }

    /// Changes what is typed and said; the walk stays as it is.
    pub fn update(self, change: impl FnOnce(&mut Model)) {
        self.model.update(change);
    }

    /// The settings of the walk at the playhead.
    pub fn settings(self) -> Arc<Settings> {
        self.settings.with(Arc::clone)
    }

    /// Reads what the walk began with.
    pub fn with_scenario<T>(self, read: impl FnOnce(&Scenario) -> T) -> T {
        self.walk.with_run_untracked(|run| read(&run.walk().scenario))
    }

    /// Where the next request comes from; none while no city of that name is known.
    pub fn city(self) -> Option<City> {
        self.read(|model| City::find(&model.form.city).ok())
    }

    /// The path of the next request, as typed.
    pub fn path(self) -> String {
        self.read(|model| model.form.path.clone())
    }

    /// The walk's own time at the playhead, in Unix seconds.
    pub fn now_unix(self) -> u64 {
        let at = self.walk.scene().at.as_secs();
        self.walk.with_run(|run| run.walk().scenario.epoch_unix).saturating_add(at)
    }

    /// How large the origin's object under the path is, in bytes; `None` where it has none.
    pub fn object_size(self) -> Option<u64> {
        let path = self.path();
        self.walk.with_run(|run| self.walk.scene().size_of(&run.walk().scenario, &path))
    }

    /// The method of the next request: a setting of the walk at the playhead.
    pub fn method(self) -> Method {
        self.settings().method
    }

    /// Whether the composer is open where it takes a whole small screen.
    pub fn is_open(self) -> bool {
        self.read(|model| model.is_open)
    }

    /// What is wrong with a field, as a sentence.
    pub fn fault(self, field: FormField) -> Option<String> {
        self.read(|model| model.fault(field))
    }

    /// What is said beside a control, as long as it is true of the walk.
    pub fn notice(self, control: Control) -> Option<Notice> {
        let revision = self.walk.with_run(Run::revision);
        self.read(|model| model.notice(control, revision).cloned())
    }

    /// Why a control was refused, as long as that is the last that happened.
    pub fn refusal(self, control: Control) -> Option<String> {
        self.notice(control).filter(|notice| notice.is_refusal).map(|notice| notice.text)
    }

    /// Takes a text as typed, or refuses it and tells the field so. Returns whether it was taken.
    pub fn edit(self, field: FormField, text: String) -> bool {
        self.model.try_update(|model| model.edit(field, text)) == Some(true)
    }

    /// Sends what is composed and returns whether it was sent. Otherwise every bad field says what is wrong with it, the
    /// first one gets the focus, and nothing else has changed.
    pub fn send(self) -> bool {
        self.send_as(Control::Send, |city, request| Action::Send { city, request })
    }

    /// Sends what is composed from each of the cities of "Send together" at once.
    pub fn send_together(self) -> bool {
        let cities = self.read_untracked(|model| model.together.clone());
        self.send_as(Control::Together, |_, request| Action::SendTogether {
            requests: cities.iter().map(|city| (*city, Arc::clone(&request))).collect(),
        })
    }

    fn send_as(self, control: Control, action: impl FnOnce(City, Arc<Request>) -> Action) -> bool {
        let method = untrack(|| self.method());
        match self.read_untracked(|model| model.form.parse(method)) {
            Err(bad) => {
                self.complain(bad);
                false
            }
            Ok((city, request)) => {
                self.update(|model| model.bad.clear());
                let is_sent = self.act(control, &action(city, request.into()));
                if is_sent && self.read_untracked(|model| model.is_open) {
                    if dom::has_focus_within("composer") {
                        dom::focus("recap");
                    }
                    self.update(|model| model.is_open = false);
                }
                is_sent
            }
        }
    }

    pub(super) fn complain(self, bad: Vec<BadField>) {
        let first = bad.first().map(|bad| bad.field.id());
        self.update(|model| model.bad = bad);
        if let Some(id) = first {
            self.show(id);
        }
    }

    /// Brings the composer into view, wherever it is hidden, and gives one of its fields the focus.
    pub fn show(self, id: &'static str) {
        self.preferences.stop_presenting();
        self.update(|model| model.is_open = true);
        dom::focus(id);
    }

    /// Takes an action, says what it came to beside its control, and returns whether it was taken.
    pub fn act(self, control: Control, action: &Action) -> bool {
        let outcome = self.walk.act(action.clone());
        let is_taken = outcome.is_ok();
        let text = match outcome {
            Ok(()) => self.walk.with_run_untracked(|run| said::after(action, run)),
            Err(error) => said::sentence(&error),
        };
        self.say(control, text, !is_taken);
        is_taken
    }

    /// Says that a control was refused before there was an action.
    pub fn refuse(self, control: Control, error: &dyn std::fmt::Display) {
        self.say(control, said::sentence(error), true);
    }

    pub(super) fn say(self, control: Control, text: String, is_refusal: bool) {
        let revision = self.walk.with_run_untracked(Run::revision);
        let notice = Notice { control, text, is_refusal, revision };
        self.update(|model| {
            model.notice = Some(notice).filter(|notice| !notice.text.is_empty());
        });
    }

    /// Chooses the method and returns whether it is the one now.
    pub fn choose_method(self, control: Control, method: Method) -> bool {
        untrack(|| self.method()) == method || self.act(control, &Action::SetMethod { method })
    }

    /// Takes a pasted command over and returns whether it was taken: where its method is refused, nothing is.
    pub fn take(self, pasted: &Pasted) -> bool {
        let is_taken = self.choose_method(Control::Paste, pasted.method);
        if is_taken {
            let settings = untrack(|| self.settings());
            let distribution = settings.configuration.distribution();
            self.update(|model| {
                model.bad.retain(|bad| bad.field == FormField::City);
                model.form.take(pasted, |host| distribution.answers_to(host));
            });
        }
        is_taken
    }

    /// The city, or the complaint that there is none, at its field.
    pub fn known_city(self) -> Option<City> {
        let city = untrack(|| self.city());
        if city.is_none() {
            self.update(|model| {
                let form: Form = model.form.clone();
                model.set_fault(FormField::City, &form);
            });
            self.show(FormField::City.id());
        }
        city
    }

    /// Lets the next request come by a name.
    pub fn name_host(self, host: &str) {
        let headers = self.read_untracked(|model| model.form.headers_naming(host));
        self.edit(FormField::Headers, headers);
    }

    /// Fills in what the next request needs, as far as it is given, and says a sentence beside "Send request".
    pub fn prepare(
        self,
        city: Option<City>,
        path: Option<String>,
        field: Option<(String, String)>,
        note: String,
    ) {
        if let Some(city) = city {
            self.move_viewer(city);
        }
        if let Some(path) = path {
            self.edit(FormField::Path, path);
        }
        if let Some((name, value)) = field {
            let line = format!("{name}: {value}");
            let headers = self.read_untracked(|model| model.form.headers.clone());
            if !headers.lines().any(|known| known == line) {
                self.edit(FormField::Headers, format!("{headers}\n{line}"));
            }
        }
        self.say(Control::Send, note, false);
    }

    /// Lets the next request come from a city.
    pub fn move_viewer(self, city: City) {
        self.edit(FormField::City, city.label().to_owned());
    }

    /// Moves the origin to a Region.
    pub fn move_origin(self, region: Region) {
        self.act(Control::OriginRegion, &Action::SetOriginRegion { region });
    }

    /// Invalidates the path that is typed in.
    pub fn invalidate(self) {
        match self.read_untracked(|model| InvalidationPath::of_console(model.invalidation.trim())) {
            Ok(path) => {
                self.act(Control::Invalidate, &Action::invalidate(path));
            }
            Err(error) => {
                self.refuse(Control::Invalidate, &error);
                self.show("invalidate");
            }
        }
    }
}
