//! What comes to stand at the origins: new versions, and an example for a behavior that a configuration brings along.

use super::{ActionError, Observer, Place, What, World};
use crate::distribution::Configuration;
use crate::network::Region;
use crate::origin::{Object, examples_for};
use crate::time::SimTime;

impl World {
    /// A new version of an object, of another size if one is given.
    pub(super) fn publish(
        &mut self,
        path: &str,
        size_bytes: Option<u64>,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        let served = self.in_force.config.served_path(path).to_owned();
        let now_unix = self.now_unix();
        let object = self.site.publish(&served, size_bytes, now_unix)?;
        let config = &self.in_force.config;
        let region = &config.rule(config.rule_for(&served)).origin.region;
        note_published(self.now, object, region, observer);
        Ok(())
    }

    /// IM-06 (MODEL): for a behavior that the settings have and did not have before there is something to ask for.
    pub(super) fn add_examples(&mut self, before: &Configuration, observer: &mut impl Observer) {
        let new = self.settings.distribution();
        let examples: Vec<Object> =
            examples_for(&new, before.distribution(), &self.site).into_iter().collect();
        for object in &examples {
            let origin = new.origin_of(new.behavior_for(&object.path));
            let region = origin.map_or("", |(_, origin)| &*origin.region);
            note_published(self.now, object, region, observer);
        }
        self.site.add(examples);
    }
}

/// Says that an object stands at the origin in this Region.
fn note_published(now: SimTime, object: &Object, region: &str, observer: &mut impl Observer) {
    let place = Region::find(region).map_or(Place::Control, Place::Origin);
    observer.note(now, None, place, || What::Published {
        path: object.path.clone(),
        version: object.version,
        size_bytes: object.size_bytes,
    });
}
