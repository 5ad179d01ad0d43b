//! The colours of style/tokens.css in each theme.

use std::path::Path;

use super::colour::Colour;
use super::sheets::{self, Rule};

/// Which of the two values of `light-dark()` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// One look of the page: the tokens with a scheme, and a block of tokens over them where there is one, such as the one for those
/// who ask for more contrast.
#[derive(Debug)]
pub(crate) struct Theme {
    pub(crate) name: String,
    scheme: Scheme,
    /// Names and values; what stands later holds.
    values: Vec<(String, String)>,
}

impl Theme {
    /// All that the tokens can look like.
    pub(crate) fn all(tokens: &Path) -> Vec<Self> {
        let rules = sheets::read(tokens);
        let is_base = |rule: &&Rule| rule.selector == ":root" && rule.conditions.is_empty();
        let base: Vec<_> = rules.iter().filter(is_base).flat_map(values).collect();
        assert!(base.len() > 30, "the tokens were found");
        let over = rules.iter().filter(|rule| !is_base(rule) && !values(rule).is_empty());
        let mut looks = vec![(String::new(), None)];
        looks.extend(over.map(|rule| {
            (format!(", {} {}", rule.conditions.join(" "), rule.selector), Some(rule))
        }));
        let mut themes = Vec::new();
        for (suffix, rule) in looks {
            let only = rule.and_then(|rule| rule.value("color-scheme"));
            for (scheme, word) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
                if only.is_some_and(|only| only != word) {
                    continue;
                }
                let values = base.iter().cloned().chain(rule.iter().flat_map(|rule| values(rule)));
                themes.push(Self {
                    name: format!("{word}{suffix}"),
                    scheme,
                    values: values.collect(),
                });
            }
        }
        themes
    }

    /// The names of all that is a colour.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.values.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The colour of a token; none where there is no such token.
    pub(crate) fn colour(&self, token: &str) -> Option<Colour> {
        let (_, value) = self.values.iter().rev().find(|(name, _)| name == token)?;
        let value = match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'))
        {
            Some(both) => {
                let (light, dark) = both.split_once(',').expect("light-dark takes two");
                if self.scheme == Scheme::Light { light.trim() } else { dark.trim() }
            }
            None => value,
        };
        match value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
            Some(other) => self.colour(other),
            None => Some(
                Colour::parse(value)
                    .unwrap_or_else(|| panic!("--{token}: {value} is no colour that is read here")),
            ),
        }
    }
}

/// The colours that a rule of the tokens declares.
fn values(rule: &Rule) -> Vec<(String, String)> {
    let mut colours = Vec::new();
    for set in &rule.declarations {
        let starts = ["#", "light-dark(", "rgb(", "hsl(", "oklch(", "oklab(", "color"];
        let is_other = set.value.starts_with("var(--") && !set.value.contains(',');
        let is_colour = is_other || starts.iter().any(|start| set.value.starts_with(start));
        if let (Some(name), true) = (set.property.strip_prefix("--"), is_colour) {
            colours.push((name.to_owned(), set.value.clone()));
        }
    }
    colours
}
