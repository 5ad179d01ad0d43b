//! The managed origin request policies (MO-01 to MO-08).

use super::{Names, owned};
use crate::distribution::OriginRequestPolicy;

/// A managed origin request policy as it stands in the table.
#[derive(Clone, Copy)]
struct Row {
    id: &'static str,
    name: &'static str,
    headers: Names,
    cloudfront_headers: &'static [&'static str],
    cookies: Names,
    query: Names,
}

impl Row {
    fn policy(&self) -> OriginRequestPolicy {
        OriginRequestPolicy {
            name: self.name.into(),
            headers: self.headers.selection(),
            cloudfront_headers: owned(self.cloudfront_headers),
            cookies: self.cookies.selection(),
            query: self.query.selection(),
        }
    }
}

/// A policy that lists fields and takes neither cookies nor query parameters.
const fn listed(id: &'static str, name: &'static str, names: &'static [&'static str]) -> Row {
    Row {
        id,
        name,
        headers: Names::Only(names),
        cloudfront_headers: &[],
        cookies: Names::None,
        query: Names::None,
    }
}

/// MO-01.
const ALL_VIEWER: Row = Row {
    id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    name: "AllViewer",
    headers: Names::All,
    cloudfront_headers: &[],
    cookies: Names::All,
    query: Names::All,
};

/// MO-03.
const ALL_BUT_HOST: Row = Row {
    id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    name: "AllViewerExceptHostHeader",
    headers: Names::AllExcept(&["Host"]),
    ..ALL_VIEWER
};

const TABLE: [Row; 8] = [
    ALL_VIEWER,
    // MO-02
    Row {
        id: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
        name: "AllViewerAndCloudFrontHeaders-2022-06",
        cloudfront_headers: &[
            "CloudFront-Forwarded-Proto",
            "CloudFront-Is-Android-Viewer",
            "CloudFront-Is-Desktop-Viewer",
            "CloudFront-Is-IOS-Viewer",
            "CloudFront-Is-Mobile-Viewer",
            "CloudFront-Is-SmartTV-Viewer",
            "CloudFront-Is-Tablet-Viewer",
            "CloudFront-Viewer-Address",
            "CloudFront-Viewer-ASN",
            "CloudFront-Viewer-City",
            "CloudFront-Viewer-Country",
            "CloudFront-Viewer-Country-Name",
            "CloudFront-Viewer-Country-Region",
            "CloudFront-Viewer-Country-Region-Name",
            "CloudFront-Viewer-Http-Version",
            "CloudFront-Viewer-Latitude",
            "CloudFront-Viewer-Longitude",
            "CloudFront-Viewer-Metro-Code",
            "CloudFront-Viewer-Postal-Code",
            "CloudFront-Viewer-Time-Zone",
            "CloudFront-Viewer-TLS",
        ],
        ..ALL_VIEWER
    },
    ALL_BUT_HOST,
    // MO-04
    listed("59781a5b-3903-41f3-afcb-af62929ccde1", "CORS-CustomOrigin", &["Origin"]),
    // MO-05
    listed(
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
        "CORS-S3Origin",
        &["Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"],
    ),
    // MO-06
    Row {
        query: Names::All,
        ..listed(
            "775133bc-15f2-49f9-abea-afb2e0bf67d2",
            "Elemental-MediaTailor-PersonalizedManifests",
            &[
                "Origin",
                "Access-Control-Request-Headers",
                "Access-Control-Request-Method",
                "User-Agent",
                "X-Forwarded-For",
            ],
        )
    },
    // MO-07
    listed(
        "acba4595-bd28-49b8-b9fe-13317c0390fa",
        "UserAgentRefererHeaders",
        &["User-Agent", "Referer"],
    ),
    // MO-08
    listed("bf0718e1-ba1e-49d1-88b1-f726733018ae", "HostHeaderOnly", &["Host"]),
];

/// Id and name of each managed origin request policy, in the order of the table.
pub fn origin_request_policies() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|row| (row.id, row.name))
}

/// The managed origin request policy with this id.
pub fn origin_request_policy(id: &str) -> Option<OriginRequestPolicy> {
    TABLE.iter().find(|row| row.id == id).map(Row::policy)
}

