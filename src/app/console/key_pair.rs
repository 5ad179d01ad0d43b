//! A key pair made in the page: the panel that makes it, and what is said of its private half.

use leptos::__reexports::wasm_bindgen_futures::spawn_local;
use leptos::prelude::*;

use super::state::{Chosen, ConsoleState, use_console};
use crate::app::choices::{Segment, list, segments};
use crate::app::crypto::{KeyPair, KeySort, use_keyring};
use crate::app::icon::Icon;
use crate::app::lessons::download;
use crate::app::live::{Piece, heard, live, piece, text};
use crate::distribution::PublicKey;
use crate::scene::console::Setting;

/// The panel.
pub(super) fn view() -> AnyView {
    let (console, keyring) = (use_console(), use_keyring());
    let (sort, chosen) = (RwSignal::new(KeySort::Rsa), RwSignal::new(String::new()));
    let groups = console.key_groups();
    let wrong = RwSignal::new(String::new());
    let is_under_way = StoredValue::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // One at a time: RSA takes its while.
        if is_under_way.try_update_value(|is| std::mem::replace(is, true)) != Some(false) {
            return;
        }
        let (group, sort) = (chosen.get_untracked(), sort.get_untracked());
        let begun = untrack(|| console.begun());
        spawn_local(async move {
            match KeyPair::make(sort).await {
                Ok(_) if untrack(|| console.begun()) != begun => {
                    let said = "Another walk was opened meanwhile, so the key pair was dropped.";
                    drop(wrong.try_set(said.to_owned()));
                }
                Ok(pair) => {
                    console.take_key(&pair.public.pem, &group);
                    keyring.keep(pair);
                }
                Err(error) => drop(wrong.try_set(format!("No key was made: {error}."))),
            }
            is_under_way.try_set_value(false);
        });
    };
    let segment = move |one: KeySort, name: &'static str| {
        Segment::new(name, move || sort.get() == one, move || sort.set(one))
    };
    let sorts = [segment(KeySort::Rsa, "RSA, 2,048 bits"), segment(KeySort::P256, "ECDSA, P-256")];
    let fresh = (String::new(), "A new key group".to_owned());
    let options = [fresh].into_iter().chain(groups).collect();
    let fault = move || {
        let wrong = wrong.get();
        (!wrong.is_empty())
            .then(|| view! { <p class="err"><Icon name="m-error"/>{wrong}</p> }.into_any())
    };
    view! {
        <div>
            <p class="step-no">"Security"</p>
            <h2 class="step-title">"Make a key pair"</h2>
        </div>
        <p class="say">"The browser makes it. Its public half becomes a public key of this distribution, as if it were uploaded; with its private half this page signs URLs and cookies."</p>
        <form class="settings" on:submit=heard(make)>
            {segments("Key", sorts)}
            {list("Key group", "key-group", options, chosen)}
            <div role="alert">{piece(fault)}</div>
            <div class="foot"><div class="row"><button class="btn prime" type="submit">"Make the key pair"</button></div></div>
        </form>
    }
    .into_any()
}

/// Of a public key in view: whether its private half is here, what that means, and the way out of the page.
pub(super) fn private_half(console: ConsoleState) -> Piece {
    let Chosen::Item(_) = console.chosen() else { return None };
    let typed = console.sheet().with(|sheet| {
        let fields = &sheet.as_ref()?.fields;
        fields.iter().find(|field| field.setting == Setting::Pem).map(|field| field.value.clone())
    })?;
    let pair = use_keyring().pair_of(&PublicKey::from_pem(&typed)?.kind)?;
    let wrong = RwSignal::new("");
    let save = move |_| {
        if download("teaching-only.private-key.pem", &pair.private_pem()).is_none() {
            wrong.set("The browser does not let a page save files.");
        }
    };
    Some(
        view! {
            <section class="part">
                <h3 class="sec">"Private half"</h3>
                <p class="help">"It is in this page's memory, and nowhere else: not in the walk, its file or its link. It is gone once the page is closed or loaded anew. Put its key group into a behavior, save that, and the walk signs requests."</p>
                <div class="row"><button class="btn" type="button" on:click=heard(save)>"Save the private key"</button></div>
                <p class="err" role="alert" hidden=live(move || wrong.get().is_empty())>{text(move || wrong.get().to_owned())}</p>
                <p class="help">"The file is for teaching only: whoever has it can sign. Never put its public half into a distribution that guards something."</p>
            </section>
        }
        .into_any(),
    )
}
