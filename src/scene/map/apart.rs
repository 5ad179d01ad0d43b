//! Marks that would cover each other are drawn apart.

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
