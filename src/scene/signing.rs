//! "Sign this request" as a form: the terms of a signature as they are typed, and what they come to.

use crate::distribution::{AddressRange, KeyKind, TrustedKeys};
use crate::edge::{Carrier, SignatureHash, Terms, signed_url};
use crate::http::Request;

/// The most minutes that are taken: a year.
const MOST_MINUTES: u64 = 525_600;

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningForm {
    /// What is to carry the signature.
    pub by: Carrier,
    /// Whether a policy comes along (SIG-03).
    pub is_custom: bool,
    /// What is hashed how.
    pub hash: SignatureHash,
    /// In how many minutes of the walk's clock it ends.
    pub ends: String,
    /// Of a custom policy: which URLs; nothing for the one that is asked for.
    pub resource: String,
    /// In how many minutes it begins; nothing for at once.
    pub begins: String,
    /// From which addresses; nothing for all.
    pub address: String,
}

impl Default for SigningForm {
    fn default() -> Self {
        Self {
            by: Carrier::Url,
            is_custom: false,
            hash: SignatureHash::Sha1,
            ends: "5".to_owned(),
            resource: String::new(),
            begins: String::new(),
            address: String::new(),
        }
    }
}

/// The fields that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningField {
    /// "Ends in".
    Ends,
    /// "Resource".
    Resource,
    /// "Begins in".
    Begins,
    /// "Source address".
    Address,
}

impl SigningField {
    /// Those of a custom policy, besides its end.
    pub const OF_CUSTOM: [Self; 3] = [Self::Resource, Self::Begins, Self::Address];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ends => "Ends in (minutes)",
            Self::Resource => "Resource",
            Self::Begins => "Begins in (minutes)",
            Self::Address => "Source address",
        }
    }

    /// The id of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ends => "sign-ends",
            Self::Resource => "sign-resource",
            Self::Begins => "sign-begins",
            Self::Address => "sign-address",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    /// No number of minutes.
    #[error("{what} is a whole number of minutes from 1 to {MOST_MINUTES}, not {given:?}")]
    NotMinutes {
        /// Which field.
        what: &'static str,
        /// What was given instead, shortened.
        given: String,
    },
    /// It would be over before it begins.
    #[error("a signature that begins in {begins} minutes ends later than that, not in {ends}")]
    NeverHolds {
        /// In minutes.
        begins: u64,
        /// In minutes.
        ends: u64,
    },
    /// No URL (SIG-18).
    #[error("a resource begins with http://, https:// or an asterisk, not {given:?} (SIG-18)")]
    NoUrl {
        /// What was given, shortened.
        given: String,
    },
    /// What signers write in different ways (SIG-69).
    #[error("a resource is percent-encoded, and this one holds {found:?} (SIG-69)")]
    Unencoded {
        /// The character.
        found: char,
    },
    /// No range of addresses (SIG-34).
    #[error(
        "a source address is one of IPv4 or a range, as in 192.0.2.0/24, not {given:?} (SIG-34)"
    )]
    NoRange {
        /// What was given, shortened.
        given: String,
    },
}

impl SigningForm {
    /// What a field says.
    pub fn text(&self, field: SigningField) -> &str {
        match field {
            SigningField::Ends => &self.ends,
            SigningField::Resource => &self.resource,
            SigningField::Begins => &self.begins,
            SigningField::Address => &self.address,
        }
    }

    /// Takes what is typed.
    pub fn put(&mut self, field: SigningField, text: String) {
        *match field {
            SigningField::Ends => &mut self.ends,
            SigningField::Resource => &mut self.resource,
            SigningField::Begins => &mut self.begins,
            SigningField::Address => &mut self.address,
        } = text;
    }

    /// The terms for a request at this instant, or what is wrong, in the order of the fields.
    pub fn terms(
        &self,
        request: &Request,
        now_unix: u64,
    ) -> Result<Terms, Vec<(SigningField, SigningFault)>> {
        let mut bad = Vec::new();
        let ends = kept(&mut bad, SigningField::Ends, minutes("the end", &self.ends));
        let at = |minutes: u64| now_unix.saturating_add(minutes * 60);
        if !self.is_custom {
            return ends.map(|ends| Terms::Canned { until_unix: at(ends) }).ok_or(bad);
        }
        let resource = kept(&mut bad, SigningField::Resource, resource(&self.resource, request));
        let begins = match self.begins.trim() {
            "" => Some(None),
            text => kept(&mut bad, SigningField::Begins, minutes("the beginning", text)).map(Some),
        };
        if let (Some(ends), Some(Some(begins))) = (ends, begins)
            && begins >= ends
        {
            bad.push((SigningField::Begins, SigningFault::NeverHolds { begins, ends }));
        }
        let range = match self.address.trim() {
            "" => Some(None),
            text => kept(&mut bad, SigningField::Address, range(text)).map(Some),
        };
        match (ends, resource, begins, range) {
            (Some(ends), Some(resource), Some(begins), Some(range)) if bad.is_empty() => {
                let (until_unix, after_unix) = (at(ends), begins.map(at));
                Ok(Terms::Custom { resource, until_unix, after_unix, range })
            }
            _ => Err(bad),
        }
    }
}

