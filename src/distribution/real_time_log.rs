//! Configurations of the real-time log (LG-07), which behaviors name (CB-14, RTL-03).

/// All fields that a record may have, in their order, with a blank between (RTL-20 to RTL-26).
pub const REAL_TIME_FIELDS: &str = "timestamp c-ip s-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host \
cs-uri-stem cs-bytes x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent \
cs-referer cs-cookie cs-uri-query x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type \
fle-encrypted-fields fle-status sc-content-type sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type \
c-country cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers cs-header-names cs-headers-count \
primary-distribution-id primary-distribution-dns-name origin-fbl origin-lbl asn cmcd-encoded-bitrate cmcd-buffer-length \
cmcd-buffer-starvation cmcd-content-id cmcd-object-duration cmcd-deadline cmcd-measured-throughput cmcd-next-object-request \
cmcd-next-range-request cmcd-object-type cmcd-playback-rate cmcd-requested-maximum-throughput cmcd-streaming-format \
cmcd-session-id cmcd-stream-type cmcd-startup cmcd-top-bitrate cmcd-version r-host sr-reason x-edge-mqcs \
distribution-tenant-id connection-id viewer-request-log-data viewer-response-log-data";

/// Those that a class looks at first.
pub const USUAL_FIELDS: [&str; 7] = [
    "timestamp",
    "time-to-first-byte",
    "sc-status",
    "cs-method",
    "cs-uri-stem",
    "x-edge-location",
    "x-edge-result-type",
];

/// What is logged at once, and of how many requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealTimeLog {
    /// What it is called.
    pub name: String,
    /// Of how many requests in a hundred (RTL-02).
    pub percent: u8,
    /// Names of fields, in whatever order they were chosen (RTL-05).
    pub fields: Vec<String>,
}
