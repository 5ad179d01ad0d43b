//! `cargo xtask bench`: what was promised of size and speed, measured here and set beside its limit. A figure never makes
//! it fail: machines differ, and who reads the table decides.

use std::process::Command;

use crate::machine::Machine;
use crate::project::Project;
use crate::setup::{self, Browser};
use crate::stop::Stop;
use crate::{build, run};

pub(crate) fn bench(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let compiler = setup::for_building(machine, project)?;
    let browser = setup::for_browser_tests(machine, project)?;
    let mut rows = measured(&mut world(machine, project)?, world_row)?;
    println!("{}", build::release(machine, project, &compiler)?);
    rows.extend(measured(&mut page(machine, project, &browser)?, page_row)?);
    println!("\n{}", table(&rows));
    Ok(())
}

/// One line of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    name: String,
    measured: String,
    /// Empty where nothing was promised.
    limit: String,
}

/// benches/world.rs: a World, natively.
fn world(machine: &Machine, project: &Project) -> Result<Command, Stop> {
    let cargo = machine
        .find("cargo")
        .ok_or_else(|| Stop::new("cargo is not on PATH: install Rust with rustup"))?;
    let mut command = machine.command(&cargo);
    command
        .args(["bench", "--package", "edgewalk", "--no-default-features", "--bench", "world"])
        .current_dir(&project.root);
    Ok(command)
}

/// tests/e2e/bench.mjs: the release site, in Chromium.
fn page(machine: &Machine, project: &Project, browser: &Browser) -> Result<Command, Stop> {
    let node = machine
        .find("node")
        .ok_or_else(|| Stop::new("node is not on PATH: install Node 20, then run again"))?;
    let mut command = machine.command(&node);
    command
        .arg(project.root.join("tests").join("e2e").join("bench.mjs"))
        .current_dir(&project.root)
        .env("EDGEWALK_CHROMIUM", &browser.chromium);
    Ok(command)
}

/// Runs a measurement and reads its figures. One that gives none has not measured anything.
fn measured(command: &mut Command, read: fn(&str) -> Option<Row>) -> Result<Vec<Row>, Stop> {
    let title = run::in_words(command);
    let finished = run::visibly(&title, command)?;
    let rows: Vec<Row> = finished.lines.iter().filter_map(|line| read(line)).collect();
    if finished.success && !rows.is_empty() {
        return Ok(rows);
    }
    Err(Stop::new(format!("`{title}` gave no figures: its reason is above")))
}

/// A figure of benches/world.rs: two blanks, what was measured, two blanks or more, the figure.
fn world_row(line: &str) -> Option<Row> {
    let (name, figure) = line.strip_prefix("  ")?.split_once("  ")?;
    let is_figure = figure.trim_start().starts_with(|first: char| first.is_ascii_digit());
    if name.starts_with(' ') || !is_figure {
        return None;
    }
    let limit = if name.starts_with("with the Journal") { "under 1 s" } else { "" };
    Some(Row {
        name: format!("100,000 requests in one World: {name}"),
        measured: figure.trim().to_owned(),
        limit: limit.to_owned(),
    })
}

/// A figure of tests/e2e/bench.mjs: name, figure and limit with tabs between.
fn page_row(line: &str) -> Option<Row> {
    let mut parts = line.split('\t');
    let row = Row {
        name: parts.next()?.to_owned(),
        measured: parts.next()?.to_owned(),
        limit: parts.next()?.to_owned(),
    };
    parts.next().is_none().then_some(row)
}

/// Three columns.
fn table(rows: &[Row]) -> String {
    let width = |of: fn(&Row) -> &str, title: &str| {
        rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0).max(title.len())
    };
    let name = width(|row| &row.name, "");
    let measured = width(|row| &row.measured, "Measured here");
    let line = |row: [&str; 3]| {
        format!("{:name$}  {:measured$}  {}", row[0], row[1], row[2]).trim_end().to_owned()
    };
    let mut lines = vec![line(["", "Measured here", "Limit"])];
    lines.extend(rows.iter().map(|row| line([&row.name, &row.measured, &row.limit])));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, measured: &str, limit: &str) -> Row {
        Row { name: name.to_owned(), measured: measured.to_owned(), limit: limit.to_owned() }
    }

    #[test]
    fn the_figures_of_the_world_are_read_and_nothing_else_of_what_cargo_says() {
        let output = [
            "   Compiling edgewalk v0.1.0",
            "     Running benches/world.rs (target/release/deps/world-1)",
            "100000 requests in one World, median of 5 runs:",
            "  with the Journal on      0.412 s, 812345 events",
            "  Journal / nobody         1.90",
        ];
        let rows: Vec<Row> = output.into_iter().filter_map(world_row).collect();
        assert_eq!(
            rows,
            [
                row(
                    "100,000 requests in one World: with the Journal on",
                    "0.412 s, 812345 events",
                    "under 1 s"
                ),
                row("100,000 requests in one World: Journal / nobody", "1.90", ""),
            ]
        );
    }

    #[test]
    fn a_line_of_the_page_has_three_parts() {
        assert_eq!(
            page_row("First interaction\t0.6 s\tunder 1.5 s"),
            Some(row("First interaction", "0.6 s", "under 1.5 s"))
        );
        assert_eq!(page_row("Listening on 127.0.0.1"), None);
        assert_eq!(page_row("a\tb\tc\td"), None);
    }

    #[test]
    fn the_columns_of_the_table_stand_below_each_other() {
        let table = table(&[row("Size", "12 KB", "at most 300 KB"), row("Ratio", "1.90", "")]);
        assert_eq!(
            table,
            "       Measured here  Limit\nSize   12 KB          at most 300 KB\nRatio  1.90"
        );
    }

    #[test]
    fn a_measurement_without_figures_says_so() {
        let mut silent = Command::new("cargo");
        silent.arg("--version");
        let stop = measured(&mut silent, page_row).err().map(|stop| stop.to_string());
        assert!(stop.is_some_and(|stop| stop.contains("gave no figures")));
    }
}
