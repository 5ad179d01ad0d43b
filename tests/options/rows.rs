//! The rows of docs/reference, read off its tables.

use std::fs;
use std::path::Path;

const SETTINGS: &str = "distribution.md";

/// The sections of distribution.md that are about what can be set.
const SECTIONS: [&str; 7] = ["1.3 ", "1.4 ", "2.2 ", "4. ", "5. ", "6. ", "7. "];

fn text(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
    fs::read_to_string(folder.join(file)).unwrap()
}

/// The id at a line's beginning, as `OR-01`, `LOG-F13` or `TLS-40a`, if it has one.
fn id(line: &str) -> Option<String> {
    let cell = line.strip_prefix("| ")?.split(" |").next()?.trim();
    let (family, number) = cell.rsplit_once('-')?;
    let is_family = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    };
    let is_id =
        is_family(family) && number.len() >= 2 && number.bytes().any(|byte| byte.is_ascii_digit());
    is_id.then(|| cell.to_owned())
}

/// All rows of the three files.
pub(crate) fn known() -> Vec<String> {
    let files = ["caching.md", SETTINGS, "security-logs-edge.md"];
    files.iter().flat_map(|file| text(file).lines().filter_map(id).collect::<Vec<_>>()).collect()
}

/// Those of the sections on settings.
pub(crate) fn of_settings() -> Vec<String> {
    let text = text(SETTINGS);
    let mut rows = Vec::new();
    let mut is_within = false;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            let is_part = is_within && line.starts_with("###") && title.starts_with("5.");
            is_within = is_part || SECTIONS.iter().any(|section| title.starts_with(section));
        }
        if is_within {
            rows.extend(id(line));
        }
    }
    assert!(rows.len() > 150, "{} rows", rows.len());
    rows
}
