//! A configuration at a glance: its origins, and its behaviors in the order in which they are tried.

use super::Setting;
use super::beside::{self, BesideRow};
use super::field::Control;
use super::item::{self, Item};
use super::setting::LEGACY;
use super::staging::StagedView;
use crate::distribution::aws::Sort;
use crate::distribution::{AwsError, Draft, ErrorResponse, Side, TtlBounds, domain};
use crate::json::Json;
use crate::scene::units;

/// The tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// In their order.
    pub origins: Vec<OriginRow>,
    /// In their order.
    pub groups: Vec<GroupRow>,
    /// In their order; the default behavior is the last.
    pub behaviors: Vec<BehaviorRow>,
    /// In their order.
    pub error_pages: Vec<ErrorPageRow>,
    /// What stands beside the configuration, in its order.
    pub beside: Vec<BesideRow>,
    /// The staging distribution, if there is one.
    pub staged: Option<StagedView>,
}

/// One origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginRow {
    /// Which.
    pub item: Item,
    /// Its name.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// What sort of server that is.
    pub kind: &'static str,
    /// Where it stands, as far as its domain tells.
    pub region: String,
    /// The Region of its Origin Shield, or `off`.
    pub shield: String,
    /// How many things are wrong with it.
    pub faults: usize,
}

/// One origin group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// Which.
    pub item: Item,
    /// Its name.
    pub name: String,
    /// Who is asked first.
    pub primary: String,
    /// Who is asked then.
    pub secondary: String,
    /// At which statuses, as in `500, 503`.
    pub criteria: String,
    /// How many things are wrong with it.
    pub faults: usize,
}

/// What becomes of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPageRow {
    /// Which.
    pub item: Item,
    /// The origin's status.
    pub status: String,
    /// The page's path; empty where the error keeps its own content.
    pub page: String,
    /// The status that the viewer gets; empty likewise.
    pub page_status: String,
    /// The error caching minimum TTL in seconds; empty where the default holds.
    pub ttl: String,
    /// What that TTL alone does not do, as [`error_kept`] says it in few words; empty where it is all there is to say.
    pub unless: &'static str,
    /// How many things are wrong with it.
    pub faults: usize,
}

/// One behavior.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehaviorRow {
    /// Which.
    pub item: Item,
    /// Its path pattern.
    pub pattern: String,
    /// The origin or the group that answers.
    pub target: String,
    /// The methods that are allowed.
    pub methods: String,
    /// Its cache policy.
    pub policy: String,
    /// Minimum, default and maximum TTL.
    pub ttl: String,
    /// How many things are wrong with it.
    pub faults: usize,
}

impl Overview {
    /// Of a document as it is, with what was found wrong with it.
    pub fn of(draft: &Draft, errors: &[AwsError]) -> Self {
        let origins = (0..item::count(draft, &item::origins())).map(Item::Origin);
        let behaviors = (0..item::count(draft, &item::behaviors())).map(Item::Behavior);
        let groups = (0..item::count(draft, &item::groups())).map(Item::Group);
        let pages = (0..item::count(draft, &item::error_pages())).map(Item::ErrorPage);
        Self {
            groups: groups.map(|item| group(item, draft, errors)).collect(),
            beside: beside::rows(draft, errors),
            staged: StagedView::of(draft),
            error_pages: pages.map(|item| error_page(item, draft, errors)).collect(),
            origins: origins.map(|item| origin(item, draft, errors)).collect(),
            behaviors: behaviors
                .chain([Item::Default])
                .map(|item| behavior(item, draft, errors))
                .collect(),
        }
    }
}

fn origin(item: Item, draft: &Draft, errors: &[AwsError]) -> OriginRow {
    let value = |setting: Setting| setting.value(item, draft);
    let name = value(Setting::DomainName);
    let found = domain::classify(&name).ok();
    let shield = value(Setting::Shield);
    OriginRow {
        item,
        name: value(Setting::OriginId),
        kind: found.as_ref().map_or("unknown", |found| found.kind.label()),
        region: found.and_then(|found| found.region).unwrap_or_else(|| "not told".to_owned()),
        domain: name,
        shield: if shield.is_empty() { "off".to_owned() } else { shield },
        faults: item.count_faults(errors),
    }
}

