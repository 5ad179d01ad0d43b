//! Each setting in one line: where it stands, how it is set, what it is called and what it changes on the way of a request.

use super::Setting;
use super::functions::list_of;
use crate::distribution::FunctionEvent;

/// Where a setting stands within its item.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// At this path.
    Here(&'static str),
    /// In the block that the origin's kind has.
    Block(&'static str),
}

/// How a setting is set.
#[derive(Clone, Copy)]
pub(in crate::scene::console) enum Kind {
    /// One line of text.
    Text,
    /// The same, taken once it is left: what is typed on the way may mean something else.
    Entry,
    /// Several lines.
    Lines,
    /// A whole number in this unit.
    Whole(&'static str),
    /// On or off.
    Flag,
    /// One of these words, which are called otherwise than in the document.
    Words(&'static [(&'static str, &'static str)]),
    /// The same, beside each other.
    Segments(&'static [(&'static str, &'static str)]),
    /// A list that depends on the document.
    Own,
    /// The same, of which several can be chosen.
    Several,
    /// The same, beside which something else can be typed.
    Proposed,
}

/// What parts a setting's texts.
const BETWEEN: &str = " :: ";

/// A setting's line.
#[derive(Clone, Copy)]
pub(in crate::scene::console) struct Spec {
    pub(super) place: Place,
    pub(in crate::scene::console) kind: Kind,
    /// Its name, the row of docs/reference, the page of AWS's guide, and the sentence.
    texts: &'static str,
}

impl Spec {
    const fn new(place: Place, kind: Kind, texts: &'static str) -> Self {
        Self { place, kind, texts }
    }

    pub(super) fn texts(self) -> [&'static str; 4] {
        let mut parts = self.texts.splitn(4, BETWEEN);
        [(); 4].map(|()| parts.next().unwrap_or_default())
    }
}

const PROTOCOLS: [(&str, &str); 3] =
    [("match-viewer", "Match viewer"), ("https-only", "HTTPS only"), ("http-only", "HTTP only")];

const VIEWER_PROTOCOLS: [(&str, &str); 3] = [
    ("allow-all", "HTTP and HTTPS"),
    ("redirect-to-https", "Redirect HTTP to HTTPS"),
    ("https-only", "HTTPS only"),
];

const METHODS: [(&str, &str); 3] = [("2", "GET, HEAD"), ("3", "+ OPTIONS"), ("7", "All seven")];

/// PC-01 to PC-10.
const PRICE_CLASSES: [(&str, &str); 3] = [
    ("PriceClass_All", "All edge locations"),
    ("PriceClass_200", "Without South America and Oceania"),
    ("PriceClass_100", "North America, Europe and Israel"),
];

/// OR-17: the oldest of the list that AWS takes.
const ORIGIN_SSL: [(&str, &str); 4] =
    [("TLSv1.2", "TLSv1.2"), ("TLSv1.1", "TLSv1.1"), ("TLSv1", "TLSv1"), ("SSLv3", "SSLv3")];

/// DS-10.
const SSL_SUPPORT: [(&str, &str); 3] = [
    ("sni-only", "By its name (SNI)"),
    ("vip", "By IP addresses of its own"),
    ("static-ip", "By a list of static IP addresses"),
];

/// DS-13.
const HTTP_VERSIONS: [(&str, &str); 4] = [
    ("http2", "HTTP/2"),
    ("http2and3", "HTTP/2 and HTTP/3"),
    ("http3", "HTTP/3"),
    ("http1.1", "HTTP/1.1 alone"),
];

/// DS-20.
const GEO_SORTS: [(&str, &str); 3] =
    [("none", "Off"), ("whitelist", "Allow"), ("blacklist", "Block")];

/// VSEC-29.
const ADDRESS_VERSIONS: [(&str, &str); 2] = [("IPV4", "IPv4"), ("IPV6", "IPv6")];

const RUNTIMES: [(&str, &str); 2] = [("false", "CloudFront Functions"), ("true", "Lambda@Edge")];

/// IM-11.
const DOES: [(&str, &str); 8] = [
    ("SinglePage", "Rewrite paths for a single-page app"),
    ("StripPrefix", "Take a prefix off the path"),
    ("SortQuery", "Sort the query parameters"),
    ("Redirect", "Redirect"),
    ("BasicAuth", "Ask for a password"),
    ("SetField", "Set a header field"),
    ("SplitTest", "A/B test by a cookie"),
    ("Throws", "Fail with an exception"),
];

const DEFAULTS: [(&str, &str); 2] = [("Allow", "Allow"), ("Block", "Block")];

/// TLS-17.
const KEY_ALGORITHMS: [(&str, &str); 6] = [
    ("RSA_2048", "RSA, 2,048 bits"),
    ("RSA_1024", "RSA, 1,024 bits"),
    ("RSA_3072", "RSA, 3,072 bits"),
    ("RSA_4096", "RSA, 4,096 bits"),
    ("EC_prime256v1", "ECDSA, P-256"),
    ("EC_secp384r1", "ECDSA, P-384"),
];

/// CD-03.
const TRAFFIC: [(&str, &str); 2] = [("SingleWeight", "By weight"), ("SingleHeader", "By header")];

/// MS-01 to MS-05: what AWS takes.
const REFERRERS: [(&str, &str); 9] = [
    ("", "None"),
    ("no-referrer", "no-referrer"),
    ("no-referrer-when-downgrade", "no-referrer-when-downgrade"),
    ("origin", "origin"),
    ("origin-when-cross-origin", "origin-when-cross-origin"),
    ("same-origin", "same-origin"),
    ("strict-origin", "strict-origin"),
    ("strict-origin-when-cross-origin", "strict-origin-when-cross-origin"),
    ("unsafe-url", "unsafe-url"),
];

const FRAMES: [(&str, &str); 3] = [("", "None"), ("DENY", "DENY"), ("SAMEORIGIN", "SAMEORIGIN")];

const XSS: [(&str, &str); 4] =
    [("", "None"), ("0", "0: off"), ("1", "1: on"), ("1; mode=block", "1; mode=block")];

/// OR-22.
const SIGNS: [(&str, &str); 4] = [
    ("always", "Sign all requests"),
    ("no-override", "Sign unless the viewer sends Authorization"),
    ("never", "Do not sign"),
    ("always-amz-auth", "Sign beside the viewer's Authorization"),
];

/// OSEC-06.
const SERVICES: [(&str, &str); 4] = [
    ("s3", "S3"),
    ("lambda", "Lambda"),
    ("mediapackagev2", "MediaPackage v2"),
    ("mediastore", "MediaStore"),
];

/// OSEC-01.
const SIGNATURES: [(&str, &str); 2] =
    [("sigv4", "SigV4"), ("sigv4a", "SigV4A, for a Multi-Region Access Point")];

/// The texts of what a ready-made function needs.
const fn need(name: &str) -> &'static str {
    match name.as_bytes() {
        b"Page" => {
            "Page :: IM-11 :: functions-example-code :: What a path whose last part has no dot becomes."
        }
        b"Prefix" => {
            "Prefix :: IM-11 :: functions-example-code :: What is taken off the path, before key and origin see it."
        }
        b"From" => {
            "From :: IM-11 :: functions-example-code :: Which paths are answered with the redirect."
        }
        b"To" => {
            "To :: IM-11 :: functions-example-code :: What Location says. The cache and the origin are not asked."
        }
        b"Status" => {
            "Status :: IM-11 :: functions-example-code :: 301 and 308 for good; 302, 303 and 307 for this once."
        }
        b"Credentials" => {
            "Name and password :: IM-11 :: functions-example-code :: Whoever sends others, or none, gets 401; the cache is not asked."
        }
        b"Name" => "Field :: IM-11 :: functions-example-code :: Which header field it sets.",
        b"Value" => "Value :: IM-11 :: functions-example-code :: What the field says.",
        b"Cookie" => {
            "Cookie :: IM-11 :: functions-example-code :: Which cookie says A or B; a viewer without it gets one and keeps it. It is read at the viewer request, and set at the viewer response."
        }
        _ => {
            "In a hundred get B :: IM-11 :: functions-example-code :: How many viewers without the cookie get B."
        }
    }
}

impl Setting {
    #[rustfmt::skip]
    pub(in crate::scene::console) const fn spec(self) -> Spec {
        match self {
            Self::OriginId => Spec::new(Place::Here("Id"), Kind::Text, "Name :: OR-02 :: DownloadDistValuesOrigin :: A label only: behaviors and origin groups point to it."),
            Self::DomainName => Spec::new(Place::Here("DomainName"), Kind::Proposed, "Origin domain :: OR-01 :: DownloadDistValuesOrigin :: Where a miss is asked for, and the Host that the origin sees. Changing it purges nothing."),
            Self::OriginPath => Spec::new(Place::Here("OriginPath"), Kind::Text, "Origin path :: OR-03 :: DownloadDistValuesOrigin :: Put before the path on the way to the origin alone: patterns and the cache key never see it."),
            Self::Protocol => Spec::new(Place::Block("OriginProtocolPolicy"), Kind::Words(&PROTOCOLS), "Protocol :: OR-14 :: DownloadDistValuesOrigin :: How the edge speaks to the origin. Whatever it is, one copy serves viewers of both protocols."),
            Self::HttpPort => Spec::new(Place::Block("HTTPPort"), Kind::Whole(""), "HTTP port :: OR-15 :: DownloadDistValuesOrigin :: Where the origin listens for plain HTTP. Edgewalk keeps it and does not simulate it."),
            Self::HttpsPort => Spec::new(Place::Block("HTTPSPort"), Kind::Whole(""), "HTTPS port :: OR-16 :: DownloadDistValuesOrigin :: Where the origin listens for HTTPS. Edgewalk keeps it and does not simulate it."),
            Self::OriginSsl => Spec::new(Place::Block("OriginSslProtocols"), Kind::Words(&ORIGIN_SSL), "Minimum origin SSL protocol :: OR-17 :: DownloadDistValuesOrigin :: The oldest version of TLS that the origin may answer with; where it speaks only older ones, viewers get 502."),
            Self::Shield => Spec::new(Place::Here("OriginShield"), Kind::Own, "Origin Shield :: OR-06 :: origin-shield :: One more cache before the origin, in one Region: all regional edge caches ask there first."),
            Self::Attempts => Spec::new(Place::Here("ConnectionAttempts"), Kind::Whole(""), "Connection attempts :: OR-09 :: DownloadDistValuesOrigin :: How often the edge tries, before the viewer gets an error or the group's second origin is asked."),
            Self::ConnectionTimeout => Spec::new(Place::Here("ConnectionTimeout"), Kind::Whole("s"), "Connection timeout :: OR-10 :: DownloadDistValuesOrigin :: How long each attempt waits for a connection."),
            Self::ResponseTimeout => Spec::new(Place::Block("OriginReadTimeout"), Kind::Whole("s"), "Response timeout :: OR-11 :: DownloadDistValuesOrigin :: How long the origin may be silent, before its first byte and between two; then the answer is 504."),
            Self::CompletionTimeout => Spec::new(Place::Here("ResponseCompletionTimeout"), Kind::Whole("s"), "Response completion timeout :: OR-12 :: DownloadDistValuesOrigin :: The most that the whole answer may take, all attempts included; empty for no limit."),
            Self::KeepAlive => Spec::new(Place::Block("OriginKeepaliveTimeout"), Kind::Whole("s"), "Keep-alive timeout :: OR-13 :: DownloadDistValuesOrigin :: How long an idle connection stays open: the next request on it needs no handshake."),
            Self::CustomHeaders => Spec::new(Place::Here("CustomHeaders"), Kind::Lines, "Custom headers :: OR-04 :: add-origin-custom-headers :: Added to each request to this origin, over a field of the viewer's with that name; not in the key."),
            Self::AccessControl => Spec::new(Place::Here("OriginAccessControlId"), Kind::Own, "Origin access control (OAC) :: OR-20 :: private-content-restricting-access-to-s3 :: Requests to the origin are signed, so that a private bucket lets them in; without, it answers 403."),
            Self::AccessIdentity => Spec::new(Place::Block("OriginAccessIdentity"), Kind::Text, "Origin access identity (legacy) :: OR-21 :: private-content-restricting-access-to-s3 :: The older way into a private bucket."),
            Self::LetsIn => Spec::new(Place::Here("Policy"), Kind::Own, "Bucket policy :: OR-24 :: private-content-restricting-access-to-s3 :: Whom the bucket itself lets in: whoever is not named gets 403. It stands at the bucket, and here in Security beside this distribution."),
            Self::VpcOrigin => Spec::new(Place::Here("VpcOriginConfig.VpcOriginId"), Kind::Entry, "VPC origin ID :: OK-12 :: private-content-vpc-origins :: Which VPC origin leads to the server, in a network that the Internet does not reach. Edgewalk keeps it and does not simulate it."),
            Self::VpcOwner => Spec::new(Place::Here("VpcOriginConfig.OwnerAccountId"), Kind::Entry, "Owner account :: OK-12 :: private-content-vpc-origins :: Whose VPC origin it is, where another account shares it. Edgewalk keeps it and does not simulate it."),
            Self::PathPattern => Spec::new(Place::Here("PathPattern"), Kind::Text, "Path pattern :: PP-01 :: DownloadDistValuesCacheBehavior :: Which paths come here: the first pattern that matches wins. Query strings are not looked at."),
            Self::Target => Spec::new(Place::Here("TargetOriginId"), Kind::Own, "Origin or origin group :: CB-01 :: DownloadDistValuesCacheBehavior :: Where a miss goes."),
            Self::ViewerProtocol => Spec::new(Place::Here("ViewerProtocolPolicy"), Kind::Words(&VIEWER_PROTOCOLS), "Viewer protocol policy :: CB-02 :: using-https-viewers-to-cloudfront :: What becomes of plain HTTP at the edge location, before the cache is looked into."),
            Self::AllowedMethods => Spec::new(Place::Here("AllowedMethods"), Kind::Segments(&METHODS), "Allowed HTTP methods :: CB-03 :: DownloadDistValuesCacheBehavior :: Any other method stops at the edge location, with 403."),
            Self::CachedOptions => Spec::new(Place::Here("AllowedMethods.CachedMethods"), Kind::Flag, "Cache OPTIONS :: CB-04 :: DownloadDistValuesCacheBehavior :: Whether an answer to OPTIONS is kept, under a key of its own."),
            Self::Compress => Spec::new(Place::Here("Compress"), Kind::Flag, "Compress objects automatically :: CB-06 :: ServingCompressedFiles :: The edge compresses what came uncompressed, for viewers who take gzip or Brotli."),
            Self::CachePolicy => Spec::new(Place::Here("CachePolicyId"), Kind::Own, "Cache policy :: CB-07 :: controlling-the-cache-key :: What is in the cache key, and the bounds of how long an answer is kept."),
            Self::MinTtl => Spec::new(Place::Here("MinTTL"), Kind::Whole("s"), "Minimum TTL :: CB-11 :: Expiration :: No copy is kept for less, whatever the origin says."),
            Self::DefaultTtl => Spec::new(Place::Here("DefaultTTL"), Kind::Whole("s"), "Default TTL :: CB-11 :: Expiration :: How long a copy is kept where the origin says nothing."),
            Self::MaxTtl => Spec::new(Place::Here("MaxTTL"), Kind::Whole("s"), "Maximum TTL :: CB-11 :: Expiration :: No copy is kept for more, whatever the origin says."),
            Self::LegacyQuery => Spec::new(Place::Here("ForwardedValues.QueryStringCacheKeys"), Kind::Entry, "Query strings :: CK-12 :: QueryStringParameters :: Whether the origin gets them at all, and which of them split the cache."),
            Self::LegacyHeaders => Spec::new(Place::Here("ForwardedValues.Headers"), Kind::Entry, "Headers :: CK-13 :: header-caching :: The origin gets these fields, and each value has a copy of its own."),
            Self::LegacyCookies => Spec::new(Place::Here("ForwardedValues.Cookies"), Kind::Entry, "Cookies :: CK-14 :: Cookies :: The origin gets these cookies, and each value has a copy of its own. With none, Set-Cookie is taken off the answers, too."),
            Self::OriginRequestPolicy => Spec::new(Place::Here("OriginRequestPolicyId"), Kind::Own, "Origin request policy :: CB-08 :: controlling-origin-requests :: What else of the viewer's request reaches the origin; it never splits the cache."),
            Self::ResponseHeadersPolicy => Spec::new(Place::Here("ResponseHeadersPolicyId"), Kind::Own, "Response headers policy :: CB-09 :: understanding-response-headers-policies :: Fields taken from and added to each answer, hit or miss. They are not stored with the copy."),
            Self::Comment => Spec::new(Place::Here("Comment"), Kind::Text, "Description :: DS-16 :: DownloadDistValuesGeneral :: A note: it changes nothing on the way."),
            Self::RootObject => Spec::new(Place::Here("DefaultRootObject"), Kind::Text, "Default root object :: DS-15 :: DefaultRootObject :: What stands for /, and for no other folder."),
            Self::Aliases => Spec::new(Place::Here("Aliases"), Kind::Lines, "Alternate domain names :: DS-04 :: CNAMEs :: The Host of a request leads to a distribution. A Host on no list gets 403; a request without one has the distribution's own name."),
            Self::PriceClass => Spec::new(Place::Here("PriceClass"), Kind::Words(&PRICE_CLASSES), "Price class :: DS-02 :: PriceClass :: Which edge locations DNS may hand out: viewers elsewhere go to a farther one."),
            Self::Certificate => Spec::new(Place::Here("ViewerCertificate"), Kind::Proposed, "Custom SSL certificate :: DS-09 :: cnames-and-https-requirements :: What viewers see by HTTPS who come by an alternate name: the ARN of a certificate of ACM in us-east-1 that covers it; empty for CloudFront's own."),
            Self::SslSupport => Spec::new(Place::Here("ViewerCertificate.SSLSupportMethod"), Kind::Words(&SSL_SUPPORT), "Client support :: DS-10 :: cnames-https-dedicated-ip-or-sni :: How a viewer asks for an alternate name's certificate. By name costs nothing, and who names no host gets no connection."),
            Self::SecurityPolicy => Spec::new(Place::Here("ViewerCertificate.MinimumProtocolVersion"), Kind::Own, "Security policy :: DS-11 :: DownloadDistValuesGeneral :: The protocols and ciphers for viewers who come by an alternate name; older ones get no connection. The name below cloudfront.net stays at TLSv1."),
            Self::HttpVersions => Spec::new(Place::Here("HttpVersion"), Kind::Words(&HTTP_VERSIONS), "Supported HTTP versions :: DS-13 :: DownloadDistValuesGeneral :: Beside HTTP/1.1. HTTP/3 is announced by the answers and saves a round trip; the origin notices nothing."),
            Self::Ipv6 => Spec::new(Place::Here("IsIPV6Enabled"), Kind::Flag, "IPv6 :: DS-14 :: cloudfront-enable-ipv6 :: Whether the DNS has IPv6 addresses for the name, too. A viewer whose network has IPv6 then comes from another address, which no signed policy lets in that names one of IPv4."),
            Self::GeoSort => Spec::new(Place::Here("Restrictions.GeoRestriction"), Kind::Segments(&GEO_SORTS), "Geographic restrictions :: DS-20 :: georestrictions :: Viewers in some countries get 403 at the edge location, before any cache is looked into."),
            Self::Countries => Spec::new(Place::Here("Restrictions.GeoRestriction.Items"), Kind::Text, "Countries :: DS-20 :: georestrictions :: By their two letters. A viewer whose country is not known is served."),
            Self::TagHeader => Spec::new(Place::Here("CacheTagConfig.HeaderName"), Kind::Text, "Cache tag header :: DS-25 :: invalidation-specifying-tags :: The field in which the origin tags its objects, so that an invalidation can name a tag."),
            Self::Logs => Spec::new(Place::Here("Logging.Enabled"), Kind::Flag, "Standard logging :: LG-01 :: AccessLogs :: Each exchange becomes one line of a file in a bucket."),
            Self::LogBucket => Spec::new(Place::Here("Logging.Bucket"), Kind::Text, "Bucket for logs :: LG-02 :: AccessLogs :: Where the files go, by the bucket's global name."),
            Self::LogPrefix => Spec::new(Place::Here("Logging.Prefix"), Kind::Text, "Log prefix :: LG-03 :: AccessLogs :: What the names of the files begin with."),
            Self::LogCookies => Spec::new(Place::Here("Logging.IncludeCookies"), Kind::Flag, "Log cookies :: LG-04 :: AccessLogs :: All cookies of the viewer stand in the line, whatever reaches the origin."),
            Self::ErrorStatus => Spec::new(Place::Here("ErrorCode"), Kind::Own, "HTTP error code :: CE-01 :: creating-custom-error-pages :: The status of the origin's answer that this is about, in all behaviors."),
            Self::PagePath => Spec::new(Place::Here("ResponsePagePath"), Kind::Text, "Response page path :: CE-02 :: GeneratingCustomErrorResponses :: What is fetched, through its own behavior, and sent in place of the error's content."),
            Self::PageStatus => Spec::new(Place::Here("ResponseCode"), Kind::Own, "HTTP response code :: CE-03 :: GeneratingCustomErrorResponses :: The status that the viewer gets with the page. In the log the result stays Error."),
            Self::ErrorTtl => Spec::new(Place::Here("ErrorCachingMinTTL"), Kind::Whole("s"), "Error caching minimum TTL :: CE-04 :: HTTPStatusCodes :: How long the edge keeps the error, or its page, before the origin is asked again. A 400, 403 or 405 only if the origin sends max-age or s-maxage with it, a 416 never."),
            Self::GroupId => Spec::new(Place::Here("Id"), Kind::Text, "Name :: OG-01 :: high_availability_origin_failover :: Behaviors point to it as to an origin."),
            Self::Primary => Spec::new(Place::Here("Members.Items[0].OriginId"), Kind::Own, "First origin :: OG-02 :: high_availability_origin_failover :: Asked first, for every request: earlier failures are not remembered."),
            Self::Secondary => Spec::new(Place::Here("Members.Items[1].OriginId"), Kind::Own, "Second origin :: OG-02 :: high_availability_origin_failover :: Gets the same request when the first one fails in a way that is listed."),
            Self::WebAcl => Spec::new(Place::Here("WebACLId"), Kind::Own, "Web ACL (WAF) :: DS-03 :: distribution-web-awswaf :: Its rules are asked at the edge location, before a behavior is chosen and before any cache: a hit is blocked, too."),
            Self::TrustedKeys => Spec::new(Place::Here("TrustedKeyGroups"), Kind::Several, "Restrict viewer access :: CB-15 :: private-content-trusted-signers :: Only a URL or cookies that one of these keys has signed are served; all else gets 403, from the cache as well."),
            Self::Function(FunctionEvent::ViewerRequest) => Spec::new(Place::Here(list_of(FunctionEvent::ViewerRequest)), Kind::Own, "Function at viewer request :: CB-18 :: functions-tutorial :: Runs for each request, before the cache key is made: what it changes, changes the key."),
            Self::Function(FunctionEvent::OriginRequest) => Spec::new(Place::Here(list_of(FunctionEvent::OriginRequest)), Kind::Own, "Function at origin request :: CB-17 :: lambda-cloudfront-trigger-events :: Runs only where a miss goes to the origin. The key is made already: it stays as it is."),
            Self::Function(FunctionEvent::OriginResponse) => Spec::new(Place::Here(list_of(FunctionEvent::OriginResponse)), Kind::Own, "Function at origin response :: CB-17 :: lambda-cloudfront-trigger-events :: Runs before the answer is kept: what it changes is stored, and every later hit has it."),
            Self::Function(FunctionEvent::ViewerResponse) => Spec::new(Place::Here(list_of(FunctionEvent::ViewerResponse)), Kind::Own, "Function at viewer response :: CB-18 :: functions-tutorial :: Runs on each answer, hit or miss, and not on errors; what it changes is never stored."),
            Self::BesideName => Spec::new(Place::Here("Name"), Kind::Text, "Name"),
            Self::KeyHeaders => Spec::new(Place::Here("ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig"), Kind::Entry, "Headers in the key :: CK-01 :: cache-key-understand-cache-policy :: Each value of these fields has a copy of its own, and the origin gets them."),
            Self::KeyCookies => Spec::new(Place::Here("ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig"), Kind::Entry, "Cookies in the key :: CK-02 :: cache-key-understand-cache-policy :: Each value of these cookies has a copy of its own, and the origin gets them."),
            Self::KeyQuery => Spec::new(Place::Here("ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig"), Kind::Entry, "Query parameters in the key :: CK-03 :: cache-key-understand-cache-policy :: Each value of these parameters has a copy of its own. What is left out shares one, and the origin never sees it."),
            Self::KeyGzip => Spec::new(Place::Here("ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingGzip"), Kind::Flag, "Gzip :: CK-04 :: cache-key-understand-cache-policy :: Viewers who take gzip have a copy of their own, and the edge may compress it."),
            Self::KeyBrotli => Spec::new(Place::Here("ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingBrotli"), Kind::Flag, "Brotli :: CK-04 :: cache-key-understand-cache-policy :: Viewers who take Brotli have a copy of their own, and the edge may compress it."),
            Self::SentHeaders => Spec::new(Place::Here("HeadersConfig"), Kind::Entry, "Headers to the origin :: CK-06 :: controlling-origin-requests :: The origin gets these fields of the viewer who happens to miss; all viewers share the copy."),
            Self::SentCookies => Spec::new(Place::Here("CookiesConfig"), Kind::Entry, "Cookies to the origin :: CK-07 :: controlling-origin-requests :: The origin gets these cookies of the viewer who happens to miss; all viewers share the copy."),
            Self::SentQuery => Spec::new(Place::Here("QueryStringsConfig"), Kind::Entry, "Query parameters to the origin :: CK-07 :: controlling-origin-requests :: The origin gets these parameters of the viewer who happens to miss; all viewers share the copy."),
            Self::AddedHeaders => Spec::new(Place::Here("CustomHeadersConfig"), Kind::Lines, "Custom headers :: RH-09 :: understanding-response-headers-policies :: Added to each answer, over a field of the origin's with that name; not stored with the copy."),
            Self::RemovedHeaders => Spec::new(Place::Here("RemoveHeadersConfig"), Kind::Entry, "Removed headers :: RH-09 :: understanding-response-headers-policies :: Fields of the origin's that no viewer sees. The copy keeps them."),
            Self::Cors => Spec::new(Place::Here("CorsConfig"), Kind::Flag, "CORS :: RH-09 :: understanding-response-headers-policies :: Whether scripts of other sites may read the answers. Edge and cache serve them all the same: browsers hold to it."),
            Self::CorsOrigins => Spec::new(Place::Here("CorsConfig.AccessControlAllowOrigins"), Kind::Entry, "Access-Control-Allow-Origin :: RH-09 :: understanding-response-headers-policies :: Whose scripts may read an answer; the Origin of the request, where it is listed, comes back in the field."),
            Self::CorsMethods => Spec::new(Place::Here("CorsConfig.AccessControlAllowMethods"), Kind::Several, "Access-Control-Allow-Methods :: RH-09 :: understanding-response-headers-policies :: What a browser's OPTIONS before the request is told: by these methods they may ask."),
            Self::CorsHeaders => Spec::new(Place::Here("CorsConfig.AccessControlAllowHeaders"), Kind::Entry, "Access-Control-Allow-Headers :: RH-09 :: understanding-response-headers-policies :: Which fields a script may set on its request."),
            Self::CorsExposed => Spec::new(Place::Here("CorsConfig.AccessControlExposeHeaders"), Kind::Entry, "Access-Control-Expose-Headers :: RH-09 :: understanding-response-headers-policies :: Which fields of the answer a script may see, besides the few that it always may."),
            Self::CorsMaxAge => Spec::new(Place::Here("CorsConfig.AccessControlMaxAgeSec"), Kind::Whole("s"), "Access-Control-Max-Age :: RH-09 :: understanding-response-headers-policies :: For how long a browser need not ask by OPTIONS again; empty for no such field."),
            Self::CorsCredentials => Spec::new(Place::Here("CorsConfig.AccessControlAllowCredentials"), Kind::Flag, "Access-Control-Allow-Credentials :: RH-09 :: understanding-response-headers-policies :: Whether cookies may go along. Browsers then take no * in the other fields."),
            Self::HstsSubdomains => Spec::new(Place::Here("SecurityHeadersConfig.StrictTransportSecurity.IncludeSubdomains"), Kind::Flag, "includeSubDomains :: TLS-48 :: understanding-response-headers-policies :: The same for all names below this host."),
            Self::HstsPreload => Spec::new(Place::Here("SecurityHeadersConfig.StrictTransportSecurity.Preload"), Kind::Flag, "preload :: TLS-48 :: understanding-response-headers-policies :: The host may go onto the list that browsers come with, so that not even a first visit is plain HTTP."),
            Self::ContentPolicy => Spec::new(Place::Here("SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy"), Kind::Text, "Content-Security-Policy :: CB-09 :: understanding-response-headers-policies :: From where a page may load what."),
            Self::ReferrerPolicy => Spec::new(Place::Here("SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy"), Kind::Words(&REFERRERS), "Referrer-Policy :: CB-09 :: understanding-response-headers-policies :: How much of a page's URL the browser tells those whom the page asks."),
            Self::FrameOptions => Spec::new(Place::Here("SecurityHeadersConfig.FrameOptions.FrameOption"), Kind::Words(&FRAMES), "X-Frame-Options :: CB-09 :: understanding-response-headers-policies :: Whether a page may be shown within another one."),
            Self::NoSniff => Spec::new(Place::Here("SecurityHeadersConfig.ContentTypeOptions"), Kind::Flag, "X-Content-Type-Options: nosniff :: CB-09 :: understanding-response-headers-policies :: The browser holds to Content-Type and guesses nothing."),
            Self::XssProtection => Spec::new(Place::Here("SecurityHeadersConfig.XSSProtection"), Kind::Words(&XSS), "X-XSS-Protection :: CB-09 :: understanding-response-headers-policies :: A filter that browsers of former times had."),
            Self::Overrides => Spec::new(Place::Here("Override"), Kind::Entry, "Origin override :: RH-09 :: understanding-response-headers-policies :: Which of these fields stand over the origin's own. Of CORS there is one word for all: without it, one CORS field of the origin's keeps all of these out."),
            Self::Hsts => Spec::new(Place::Here("SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec"), Kind::Whole("s"), "Strict-Transport-Security, max-age :: TLS-48 :: understanding-response-headers-policies :: For so long a browser asks for this host by HTTPS alone, once it has seen it; empty for no such field."),
            Self::ServerTiming => Spec::new(Place::Here("ServerTimingHeadersConfig"), Kind::Entry, "Server-Timing, in a hundred :: ST-15 :: server-timing-header :: So many answers say which tier gave them and how long that took; empty for none."),
            Self::FunctionName => Spec::new(Place::Here("ARN"), Kind::Entry, "Name :: IM-11 :: functions-tutorial :: A part of its ARN, by which behaviors name it."),
            Self::Runtime => Spec::new(Place::Here("ARN"), Kind::Segments(&RUNTIMES), "Runs as :: EDGE-21 :: edge-functions-choosing :: CloudFront Functions run in each edge location, at viewer events; Lambda@Edge in the Region of the regional edge cache, at all four."),
            Self::Does => Spec::new(Place::Here("Does"), Kind::Words(&DOES), "What it does :: IM-11 :: functions-example-code :: Edgewalk runs no JavaScript: these are the examples of AWS's guide, ready-made."),
            Self::Needs(name) => Spec::new(Place::Here(name), Kind::Text, need(name)),
            Self::AclDefault => Spec::new(Place::Here("DefaultAction"), Kind::Segments(&DEFAULTS), "Default action :: VSEC-21 :: distribution-web-awswaf :: What becomes of a request that no rule decides."),
            Self::AclRules => Spec::new(Place::Here("Rules"), Kind::Lines, "Rules :: VSEC-21 :: distribution-web-awswaf :: Asked in this order. Block and allow end it; count goes on to the next."),
            Self::AddressVersion => Spec::new(Place::Here("IPAddressVersion"), Kind::Segments(&ADDRESS_VERSIONS), "IP version :: VSEC-29 :: distribution-web-awswaf :: A set holds addresses of one family. A viewer who comes over the other one is in none of its ranges."),
            Self::Addresses => Spec::new(Place::Here("Addresses"), Kind::Lines, "Addresses :: IM-14 :: distribution-web-awswaf :: Viewers whose address lies in one of these ranges: the one that a request comes from, as the log has it (c-ip)."),
            Self::Keys => Spec::new(Place::Here("Items"), Kind::Several, "Public keys :: SIG-21 :: private-content-trusted-signers :: A signature counts if one of these keys made it."),
            Self::RealTimeLog => Spec::new(Place::Here("RealtimeLogConfigArn"), Kind::Own, "Real-time log :: CB-14 :: real-time-logs :: A record of some or all requests to this behavior, within seconds, with the fields that its configuration names."),
            Self::Sampling => Spec::new(Place::Here("SamplingRate"), Kind::Whole("%"), "Sampling rate :: RTL-02 :: real-time-logs :: Of how many requests in a hundred there is a record; the others leave none."),
            Self::LogFields => Spec::new(Place::Here("Fields"), Kind::Lines, "Fields :: RTL-05 :: real-time-logs :: What each record tells, in AWS's order, whatever order stands here."),
            Self::Pem => Spec::new(Place::Here("EncodedKey"), Kind::Lines, "Key in PEM :: SIG-12 :: private-content-trusted-signers :: The public half: the edge checks signatures with it and cannot make any."),
            Self::CertificateNames => Spec::new(Place::Here("SubjectAlternativeNames"), Kind::Lines, "Names :: TLS-15 :: cnames-and-https-requirements :: Each alternate domain name must be covered by one of these, or the configuration is refused."),
            Self::KeyAlgorithm => Spec::new(Place::Here("KeyAlgorithm"), Kind::Words(&KEY_ALGORITHMS), "Key :: TLS-17 :: cnames-and-https-requirements :: Which ciphers of the security policy it goes with: ECDSA suites need an ECDSA certificate, RSA suites one of RSA."),
            Self::Signs => Spec::new(Place::Here("SigningBehavior"), Kind::Words(&SIGNS), "Signing behavior :: OR-22 :: private-content-restricting-access-to-s3 :: Which requests to the origin are signed: by that a private bucket knows the distribution."),
            Self::SignedService => Spec::new(Place::Here("OriginAccessControlOriginType"), Kind::Words(&SERVICES), "Origin type :: OR-23 :: private-content-restricting-access-to-s3-mrap :: Which service the signature is for: it has to be that of the origin's kind, or AWS refuses it there."),
            Self::SigningProtocol => Spec::new(Place::Here("SigningProtocol"), Kind::Words(&SIGNATURES), "Signing protocol :: OR-23 :: private-content-restricting-access-to-s3-mrap :: How the signature is made: for one Region, or for all of a Multi-Region Access Point."),
            Self::PolicyEnabled => Spec::new(Place::Here("Enabled"), Kind::Flag, "Policy enabled :: CD-02 :: continuous-deployment-quotas-considerations :: Off, every request goes to the primary. Turning it on or off ends all sessions (CD-08)."),
            Self::TrafficType => Spec::new(Place::Here("TrafficConfig.Type"), Kind::Segments(&TRAFFIC), "Requests for staging :: CD-03 :: understanding-continuous-deployment :: How an edge location chooses which requests staging takes: by chance, or by a field of the request."),
            Self::StagingWeight => Spec::new(Place::Here("TrafficConfig.SingleWeightConfig.Weight"), Kind::Entry, "Weight, in percent :: CD-04 :: understanding-continuous-deployment :: For each request, or each session, a number is drawn; below the weight staging takes it."),
            Self::StagingHeader => Spec::new(Place::Here("TrafficConfig.SingleHeaderConfig.Header"), Kind::Text, "Header :: CD-05 :: understanding-continuous-deployment :: A request with this field and exactly this value goes to staging, every other one to the primary."),
            Self::StagingValue => Spec::new(Place::Here("TrafficConfig.SingleHeaderConfig.Value"), Kind::Text, "Value :: CD-05 :: understanding-continuous-deployment :: All of the field has to say this."),
            Self::Sticky => Spec::new(Place::Here("TrafficConfig.SingleWeightConfig.SessionStickinessConfig"), Kind::Flag, "Session stickiness :: CD-06 :: understanding-continuous-deployment :: A cookie keeps a viewer on one side: the number is drawn once a session, in place of once a request."),
            Self::IdleTtl => Spec::new(Place::Here("TrafficConfig.SingleWeightConfig.SessionStickinessConfig.IdleTTL"), Kind::Whole("s"), "Idle time :: CD-06 :: understanding-continuous-deployment :: A viewer who asks for nothing for longer than this begins another session, and may meet the other side."),
            Self::MaximumTtl => Spec::new(Place::Here("TrafficConfig.SingleWeightConfig.SessionStickinessConfig.MaximumTTL"), Kind::Whole("s"), "Maximum time :: CD-07 :: understanding-continuous-deployment :: After this a session ends, however busy the viewer is."),
            Self::AsJson => Spec::new(Place::Here(""), Kind::Lines, "As JSON"),
            Self::Criteria => Spec::new(Place::Here("FailoverCriteria.StatusCodes"), Kind::Text, "Failover criteria :: OG-03 :: high_availability_origin_failover :: At which statuses the second origin is asked. A failed connection counts as 503, silence as 504."),
        }
    }
}
