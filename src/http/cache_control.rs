//! The Cache-Control field (RFC 9111 5.2, RFC 5861), as a shared cache reads it in a response.
//!
//! `must-revalidate`, `proxy-revalidate` and `immutable` have no effect here (TTL-22) and are passed over like any
//! directive that is not known.

use std::iter;

use super::Fields;

/// The directives of a response that bear on caching, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheControl {
    /// Seconds; RFC 9111 5.2.2.1.
    pub max_age: Option<u64>,
    /// Seconds; RFC 9111 5.2.2.10.
    pub s_maxage: Option<u64>,
    /// Seconds after the end of freshness; RFC 5861 section 3 (STALE-01).
    pub stale_while_revalidate: Option<u64>,
    /// Seconds after the end of freshness; RFC 5861 section 4 (STALE-04). Some(0) forbids it (STALE-11, STALE-12).
    pub stale_if_error: Option<u64>,
    /// Without an argument; RFC 9111 5.2.2.4.
    pub no_cache: bool,
    /// RFC 9111 5.2.2.5.
    pub no_store: bool,
    /// Without an argument; RFC 9111 5.2.2.7.
    pub private: bool,
    /// Field names that `no-cache="…"` or `private="…"` keeps out of the store (RFC 9111 5.2.2.4, 5.2.2.7).
    pub withheld_fields: Vec<String>,
    /// Directives whose argument could not be read, as written; lifetimes among them count as absent (TTL-32).
    pub remarks: Vec<String>,
    /// In how many lines a quote opens that nothing closes, so that it quotes nothing (TTL-31).
    pub open_quotes: u32,
}

impl CacheControl {
    /// The longest lifetime that is kept, in seconds: 100 years (TTL-12).
    pub const LONGEST: u64 = 100 * 365 * 86_400;

    /// Reads all Cache-Control fields of a message as one list. Of a directive that stands twice the first counts
    /// (RFC 9111 4.2.1).
    pub fn of(fields: &Fields) -> Self {
        let mut read = Self::default();
        // TTL-29 (MODEL): of this field alone.
        for value in fields.all("Cache-Control") {
            let quotes = Quotes::of(value);
            read.open_quotes += u32::from(quotes.leave_one_open);
            for directive in split_list(value, quotes) {
                read.take(directive);
            }
        }
        read
    }

    /// Whether a lifetime is among what could not be read (TTL-32).
    pub fn has_unreadable_lifetime(&self) -> bool {
        let is_lifetime = |name: &str| {
            ["max-age", "s-maxage"].iter().any(|known| name.eq_ignore_ascii_case(known))
        };
        self.remarks
            .iter()
            .any(|remark| is_lifetime(remark.split('=').next().unwrap_or_default().trim_end()))
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
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("no-store") {
            self.no_store = true;
        } else if is("no-cache") {
            self.no_cache |= !self.withholds(argument, directive);
        } else if is("private") {
            self.private |= !self.withholds(argument, directive);
        } else {
            self.take_seconds(name, argument, directive);
        }
    }

    /// Takes the field names of an argument and says whether there was one. A list of no names is as good as no list:
    /// the directive then holds for the whole response, and so it does where the list cannot be read (TTL-31).
    fn withholds(&mut self, argument: Option<&str>, directive: &str) -> bool {
        if argument.is_some_and(|argument| argument.contains('"')) {
            self.remarks.push(directive.to_owned());
            return false;
        }
        let names = argument.unwrap_or_default().split(',').map(str::trim);
        let before = self.withheld_fields.len();
        self.withheld_fields.extend(names.filter(|name| !name.is_empty()).map(String::from));
        self.withheld_fields.len() > before
    }

    fn take_seconds(&mut self, name: &str, argument: Option<&str>, directive: &str) {
        let slots = [
            ("max-age", &mut self.max_age),
            ("s-maxage", &mut self.s_maxage),
            ("stale-while-revalidate", &mut self.stale_while_revalidate),
            ("stale-if-error", &mut self.stale_if_error),
        ];
        let found = slots.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some((_, slot)) = found else { return }; // TTL-22
        match argument.and_then(seconds) {
            Some(secs) => *slot = slot.or(Some(secs)),
            None => self.remarks.push(directive.to_owned()), // TTL-32 (MODEL)
        }
    }
}

