//! `cargo xtask bench`: what was promised of size and speed, measured here and set beside its limit. A figure never makes
//! it fail: machines differ, and who reads the table decides.

mod trace;

use std::process::Command;

use crate::machine::Machine;
use crate::project::Project;
use crate::setup::{self, Browser};
use crate::stop::Stop;
use crate::{build, run};

pub(crate) fn bench(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let compiler = setup::for_building(machine, project)?;
    let browser = setup::for_browser_tests(machine, project)?;
    let others = setup::for_bench(machine, project)?;
    let mut rows = trace::rows(machine, project, &compiler, &browser, &others)?;
    rows.extend(measured(&mut cargo_bench(machine, project, "world")?, world_row)?);
    rows.extend(measured(&mut cargo_bench(machine, project, "parsers")?, parser_row)?);
    rows.extend(measured(&mut cargo_bench(machine, project, "log")?, log_row)?);
    rows.extend(measured(&mut cargo_bench(machine, project, "configuration")?, configuration_row)?);
    println!("{}", build::release(machine, project, &compiler)?);
    let mut site = page(machine, project, &browser, "bench.mjs")?;
    site.env("EDGEWALK_LIGHTHOUSE", &others.lighthouse);
    rows.extend(measured(&mut site, page_row)?);
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
    /// What is aimed at beyond it, if anything.
    aim: String,
}

impl Row {
    fn new(name: &str, measured: &str, limit: &str, aim: &str) -> Self {
        let [name, measured, limit, aim] = [name, measured, limit, aim].map(str::to_owned);
        Self { name, measured, limit, aim }
    }
}

/// One of benches/, natively.
fn cargo_bench(machine: &Machine, project: &Project, name: &str) -> Result<Command, Stop> {
    let mut command = project.cargo(machine)?;
    command.args(["bench", "--package", "edgewalk", "--no-default-features", "--bench", name]);
    Ok(command)
}

/// One of tests/e2e: the release site, in Chromium.
fn page(
    machine: &Machine,
    project: &Project,
    browser: &Browser,
    script: &str,
) -> Result<Command, Stop> {
    let mut command = machine.node()?;
    command
        .arg(project.root.join("tests").join("e2e").join(script))
        .current_dir(&project.root)
        .env("EDGEWALK_CHROMIUM", &browser.chromium);
    Ok(command)
}

/// Runs a measurement and reads its figures. One that gives none has not measured anything.
fn measured(command: &mut Command, read: fn(&str) -> Option<Row>) -> Result<Vec<Row>, Stop> {
    let rows: Vec<Row> = lines_of(command)?.iter().filter_map(|line| read(line)).collect();
    if rows.is_empty() { Err(no_figures(command)) } else { Ok(rows) }
}

/// Runs a measurement and returns what it said.
fn lines_of(command: &mut Command) -> Result<Vec<String>, Stop> {
    let title = run::in_words(command);
    let finished = run::visibly(&title, command)?;
    if finished.success { Ok(finished.lines) } else { Err(no_figures(command)) }
}

fn no_figures(command: &Command) -> Stop {
    Stop::new(format!("`{}` gave no figures: its reason is above", run::in_words(command)))
}

/// A figure of benches/: two blanks, what was measured, two blanks or more, the figure.
fn figure(line: &str) -> Option<(String, String)> {
    let (name, figure) = line.strip_prefix("  ")?.split_once("  ")?;
    let figure = figure.trim();
    let is_figure = figure.starts_with(|first: char| first.is_ascii_digit());
    (is_figure && !name.starts_with(' ')).then(|| (name.to_owned(), figure.to_owned()))
}

/// A figure of benches/world.rs.
fn world_row(line: &str) -> Option<Row> {
    let (name, measured) = figure(line)?;
    let limit = if name.starts_with("with the Journal") { "under 1 s" } else { "" };
    Some(Row::new(&format!("100,000 requests in one World: {name}"), &measured, limit, ""))
}

