//! An action as the few words that a file and a link hold.
//!
//! `GET paris /img/hero.jpg` · `together GET paris /a and GET lagos /b` · `wait 60` · `publish /index.html` ·
//! `invalidate /img/* #sale` · `invalidate-as reference /img/*` · `method POST` · `viewer tls1.2` · `network ipv6` ·
//! `resolver far` · `start-empty on` ·
//! `dynamic on /api/*` · `same-region on paris` · `origin-region us-east-1` · `health shop-media failing 503` ·
//! `configure {"DistributionConfig":{..},..}` · `busy on` · `quotas classic` · `pop-capacity 2000000` · `resize /app.js 1000` · `shield shop-media us-east-1` · `ttl * 1 86400 31536000`

use std::sync::Arc;
use std::time::Duration;

use super::configurations::Configurations;
use super::{FormError, Spot, not, whole};
use crate::distribution::{AwsError, Configuration, PathPattern, TtlBounds};
use crate::edge::{Batch, Item, Quotas};
use crate::http::{Field, Fields, Method, Request, Scheme, Target, Version};
use crate::network::{Access, City, Offer, Region, Resolver};
use crate::simulation::{Action, Walk};

mod health;

/// The fields that the page sends unless it is told otherwise: a request that begins with them names only its others.
pub const CLASSROOM_FIELDS: &str =
    "Accept: */*\nAccept-Encoding: gzip, br\nUser-Agent: Edgewalk classroom";

/// What is wrong with one of an action's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Which word, from 0.
    pub(super) word: usize,
    /// What is wrong with it.
    pub(super) wrong: Wrong,
}

/// What is wrong with a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The rule with what was given.
    Rule(String),
    /// What AWS would not take of a configuration.
    Configuration(Vec<AwsError>),
}

impl Fault {
    /// The error of an action whose words stand at `spot`.
    pub(super) fn at(self, spot: Spot<'_>) -> FormError {
        let path = spot.word(self.word);
        match self.wrong {
            Wrong::Rule(rule) => FormError::Field { path, rule },
            Wrong::Configuration(findings) => FormError::configuration(&path, findings),
        }
    }
}

impl From<String> for Wrong {
    fn from(rule: String) -> Self {
        Self::Rule(rule)
    }
}

impl From<Vec<AwsError>> for Wrong {
    fn from(findings: Vec<AwsError>) -> Self {
        Self::Configuration(findings)
    }
}

/// An action in words.
pub(super) fn write(action: &Action) -> Vec<String> {
    let on = |on: bool| if on { "on" } else { "off" }.to_owned();
    let of = |first: &str, others: Vec<String>| {
        let mut words = vec![first.to_owned()];
        words.extend(others);
        words
    };
    match action {
        Action::Send { city, request } => sending(*city, request),
        Action::SendTogether { requests } => {
            let mut words = Vec::new();
            for (city, request) in requests {
                words.push(if words.is_empty() { "together" } else { "and" }.to_owned());
                words.extend(sending(*city, request));
            }
            words
        }
        Action::Wait { span } => of("wait", vec![span.as_secs().to_string()]),
        Action::Publish { path } => of("publish", vec![path.clone()]),
        Action::Invalidate(batch) => {
            let items = batch.items().iter().map(ToString::to_string);
            match batch.caller_reference() {
                None => of("invalidate", items.collect()),
                Some(reference) => {
                    of("invalidate-as", [reference.to_owned()].into_iter().chain(items).collect())
                }
            }
        }
        Action::SetMethod { method } => of("method", vec![method.as_str().to_owned()]),
        Action::SetViewer { viewer } => of("viewer", vec![viewer.word().to_owned()]),
        Action::SetAccess { access } => of("network", vec![access.word().to_owned()]),
        Action::SetResolver { resolver } => of("resolver", vec![resolver.word().to_owned()]),
        Action::StartEmpty { on: is_on } => of("start-empty", vec![on(*is_on)]),
        Action::SetDynamic { pattern, on: is_on } => {
            of("dynamic", vec![on(*is_on), pattern.as_str().to_owned()])
        }
        Action::SetSameRegion { on: is_on, city } => {
            of("same-region", vec![on(*is_on), city.slug().to_owned()])
        }
        Action::SetOriginRegion { region } => of("origin-region", vec![region.code().to_owned()]),
        Action::SetHealth { origin_id, health } => {
            let (word, more) = health::written(*health);
            let mut words = vec![origin_id.clone(), word.to_owned()];
            words.extend(more);
            of("health", words)
        }
        Action::Resize { path, size_bytes } => {
            of("resize", vec![path.clone(), size_bytes.to_string()])
        }
        Action::SetShield { origin_id, region } => {
            let region = region.map_or("off", Region::code);
            of("shield", vec![origin_id.clone(), region.to_owned()])
        }
        Action::SetTtl { pattern, ttl } => {
            let bounds = [ttl.min, ttl.default, ttl.max].map(|secs| secs.to_string());
            of("ttl", [pattern.as_str().to_owned()].into_iter().chain(bounds).collect())
        }
        Action::SetQuotas { quotas } => of("quotas", vec![quotas.word().to_owned()]),
        Action::SetBusy { on: is_on } => of("busy", vec![on(*is_on)]),
        Action::SetPopCapacity { bytes } => of("pop-capacity", vec![bytes.to_string()]),
        Action::Configure(configuration) => of("configure", vec![configuration.stored()]),
        Action::Deploy(configuration) => of("deploy", vec![configuration.stored()]),
    }
}

