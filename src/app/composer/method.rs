//! The method: four radio buttons and three more, and one truth with the switch "Proxy method".

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::model::Control;
use super::parts::NoticeLine;
use super::state::use_composer;
use crate::app::live::{heard, live, piece};
use crate::http::Method;

const USUAL: [Method; 4] = [Method::Get, Method::Head, Method::Post, Method::Put];
const RARE: [Method; 3] = [Method::Patch, Method::Options, Method::Delete];

/// The radio buttons, and the content that a pasted command brought along.
#[component]
pub(super) fn MethodField() -> impl IntoView {
    let composer = use_composer();
    let choose = move |method: Method| {
        composer.choose_method(Control::Method, method);
        show(untrack(|| composer.method()));
    };
    let radio = move |method: Method| {
        view! {
            <label>
                <input type="radio" name="method" value=method.as_str()
                    prop:checked=live(move || composer.method() == method) on:change=heard(move |_| choose(method))/>
                <span>{method.as_str()}</span>
            </label>
        }
    };
    let content = move || {
        let method = composer.method();
        let bytes = composer.read(|model| model.form.content_length(method));
        let text = (bytes > 0).then(|| format!("With {bytes} bytes of content, as pasted."))?;
        Some(view! { <p class="help">{text}</p> }.into_any())
    };
    // The rarer ones are folded away as long as none of them is chosen: seven in a row would be unreadable.
    let is_unfolded = RwSignal::new(false);
    let shows_more = move || is_unfolded.get() || RARE.contains(&composer.method());
    let toggle = move |_| is_unfolded.update(|is_unfolded| *is_unfolded = !*is_unfolded);
    view! {
        <div class="field">
            <span class="lab" id="method-label">"Method"</span>
            <div class="seg" role="radiogroup" aria-labelledby="method-label" data-more=live(move || shows_more().then_some(""))>
                {USUAL.map(radio).collect_view()}
                <button type="button" aria-expanded=live(move || shows_more().to_string())
                    aria-disabled=live(move || RARE.contains(&composer.method()).then_some("true")) on:click=heard(toggle)>"More"</button>
                {RARE.map(radio).collect_view()}
            </div>
            {piece(content)}
            <NoticeLine control=Control::Method/>
        </div>
    }
}

/// Shows the choice that holds: after a refusal the browser shows another one.
fn show(method: Method) {
    let radio = document().query_selector(&format!("input[name=method][value={method}]"));
    if let Some(radio) =
        radio.ok().flatten().and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok())
    {
        radio.set_checked(true);
    }
}
