//! The contrast of the colours that stand on each other: `pairs.txt` lists them, the tokens give their values, and the style
//! sheets are searched for what the list forgets. What the sheets cannot tell, since a ground may be set far from the text on
//! it, tests/e2e/contrast.test.mjs reads off the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod colour;
mod pairs;
mod sheets;
mod themes;

use std::path::Path;

use pairs::{Kind, OUTCOMES, Pair, listed};
use sheets::{Rule, rules};
use themes::Theme;

fn themes() -> Vec<Theme> {
    Theme::all(&sheets::folder().join("tokens.css"))
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn each_pair_can_be_told_apart_in_each_theme() {
    let mut faults = Vec::new();
    for theme in themes() {
        for Pair { kind, front, ground } in listed() {
            let colour = |token: &str| {
                theme.colour(token).unwrap_or_else(|| panic!("pairs.txt: there is no --{token}"))
            };
            let (found, limit) = (colour(&front).contrast(colour(&ground)), kind.limit());
            if found < limit {
                faults.push(format!(
                    "{kind:?} {front} on {ground}, {}: {found:.2}, not {limit}",
                    theme.name
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn each_colour_that_a_sheet_uses_is_listed_for_what_it_is_used() {
    let (listed, themes) = (listed(), themes());
    let colours = themes[0].names();
    let mut faults = Vec::new();
    for rule in rules() {
        for set in &rule.declarations {
            for token in set.variables().filter(|token| colours.contains(token)) {
                let is_text =
                    listed.iter().any(|pair| pair.front == token && pair.kind != Kind::Quiet);
                let is_mark =
                    listed.iter().any(|pair| pair.front == token && pair.kind != Kind::Text);
                let is_ground = listed.iter().any(|pair| pair.ground == token);
                let is_known = match set.property.split('-').next().unwrap_or_default() {
                    "color" => is_text,
                    "stroke" | "border" | "outline" => is_mark,
                    "fill" | "background" => is_mark || is_ground,
                    _ => is_text || is_mark || is_ground,
                };
                if !is_known {
                    faults.push(format!(
                        "{}: {} has {}: {}",
                        rule.sheet, rule.selector, set.property, set.value
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn where_a_rule_sets_text_and_ground_the_pair_is_listed() {
    let (listed, themes) = (listed(), themes());
    let colours = themes[0].names();
    let mut faults = Vec::new();
    for rule in rules() {
        let (Some(front), Some(ground)) = (token(&rule, "color"), token(&rule, "background"))
        else {
            continue;
        };
        for (front, ground) in with_outcomes(front, ground) {
            let is_listed = listed.iter().any(|pair| {
                pair.front == front && pair.ground == ground && pair.kind != Kind::Quiet
            });
            if !is_listed && [&front, &ground].iter().all(|token| colours.contains(&token.as_str()))
            {
                faults.push(format!("{}: {} sets {front} on {ground}", rule.sheet, rule.selector));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_list_has_nothing_that_no_sheet_uses() {
    let rules = rules();
    let used: Vec<&str> = rules
        .iter()
        .flat_map(|rule| &rule.declarations)
        .flat_map(sheets::Declaration::variables)
        .collect();
    let listed = listed();
    let mut stale: Vec<_> = listed.iter().flat_map(|pair| [&pair.front, &pair.ground]).collect();
    stale.sort_unstable();
    stale.dedup();
    stale.retain(|token| !used.contains(&token.as_str()));
    assert!(stale.is_empty(), "no sheet uses {stale:?}");
}

#[test]
fn the_design_reference_has_the_same_colours() {
    let reference =
        Theme::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design/tokens.css"));
    let mut faults = Vec::new();
    for (ours, theirs) in themes().iter().zip(&reference) {
        for name in ours.names() {
            if ours.colour(name) != theirs.colour(name) {
                faults
                    .push(format!("--{name} is another in docs/design/tokens.css, {}", ours.name));
            }
        }
    }
    none(&faults);
}

/// The token that a property is set to, where it is one alone.
fn token<'a>(rule: &'a Rule, property: &str) -> Option<&'a str> {
    rule.value(property)?.strip_prefix("var(--")?.strip_suffix(')')
}

/// The knobs `--c`, `--f` and `--t` are those of an outcome, or neutral where there is none (style/base.css).
fn with_outcomes(front: &str, ground: &str) -> Vec<(String, String)> {
    const KNOBS: [(&str, &str); 3] = [("c", "ink"), ("f", "ink-2"), ("t", "wash")];
    let neutral = |token: &str| {
        KNOBS
            .iter()
            .find(|(knob, _)| *knob == token)
            .map_or(token, |(_, neutral)| neutral)
            .to_owned()
    };
    let mut pairs = vec![(neutral(front), neutral(ground))];
    let is_knob = |token: &str| KNOBS.iter().any(|(knob, _)| *knob == token);
    if is_knob(front) || is_knob(ground) {
        let of = |token: &str, outcome: &str| {
            if is_knob(token) { format!("{outcome}-{token}") } else { token.to_owned() }
        };
        pairs.extend(OUTCOMES.map(|outcome| (of(front, outcome), of(ground, outcome))));
    }
    pairs
}
