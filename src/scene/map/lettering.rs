//! How wide texts are, and what is written at the edges of the band whatever the map shows.

use super::camera::Band;
use super::labels::{Rect, Wanted};
use super::projection::Point;

/// The second line of a label, and a sentence, as a part of its first line's width for the same letters.
const SMALL: f64 = 0.86;

const LABEL_HEIGHT: f64 = 2.15;
const TOWN_HEIGHT: f64 = 1.2;

/// How wide a text is in a label's first line, in rem: letters are narrow, wide or between (measured in the page).
fn width(text: &str) -> f64 {
    let letter = |letter: char| match letter {
        'i' | 'j' | 'l' | 'í' | '.' | '\'' | ' ' | '\u{a0}' => 0.28,
        'f' | 't' | 'r' | '-' | 'I' => 0.37,
        'a' | 'c' | 'e' | 'g' | 'k' | 'o' | 's' | 'v' | 'x' | 'y' | 'z' => 0.52,
        'm' | 'w' | 'M' | 'W' => 0.84,
        'A'..='Z' => 0.65,
        _ => 0.565,
    };
    text.chars().map(letter).sum()
}

/// A label of one line or two.
pub(super) fn wanted(mark: Point, name: &str, role: &str, band: Band) -> Wanted {
    let height = if role.is_empty() { TOWN_HEIGHT } else { LABEL_HEIGHT };
    let width = width(name).max(SMALL * width(role));
    Wanted { mark, width: width * band.rem, height: height * band.rem }
}

/// How far the word "Map" reaches from the left edge, and the longest sentence behind it, in rem: of a trip, of an invalidation.
const WORD: f64 = 4.0;
const SENTENCE: f64 = 23.0;
const REACHED: f64 = 18.5;

/// What stands at the edges while a trip is shown.
pub(super) fn of_trip(band: Band) -> [Rect; 2] {
    edges(WORD + SENTENCE, band)
}

/// What stands at the edges while an invalidation is.
pub(super) fn of_wave(band: Band) -> [Rect; 2] {
    edges(WORD + REACHED, band)
}

/// What stands at the edges with this sentence.
pub(super) fn with_sentence(sentence: &str, band: Band) -> [Rect; 2] {
    edges(WORD + SMALL * width(sentence), band)
}

/// The caption at the upper left, so many rem wide, and the key below it: labels keep clear of them.
fn edges(caption: f64, band: Band) -> [Rect; 2] {
    let rem = band.rem;
    let (caption, key) =
        if band.has_words() { (caption.min(0.6 * band.width / rem), 2.0) } else { (WORD, 0.0) };
    [
        Rect { left: 0.0, top: 0.0, width: caption * rem, height: 2.0 * rem },
        Rect { left: 0.0, top: band.height - key * rem, width: 13.0 * rem, height: key * rem },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Chromium measured on the page, at 16 px a rem: no text is wider than it is taken to be, and none much narrower.
    #[test]
    fn texts_are_hardly_narrower_than_they_are_taken_to_be() {
        let measured = [
            ("Addis Ababa", "viewer", 5.51),
            ("Nairobi", "edge location NBO", 6.95),
            ("Dubai", "regional edge cache", 7.46),
            ("N. Virginia", "origin", 4.49),
        ];
        let band = Band { width: 800.0, height: 264.0, rem: 1.0 };
        for (name, role, is) in measured {
            let taken = wanted(Point::default(), name, role, band).width;
            assert!((is..is * 1.06).contains(&taken), "{name}, {role}: {taken}");
        }
    }
}
