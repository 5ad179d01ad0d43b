//! Jumps of the virtual clock: to the next expiry, or by a minute, an hour or a day.

use std::time::Duration;

use super::Scene;
use crate::simulation::Run;
use crate::time::SimTime;

/// How far the clock jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the instant at which the next stored response becomes stale.
    NextExpiry,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Jump {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::NextExpiry, Self::Minute, Self::Hour, Self::Day];

    /// As its button shows it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NextExpiry => "Next expiry",
            Self::Minute => "+1 min",
            Self::Hour => "+1 h",
            Self::Day => "+1 day",
        }
    }

    /// For the ear and the tooltip: it begins with what is done and holds the label (WCAG 2.5.3).
    pub const fn name(self) -> &'static str {
        match self {
            Self::NextExpiry => "Jump to the next expiry",
            Self::Minute => "Jump +1 min",
            Self::Hour => "Jump +1 h",
            Self::Day => "Jump +1 day",
        }
    }

    /// How much time passes if it is taken at a playhead; `None` where nothing is stored that could expire, or only within
    /// the second in which nobody can wait.
    pub fn span(self, run: &Run, playhead: usize) -> Option<Duration> {
        Some(match self {
            Self::Minute => Duration::from_mins(1),
            Self::Hour => Duration::from_hours(1),
            Self::Day => Duration::from_hours(24),
            Self::NextExpiry => {
                let (events, now) = run.acting_at(playhead);
                let then = Scene::at(&run.walk().scenario, run.journal(), events);
                let exact = then.next_expiry(now + Duration::from_secs(1))?.since(now);
                // A wait is of whole seconds; it ends within the second after the instant.
                Duration::from_secs(exact.as_secs() + u64::from(exact.subsec_nanos() > 0))
            }
        })
    }
}

impl Scene {
    /// When the first response on any shelf becomes stale, of those that are fresh until an instant; `None` if none is.
    pub fn next_expiry(&self, from: SimTime) -> Option<SimTime> {
        let cells = self.shelves.values().flat_map(|shelf| &shelf.cells);
        cells.map(|cell| cell.stale_at).filter(|stale_at| *stale_at >= from).min()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::{Decision, Found};
    use crate::http::{Method, Request, Target};
    use crate::network::City;
    use crate::simulation::{Action, Place, What, built_in_scenario};

    fn send(path: &str) -> Action {
        let target = Target::parse(path).unwrap();
        let request = Request::new(Method::Get, target, std::sync::Arc::default());
        Action::Send { city: City::find("Addis Ababa").unwrap(), request: request.into() }
    }

    fn found_at_pop(run: &Run) -> Found {
        let mut found = run.journal().events().iter().rev().filter_map(|event| match &event.what {
            What::Decided(Decision::LookedUp { found, .. }) => Some((event.place, *found)),
            _ => None,
        });
        found.find(|(place, _)| matches!(place, Place::Pop(_))).unwrap().1
    }

    #[test]
    fn a_jump_to_the_next_expiry_ends_where_the_first_object_is_stale() {
        let mut run = Run::new(built_in_scenario()).unwrap();
        assert_eq!(Jump::NextExpiry.span(&run, 0), None, "nothing is stored");
        run.act(send("/index.html"), 0).unwrap();
        run.act(send("/img/hero.jpg"), run.journal().len()).unwrap();
        let jump = |run: &mut Run, short: Duration| {
            let span =
                Jump::NextExpiry.span(run, run.journal().len()).unwrap().saturating_sub(short);
            run.act(Action::Wait { span }, run.journal().len()).unwrap();
        };
        jump(&mut run, Duration::from_secs(1));
        run.act(send("/index.html"), run.journal().len()).unwrap();
        assert!(matches!(found_at_pop(&run), Found::Fresh { .. }), "up to a second before");
        run.undo();
        run.undo();
        jump(&mut run, Duration::ZERO);
        run.act(send("/img/hero.jpg"), run.journal().len()).unwrap();
        assert!(matches!(found_at_pop(&run), Found::Fresh { .. }), "the other one lasts longer");
        run.act(send("/index.html"), run.journal().len()).unwrap();
        assert!(matches!(found_at_pop(&run), Found::Stale { .. }));
    }

    #[test]
    fn in_the_middle_of_an_exchange_the_jump_counts_from_its_end() {
        let mut run = Run::new(built_in_scenario()).unwrap();
        run.act(send("/index.html"), 0).unwrap();
        let at_end = Jump::NextExpiry.span(&run, run.journal().len());
        run.act(Action::Wait { span: Duration::from_secs(7) }, run.journal().len()).unwrap();
        assert_eq!(Jump::NextExpiry.span(&run, 3), at_end, "what was waited is dropped by a fork");
        assert!(Jump::NextExpiry.span(&run, run.journal().len()) < at_end);
        for jump in [Jump::Minute, Jump::Hour, Jump::Day] {
            assert!(jump.span(&run, 3).is_some());
        }
    }
}
