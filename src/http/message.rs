//! Requests and responses (RFC 9110 sections 6, 9 and 15). A body is a handle: a length and a version, never bytes.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Coding, Fields, Method, Target};

/// What stands for the content: its length and which version of it this is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Body {
    /// In bytes.
    pub length: u64,
    /// Counts the versions of one object from 1; 0 for content that no origin keeps.
    pub version: u32,
    /// The content coding that the edge applied to the content (CMP-01); `length` is then the coded length. None for
    /// content as the origin sent it, coded or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coding: Option<Coding>,
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
    /// 206.
    pub const PARTIAL_CONTENT: Self = Self(206);
    /// 304.
    pub const NOT_MODIFIED: Self = Self(304);
    /// 403.
    pub const FORBIDDEN: Self = Self(403);
    /// 404.
    pub const NOT_FOUND: Self = Self(404);
    /// 412.
    pub const PRECONDITION_FAILED: Self = Self(412);
    /// 416.
    pub const RANGE_NOT_SATISFIABLE: Self = Self(416);

    /// The reason phrase of RFC 9110 and, for 429 and 431, RFC 6585; empty for any other code. That holds for 494, too,
    /// which CloudFront sends (LIM-02) and no registry names.
    pub const fn reason(self) -> &'static str {
        match self.0 {
            100 => "Continue",
            101 => "Switching Protocols",
            200 => "OK",
            201 => "Created",
            202 => "Accepted",
            203 => "Non-Authoritative Information",
            204 => "No Content",
            205 => "Reset Content",
            206 => "Partial Content",
            300 => "Multiple Choices",
            301 => "Moved Permanently",
            302 => "Found",
            303 => "See Other",
            304 => "Not Modified",
            305 => "Use Proxy",
            307 => "Temporary Redirect",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            401 => "Unauthorized",
            402 => "Payment Required",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            406 => "Not Acceptable",
            407 => "Proxy Authentication Required",
            408 => "Request Timeout",
            409 => "Conflict",
            410 => "Gone",
            411 => "Length Required",
            412 => "Precondition Failed",
            413 => "Content Too Large",
            414 => "URI Too Long",
            415 => "Unsupported Media Type",
            416 => "Range Not Satisfiable",
            417 => "Expectation Failed",
            421 => "Misdirected Request",
            422 => "Unprocessable Content",
            426 => "Upgrade Required",
            429 => "Too Many Requests",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            505 => "HTTP Version Not Supported",
            _ => "",
        }
    }

    /// 2xx or 3xx.
    pub const fn is_success_or_redirect(self) -> bool {
        self.0 >= 200 && self.0 < 400
    }

    /// 2xx.
    pub const fn is_success(self) -> bool {
        self.0 >= 200 && self.0 < 300
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_body_without_a_coding_is_written_as_it_was_before_there_were_codings() {
        let plain = Body { length: 5, version: 1, coding: None };
        assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"length":5,"version":1}"#);
        let coded = Body { coding: Some(Coding::Br), ..plain };
        for body in [plain, coded] {
            let text = serde_json::to_string(&body).unwrap();
            assert_eq!(serde_json::from_str::<Body>(&text).unwrap(), body);
        }
    }

    #[test]
    fn reasons_are_those_of_the_registry() {
        let named = (0..=999).filter(|code| !Status(*code).reason().is_empty()).count();
        assert_eq!(named, 46, "44 of RFC 9110 and 2 of RFC 6585");
        assert_eq!(Status(413).to_string(), "413 Content Too Large");
        assert_eq!(Status(306).reason(), "", "RFC 9110 15.4.7: unused");
        assert_eq!(Status(418).reason(), "", "RFC 9110 15.5.19: unused");
    }
}
