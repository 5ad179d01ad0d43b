//! What an origin holds: objects, each with its current version.

use serde::{Deserialize, Serialize};

use crate::hash::fnv1a;
use crate::http::{Fields, Status, Text, date};

/// One object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Its path.
    pub path: String,
    /// Content-Type.
    pub content_type: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// Cache-Control, if the origin sends one.
    pub cache_control: Option<String>,
    /// If the origin sends Expires: so many seconds after each answer.
    #[serde(default)]
    pub expires_secs: Option<u64>,
    /// Its cache tags, separated by commas, if it has any.
    #[serde(default)]
    pub cache_tag: Option<String>,
    /// Vary, if the origin sends one.
    #[serde(default)]
    pub vary: Option<String>,
    /// How it comes about.
    pub kind: Kind,
    /// Counts published versions from 1.
    pub version: u32,
    /// When this version was published, in Unix seconds.
    pub modified_unix: u64,
}

/// How an answer comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A file: it has validators and changes only when a version is published.
    File,
    /// Made anew for each request, without validators.
    Made,
    /// A redirect (TTL-14).
    Redirect {
        /// The Location.
        to: String,
    },
    /// A server that fails with this status.
    Fails(Status),
}

/// Why a version cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Nothing under that path.
    #[error(
        "the origin has no object under {path:?}, so there is nothing to publish a new version of"
    )]
    NoSuchObject {
        /// The path.
        path: String,
    },
    /// Nothing as large can be made.
    #[error("an object has at most {limit} bytes, not {given}")]
    TooLarge {
        /// In bytes.
        given: u64,
        /// In bytes.
        limit: u64,
    },
    /// Only files have versions.
    #[error("{path:?} is made anew for every request; only a file has versions to publish")]
    NotAFile {
        /// The path.
        path: String,
    },
}

impl Object {
    /// The most bytes that an object can be given: more than CloudFront passes on (LIM-01), so that its refusal is seen.
    pub const MOST_BYTES: u64 = 100_000_000_000;

    /// A strong validator: it differs for every path and version (RFC 9110 8.8.3).
    pub fn etag(&self) -> String {
        let hash = fnv1a(self.path.bytes().chain(self.version.to_be_bytes()));
        format!("\"{hash:016x}\"")
    }

    /// The representation's own fields in every answer: type, length, caching, validators.
    pub(super) fn fields(&self) -> Fields {
        let mut fields = Fields::with_capacity(9);
        fields.add("Content-Type", Text::copy(&self.content_type));
        fields.add("Content-Length", self.size_bytes.to_string());
        if let Some(cache_control) = &self.cache_control {
            fields.add("Cache-Control", Text::copy(cache_control));
        }
        if let Some(vary) = &self.vary {
            fields.add("Vary", Text::copy(vary));
        }
        if self.kind == Kind::File {
            fields.add("ETag", self.etag());
            fields.add("Last-Modified", date::print(self.modified_unix));
        }
        if let Kind::Redirect { to } = &self.kind {
            fields.add("Location", Text::copy(to));
        }
        fields
    }
}
