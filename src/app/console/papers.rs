//! A distribution of one's own: opened from what AWS's tools print, and saved for them.

use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::state::{ConsoleState, use_console};
use crate::app::icon::Icon;
use crate::app::lessons::download;
use crate::app::live::{heard, live, piece, text};
use crate::distribution::aws::{self, Beside};
use crate::distribution::{AwsError, Configuration, Form};
use crate::json::Json;
use crate::origin::Given;
use crate::scene::units;

/// So many findings are shown; the rest is counted.
const MOST_SHOWN: usize = 20;

/// The forms in which a configuration is saved, as they are called.
const FORMS: [(Form, &str); 4] = [
    (Form::Config, "get-distribution-config"),
    (Form::Bare, "DistributionConfig alone"),
    (Form::Create, "create-distribution"),
    (Form::CloudFormation, "CloudFormation template"),
];

/// What was said of the last text that was to be opened.
#[derive(Clone, Default)]
struct Said {
    done: String,
    wrong: Vec<String>,
    /// Whether that is about the paths of the site, and not about the document.
    is_of_paths: bool,
}

impl Said {
    fn wrong(wrong: Vec<String>) -> Self {
        Self { wrong, ..Self::default() }
    }
}

/// The column.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let (typed, paths) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let said = RwSignal::new(Said::default());
    let form = RwSignal::new(0_usize);
    let open =
        move |_| said.set(open_text(console, &typed.get_untracked(), &paths.get_untracked()));
    let choose = move |event: ev::Event| read_chosen(console, said, (typed, paths), &event);
    let written = move || {
        let (form, _) = FORMS[form.get().min(FORMS.len() - 1)];
        console.with_configuration(|configuration| configuration.write(form).write())
    };
    let save = move |_| {
        let (_, name) = FORMS[form.get_untracked().min(FORMS.len() - 1)];
        let name = format!("{}.json", name.to_ascii_lowercase().replace(' ', "-"));
        if download(&name, &untrack(written)).is_none() {
            said.update(|said| {
                said.wrong = vec!["The browser does not let a page save files.".into()];
            });
        }
    };
    let is_bad = move |is_of_paths: bool| {
        live(move || {
            let is_it = said.with(|said| !said.wrong.is_empty() && said.is_of_paths == is_of_paths);
            is_it.then_some("true")
        })
    };
    let option = |(place, (_, name)): (usize, &(Form, &'static str))| {
        view! { <option value=place.to_string()>{*name}</option> }
    };
    view! {
        <div>
            <p class="step-no">"JSON"</p>
            <h2 class="step-title">"A distribution of your own"</h2>
        </div>
        <p class="say">"Paste what AWS prints for a distribution, or a CloudFormation template: it opens as a walk of its own, and Undo brings this one back. A policy, key, web ACL or bucket policy goes beside this one. Nothing leaves this page."</p>
        <div class="settings">
            <div class="field" data-wide="">
                <label for="paper">"aws cloudfront get-distribution-config --id ID"</label>
                <textarea class="in paper" id="paper" rows="6" spellcheck="false" aria-invalid=is_bad(false)
                    aria-describedby="paper-said" prop:value=live(move || typed.get()) on:input=heard(move |event| typed.set(event_target_value(&event)))></textarea>
            </div>
            <div class="field">
                <label for="paper-paths">"Paths of the site, one a line (optional)"</label>
                <textarea class="in paper" id="paper-paths" rows="2" spellcheck="false" aria-invalid=is_bad(true) aria-describedby="paper-said"
                    prop:value=live(move || paths.get()) on:input=heard(move |event| paths.set(event_target_value(&event)))></textarea>
            </div>
            <div class="row" data-wide="">
                <button class="btn prime" type="button" on:click=heard(open)>"Open"</button>
                <label class="btn file">"Choose a file"<input class="vh" type="file" accept=".json,application/json" on:change=heard(choose)/></label>
            </div>
            <div id="paper-said" data-wide="" aria-live="polite">{piece(move || Some(said.with(said_view)))}</div>
        </div>
        <section class="part">
            <h3 class="sec">"This one"</h3>
            {piece(move || Some(console.with_configuration(of_itself)))}
            <div class="settings">
                <div class="field">
                    <label for="paper-form">"Save as"</label>
                    <span class="pick"><select class="in" id="paper-form" on:change=heard(move |event| form.set(event_target_value(&event).parse().unwrap_or(0)))>
                        {FORMS.iter().enumerate().map(option).collect_view()}</select><Icon name="i-down"/></span>
                </div>
                <textarea class="in paper" rows="8" data-wide="" readonly=true aria-label="JSON of this distribution" prop:value=live(written)></textarea>
                <button class="btn" type="button" on:click=heard(save)>"Save the file"</button>
                <p class="help">{text(move || if console.is_changed() && console.count_faults() > 0 { "Without what is not saved: that has problems still.".to_owned() } else { String::new() })}</p>
            </div>
        </section>
    }
    .into_any()
}

