//! What the earlier walk took, written where the curve in view leaves room.

use super::{Level, Strip};
use crate::scene::units;
use crate::time::SimTime;

/// What two walks to the same object took.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// Where it is written, from the left, in percent.
    pub left: f64,
    /// The row at whose height it stands, counted from 0; a half between two.
    pub row: f64,
    /// What is written.
    pub text: String,
}

/// Up to which share of the axis, in percent, the curve in view may reach if a whole sentence is to stand behind it.
const SENTENCE_BEHIND: f64 = 55.0;
/// The distance from the curve, in percent.
const GAP: f64 = 1.5;

impl Strip {
    /// What the earlier walk took, wherever that is drawn: a sentence behind a short curve, or else a few words in the widest of
    /// the three gaps that each curve leaves. These lie below the handshakes, above the way behind the edge location, and below
    /// the content on its way to the viewer.
    pub fn saving(&self) -> Option<Saving> {
        let earlier = self.earlier.as_ref()?;
        let (number, then) = (earlier.exchange.0 + 1, units::ms(earlier.total));
        let end = self.percent(self.until);
        if end <= SENTENCE_BEHIND {
            let now = units::ms(self.total());
            let text = format!("Request {number} took {then} (dashed), this one takes {now}");
            return Some(Saving { left: end + 2.0 * GAP, row: 0.5, text });
        }
        let is_behind = |at: &usize| self.points[*at].level > Level::Pop;
        let mut behind = (0..self.points.len()).filter(is_behind);
        let first = behind.next();
        let last = behind.next_back().or(first);
        let at = |place: Option<usize>| place.and_then(|place| self.points.get(place));
        let percent = |instant: Option<SimTime>| instant.map_or(100.0, |at| self.percent(at));
        // Where it leaves the edge location, and is back there.
        let leaves =
            percent(at(first.and_then(|place| place.checked_sub(1))).map(|point| point.at));
        let is_back = percent(at(last.map(|place| place + 1)).map(|point| point.at));
        let low = self.levels.len() as f64 - 1.5;
        let gaps = [(0.0, leaves, low), (leaves, is_back, 0.5), (is_back, 100.0, low)];
        let wider =
            |a: (f64, f64, f64), b: (f64, f64, f64)| if b.1 - b.0 > a.1 - a.0 { b } else { a };
        let (from, _, row) = gaps.into_iter().reduce(wider)?;
        Some(Saving { left: from + GAP, row, text: format!("Request {number} (dashed): {then}") })
    }
}
