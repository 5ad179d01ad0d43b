//! Ids of rows, as docs/reference writes them (`TTL-07`, `TTL-V03`, `LOG-R1`, `TLS-40a`), and the three ways in which they
//! are named: in prose, as a range in prose (`AE-01 to AE-08`), and in the name of a test (`fn ae_01_to_08_…`).

use std::collections::BTreeSet;
use std::fmt;

/// The id of one row. Ordered by family, then by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    /// What comes before the number: `TTL-`, `TTL-V`.
    pub(crate) family: String,
    pub(crate) number: u16,
    text: String,
}

impl Id {
    /// Reads a whole text as an id: two to five capitals, a hyphen, perhaps one more capital, digits, perhaps a small
    /// letter. Without that second capital there are two or three digits, so that `UTF-8` is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (prefix, rest) = text.split_once('-')?;
        let is_prefix =
            (2..=5).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
        let numbered = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = rest.len() - numbered.len();
        let digits = numbered.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(numbered);
        let is_number = (2 - letters.min(1)..=3).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_prefix || letters > 1 || !is_number {
            return None;
        }
        let family = text[..text.len() - numbered.len()].to_owned();
        Some(Self { family, number: digits.parse().ok()?, text: text.to_owned() })
    }

    /// What comes after the family: `07`, `40a`.
    pub(crate) fn short(&self) -> &str {
        &self.text[self.family.len()..]
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The rows that exist.
pub(crate) type Known = BTreeSet<Id>;

/// One id in a text, or a range with its two ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mention {
    One(Id),
    Range(Id, Id),
}

impl Mention {
    /// The rows that are meant; `Err` with the id that is no row. A range means the rows of its family that exist
    /// between its two ends, which both must exist.
    pub(crate) fn rows(&self, known: &Known) -> Result<Vec<Id>, Id> {
        match self {
            Self::One(id) if known.contains(id) => Ok(vec![id.clone()]),
            Self::One(id) => Err(id.clone()),
            Self::Range(first, last) => {
                if let Some(unknown) = [first, last].into_iter().find(|id| !known.contains(id)) {
                    return Err(unknown.clone());
                }
                let within =
                    |id: &&Id| id.family == first.family && *first <= **id && **id <= *last;
                Ok(known.iter().filter(within).cloned().collect())
            }
        }
    }
}

/// Every id that a text names by itself.
pub(crate) fn ids_in(text: &str) -> Vec<Id> {
    words(text).filter_map(|(_, word)| Id::parse(word)).collect()
}

/// Every id and every range that a text names. A range is written `AE-01 to AE-08`, `HDRK-02 to 05` or
/// `CSV-01..CSV-07`.
pub(crate) fn mentions_in(text: &str) -> Vec<Mention> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let (start, word) = words[index];
        index += 1;
        let Some(first) = Id::parse(word) else { continue };
        let after = start + word.len();
        let last = words.get(index).and_then(|(next, word)| match text[after..*next].trim() {
            ".." | "…" | "–" => Some((1, end_of_range(&first, word)?)),
            "" if *word == "to" => Some((2, end_of_range(&first, words.get(index + 1)?.1)?)),
            _ => None,
        });
        match last {
            Some((taken, last)) => {
                index += taken;
                mentions.push(Mention::Range(first, last));
            }
            None => mentions.push(Mention::One(first)),
        }
    }
    mentions
}

/// The rows that a text names, ranges included; what does not exist is left out.
pub(crate) fn rows_in(text: &str, known: &Known) -> Vec<Id> {
    mentions_in(text).iter().filter_map(|mention| mention.rows(known).ok()).flatten().collect()
}

