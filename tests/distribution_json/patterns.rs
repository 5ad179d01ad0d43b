//! Path patterns as behaviors use them (PP-01 to PP-11, PV-01 to PV-20).

use edgewalk::distribution::{Behavior, Distribution, Origin, PathPattern, managed};
use edgewalk::http::Target;

fn distribution(patterns: &[&str]) -> Distribution {
    let behavior = |pattern: &&str| Behavior::new(pattern, "o", managed::caching_optimized());
    Distribution {
        origins: vec![Origin::s3_bucket("o", "docs", "us-east-1")],
        behaviors: patterns.iter().map(behavior).collect(),
        ..Distribution::named("d111111abcdef8.cloudfront.net")
    }
}

/// Which of some patterns takes a request for a path and query.
fn chosen<'a>(patterns: &[&'a str], request: &str) -> &'a str {
    let target = Target::parse(request).unwrap();
    patterns[distribution(patterns).behavior_for(target.path())]
}

#[test]
fn pv_01_to_20_the_match_vectors() {
    let table = [
        ("PV-01", "*.jpg", "/x/y/a.jpg", true),
        ("PV-02", "*.jpg", "/LOGO.JPG", false),
        ("PV-03", "images/*.jpg", "/images/p1/a.jpg", true),
        ("PV-04", "/images/*.jpg", "/images/a.jpg", true),
        ("PV-05", "a*.jpg", "/apple.jpg", true),
        ("PV-06", "a*.jpg", "/abra/cadabra/magic.jpg", true),
        ("PV-07", "a*.jpg", "/b/apple.jpg", false),
        ("PV-08", "a??.jpg", "/ant.jpg", true),
        ("PV-09", "a??.jpg", "/an.jpg", false),
        ("PV-10", "*.doc*", "/r.docx", true),
        ("PV-11", "*.doc?", "/r.doc", false),
        ("PV-12", "api/*", "/api/", true),
        ("PV-13", "api/*", "/api", false),
        ("PV-14", "api*", "/apiary", true),
        ("PV-15", "/*product.jpg", "/x/product.jpg", true),
        ("PV-16", "images/*", "/images/x.gif?y=*.jpg", true),
        ("PV-17", "/a/b*", "/a/b?c=1", true),
        ("PV-18", "/a/b*", "/a/b/..?c=1", false),
        ("PV-19", "/a*", "/a/b/..?c=1", true),
        ("PV-20", "/api/*", "//api/x", true),
    ];
    for (row, pattern, request, matches) in table {
        let expected = if matches { pattern } else { "*" };
        assert_eq!(chosen(&[pattern, "*"], request), expected, "{row}");
        let target = Target::parse(request).unwrap();
        if !target.path().contains("..") && !target.path().contains("//") {
            assert_eq!(PathPattern::new(pattern).matches(target.path()), matches, "{row}");
        }
    }
}

#[test]
fn pp_01_to_10_the_language() {
    let matches = |pattern: &str, path: &str| PathPattern::new(pattern).matches(path);
    // The first that matches wins, and the default is last.
    assert_eq!(chosen(&["/a/*", "/a/b*", "*"], "/a/b"), "/a/*", "PP-01");
    assert_eq!(chosen(&["/a/b*", "/a/*", "*"], "/a/b"), "/a/b*", "PP-01");
    assert_eq!(chosen(&["/a/b*", "/a/*", "*"], "/c"), "*", "PP-01");
    assert!(matches("/a*z", "/az") && matches("/a*z", "/a/b/z"), "PP-02");
    assert!(matches("/a?z", "/abz") && matches("/a?z", "/a/z"), "PP-03");
    assert!(!matches("/a?z", "/az") && !matches("/a?z", "/abbz"), "PP-03");
    assert!(!matches("/Img/*", "/img/x"), "PP-04");
    for (with, without) in [("/images/*", "images/*"), ("/*p.jpg", "*p.jpg")] {
        for path in ["/images/a.gif", "/x/p.jpg", "/other"] {
            assert_eq!(matches(with, path), matches(without, path), "PP-05 {with} {path}");
        }
    }
    assert_eq!(chosen(&["*.jpg", "*"], "/a?b=c.jpg"), "*", "PP-08");
    assert!(!matches("/api", "/api/x") && !matches("api/*", "/x/api/y"), "PP-09");
    assert_eq!(chosen(&["/a/*", "*"], "/b/../a/c"), "/a/*", "PP-10");
}
