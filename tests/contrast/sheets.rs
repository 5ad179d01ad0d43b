//! The style sheets as rules, as far as colours are concerned.

use std::fs;
use std::path::{Path, PathBuf};

/// One rule: a selector with what it declares.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The sheet's file name.
    pub(crate) sheet: String,
    /// The conditions around it, such as `@media (...)`; layers are none.
    pub(crate) conditions: Vec<String>,
    pub(crate) selector: String,
    pub(crate) declarations: Vec<Declaration>,
}

#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) property: String,
    pub(crate) value: String,
}

impl Rule {
    /// What a property is set to, the last time that it is.
    pub(crate) fn value(&self, property: &str) -> Option<&str> {
        let set = self.declarations.iter().rev().find(|set| set.property == property);
        set.map(|set| set.value.as_str())
    }
}

impl Declaration {
    /// The custom properties that the value names, without their dashes.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.value.split("var(--").skip(1).map(|rest| {
            rest.split(|end: char| !(end.is_alphanumeric() || end == '-')).next().unwrap_or(rest)
        })
    }
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("style")
}

/// The rules of all sheets but the tokens.
pub(crate) fn rules() -> Vec<Rule> {
    let mut files: Vec<_> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.file_name().unwrap() != "tokens.css");
    files.sort();
    assert!(files.len() > 8, "the sheets were found");
    files.iter().flat_map(|file| read(file)).collect()
}

/// The rules of one sheet.
pub(crate) fn read(file: &Path) -> Vec<Rule> {
    let name = file.file_name().unwrap().to_string_lossy();
    parse(&name, &fs::read_to_string(file).unwrap())
}

fn parse(sheet: &str, text: &str) -> Vec<Rule> {
    let text = without_comments(text);
    let mut rules: Vec<Rule> = Vec::new();
    // The blocks that are open: a rule by its place, a condition by its text.
    let mut open: Vec<Block> = Vec::new();
    let mut words = String::new();
    let mut quote = None;
    for character in text.chars() {
        if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '"' | '\'') {
            quote = Some(character);
        }
        if quote.is_some() || !matches!(character, '{' | '}' | ';') {
            words.push(character);
            continue;
        }
        let said = words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.clear();
        if character == '{' {
            open.push(match said.strip_prefix("@layer") {
                Some(_) => Block::Layer,
                None if said.starts_with('@') => Block::Condition(said),
                None => {
                    let conditions = open.iter().filter_map(Block::condition).collect();
                    let (sheet, declarations) = (sheet.to_owned(), Vec::new());
                    rules.push(Rule { sheet, conditions, selector: said, declarations });
                    Block::Rule(rules.len() - 1)
                }
            });
            continue;
        }
        if let (Some(Block::Rule(place)), Some((property, value))) =
            (open.last(), said.split_once(':'))
        {
            let [property, value] = [property, value].map(|part| part.trim().to_owned());
            rules[*place].declarations.push(Declaration { property, value });
        }
        if character == '}' {
            open.pop().unwrap_or_else(|| panic!("{sheet} closes more than it opens"));
        }
    }
    assert!(open.is_empty(), "{sheet} opens more than it closes");
    rules
}

enum Block {
    Layer,
    Condition(String),
    Rule(usize),
}

impl Block {
    fn condition(&self) -> Option<String> {
        match self {
            Self::Condition(condition) => Some(condition.clone()),
            Self::Layer | Self::Rule(_) => None,
        }
    }
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, rest)| rest))
}

#[test]
fn rules_are_read_with_what_is_around_them() {
    let rules = parse(
        "a.css",
        "@layer x, y; /* { */ @layer x { @media (a) { .b, .c { color: var(--d); content: \"};\" } } } e{f:var(--g, var(--h))}",
    );
    assert_eq!(rules.len(), 2);
    assert_eq!(rules[0].conditions, ["@media (a)"]);
    assert_eq!(rules[0].selector, ".b, .c");
    assert_eq!(rules[0].value("color"), Some("var(--d)"));
    assert_eq!(rules[0].value("content"), Some("\"};\""));
    assert_eq!(rules[1].declarations[0].variables().collect::<Vec<_>>(), ["g", "h"]);
}