/// The rows that a text holds, so that a range in the name of a test counts them: each that it names by itself, and each
/// of a range before which it says `each of`, as a test does that goes through a table of the reference.
pub(crate) fn held_in(text: &str, known: &Known) -> Vec<Id> {
    let whole = text.split("each of ").skip(1).filter_map(|rest| {
        let line = rest.lines().next().unwrap_or_default();
        mentions_in(line).into_iter().next().filter(|it| matches!(it, Mention::Range(..)))
    });
    let alone = mentions_in(text).into_iter().filter(|it| matches!(it, Mention::One(_)));
    whole.chain(alone).filter_map(|mention| mention.rows(known).ok()).flatten().collect()
}

/// The second end of a range, written in full or by its number alone.
fn end_of_range(first: &Id, word: &str) -> Option<Id> {
    let id = Id::parse(word).or_else(|| Id::parse(&format!("{}{word}", first.family)))?;
    (id.family == first.family && id.number > first.number).then_some(id)
}

/// The words of a text that an id could be, with where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some((start, text[start..end].trim_end_matches('-')))
    })
}

/// What the name of a test says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Named one by one.
    pub(crate) rows: Vec<Id>,
    /// Within a range, its two ends included.
    pub(crate) ranged: Vec<Id>,
    /// Ids of a family that exists, with a number that does not.
    pub(crate) unknown: Vec<String>,
}

/// The rows at the head of a test's name. `ttl_05_09_v01_to_v03_rev_02_and_04_what_it_shows` names TTL-05, TTL-09, TTL-V01
/// to TTL-V03, REV-02 and REV-04. The first other word ends the list; so does a prefix that is named twice in a row, since
/// `tls_52_tls_12_in_full` speaks of TLS 1.2.
pub(crate) fn in_name(name: &str, known: &Known) -> Named {
    let words: Vec<&str> = name.split('_').collect();
    let mut named = Named::default();
    let mut prefix = String::new();
    let mut index = 0;
    while index < words.len() {
        if words[index] == "and" && index > 0 {
            index += 1;
        }
        let with = |prefix: &str, number: &str| named_id(prefix, number, known);
        let number = |index: usize| words.get(index).copied().unwrap_or_default();
        let own = number(index).to_ascii_uppercase();
        let first = if let Some(id) = with(&prefix, number(index)) {
            index += 1;
            id
        } else if own != prefix
            && let Some(id) = with(&own, number(index + 1))
        {
            prefix = own;
            index += 2;
            id
        } else {
            break;
        };
        let mut mention = Mention::One(first.clone());
        if number(index) == "to" {
            let repeats = usize::from(number(index + 1).to_ascii_uppercase() == prefix);
            if let Some(last) = with(&prefix, number(index + 1 + repeats)) {
                index += 2 + repeats;
                mention = Mention::Range(first, last);
            }
        }
        let is_range = matches!(mention, Mention::Range(..));
        match mention.rows(known) {
            Ok(rows) if is_range => named.ranged.extend(rows),
            Ok(rows) => named.rows.extend(rows),
            Err(unknown) => named.unknown.push(unknown.to_string()),
        }
    }
    named
}

