//! What is typed or chosen, put into the document: also what AWS would not take, so that it can be said why.

use super::before;
use super::certificate;
use super::item::{self, Item, take_out};
use super::lines;
use super::origin_block::{fit_block, fit_protocol, set_private};
use super::setting::{BLOCKS, CUSTOM_HEADER, Kind, LEGACY, ORIGIN_SSL, Setting};
use crate::distribution::{Draft, aws};
use crate::json::{Json, NoSuchPlace, Path};

/// Minimum, default and maximum where the legacy settings begin (CK-05).
const LEGACY_TTLS: [(&str, i64); 3] =
    [("MinTTL", 0), ("DefaultTTL", 86_400), ("MaxTTL", 31_536_000)];

impl Setting {
    /// Puts a value where this setting of an item stands, as its control gave it. Whatever hangs on it follows: those who
    /// name an origin keep to it, an origin's block is the one for its kind, a cache policy and the legacy settings take
    /// each other's place. What was there when the editing began is as it was once it is entered again.
    pub fn enter(self, draft: &mut Draft, item: Item, value: &str) -> Result<(), NoSuchPlace> {
        self.put(draft, item, value)?;
        before::settle(draft, item)
    }

    fn put(self, draft: &mut Draft, item: Item, value: &str) -> Result<(), NoSuchPlace> {
        if self.put_beside(draft, item, value)? {
            return Ok(());
        }
        let path = self.path(item, draft);
        match self {
            Self::OriginId | Self::GroupId => rename(draft, &path, value),
            Self::DomainName => {
                let before = draft.set(&path, Json::text(value))?;
                fit_block(draft, item, value)?;
                let before = before.as_ref().and_then(Json::as_text).unwrap_or_default();
                fit_protocol(draft, item, before, value)
            }
            Self::Shield => {
                let mut shield = vec![("Enabled", Json::Flag(!value.is_empty()))];
                if !value.is_empty() {
                    shield.push(("OriginShieldRegion", Json::text(value)));
                }
                draft.set(&path, Json::object(shield)).map(drop)
            }
            Self::CustomHeaders => draft
                .set(&path, item::list(lines::fields(value, CUSTOM_HEADER).collect()))
                .map(drop),
            Self::AllowedMethods => set_methods(draft, item, Some(value), None),
            Self::CachedOptions => {
                set_methods(draft, item, None, Some(if value == "true" { 3 } else { 2 }))
            }
            Self::CachePolicy if value == LEGACY => to_legacy(draft, item),
            Self::CachePolicy => to_policy(draft, item, value),
            Self::OriginRequestPolicy | Self::ResponseHeadersPolicy if value.is_empty() => {
                take_out(draft, &path)
            }
            Self::VpcOrigin => set_private(draft, item, value.trim()),
            Self::VpcOwner if value.trim().is_empty() => take_out(draft, &path),
            Self::Aliases => {
                let names = value.lines().map(str::trim).filter(|name| !name.is_empty());
                draft.set(&path, item::listed(names)).map(drop)
            }
            Self::OriginSsl => set_origin_ssl(draft, item, &path, value),
            Self::Certificate => certificate::set(draft, &path, value.trim()),
            Self::SslSupport => certificate::set_support(draft, value),
            Self::GeoSort => set_geo(draft, &item.path(), Some(value), None),
            Self::Countries => set_geo(draft, &item.path(), None, Some(value)),
            Self::Criteria => {
                let parts = value.split([',', ' ']).filter(|part| !part.is_empty());
                draft.set(&path, item::list(parts.map(number).collect())).map(drop)
            }
            Self::TagHeader if value.is_empty() => {
                take_out(draft, &item.path().member("CacheTagConfig"))
            }
            Self::Logs => set_logs(draft, &item.path().member("Logging"), value == "true"),
            Self::ErrorStatus => draft.set(&path, number(value)).map(drop),
            Self::PagePath => set_page(draft, &item.path(), value),
            _ => match self.spec().kind {
                Kind::Whole(_) if value.trim().is_empty() => take_out(draft, &path),
                Kind::Whole(_) => draft.set(&path, number(value.trim())).map(drop),
                Kind::Flag => draft.set(&path, Json::Flag(value == "true")).map(drop),
                _ => draft.set(&path, Json::text(value)).map(drop),
            },
        }
    }
}

