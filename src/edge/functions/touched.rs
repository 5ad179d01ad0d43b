//! Fields that functions may not set (EDGE-48 to EDGE-53).

use crate::distribution::{FunctionEvent, Runtime};

/// EDGE-48: what no function sees or adds, in lower case. A name that ends with a hyphen stands for all that begin so.
const HIDDEN: [&str; 27] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "trailer",
    "upgrade",
    "x-accel-buffering",
    "x-accel-charset",
    "x-accel-limit-rate",
    "x-accel-redirect",
    "x-amz-cf-",
    "x-amzn-auth",
    "x-amzn-cf-billing",
    "x-amzn-cf-id",
    "x-amzn-cf-xff",
    "x-amzn-errortype",
    "x-amzn-fle-profile",
    "x-amzn-header-",
    "x-amzn-lambda-integration-tag",
    "x-amzn-requestid",
    "x-cache",
    "x-edge-",
    "x-forwarded-proto",
    "x-real-ip",
    "cloudfront-viewer-cert-pem",
];

/// EDGE-48, the rest.
const CERTIFICATES: [&str; 2] = ["client-cert", "client-cert-chain"];

/// EDGE-49 to EDGE-52.
const fn read_only(event: FunctionEvent, runtime: Runtime) -> &'static [&'static str] {
    match (event, runtime) {
        (FunctionEvent::ViewerRequest, _) => {
            &["cdn-loop", "content-length", "host", "transfer-encoding", "via"] // EDGE-49
        }
        (FunctionEvent::OriginRequest, _) => &[
            "accept-encoding",
            "cdn-loop",
            "content-length",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "transfer-encoding",
            "via",
        ], // EDGE-50
        (FunctionEvent::OriginResponse, _) => &["transfer-encoding", "via"], // EDGE-51
        (FunctionEvent::ViewerResponse, Runtime::CloudFront) => &["warning", "via"], // EDGE-52
        (FunctionEvent::ViewerResponse, Runtime::Lambda) => {
            &["warning", "via", "content-length", "content-encoding", "transfer-encoding"] // EDGE-52
        }
    }
}

/// Whether no function sees or adds this field, in lower case (EDGE-48).
pub(super) fn is_hidden(name: &str) -> bool {
    let is_it = |hidden: &&str| match hidden.strip_suffix('-') {
        Some(_) => name.starts_with(hidden),
        None => *hidden == name,
    };
    HIDDEN.iter().any(is_it) || CERTIFICATES.contains(&name)
}

/// Whether a function that sets this field at this event fails (EDGE-53).
pub(super) fn may_not_set(event: FunctionEvent, runtime: Runtime, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // EDGE-15: Lambda@Edge is told the country in origin events only.
    let is_early = (event, runtime) == (FunctionEvent::ViewerRequest, Runtime::Lambda)
        && name == "cloudfront-viewer-country";
    is_hidden(&name) || read_only(event, runtime).contains(&name.as_str()) || is_early
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edge_15_48_to_52_what_no_function_may_set_by_event() {
        use FunctionEvent::{OriginRequest, OriginResponse, ViewerRequest, ViewerResponse};
        use Runtime::{CloudFront, Lambda};
        let table = [
            ("X-Cache", ViewerResponse, CloudFront, true), // EDGE-48
            ("X-Amz-Cf-Pop", ViewerResponse, CloudFront, true), // EDGE-48
            ("X-Edge-Whatever", OriginRequest, Lambda, true), // EDGE-48
            ("X-Amzn-Header-Count", OriginResponse, Lambda, true), // EDGE-48
            ("Client-Cert", ViewerRequest, CloudFront, true), // EDGE-48
            ("X-Cached", ViewerResponse, CloudFront, false),
            ("Host", ViewerRequest, CloudFront, true), // EDGE-49
            ("Host", OriginRequest, Lambda, false),    // EDGE-50
            ("Accept-Encoding", OriginRequest, Lambda, true),
            ("Accept-Encoding", ViewerRequest, Lambda, false),
            ("Via", OriginResponse, Lambda, true), // EDGE-51
            ("Content-Encoding", OriginResponse, Lambda, false),
            ("Content-Encoding", ViewerResponse, Lambda, true), // EDGE-52
            ("Content-Encoding", ViewerResponse, CloudFront, false),
            ("Warning", ViewerResponse, CloudFront, true),
            ("CloudFront-Viewer-Country", ViewerRequest, Lambda, true), // EDGE-15
            ("CloudFront-Viewer-Country", OriginRequest, Lambda, false),
            ("X-Frame-Options", ViewerResponse, CloudFront, false),
        ];
        for (name, event, runtime, is_refused) in table {
            assert_eq!(
                may_not_set(event, runtime, name),
                is_refused,
                "{name} {event:?} {runtime:?}"
            );
        }
    }
}