/// A figure of benches/parsers.rs: how much longer four times as much takes.
fn parser_row(line: &str) -> Option<Row> {
    let (name, measured) = figure(line)?;
    let ratio = measured.split(' ').next()?;
    Some(Row::new(&format!("four times the text: {name}"), ratio, "about 4", ""))
}

/// A figure of benches/log.rs.
fn log_row(line: &str) -> Option<Row> {
    let (name, measured) = figure(line)?;
    let limit = match &*name {
        "reading and adding up" => "under 4 s",
        "memory held" => "at most 64 MB",
        _ => "",
    };
    Some(Row::new(&format!("a log of 100,000 lines: {name}"), &measured, limit, ""))
}

/// A figure of benches/configuration.rs.
fn configuration_row(line: &str) -> Option<Row> {
    let (name, measured) = figure(line)?;
    let limit = if name == "import" {
        "under 20 ms"
    } else if name.starts_with("75 patterns") {
        "under 2 us"
    } else {
        ""
    };
    Some(Row::new(&format!("the largest distribution: {name}"), &measured, limit, ""))
}

/// A figure of tests/e2e/bench.mjs: name, figure and limit with tabs between.
fn page_row(line: &str) -> Option<Row> {
    let mut parts = line.split('\t');
    let row = Row::new(parts.next()?, parts.next()?, parts.next()?, "");
    parts.next().is_none().then_some(row)
}

/// Four columns.
fn table(rows: &[Row]) -> String {
    let width = |of: fn(&Row) -> &str, title: &str| {
        rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0).max(title.len())
    };
    let name = width(|row| &row.name, "");
    let measured = width(|row| &row.measured, "Measured here");
    let limit = width(|row| &row.limit, "Limit");
    let line = |row: [&str; 4]| {
        let line = format!("{:name$}  {:measured$}  {:limit$}  {}", row[0], row[1], row[2], row[3]);
        line.trim_end().to_owned()
    };
    let mut lines = vec![line(["", "Measured here", "Limit", "Aim"])];
    lines.extend(rows.iter().map(|row| line([&row.name, &row.measured, &row.limit, &row.aim])));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, measured: &str, limit: &str) -> Row {
        Row::new(name, measured, limit, "")
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
        let aimed = Row::new("Ratio", "1.90", "2", "at most 1");
        let table = table(&[row("Size", "12 KB", "at most 340 KB"), aimed]);
        assert_eq!(
            table,
            "       Measured here  Limit           Aim\n\
             Size   12 KB          at most 340 KB\n\
             Ratio  1.90           2               at most 1"
        );
    }

    #[test]
    fn of_a_parser_the_ratio_counts() {
        let line = "  date                               3.98  (0.001, 0.002, 0.004 ms)";
        assert_eq!(parser_row(line), Some(row("four times the text: date", "3.98", "about 4")));
    }

    #[test]
    fn the_figures_of_a_log_have_their_limits() {
        let read = log_row("  reading and adding up      0.123 s, 43.7 MB");
        let name = "a log of 100,000 lines: reading and adding up";
        assert_eq!(read, Some(row(name, "0.123 s, 43.7 MB", "under 4 s")));
        let held = log_row("  memory held      47.7 MB").map(|row| row.limit);
        assert_eq!(held.as_deref(), Some("at most 64 MB"));
    }

    #[test]
    fn of_a_configuration_the_time_counts() {
        assert_eq!(
            configuration_row("  import                                        7.31 ms"),
            Some(row("the largest distribution: import", "7.31 ms", "under 20 ms"))
        );
        let patterns =
            configuration_row("  75 patterns, /index.html                      0.512 us");
        assert_eq!(patterns.map(|row| row.limit).as_deref(), Some("under 2 us"));
    }

    #[test]
    fn a_measurement_without_figures_says_so() {
        let mut silent = Command::new("cargo");
        silent.arg("--version");
        let stop = measured(&mut silent, page_row).err().map(|stop| stop.to_string());
        assert!(stop.is_some_and(|stop| stop.contains("gave no figures")));
    }
}
