//! The lines that stand in the page, set by hand: as pieces of the page that follow signals they would take more than a frame
//! has while somebody scrolls. A line that stays in view is not touched; one that leaves it becomes another.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::app::mark;
use crate::scene::Outcome;
use crate::scene::logs::{OwnLog, Row, Window};

/// The columns by their names, and by what each is called in the sheets.
pub(super) const COLUMNS: [(&str, &str); 8] = [
    ("Time", "time"),
    ("Edge location", "at"),
    ("Method", "method"),
    ("Path", "path"),
    ("Status", "status"),
    ("Result type", "result"),
    ("Bytes", "bytes"),
    ("Taken, ms", "taken"),
];

/// The columns that may say less than the log does, by their places.
const TIME: usize = 0;
const PATH: usize = 3;

/// The id of a line's element.
pub(super) fn id_of(line: usize) -> String {
    format!("line-{line}")
}

/// Whose lines they are: those of one never change.
#[derive(Clone)]
pub(super) enum Source {
    /// The walk's own.
    Own(Arc<OwnLog>),
    /// Those of the log that was opened as this one.
    Opened(u32),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Own(one), Self::Own(other)) => Arc::ptr_eq(one, other),
            (Self::Opened(one), Self::Opened(other)) => one == other,
            _ => false,
        }
    }
}

/// How lines are shown.
pub(super) struct Look {
    /// Whose lines, and how often they were looked for: those of one never change their places.
    pub(super) source: (Source, u32),
    /// The line in view field by field.
    pub(super) chosen: Option<usize>,
    /// Whether each has its date.
    pub(super) has_dates: bool,
}

/// The elements of the lines, in their order.
#[derive(Default)]
pub(super) struct Rows(Vec<Slot>);

/// The element of a line, and what it shows.
struct Slot {
    line: usize,
    source: Option<(Source, u32)>,
    has_date: bool,
    is_chosen: bool,
    element: Element,
    /// What holds the text of each column.
    texts: Vec<Element>,
    result: Element,
    mark: Element,
    bar: HtmlElement,
}

impl Rows {
    /// Shows the lines of a window in a body. `read` makes those that are not there yet.
    pub(super) fn lay(
        &mut self,
        body: &Element,
        window: Window,
        look: &Look,
        read: &dyn Fn(usize) -> Option<Row>,
    ) {
        let (kept, mut spare): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.0).into_iter().partition(|slot| window.has(slot.line));
        let mut kept = kept.into_iter().peekable();
        for line in window.first..window.end {
            let is_there = kept.peek().is_some_and(|slot| slot.line == line);
            let slot = if is_there { kept.next() } else { spare.pop().or_else(Slot::new) };
            let Some(mut slot) = slot else { return };
            if !slot.show(line, look, read) {
                slot.element.remove();
                continue;
            }
            if !is_there {
                let next: Option<&Node> = kept.peek().map(|slot| slot.element.as_ref());
                // Fails only for a node of another place.
                let _ = body.insert_before(&slot.element, next);
            }
            self.0.push(slot);
        }
        for slot in spare {
            slot.element.remove();
        }
    }
}

/// A new element within another, of this class.
fn within(parent: &Element, name: &str, class: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    parent.append_child(&element).ok()?;
    Some(element)
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails only for a name that is none.
    let _ = element.set_attribute(name, value);
}

impl Slot {
    fn new() -> Option<Self> {
        const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");
        let element = document().create_element("div").ok()?;
        set(&element, "role", "row");
        let drawing = document().create_element_ns(SVG, "svg").ok()?;
        set(&drawing, "class", "m");
        set(&drawing, "aria-hidden", "true");
        let mark = document().create_element_ns(SVG, "use").ok()?;
        drawing.append_child(&mark).ok()?;
        let (mut result, mut bar) = (None, None);
        let mut texts = Vec::new();
        for (_, token) in COLUMNS {
            let cell = within(&element, "div", "")?;
            set(&cell, "role", "gridcell");
            set(&cell, "data-col", token);
            match token {
                "result" => {
                    let span = within(&cell, "span", "result")?;
                    span.append_child(&drawing).ok()?;
                    texts.push(within(&span, "span", "")?);
                    result = Some(span);
                }
                "taken" => {
                    bar = within(&cell, "i", "bar")?.dyn_into().ok();
                    texts.push(within(&cell, "span", "")?);
                }
                _ => texts.push(cell),
            }
        }
        let (source, result, bar) = (None, result?, bar?);
        let (line, has_date, is_chosen) = (0, false, false);
        Some(Self { line, source, has_date, is_chosen, element, texts, result, mark, bar })
    }

    /// Shows a line; false where there is none.
    fn show(&mut self, line: usize, look: &Look, read: &dyn Fn(usize) -> Option<Row>) -> bool {
        let element = &self.element;
        let is_chosen = look.chosen == Some(line);
        if self.source.is_none() || self.is_chosen != is_chosen {
            set(element, "aria-selected", if is_chosen { "true" } else { "false" });
            self.is_chosen = is_chosen;
        }
        let is_same = self.line == line && self.has_date == look.has_dates;
        if is_same && self.source.as_ref() == Some(&look.source) {
            return true;
        }
        let Some(row) = read(line) else { return false };
        let number = line.to_string();
        set(element, "id", &id_of(line));
        set(element, "data-line", &number);
        set(element, "aria-rowindex", &(line + 2).to_string());
        put(element, "--at", &number);
        // The year stands with the whole path, where a pointer asks for it.
        let whole_time = [&*row.date, " ", &row.time].concat();
        let day = row.date.split_once('-').map_or(&*row.date, |(_, day)| day);
        let time = if look.has_dates { [day, " ", &row.time].concat() } else { row.time };
        let label = &row.judged.label;
        let texts: [&str; 8] = [
            &time,
            &row.location,
            &row.method,
            &row.path,
            &row.status,
            label,
            &row.bytes,
            &row.taken,
        ];
        for (element, text) in self.texts.iter().zip(texts) {
            element.set_text_content(Some(text));
        }
        for (column, whole) in [(TIME, &*whole_time), (PATH, &*row.path)] {
            set(&self.texts[column], "title", whole);
        }
        let outcome = row.judged.outcome;
        for element in [&self.result, self.bar.as_ref()] {
            set(element, "data-outcome", outcome.map_or("", Outcome::token));
        }
        set(&self.mark, "href", &outcome.map_or_else(String::new, |of| ["#", mark(of)].concat()));
        put(&self.bar, "--share", &row.share.min(100).to_string());
        set(&self.bar, "data-over", if row.share > 100 { "true" } else { "false" });
        (self.line, self.has_date) = (line, look.has_dates);
        self.source = Some(look.source.clone());
        true
    }
}

/// Sets a custom property.
fn put(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only where the element is read-only, which none is.
        let _ = element.style().set_property(name, value);
    }
}
