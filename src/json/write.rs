//! A value becomes a text: with line breaks for people, or without for a link.

use super::Json;

impl Json {
    /// As a text with its line breaks, for people to read: a list that holds no other and no object stands in one line.
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_at(Some(0), &mut text);
        text.push('\n');
        text
    }

    /// As a text without a blank or a line break that nobody needs.
    pub fn write_short(&self) -> String {
        let mut text = String::new();
        self.write_at(None, &mut text);
        text
    }

    /// `depth` is how far a line is set in, if there are lines.
    fn write_at(&self, depth: Option<usize>, text: &mut String) {
        let deeper = depth.map(|depth| depth + 1);
        match self {
            Self::Text(plain) => quote(plain, text),
            Self::List(items) => {
                let is_plain = |json: &Self| !matches!(json, Self::List(_) | Self::Object(_));
                let breaks = depth.is_some() && !items.iter().all(is_plain);
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(match (index, breaks || depth.is_none()) {
                        (0, _) => "",
                        (_, true) => ",",
                        (_, false) => ", ",
                    });
                    new_line(deeper.filter(|_| breaks), text);
                    item.write_at(deeper, text);
                }
                new_line(depth.filter(|_| breaks), text);
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    new_line(deeper, text);
                    quote(name, text);
                    text.push_str(if depth.is_some() { ": " } else { ":" });
                    value.write_at(deeper, text);
                }
                new_line(depth.filter(|_| !members.is_empty()), text);
                text.push('}');
            }
            plain => text.push_str(&plain.shown()),
        }
    }

    /// How it is quoted in a message: short, and in one line.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Fraction(number) => number.clone(),
            Self::Text(text) => format!("{:?}", text.chars().take(80).collect::<String>()),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::Object(_) => "an object".into(),
        }
    }
}

/// A line break, where there are lines.
fn new_line(depth: Option<usize>, text: &mut String) {
    if let Some(depth) = depth {
        text.push('\n');
        (0..depth).for_each(|_| text.push_str("  "));
    }
}

/// RFC 8259 section 7.
fn quote(plain: &str, text: &mut String) {
    text.push('"');
    for letter in plain.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                text.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                text.extend(char::from_digit(u32::from(letter) % 16, 16));
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}