/// A request and where it comes from.
fn sending(city: City, request: &Request) -> Vec<String> {
    let mut words = vec![
        request.method.as_str().to_owned(),
        city.slug().to_owned(),
        request.target.to_string(),
    ];
    if request.scheme == Scheme::Http {
        words.push("http".to_owned());
    }
    if let Some((_, word)) = VERSIONS.iter().find(|(version, _)| *version == request.version) {
        words.push((*word).to_owned());
    }
    if request.content_length > 0 {
        words.push(format!("content={}", request.content_length));
    }
    let lines = request.fields.iter().map(|field| format!("{}: {}", field.name(), field.value()));
    let lines: Vec<String> = lines.collect();
    let usual = CLASSROOM_FIELDS.split('\n');
    let shared = usual.clone().zip(&lines).take_while(|(usual, line)| usual == line).count();
    if shared == usual.count() {
        words.extend(lines.into_iter().skip(shared));
    } else {
        words.push("bare".to_owned());
        words.extend(lines);
    }
    words
}

/// HTTP/2 goes without saying.
const VERSIONS: [(Version, &str); 3] =
    [(Version::Http10, "http/1.0"), (Version::Http11, "http/1.1"), (Version::Http3, "http/3")];

/// The action that some words mean.
pub(super) fn read(words: &[String], configurations: Configurations) -> Result<Action, Fault> {
    let mut words = Words { all: words, next: 0 };
    let action = action(&mut words, configurations)?;
    match words.peek() {
        None => Ok(action),
        Some(more) => Err(words.fault(not("this action ends before this word", more))),
    }
}

fn action(words: &mut Words, configurations: Configurations) -> Result<Action, Fault> {
    Ok(match words.next("first word")? {
        "together" => {
            let mut requests = vec![request(words)?];
            while words.peek() == Some("and") {
                words.next += 1;
                if requests.len() == Walk::MOST_ACTIONS {
                    let most = Walk::MOST_ACTIONS;
                    return Err(words.fault(format!("at most {most} requests are sent together")));
                }
                requests.push(request(words)?);
            }
            Action::SendTogether { requests }
        }
        "wait" => Action::Wait { span: Duration::from_secs(words.number("number of seconds")?) },
        "publish" => Action::Publish { path: words.next("path")?.to_owned() },
        "invalidate" => Action::Invalidate(batch(words, None)?),
        "invalidate-as" => {
            let reference = words.next("caller reference")?.to_owned();
            Action::Invalidate(batch(words, Some(reference))?)
        }
        "method" => Action::SetMethod { method: words.read("method", method)? },
        "viewer" => Action::SetViewer { viewer: words.read("sort of viewer", viewer)? },
        "network" => Action::SetAccess { access: words.read("sort of network", access)? },
        "resolver" => Action::SetResolver { resolver: words.read("resolver", resolver)? },
        "start-empty" => Action::StartEmpty { on: words.on()? },
        "dynamic" => Action::SetDynamic {
            on: words.on()?,
            pattern: PathPattern::new(words.next("path pattern")?),
        },
        "same-region" => Action::SetSameRegion { on: words.on()?, city: words.read("city", city)? },
        "origin-region" => Action::SetOriginRegion { region: words.read("Region", region)? },
        "health" => Action::SetHealth {
            origin_id: words.next("id of an origin")?.to_owned(),
            health: health::read(words)?,
        },
        "resize" => Action::Resize {
            path: words.next("path")?.to_owned(),
            size_bytes: words.number("number of bytes")?,
        },
        "shield" => Action::SetShield {
            origin_id: words.next("id of an origin")?.to_owned(),
            region: words.read("Region or off", |word| match word {
                "off" => Ok(None),
                word => region(word).map(Some),
            })?,
        },
        "ttl" => Action::SetTtl {
            pattern: PathPattern::new(words.next("path pattern")?),
            ttl: TtlBounds {
                min: words.number("minimum TTL")?,
                default: words.number("default TTL")?,
                max: words.number("maximum TTL")?,
            },
        },
        of @ ("configure" | "deploy") => {
            let is_deployed = of == "deploy";
            let read =
                |text: &str| Configuration::parsed(text).and_then(|json| configurations(&json));
            let configuration = words.read("configuration", read)?.into();
            if is_deployed {
                Action::Deploy(configuration)
            } else {
                Action::Configure(configuration)
            }
        }
        "quotas" => Action::SetQuotas {
            quotas: words
                .read("quotas", |text| one_of("set of quotas", &Quotas::ALL, Quotas::word, text))?,
        },
        "busy" => Action::SetBusy { on: words.on()? },
        "pop-capacity" => Action::SetPopCapacity { bytes: words.number("number of bytes")? },
        _ => {
            words.next -= 1;
            let first = words.peek().unwrap_or_default();
            if method(first).is_err() {
                return Err(words.fault(not(RULE, first)));
            }
            let (city, request) = request(words)?;
            Action::Send { city, request }
        }
    })
}