/// RFC 9111 1.2.2: digits and nothing else. A number too large for 64 bits is simply very long.
fn seconds(argument: &str) -> Option<u64> {
    let is_number = !argument.is_empty() && argument.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| argument.parse().unwrap_or(u64::MAX).min(CacheControl::LONGEST))
}

/// The members of a comma-separated list; commas within quotes do not separate (RFC 9110 5.6.1, 5.6.4).
fn split_list(value: &str, mut quotes: Quotes) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    let parts = iter::from_fn(move || {
        let text = rest?;
        // Where no quote is to come, as mostly, every comma separates.
        let comma = match quotes.left {
            0 => text.find(','),
            _ => text.find(|c: char| !quotes.enclose(c) && c == ','),
        };
        rest = comma.map(|comma| &text[comma + 1..]);
        Some(comma.map_or(text, |comma| &text[..comma]))
    });
    parts.map(str::trim_ascii).filter(|part| !part.is_empty())
}

/// Which characters of a text lie within quotes (RFC 9110 5.6.4), told one after the other.
struct Quotes {
    /// How many are still to come that open or close.
    left: usize,
    /// Whether there is one more, that nothing closes.
    leave_one_open: bool,
    is_open: bool,
    is_escaped: bool,
}

impl Quotes {
    /// TTL-31 (MODEL): the last quote of a text, where nothing closes it, opens nothing.
    fn of(text: &str) -> Self {
        let begin =
            |left, leave_one_open| Self { left, leave_one_open, is_open: false, is_escaped: false };
        if !text.contains('"') {
            return begin(0, false);
        }
        let mut all = begin(usize::MAX, false);
        for c in text.chars() {
            all.enclose(c);
        }
        let count = usize::MAX - all.left;
        begin(count - count % 2, all.is_open)
    }

    /// Takes the next character and says whether it lies within quotes.
    const fn enclose(&mut self, c: char) -> bool {
        match c {
            _ if self.is_escaped => self.is_escaped = false,
            '\\' if self.is_open => self.is_escaped = true,
            '"' if self.left > 0 => {
                self.left -= 1;
                self.is_open = !self.is_open;
            }
            _ => {}
        }
        self.is_open
    }
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
    fn ttl_32_a_lifetime_that_cannot_be_read_is_a_remark_and_counts_as_absent() {
        let cc = read("Cache-Control: max-age=1h, s-maxage=-1, max-age, public");
        assert_eq!((cc.max_age, cc.s_maxage), (None, None));
        assert_eq!(cc.remarks, ["max-age=1h", "s-maxage=-1", "max-age"]);
        for (value, is_one) in [
            ("Max-Age =x", true),
            ("s-maxage", true),
            ("max-age=60", false),
            ("stale-if-error=x", false),
            ("private=\"max-age, x-max-age=1", false),
        ] {
            let cc = read(&format!("Cache-Control: {value}"));
            assert_eq!(cc.has_unreadable_lifetime(), is_one, "{value}");
        }
    }

    #[test]
    fn ttl_31_a_quote_that_nothing_closes_quotes_nothing() {
        let cc = read("Cache-Control: x=\"a, no-store, max-age=60");
        assert!(cc.no_store && cc.max_age == Some(60), "what follows still counts: {cc:?}");
        assert_eq!((cc.open_quotes, read("Cache-Control: x=\"a\"").open_quotes), (1, 0));
        let cc = read("Cache-Control: max-age=\"60, s-maxage=9");
        assert_eq!((cc.max_age, cc.s_maxage), (None, Some(9)));
        assert_eq!(cc.remarks, ["max-age=\"60"]);
        // Nobody can say which fields are meant, so all are.
        for word in ["no-cache", "private"] {
            let cc = read(&format!("Cache-Control: {word}=\"Set-Cookie, max-age=60"));
            assert!(cc.forbids() && cc.withheld_fields.is_empty(), "{word}: {cc:?}");
            assert_eq!((cc.max_age, cc.remarks.len()), (Some(60), 1), "{word}");
        }
        // Quotes that are closed still quote, also those with a quote of their own, in front of the open one as behind.
        let cc = read("Cache-Control: x=\"a\\\", no-store\", y=\"no-store, private");
        assert!(cc.private && !cc.no_store, "{cc:?}");
        let cc = read("Cache-Control: x=\"private\\\", no-store");
        assert!(cc.no_store && !cc.private, "only an escaped one follows: {cc:?}");
        // A line's quote ends with the line.
        let cc = read("Cache-Control: x=\"a\nCache-Control: private, y=\"");
        assert!(cc.private, "{cc:?}");
    }

