//! What the inspector says of a step: one sentence to four, the chain of decisions, the key and the fields.

mod ends;
mod key;
mod tiers;

pub use key::KeyView;

use super::fields_view::FieldsView;
use super::step::{Hop, Step};
use super::why::Reason;
use super::{Outcome, Scene, Trip, between};
use crate::simulation::{Event, Place};

/// What is told of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// A few words.
    pub title: String,
    /// The mark before them.
    pub outcome: Option<Outcome>,
    /// Sentences.
    pub say: Vec<String>,
    /// The chain of decisions.
    pub why: Vec<Reason>,
    /// A rule that AWS does not publish and that decided here.
    pub assumption: Option<String>,
    /// The cache key.
    pub key: Option<KeyView>,
    /// The message at this hop.
    pub fields: Option<FieldsView>,
    /// Row ids of docs/reference or RFC sections.
    pub rows: String,
    /// The page that says so.
    pub source: Source,
}

/// A page of the CloudFront guide, or an RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
}

/// How CloudFront delivers content.
pub(super) const HOW_IT_WORKS: Source = Source {
    title: "How CloudFront delivers content",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html",
};
const EXPIRATION: Source = Source {
    title: "Manage how long content stays in the cache",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html",
};
const CUSTOM_ORIGIN: Source = Source {
    title: "Request and response behavior for custom origins",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html",
};
const CACHE_KEY: Source = Source {
    title: "Understand the cache key",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html",
};
const TLS: Source =
    Source { title: "RFC 8446, TLS 1.3", url: "https://www.rfc-editor.org/rfc/rfc8446" };
const HTTP: Source =
    Source { title: "RFC 9110, HTTP Semantics", url: "https://www.rfc-editor.org/rfc/rfc9110" };

impl Told {
    /// What is told of the current step of a Scene. `events` are those of the step that have happened.
    pub fn of(scene: &Scene, step: &Step, events: &[Event]) -> Self {
        match scene.trip.as_ref().filter(|trip| step.exchange == Some(trip.id)) {
            Some(trip) => of_exchange(trip, step, events),
            None => between::told(scene, step, events),
        }
    }

    pub(super) fn new(title: impl Into<String>, rows: &str, source: Source) -> Self {
        Self {
            title: title.into(),
            outcome: None,
            say: Vec::new(),
            why: Vec::new(),
            assumption: None,
            key: None,
            fields: None,
            rows: rows.to_owned(),
            source,
        }
    }

    pub(super) fn say(mut self, sentence: impl Into<String>) -> Self {
        self.say.push(sentence.into());
        self
    }
}

fn of_exchange(trip: &Trip, step: &Step, events: &[Event]) -> Told {
    let town = town(step.place);
    match step.hop {
        Hop::Url => ends::composed(trip),
        Hop::Dns => ends::resolved(trip),
        Hop::Tcp | Hop::Tls | Hop::Reuse => ends::connected(trip, events),
        Hop::Sent => {
            let mut told = Told::new("The request is on its way", "TLS-54", HTTP)
                .say(format!(
                    "{} sends it to the edge location in {}.",
                    trip.city.name(),
                    trip.pop.short_name()
                ))
                .say("It has no colour yet: no cache has answered.");
            told.fields = Some(FieldsView::of_request(&trip.request, None));
            told
        }
        Hop::PopLooks => tiers::looked(trip, events, "Edge location", &town),
        Hop::RecLooks => tiers::looked(trip, events, "Regional edge cache", &town),
        Hop::AtOrigin => ends::at_origin(trip, events, &town),
        Hop::Answer => ends::answered(trip, events, &town),
        Hop::RecKeeps => tiers::kept(trip, events, "Regional edge cache", &town),
        Hop::PopKeeps => tiers::kept(trip, events, "Edge location", &town),
        Hop::Shown => ends::shown(trip),
        // These belong to no exchange.
        _ => Told::new("", "", HOW_IT_WORKS),
    }
}

/// The town of a place, as it is spoken of.
pub(super) fn town(place: Place) -> String {
    match place {
        Place::Viewer(city) | Place::Dns(city) => city.name().to_owned(),
        Place::Pop(pop) => pop.short_name().to_owned(),
        Place::Rec(rec) => rec.short_name().to_owned(),
        Place::Origin(region) => region.short_name().to_owned(),
        Place::Control => String::new(),
    }
}
