//! From the pasted text to the words that curl would be given: which shell, which program, where it starts.

use super::remark::{Remark, short};
use super::words::Words;
use super::{CurlError, bash, cmd};

/// Splits the text into the words of its first command.
pub(super) fn split(text: &str) -> Result<Words, CurlError> {
    let mut remarks = Vec::new();
    let at = start(text, &mut remarks);
    let first = text[at..].split_whitespace().next().unwrap_or("");
    let lower = first.to_ascii_lowercase();
    if lower.starts_with("$session")
        || ["invoke-webrequest", "invoke-restmethod", "iwr", "irm"].contains(&lower.as_str())
    {
        return Err(CurlError::PowerShell);
    }
    let program = lower.trim_matches(['\'', '"', '^']).rsplit(['/', '\\']).next().unwrap_or("");
    if !["curl", "curl.exe"].contains(&program) {
        return Err(CurlError::NotCurl { given: short(first) });
    }
    let at = at + first.len();
    match shell(&text[at..]) {
        Shell::Bash => bash::split(text, at, remarks),
        Shell::Cmd => cmd::split(text, at, remarks),
    }
}

/// Where the program's name starts: behind white space, comment lines and a prompt.
fn start(text: &str, remarks: &mut Vec<Remark>) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        at += rest.len()
            - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        let line = text[at..].lines().next().unwrap_or("");
        if let Some(length) = prompt(line) {
            remarks.push(Remark::Prompt { given: line[..length].trim_end().to_owned() });
            return at + length;
        }
        if !line.starts_with('#') {
            return at;
        }
        remarks.push(Remark::Comment { given: short(line) });
        at += line.len();
    }
}

/// The length of a prompt such as `$ `, `user@host:~$ ` or `C:\>` in front of curl.
fn prompt(line: &str) -> Option<usize> {
    let length = line.find("curl")?;
    let before = line[..length].trim_end();
    let is_prompt = before.ends_with(['$', '%', '#', '>'])
        && before.len() <= 100
        && !before.contains(['\'', '"', '`', '|', ';']);
    is_prompt.then_some(length)
}

enum Shell {
    Bash,
    Cmd,
}

/// Which shell the words are quoted for. Only cmd escapes with `^`, so the first one outside bash's quotes tells,
/// or, within double quotes, one of the two sequences that Chrome writes there.
fn shell(text: &str) -> Shell {
    let bytes = text.as_bytes();
    let (mut at, mut double) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        match byte {
            b'^' if rest.starts_with(b"^%^") || rest.starts_with(b"^\\^") => return Shell::Cmd,
            b'^' if !double => match rest.get(1) {
                Some(next) if next.is_ascii_punctuation() || matches!(next, b'\r' | b'\n') => {
                    return Shell::Cmd;
                }
                _ => {}
            },
            b'\\' => at += 1,
            b'"' => double = !double,
            b'\'' if !double => at += single_quoted(bytes, at),
            _ => {}
        }
        at += 1;
    }
    Shell::Bash
}

/// The length of what stands within the single quote that opens at `at`, with its end.
fn single_quoted(bytes: &[u8], at: usize) -> usize {
    let escapes = at > 0 && bytes[at - 1] == b'$';
    let mut length = 1;
    while let Some(&byte) = bytes.get(at + length) {
        match byte {
            b'\'' => break,
            b'\\' if escapes => length += 2,
            _ => length += 1,
        }
    }
    length
}
