//! What is written in the band together: of several ways to write each text, those that go with one another and cost least.

use super::labels::{Rect, Side};
use super::projection::Point;

/// A way to write a text, or to leave it away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    /// What the text covers; nothing where it is left away.
    pub(super) rect: Option<Rect>,
    /// The line that ties it to what it is about, where it stands off.
    pub(super) leader: Option<[Point; 2]>,
    /// How its lines are aligned.
    pub(super) side: Side,
    /// Whether it has its second line.
    pub(super) has_role: bool,
    /// What it costs by itself.
    pub(super) cost: f64,
}

impl Choice {
    /// The text is left away.
    pub(super) const fn nothing(cost: f64) -> Self {
        Self { rect: None, leader: None, side: Side::Middle, has_role: false, cost }
    }

    /// Puts it before all that cost more.
    pub(super) fn add_to(self, choices: &mut Vec<Self>) {
        let dearer = choices.iter().position(|other| other.cost > self.cost);
        choices.insert(dearer.unwrap_or(choices.len()), self);
    }

    /// Whether no box lies on the other, and no leader runs through the other's box or over its leader.
    fn goes_with(&self, other: &Self) -> bool {
        let is_under = |rect: Option<Rect>, leader: Option<[Point; 2]>| {
            rect.zip(leader).is_some_and(|(rect, [from, to])| rect.grown(NEAR).meets(from, to))
        };
        let is_over = self.rect.zip(other.rect).is_some_and(|(a, b)| a.overlap(b) > 0.0);
        let crosses = self.leader.zip(other.leader).is_some_and(|(a, b)| cross(a, b));
        !(is_over
            || crosses
            || is_under(self.rect, other.leader)
            || is_under(other.rect, self.leader))
    }
}

/// So near, in pixels, a leader touches a text.
const NEAR: f64 = 2.0;

/// Whether two straight lines have a point in common.
fn cross([a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let side = |from: Point, to: Point, of: Point| {
        (to.x - from.x) * (of.y - from.y) - (to.y - from.y) * (of.x - from.x)
    };
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) <= 0.0
}

/// One choice of each list, and what they cost together. Each list has the cheapest first and ends with one that goes with
/// all, so there is an answer; it is the least dear unless that takes too long.
pub(super) fn fit(lists: &[Vec<Choice>]) -> (Vec<Choice>, f64) {
    let mut search = Search { least: f64::MAX, found: Vec::new(), tries: TRIES };
    search.go_on(lists.iter().map(|list| list.iter().collect()).collect());
    (search.found, search.least)
}

/// How often a search looks at most at what it has: a frame has eight milliseconds.
const TRIES: usize = 200;

struct Search {
    least: f64,
    found: Vec<Choice>,
    tries: usize,
}

impl Search {
    /// The cheapest of each list are the answer where they go together. Else, of those that do not, the one that can be
    /// replaced least cheaply stays, and all that does not go with it leaves; then it leaves.
    fn go_on(&mut self, mut lists: Vec<Vec<&Choice>>) {
        while self.tries > 0 {
            self.tries -= 1;
            let firsts: Vec<&Choice> =
                lists.iter().filter_map(|list| list.first().copied()).collect();
            let cost = firsts.iter().map(|choice| choice.cost).sum();
            if firsts.len() < lists.len() || cost >= self.least {
                return;
            }
            let mut dearest: Option<(usize, f64)> = None;
            for (index, first) in firsts.iter().enumerate() {
                let others = firsts.iter().enumerate().filter(|(other, _)| *other != index);
                if others.into_iter().all(|(_, other)| first.goes_with(other)) {
                    continue;
                }
                let next = lists[index].get(1).map_or(f64::MAX, |next| next.cost - first.cost);
                if dearest.is_none_or(|(_, most)| next > most) {
                    dearest = Some((index, next));
                }
            }
            let Some((kept, _)) = dearest else {
                self.least = cost;
                self.found = firsts.into_iter().copied().collect();
                return;
            };
            let first = firsts[kept];
            let beside = lists.iter().enumerate().map(|(index, list)| {
                let stays = |choice: &&&Choice| index != kept && first.goes_with(choice);
                let only = (index == kept).then_some(first);
                list.iter().filter(stays).copied().chain(only).collect()
            });
            self.go_on(beside.collect());
            lists[kept].remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn at(left: f64, cost: f64) -> Choice {
        let rect = Rect { left, top: 0.0, width: 10.0, height: 10.0 };
        Choice { rect: Some(rect), ..Choice::nothing(cost) }
    }

    fn tied(from: (f64, f64), to: (f64, f64)) -> Choice {
        let point = |(x, y)| Point { x, y };
        Choice { leader: Some([point(from), point(to)]), ..Choice::nothing(0.0) }
    }

    #[test]
    fn what_lies_on_another_or_runs_through_it_does_not_go_with_it() {
        let text = at(0.0, 0.0);
        assert!(!text.goes_with(&at(9.0, 0.0)));
        assert!(text.goes_with(&at(10.0, 0.0)), "side by side");
        let through = tied((-20.0, 5.0), (30.0, 5.0));
        assert!(!text.goes_with(&through) && !through.goes_with(&text));
        assert!(text.goes_with(&tied((-20.0, 5.0), (-3.0, 5.0))), "it ends before it");
        assert!(text.goes_with(&tied((-20.0, 13.0), (30.0, 13.0))), "it runs below it");
        assert!(!through.goes_with(&tied((20.0, 0.0), (20.0, 9.0))), "they cross");
        assert!(through.goes_with(&tied((20.0, 6.0), (20.0, 9.0))));
        assert!(text.goes_with(&Choice::nothing(0.0)));
    }

    proptest! {
        /// Of up to four texts with up to four places each in a row, the answer costs what all combinations tried cost least.
        #[test]
        fn the_answer_is_the_cheapest_of_all(places in proptest::collection::vec(proptest::collection::vec((0_u8..30, 0_u8..40), 0..4), 1..5)) {
            let lists: Vec<Vec<Choice>> = places.iter().map(|list| {
                let mut choices = vec![Choice::nothing(50.0)];
                for (left, cost) in list {
                    at(f64::from(*left), f64::from(*cost)).add_to(&mut choices);
                }
                choices
            }).collect();
            let mut all: Vec<(Vec<Choice>, f64)> = vec![(Vec::new(), 0.0)];
            for list in &lists {
                all = all.iter().flat_map(|(taken, cost): &(Vec<Choice>, f64)| {
                    list.iter().filter(|choice| taken.iter().all(|other| choice.goes_with(other))).map(move |choice| {
                        let mut taken = taken.clone();
                        taken.push(*choice);
                        (taken, cost + choice.cost)
                    })
                }).collect();
            }
            let least = all.iter().map(|(_, cost)| *cost).fold(f64::MAX, f64::min);
            let (found, cost) = fit(&lists);
            prop_assert!((cost - least).abs() < 1e-9, "{cost} is not {least}");
            prop_assert_eq!(found.len(), lists.len());
        }
    }
}
