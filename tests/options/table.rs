//! The tables of docs/console.md.

use std::fs;
use std::path::Path;

use edgewalk::json::Json;

/// What a setting is given: nothing where nothing is to stand there.
pub(crate) type Value = Option<Json>;

/// A line of a table of options.
#[derive(Debug)]
pub(crate) struct Line {
    /// Of the page, from 1.
    pub(crate) number: usize,
    pub(crate) rows: Vec<String>,
    pub(crate) path: String,
    pub(crate) values: [Value; 2],
    pub(crate) walk: String,
    /// Where the two part; without marks.
    pub(crate) event: String,
}

/// What the page says.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The name of each walk and what is done in it.
    pub(crate) walks: Vec<(String, Vec<String>)>,
    pub(crate) options: Vec<Line>,
    /// What is kept and not simulated; the event of such a line is the reason.
    pub(crate) kept: Vec<Line>,
    /// The rows that are no option of a request's.
    pub(crate) others: Vec<String>,
}

impl Page {
    pub(crate) fn read() -> Result<Self, String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/console.md");
        let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
        let mut page = Self::default();
        let mut section = "";
        for (number, line) in (1..).zip(text.lines()) {
            section = line.strip_prefix("## ").unwrap_or(section);
            let is_body = line.starts_with("| ")
                && !line.starts_with("| rows")
                && !line.starts_with("| walk |");
            if is_body {
                page.line(section, number, line)
                    .map_err(|why| format!("docs/console.md:{number}: {why}"))?;
            }
        }
        Ok(page)
    }

    fn line(&mut self, section: &str, number: usize, line: &str) -> Result<(), String> {
        match section {
            "Walks" => {
                let [name, done] =
                    cells(line).try_into().map_err(|_| "a walk has a name and what is done")?;
                self.walks.push((name, quoted(&done)));
            }
            "Kept, and not simulated" => self.kept.push(Line::read(number, line)?),
            "No setting of a request" => {
                let [rows, why] =
                    cells(line).try_into().map_err(|_| "a list has rows and a reason")?;
                if why.len() < 10 {
                    return Err("this needs a reason".into());
                }
                self.others.extend(ids(&rows)?);
            }
            _ => self.options.push(Line::read(number, line)?),
        }
        Ok(())
    }

    /// What is done in a walk.
    pub(crate) fn walk(&self, name: &str) -> Result<&[String], String> {
        let found = self.walks.iter().find(|(known, _)| known == name);
        found.map(|(_, done)| &done[..]).ok_or_else(|| format!("there is no walk {name:?}"))
    }
}

impl Line {
    pub(crate) fn read(number: usize, line: &str) -> Result<Self, String> {
        let [rows, path, first, second, walk, event] = cells(line)
            .try_into()
            .map_err(|_| "a line has rows, option, two values, walk and event")?;
        let path = bare(&path).to_owned();
        Ok(Self {
            number,
            rows: ids(&rows)?,
            path,
            values: [value(&first)?, value(&second)?],
            walk,
            event: event.replace('`', ""),
        })
    }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_matches('|');
    inner.split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

fn bare(cell: &str) -> &str {
    cell.trim_matches('`')
}

/// Rows with commas between; `SP-01 to SP-09` stands for all between.
fn ids(cell: &str) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for part in cell.split(", ") {
        let Some((from, to)) = part.split_once(" to ") else {
            all.push(part.to_owned());
            continue;
        };
        let number = |id: &str| {
            let (family, number) = id.rsplit_once('-')?;
            Some((family.to_owned(), number.parse::<u32>().ok()?))
        };
        match (number(from), number(to)) {
            (Some((family, first)), Some((other, last))) if family == other && first < last => {
                all.extend((first..=last).map(|number| format!("{family}-{number:02}")));
            }
            _ => return Err(format!("{part:?} is no range of rows")),
        }
    }
    Ok(all)
}

fn value(cell: &str) -> Result<Value, String> {
    match bare(cell) {
        "-" => Ok(None),
        text => Json::parse(text).map(Some).map_err(|error| format!("{cell}: {error}")),
    }
}

/// What stands between marks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(String::from).collect()
}
