//! "Send together": the composed request from several cities at the same instant.

use leptos::prelude::*;

use super::model::Control;
use super::parts::{Fold, NoticeLine};
use super::state::{ComposerState, use_composer};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::app::state::use_walk;
use crate::network::{City, behind_one_rec};

/// The most viewers that send at once: more would not be told apart on the screen.
const MOST: usize = 6;

/// The fold with the list of viewers.
#[component]
pub(super) fn Together() -> impl IntoView {
    let (composer, walk) = (use_composer(), use_walk());
    let count = text(move || match composer.read(|model| model.together.len()) {
        0 => "several viewers at once".to_owned(),
        count => format!("{count} viewers"),
    });
    let put = move |cities: Vec<City>| {
        composer.update(|model| {
            model.hush(Control::Together);
            model.together = cities;
        });
    };
    let here = move |_| {
        if let Some(city) = composer.known_city() {
            put(vec![city; 3]);
        }
    };
    let around = move |_| {
        if let Some(city) = composer.known_city() {
            let scene = untrack(|| walk.scene());
            let settings = &scene.settings;
            put(behind_one_rec(city, settings.network.resolver, settings.price_class(), 3));
        }
    };
    let add = move |event: leptos::ev::Event| {
        let name = event_target_value(&event);
        let is_full = composer.read_untracked(|model| model.together.len() >= MOST);
        match City::find(&name) {
            _ if is_full => composer
                .refuse(Control::Together, &"six viewers at once are the most: remove one first"),
            Ok(city) => {
                composer.update(|model| {
                    model.hush(Control::Together);
                    model.together.push(city);
                });
                event_target::<web_sys::HtmlInputElement>(&event).set_value("");
            }
            Err(_) if name.trim().is_empty() => {}
            Err(error) => composer.refuse(Control::Together, &error),
        }
    };
    let send = move |_| {
        if composer.read_untracked(|model| model.together.len() < 2) {
            composer.refuse(Control::Together, &"choose at least two viewers first");
        } else {
            composer.send_together();
        }
    };
    view! {
        <Fold title="Send together" value=count>
            <div class="row">
                <button class="btn" type="button" on:click=heard(here)>"3 in this city"</button>
                <button class="btn" type="button" on:click=heard(around)>"3 behind this REC"</button>
            </div>
            {piece(move || list_view(composer))}
            <label class="vh" for="together">"Another viewer's city"</label>
            <input class="in" id="together" list="cities" autocomplete="off" spellcheck="false" placeholder="Another viewer's city" on:change=heard(add)/>
            <button class="btn" type="button" aria-disabled=live(move || (composer.read(|model| model.together.len()) < 2).then_some("true"))
                on:click=heard(send)>"Send together"</button>
            {piece(move || (composer.read(|model| model.together.len()) < 2).then(|| view! { <p class="help">"Two viewers at least"</p> }.into_any()))}
            <NoticeLine control=Control::Together id="together"/>
        </Fold>
    }
}

/// The chosen viewers, each with a button that takes it away.
fn list_view(composer: ComposerState) -> Option<AnyView> {
    let cities = composer.read(|model| model.together.clone());
    let line = |(index, city): (usize, City)| {
        let name = format!("Remove {}", city.name());
        let remove = move |_| {
            composer.update(|model| {
                if index < model.together.len() {
                    model.together.remove(index);
                }
            });
        };
        view! {
            <li>
                <Icon name="s-viewer"/><span>{city.name()}</span>
                <button class="tool" type="button" aria-label=name on:click=heard(remove)><Icon name="i-close"/></button>
            </li>
        }
    };
    (!cities.is_empty()).then(|| {
        let lines = cities.into_iter().enumerate().map(line).collect_view();
        view! { <ul class="viewers" aria-label="Viewers">{lines}</ul> }.into_any()
    })
}
