//! docs/console.md: two walks that differ in one setting alone part at the event that the table names.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod base;
mod difference;
mod rows;
mod table;

use base::Setting;
use difference::first_difference;
use table::{Line, Page};

/// What is wrong with a line: an unknown row, path or walk, a value that AWS would not take, no difference, or another one.
fn check(page: &Page, line: &Line) -> Result<(), String> {
    for row in &line.rows {
        if !rows::known().contains(row) {
            return Err(format!("{row} is no row of docs/reference"));
        }
    }
    let walk = page.walk(&line.walk)?;
    if line.values[0].is_some() && !base::has(&line.path, walk) {
        return Err(format!("there is no {} in the base", line.path));
    }
    let [first, second] = [&line.values[0], &line.values[1]]
        .map(|value| base::run(walk, &Setting { path: line.path.clone(), value: value.clone() }));
    let found = first_difference(&first?, &second?).ok_or("the two walks do not differ")?;
    if found.is_as_told(&line.event) {
        return Ok(());
    }
    Err(format!("expected {}, found {found}", line.event))
}

#[test]
fn each_option_first_differs_at_the_event_that_its_line_names() {
    let page = Page::read().unwrap();
    assert!(page.options.len() >= 80, "{} lines", page.options.len());
    let wrong = page.options.iter().filter_map(|line| {
        let why = check(&page, line).err()?;
        Some(format!("docs/console.md:{}: {} ({}): {why}", line.number, line.path, line.walk))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), page.options.len(), wrong.join("\n"));
}

/// What is only kept: it comes back as it was entered, it is told as kept, and the walks are the same.
#[test]
fn what_is_kept_and_not_simulated_changes_nothing_and_comes_back() {
    let page = Page::read().unwrap();
    assert!(page.kept.len() >= 10, "{} lines", page.kept.len());
    for line in &page.kept {
        let at = format!("docs/console.md:{}: {}", line.number, line.path);
        let setting =
            |value: &table::Value| Setting { path: line.path.clone(), value: value.clone() };
        let walk = page.walk(&line.walk).unwrap();
        let [first, second] = [0, 1].map(|place| {
            base::run(walk, &setting(&line.values[place]))
                .unwrap_or_else(|why| panic!("{at}: {why}"))
        });
        assert!(
            first_difference(&first, &second).is_none(),
            "{at} differs: it belongs among the options"
        );
        let configuration = &second.walk().scenario.configuration;
        let entered = line.values[1].clone();
        assert_eq!(
            configuration.document().at(&line.path.parse().unwrap()),
            entered.as_ref(),
            "{at}"
        );
        let is_told =
            |path: &String| path.starts_with(&line.path) || line.path.starts_with(path.as_str());
        assert!(
            configuration.kept().iter().any(is_told),
            "{at} is not told as kept: {:?}",
            configuration.kept()
        );
    }
}

/// Each row of the sections on settings has a line, or one of the lists says why it has none.
#[test]
fn every_row_of_the_settings_has_a_line_or_a_reason() {
    let page = Page::read().unwrap();
    let told: Vec<&String> = page
        .options
        .iter()
        .chain(&page.kept)
        .flat_map(|line| &line.rows)
        .chain(&page.others)
        .collect();
    let missing: Vec<String> =
        rows::of_settings().into_iter().filter(|row| !told.contains(&row)).collect();
    assert!(missing.is_empty(), "without a line and without a reason: {missing:?}");
    let known = rows::known();
    let unknown: Vec<&&String> = told.iter().filter(|row| !known.contains(row)).collect();
    assert!(unknown.is_empty(), "no rows of docs/reference: {unknown:?}");
    let twice: Vec<&String> = page
        .others
        .iter()
        .filter(|row| page.options.iter().any(|line| line.rows.contains(row)))
        .collect();
    assert!(twice.is_empty(), "with a line and with a reason for none: {twice:?}");
}

#[test]
fn every_walk_has_a_name_of_its_own_and_is_taken() {
    let page = Page::read().unwrap();
    for (place, (name, done)) in page.walks.iter().enumerate() {
        assert!(!done.is_empty(), "{name}");
        let is_other = |(other, words): &(String, Vec<String>)| other != name && words != done;
        assert!(page.walks[..place].iter().all(is_other), "{name} stands twice");
        let mut lines = page.options.iter().chain(&page.kept);
        assert!(lines.any(|line| line.walk == *name), "no line takes {name}");
    }
}

/// The test can fail: a line that says something else is found out.
#[test]
fn a_line_that_is_wrong_is_refused() {
    let page = Page::read().unwrap();
    let line = |text: &str| Line::read(0, text).unwrap();
    let good = "| OR-09 | `Origins.Items[1].ConnectionAttempts` | `3` | `1` | app refuses | OriginFailed at REC: `retries` |";
    assert_eq!(check(&page, &line(good)), Ok(()));
    for (from, to, why) in [
        ("OR-09", "OR-9", "OR-9 is no row of docs/reference"),
        ("ConnectionAttempts", "Attempts", "there is no Origins.Items[1].Attempts in the base"),
        ("`1`", "`3`", "the two walks do not differ"),
        ("`1`", "`4`", "connection attempts are 1 to 3"),
        ("app refuses", "app sleeps", "there is no walk \"app sleeps\""),
        ("`retries`", "`at`", "expected OriginFailed at REC: at"),
        ("at REC", "at POP", "expected OriginFailed at POP"),
        ("OriginFailed", "Stored", "found OriginFailed at REC: retries"),
    ] {
        let refused = check(&page, &line(&good.replace(from, to))).unwrap_err();
        assert!(refused.contains(why), "{from} for {to}: {refused}");
    }
}
