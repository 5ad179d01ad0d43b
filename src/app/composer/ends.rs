//! The two ends of the way, each one of a list: what the viewer offers and how it comes to the network, and how well the origin is.

use leptos::prelude::*;

use super::model::Control;
use super::parts::{Fold, NoticeLine};
use super::state::{ComposerState, use_composer};
use super::what_if::origin_at_hand;
use crate::app::icon::Icon;
use crate::app::live::{heard, live, text};
use crate::distribution::TlsProtocol;
use crate::http::Status;
use crate::network::{Access, Offer, Resolver};
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
    let offer = End {
        id: "viewer-offer",
        help: "What it offers decides over TLS, cipher and HTTP version, or that there is no connection",
        control: Control::Viewer,
        label: |_| "The viewer is \u{2026}".to_owned(),
        words: &Offer::ALL.map(Offer::title),
        word: |composer| composer.settings().viewer.title(),
        action: |_, chosen| {
            let viewer = Offer::ALL.into_iter().find(|offer| offer.title() == chosen)?;
            Some(Action::SetViewer { viewer })
        },
    };
    fold("Viewer", |composer| composer.settings().viewer.title().to_owned(), &[offer])
}

/// "The viewer's network has …" and "Its resolver is …": what it asks the DNS for, and who does so for it.
#[component]
pub(super) fn Network() -> impl IntoView {
    let access = End {
        id: "viewer-access",
        help: "Where the distribution has IPv6 on, a viewer that has it comes over it: from another address",
        control: Control::Access,
        label: |_| "The viewer\u{2019}s network has \u{2026}".to_owned(),
        words: &Access::ALL.map(Access::title),
        word: |composer| composer.settings().network.access.title(),
        action: |_, chosen| {
            let access = Access::ALL.into_iter().find(|access| access.title() == chosen)?;
            Some(Action::SetAccess { access })
        },
    };
    let resolver = End {
        id: "viewer-resolver",
        help: "Its place, or with ECS the viewer\u{2019}s, decides which edge location the DNS chooses",
        control: Control::Resolver,
        label: |_| "Its resolver is \u{2026}".to_owned(),
        words: &Resolver::ALL.map(Resolver::title),
        word: |composer| composer.settings().network.resolver.title(),
        action: |_, chosen| {
            let resolver = Resolver::ALL.into_iter().find(|it| it.title() == chosen)?;
            Some(Action::SetResolver { resolver })
        },
    };
    let value = |composer: ComposerState| {
        let network = composer.settings().network;
        let far = match network.resolver {
            Resolver::Provider => "",
            Resolver::FarWithSubnet => ", ECS from far off",
            Resolver::Far => ", far-off resolver",
        };
        [network.access.title(), far].concat()
    };
    fold("Network", value, &[access, resolver])
}

/// "The origin …": how well the origin for the path is.
#[component]
pub(super) fn OriginHealth() -> impl IntoView {
    let health = End {
        id: "health",
        help: "No cache hears of it until it asks the origin",
        control: Control::Health,
        label: |composer| format!("{} \u{2026}", at_hand(composer)),
        words: &HEALTH.map(|(_, word)| word),
        word: health_at_hand,
        action: |composer, chosen| {
            let (health, _) = HEALTH.iter().find(|(_, word)| *word == chosen)?;
            let origin_id = untrack(|| at_hand(composer));
            Some(Action::SetHealth { origin_id, health: *health })
        },
    };
    fold("Origin", |composer| health_at_hand(composer).to_owned(), &[health])
}

/// How well the origin for the path is.
fn health_at_hand(composer: ComposerState) -> &'static str {
    let health = composer.settings().health(&at_hand(composer));
    HEALTH.iter().find(|(of, _)| *of == health).map_or("fails", |(_, word)| *word)
}

/// The id of the origin for the path.
fn at_hand(composer: ComposerState) -> String {
    origin_at_hand(composer).map(|origin| origin.id).unwrap_or_default()
}

/// What can be chosen of one end, and what that does.
struct End<'w> {
    id: &'static str,
    help: &'static str,
    control: Control,
    label: fn(ComposerState) -> String,
    words: &'w [&'static str],
    /// The word that holds.
    word: fn(ComposerState) -> &'static str,
    action: fn(ComposerState, &str) -> Option<Action>,
}

/// Lists behind a title; what holds is said beside it.
fn fold(title: &'static str, value: fn(ComposerState) -> String, ends: &[End<'_>]) -> AnyView {
    let composer = use_composer();
    let lists: Vec<AnyView> = ends.iter().map(|end| list(composer, end)).collect();
    view! { <Fold title value=text(move || value(composer))>{lists}</Fold> }.into_any()
}

/// A list of which one word holds; choosing another one is an action.
fn list(composer: ComposerState, end: &End<'_>) -> AnyView {
    let &End { id, help, control, label, words, word, action } = end;
    let choose = move |event: leptos::ev::Event| {
        if let Some(action) = action(composer, &event_target_value(&event)) {
            composer.act(control, &action);
        }
        let now = untrack(|| word(composer));
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(now);
    };
    let option = move |name: &'static str| {
        view! { <option prop:selected=live(move || word(composer) == name)>{name}</option> }
            .into_any()
    };
    let options: Vec<AnyView> = words.iter().copied().map(option).collect();
    view! {
        <div class="field">
            <label for=id>{text(move || label(composer))}</label>
            <span class="pick">
                <select class="in" id=id on:change=heard(choose)>{options}</select>
                <Icon name="i-down"/>
            </span>
            <p class="help">{help}</p>
            <NoticeLine control/>
        </div>
    }
    .into_any()
}
