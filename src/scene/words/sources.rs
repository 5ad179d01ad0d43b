//! The pages that say so: of the CloudFront guide and its API Reference by their own titles, and RFCs by theirs.

/// A page of the CloudFront guide or its API Reference, or an RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
}

macro_rules! guide {
    ($name:ident, $page:literal, $title:literal) => {
        pub(in crate::scene) const $name: Source = Source {
            title: $title,
            url: concat!(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/",
                $page,
                ".html"
            ),
        };
    };
}

macro_rules! rfc {
    ($name:ident, $number:literal, $title:literal) => {
        pub(in crate::scene) const $name: Source = Source {
            title: concat!("RFC ", $number, ", ", $title),
            url: concat!("https://www.rfc-editor.org/rfc/rfc", $number),
        };
    };
}

guide!(HOW_IT_WORKS, "HowCloudFrontWorks", "How CloudFront delivers content");
guide!(EXPIRATION, "Expiration", "Manage how long content stays in the cache (expiration)");
guide!(BEHAVIOR, "DownloadDistValuesCacheBehavior", "Cache behavior settings");
guide!(ORIGIN, "DownloadDistValuesOrigin", "Origin settings");
guide!(CACHE_KEY, "understanding-the-cache-key", "Understand the cache key");
guide!(
    ORIGIN_POLICIES,
    "using-managed-origin-request-policies",
    "Use managed origin request policies"
);
guide!(MANAGED, "using-managed-cache-policies", "Use managed cache policies");
guide!(LOGS, "standard-logs-reference", "Standard logging reference");
guide!(INVALIDATION, "Invalidation", "Invalidate files to remove content");
guide!(
    PRECONDITION_FAILED,
    "http-412-precondition-failed",
    "HTTP 412 status code (Precondition Failed)"
);
guide!(INVALID_METHOD, "http-403-invalid-method", "HTTP 403 status code (Invalid method)");
guide!(BAD_GATEWAY, "http-502-bad-gateway", "HTTP 502 status code (Bad Gateway)");
guide!(GATEWAY_TIMEOUT, "http-504-gateway-timeout", "HTTP 504 status code (Gateway Timeout)");
guide!(RANGES, "RangeGETs", "How CloudFront processes partial requests for an object (range GETs)");
guide!(HTTPS, "using-https-viewers-to-cloudfront", "Require HTTPS between viewers and CloudFront");
guide!(LIMITS, "cloudfront-limits", "Quotas");
guide!(
    FUNCTION_URL,
    "private-content-restricting-access-to-lambda",
    "Restrict access to an AWS Lambda function URL origin"
);
guide!(PERMISSION_DENIED, "http-403-permission-denied", "HTTP 403 status code (Permission Denied)");
guide!(GEO, "georestrictions", "Restrict the geographic distribution of your content");
guide!(
    GENERATED,
    "lambda-generating-http-responses",
    "Generate HTTP responses in request triggers"
);
guide!(
    TRIGGERS,
    "lambda-cloudfront-trigger-events",
    "CloudFront events that can trigger a Lambda@Edge function"
);
guide!(
    FUNCTION_FAILED,
    "http-503-service-unavailable",
    "HTTP 503 status code (Service Unavailable)"
);
guide!(WAF, "distribution-web-awswaf", "Use AWS WAF protections");
guide!(SIGNED_URLS, "private-content-signed-urls", "Use signed URLs");
guide!(
    RESTRICTED,
    "private-content-trusted-signers",
    "Specify signers that can create signed URLs and signed cookies"
);
guide!(SHIELD, "origin-shield", "Use Amazon CloudFront Origin Shield");
guide!(
    FAILOVER,
    "high_availability_origin_failover",
    "Optimize high availability with CloudFront origin failover"
);
guide!(ERROR_TTL, "custom-error-pages-expiration", "Control how long CloudFront caches errors");
guide!(
    CUSTOM_ORIGIN,
    "RequestAndResponseBehaviorCustomOrigin",
    "Request and response behavior for custom origins"
);
guide!(
    UPDATING,
    "UpdatingExistingObjects",
    "Use file versioning to update or remove content with a CloudFront distribution"
);
guide!(
    INVALIDATION_TAGS,
    "invalidation-specifying-tags",
    "What you need to know when invalidating tags"
);
guide!(
    INVALIDATION_PATHS,
    "invalidation-specifying-objects",
    "What you need to know when invalidating files"
);
guide!(
    ERRORS,
    "HTTPStatusCodes",
    "How CloudFront processes HTTP 4xx and 5xx status codes from your origin"
);
guide!(
    ERROR_PAGES,
    "creating-custom-error-pages",
    "Create a custom error page for specific HTTP status codes"
);

guide!(
    PAGE_STATUS,
    "custom-error-pages-response-code",
    "Change response codes returned by CloudFront"
);

guide!(STAGING, "understanding-continuous-deployment", "Learn how continuous deployment works");
guide!(
    STAGING_QUOTAS,
    "continuous-deployment-quotas-considerations",
    "Quotas and other considerations for continuous deployment"
);
guide!(IPV6, "cloudfront-enable-ipv6", "Enable IPv6 for CloudFront distributions");
guide!(GENERAL, "DownloadDistValuesGeneral", "Distribution settings");
guide!(
    VIEWER_TLS,
    "secure-connections-supported-viewer-protocols-ciphers",
    "Supported protocols and ciphers between viewers and CloudFront"
);
guide!(SNI, "cnames-https-dedicated-ip-or-sni", "Choose how CloudFront serves HTTPS requests");

/// The page of the CloudFront API Reference on the action.
pub(in crate::scene) const CREATE_INVALIDATION: Source = Source {
    title: "CreateInvalidation",
    url: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html",
};

rfc!(HTTP, "9110", "HTTP Semantics");
rfc!(HTTP_2, "9113", "HTTP/2");
rfc!(TCP, "9293", "Transmission Control Protocol (TCP)");
rfc!(QUIC, "9001", "Using TLS to Secure QUIC");
rfc!(TLS_12, "5246", "The Transport Layer Security (TLS) Protocol Version 1.2");
rfc!(TLS, "8446", "The Transport Layer Security (TLS) Protocol Version 1.3");
