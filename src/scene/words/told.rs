//! What is told of a step, and how a step comes to be told.

use super::assumed::Assumed;
use super::{KeyView, Source};
use crate::edge::{Decision, Layer};
use crate::scene::{
    Basis, FieldsView, GateView, LifetimePicture, Outcome, Reason, Trip, WireView, units,
};
use crate::simulation::{Event, Place, What};

/// What is said of a rule that no page of AWS holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Assumed or observed.
    pub basis: Basis,
    /// The rows of docs/reference that hold it; none where it is settled elsewhere.
    pub rows: String,
    /// What it is: one line, without a full stop.
    pub text: String,
    /// What else is to be said of it: whole sentences, or nothing.
    pub more: String,
}

/// The event object of a CloudFront function and what it returned, as JSON (EDGE-35 to EDGE-45).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedView {
    /// The function's name.
    pub name: String,
    /// What it was called with.
    pub given: String,
    /// What it returned; none of one that threw an exception.
    pub gave: Option<String>,
}

/// What is told of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// A few words.
    pub title: String,
    /// The mark before them.
    pub outcome: Option<Outcome>,
    /// Sentences.
    pub say: Vec<String>,
    /// The chain of decisions.
    pub why: Vec<Reason>,
    /// Rules that AWS does not publish and that decided here, each once.
    pub remarks: Vec<Remark>,
    /// How long a response is fresh, where it gets its lifetime.
    pub lifetime: Option<LifetimePicture>,
    /// Whether the step ends with the making of the key.
    pub is_about_key: bool,
    /// The cache key.
    pub key: Option<KeyView>,
    /// The checks at the way in, where the request comes to them.
    pub gates: Vec<GateView>,
    /// The message at this hop.
    pub fields: Option<FieldsView>,
    /// What someone on the wire reads of the request, at the step where that is decided.
    pub wire: Option<WireView>,
    /// What CloudFront Functions handed the functions that ran, and what these gave back.
    pub handed: Vec<HandedView>,
    /// Row ids of docs/reference, each once.
    pub rows: String,
    /// The page that says so.
    pub source: Source,
}

impl Told {
    pub(super) fn new(title: impl Into<String>, rows: &str, source: Source) -> Self {
        let mut told = Self {
            title: title.into(),
            outcome: None,
            say: Vec::new(),
            why: Vec::new(),
            remarks: Vec::new(),
            lifetime: None,
            is_about_key: false,
            key: None,
            gates: Vec::new(),
            fields: None,
            wire: None,
            handed: Vec::new(),
            rows: String::new(),
            source,
        };
        told.cite(rows);
        told
    }

    /// All that is remarked, assumed or observed, each with its rows.
    pub fn remarked(&self) -> String {
        let of = |Remark { rows, text, more, .. }: &Remark| format!("{text} ({rows}). {more}");
        self.remarks.iter().map(of).collect::<Vec<_>>().join(" ")
    }

    /// Names rows, as in `FLOW-03, AGE-01`; one that is named already is not named again.
    pub(super) fn cite(&mut self, rows: &str) {
        for row in rows.split(", ").filter(|row| !row.is_empty()) {
            if self.rows.split(", ").any(|named| named == row) {
                continue;
            }
            if !self.rows.is_empty() {
                self.rows.push_str(", ");
            }
            self.rows.push_str(row);
        }
    }

    /// The step is about something else now: other rows on another page.
    pub(super) fn turn_to(&mut self, rows: &str, source: Source) {
        self.rows.clear();
        self.remarks.clear();
        self.source = source;
        self.cite(rows);
    }

    /// Says that an assumption decided, and names its rows.
    pub(super) fn assume(&mut self, Assumed(rows, text, more): Assumed) {
        self.assume_that(rows, text, more);
    }

    /// The same for texts with figures; they have no full stop, and the second may be empty.
    pub(super) fn assume_that(&mut self, rows: &str, text: &str, more: &str) {
        self.cite(rows);
        if self.remarks.iter().any(|remark| remark.text == text) {
            return;
        }
        // What the reference documents is assumed, too, where a figure or a detail of ours is put in its place.
        let basis = match Basis::of(rows) {
            Some(Basis::Observed) => Basis::Observed,
            _ => Basis::Assumed,
        };
        let more = if more.is_empty() { String::new() } else { [more, "."].concat() };
        self.remarks.push(Remark { basis, rows: rows.to_owned(), text: text.to_owned(), more });
    }

    pub(super) fn assuming(mut self, assumed: Assumed) -> Self {
        self.assume(assumed);
        self
    }

    pub(super) fn say(mut self, sentence: impl Into<String>) -> Self {
        self.say.push(sentence.into());
        self
    }
}

/// What a tier is called.
pub(super) const fn role(layer: Layer) -> &'static str {
    match layer {
        Layer::Pop => "Edge location",
        Layer::Rec => "Regional edge cache",
        Layer::Shield => "Origin Shield",
    }
}

/// The town of a place, as it is spoken of.
pub(super) fn town(place: Place) -> String {
    match place {
        Place::Viewer(city) | Place::Dns(city) => units::unbroken(city.name()),
        Place::Pop(pop) => units::unbroken(pop.short_name()),
        Place::Rec(rec) => units::unbroken(rec.short_name()),
        Place::Origin(region) => units::unbroken(region.short_name()),
        Place::Control => String::new(),
    }
}

/// Where the origin stands.
pub(super) fn origin_town(trip: &Trip) -> String {
    trip.origin_region().map_or_else(|| "its Region".to_owned(), |at| town(Place::Origin(at)))
}

/// The decisions among the events of a step.
pub(super) fn decisions(events: &[Event]) -> impl Iterator<Item = &Decision> {
    events.iter().filter_map(|event| match &event.what {
        What::Decided(decision) => Some(decision),
        _ => None,
    })
}
