//! A key pair that was made here: its public half stands beside the configuration, in a group (SIG-12, SIG-21).

use super::beside::of_sort;
use super::item::Item;
use super::setting::Setting;
use crate::distribution::Draft;
use crate::distribution::aws::Sort;
use crate::json::NoSuchPlace;

impl Item {
    /// Adds a public key and puts it into a group: into the one with this id, as long as it is there, or else one of its own.
    /// Says which the key is.
    pub fn new_key(draft: &mut Draft, pem: &str, group: &str) -> Result<Self, NoSuchPlace> {
        let key = Self::new_beside(draft, Sort::PublicKey)?;
        Setting::Pem.enter(draft, key, pem)?;
        let all = of_sort(draft, Sort::PublicKey);
        let id = all.last().map(|(_, _, id)| id.to_owned()).unwrap_or_default();
        let known = of_sort(draft, Sort::KeyGroup).find(|(_, _, id)| *id == group);
        let (group, before) = match known.map(|(group, ..)| group) {
            Some(group) => (group, Setting::Keys.value(group, draft)),
            None => (Self::new_beside(draft, Sort::KeyGroup)?, String::new()),
        };
        Setting::Keys.enter(draft, group, &[&before, "\n", &id].concat())?;
        Ok(key)
    }

    /// The ids of the groups of keys that there are, and their names.
    pub fn key_groups(draft: &Draft) -> Vec<(String, String)> {
        of_sort(draft, Sort::KeyGroup)
            .map(|(_, name, id)| (id.to_owned(), name.to_owned()))
            .collect()
    }
}
