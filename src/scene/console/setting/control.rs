//! How a setting is set, and what it says.

use super::spec::Kind;
use super::{CUSTOM_HEADER, LEGACY, Setting, bucket};
use crate::distribution::aws::SHIELD_REGIONS;
use crate::distribution::{
    Draft, ErrorResponse, OriginKind, PathPattern, SecurityPolicy, domain, managed,
};
use crate::http::Scheme;
use crate::json::{Json, Path};
use crate::scene::console::certificate;
use crate::scene::console::field::{Choice, Control};
use crate::scene::console::item::{self, Item};
use crate::scene::console::lines::{self, shown, texts};
use crate::scene::console::origin_block;
use crate::scene::console::overview;
use crate::scene::units;

impl Setting {
    /// How it is set.
    pub(in crate::scene::console) fn control(self, draft: &Draft, value: &str) -> Control {
        match self.spec().kind {
            Kind::Text => Control::Text,
            Kind::Entry => Control::Entry,
            Kind::Lines => Control::Lines,
            Kind::Whole(unit) => Control::Whole(unit),
            Kind::Flag => Control::Flag,
            Kind::Words(words) => Control::Choice(with_present(Choice::table(words), value)),
            Kind::Segments(words) => Control::Segments(Choice::table(words)),
            Kind::Own => Control::Choice(with_present(self.choices(draft), value)),
            Kind::Several => {
                let all = value.lines().fold(self.choices(draft), with_present);
                Control::Several(all)
            }
            Kind::Proposed => Control::Proposed(self.choices(draft)),
        }
    }

    /// What can be chosen where that depends on the document.
    fn choices(self, draft: &Draft) -> Vec<Choice> {
        let alike = |value: &str| Choice::new(value, value);
        let ids = |list: &Path, sort: &str| -> Vec<Choice> {
            let ids = item::ids(draft, list);
            ids.map(|id| Choice::new(id, &format!("{id}{sort}"))).collect()
        };
        let named = |named: &mut dyn Iterator<Item = (&'static str, &'static str)>| {
            named.map(|(id, name)| Choice::new(id, name)).collect::<Vec<_>>()
        };
        let none = |label: &str| vec![Choice::new("", label)];
        let own = self.beside_choices(draft);
        match self {
            Self::LetsIn => bucket::choices(),
            Self::DomainName => examples(),
            Self::Shield => [none("Off"), SHIELD_REGIONS.map(alike).to_vec()].concat(),
            Self::Target => [ids(&item::origins(), ""), ids(&item::groups(), " (group)")].concat(),
            Self::Primary | Self::Secondary => ids(&item::origins(), ""),
            Self::CachePolicy => {
                let legacy = vec![Choice::new(LEGACY, "Legacy cache settings")];
                [own, named(&mut managed::cache_policies()), legacy].concat()
            }
            Self::OriginRequestPolicy => {
                [none("None"), own, named(&mut managed::origin_request_policies())].concat()
            }
            Self::ResponseHeadersPolicy => {
                [none("None"), own, named(&mut managed::response_headers_policies())].concat()
            }
            Self::SecurityPolicy => {
                let support = Self::SslSupport.value(Item::General, draft);
                let all = SecurityPolicy::ALL.iter().map(|policy| policy.as_str());
                all.filter(|policy| certificate::goes_with(policy, &support)).map(alike).collect()
            }
            Self::CorsMethods => CORS_METHODS.map(alike).to_vec(),
            Self::ErrorStatus => statuses(),
            // CE-03: what can have a page, and 200.
            Self::PageStatus => [none("As it is"), vec![alike("200")], statuses()].concat(),
            _ => own,
        }
    }

