//! "Paste a curl command".

use leptos::prelude::*;

use super::parts::{FaultLine, Fold, NoticeLine, put_back, refuse_vast};
use super::said::sentence;
use super::state::{Control, use_composer};
use crate::app::dom;
use crate::app::state::use_walk;
use crate::distribution::Distribution;
use crate::http::curl::{self, CurlError, Pasted, Scheme};

/// The fold: a text, what is wrong with it, and what was not taken over as it stands.
#[component]
pub(super) fn PasteFold() -> impl IntoView {
    let (composer, walk) = (use_composer(), use_walk());
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<CurlError>);
    let remarks = RwSignal::new(None::<Vec<String>>);
    let fault = Signal::derive(move || error.with(|error| error.as_ref().map(sentence)));
    let take = move |_| match text.with_untracked(|text| curl::read(text)) {
        Ok(pasted) => {
            composer.take(&pasted);
            let notes =
                untrack(|| walk.with_run(|run| notes(&pasted, &run.walk().scenario.distribution)));
            remarks.set(Some(notes));
        }
        Err(refused) => {
            remarks.set(None);
            error.set(Some(refused));
            dom::focus("curl");
        }
    };
    // What is too long is not kept, so that neither the page nor the field has to carry it.
    let refuse =
        move |given: usize| error.set(Some(CurlError::TooLong { given, limit: curl::LIMIT }));
    let edit = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if typed.len() > curl::LIMIT {
            text.with_untracked(|text| put_back(&event, text));
            refuse(typed.len());
        } else {
            error.set(None);
            text.set(typed);
        }
    };
    let is_bad = move || error.with(Option::is_some);
    view! {
        <Fold title="Paste a curl command" value=String::new()>
            <label class="vh" for="curl">"Paste a curl command"</label>
            <textarea class="in" id="curl" rows="4" spellcheck="false"
                aria-invalid=move || is_bad().then_some("true") aria-describedby=move || is_bad().then_some("curl-err")
                prop:value=move || text.get() on:input=edit
                on:paste=move |event| refuse_vast(&event, curl::LIMIT, |text| refuse(text.len()))></textarea>
            <FaultLine id="curl-err".to_owned() fault=fault/>
            <p class="help" role="status">{move || remarks.get().map(|remarks| taken(remarks.len()))}</p>
            {move || remarks.get().filter(|remarks| !remarks.is_empty()).map(|remarks| view! { <Remarks remarks/> })}
            <NoticeLine control=Control::Paste/>
            <button class="btn" type="button" on:click=take>"Use this command"</button>
        </Fold>
    }
}

#[component]
fn Remarks(
    /// Sentences.
    remarks: Vec<String>,
) -> impl IntoView {
    view! {
        <ul class="remarks" aria-label="Remarks on the command">
            {remarks.into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view()}
        </ul>
    }
}

fn taken(remarks: usize) -> String {
    match remarks {
        0 => "The command is in the form.".to_owned(),
        1 => "The command is in the form, with one remark:".to_owned(),
        count => format!("The command is in the form, with {count} remarks:"),
    }
}

/// What the reader of the command remarks, and what this page adds: which parts of a pasted command have no place here.
fn notes(pasted: &Pasted, distribution: &Distribution) -> Vec<String> {
    let mut notes: Vec<String> = pasted.remarks.iter().map(ToString::to_string).collect();
    let host = pasted.fields.get("Host").unwrap_or(&pasted.authority);
    if !distribution.answers_to(host) {
        let domain = &distribution.domain;
        notes.push(format!("the host {host:?} is replaced by {domain} when it is sent: the distribution does not answer to it"));
    }
    if pasted.scheme == Scheme::Http {
        notes.push("http is walked as https, with the handshake of TLS".to_owned());
    }
    if !pasted.content.is_empty() {
        let bytes = pasted.content_length();
        notes.push(format!("of the content only its length is kept: {bytes} bytes"));
    }
    notes.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::simulation::built_in_scenario;

    #[test]
    fn what_has_no_place_in_the_form_is_named() {
        let distribution = built_in_scenario().distribution;
        let notes = |text: &str| notes(&curl::read(text).unwrap(), &distribution).join(" | ");
        assert_eq!(notes("curl https://www.shop.example/app.js"), "");
        assert!(
            notes("curl https://a.example/")
                .starts_with("The host \"a.example\" is replaced by d111111abcdef8")
        );
        assert!(notes("curl https://a.example/ -H 'Host: WWW.shop.example'").is_empty());
        assert!(notes("curl http://www.shop.example/").starts_with("Http is walked as https"));
        assert!(notes("curl https://www.shop.example/ -d abc").contains("kept: 3 bytes."));
        assert!(notes("curl https://www.shop.example/ -k").contains("-k is not carried over"));
    }
}
