//! Each setting in one line: where it stands, how it is set, what it is called and what it changes on the way of a request.

use super::Setting;

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

impl Setting {
    #[rustfmt::skip]
    pub(in crate::scene::console) const fn spec(self) -> Spec {
        match self {
            Self::OriginId => Spec::new(Place::Here("Id"), Kind::Text, "Name :: OR-02 :: DownloadDistValuesOrigin :: A label only: behaviors and origin groups point to it."),
            Self::DomainName => Spec::new(Place::Here("DomainName"), Kind::Text, "Origin domain :: OR-01 :: DownloadDistValuesOrigin :: Where a miss is asked for, and the Host that the origin sees. Changing it purges nothing."),
            Self::OriginPath => Spec::new(Place::Here("OriginPath"), Kind::Text, "Origin path :: OR-03 :: DownloadDistValuesOrigin :: Put before the path on the way to the origin alone: patterns and the cache key never see it."),
            Self::Protocol => Spec::new(Place::Block("OriginProtocolPolicy"), Kind::Words(&PROTOCOLS), "Protocol :: OR-14 :: DownloadDistValuesOrigin :: How the edge speaks to the origin. Whatever it is, one copy serves viewers of both protocols."),
            Self::HttpPort => Spec::new(Place::Block("HTTPPort"), Kind::Whole(""), "HTTP port :: OR-15 :: DownloadDistValuesOrigin :: Where the origin listens for plain HTTP."),
            Self::HttpsPort => Spec::new(Place::Block("HTTPSPort"), Kind::Whole(""), "HTTPS port :: OR-16 :: DownloadDistValuesOrigin :: Where the origin listens for HTTPS."),
            Self::OriginSsl => Spec::new(Place::Block("OriginSslProtocols"), Kind::Words(&ORIGIN_SSL), "Minimum origin SSL protocol :: OR-17 :: DownloadDistValuesOrigin :: The oldest version of TLS that the origin may answer with; where it speaks only older ones, viewers get 502."),
            Self::Shield => Spec::new(Place::Here("OriginShield"), Kind::Own, "Origin Shield :: OR-06 :: origin-shield :: One more cache before the origin, in one Region: all regional edge caches ask there first."),
            Self::Attempts => Spec::new(Place::Here("ConnectionAttempts"), Kind::Whole(""), "Connection attempts :: OR-09 :: DownloadDistValuesOrigin :: How often the edge tries, before the viewer gets an error or the group's second origin is asked."),
            Self::ConnectionTimeout => Spec::new(Place::Here("ConnectionTimeout"), Kind::Whole("s"), "Connection timeout :: OR-10 :: DownloadDistValuesOrigin :: How long each attempt waits for a connection."),
            Self::ResponseTimeout => Spec::new(Place::Block("OriginReadTimeout"), Kind::Whole("s"), "Response timeout :: OR-11 :: DownloadDistValuesOrigin :: How long the origin may be silent, before its first byte and between two; then the answer is 504."),
            Self::CompletionTimeout => Spec::new(Place::Here("ResponseCompletionTimeout"), Kind::Whole("s"), "Response completion timeout :: OR-12 :: DownloadDistValuesOrigin :: The most that the whole answer may take, all attempts included; empty for no limit."),
            Self::KeepAlive => Spec::new(Place::Block("OriginKeepaliveTimeout"), Kind::Whole("s"), "Keep-alive timeout :: OR-13 :: DownloadDistValuesOrigin :: How long an idle connection stays open: the next request on it needs no handshake."),
            Self::CustomHeaders => Spec::new(Place::Here("CustomHeaders"), Kind::Lines, "Custom headers :: OR-04 :: add-origin-custom-headers :: Added to each request to this origin, over a field of the viewer's with that name; not in the key."),
            Self::AccessControl => Spec::new(Place::Here("OriginAccessControlId"), Kind::Text, "Origin access control :: OR-20 :: private-content-restricting-access-to-s3 :: Requests to the origin are signed, so that a private bucket lets them in; without, it answers 403."),
            Self::AccessIdentity => Spec::new(Place::Block("OriginAccessIdentity"), Kind::Text, "Origin access identity (legacy) :: OR-21 :: private-content-restricting-access-to-s3 :: The older way into a private bucket."),
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
            Self::OriginRequestPolicy => Spec::new(Place::Here("OriginRequestPolicyId"), Kind::Own, "Origin request policy :: CB-08 :: controlling-origin-requests :: What else of the viewer's request reaches the origin; it never splits the cache."),
            Self::ResponseHeadersPolicy => Spec::new(Place::Here("ResponseHeadersPolicyId"), Kind::Own, "Response headers policy :: CB-09 :: understanding-response-headers-policies :: Fields taken from and added to each answer, hit or miss. They are not stored with the copy."),
            Self::Comment => Spec::new(Place::Here("Comment"), Kind::Text, "Description :: DS-16 :: DownloadDistValuesGeneral :: A note: it changes nothing on the way."),
            Self::RootObject => Spec::new(Place::Here("DefaultRootObject"), Kind::Text, "Default root object :: DS-15 :: DefaultRootObject :: What stands for /, and for no other folder."),
            Self::Aliases => Spec::new(Place::Here("Aliases"), Kind::Lines, "Alternate domain names :: DS-04 :: CNAMEs :: The Host of a request leads to a distribution. A name that is on no list gets 403."),
            Self::PriceClass => Spec::new(Place::Here("PriceClass"), Kind::Words(&PRICE_CLASSES), "Price class :: DS-02 :: PriceClass :: Which edge locations DNS may hand out: viewers elsewhere go to a farther one."),
            Self::Certificate => Spec::new(Place::Here("ViewerCertificate"), Kind::Text, "Custom SSL certificate :: DS-09 :: cnames-and-https-requirements :: What viewers see by HTTPS: the ARN of a certificate of ACM in us-east-1 that covers the alternate names; empty for CloudFront's own."),
            Self::SslSupport => Spec::new(Place::Here("ViewerCertificate.SSLSupportMethod"), Kind::Words(&SSL_SUPPORT), "Client support :: DS-10 :: cnames-https-dedicated-ip-or-sni :: How a viewer asks for the certificate. By name costs nothing, and who names no host gets no connection."),
            Self::SecurityPolicy => Spec::new(Place::Here("ViewerCertificate.MinimumProtocolVersion"), Kind::Own, "Security policy :: DS-11 :: DownloadDistValuesGeneral :: The protocols and ciphers that viewers may choose from: older viewers get no connection under a newer one."),
            Self::HttpVersions => Spec::new(Place::Here("HttpVersion"), Kind::Words(&HTTP_VERSIONS), "Supported HTTP versions :: DS-13 :: DownloadDistValuesGeneral :: Beside HTTP/1.1. HTTP/3 is announced by the answers and saves a round trip; the origin notices nothing."),
            Self::Ipv6 => Spec::new(Place::Here("IsIPV6Enabled"), Kind::Flag, "IPv6 :: DS-14 :: cloudfront-enable-ipv6 :: Whether the DNS has IPv6 addresses for the name, too. Edgewalk keeps it and does not simulate it."),
            Self::GeoSort => Spec::new(Place::Here("Restrictions.GeoRestriction"), Kind::Segments(&GEO_SORTS), "Geographic restrictions :: DS-20 :: georestrictions :: Viewers in some countries get 403 at the edge location, before any cache is looked into."),
            Self::Countries => Spec::new(Place::Here("Restrictions.GeoRestriction.Items"), Kind::Lines, "Countries :: DS-20 :: georestrictions :: By their two letters. A viewer whose country is not known is served."),
            Self::TagHeader => Spec::new(Place::Here("CacheTagConfig.HeaderName"), Kind::Text, "Cache tag header :: DS-25 :: invalidation-specifying-tags :: The field in which the origin tags its objects, so that an invalidation can name a tag."),
            Self::Logs => Spec::new(Place::Here("Logging.Enabled"), Kind::Flag, "Standard logging :: LG-01 :: AccessLogs :: Each exchange becomes one line of a file in a bucket."),
            Self::LogBucket => Spec::new(Place::Here("Logging.Bucket"), Kind::Text, "Bucket for logs :: LG-02 :: AccessLogs :: Where the files go, by the bucket's global name."),
            Self::LogPrefix => Spec::new(Place::Here("Logging.Prefix"), Kind::Text, "Log prefix :: LG-03 :: AccessLogs :: What the names of the files begin with."),
            Self::LogCookies => Spec::new(Place::Here("Logging.IncludeCookies"), Kind::Flag, "Log cookies :: LG-04 :: AccessLogs :: All cookies of the viewer stand in the line, whatever reaches the origin."),
            Self::ErrorStatus => Spec::new(Place::Here("ErrorCode"), Kind::Own, "HTTP error code :: CE-01 :: creating-custom-error-pages :: The status of the origin's answer that this is about, in all behaviors."),
            Self::PagePath => Spec::new(Place::Here("ResponsePagePath"), Kind::Text, "Response page path :: CE-02 :: GeneratingCustomErrorResponses :: What is fetched, through its own behavior, and sent in place of the error's content."),
            Self::PageStatus => Spec::new(Place::Here("ResponseCode"), Kind::Own, "HTTP response code :: CE-03 :: GeneratingCustomErrorResponses :: The status that the viewer gets with the page. In the log the result stays Error."),
            Self::ErrorTtl => Spec::new(Place::Here("ErrorCachingMinTTL"), Kind::Whole("s"), "Error caching minimum TTL :: CE-04 :: HTTPStatusCodes :: How long the edge keeps the error, or its page, before the origin is asked again."),
            Self::GroupId => Spec::new(Place::Here("Id"), Kind::Text, "Name :: OG-01 :: high_availability_origin_failover :: Behaviors point to it as to an origin."),
            Self::Primary => Spec::new(Place::Here("Members.Items[0].OriginId"), Kind::Own, "First origin :: OG-02 :: high_availability_origin_failover :: Asked first, for every request: earlier failures are not remembered."),
            Self::Secondary => Spec::new(Place::Here("Members.Items[1].OriginId"), Kind::Own, "Second origin :: OG-02 :: high_availability_origin_failover :: Gets the same request when the first one fails in a way that is listed."),
            Self::Criteria => Spec::new(Place::Here("FailoverCriteria.StatusCodes"), Kind::Text, "Failover criteria :: OG-03 :: high_availability_origin_failover :: At which statuses the second origin is asked. A failed connection counts as 503, silence as 504."),
        }
    }
}
