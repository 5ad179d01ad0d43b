//! The settings of what stands beside a configuration, and those that name it: what each says, and how it is put in.

use super::functions::{function_at, is_at_viewer, rename_function, set_function};
use super::selection::{selected, selection};
use super::{POLICY_HEADER, Setting};
use super::{bucket, legacy, response_headers, staging};
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, Function};
use crate::http::base64;
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::acl;
use crate::scene::console::before;
use crate::scene::console::beside::{function_arn, is_lambda, of_sort};
use crate::scene::console::enter::number;
use crate::scene::console::field::Choice;
use crate::scene::console::item::{self, Item};
use crate::scene::console::lines::{self, shown};

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
        Sort::ResponseHeaders => response_headers::settings(item, draft),
        Sort::EdgeFunction => {
            let does = S::Does.value(item, draft);
            let needs = needs(&does).iter().map(|(name, _)| S::Needs(name));
            [S::FunctionName, S::Runtime, S::Does].into_iter().chain(needs).collect()
        }
        Sort::WebAcl => vec![S::BesideName, S::AclRules, S::AclDefault],
        Sort::IpSet => vec![S::BesideName, S::AddressVersion, S::Addresses],
        Sort::KeyGroup => vec![S::BesideName, S::Keys],
        Sort::RealTimeLog => vec![S::BesideName, S::Sampling, S::LogFields],
        Sort::PublicKey => vec![S::BesideName, S::Pem],
        Sort::AccessControl => {
            vec![S::BesideName, S::SignedService, S::SigningProtocol, S::Signs]
        }
        Sort::Certificate => vec![S::CertificateNames, S::KeyAlgorithm],
        Sort::DeploymentPolicy => staging::settings(item, draft),
        Sort::BucketPolicy | Sort::Staging => vec![],
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
            Self::RealTimeLog => or_none("None", Sort::RealTimeLog),
            Self::TrustedKeys => named(Sort::KeyGroup),
            Self::Keys => named(Sort::PublicKey),
            Self::Certificate => named(Sort::Certificate),
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
            Self::TrustedKeys => here.map(|list| lines::texts(list).join("\n")).unwrap_or_default(),
            Self::KeyHeaders | Self::SentHeaders => selection(here, "Header"),
            Self::KeyCookies | Self::SentCookies => selection(here, "Cookie"),
            Self::KeyQuery | Self::SentQuery => selection(here, "QueryString"),
            Self::AddedHeaders => lines::of_fields(here, POLICY_HEADER),
            Self::RemovedHeaders => {
                let names =
                    lines::items(here).iter().filter_map(|it| it.member("Header")).map(shown);
                names.collect::<Vec<_>>().join(", ")
            }
            Self::ServerTiming => {
                let is_on = here.and_then(|it| it.member("Enabled")) == Some(&Json::Flag(true));
                let rate = here.and_then(|it| it.member("SamplingRate")).filter(|_| is_on);
                rate.map(shown).unwrap_or_default()
            }
            Self::FunctionName => {
                let arn = here.and_then(Json::as_text).unwrap_or_default();
                Function::name_in(arn).unwrap_or(arn).to_owned()
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
            Self::Addresses | Self::Keys | Self::CertificateNames | Self::LogFields => {
                let lines = here.map_or(&[][..], Json::items).iter().map(shown);
                lines.collect::<Vec<_>>().join("\n")
            }
            Self::AsJson => match here {
                Some(Json::Text(typed)) => typed.clone(),
                Some(json) => json.write(),
                None => String::new(),
            },
            _ => {
                let said = legacy::value(self, item, draft);
                let said = said.or_else(|| response_headers::value(self, item, draft, here));
                return said.or_else(|| staging::value(self, here));
            }
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
            Self::LetsIn => bucket::put(draft, item, value)?,
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
            Self::RealTimeLog => {
                let (arn, says_nothing) = (Json::text(value), value.is_empty());
                set_or_leave_out(draft, item, "RealtimeLogConfigArn", arn, says_nothing)?;
            }
            Self::KeyHeaders | Self::SentHeaders => {
                let is_key = self == Self::KeyHeaders;
                set(draft, selected(value, "Header", if is_key { "all" } else { "allViewer" }))?;
            }
            Self::KeyCookies | Self::SentCookies => set(draft, selected(value, "Cookie", "all"))?,
            Self::KeyQuery | Self::SentQuery => set(draft, selected(value, "QueryString", "all"))?,
            Self::AddedHeaders => {
                let known = lines::items(draft.at(&path)).to_vec();
                // One that was there keeps what no line says: whether it overrides.
                let fields: Vec<Json> = lines::fields(value, POLICY_HEADER)
                    .map(|field| {
                        let names = POLICY_HEADER.map(|name| field.member(name));
                        let is_it = |it: &&Json| POLICY_HEADER.map(|name| it.member(name)) == names;
                        known.iter().find(is_it).cloned().unwrap_or_else(|| overriding(&field))
                    })
                    .collect();
                let is_empty = fields.is_empty();
                set_or_leave_out(draft, item, "CustomHeadersConfig", item::list(fields), is_empty)?;
            }
            Self::RemovedHeaders => {
                let names =
                    lines::words(value).map(|name| Json::object([("Header", Json::text(name))]));
                let names: Vec<Json> = names.collect();
                let is_empty = names.is_empty();
                set_or_leave_out(draft, item, "RemoveHeadersConfig", item::list(names), is_empty)?;
            }
            Self::ServerTiming => {
                let is_on = !value.trim().is_empty();
                let rate = if is_on { decimal(value.trim()) } else { Json::Whole(0) };
                let timing = Json::object([("Enabled", Json::Flag(is_on)), ("SamplingRate", rate)]);
                set_or_leave_out(draft, item, "ServerTimingHeadersConfig", timing, !is_on)?;
            }
            Self::FunctionName | Self::Runtime => {
                let arn = draft.at(&path).and_then(Json::as_text).unwrap_or_default().to_owned();
                let name = Function::name_in(&arn).unwrap_or(&arn);
                let after = match self {
                    Self::Runtime if is_lambda(&arn) == (value == "true") => arn.clone(),
                    Self::Runtime => function_arn(name, value == "true"),
                    _ => Function::renamed(&arn, value)
                        .unwrap_or_else(|| function_arn(value, is_lambda(&arn))),
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
            Self::Addresses | Self::Keys | Self::LogFields => {
                set(draft, Json::List(lines::words(value).map(Json::text).collect()))?;
            }
            Self::CertificateNames => {
                let names: Vec<Json> = lines::words(value).map(Json::text).collect();
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
            _ => {
                return Ok(legacy::put(self, draft, item, value)?
                    || response_headers::put(self, draft, item, value)?
                    || staging::put(self, draft, item, value)?);
            }
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
            Self::LegacyQuery => {
                "none, all, or names: then all go to the origin, and these into the key"
            }
            Self::LegacyHeaders => "none, names, or all, with which nothing is cached",
            Self::LegacyCookies => "none, all, or names as in session, theme-*",
            Self::CorsOrigins => "Names, as in https://www.example.com, or *",
            Self::CorsHeaders => "Names, as in X-Requested-With, or *",
            Self::CorsExposed => "Names, or none where it is empty",
            Self::ContentPolicy => "As in default-src 'self'; empty for none",
            Self::Overrides => {
                "all, none, or names as in CORS, Referrer-Policy; the others go only where the origin sends none"
            }
            Self::AddedHeaders => "One a line, as in X-Robots-Tag: noindex",
            Self::RemovedHeaders => "Names, as in Server, X-Powered-By",
            Self::Needs("Credentials") => "A name and a password, as in class:open-sesame",
            Self::Needs("From") => "A path pattern, as in /old/*",
            Self::AclRules => acl::HELP,
            Self::Addresses => "Ranges, one a line, as in 203.0.113.0/24 or 2001:db8::/32",
            Self::TrustedKeys if value.is_empty() => "None: everybody may see it",
            Self::CertificateNames => "One a line; *.example.com covers one label",
            Self::LogFields => "Names, one a line, as in cs-uri-stem",
            Self::StagingWeight => return Some(staging::help(value)),
            Self::StagingHeader => "Begins with aws-cf-cd-",
            Self::Pem => "RSA of 2048 bits or ECDSA on P-256, as openssl prints it",
            Self::AsJson => "",
            _ => return None,
        };
        Some(said.to_owned())
    }
}

/// A field that stands over the origin's (RH-09).
fn overriding(field: &Json) -> Json {
    let members = field.members().iter().map(|(name, value)| (name.as_str(), value.clone()));
    Json::object(members.chain([("Override", Json::Flag(true))]))
}

/// Sets what means nothing where it was left out before and now says nothing, which leaves it out again.
pub(super) fn set_or_leave_out(
    draft: &mut Draft,
    item: Item,
    name: &str,
    value: Json,
    says_nothing: bool,
) -> Result<(), NoSuchPlace> {
    let path = item.path().member(name);
    let was = before::of(draft, item).and_then(|was| was.member(name)).cloned();
    match was {
        None if says_nothing => item::take_out(draft, &path),
        _ => draft.set(&path, value).map(drop),
    }
}

/// The same with decimals.
fn decimal(text: &str) -> Json {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let parsed = Json::parse(text).ok().filter(|_| is_number);
    parsed.unwrap_or_else(|| Json::text(text))
}
