//! One record of an access log: what it tells of one request of a viewer.

use std::time::Duration;

use super::encoding::Value;
use crate::edge::ResultType;
use crate::http::{Status, Version};

/// One request of a viewer and its answer, in the order of the standard log's fields. What may be missing is missing where
/// there was none, or where a log lacks the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// When the server had finished answering, in Unix seconds (LOG-F01, LOG-F02).
    pub finished_unix: u64,
    /// The edge location's full code (LOG-F03).
    pub location: Option<Value<'a>>,
    /// To the viewer, with fields (LOG-F04).
    pub bytes_down: u64,
    /// The viewer's address, or its last proxy's (LOG-F05).
    pub viewer_ip: Option<Value<'a>>,
    /// As received (LOG-F06).
    pub method: Value<'a>,
    /// The distribution's own name (LOG-F07).
    pub distribution: Option<Value<'a>>,
    /// Without the query (LOG-F08, LOG-21, LOG-22).
    pub path: Value<'a>,
    /// None where the viewer went before an answer could begin: `000` (LOG-F09).
    pub status: Option<Status>,
    /// What Referer said (LOG-F10).
    pub referer: Option<Value<'a>>,
    /// What User-Agent said (LOG-F11).
    pub user_agent: Option<Value<'a>>,
    /// Without its `?` (LOG-F12).
    pub query: Option<Value<'a>>,
    /// All of Cookie, where cookies are logged (LOG-F13).
    pub cookie: Option<Value<'a>>,
    /// What it was after its last byte (LOG-F14).
    pub result: Outcome<'a>,
    /// The exchange's name, as in X-Amz-Cf-Id (LOG-F15).
    pub request_id: Option<Value<'a>>,
    /// The viewer's Host (LOG-F16).
    pub host: Option<Value<'a>>,
    /// LOG-F17.
    pub protocol: Option<Protocol>,
    /// From the viewer, with fields (LOG-F18).
    pub bytes_up: Option<u64>,
    /// From the request at the edge to the last byte there (LOG-F19).
    pub taken: Option<Duration>,
    /// What proxies said of the viewer (LOG-F20).
    pub forwarded_for: Option<Value<'a>>,
    /// LOG-F21.
    pub tls_protocol: Option<Value<'a>>,
    /// OpenSSL's name (LOG-F22).
    pub tls_cipher: Option<Value<'a>>,
    /// What it was as it began to go out (LOG-F23).
    pub response_result: Option<Outcome<'a>>,
    /// LOG-F24.
    pub version: Option<LoggedVersion>,
    /// What field-level encryption did (LOG-F25, LOG-60 to LOG-64).
    pub encryption: Option<Value<'a>>,
    /// How many fields it encrypted (LOG-F26).
    pub encrypted_fields: Option<u64>,
    /// The viewer's port (LOG-F27).
    pub port: Option<u16>,
    /// From the request at the edge to the first byte there (LOG-F28).
    pub first_byte: Option<Duration>,
    /// LOG-F29.
    pub detail: Option<Detailed<'a>>,
    /// What Content-Type said (LOG-F30).
    pub content_type: Option<Value<'a>>,
    /// What Content-Length said (LOG-F31).
    pub content_length: Option<u64>,
    /// The first byte of the part (LOG-F32).
    pub range_first: Option<u64>,
    /// Its last byte (LOG-F33).
    pub range_last: Option<u64>,
}

/// What a log calls the outcome of a request: a word of the guide's list, or another one. Edge code has words of its own
/// (LOG-R8, LOG-R9), and newer logs may have more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// One that the engine decides.
    Of(ResultType),
    /// Another word.
    Other(Value<'a>),
}

impl Default for Outcome<'_> {
    fn default() -> Self {
        Self::Of(ResultType::Miss)
    }
}

impl<'a> Outcome<'a> {
    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Of(result) => result.as_str(),
            Self::Other(word) => word.as_logged(),
        }
    }

    pub(super) fn logged(word: &'a str) -> Self {
        let known = ResultType::ALL.into_iter().find(|result| result.as_str() == word);
        known.map_or(Self::Other(Value::logged(word)), Self::Of)
    }
}

/// The outcome more closely (LOG-F29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detailed<'a> {
    /// The same as the outcome (section 1.5).
    Plain(Outcome<'a>),
    /// Closer than that.
    Closer(Detail),
}

impl<'a> Detailed<'a> {
    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Plain(result) => result.as_str(),
            Self::Closer(detail) => detail.as_str(),
        }
    }

    pub(super) fn logged(word: &'a str) -> Self {
        let closer = Detail::ALL.into_iter().find(|detail| detail.as_str() == word);
        closer.map_or_else(|| Self::Plain(Outcome::logged(word)), Self::Closer)
    }
}

