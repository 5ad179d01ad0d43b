//! What a sheet is about: the whole, one origin, one behavior, ...

use super::beside::documents;
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, ErrorResponse};
use crate::json::{Json, NoSuchPlace, Path};

/// One entry of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// What belongs to none of the others.
    General,
    /// By its place among the origins.
    Origin(usize),
    /// By its place among the origin groups.
    Group(usize),
    /// By its place among the behaviors that have a pattern of their own.
    Behavior(usize),
    /// The default behavior, which takes what no pattern matches.
    Default,
    /// By its place among the error pages.
    ErrorPage(usize),
    /// A document beside the configuration: its sort, and its place among all of them.
    Beside(Sort, usize),
}

impl Item {
    /// Where it stands in the document.
    pub fn path(self) -> Path {
        match self {
            Self::General => Path::default(),
            Self::Origin(place) => origins().item(place),
            Self::Group(place) => groups().item(place),
            Self::Behavior(place) => behaviors().item(place),
            Self::Default => Path::default().member("DefaultCacheBehavior"),
            Self::ErrorPage(place) => error_pages().item(place),
            Self::Beside(sort, place) => documents().item(place).joined(&sort.within()),
        }
    }

    /// Where all of it stands: of a document beside the configuration, its wrapper.
    pub(super) fn whole_path(self) -> Path {
        match self {
            Self::Beside(_, place) => documents().item(place),
            _ => self.path(),
        }
    }

    /// Whether the document has it.
    pub fn is_in(self, draft: &Draft) -> bool {
        draft.at(&self.path()).is_some()
    }

    /// Adds an origin behind the others, with what AWS's console fills in (CP-03), and says which it is.
    pub fn new_origin(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let count = count(draft, &origins());
        let id = free_id(draft, &origins(), "origin");
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

    /// Adds a group of the first two origins behind the others, which turns to the second where the first fails (OG-03).
    pub fn new_group(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let count = count(draft, &groups());
        let id = free_id(draft, &groups(), "group");
        let mut two = ids(draft, &origins()).map(Json::text).take(2).collect::<Vec<_>>();
        two.resize(2, Json::text(""));
        let members = two.into_iter().map(|id| Json::object([("OriginId", id)]));
        let codes = [500, 502, 503, 504].map(Json::Whole);
        let group = Json::object([
            ("Id", Json::text(&id)),
            ("FailoverCriteria", Json::object([("StatusCodes", list(codes.to_vec()))])),
            ("Members", list(members.collect())),
        ]);
        draft.insert(&groups().item(count), group)?;
        Ok(Self::Group(count))
    }

    /// Adds an error page for the first status that has none, and says which it is (CE-01).
    pub fn new_error_page(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let count = count(draft, &error_pages());
        let taken = draft.at(&error_pages()).map_or(&[][..], Json::items);
        let is_free = |status: &&u16| {
            let code = Json::Whole(i64::from(**status));
            !taken.iter().any(|page| page.member("ErrorCode") == Some(&code))
        };
        // The one that a class asks for first, then the rest.
        let status = [404].iter().chain(&ErrorResponse::STATUSES).find(is_free);
        let secs = ErrorResponse::DEFAULT_MIN_TTL_SECS;
        let page = Json::object([
            ("ErrorCode", Json::Whole(status.map_or(404, |status| i64::from(*status)))),
            ("ResponsePagePath", Json::text("")),
            ("ResponseCode", Json::text("")),
            ("ErrorCachingMinTTL", Json::Whole(i64::try_from(secs).unwrap_or(i64::MAX))),
        ]);
        draft.insert(&error_pages().item(count), page)?;
        Ok(Self::ErrorPage(count))
    }

    /// Adds a behavior before the others, like the default one but for its pattern, and says which it is.
    pub fn new_behavior(draft: &mut Draft) -> Result<Self, NoSuchPlace> {
        let like = draft.at(&Self::Default.path()).cloned().unwrap_or(Json::Null);
        let mut members = vec![("PathPattern".to_owned(), Json::text("/new/*"))];
        members.extend(like.members().iter().cloned());
        draft.insert(&behaviors().item(0), Json::Object(members))?;
        Ok(Self::Behavior(0))
    }

    /// Whether it can be taken out.
    pub const fn is_removable(self) -> bool {
        !matches!(self, Self::General | Self::Default)
    }

    /// Takes it out of the document. The default behavior and the whole stay. A list without items has none (WR-08).
    pub fn remove(self, draft: &mut Draft) -> Result<(), NoSuchPlace> {
        if !self.is_removable() {
            return Ok(());
        }
        draft.remove(&self.whole_path())?;
        match self.path().split_last() {
            Some((list, _)) if !matches!(self, Self::Beside(..)) && count(draft, &list) == 0 => {
                draft.remove(&list).map(drop)
            }
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

/// The list of error pages.
pub(super) fn error_pages() -> Path {
    Path::default().member("CustomErrorResponses").member("Items")
}

/// Takes out what stands at a place, if anything does.
pub(super) fn take_out(draft: &mut Draft, path: &Path) -> Result<(), NoSuchPlace> {
    if draft.at(path).is_some() {
        draft.remove(path)?;
    }
    Ok(())
}

/// The names of the items of a list.
pub(super) fn ids<'d>(draft: &'d Draft, list: &Path) -> impl Iterator<Item = &'d str> {
    let items = draft.at(list).map_or(&[][..], Json::items);
    items.iter().filter_map(|item| item.member("Id").and_then(Json::as_text))
}

/// A name that no item of a list has, as in `origin-3`.
fn free_id(draft: &Draft, list: &Path, sort: &str) -> String {
    let name = |number: usize| format!("{sort}-{number}");
    let is_free = |name: &String| ids(draft, list).all(|taken| taken != name);
    let count = count(draft, list);
    (count + 1..=2 * count + 1).map(name).find(is_free).unwrap_or_default()
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
