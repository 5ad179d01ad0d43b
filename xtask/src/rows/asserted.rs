//! Which rows the tests assert: by the name of a test, or by an id in a string of its body or of a table that it reads.
//! A range in a name (`ttl_02_to_24_…`) asserts nothing by itself: it counts those of its rows whose id the body or such a
//! table holds, in a string or in the comment beside a line, and those of a range there that is called `each of`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::files;
use super::id::{self, Id, Known};
use super::items::{constants, test_functions};
use super::source::{Language, Source};
use crate::stop::Stop;

/// Tests of what the page says and shows. They name rows that a sentence cites, whether the engine follows them or not,
/// so they assert none.
const OF_WORDS: [&str; 6] = [
    "src/scene/",
    "src/app/",
    "tests/facts/told.rs",
    "tests/told.rs",
    "tests/words.rs",
    "tests/rows.rs",
];

/// The test target whose tables are a test each, named as the file is.
const STORIES: &str = "scenarios";

/// The page whose tables of options are lines of one test.
const OPTIONS: &str = "docs/console.md";

/// What runs a test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Runner {
    /// `cargo test --lib`.
    Lib,
    /// `cargo test --test …`.
    Target(String),
    /// Node and Chromium.
    Browser,
}

/// One test that asserts a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Test {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The function's name, the browser test's title, or the table's file.
    pub(crate) name: String,
    pub(crate) runner: Runner,
    /// Where Rust's runner finds it: with the modules of its file, less those within it. `None` means all of the target.
    pub(crate) module: Option<String>,
}

/// One row asserted by one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assertion {
    /// The place in [`Asserted::tests`].
    pub(crate) test: usize,
    /// Where the id stands.
    pub(crate) line: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Asserted {
    pub(crate) tests: Vec<Test>,
    pub(crate) rows: BTreeMap<Id, Vec<Assertion>>,
    /// What is wrong with the ids that tests name.
    pub(crate) errors: Vec<String>,
}

impl Asserted {
    /// Reads the tests in src and tests.
    pub(crate) fn read(root: &Path, known: &Known) -> Result<Self, Stop> {
        let mut asserted = Self::default();
        let kinds = [
            ("src", "rs", Language::Rust),
            ("tests", "rs", Language::Rust),
            ("tests", "txt", Language::Table),
            ("tests/e2e", "test.mjs", Language::Script),
        ];
        for (folder, ending, language) in kinds {
            for path in files::below(root, folder, ending)? {
                let is_read = language != Language::Table || is_read(root, &path);
                if is_read && !OF_WORDS.iter().any(|words| path.starts_with(words)) {
                    asserted.take(
                        &Source::new(&path, files::text(root, &path)?, language),
                        language,
                        known,
                    );
                }
            }
        }
        if root.join(OPTIONS).is_file() {
            let text = options(&files::text(root, OPTIONS)?);
            let source = Source::new(OPTIONS, text, Language::Table);
            asserted.take(&source, Language::Table, known);
        }
        Ok(asserted)
    }

    /// The tests that assert a row, each once.
    pub(crate) fn of(&self, id: &Id) -> Vec<&Test> {
        let mut tests: Vec<usize> =
            self.rows.get(id).into_iter().flatten().map(|at| at.test).collect();
        tests.dedup();
        tests.into_iter().map(|test| &self.tests[test]).collect()
    }

    /// Adds the tests of one file.
    pub(crate) fn take(&mut self, source: &Source, language: Language, known: &Known) {
        match language {
            Language::Rust => self.rust(source, known),
            Language::Table => self.table(source, known),
            Language::Script => self.script(source, known),
        }
    }

    fn rust(&mut self, source: &Source, known: &Known) {
        let Some((runner, module)) = runner(&source.path) else { return };
        let tables = constants(source);
        for function in test_functions(source) {
            let test = self.add(
                source,
                function.start,
                &function.name,
                runner.clone(),
                Some(module.clone()),
            );
            let named = id::in_name(&function.name, known);
            let line = self.tests[test].line;
            for row in named.rows {
                self.assert(row, test, line);
            }
            for unknown in named.unknown {
                self.error(source, line, &format!("{} names {unknown}", function.name));
            }
            let words: Vec<&str> =
                source.words(function.body.clone()).map(|(_, word)| word).collect();
            let used = tables
                .iter()
                .filter(|(name, _)| words.contains(&name.as_str()))
                .map(|(_, range)| range);
            for range in std::iter::once(&function.body).chain(used) {
                self.literals(source, range, test, known);
                let held = id::held_in(&source.text[range.clone()], known);
                for row in named.ranged.iter().filter(|row| held.contains(row)) {
                    self.assert(row.clone(), test, line);
                }
            }
        }
    }

