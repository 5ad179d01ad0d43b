//! Words as bash splits them (its manual, 3.1.2 "Quoting" and 3.6 "Redirections"), without running anything.

use super::remark::{Remark, short};
use super::words::{Words, position};
use super::{CurlError, ansi_c};

/// Splits the first command of `text` from the byte `at` on.
pub(super) fn split(text: &str, at: usize, remarks: Vec<Remark>) -> Result<Words, CurlError> {
    let mut reader = Reader {
        text,
        at,
        end: text.trim_end().len(),
        word: None,
        quoted: false,
        operator: None,
        words: Vec::new(),
        remarks,
    };
    while reader.step()? {}
    reader.end_word();
    if let Some(operator) = reader.operator {
        reader.remarks.push(Remark::Redirection { operator, file: String::new() });
    }
    if reader.words.iter().any(|word| word.contains(&0)) {
        reader.remarks.push(Remark::Nul);
    }
    Ok(Words { words: reader.words, remarks: reader.remarks })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Where only white space follows.
    end: usize,
    /// The word that is being read, if one has begun.
    word: Option<Vec<u8>>,
    /// Whether part of it was quoted.
    quoted: bool,
    /// A redirection that waits for its file.
    operator: Option<String>,
    words: Vec<Vec<u8>>,
    remarks: Vec<Remark>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, bytes: &[u8]) {
        self.word.get_or_insert_default().extend(bytes);
        self.at += bytes.len();
    }

    /// Reads one thing and says whether the command goes on.
    fn step(&mut self) -> Result<bool, CurlError> {
        let rest = self.rest();
        match rest {
            [] => return Ok(false),
            [b' ' | b'\t', ..] => {
                self.end_word();
                self.at += 1;
            }
            // The first half of a line break in Windows, and the sign of a translated text.
            [b'\r', b'\n', ..] | [b'$', b'"', ..] => self.at += 1,
            [b'\n', ..] => return Ok(self.stop("the line break", 1)),
            [b';', b';', ..] => return Ok(self.stop(";;", 2)),
            [b';', ..] => return Ok(self.stop(";", 1)),
            [b'<' | b'>', ..] | [b'&', b'>', ..] => self.redirect(),
            [b'&', b'&', ..] => return Ok(self.stop("&&", 2)),
            [b'&', ..] => return Ok(self.stop("&", 1)),
            [b'|', b'|', ..] => return Ok(self.stop("||", 2)),
            [b'|', ..] => return Ok(self.stop("|", 1)),
            [b'#', ..] if self.word.is_none() => {
                let line = self.text[self.at..].lines().next().unwrap_or("");
                self.remarks.push(Remark::Comment { given: short(line) });
                self.at += line.len();
            }
            [b'\\', ..] => self.backslash(),
            [b'\'', ..] => self.single()?,
            [b'"', ..] => self.double()?,
            [b'$', b'\'', ..] => self.ansi_c()?,
            [b'$', ..] => self.dollar()?,
            [b'`', ..] => return Err(self.substitution("`")),
            [byte, ..] => self.push(&[*byte]),
        }
        Ok(true)
    }

    fn end_word(&mut self) {
        self.quoted = false;
        let Some(word) = self.word.take() else { return };
        match self.operator.take() {
            Some(operator) => {
                let file = short(&String::from_utf8_lossy(&word));
                self.remarks.push(Remark::Redirection { operator, file });
            }
            None => self.words.push(word),
        }
    }

    /// Ends the command at an operator.
    fn stop(&mut self, after: &'static str, length: usize) -> bool {
        self.end_word();
        let text = self.text[self.at + length..].trim();
        if !text.is_empty() {
            self.remarks.push(Remark::Rest { after, text: short(text) });
        }
        false
    }

    /// An operator such as `>`, `2>` or `&>>`; its file is the next word.
    fn redirect(&mut self) {
        let is_number = |word: &Vec<u8>| word.iter().all(u8::is_ascii_digit);
        let number = match self.word.take_if(|word| !self.quoted && is_number(word)) {
            Some(word) => String::from_utf8_lossy(&word).into_owned(),
            None => String::new(),
        };
        self.end_word();
        let length = self.rest().iter().take(3).take_while(|b| b"<>&|".contains(b)).count();
        let operator = format!("{number}{}", &self.text[self.at..self.at + length]);
        self.at += length;
        if let Some(operator) = self.operator.replace(operator) {
            self.remarks.push(Remark::Redirection { operator, file: String::new() });
        }
    }

    /// Outside quotes a backslash takes the next character as it is, or joins two lines.
    fn backslash(&mut self) {
        let behind = &self.text[self.at + 1..];
        let after_blanks = behind.trim_start_matches([' ', '\t']);
        let blanks = behind.len() - after_blanks.len();
        let line_break = if after_blanks.starts_with("\r\n") { 2 } else { 1 };
        if self.at + 1 >= self.end {
            self.remarks.push(Remark::Unfinished);
            self.at = self.text.len();
        } else if after_blanks.starts_with('\n') || line_break == 2 {
            if blanks > 0 {
                self.remarks.push(Remark::BlankAfterBackslash);
            }
            self.at += 1 + blanks + line_break;
        } else {
            self.at += 1;
            let length = behind.chars().next().map_or(0, char::len_utf8);
            self.push(&behind.as_bytes()[..length]);
            self.quoted = true;
        }
    }

    fn single(&mut self) -> Result<(), CurlError> {
        let inside = &self.text[self.at + 1..];
        let end = inside.find('\'').ok_or_else(|| self.unclosed("'", self.at))?;
        self.at += 1;
        self.push(&inside.as_bytes()[..end]);
        self.at += 1;
        self.quoted = true;
        Ok(())
    }

    fn double(&mut self) -> Result<(), CurlError> {
        let opening = self.at;
        self.at += 1;
        self.push(b"");
        self.quoted = true;
        loop {
            match self.rest() {
                [] => return Err(self.unclosed("\"", opening)),
                [b'"', ..] => break,
                [b'\\', b'\n', ..] => self.at += 2,
                [b'\\', b'\r', b'\n', ..] => self.at += 3,
                [b'\\', byte @ (b'$' | b'`' | b'"' | b'\\'), ..] => {
                    self.at += 1;
                    self.push(&[*byte]);
                }
                [b'$', ..] => self.dollar()?,
                [b'`', ..] => return Err(self.substitution("`")),
                [byte, ..] => self.push(&[*byte]),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn ansi_c(&mut self) -> Result<(), CurlError> {
        let bytes = self.text.as_bytes();
        let word = self.word.get_or_insert_default();
        let end = ansi_c::read(bytes, self.at + 2, word, &mut self.remarks);
        self.at = end.ok_or_else(|| self.unclosed("$'", self.at))?;
        self.quoted = true;
        Ok(())
    }

    /// A `$` that opens a variable is kept as written and named; a command cannot be.
    fn dollar(&mut self) -> Result<(), CurlError> {
        let behind = &self.rest()[1..];
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let length = match behind {
            [b'(', ..] => return Err(self.substitution("$(")),
            [b'{', ..] => {
                behind.iter().take(60).position(|byte| *byte == b'}').map_or(1, |at| at + 1)
            }
            [b'0'..=b'9' | b'?' | b'$' | b'!' | b'@' | b'*' | b'#' | b'-', ..] => 1,
            _ => behind.iter().take_while(is_name).count(),
        };
        let end = self.at + 1 + length;
        if length > 0 {
            // A name is ASCII, and so is the end of `${…}`; a cut within a character shows the bare `$`.
            let given = self.text.get(self.at..end).unwrap_or("$");
            self.remarks.push(Remark::Variable { given: short(given) });
        }
        let written = &self.text.as_bytes()[self.at..end];
        self.push(written);
        Ok(())
    }

    fn unclosed(&self, quote: &'static str, at: usize) -> CurlError {
        CurlError::UnclosedQuote { quote, position: position(self.text, at) }
    }

    /// In PowerShell a backtick at the end of a line continues it.
    fn substitution(&self, opening: &'static str) -> CurlError {
        match self.rest() {
            [b'`', b'\n', ..] | [b'`', b'\r', b'\n', ..] => CurlError::PowerShell,
            _ => CurlError::Substitution { opening, position: position(self.text, self.at) },
        }
    }
}
