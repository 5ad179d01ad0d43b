//! What was not carried over from a pasted command, changed or added.

use std::fmt;

/// One thing that the request does not say as the command said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A known option without bearing on the request as it is modelled.
    NotCarried {
        /// As written.
        option: String,
        /// Its value if it takes one, shortened.
        value: Option<String>,
        /// What it is about.
        about: About,
    },
    /// An option that curl does not have, or that is newer than this program.
    UnknownOption {
        /// As written, shortened.
        option: String,
    },
    /// A second URL.
    ExtraUrl {
        /// The URL, shortened.
        url: String,
    },
    /// `--next`: a second request within the same command.
    Next {
        /// How many words follow.
        words: usize,
    },
    /// RFC 9110 4.2.5: a fragment is not part of a request.
    Fragment {
        /// Without its `#`, shortened.
        fragment: String,
    },
    /// RFC 3986 5.2.4, which curl applies unless told otherwise by `--path-as-is`.
    DotSegments {
        /// The path as written, shortened.
        given: String,
        /// The path as sent, shortened.
        sent: String,
    },
    /// curl's own patterns in URLs, as in `[1-9]` and `{a,b}`.
    Glob {
        /// The first character of one.
        found: char,
    },
    /// A URL without `http://`.
    SchemeGuessed,
    /// A field that is written nowhere and that curl adds for an option.
    Added {
        /// The field's name.
        name: &'static str,
        /// The field's value, shortened.
        value: String,
        /// The option, or what else calls for it.
        by: &'static str,
    },
    /// An option that another one makes void.
    Overruled {
        /// The void one.
        option: &'static str,
        /// The one that counts.
        by: &'static str,
    },
    /// An option that stands again later, where only the last one counts.
    Repeated {
        /// As written.
        option: String,
        /// The void value, shortened.
        value: String,
    },
    /// `-H 'Name:'` or an empty `-A` or `-e`: curl leaves out a field of its own.
    FieldRemoved {
        /// The field's name, shortened.
        name: String,
    },
    /// A `-H` that curl passes over.
    FieldIgnored {
        /// As written, shortened.
        given: String,
    },
    /// Content, fields or cookies that stand in a file.
    FileNotRead {
        /// As written.
        option: String,
        /// The file's name, shortened.
        file: String,
    },
    /// A part of a multipart form, whose boundary curl would draw by lot.
    Form {
        /// The option as written.
        option: String,
        /// The part, shortened.
        given: String,
    },
    /// `-u name` without a colon.
    PasswordMissing {
        /// The user, shortened.
        user: String,
    },
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The option, or `the URL`.
        option: String,
    },
    /// From `#` to the end of a line.
    Comment {
        /// The comment, shortened.
        given: String,
    },
    /// What a terminal shows in front of a command.
    Prompt {
        /// The prompt.
        given: String,
    },
    /// A shell variable, as in `$TOKEN`.
    Variable {
        /// As written.
        given: String,
    },
    /// A shell's `>`, `<` and the like.
    Redirection {
        /// The operator.
        operator: String,
        /// The file, shortened.
        file: String,
    },
    /// What follows the first command.
    Rest {
        /// What ends the first command, as in `;` or `the line break`.
        after: &'static str,
        /// What follows it, shortened.
        text: String,
    },
    /// The text ends in `\` or `^`.
    Unfinished,
    /// Blanks between a line's last backslash and its end, which would undo the continuation.
    BlankAfterBackslash,
    /// `\u` or `\U` with a number that no character has.
    NoCharacter {
        /// As written.
        written: String,
    },
    /// Two `\u` that are the halves of one character in UTF-16, as some browsers write it.
    HalvesJoined {
        /// The character.
        found: char,
    },
    /// A NUL byte, which no shell can pass on.
    Nul,
    /// Text for cmd in which `^` also escapes within quotes.
    CaretsInQuotes,
}

