//! The managed cache policies (MC-01 to MC-11).

use super::{Names, owned};
use crate::distribution::{CachePolicy, TtlBounds};

/// A managed cache policy as it stands in the table.
#[derive(Clone, Copy)]
struct Row {
    id: &'static str,
    name: &'static str,
    /// Minimum, default and maximum.
    ttl: [u64; 3],
    headers: &'static [&'static str],
    cookies: Names,
    query: Names,
    gzip: bool,
    brotli: bool,
}

impl Row {
    fn policy(&self) -> CachePolicy {
        let [min, default, max] = self.ttl;
        CachePolicy {
            name: self.name.into(),
            ttl: TtlBounds { min, default, max },
            key_headers: owned(self.headers),
            cookies: self.cookies.selection(),
            query: self.query.selection(),
            gzip: self.gzip,
            brotli: self.brotli,
            legacy: None,
        }
    }
}

/// MC-01, POL-01.
const OPTIMIZED: Row = Row {
    id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    name: "CachingOptimized",
    ttl: [1, 86_400, 31_536_000],
    headers: &[],
    cookies: Names::None,
    query: Names::None,
    gzip: true,
    brotli: true,
};

/// MC-02, POL-03.
const DISABLED: Row = Row {
    id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    name: "CachingDisabled",
    ttl: [0, 0, 0],
    gzip: false,
    brotli: false,
    ..OPTIMIZED
};

/// MC-06, POL-04.
const BY_ORIGIN: Row = Row {
    id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
    name: "UseOriginCacheControlHeaders",
    ttl: [0, 0, 31_536_000],
    headers: &["Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"],
    cookies: Names::All,
    ..OPTIMIZED
};

/// MC-08.
const AMPLIFY_DEFAULT: Row = Row {
    id: "4d1d2f1d-3a71-49ad-9e08-7ea5d843a556",
    name: "Amplify-Default",
    ttl: [0, 0, 31_536_000],
    headers: &["Accept", "Authorization", "CloudFront-Viewer-Country", "Host"],
    cookies: Names::All,
    query: Names::All,
    ..OPTIMIZED
};

const TABLE: [Row; 11] = [
    OPTIMIZED,
    DISABLED,
    // MC-03, POL-02
    Row {
        id: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
        name: "CachingOptimizedForUncompressedObjects",
        gzip: false,
        brotli: false,
        ..OPTIMIZED
    },
    // MC-04, POL-07
    Row {
        id: "08627262-05a9-4f76-9ded-b50ca2e3a84f",
        name: "Elemental-MediaPackage",
        ttl: [0, 86_400, 31_536_000],
        headers: &["Origin"],
        query: Names::Only(&["aws.manifestfilter", "start", "end", "m"]),
        brotli: false,
        ..OPTIMIZED
    },
    // MC-05, POL-06
    Row {
        id: "2e54312d-136d-493c-8eb9-b001f22f67d2",
        name: "Amplify",
        ttl: [2, 2, 600],
        headers: &["Authorization", "CloudFront-Viewer-Country", "Host"],
        cookies: Names::All,
        query: Names::All,
        ..OPTIMIZED
    },
    BY_ORIGIN,
    // MC-07, POL-05
    Row {
        id: "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
        name: "UseOriginCacheControlHeaders-QueryStrings",
        query: Names::All,
        ..BY_ORIGIN
    },
    AMPLIFY_DEFAULT,
    // MC-09
    Row {
        id: "a6bad946-36c3-4c33-aa98-362c74a7fb13",
        name: "Amplify-DefaultNoCookies",
        cookies: Names::None,
        ..AMPLIFY_DEFAULT
    },
    // MC-10
    Row {
        id: "1c6db51a-a33f-469a-8245-dae26771f530",
        name: "Amplify-ImageOptimization",
        headers: &["Accept", "Authorization", "Host"],
        cookies: Names::None,
        ..AMPLIFY_DEFAULT
    },
    // MC-11
    Row {
        id: "7e5fad67-ee98-4ad0-b05a-394999eefc1a",
        name: "Amplify-StaticContent",
        headers: &["Authorization", "Host"],
        cookies: Names::None,
        query: Names::None,
        ..AMPLIFY_DEFAULT
    },
];

/// Id and name of each managed cache policy, in the order of the table.
pub fn cache_policies() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|row| (row.id, row.name))
}

/// The managed cache policy with this id.
pub fn cache_policy(id: &str) -> Option<CachePolicy> {
    TABLE.iter().find(|row| row.id == id).map(Row::policy)
}

/// The id of a managed policy, if this is one.
pub fn id_of_cache_policy(policy: &CachePolicy) -> Option<&'static str> {
    TABLE.iter().find(|row| row.policy() == *policy).map(|row| row.id)
}

/// Minimum 1 s, default a day, maximum a year; nothing but the path and Accept-Encoding in the key (POL-01).
pub fn caching_optimized() -> CachePolicy {
    OPTIMIZED.policy()
}

/// All three TTLs 0: nothing is answered from a cache (POL-03).
pub fn caching_disabled() -> CachePolicy {
    DISABLED.policy()
}

