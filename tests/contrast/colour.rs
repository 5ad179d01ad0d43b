//! A colour as the screen has it, and the contrast of two as WCAG 2.2 defines it.

/// Red, green and blue, 0 to 255, in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

impl Colour {
    /// `#rrggbb` or `#rgb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let long = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let channel = |from: usize| u8::from_str_radix(long.get(from..from + 2)?, 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// Relative luminance, from 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// From 1 (the same) to 21 (black and white).
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }
}

#[test]
fn contrast_is_what_wcag_says() {
    let contrast = |one: &str, two: &str| {
        let [one, two] = [one, two].map(|text| Colour::parse(text).unwrap());
        (one.contrast(two) * 100.0).round() / 100.0
    };
    let is = |found: f64, expected: f64| assert!((found - expected).abs() < 0.005, "{found}");
    is(contrast("#000", "#ffffff"), 21.0);
    is(contrast("#abc", "#aabbcc"), 1.0);
    // The lightest grey on white that passes, and the next one, which does not.
    is(contrast("#767676", "#fff"), 4.54);
    is(contrast("#fff", "#777777"), 4.48);
    assert_eq!(Colour::parse("#12345"), None);
    assert_eq!(Colour::parse("red"), None);
}
