//! The settings that a sheet can show, and where each stands in the document.

use super::item::Item;
use crate::distribution::{Draft, FunctionEvent};
use crate::json::Path;

mod spec;
pub(super) use spec::Kind;
use spec::Place;

mod control;
pub(super) use control::{ORIGIN_SSL, certificate_id};

mod beside;

mod bucket;
pub(super) use bucket::for_distribution;

mod sheets;
use sheets::{of_behavior, of_origin};

mod named;

mod legacy;

mod response_headers;

mod functions;

mod selection;

mod staging;

/// A setting of an origin (distribution.md section 1.3), of a behavior (2.2), of the whole (section 5), of an error page
/// (section 4) or of an origin group (1.4).
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
    /// OR-17.
    OriginSsl,
    /// OR-06.
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
    /// OR-20.
    AccessControl,
    /// OR-21.
    AccessIdentity,
    /// OR-24: whom a bucket lets in.
    LetsIn,
    /// OR-25.
    VpcOrigin,
    /// OR-25.
    VpcOwner,
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
    /// CK-12.
    LegacyQuery,
    /// CK-13.
    LegacyHeaders,
    /// CK-14.
    LegacyCookies,
    /// CB-08.
    OriginRequestPolicy,
    /// CB-09.
    ResponseHeadersPolicy,
    /// DS-16.
    Comment,
    /// DS-15.
    RootObject,
    /// DS-04.
    Aliases,
    /// DS-02.
    PriceClass,
    /// DS-08, DS-09.
    Certificate,
    /// DS-10.
    SslSupport,
    /// DS-11.
    SecurityPolicy,
    /// DS-13.
    HttpVersions,
    /// DS-14.
    Ipv6,
    /// DS-20.
    GeoSort,
    /// DS-20.
    Countries,
    /// DS-25.
    TagHeader,
    /// LG-01.
    Logs,
    /// LG-02.
    LogBucket,
    /// LG-03.
    LogPrefix,
    /// LG-04.
    LogCookies,
    /// CE-01.
    ErrorStatus,
    /// CE-02.
    PagePath,
    /// CE-03.
    PageStatus,
    /// CE-04.
    ErrorTtl,
    /// OG-01.
    GroupId,
    /// OG-02.
    Primary,
    /// OG-02.
    Secondary,
    /// OG-03.
    Criteria,
    /// VSEC-20.
    WebAcl,
    /// CB-15.
    TrustedKeys,
    /// CB-17, CB-18: the function at an event of a behavior.
    Function(FunctionEvent),
    /// What a document beside the configuration is called.
    BesideName,
    /// CK-02: header fields in the key.
    KeyHeaders,
    /// CK-03: cookies in the key.
    KeyCookies,
    /// CK-04: query parameters in the key.
    KeyQuery,
    /// AE-01: whether gzip is told apart.
    KeyGzip,
    /// AE-01: whether Brotli is.
    KeyBrotli,
    /// CK-06: header fields that the origin gets.
    SentHeaders,
    /// CK-07: cookies that the origin gets.
    SentCookies,
    /// CK-07: query parameters that the origin gets.
    SentQuery,
    /// RH-09: fields that are added.
    AddedHeaders,
    /// RH-09: fields that are taken away.
    RemovedHeaders,
    /// RH-09: whether there are fields of CORS.
    Cors,
    /// Who may read it.
    CorsOrigins,
    /// By which methods.
    CorsMethods,
    /// With which fields of the request.
    CorsHeaders,
    /// Which fields of the answer a script may see.
    CorsExposed,
    /// For how long a browser remembers.
    CorsMaxAge,
    /// Whether cookies may go along.
    CorsCredentials,
    /// TLS-48.
    Hsts,
    /// Whether it holds below the host, too.
    HstsSubdomains,
    /// Whether browsers may have it before any visit.
    HstsPreload,
    /// Content-Security-Policy.
    ContentPolicy,
    /// Referrer-Policy.
    ReferrerPolicy,
    /// X-Frame-Options.
    FrameOptions,
    /// X-Content-Type-Options.
    NoSniff,
    /// X-XSS-Protection.
    XssProtection,
    /// RH-09: which fields stand over the origin's.
    Overrides,
    /// ST-15.
    ServerTiming,
    /// IM-11: what the function at the edge is called.
    FunctionName,
    /// EDGE-20: what runs it.
    Runtime,
    /// IM-11: what it does.
    Does,
    /// IM-11: a value that it needs for that, by the name of its member.
    Needs(&'static str),
    /// VSEC-21: what becomes of a request that no rule decides.
    AclDefault,
    /// VSEC-21: the rules of a web ACL.
    AclRules,
    /// VSEC-29: of which family the addresses of a set are.
    AddressVersion,
    /// IM-14: the addresses of a set.
    Addresses,
    /// SIG-21: the keys of a group.
    Keys,
    /// SIG-12: a key.
    Pem,
    /// CB-14: the real-time log of a behavior.
    RealTimeLog,
    /// RTL-02: of how many requests a real-time log has records.
    Sampling,
    /// RTL-05: the fields of a real-time log.
    LogFields,
    /// TLS-15: what a certificate covers.
    CertificateNames,
    /// TLS-17: the sort of its key.
    KeyAlgorithm,
    /// OR-22.
    Signs,
    /// OR-23.
    SignedService,
    /// OR-23.
    SigningProtocol,
    /// CD-02.
    PolicyEnabled,
    /// CD-03.
    TrafficType,
    /// CD-04.
    StagingWeight,
    /// CD-05.
    StagingHeader,
    /// CD-05.
    StagingValue,
    /// CD-06.
    Sticky,
    /// CD-06.
    IdleTtl,
    /// CD-07.
    MaximumTtl,
    /// The whole document.
    AsJson,
}

