//! A configuration while it is edited: its document, whether or not AWS would take it yet.

use super::{AwsError, Configuration};
use crate::json::{Json, NoSuchPlace, Part, Path};

/// A document that can be changed by the paths that findings name. A list's `Quantity` follows its `Items`.
///
/// ```
/// use edgewalk::distribution::{Behavior, Configuration, Distribution, Draft, Origin, managed};
/// use edgewalk::json::Json;
///
/// let configuration = Configuration::of(Distribution {
///     origins: vec![Origin::s3_bucket("site", "site-bucket", "us-east-1")],
///     behaviors: vec![Behavior::new("*", "site", managed::caching_optimized())],
///     ..Distribution::named("d111111abcdef8.cloudfront.net")
/// });
/// let mut draft = Draft::of(&configuration);
/// let path = "Origins.Items[0].ConnectionAttempts".parse().expect("this is a path");
/// draft.set(&path, Json::Whole(4))?;
/// let errors = draft.check().expect_err("there are at most 3");
/// assert_eq!(errors[0].path(), Some("Origins.Items[0].ConnectionAttempts"));
/// # Ok::<(), edgewalk::json::NoSuchPlace>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What is edited, as it was when it was last taken.
    base: Configuration,
    document: Json,
}

impl Draft {
    /// A configuration to be edited.
    pub fn of(configuration: &Configuration) -> Self {
        Self { base: configuration.clone(), document: configuration.document().clone() }
    }

    /// What is edited, as it was when the editing began.
    pub const fn base(&self) -> &Configuration {
        &self.base
    }

    /// As it is now.
    pub const fn document(&self) -> &Json {
        &self.document
    }

    /// The configuration that this comes to, if AWS would take it.
    pub fn check(&self) -> Result<Configuration, Vec<AwsError>> {
        self.base.changed(self.document.clone())
    }

    /// What stands at a path.
    pub fn at(&self, path: &Path) -> Option<&Json> {
        self.document.at(path)
    }

    /// Puts a value at a path, and returns what stood there.
    pub fn set(&mut self, path: &Path, value: Json) -> Result<Option<Json>, NoSuchPlace> {
        let before = self.document.set(path, value)?;
        self.count(path);
        Ok(before)
    }

    /// Takes away what stands at a path, and returns it.
    pub fn remove(&mut self, path: &Path) -> Result<Json, NoSuchPlace> {
        let value = self.document.remove(path)?;
        self.count(path);
        Ok(value)
    }

    /// Puts a value before the item that a path names, or behind the last one; as in `CacheBehaviors.Items[0]`.
    pub fn insert(&mut self, path: &Path, value: Json) -> Result<(), NoSuchPlace> {
        self.document.insert(path, value)?;
        self.count(path);
        Ok(())
    }

    /// Moves an item of the list at a path, as in `CacheBehaviors.Items`.
    pub fn shift(&mut self, list: &Path, from: usize, to: usize) -> Result<(), NoSuchPlace> {
        self.document.shift(list, from, to)
    }

    /// Lets the Quantity beside the Items that a path leads into, or to, be their number.
    fn count(&mut self, path: &Path) {
        let is_items = |path: &Path| path.parts().last() == Some(&Part::Member("Items".to_owned()));
        let list = match path.split_last() {
            _ if is_items(path) => path.clone(),
            Some((list, Part::Item(_))) if is_items(&list) => list,
            _ => return,
        };
        let Some((holder, _)) = list.split_last() else { return };
        let count = self.document.at(&list).map_or(0, |list| list.items().len());
        let quantity = Json::Whole(i64::try_from(count).unwrap_or(i64::MAX));
        // What holds the Items is an object, which has room for their number.
        let _ = self.document.set(&holder.member("Quantity"), quantity);
    }
}
