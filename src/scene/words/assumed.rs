//! What decides in Edgewalk though no page of AWS says it: rows that the reference marks as MODEL or as only observed.

/// An assumption: the rows of docs/reference that hold it, what it is, in a few words, and what else is to be said of it. Neither
/// has a full stop; the last may be empty.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene) struct Assumed(pub &'static str, pub &'static str, pub &'static str);

macro_rules! assumed {
    ($($name:ident, $rows:literal, $text:literal, $more:literal;)*) => {
        $(pub(in crate::scene) const $name: Assumed = Assumed($rows, $text, $more);)*
    };
}

assumed! {
    BEHAVIOR_CHECK, "VSEC-06", "The behavior is chosen before all that depends on it",
        "AWS publishes the order of the checks at an edge location only in part";
    METHOD_CHECK, "VSEC-08", "The method is checked after the behavior and before the cache key",
        "AWS does not publish when";
    NEAREST_REC, "FLOW-12", "The nearest regional edge cache serves an edge location", "AWS does not publish which one does";
    DYNAMIC, "REC-05", "Dynamic is where caching is off or the maximum TTL lies under a threshold",
        "AWS gives no exact test for dynamic requests";
    POP_ONLY, "REC-09", "What comes past the regional edge cache is kept in this edge location only",
        "Another one has to ask the origin again";
    OPTIONS_POP_ONLY, "REC-02", "What is kept of OPTIONS is kept in the edge location only", "";
    ERROR_IN_BOTH, "REC-11", "A regional edge cache on the way keeps an error, too, until the same instant",
        "AWS says only that the edge location keeps it";

    TTL_ZERO, "TTL-13", "A response that may be fresh for 0\u{a0}s is kept all the same, to be asked about", "";
    EXPIRES_PAST, "TTL-20", "An Expires that is past or cannot be read counts as 0\u{a0}s", "";
    ONE_LIFETIME, "TTL-24", "A copy from the regional edge cache becomes stale at the same instant as there",
        "AWS does not say when; its lifetime does not start again";
    SHARED_ALONE, "TTL-15", "s-maxage alone counts as it does beside max-age", "The guide speaks of the two together only";
    DATE_OF_EXPIRES, "TTL-21", "Expires is counted from Date, where that is sane, else from the receipt",
        "The guide does not say from when";
    OPEN_QUOTE, "TTL-31", "A quote in Cache-Control that nothing closes quotes nothing",
        "AWS does not say what it means; what stands behind it counts";
    UNREADABLE_LIFETIME, "TTL-32", "A max-age or s-maxage without a readable number counts as absent",
        "AWS does not say what it means";
    VARY_OF_ERROR, "VARY-07", "Vary: * has no say in how long an error is kept", "AWS does not say what it does to one";
    CONFIGURED, "IM-08", "A configuration holds everywhere at once", "AWS deploys it edge location by edge location";
    EXAMPLES, "IM-06", "A new behavior that no object leads to gets one to ask for", "";
    DEPLOYED, "DST-08", "An edge location takes a configuration after 20 to 240 seconds", "AWS says minutes, and no more";
    POLICY_EDITED, "TTL-28", "A changed policy holds for what is fetched from now on", "What is stored keeps its lifetime";
    FETCHED_EACH_TIME, "TTL-30", "What no-store or private keeps from being stored is fetched whole each time",
        "With no-cache alone a copy is kept, to be asked about";

    NO_VALIDATOR, "REV-04", "Without a validator the object is fetched whole", "";
    RESTARTED, "REV-07", "The lifetime starts again from the 304 on", "AWS does not say what a 304 does to it";
    REC_CONFIRMS, "REV-09", "A regional edge cache whose copy is fresh confirms the stale one below, and that is a hit",
        "AWS does not say who confirms it; no origin is asked";
    ONE_QUESTION, "REV-10", "Where both copies are stale, one conditional request reaches the origin",
        "It comes from the regional edge cache";
    HANDED_DOWN, "REV-14", "A 304 to the edge location's question confirms the copy there",
        "A regional edge cache without a copy of its own hands it down and keeps nothing";
    VIEWERS_CONDITION, "REV-12", "A 304 to a viewer's own condition goes to the viewer as a miss and stores nothing", "";
    AGE, "AGE-01", "Age counts whole seconds since the origin's answer, in all caches together",
        "The guide is silent on it; this is as RFC 9111 says, and it is 0 after a RefreshHit";
    HEAD_ONLY, "MET-07", "A HEAD for what is not stored is passed on, and its head is kept",
        "AWS does not say what it fetches; the head answers a HEAD and no GET";
    CONTENT_STAYS, "MET-16", "A HEAD's answer freshens what it is the head of, and otherwise leaves it",
        "AWS does not say what it does to content that is stored";

    STALE_LIMITS, "STALE-13", "A stale copy serves within its directive and within the maximum TTL, both",
        "How the limits combine is not published";
    ASKED_IN_VAIN, "STALE-18", "What must not be served unasked stands in only for an origin that gives no answer at all",
        "That is no-cache, no-store, private or Vary: * with a minimum TTL of 0";
    FRESH_STAYS, "ERR-39", "What is fresh under its key stays when an error comes", "What the error does to it is not published";
    STALE_WORD, "STALE-14", "A stale answer is a refresh hit where the origin was asked, and a hit where it was not",
        "What it is called is not published";
    POP_COMPRESSES, "CMP-14", "The edge location compresses, and a regional edge cache keeps what the origin sent",
        "How much remains is a fixed share for each coding";
    BODY_LIMIT, "LIM-06", "Content that is too long is answered 413", "The quota names no status for it";
    BAD_FIELD, "LIM-13", "A Host or a Content-Length which could mean several things is answered 400",
        "The log names this fault, and no page its status";
    ONE_REFRESH, "STALE-15", "One refresh at a time goes out for each key and tier", "Each tier on its way asks on";
    SHARED_AT_HEAD, "COL-12", "Those who come later wait until the head of the answer is there",
        "How long they wait is not published";
    ONE_BY_ONE, "COL-10", "An answer that is not kept is not shared", "Those who waited ask again, one at a time";
    BAD_ANSWER, "RNG-16, LIM-05", "An answer with this fault becomes a 502",
        "The log names the fault, and no page its status";
    CLOSED_PORT, "OK-22", "A port for a protocol that an origin does not speak refuses the connection",
        "What AWS does there in place of it no page says";
    PAGE_LOOKED_UP, "REC-12", "The page is looked up as any object is, under the behavior of its path", "";
    OPTIONS_SHIELD, "SHD-17", "OPTIONS goes to the Shield as a POST does", "AWS contradicts itself on it";

    WEBSITE, "REC-08", "An S3 website counts as a custom origin: its requests pass the regional edge cache", "The rule names buckets only";
    CONTROLLED, "OK-21", "What an access control stands in front of lets in what that control has signed, and nobody else", "";
    BUCKETS_HOST, "OK-25", "S3 goes by the Host that comes, whichever policy has forwarded it",
        "What CloudFront signs is signed for the bucket's own name";
    OWN_HOST, "OK-17", "Which origins mind the viewer's Host is known of some alone", "A web server goes by its address";
    BUCKET, "IM-09", "A bucket whose policy is not given lets in what its origin is set up for, to read and not to list",
        "Without an access control it is public";
    SIGNATURE_SHORT, "IM-10", "The signature is shown without its figures", "They would prove nothing here";

    ORDER, "FLOW-13", "The checks of an edge location have this order", "AWS publishes it only in part";
    WEB_ACL, "IM-14", "Of a web ACL addresses, countries, paths and rates are simulated", "A statement of another sort matches nothing";
    SIGNATURE_CHECK, "VSEC-09", "The signature is checked after the method and before any function", "AWS does not publish when";
    BUCKET_REFUSES, "OSEC-11", "A bucket's refusal is passed on with its own fields", "X-Cache calls it an error";
    HALF_SIGNED, "SIG-56", "S3 refuses a signature in the query that is CloudFront's", "The guide does not say so";
    VIEWERS_CREDENTIALS, "OSEC-21", "A bucket does not trust the viewer's own Authorization", "";
    FUNCTION_FAULT, "EDGE-54", "A function that throws is called FunctionExecutionError", "The guide names its status only";
    FUNCTION_INVALID, "EDGE-55", "A function that sets what it may not is called Error", "The guide names its status only";
    FUNCTION_WORD, "XC-06", "A Lambda function's answer is called LambdaGeneratedResponse", "The guide has no list of these words";
    FUNCTION_ERROR_WORD, "XC-09", "A function's failing is called FunctionExecutionError", "The guide has no list of these words";
    FUNCTION_UNKNOWN, "IM-11", "A function of which nobody says what it does passes everything on", "No code is run here";
    FUNCTION_TIME, "IM-12", "A CloudFront function runs for 0.2\u{a0}ms, and a Lambda function for 5\u{a0}ms",
        "AWS gives no figures; to a Lambda function in another Region there is the way besides";

    EXPIRES_ALONE, "ERR-03", "Expires alone does not count here", "The guide names max-age and s-maxage only";
    GONE, "ERR-10", "410 is treated as 404 is", "The guide lists it in one place and not in the other";
    ERROR_WORD, "ERR-21", "Every 4xx and 5xx has this value of X-Cache", "The guide shows it for failed handshakes only";
    ERROR_PAGE_WORD, "ERR-21", "An error whose page is sent with another status keeps this value of X-Cache",
        "The guide says so of the result type in the log";
    HIT_WORD, "XC-01", "This value of X-Cache is observed", "The guide has no list of them";
    MISS_WORD, "XC-02", "This value of X-Cache is observed", "The guide has no list of them";
    REFRESH_HIT_WORD, "XC-03", "This value of X-Cache is observed", "The guide has no list of them";

    LEAST_RECENT, "EVI-05", "What was used least recently goes first, counted in bytes",
        "AWS says only that what is requested rarely does; a regional edge cache has ten times the room of an edge location";
    NO_SIZES, "EVI-11", "Nothing is kept that is larger than the whole cache", "AWS gives no sizes of caches";
    VALIDATORS_GO, "INV-31", "An invalidation drops the stored response with its validators", "";
    PURGE_DELAY, "INV-36", "An invalidation reaches each place after 1 to 5 seconds, drawn by the walk's seed",
        "AWS gives no figure for the time it takes";
    PATH_PRICE, "INV-47", "What a path costs beyond the free ones is taken from copies of the price page",
        "Others made them";
    REC_FIRST, "INV-38", "A regional edge cache is reached before the edge locations behind it", "";

    CLOUDFRONTS_NAME, "TLS-77", "A name below cloudfront.net has the default certificate and its policy TLSv1",
        "The distribution's own certificate and policy are for its alternate domain names";
    OFFERS, "TLS-79", "Each sort of viewer stands for many", "Real ones differ in their lists of ciphers";
    NO_CONNECTION, "TLS-33, TLS-80", "A handshake that fails takes one round trip after TCP, and no log has a line of it",
        "The viewer does not try again with less";
    TICKETS, "TLS-81", "A session before TLS\u{a0}1.3 is resumed within a day, at the same edge location",
        "TLS\u{a0}1.3 would spare no round trip by it";
    ALTERNATIVE, "TLS-82", "An open connection goes on as it is", "Browsers differ in when they turn to HTTP/3";

    SESSION, "CD-21", "The cookie of a session is called aws-cf-cd-session, and neither key nor origin gets to see it",
        "AWS says that there is a cookie and not how it is called";

    DNS_OBSERVED, "DNS-08", "How many addresses an answer holds and how long it is good for is observed, not published", "";
    DNS_CHAIN, "DNS-15", "The resolver knows the root and .net already", "";
    APEX, "DNS-24", "An alternate name of two labels is a zone itself", "Route 53 serves it";
    APEX_OF_BOTH, "DNS-30", "The zone of an alternate name has an alias record of both types", "Without the second one nobody would come over IPv6";
    ADDRESSES, "DNS-25", "Addresses are of ranges that are kept for benchmarks", "CloudFront's own of IPv6 are of 2600:9000::/28";
    FAMILIES, "DNS-26", "Both families take the same path, and a viewer that has both goes over IPv6",
        "It asks for A and AAAA at once; place and network of its address are known either way";
    TUNNEL, "DNS-27", "A tunnel makes IPv6 the worse path, and CloudFront knows it", "AWS says only that it may give IPv4 where that is better";
    FAR_RESOLVER, "DNS-28", "A far-off resolver stands in Washington DC or in Singapore, whichever is farther from the viewer",
        "With ECS the viewer's own town counts in its place";
    OTHER_NETWORK, "DNS-29", "A viewer with another network or resolver knows no name any more", "An open connection stays with the addresses that it was opened between";
    DNS_KEPT, "DNS-23", "The viewer keeps to an answer until its time is over", "";
    THINK_TIME, "OK-26", "What an origin takes to answer is a fixed figure for each kind of origin", "";
}
