//! Plays a story in a real World and holds its Journal against what is expected.

use std::fs;
use std::path::Path;

use edgewalk::simulation::Run;

use crate::compare::{self, Side};
use crate::print;
use crate::script::{self, Script, Step};

/// Checks one file; with `UPDATE_EXPECT=1` it rewrites what is expected instead.
pub(crate) fn check(path: &Path) {
    let file = format!("tests/scenarios/{}", path.file_name().unwrap().to_string_lossy());
    let text = fs::read_to_string(path).unwrap();
    let script = script::read(&file, &text).unwrap_or_else(|error| panic!("{error}"));
    let came = play(&script);
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(path, rewritten(&text, &script.steps, &came)).unwrap();
        return;
    }
    let differ = |(step, came): &(&Step, &Vec<String>)| !compare::agrees(&step.expected, came);
    let said: Vec<String> = std::iter::zip(&script.steps, &came)
        .filter(differ)
        .map(|(step, came)| compare::difference(&file, step.below, &step.expected, came))
        .collect();
    assert!(said.is_empty(), "the journal is another (- expected, + came):\n{}", said.join("\n"));
}

/// The lines that each action writes.
fn play(script: &Script) -> Vec<Vec<String>> {
    let mut run = Run::new(script.scenario.clone()).unwrap();
    let mut lines = |step: &Step| {
        let (end, start_at) = (run.journal().len(), run.world().now());
        match run.act(step.action.clone(), end) {
            Ok(start) => print::lines(&run.journal().events()[start..], start_at, script.times),
            Err(error) => vec![format!("refused: {error}")],
        }
    };
    script.steps.iter().map(&mut lines).collect()
}

/// The text with other expectations; a line that stays keeps its rows, and an action that agrees is left as it is.
fn rewritten(text: &str, steps: &[Step], came: &[Vec<String>]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut from) = (Vec::new(), 0);
    for (step, came) in std::iter::zip(steps, came) {
        let first = step.expected.first().map_or(step.below - 1, |line| line.line - 1);
        if compare::agrees(&step.expected, came) {
            continue;
        }
        out.extend(lines[from..first].iter().map(|line| (*line).to_owned()));
        out.extend(compare::sides(&step.expected, came).iter().filter_map(|side| match side {
            Side::Both(row, _) => Some(lines[step.expected[*row].line - 1].to_owned()),
            Side::Came(column) => Some(format!("  {}", came[*column])),
            Side::Expected(_) => None,
        }));
        from = step.below - 1;
    }
    out.extend(lines[from..].iter().map(|line| (*line).to_owned()));
    out.join("\n") + "\n"
}

#[test]
fn rewriting_keeps_the_rows_of_lines_that_stay() {
    let text =
        "# Told.\n\n> wait 5 s\n  you wait 5 s   [TTL-01]\n\n> wait 6 s\n  old\n\n> wait 7 s\n";
    let script = script::read("a.txt", text).unwrap();
    let came = play(&script);
    let expected = "# Told.\n\n> wait 5 s\n  you wait 5 s   [TTL-01]\n\n> wait 6 s\n  you wait 6 s\n\n> wait 7 s\n  you wait 7 s\n";
    assert_eq!(rewritten(text, &script.steps, &came), expected);
}
