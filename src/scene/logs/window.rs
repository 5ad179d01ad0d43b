//! Which lines of a long table are drawn: those in view, and some beside them.

/// The lines from the first to before the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: usize,
    /// Behind the last.
    pub end: usize,
}

impl Window {
    /// Lines come and go in blocks of so many: few enough for one frame.
    const BLOCK: usize = 4;

    /// So many blocks before and behind what is seen are there before they come into view.
    const AHEAD: usize = 2;

    /// Of so many lines, where one is `line` high and so much is scrolled by and seen, all in the same unit. A height that is
    /// none shows the first few.
    pub fn of(count: usize, line: f64, scrolled: f64, seen: f64) -> Self {
        let lines = |height: f64| if line > 0.0 { (height / line).max(0.0) as usize } else { 0 };
        let (top, bottom) = (lines(scrolled), lines(scrolled + seen));
        let block = |at: usize| at / Self::BLOCK * Self::BLOCK;
        let ahead = Self::AHEAD * Self::BLOCK;
        let end = block(bottom).saturating_add(Self::BLOCK + ahead).min(count);
        let first = block(top).saturating_sub(ahead).min(block(end.saturating_sub(1)));
        Self { first, end }
    }

    /// Whether a line is drawn.
    pub const fn has(self, line: usize) -> bool {
        self.first <= line && line < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, scrolled: f64, seen: f64, first: usize, end: usize) {
        assert_eq!(Window::of(count, 36.0, scrolled, seen), Window { first, end });
    }

    #[test]
    fn what_is_seen_and_two_blocks_on_each_side() {
        check(100_000, 0.0, 720.0, 0, 32);
        check(100_000, 35.0, 720.0, 0, 32);
        check(100_000, 36.0 * 801.0, 720.0, 792, 832);
        check(100_000, 36.0 * 804.0, 720.0, 796, 836);
        check(10, 0.0, 720.0, 0, 10);
        check(0, 0.0, 720.0, 0, 0);
    }

    #[test]
    fn whatever_is_seen_is_drawn_and_little_else() {
        let line = 36.0;
        for scrolled in (0..5_000).map(|step| f64::from(step) * 7.3) {
            let window = Window::of(1_000, line, scrolled, 700.0);
            let (top, bottom) = ((scrolled / line) as usize, ((scrolled + 699.0) / line) as usize);
            for seen in (top..=bottom).filter(|seen| *seen < 1_000) {
                assert!(window.has(seen), "{seen} at {scrolled}");
            }
            assert!(window.end - window.first <= 20 + 6 * Window::BLOCK);
        }
    }

    #[test]
    fn a_table_that_has_become_shorter_and_a_height_that_is_none_show_something() {
        check(20, 1_000_000.0, 720.0, 16, 20);
        assert_eq!(Window::of(100, 0.0, 50.0, 50.0), Window { first: 0, end: 12 });
        assert_eq!(Window::of(100, 36.0, f64::NAN, -5.0), Window { first: 0, end: 12 });
    }
}
