//! Where the labels go: to the side of their mark that lines, marks and other labels leave free.

use super::camera::Band;
use super::fitting::Choice;
use super::projection::Point;

/// A rectangle of the band, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Rect {
    /// The box that reaches so far to both sides of its middle, and above and below it.
    pub(super) fn around(middle: Point, side: f64, over: f64) -> Self {
        Self { left: middle.x - side, top: middle.y - over, width: 2.0 * side, height: 2.0 * over }
    }

    pub(super) fn overlap(self, other: Self) -> f64 {
        let span = |a: f64, a_size: f64, b: f64, b_size: f64| {
            ((a + a_size).min(b + b_size) - a.max(b)).max(0.0)
        };
        span(self.left, self.width, other.left, other.width)
            * span(self.top, self.height, other.top, other.height)
    }

    /// Whether it is seen whole.
    pub(super) fn is_in(self, band: Band) -> bool {
        let Self { left, top, width, height } = self;
        left >= 0.0 && top >= 0.0 && left + width <= band.width && top + height <= band.height
    }

    /// Whether any of it is seen.
    pub(super) fn is_near(self, band: Band) -> bool {
        self.left + self.width >= 0.0
            && self.top + self.height >= 0.0
            && self.left <= band.width
            && self.top <= band.height
    }

    /// Its point that is nearest to another.
    pub(super) fn nearest(self, point: Point) -> Point {
        Point {
            x: point.x.max(self.left).min(self.left + self.width),
            y: point.y.max(self.top).min(self.top + self.height),
        }
    }

    /// Whether a straight line touches it.
    pub(super) fn meets(self, from: Point, to: Point) -> bool {
        // Between which parts of the line it is within the box, by either axis: a line along an axis is so always or never.
        let within = |start: f64, end: f64, low: f64, size: f64| {
            let (a, b) = ((low - start) / (end - start), (low + size - start) / (end - start));
            (a.min(b), a.max(b))
        };
        let (x_in, x_out) = within(from.x, to.x, self.left, self.width);
        let (y_in, y_out) = within(from.y, to.y, self.top, self.height);
        x_in.max(y_in).max(0.0) <= x_out.min(y_out).min(1.0)
    }

    pub(super) fn contains(self, point: Point) -> bool {
        (self.left..=self.left + self.width).contains(&point.x)
            && (self.top..=self.top + self.height).contains(&point.y)
    }

    fn area(self) -> f64 {
        self.width * self.height
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    /// By how many pixels it leaves the band, with a little room at its edges.
    fn beyond(self, band: Band) -> f64 {
        let over = [
            -self.left,
            self.left + self.width - band.width,
            -self.top,
            self.top + self.height - band.height,
        ];
        let beyond: f64 = over.iter().map(|over| (over + 2.0).max(0.0)).sum();
        // Text that is cut is as bad as text over text.
        if over.iter().any(|over| *over > 0.0) { 400.0 + beyond } else { beyond }
    }
}

/// To which side of its mark a label runs: it says how its lines are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It ends at the mark.
    Left,
    /// It is centred on it.
    Middle,
    /// It begins at it.
    Right,
}

impl Side {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Middle => "middle",
            Self::Right => "right",
        }
    }
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its box, as large as its text is estimated to be.
    pub rect: Rect,
    /// How its lines are aligned in it.
    pub side: Side,
}

/// What has to find a spot: where its mark is, and how large it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) mark: Point,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What is in the way.
pub(super) struct Obstacles<'a> {
    pub(super) band: Band,
    /// Marks, by their middle.
    pub(super) marks: &'a [Point],
    /// Rings that are there for one step alone.
    pub(super) rings: &'a [Point],
    /// The points of all lines, a few pixels apart.
    pub(super) lines: &'a [Point],
    /// Text that stands already.
    pub(super) texts: &'a [Rect],
}

/// How far a label stays from the middle of its mark, and marks from labels, in rem.
const CLEAR: f64 = 0.85;

/// Half the width of a station's mark, in rem.
pub(super) const STATION: f64 = 0.5625;

/// Half the width of the mark of the station that is in view, the largest, with a little room, in rem.
const MARK: f64 = 0.8;

/// So near, in pixels, a line strikes a text: half of the widest, and of what may lie between two of its points.
const LINE: f64 = 3.0;

/// What it costs that a line strikes a text: more than to leave its second line and the figures beside it away.
const STRUCK: f64 = 400.0;

/// What it costs that a label stands as near to another mark, or nearly so: it would seem to be that one's.
const ANOTHERS: f64 = 45.0;
const NEARER: f64 = 1.25;

