//! The sum behind a freshness lifetime as a figure: what the origin asked for, the bounds, and what became of it, on one
//! line from 0 s to the longest of them.

use super::units::{grouped, span};
use crate::edge::{Clamp, Lifetime, LifetimeRule};

/// A freshness lifetime and what it was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct LifetimePicture {
    /// What the origin said.
    pub asked: Asked,
    /// The settings that bound it, smallest first.
    pub bounds: Vec<Bound>,
    /// How long it is fresh, as `10 min`.
    pub value: String,
    /// Where that lies, in percent.
    pub at: f64,
    /// What the bounds did to what was asked.
    pub change: Option<Clamp>,
    /// What gave the lifetime, in a few words.
    pub verdict: &'static str,
    /// What is left of it, where it began with an earlier answer (TTL-24).
    pub left: Option<String>,
}

/// What the origin asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// As it said so.
    pub text: String,
    /// Where that lies in percent, if it gave a figure.
    pub at: Option<f64>,
}

/// One setting on the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Its name, as `Minimum`.
    pub name: &'static str,
    /// Its value, as `1 d`.
    pub value: String,
    /// Where it lies, in percent.
    pub at: f64,
    /// Where its label stands, in percent: labels are spread evenly, so that none lies on another.
    pub label_at: f64,
    /// Whether the lifetime is this one.
    pub decides: bool,
}

impl LifetimePicture {
    /// The figure of a lifetime; `left_secs` where it is not counted from now.
    pub fn of(lifetime: &Lifetime, left_secs: Option<u64>) -> Self {
        let bounds = settings(lifetime);
        let asked_secs = asked_secs(lifetime.rule);
        let longest = bounds.iter().map(|(_, secs)| *secs).chain(asked_secs).max();
        let scale = Scale { longest: longest.unwrap_or(0).max(lifetime.secs) };
        let last = bounds.len().saturating_sub(1).max(1);
        let decides = deciding(lifetime);
        let bound = |(place, (name, secs)): (usize, &(&'static str, u64))| Bound {
            name,
            value: span(*secs),
            at: scale.at(*secs),
            label_at: 100.0 * place as f64 / last as f64,
            decides: decides == Some(*name),
        };
        Self {
            asked: Asked { text: asked(lifetime.rule), at: asked_secs.map(|secs| scale.at(secs)) },
            bounds: bounds.iter().enumerate().map(bound).collect(),
            value: span(lifetime.secs),
            at: scale.at(lifetime.secs),
            change: change(lifetime),
            verdict: verdict(lifetime),
            left: left_secs.map(span),
        }
    }

    /// The same in words.
    pub fn spoken(&self) -> String {
        let mut text = format!("From the origin: {}.", self.asked.text);
        for bound in &self.bounds {
            for piece in [" ", bound.name, " TTL ", &bound.value, "."] {
                text.push_str(piece);
            }
        }
        for piece in [" Lifetime ", &self.value, ": ", self.verdict, "."] {
            text.push_str(piece);
        }
        text
    }
}

/// Seconds on the line. Even steps are equal factors, since a second and a year have to be told apart on it; 0 has a place
/// because each figure counts one second more.
struct Scale {
    longest: u64,
}

impl Scale {
    /// In percent.
    fn at(&self, secs: u64) -> f64 {
        let log = |secs: u64| libm::log1p(secs as f64);
        if self.longest == 0 { 0.0 } else { 100.0 * log(secs) / log(self.longest) }
    }
}

const MINIMUM: &str = "Minimum";
const DEFAULT: &str = "Default";
const MAXIMUM: &str = "Maximum";
const ERROR_MINIMUM: &str = "Error minimum";

/// The settings that have a say.
fn settings(lifetime: &Lifetime) -> Vec<(&'static str, u64)> {
    let bounds = lifetime.bounds;
    match lifetime.rule {
        LifetimeRule::Error { .. } => {
            vec![(ERROR_MINIMUM, error_minimum(lifetime)), (MAXIMUM, bounds.max)]
        }
        LifetimeRule::ErrorPage => Vec::new(),
        _ => vec![(MINIMUM, bounds.min), (DEFAULT, bounds.default), (MAXIMUM, bounds.max)],
    }
}

/// For how long an error is kept at least. ERR-13: a bucket's is kept for longer than its setting of 0.
pub(super) fn error_minimum(lifetime: &Lifetime) -> u64 {
    match lifetime.rule {
        LifetimeRule::Error { min_secs, asked_secs } => {
            let asked = asked_secs.unwrap_or(0).min(lifetime.bounds.max);
            if asked < lifetime.secs { lifetime.secs } else { min_secs }
        }
        _ => lifetime.bounds.min,
    }
}

fn asked_secs(rule: LifetimeRule) -> Option<u64> {
    match rule {
        LifetimeRule::MaxAge { secs }
        | LifetimeRule::SMaxage { secs }
        | LifetimeRule::Expires { secs } => Some(secs),
        LifetimeRule::Error { asked_secs, .. } => asked_secs,
        _ => None,
    }
}

fn asked(rule: LifetimeRule) -> String {
    match rule {
        LifetimeRule::MaxAge { secs } => format!("max-age={}", grouped(secs)),
        LifetimeRule::SMaxage { secs } => format!("s-maxage={}", grouped(secs)),
        LifetimeRule::Expires { secs: 0 } => "Expires, past or unreadable".to_owned(),
        LifetimeRule::Expires { secs } => format!("Expires, {} ahead", span(secs)),
        LifetimeRule::Default | LifetimeRule::Error { asked_secs: None, .. } => {
            "no lifetime".to_owned()
        }
        LifetimeRule::Forbidden => "no-cache, no-store or private".to_owned(),
        LifetimeRule::VaryAny => "Vary: *".to_owned(),
        LifetimeRule::CachingOff => "not looked at".to_owned(),
        LifetimeRule::ErrorPage => "a page in an error's place".to_owned(),
        LifetimeRule::Error { asked_secs: Some(secs), .. } => span(secs),
    }
}

/// What the bounds did.
fn change(lifetime: &Lifetime) -> Option<Clamp> {
    match lifetime.rule {
        LifetimeRule::Error { asked_secs: Some(asked), .. } => match asked {
            asked if asked < lifetime.secs => Some(Clamp::ToMin),
            asked if asked > lifetime.secs => Some(Clamp::ToMax),
            _ => None,
        },
        _ => lifetime.clamp,
    }
}

/// The setting that the lifetime is.
fn deciding(lifetime: &Lifetime) -> Option<&'static str> {
    let bounds = lifetime.bounds;
    match (change(lifetime), lifetime.rule) {
        (Some(Clamp::ToMin), LifetimeRule::Error { .. })
        | (None, LifetimeRule::Error { asked_secs: None, .. }) => Some(ERROR_MINIMUM),
        (Some(Clamp::ToMin), _) | (None, LifetimeRule::Forbidden) => Some(MINIMUM),
        (Some(Clamp::ToMax), _) => Some(MAXIMUM),
        (None, LifetimeRule::Default) if bounds.default < bounds.min => Some(MINIMUM),
        (None, LifetimeRule::Default) => Some(DEFAULT),
        _ => None,
    }
}

