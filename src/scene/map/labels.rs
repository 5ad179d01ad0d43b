//! Where the labels go: to the side of their mark that lines, marks and other labels leave free.

use super::camera::Band;
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
    /// The points of all lines, dense enough that a label hides a piece of a line only with some of them.
    pub(super) lines: &'a [Point],
    /// Text that stands already.
    pub(super) texts: &'a [Rect],
}

/// How far a label stays from the middle of its mark, and marks from labels, in rem.
const CLEAR: f64 = 0.85;

/// Half the width of the mark of the station that is in view, the largest, with a little room, in rem.
const MARK: f64 = 0.8;

const SPOTS: usize = 12;

/// One spot for each label, and what they cost together. All combinations are weighed, cutting off what is dearer already.
pub(super) fn place(labels: &[Wanted], obstacles: &Obstacles<'_>) -> (Vec<Spot>, f64) {
    let choices: Vec<[(Spot, f64); SPOTS]> = labels
        .iter()
        .map(|label| {
            spots(*label, obstacles.band).map(|spot| (spot, cost(spot, *label, obstacles)))
        })
        .collect();
    let mut best = Search {
        choices: &choices,
        least: f64::MAX,
        found: vec![0; labels.len()],
        tried: Vec::new(),
    };
    best.go_on(0.0);
    let (found, least) = (best.found, best.least);
    (found.iter().zip(&choices).map(|(index, choices)| choices[*index].0).collect(), least)
}

struct Search<'a> {
    choices: &'a [[(Spot, f64); SPOTS]],
    least: f64,
    found: Vec<usize>,
    tried: Vec<usize>,
}

impl Search<'_> {
    fn go_on(&mut self, so_far: f64) {
        if so_far >= self.least {
            return;
        }
        let Some(choices) = self.choices.get(self.tried.len()) else {
            self.least = so_far;
            self.found.clone_from(&self.tried);
            return;
        };
        for (index, (spot, cost)) in choices.iter().enumerate() {
            let others =
                self.tried.iter().zip(self.choices).map(|(tried, choices)| choices[*tried].0.rect);
            let collisions: f64 = others.map(|other| weigh_overlap(spot.rect, other)).sum();
            self.tried.push(index);
            self.go_on(so_far + cost + collisions);
            self.tried.pop();
        }
    }
}

/// Text over text is worst of all.
fn weigh_overlap(a: Rect, b: Rect) -> f64 {
    let overlap = a.overlap(b);
    if overlap > 0.0 { 4000.0 + 4000.0 * overlap / a.area().max(1.0) } else { 0.0 }
}

/// The twelve spots around a mark, the liked ones first.
fn spots(label: Wanted, band: Band) -> [Spot; SPOTS] {
    let clear = CLEAR * band.rem;
    let (right, left) = (label.mark.x + clear, label.mark.x - clear - label.width);
    let middle_x = label.mark.x - label.width / 2.0;
    // Above or below the mark, beginning or ending with it.
    let (from_mark, to_mark) =
        (label.mark.x - clear / 2.0, label.mark.x + clear / 2.0 - label.width);
    // A label above or below clears the one beside a mark next to it.
    let over = clear.max(label.height / 2.0 + 1.0);
    let (above, below) = (label.mark.y - over - label.height, label.mark.y + over);
    let middle_y = label.mark.y - label.height / 2.0;
    // The first line beside the mark, the second line above it or below.
    let (higher, lower) = (label.mark.y - label.height * 0.9, label.mark.y - label.height * 0.1);
    let spot = |left: f64, top: f64, side: Side| Spot {
        rect: Rect { left, top, width: label.width, height: label.height },
        side,
    };
    [
        spot(right, middle_y, Side::Right),
        spot(left, middle_y, Side::Left),
        spot(right, higher, Side::Right),
        spot(right, lower, Side::Right),
        spot(left, higher, Side::Left),
        spot(left, lower, Side::Left),
        spot(middle_x, below, Side::Middle),
        spot(middle_x, above, Side::Middle),
        spot(from_mark, below, Side::Right),
        spot(to_mark, below, Side::Left),
        spot(from_mark, above, Side::Right),
        spot(to_mark, above, Side::Left),
    ]
}

/// What a spot costs by itself.
fn cost(spot: Spot, label: Wanted, obstacles: &Obstacles<'_>) -> f64 {
    let grown = spot.rect.grown(MARK * obstacles.band.rem);
    let others = obstacles.marks.iter().filter(|mark| **mark != label.mark);
    let on_marks = others.filter(|mark| grown.contains(**mark)).count();
    let on_rings = obstacles.rings.iter().filter(|ring| grown.contains(**ring)).count();
    let on_lines = obstacles.lines.iter().filter(|point| spot.rect.contains(**point)).count();
    let on_texts: f64 = obstacles.texts.iter().map(|text| weigh_overlap(spot.rect, *text)).sum();
    let liking = match spot.side {
        Side::Middle => 6.0,
        _ if (spot.rect.top + spot.rect.height / 2.0 - label.mark.y).abs() > 1.0 => 3.0,
        _ => 0.0,
    };
    20.0 * spot.rect.beyond(obstacles.band)
        + 300.0 * on_marks as f64
        + 60.0 * on_rings as f64
        + 12.0 * on_lines as f64
        + on_texts
        + liking
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
        let spot = place(&[wanted(400.0, 130.0)], &obstacles(&[], &[])).0[0];
        assert_eq!(spot.side, Side::Right);
        assert!(spot.rect.left > 400.0);
    }

    #[test]
    fn it_gives_way_to_the_edge_and_to_lines() {
        let spot = place(&[wanted(720.0, 130.0)], &obstacles(&[], &[])).0[0];
        assert_eq!(spot.side, Side::Left, "the band ends at its right");
        let line: Vec<Point> =
            (0..40).map(|index| Point { x: 400.0 + 5.0 * f64::from(index), y: 130.0 }).collect();
        let spot = place(&[wanted(400.0, 130.0)], &obstacles(&[], &line)).0[0];
        assert!(!line.iter().any(|point| spot.rect.contains(*point)), "{spot:?}");
    }

    proptest! {
        /// Wherever up to four marks lie, if only 24 px apart: all labels are in the band and none covers another.
        #[test]
        fn labels_never_collide(places in proptest::collection::vec((140.0..660.0, 60.0..210.0), 1..5)) {
            let marks: Vec<Point> = places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
            prop_assume!(marks.iter().enumerate().all(|(index, a)| marks[..index].iter().all(|b| a.distance(*b) >= 24.0)));
            let labels: Vec<Wanted> = marks.iter().map(|mark| wanted(mark.x, mark.y)).collect();
            let (spots, _) = place(&labels, &obstacles(&marks, &[]));
            for (index, spot) in spots.iter().enumerate() {
                let Rect { left, top, width, height } = spot.rect;
                prop_assert!(left >= 0.0 && top >= 0.0 && left + width <= 800.0 && top + height <= 264.0);
                for other in &spots[..index] {
                    prop_assert!(spot.rect.overlap(other.rect) == 0.0, "{spot:?} {other:?}");
                }
            }
        }
    }
}
