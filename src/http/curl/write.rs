//! A request as a curl command for bash.

use super::url::without_dot_segments;
use super::{Method, Pasted};

/// Writes a request as a command that [`read`](super::read) reads as the same request and that curl sends as such.
///
/// Only the remarks do not come back: they are about the text that was read. Where curl would add a Content-Type
/// that the request does not have, the command tells it not to, which a remark then names. A request with more
/// content than [`LIMIT`](super::LIMIT) is written, but too long to be read again.
pub fn write(pasted: &Pasted) -> String {
    let target = pasted.target.to_string();
    let url = format!("{}://{}{target}", pasted.scheme.as_str(), pasted.authority);
    let mut parts = vec![format!("curl {}", quote(url.as_bytes()))];
    if target.contains(['[', ']', '{', '}']) {
        parts.push("--globoff".to_owned());
    }
    if without_dot_segments(pasted.target.path()) != pasted.target.path() {
        parts.push("--path-as-is".to_owned());
    }
    let implied = if pasted.content.is_empty() { Method::Get } else { Method::Post };
    if pasted.method == Method::Head && pasted.content.is_empty() {
        parts.push("-I".to_owned());
    } else if pasted.method != implied {
        parts.push(format!("-X {}", pasted.method));
    }
    for field in pasted.fields.iter() {
        let line = match field.value() {
            "" => format!("{};", field.name()),
            value => format!("{}: {value}", field.name()),
        };
        parts.push(format!("-H {}", quote(line.as_bytes())));
    }
    if pasted.cookies.contains('=') && !pasted.cookies.starts_with('@') {
        parts.push(format!("-b {}", quote(pasted.cookies.as_bytes())));
    } else if !pasted.cookies.is_empty() {
        parts.push(format!("-H {}", quote(format!("Cookie: {}", pasted.cookies).as_bytes())));
    }
    if !pasted.content.is_empty() {
        if !pasted.fields.has("Content-Type") {
            parts.push("-H 'Content-Type:'".to_owned());
        }
        parts.push(format!("--data-raw {}", quote(&pasted.content)));
    }
    let joint = if parts.len() > 2 { " \\\n  " } else { " " };

    parts.join(joint)
}

/// Single quotes where they do, `$'…'` for what a shell or a form might change.
fn quote(bytes: &[u8]) -> String {
    let text = str::from_utf8(bytes).ok();
    if let Some(text) = text.filter(|text| !text.contains(|c: char| c == '\'' || c.is_control())) {
        return format!("'{text}'");
    }
    let mut quoted = "$'".to_owned();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' | '\'' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                c if c.is_ascii_control() => quoted.push_str(&hex(c as u8)),
                // Written as its bytes, like all that is no text.
                c if c.is_control() => {
                    quoted.extend(c.encode_utf8(&mut [0; 4]).bytes().map(hex));
                }
                c => quoted.push(c),
            }
        }
        quoted.extend(chunk.invalid().iter().copied().map(hex));
    }
    quoted.push('\'');
    quoted
}

fn hex(byte: u8) -> String {
    format!("\\x{byte:02x}")
}
