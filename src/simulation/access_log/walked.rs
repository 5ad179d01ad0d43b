//! "Walk this one": the request that a line of a log tells of, sent through the distribution of a walk, and what a log cannot
//! tell of it.

use std::fmt::Write;

use crate::distribution::Distribution;
use crate::edge::access_log::{LoggedVersion, Protocol, Record, Value};
use crate::http::{
    Field, Fields, Method, MethodError, Request, Scheme, Status, Target, TargetError, Version,
};
use crate::network::latency::great_circle_km;
use crate::network::{City, Family, Pop};
use crate::simulation::Settings;

/// A request that can be sent, and what of it is a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked {
    /// A city whose viewers come to that edge location, or the nearest that there is.
    pub city: City,
    /// What the log tells of the request.
    pub request: Request,
    /// What it does not tell, in the order of a request.
    pub untold: Vec<Untold>,
}

/// What a log does not tell of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// Where the viewer was: a city near the edge location stands for it.
    City,
    /// Which edge location answered, or one that this program does not know: the given city stands for it.
    EdgeLocation,
    /// Host: it leads to another distribution, so this one's own name is sent.
    Host,
    /// Bytes beyond ASCII in the URL: they are sent percent-encoded.
    RawBytes,
    /// Whether there were cookies: the distribution did not log them.
    Cookies,
    /// All header fields but Host, User-Agent, Referer, Cookie and X-Forwarded-For: above all Accept-Encoding, conditions and
    /// Authorization.
    OtherFields,
    /// How long the content was: it is worked out of the bytes that came.
    Content,
    /// Which range was asked for: the one that was sent stands for it.
    Range,
    /// What the caches held then.
    Caches,
}

impl Untold {
    /// All, in the order of a request.
    const ALL: [Self; 9] = [
        Self::City,
        Self::EdgeLocation,
        Self::Host,
        Self::RawBytes,
        Self::Cookies,
        Self::OtherFields,
        Self::Content,
        Self::Range,
        Self::Caches,
    ];

    /// A sentence for the reader.
    pub const fn says(self) -> &'static str {
        match self {
            Self::City => {
                "Where the viewer was: a city that this edge location serves stands for it."
            }
            Self::EdgeLocation => {
                "The edge location, or this one is not known here: the city chosen at the left is used."
            }
            Self::Host => {
                "A Host of this distribution: the one in the log belongs to another, so this one's name is sent."
            }
            Self::RawBytes => {
                "How the URL was written: bytes beyond ASCII are sent percent-encoded."
            }
            Self::Cookies => "Whether cookies were sent: they are not in this line.",
            Self::OtherFields => {
                "Further header fields, such as Accept-Encoding, If-None-Match and Authorization."
            }
            Self::Content => {
                "How long the request's content was: it is worked out of the bytes that came."
            }
            Self::Range => "Which range was asked for: the part that was sent stands for it.",
            Self::Caches => {
                "What the caches held at that time: they are as this walk has left them."
            }
        }
    }
}

