//! The words of the class, in the order of the alphabet: the forms each is known by, what it means, and where that is
//! written.

/// One word of the glossary.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// As the list has it.
    pub head: &'static str,
    /// Other forms that it is known by, parted by bars.
    pub(super) forms: &'static str,
    /// One sentence or two.
    pub meaning: &'static str,
    /// Rows of docs/reference and sections of RFCs, as in `AGE-01, RFC 9111 5.1`.
    pub source: &'static str,
}

macro_rules! terms {
    ($($head:literal $([$forms:literal])?, $meaning:literal, $source:literal;)*) => {
        /// All of them.
        pub static TERMS: &[Term] = &[$(Term {
            head: $head,
            forms: concat!($($forms)?),
            meaning: $meaning,
            source: $source,
        }),*];
    };
}

terms! {
    "304" ["Not Modified"], "The origin's answer that what a cache holds is still good: a head, and no content.", "REV-05, RFC 9110 15.4.5";
    "Accept-Encoding", "The codings that a viewer can read. CloudFront reduces it to gzip and br before it goes into the cache key.", "AE-01, RFC 9110 12.5.3";
    "Age", "A field that says how many seconds ago the origin made or confirmed an answer that comes from a cache.", "AGE-01, RFC 9111 5.1";
    "alias" ["aliases|CNAME|alternate domain name"], "A name of your own for a distribution. A CNAME in the DNS leads from it to the cloudfront.net name.", "DNS-03";
    "behavior" ["behaviors|cache behavior"], "What a distribution does with the paths of one pattern: which origin, which methods and which policies.", "FLOW-15, CB-01";
    "bypass" ["past the regional edge cache"], "A request goes past a cache that does not search its shelf for it, as a POST past the regional edge cache.", "REC-01, REC-06";
    "cache key" ["key|keys|cache keys"], "What makes two requests the same to a cache: host and path, and what the cache policy adds of query, headers and cookies.", "KEY-01";
    "cache policy" ["cache policies|CachingOptimized|CachingDisabled"], "What of a request is in the cache key, and the minimum, default and maximum TTL.", "CB-07";
    "Cache-Control", "The field by which an origin says who may keep an answer, and for how long.", "RFC 9111 5.2";
    "collapsing" ["collapsed|is fetching this object already|is being fetched"], "Requests for an object that is on its way already wait for that one answer instead of asking again.", "COL-01";
    "compression" ["compressed"], "An edge location can shorten texts by gzip or Brotli for viewers that can read it.", "CMP-01";
    "conditional request" ["a newer version|If-None-Match|If-Modified-Since"], "A request that sends a validator along: the whole object only if it has changed.", "REV-02, REV-03, RFC 9110 13";
    "custom error page", "A page of the distribution's own that takes the place of an error's content.", "CEP-03";
    "default root object", "The file that a request for / stands for, such as index.html.", "LIM-24";
    "default TTL", "How long an answer is fresh that comes with no lifetime of its own.", "TTL-02";
    "distribution" ["distributions"], "What is set up in CloudFront for one site: its names, origins and behaviors.", "DS-04";
    "DNS", "Turns the name in a URL into addresses. For CloudFront it also chooses the edge location.", "DNS-01";
    "dynamic request" ["dynamic"], "A GET or HEAD whose answer is not meant to be kept: it goes past the regional edge cache.", "REC-03, REC-04";
    "edge location" ["edge locations|POP|POPs"], "A place where CloudFront takes in requests and keeps copies, also called a point of presence: POP.", "FLOW-01, FLOW-03";
    "error caching minimum TTL", "For how long an error is kept at least, so that a failing origin is left in peace.", "ERR-06, ERR-11";
    "ETag" ["entity tag"], "A mark that the origin gives to one version of an object. Another version has another mark.", "REV-02, RFC 9110 8.8.3";
    "eviction" ["evicted|used least recently"], "A cache that is full drops what was asked for least recently, even if it is fresh.", "EVI-01, EVI-05";
    "Expires", "An older field than max-age: the date until which an answer is fresh.", "TTL-04, RFC 9111 5.3";
    "failover" ["secondary origin|origin group|primary origin"], "Two origins form a group; where the first fails in a chosen way, the request goes to the second.", "FO-02, FO-06";
    "fresh", "Within its lifetime: a cache may answer with it and ask nobody.", "FLOW-03, RFC 9111 4.2";
    "handshake" ["handshakes"], "What two sides tell each other before the first request can be sent. Each takes whole round trips.", "TLS-54";
    "hit" ["hits"], "The cache holds a fresh answer under this key and sends it at once.", "FLOW-03, XC-01";
    "Host", "The field with the name that the viewer asks for. It leads to the distribution.", "LIM-08, RFC 9110 7.2";
    "invalidation" ["invalidations"], "An order to drop what is stored under some paths or tags in all edge locations and regional edge caches.", "INV-30, INV-33";
    "keep-alive" ["still open|is kept for"], "A connection stays open for a while after its last use, so that the next request needs no handshake.", "CONN-01, TMO-04";
    "Last-Modified", "When the origin changed an object last. It serves as a validator, to the second.", "REV-03, RFC 9110 8.8.2";
    "lifetime" ["lifetimes|freshness lifetime"], "How long an answer is fresh: what the origin asks for, held between minimum and maximum TTL.", "TTL-01, RFC 9111 4.2.1";
    "max-age", "The directive that says for how many seconds an answer is fresh.", "TTL-01, RFC 9111 5.2.2.1";
    "maximum TTL", "The longest lifetime that a cache policy allows, whatever the origin asks for.", "TTL-01, TTL-07";
    "minimum TTL", "The shortest lifetime. Above 0 it even overrules no-store and private.", "TTL-05, TTL-09";
    "miss" ["misses"], "The cache has no answer for this key, so the next place is asked.", "FLOW-04, XC-02";
    "negative caching", "Keeping an error for a short while, so that not every request asks a failing origin.", "ERR-01, ERR-06";
    "no-cache", "The origin wants to be asked before a stored answer is used again.", "TTL-05, RFC 9111 5.2.2.4";
    "no-store", "The origin wants the answer kept nowhere. A minimum TTL above 0 overrules that.", "TTL-05, TTL-09, RFC 9111 5.2.2.5";
    "OAC" ["origin access control"], "Origin access control: CloudFront signs its requests to a bucket, so that nobody else needs to be let in.", "OK-01";
    "origin" ["origins|bucket"], "Where the content comes from: an S3 bucket, a load balancer or any other web server.", "CB-01, FLOW-06";
    "origin request policy", "What else of a request the origin is to see, without any effect on the cache key.", "ORP-02, CB-08";
    "Origin Shield", "One regional edge cache that all others ask before the origin, so that the origin is asked least.", "SHD-01";
    "path pattern" ["path patterns"], "Which paths a behavior is for. The first one listed that matches wins.", "FLOW-15";
    "private", "The origin allows only the viewer's own cache to keep it. CloudFront heeds that while the minimum TTL is 0.", "TTL-05, RFC 9111 5.2.2.7";
    "proxy method" ["proxy methods"], "PUT, POST, PATCH, DELETE and OPTIONS: from the edge location they go straight to the origin.", "REC-01, REC-02";
    "query string" ["query strings"], "What follows the ? of a URL. It is in the cache key only as far as the policy says so.", "QS-01, QS-02";
    "Range" ["range request"], "Asks for a part of an object only. A cache may hold parts.", "RNG-01, RNG-02, RFC 9110 14.2";
    "RefreshHit" ["refresh hit"], "A stale copy that the origin confirmed by a 304: sent from the cache, after a trip to ask.", "REV-05, XC-03";
    "regional edge cache" ["regional edge caches|REC|RECs"], "A larger cache between several edge locations and the origin: REC.", "FLOW-05, EVI-02";
    "resolver" ["resolvers"], "The server that asks the DNS for the viewer. Where it stands decides which edge location is chosen.", "DNS-09";
    "response headers policy", "What fields CloudFront removes from and adds to answers on their way to the viewer.", "CB-09, RH-09";
    "revalidation" ["asked about|confirmed|refreshed"], "Asking the origin whether a stale copy is still good.", "REV-01, RFC 9111 4.3";
    "RFC 9111", "The standard of HTTP caching. CloudFront follows it with settings of its own on top.", "RFC 9111";
    "round trip" ["round trips|away and back"], "The time for a signal to go to a place and back. Distance alone makes it long.", "TLS-54";
    "s-maxage", "Like max-age, for shared caches alone. CloudFront is one and prefers it.", "TTL-03, RFC 9111 5.2.2.10";
    "Server-Timing", "A field in which CloudFront can say what it did with a request, for the viewer's tools.", "SHD-07, REV-05";
    "shelf", "Here: what one cache holds, most recently used at the left, next to go at the right.", "EVI-05";
    "slow start" ["last byte"], "A new connection sends little at first and doubles it each round trip, so large answers take several.", "RFC 5681 3.1";
    "SNI" ["server name indication"], "The name that a viewer says first in a TLS handshake, so that the right certificate is shown.", "DS-10, RFC 6066 3";
    "stale", "Past its lifetime. It is not dropped, but may be used only after asking or by special leave.", "REV-01, RFC 9111 4.2";
    "stale-if-error", "The origin allows a stale copy to stand in for so long where it fails itself.", "STALE-04, RFC 5861 4";
    "stale-while-revalidate", "The origin allows a stale copy to be sent at once for so long, while it is renewed in the background.", "STALE-01, RFC 5861 3";
    "TCP", "Carries bytes in order between two machines. One round trip opens a connection.", "TLS-54, RFC 9293";
    "TLS", "Encrypts a connection and proves who answers. TLS 1.3 takes one round trip.", "TLS-54, RFC 8446";
    "TTFB" ["first byte"], "Time to first byte: how long until an answer begins to arrive.", "LOG-F28, FLOW-08";
    "TTL" ["TTLs"], "Time to live: for how many seconds something may be used.", "TTL-01, TTL-02";
    "validator" ["validators"], "An ETag or a Last-Modified date: with it a cache can ask whether its copy is still good.", "REV-02, REV-03, RFC 9110 8.8";
    "Vary", "Names the request fields that an answer depends on. CloudFront tells variants apart by the cache key alone.", "VARY-01, VARY-02";
    "Via", "A field that names the caches which a message went through.", "RH-01, RFC 9110 7.6.3";
    "viewer" ["viewers"], "Whoever asks: a browser, an app or a script.", "FLOW-01";
    "X-Amz-Cf-Id", "The name that CloudFront gives to one request. The log has it, too.", "RH-03";
    "X-Amz-Cf-Pop", "The code of the edge location that the viewer spoke to.", "RH-02";
    "X-Cache", "A field in which CloudFront says what it did: Hit, RefreshHit, Miss or Error from cloudfront.", "XC-01, XC-02, XC-03, XC-04";
}