const SPOTS: usize = 20;

/// The spot of a label that costs least.
pub(super) fn place(label: Wanted, obstacles: &Obstacles<'_>) -> Spot {
    let spots = spots(label, obstacles.band).map(|spot| (cost(spot, label, obstacles), spot));
    let least = |a: (f64, Spot), b: (f64, Spot)| if b.0 < a.0 { b } else { a };
    let first = spots[0];
    spots.into_iter().fold(first, least).1
}

/// Adds the spots where a label is seen whole and lies on no text, each by what it costs.
pub(super) fn choose(
    label: Wanted,
    obstacles: &Obstacles<'_>,
    dislike: f64,
    has_role: bool,
    choices: &mut Vec<Choice>,
) {
    for Spot { rect, side } in spots(label, obstacles.band) {
        let is_off = obstacles.texts.iter().any(|text| rect.overlap(*text) > 0.0);
        if rect.is_in(obstacles.band) && !is_off {
            let cost = dislike + cost(Spot { rect, side }, label, obstacles);
            Choice { rect: Some(rect), leader: None, side, has_role, cost }.add_to(choices);
        }
    }
}

/// Text over text is worst of all.
fn weigh_overlap(a: Rect, b: Rect) -> f64 {
    let overlap = a.overlap(b);
    if overlap > 0.0 { 4000.0 + 4000.0 * overlap / a.area().max(1.0) } else { 0.0 }
}

/// The spots around a mark, the liked ones first.
fn spots(label: Wanted, band: Band) -> [Spot; SPOTS] {
    let Wanted { mark, width, height } = label;
    let clear = CLEAR * band.rem;
    let (right, left) = (mark.x + clear, mark.x - clear - width);
    // Above or below the mark: centred on it, beginning or ending with it, between these, or past it.
    let to = |part: f64| mark.x - width * part;
    let (from_mark, to_mark) = (mark.x - clear / 2.0, mark.x + clear / 2.0 - width);
    // A label above or below clears the one beside a mark next to it.
    let over = clear.max(height / 2.0 + 1.0);
    let (above, below) = (mark.y - over - height, mark.y + over);
    let middle_y = mark.y - height / 2.0;
    // The first line beside the mark, the second line above it or below.
    let (higher, lower) = (mark.y - height * 0.9, mark.y - height * 0.1);
    [
        (right, middle_y, Side::Right),
        (left, middle_y, Side::Left),
        (right, higher, Side::Right),
        (right, lower, Side::Right),
        (left, higher, Side::Left),
        (left, lower, Side::Left),
        (to(0.5), below, Side::Middle),
        (to(0.5), above, Side::Middle),
        (from_mark, below, Side::Right),
        (to_mark, below, Side::Left),
        (from_mark, above, Side::Right),
        (to_mark, above, Side::Left),
        (to(0.25), below, Side::Middle),
        (to(0.75), below, Side::Middle),
        (to(0.25), above, Side::Middle),
        (to(0.75), above, Side::Middle),
        (right, mark.y + clear / 2.0, Side::Right),
        (left, mark.y + clear / 2.0, Side::Left),
        (right, mark.y - clear / 2.0 - height, Side::Right),
        (left, mark.y - clear / 2.0 - height, Side::Left),
    ]
    .map(|(left, top, side)| Spot { rect: Rect { left, top, width, height }, side })
}

/// What a spot costs by itself.
fn cost(spot: Spot, label: Wanted, obstacles: &Obstacles<'_>) -> f64 {
    let grown = spot.rect.grown(MARK * obstacles.band.rem);
    let others = obstacles.marks.iter().filter(|mark| **mark != label.mark);
    let on_marks = others.clone().filter(|mark| grown.contains(**mark)).count();
    let gap = |mark: Point| spot.rect.nearest(mark).distance(mark);
    let own = gap(label.mark) * NEARER;
    let is_anothers = others.clone().any(|mark| gap(*mark) < own);
    let on_rings = obstacles.rings.iter().filter(|ring| grown.contains(**ring)).count();
    let struck = spot.rect.grown(LINE);
    let on_lines = obstacles.lines.iter().filter(|point| struck.contains(**point)).count();
    let on_texts: f64 = obstacles.texts.iter().map(|text| weigh_overlap(spot.rect, *text)).sum();
    let liking = match spot.side {
        Side::Middle => 6.0,
        _ if (spot.rect.top + spot.rect.height / 2.0 - label.mark.y).abs() > 1.0 => 3.0,
        _ => 0.0,
    };
    20.0 * spot.rect.beyond(obstacles.band)
        + STRUCK * on_marks as f64
        + 20.0 * on_rings as f64
        + if on_lines > 0 { STRUCK } else { 0.0 }
        + 8.0 * on_lines as f64
        + if is_anothers { ANOTHERS } else { 0.0 }
        + on_texts
        + liking
}