/// What an option that is not carried over is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Progress, files, formats.
    Output,
    /// Versions of HTTP, addresses, proxies, names.
    Connection,
    /// IPv4 or IPv6 alone.
    Family,
    /// Certificates, ciphers, versions of TLS.
    Tls,
    /// Times, retries, limits.
    Limits,
    /// `-L` and its kin.
    Redirects,
    /// FTP, mail and others.
    OtherProtocols,
    /// Configuration files and the like.
    Setup,
    /// Options that would change the request.
    Request,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Output => "it says what curl shows or saves",
            Self::Connection => "it says how curl connects",
            Self::Family => "the viewer's network and the distribution decide over IPv4 and IPv6",
            Self::Tls => "it is about TLS",
            Self::Limits => "it says how long or how often curl tries",
            Self::Redirects => "a redirect is a request of its own",
            Self::OtherProtocols => "it is for other protocols than HTTP",
            Self::Setup => "it is about how curl itself is set up",
            Self::Request => "it would change the request, but cannot be read here",
        })
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCarried { option, value: Some(value), about } => {
                write!(f, "{option} {value:?} is not carried over: {about}")
            }
            Self::NotCarried { option, value: None, about } => {
                write!(f, "{option} is not carried over: {about}")
            }
            Self::UnknownOption { option } if option.contains('=') => {
                write!(
                    f,
                    "the option {option:?} is not known and is left out; curl takes a value as the next word"
                )
            }
            Self::UnknownOption { option } => {
                write!(f, "the option {option:?} is not known and is left out")
            }
            Self::ExtraUrl { url } => {
                write!(f, "only one URL is read; this one is left out: {url:?}")
            }
            Self::Next { words } => {
                write!(f, "--next starts another request; its {words} words are left out")
            }
            Self::Fragment { fragment } => {
                write!(f, "the fragment {fragment:?} is left out, since it is never sent")
            }
            Self::DotSegments { given, sent } => {
                write!(f, "curl resolves the dots in the path {given:?} and sends {sent:?}")
            }
            Self::Glob { found } => {
                write!(
                    f,
                    "{found:?} in the URL is kept, where curl would read a pattern for several URLs"
                )
            }
            Self::SchemeGuessed => {
                f.write_str("the URL has no scheme; it is http, as curl guesses")
            }
            Self::Added { name, value, by } => {
                write!(f, "{name}: {value} is added, as curl does for {by}")
            }
            Self::Overruled { option, by } => write!(f, "{option} has no effect beside {by}"),
            Self::Repeated { option, value } => {
                write!(f, "{option} {value:?} has no effect: the last one counts")
            }
            Self::FieldRemoved { name } => {
                write!(f, "{name} is not sent, not even where curl would add it")
            }
            Self::FieldIgnored { given } => {
                write!(f, "-H {given:?} makes no field: it must read 'Name: value' or 'Name;'")
            }
            Self::FileNotRead { option, file } => {
                write!(f, "{option} reads the file {file:?}, which is not at hand; it is left out")
            }
            Self::Form { option, given } => {
                write!(f, "{option} {given:?} is left out: the parts of a form are not built here")
            }
            Self::PasswordMissing { user } => {
                write!(f, "curl would ask for the password of {user:?}; an empty one is taken")
            }
            Self::NotUtf8 { option } => {
                write!(f, "{option} is not UTF-8; its bytes are read as ISO-8859-1")
            }
            Self::Comment { given } => write!(f, "a comment is left out: {given:?}"),
            Self::Prompt { given } => write!(f, "the prompt {given:?} is left out"),
            Self::Variable { given } => {
                write!(f, "{given:?} is kept as written, where a shell would put a value")
            }
            Self::Redirection { operator, file } => {
                write!(f, "the redirection {operator} {file:?} is left out")
            }
            Self::Rest { after, text } => {
                write!(
                    f,
                    "only the first command is read; what follows {after} is left out: {text:?}"
                )
            }
            Self::Unfinished => {
                f.write_str("the text ends where a line should follow; its end may be missing")
            }
            Self::BlankAfterBackslash => {
                f.write_str("a line ends in a backslash and blanks; it is read as if continued")
            }
            Self::NoCharacter { written } => {
                write!(f, "{written} is no character; it is read as U+FFFD")
            }
            Self::HalvesJoined { found } => {
                write!(
                    f,
                    "two halves of {found:?}, each written with \\u, are read as that character"
                )
            }
            Self::Nul => f.write_str("a NUL byte is kept, where a shell would cut the text"),
            Self::CaretsInQuotes => {
                f.write_str("carets within quotes are read as older versions of Chrome wrote them")
            }
        }
    }
}

/// At most 60 characters of a text, for a message.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
