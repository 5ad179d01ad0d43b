//! Lists of the document as a field shows them, and as they are typed.

use crate::json::Json;

/// The items of a list with its Quantity.
pub(super) fn items(list: Option<&Json>) -> &[Json] {
    list.and_then(|list| list.member("Items")).map_or(&[][..], Json::items)
}

/// A value as a control shows it: a text without its quotes.
pub(super) fn shown(json: &Json) -> String {
    json.as_text().map_or_else(|| json.shown(), str::to_owned)
}

/// The items of a list as they are shown.
pub(super) fn texts(list: &Json) -> Vec<String> {
    items(Some(list)).iter().map(shown).collect()
}

/// The words of a text, whatever parts them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// A list of header fields, one a line; `names` are those of the members that hold name and value. A line that was typed without
/// a colon stands as it was typed.
pub(super) fn of_fields(list: Option<&Json>, names: [&str; 2]) -> String {
    let line = |field: &Json| {
        let [name, value] = names.map(|name| field.member(name).map(shown));
        [name, value].into_iter().flatten().collect::<Vec<_>>().join(": ")
    };
    items(list).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same the other way; a line without a colon is a name without a value, which AWS does not take.
pub(super) fn fields(text: &str, names: [&'static str; 2]) -> impl Iterator<Item = Json> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(move |line| {
        let (name, value) = match line.split_once(':') {
            Some((name, value)) => (name, Some(value)),
            None => (line, None),
        };
        let parts = [Some(name), value].map(|part| part.map(|part| Json::text(part.trim())));
        Json::object(names.into_iter().zip(parts).filter_map(|(name, part)| Some((name, part?))))
    })
}

/// What is wrong with a line of a list that is typed line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineFault {
    /// Which item of the list it is.
    pub(super) place: usize,
    /// As typed.
    pub(super) line: String,
    /// The rule.
    pub(super) why: &'static str,
    /// The row that has it.
    pub(super) row: &'static str,
}

impl LineFault {
    /// In a sentence.
    pub(super) fn said(&self) -> String {
        let Self { place, line, why, row } = self;
        format!("Line {}, {line:?}: {why} ({row})", place + 1)
    }
}

/// What is wrong with the lines of a list of header fields: those that have no colon.
pub(super) fn faults(
    list: Option<&Json>,
    [name, value]: [&str; 2],
    row: &'static str,
) -> Vec<LineFault> {
    let bare = items(list).iter().enumerate().filter(|(_, field)| field.member(value).is_none());
    bare.map(|(place, field)| LineFault {
        place,
        line: field.member(name).map(shown).unwrap_or_default(),
        why: "a header is a name, a colon and its value",
        row,
    })
    .collect()
}
