//! A line of the sheet as the camera sees it.

use super::camera::Camera;
use super::great_circle::Line;
use super::projection::Point;
use crate::scene::units;

/// A line of the sheet as the camera sees it, from mark to mark: marks that were drawn apart bend it a little.
pub(super) fn seen_between(line: &Line, camera: Camera, from: Point, to: Point) -> Line {
    let mut seen: Line =
        line.iter().map(|part| part.iter().map(|point| camera.see(*point)).collect()).collect();
    let ends = (
        seen.first().and_then(|part| part.first()).copied(),
        seen.last().and_then(|part| part.last()).copied(),
    );
    let (Some(start), Some(end)) = ends else { return seen };
    let count = seen.iter().map(Vec::len).sum::<usize>().max(2) - 1;
    let (shift_start, shift_end) = (
        Point { x: from.x - start.x, y: from.y - start.y },
        Point { x: to.x - end.x, y: to.y - end.y },
    );
    for (index, point) in seen.iter_mut().flatten().enumerate() {
        let part = index as f64 / count as f64;
        point.x += shift_start.x * (1.0 - part) + shift_end.x * part;
        point.y += shift_start.y * (1.0 - part) + shift_end.y * part;
    }
    seen
}

/// Points on a line at most four pixels apart.
pub(super) fn dense(line: &Line) -> Vec<Point> {
    let mut points = Vec::new();
    for pair in line.iter().flat_map(|part| part.windows(2)) {
        let pieces = (pair[0].distance(pair[1]) / 4.0) as usize + 1;
        points.extend(
            (0..pieces).map(|index| between(pair[0], pair[1], index as f64 / pieces as f64)),
        );
    }
    points
}

fn between(a: Point, b: Point, part: f64) -> Point {
    Point { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}

/// A line as an SVG path.
pub(super) fn path(line: &Line) -> String {
    let mut path = String::new();
    for part in line {
        for (index, point) in part.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            path.push_str(&units::decimal(point.x));
            path.push(' ');
            path.push_str(&units::decimal(point.y));
        }
    }
    path
}