    fn table(&mut self, source: &Source, known: &Known) {
        if source.path == OPTIONS {
            let (name, runner) =
                ("each_option_first_differs_at_the_event_that_its_line_names", "options");
            let runner = Runner::Target(runner.to_owned());
            let test = self.add(source, 0, name, runner, Some(String::new()));
            return self.literals(source, &(0..source.text.len()), test, known);
        }
        let ["tests", runner, .., _] = source.path.split('/').collect::<Vec<_>>()[..] else {
            return;
        };
        let file = source.path.rsplit('/').next().unwrap_or_default();
        // A story is a test by its file's name; any other table is read by all of its target.
        let story = file.strip_suffix(".txt").filter(|_| runner == STORIES);
        let (name, module) = (story.unwrap_or(file), story.map(|_| String::new()));
        let test = self.add(source, 0, name, Runner::Target(runner.to_owned()), module);
        self.literals(source, &(0..source.text.len()), test, known);
    }

    fn script(&mut self, source: &Source, known: &Known) {
        let mut test = None;
        for literal in &source.literals {
            let before = source.code[..literal.start - 1].trim_end();
            if before.ends_with("test(") {
                let title = &source.text[literal.clone()];
                test = Some(self.add(source, literal.start, title, Runner::Browser, None));
            }
            if let Some(test) = test {
                self.literals(source, literal, test, known);
            }
        }
    }

    fn add(
        &mut self,
        source: &Source,
        at: usize,
        name: &str,
        runner: Runner,
        module: Option<String>,
    ) -> usize {
        let (file, line) = (source.path.clone(), source.line_at(at));
        self.tests.push(Test { file, line, name: name.to_owned(), runner, module });
        self.tests.len() - 1
    }

    fn assert(&mut self, row: Id, test: usize, line: usize) {
        self.rows.entry(row).or_default().push(Assertion { test, line });
    }

    fn error(&mut self, source: &Source, line: usize, what: &str) {
        self.errors.push(format!("{}:{line}: {what}, and there is no such row", source.path));
    }

    /// The ids in the strings of a range. One whose number does not exist is a slip of the pen.
    fn literals(&mut self, source: &Source, range: &Range<usize>, test: usize, known: &Known) {
        let within =
            |literal: &&Range<usize>| range.start <= literal.start && literal.end <= range.end;
        for literal in source.literals.iter().filter(within) {
            for row in id::ids_in(&source.text[literal.clone()]) {
                let line = source.line_at(literal.start);
                if known.contains(&row) {
                    self.assert(row, test, line);
                } else if known.iter().any(|other| other.family == row.family) {
                    self.error(source, line, &format!("{} names {row}", self.tests[test].name));
                }
            }
        }
    }
}

/// The page with all but the lines of its options as comments. What its lists at the end name, no walk shows.
fn options(page: &str) -> String {
    let mut is_option = false;
    let line = |line: &str| {
        if line.starts_with('#') {
            is_option = !["Walks", "Kept", "No setting", "Not yet"]
                .iter()
                .any(|title| line[2..].trim_start().starts_with(title));
        }
        let rows = line.strip_prefix("| ").and_then(|line| line.split(" | ").next());
        format!("{}\n", rows.filter(|_| is_option).unwrap_or("#"))
    };
    page.lines().map(line).collect()
}

/// Whether a table lies in the folder of a test target, tests/curl/ of tests/curl.rs, which then reads it.
fn is_read(root: &Path, path: &str) -> bool {
    let folder = path.split('/').nth(1).unwrap_or_default();
    let tests = root.join("tests");
    tests.join(format!("{folder}.rs")).is_file() || tests.join(folder).join("main.rs").is_file()
}

