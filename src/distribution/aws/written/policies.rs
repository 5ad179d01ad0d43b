//! Policies by their ids: a managed one by its own, any other by one that is made up, under which it is given beside the
//! configuration.

use super::{list, texts, whole};
use crate::distribution::aws::Beside;
use crate::distribution::aws::beside::Sort;
use crate::distribution::aws::security_headers;
use crate::distribution::{
    CachePolicy, Cors, OriginRequestPolicy, PolicyField, ResponseHeadersPolicy, SamplingRate,
    Selection, managed,
};
use crate::json::Json;

/// The policies that have been named so far.
pub(super) struct Named {
    pub(super) beside: Beside,
    /// The configuration of each own policy, whose id is its place.
    own: Vec<Json>,
}

impl Named {
    pub(super) const fn new(beside: Beside) -> Self {
        Self { beside, own: Vec::new() }
    }

    pub(super) fn cache_policy(&mut self, policy: &CachePolicy) -> String {
        match managed::id_of_cache_policy(policy) {
            Some(id) => id.to_owned(),
            None => self.id(Sort::Cache, cache_policy(policy)),
        }
    }

    pub(super) fn origin_request_policy(&mut self, policy: &OriginRequestPolicy) -> String {
        match managed::id_of_origin_request_policy(policy) {
            Some(id) => id.to_owned(),
            None => self.id(Sort::OriginRequest, origin_request_policy(policy)),
        }
    }

    pub(super) fn response_headers_policy(&mut self, policy: &ResponseHeadersPolicy) -> String {
        match managed::id_of_response_headers_policy(policy) {
            Some(id) => id.to_owned(),
            None => self.id(Sort::ResponseHeaders, response_headers_policy(policy)),
        }
    }

    /// Gives a document beside the configuration. One that AWS would not take is only named: whoever reads the configuration
    /// will miss it.
    pub(super) fn give(&mut self, document: &Json) {
        self.beside.give(document.clone());
    }

    /// The id of an own policy, which is given beside the configuration from now on. Two that are alike have one id.
    fn id(&mut self, sort: Sort, config: Json) -> String {
        let document = |place: usize, config: &Json| {
            let id = format!("00000000-0000-4000-8000-{:012}", place + 1);
            (sort.wrapped(&id, config.clone()), id)
        };
        let known = self.own.iter().position(|known| *known == config);
        let (document, id) = document(known.unwrap_or(self.own.len()), &config);
        if known.is_none() {
            self.own.push(config);
            self.give(&document);
        }
        id
    }
}

/// CK-01 to CK-05.
fn cache_policy(policy: &CachePolicy) -> Json {
    let word = if policy.key_headers.is_empty() { "none" } else { "whitelist" };
    let mut headers = vec![("HeaderBehavior", Json::text(word))];
    if !policy.key_headers.is_empty() {
        headers.push(("Headers", texts(&policy.key_headers)));
    }
    let key = Json::object([
        ("EnableAcceptEncodingGzip", Json::Flag(policy.gzip)),
        ("EnableAcceptEncodingBrotli", Json::Flag(policy.brotli)),
        ("HeadersConfig", Json::object(headers)),
        ("CookiesConfig", selection(&policy.cookies, "Cookie")),
        ("QueryStringsConfig", selection(&policy.query, "QueryString")),
    ]);
    Json::object([
        ("Comment", Json::text("")),
        ("Name", Json::text(&policy.name)),
        ("DefaultTTL", whole(policy.ttl.default)),
        ("MaxTTL", whole(policy.ttl.max)),
        ("MinTTL", whole(policy.ttl.min)),
        ("ParametersInCacheKeyAndForwardedToOrigin", key),
    ])
}