    /// What it says now, as the control takes it.
    pub(in crate::scene::console) fn value(self, item: Item, draft: &Draft) -> String {
        if let Some(said) = self.beside_value(item, draft) {
            return said;
        }
        let path = self.path(item, draft);
        let here = draft.at(&path);
        let items = |json: &Json| json.member("Items").map_or(0, |items| items.items().len());
        match self {
            Self::LetsIn => bucket::value(draft, item),
            Self::AllowedMethods => here.map_or(2, items).to_string(), // CB-03: GET and HEAD
            Self::CachedOptions => (here.map_or(0, items) == 3).to_string(),
            Self::CachePolicy if here.is_none() => LEGACY.to_owned(),
            Self::Shield => {
                let is_on = here.and_then(|shield| shield.member("Enabled"));
                let region = here.and_then(|shield| shield.member("OriginShieldRegion"));
                let region = region.filter(|_| is_on == Some(&Json::Flag(true)));
                region.and_then(Json::as_text).unwrap_or_default().to_owned()
            }
            Self::Aliases => here.map(|list| texts(list).join("\n")).unwrap_or_default(),
            Self::Countries => {
                here.map_or(&[][..], Json::items).iter().map(shown).collect::<Vec<_>>().join(" ")
            }
            Self::GeoSort => {
                let sort = here.and_then(|geo| geo.member("RestrictionType")).map(shown);
                sort.unwrap_or_else(|| "none".to_owned()) // DS-20
            }
            Self::Criteria => here.map(|list| texts(list).join(", ")).unwrap_or_default(),
            Self::OriginSsl => {
                let listed = here.map(texts).unwrap_or_default();
                let oldest = ORIGIN_SSL.into_iter().find(|it| listed.iter().any(|had| had == it));
                oldest.unwrap_or("TLSv1.2").to_owned() // OR-17
            }
            Self::Certificate => here.map(certificate_id).unwrap_or_default().to_owned(),
            Self::HttpVersions if here.is_none() => "http2".to_owned(), // DS-13
            Self::PriceClass if here.is_none() => "PriceClass_All".to_owned(), // DS-02
            Self::CustomHeaders => lines::of_fields(here, CUSTOM_HEADER),
            _ => here.map(shown).unwrap_or_default(),
        }
    }

