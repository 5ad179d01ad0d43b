//! The space-time strip: time to the right, distance from the viewer downwards. Handshakes are zigzags, a hit is a short dip.

mod brackets;
mod earlier;
mod functions;
mod invalidation;
mod saving;

pub use brackets::{Bracket, Phase};
pub use earlier::Earlier;
use earlier::slowest_before;
use functions::Wait;
pub use saving::Saving;

use std::time::Duration;

use super::units;
use super::{Level, Outcome, background};
use crate::distribution::FunctionEvent;
use crate::edge::{Decision, Disappointment, Found, Kept};
use crate::http::Version;
use crate::network::{Rec, nearest};
use crate::simulation::{Event, ExchangeId, Journal, Place, What};
use crate::time::{self, SimTime};

/// Points as percent of the time axis and row.
pub type Curve = Vec<(f64, f64)>;

/// The strip of one exchange, or of an invalidation, whole: what lies beyond the playhead is drawn as to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// When it begins.
    pub from: SimTime,
    /// When it is over.
    pub until: SimTime,
    /// The bracket row: their spans add up to the whole to the microsecond.
    pub phases: Vec<Phase>,
    /// The curve.
    pub points: Vec<Point>,
    /// The answer's content on its last leg: head and last byte at POP and viewer.
    pub body: Option<[Point; 4]>,
    /// Where a cache decided, or was cleared.
    pub marks: Vec<(Point, Sign)>,
    /// An earlier walk to the same object, on the same axis: what was saved is seen.
    pub earlier: Option<Earlier>,
    /// The curves of those that were begun together with it, and when the last of them is over.
    pub beside: Vec<Vec<Point>>,
    all_until: SimTime,
    /// Where it waits for the answer to another request (COL-01).
    waits_at: Option<Level>,
    /// A function has run at the viewer's response, and how long before its answer left: what else the journal tells of the
    /// way to the edge location comes after that.
    ran: Option<Wait>,
    /// What the rows stand for, from the top: Origin Shield only where this exchange, the earlier one or one beside it asked it.
    pub levels: Vec<Level>,
}

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// What a cache decided.
    Decided(Outcome),
    /// An invalidation has come to a cache.
    Cleared,
}

/// A place in time and space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub at: SimTime,
    /// How far from the viewer.
    pub level: Level,
}

impl Strip {
    /// The strip of an exchange; `None` if the journal has none of its events.
    pub fn of(journal: &Journal, exchange: ExchangeId) -> Option<Self> {
        let mut strip = Self::alone(journal, exchange)?;
        let earlier = slowest_before(journal, exchange);
        strip.earlier = earlier.and_then(|(exchange, total)| {
            let Self { from, points, .. } = Self::alone(journal, exchange)?;
            let here = |point: Point| Point { at: strip.from + point.at.since(from), ..point };
            Some(Earlier { exchange, total, points: points.into_iter().map(here).collect() })
        });
        Some(strip.with_levels())
    }

    /// The strip of one exchange among those that were begun together with it.
    pub fn among(journal: &Journal, exchange: ExchangeId, group: &[ExchangeId]) -> Option<Self> {
        if group.len() < 2 {
            return Self::of(journal, exchange);
        }
        let mut strip = Self::alone(journal, exchange)?;
        for other in group.iter().filter(|other| **other != exchange) {
            if let Some(Self { points, until, .. }) = Self::alone(journal, *other) {
                strip.beside.push(points);
                strip.all_until = strip.all_until.max(until);
            }
        }
        Some(strip.with_levels())
    }

    /// Once all curves are there, it is known which rows they need.
    fn with_levels(mut self) -> Self {
        let earlier = self.earlier.iter().flat_map(|earlier| &earlier.points);
        let mut points = self.points.iter().chain(earlier).chain(self.beside.iter().flatten());
        let has_shield = points.any(|point| point.level == Level::Shield);
        let is_shown = |level: &Level| has_shield || *level != Level::Shield;
        self.levels = Level::ALL.into_iter().filter(is_shown).collect();
        self
    }

    fn alone(journal: &Journal, exchange: ExchangeId) -> Option<Self> {
        let events: Vec<&Event> = journal.of_exchange(exchange).map(|(_, event)| event).collect();
        let first = events.first()?;
        let from = first.at;
        let rec = match first.place {
            Place::Viewer(_) => events.iter().find_map(|event| match &event.what {
                What::Resolved { answer, .. } => Some(nearest::nearest_rec(answer.chosen)),
                _ => None,
            }),
            _ => None,
        };
        // What goes on in the background is no part of the viewer's way.
        let mut from_tier = None;
        let events: Vec<&Event> = events
            .into_iter()
            .filter(|event| {
                let is_on_the_way = from_tier.is_none_or(|tier| !background::holds(event, tier));
                from_tier = from_tier.or_else(|| background::begins(event));
                is_on_the_way
            })
            .collect();
        let mut strip = Self::empty(from, events.last()?.at);
        strip.points.push(Point { at: from, level: Level::Viewer });
        for event in &events {
            strip.take(event, rec);
        }
        strip.phases.retain(|phase| phase.from < phase.until);
        Some(strip)
    }

