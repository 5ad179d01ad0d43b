//! The Cache-Control field (RFC 9111 5.2), as a shared cache reads it in a response.

use super::Fields;

/// The directives of a response that bear on caching, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheControl {
    /// Seconds; RFC 9111 5.2.2.1.
    pub max_age: Option<u64>,
    /// Seconds; RFC 9111 5.2.2.10.
    pub s_maxage: Option<u64>,
    /// Without an argument; RFC 9111 5.2.2.4.
    pub no_cache: bool,
    /// RFC 9111 5.2.2.5.
    pub no_store: bool,
    /// Without an argument; RFC 9111 5.2.2.7.
    pub private: bool,
    /// Field names that `no-cache="…"` or `private="…"` keeps out of the store (RFC 9111 5.2.2.4, 5.2.2.7).
    pub withheld_fields: Vec<String>,
    /// Directives whose argument could not be read, as written; they count as absent (RFC 9111 4.2.1).
    pub remarks: Vec<String>,
}

impl CacheControl {
    /// The longest lifetime that is kept, in seconds: 100 years (TTL-12).
    pub const LONGEST: u64 = 100 * 365 * 86_400;

    /// Reads all Cache-Control fields of a message as one list. Of a directive that stands twice the first counts
    /// (RFC 9111 4.2.1).
    pub fn of(fields: &Fields) -> Self {
        let mut read = Self::default();
        for value in fields.all("Cache-Control") {
            for directive in split_list(value) {
                read.take(directive);
            }
        }
        read
    }

    /// Whether one of the three directives forbids a shared cache to answer from this response alone.
    pub fn forbids(&self) -> bool {
        self.no_store || self.no_cache || self.private
    }

    fn take(&mut self, directive: &str) {
        let (name, argument) = match directive.split_once('=') {
            Some((name, argument)) => (name.trim_end(), Some(unquote(argument.trim_start()))),
            None => (directive, None),
        };
        match (name.to_ascii_lowercase().as_str(), argument) {
            ("max-age", Some(argument)) => {
                keep_first(&mut self.max_age, argument, directive, &mut self.remarks);
            }
            ("s-maxage", Some(argument)) => {
                keep_first(&mut self.s_maxage, argument, directive, &mut self.remarks);
            }
            ("max-age" | "s-maxage", None) => self.remarks.push(directive.to_owned()),
            ("no-store", _) => self.no_store = true,
            ("no-cache", None) => self.no_cache = true,
            ("private", None) => self.private = true,
            ("no-cache" | "private", Some(names)) => {
                self.withheld_fields.extend(names.split(',').map(|name| name.trim().to_owned()));
            }
            _ => {}
        }
    }
}

fn keep_first(slot: &mut Option<u64>, argument: &str, directive: &str, remarks: &mut Vec<String>) {
    let is_number = !argument.is_empty() && argument.bytes().all(|b| b.is_ascii_digit());
    match (is_number, &slot) {
        // A number too large for 64 bits is simply very long (RFC 9111 1.2.2).
        (true, None) => {
            *slot = Some(argument.parse().unwrap_or(u64::MAX).min(CacheControl::LONGEST));
        }
        (true, Some(_)) => {}
        (false, _) => remarks.push(directive.to_owned()),
    }
}

/// The members of a comma-separated list; commas within quotes do not separate (RFC 9110 5.6.1, 5.6.4).
pub(crate) fn split_list(value: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let split = move |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return true,
            _ => {}
        }
        false
    };
    value.split(split).map(|part| part.trim_matches([' ', '\t'])).filter(|part| !part.is_empty())
}

fn unquote(argument: &str) -> &str {
    argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(argument)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(values: &str) -> CacheControl {
        CacheControl::of(&Fields::parse(values).unwrap())
    }

    #[test]
    fn lifetimes_are_seconds_and_the_first_counts() {
        let cc = read("Cache-Control: max-age=60, S-MaxAge=\"90\"\nCache-Control: max-age=5");
        assert_eq!((cc.max_age, cc.s_maxage), (Some(60), Some(90)));
        assert!(cc.remarks.is_empty());
    }

    #[test]
    fn ttl_12_a_lifetime_is_at_most_100_years() {
        assert_eq!(
            read("Cache-Control: max-age=99999999999999999999999").max_age,
            Some(CacheControl::LONGEST)
        );
    }

    #[test]
    fn what_cannot_be_read_is_a_remark_and_counts_as_absent() {
        let cc = read("Cache-Control: max-age=1h, s-maxage=-1, max-age, public");
        assert_eq!((cc.max_age, cc.s_maxage), (None, None));
        assert_eq!(cc.remarks, ["max-age=1h", "s-maxage=-1", "max-age"]);
    }

    #[test]
    fn no_cache_with_field_names_forbids_nothing_but_these_fields() {
        let cc = read("Cache-Control: no-cache=\"Set-Cookie, X-A\", max-age=9");
        assert!(!cc.forbids());
        assert_eq!(cc.withheld_fields, ["Set-Cookie", "X-A"]);
        assert_eq!(cc.max_age, Some(9));
        for word in ["no-cache", "no-store", "private"] {
            assert!(read(&format!("Cache-Control: {word}")).forbids());
        }
    }
}
