//! Marks that would cover each other are drawn apart.

use super::camera::Band;
use super::projection::Point;

/// How often marks are pushed at most: where there are too many for the band, some stay too near.
const ROUNDS: usize = 200;

/// So often each pair is pushed along the line between its places; then, where the edge or others leave no room for that, along
/// the line between its marks.
const TRUE_ROUNDS: usize = 120;

/// Nearer than this, in pixels, the eye cannot tell in which direction a place lies from another.
const ONE_PLACE: f64 = 2.5;

/// How far beside each other those then are taken to lie.
const HAIR: f64 = 0.1;

/// Where the marks of places are drawn so that none is nearer to another than this: what lies west of another is drawn west of
/// it, as near to its place as can be. What lies at one place stands in a row, in its order, which runs to the side of the next.
pub(super) fn drawn_apart(places: &[Point], least: f64) -> Vec<Point> {
    pushed_apart(places, least, |at| at)
}

/// The same in a band, whose edge no mark comes nearer than `edge`.
pub(super) fn drawn_apart_within(
    places: &[Point],
    least: f64,
    edge: f64,
    band: Band,
) -> Vec<Point> {
    pushed_apart(places, least, |at| Point {
        x: at.x.min(band.width - edge).max(edge),
        y: at.y.min(band.height - edge).max(edge),
    })
}

fn pushed_apart(places: &[Point], least: f64, kept: impl Fn(Point) -> Point) -> Vec<Point> {
    let places = told_apart(places);
    let mut at = places.clone();
    for round in 0..ROUNDS {
        let mut is_settled = true;
        for second in 1..at.len() {
            for first in 0..second {
                let gap = at[first].distance(at[second]);
                if gap >= least - 0.01 {
                    continue;
                }
                is_settled = false;
                let of = if round < TRUE_ROUNDS { &places } else { &at };
                let (x, y) = direction(of[first], of[second]);
                let push = (least - gap) / 2.0;
                at[first] = Point { x: at[first].x - push * x, y: at[first].y - push * y };
                at[second] = Point { x: at[second].x + push * x, y: at[second].y + push * y };
            }
        }
        for point in &mut at {
            *point = kept(*point);
        }
        if is_settled {
            break;
        }
    }
    at
}

/// The direction from a point to another; to the right where both are one.
fn direction(from: Point, to: Point) -> (f64, f64) {
    let gap = from.distance(to);
    if gap > 0.0 { ((to.x - from.x) / gap, (to.y - from.y) / gap) } else { (1.0, 0.0) }
}

/// The places, where those that are one lie a hair beside each other, in their order, which runs to the side of the next.
fn told_apart(places: &[Point]) -> Vec<Point> {
    let is_one = |a: &Point, b: &Point| a.distance(*b) < ONE_PLACE;
    let told = |(index, place): (usize, &Point)| {
        let mut before = places[..index].iter().filter(|other| is_one(other, place));
        let Some(first) = before.next() else { return *place };
        let next = places[index..].iter().find(|other| !is_one(other, first));
        let hair = if next.is_some_and(|next| next.x < first.x) { -HAIR } else { HAIR };
        Point { x: first.x + hair * (1 + before.count()) as f64, ..*first }
    };
    places.iter().enumerate().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// A viewer in Paris with its edge location, and London's regional edge cache: the three were drawn in a row from west to
    /// east.
    #[test]
    fn what_lies_north_west_of_two_others_is_drawn_north_west_of_both() {
        let drawn = drawn_apart(&[at(100.0, 100.0), at(100.5, 100.0), at(92.0, 95.0)], 28.0);
        for paris in &drawn[..2] {
            assert!(drawn[2].x < paris.x && drawn[2].y < paris.y, "{drawn:?}");
            assert!(drawn[2].distance(*paris) > 27.9 && drawn[2].distance(*paris) < 60.0);
        }
        assert!(drawn[1].distance(drawn[0]) > 27.9, "{drawn:?}");
        assert!(drawn[1].x < drawn[0].x, "the second stands to the side of the third: {drawn:?}");
    }

    #[test]
    fn marks_that_are_clear_of_each_other_stay_and_two_part_along_their_line() {
        let clear = [at(0.0, 0.0), at(28.0, 0.0), at(14.0, 40.0)];
        assert_eq!(drawn_apart(&clear, 28.0), clear);
        let [one, other] = drawn_apart(&[at(50.0, 50.0), at(53.0, 54.0)], 25.0)[..] else {
            panic!("two are two")
        };
        // Five apart become 25: ten each, by three parts and four.
        assert!(one.distance(at(44.0, 42.0)) < 0.1 && other.distance(at(59.0, 62.0)) < 0.1);
    }

    #[test]
    fn at_the_edge_of_the_band_they_stay_in_it() {
        let band = Band { width: 200.0, height: 100.0, rem: 16.0 };
        let corner = [at(1.0, 1.0), at(2.0, 8.0), at(1.0, 4.0), at(9.0, 2.0)];
        let drawn = drawn_apart_within(&corner, 28.0, 16.0, band);
        for (index, mark) in drawn.iter().enumerate() {
            assert!(mark.x >= 16.0 && mark.y >= 16.0, "{drawn:?}");
            assert!(drawn[..index].iter().all(|it| it.distance(*mark) > 27.9), "{drawn:?}");
        }
    }
}
