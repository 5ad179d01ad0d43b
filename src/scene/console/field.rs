//! One setting as it is shown: what it is called, how it is set, and what it says now.

use super::Setting;

/// A setting on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which it is.
    pub setting: Setting,
    /// As AWS's console calls it.
    pub label: &'static str,
    /// How it is set.
    pub control: Control,
    /// What it says, as the control takes it.
    pub value: String,
    /// What follows from the value, or what is meant; may be empty.
    pub help: String,
    /// What is wrong with it: the rule, with what the API would call it.
    pub faults: Vec<String>,
}

/// How a setting is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line of text.
    Text,
    /// The same, taken once it is left.
    Entry,
    /// Several lines, one entry each.
    Lines,
    /// A whole number in this unit.
    Whole(&'static str),
    /// One line of text, with some that may be meant.
    Proposed(Vec<Choice>),
    /// One of several words, in a list.
    Choice(Vec<Choice>),
    /// Any of several words, one a line.
    Several(Vec<Choice>),
    /// One of a few words, beside each other.
    Segments(Vec<Choice>),
    /// On or off: `true` or `false`.
    Flag,
}

/// One of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As [`Setting::enter`] takes it.
    pub value: String,
    /// As it is shown.
    pub label: String,
}

impl Choice {
    /// A word with what it is called.
    pub(super) fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned() }
    }

    /// Words that are called something else than in the document.
    pub(super) fn table(words: &[(&str, &str)]) -> Vec<Self> {
        words.iter().map(|(value, label)| Self::new(value, label)).collect()
    }
}
