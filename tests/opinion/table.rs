//! How many pairs each row explains, and how many it may.

use std::fmt::Write;

use edgewalk::distribution::TtlBounds;

use crate::Verdict;
use crate::rows::ROWS;

/// What is asked of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Kept,
    Fresh,
    Age,
}

impl Question {
    pub const ALL: [Self; 3] = [Self::Kept, Self::Fresh, Self::Age];

    /// Its answer, as a number.
    pub const fn of(self, verdict: Verdict) -> u64 {
        match self {
            Self::Kept => verdict.kept as u64,
            Self::Fresh => verdict.fresh as u64,
            Self::Age => verdict.age,
        }
    }
}

/// One round's counts.
pub struct Tally {
    ttl: TtlBounds,
    pairs: usize,
    kept: usize,
    fresh: usize,
    /// Row and question of each disagreement.
    differs: Vec<(&'static str, Question)>,
}

impl Tally {
    pub fn new(ttl: TtlBounds, pairs: usize) -> Self {
        Self { ttl, pairs, kept: 0, fresh: 0, differs: Vec::new() }
    }

    pub fn differs(&mut self, row: &'static str, question: Question) {
        self.differs.push((row, question));
    }

    pub fn seen(&mut self, our: Verdict) {
        self.kept += usize::from(our.kept);
        self.fresh += usize::from(our.fresh);
    }

    fn count(&self, is_meant: impl Fn(&str, Question) -> bool) -> usize {
        self.differs.iter().filter(|(row, question)| is_meant(row, *question)).count()
    }

    /// Of ten thousand pairs, rounded up.
    fn share(&self, row: &str, question: Question) -> usize {
        (self.count(|id, asked| id == row && asked == question) * 10_000).div_ceil(self.pairs)
    }
}

/// A line of the table that is held against the counts: a row, the most pairs in ten thousand that it may explain, by round
/// and question, and why.
struct Line {
    row: &'static str,
    most: Vec<usize>,
    why: &'static str,
}

fn lines() -> Vec<Line> {
    let text = include_str!("shares.txt").lines();
    text.filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let [row, most, why] = std::array::from_fn(|i| line.split('|').nth(i).unwrap().trim());
            Line {
                row,
                most: most.split_whitespace().map(|cap| cap.parse().unwrap()).collect(),
                why,
            }
        })
        .collect()
}

fn counts<'a>(tallies: &'a [Tally], row: &'a str) -> impl Iterator<Item = usize> + 'a {
    tallies.iter().flat_map(move |tally| Question::ALL.map(|question| tally.share(row, question)))
}

/// The shares, a row of Markdown each.
pub fn print(tallies: &[Tally]) -> String {
    let mut text = String::new();
    let out = &mut text;
    for tally in tallies {
        let TtlBounds { min, default, max } = tally.ttl;
        let of = Question::ALL.map(|question| tally.count(|_, asked| asked == question));
        writeln!(
            out,
            "{} pairs with the TTLs {min}, {default} and {max} s; the engine keeps {} and serves {} fresh. \
             Both differ on keeping {}, on freshness {}, on the age {}.",
            tally.pairs, tally.kept, tally.fresh, of[0], of[1], of[2]
        )
        .unwrap();
    }
    writeln!(out, "\n| row | kept | fresh | age | kept | fresh | age | why |\n|---|---|---|---|---|---|---|---|")
        .unwrap();
    let lines = lines();
    for row in ROWS {
        let shares: Vec<_> = counts(tallies, row.id)
            .map(|share| {
                if share == 0 {
                    "–".into()
                } else {
                    format!("{}.{:02} %", share / 100, share % 100)
                }
            })
            .collect();
        let why = lines.iter().find(|line| line.row == row.id).map_or("", |line| line.why);
        writeln!(out, "| {} | {} | {why} |", row.id, shares.join(" | ")).unwrap();
    }
    text
}

/// Each row explains something and no more than its share.
pub fn check(tallies: &[Tally]) {
    let lines = lines();
    let known: Vec<_> = ROWS.iter().map(|row| row.id).collect();
    assert_eq!(lines.iter().map(|line| line.row).collect::<Vec<_>>(), known, "shares.txt");
    for line in lines {
        let counts: Vec<_> = counts(tallies, line.row).collect();
        assert_eq!(counts.len(), line.most.len(), "{}", line.row);
        assert!(counts.iter().any(|count| *count > 0), "{} explains nothing", line.row);
        let is_over = counts.iter().zip(&line.most).any(|(count, most)| count > most);
        assert!(!is_over, "{} explains {counts:?} in 10,000, and may {:?}", line.row, line.most);
    }
}
