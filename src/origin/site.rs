//! The content of a site: objects by path.

use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::{ContentError, Kind, Object};
use crate::http::{Fields, date};

/// How many fields an answer mostly has besides those of its object: Date and Server.
const MORE_FIELDS: usize = 2;

/// The content of a site.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "LiteMap<String, Object>", into = "LiteMap<String, Object>")]
pub struct Site {
    /// By path.
    objects: Vec<Kept>,
    /// The place of each path, for sites that have many.
    places: HashMap<Box<str>, u32, FixedState>,
}

/// An object with the fields of its answers, which share them.
#[derive(Clone, Debug)]
struct Kept {
    object: Object,
    fields: Arc<Fields>,
}

impl From<Object> for Kept {
    fn from(object: Object) -> Self {
        Self { fields: object.fields().into(), object }
    }
}

impl Site {
    /// The objects by path; of two with one path the later one stays.
    pub fn new(objects: impl IntoIterator<Item = Object>) -> Self {
        let objects: Vec<(String, Object)> =
            objects.into_iter().map(|object| (object.path.clone(), object)).collect();
        let by_path: LiteMap<String, Object> = objects.into_iter().collect();
        let objects: Vec<Kept> = by_path.into_iter().map(|(_, object)| object.into()).collect();
        let places = objects.iter().zip(0..);
        let places = places.map(|(kept, place)| (kept.object.path.as_str().into(), place));
        Self { places: places.collect(), objects }
    }

    fn kept(&self, path: &str) -> Option<&Kept> {
        self.objects.get(*self.places.get(path)? as usize)
    }

    /// The object under a path.
    pub fn get(&self, path: &str) -> Option<&Object> {
        Some(&self.kept(path)?.object)
    }

    /// The object under a path with its own fields in an answer at `now_unix`.
    pub fn represent(&self, path: &str, now_unix: u64) -> Option<(&Object, Fields)> {
        let Kept { object, fields } = self.kept(path)?;
        let mut fields = Fields::beginning_with(fields, MORE_FIELDS);
        if let Some(secs) = object.expires_secs {
            fields.add("Expires", date::print(now_unix.saturating_add(secs)));
        }
        Some((object, fields))
    }

    /// All objects by path.
    pub fn iter(&self) -> impl Iterator<Item = &Object> {
        self.objects.iter().map(|kept| &kept.object)
    }

    /// How many objects there are.
    pub const fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Adds objects, each in the place of the one under its path, if there is one.
    pub fn add(&mut self, objects: Vec<Object>) {
        if !objects.is_empty() {
            *self = Self::new(self.iter().cloned().chain(objects));
        }
    }

    /// Publishes a new version of a file at `now_unix`, of another size if one is given, and returns it.
    pub fn publish(
        &mut self,
        path: &str,
        size_bytes: Option<u64>,
        now_unix: u64,
    ) -> Result<&Object, ContentError> {
        if let Some(given) = size_bytes.filter(|given| *given > Object::MOST_BYTES) {
            return Err(ContentError::TooLarge { given, limit: Object::MOST_BYTES });
        }
        let place = self.places.get(path).map(|place| *place as usize);
        let kept = place.and_then(|place| self.objects.get_mut(place));
        let kept = kept.ok_or_else(|| ContentError::NoSuchObject { path: path.to_owned() })?;
        let object = &mut kept.object;
        if object.kind != Kind::File {
            return Err(ContentError::NotAFile { path: path.to_owned() });
        }
        object.version = object.version.saturating_add(1); // FLOW-09: at the origin alone
        object.modified_unix = now_unix;
        object.size_bytes = size_bytes.unwrap_or(object.size_bytes);
        kept.fields = object.fields().into();
        Ok(&kept.object)
    }
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Site {}

impl From<LiteMap<String, Object>> for Site {
    /// An object stands under its own path, whatever name a file gave it.
    fn from(objects: LiteMap<String, Object>) -> Self {
        Self::new(objects.into_iter().map(|(_, object)| object))
    }
}

impl From<Site> for LiteMap<String, Object> {
    fn from(site: Site) -> Self {
        site.objects.into_iter().map(|kept| (kept.object.path.clone(), kept.object)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::origin::demo_site;

    #[test]
    fn objects_stand_in_the_order_of_their_paths_and_the_later_of_two_stays() {
        let site = demo_site();
        let mut objects: Vec<Object> = site.iter().cloned().collect();
        objects.reverse();
        assert_eq!(Site::new(objects.clone()), site);
        let again = Object { size_bytes: 7, ..site.get("/app.js").unwrap().clone() };
        let site = Site::new(objects.into_iter().chain([again]));
        assert_eq!(site.get("/app.js").unwrap().size_bytes, 7);
        assert_eq!(site.len(), demo_site().len());
        assert!(site.iter().map(|object| &object.path).is_sorted());
    }

    #[test]
    fn a_published_version_has_fields_of_its_own() {
        let mut site = demo_site();
        let tag = |site: &Site| {
            let (object, fields) = site.represent("/app.js", 0).unwrap();
            assert_eq!(fields.get("ETag"), Some(&*object.etag()));
            object.etag()
        };
        let before = tag(&site);
        let before_bytes = site.get("/app.js").unwrap().size_bytes;
        let object = site.publish("/app.js", None, 1).unwrap();
        assert_eq!((object.version, object.size_bytes), (2, before_bytes));
        assert_ne!(tag(&site), before);
        let object = site.publish("/app.js", Some(7), 2).unwrap();
        assert_eq!((object.version, object.size_bytes), (3, 7));
        let (_, fields) = site.represent("/app.js", 0).unwrap();
        assert_eq!(fields.get("Content-Length"), Some("7"));
        let refused = site.publish("/app.js", Some(Object::MOST_BYTES + 1), 3);
        assert!(matches!(refused, Err(ContentError::TooLarge { .. })));
        assert_eq!(site.get("/app.js").unwrap().version, 3, "nothing has changed");
    }
}