const RULE: &str = "an action begins with a method, together, wait, publish, invalidate, invalidate-as, method, \
    viewer, network, resolver, start-empty, dynamic, same-region, origin-region, resize, shield, ttl, health, busy, quotas, pop-capacity, configure or deploy";

fn request(words: &mut Words) -> Result<(City, Arc<Request>), Fault> {
    let method = words.read("method", method)?;
    let city = words.read("city", city)?;
    let target = words.read("path", |text| Target::parse(text).map_err(|e| e.to_string()))?;
    let (mut scheme, mut version, mut content_length) = (Scheme::Https, Version::Http2, 0);
    let (mut is_bare, mut others) = (false, Vec::new());
    while let Some(word) = words.peek().filter(|word| *word != "and") {
        let of_version = VERSIONS.iter().find(|(_, text)| *text == word);
        if word == "http" {
            scheme = Scheme::Http;
        } else if let Some((of_word, _)) = of_version {
            version = *of_word;
        } else if let Some(bytes) = word.strip_prefix("content=") {
            content_length = whole(bytes).ok_or_else(|| {
                words.fault(not("content= is followed by a number of bytes", word))
            })?;
        } else if word == "bare" {
            is_bare = true;
        } else if let Some((name, value)) = word.split_once(':') {
            others.push(Field::new(name, value).map_err(|error| words.fault(error.to_string()))?);
        } else {
            let rule = "after the path stand fields as in Accept: */*, or http, http/1.0, http/1.1, http/3, \
                content= and bare";
            return Err(words.fault(not(rule, word)));
        }
        words.next += 1;
    }
    let usual = if is_bare { "" } else { CLASSROOM_FIELDS };
    let mut fields = Fields::parse(usual).map_err(|error| words.fault(error.to_string()))?;
    for field in others {
        fields.push(field);
    }
    let request =
        Request { method, target, fields: fields.into(), content_length, scheme, version };
    Ok((city, request.into()))
}

fn batch(words: &mut Words, reference: Option<String>) -> Result<Batch, Fault> {
    let mut items = Vec::new();
    while words.peek().is_some() {
        items.push(words.read("path", |text| Item::new(text).map_err(|e| e.to_string()))?);
    }
    Batch::new(items, reference).map_err(|error| words.fault(error.to_string()))
}

fn method(text: &str) -> Result<Method, String> {
    text.parse().map_err(|error: crate::http::MethodError| error.to_string())
}

fn viewer(text: &str) -> Result<Offer, String> {
    one_of("viewer", &Offer::ALL, Offer::word, text)
}

fn access(text: &str) -> Result<Access, String> {
    one_of("network", &Access::ALL, Access::word, text)
}

fn resolver(text: &str) -> Result<Resolver, String> {
    one_of("resolver", &Resolver::ALL, Resolver::word, text)
}

/// The one that has this word.
fn one_of<T: Copy>(
    what: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    text: &str,
) -> Result<T, String> {
    let words = || all.iter().map(|one| word(*one)).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|one| word(**one) == text);
    found.copied().ok_or_else(|| not(&format!("a {what} is one of {}", words()), text))
}

fn city(text: &str) -> Result<City, String> {
    City::find(text).map_err(|error| error.to_string())
}

fn region(text: &str) -> Result<Region, String> {
    Region::find(text).map_err(|error| error.to_string())
}

/// The words of an action, one after the other.
struct Words<'w> {
    all: &'w [String],
    next: usize,
}

impl<'w> Words<'w> {
    fn peek(&self) -> Option<&'w str> {
        self.all.get(self.next).map(String::as_str)
    }

    /// What is wrong with the word that comes next.
    fn fault(&self, rule: String) -> Fault {
        Fault { word: self.next, wrong: rule.into() }
    }

    fn next(&mut self, what: &str) -> Result<&'w str, Fault> {
        let word = self.peek().ok_or_else(|| self.fault(format!("the {what} is missing here")))?;
        self.next += 1;
        Ok(word)
    }

    fn read<T, W: Into<Wrong>>(
        &mut self,
        what: &str,
        read: impl FnOnce(&str) -> Result<T, W>,
    ) -> Result<T, Fault> {
        let word = self.next(what)?;
        read(word).map_err(|wrong| Fault { word: self.next - 1, wrong: wrong.into() })
    }

    fn number(&mut self, what: &str) -> Result<u64, Fault> {
        self.read(what, |word| {
            whole(word).ok_or_else(|| not(&format!("the {what} must be a whole number"), word))
        })
    }

    fn on(&mut self) -> Result<bool, Fault> {
        self.read("on or off", |word| match word {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(not("this must be on or off", word)),
        })
    }
}

#[cfg(test)]
mod tests;
