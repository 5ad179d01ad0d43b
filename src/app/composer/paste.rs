//! "Paste a curl command".

use leptos::prelude::*;

use super::model::Control;
use super::parts::{Fold, NoticeLine, described_by, invalid, put_back, refuse_vast};
use super::said::sentence;
use super::state::use_composer;
use crate::app::dom;
use crate::app::icon::Icon;
use crate::app::later::{NOT_FETCHED, use_later};
use crate::app::live::{heard, live, piece, text};
use crate::distribution::Distribution;
use crate::http::curl::{self, CurlError, Pasted};

/// The fold: a text, what is wrong with it, and what was not taken over as it stands.
#[component]
pub(super) fn PasteFold() -> impl IntoView {
    let composer = use_composer();
    let later = use_later();
    let take = move |read: Result<Pasted, CurlError>| match read {
        Ok(pasted) => {
            let notes = notes(&pasted, composer.settings().configuration.distribution());
            let is_taken = composer.take(&pasted);
            composer.update(|model| {
                model.paste.error = None;
                model.paste.remarks = is_taken.then_some(notes);
            });
        }
        Err(refused) => {
            composer.update(|model| {
                model.paste.remarks = None;
                model.paste.error = Some(refused);
            });
            dom::focus("curl");
        }
    };
    let ask = move |_| {
        let text = composer.read_untracked(|model| model.paste.text.clone());
        later.read_curl(text.clone(), move |read| match read {
            // Whoever has typed on meanwhile asks again.
            _ if composer.read_untracked(|model| model.paste.text != text) => {}
            Some(read) => take(read),
            None => composer.refuse(Control::Paste, &NOT_FETCHED),
        });
    };
    // What is too long is not kept, so that neither the page nor the field has to carry it.
    let refuse = move |given: usize| {
        let error = CurlError::TooLong { given, limit: curl::LIMIT };
        composer.update(|model| model.paste.error = Some(error));
    };
    let edit = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if typed.len() > curl::LIMIT {
            composer.read_untracked(|model| put_back(&event, &model.paste.text));
            refuse(typed.len());
        } else {
            composer.update(|model| {
                model.paste.error = None;
                model.paste.remarks = None;
                model.paste.text = typed;
            });
        }
    };
    let is_bad = move || composer.read(|model| model.paste.error.is_some());
    let fault = move || {
        let fault =
            composer.read(|model| model.paste.error.as_ref().map(|error| sentence(error)))?;
        Some(view! { <p class="err" id="curl-err"><Icon name="m-error"/>{fault}</p> }.into_any())
    };
    let taken = move || {
        let remarks = composer.read(|model| model.paste.remarks.as_ref().map(Vec::len));
        remarks.map(taken).unwrap_or_default()
    };
    let remarks = move || {
        let remarks = composer.read(|model| model.paste.remarks.clone())?;
        (!remarks.is_empty()).then(|| view! { <Remarks remarks/> }.into_any())
    };
    view! {
        <Fold title="Paste a curl command" value=().into_any()>
            <label class="vh" for="curl">"Paste a curl command"</label>
            <textarea class="in" id="curl" rows="4" spellcheck="false"
                aria-invalid=invalid(is_bad) aria-describedby=described_by("curl", None, is_bad)
                prop:value=live(move || composer.read(|model| model.paste.text.clone())) on:input=heard(edit) on:focus=heard(move |_| later.foresee())
                on:paste=heard(move |event| refuse_vast(&event, curl::LIMIT, |text| refuse(text.len())))></textarea>
            {piece(fault)}
            <p class="help" role="status">{text(taken)}</p>
            {piece(remarks)}
            <NoticeLine control=Control::Paste/>
            <button class="btn" type="button" on:click=heard(ask)>"Use this command"</button>
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
    let host = pasted.host();
    if !distribution.answers_to(host) {
        let domain = &distribution.domain;
        notes.push(format!("the host {host:?} is left out and {domain} takes its place: the distribution does not answer to it, and among the headers it would get 403"));
    } else if !host.eq_ignore_ascii_case(&pasted.authority) {
        // TLS-85, CFE-18.
        let named = &pasted.authority;
        notes.push(format!("curl names {named:?} in TLS; the walk names the Host, and has no 421 for domain fronting, since all is of one account"));
    }
    if !pasted.content.is_empty() {
        let bytes = pasted.content_length();
        notes.push(format!("of the content only its length is kept: {bytes} bytes"));
    }
    notes.iter().map(|note| sentence(note)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::simulation::built_in_scenario;

    #[test]
    fn what_has_no_place_in_the_form_is_named() {
        let scenario = built_in_scenario();
        let distribution = scenario.configuration.distribution().clone();
        let notes = |text: &str| notes(&curl::read(text).unwrap(), &distribution).join(" | ");
        assert_eq!(notes("curl https://www.shop.example/app.js"), "");
        assert!(
            notes("curl https://a.example/")
                .starts_with("The host \"a.example\" is left out and d111111abcdef8")
        );
        let fronted = notes("curl https://a.example/ -H 'Host: WWW.shop.example'");
        assert!(fronted.starts_with("Curl names \"a.example\" in TLS; the walk names the Host"));
        let alike = "curl https://www.shop.example/ -H 'Host: WWW.shop.example'";
        assert!(notes(alike).is_empty());
        assert_eq!(notes("curl http://www.shop.example/"), "", "it is walked so");
        assert!(notes("curl https://www.shop.example/ -d abc").contains("kept: 3 bytes."));
        assert!(notes("curl https://www.shop.example/ -k").contains("-k is not carried over"));
    }
}
