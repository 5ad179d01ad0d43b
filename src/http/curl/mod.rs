//! A pasted curl command, as the developer tools of a browser copy it, and the way back.
//!
//! [`read`] splits the text into words as bash or as Windows' cmd does, reads the words as curl does (its manual page,
//! version 8), and says in [`Remark`]s what is not carried over, changed or added. Nothing is left out without one.
//! Not added are the two fields that curl sends unasked and that depend on its version: `User-Agent: curl/…` and
//! `Accept: */*`. Percent-encoding is kept as written; versions of curl differ in whether they touch it.

mod error;
pub use error::CurlError;

mod remark;
pub use remark::{About, Remark};

mod words;

mod ansi_c;
mod bash;
mod cmd;
mod shell;

mod arguments;
mod options;

mod encode;
mod request;
mod url;

mod write;
pub use write::write;

use super::{Fields, Method, Scheme, Target};

/// The longest text that is taken, in bytes: a browser's longest request line and fields, and room for content.
pub const LIMIT: usize = 262_144;

/// What a pasted command says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// RFC 9110 section 9.
    pub method: Method,
    /// Of the URL; http if it has none, as curl guesses.
    pub scheme: Scheme,
    /// Host and, if written, port of the URL (RFC 3986 3.2), without user and password.
    pub authority: String,
    /// Path and query of the URL.
    pub target: Target,
    /// All fields but Cookie, in order; a Host field is here too.
    pub fields: Fields,
    /// As in `a=1; b=2`, from `-b` or Cookie fields; empty for none.
    pub cookies: String,
    /// What `-d` and its kin send; empty for none.
    pub content: Vec<u8>,
    /// What is not carried over, changed or added.
    pub remarks: Vec<Remark>,
}

impl Pasted {
    /// The length of the content in bytes.
    pub const fn content_length(&self) -> u64 {
        self.content.len() as u64
    }

    /// The name that is asked: Host where the command sets it, or else that of the URL.
    pub fn host(&self) -> &str {
        self.fields.get("Host").unwrap_or(&self.authority)
    }
}

/// Reads a pasted command. Of several commands or URLs the first is read and remarks name the others.
///
/// ```
/// let pasted = edgewalk::http::curl::read("curl -I 'https://example.com/a.png?v=2' -H 'Accept: image/*'")?;
/// assert_eq!(pasted.method.as_str(), "HEAD");
/// assert_eq!(pasted.target.to_string(), "/a.png?v=2");
/// # Ok::<(), edgewalk::http::curl::CurlError>(())
/// ```
pub fn read(text: &str) -> Result<Pasted, CurlError> {
    if text.len() > LIMIT {
        return Err(CurlError::TooLong { given: text.len(), limit: LIMIT });
    }
    let words = shell::split(text)?;
    let arguments = arguments::read(words)?;
    request::build(arguments)
}