    fn empty(from: SimTime, until: SimTime) -> Self {
        Self {
            from,
            until,
            phases: Vec::new(),
            points: Vec::new(),
            body: None,
            marks: Vec::new(),
            earlier: None,
            beside: Vec::new(),
            all_until: until,
            waits_at: None,
            ran: None,
            levels: Vec::new(),
        }
    }

    fn take(&mut self, event: &Event, rec: Option<Rec>) {
        let at = event.at;
        match &event.what {
            What::Resolved { .. } => self.reach("DNS", at, Level::Viewer),
            What::Connected { round_trips, .. } => self.zigzag("TCP", at, Level::Pop, *round_trips),
            What::Secured { round_trips, session, .. } => {
                let label = match (session.http, round_trips) {
                    (Version::Http3, _) => "QUIC",
                    (_, 2) => "TLS, 2 trips",
                    _ => "TLS",
                };
                self.zigzag(label, at, Level::Pop, *round_trips);
            }
            What::NotSecured { .. } => {
                self.zigzag("TLS fails", at, Level::Pop, 1);
                self.mark(at, Level::Viewer, Outcome::Error);
            }
            What::Reached { leg, .. } => {
                let start = self.last().at;
                if !leg.handshake.is_zero() {
                    let trips = leg.handshake_round_trips();
                    self.zigzag("Connect", start + leg.handshake, Level::Origin, trips);
                }
                self.reach("To origin", at, Level::Origin);
            }
            What::Replied { .. } => self.reach("Origin", at, Level::Origin),
            What::Decided(decision) => {
                self.take_decision(event, decision, Level::of(event.place, rec));
            }
            What::Shown { head_at, .. } => {
                self.reach("Answer", *head_at, Level::Viewer);
                self.bracket("Body", *head_at, at);
                let left = self
                    .points
                    .iter()
                    .rev()
                    .find(|point| point.level != Level::Viewer)
                    .map_or(*head_at, |point| point.at);
                let last_left = left + at.since(*head_at);
                let point = |at, level| Point { at, level };
                if at > *head_at {
                    self.body = Some([
                        point(left, Level::Pop),
                        point(*head_at, Level::Viewer),
                        point(at, Level::Viewer),
                        point(last_left, Level::Pop),
                    ]);
                }
            }
            _ => {}
        }
    }

    fn take_decision(&mut self, event: &Event, decision: &Decision, here: Level) {
        match decision {
            Decision::BehaviorMatched(_) => self.reach("To POP", event.at, here),
            Decision::LookedUp { found, .. } => {
                self.end_wait(event.at, here);
                match here {
                    Level::Rec => self.reach("POP to REC", event.at, here),
                    Level::Shield => self.reach("To Shield", event.at, here),
                    _ => {}
                }
                let outcome = match found {
                    Found::Fresh { .. } => Outcome::Hit,
                    Found::Stale { .. } | Found::StaleServed { .. } => Outcome::Stale,
                    Found::HeadOnly | Found::PartMissing { .. } | Found::Absent => Outcome::Miss,
                };
                self.mark(event.at, here, outcome);
            }
            Decision::NotLookedUp(_) => {
                if here == Level::Shield {
                    self.reach("To Shield", event.at, here);
                }
                self.mark(event.at, here, Outcome::Bypass);
            }
            Decision::Refused(_) => {
                self.mark(event.at, here, Outcome::Error);
            }
            Decision::FunctionRan(ran) if !ran.background => {
                let wait = Wait::of(ran, event.at);
                match ran.event {
                    FunctionEvent::ViewerResponse => self.ran = Some(wait),
                    _ => self.waits_for(wait, here),
                }
            }
            Decision::Stored { kept: Kept::Confirmed, .. }
                if matches!(event.place, Place::Pop(_)) =>
            {
                self.mark(event.at, here, Outcome::Refresh);
            }
            Decision::OriginFailed { failure, .. } => {
                match failure.round_trips() {
                    0 => self.reach("No answer", event.at, here),
                    trips => self.zigzag("No answer", event.at, Level::Origin, trips),
                }
                self.mark(event.at, here, Outcome::Error);
            }
            Decision::FailedOver { by, .. } => {
                self.come_back_to(here, event.at);
                if let Disappointment::Status(_) = by {
                    self.mark(event.at, here, Outcome::Error);
                }
            }
            Decision::PageWanted { .. } => self.come_back_to(here, event.at), // CEP-03
            Decision::Waits { .. } => {
                self.waits_at = Some(here);
                // What it found shows once it has an answer: until then no cache has decided.
                self.marks.pop();
            }
            Decision::Answered { response, head_at } => {
                let is_error = response.status.is_error();
                let wait = self.ran.take_if(|_| here == Level::Pop);
                let came_at = wait.map_or(*head_at, Wait::from);
                if self.end_wait(came_at, here) {
                    let outcome = if is_error { Outcome::Error } else { Outcome::Hit }; // COL-02
                    self.mark(came_at, here, outcome);
                }
                // An error that was kept is found and sent at one instant.
                if let Some((point, mark)) = self.marks.last_mut().filter(|_| is_error)
                    && *point == (Point { at: *head_at, level: here })
                {
                    *mark = Sign::Decided(Outcome::Error);
                }
                if let Some(wait) = wait {
                    self.waits_for(wait, here);
                }
                self.reach("Answer", *head_at, here);
            }
            _ => {}
        }
    }

