//! The words of the class: what they mean, and where they stand in a sentence.

/// One term a line, in the order of the alphabet: its forms parted by bars, the first of which is its name; what it means,
/// in one sentence or two; and where that is written. As one text it takes half the room that a table takes in the page.
const TERMS: &str = include_str!("terms.txt");

/// What parts the three.
const BETWEEN: &str = " :: ";

/// One word of the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    forms: &'static str,
    /// One sentence or two.
    pub meaning: &'static str,
    /// Rows of docs/reference and sections of RFCs, as in `AGE-01, RFC 9111 5.1`.
    pub source: &'static str,
}

impl Term {
    /// As the list has it.
    pub fn head(self) -> &'static str {
        self.forms().next().unwrap_or_default()
    }

    /// All forms that it is known by, its name first.
    pub fn forms(self) -> impl Iterator<Item = &'static str> {
        self.forms.split('|')
    }

    /// Reads a line; of one without all three parts what is there.
    fn read(line: &'static str) -> Self {
        let mut parts = line.splitn(3, BETWEEN).chain(["", ""]);
        let mut part = || parts.next().unwrap_or_default();
        Self { forms: part(), meaning: part(), source: part() }
    }
}

/// All words, in the order of the alphabet.
pub fn terms() -> impl Iterator<Item = Term> {
    TERMS.lines().map(Term::read)
}

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words that need no explanation, or had it.
    Plain(String),
    /// A word of the glossary, as the sentence has it.
    Term(Term, String),
}

impl Run {
    /// Its text up to the first space, which belongs to the word before, and the rest.
    pub fn parted(self) -> (String, String) {
        let (Self::Plain(mut text) | Self::Term(_, mut text)) = self;
        let rest = text.split_off(text.find(' ').unwrap_or(text.len()));
        (text, rest)
    }

    /// As it stands in the sentence.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Term(_, text) => text,
        }
    }
}

/// Marks the words of the glossary in the sentences of one step, each where it stands first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marker {
    /// One bit for each term that was marked already; the first 128 can be.
    seen: u128,
}

impl Marker {
    /// A sentence as plain stretches and terms; together they are the sentence.
    pub fn mark(&mut self, sentence: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        let (mut plain_from, mut at) = (0, 0);
        while let Some(rest) = sentence.get(at..).filter(|rest| !rest.is_empty()) {
            let found = if begins_word(sentence, at) { longest(sentence, at) } else { None };
            let Some((index, term, length)) = found else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            // A word that was explained is passed over as a whole.
            let bit = 1_u128.checked_shl(index).unwrap_or_default();
            if self.seen & bit == 0 {
                self.seen |= bit;
                if plain_from < at {
                    runs.push(Run::Plain(sentence[plain_from..at].to_owned()));
                }
                runs.push(Run::Term(term, sentence[at..at + length].to_owned()));
                plain_from = at + length;
            }
            at += length;
        }
        if plain_from < sentence.len() {
            runs.push(Run::Plain(sentence[plain_from..].to_owned()));
        }
        runs
    }
}

/// The terms in whose name, forms or meaning a text stands, whatever its case; all of them for nothing.
pub fn matching(filter: &str) -> impl Iterator<Item = Term> {
    let wanted = filter.trim().to_ascii_lowercase();
    let has = move |line: &&str| line.to_ascii_lowercase().contains(&wanted);
    TERMS.lines().filter(has).map(Term::read)
}

/// The longest form of a term that stands at a place as whole words: the term's place in the list, itself, and the bytes.
fn longest(sentence: &str, at: usize) -> Option<(u32, Term, usize)> {
    let rest = sentence.get(at..)?;
    let mut best: Option<(u32, Term, usize)> = None;
    for (index, term) in (0..).zip(terms()) {
        for form in term.forms() {
            let is_longer = best.is_none_or(|(.., length)| form.len() > length);
            if is_longer && stands_first(rest, form) && ends_word(&rest[form.len()..]) {
                best = Some((index, term, form.len()));
            }
        }
    }
    best
}

/// Whether a form is what a text begins with. A form in small letters may begin a sentence, too; one with a capital is a
/// name and has it everywhere: Age is the field, age any age.
fn stands_first(text: &str, form: &str) -> bool {
    let Some(beginning) = text.get(..form.len()).filter(|text| !text.is_empty()) else {
        return false;
    };
    let (first, others) = (&form.as_bytes()[0], &form.as_bytes()[1..]);
    let begins = beginning.as_bytes()[0];
    (begins == *first || begins.to_ascii_lowercase() == *first)
        && beginning.as_bytes()[1..] == *others
}

/// Whether a character belongs to the word beside it: of a name with a hyphen, a path, a query or an address, nothing is a
/// word of its own.
fn joins(c: char) -> bool {
    is_of_word(c) || "-_/?&=#".contains(c)
}

