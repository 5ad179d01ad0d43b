//! The settings of what stands beside a configuration, and those that name it: what each says, and how it is put in.

use super::Setting;
use super::control::shown;
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, FunctionEvent};
use crate::http::base64;
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::acl;
use crate::scene::console::before;
use crate::scene::console::beside::{function_arn, function_name, is_lambda, of_sort};
use crate::scene::console::field::Choice;
use crate::scene::console::item::{self, Item};

/// The two lists of a behavior's functions, with the member of each that names one (CB-17, CB-18).
const ASSOCIATIONS: [(&str, &str); 2] =
    [("FunctionAssociations", "FunctionARN"), ("LambdaFunctionAssociations", "LambdaFunctionARN")];

/// What each ready-made function needs, with what it begins with (IM-11).
const NEEDS: [(&str, &[(&str, &str)]); 8] = [
    ("SinglePage", &[("Page", "/index.html")]),
    ("StripPrefix", &[("Prefix", "/live")]),
    ("SortQuery", &[]),
    ("Redirect", &[("From", "/old/*"), ("To", "/new/"), ("Status", "301")]),
    ("BasicAuth", &[("Credentials", "bmFtZTpwYXNzd29yZA==")]),
    ("SetField", &[("Name", "X-Edgewalk"), ("Value", "1")]),
    ("SplitTest", &[("Cookie", "variant"), ("Percent", "50")]),
    ("Throws", &[]),
];

/// The settings of a document of a sort.
pub(super) fn settings(sort: Sort, item: Item, draft: &Draft) -> Vec<Setting> {
    use Setting as S;
    let mut settings = match sort {
        Sort::Cache => vec![
            S::BesideName,
            S::MinTtl,
            S::DefaultTtl,
            S::MaxTtl,
            S::KeyQuery,
            S::KeyHeaders,
            S::KeyCookies,
            S::KeyGzip,
            S::KeyBrotli,
        ],
        Sort::OriginRequest => {
            vec![S::BesideName, S::SentHeaders, S::SentQuery, S::SentCookies]
        }
        Sort::ResponseHeaders => {
            vec![S::BesideName, S::AddedHeaders, S::RemovedHeaders, S::Hsts, S::ServerTiming]
        }
        Sort::EdgeFunction => {
            let does = S::Does.value(item, draft);
            let needs = needs(&does).iter().map(|(name, _)| S::Needs(name));
            [S::FunctionName, S::Runtime, S::Does].into_iter().chain(needs).collect()
        }
        Sort::WebAcl => vec![S::BesideName, S::AclRules, S::AclDefault],
        Sort::IpSet => vec![S::BesideName, S::Addresses],
        Sort::KeyGroup => vec![S::BesideName, S::Keys],
        Sort::PublicKey => vec![S::BesideName, S::Pem],
        Sort::AccessControl => vec![S::BesideName, S::Signs],
        Sort::Certificate => vec![S::CertificateNames, S::KeyAlgorithm],
        Sort::BucketPolicy => vec![],
    };
    settings.push(S::AsJson);
    settings
}

fn needs(does: &str) -> &'static [(&'static str, &'static str)] {
    let found = NEEDS.iter().find(|(known, _)| *known == does);
    found.map_or(&[], |(_, needs)| needs)
}

impl Setting {
    /// What can be chosen of what stands beside.
    pub(super) fn beside_choices(self, draft: &Draft) -> Vec<Choice> {
        let named = |sort: Sort| -> Vec<Choice> {
            of_sort(draft, sort).map(|(_, name, id)| Choice::new(id, name)).collect()
        };
        let or_none =
            |label: &str, sort: Sort| [vec![Choice::new("", label)], named(sort)].concat();
        match self {
            Self::CachePolicy => named(Sort::Cache),
            Self::OriginRequestPolicy => named(Sort::OriginRequest),
            Self::ResponseHeadersPolicy => named(Sort::ResponseHeaders),
            Self::WebAcl => or_none("None", Sort::WebAcl),
            Self::TrustedKeys => or_none("Everybody may see it", Sort::KeyGroup),
            Self::AccessControl => or_none("Public", Sort::AccessControl),
            // CB-18: a CloudFront function runs at viewer events only.
            Self::Function(event) => {
                let mut choices = or_none("None", Sort::EdgeFunction);
                choices.retain(|it| {
                    is_at_viewer(event) || it.value.is_empty() || is_lambda(&it.value)
                });
                choices
            }
            _ => Vec::new(),
        }
    }

