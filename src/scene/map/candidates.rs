//! The edge locations that the DNS weighs for a viewer, and where their round trips stand.

use super::camera::{Band, Camera};
use super::labels::{self, Obstacles, Rect, Spot, Wanted};
use super::places::Places;
use super::projection::{Point, project};
use crate::network::{Pop, nearest};

/// An edge location that the DNS weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CandidatePin {
    /// Which one.
    pub pop: Pop,
    /// Where its mark stands; none where the mark of a station stands already.
    pub mark: Option<Point>,
    /// Where its code and its round trip stand; none where they would lie on something.
    pub label: Option<Spot>,
}

/// The size of "NBO 18 ms", in rem.
const WIDTH: f64 = 4.75;
const HEIGHT: f64 = 1.1;

/// What is in the way of the labels of candidates.
pub(super) struct Around<'a> {
    pub(super) band: Band,
    /// The marks of the stations.
    pub(super) marks: &'a [Point],
    /// The points of all lines.
    pub(super) lines: &'a [Point],
    /// What is written already.
    pub(super) texts: &'a [Rect],
}

/// Where the candidates stand that are not taken.
pub(super) fn others(places: &Places, camera: Camera) -> Vec<(Pop, Point)> {
    let all = nearest::candidates_from(places.seen_from, places.class);
    let all = all.iter().map(|candidate| candidate.pop);
    let others = all.filter(|pop| *pop != places.pop);
    others.map(|pop| (pop, camera.see(project(pop.position())))).collect()
}

/// Labels for the candidates, clear of what stands already. `taken` is where the one that the DNS takes has its mark, if
/// its own label has no line for its round trip: it is labelled before all others, and without it no other is, since the
/// smallest figure in view would not be the winner's.
pub(super) fn pins(
    taken: Option<(Pop, Point)>,
    others: &[(Pop, Point)],
    around: &Around<'_>,
) -> Vec<CandidatePin> {
    let marks: Vec<Point> =
        around.marks.iter().copied().chain(others.iter().map(|(_, at)| *at)).collect();
    let mut texts = around.texts.to_vec();
    let mut label = |at: Point| {
        let (width, height) = (WIDTH * around.band.rem, HEIGHT * around.band.rem);
        let wanted = Wanted { mark: at, width, height };
        let obstacles = Obstacles {
            band: around.band,
            marks: &marks,
            rings: &[],
            lines: around.lines,
            texts: &texts,
        };
        let label = Some(labels::place(wanted, &obstacles))
            .filter(|spot| labels::is_free(spot.rect, at, &obstacles));
        texts.extend(label.map(|spot| spot.rect));
        label
    };
    let mut pins = Vec::new();
    if let Some((pop, at)) = taken {
        pins.push(CandidatePin { pop, mark: None, label: label(at) });
    }
    let is_winner_told = pins.iter().all(|pin| pin.label.is_some());
    for (pop, at) in others.iter().copied() {
        let label = if is_winner_told { label(at) } else { None };
        // A ring on a name is none of its letters.
        let is_covered =
            around.texts.iter().any(|text| text.grown(0.15 * around.band.rem).contains(at));
        pins.push(CandidatePin {
            pop,
            mark: (!is_covered).then_some(at),
            label: label.filter(|_| !is_covered),
        });
    }
    pins
}
