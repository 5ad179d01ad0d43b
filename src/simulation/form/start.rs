//! What a walk starts from: a scenario that the page brings along, by name and version; or a configuration of somebody's
//! own, as a whole.

use std::fmt;
use std::sync::Arc;

use super::{FormError, not, whole};
use crate::distribution::{AwsError, Configuration};
use crate::origin::{Given, given_of};
use crate::simulation::{Scenario, Walk, built_in_scenario};

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

/// What a walk starts from, and what is changed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Which scenario.
    pub(super) from: Beginning,
    /// Another seed than its own.
    pub(super) seed: Option<u64>,
}

/// Which scenario a walk starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// One that the page brings along.
    BuiltIn(Name),
    /// A configuration of somebody's own.
    Own(Own),
}

/// A configuration of somebody's own and what its origins hold: all else is as in the built-in scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// As it was opened.
    pub(super) configuration: Arc<Configuration>,
    /// What the origins hold; an example for each behavior where nothing is given (IM-06, IM-15).
    pub(super) objects: Vec<Given>,
}

impl Own {
    fn scenario(&self) -> Scenario {
        Walk::of_site(Arc::clone(&self.configuration), &self.objects).scenario
    }
}

impl Default for Start {
    fn default() -> Self {
        Self { from: Beginning::BuiltIn(SHOP), seed: None }
    }
}

impl Start {
    /// What a scenario is written as.
    pub(super) fn of(scenario: &Scenario) -> Result<Self, FormError> {
        let built_in = built_in_scenario();
        let seed = Some(scenario.seed).filter(|seed| *seed != built_in.seed);
        let is_same = |start: Scenario| Scenario { seed: scenario.seed, ..start } == *scenario;
        if is_same(built_in) {
            return Ok(Self { from: Beginning::BuiltIn(SHOP), seed });
        }
        let configuration = Arc::clone(&scenario.configuration);
        let objects = given_of(configuration.distribution(), &scenario.site);
        let own = objects.map(|objects| Own { configuration, objects });
        let own = own.filter(|own| is_same(own.scenario())).ok_or(FormError::NoForm)?;
        Ok(Self { from: Beginning::Own(own), seed })
    }

    /// Reads the name of a scenario.
    pub(super) fn built_in(name: Option<&str>) -> Result<Beginning, FormError> {
        let name = name.map_or(Ok(SHOP), |name| Name::find(name, &[SHOP], "scenario"));
        name.map(Beginning::BuiltIn)
    }

    /// A configuration of somebody's own, which stands at `path`, with what its origins hold.
    pub(super) fn own(
        path: &str,
        read: Result<Configuration, Vec<AwsError>>,
        objects: Vec<Given>,
    ) -> Result<Beginning, FormError> {
        let configuration = read.map_err(|findings| FormError::configuration(path, findings))?;
        Ok(Beginning::Own(Own { configuration: configuration.into(), objects }))
    }

    /// Together with a seed, where one is given.
    pub(super) fn with_seed(from: Beginning, seed: Option<&str>) -> Result<Self, FormError> {
        let seed = seed.map(|text| {
            whole(text)
                .ok_or_else(|| FormError::field("seed", not("a seed is a number of 64 bits", text)))
        });
        Ok(Self { from, seed: seed.transpose()? })
    }

    /// The first version of both forms that can say it.
    pub(super) const fn version(&self) -> u32 {
        match self.from {
            Beginning::BuiltIn(_) => 1,
            Beginning::Own(_) => 2,
        }
    }

    /// The scenario itself.
    pub fn scenario(&self) -> Scenario {
        let scenario = match &self.from {
            Beginning::BuiltIn(_) => built_in_scenario(),
            Beginning::Own(own) => own.scenario(),
        };
        Scenario { seed: self.seed.unwrap_or(scenario.seed), ..scenario }
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
    fn a_scenario_is_named_where_it_has_a_name_and_is_refused_where_no_form_could_say_it() {
        let mut scenario = built_in_scenario();
        assert_eq!(Start::of(&scenario), Ok(Start::default()));
        scenario.seed = 7;
        let start = Start::of(&scenario);
        let seventh = Start { from: Beginning::BuiltIn(SHOP), seed: Some(7) };
        assert_eq!(start, Ok(seventh.clone()));
        assert_eq!((seventh.scenario(), seventh.version()), (scenario.clone(), 1));
        scenario.pop_capacity_bytes += 1;
        assert_eq!(Start::of(&scenario), Err(FormError::NoForm));
    }
}