/// `ttl` and `v03` as `TTL-V03`, where rows of that family exist.
fn named_id(prefix: &str, number: &str, known: &Known) -> Option<Id> {
    let mut number = number.to_owned();
    if let Some(letter) = number.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    let id = Id::parse(&format!("{prefix}-{number}"))?;
    known.iter().any(|row| row.family == id.family).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(ids: &str) -> Known {
        ids.split(' ').filter_map(Id::parse).collect()
    }

    fn texts(ids: &[Id]) -> String {
        ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn named(name: &str) -> String {
        let known = known(
            "TTL-05 TTL-09 TTL-V01 TTL-V02 TTL-V19 MET-08 LIM-07 XC-01 XC-02 XC-04 XC-05 TLS-12 TLS-52 \
             LOG-R1 LOG-F01 TLS-40a EVI-01",
        );
        let named = in_name(name, &known);
        let rows = [named.rows, named.ranged].concat();
        format!("{} {}", texts(&rows), named.unknown.join(" ")).trim().to_owned()
    }

    #[test]
    fn ids_have_capitals_a_hyphen_and_digits() {
        for id in ["TTL-07", "TTL-V03", "LOG-101", "LOG-R1", "TLS-40a", "STALE-01"] {
            assert_eq!(Id::parse(id).map(|id| id.to_string()).as_deref(), Some(id));
        }
        for none in
            ["UTF-8", "ISO-8859-1", "T-01", "TTL-1", "TTL-1234", "ttl-01", "TTL-", "TTL-VV1", "TTL"]
        {
            assert_eq!(Id::parse(none), None, "{none}");
        }
        assert!(
            Id::parse("TTL-09") < Id::parse("TTL-10") && Id::parse("TTL-10") < Id::parse("TTL-V01")
        );
    }

    #[test]
    fn prose_names_ids_and_ranges() {
        assert_eq!(
            texts(&ids_in("TTL-05, (TTL-09); xTTL-10 and REC-06: no, UTF-8")),
            "TTL-05 TTL-09 REC-06"
        );
        let known = known("AE-01 AE-02 AE-04 AE-05 CSV-01 CSV-02 TTL-V01 TTL-V02");
        let rows = |text: &str| texts(&rows_in(text, &known));
        assert_eq!(rows("AE-01 to AE-04, CSV-02"), "AE-01 AE-02 AE-04 CSV-02");
        assert_eq!(rows("AE-02 to 05 (MODEL)"), "AE-02 AE-04 AE-05");
        assert_eq!(rows("CSV-01..CSV-02 TTL-V01…TTL-V02"), "CSV-01 CSV-02 TTL-V01 TTL-V02");
        assert_eq!(rows("AE-01 to the end, AE-03"), "AE-01", "AE-03 is no row");
        let backwards = mentions_in("AE-04 to AE-01");
        assert!(
            backwards.iter().all(|mention| matches!(mention, Mention::One(_))),
            "{backwards:?}"
        );
    }

    #[test]
    fn a_range_holds_no_row_unless_it_says_each() {
        let known = known("AE-01 AE-02 AE-04 AE-05 CSV-01");
        let held = |text: &str| texts(&held_in(text, &known));
        assert_eq!(held("AE-01 to AE-04 // CSV-01, as \"AE-05\""), "CSV-01 AE-05");
        assert_eq!(
            held("// each of AE-01 to AE-04 in the table\n CSV-01"),
            "AE-01 AE-02 AE-04 CSV-01"
        );
        assert_eq!(held("each of the rows\nAE-01 to AE-04"), "");
    }

    #[test]
    fn a_tests_name_begins_with_its_rows() {
        for (name, rows) in [
            ("ttl_05_09_success_and_redirects", "TTL-05 TTL-09"),
            ("ttl_v01_to_v19_the_vectors", "TTL-V01 TTL-V02 TTL-V19"),
            ("met_08_lim_07_get_with_a_body", "MET-08 LIM-07"),
            ("xc_01_to_04_x_cache", "XC-01 XC-02 XC-04"),
            ("xc_01_to_xc_02_and_ttl_05_and_09_two", "TTL-05 TTL-09 XC-01 XC-02"),
            ("log_r1_f01_fields", "LOG-R1 LOG-F01"),
            ("tls_40a_one_certificate", "TLS-40a"),
            ("tls_52_tls_12_in_full", "TLS-52"),
            ("evi_01_within_10_requests_ttl_05", "EVI-01"),
            ("a_story_of_ttl_05", ""),
            ("http_11_is_no_row", ""),
            ("xc_01_to_the_end", "XC-01"),
        ] {
            assert_eq!(named(name), rows, "{name}");
        }
    }

    #[test]
    fn a_number_that_does_not_exist_is_told() {
        assert_eq!(named("ttl_05_77_gone"), "TTL-05 TTL-77");
        assert_eq!(named("xc_01_to_09_gone"), "XC-09");
        assert_eq!(named("ttl_v20_gone"), "TTL-V20");
        assert_eq!(named("ttl_05_h2_is_a_word"), "TTL-05");
    }
}
