//! Words as Windows splits them: first cmd takes the carets away and looks for operators, then the program's start-up
//! code takes the quotes away (Microsoft's C library: "Parsing C command-line arguments").
//!
//! A backslash is special only in front of a quote there, so that of the two backslashes that browsers write for one
//! both arrive, in curl as here. `%NAME%` is kept: it cannot be told from percent-encoding.

use super::CurlError;
use super::remark::{Remark, short};
use super::words::{Words, position};

/// Splits the first command of `text` from the byte `at` on.
pub(super) fn split(text: &str, at: usize, mut remarks: Vec<Remark>) -> Result<Words, CurlError> {
    let carets_in_quotes = has_carets_in_quotes(&text.as_bytes()[at..]);
    if carets_in_quotes {
        remarks.push(Remark::CaretsInQuotes);
    }
    let mut reader = Reader {
        text,
        at,
        end: text.trim_end().len(),
        carets_in_quotes,
        quote: None,
        line: Vec::new(),
        remarks,
    };
    while reader.step()? {}
    let words = words(text, &reader.line)?;
    Ok(Words { words, remarks: reader.remarks })
}

/// Chrome up to version 117 or so wrapped most words in bare quotes and escaped within them all the same. A caret
/// in front of a character that cmd would leave alone in quotes gives that away.
fn has_carets_in_quotes(bytes: &[u8]) -> bool {
    let (mut at, mut quoted) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => quoted = !quoted,
            b'^' if !quoted => at += 1,
            b'^' if bytes.get(at + 1).is_some_and(|next| b"%{}[]@$#!<>|^\\".contains(next)) => {
                return true;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Where only white space follows.
    end: usize,
    carets_in_quotes: bool,
    /// Where the quote opened that hides operators from cmd.
    quote: Option<usize>,
    /// What cmd hands on: each byte with its place in the text.
    line: Vec<(usize, u8)>,
    remarks: Vec<Remark>,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, byte: u8) {
        self.line.push((self.at, byte));
        self.at += 1;
    }

    /// Reads one thing and says whether the command goes on.
    fn step(&mut self) -> Result<bool, CurlError> {
        let is_quoted = self.quote.is_some();
        match *self.rest() {
            [] => return Ok(false),
            [b'^', ..] if !is_quoted || self.carets_in_quotes => self.caret(),
            [b'"', ..] => {
                self.quote = if is_quoted { None } else { Some(self.at) };
                self.take(b'"');
            }
            [b'\r', b'\n', ..] => self.at += 1,
            [b'\n', ..] => {
                if let Some(opening) = self.quote {
                    return Err(unclosed(self.text, opening));
                }
                return Ok(self.stop("the line break", 1));
            }
            [b'&', b'&', ..] if !is_quoted => return Ok(self.stop("&&", 2)),
            [b'&', ..] if !is_quoted => return Ok(self.stop("&", 1)),
            [b'|', b'|', ..] if !is_quoted => return Ok(self.stop("||", 2)),
            [b'|', ..] if !is_quoted => return Ok(self.stop("|", 1)),
            [b'<' | b'>', ..] if !is_quoted => self.redirect(),
            [byte, ..] => self.take(byte),
        }
        Ok(true)
    }

    /// A caret takes the next character as it is. At the end of a line it joins the next one, whose first character
    /// it then takes as it is, even if that is a line break again.
    fn caret(&mut self) {
        self.at += 1;
        if self.at >= self.end {
            self.remarks.push(Remark::Unfinished);
            self.at = self.text.len();
            return;
        }
        self.at += match self.rest() {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        if self.rest().starts_with(b"\r\n") {
            self.at += 1;
        }
        if let Some(&byte) = self.rest().first() {
            self.take(byte);
        }
    }

    fn stop(&mut self, after: &'static str, length: usize) -> bool {
        let text = self.text[self.at + length..].trim();
        if !text.is_empty() {
            self.remarks.push(Remark::Rest { after, text: short(text) });
        }
        false
    }

    /// `>` and its kin with the file that follows.
    fn redirect(&mut self) {
        let operator: String =
            self.text[self.at..].chars().take(2).take_while(|c| "<>&".contains(*c)).collect();
        self.at += operator.len();
        let behind = &self.text[self.at..];
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let file = behind[blanks..].split([' ', '\t', '\r', '\n', '&', '|', '<', '>']).next();
        let file = file.unwrap_or("");
        self.at += blanks + file.len();
        self.remarks.push(Remark::Redirection { operator, file: short(file) });
    }
}

fn unclosed(text: &str, at: usize) -> CurlError {
    CurlError::UnclosedQuote { quote: "\"", position: position(text, at) }
}

/// The program's own splitting of what cmd hands on.
fn words(text: &str, line: &[(usize, u8)]) -> Result<Vec<Vec<u8>>, CurlError> {
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut quote = None;
    let mut at = 0;
    while let Some(&(place, byte)) = line.get(at) {
        at += 1;
        match byte {
            b' ' | b'\t' if quote.is_none() => words.extend(word.take()),
            b'"' => {
                let word = word.get_or_insert_default();
                let is_doubled = line.get(at).is_some_and(|(_, next)| *next == b'"');
                if quote.is_some() && is_doubled {
                    word.push(b'"');
                    at += 1;
                } else {
                    quote = if quote.is_none() { Some(place) } else { None };
                }
            }
            b'\\' => {
                let count = 1 + line[at..].iter().take_while(|(_, next)| *next == b'\\').count();
                at += count - 1;
                let is_before_quote = line.get(at).is_some_and(|(_, next)| *next == b'"');
                let word = word.get_or_insert_default();
                let kept = if is_before_quote { count / 2 } else { count };
                word.extend(std::iter::repeat_n(b'\\', kept));
                if is_before_quote && count % 2 == 1 {
                    word.push(b'"');
                    at += 1;
                }
            }
            _ => word.get_or_insert_default().push(byte),
        }
    }
    if let Some(opening) = quote {
        return Err(unclosed(text, opening));
    }
    words.extend(word);
    Ok(words)
}
