//! The settings that a sheet can show: where each stands in the document, what it is called and how it is set.

use super::field::{Choice, Control};
use super::item::{self, Item};
use crate::distribution::aws::SHIELD_REGIONS;
use crate::distribution::{Draft, domain, managed};
use crate::json::{Json, Path};

/// A setting of an origin (distribution.md section 1.3) or of a behavior (section 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// OR-02.
    OriginId,
    /// OR-01.
    DomainName,
    /// OR-03.
    OriginPath,
    /// OR-14.
    Protocol,
    /// OR-15.
    HttpPort,
    /// OR-16.
    HttpsPort,
    /// OR-06, OR-07.
    Shield,
    /// OR-09.
    Attempts,
    /// OR-10.
    ConnectionTimeout,
    /// OR-11.
    ResponseTimeout,
    /// OR-12.
    CompletionTimeout,
    /// OR-13.
    KeepAlive,
    /// OR-04.
    CustomHeaders,
    /// PP-01.
    PathPattern,
    /// CB-01.
    Target,
    /// CB-02.
    ViewerProtocol,
    /// CB-03.
    AllowedMethods,
    /// CB-04.
    CachedOptions,
    /// CB-06.
    Compress,
    /// CB-07.
    CachePolicy,
    /// CB-11.
    MinTtl,
    /// CB-11.
    DefaultTtl,
    /// CB-11.
    MaxTtl,
    /// CB-08.
    OriginRequestPolicy,
    /// CB-09.
    ResponseHeadersPolicy,
}

/// The value of [`Setting::CachePolicy`] for the settings from before there were policies (CB-10).
pub(super) const LEGACY: &str = "legacy";

/// The two blocks of an origin that its domain name chooses between.
pub(super) const BLOCKS: [&str; 2] = ["S3OriginConfig", "CustomOriginConfig"];

const PROTOCOLS: [(&str, &str); 3] =
    [("match-viewer", "Match viewer"), ("https-only", "HTTPS only"), ("http-only", "HTTP only")];

const VIEWER_PROTOCOLS: [(&str, &str); 3] = [
    ("allow-all", "HTTP and HTTPS"),
    ("redirect-to-https", "Redirect HTTP to HTTPS"),
    ("https-only", "HTTPS only"),
];

const METHODS: [(&str, &str); 3] = [("2", "GET, HEAD"), ("3", "+ OPTIONS"), ("7", "All seven")];

impl Setting {
    /// The settings of an item, in the order of the console; those that it has not in this document are left out.
    pub(super) fn of(item: Item, draft: &Draft) -> Vec<Self> {
        let at = |name: &str| draft.at(&item.path().member(name)).is_some();
        if let Item::Origin(_) = item {
            let is_custom = at(BLOCKS[1]);
            let mut settings = vec![Self::OriginId, Self::DomainName, Self::OriginPath];
            if is_custom {
                settings.extend([Self::Protocol, Self::HttpPort, Self::HttpsPort]);
            }
            settings.extend([
                Self::Shield,
                Self::Attempts,
                Self::ConnectionTimeout,
                Self::ResponseTimeout,
                Self::CompletionTimeout,
            ]);
            if is_custom {
                settings.push(Self::KeepAlive);
            }
            settings.push(Self::CustomHeaders);
            return settings;
        }
        let mut settings = Vec::new();
        if item != Item::Default {
            settings.push(Self::PathPattern);
        }
        settings.extend([
            Self::Target,
            Self::ViewerProtocol,
            Self::AllowedMethods,
            Self::CachedOptions,
            Self::Compress,
            Self::CachePolicy,
        ]);
        if at("ForwardedValues") {
            settings.extend([Self::MinTtl, Self::DefaultTtl, Self::MaxTtl]);
        } else {
            settings.push(Self::OriginRequestPolicy);
        }
        settings.push(Self::ResponseHeadersPolicy);
        settings
    }