/// The id of a managed policy, if this is one.
pub fn id_of_origin_request_policy(policy: &OriginRequestPolicy) -> Option<&'static str> {
    TABLE.iter().find(|row| row.policy() == *policy).map(|row| row.id)
}

/// All viewer fields but Host, all cookies, all query parameters (ORP-08).
pub fn all_viewer_except_host_header() -> OriginRequestPolicy {
    ALL_BUT_HOST.policy()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::distribution::Selection;

    #[test]
    fn mo_01_to_08_the_table() {
        let only = |names: &[&str]| Selection::Only(owned(names));
        let (all, none) = (Selection::All, Selection::None);
        let but_host = Selection::AllExcept(owned(&["Host"]));
        let preflight =
            ["Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"];
        let tailor = [&preflight[..], &["User-Agent", "X-Forwarded-For"]].concat();
        let table = [
            ("MO-01", "216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer", &all, &all, &all),
            (
                "MO-02",
                "33f36d7e-f396-46d9-90e0-52428a34d9dc",
                "AllViewerAndCloudFrontHeaders-2022-06",
                &all,
                &all,
                &all,
            ),
            (
                "MO-03",
                "b689b0a8-53d0-40ab-baf2-68738e2966ac",
                "AllViewerExceptHostHeader",
                &but_host,
                &all,
                &all,
            ),
            (
                "MO-04",
                "59781a5b-3903-41f3-afcb-af62929ccde1",
                "CORS-CustomOrigin",
                &only(&["Origin"]),
                &none,
                &none,
            ),
            (
                "MO-05",
                "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
                "CORS-S3Origin",
                &only(&preflight),
                &none,
                &none,
            ),
            (
                "MO-06",
                "775133bc-15f2-49f9-abea-afb2e0bf67d2",
                "Elemental-MediaTailor-PersonalizedManifests",
                &only(&tailor),
                &none,
                &all,
            ),
            (
                "MO-07",
                "acba4595-bd28-49b8-b9fe-13317c0390fa",
                "UserAgentRefererHeaders",
                &only(&["User-Agent", "Referer"]),
                &none,
                &none,
            ),
            (
                "MO-08",
                "bf0718e1-ba1e-49d1-88b1-f726733018ae",
                "HostHeaderOnly",
                &only(&["Host"]),
                &none,
                &none,
            ),
        ];
        for (row, id, name, headers, cookies, query) in table {
            let policy = origin_request_policy(id).unwrap();
            assert_eq!(policy.name, name, "{row}");
            let found = (&policy.headers, &policy.cookies, &policy.query);
            assert_eq!(found, (headers, cookies, query), "{row}");
            assert_eq!(policy.cloudfront_headers.is_empty(), row != "MO-02", "{row}");
        }
        assert_eq!(origin_request_policy(""), None);
    }

    #[test]
    fn mo_02_the_21_fields_of_cloudfronts_own_making() {
        let policy = origin_request_policy("33f36d7e-f396-46d9-90e0-52428a34d9dc").unwrap();
        let listed = "Forwarded-Proto, Is-Android-Viewer, Is-Desktop-Viewer, Is-IOS-Viewer, Is-Mobile-Viewer, \
            Is-SmartTV-Viewer, Is-Tablet-Viewer, Viewer-Address, Viewer-ASN, Viewer-City, Viewer-Country, \
            Viewer-Country-Name, Viewer-Country-Region, Viewer-Country-Region-Name, Viewer-Http-Version, \
            Viewer-Latitude, Viewer-Longitude, Viewer-Metro-Code, Viewer-Postal-Code, Viewer-Time-Zone, Viewer-TLS";
        let expected: Vec<_> =
            listed.split(", ").map(|name| format!("CloudFront-{name}")).collect();
        assert_eq!(expected.len(), 21);
        assert_eq!(policy.cloudfront_headers, expected);
    }

    #[test]
    fn orp_08_everything_goes_but_host() {
        let policy = all_viewer_except_host_header();
        assert!(
            policy.headers.takes_field("Accept-Language") && !policy.headers.takes_field("host")
        );
    }
}
