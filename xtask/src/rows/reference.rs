//! The rows of docs/reference: every line of a table whose first cell is an id, with where it stands.

use std::path::Path;

use super::files;
use super::id::{Id, Known};
use crate::stop::Stop;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: Id,
    /// `caching.md`.
    pub(crate) file: String,
    pub(crate) line: usize,
    /// `2.1`; empty before the first heading with a number.
    pub(crate) section: String,
    /// What the heading says after its number.
    pub(crate) heading: String,
    /// The cells after the id, with bars between.
    pub(crate) text: String,
}

impl Row {
    /// The number of the chapter: 2 in section 2.1.
    pub(crate) fn chapter(&self) -> u32 {
        self.section.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// Which of MODEL, OBS and AMB the row is marked with.
    pub(crate) fn marks(&self) -> Vec<&'static str> {
        let is_marked = |mark: &&&str| {
            self.text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == **mark)
        };
        ["MODEL", "OBS", "AMB"].iter().filter(is_marked).copied().collect()
    }
}

/// All rows, in the order of the files and of their lines.
#[derive(Debug, Default)]
pub(crate) struct Reference {
    pub(crate) rows: Vec<Row>,
    pub(crate) known: Known,
}

impl Reference {
    /// Reads docs/reference/*.md.
    pub(crate) fn read(root: &Path) -> Result<Self, Stop> {
        let mut reference = Self::default();
        for path in files::below(root, "docs/reference", "md")? {
            let file = path.rsplit('/').next().unwrap_or(&path).to_owned();
            reference.take(&file, &files::text(root, &path)?)?;
        }
        Ok(reference)
    }

    /// Adds the rows of one file. An id that stands twice cannot be told apart, so it ends the reading.
    pub(crate) fn take(&mut self, file: &str, text: &str) -> Result<(), Stop> {
        let (mut section, mut heading) = (String::new(), String::new());
        for (index, line) in text.lines().enumerate() {
            if let Some((number, title)) = numbered_heading(line) {
                (section, heading) = (number, title);
            }
            let Some((id, text)) = row(line) else { continue };
            if !self.known.insert(id.clone()) {
                return Err(Stop::new(format!(
                    "docs/reference/{file}:{} holds {id}, which another row has already: give it a number of its own",
                    index + 1
                )));
            }
            let (section, heading) = (section.clone(), heading.clone());
            self.rows.push(Row {
                id,
                file: file.to_owned(),
                line: index + 1,
                section,
                heading,
                text,
            });
        }
        Ok(())
    }

    pub(crate) fn row(&self, id: &Id) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }
}

/// `### 2.1 TTL table` and `## 2. Freshness`.
fn numbered_heading(line: &str) -> Option<(String, String)> {
    let title = line.strip_prefix("##")?.trim_start_matches('#').strip_prefix(' ')?;
    let (number, title) = title.split_once(' ')?;
    let number = number.trim_end_matches('.');
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_number.then(|| (number.to_owned(), title.trim().to_owned()))
}

/// A line of a table whose first cell is one id and nothing else.
fn row(line: &str) -> Option<(Id, String)> {
    let (first, rest) = line.trim().strip_prefix('|')?.split_once('|')?;
    Some((Id::parse(first.trim())?, rest.trim_end_matches('|').trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# Title
TTL-01 in prose is no row.
## 2. Freshness
| ID | Given | Then |
|---|---|---|
| TTL-01 | `a \\| b` | c, see TTL-02 | MODEL/OBS |
### 2.1 Vectors
| TTL-V01 | 0 | 5 |
| LOG-R1 | one digit | |
## 12. Traps
| # | Belief | Rows |
| 1 | no | TTL-09, V15 |
| REC-01, REC-02 | two ids | |
## Without a number
| XC-01 | still in the last numbered section | AMB |
";

    #[test]
    fn rows_have_an_id_alone_in_their_first_cell() {
        let mut reference = Reference::default();
        reference.take("page.md", PAGE).expect("each id once");
        let rows: Vec<String> = reference
            .rows
            .iter()
            .map(|row| format!("{} {} {} {}", row.id, row.line, row.section, row.heading))
            .collect();
        assert_eq!(
            rows,
            [
                "TTL-01 6 2 Freshness",
                "TTL-V01 8 2.1 Vectors",
                "LOG-R1 9 2.1 Vectors",
                "XC-01 15 12 Traps"
            ]
        );
        assert_eq!(reference.rows[0].text, "`a \\| b` | c, see TTL-02 | MODEL/OBS");
        assert_eq!(reference.rows[0].marks(), ["MODEL", "OBS"]);
        assert_eq!((reference.rows[1].chapter(), reference.rows[3].chapter()), (2, 12));
        assert_eq!(reference.known.len(), 4);
    }

    #[test]
    fn an_id_stands_once() {
        let mut reference = Reference::default();
        reference.take("a.md", "| TTL-01 | x |").expect("the first");
        let twice = reference.take("b.md", "\n| TTL-01 | y |").expect_err("the second");
        assert!(twice.to_string().starts_with("docs/reference/b.md:2 holds TTL-01"), "{twice}");
    }
}
