//! Requests and responses (RFC 9110 sections 6, 9 and 15). A body is a handle: a length and a version, never bytes.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Fields, Method, Target};

/// What stands for the content: its length and which version of it this is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Body {
    /// In bytes.
    pub length: u64,
    /// Counts the versions of one object from 1; 0 for content that no origin keeps.
    pub version: u32,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// RFC 9110 section 9.
    pub method: Method,
    /// RFC 9112 3.2.
    pub target: Target,
    /// RFC 9110 section 5.
    pub fields: Arc<Fields>,
    /// The content sent along, in bytes; 0 for none.
    pub content_length: u64,
    /// HTTP or HTTPS (RFC 9110 section 4.2).
    #[serde(default)]
    pub scheme: Scheme,
    /// The version of HTTP that it came by.
    #[serde(default)]
    pub version: Version,
}

impl Request {
    /// A request over HTTPS and HTTP/2 without content.
    pub const fn new(method: Method, target: Target, fields: Arc<Fields>) -> Self {
        Self {
            method,
            target,
            fields,
            content_length: 0,
            scheme: Scheme::Https,
            version: Version::Http2,
        }
    }
}

/// RFC 9110 section 4.2.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Scheme {
    /// Without TLS.
    Http,
    /// Over TLS.
    #[default]
    Https,
}

impl Scheme {
    /// `http` or `https`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// The versions of HTTP that a viewer can speak.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Version {
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
    /// HTTP/2.
    #[default]
    Http2,
    /// HTTP/3.
    Http3,
}

impl Version {
    /// As it stands in Via, without the protocol's name (RFC 9110 7.6.3).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "1.0",
            Self::Http11 => "1.1",
            Self::Http2 => "2.0",
            Self::Http3 => "3.0",
        }
    }
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// RFC 9110 section 15.
    pub status: Status,
    /// RFC 9110 section 5.
    pub fields: Arc<Fields>,
    /// The content, none for HEAD and 304.
    pub body: Body,
}

/// A status code (RFC 9110 section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Status(pub u16);

impl Status {
    /// 200.
    pub const OK: Self = Self(200);
    /// 304.
    pub const NOT_MODIFIED: Self = Self(304);
    /// 403.
    pub const FORBIDDEN: Self = Self(403);
    /// 404.
    pub const NOT_FOUND: Self = Self(404);

    /// The reason phrase, empty for a code that is not in the registry of RFC 9110.
    pub const fn reason(self) -> &'static str {
        match self.0 {
            200 => "OK",
            201 => "Created",
            204 => "No Content",
            206 => "Partial Content",
            301 => "Moved Permanently",
            302 => "Found",
            304 => "Not Modified",
            307 => "Temporary Redirect",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            410 => "Gone",
            412 => "Precondition Failed",
            414 => "URI Too Long",
            415 => "Unsupported Media Type",
            416 => "Range Not Satisfiable",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => "",
        }
    }

    /// 2xx or 3xx.
    pub const fn is_success_or_redirect(self) -> bool {
        self.0 >= 200 && self.0 < 400
    }

    /// 4xx or 5xx.
    pub const fn is_error(self) -> bool {
        self.0 >= 400
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.reason())
    }
}
