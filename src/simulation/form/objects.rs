//! What the origins of a site hold, as the few words an object that a file and a link have: its path, and of its type and
//! its size in bytes what is known, as in `/img/a.png image/png 2048`. A type that is not known is empty.

use super::{FormError, Spot, not, whole};
use crate::origin::Given;

/// An object in words.
pub(super) fn write(given: &Given) -> Vec<String> {
    let mut words = vec![given.path().to_owned()];
    let content_type = given.content_type();
    if content_type.is_some() || given.size_bytes().is_some() {
        words.push(content_type.unwrap_or_default().to_owned());
    }
    words.extend(given.size_bytes().map(|bytes| bytes.to_string()));
    words
}

/// The object that some words mean, which stand at `spot`.
pub(super) fn read(words: &[String], spot: Spot<'_>) -> Result<Given, FormError> {
    let refused = |word: usize, rule: String| FormError::field(&spot.word(word), rule);
    let (first, rest) =
        words.split_first().ok_or_else(|| refused(0, "the path is missing here".to_owned()))?;
    if first.contains('?') {
        return Err(refused(0, not("an origin's objects go by their paths alone", first)));
    }
    let mut given = Given::new(first).map_err(|error| refused(0, error.to_string()))?;
    if let Some(content_type) = rest.first().filter(|word| !word.is_empty()) {
        given = given.of_type(content_type).map_err(|error| refused(1, error.to_string()))?;
    }
    if let Some(text) = rest.get(1) {
        let bytes = whole(text)
            .ok_or_else(|| refused(2, not("the size must be a whole number of bytes", text)))?;
        given = given.of_size(bytes).map_err(|error| refused(2, error.to_string()))?;
    }
    match rest.get(2) {
        None => Ok(given),
        Some(more) => Err(refused(3, not("an object has at most three words", more))),
    }
}

/// Whether there are no more than a site holds.
pub(super) fn check_number(given: usize, path: &str) -> Result<(), FormError> {
    if given > Given::MOST {
        let rule = format!("a site holds at most {} objects, not {given}", Given::MOST);
        return Err(FormError::field(path, rule));
    }
    Ok(())
}
