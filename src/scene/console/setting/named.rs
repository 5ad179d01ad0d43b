//! What is said of the two settings that whatever stands beside a configuration has: its name, and itself as JSON.

use crate::distribution::aws::Sort;
use crate::scene::console::item::Item;

/// The row of each sort, the page of AWS's guide, and who names it by what.
const fn about(sort: Sort) -> [&'static str; 3] {
    match sort {
        Sort::Cache => [
            "CB-07",
            "controlling-the-cache-key",
            "A label only: a behavior names the policy by its id.",
        ],
        Sort::OriginRequest => [
            "CB-08",
            "controlling-origin-requests",
            "A label only: a behavior names the policy by its id.",
        ],
        Sort::ResponseHeaders => [
            "CB-09",
            "understanding-response-headers-policies",
            "A label only: a behavior names the policy by its id.",
        ],
        Sort::AccessControl => [
            "OR-20",
            "private-content-restricting-access-to-s3",
            "A label only: an origin names the access control by its id.",
        ],
        Sort::BucketPolicy => ["OR-24", "private-content-restricting-access-to-s3", ""],
        Sort::EdgeFunction => ["IM-11", "functions-tutorial", ""],
        Sort::PublicKey => [
            "SIG-12",
            "private-content-trusted-signers",
            "A label only: key groups name the key by its id, and so does a signed URL in Key-Pair-Id.",
        ],
        Sort::KeyGroup => [
            "SIG-21",
            "private-content-trusted-signers",
            "A label only: a behavior names the group by its id.",
        ],
        Sort::WebAcl => [
            "VSEC-21",
            "distribution-web-awswaf",
            "A label only: the distribution names the web ACL by its ARN.",
        ],
        Sort::IpSet => [
            "IM-14",
            "distribution-web-awswaf",
            "By this the lines of a web ACL name it; in its JSON a rule names it by its ARN.",
        ],
        Sort::RealTimeLog => {
            ["CB-14", "real-time-logs", "A label only: a behavior names the log by its ARN."]
        }
        Sort::Certificate => ["TLS-15", "cnames-and-https-requirements", ""],
        Sort::DeploymentPolicy => ["CD-02", "understanding-continuous-deployment", ""],
        Sort::Staging => ["CD-01", "understanding-continuous-deployment", ""],
    }
}

/// Of a name.
pub(super) const fn of_name(item: Item) -> [&'static str; 3] {
    match item {
        Item::Beside(sort, _) => about(sort),
        _ => [""; 3],
    }
}

/// Of a document as JSON.
pub(super) const fn of_json(item: Item) -> [&'static str; 3] {
    let (sort, says) = match item {
        Item::Beside(sort, _) => (sort, says(sort)),
        Item::Origin(_) => {
            return [
                "OR-01",
                "DownloadDistValuesOrigin",
                "The origin as AWS's tools print it, with all that no field above shows.",
            ];
        }
        _ => {
            return [
                "CB-01",
                "DownloadDistValuesCacheBehavior",
                "The behavior as AWS's tools print it, with all that no field above shows.",
            ];
        }
    };
    let [row, page, _] = about(sort);
    [row, page, says]
}

const fn says(sort: Sort) -> &'static str {
    match sort {
        Sort::Cache => "As aws cloudfront get-cache-policy prints it.",
        Sort::OriginRequest => "As aws cloudfront get-origin-request-policy prints it.",
        Sort::ResponseHeaders => {
            "As aws cloudfront get-response-headers-policy prints it, with the fields that no control above shows."
        }
        Sort::AccessControl => {
            "As aws cloudfront get-origin-access-control prints it, with origin type and signing protocol."
        }
        Sort::BucketPolicy => {
            "As aws s3api get-bucket-policy has it: who may read the bucket. With an access control, CloudFront for this distribution alone."
        }
        Sort::EdgeFunction => {
            "Edgewalk's own: the ARN, and which of the ready-made functions it is."
        }
        Sort::PublicKey => "As aws cloudfront get-public-key prints it.",
        Sort::KeyGroup => "As aws cloudfront get-key-group prints it: public keys by their ids.",
        Sort::WebAcl => {
            "As aws wafv2 get-web-acl prints it, with rules that no line above can say."
        }
        Sort::IpSet => "As aws wafv2 get-ip-set prints it.",
        Sort::RealTimeLog => {
            "As aws cloudfront get-realtime-log-config prints it, with the stream that takes the records."
        }
        Sort::Certificate => "As aws acm describe-certificate prints it.",
        Sort::DeploymentPolicy => {
            "As aws cloudfront get-continuous-deployment-policy prints it, with the name of the staging distribution."
        }
        Sort::Staging => {
            "As aws cloudfront get-distribution prints it; its settings have sheets of their own, once Staging is chosen on the left."
        }
    }
}