/// From the oldest on that is allowed, all of AWS's list (OR-17); where that was the oldest before, the list of then.
fn set_origin_ssl(
    draft: &mut Draft,
    item: Item,
    place: &Path,
    oldest: &str,
) -> Result<(), NoSuchPlace> {
    let first = ORIGIN_SSL.iter().position(|known| *known == oldest).unwrap_or(0);
    let all = item::listed(ORIGIN_SSL[first..].iter().copied());
    let was =
        before::of(draft, item).and_then(|was| was.member(BLOCKS[1])?.member("OriginSslProtocols"));
    let had = |was: &&Json| {
        let items = was.member("Items").map_or(&[][..], Json::items);
        let place = |known: &&str| items.iter().any(|item| item.as_text() == Some(*known));
        ORIGIN_SSL.iter().find(|known| place(known)) == Some(&oldest)
    };
    let list = was.filter(had).cloned().unwrap_or(all);
    draft.set(place, list).map(drop)
}

/// A whole number, however large; whatever else was typed stays a text, which AWS does not take for one.
pub(super) fn number(text: &str) -> Json {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if is_number => Json::Whole(number),
        Err(_) if is_number && !digits.starts_with('0') => Json::Fraction(text.to_owned()),
        _ => Json::text(text),
    }
}

/// Where viewers are let in or kept out; what is not given stays. Off, it has no countries (DS-20).
fn set_geo(
    draft: &mut Draft,
    whole: &Path,
    sort: Option<&str>,
    countries: Option<&str>,
) -> Result<(), NoSuchPlace> {
    let place = whole.member("Restrictions").member("GeoRestriction");
    let now = |name: &str| draft.at(&place.member(name));
    let told = now("RestrictionType").and_then(Json::as_text).unwrap_or("none").to_owned();
    let sort = sort.unwrap_or(&told);
    let listed = match countries {
        _ if sort == "none" => Vec::new(),
        Some(text) => {
            let codes = text.split([',', ' ', '\n']).map(str::trim).filter(|code| !code.is_empty());
            codes.map(|code| Json::text(&code.to_ascii_uppercase())).collect()
        }
        None => now("Items").map_or(&[][..], Json::items).to_vec(),
    };
    let mut members = vec![("RestrictionType".to_owned(), Json::text(sort))];
    members.extend(item::list(listed).members().iter().cloned());
    draft.set(&place, Json::Object(members)).map(drop)
}

/// On, with whatever was told and a bucket's name to begin with; off, which forgets both (LG-01).
fn set_logs(draft: &mut Draft, logging: &Path, on: bool) -> Result<(), NoSuchPlace> {
    let told = |name: &str| {
        let told = draft.at(&logging.member(name)).and_then(Json::as_text);
        told.filter(|text| on && !text.is_empty()).unwrap_or_default().to_owned()
    };
    let [mut bucket, prefix] = ["Bucket", "Prefix"].map(told);
    if on && bucket.is_empty() {
        "my-logs.s3.amazonaws.com".clone_into(&mut bucket);
    }
    let cookies = draft.at(&logging.member("IncludeCookies")).cloned();
    let members = [
        ("Enabled", Json::Flag(on)),
        ("IncludeCookies", cookies.unwrap_or(Json::Flag(false))),
        ("Bucket", Json::text(&bucket)),
        ("Prefix", Json::text(&prefix)),
    ];
    draft.set(logging, Json::object(members)).map(drop)
}

/// A page has a path and a status, or neither (CE-02, CE-03); the status is the error's own unless another was chosen.
fn set_page(draft: &mut Draft, page: &Path, path: &str) -> Result<(), NoSuchPlace> {
    let status = page.member("ResponseCode");
    let before = draft.at(&status).and_then(Json::as_text).unwrap_or_default();
    if path.is_empty() {
        draft.set(&status, Json::text(""))?;
    } else if before.is_empty() {
        let own = draft.at(&page.member("ErrorCode")).map(Json::shown).unwrap_or_default();
        draft.set(&status, Json::text(&own))?;
    }
    draft.set(&page.member("ResponsePagePath"), Json::text(path)).map(drop)
}

/// Gives an origin or a group another name, and the new name to all who named it. While it is typed it may be another's: that leaves
/// all alone, and those who named this one are then those who name nobody.
fn rename(draft: &mut Draft, path: &Path, value: &str) -> Result<(), NoSuchPlace> {
    let before = draft.set(path, Json::text(value))?;
    let names = names(draft);
    if names.iter().filter(|name| name.as_text() == Some(value)).count() != 1 {
        return Ok(());
    }
    let places = named_by(draft);
    let before = before.filter(|before| !names.contains(before));
    let Some(before) = before.or_else(|| only_lost(draft, &places, &names)) else { return Ok(()) };
    for place in places {
        if draft.at(&place) == Some(&before) {
            draft.set(&place, Json::text(value))?;
        }
    }
    Ok(())
}

/// What origins and groups are called.
fn names(draft: &Draft) -> Vec<Json> {
    let of = |list: Path| draft.at(&list).map_or(&[][..], Json::items);
    let all = of(item::origins()).iter().chain(of(item::groups()));
    all.filter_map(|item| item.member("Id").cloned()).collect()
}