/// CK-06, CK-07.
fn origin_request_policy(policy: &OriginRequestPolicy) -> Json {
    let (word, listed) = match &policy.headers {
        Selection::None | Selection::Like(_) => ("none", &[][..]),
        Selection::Only(names) => ("whitelist", &names[..]),
        Selection::AllExcept(names) => ("allExcept", &names[..]),
        Selection::All if policy.cloudfront_headers.is_empty() => ("allViewer", &[][..]),
        Selection::All => ("allViewerAndWhitelistCloudFront", &policy.cloudfront_headers[..]),
    };
    let mut headers = vec![("HeaderBehavior", Json::text(word))];
    if !listed.is_empty() {
        headers.push(("Headers", texts(listed)));
    }
    Json::object([
        ("Comment", Json::text("")),
        ("Name", Json::text(&policy.name)),
        ("HeadersConfig", Json::object(headers)),
        ("CookiesConfig", selection(&policy.cookies, "Cookie")),
        ("QueryStringsConfig", selection(&policy.query, "QueryString")),
    ])
}

/// `kind` is `Cookie` or `QueryString`.
fn selection(selection: &Selection, kind: &str) -> Json {
    let (word, names) = match selection {
        Selection::None | Selection::Like(_) => ("none", &[][..]),
        Selection::All => ("all", &[][..]),
        Selection::Only(names) => ("whitelist", &names[..]),
        Selection::AllExcept(names) => ("allExcept", &names[..]),
    };
    let (behavior, listed) = (format!("{kind}Behavior"), format!("{kind}s"));
    let mut members = vec![(&*behavior, Json::text(word))];
    if !names.is_empty() {
        members.push((&*listed, texts(names)));
    }
    Json::object(members)
}

/// RH-09.
fn response_headers_policy(policy: &ResponseHeadersPolicy) -> Json {
    let mut members = vec![("Comment", Json::text("")), ("Name", Json::text(&policy.name))];
    if let Some(group) = &policy.cors {
        members.push(("CorsConfig", cors(group)));
    }
    let (security, custom) = security_headers::written(&policy.fields);
    if !security.members().is_empty() {
        members.push(("SecurityHeadersConfig", security));
    }
    if !custom.is_empty() {
        let items = list(custom.iter().map(field));
        members.push(("CustomHeadersConfig", items));
    }
    if !policy.remove.is_empty() {
        let items = policy.remove.iter().map(|name| Json::object([("Header", Json::text(name))]));
        members.push(("RemoveHeadersConfig", list(items)));
    }
    if let Some(rate) = policy.server_timing {
        let timing = [("Enabled", Json::Flag(true)), ("SamplingRate", sampling_rate(rate))];
        members.push(("ServerTimingHeadersConfig", Json::object(timing)));
    }
    Json::object(members)
}

fn cors(cors: &Cors) -> Json {
    let mut members = vec![
        ("AccessControlAllowOrigins", texts(&cors.allow_origins)),
        ("AccessControlAllowHeaders", texts(&cors.allow_headers)),
        ("AccessControlAllowMethods", texts(&cors.allow_methods)),
        ("AccessControlAllowCredentials", Json::Flag(cors.allow_credentials)),
    ];
    if !cors.expose_headers.is_empty() {
        members.push(("AccessControlExposeHeaders", texts(&cors.expose_headers)));
    }
    if let Some(secs) = cors.max_age_secs {
        members.push(("AccessControlMaxAgeSec", whole(secs)));
    }
    members.push(("OriginOverride", Json::Flag(cors.overrides)));
    Json::object(members)
}

fn field(field: &PolicyField) -> Json {
    Json::object([
        ("Header", Json::text(&field.name)),
        ("Value", Json::text(&field.value)),
        ("Override", Json::Flag(field.overrides)),
    ])
}

/// ST-15: a number of percent.
fn sampling_rate(rate: SamplingRate) -> Json {
    let (whole, decimals) = (rate.ten_thousandths() / 10_000, rate.ten_thousandths() % 10_000);
    if decimals == 0 {
        return Json::Whole(i64::from(whole));
    }
    Json::Fraction(format!("{whole}.{decimals:04}").trim_end_matches('0').to_owned())
}