    /// What it says now; none where it is a setting as any other.
    pub(super) fn beside_value(self, item: Item, draft: &Draft) -> Option<String> {
        let here = draft.at(&self.path(item, draft));
        let said = match self {
            Self::Function(event) => function_at(draft, item, event).unwrap_or_default().to_owned(),
            Self::TrustedKeys => here.map(|list| texts(list).join(" ")).unwrap_or_default(),
            Self::KeyHeaders | Self::SentHeaders => selection(here, "Header"),
            Self::KeyCookies | Self::SentCookies => selection(here, "Cookie"),
            Self::KeyQuery | Self::SentQuery => selection(here, "QueryString"),
            Self::AddedHeaders => {
                let line = |field: &Json| {
                    let text = |name| field.member(name).map(shown).unwrap_or_default();
                    format!("{}: {}", text("Header"), text("Value"))
                };
                items(here).iter().map(line).collect::<Vec<_>>().join("\n")
            }
            Self::RemovedHeaders => {
                let names = items(here).iter().filter_map(|it| it.member("Header")).map(shown);
                names.collect::<Vec<_>>().join(", ")
            }
            Self::ServerTiming => {
                let is_on = here.and_then(|it| it.member("Enabled")) == Some(&Json::Flag(true));
                let rate = here.and_then(|it| it.member("SamplingRate")).filter(|_| is_on);
                rate.map(shown).unwrap_or_default()
            }
            Self::FunctionName => {
                let arn = here.and_then(Json::as_text).unwrap_or_default();
                function_name(arn).unwrap_or(arn).to_owned()
            }
            Self::Runtime => {
                is_lambda(here.and_then(Json::as_text).unwrap_or_default()).to_string()
            }
            // As it is typed: a name and a password.
            Self::Needs("Credentials") => {
                let given = here.and_then(Json::as_text).unwrap_or_default();
                let plain = base64::decode(given).and_then(|bytes| String::from_utf8(bytes).ok());
                plain.filter(|plain| plain.contains(':')).unwrap_or_else(|| given.to_owned())
            }
            Self::AclRules => acl::lines(here.map_or(&[][..], Json::items), draft),
            Self::AclDefault => {
                let action = here.map_or(&[][..], Json::members).first();
                action.map(|(name, _)| name.clone()).unwrap_or_default()
            }
            Self::Addresses | Self::Keys | Self::CertificateNames => {
                let lines = here.map_or(&[][..], Json::items).iter().map(shown);
                lines.collect::<Vec<_>>().join("\n")
            }
            Self::AsJson => match here {
                Some(Json::Text(typed)) => typed.clone(),
                Some(json) => json.write(),
                None => String::new(),
            },
            _ => return None,
        };
        Some(said)
    }

