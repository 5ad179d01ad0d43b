//! Why a configuration is refused: what the API would answer, and what a student is told.

use std::fmt;

use super::beside::{BESIDE, Sort};
use super::cloudformation;
use crate::json::{Json, JsonError};

/// One finding. All findings of a configuration are given, not only the first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwsError {
    /// The text is not JSON.
    #[error("this is not JSON: {reason} at line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What stands there that should not.
        reason: String,
    },
    /// The text is YAML, in which templates of CloudFormation come, too.
    #[error(
        "this is YAML, and only JSON is read: turn it into JSON first, as `cfn-flip -j template.yaml` does, or paste what `aws cloudfront get-distribution-config` prints (WR-06)"
    )]
    Yaml,
    /// There is no text (ER-02).
    #[error("there is nothing to read (MissingBody)")]
    Empty,
    /// The text is longer than any configuration.
    #[error("the text has {given} bytes; a configuration has at most {most}")]
    TooLarge {
        /// In bytes.
        given: usize,
        /// In bytes.
        most: usize,
    },
    /// The text holds more than any configuration does.
    #[error("this JSON holds more than {most} values; the largest distribution has fewer")]
    TooMany {
        /// As many are read.
        most: usize,
    },
    /// A field breaks a rule.
    #[error("{path}: {rule}; it is {given} ({code}, {row})")]
    Refused {
        /// Where it stands under the configuration, as in `Origins.Items[1].DomainName`.
        path: String,
        /// What is there: `7`, `"abc"`, `a list of 3`, `missing`.
        given: String,
        /// What the API would call it.
        code: ErrorCode,
        /// The row of the reference that holds the rule.
        row: &'static str,
        /// The rule, in a sentence.
        rule: String,
    },
}

impl AwsError {
    /// The field that breaks a rule, if it is one.
    pub fn path(&self) -> Option<&str> {
        if let Self::Refused { path, .. } = self { Some(path) } else { None }
    }
}

impl AwsError {
    /// The same of a template, in which the configuration stands at this place: at the place in the file (MX-01 to MX-22).
    pub(in crate::distribution) fn in_template(mut self, place: &str) -> Self {
        if let Self::Refused { path, .. } = &mut self {
            *path = cloudformation::in_file(place, path);
        }
        self
    }
}

impl AwsError {
    /// The same of the document at a place beside a configuration, in the wrapper of its sort.
    pub(super) fn beside(mut self, place: usize, document: &Json) -> Self {
        if let Self::Refused { path, .. } = &mut self {
            let wrapper = Sort::of(document).map_or("", Sort::name);
            let is_whole =
                path.strip_prefix(wrapper).is_some_and(|rest| !rest.starts_with("Config"));
            let into = if is_whole { String::new() } else { format!(".{wrapper}") };
            *path = format!("{BESIDE}[{place}]{into}.{path}");
        }
        self
    }
}

impl AwsError {
    /// Why a text is not read.
    pub(in crate::distribution) fn unread(text: &str, error: JsonError) -> Self {
        if is_yaml(text) { Self::Yaml } else { error.into() }
    }
}

/// Whether a text begins as YAML does: its first line that says something opens a document, or names a member without quotes.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let said = |line: &&str| !line.is_empty() && !line.trim_start().starts_with('#');
    let Some(first) = lines.find(said) else { return false };
    let name = first.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
    first == "---" || name.is_some_and(|(name, _)| is_name(name))
}

impl From<JsonError> for AwsError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Empty => Self::Empty, // ER-02
            JsonError::Malformed { line, column, reason } => Self::NotJson { line, column, reason },
            JsonError::TooMany { most } => Self::TooMany { most },
        }
    }
}

/// The codes of the API that a single configuration can earn (distribution.md section 9.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the API's own, and their row has the trigger
pub enum ErrorCode {
    InconsistentQuantities,
    InvalidArgument,
    NoSuchOrigin,
    TooManyOrigins,
    TooManyOriginGroupsPerDistribution,
    TooManyCacheBehaviors,
    TooManyDistributionCNAMEs,
    InvalidOrigin,
    InvalidOriginAccessIdentity,
    InvalidOriginAccessControl,
    IllegalOriginAccessConfiguration,
    InvalidDomainNameForOriginAccessControl,
    InvalidOriginReadTimeout,
    InvalidOriginKeepaliveTimeout,
    TooManyOriginCustomHeaders,
    InvalidRelativePath,
    InvalidDefaultRootObject,
    InvalidErrorCode,
    InvalidResponseCode,
    InvalidTTLOrder,
    InvalidForwardCookies,
    TooManyCookieNamesInWhiteList,
    TooManyHeadersInForwardedValues,
    TooManyQueryStringParameters,
    InvalidQueryStringParameters,
    InvalidHeadersForS3Origin,
    NoSuchCachePolicy,
    NoSuchOriginRequestPolicy,
    NoSuchResponseHeadersPolicy,
    NoSuchFieldLevelEncryptionConfig,
    NoSuchRealtimeLogConfig,
    NoSuchContinuousDeploymentPolicy,
    IllegalUpdate,
    TrustedSignerDoesNotExist,
    TrustedKeyGroupDoesNotExist,
    TooManyKeyGroupsAssociatedToDistribution,
    InvalidLambdaFunctionAssociation,
    TooManyLambdaFunctionAssociations,
    InvalidFunctionAssociation,
    TooManyFunctionAssociations,
    IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior,
    InvalidViewerCertificate,
    InvalidMinimumProtocolVersion,
    InvalidProtocolSettings,
    InvalidGeoRestrictionParameter,
    InvalidLocationCode,
    InvalidWebACLId,
    TooManyHeadersInCachePolicy,
    TooManyCookiesInCachePolicy,
    TooManyQueryStringsInCachePolicy,
    TooManyHeadersInOriginRequestPolicy,
    TooManyCookiesInOriginRequestPolicy,
    TooManyQueryStringsInOriginRequestPolicy,
    TooManyCustomHeadersInResponseHeadersPolicy,
    TooLongCSPInResponseHeadersPolicy,
    TooManyPublicKeysInKeyGroup,
}

