//! The form in which several parts travel at once: `multipart/byteranges` (RFC 9110 14.6, RFC 2046 5.1).

use std::fmt::{self, Write};

use super::{ContentRange, Interval};
use crate::http::Response;

/// How the parts of one representation are wrapped. The same code counts the bytes and writes them.
///
/// The content is, for each part, [`Multipart::heading`] and the bytes of the part, and at last [`Multipart::closing`]. One
/// part alone is never sent so (RFC 9110 15.3.7.2).
#[derive(Clone, Copy, Debug)]
pub struct Multipart<'a> {
    /// RFC 2046 5.1.1: 1 to 70 characters, and nowhere in the content.
    pub boundary: &'a str,
    /// The Content-Type that the whole representation has, if it has one.
    pub content_type: Option<&'a str>,
    /// The length of the whole representation, in bytes.
    pub complete: u64,
}

impl<'a> Multipart<'a> {
    /// For the parts of a representation: `whole` has its fields and its length.
    pub fn of(whole: &'a Response, boundary: &'a str) -> Self {
        let content_type = whole.fields.get("Content-Type");
        Self { boundary, content_type, complete: whole.body.length }
    }

    /// The Content-Type of the response. The boundary is quoted where it is no token (RFC 9110 5.6.6).
    pub fn media_type(&self) -> String {
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if self.boundary.chars().all(is_token) {
            format!("multipart/byteranges; boundary={}", self.boundary)
        } else {
            format!("multipart/byteranges; boundary=\"{}\"", self.boundary)
        }
    }

    /// What stands before the bytes of a part, up to and with the empty line. The first part begins the content; the line
    /// break before every other boundary belongs to the boundary (RFC 2046 5.1.1).
    pub fn heading(&self, interval: Interval, is_first: bool) -> String {
        written(|out| self.write_heading(out, interval, is_first))
    }

    /// What stands behind the bytes of the last part.
    pub fn closing(&self) -> String {
        written(|out| self.write_closing(out))
    }

    /// The length of the content for these parts, in bytes: headings, parts and closing.
    pub fn length(&self, intervals: &[Interval]) -> u64 {
        let mut count = Count(0);
        let mut is_first = true;
        for interval in intervals {
            // Counting never fails.
            let _ = self.write_heading(&mut count, *interval, is_first);
            count.0 = count.0.saturating_add(interval.len());
            is_first = false;
        }
        let _ = self.write_closing(&mut count);
        count.0
    }

    fn write_heading(&self, out: &mut dyn Write, part: Interval, is_first: bool) -> fmt::Result {
        let line_break = if is_first { "" } else { "\r\n" };
        write!(out, "{line_break}--{}\r\n", self.boundary)?;
        if let Some(content_type) = self.content_type {
            write!(out, "Content-Type: {content_type}\r\n")?;
        }
        let range = ContentRange::Part { interval: part, complete: Some(self.complete) };
        write!(out, "Content-Range: {range}\r\n\r\n")
    }

    fn write_closing(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "\r\n--{}--\r\n", self.boundary)
    }
}

fn written(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut text = String::new();
    // Writing into a String never fails.
    let _ = write(&mut text);
    text
}

/// Counts what is written to it, in bytes.
struct Count(u64);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.len() as u64);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 9110 14.6, its parts filled with dots.
    #[test]
    fn what_is_counted_is_what_is_written() {
        let multipart = Multipart {
            boundary: "THIS_STRING_SEPARATES",
            content_type: Some("application/pdf"),
            complete: 8000,
        };
        let parts = [Interval { first: 500, end: 1000 }, Interval { first: 7000, end: 8000 }];
        let mut content = String::new();
        for (index, part) in parts.into_iter().enumerate() {
            content += &multipart.heading(part, index == 0);
            content.extend((0..part.len()).map(|_| '.'));
        }
        content += &multipart.closing();
        let expected = format!(
            "--THIS_STRING_SEPARATES\r\n\
             Content-Type: application/pdf\r\n\
             Content-Range: bytes 500-999/8000\r\n\r\n\
             {}\r\n\
             --THIS_STRING_SEPARATES\r\n\
             Content-Type: application/pdf\r\n\
             Content-Range: bytes 7000-7999/8000\r\n\r\n\
             {}\r\n\
             --THIS_STRING_SEPARATES--\r\n",
            ".".repeat(500),
            ".".repeat(1000)
        );
        assert_eq!(content, expected);
        assert_eq!(multipart.length(&parts), content.len() as u64);
    }

    #[test]
    fn a_part_without_a_type_has_no_line_for_it_and_odd_boundaries_are_quoted() {
        let plain = Multipart { boundary: "a", content_type: None, complete: 9 };
        assert_eq!(
            plain.heading(Interval { first: 0, end: 1 }, true),
            "--a\r\nContent-Range: bytes 0-0/9\r\n\r\n"
        );
        assert_eq!(plain.media_type(), "multipart/byteranges; boundary=a");
        let odd = Multipart { boundary: "a:b", ..plain };
        assert_eq!(odd.media_type(), "multipart/byteranges; boundary=\"a:b\"");
        assert_eq!(plain.length(&[Interval { first: 3, end: u64::MAX }; 3]), u64::MAX);
    }
}