/// The words of field 29 that say more than field 14, in the order of their rows; `Error` (LOG-D07) says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the words are the log's own, and `meanings` has what they mean
pub enum Detail {
    OriginShieldHit,               // LOG-D01
    MissGeneratedResponse,         // LOG-D02
    AbortedOrigin,                 // LOG-D03
    ClientCommError,               // LOG-D04
    ClientGeoBlocked,              // LOG-D05
    ClientHungUpRequest,           // LOG-D06
    InternalError,                 // LOG-D08
    InvalidRequest,                // LOG-D09
    InvalidRequestBlocked,         // LOG-D10
    InvalidRequestCertificate,     // LOG-D11
    InvalidRequestHeader,          // LOG-D12
    InvalidRequestMethod,          // LOG-D13
    LambdaLimitExceeded,           // LOG-D14
    OriginCommError,               // LOG-D15
    OriginConnectError,            // LOG-D16
    OriginContentRangeLengthError, // LOG-D17
    OriginDnsError,                // LOG-D18
    OriginError,                   // LOG-D19
    OriginHeaderTooBigError,       // LOG-D20
    OriginInvalidResponseError,    // LOG-D21
    OriginReadError,               // LOG-D22
    OriginWriteError,              // LOG-D23
    OriginZeroSizeObjectError,     // LOG-D24
    SlowReaderOriginError,         // LOG-D25
}

impl Detail {
    /// All, in order.
    pub const ALL: [Self; 24] = [
        Self::OriginShieldHit,
        Self::MissGeneratedResponse,
        Self::AbortedOrigin,
        Self::ClientCommError,
        Self::ClientGeoBlocked,
        Self::ClientHungUpRequest,
        Self::InternalError,
        Self::InvalidRequest,
        Self::InvalidRequestBlocked,
        Self::InvalidRequestCertificate,
        Self::InvalidRequestHeader,
        Self::InvalidRequestMethod,
        Self::LambdaLimitExceeded,
        Self::OriginCommError,
        Self::OriginConnectError,
        Self::OriginContentRangeLengthError,
        Self::OriginDnsError,
        Self::OriginError,
        Self::OriginHeaderTooBigError,
        Self::OriginInvalidResponseError,
        Self::OriginReadError,
        Self::OriginWriteError,
        Self::OriginZeroSizeObjectError,
        Self::SlowReaderOriginError,
    ];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OriginShieldHit => "OriginShieldHit",
            Self::MissGeneratedResponse => "MissGeneratedResponse",
            Self::AbortedOrigin => "AbortedOrigin",
            Self::ClientCommError => "ClientCommError",
            Self::ClientGeoBlocked => "ClientGeoBlocked",
            Self::ClientHungUpRequest => "ClientHungUpRequest",
            Self::InternalError => "InternalError",
            Self::InvalidRequest => "InvalidRequest",
            Self::InvalidRequestBlocked => "InvalidRequestBlocked",
            Self::InvalidRequestCertificate => "InvalidRequestCertificate",
            Self::InvalidRequestHeader => "InvalidRequestHeader",
            Self::InvalidRequestMethod => "InvalidRequestMethod",
            Self::LambdaLimitExceeded => "LambdaLimitExceeded",
            Self::OriginCommError => "OriginCommError",
            Self::OriginConnectError => "OriginConnectError",
            Self::OriginContentRangeLengthError => "OriginContentRangeLengthError",
            Self::OriginDnsError => "OriginDnsError",
            Self::OriginError => "OriginError",
            Self::OriginHeaderTooBigError => "OriginHeaderTooBigError",
            Self::OriginInvalidResponseError => "OriginInvalidResponseError",
            Self::OriginReadError => "OriginReadError",
            Self::OriginWriteError => "OriginWriteError",
            Self::OriginZeroSizeObjectError => "OriginZeroSizeObjectError",
            Self::SlowReaderOriginError => "SlowReaderOriginError",
        }
    }
}

/// What the viewer spoke (LOG-F17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP without TLS.
    Http,
    /// HTTP over TLS.
    Https,
    /// gRPC over TLS.
    Grpcs,
    /// WebSocket without TLS.
    Ws,
    /// WebSocket over TLS.
    Wss,
}

impl Protocol {
    /// All, in the order of the guide.
    pub const ALL: [Self; 5] = [Self::Http, Self::Https, Self::Grpcs, Self::Ws, Self::Wss];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Grpcs => "grpcs",
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }
}

/// The version of HTTP (LOG-F24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedVersion {
    /// HTTP/0.9, which no viewer of a walk speaks.
    Http09,
    /// A later one.
    Of(Version),
}

impl LoggedVersion {
    /// All, oldest first.
    pub const ALL: [Self; 5] = [
        Self::Http09,
        Self::Of(Version::Http10),
        Self::Of(Version::Http11),
        Self::Of(Version::Http2),
        Self::Of(Version::Http3),
    ];

    /// As the log writes it, behind `HTTP/`; HTTP/2 and HTTP/3 have their `.0`.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Http09 => "0.9",
            Self::Of(version) => version.as_str(),
        }
    }
}
