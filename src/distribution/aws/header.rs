//! The form of a field's name and value, wherever a configuration lists fields (RFC 9110 sections 5.1 and 5.5).

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use crate::http::Field;

/// Reads the name of a field; what can be none is refused by `row`.
pub(super) fn name<'j>(
    reader: &mut Reader,
    place: &Node<'j>,
    row: &'static str,
) -> Option<&'j str> {
    let name = reader.needed_text(place)?;
    is_name(reader, place, name, row).then_some(name)
}

/// Whether a text can be the name of a field; it is refused by `row` where it can't.
pub(super) fn is_name(reader: &mut Reader, place: &Node, text: &str, row: &'static str) -> bool {
    let is_name = Field::new(text, "").is_ok();
    if !is_name {
        let rule = "the name of a header is made of letters, digits and !#$%&'*+-.^_`|~";
        reader.refuse(place, InvalidArgument, row, rule);
    }
    is_name
}

/// Whether a text can be the value of a field; it is refused by `row` where it can't.
pub(super) fn is_value(reader: &mut Reader, place: &Node, text: &str, row: &'static str) -> bool {
    let is_value = Field::new("x", text).is_ok();
    if !is_value {
        let rule = "the value of a header has no control characters";
        reader.refuse(place, InvalidArgument, row, rule);
    }
    is_value
}
