//! A configuration within something else, such as a Walk file: its document, its own name and what was given beside it.

use std::fmt;

use super::{Configuration, Told};
use crate::distribution::aws::{self, AwsError, Beside, EXAMPLE_DOMAIN, ErrorCode, MOST_VALUES};
use crate::distribution::domain::is_host_name;
use crate::json::Json;

impl Configuration {
    /// As [`Configuration::from_stored`] takes it: the document as it is, with what was given beside it.
    pub fn to_stored(&self) -> Json {
        let beside = &self.beside;
        let regions = beside.regions.iter().map(|(id, region)| (id.as_str(), Json::text(region)));
        let mut members = vec![
            (DOCUMENT, self.document.clone()),
            (DOMAIN, Json::text(&self.told.domain)),
            (REGION, Json::text(&beside.default_region)),
        ];
        members.extend(self.told.id.as_deref().map(|id| (ID, Json::text(id))));
        members.extend(self.told.etag.as_deref().map(|etag| (ETAG, Json::text(etag))));
        if !beside.regions.is_empty() {
            members.push((REGIONS, Json::object(regions)));
        }
        if !beside.documents().is_empty() {
            members.push((BESIDE, Json::List(beside.documents().to_vec())));
        }
        Json::object(members)
    }

    /// Reads what [`Configuration::to_stored`] has made, and checks it anew as an import is checked.
    pub fn from_stored(json: &Json) -> Result<Self, Vec<AwsError>> {
        let stranger = json.members().iter().find(|(name, _)| !KNOWN.contains(&name.as_str()));
        if let Some((name, value)) = stranger {
            let rule = format!("the members here are {}", KNOWN.join(", "));
            return Err(refused(name, value, &rule));
        }
        let text = |name: &str| match json.member(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text.as_str())),
            Some(other) => Err(refused(name, other, "this must be a string")),
        };
        let domain = text(DOMAIN)?.unwrap_or(EXAMPLE_DOMAIN);
        if !is_host_name(domain) {
            let rule = "this must be a host name, as in d111111abcdef8.cloudfront.net";
            return Err(refused(DOMAIN, &Json::text(domain), rule));
        }
        let mut beside = Beside::managed(text(REGION)?.unwrap_or(aws::REGION).to_owned());
        match json.member(REGIONS) {
            None => {}
            Some(Json::Object(regions)) => {
                for (id, region) in regions {
                    let Json::Text(code) = region else {
                        let path = format!("{REGIONS}.{id}");
                        return Err(refused(&path, region, "this must be a string"));
                    };
                    beside.regions.push((id.clone(), code.clone()));
                }
            }
            Some(other) => return Err(refused(REGIONS, other, "this must be an object")),
        }
        match json.member(BESIDE) {
            None => {}
            Some(Json::List(documents)) => {
                for document in documents {
                    beside.add_document(document, None)?;
                }
            }
            Some(other) => return Err(refused(BESIDE, other, "this must be a list")),
        }
        let document = match json.member(DOCUMENT) {
            Some(document @ Json::Object(_)) => document.clone(),
            other => {
                let given = other.unwrap_or(&Json::Null);
                return Err(refused(DOCUMENT, given, "this must be an object"));
            }
        };
        let own = [text(ID)?, text(ETAG)?].map(|own| own.map(String::from));
        let [id, etag] = own;
        let told = Told { domain: domain.to_owned(), id, etag };
        Self::named(told, document, &beside)
    }

    /// The same in one text without blanks, as [`Configuration::restored`] takes it.
    pub fn stored(&self) -> String {
        self.to_stored().write_short()
    }

    /// Reads what [`Configuration::stored`] has written.
    pub fn restored(text: &str) -> Result<Self, Vec<AwsError>> {
        Self::parsed(text).and_then(|json| Self::from_stored(&json))
    }

    /// The first half of that: the text as JSON.
    pub fn parsed(text: &str) -> Result<Json, Vec<AwsError>> {
        Json::parse_at_most(text, MOST_STORED_VALUES).map_err(|error| vec![error.into()])
    }
}

/// A document that was taken, with as much again beside it, is read back whole (IM-05).
const MOST_STORED_VALUES: usize = 2 * MOST_VALUES;

const DOCUMENT: &str = "DistributionConfig";
const DOMAIN: &str = "DomainName";
const ID: &str = "Id";
const ETAG: &str = "ETag";
const REGION: &str = "Region";
const REGIONS: &str = "Regions";
const BESIDE: &str = "Beside";
const KNOWN: [&str; 7] = [DOCUMENT, DOMAIN, ID, ETAG, REGION, REGIONS, BESIDE];

/// What stands around the document and breaks a rule of ours (IM-16).
fn refused(path: &str, given: &Json, rule: &str) -> Vec<AwsError> {
    let given = if *given == Json::Null { "missing".to_owned() } else { given.shown() };
    let (path, rule) = (path.chars().take(80).collect(), rule.to_owned());
    let code = ErrorCode::InvalidArgument;
    vec![AwsError::Refused { path, given, code, row: "IM-16", rule }]
}

impl From<Configuration> for String {
    fn from(configuration: Configuration) -> Self {
        configuration.stored()
    }
}

impl TryFrom<String> for Configuration {
    type Error = NotTaken;

    fn try_from(text: String) -> Result<Self, NotTaken> {
        Self::restored(&text).map_err(NotTaken)
    }
}

/// Why a stored configuration is taken no more: all findings. It says the first, and how many more there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotTaken(pub Vec<AwsError>);

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.first().map(ToString::to_string).unwrap_or_default();
        f.write_str(&first)?;
        if self.0.len() > 1 { write!(f, ", and {} more", self.0.len() - 1) } else { Ok(()) }
    }
}