/// The value of [`Setting::CachePolicy`] for the settings from before there were policies (CB-10).
pub(super) const LEGACY: &str = "legacy";

/// The names of an origin's custom header.
pub(super) const CUSTOM_HEADER: [&str; 2] = ["HeaderName", "HeaderValue"];

/// The names of a field of a response headers policy.
pub(super) const POLICY_HEADER: [&str; 2] = ["Header", "Value"];

/// The two blocks of an origin that its domain name chooses between.
pub(super) const BLOCKS: [&str; 2] = ["S3OriginConfig", "CustomOriginConfig"];

/// The block of an origin within a private network, which has no name of its own (OK-12).
pub(super) const PRIVATE: &str = "VpcOriginConfig";

impl Setting {
    /// Those of the whole.
    pub(super) const GENERAL: [Self; 17] = [
        Self::Comment,
        Self::Aliases,
        Self::RootObject,
        Self::PriceClass,
        Self::HttpVersions,
        Self::Ipv6,
        Self::TagHeader,
        Self::WebAcl,
        Self::Certificate,
        Self::SslSupport,
        Self::SecurityPolicy,
        Self::GeoSort,
        Self::Countries,
        Self::Logs,
        Self::LogBucket,
        Self::LogPrefix,
        Self::LogCookies,
    ];

    /// The first settings of the parts of the whole that are looked for by a word of their own.
    pub const PARTS: [Self; 3] = [Self::Certificate, Self::GeoSort, Self::Logs];

    /// The settings of an item, in the order of the console; those that it has not in this document are left out.
    pub(super) fn of(item: Item, draft: &Draft) -> Vec<Self> {
        let at = |name: &str| draft.at(&item.path().member(name)).is_some();
        match item {
            Item::General => {
                let has_own = !Self::Certificate.value(item, draft).is_empty();
                let is_shown = |setting: &Self| has_own || !setting.is_of_own_certificate();
                Self::GENERAL.into_iter().filter(is_shown).collect()
            }
            Item::Origin(_) => {
                let mut settings = of_origin(at(BLOCKS[1]), at(PRIVATE));
                settings.retain(|it| *it != Self::LetsIn || bucket::is_bucket(draft, item));
                settings
            }
            Item::Group(_) => vec![Self::GroupId, Self::Primary, Self::Secondary, Self::Criteria],
            Item::Behavior(_) | Item::Default => {
                of_behavior(item == Item::Default, at("ForwardedValues"))
            }
            Item::Beside(sort, _) => beside::settings(sort, item, draft),
            Item::ErrorPage(_) => {
                vec![Self::ErrorStatus, Self::PagePath, Self::PageStatus, Self::ErrorTtl]
            }
        }
    }

    /// Whether it is about a certificate of the distribution's own alone.
    pub(super) const fn is_of_own_certificate(self) -> bool {
        matches!(self, Self::SslSupport | Self::SecurityPolicy)
    }

    /// What it and those after it are about, where that changes on the long sheet of the whole.
    pub const fn heading(self) -> Option<&'static str> {
        match self {
            Self::Comment => Some("Settings"),
            Self::Certificate => Some("SSL certificate"),
            Self::GeoSort => Some("Geographic restriction"),
            Self::Logs => Some("Logging"),
            _ => None,
        }
    }

    /// As AWS's console calls it.
    pub fn label(self) -> &'static str {
        self.spec().texts()[0]
    }

    /// Its row in docs/reference, the page of AWS's guide that it is taken from, by its name there, and what it changes on the
    /// way of a request, in a sentence or two.
    pub fn source(self, item: Item) -> [&'static str; 3] {
        match self {
            Self::BesideName => named::of_name(item),
            Self::AsJson => named::of_json(item),
            _ => {
                let [_, row, page, says] = self.spec().texts();
                [row, page, says]
            }
        }
    }

    /// Where a setting of the whole stands.
    pub(super) fn of_whole(self) -> Path {
        let (Place::Here(place) | Place::Block(place)) = self.spec().place;
        place.parse().unwrap_or_default()
    }

    /// Where it stands in the document; of settings that fill several places, what holds them all.
    pub(super) fn path(self, item: Item, draft: &Draft) -> Path {
        if let Self::Function(event) = self {
            return functions::place(draft, item, event);
        }
        let here = item.path();
        match self.spec().place {
            Place::Here(place) => here.joined(&place.parse().unwrap_or_default()),
            Place::Block(name) => {
                let given =
                    BLOCKS.into_iter().find(|block| draft.at(&here.member(block)).is_some());
                here.member(given.unwrap_or(PRIVATE)).member(name)
            }
        }
    }
}
