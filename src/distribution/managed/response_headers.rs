//! The managed response headers policies (MR-01 to MR-05) and the set of security fields in three of them
//! (MS-01 to MS-05).

use super::owned;
use crate::distribution::{Cors, PolicyField, ResponseHeadersPolicy};

/// A managed response headers policy as it stands in the table.
struct Row {
    id: &'static str,
    name: &'static str,
    cors: CorsRow,
    has_security: bool,
}

/// The CORS columns of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CorsRow {
    None,
    /// Any origin.
    Simple,
    /// The same, all methods, and everything exposed.
    Preflight,
}

const TABLE: [Row; 5] = [
    // MR-01
    Row {
        id: "60669652-455b-4ae9-85a4-c4c02393f86c",
        name: "SimpleCORS",
        cors: CorsRow::Simple,
        has_security: false,
    },
    // MR-02
    Row {
        id: "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
        name: "CORS-With-Preflight",
        cors: CorsRow::Preflight,
        has_security: false,
    },
    // MR-03
    Row {
        id: "67f7725c-6f97-4210-82d7-5512b31e9d03",
        name: "SecurityHeadersPolicy",
        cors: CorsRow::None,
        has_security: true,
    },
    // MR-04
    Row {
        id: "e61eb60c-9c35-4d20-a928-2b84e02af89c",
        name: "CORS-and-SecurityHeadersPolicy",
        cors: CorsRow::Simple,
        has_security: true,
    },
    // MR-05
    Row {
        id: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
        name: "CORS-with-preflight-and-SecurityHeadersPolicy",
        cors: CorsRow::Preflight,
        has_security: true,
    },
];

/// Name, value and whether it replaces the origin's (MS-01 to MS-05).
const SECURITY: [(&str, &str, bool); 5] = [
    ("Referrer-Policy", "strict-origin-when-cross-origin", false),
    ("Strict-Transport-Security", "max-age=31536000", false),
    ("X-Content-Type-Options", "nosniff", true),
    ("X-Frame-Options", "SAMEORIGIN", false),
    ("X-XSS-Protection", "1; mode=block", false),
];

/// As MR-02 lists them.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Id and name of each managed response headers policy, in the order of the table.
pub fn response_headers_policies() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|row| (row.id, row.name))
}

/// The managed response headers policy with this id.
pub fn response_headers_policy(id: &str) -> Option<ResponseHeadersPolicy> {
    TABLE.iter().find(|row| row.id == id).map(Row::policy)
}

/// The id of a managed policy, if this is one.
pub fn id_of_response_headers_policy(policy: &ResponseHeadersPolicy) -> Option<&'static str> {
    TABLE.iter().find(|row| row.policy() == *policy).map(|row| row.id)
}

impl Row {
    fn policy(&self) -> ResponseHeadersPolicy {
        let fields =
            SECURITY.iter().filter(|_| self.has_security).map(|(name, value, overrides)| {
                PolicyField { name: (*name).into(), value: (*value).into(), overrides: *overrides }
            });
        ResponseHeadersPolicy {
            name: self.name.into(),
            cors: self.cors.policy(),
            fields: fields.collect(),
            ..ResponseHeadersPolicy::default()
        }
    }
}

impl CorsRow {
    /// "keep" in every row: a CORS field of the origin keeps the whole group out.
    fn policy(self) -> Option<Cors> {
        let simple = || Cors { allow_origins: owned(&["*"]), ..Cors::default() };
        match self {
            Self::None => None,
            Self::Simple => Some(simple()),
            Self::Preflight => Some(Cors {
                allow_methods: owned(&METHODS),
                expose_headers: owned(&["*"]),
                ..simple()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn mr_01_to_05_the_table() {
        // Id, name, Access-Control-Allow-Origin, Allow-Methods, Expose-Headers, set S.
        let methods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
        let table = [
            ("MR-01", "60669652-455b-4ae9-85a4-c4c02393f86c", "SimpleCORS", "*", "", "", false),
            (
                "MR-02",
                "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
                "CORS-With-Preflight",
                "*",
                methods,
                "*",
                false,
            ),
            (
                "MR-03",
                "67f7725c-6f97-4210-82d7-5512b31e9d03",
                "SecurityHeadersPolicy",
                "",
                "",
                "",
                true,
            ),
            (
                "MR-04",
                "e61eb60c-9c35-4d20-a928-2b84e02af89c",
                "CORS-and-SecurityHeadersPolicy",
                "*",
                "",
                "",
                true,
            ),
            (
                "MR-05",
                "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
                "CORS-with-preflight-and-SecurityHeadersPolicy",
                "*",
                methods,
                "*",
                true,
            ),
        ];
        for (row, id, name, origin, methods, expose, has_security) in table {
            let policy = response_headers_policy(id).unwrap();
            assert_eq!(policy.name, name, "{row}");
            let cors = policy.cors.clone().unwrap_or_default();
            let lists = [&cors.allow_origins, &cors.allow_methods, &cors.expose_headers];
            assert_eq!(lists.map(|list| list.join(", ")), [origin, methods, expose], "{row}");
            assert_eq!(policy.cors.is_some(), !origin.is_empty(), "{row}");
            assert!(!cors.overrides && !cors.allow_credentials, "{row}: keep");
            assert_eq!(policy.fields.len(), if has_security { 5 } else { 0 }, "{row}");
            assert!(policy.remove.is_empty() && policy.server_timing.is_none(), "{row}");
        }
        assert_eq!(response_headers_policy(""), None);
    }

    #[test]
    fn ms_01_to_05_the_security_set() {
        let policy = response_headers_policy("67f7725c-6f97-4210-82d7-5512b31e9d03").unwrap();
        let table = [
            ("MS-01", "Referrer-Policy", "strict-origin-when-cross-origin", "keep"),
            ("MS-02", "Strict-Transport-Security", "max-age=31536000", "keep"),
            ("MS-03", "X-Content-Type-Options", "nosniff", "force"),
            ("MS-04", "X-Frame-Options", "SAMEORIGIN", "keep"),
            ("MS-05", "X-XSS-Protection", "1; mode=block", "keep"),
        ];
        assert_eq!(policy.fields.len(), table.len());
        for (field, (row, name, value, mode)) in policy.fields.iter().zip(table) {
            let overrides = mode == "force";
            let expected = PolicyField { name: name.into(), value: value.into(), overrides };
            assert_eq!(*field, expected, "{row}");
        }
    }
}