/// The ids of the trusted keys of which `is_held` says that somebody has the private half.
pub fn signable(
    trusted: &TrustedKeys,
    is_held: impl Fn(&KeyKind) -> bool,
) -> impl Iterator<Item = &str> {
    let keys = trusted.groups.iter().flat_map(|group| &group.keys);
    keys.filter(move |(_, key)| is_held(&key.kind)).map(|(id, _)| id.as_str())
}

fn kept<T>(
    bad: &mut Vec<(SigningField, SigningFault)>,
    field: SigningField,
    read: Result<T, SigningFault>,
) -> Option<T> {
    read.map_err(|fault| bad.push((field, fault))).ok()
}

fn minutes(what: &'static str, text: &str) -> Result<u64, SigningFault> {
    let text = text.trim();
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let read =
        text.parse().ok().filter(|minutes| is_digits && (1..=MOST_MINUTES).contains(minutes));
    read.ok_or_else(|| SigningFault::NotMinutes { what, given: shortened(text) })
}

fn resource(text: &str, request: &Request) -> Result<String, SigningFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(signed_url(request));
    }
    if let Some(found) = text.chars().find(|c| !c.is_ascii_graphic()) {
        return Err(SigningFault::Unencoded { found });
    }
    let is_url = ["http://", "https://", "*"].iter().any(|start| text.starts_with(start));
    is_url.then(|| text.to_owned()).ok_or_else(|| SigningFault::NoUrl { given: shortened(text) })
}

fn range(text: &str) -> Result<AddressRange, SigningFault> {
    AddressRange::v4(text).ok_or_else(|| SigningFault::NoRange { given: shortened(text) })
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::{Fields, Method, Target};

    const NOW: u64 = 1_767_225_600;

    fn request() -> Request {
        let target = Target::parse("/a?size=1&Expires=5&Signature=x&Key-Pair-Id=K").unwrap();
        Request::new(Method::Get, target, Fields::parse("Host: d.example").unwrap().into())
    }

    fn custom(change: impl FnOnce(&mut SigningForm)) -> SigningForm {
        let mut form = SigningForm { is_custom: true, ..SigningForm::default() };
        change(&mut form);
        form
    }

    #[test]
    fn sig_07_to_10_what_is_typed_is_counted_from_the_walks_own_clock() {
        let form = SigningForm::default();
        assert_eq!(form.terms(&request(), NOW), Ok(Terms::Canned { until_unix: NOW + 300 }));
        let form = custom(|form| {
            form.ends = "90".into();
            form.begins = " 2 ".into();
            form.address = "192.0.2.10".into();
        });
        // SIG-08: the URL that is asked for, without what an earlier signature left in it.
        let expected = Terms::Custom {
            resource: "https://d.example/a?size=1".into(),
            until_unix: NOW + 5_400,
            after_unix: Some(NOW + 120),
            range: AddressRange::v4("192.0.2.10"),
        };
        assert_eq!(form.terms(&request(), NOW), Ok(expected));
        for resource in ["*", "https://d.example/*", "*://d.example/a", "*.example/a"] {
            let form = custom(|form| form.resource = resource.into());
            let Ok(Terms::Custom { resource: said, after_unix, range, .. }) =
                form.terms(&request(), NOW)
            else {
                panic!("{resource}");
            };
            assert_eq!((said.as_str(), after_unix, range), (resource, None, None));
        }
    }

    #[test]
    fn sig_18_34_69_what_is_wrong_is_said_at_each_field() {
        let form = custom(|form| {
            form.ends = "0".into();
            form.resource = "/a".into();
            form.begins = "soon".into();
            form.address = "2001:db8::1".into();
        });
        let said: Vec<_> = form
            .terms(&request(), NOW)
            .unwrap_err()
            .into_iter()
            .map(|(field, fault)| format!("{}: {fault}", field.label()))
            .collect();
        assert_eq!(
            said,
            [
                "Ends in (minutes): the end is a whole number of minutes from 1 to 525600, not \"0\"",
                "Resource: a resource begins with http://, https:// or an asterisk, not \"/a\" (SIG-18)",
                "Begins in (minutes): the beginning is a whole number of minutes from 1 to 525600, not \"soon\"",
                "Source address: a source address is one of IPv4 or a range, as in 192.0.2.0/24, not \"2001:db8::1\" (SIG-34)",
            ]
        );
        for (ends, begins) in [("5", "5"), ("5", "6")] {
            let form = custom(|form| (form.ends, form.begins) = (ends.into(), begins.into()));
            let bad = form.terms(&request(), NOW).unwrap_err();
            assert_eq!(bad[0].0, SigningField::Begins, "{bad:?}");
        }
        let form = custom(|form| form.resource = "https://d.example/\u{e4}*".into());
        assert_eq!(
            form.terms(&request(), NOW).unwrap_err()[0].1,
            SigningFault::Unencoded { found: '\u{e4}' }
        );
        for text in ["", "-1", "+1", "1.5", "525601", "99999999999999999999999"] {
            let form = SigningForm { ends: text.into(), ..SigningForm::default() };
            assert_eq!(form.terms(&request(), NOW).unwrap_err()[0].0, SigningField::Ends, "{text}");
        }
        // What a canned policy does not have is not looked at.
        let form = SigningForm { begins: "soon".into(), ..SigningForm::default() };
        assert!(form.terms(&request(), NOW).is_ok());
    }
}
