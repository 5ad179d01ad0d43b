//! Marks that would cover each other are drawn apart.

use super::camera::Band;
use super::projection::Point;

/// Moves marks away from each other until none is nearer to another than this: two along the line between them, more of
/// them into a row, in their order.
pub(super) fn drawn_apart(mut at: Vec<Point>, least: f64) -> Vec<Point> {
    for _ in 0..8 {
        let groups = groups(&at, least);
        if groups.iter().all(|group| group.len() == 1) {
            break;
        }
        for group in groups {
            spread(&mut at, &group, least);
        }
    }
    at
}

/// The marks that are too near to one another, by their places in the list.
fn groups(at: &[Point], least: f64) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, point) in at.iter().enumerate() {
        let touches = |group: &Vec<usize>| {
            group.iter().any(|other| at[*other].distance(*point) < least - 0.01)
        };
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        let is_joined =
            |index: &usize| joined.iter().any(|group: &Vec<usize>| group.contains(index));
        let mut group: Vec<usize> = (0..index).filter(is_joined).collect();
        group.push(index);
        groups = apart;
        groups.push(group);
    }
    groups
}

fn spread(at: &mut [Point], group: &[usize], least: f64) {
    let count = group.len() as f64;
    let sum = group.iter().fold(Point::default(), |sum, index| Point {
        x: sum.x + at[*index].x,
        y: sum.y + at[*index].y,
    });
    let middle = Point { x: sum.x / count, y: sum.y / count };
    let direction = match group {
        [first, second] if at[*first].distance(at[*second]) > 1.0 => {
            let (a, b, gap) = (at[*first], at[*second], at[*first].distance(at[*second]));
            Point { x: (b.x - a.x) / gap, y: (b.y - a.y) / gap }
        }
        _ => Point { x: 1.0, y: 0.0 },
    };
    for (place, index) in group.iter().enumerate() {
        let from_middle = (place as f64 - (count - 1.0) / 2.0) * least;
        at[*index] = Point {
            x: middle.x + from_middle * direction.x,
            y: middle.y + from_middle * direction.y,
        };
    }
}

/// Pushes marks away from each other, each pair along the line between them, until none is nearer to another than this, and
/// none nearer to the edge of the band than `edge`: many marks keep their places to each other as far as they can.
pub(super) fn pushed_apart(mut at: Vec<Point>, least: f64, edge: f64, band: Band) -> Vec<Point> {
    for _ in 0..ROUNDS {
        let mut is_settled = true;
        for second in 1..at.len() {
            for first in 0..second {
                let (a, b) = (at[first], at[second]);
                let gap = a.distance(b);
                if gap >= least - 0.01 {
                    continue;
                }
                is_settled = false;
                // Where one lies on the other they go to the left and to the right, in their order.
                let (x, y) =
                    if gap > 0.5 { ((b.x - a.x) / gap, (b.y - a.y) / gap) } else { (1.0, 0.0) };
                let push = (least - gap) / 2.0;
                at[first] = Point { x: a.x - push * x, y: a.y - push * y };
                at[second] = Point { x: b.x + push * x, y: b.y + push * y };
            }
        }
        for point in &mut at {
            point.x = point.x.min(band.width - edge).max(edge);
            point.y = point.y.min(band.height - edge).max(edge);
        }
        if is_settled {
            break;
        }
    }
    at
}

/// How often marks are pushed at most: where there are too many for the band, some stay too near.
const ROUNDS: usize = 200;
