//! The two ends of the way, each one of a list: what the viewer offers, and how well the origin is.

use leptos::prelude::*;

use super::model::Control;
use super::parts::{Fold, NoticeLine};
use super::state::use_composer;
use super::what_if::origin_at_hand;
use crate::app::icon::Icon;
use crate::app::live::{heard, live, text};
use crate::distribution::TlsProtocol;
use crate::http::Status;
use crate::network::Offer;
use crate::origin::Health;
use crate::simulation::Action;

/// How well an origin can be, with the words of the list.
const HEALTH: [(Health, &str); 13] = [
    (Health::Up, "answers"),
    (Health::Failing(Status(500)), "answers 500 to everything"),
    (Health::Failing(Status(503)), "answers 503 to everything"),
    (Health::Slow { secs: 10 }, "takes 10 s longer"),
    (Health::Silent, "never answers"),
    (Health::Refuses, "refuses connections"),
    (Health::NameUnresolved, "has no address in the DNS"),
    (Health::BadCertificate, "shows a bad certificate"),
    (Health::OtherName, "shows a certificate for another name"),
    (Health::Expired, "shows a certificate that has run out"),
    (Health::SelfSigned, "shows a certificate that it signed itself"),
    (Health::Speaks(TlsProtocol::Tls10), "speaks TLS 1.0 at most"),
    (Health::BreaksOff, "breaks off in mid-answer"),
];

/// "The viewer is …": what it offers as it opens a connection.
#[component]
pub(super) fn ViewerOffer() -> impl IntoView {
    let composer = use_composer();
    let word = move || composer.settings().viewer.title();
    let choose = move |chosen: &str| {
        let viewer = Offer::ALL.into_iter().find(|offer| offer.title() == chosen)?;
        Some(Action::SetViewer { viewer })
    };
    let help =
        "What it offers decides over TLS, cipher and HTTP version, or that there is no connection";
    let words = Offer::ALL.map(Offer::title).to_vec();
    fold(
        Kind { title: "Viewer", id: "viewer-offer", help, control: Control::Viewer, words },
        || "The viewer is \u{2026}".to_owned(),
        word,
        choose,
    )
}

/// "The origin …": how well the origin for the path is.
#[component]
pub(super) fn OriginHealth() -> impl IntoView {
    let composer = use_composer();
    let at_hand = move || origin_at_hand(composer).map(|origin| origin.id).unwrap_or_default();
    let word = move || {
        let health = composer.settings().health(&at_hand());
        HEALTH.iter().find(|(of, _)| *of == health).map_or("fails", |(_, word)| *word)
    };
    let choose = move |chosen: &str| {
        let (health, _) = HEALTH.iter().find(|(_, word)| *word == chosen)?;
        Some(Action::SetHealth { origin_id: untrack(at_hand), health: *health })
    };
    let words = HEALTH.map(|(_, word)| word).to_vec();
    let help = "No cache hears of it until it asks the origin";
    let label = move || format!("{} \u{2026}", at_hand());
    fold(
        Kind { title: "Origin", id: "health", help, control: Control::Health, words },
        label,
        word,
        choose,
    )
}

/// What one of the two folds is called and says.
struct Kind {
    title: &'static str,
    id: &'static str,
    help: &'static str,
    control: Control,
    words: Vec<&'static str>,
}

/// A list of which one word holds; choosing another one is an action.
fn fold(
    kind: Kind,
    label: impl Fn() -> String + Copy + Send + Sync + 'static,
    word: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    action: impl Fn(&str) -> Option<Action> + 'static,
) -> impl IntoView {
    let composer = use_composer();
    let Kind { title, id, help, control, words } = kind;
    let choose = move |event: leptos::ev::Event| {
        if let Some(action) = action(&event_target_value(&event)) {
            composer.act(control, &action);
        }
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(untrack(word));
    };
    let option = move |name: &'static str| {
        view! { <option selected=live(move || word() == name)>{name}</option> }
    };
    view! {
        <Fold title value=text(move || word().to_owned())>
            <div class="field">
                <label for=id>{text(label)}</label>
                <span class="pick">
                    <select class="in" id=id on:change=heard(choose)>{words.into_iter().map(option).collect_view()}</select>
                    <Icon name="i-down"/>
                </span>
                <p class="help">{help}</p>
                <NoticeLine control/>
            </div>
        </Fold>
    }
}