/// The name that some places give and nobody has, if it is one alone.
fn only_lost(draft: &Draft, places: &[Path], names: &[Json]) -> Option<Json> {
    let given = places.iter().filter_map(|place| draft.at(place));
    let mut lost = given.filter(|name| !names.contains(name));
    let first = lost.next()?;
    lost.all(|other| other == first).then(|| first.clone())
}

/// All places that name an origin or a group.
fn named_by(draft: &Draft) -> Vec<Path> {
    let target = |item: Item| item.path().member("TargetOriginId");
    let behaviors = 0..item::count(draft, &item::behaviors());
    let mut places: Vec<Path> = behaviors.map(|place| target(Item::Behavior(place))).collect();
    places.push(target(Item::Default));
    let groups = item::groups();
    for group in 0..item::count(draft, &groups) {
        let members = groups.item(group).member("Members").member("Items");
        let members = (0..item::count(draft, &members)).map(|place| members.item(place));
        places.extend(members.map(|member| member.member("OriginId")));
    }
    places
}

/// So many methods, of the sets that AWS takes (CB-03), and so many that are cached, which are among them (CB-04). What is
/// not given stays; a behavior that says nothing allows GET and HEAD.
fn set_methods(
    draft: &mut Draft,
    item: Item,
    allowed: Option<&str>,
    cached: Option<usize>,
) -> Result<(), NoSuchPlace> {
    const CACHED: &str = "CachedMethods";
    let path = item.path().member("AllowedMethods");
    let count = |list: Option<&Json>| {
        list.and_then(|list| list.member("Items")).map_or(2, |items| items.items().len())
    };
    let now = draft.at(&path);
    let most = allowed.and_then(|count| count.parse().ok()).unwrap_or_else(|| count(now));
    let kept = now.and_then(|now| now.member(CACHED));
    let cached = cached.unwrap_or_else(|| count(kept).min(most));
    let was = before::of(draft, item).and_then(|was| was.member("AllowedMethods"));
    let was_cached = was.and_then(|was| was.member(CACHED));
    let list = |was: Option<&Json>, wanted: usize| match was {
        Some(Json::Object(members)) if count(was) == wanted => {
            members.iter().filter(|(name, _)| name != CACHED).cloned().collect()
        }
        _ => item::listed(aws::methods(wanted)).members().to_vec(),
    };
    let mut members = list(was, most);
    members.push((CACHED.to_owned(), Json::Object(list(was_cached, cached))));
    draft.set(&path, Json::Object(members)).map(drop)
}

/// From a cache policy to the settings of the behavior's own (CB-10, CB-11), which know no origin request policy (CB-08):
/// those that it had, or as they begin.
fn to_legacy(draft: &mut Draft, item: Item) -> Result<(), NoSuchPlace> {
    let behavior = item.path();
    let was =
        before::of(draft, item).filter(|was| was.member("ForwardedValues").is_some()).cloned();
    for name in ["CachePolicyId", "OriginRequestPolicyId"] {
        take_out(draft, &behavior.member(name))?;
    }
    let began = || {
        let values = Json::object([
            ("QueryString", Json::Flag(false)),
            ("Cookies", Json::object([("Forward", Json::text("none"))])),
            ("Headers", item::listed([])),
            ("QueryStringCacheKeys", item::listed([])),
        ]);
        let ttls = LEGACY_TTLS.map(|(name, secs)| (name, Json::Whole(secs)));
        Json::object([("ForwardedValues", values)].into_iter().chain(ttls))
    };
    let settings = was.unwrap_or_else(began);
    for name in ["ForwardedValues"].into_iter().chain(LEGACY_TTLS.map(|(name, _)| name)) {
        if let Some(value) = settings.member(name) {
            draft.set(&behavior.member(name), value.clone())?;
        }
    }
    Ok(())
}

/// To a cache policy, which brings its own TTLs (KEY-10); from the legacy settings with the origin request policy that was
/// there before them.
fn to_policy(draft: &mut Draft, item: Item, id: &str) -> Result<(), NoSuchPlace> {
    let behavior = item.path();
    let legacy = behavior.member("ForwardedValues");
    if draft.at(&legacy).is_some() {
        draft.remove(&legacy)?;
        let was = before::of(draft, item).and_then(|was| was.member("OriginRequestPolicyId"));
        if let Some(policy) = was.cloned() {
            draft.set(&behavior.member("OriginRequestPolicyId"), policy)?;
        }
    }
    for (name, _) in LEGACY_TTLS {
        take_out(draft, &behavior.member(name))?;
    }
    draft.set(&behavior.member("CachePolicyId"), Json::text(id)).map(drop)
}
