//! What a sheet is about: one origin, or one behavior.

use crate::distribution::Draft;
use crate::json::{Json, NoSuchPlace, Path};

/// One entry of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// By its place among the origins.
    Origin(usize),
    /// By its place among the behaviors that have a pattern of their own.
    Behavior(usize),
    /// The default behavior, which takes what no pattern matches.
    Default,
}

impl Item {
    /// Where it stands in the document.
    pub fn path(self) -> Path {
        match self {
            Self::Origin(place) => origins().item(place),
            Self::Behavior(place) => behaviors().item(place),
            Self::Default => Path::default().member("DefaultCacheBehavior"),
        }
    }

    /// Whether the document has it.
    pub fn is_in(self, draft: &Draft) -> bool {
        draft.at(&self.path()).is_some()
    }

    /// Adds an origin behind the others, with what AWS's console fills in (CP-03), and says which it is.
    pub fn new_origin(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let count = count(draft, &origins());
        let name = |number: usize| format!("origin-{number}");
        let is_free = |name: &String| {
            let taken = draft.at(&origins()).map_or(&[][..], Json::items);
            !taken.iter().any(|origin| origin.member("Id").and_then(Json::as_text) == Some(name))
        };
        // So many names can't all be taken.
        let id = (count + 1..=2 * count + 1).map(name).find(is_free).unwrap_or_default();
        let whole = Json::Whole;
        let block = Json::object([
            ("HTTPPort", whole(80)),
            ("HTTPSPort", whole(443)),
            ("OriginProtocolPolicy", Json::text("match-viewer")),
            ("OriginSslProtocols", listed(["TLSv1.2"])),
            ("OriginReadTimeout", whole(30)),
            ("OriginKeepaliveTimeout", whole(5)),
        ]);
        let origin = Json::object([
            ("Id", Json::text(&id)),
            ("DomainName", Json::text("www.example.com")),
            ("OriginPath", Json::text("")),
            ("CustomHeaders", Json::object([("Quantity", whole(0))])),
            ("CustomOriginConfig", block),
            ("ConnectionAttempts", whole(3)),
            ("ConnectionTimeout", whole(10)),
            ("OriginShield", Json::object([("Enabled", Json::Flag(false))])),
            ("OriginAccessControlId", Json::text("")),
        ]);
        draft.insert(&origins().item(count), origin)?;
        Ok(Self::Origin(count))
    }

    /// Adds a behavior before the others, like the default one but for its pattern, and says which it is.
    pub fn new_behavior(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let like = draft.at(&Self::Default.path()).cloned().unwrap_or(Json::Null);
        let mut members = vec![("PathPattern".to_owned(), Json::text("/new/*"))];
        members.extend(like.members().iter().cloned());
        draft.insert(&behaviors().item(0), Json::Object(members))?;
        Ok(Self::Behavior(0))
    }

    /// Takes it out of the document. The default behavior stays. A list without items has none (WR-08).
    pub fn remove(self, draft: &mut Draft) -> Result<(), NoSuchPlace> {
        if self == Self::Default {
            return Ok(());
        }
        draft.remove(&self.path())?;
        match self.path().split_last() {
            Some((list, _)) if count(draft, &list) == 0 => draft.remove(&list).map(drop),
            _ => Ok(()),
        }
    }

    /// Moves a behavior by one place in the order in which patterns are tried, and says which it is then (FLOW-15).
    pub fn moved(self, draft: &mut Draft, up: bool) -> Option<Self> {
        let Self::Behavior(from) = self else { return None };
        let to = if up { from.checked_sub(1)? } else { from + 1 };
        draft.shift(&behaviors(), from, to).ok()?;
        Some(Self::Behavior(to))
    }
}

/// The list of origins.
pub(super) fn origins() -> Path {
    Path::default().member("Origins").member("Items")
}

/// The list of behaviors with patterns of their own.
pub(super) fn behaviors() -> Path {
    Path::default().member("CacheBehaviors").member("Items")
}

/// The list of origin groups.
pub(super) fn groups() -> Path {
    Path::default().member("OriginGroups").member("Items")
}

/// How many items a list has.
pub(super) fn count(draft: &Draft, list: &Path) -> usize {
    draft.at(list).map_or(0, |list| list.items().len())
}

/// `{"Quantity": 2, "Items": [..]}`; of none, Items is left out (WR-08).
pub(super) fn listed<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
    list(texts.into_iter().map(Json::text).collect())
}

/// The same of any values.
pub(super) fn list(items: Vec<Json>) -> Json {
    let quantity = ("Quantity", Json::Whole(i64::try_from(items.len()).unwrap_or(i64::MAX)));
    if items.is_empty() {
        return Json::object([quantity]);
    }
    Json::object([quantity, ("Items", Json::List(items))])
}
