//! What the example may say, read off its source: the fields and the time are the engine's.

use std::fs;
use std::path::Path;

use super::common::{code, rust_files};

/// Framing, and what a connection needs (RFC 9110 7.6.1, RFC 9112 3.2).
const FRAMING: [&str; 7] = [
    "Connection",
    "Content-Length",
    "Host",
    "Keep-Alive",
    "Proxy-Connection",
    "Transfer-Encoding",
    "Upgrade",
];

/// The files of the example with their code, comments left out.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/edge");
    let mut files = Vec::new();
    rust_files(&folder, &mut files);
    assert!(files.len() > 15, "the example was found");
    let read = |file: &std::path::PathBuf| {
        let name = file.strip_prefix(&folder).unwrap().display().to_string();
        (name, code(&fs::read_to_string(file).unwrap()))
    };
    files.iter().map(read).collect()
}

/// Whether a literal is written as the name of a field: capitalised words with hyphens between.
fn may_be_field(literal: &str) -> bool {
    let is_capital = |part: &str| part.starts_with(|first: char| first.is_ascii_uppercase());
    let is_word = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
    literal.split('-').all(|part| is_capital(part) && is_word(part))
}

#[test]
fn the_front_names_no_field_but_those_of_framing() {
    for (name, code) in files() {
        let literals = code.split('"').skip(1).step_by(2);
        for literal in literals.filter(|literal| may_be_field(literal)) {
            assert!(FRAMING.contains(&literal), "{name} names {literal:?}");
        }
        let imported = code.split("hyper::header::").skip(1);
        let imported = imported.flat_map(|rest| rest.split(';').next().unwrap().split(','));
        let constants = imported.map(|word| word.trim_matches([' ', '{', '}', '\n']));
        for constant in constants.filter(|constant| !constant.is_empty()) {
            let field = constant.replace('_', "-");
            let is_framing = FRAMING.iter().any(|known| known.eq_ignore_ascii_case(&field));
            assert!(is_framing || constant.starts_with("Header"), "{name} imports {constant}");
        }
    }
}

#[test]
fn the_front_reads_the_clock_in_one_place() {
    for (name, code) in files().iter().filter(|(name, _)| name != "clock.rs") {
        for reads in ["Instant::now", ".elapsed()", "SystemTime"] {
            assert!(!code.contains(reads), "{name} has {reads}");
        }
    }
}