/// What is kept without being simulated, and what is assumed.
fn of_itself(configuration: &Configuration) -> AnyView {
    let list = |title: String, lines: Vec<String>| {
        let line = |line: String| view! { <li class="val">{line}</li> };
        (!lines.is_empty()).then(|| {
            view! { <details class="fold"><summary><Icon name="i-next"/><b>{title}</b></summary><ul class="paper-list">{lines.into_iter().map(line).collect_view()}</ul></details> }
                .into_any()
        })
    };
    let kept = configuration.kept().to_vec();
    let kept = list(format!("Kept, not simulated: {}", kept.len()), kept);
    let assumed: Vec<String> = configuration.assumed().iter().map(ToString::to_string).collect();
    let assumed = list(format!("Simulator assumption: {}", assumed.len()), assumed);
    let nothing = (kept.is_none() && assumed.is_none())
        .then(|| view! { <p class="help">"Everything in it is simulated."</p> });
    match nothing {
        Some(nothing) => nothing.into_any(),
        None => view! { <div class="folds">{kept}{assumed}</div> }.into_any(),
    }
}

fn said_view(said: &Said) -> AnyView {
    let line = |line: &String| view! { <p class="err"><Icon name="m-error"/>{line.clone()}</p> };
    let done = (!said.done.is_empty()).then(|| view! { <p class="help">{said.done.clone()}</p> });
    view! { {done}{said.wrong.iter().map(line).collect_view()} }.into_any()
}

fn open_text(console: ConsoleState, text: &str, paths: &str) -> Said {
    let refused = Said::wrong;
    // What stands beside a distribution goes to this one.
    let json = Json::parse_at_most(text, aws::MOST_VALUES).ok();
    let all = json.as_ref().map(aws::listed).unwrap_or_default();
    if let Some(given) = json.and_then(|json| console.give(&json)) {
        return given.map_or_else(|errors| refused(shown(&errors)), |()| Said::default());
    }
    let objects = match Given::listed(paths) {
        Ok(objects) => objects,
        Err(errors) => {
            let wrong = errors.iter().take(MOST_SHOWN).map(ToString::to_string).collect();
            return Said { is_of_paths: true, ..refused(wrong) };
        }
    };
    let opened = Configuration::open(text, &Beside::managed(aws::REGION.to_owned()));
    let configuration = match opened {
        Ok(configuration) => configuration,
        Err(errors) => return refused(shown(&errors)),
    };
    let distribution = configuration.distribution();
    // The others of several stand before what is kept of this one.
    let (others, kept) = configuration.kept().split_at(all.len().saturating_sub(1));
    let opened = match all.split_first() {
        Some((first, rest)) if !others.is_empty() => {
            let rest: Vec<String> = rest.iter().map(called).collect();
            format!("Opened {}, and not {}", called(first), rest.join(", "))
        }
        _ => "Opened".to_owned(),
    };
    let done = format!(
        "{opened}: {}, {}, {}. {}",
        units::count(distribution.origins.len(), "origin", "origins"),
        units::count(distribution.behaviors.len(), "behavior", "behaviors"),
        match kept.len() {
            0 => "all of it simulated".to_owned(),
            count => {
                let settings = units::count(count, "setting", "settings");
                format!("{settings} kept without being simulated")
            }
        },
        if objects.is_empty() {
            "Each behavior has an example object to ask for.".to_owned()
        } else {
            format!("Its origins hold {}.", units::count(objects.len(), "object", "objects"))
        }
    );
    let done = if untrack(|| console.is_changed()) {
        format!("{done} What you had not saved comes back with the walk: Undo.")
    } else {
        done
    };
    match console.open(configuration, &objects) {
        Ok(()) => Said { done, ..Said::default() },
        Err(error) => refused(vec![error]),
    }
}

/// A distribution as it is told from others: by its id and its own name, or else its description.
fn called(listed: &aws::Listed) -> String {
    let more = listed.domain.as_ref().unwrap_or(&listed.comment);
    if more.is_empty() { listed.id.clone() } else { format!("{} ({more})", listed.id) }
}

fn shown(errors: &[AwsError]) -> Vec<String> {
    let mut lines: Vec<String> = errors.iter().take(MOST_SHOWN).map(ToString::to_string).collect();
    if errors.len() > MOST_SHOWN {
        lines.push(format!("and {} more", errors.len() - MOST_SHOWN));
    }
    lines
}

/// Reads the file that was chosen, which the input then forgets, so that it can be chosen again.
fn read_chosen(
    console: ConsoleState,
    said: RwSignal<Said>,
    (typed, paths): (RwSignal<String>, RwSignal<String>),
    event: &ev::Event,
) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let given = file.size() as usize;
    let refuse = move |sentence: String| said.set(Said::wrong(vec![sentence]));
    if given > aws::MOST_BYTES {
        return refuse(AwsError::TooLarge { given, most: aws::MOST_BYTES }.to_string());
    }
    let reading = JsFuture::from(file.text());
    input.set_value("");
    spawn_local(async move {
        match reading.await {
            Ok(text) => {
                let text = text.as_string().unwrap_or_default();
                said.set(open_text(console, &text, &paths.get_untracked()));
                typed.set(String::new());
            }
            Err(_) => refuse("The browser cannot read this file.".to_owned()),
        }
    });
}
