//! A configuration while it is edited: its document and those beside it, whether or not AWS would take them yet.

use super::aws::{BESIDE, Sort};
use super::{AwsError, Beside, Configuration, Side};
use crate::json::{Json, NoSuchPlace, Part, Path};

mod staging;

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
    /// The documents beside it, as a list.
    documents: Json,
    /// What they come to, as far as they can be read.
    beside: Beside,
    /// Of which distribution paths speak.
    side: Side,
}

impl Draft {
    /// A configuration to be edited.
    pub fn of(configuration: &Configuration) -> Self {
        let beside = configuration.beside().clone();
        Self {
            base: configuration.clone(),
            document: configuration.document().clone(),
            documents: Json::List(beside.documents().to_vec()),
            beside,
            side: Side::Primary,
        }
    }

    /// Another configuration to be edited, with the same distribution in view.
    #[must_use]
    pub fn turned_to(&self, configuration: &Configuration) -> Self {
        let mut draft = Self::of(configuration);
        draft.turn(self.side);
        draft
    }

    /// What is edited, as it was when the editing began.
    pub const fn base(&self) -> &Configuration {
        &self.base
    }

    /// As it is now: the document of the distribution that is in view.
    pub fn document(&self) -> &Json {
        self.document_of(self.side)
    }

    /// The document of one of the two; where there is no staging distribution, of the primary.
    pub fn document_of(&self, side: Side) -> &Json {
        let staging = self.staging_path().filter(|_| side == Side::Staging);
        staging.and_then(|path| self.at_whole(&path)).unwrap_or(&self.document)
    }

    /// The same when the editing began.
    pub fn base_document(&self) -> &Json {
        let is_it = |document: &&Json| Sort::of(document) == Some(Sort::Staging);
        let staged =
            || self.base.beside().documents().iter().find(is_it)?.at(&Sort::Staging.within());
        // One that was just made is compared with what it was made from.
        Some(self.side)
            .filter(|side| *side == Side::Staging)
            .and_then(|_| staged())
            .unwrap_or(self.base.document())
    }

    /// Which of two distributions is in view: what a path means that does not begin with [`BESIDE`].
    pub const fn side(&self) -> Side {
        self.side
    }

    /// Brings one of them into view; the staging distribution only where there is one.
    pub fn turn(&mut self, side: Side) {
        self.side = if self.staging_path().is_some() { side } else { Side::Primary };
    }

    /// A path as the primary and the documents beside it have it.
    fn whole(&self, path: &Path) -> Path {
        let is_own = self.side == Side::Staging && path.within(BESIDE).is_none();
        match self.staging_path().filter(|_| is_own) {
            Some(staging) => staging.joined(path),
            None => path.clone(),
        }
    }

    /// The documents beside it, each in the wrapper of its sort.
    pub fn documents(&self) -> &[Json] {
        self.documents.items()
    }

    /// What can be read of them.
    pub const fn beside(&self) -> &Beside {
        &self.beside
    }

    /// Whether it says something else than when the editing began.
    pub fn is_edited(&self) -> bool {
        self.document != *self.base.document() || self.documents() != self.base.beside().documents()
    }

    /// The configuration that this comes to, if AWS would take it.
    pub fn check(&self) -> Result<Configuration, Vec<AwsError>> {
        self.base.edited(self.document.clone(), self.documents())
    }

    /// What stands at a path; one that begins with [`BESIDE`] leads into the documents beside.
    pub fn at(&self, path: &Path) -> Option<&Json> {
        self.at_whole(&self.whole(path))
    }

    fn at_whole(&self, path: &Path) -> Option<&Json> {
        match path.within(BESIDE) {
            Some(within) => self.documents.at(&within),
            None => self.document.at(path),
        }
    }

    /// Puts a value at a path, and returns what stood there.
    pub fn set(&mut self, path: &Path, value: Json) -> Result<Option<Json>, NoSuchPlace> {
        self.edit(path, |json, path| json.set(path, value))
    }

    /// Takes away what stands at a path, and returns it.
    pub fn remove(&mut self, path: &Path) -> Result<Json, NoSuchPlace> {
        self.edit(path, Json::remove)
    }

    /// Puts a value before the item that a path names, or behind the last one; as in `CacheBehaviors.Items[0]`.
    pub fn insert(&mut self, path: &Path, value: Json) -> Result<(), NoSuchPlace> {
        self.edit(path, |json, path| json.insert(path, value))
    }

    /// Moves an item of the list at a path, as in `CacheBehaviors.Items`.
    pub fn shift(&mut self, list: &Path, from: usize, to: usize) -> Result<(), NoSuchPlace> {
        match self.whole(list).within(BESIDE) {
            Some(within) => self.edit(list, |json, _| json.shift(&within, from, to)),
            None => self.document.shift(list, from, to),
        }
    }

    fn edit<T>(
        &mut self,
        path: &Path,
        edit: impl FnOnce(&mut Json, &Path) -> Result<T, NoSuchPlace>,
    ) -> Result<T, NoSuchPlace> {
        let whole = self.whole(path);
        let edited = match whole.within(BESIDE) {
            Some(within) => edit(&mut self.documents, &within)?,
            None => edit(&mut self.document, path)?,
        };
        if path.within(BESIDE).is_none() {
            self.count(&whole);
        }
        if whole.within(BESIDE).is_some() {
            (self.beside, _) = self.base.beside().holding(self.documents());
        }
        Ok(edited)
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
        let count = self.at_whole(&list).map_or(0, |list| list.items().len());
        let quantity = Json::Whole(i64::try_from(count).unwrap_or(i64::MAX));
        let place = holder.member("Quantity");
        // What holds the Items is an object, which has room for their number.
        let _ = match place.within(BESIDE) {
            Some(within) => self.documents.set(&within, quantity),
            None => self.document.set(&place, quantity),
        };
    }
}
