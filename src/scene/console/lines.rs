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

/// A list of header fields, one a line; `names` are those of the members that hold name and value.
pub(super) fn of_fields(list: Option<&Json>, names: [&str; 2]) -> String {
    let line = |field: &Json| {
        names.map(|name| field.member(name).map(shown).unwrap_or_default()).join(": ")
    };
    items(list).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same the other way.
pub(super) fn fields(text: &str, names: [&'static str; 2]) -> impl Iterator<Item = Json> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(move |line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let [name, value] = [name, value].map(|part| Json::text(part.trim()));
        Json::object(names.into_iter().zip([name, value]))
    })
}

/// With a capital first letter.
pub(super) fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