fn verdict(lifetime: &Lifetime) -> &'static str {
    match (deciding(lifetime), change(lifetime), lifetime.rule) {
        (_, Some(Clamp::ToMin), _) => "raised to the minimum",
        (_, Some(Clamp::ToMax), _) => "cut to the maximum",
        (Some(DEFAULT), ..) => "the default applies",
        (Some(_), ..) => "the minimum applies",
        (_, _, LifetimeRule::VaryAny) => "Vary: * allows none",
        (_, _, LifetimeRule::CachingOff) => "caching is off",
        (_, _, LifetimeRule::ErrorPage) => "as long as the error",
        _ => "as the origin asked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::TtlBounds;

    const YEAR: u64 = 31_536_000;

    fn picture(
        secs: u64,
        rule: LifetimeRule,
        clamp: Option<Clamp>,
        ttl: [u64; 3],
    ) -> LifetimePicture {
        let [min, default, max] = ttl;
        let bounds = TtlBounds { min, default, max };
        LifetimePicture::of(&Lifetime { secs, rule, clamp, bounds }, None)
    }

    /// What is asked, the verdict, the value, the setting that decides, and left to right what lies on the line.
    fn read(picture: &LifetimePicture) -> (String, &'static str, String, Option<&'static str>) {
        let mut deciding = picture.bounds.iter().filter(|bound| bound.decides);
        let decides = deciding.next().map(|bound| bound.name);
        assert!(deciding.next().is_none(), "{picture:?}");
        for bound in picture.bounds.iter().filter(|bound| bound.decides) {
            assert!((bound.at - picture.at).abs() < 1e-9, "the lifetime is that one: {picture:?}");
        }
        (picture.asked.text.clone(), picture.verdict, picture.value.clone(), decides)
    }

    #[test]
    fn ttl_01_to_27_each_rule_and_each_clamp_has_its_figure() {
        use LifetimeRule as Rule;
        let plain = [60, 300, 600];
        let (min, max) = (Some(Clamp::ToMin), Some(Clamp::ToMax));
        let error = |min_secs, asked_secs| Rule::Error { min_secs, asked_secs };
        let table = [
            (120, Rule::MaxAge { secs: 120 }, None, "max-age=120", "as the origin asked", None),
            (
                60,
                Rule::MaxAge { secs: 5 },
                min,
                "max-age=5",
                "raised to the minimum",
                Some(MINIMUM),
            ),
            (
                600,
                Rule::MaxAge { secs: 9_999 },
                max,
                "max-age=9,999",
                "cut to the maximum",
                Some(MAXIMUM),
            ),
            (120, Rule::SMaxage { secs: 120 }, None, "s-maxage=120", "as the origin asked", None),
            (
                60,
                Rule::SMaxage { secs: 0 },
                min,
                "s-maxage=0",
                "raised to the minimum",
                Some(MINIMUM),
            ),
            (
                600,
                Rule::SMaxage { secs: 601 },
                max,
                "s-maxage=601",
                "cut to the maximum",
                Some(MAXIMUM),
            ),
            (
                90,
                Rule::Expires { secs: 90 },
                None,
                "Expires, 1\u{a0}min\u{a0}30\u{a0}s ahead",
                "as the origin asked",
                None,
            ),
            (
                60,
                Rule::Expires { secs: 0 },
                min,
                "Expires, past or unreadable",
                "raised to the minimum",
                Some(MINIMUM),
            ),
            (
                600,
                Rule::Expires { secs: YEAR },
                max,
                "Expires, 365\u{a0}d ahead",
                "cut to the maximum",
                Some(MAXIMUM),
            ),
            (300, Rule::Default, None, "no lifetime", "the default applies", Some(DEFAULT)),
            (
                60,
                Rule::Forbidden,
                None,
                "no-cache, no-store or private",
                "the minimum applies",
                Some(MINIMUM),
            ),
            (0, Rule::VaryAny, None, "Vary: *", "Vary: * allows none", None),
            (10, Rule::ErrorPage, None, "a page in an error's place", "as long as the error", None),
            (10, error(10, None), None, "no lifetime", "the minimum applies", Some(ERROR_MINIMUM)),
            (
                10,
                error(10, Some(5)),
                None,
                "5\u{a0}s",
                "raised to the minimum",
                Some(ERROR_MINIMUM),
            ),
            (20, error(10, Some(20)), None, "20\u{a0}s", "as the origin asked", None),
            (
                600,
                error(10, Some(9_999)),
                None,
                "2\u{a0}h\u{a0}46\u{a0}min",
                "cut to the maximum",
                Some(MAXIMUM),
            ),
        ];
        for (secs, rule, clamp, asked, verdict, decides) in table {
            let expected = (asked.to_owned(), verdict, span(secs), decides);
            assert_eq!(read(&picture(secs, rule, clamp, plain)), expected, "{rule:?}");
        }
        let off = picture(0, Rule::CachingOff, None, [0, 0, 0]);
        assert_eq!(read(&off), ("not looked at".into(), "caching is off", "0\u{a0}s".into(), None));
        // ERR-13: a bucket's error stays for a second though its setting is 0.
        let bucket = picture(1, error(0, None), None, plain);
        assert_eq!((bucket.bounds[0].value.as_str(), bucket.bounds[0].decides), ("1\u{a0}s", true));
        // TTL-V05: a default under the minimum is the minimum.
        let raised = picture(60, Rule::Default, None, [60, 30, 600]);
        assert_eq!(read(&raised).3, Some(MINIMUM));
    }

    #[test]
    fn all_lies_on_the_line_in_its_order_from_nothing_to_a_year() {
        let figures = [0, 1, 59, 60, 3_600, 86_400, YEAR, u64::MAX];
        for min in figures {
            for max in figures.into_iter().filter(|max| *max >= min) {
                for asked in figures {
                    let secs = asked.clamp(min, max);
                    let clamp = match asked {
                        asked if asked < min => Some(Clamp::ToMin),
                        asked if asked > max => Some(Clamp::ToMax),
                        _ => None,
                    };
                    let rule = LifetimeRule::MaxAge { secs: asked };
                    let shown = picture(secs, rule, clamp, [min, min, max]);
                    let asked_at = shown.asked.at.unwrap_or(-1.0);
                    let places = shown.bounds.iter().map(|bound| bound.at);
                    for at in places.chain([shown.at, asked_at]) {
                        assert!((0.0..=100.0).contains(&at), "{at}: {shown:?}");
                    }
                    let is_cut = asked_at > shown.at;
                    let is_raised = asked_at < shown.at;
                    // Beyond 2^53 s two figures may share a place.
                    if asked < 1 << 53 {
                        assert_eq!(is_cut, clamp == Some(Clamp::ToMax), "{shown:?}");
                        assert_eq!(is_raised, clamp == Some(Clamp::ToMin), "{shown:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn labels_are_spread_evenly_and_an_hour_lies_between_a_second_and_a_year() {
        let shown = picture(3_600, LifetimeRule::MaxAge { secs: 3_600 }, None, [1, 86_400, YEAR]);
        let labels: Vec<f64> = shown.bounds.iter().map(|bound| bound.label_at).collect();
        assert_eq!(labels, [0.0, 50.0, 100.0]);
        // ln 3601 / ln 31536001 = 8.189 / 17.267
        assert!((shown.at - 47.43).abs() < 0.01, "{}", shown.at);
        assert!((shown.bounds[2].at - 100.0).abs() < 1e-9);
        let spoken = "From the origin: max-age=3,600. Minimum TTL 1\u{a0}s. Default TTL 1\u{a0}d. Maximum TTL 365\u{a0}d. \
                      Lifetime 1\u{a0}h: as the origin asked.";
        assert_eq!(shown.spoken(), spoken);
    }
}