/// Whether a mark lies under what is written already.
pub(super) fn is_under(mark: Point, obstacles: &Obstacles<'_>) -> bool {
    let half = STATION * obstacles.band.rem;
    obstacles.texts.iter().any(|text| text.overlap(Rect::around(mark, half, half)) > 0.0)
}

/// Whether a label is seen whole and lies on no mark but, beside it, its own, and on no text.
pub(super) fn is_free(rect: Rect, own: Point, obstacles: &Obstacles<'_>) -> bool {
    let mark = MARK * obstacles.band.rem;
    let others = obstacles.marks.iter().filter(|other| **other != own);
    rect.is_in(obstacles.band)
        && !others.copied().any(|other| rect.grown(mark).contains(other))
        && obstacles.texts.iter().all(|text| rect.overlap(*text) == 0.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::scene::map::fitting::fit;

    fn band() -> Band {
        Band::new(800.0, 264.0, 16.0).unwrap()
    }

    fn wanted(x: f64, y: f64) -> Wanted {
        Wanted { mark: Point { x, y }, width: 120.0, height: 36.0 }
    }

    fn obstacles<'a>(marks: &'a [Point], lines: &'a [Point]) -> Obstacles<'a> {
        Obstacles { band: band(), marks, rings: &[], lines, texts: &[] }
    }

    #[test]
    fn alone_it_stands_at_the_right() {
        let spot = place(wanted(400.0, 130.0), &obstacles(&[], &[]));
        assert_eq!(spot.side, Side::Right);
        assert!(spot.rect.left > 400.0);
    }

    #[test]
    fn it_gives_way_to_the_edge_and_to_lines() {
        let spot = place(wanted(720.0, 130.0), &obstacles(&[], &[]));
        assert_eq!(spot.side, Side::Left, "the band ends at its right");
        let line: Vec<Point> =
            (0..40).map(|index| Point { x: 400.0 + 5.0 * f64::from(index), y: 130.0 }).collect();
        let spot = place(wanted(400.0, 130.0), &obstacles(&[], &line));
        assert!(!line.iter().any(|point| spot.rect.contains(*point)), "{spot:?}");
    }

    #[test]
    fn a_box_knows_which_lines_touch_it() {
        let rect = Rect { left: 10.0, top: 10.0, width: 20.0, height: 10.0 };
        let meets = |from: (f64, f64), to: (f64, f64)| {
            rect.meets(Point { x: from.0, y: from.1 }, Point { x: to.0, y: to.1 })
        };
        assert!(meets((0.0, 15.0), (40.0, 15.0)), "through");
        assert!(meets((12.0, 12.0), (13.0, 13.0)), "within");
        assert!(meets((5.0, 22.0), (22.0, 5.0)), "over a corner");
        assert!(!meets((0.0, 15.0), (9.0, 15.0)), "it ends before");
        assert!(!meets((0.0, 21.0), (40.0, 21.0)), "below");
        assert!(!meets((0.0, 18.0), (18.0, 0.0)), "past a corner");
    }

    proptest! {
        /// Wherever up to four marks lie, if only 24 px apart: all labels are in the band and none covers another.
        #[test]
        fn labels_never_collide(places in proptest::collection::vec((140.0..660.0, 60.0..210.0), 1..5)) {
            let marks: Vec<Point> = places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
            prop_assume!(marks.iter().enumerate().all(|(index, a)| marks[..index].iter().all(|b| a.distance(*b) >= 24.0)));
            let lists: Vec<Vec<Choice>> = marks.iter().map(|mark| {
                let mut choices = vec![Choice::nothing(1e6)];
                choose(wanted(mark.x, mark.y), &obstacles(&marks, &[]), 0.0, true, &mut choices);
                choices
            }).collect();
            let (found, _) = fit(&lists);
            for (index, choice) in found.iter().enumerate() {
                let Some(rect) = choice.rect else { panic!("{found:?}") };
                let Rect { left, top, width, height } = rect;
                prop_assert!(left >= 0.0 && top >= 0.0 && left + width <= 800.0 && top + height <= 264.0);
                for other in found[..index].iter().filter_map(|it| it.rect) {
                    prop_assert!(rect.overlap(other) == 0.0, "{rect:?} {other:?}");
                }
            }
        }
    }
}