fn group(item: Item, draft: &Draft, errors: &[AwsError]) -> GroupRow {
    let value = |setting: Setting| setting.value(item, draft);
    GroupRow {
        item,
        name: value(Setting::GroupId),
        primary: value(Setting::Primary),
        secondary: value(Setting::Secondary),
        criteria: value(Setting::Criteria),
        faults: item.count_faults(errors),
    }
}

/// What its minimum TTL alone does not do for an error, in few words and in a sentence; empty of those that are always kept.
pub(super) fn error_kept(status: &str) -> [&'static str; 2] {
    match status.parse() {
        Ok(status) if ErrorResponse::needs_lifetime(status) => [
            "only with max-age",
            "kept only if the origin sends max-age or s-maxage with it; else every request goes to the origin, and no page is kept in its place (CE-07, CEP-11)",
        ],
        Ok(status) if ErrorResponse::is_never_kept(status) => {
            ["never kept", "never kept, whatever stands here (CE-08)"]
        }
        _ => [""; 2],
    }
}

fn error_page(item: Item, draft: &Draft, errors: &[AwsError]) -> ErrorPageRow {
    let value = |setting: Setting| setting.value(item, draft);
    let status = value(Setting::ErrorStatus);
    let [unless, _] = error_kept(&status);
    ErrorPageRow {
        item,
        unless,
        status,
        page: value(Setting::PagePath),
        page_status: value(Setting::PageStatus),
        ttl: value(Setting::ErrorTtl),
        faults: item.count_faults(errors),
    }
}

fn behavior(item: Item, draft: &Draft, errors: &[AwsError]) -> BehaviorRow {
    let value = |setting: Setting| setting.value(item, draft);
    let policy = value(Setting::CachePolicy);
    let known = draft.beside().cache_policy(&policy);
    let ttl = match known {
        Some(policy) => numbers(policy.ttl),
        None if policy == LEGACY => [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl]
            .map(value)
            .map(grouped)
            .join(" / "),
        None => "not given".to_owned(), // what stands in is said with the document
    };
    BehaviorRow {
        item,
        pattern: if item == Item::Default {
            "Default (*)".to_owned()
        } else {
            value(Setting::PathPattern)
        },
        target: value(Setting::Target),
        methods: shown(Setting::AllowedMethods, draft, &value(Setting::AllowedMethods)),
        policy: shown(Setting::CachePolicy, draft, &policy),
        ttl,
        faults: item.count_faults(errors),
    }
}

/// A number as it is read, anything else as it stands; a dash where nothing does.
pub(super) fn grouped(value: String) -> String {
    match value.parse::<u64>() {
        Ok(secs) => units::grouped(secs),
        Err(_) if value.is_empty() => "–".to_owned(),
        Err(_) => value,
    }
}

/// A value by what its control calls it.
pub(super) fn shown(setting: Setting, draft: &Draft, value: &str) -> String {
    let (Control::Choice(choices) | Control::Segments(choices) | Control::Several(choices)) =
        setting.control(draft, value)
    else {
        return value.to_owned();
    };
    let called = |word: &str| {
        let found = choices.iter().find(|choice| choice.value == word);
        found.map_or_else(|| word.to_owned(), |choice| choice.label.clone())
    };
    let label = if value.contains('\n') {
        value.lines().map(called).collect::<Vec<_>>().join("\n")
    } else {
        called(value)
    };
    match label.as_str() {
        "+ OPTIONS" => "GET, HEAD, OPTIONS".to_owned(),
        "All seven" => "all seven".to_owned(),
        _ => label,
    }
}

/// Minimum, default and maximum, as in `1 / 86,400 / 31,536,000`.
fn numbers(ttl: TtlBounds) -> String {
    [ttl.min, ttl.default, ttl.max].map(units::grouped).join(" / ")
}

/// The same in words.
pub(super) fn ttl(ttl: TtlBounds) -> String {
    format!("TTL {} s: minimum, default and maximum", numbers(ttl))
}

impl Overview {
    /// How a document that is not there would be called: its own name, or its first other name.
    pub fn name(draft: &Draft) -> String {
        if let Some((_, name, _)) = beside::of_sort(draft, Sort::Staging).next()
            && draft.side() == Side::Staging
        {
            return name.to_owned();
        }
        let aliases = crate::json::Path::default().member("Aliases").member("Items").item(0);
        let alias = draft.at(&aliases).and_then(Json::as_text);
        alias.unwrap_or(&draft.base().distribution().domain).to_owned()
    }
}
