//! From words to settings: curl's reading of its command line.

use super::CurlError;
use super::encode::urlencode;
use super::options::{self, Opt, Role};
use super::remark::{Remark, short};
use super::words::Words;
use crate::http::Field;

/// What the options say, before they are made into one request.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) urls: Vec<Url>,
    pub(super) method: Option<(String, String)>,
    /// The options that each stand for a method, as curl names them.
    pub(super) ways: Vec<&'static str>,
    /// The options without a value that are on.
    switches: Vec<Role>,
    pub(super) fields: Vec<Field>,
    /// Names of the fields that curl is told to leave out.
    pub(super) removed: Vec<String>,
    pub(super) cookies: Vec<String>,
    pub(super) user_agent: Option<(String, String)>,
    pub(super) referer: Option<(String, String)>,
    pub(super) user: Option<(String, String)>,
    pub(super) bearer: Option<(String, String)>,
    pub(super) range: Option<(String, String)>,
    pub(super) data: Option<Vec<u8>>,
    pub(super) query: Option<Vec<u8>>,
    /// The file that `-T` sends.
    pub(super) upload: Option<String>,
    pub(super) remarks: Vec<Remark>,
}

/// A URL among the words.
#[derive(Debug)]
pub(super) struct Url {
    pub(super) text: String,
    /// It follows an option that is not known and may be its value.
    pub(super) is_doubtful: bool,
}

/// Reads the words behind `curl`.
pub(super) fn read(words: Words) -> Result<Arguments, CurlError> {
    let mut arguments = Arguments { remarks: words.remarks, ..Arguments::default() };
    let mut words = words.words.into_iter();
    let (mut options_ended, mut is_doubtful) = (false, false);
    while let Some(word) = words.next() {
        let was_doubtful = std::mem::take(&mut is_doubtful);
        match word.as_slice() {
            b"--" if !options_ended => options_ended = true,
            [b'-', b'-', ..] if !options_ended => {
                let written = String::from_utf8_lossy(&word).into_owned();
                match options::long(&written[2..]) {
                    Some((opt, _)) if opt.role == Role::Next => {
                        return Ok(arguments.next(words.len()));
                    }
                    Some((opt, negated)) => {
                        let value = if opt.takes_value { words.next() } else { None };
                        arguments.take(opt, &written, value, negated)?;
                    }
                    None => {
                        arguments.remarks.push(Remark::UnknownOption { option: short(&written) });
                        is_doubtful = !written.contains('=');
                    }
                }
            }
            [b'-', letters @ ..] if !options_ended => {
                let mut at = 0;
                while let Some(&letter) = letters.get(at) {
                    at += 1;
                    let written = format!("-{}", letter.escape_ascii());
                    let Some(opt) = options::short(letter) else {
                        arguments.remarks.push(Remark::UnknownOption { option: written });
                        is_doubtful = true;
                        continue;
                    };
                    if opt.role == Role::Next {
                        return Ok(arguments.next(words.len()));
                    }
                    let value = match letters.get(at..) {
                        _ if !opt.takes_value => None,
                        Some(glued @ [_, ..]) => Some(glued.to_vec()),
                        _ => words.next(),
                    };
                    if opt.takes_value {
                        at = letters.len();
                    }
                    is_doubtful = false;
                    arguments.take(opt, &written, value, false)?;
                }
                if letters.is_empty() {
                    arguments.remarks.push(Remark::UnknownOption { option: "-".to_owned() });
                }
            }
            _ => {
                let text = arguments.text(word, "the URL");
                let is_doubtful = was_doubtful && !text.contains("://");
                arguments.urls.push(Url { text, is_doubtful });
            }
        }
    }
    Ok(arguments)
}

impl Arguments {
    /// Whether an option without a value is on, or `--json` was given.
    pub(super) fn is_on(&self, role: Role) -> bool {
        self.switches.contains(&role)
    }

    fn switch(&mut self, role: Role, on: bool) {
        self.switches.retain(|other| *other != role);
        self.switches.extend(on.then_some(role));
    }

    fn next(mut self, words: usize) -> Self {
        self.remarks.push(Remark::Next { words });
        self
    }

    /// A word as text. Bytes that are not UTF-8 are read as ISO-8859-1, which fields once were (RFC 9110 5.5).
    fn text(&mut self, word: Vec<u8>, option: &str) -> String {
        String::from_utf8(word).unwrap_or_else(|error| {
            self.remarks.push(Remark::NotUtf8 { option: option.to_owned() });
            error.into_bytes().into_iter().map(char::from).collect()
        })
    }

