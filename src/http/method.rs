//! Request methods, RFC 9110 section 9 and RFC 5789.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The seven methods that a distribution can be told to allow.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// RFC 9110 9.3.1.
    #[default]
    Get,
    /// RFC 9110 9.3.2.
    Head,
    /// RFC 9110 9.3.3.
    Post,
    /// RFC 9110 9.3.4.
    Put,
    /// RFC 5789.
    Patch,
    /// RFC 9110 9.3.7.
    Options,
    /// RFC 9110 9.3.5.
    Delete,
}

/// A method that this program does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the method must be one of GET, HEAD, POST, PUT, PATCH, OPTIONS and DELETE, not {given:?}")]
pub struct MethodError {
    /// What was given instead.
    pub given: String,
}

impl Method {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 7] =
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Options, Self::Delete];

    /// The method's token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Options => "OPTIONS",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the request content has a meaning for this method (RFC 9110 9.3).
    pub const fn takes_content(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Method {
    type Err = MethodError;

    /// Methods are case-sensitive (RFC 9110 9.1).
    fn from_str(text: &str) -> Result<Self, MethodError> {
        Self::ALL
            .into_iter()
            .find(|method| method.as_str() == text)
            .ok_or_else(|| MethodError { given: text.chars().take(40).collect() })
    }
}