/// Why a line cannot be walked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWalked {
    /// A method that no distribution can be told to allow.
    #[error("this line cannot be walked: {0}")]
    Method(#[from] MethodError),
    /// A path or query that cannot be sent.
    #[error("this line cannot be walked: {0}")]
    Target(#[from] TargetError),
    /// gRPC and WebSocket are not simulated.
    #[error("this line cannot be walked: cs-protocol is {}, and only http and https are simulated", given.as_str())]
    Protocol {
        /// What the viewer spoke.
        given: Protocol,
    },
}

/// The request that a record tells of, to be sent under these settings. `from` is the city where the record names no edge
/// location that is known.
pub fn walked(record: &Record<'_>, settings: &Settings, from: City) -> Result<Walked, NotWalked> {
    let distribution = settings.configuration.distribution();
    let mut untold = vec![Untold::OtherFields, Untold::Caches];
    let method: Method = record.method.text().parse()?;
    let (path, is_path_raw) = sendable(&record.path);
    let (query, is_query_raw) = record.query.as_ref().map(sendable).unwrap_or_default();
    let target = Target::new(&path, &query)?;
    if is_path_raw || is_query_raw {
        untold.push(Untold::RawBytes);
    }
    let scheme = match record.protocol {
        None | Some(Protocol::Https) => Scheme::Https,
        Some(Protocol::Http) => Scheme::Http,
        Some(given) => return Err(NotWalked::Protocol { given }),
    };
    let (city, place) = city_of(record, settings, from);
    untold.extend(place);
    let fields = fields_of(record, distribution, &mut untold);
    let known = fields.size_bytes();
    let content_length = match record.bytes_up {
        Some(bytes) if method.takes_content() => {
            untold.push(Untold::Content);
            bytes.saturating_sub(known)
        }
        _ => 0,
    };
    let version = match record.version {
        None => Version::default(),
        Some(LoggedVersion::Http09) => Version::Http10, // no viewer of a walk speaks what is older
        Some(LoggedVersion::Of(version)) => version,
    };
    let untold = Untold::ALL.into_iter().filter(|it| untold.contains(it)).collect();
    let fields = fields.into();
    let request = Request { method, target, fields, content_length, scheme, version };
    Ok(Walked { city, request, untold })
}

/// The fields that a log holds.
fn fields_of(record: &Record<'_>, to: &Distribution, untold: &mut Vec<Untold>) -> Fields {
    let mut fields = Fields::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(field) = value.and_then(|value| Field::new(name, &value).ok()) {
            fields.push(field);
        }
    };
    let host = record.host.as_ref().map(Value::text).filter(|host| to.answers_to(host));
    if host.is_none() {
        untold.push(Untold::Host);
    }
    add("Host", Some(host.unwrap_or_else(|| to.domain.clone())));
    add("User-Agent", record.user_agent.as_ref().map(Value::text));
    add("Referer", record.referer.as_ref().map(Value::text));
    match &record.cookie {
        None => untold.push(Untold::Cookies),
        Some(cookie) => add("Cookie", Some(cookie.text())),
    }
    add("X-Forwarded-For", record.forwarded_for.as_ref().map(Value::text));
    if record.status == Some(Status::PARTIAL_CONTENT)
        && let (Some(first), Some(last)) = (record.range_first, record.range_last)
    {
        untold.push(Untold::Range);
        add("Range", Some(format!("bytes={first}-{last}")));
    }
    fields
}

/// The text of a value as it can be sent, and whether bytes had to be encoded for that.
pub(super) fn sendable(value: &Value<'_>) -> (String, bool) {
    let bytes = value.bytes();
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'#';
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes.iter() {
        if is_plain(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}"); // a String takes all
        }
    }
    (text, !bytes.iter().all(is_plain))
}

/// A city whose viewers come to the edge location of a record: the one with the viewer's address, if there is one, or else the
/// nearest; and what of that is a guess.
fn city_of(record: &Record<'_>, settings: &Settings, otherwise: City) -> (City, Option<Untold>) {
    let code = record.location.as_ref().map(Value::as_logged);
    let pop = code.and_then(|code| code.get(..3)).and_then(|code| Pop::find(code).ok());
    let Some(pop) = pop else { return (otherwise, Some(Untold::EdgeLocation)) };
    let served = || City::all().filter(|city| settings.pop_for(*city) == pop);
    let ip = record.viewer_ip.as_ref().map(Value::as_logged);
    let is_of = |city: &City, ip| {
        [Family::Ipv4, Family::Ipv6].iter().any(|family| city.address(*family).to_string() == ip)
    };
    let same = served().find(|city| ip.is_some_and(|ip| is_of(city, ip)));
    if let Some(city) = same {
        return (city, None);
    }
    let distance = |city: &City| great_circle_km(city.position(), pop.position()).to_bits();
    let near = served().min_by_key(distance).or_else(|| City::all().min_by_key(distance));
    (near.unwrap_or(otherwise), Some(Untold::City))
}