    fn take(
        &mut self,
        opt: Opt,
        written: &str,
        value: Option<Vec<u8>>,
        negated: bool,
    ) -> Result<(), CurlError> {
        let value = match value {
            Some(value) => value,
            None if opt.takes_value => {
                return Err(CurlError::MissingValue { option: written.to_owned() });
            }
            None => Vec::new(),
        };
        match opt.role {
            Role::Head if !negated => self.ways.push("-I"),
            // curl has no way back from -I.
            Role::Head | Role::Next => {}
            Role::Get | Role::Compressed | Role::GlobOff | Role::PathAsIs => {
                self.switch(opt.role, !negated);
            }
            Role::Data => self.data(written, value, true),
            Role::DataRaw => self.data(written, value, false),
            Role::Json => {
                self.switch(Role::Json, true);
                self.data(written, value, true);
            }
            Role::DataUrlencode => {
                self.ways.push("-d");
                let data = self.urlencoded(written, &value);
                append(&mut self.data, data, b"&");
            }
            Role::UrlQuery => {
                let query = match value.strip_prefix(b"+") {
                    Some(raw) => raw.to_vec(),
                    None => self.urlencoded(written, &value),
                };
                append(&mut self.query, query, b"&");
            }
            _ => {
                let text = self.text(value, written);
                self.take_text(opt.role, written, text)?;
            }
        }
        Ok(())
    }

    /// The options whose value is text.
    fn take_text(&mut self, role: Role, written: &str, text: String) -> Result<(), CurlError> {
        let option = written.to_owned();
        let single = match role {
            Role::Url => {
                self.urls.push(Url { text, is_doubtful: false });
                return Ok(());
            }
            Role::Field => return self.field(&option, &text),
            Role::Cookie if text.contains('=') && !text.starts_with('@') => {
                self.cookies.push(text);
                return Ok(());
            }
            Role::Cookie => {
                let file = short(text.strip_prefix('@').unwrap_or(&text));
                self.remarks.push(Remark::FileNotRead { option, file });
                return Ok(());
            }
            Role::Form => {
                self.ways.push("-F");
                self.remarks.push(Remark::Form { option, given: short(&text) });
                return Ok(());
            }
            Role::Upload => {
                self.ways.push("-T");
                self.remarks.push(Remark::FileNotRead { option, file: short(&text) });
                self.upload = Some(text);
                return Ok(());
            }
            Role::Beside(about) => {
                let value = (!text.is_empty()).then(|| short(&text));
                self.remarks.push(Remark::NotCarried { option, value, about });
                return Ok(());
            }
            Role::Method => &mut self.method,
            Role::UserAgent => &mut self.user_agent,
            Role::Referer => &mut self.referer,
            Role::User => &mut self.user,
            Role::Bearer => &mut self.bearer,
            _ => &mut self.range,
        };
        if let Some((option, value)) = single.replace((option, text)) {
            self.remarks.push(Remark::Repeated { option, value: short(&value) });
        }
        Ok(())
    }

    /// `-d` and its kin: several are joined by `&`, those of `--json` by nothing. A file that is not at hand counts as
    /// empty, as with curl.
    fn data(&mut self, written: &str, value: Vec<u8>, reads_files: bool) {
        self.ways.push("-d");
        let joint: &[u8] = if written.starts_with("--j") { b"" } else { b"&" };
        let value = match value.strip_prefix(b"@") {
            Some(file) if reads_files => {
                self.file_not_read(written, file);
                Vec::new()
            }
            _ => value,
        };
        append(&mut self.data, value, joint);
    }

    /// The forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file` and `name@file`.
    fn urlencoded(&mut self, written: &str, value: &[u8]) -> Vec<u8> {
        let place = |byte| value.iter().position(|b| *b == byte);
        match (place(b'='), place(b'@')) {
            (Some(0), _) => urlencode(&value[1..]),
            (Some(at), _) => [&value[..=at], &urlencode(&value[at + 1..])].concat(),
            (None, Some(at)) => {
                self.file_not_read(written, &value[at + 1..]);
                Vec::new()
            }
            (None, None) => urlencode(value),
        }
    }

    fn file_not_read(&mut self, written: &str, file: &[u8]) {
        let file = short(&String::from_utf8_lossy(file));
        self.remarks.push(Remark::FileNotRead { option: written.to_owned(), file });
    }

    /// `Name: value`; `Name;` for an empty one; `Name:` to leave out curl's own.
    fn field(&mut self, option: &str, text: &str) -> Result<(), CurlError> {
        if let Some(file) = text.strip_prefix('@') {
            self.file_not_read(option, file.as_bytes());
            return Ok(());
        }
        let (name, value) = match (text.split_once(':'), text.split_once(';')) {
            (Some((name, value)), _) if !name.is_empty() && value.trim_ascii().is_empty() => {
                self.removed.push(name.to_owned());
                self.remarks.push(Remark::FieldRemoved { name: short(name) });
                return Ok(());
            }
            (Some(parts), _) => parts,
            (None, Some((name, after))) if after.trim_ascii().is_empty() => (name, ""),
            (None, _) => ("", ""),
        };
        // So also for the pseudo-fields of HTTP/2, as in `:authority: a`: curl sends nothing.
        if name.is_empty() {
            self.remarks.push(Remark::FieldIgnored { given: short(text) });
            return Ok(());
        }
        let field = Field::new(name, value)
            .map_err(|source| CurlError::Field { option: option.to_owned(), source })?;
        self.fields.push(field);
        Ok(())
    }
}

/// Adds a piece behind the joint, if it is not the first.
fn append(all: &mut Option<Vec<u8>>, piece: Vec<u8>, joint: &[u8]) {
    match all {
        Some(all) => {
            all.extend(joint);
            all.extend(piece);
        }
        None => *all = Some(piece),
    }
}
