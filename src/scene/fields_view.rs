//! A message's fields beside those of the hop before: what was added, changed and removed.

use crate::http::{Fields, Request, Response};

/// A message as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldsView {
    /// `Request` or `Response`.
    pub title: &'static str,
    /// First line and fields.
    pub rows: Vec<FieldRow>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// Against the hop before.
    pub change: Option<FieldChange>,
    /// The field's name, or what the first line is called.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What became of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldChange {
    /// It is new.
    Added,
    /// It has another value.
    Changed,
    /// It is gone.
    Removed,
}

impl FieldChange {
    /// The word for attributes and for assistive technology.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl FieldsView {
    /// A request, held against the one before.
    pub fn of_request(request: &Request, before: Option<&Request>) -> Self {
        let change =
            before.filter(|before| before.target != request.target).map(|_| FieldChange::Changed);
        let first = FieldRow {
            change,
            name: request.method.to_string(),
            value: request.target.to_string(),
        };
        let mut rows = vec![first];
        rows.extend(compare(&request.fields, before.map(|before| &*before.fields)));
        if request.content_length > 0 {
            let value = super::units::bytes(request.content_length);
            rows.push(FieldRow { change: None, name: "(content)".to_owned(), value });
        }
        Self { title: "Request", rows }
    }

    /// A response, held against the one before.
    pub fn of_response(response: &Response, before: Option<&Response>) -> Self {
        let change =
            before.filter(|before| before.status != response.status).map(|_| FieldChange::Changed);
        let mut rows = vec![FieldRow {
            change,
            name: "Status".to_owned(),
            value: response.status.to_string(),
        }];
        rows.extend(compare(&response.fields, before.map(|before| &*before.fields)));
        Self { title: "Response", rows }
    }
}

fn compare(fields: &Fields, before: Option<&Fields>) -> Vec<FieldRow> {
    let row = |change, name: &str, value: &str| FieldRow {
        change,
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let Some(before) = before else {
        return fields.iter().map(|field| row(None, field.name(), field.value())).collect();
    };
    let changed = |name: &str, value: &str| {
        if !before.has(name) {
            Some(FieldChange::Added)
        } else if before.all(name).any(|old| old == value) {
            None
        } else {
            Some(FieldChange::Changed)
        }
    };
    let present = fields
        .iter()
        .map(|field| row(changed(field.name(), field.value()), field.name(), field.value()));
    let gone = before.iter().filter(|field| !fields.has(field.name()));
    present
        .chain(gone.map(|field| row(Some(FieldChange::Removed), field.name(), field.value())))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn added_changed_and_removed_are_told_apart() {
        let before = Fields::parse("Host: a\nCookie: x\nAccept: */*").unwrap();
        let after = Fields::parse("Host: b\nAccept: */*\nVia: v").unwrap();
        let rows = compare(&after, Some(&before));
        let text: Vec<_> = rows
            .iter()
            .map(|row| (row.change.map(FieldChange::token), row.name.as_str()))
            .collect();
        let expected = [
            (Some("changed"), "Host"),
            (None, "Accept"),
            (Some("added"), "Via"),
            (Some("removed"), "Cookie"),
        ];
        assert_eq!(text, expected);
    }
}