    /// An answer is at this level, which asks once more.
    fn come_back_to(&mut self, here: Level, at: SimTime) {
        if self.last().level != here {
            self.reach("Answer", at, here);
        }
    }

    /// Whether it waited here, up to this instant.
    fn end_wait(&mut self, until: SimTime, here: Level) -> bool {
        let has_waited = self.waits_at == Some(here);
        if has_waited {
            self.reach("Waits", until, here);
            self.waits_at = None;
        }
        has_waited
    }

    fn mark(&mut self, at: SimTime, level: Level, outcome: Outcome) {
        self.marks.push((Point { at, level }, Sign::Decided(outcome)));
    }

    fn last(&self) -> Point {
        self.points.last().copied().unwrap_or(Point { at: self.from, level: Level::Viewer })
    }

    /// The next point of the curve, and the bracket up to it.
    fn reach(&mut self, label: &'static str, at: SimTime, level: Level) {
        let from = self.last().at;
        self.bracket(label, from, at);
        self.points.push(Point { at, level });
    }

    /// There and back, so many times.
    fn zigzag(&mut self, label: &'static str, until: SimTime, there: Level, round_trips: u32) {
        let Point { at: from, level: here } = self.last();
        let halves = u64::from(round_trips.max(1)) * 2;
        let whole = time::micros(until.since(from));
        for half in 1..=halves {
            let at = from + Duration::from_micros(whole * half / halves);
            self.points.push(Point { at, level: if half % 2 == 1 { there } else { here } });
        }
        self.bracket(label, from, until);
    }

    /// Which row a level is, counted from 0.
    pub fn row(&self, level: Level) -> f64 {
        self.levels.iter().take_while(|row| **row < level).count() as f64
    }

    /// How long the whole takes.
    pub fn total(&self) -> Duration {
        self.until.since(self.from)
    }

    /// A span as it is written on this strip: milliseconds of an exchange, seconds of an invalidation.
    pub fn figure(&self, span: Duration) -> String {
        if self.points.is_empty() { units::tenths(span) } else { units::ms(span) }
    }

    /// How long the time axis is: as long as the exchange in view, those beside it or the earlier one, whichever takes
    /// longest.
    pub fn axis(&self) -> Duration {
        let earlier = self.earlier.as_ref().map(|earlier| earlier.total);
        self.all_until.since(self.from).max(earlier.unwrap_or_default())
    }

    /// The curves of the earlier walk and of those beside this one, as points of percent and row.
    pub fn ghosts(&self) -> Vec<Curve> {
        let place = |point: &Point| (self.share(point.at.since(self.from)), self.row(point.level));
        let curves = self.earlier.iter().map(|earlier| &earlier.points).chain(&self.beside);
        curves.map(|points| points.iter().map(place).collect()).collect()
    }

    /// An instant as a share of the axis, in percent. What goes on behind the answer stands at its end.
    pub fn percent(&self, at: SimTime) -> f64 {
        self.share(at.since(self.from).min(self.total()))
    }

    fn share(&self, span: Duration) -> f64 {
        let whole = time::micros(self.axis());
        if whole == 0 { 0.0 } else { time::micros(span) as f64 * 100.0 / whole as f64 }
    }

    /// The curve, as points of percent and row.
    pub fn curve(&self) -> Curve {
        let place = |point: &Point| (self.percent(point.at), self.row(point.level));
        self.points.iter().map(place).collect()
    }
}