    /// What the public HTTP caching test-suite tries (its `cc-freshness` and `cc-parse`), with the RFC's answer. Where the
    /// RFC leaves a choice, the first readable value counts and an unreadable one counts as absent.
    #[test]
    fn the_forms_of_a_lifetime_that_caches_disagree_on() {
        for (value, max_age) in [
            ("max-age=3600", Some(3600)),
            ("foobar, max-age=3600", Some(3600)),
            ("max-age=3600, foobar", Some(3600)),
            ("MaX-aGe=3600", Some(3600)),
            ("max-age=\"3600\"", Some(3600)),
            ("max-age='3600'", None),
            ("max-age=003600", Some(3600)),
            ("max-age=00000060", Some(60)),
            ("max-age=0", Some(0)),
            ("max-age=-3600", None),
            ("max-age=-1", None),
            ("max-age=+1", None),
            ("max-age=3600.0", None),
            ("max-age=1.5", None),
            ("max-age=a3600", None),
            ("max-age=3600a", None),
            ("max-age=0x10", None),
            ("max-age=36 00", None),
            ("max-age=", None),
            ("max-age=\"\"", None),
            ("max-age=\"60", None),
            ("max-age", None),
            ("max-age: 60", None),
            ("max-age=\u{664}", None),
            ("max-age =3600", Some(3600)),
            ("max-age= 3600", Some(3600)),
            ("max-age\t=\t3600", Some(3600)),
            (",, max-age=3600 ,", Some(3600)),
            ("max-age=2147483647", Some(2_147_483_647)),
            ("max-age=2147483648", Some(2_147_483_648)),
            ("max-age=2147483649", Some(2_147_483_649)),
            ("max-age=99999999999", Some(CacheControl::LONGEST)),
            ("max-age=18446744073709551616", Some(CacheControl::LONGEST)),
            ("max-age=3600, max-age=0", Some(3600)),
            ("max-age=0, max-age=3600", Some(0)),
            ("max-age=1h, max-age=60", Some(60)),
            ("extension=\"max-age=3600\", max-age=1", Some(1)),
            ("max-age=1, extension=\"max-age=3600\"", Some(1)),
            ("extension=\"a\\\", max-age=3600\", max-age=\"1\"", Some(1)),
            ("xmax-age=60", None),
        ] {
            assert_eq!(read(&format!("Cache-Control: {value}")).max_age, max_age, "{value}");
        }
        let lines = read("Cache-Control: max-age=1\nCache-Control: max-age=1800");
        assert_eq!(lines.max_age, Some(1));
    }

    #[test]
    fn stale_01_04_11_the_two_directives_of_rfc_5861() {
        let cc = read(
            "Cache-Control: max-age=3600, Stale-While-Revalidate=600, stale-if-error=\"86400\"",
        );
        assert_eq!((cc.stale_while_revalidate, cc.stale_if_error), (Some(600), Some(86_400)));
        let cc = read("Cache-Control: stale-if-error=0, stale-if-error=9, stale-while-revalidate");
        assert_eq!((cc.stale_while_revalidate, cc.stale_if_error), (None, Some(0)));
        assert_eq!(cc.remarks, ["stale-while-revalidate"]);
        let long = "9".repeat(40);
        let cc =
            read(&format!("Cache-Control: stale-if-error={long}, stale-while-revalidate={long}"));
        assert_eq!(cc.stale_while_revalidate, Some(CacheControl::LONGEST));
        assert_eq!(cc.stale_if_error, Some(CacheControl::LONGEST));
    }

    #[test]
    fn ttl_22_three_directives_that_change_nothing() {
        let cc = read("Cache-Control: must-revalidate, proxy-revalidate, immutable, max-age=5");
        assert_eq!(cc, CacheControl { max_age: Some(5), ..CacheControl::default() });
    }

    #[test]
    fn an_empty_list_of_field_names_is_none() {
        for value in ["no-cache=\"\"", "no-cache=", "private=\" , \""] {
            let cc = read(&format!("Cache-Control: {value}"));
            assert!(cc.forbids() && cc.withheld_fields.is_empty(), "{value}");
        }
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
