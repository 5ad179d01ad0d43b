//! What part of the sheet is seen: the camera frames a trip, not the world.

use super::projection::{Point, SHEET_HEIGHT, SHEET_WIDTH};

/// The band in which the map is drawn, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The unit of its text: a label's first line is 15/16 of it high. The root's font size, or more on a projector.
    pub rem: f64,
}

/// A band lower than this, or narrower, in rem, shows no sentence and no key.
const LOW: f64 = 9.5;
const NARROW: f64 = 37.5;

impl Band {
    /// A band that is measured; none where it has no room.
    pub fn new(width: f64, height: f64, rem: f64) -> Option<Self> {
        let has_room = width >= 1.0 && height >= 1.0 && rem >= 1.0;
        has_room.then_some(Self { width, height, rem })
    }

    /// Whether it has room for a sentence beside the word "Map", and for a key.
    pub fn has_words(self) -> bool {
        self.height >= LOW * self.rem && self.width > NARROW * self.rem
    }
}

/// How the sheet lies in the band: enlarged, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Pixels a unit of the sheet.
    pub scale: f64,
    /// Where the sheet's left edge lies.
    pub left: f64,
    /// Where its upper edge lies.
    pub top: f64,
}

/// The room that a point of the sheet needs around it, in pixels: for its label, or for a line alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Framed {
    /// The point.
    pub at: Point,
    /// At its left.
    pub left: f64,
    /// At its right.
    pub right: f64,
    /// Above it.
    pub above: f64,
    /// Below it.
    pub below: f64,
}

impl Framed {
    /// A point with as much room on all sides.
    pub fn bare(at: Point, room: f64) -> Self {
        Self { at, left: room, right: room, above: room, below: room }
    }
}

/// The closest look: the whole sheet would be so many rem wide. Coasts are coarse beyond it.
const CLOSEST: f64 = 320.0;

/// The farthest: a band that is too small for all that should be seen shows what is in the middle.
const FARTHEST: f64 = 10.0;

impl Camera {
    /// The closest look at some points that leaves each its room. Nothing framed is the whole sheet.
    pub fn framing(points: &[Framed], band: Band) -> Self {
        let corners = [Point::default(), Point { x: SHEET_WIDTH, y: SHEET_HEIGHT }];
        let whole = corners.map(|at| Framed::bare(at, 0.0));
        let points = if points.is_empty() { &whole } else { points };
        let unit = band.rem / SHEET_WIDTH;
        let (mut fits, mut too_close) = (FARTHEST * unit, CLOSEST * unit);
        // What is seen grows with the scale, so halving finds the largest that fits, to a thousandth of a unit.
        if Bounds::of(points, too_close).fit(band) {
            fits = too_close;
        } else {
            for _ in 0..24 {
                let middle = f64::midpoint(fits, too_close);
                if Bounds::of(points, middle).fit(band) {
                    fits = middle;
                } else {
                    too_close = middle;
                }
            }
        }
        let bounds = Bounds::of(points, fits);
        Self {
            scale: fits,
            left: (band.width - bounds.least.x - bounds.most.x) / 2.0,
            top: (band.height - bounds.least.y - bounds.most.y) / 2.0,
        }
    }

    /// Where in the band a point of the sheet is seen.
    pub fn see(self, point: Point) -> Point {
        Point { x: self.left + self.scale * point.x, y: self.top + self.scale * point.y }
    }

    /// Which point of the sheet is seen there.
    pub fn point_under(self, seen: Point) -> Point {
        Point { x: (seen.x - self.left) / self.scale, y: (seen.y - self.top) / self.scale }
    }
}

/// What the points and their rooms cover at a scale.
struct Bounds {
    least: Point,
    most: Point,
}

impl Bounds {
    fn of(points: &[Framed], scale: f64) -> Self {
        let mut bounds = Self {
            least: Point { x: f64::MAX, y: f64::MAX },
            most: Point { x: f64::MIN, y: f64::MIN },
        };
        for Framed { at, left, right, above, below } in points {
            let (x, y) = (scale * at.x, scale * at.y);
            bounds.least.x = bounds.least.x.min(x - left);
            bounds.least.y = bounds.least.y.min(y - above);
            bounds.most.x = bounds.most.x.max(x + right);
            bounds.most.y = bounds.most.y.max(y + below);
        }
        bounds
    }

    fn fit(&self, band: Band) -> bool {
        self.most.x - self.least.x <= band.width && self.most.y - self.least.y <= band.height
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn band(width: f64, height: f64) -> Band {
        Band::new(width, height, 16.0).unwrap()
    }

    fn framed(x: f64, y: f64) -> Framed {
        Framed { at: Point { x, y }, left: 60.0, right: 80.0, above: 35.0, below: 25.0 }
    }

    #[test]
    fn everything_framed_is_seen_with_its_room_and_as_close_as_can_be() {
        let points = [framed(278.0, 131.0), framed(577.0, 220.0), framed(490.0, 95.0)];
        for (width, height) in
            [(785.0, 264.0), (1200.0, 420.0), (820.0, 264.0), (390.0, 216.0), (2400.0, 900.0)]
        {
            let camera = Camera::framing(&points, band(width, height));
            for Framed { at, left, right, above, below } in points {
                let seen = camera.see(at);
                assert!(
                    seen.x >= left - 0.01 && seen.x <= width - right + 0.01,
                    "{seen:?} of {width}"
                );
                assert!(
                    seen.y >= above - 0.01 && seen.y <= height - below + 0.01,
                    "{seen:?} of {height}"
                );
                assert!(camera.point_under(seen).distance(at) < 1e-9);
            }
            let is_closest = camera.scale >= CLOSEST * 16.0 / SHEET_WIDTH;
            assert!(
                is_closest || !Bounds::of(&points, camera.scale * 1.01).fit(band(width, height))
            );
        }
    }

    #[test]
    fn one_place_is_seen_from_a_distance() {
        let camera = Camera::framing(&[framed(500.0, 200.0)], band(800.0, 264.0));
        assert!((camera.scale - 5.12).abs() < 1e-9);
        let seen = camera.see(Point { x: 500.0, y: 200.0 });
        assert!(seen.distance(Point { x: 390.0, y: 137.0 }) < 1e-9);
    }

    #[test]
    fn nothing_framed_is_the_whole_sheet() {
        let camera = Camera::framing(&[], band(1000.0, 600.0));
        assert!((camera.scale - 1.0).abs() < 1e-3, "{camera:?}");
        assert!((camera.top - 56.6).abs() < 0.5, "{camera:?}");
    }

    #[test]
    fn a_band_without_room_is_none() {
        assert_eq!(Band::new(0.0, 200.0, 16.0), None);
        assert_eq!(Band::new(f64::NAN, 200.0, 16.0), None);
    }
}
