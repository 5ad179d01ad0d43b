//! The walks that the page brings along, each a Walk file. A walk that changes becomes a new version in a file of its own,
//! and the old one stays: links to it are kept for ever.

use std::sync::{Arc, OnceLock};

use super::form::{FormError, Name};
use super::{Lesson, WalkFile};

/// Name, version and file, in the order in which they are best taken.
const FILES: [(&str, u32, &str); 8] = [
    ("first-visit", 1, include_str!("first-visit.json")),
    ("second-visit", 1, include_str!("second-visit.json")),
    ("another-city", 1, include_str!("another-city.json")),
    ("pushed-out", 1, include_str!("pushed-out.json")),
    ("dynamic", 1, include_str!("dynamic.json")),
    ("post", 1, include_str!("post.json")),
    ("same-region", 1, include_str!("same-region.json")),
    ("invalidation", 1, include_str!("invalidation.json")),
];

fn every_version() -> &'static [Arc<Lesson>] {
    static READ: OnceLock<Vec<Arc<Lesson>>> = OnceLock::new();
    READ.get_or_init(|| {
        let lesson = |(text, version, file): (&'static str, u32, &str)| {
            // A test holds that each of them reads.
            Some(Arc::new(WalkFile::read_plain(file).ok()?.named(Name { text, version })))
        };
        FILES.into_iter().filter_map(lesson).collect()
    })
}

/// The newest version of each, in the order in which they are best taken.
pub fn all() -> impl Iterator<Item = &'static Arc<Lesson>> {
    let is_newest = |lesson: &&Arc<Lesson>| {
        let Some(name) = lesson.name else { return false };
        let newer = |other: &Name| other.text == name.text && other.version > name.version;
        !every_version().iter().filter_map(|lesson| lesson.name).any(|other| newer(&other))
    };
    every_version().iter().filter(is_newest)
}

/// The one with this name, as in `second-visit`, or `second-visit.2` for its second version.
pub(super) fn find(text: &str, path: &str) -> Result<Arc<Lesson>, FormError> {
    let names: Vec<Name> = every_version().iter().filter_map(|lesson| lesson.name).collect();
    let name = Name::find(text, &names, path)?;
    let found = every_version().iter().find(|lesson| lesson.name == Some(name));
    found.cloned().ok_or_else(|| FormError::field(path, "there is no such walk"))
}
