//! What decides in Edgewalk though no page of AWS says it: rows that the reference marks as MODEL or as only observed.

/// An assumption: the rows of docs/reference that hold it, and what it is, without the full stop.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene) struct Assumed(pub &'static str, pub &'static str);

macro_rules! assumed {
    ($($name:ident, $rows:literal, $text:literal;)*) => {
        $(pub(in crate::scene) const $name: Assumed = Assumed($rows, $text);)*
    };
}

assumed! {
    BEHAVIOR_CHECK, "VSEC-06", "AWS publishes the order of the checks at an edge location only in part; the behavior is \
        chosen before all that depends on it";
    METHOD_CHECK, "VSEC-08", "AWS does not publish when the method is checked; here it is after the behavior and before \
        the cache key";
    NEAREST_REC, "FLOW-12", "AWS does not publish which regional edge cache serves an edge location; the nearest one is \
        taken";
    DYNAMIC, "REC-05", "AWS gives no exact test for dynamic requests; a request counts as dynamic where caching is off or \
        the maximum TTL lies under a threshold";
    POP_ONLY, "REC-09", "What comes past the regional edge cache is kept in this edge location only; another one has to \
        ask the origin again";
    OPTIONS_POP_ONLY, "REC-02", "What is kept of OPTIONS is kept in the edge location only";
    ERROR_IN_BOTH, "REC-11", "AWS says only that the edge location keeps an error; a regional edge cache on the way keeps \
        it too, until the same instant";

    TTL_ZERO, "TTL-13", "A response that may be fresh for 0 s is kept all the same, to be asked about";
    EXPIRES_PAST, "TTL-20", "An Expires that is past or cannot be read counts as 0 s";
    ONE_LIFETIME, "TTL-24", "AWS does not say when a copy from the regional edge cache becomes stale; it does so at the \
        same instant as there, and its lifetime does not start again";
    SHARED_ALONE, "TTL-15", "The guide speaks of s-maxage beside max-age only; alone it counts as it does there";
    DATE_OF_EXPIRES, "TTL-21", "The guide does not say from when Expires is counted; it is from Date, where that is sane, \
        else from the receipt";
    OPEN_QUOTE, "TTL-31", "AWS does not say what a quote in Cache-Control means that nothing closes; here it quotes nothing, \
        and what stands behind it counts";
    UNREADABLE_LIFETIME, "TTL-32", "AWS does not say what a max-age or s-maxage without a readable number means; here it \
        counts as absent";
    VARY_OF_ERROR, "VARY-07", "AWS does not say what Vary: * does to an error; here it has no say in how long that is kept";
    POLICY_EDITED, "TTL-28", "A changed policy holds for what is fetched from now on; what is stored keeps its lifetime";
    FETCHED_EACH_TIME, "TTL-30", "What no-store or private forbids to keep is fetched whole each time; with no-cache \
        alone a copy is kept, to be asked about";

    NO_VALIDATOR, "REV-04", "Without a validator the object is fetched whole";
    RESTARTED, "REV-07", "AWS does not say what a 304 does to the lifetime; it starts again from the 304 on";
    REC_CONFIRMS, "REV-09", "AWS does not say who confirms a stale copy that is fresh in the regional edge cache; that \
        cache does, no origin is asked, and it counts as a hit";
    ONE_QUESTION, "REV-10", "Where both caches hold a stale copy, one conditional request reaches the origin, from the \
        regional edge cache";
    HANDED_DOWN, "", "A 304 to the edge location's question confirms the copy there; a regional edge cache without a copy \
        of its own hands it down and keeps nothing";
    VIEWERS_CONDITION, "REV-12", "A 304 to a viewer's own condition goes to the viewer as a miss and stores nothing";
    AGE, "AGE-01", "The guide is silent on Age; it counts whole seconds since the origin's answer as RFC 9111 says, in \
        all caches together, and is 0 after a RefreshHit";
    HEAD_ONLY, "MET-07", "AWS does not say what a HEAD for an object that is not stored fetches; here it is passed on, and \
        its head is kept: it answers a HEAD and no GET";
    CONTENT_STAYS, "MET-16", "AWS does not say what a HEAD does to content that is stored; its answer freshens what it is the \
        head of, and otherwise leaves it";

    STALE_LIMITS, "STALE-13", "How the limits combine is not published: a stale copy serves within its directive and \
        within the maximum TTL, both";
    ASKED_IN_VAIN, "STALE-18", "What no-cache, no-store, private or Vary: * forbids to serve unasked, with a minimum TTL of 0, \
        stands in only for an origin that gives no answer at all";
    FRESH_STAYS, "ERR-39", "What an error does to what is fresh under its key is not published: the fresh one stays";
    STALE_WORD, "STALE-14", "What a stale answer is called is not published: a refresh hit where the origin was asked, a \
        hit where it was not";
    POP_COMPRESSES, "CMP-14", "The edge location compresses, and a regional edge cache keeps what the origin sent; how much \
        remains is a fixed share for each coding";
    BODY_LIMIT, "LIM-06", "The quota names no status for content that is too long; 413 is taken";
    BAD_FIELD, "LIM-13", "The log names this fault, and no page its status; 400 is taken, and that a Host or a \
        Content-Length which could mean several things is such a fault";
    ONE_REFRESH, "STALE-15", "One refresh at a time goes out for each key and tier, and each tier on its way asks on";
    SHARED_AT_HEAD, "COL-12", "How long those who come later wait is not published: until the head of the answer is there";
    ONE_BY_ONE, "COL-10", "An answer that is not kept is not shared: those who waited ask again, one at a time";
    BAD_ANSWER, "RNG-16, LIM-05", "The log names this fault, and no page its status; 502 is taken";
    PAGE_LOOKED_UP, "REC-12", "The page is looked up as any object is, under the behavior of its path";
    OPTIONS_SHIELD, "SHD-17", "AWS contradicts itself on OPTIONS and the Shield; here it goes as a POST does";

    EXPIRES_ALONE, "ERR-03", "The guide names max-age and s-maxage only, so Expires alone does not count";
    GONE, "ERR-10", "The guide lists 410 in one place and not in the other; it is treated as 404 is";
    ERROR_WORD, "ERR-21", "The guide shows this value for failed handshakes only; here every 4xx and 5xx has it";
    HIT_WORD, "XC-01", "The guide has no list of the values of X-Cache; this one is observed";
    MISS_WORD, "XC-02", "The guide has no list of the values of X-Cache; this one is observed";
    REFRESH_HIT_WORD, "XC-03", "The guide has no list of the values of X-Cache; this one is observed";

    LEAST_RECENT, "EVI-05", "AWS says only that what is requested rarely goes first; here it is what was used least \
        recently, counted in bytes, and a regional edge cache has ten times the room of an edge location";
    NO_SIZES, "", "AWS gives no sizes of caches; here nothing is kept that is larger than the whole cache";
    VALIDATORS_GO, "INV-31", "An invalidation drops the stored response with its validators";
    PURGE_DELAY, "INV-36", "AWS gives no figure for the time an invalidation takes; each place is reached after 1 to 5 \
        seconds, drawn by the walk's seed";
    PATH_PRICE, "INV-47", "What a path costs beyond the free ones is taken from copies of the price page that others made";
    REC_FIRST, "INV-38", "A regional edge cache is reached before the edge locations behind it";

    DNS_OBSERVED, "DNS-08", "How many addresses an answer holds and how long it is good for is observed, not published";
    DNS_CHAIN, "DNS-15", "The resolver knows the root and .net already";
    DNS_KEPT, "DNS-23", "The viewer keeps to an answer until its time is over";
    THINK_TIME, "", "What an origin takes to answer is a fixed figure for each kind of origin";
}