    /// What follows from its value, or what is meant by it.
    pub(in crate::scene::console) fn help(self, item: Item, draft: &Draft, value: &str) -> String {
        if self == Self::TrustedKeys && self.choices(draft).is_empty() && value.is_empty() {
            return "None: everybody may see it. A key group comes first: add one in Security, or make a key pair there"
                .to_owned();
        }
        if let Some(said) = self.beside_help(value) {
            return said;
        }
        match self {
            Self::DomainName => match domain::classify(value) {
                Ok(found) => {
                    let region = found.region.map(|region| format!(" in {region}"));
                    format!("{}{}", found.kind.label(), region.unwrap_or_default())
                }
                Err(_) => String::new(),
            },
            Self::LetsIn => bucket::help(draft, item),
            Self::VpcOrigin => "As in vo_EXAMPLE; empty for an origin that the Internet reaches".to_owned(),
            Self::Protocol => {
                let domain = Self::DomainName.value(item, draft);
                let found = domain::classify(&domain).ok().map(|found| found.kind);
                found.map(|kind| of_protocol(kind, value)).unwrap_or_default()
            }
            Self::CustomHeaders => "One a line, as in X-Secret: 1".to_owned(),
            Self::Aliases => match twice(value) {
                Some(name) => format!("One a line; {name} stands twice, which changes nothing"),
                None => "One a line".to_owned(),
            },
            Self::PathPattern => same_before(item, draft, value),
            Self::Countries if Self::GeoSort.value(Item::General, draft) == "none" => {
                "Off, it has no countries, and none that is typed here is kept: choose Allow or Block first"
                    .to_owned()
            }
            Self::Countries => "As in DE FR".to_owned(),
            Self::Certificate if value.is_empty() => {
                "CloudFront's own: *.cloudfront.net, policy TLSv1".to_owned() // DS-08
            }
            Self::Certificate => {
                let named = self.choices(draft).into_iter().find(|choice| choice.value == value);
                named.map(|choice| choice.label).unwrap_or_default()
            }
            Self::SecurityPolicy => certificate::said_of_policy(draft, value),
            Self::Criteria => "As in 500, 503".to_owned(),
            Self::ErrorTtl => {
                let status = Self::ErrorStatus.value(item, draft);
                match overview::error_kept(&status) {
                    [_, ""] => String::new(),
                    [_, kept] => format!("A {status} is {kept}"),
                }
            }
            Self::PagePath if value.is_empty() => "The error keeps its own content".to_owned(),
            Self::CachePolicy => {
                let policy = draft.beside().cache_policy(value);
                policy.map(|policy| overview::ttl(policy.ttl)).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

/// A line that stands twice.
fn twice(text: &str) -> Option<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_before = |place: usize, line: &str| {
        lines[..place].iter().any(|other| other.eq_ignore_ascii_case(line))
    };
    lines.iter().enumerate().find(|(place, line)| is_before(*place, line)).map(|(_, line)| *line)
}

/// UV-06, FLOW-15: of two behaviors with one pattern the second is never reached.
fn same_before(item: Item, draft: &Draft, pattern: &str) -> String {
    let Item::Behavior(place) = item else { return String::new() };
    let of = |place: usize| Setting::PathPattern.value(Item::Behavior(place), draft);
    let pattern = PathPattern::new(pattern);
    match (0..place).find(|other| PathPattern::new(&of(*other)).is_same(&pattern)) {
        Some(first) => format!(
            "Precedence {first} has this pattern, too: it takes all, and nothing comes here"
        ),
        None => String::new(),
    }
}

/// What would mend a protocol that a kind of origin does not speak (OK-02, OK-22), or has no certificate for (OK-07).
fn of_protocol(kind: OriginKind, policy: &str) -> String {
    if kind == OriginKind::Ec2 && policy != "http-only" {
        return "Nobody gets a certificate for this name: by HTTPS viewers get 502, unless a policy forwards Host"
            .to_owned();
    }
    if origin_block::speaks(kind, policy) {
        return String::new();
    }
    let words = units::sentence_case(&kind.in_words());
    let only = if kind.speaks(Scheme::Http) { "HTTP" } else { "HTTPS" };
    format!("{words} speaks {only} only: choose {only} only, or viewers get 502")
}

/// A domain of each kind (distribution.md 1.2), labelled with its kind.
fn examples() -> Vec<Choice> {
    let of_kind = |domain: &str| {
        let found = domain::classify(domain).ok()?;
        Some(Choice::new(domain, found.kind.label()))
    };
    EXAMPLES.split(' ').filter_map(of_kind).collect()
}

/// Those that a custom origin or a bucket can have, in the order of section 1.1.
const EXAMPLES: &str = "docs.s3.us-west-2.amazonaws.com docs.s3-website-us-west-2.amazonaws.com \
    examplemediastore.data.mediastore.us-west-1.amazonaws.com 3ae97e9482b0d011.mediapackage.us-west-2.amazonaws.com \
    abcde.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com c5632a8f90d14b6e.egress.mediapackage-vod.eu-west-1.amazonaws.com \
    0123456789abcdef.mediatailor.us-west-2.amazonaws.com ec2-203-0-113-25.us-west-2.compute.amazonaws.com \
    example-load-balancer-1234567890.us-west-2.elb.amazonaws.com www.example.com a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com \
    abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws d222222abcdef8.cloudfront.net";

/// OR-17: what AWS's list can name, oldest first.
pub(in crate::scene::console) const ORIGIN_SSL: [&str; 4] =
    ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"];

/// The methods of a response headers policy; the first stands for all of them.
const CORS_METHODS: [&str; 8] = ["ALL", "GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/// The ARN or the id of a certificate of the distribution's own; empty of CloudFront's.
pub(in crate::scene::console) fn certificate_id(certificate: &Json) -> &str {
    let ids = ["ACMCertificateArn", "IAMCertificateId"].map(|name| certificate.member(name));
    let filled = ids.into_iter().flatten().filter_map(Json::as_text).find(|id| !id.is_empty());
    filled.unwrap_or_default()
}

/// CE-01.
fn statuses() -> Vec<Choice> {
    let status = |status: u16| Choice::new(&status.to_string(), &status.to_string());
    ErrorResponse::STATUSES.map(status).to_vec()
}

/// With the present value among them, whatever it is.
fn with_present(mut choices: Vec<Choice>, value: &str) -> Vec<Choice> {
    if !value.is_empty() && !choices.iter().any(|choice| choice.value == value) {
        choices.push(Choice::new(value, value));
    }
    choices
}