    /// Puts a value in; false where it is a setting as any other.
    pub(in crate::scene::console) fn put_beside(
        self,
        draft: &mut Draft,
        item: Item,
        value: &str,
    ) -> Result<bool, NoSuchPlace> {
        let path = self.path(item, draft);
        let set = |draft: &mut Draft, json: Json| draft.set(&path, json).map(drop);
        match self {
            Self::Function(event) => set_function(draft, item, event, value)?,
            Self::TrustedKeys => {
                let ids: Vec<&str> = value.split_whitespace().collect();
                let list = item::listed(ids.iter().copied());
                let mut members = vec![("Enabled".to_owned(), Json::Flag(!ids.is_empty()))];
                members.extend(list.members().iter().cloned());
                set_or_leave_out(
                    draft,
                    item,
                    "TrustedKeyGroups",
                    Json::Object(members),
                    ids.is_empty(),
                )?;
            }
            Self::WebAcl => {
                set_or_leave_out(draft, item, "WebACLId", Json::text(value), value.is_empty())?;
            }
            Self::KeyHeaders | Self::SentHeaders => {
                let is_key = self == Self::KeyHeaders;
                set(draft, selected(value, "Header", if is_key { "all" } else { "allViewer" }))?;
            }
            Self::KeyCookies | Self::SentCookies => set(draft, selected(value, "Cookie", "all"))?,
            Self::KeyQuery | Self::SentQuery => set(draft, selected(value, "QueryString", "all"))?,
            Self::AddedHeaders => {
                let known = items(draft.at(&path)).to_vec();
                let field = |line: &str| {
                    let (name, value) = line.split_once(':').unwrap_or((line, ""));
                    let says = |it: &&Json, member: &str, text: &str| {
                        it.member(member).and_then(Json::as_text) == Some(text.trim())
                    };
                    // One that was there keeps what no line says: whether it overrides.
                    let same = |it: &&Json| says(it, "Header", name) && says(it, "Value", value);
                    if let Some(field) = known.iter().find(same) {
                        return field.clone();
                    }
                    Json::object([
                        ("Header", Json::text(name.trim())),
                        ("Value", Json::text(value.trim())),
                        ("Override", Json::Flag(true)),
                    ])
                };
                let lines = value.lines().filter(|line| !line.trim().is_empty());
                let fields: Vec<Json> = lines.map(field).collect();
                let is_empty = fields.is_empty();
                set_or_leave_out(draft, item, "CustomHeadersConfig", item::list(fields), is_empty)?;
            }
            Self::RemovedHeaders => {
                let names = words(value).map(|name| Json::object([("Header", Json::text(name))]));
                let names: Vec<Json> = names.collect();
                let is_empty = names.is_empty();
                set_or_leave_out(draft, item, "RemoveHeadersConfig", item::list(names), is_empty)?;
            }
            Self::Hsts => {
                let fields = item.path().member("SecurityHeadersConfig");
                let hsts = fields.member("StrictTransportSecurity");
                if value.trim().is_empty() {
                    if draft.at(&hsts).is_some() {
                        draft.remove(&hsts)?;
                    }
                    let is_bare = draft.at(&fields).is_some_and(|json| json.members().is_empty());
                    if is_bare {
                        let nothing = Json::object([]);
                        set_or_leave_out(draft, item, "SecurityHeadersConfig", nothing, true)?;
                    }
                } else {
                    if draft.at(&hsts).is_none() {
                        draft.set(&hsts.member("Override"), Json::Flag(true))?;
                    }
                    set(draft, number(value.trim()))?;
                }
            }
            Self::ServerTiming => {
                let is_on = !value.trim().is_empty();
                let rate = if is_on { number(value.trim()) } else { Json::Whole(0) };
                let timing = Json::object([("Enabled", Json::Flag(is_on)), ("SamplingRate", rate)]);
                set_or_leave_out(draft, item, "ServerTimingHeadersConfig", timing, !is_on)?;
            }
            Self::FunctionName | Self::Runtime => {
                let arn = draft.at(&path).and_then(Json::as_text).unwrap_or_default().to_owned();
                let name = function_name(&arn).unwrap_or(&arn);
                let after = match self {
                    Self::Runtime if is_lambda(&arn) == (value == "true") => arn.clone(),
                    Self::Runtime => function_arn(name, value == "true"),
                    // The rest of the ARN stays: its account, its Region, its version.
                    _ => match arn.rsplit_once(name).filter(|_| !name.is_empty()) {
                        Some((before, behind)) => [before, value, behind].concat(),
                        None => function_arn(value, is_lambda(&arn)),
                    },
                };
                let count = |wanted: &str| {
                    of_sort(draft, Sort::EdgeFunction).filter(|(_, _, id)| *id == wanted).count()
                };
                let (is_alone, is_free) = (count(&arn) == 1, count(&after) == 0);
                set(draft, Json::text(&after))?;
                if is_alone && is_free {
                    rename_function(draft, &arn, &after)?;
                }
            }
            Self::Does => {
                let was = before::of(draft, item)
                    .filter(|was| was.member("Does").and_then(Json::as_text) == Some(value));
                if let Some(was) = was.cloned() {
                    draft.set(&item.path(), was)?;
                    return Ok(true);
                }
                let arn = draft.at(&item.path().member("ARN")).cloned().unwrap_or(Json::Null);
                let mut members = vec![("ARN", arn), ("Does", Json::text(value))];
                let begun = |(name, value): &(&'static str, &str)| {
                    let is_number = matches!(*name, "Status" | "Percent");
                    (*name, if is_number { number(value) } else { Json::text(value) })
                };
                members.extend(needs(value).iter().map(begun));
                draft.set(&item.path(), Json::object(members))?;
            }
            Self::Needs("Credentials") => {
                let encoded = if value.contains(':') {
                    base64::encode(value.as_bytes())
                } else {
                    value.to_owned()
                };
                set(draft, Json::text(&encoded))?;
            }
            Self::Needs("Status" | "Percent") => set(draft, number(value.trim()))?,
            Self::AclRules => {
                let mut known = draft.at(&path).map_or(&[][..], Json::items).to_vec();
                let was = before::of(draft, item).and_then(|was| was.member("Rules"));
                known.extend(was.map_or(&[][..], Json::items).iter().cloned());
                let rules = acl::rules(value, &known, draft);
                set(draft, Json::List(rules))?;
            }
            Self::AclDefault => set(draft, Json::object([(value, Json::object([]))]))?,
            Self::Addresses | Self::Keys => {
                set(draft, Json::List(words(value).map(Json::text).collect()))?;
            }
            Self::CertificateNames => {
                let names: Vec<Json> = words(value).map(Json::text).collect();
                // What it is called is one of its names.
                let domain = item.path().member("DomainName");
                let is_there = draft.at(&domain).is_some_and(|name| names.contains(name));
                if let (Some(first), false) = (names.first(), is_there) {
                    draft.set(&domain, first.clone())?;
                }
                set(draft, Json::List(names))?;
            }
            Self::AsJson => {
                set(draft, Json::parse(value).unwrap_or_else(|_| Json::text(value)))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What is meant by it, or what follows from it.
    pub(super) fn beside_help(self, value: &str) -> Option<String> {
        let said = match self {
            Self::KeyHeaders => "none, or names as in Origin, Accept-Language",
            Self::SentHeaders => "none, all, names, all but NAMES, or all and CloudFront-NAMES",
            Self::KeyCookies | Self::SentCookies | Self::KeyQuery | Self::SentQuery => {
                "none, all, names as in a, b, or all but a, b"
            }
            Self::AddedHeaders => "One a line, as in X-Robots-Tag: noindex",
            Self::RemovedHeaders => "Names, as in Server, X-Powered-By",
            Self::Needs("Credentials") => "A name and a password, as in class:open-sesame",
            Self::Needs("From") => "A path pattern, as in /old/*",
            Self::AclRules => acl::HELP,
            Self::Addresses => "Ranges, one a line, as in 203.0.113.0/24",
            Self::Keys => "The ids of public keys, one a line",
            Self::CertificateNames => "One a line; *.example.com covers one label",
            Self::Pem => "RSA of 2048 bits or ECDSA on P-256, as openssl prints it",
            Self::AsJson => {
                return Json::parse(value)
                    .err()
                    .map(|error| error.to_string())
                    .or(Some(String::new()));
            }
            _ => return None,
        };
        Some(said.to_owned())
    }
}

/// Whether an event lies between viewer and cache.
pub(super) const fn is_at_viewer(event: FunctionEvent) -> bool {
    matches!(event, FunctionEvent::ViewerRequest | FunctionEvent::ViewerResponse)
}

/// Sets what means nothing where it was left out before and now says nothing, which leaves it out again.
fn set_or_leave_out(
    draft: &mut Draft,
    item: Item,
    name: &str,
    value: Json,
    says_nothing: bool,
) -> Result<(), NoSuchPlace> {
    let path = item.path().member(name);
    let was = before::of(draft, item).and_then(|was| was.member(name)).cloned();
    match was {
        None if says_nothing => {
            if draft.at(&path).is_some() {
                draft.remove(&path)?;
            }
            Ok(())
        }
        _ => draft.set(&path, value).map(drop),
    }
}

fn items(list: Option<&Json>) -> &[Json] {
    list.and_then(|list| list.member("Items")).map_or(&[][..], Json::items)
}

fn texts(list: &Json) -> Vec<&str> {
    items(Some(list)).iter().filter_map(Json::as_text).collect()
}

/// A number where one is typed, else the text, which AWS does not take for one.
fn number(text: &str) -> Json {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let parsed = Json::parse(text).ok().filter(|_| is_number);
    parsed.unwrap_or_else(|| Json::text(text))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// Which names are taken, in words: `none`, `all`, `a, b`, `all but a, b`, `all and a, b`.
fn selection(config: Option<&Json>, kind: &str) -> String {
    let word = config.and_then(|config| config.member(&format!("{kind}Behavior")));
    let names = config.and_then(|config| config.member(&format!("{kind}s")));
    let names = names.map(|list| texts(list).join(", ")).unwrap_or_default();
    match word.and_then(Json::as_text) {
        None => String::new(),
        Some("all" | "allViewer") => "all".to_owned(),
        Some("whitelist") => names,
        Some("allExcept") => format!("all but {names}"),
        Some("allViewerAndWhitelistCloudFront") => format!("all and {names}"),
        Some(other) => other.to_owned(),
    }
}

/// The same the other way.
fn selected(text: &str, kind: &str, all: &str) -> Json {
    let text = text.trim();
    let (word, names) = match text.split_once(' ') {
        _ if text.is_empty() || text == "none" => ("none", ""),
        _ if text == "all" => (all, ""),
        Some(("all", rest)) if rest.starts_with("but ") => ("allExcept", &rest[4..]),
        Some(("all", rest)) if rest.starts_with("and ") => {
            ("allViewerAndWhitelistCloudFront", &rest[4..])
        }
        _ => ("whitelist", text),
    };
    let mut members = vec![(format!("{kind}Behavior"), Json::text(word))];
    if !names.is_empty() {
        members.push((format!("{kind}s"), item::listed(words(names))));
    }
    Json::Object(members)
}

/// The function of a behavior at an event.
fn function_at(draft: &Draft, item: Item, event: FunctionEvent) -> Option<&str> {
    ASSOCIATIONS.iter().find_map(|(list, arn)| {
        let list = draft.at(&item.path().member(list));
        let is_there =
            |it: &&Json| it.member("EventType").and_then(Json::as_text) == Some(event.as_str());
        items(list).iter().find(is_there)?.member(arn)?.as_text()
    })
}

/// Puts a function at an event of a behavior, or none; it stands in the list of its runtime.
fn set_function(
    draft: &mut Draft,
    item: Item,
    event: FunctionEvent,
    arn: &str,
) -> Result<(), NoSuchPlace> {
    for (place, (list, name)) in ASSOCIATIONS.iter().enumerate() {
        let path = item.path().member(list);
        let is_other =
            |it: &&Json| it.member("EventType").and_then(Json::as_text) != Some(event.as_str());
        let now = items(draft.at(&path));
        let mut after: Vec<Json> = now.iter().filter(is_other).cloned().collect();
        if !arn.is_empty() && (place == 1) == is_lambda(arn) {
            after.push(Json::object([
                (*name, Json::text(arn)),
                ("EventType", Json::text(event.as_str())),
            ]));
        }
        if after.len() == now.len() && now.iter().all(|it| after.contains(it)) {
            continue;
        }
        // Those that were there when the editing began stand as they stood.
        let was = before::of(draft, item).and_then(|was| was.member(list));
        let was_items = items(was);
        let is_as_it_was = was_items.len() == after.len()
            && was_items.iter().all(|it| after.iter().any(|now| is_same(it, now)));
        let value = match was {
            Some(was) if is_as_it_was => was.clone(),
            _ => item::list(after.clone()),
        };
        set_or_leave_out(draft, item, list, value, after.is_empty())?;
    }
    Ok(())
}

/// Whether two associations are for the same function and event.
fn is_same(one: &Json, other: &Json) -> bool {
    let names = ["EventType", "FunctionARN", "LambdaFunctionARN"];
    names.iter().all(|name| one.member(name) == other.member(name))
}

/// Gives those who name a function its new name.
fn rename_function(draft: &mut Draft, before: &str, after: &str) -> Result<(), NoSuchPlace> {
    let behaviors = 0..item::count(draft, &item::behaviors());
    let all: Vec<Item> = behaviors.map(Item::Behavior).chain([Item::Default]).collect();
    for item in all {
        for event in FunctionEvent::ALL {
            if function_at(draft, item, event) == Some(before) {
                set_function(draft, item, event, after)?;
            }
        }
    }
    Ok(())
}

/// Where a setting of a behavior's functions stands, for what is found wrong with it.
pub(super) const fn list_of(event: FunctionEvent) -> &'static str {
    ASSOCIATIONS[if is_at_viewer(event) { 0 } else { 1 }].0
}
