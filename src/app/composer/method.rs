//! The method: seven radio buttons, and one truth with the switch "Proxy method".

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::model::Control;
use super::parts::NoticeLine;
use super::state::use_composer;
use crate::app::live::{heard, live, piece};
use crate::http::Method;

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
    view! {
        <div class="field">
            <span class="lab" id="method-label">"Method"</span>
            <div class="seg" role="radiogroup" aria-labelledby="method-label">
                {Method::ALL.map(radio).collect_view()}
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
