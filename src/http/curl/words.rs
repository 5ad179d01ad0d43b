//! The words that curl would be given.

use super::remark::Remark;

/// The words after `curl`, as bytes, and what was found on the way.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) words: Vec<Vec<u8>>,
    pub(super) remarks: Vec<Remark>,
}

/// The place of a byte as a reader counts it: in characters from 1.
pub(super) fn position(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.chars().count()) + 1
}
