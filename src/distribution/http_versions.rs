//! Which versions of HTTP viewers may speak (DS-13, TLS-38).

/// HTTP/1.0 and HTTP/1.1, and what goes beyond them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HttpVersions {
    /// Nothing more.
    Http1,
    /// HTTP/2; what the API takes where nothing is said.
    #[default]
    Http2,
    /// HTTP/3.
    Http3,
    /// Both.
    Http2And3,
}

impl HttpVersions {
    /// All, in the order of the API.
    pub const ALL: [Self; 4] = [Self::Http1, Self::Http2, Self::Http3, Self::Http2And3];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http1 => "http1.1",
            Self::Http2 => "http2",
            Self::Http3 => "http3",
            Self::Http2And3 => "http2and3",
        }
    }

    /// Whether HTTP/2 is among them.
    pub const fn has_http2(self) -> bool {
        matches!(self, Self::Http2 | Self::Http2And3)
    }

    /// Whether HTTP/3 is among them.
    pub const fn has_http3(self) -> bool {
        matches!(self, Self::Http3 | Self::Http2And3)
    }
}
