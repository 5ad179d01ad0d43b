//! What is typed or chosen, put into the document: also what AWS would not take, so that it can be said why.

use super::item::{self, Item};
use super::setting::{BLOCKS, Kind, LEGACY, Setting};
use crate::distribution::{Draft, OriginKind, domain};
use crate::json::{Json, NoSuchPlace, Path};

/// In the order in which AWS prints them.
const METHODS: [&str; 7] = ["HEAD", "GET", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/// Minimum, default and maximum where the legacy settings begin (CK-05).
const LEGACY_TTLS: [(&str, i64); 3] =
    [("MinTTL", 0), ("DefaultTTL", 86_400), ("MaxTTL", 31_536_000)];

impl Setting {
    /// Puts a value where this setting of an item stands, as its control gave it. Whatever hangs on it follows: those who
    /// name an origin keep to it, an origin's block is the one for its kind, a cache policy and the legacy settings take
    /// each other's place.
    pub fn enter(self, draft: &mut Draft, item: Item, value: &str) -> Result<(), NoSuchPlace> {
        let path = self.path(item, draft);
        match self {
            Self::OriginId | Self::GroupId => rename(draft, &path, value),
            Self::DomainName => {
                draft.set(&path, Json::text(value))?;
                fit_block(draft, item, value)
            }
            Self::Shield => {
                let mut shield = vec![("Enabled", Json::Flag(!value.is_empty()))];
                if !value.is_empty() {
                    shield.push(("OriginShieldRegion", Json::text(value)));
                }
                draft.set(&path, Json::object(shield)).map(drop)
            }
            Self::CustomHeaders => draft.set(&path, custom_headers(value)).map(drop),
            Self::AllowedMethods => set_methods(draft, &path, value),
            Self::CachedOptions => {
                let count = if value == "true" { 3 } else { 2 };
                draft.set(&path, item::listed(METHODS[..count].iter().copied())).map(drop)
            }
            Self::CachePolicy if value == LEGACY => to_legacy(draft, &item.path()),
            Self::CachePolicy => to_policy(draft, &item.path(), value),
            Self::OriginRequestPolicy | Self::ResponseHeadersPolicy if value.is_empty() => {
                take_out(draft, &path)
            }
            Self::Aliases => {
                let names = value.lines().map(str::trim).filter(|name| !name.is_empty());
                draft.set(&path, item::listed(names)).map(drop)
            }
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

/// A whole number; whatever else was typed stays a text, which AWS does not take for one.
fn number(text: &str) -> Json {
    let is_digits = text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits).map_or_else(|| Json::text(text), Json::Whole)
}

fn take_out(draft: &mut Draft, path: &Path) -> Result<(), NoSuchPlace> {
    if draft.at(path).is_some() {
        draft.remove(path)?;
    }
    Ok(())
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

/// Gives an origin or a group another name, and the new name to all who named it. A name that is another's leaves those alone.
fn rename(draft: &mut Draft, path: &Path, value: &str) -> Result<(), NoSuchPlace> {
    let before = draft.set(path, Json::text(value))?;
    let Some(before) = before.filter(|before| is_unique(draft, before, value)) else {
        return Ok(());
    };
    for place in named_by(draft) {
        if draft.at(&place) == Some(&before) {
            draft.set(&place, Json::text(value))?;
        }
    }
    Ok(())
}

/// Whether nothing has the old name still, and one only the new.
fn is_unique(draft: &Draft, before: &Json, value: &str) -> bool {
    let lists = [item::origins(), item::groups()];
    let ids: Vec<&str> = lists.iter().flat_map(|list| item::ids(draft, list)).collect();
    let before = before.as_text().unwrap_or_default();
    !ids.contains(&before) && ids.iter().filter(|id| **id == value).count() == 1
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

/// A bucket's own endpoint has one block, any other name the other; a private one keeps what it has (OK-01, OK-12).
fn fit_block(draft: &mut Draft, item: Item, name: &str) -> Result<(), NoSuchPlace> {
    let [bucket, custom] = BLOCKS.map(|block| item.path().member(block));
    let Ok(found) = domain::classify(name) else { return Ok(()) };
    let is_bucket = found.kind == OriginKind::S3Bucket;
    let (wanted, other) = if is_bucket { (&bucket, &custom) } else { (&custom, &bucket) };
    let Some(before) = draft.at(other).cloned() else { return Ok(()) };
    let mut members = if is_bucket {
        vec![("OriginAccessIdentity", Json::text(""))]
    } else {
        // OK-02: a website endpoint has no TLS; for the rest CP-02 to CP-06.
        let protocol = match found.kind {
            OriginKind::S3Website => "http-only",
            OriginKind::Ec2 | OriginKind::WebServer => "match-viewer",
            _ => "https-only",
        };
        vec![
            ("HTTPPort", Json::Whole(80)),
            ("HTTPSPort", Json::Whole(443)),
            ("OriginProtocolPolicy", Json::text(protocol)),
            ("OriginSslProtocols", item::listed(["TLSv1.2"])),
            ("OriginKeepaliveTimeout", Json::Whole(5)),
        ]
    };
    let timeout = before.member("OriginReadTimeout").cloned();
    members.extend(timeout.map(|secs| ("OriginReadTimeout", secs)));
    draft.set(wanted, Json::object(members))?;
    draft.remove(other).map(drop)
}

/// One field a line.
fn custom_headers(lines: &str) -> Json {
    let field = |line: &str| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        Json::object([
            ("HeaderName", Json::text(name.trim())),
            ("HeaderValue", Json::text(value.trim())),
        ])
    };
    item::list(lines.lines().filter(|line| !line.trim().is_empty()).map(field).collect())
}

/// The first so many methods, which are the sets that AWS takes (CB-03); those that are cached are among them (CB-04).
fn set_methods(draft: &mut Draft, path: &Path, count: &str) -> Result<(), NoSuchPlace> {
    let count = count.parse().unwrap_or(METHODS.len()).min(METHODS.len());
    let cached = draft.at(&path.member("CachedMethods").member("Items"));
    let cached = cached.map_or(2, |cached| cached.items().len()).min(count);
    let Json::Object(mut members) = item::listed(METHODS[..count].iter().copied()) else {
        return Ok(());
    };
    members.push(("CachedMethods".to_owned(), item::listed(METHODS[..cached].iter().copied())));
    draft.set(path, Json::Object(members)).map(drop)
}

/// From a cache policy to the settings of the behavior's own (CB-10, CB-11), which know no origin request policy (CB-08).
fn to_legacy(draft: &mut Draft, behavior: &Path) -> Result<(), NoSuchPlace> {
    for name in ["CachePolicyId", "OriginRequestPolicyId"] {
        take_out(draft, &behavior.member(name))?;
    }
    let cookies = Json::object([("Forward", Json::text("none"))]);
    let values = Json::object([
        ("QueryString", Json::Flag(false)),
        ("Cookies", cookies),
        ("Headers", item::listed([])),
        ("QueryStringCacheKeys", item::listed([])),
    ]);
    draft.set(&behavior.member("ForwardedValues"), values)?;
    for (name, secs) in LEGACY_TTLS {
        draft.set(&behavior.member(name), Json::Whole(secs))?;
    }
    Ok(())
}

/// To a cache policy, which brings its own TTLs (KEY-10).
fn to_policy(draft: &mut Draft, behavior: &Path, id: &str) -> Result<(), NoSuchPlace> {
    take_out(draft, &behavior.member("ForwardedValues"))?;
    for (name, _) in LEGACY_TTLS {
        take_out(draft, &behavior.member(name))?;
    }
    draft.set(&behavior.member("CachePolicyId"), Json::text(id)).map(drop)
}
