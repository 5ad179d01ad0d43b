//! Where the round trip of a way stands: on its line, or beside one that is too short for it.

use super::camera::Band;
use super::fitting::Choice;
use super::labels::Rect;
use super::projection::Point;
use crate::scene::units;

/// Where a round trip stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its middle.
    pub at: Point,
    /// From its line to it, where it stands off: an SVG path in pixels of the band.
    pub leader: Option<String>,
}

/// The size of "153 ms", in rem.
const WIDTH: f64 = 3.5;
const HEIGHT: f64 = 1.3;

/// A way that is seen shorter than this, in rem, has no room for its round trip on its line.
const ON_LINE: f64 = 4.5;

/// How far a note stays from marks, in rem.
const CLEAR: f64 = 0.7;

/// What a note has to keep clear of.
pub(super) struct Around<'a> {
    pub(super) band: Band,
    /// The marks of the stations.
    pub(super) marks: &'a [Point],
    /// The points of the other lines.
    pub(super) lines: &'a [Point],
    /// What is written at the edges.
    pub(super) texts: &'a [Rect],
}

/// The box of a note.
pub(super) fn rect(middle: Point, band: Band) -> Rect {
    Rect::around(middle, WIDTH / 2.0 * band.rem, HEIGHT / 2.0 * band.rem)
}

/// What it costs to leave a note away: the path has its figure, too.
const NO_NOTE: f64 = 100.0;

/// Where a note may stand, those first that are nearest to the middle of what is seen of a line and cover least. `line`
/// holds its points, a few pixels apart.
pub(super) fn choices(line: &[Point], around: &Around<'_>) -> Vec<Choice> {
    let band = around.band;
    let mut choices = vec![Choice::nothing(NO_NOTE)];
    let seen: Vec<Point> =
        line.iter().copied().filter(|point| Rect::around(*point, 0.0, 0.0).is_in(band)).collect();
    let Some(last) = seen.len().checked_sub(1) else { return choices };
    let length: f64 = seen.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let has_room = length >= ON_LINE * band.rem;
    for part in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
        let on_line = seen[(last as f64 * part) as usize];
        for (x, y, dislike) in offsets(has_room) {
            let at = Point { x: on_line.x + x * band.rem, y: on_line.y + y * band.rem };
            let note = rect(at, band);
            if !is_free(note, around) {
                continue;
            }
            let end = note.nearest(on_line);
            // On its own line a note covers a piece of it. Beside it, on another or beyond another it would seem to be that
            // one's.
            let covers = |points: &[Point]| points.iter().filter(|it| note.contains(**it)).count();
            let is_on_line = x == 0.0 && y == 0.0;
            let covered = covers(around.lines) + if is_on_line { 0 } else { covers(&seen) };
            let is_beyond = count_crossed(on_line, end, around.lines, NEAR_LINE) > 0;
            let past = count_crossed(on_line, end, around.marks, CLEAR * band.rem);
            let cost = dislike
                + 4.0 * covered as f64
                + if is_beyond { 30.0 } else { 0.0 }
                + 60.0 * past as f64
                + (part - 0.5_f64).abs() * 10.0;
            let leader = stands_off(on_line, end, band).then_some([on_line, end]);
            Choice { rect: Some(note), leader, ..Choice::nothing(cost) }.add_to(&mut choices);
        }
    }
    choices
}

/// Where a note may stand, counted from a point of its line in rem, and how little that is liked.
fn offsets(has_room: bool) -> impl Iterator<Item = (f64, f64, f64)> {
    const BESIDE: f64 = WIDTH / 2.0 + 0.35;
    const OVER: f64 = HEIGHT / 2.0 + 0.35;
    let on_line = has_room.then_some((0.0, 0.0, 0.0));
    let near = [
        (1.0, 0.0),
        (-1.0, 0.0),
        (0.0, -1.0),
        (0.0, 1.0),
        (0.8, -1.0),
        (-0.8, -1.0),
        (0.8, 1.0),
        (-0.8, 1.0),
    ];
    let at = move |away: f64, dislike: f64| {
        near.map(move |(x, y): (f64, f64)| {
            let (side, over) = if x == 0.0 { (0.0, OVER) } else { (BESIDE, OVER) };
            // Farther off by so much, in the same direction.
            (x * (side + away), y * (over + away), dislike)
        })
    };
    let off = [at(0.9, 18.0), at(1.9, 27.0), at(3.2, 36.0)];
    on_line.into_iter().chain(at(0.0, 9.0)).chain(off.into_iter().flatten())
}

