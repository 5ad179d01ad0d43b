//! "Signature": the composed request is signed by a key pair of this page. What comes of it stands in query or cookies, as if it had
//! been typed: so a walk stays what it is, plain data.

use leptos::__reexports::wasm_bindgen_futures::spawn_local;
use leptos::prelude::*;

use super::form::FormField;
use super::model::{Control, Model};
use super::parts::{Fold, NoticeLine};
use super::said;
use super::state::{ComposerState, use_composer};
use super::switches::behavior_of;
use crate::app::choices::{Segment, list, segments};
use crate::app::crypto::{KeyPair, use_keyring};
use crate::app::icon::Icon;
use crate::app::lessons::use_lessons;
use crate::app::live::{Kept, Piece, heard, live, piece, text};
use crate::distribution::{KeyKind, TrustedKeys};
use crate::edge::{Carrier, SignatureHash, Signing, signed_url};
use crate::http::{Fields, Request, date};
use crate::scene::signing::{SigningField, SigningForm, signable};
use crate::simulation::View;

/// The fold; nothing where nobody wants a signature.
pub(super) fn view() -> AnyView {
    let composer = use_composer();
    let trusted = Kept::new(move || behavior_of(composer).and_then(|behavior| behavior.trusted));
    let is_wanted = Kept::new(move || trusted.with(Option::is_some));
    piece(move || {
        is_wanted.with(|is_wanted| *is_wanted).then(|| {
            let value = text(move || composer.read(|model| state_of(model).to_owned()));
            view! { <Fold title="Signature" value>{piece(move || trusted.with(|trusted| trusted.as_ref().map(|trusted| within(composer, trusted))))}</Fold> }
                .into_any()
        })
    })
}

/// What the closed fold says.
fn state_of(model: &Model) -> &'static str {
    let has = |text: &str, name: &str| text.split(['&', ';']).any(|it| it.trim().starts_with(name));
    let is_signed =
        has(&model.form.query, "Signature=") || has(&model.form.cookies, "CloudFront-Signature=");
    if is_signed { "signed" } else { "wanted here" }
}

fn within(composer: ComposerState, trusted: &TrustedKeys) -> AnyView {
    let keyring = use_keyring();
    let ids: Vec<String> =
        signable(trusted, |kind| keyring.holds(kind)).map(str::to_owned).collect();
    if ids.is_empty() {
        return without_key();
    }
    let kinds = trusted.groups.iter().flat_map(|group| group.keys.clone());
    let kinds: Vec<(String, KeyKind)> = kinds.map(|(id, key)| (id, key.kind)).collect();
    let chosen = RwSignal::new(ids[0].clone());
    let sign = move |_| {
        let id = chosen.get_untracked();
        let kind = kinds.iter().find(|(known, _)| *known == id).map(|(_, kind)| kind.clone());
        if let Some(pair) = kind.and_then(|kind| untrack(|| keyring.pair_of(&kind))) {
            composer.sign(id, pair);
        }
    };
    let options = ids.iter().map(|id| (id.clone(), id.clone())).collect();
    let keys = (ids.len() > 1).then(|| list("Key", "sign-key", options, chosen));
    let is_custom = Kept::new(move || composer.read(|model| model.signing.is_custom));
    let custom = move || {
        let fields = || SigningField::OF_CUSTOM.map(|field| field_view(composer, field));
        is_custom.with(|is_custom| is_custom.then(|| fields().collect_view().into_any()))
    };
    view! {
        {segments("Carried by", [
            way(composer, "The URL", |form| &mut form.by, Carrier::Url),
            way(composer, "cookies", |form| &mut form.by, Carrier::Cookies),
        ])}
        {segments("Policy", [
            way(composer, "Canned", |form| &mut form.is_custom, false),
            way(composer, "custom", |form| &mut form.is_custom, true),
        ])}
        {segments("Hash", [
            way(composer, "SHA-1", |form| &mut form.hash, SignatureHash::Sha1),
            way(composer, "SHA-256", |form| &mut form.hash, SignatureHash::Sha256),
        ])}
        {keys}
        {field_view(composer, SigningField::Ends)}
        {piece(custom)}
        <button class="btn" type="button" on:click=heard(sign)>"Sign this request"</button>
        <NoticeLine control=Control::Sign/>
        {piece(move || policy(composer))}
    }
    .into_any()
}

/// What is said where this page cannot sign.
fn without_key() -> AnyView {
    let lessons = use_lessons();
    view! {
        <p class="help">"Only whoever brings a signature of its key group gets this. To sign here, make a key pair in the distribution, under Security, and put its group into the behavior."</p>
        <button class="btn" type="button" on:click=heard(move |_| lessons.show(View::Distribution))>"Go to the distribution"</button>
    }
    .into_any()
}

/// One of the values of a member of the form.
fn way<T: Copy + PartialEq + Send + 'static>(
    composer: ComposerState,
    name: &'static str,
    member: fn(&mut SigningForm) -> &mut T,
    value: T,
) -> Segment {
    let holds = move || composer.read(|model| *member(&mut model.signing.clone()) == value);
    let set = move || composer.update(|model| *member(&mut model.signing) = value);
    Segment::new(name, holds, set)
}