impl ErrorCode {
    /// The row that lists the code.
    pub const fn row(self) -> &'static str {
        match self {
            Self::InconsistentQuantities => "ER-01",
            Self::InvalidArgument => "ER-03",
            Self::NoSuchOrigin => "ER-04",
            Self::TooManyOrigins
            | Self::TooManyOriginGroupsPerDistribution
            | Self::TooManyCacheBehaviors
            | Self::TooManyDistributionCNAMEs => "ER-05",
            Self::InvalidOrigin => "ER-06",
            Self::InvalidOriginAccessIdentity | Self::InvalidOriginAccessControl => "ER-07",
            Self::IllegalOriginAccessConfiguration => "ER-08",
            Self::InvalidDomainNameForOriginAccessControl => "ER-09",
            Self::InvalidOriginReadTimeout | Self::InvalidOriginKeepaliveTimeout => "ER-10",
            Self::TooManyOriginCustomHeaders => "ER-11",
            Self::InvalidRelativePath => "ER-12",
            Self::InvalidDefaultRootObject => "ER-13",
            Self::InvalidErrorCode | Self::InvalidResponseCode => "ER-14",
            Self::InvalidTTLOrder => "ER-15",
            Self::InvalidForwardCookies => "ER-16",
            Self::TooManyCookieNamesInWhiteList
            | Self::TooManyHeadersInForwardedValues
            | Self::TooManyQueryStringParameters
            | Self::InvalidQueryStringParameters => "ER-17",
            Self::InvalidHeadersForS3Origin => "ER-18",
            Self::NoSuchCachePolicy
            | Self::NoSuchOriginRequestPolicy
            | Self::NoSuchResponseHeadersPolicy
            | Self::NoSuchFieldLevelEncryptionConfig
            | Self::NoSuchRealtimeLogConfig
            | Self::NoSuchContinuousDeploymentPolicy => "ER-19",
            Self::IllegalUpdate => "ER-31",
            Self::TrustedSignerDoesNotExist
            | Self::TrustedKeyGroupDoesNotExist
            | Self::TooManyKeyGroupsAssociatedToDistribution => "ER-20",
            Self::InvalidLambdaFunctionAssociation
            | Self::TooManyLambdaFunctionAssociations
            | Self::InvalidFunctionAssociation
            | Self::TooManyFunctionAssociations => "ER-21",
            Self::IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior => "ER-22",
            Self::InvalidViewerCertificate => "ER-23",
            Self::InvalidMinimumProtocolVersion | Self::InvalidProtocolSettings => "ER-24",
            Self::InvalidGeoRestrictionParameter | Self::InvalidLocationCode => "ER-27",
            Self::InvalidWebACLId => "ER-28",
            Self::TooManyHeadersInCachePolicy
            | Self::TooManyCookiesInCachePolicy
            | Self::TooManyQueryStringsInCachePolicy => "QT-08",
            Self::TooManyHeadersInOriginRequestPolicy
            | Self::TooManyCookiesInOriginRequestPolicy
            | Self::TooManyQueryStringsInOriginRequestPolicy => "QT-10",
            Self::TooManyCustomHeadersInResponseHeadersPolicy => "QT-13",
            Self::TooLongCSPInResponseHeadersPolicy => "QT-39",
            Self::TooManyPublicKeysInKeyGroup => "QT-18",
        }
    }

    /// The HTTP status of the API's answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::NoSuchOrigin
            | Self::NoSuchCachePolicy
            | Self::NoSuchOriginRequestPolicy
            | Self::NoSuchResponseHeadersPolicy
            | Self::NoSuchFieldLevelEncryptionConfig
            | Self::NoSuchRealtimeLogConfig
            | Self::NoSuchContinuousDeploymentPolicy => 404,
            _ => 400,
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
