//! A configuration as AWS has it: the document is the truth, and the distribution is what was read of it.

use serde::{Deserialize, Serialize};

use super::aws::{
    self, Assumed, AwsError, Beside, EXAMPLE_DOMAIN, MOST_BYTES, MOST_VALUES, template, unwrapped,
};
use super::{Distribution, RealTimeLog, Side, Staged};
use crate::json::Json;

mod stored;
pub use stored::NotTaken;

/// A `DistributionConfig` that AWS would take, with what was given beside it and what is simulated of it.
///
/// Whatever the document says stays in it, in its order, simulated or not. Of a wrapper only what it calls the distribution
/// is remembered, and its `ETag`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Configuration {
    document: Json,
    told: Told,
    beside: Beside,
    distribution: Distribution,
    staged: Option<Box<Staged>>,
    kept: Vec<String>,
    assumed: Vec<Assumed>,
}

/// What a wrapper tells of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    /// What viewers ask for.
    domain: String,
    /// What the policy of a bucket calls it by (OSEC-14).
    id: Option<String>,
    /// What an update has to give back.
    etag: Option<String>,
}

impl Told {
    /// The name alone.
    fn domain(domain: &str) -> Self {
        Self { domain: domain.to_owned(), id: None, etag: None }
    }
}

/// The forms in which a configuration leaves. What AWS needs in the first three is added if the document lacks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As `aws cloudfront get-distribution-config` prints it (WR-01); with the `ETag` that it came with, if any.
    Config,
    /// The `DistributionConfig` alone (WR-06), as `update-distribution --distribution-config` takes it.
    Bare,
    /// As `aws cloudfront create-distribution --cli-input-json` takes it (WR-03).
    Create,
    /// A template of CloudFormation, which has no word for the caller's reference and for what is off (MX-01 to MX-20).
    CloudFormation,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Config, Self::Bare, Self::Create, Self::CloudFormation];
}

impl Configuration {
    /// Reads a text in any of the forms WR-01 to WR-06 or of CloudFormation; of several distributions the first, the others
    /// are among what is kept. All findings are returned.
    pub fn open(text: &str, beside: &Beside) -> Result<Self, Vec<AwsError>> {
        Self::open_one(text, 0, beside)
    }

    /// The same of the distribution at a place among those that [`aws::listed`] finds.
    pub fn open_one(text: &str, which: usize, beside: &Beside) -> Result<Self, Vec<AwsError>> {
        if text.len() > MOST_BYTES {
            let (given, most) = (text.len(), MOST_BYTES);
            return Err(vec![AwsError::TooLarge { given, most }]);
        }
        let json = Json::parse_at_most(text, MOST_VALUES)
            .map_err(|error| vec![AwsError::unread(text, error)])?;
        let found = unwrapped(json, which)?;
        let assumed = found.assumed();
        let domain = found.domain.unwrap_or_else(|| EXAMPLE_DOMAIN.to_owned());
        let told = Told { domain, id: found.id, etag: found.etag };
        let mut read = Self::named(told, found.document, beside).map_err(|errors| {
            let told = |error: AwsError| match &found.template {
                Some(place) => error.in_template(place),
                None => error,
            };
            errors.into_iter().map(told).collect::<Vec<_>>()
        })?;
        read.kept.splice(0..0, found.others);
        read.assumed.splice(0..0, assumed);
        Ok(read)
    }

    /// Checks a bare document, as an editor holds it.
    pub fn check(document: Json, beside: &Beside) -> Result<Self, Vec<AwsError>> {
        Self::named(Told::domain(EXAMPLE_DOMAIN), document, beside)
    }

    fn named(told: Told, document: Json, beside: &Beside) -> Result<Self, Vec<AwsError>> {
        let aws::Read { mut distribution, staged, kept, assumed } =
            aws::read(&document, &told.domain, beside)?;
        distribution.id.clone_from(&told.id);
        let (beside, staged) = (beside.clone(), staged.map(Box::new));
        Ok(Self { document, told, beside, distribution, staged, kept, assumed })
    }

    /// The same with another document and others beside it, as an editor holds both. What is wrong with one of the latter
    /// stands at `Beside[PLACE]`.
    pub fn edited(&self, document: Json, beside: &[Json]) -> Result<Self, Vec<AwsError>> {
        let (beside, mut errors) = self.beside.holding(beside);
        errors.extend(aws::check_edit(&self.document, &document));
        match Self::named(self.told.clone(), document, &beside) {
            Ok(edited) if errors.is_empty() => Ok(edited),
            Ok(_) => Err(errors),
            Err(found) => {
                errors.extend(found);
                Err(errors)
            }
        }
    }

    /// The same document with something else given beside it.
    pub fn with_beside(&self, beside: &Beside) -> Result<Self, Vec<AwsError>> {
        Self::named(self.told.clone(), self.document.clone(), beside)
    }

