//! What is typed into the left column and what is said there. No browser here.

use super::form::{BadField, Form, FormField};
use super::said;
use crate::http::curl::CurlError;
use crate::network::City;
use crate::scene::{SigningFault, SigningField, SigningForm};

/// The controls that an action can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// "Send request".
    Send,
    /// "Origin Region".
    OriginRegion,
    /// "Method".
    Method,
    /// "Use this command".
    Paste,
    /// "Start with empty caches".
    StartEmpty,
    /// "Dynamic request".
    Dynamic,
    /// "Proxy method".
    ProxyMethod,
    /// "S3 in the same Region".
    SameRegion,
    /// "Invalidate".
    Invalidate,
    /// "Wait".
    Wait,
    /// "Jump the clock".
    Jump,
    /// "Publish a new version".
    Publish,
    /// "POP capacity".
    Capacity,
    /// "Origin Shield".
    Shield,
    /// "The viewer is".
    Viewer,
    /// "The viewer's network has".
    Access,
    /// "Its resolver is".
    Resolver,
    /// "The origin".
    Health,
    /// "Object size".
    Size,
    /// "Set TTLs".
    Ttls,
    /// "Send together".
    Together,
    /// "Sign this request".
    Sign,
}

/// The fields that take a number and a button to set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberField {
    /// "POP capacity (MB)".
    Capacity,
    /// "Object size (MB)".
    Size,
    /// "Minimum TTL (s)".
    MinTtl,
    /// "Default TTL (s)".
    DefaultTtl,
    /// "Maximum TTL (s)".
    MaxTtl,
}

/// What is said beside a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Beside which one.
    pub control: Control,
    /// A sentence.
    pub text: String,
    /// Whether the control was refused.
    pub is_refusal: bool,
    /// The revision of the run then: it is not said of any other.
    pub revision: u64,
}

/// "Paste a curl command".
#[derive(Clone, Debug, Default)]
pub struct Paste {
    /// As typed.
    pub text: String,
    /// Why it was not taken.
    pub error: Option<CurlError>,
    /// What was not taken over as it stands, once it was taken.
    pub remarks: Option<Vec<String>>,
}

/// The form and everything else that is typed or said.
#[derive(Clone, Debug)]
pub struct Model {
    /// The request.
    pub form: Form,
    /// What is wrong with it.
    pub bad: Vec<BadField>,
    /// The command.
    pub paste: Paste,
    /// "Invalidate path", as typed.
    pub invalidation: String,
    /// The span chosen for "Wait", in seconds.
    pub wait_secs: u64,
    /// Numbers as typed, until they are set: from then on the setting is shown.
    pub typed: Vec<(NumberField, String)>,
    /// The cities from which "Send together" sends.
    pub together: Vec<City>,
    /// The terms of a signature, as typed.
    pub signing: SigningForm,
    /// What is wrong with them.
    pub signing_bad: Vec<(SigningField, SigningFault)>,
    /// What the last action came to.
    pub notice: Option<Notice>,
    /// Whether the composer is open where it takes a whole small screen.
    pub is_open: bool,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            form: Form::default(),
            bad: Vec::new(),
            paste: Paste::default(),
            invalidation: "/img/*".to_owned(),
            wait_secs: 10,
            typed: Vec::new(),
            together: Vec::new(),
            signing: SigningForm::default(),
            signing_bad: Vec::new(),
            notice: None,
            is_open: false,
        }
    }
}

impl Model {
    /// What is wrong with a field, as a sentence.
    pub fn fault(&self, field: FormField) -> Option<String> {
        let bad = self.bad.iter().find(|bad| bad.field == field)?;
        Some(said::sentence(&bad.fault))
    }

    /// What is said beside a control, as long as it is true of the run.
    pub fn notice(&self, control: Control, revision: u64) -> Option<&Notice> {
        self.notice
            .as_ref()
            .filter(|notice| notice.control == control && notice.revision == revision)
    }

    /// Takes a text as typed. One that is longer than the field takes at all is refused: the field is told so and what
    /// was there stays. Returns whether the text was taken.
    pub fn edit(&mut self, field: FormField, text: String) -> bool {
        if text.len() > field.limit() {
            let mut tried = self.form.clone();
            tried.put(field, text);
            self.set_fault(field, &tried);
            return false;
        }
        self.bad.retain(|bad| bad.field != field);
        self.form.put(field, text);
        true
    }

    /// Says what is wrong with a field of a form, if anything is.
    pub fn set_fault(&mut self, field: FormField, form: &Form) {
        self.bad.retain(|bad| bad.field != field);
        self.bad.extend(form.check(field).map(|fault| BadField { field, fault }));
    }

    /// A number as typed, if it was typed and not set since.
    pub fn typed(&self, field: NumberField) -> Option<&str> {
        self.typed.iter().find(|(of, _)| *of == field).map(|(_, text)| text.as_str())
    }

    /// Takes a number as typed, or forgets it.
    pub fn set_typed(&mut self, field: NumberField, text: Option<String>) {
        self.typed.retain(|(of, _)| *of != field);
        self.typed.extend(text.map(|text| (field, text)));
    }

    /// Forgets what is said beside a control.
    pub fn hush(&mut self, control: Control) {
        self.notice.take_if(|notice| notice.control == control);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_too_long_is_refused_and_what_was_there_stays() {
        let mut model = Model::default();
        let before = model.form.clone();
        assert!(!model.edit(FormField::Path, "/".repeat(FormField::Path.limit() + 1)));
        assert_eq!(model.form, before);
        assert!(model.fault(FormField::Path).is_some_and(|fault| fault.ends_with('.')));
        assert!(model.edit(FormField::Path, "/app.js".to_owned()));
        assert_eq!(model.fault(FormField::Path), None);
        assert_eq!(model.form.path, "/app.js");
    }

    #[test]
    fn a_notice_is_said_of_its_control_and_its_walk_only() {
        let notice = Notice {
            control: Control::Wait,
            text: "10 s later.".to_owned(),
            is_refusal: false,
            revision: 3,
        };
        let mut model = Model { notice: Some(notice.clone()), ..Model::default() };
        assert_eq!(model.notice(Control::Wait, 3), Some(&notice));
        assert_eq!(model.notice(Control::Wait, 2), None);
        assert_eq!(model.notice(Control::Publish, 3), None);
        model.hush(Control::Publish);
        assert!(model.notice.is_some());
        model.hush(Control::Wait);
        assert!(model.notice.is_none());
    }
}