fn field_view(composer: ComposerState, field: SigningField) -> AnyView {
    let id = field.id();
    let said = format!("{id}-said");
    let fault = move || {
        composer.read(|model| {
            let bad = model.signing_bad.iter().find(|(of, _)| *of == field)?;
            Some(said::sentence(&bad.1))
        })
    };
    let proposal = move || match field {
        SigningField::Resource => composer.request().map(|request| signed_url(&request)),
        SigningField::Begins => Some("at once".to_owned()),
        SigningField::Address => Some("any".to_owned()),
        SigningField::Ends => None,
    };
    let edit = move |event: leptos::ev::Event| {
        composer.update(|model| {
            model.signing_bad.retain(|(of, _)| *of != field);
            model.signing.put(field, event_target_value(&event));
        });
    };
    let line = move || {
        fault().map(|fault| view! { <p class="err"><Icon name="m-error"/>{fault}</p> }.into_any())
    };
    view! {
        <div class="field">
            <label for=id>{field.label()}</label>
            <input class="in" id=id autocomplete="off" spellcheck="false" maxlength="2000" aria-describedby=said.clone()
                aria-invalid=live(move || fault().map(|_| "true")) placeholder=live(move || proposal().unwrap_or_default())
                prop:value=live(move || composer.read(|model| model.signing.text(field).to_owned())) on:input=heard(edit)/>
            <div id=said>{piece(line)}</div>
        </div>
    }
    .into_any()
}

/// The text that would be signed now.
fn policy(composer: ComposerState) -> Piece {
    let request = composer.request()?;
    let (form, now) = (composer.read(|model| model.signing.clone()), composer.now_unix());
    let terms = form.terms(&request, now).ok()?;
    let signing = Signing { by: form.by, key_id: String::new(), hash: form.hash, terms };
    let policy = signing.policy(&request);
    Some(
        view! {
            <p class="help">"What is signed:"</p>
            <p class="policy val">{policy}</p>
        }
        .into_any(),
    )
}

impl ComposerState {
    /// The composed request as it will reach the edge location; none while a field is wrong.
    fn request(self) -> Option<Request> {
        let method = self.method();
        let (_, request) = self.read(|model| model.form.parse(method)).ok()?;
        let settings = self.settings();
        let distribution = settings.configuration.distribution();
        let given = request.fields.get("Host").filter(|host| distribution.answers_to(host));
        let host = given.unwrap_or(&distribution.domain).to_owned();
        let mut fields: Fields =
            request.fields.iter().filter(|field| !field.is("Host")).cloned().collect();
        fields.add("Host", host);
        Some(Request { fields: fields.into(), ..request })
    }

    /// Signs what is composed, and puts the signature where it belongs.
    fn sign(self, key_id: String, pair: KeyPair) {
        let method = untrack(|| self.method());
        if let Err(bad) = self.read_untracked(|model| model.form.parse(method)) {
            return self.complain(bad);
        }
        let Some(request) = untrack(|| self.request()) else { return };
        let now = untrack(|| self.now_unix());
        let (form, before) =
            self.read_untracked(|model| (model.signing.clone(), model.form.clone()));
        let terms = match form.terms(&request, now) {
            Ok(terms) => terms,
            Err(bad) => {
                let first = bad.first().map(|(field, _)| field.id());
                self.update(|model| model.signing_bad = bad);
                if let Some(id) = first {
                    self.show(id);
                }
                return;
            }
        };
        let until = date::print(terms.until_unix());
        let signing = Signing { by: form.by, key_id, hash: form.hash, terms };
        spawn_local(async move {
            let signature = match pair.sign(signing.hash, &signing.policy(&request)).await {
                Ok(signature) => signature,
                Err(error) => return self.refuse(Control::Sign, &error),
            };
            let carried = match signing.carried(&request, &signature) {
                Ok(carried) => carried,
                Err(error) => return self.refuse(Control::Sign, &error),
            };
            // Whoever has typed on meanwhile signs again.
            if self.read_untracked(|model| model.form != before) {
                return;
            }
            // All cookies stand in their own field then, whichever way they were typed.
            let cookies: Vec<&str> = carried.fields.all("Cookie").collect();
            let is_other = |line: &&str| {
                let name = line.split(':').next().unwrap_or_default();
                !name.trim().eq_ignore_ascii_case("Cookie")
            };
            let headers: Vec<&str> = before.headers.lines().filter(is_other).collect();
            self.edit(FormField::Query, carried.target.query().unwrap_or_default().to_owned());
            self.edit(FormField::Headers, headers.join("\n"));
            self.edit(FormField::Cookies, cookies.join("; "));
            let place = match signing.by {
                Carrier::Url => "query string",
                Carrier::Cookies => "cookies",
            };
            self.say(Control::Sign, format!("Signed until {until}: it is in the {place}."), false);
        });
    }
}