/// Letters and digits. Of what is not ASCII everything counts: the tables of letters would be two kilobytes of the page.
const fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}

fn begins_word(sentence: &str, at: usize) -> bool {
    let Some(before) = sentence.get(..at) else { return false };
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        // A full stop or a colon inside a name.
        Some('.' | ':') => !back.next().is_some_and(is_of_word),
        Some(c) => !joins(c),
    }
}

/// Whether a word may end before this text. An equals sign may follow it: `max-age=60`.
fn ends_word(after: &str) -> bool {
    let mut ahead = after.chars();
    match ahead.next() {
        None | Some('=') => true,
        Some('.' | ':' | '?') => !ahead.next().is_some_and(is_of_word),
        Some(c) => !joins(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The terms that are marked in a sentence, and the words that are.
    fn marked(sentence: &str) -> Vec<(&'static str, String)> {
        let term = |run: &Run| match run {
            Run::Term(term, text) => Some((term.head(), text.clone())),
            Run::Plain(_) => None,
        };
        Marker::default().mark(sentence).iter().filter_map(term).collect()
    }

    #[test]
    fn every_term_is_known_by_its_head_and_by_each_form() {
        for term in terms() {
            for form in term.forms() {
                let found = marked(&format!("What is {form}?"));
                assert_eq!(found, [(term.head(), form.to_owned())], "{form}");
            }
        }
    }

    #[test]
    fn the_list_is_in_order_and_each_term_is_explained_in_whole_sentences() {
        let all: Vec<Term> = terms().collect();
        assert!((60..=128).contains(&all.len()), "the marker has 128 bits: {}", all.len());
        for pair in all.windows(2) {
            let [one, two] = [pair[0], pair[1]].map(|term| term.head().to_ascii_lowercase());
            assert!(one < two, "{one} {two}");
        }
        for (term, line) in all.iter().zip(TERMS.lines()) {
            assert_eq!(line.matches(BETWEEN).count(), 2, "{line}");
            assert!(term.meaning.ends_with('.') && term.meaning.len() < 150, "{term:?}");
            assert!(term.meaning.matches(". ").count() <= 1, "two sentences at most: {term:?}");
            assert!(!term.source.is_empty(), "{term:?}");
        }
    }

    #[test]
    fn no_term_is_a_part_of_another_word() {
        for text in [
            "stale-if-errors",
            "/img/origin.jpg",
            "origin.example",
            "?miss=1",
            "misses-it",
            "Viavia",
            "agefresh",
            "dismiss",
            "cdn-cache-hit",
            "my.origin",
            "a:hit",
            "x=hit",
            "hit/miss",
            "age 5 s",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
        assert_eq!(
            marked("stale-if-error=0 forbids it"),
            [("stale-if-error", "stale-if-error".into())]
        );
        assert_eq!(marked("the origin's own"), [("origin", "origin".into())]);
        assert_eq!(marked("Miss. \"Age\": 5"), [("miss", "Miss".into()), ("Age", "Age".into())]);
    }

    #[test]
    fn the_longest_form_wins_and_each_term_is_marked_once_in_a_step() {
        let mut marker = Marker::default();
        let runs =
            marker.mark("The cache key is in the regional edge cache, not at the edge location.");
        let heads: Vec<&str> =
            runs.iter().filter(|run| matches!(run, Run::Term(..))).map(Run::text).collect();
        assert_eq!(heads, ["cache key", "regional edge cache", "edge location"]);
        let again = "A key at the REC: a POP asks its origin";
        let second: Vec<Run> = marker.mark(again);
        assert_eq!(second.len(), 2, "only the origin is new: {second:?}");
        assert_eq!(second[1].text(), "origin");
    }

    #[test]
    fn the_filter_looks_at_names_forms_and_meanings() {
        assert_eq!(matching("").count(), terms().count());
        let heads = |filter: &str| matching(filter).map(Term::head).collect::<Vec<_>>();
        assert_eq!(heads("  POINT of presence "), ["edge location"]);
        assert!(heads("cname").contains(&"alias") && heads("etag").contains(&"validator"));
        assert_eq!(heads("zebra"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn the_runs_are_the_sentence_whatever_it_is(
            pieces in proptest::collection::vec("\\PC{0,6}|stale|fresh |Age|max-age=|origin|é| ", 0..12)
        ) {
            let sentence = pieces.concat();
            let runs = Marker::default().mark(&sentence);
            let whole: String = runs.iter().map(Run::text).collect();
            prop_assert_eq!(&whole, &sentence);
            let mut at = 0;
            for run in &runs {
                if let Run::Term(..) = run {
                    prop_assert!(!sentence[..at].ends_with(char::is_alphanumeric), "{}", sentence);
                    let after = &sentence[at + run.text().len()..];
                    prop_assert!(!after.starts_with(char::is_alphanumeric), "{}", sentence);
                }
                at += run.text().len();
            }
        }
    }
}