/// The origin decides: minimum and default 0, maximum a year (POL-04).
pub fn use_origin_cache_control_headers() -> CachePolicy {
    BY_ORIGIN.policy()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::distribution::Selection;

    /// Checks a policy against a line of the reference, its cells in the order of that table.
    fn check(row: &str, name: &str, id: &str, cells: [&str; 5]) {
        let policy = cache_policy(id).unwrap();
        let TtlBounds { min, default, max } = policy.ttl;
        let list = |names: &[String]| match names {
            [] => "none".to_owned(),
            names => names.join(", "),
        };
        let selection = |selection: &Selection| match selection {
            Selection::None => "none".to_owned(),
            Selection::All => "all".to_owned(),
            Selection::Only(names) => list(names),
            other => format!("{other:?}"),
        };
        let encodings = format!("{} {}", policy.gzip, policy.brotli);
        let found = [
            format!("{min} / {default} / {max}"),
            list(&policy.key_headers),
            selection(&policy.cookies),
            selection(&policy.query),
            encodings.replace("true", "yes").replace("false", "no"),
        ];
        assert_eq!((policy.name.as_str(), found), (name, cells.map(String::from)), "{row}");
        assert_eq!(policy.legacy, None, "{row}");
    }

    #[test]
    fn mc_01_to_11_the_table() {
        let by_origin = "Host, Origin, X-HTTP-Method-Override, X-HTTP-Method, X-Method-Override";
        let amplify = "Authorization, CloudFront-Viewer-Country, Host";
        let accept = "Accept, Authorization, CloudFront-Viewer-Country, Host";
        let media = "aws.manifestfilter, start, end, m";
        let (year, zero) = ("1 / 86400 / 31536000", "0 / 0 / 31536000");
        let table = [
            (
                "MC-01",
                "CachingOptimized",
                "658327ea-f89d-4fab-a63d-7e88639e58f6",
                [year, "none", "none", "none", "yes yes"],
            ),
            (
                "MC-02",
                "CachingDisabled",
                "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                ["0 / 0 / 0", "none", "none", "none", "no no"],
            ),
            (
                "MC-03",
                "CachingOptimizedForUncompressedObjects",
                "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
                [year, "none", "none", "none", "no no"],
            ),
            (
                "MC-04",
                "Elemental-MediaPackage",
                "08627262-05a9-4f76-9ded-b50ca2e3a84f",
                ["0 / 86400 / 31536000", "Origin", "none", media, "yes no"],
            ),
            (
                "MC-05",
                "Amplify",
                "2e54312d-136d-493c-8eb9-b001f22f67d2",
                ["2 / 2 / 600", amplify, "all", "all", "yes yes"],
            ),
            (
                "MC-06",
                "UseOriginCacheControlHeaders",
                "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
                [zero, by_origin, "all", "none", "yes yes"],
            ),
            (
                "MC-07",
                "UseOriginCacheControlHeaders-QueryStrings",
                "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
                [zero, by_origin, "all", "all", "yes yes"],
            ),
            (
                "MC-08",
                "Amplify-Default",
                "4d1d2f1d-3a71-49ad-9e08-7ea5d843a556",
                [zero, accept, "all", "all", "yes yes"],
            ),
            (
                "MC-09",
                "Amplify-DefaultNoCookies",
                "a6bad946-36c3-4c33-aa98-362c74a7fb13",
                [zero, accept, "none", "all", "yes yes"],
            ),
            (
                "MC-10",
                "Amplify-ImageOptimization",
                "1c6db51a-a33f-469a-8245-dae26771f530",
                [zero, "Accept, Authorization, Host", "none", "all", "yes yes"],
            ),
            (
                "MC-11",
                "Amplify-StaticContent",
                "7e5fad67-ee98-4ad0-b05a-394999eefc1a",
                [zero, "Authorization, Host", "none", "none", "yes yes"],
            ),
        ];
        for (row, name, id, cells) in table {
            check(row, name, id, cells);
        }
        assert_eq!(cache_policy("658327ea-f89d-4fab-a63d-7e88639e58f7"), None);
        assert_eq!(cache_policy(""), None);
    }

    #[test]
    fn pol_01_to_07_the_ids_of_caching_md() {
        let table = [
            ("POL-01", "658327ea", "CachingOptimized"),
            ("POL-02", "b2884449", "CachingOptimizedForUncompressedObjects"),
            ("POL-03", "4135ea2d", "CachingDisabled"),
            ("POL-04", "83da9c7e", "UseOriginCacheControlHeaders"),
            ("POL-05", "4cc15a8a", "UseOriginCacheControlHeaders-QueryStrings"),
            ("POL-06", "2e54312d", "Amplify"),
            ("POL-07", "08627262", "Elemental-MediaPackage"),
        ];
        for (row, start, name) in table {
            let found: Vec<_> = TABLE.iter().filter(|row| row.id.starts_with(start)).collect();
            assert_eq!(found.len(), 1, "{row}");
            assert_eq!(found[0].name, name, "{row}");
        }
    }

    #[test]
    fn pol_01_03_04_the_functions_give_what_the_ids_give() {
        let by_id = |id| cache_policy(id).unwrap();
        assert_eq!(caching_optimized(), by_id("658327ea-f89d-4fab-a63d-7e88639e58f6"));
        assert_eq!(caching_disabled(), by_id("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
        assert!(caching_disabled().ttl.is_off());
        let by_origin = use_origin_cache_control_headers();
        assert_eq!(by_origin, by_id("83da9c7e-98b4-4e11-a168-04f0df8e2c65"));
        assert!(by_origin.cookies.takes("session") && !by_origin.query.takes("q"));
    }
}
