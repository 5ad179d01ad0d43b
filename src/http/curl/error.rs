//! Why a pasted text is no request.

use crate::http::{FieldError, MethodError, TargetError};

/// Why a pasted text is no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurlError {
    /// A bound of this program.
    #[error("the pasted text has {given} bytes; at most {limit} are taken here")]
    TooLong {
        /// Its length in bytes.
        given: usize,
        /// The bound in bytes.
        limit: usize,
    },
    /// The text does not start with the word curl.
    #[error("a curl command starts with the word curl; this text starts with {given:?}")]
    NotCurl {
        /// The first word, shortened.
        given: String,
    },
    /// Browsers on Windows offer this form too.
    #[error("this is a command for PowerShell; copy it as cURL (bash) or as cURL (cmd)")]
    PowerShell,
    /// A quote that never ends.
    #[error("the quote {quote} at position {position} is never closed")]
    UnclosedQuote {
        /// `'`, `"` or `$'`.
        quote: &'static str,
        /// Where it opens, counted in characters from 1.
        position: usize,
    },
    /// The output of another command, which only a shell can know.
    #[error(
        "at position {position} a shell would run a command of its own ({opening}); put its output there"
    )]
    Substitution {
        /// `` ` `` or `$(`.
        opening: &'static str,
        /// Where it opens, counted in characters from 1.
        position: usize,
    },
    /// An option at the end that wants a value.
    #[error("{option} wants a value, and none follows")]
    MissingValue {
        /// As written.
        option: String,
    },
    /// No URL among the words.
    #[error("the command has no URL")]
    NoUrl,
    /// Neither http nor https.
    #[error("the URL's scheme must be http or https, not {given:?}")]
    Scheme {
        /// The scheme, shortened.
        given: String,
    },
    /// RFC 3986 3.2: host and port.
    #[error(
        "the URL's host must be a name or an address, with a port up to 65535 if any; this one is {given:?}"
    )]
    Authority {
        /// Host and port, shortened.
        given: String,
    },
    /// Two options that curl refuses together, since each stands for another method.
    #[error("curl takes only one of {one} and {other}: each asks for another method")]
    TwoMethods {
        /// The first of them.
        one: &'static str,
        /// Another one.
        other: &'static str,
    },
    /// `-X` with an unknown method.
    #[error("{option}: {source}")]
    Method {
        /// As written.
        option: String,
        /// What is wrong.
        source: MethodError,
    },
    /// A URL that cannot be sent as it is.
    #[error("the URL cannot be read: {0}")]
    Target(#[from] TargetError),
    /// An option that makes a field which is none.
    #[error("{option}: {source}")]
    Field {
        /// As written.
        option: String,
        /// What is wrong.
        source: FieldError,
    },
}