/// Who runs the tests of a Rust file, and in which module.
fn runner(path: &str) -> Option<(Runner, String)> {
    let mut parts: Vec<&str> = path.strip_suffix(".rs")?.split('/').collect();
    let runner = match parts.remove(0) {
        "src" => Runner::Lib,
        "tests" if parts[0] != "common" => Runner::Target(parts.remove(0).to_owned()),
        _ => return None,
    };
    if matches!(parts.last(), Some(&("mod" | "lib" | "main"))) {
        parts.pop();
    }
    Some((runner, parts.join("::")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asserted(path: &str, text: &str, language: Language) -> (String, Vec<String>) {
        let known = "TTL-01 TTL-02 TTL-03 TTL-04 TTL-05 REC-01 REC-02 XC-01"
            .split(' ')
            .filter_map(Id::parse)
            .collect();
        let mut asserted = Asserted::default();
        asserted.take(&Source::new(path, text.to_owned(), language), language, &known);
        let tests = &asserted.tests;
        let lines = asserted.rows.iter().flat_map(|(id, all)| {
            all.iter().map(move |at| format!("{id} {} {}", at.line, tests[at.test].name))
        });
        (lines.collect::<Vec<_>>().join("\n"), asserted.errors.clone())
    }

    const RUST: &str = r#"
//! TTL-03
const RULE: &str = "TTL-03";
#[cfg(test)]
mod tests {
    const TABLE: [&str; 2] = ["TTL-02 x", "y"];
    const UNUSED: &str = "TTL-05";
    fn helper() { "TTL-05"; }
    #[test]
    #[should_panic]
    fn ttl_01_99_a_name() {
        for line in TABLE { assert_eq!(line, RULE, "TTL-04 {line}"); } // TTL-05
        assert!(true, "TTL-77, UTF-16");
    }
}
"#;

    #[test]
    fn names_strings_and_used_tables_count_and_comments_do_not() {
        let (rows, errors) = asserted("src/edge/a.rs", RUST, Language::Rust);
        assert_eq!(
            rows,
            "TTL-01 11 ttl_01_99_a_name\nTTL-02 6 ttl_01_99_a_name\nTTL-04 12 ttl_01_99_a_name"
        );
        assert_eq!(
            errors,
            [
                "src/edge/a.rs:11: ttl_01_99_a_name names TTL-99, and there is no such row",
                "src/edge/a.rs:13: ttl_01_99_a_name names TTL-77, and there is no such row",
            ]
        );
    }

    #[test]
    fn a_range_counts_what_the_body_or_a_table_holds() {
        let text = "#[cfg(test)] mod tests { const TABLE: &str = \"TTL-02\";\n#[test] fn ttl_01_to_05_all() {\n\
            check(1, TABLE); // TTL-04\n} #[test] fn ttl_01_to_03_each() {\n// each of TTL-01 to TTL-03\n} }";
        let (rows, errors) = asserted("src/edge/a.rs", text, Language::Rust);
        assert!(errors.is_empty(), "{errors:?}");
        let found: Vec<&str> = rows.lines().map(|line| &line[..6]).collect();
        assert_eq!(found, ["TTL-01", "TTL-02", "TTL-02", "TTL-02", "TTL-03", "TTL-04"]);
    }

    #[test]
    fn tables_and_titles_count() {
        let table = "# TTL-01 is shown\nGET /a  TTL-02\n";
        assert_eq!(asserted("tests/curl/a.txt", table, Language::Table).0, "TTL-02 2 a.txt");
        assert_eq!(
            asserted("tests/digests.txt", table, Language::Table).0,
            "",
            "no target is named so"
        );
        let script = "const X = \"XC-01\";\ntest(\"REC-01, REC-02: both\", () => {\n  ok(x, \"TTL-01\"); // TTL-02\n});";
        assert_eq!(
            asserted("tests/e2e/a.test.mjs", script, Language::Script).0,
            "REC-01 2 REC-01, REC-02: both\nREC-02 2 REC-01, REC-02: both\nTTL-01 3 REC-01, REC-02: both"
        );
    }

    #[test]
    fn the_rows_of_an_option_are_the_one_test_s_and_those_of_the_lists_are_none() {
        let page = "# TTL-03\n\n## Walks\n| TTL-04 | a |\n## Origins\nTTL-04 says\n| rows | option |\n| TTL-01, REC-01 | `a` | TTL-05 |\n## Kept, and not\n| TTL-02 | `b` |\n";
        let (rows, errors) = asserted(OPTIONS, &options(page), Language::Table);
        let name = "each_option_first_differs_at_the_event_that_its_line_names";
        assert_eq!(rows, format!("REC-01 8 {name}\nTTL-01 8 {name}"));
        assert!(errors.is_empty());
    }

    #[test]
    fn the_rows_beside_a_story_s_lines_are_its_own_test_s() {
        let story = "# TTL-01 is told\n\nmin-ttl: 60 s\n\n> paris GET /a\n  CDG looks: absent   [TTL-02, REC-01]\n  ...\n  CDG answers 200   [TTL-77]\n";
        let (rows, errors) = asserted("tests/scenarios/trap_01_a.txt", story, Language::Table);
        assert_eq!(rows, "REC-01 6 trap_01_a\nTTL-02 6 trap_01_a");
        assert_eq!(
            errors,
            ["tests/scenarios/trap_01_a.txt:8: trap_01_a names TTL-77, and there is no such row"]
        );
        let known = ["TTL-02"].into_iter().filter_map(Id::parse).collect();
        for (path, module) in [
            ("tests/scenarios/trap_01_a.txt", Some(String::new())),
            ("tests/curl/others.txt", None),
        ] {
            let mut asserted = Asserted::default();
            let source = Source::new(path, "a [TTL-02]\n".to_owned(), Language::Table);
            asserted.take(&source, Language::Table, &known);
            assert_eq!(asserted.tests[0].module, module, "{path}");
        }
    }

    #[test]
    fn each_file_has_its_runner_and_module() {
        let target = |name: &str| Runner::Target(name.to_owned());
        for (path, expected) in [
            ("src/edge/tier.rs", Some((Runner::Lib, "edge::tier"))),
            ("src/edge/tier/tests.rs", Some((Runner::Lib, "edge::tier::tests"))),
            ("src/edge/mod.rs", Some((Runner::Lib, "edge"))),
            ("src/lib.rs", Some((Runner::Lib, ""))),
            ("tests/curl.rs", Some((target("curl"), ""))),
            ("tests/walks/main.rs", Some((target("walks"), ""))),
            ("tests/walks/time.rs", Some((target("walks"), "time"))),
            ("tests/common/mod.rs", None),
        ] {
            let expected = expected.map(|(runner, module)| (runner, module.to_owned()));
            assert_eq!(runner(path), expected, "{path}");
        }
    }
}