    /// As AWS's console calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OriginId => "Name",
            Self::DomainName => "Origin domain",
            Self::OriginPath => "Origin path",
            Self::Protocol => "Protocol",
            Self::HttpPort => "HTTP port",
            Self::HttpsPort => "HTTPS port",
            Self::Shield => "Origin Shield",
            Self::Attempts => "Connection attempts",
            Self::ConnectionTimeout => "Connection timeout",
            Self::ResponseTimeout => "Response timeout",
            Self::CompletionTimeout => "Response completion timeout",
            Self::KeepAlive => "Keep-alive timeout",
            Self::CustomHeaders => "Custom headers",
            Self::PathPattern => "Path pattern",
            Self::Target => "Origin or origin group",
            Self::ViewerProtocol => "Viewer protocol policy",
            Self::AllowedMethods => "Allowed HTTP methods",
            Self::CachedOptions => "Cache OPTIONS",
            Self::Compress => "Compress objects automatically",
            Self::CachePolicy => "Cache policy",
            Self::MinTtl => "Minimum TTL",
            Self::DefaultTtl => "Default TTL",
            Self::MaxTtl => "Maximum TTL",
            Self::OriginRequestPolicy => "Origin request policy",
            Self::ResponseHeadersPolicy => "Response headers policy",
        }
    }

    /// Where it stands in the document; of settings that fill several places, what holds them all.
    pub(super) fn path(self, item: Item, draft: &Draft) -> Path {
        let here = item.path();
        let block = |name: &str| {
            let given = BLOCKS.into_iter().find(|block| draft.at(&here.member(block)).is_some());
            here.member(given.unwrap_or("VpcOriginConfig")).member(name)
        };
        match self {
            Self::OriginId => here.member("Id"),
            Self::DomainName => here.member("DomainName"),
            Self::OriginPath => here.member("OriginPath"),
            Self::Protocol => block("OriginProtocolPolicy"),
            Self::HttpPort => block("HTTPPort"),
            Self::HttpsPort => block("HTTPSPort"),
            Self::Shield => here.member("OriginShield"),
            Self::Attempts => here.member("ConnectionAttempts"),
            Self::ConnectionTimeout => here.member("ConnectionTimeout"),
            Self::ResponseTimeout => block("OriginReadTimeout"),
            Self::CompletionTimeout => here.member("ResponseCompletionTimeout"),
            Self::KeepAlive => block("OriginKeepaliveTimeout"),
            Self::CustomHeaders => here.member("CustomHeaders"),
            Self::PathPattern => here.member("PathPattern"),
            Self::Target => here.member("TargetOriginId"),
            Self::ViewerProtocol => here.member("ViewerProtocolPolicy"),
            Self::AllowedMethods => here.member("AllowedMethods"),
            Self::CachedOptions => here.member("AllowedMethods").member("CachedMethods"),
            Self::Compress => here.member("Compress"),
            Self::CachePolicy => here.member("CachePolicyId"),
            Self::MinTtl => here.member("MinTTL"),
            Self::DefaultTtl => here.member("DefaultTTL"),
            Self::MaxTtl => here.member("MaxTTL"),
            Self::OriginRequestPolicy => here.member("OriginRequestPolicyId"),
            Self::ResponseHeadersPolicy => here.member("ResponseHeadersPolicyId"),
        }
    }

    /// How it is set.
    pub(super) fn control(self, draft: &Draft, value: &str) -> Control {
        match self {
            Self::OriginId | Self::DomainName | Self::OriginPath | Self::PathPattern => {
                Control::Text
            }
            Self::CustomHeaders => Control::Lines,
            Self::HttpPort | Self::HttpsPort | Self::Attempts => Control::Whole(""),
            Self::ConnectionTimeout
            | Self::ResponseTimeout
            | Self::CompletionTimeout
            | Self::KeepAlive
            | Self::MinTtl
            | Self::DefaultTtl
            | Self::MaxTtl => Control::Whole("s"),
            Self::CachedOptions | Self::Compress => Control::Flag,
            Self::Protocol => Control::Choice(Choice::table(&PROTOCOLS)),
            Self::ViewerProtocol => Control::Choice(Choice::table(&VIEWER_PROTOCOLS)),
            Self::AllowedMethods => Control::Segments(Choice::table(&METHODS)),
            Self::Shield => {
                let regions = SHIELD_REGIONS.iter().map(|region| Choice::new(region, region));
                Control::Choice([Choice::new("", "Off")].into_iter().chain(regions).collect())
            }
            Self::Target => Control::Choice(with_present(targets(draft), value)),
            Self::CachePolicy => {
                let named = managed::cache_policies();
                let legacy = Choice::new(LEGACY, "Legacy cache settings");
                let choices = named.map(|(id, name)| Choice::new(id, name)).chain([legacy]);
                Control::Choice(with_present(choices.collect(), value))
            }
            Self::OriginRequestPolicy => optional(managed::origin_request_policies(), value),
            Self::ResponseHeadersPolicy => optional(managed::response_headers_policies(), value),
        }
    }

    /// What it says now, as the control takes it.
    pub(super) fn value(self, item: Item, draft: &Draft) -> String {
        let path = self.path(item, draft);
        let here = draft.at(&path);
        let items = |json: &Json| json.member("Items").map_or(0, |items| items.items().len());
        match self {
            Self::AllowedMethods => here.map_or(2, items).to_string(), // CB-03: GET and HEAD
            Self::CachedOptions => (here.map_or(0, items) == 3).to_string(),
            Self::CachePolicy if here.is_none() => LEGACY.to_owned(),
            Self::Shield => {
                let is_on = here.and_then(|shield| shield.member("Enabled"));
                let region = here.and_then(|shield| shield.member("OriginShieldRegion"));
                let region = region.filter(|_| is_on == Some(&Json::Flag(true)));
                region.and_then(Json::as_text).unwrap_or_default().to_owned()
            }
            Self::CustomHeaders => {
                let fields =
                    here.and_then(|list| list.member("Items")).map_or(&[][..], Json::items);
                let line = |field: &Json| {
                    let text = |name| field.member(name).map(shown).unwrap_or_default();
                    format!("{}: {}", text("HeaderName"), text("HeaderValue"))
                };
                fields.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            _ => here.map(shown).unwrap_or_default(),
        }
    }

    /// What follows from its value, or what is meant by it.
    pub(super) fn help(self, draft: &Draft, value: &str) -> String {
        match self {
            Self::DomainName => match domain::classify(value) {
                Ok(found) => {
                    let region = found.region.map(|region| format!(" in {region}"));
                    format!("{}{}", found.kind.label(), region.unwrap_or_default())
                }
                Err(_) => String::new(),
            },
            Self::OriginPath => "Put before each path on the way to the origin only".to_owned(),
            Self::CustomHeaders => "One a line, as in X-Secret: 1".to_owned(),
            Self::CompletionTimeout => "Empty for no limit".to_owned(),
            Self::CachePolicy => {
                let policy = draft.base().beside().cache_policy(value);
                policy.map(|policy| super::overview::ttl(policy.ttl)).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

/// A value as a control shows it: a text without its quotes.
fn shown(json: &Json) -> String {
    json.as_text().map_or_else(|| json.shown(), str::to_owned)
}

/// The origins and the origin groups by their names.
fn targets(draft: &Draft) -> Vec<Choice> {
    let groups = item::groups();
    let of = |list: &Path, sort: &str| -> Vec<Choice> {
        let items = draft.at(list).map_or(&[][..], Json::items);
        let ids = items.iter().filter_map(|item| item.member("Id").and_then(Json::as_text));
        ids.map(|id| Choice::new(id, &format!("{id}{sort}"))).collect()
    };
    [of(&item::origins(), ""), of(&groups, " (group)")].concat()
}

/// Managed policies, or none.
fn optional<'t>(named: impl Iterator<Item = (&'t str, &'t str)>, value: &str) -> Control {
    let named = named.map(|(id, name)| Choice::new(id, name));
    Control::Choice(with_present(
        [Choice::new("", "None")].into_iter().chain(named).collect(),
        value,
    ))
}

/// With the present value among them, whatever it is.
fn with_present(mut choices: Vec<Choice>, value: &str) -> Vec<Choice> {
    if !value.is_empty() && !choices.iter().any(|choice| choice.value == value) {
        choices.push(Choice::new(value, value));
    }
    choices
}