fn is_free(note: Rect, around: &Around<'_>) -> bool {
    let marks = note.grown(CLEAR * around.band.rem);
    note.grown(1.0).is_in(around.band)
        && !around.marks.iter().any(|mark| marks.contains(*mark))
        && around.texts.iter().all(|text| text.overlap(note) == 0.0)
}

/// So near, in pixels, a leader meets a line, whose points lie a few pixels apart.
const NEAR_LINE: f64 = 4.0;

/// How many of these points a straight line goes by so near, behind its beginning.
fn count_crossed(from: Point, to: Point, points: &[Point], near: f64) -> usize {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let square = dx * dx + dy * dy;
    let meets = |point: &&Point| {
        let part = ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
        let foot = Point { x: from.x + part * dx, y: from.y + part * dy };
        (0.05..=1.0).contains(&part) && foot.distance(**point) < near
    };
    if square > 0.0 { points.iter().filter(meets).count() } else { 0 }
}

/// Whether a note stands so far off that it needs a leader.
fn stands_off(from: Point, end: Point, band: Band) -> bool {
    from.distance(end) > 0.6 * band.rem
}

/// The note of a choice, if that is not to leave it away.
pub(super) fn note(choice: Choice) -> Option<Note> {
    let Rect { left, top, width, height } = choice.rect?;
    let leader = choice.leader.map(|ends| {
        let [x, y, to_x, to_y] = [ends[0].x, ends[0].y, ends[1].x, ends[1].y].map(units::decimal);
        format!("M{x} {y}L{to_x} {to_y}")
    });
    Some(Note { at: Point { x: left + width / 2.0, y: top + height / 2.0 }, leader })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scene::map::fitting::fit;

    #[test]
    fn a_leader_does_not_run_past_the_next_station() {
        let band = Band::new(800.0, 260.0, 16.0).unwrap();
        // A short way from left to right, which goes on to a third station.
        let line: Vec<Point> =
            (0..10).map(|step| Point { x: 400.0 + f64::from(step) * 3.0, y: 130.0 }).collect();
        let marks = [line[0], line[9], Point { x: 455.0, y: 130.0 }];
        let past = |[from, to]: [Point; 2]| count_crossed(from, to, &marks, CLEAR * band.rem);
        let right = [line[5], Point { x: 480.0, y: 130.0 }];
        assert_eq!(past(right), 2, "right of them it would");
        let first = choices(&line, &Around { band, marks: &marks, lines: &[], texts: &[] })[0];
        assert_eq!(first.leader.map_or(0, past), 0, "{first:?}");
    }

    #[test]
    fn a_leader_goes_round_the_names_at_its_way() {
        let band = Band::new(800.0, 260.0, 16.0).unwrap();
        // A short way between two marks, and a name on each of its long sides.
        let line: Vec<Point> =
            (0..12).map(|step| Point { x: 400.0, y: 120.0 + f64::from(step) * 3.0 }).collect();
        let marks = [line[0], line[11]];
        let name = |left: f64| Rect { left, top: 105.0, width: 30.0, height: 60.0 };
        let names = [name(365.0), name(405.0)];
        let written = names.map(|rect| vec![Choice { rect: Some(rect), ..Choice::nothing(0.0) }]);
        let notes = choices(&line, &Around { band, marks: &marks, lines: &[], texts: &[] });
        let (found, _) = fit(&[&written[..], &[notes]].concat());
        let [from, to] = found[2].leader.unwrap();
        assert!(names.iter().all(|name| !name.meets(from, to)), "{found:?}");
    }
}
