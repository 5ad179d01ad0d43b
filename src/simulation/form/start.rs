//! What a walk starts from: a scenario that the page brings along, by name and version.

use std::fmt;

use super::{FormError, not, whole};
use crate::simulation::{Scenario, built_in_scenario};

/// The name of something that the page brings along, with its version: `shop.1`. Old versions are kept for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As in `shop`.
    pub text: &'static str,
    /// From 1.
    pub version: u32,
}

impl Name {
    /// Finds the one that is meant among those that are known; without a version the first one is.
    pub(in crate::simulation) fn find(
        text: &str,
        known: &[Self],
        path: &str,
    ) -> Result<Self, FormError> {
        let (name, version) = text.split_once('.').unwrap_or((text, "1"));
        let same = || known.iter().filter(|known| known.text == name);
        let Some(newest) = same().map(|known| known.version).max() else {
            let names = known.iter().filter(|known| known.version == 1).map(|known| known.text);
            let names = names.collect::<Vec<_>>().join(", ");
            return Err(FormError::field(path, not(&format!("this must be one of {names}"), text)));
        };
        match whole(version) {
            Some(0) | None => {
                Err(FormError::field(path, not("a version is a number from 1", text)))
            }
            Some(given) if given > u64::from(newest) => {
                let (path, given) = (path.to_owned(), given.to_string());
                Err(FormError::Newer { path, given, known: newest })
            }
            Some(given) => same()
                .find(|known| u64::from(known.version) == given)
                .copied()
                .ok_or_else(|| FormError::field(path, not("there is no such version", text))),
        }
    }

    /// As a link says it: the first version goes without saying.
    pub(super) fn short(self) -> String {
        if self.version == 1 { self.text.to_owned() } else { self.to_string() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.text, self.version)
    }
}

const SHOP: Name = Name { text: "shop", version: 1 };

/// Which scenario, and what is changed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Which one.
    pub(super) scenario: Name,
    /// Another seed than its own.
    pub(super) seed: Option<u64>,
}

impl Default for Start {
    fn default() -> Self {
        Self { scenario: SHOP, seed: None }
    }
}

impl Start {
    /// How a scenario is named.
    pub(super) fn of(scenario: &Scenario) -> Result<Self, FormError> {
        let built_in = built_in_scenario();
        let seed = Some(scenario.seed).filter(|seed| *seed != built_in.seed);
        let same = Scenario { seed: scenario.seed, ..built_in };
        if same == *scenario {
            Ok(Self { scenario: SHOP, seed })
        } else {
            Err(FormError::NotBuiltIn)
        }
    }

    /// Reads its name and its seed, where they are given.
    pub(super) fn read(name: Option<&str>, seed: Option<&str>) -> Result<Self, FormError> {
        let scenario = name.map_or(Ok(SHOP), |name| Name::find(name, &[SHOP], "scenario"))?;
        let seed = seed.map(|text| {
            whole(text)
                .ok_or_else(|| FormError::field("seed", not("a seed is a number of 64 bits", text)))
        });
        let of = Self { scenario, seed: seed.transpose()? };
        Ok(of)
    }

    /// The scenario itself.
    pub fn scenario(self) -> Scenario {
        let built_in = built_in_scenario();
        Scenario { seed: self.seed.unwrap_or(built_in.seed), ..built_in }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Name; 3] =
        [SHOP, Name { text: "shop", version: 2 }, Name { text: "bank", version: 1 }];

    fn said(text: &str) -> String {
        Name::find(text, &KNOWN, "walk")
            .map_or_else(|error| error.to_string(), |name| name.to_string())
    }

    #[test]
    fn old_versions_are_found_for_ever_and_newer_ones_say_so() {
        assert_eq!(
            [said("shop"), said("shop.1"), said("shop.2"), said("bank")],
            ["shop.1", "shop.1", "shop.2", "bank.1"]
        );
        assert_eq!([KNOWN[0].short(), KNOWN[1].short()], ["shop", "shop.2"]);
        assert!(matches!(
            Name::find("bank.7", &KNOWN, "walk"),
            Err(FormError::Newer { known: 1, .. })
        ));
        assert!(
            said("shop.3").starts_with(
                "walk: version 3 is newer than this page, which knows versions up to 2"
            )
        );
        assert_eq!(said("shed"), "walk: this must be one of shop, bank, not \"shed\"");
        for bad in ["shop.", "shop.0", "shop.x", "shop.1.1", "shop.-1"] {
            assert!(said(bad).contains("a version is a number from 1"), "{bad}: {}", said(bad));
        }
    }

    #[test]
    fn a_scenario_of_one_s_own_has_no_name_yet() {
        let mut scenario = built_in_scenario();
        assert_eq!(Start::of(&scenario), Ok(Start::default()));
        scenario.seed = 7;
        let start = Start::of(&scenario);
        assert_eq!(start, Ok(Start { scenario: SHOP, seed: Some(7) }));
        assert_eq!(start.map(Start::scenario).as_ref(), Ok(&scenario));
        scenario.pop_capacity_bytes += 1;
        assert_eq!(Start::of(&scenario), Err(FormError::NotBuiltIn));
    }
}
