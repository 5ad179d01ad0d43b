//! The small marks of the world behind a trip: dots for edge locations, diamonds for Regions.

use super::camera::{Band, Camera};
use super::edge_locations;
use super::labels::Rect;
use super::projection::{Point, project};
use crate::network::{PriceClass, Region};
use crate::scene::units;

/// The marks that are seen, as SVG paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldMarks {
    /// A point for each edge location, in units of the sheet.
    pub dots: String,
    /// A diamond for each Region, in pixels of the band.
    pub regions: String,
}

/// Half the width of a Region's diamond, in rem.
const REGION: f64 = 0.23;

/// The marks in a band, of the edge locations that a price class includes, but for those that lie under a text: it would read them as a part of itself. What the pointer finds
/// does not depend on it.
pub fn world_marks(camera: Camera, band: Band, covered: &[Rect], class: PriceClass) -> WorldMarks {
    let room = REGION * band.rem;
    let is_seen = |at: Point| {
        let mark = Rect::around(at, room, room);
        mark.is_near(band) && covered.iter().all(|text| text.overlap(mark) == 0.0)
    };
    let size = units::decimal(room);
    let dot = |(_, at): (_, Point)| {
        let point = || format!("M{} {}h0", units::decimal(at.x), units::decimal(at.y));
        is_seen(camera.see(at)).then(point)
    };
    let diamond = |region: Region| {
        let at = camera.see(project(region.position()));
        let (x, y) = (units::decimal(at.x - room), units::decimal(at.y));
        is_seen(at).then(|| format!("M{x} {y}l{size} -{size}l{size} {size}l-{size} {size}z"))
    };
    WorldMarks {
        dots: edge_locations(class).filter_map(dot).collect(),
        regions: Region::all().filter_map(diamond).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_mark_under_a_text_is_left_out_and_the_one_beside_it_stays() {
        let band = Band::new(1600.0, 800.0, 16.0).unwrap();
        let camera = Camera::framing(&[], band);
        let all = world_marks(camera, band, &[], PriceClass::All);
        let count = |marks: &WorldMarks| {
            (marks.dots.matches('M').count(), marks.regions.matches('M').count())
        };
        let some = world_marks(camera, band, &[], PriceClass::Class100);
        assert_eq!(count(&some).0, edge_locations(PriceClass::Class100).count(), "DS-02");
        assert_eq!(count(&all), (edge_locations(PriceClass::All).count(), Region::all().count()));
        let ohio = camera.see(project(Region::find("us-east-2").unwrap().position()));
        let over = Rect { left: ohio.x - 40.0, top: ohio.y - 2.0, width: 38.0, height: 4.0 };
        let (dots, regions) = count(&world_marks(camera, band, &[over], PriceClass::All));
        assert_eq!(regions, count(&all).1 - 1, "its edge alone lies under the text");
        assert!(dots < count(&all).0, "Columbus has an edge location, too");
        let beside = Rect { left: ohio.x + 4.0, width: 1.0, ..over };
        assert_eq!(count(&world_marks(camera, band, &[beside], PriceClass::All)).1, count(&all).1);
    }

    #[test]
    fn what_is_out_of_the_band_is_not_drawn() {
        let band = Band::new(400.0, 200.0, 16.0).unwrap();
        let frankfurt = project(Region::find("eu-central-1").unwrap().position());
        let camera = Camera::framing(&[super::super::Framed::bare(frankfurt, 20.0)], band);
        let marks = world_marks(camera, band, &[], PriceClass::All);
        let regions = marks.regions.matches('M').count();
        assert!((2..12).contains(&regions), "{regions} Regions lie around Frankfurt");
    }
}