    /// A distribution that was made in code, as it is, with the document that says so. Where AWS would not take that (a test
    /// may want it all the same), the document can't be read again.
    pub fn of(distribution: Distribution) -> Self {
        let distribution = distribution.certified();
        let (document, beside) = aws::written(&distribution);
        let told = Told { id: distribution.id.clone(), ..Told::domain(&distribution.domain) };
        // What is made here is simulated as it is, and assumes nothing.
        let (kept, assumed) = (Vec::new(), Vec::new());
        Self { document, told, beside, distribution, staged: None, kept, assumed }
    }

    /// The same at a border: a distribution that AWS would not take, or that its JSON can't say, is refused.
    pub fn taken(distribution: &Distribution) -> Result<Self, Vec<AwsError>> {
        let distribution = distribution.clone().certified();
        let (document, beside) = aws::written(&distribution);
        let read = Self::named(Told::domain(&distribution.domain), document, &beside)?;
        if read.distribution == distribution {
            return Ok(read);
        }
        Err(vec![AwsError::Refused {
            path: "distribution".into(),
            given: "something else".into(),
            code: aws::ErrorCode::InvalidArgument,
            row: "WR-06",
            rule: "a distribution says nothing that AWS's own JSON could not say".into(),
        }])
    }

    /// What the engine simulates of it.
    pub const fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// The staging distribution that a policy sends requests to, if there is one (CD-02).
    pub fn staged(&self) -> Option<&Staged> {
        self.staged.as_deref()
    }

    /// The bare `DistributionConfig`.
    pub const fn document(&self) -> &Json {
        &self.document
    }

    /// What was given beside it.
    pub const fn beside(&self) -> &Beside {
        &self.beside
    }

    /// The ARN and the contents of each real-time log that stands beside it.
    pub fn real_time_logs(&self) -> impl Iterator<Item = (&str, &RealTimeLog)> {
        self.beside.real_time_logs()
    }

    /// The ARN of the real-time log that the behavior with this pattern names in one of the two distributions (CB-14, RTL-03).
    pub fn real_time_log_of(&self, side: Side, pattern: &str) -> Option<&str> {
        let document = match side {
            Side::Primary => &self.document,
            Side::Staging => {
                let name = &self.staged()?.policy.staging_name;
                self.beside.staging(name)?.1.member("DistributionConfig")?
            }
        };
        let listed = document.member("CacheBehaviors").and_then(|it| it.member("Items"));
        let mut all = listed.map_or(&[][..], Json::items).iter();
        let is_own = |it: &&Json| it.member("PathPattern").and_then(Json::as_text) == Some(pattern);
        let own = all.find(is_own);
        let default = || document.member("DefaultCacheBehavior").filter(|_| pattern == "*");
        let arn = own.or_else(default)?.member("RealtimeLogConfigArn")?.as_text()?;
        (!arn.is_empty()).then_some(arn)
    }

    /// The paths of what is kept, but not simulated ([`aws::Read::kept`]).
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// What it names and nobody has given, with what stands in.
    pub fn assumed(&self) -> &[Assumed] {
        &self.assumed
    }

    /// In one of the forms in which AWS's tools take it.
    pub fn write(&self, form: Form) -> Json {
        let whole = || completed(self.document.clone());
        match form {
            Form::Config => {
                let etag = self.told.etag.as_deref().map(|etag| ("ETag", Json::text(etag)));
                Json::object(etag.into_iter().chain([("DistributionConfig", whole())]))
            }
            Form::Bare => whole(),
            Form::Create => Json::object([("DistributionConfig", for_creation(whole()))]),
            Form::CloudFormation => template(&self.document),
        }
    }
}

/// Without the policy of the distribution that it was (CD-18).
fn for_creation(document: Json) -> Json {
    let Json::Object(mut members) = document else { return document };
    for (_, policy) in members.iter_mut().filter(|(name, _)| name == aws::POLICY_ID) {
        *policy = Json::text("");
    }
    Json::Object(members)
}

/// With what AWS needs and a summary or a template lacks (section 9.1): a reference of the caller's, a description.
fn completed(document: Json) -> Json {
    let Json::Object(mut members) = document else { return document };
    for (name, value) in [("Comment", ""), ("CallerReference", "edgewalk")] {
        if !members.iter().any(|(known, _)| known == name) {
            members.insert(0, (name.to_owned(), Json::text(value)));
        }
    }
    Json::Object(members)
}

impl PartialEq for Configuration {
    /// What is kept and assumed follows from the rest.
    fn eq(&self, other: &Self) -> bool {
        self.told == other.told
            && self.distribution == other.distribution
            && self.beside == other.beside
            && self.document == other.document
    }
}

impl Eq for Configuration {}
