//! Invalidations at one tier: what they take, and what becomes of fetches under way.

use super::*;
use crate::distribution::Selection;
use crate::edge::{Contact, NotStored};

const TAGGED: &str = "Cache-Control: max-age=60\nETag: \"1\"\nCache-Tag: ";

/// A tier whose distribution reads tags from this field, with the query and the country in its keys.
fn desk(header: Option<&str>) -> Desk {
    Desk::with(0, |distribution| {
        distribution.cache_tag_header = header.map(String::from);
        let policy = &mut distribution.behaviors[0].cache_policy;
        policy.query = Selection::All;
        policy.key_headers = vec!["Country".into()];
    })
}

impl Desk {
    /// A GET for a target; what becomes of it.
    fn want(&mut self, target: &str, fields: &str) -> Turn {
        let asked = self.request_for(Method::Get, target, fields);
        let mut turns = self.take(&asked);
        assert_eq!(turns.len(), 1, "{turns:?}");
        turns.remove(0)
    }

    /// Fills the store with a response that has these tags, or none.
    fn fill(&mut self, target: &str, fields: &str, tags: Option<&str>) {
        let fetch = self.want(target, fields).fetch();
        let plain = "Cache-Control: max-age=60\nETag: \"1\"".to_owned();
        let response = tags.map_or(plain, |tags| format!("{TAGGED}{tags}"));
        self.answered(fetch, 200, &response);
    }

    /// What is stored, by path and query, in the order of the letters.
    fn held(&self) -> Vec<String> {
        let mut held: Vec<_> =
            self.tier.store().iter().map(|(key, _)| key.path_and_query()).collect();
        held.sort_unstable();
        held
    }
}

#[test]
fn tag_07_08_09_any_tag_takes_all_variants_and_paths_stand_beside() {
    let filled = || {
        let mut desk = desk(Some("Cache-Tag"));
        for (target, fields, tags) in [
            ("/a", "", Some("x, p")),
            ("/a?w=1", "", Some("x")),
            ("/a?w=2", "", None),
            ("/a", "Country: DE", None),
            ("/b", "", Some("y")),
            ("/c", "", Some("z")),
            ("/d", "", None),
        ] {
            desk.fill(target, fields, tags);
        }
        desk
    };
    for (row, items, left) in [
        ("TAG-09", &["#x"][..], &["/b", "/c", "/d"][..]),
        ("TAG-09", &["#P"], &["/b", "/c", "/d"]),
        ("TAG-07", &["#y", "#z"], &["/a", "/a", "/a?w=1", "/a?w=2", "/d"]),
        ("TAG-07", &["#nobody", "#z"], &["/a", "/a", "/a?w=1", "/a?w=2", "/b", "/d"]),
        ("TAG-08", &["/d", "#x", "/c*"], &["/b"]),
        ("TAG-06", &["#*", "#y*"], &["/a", "/a", "/a?w=1", "/a?w=2", "/b", "/c", "/d"]),
    ] {
        let mut desk = filled();
        desk.purge(items);
        assert_eq!(desk.held(), left, "{row}: {items:?}");
        let Some(Decision::Invalidated { batch, removed, .. }) = desk.said.0.last() else {
            panic!("the tier says so")
        };
        assert_eq!((batch.items().len(), removed.len()), (items.len(), 7 - left.len()));
    }
}

#[test]
fn tag_01_10_11_which_field_counts() {
    let mut without = desk(None);
    without.fill("/a", "", Some("x"));
    without.purge_reading(&["#x"], Some("Cache-Tag"));
    assert_eq!(without.held(), ["/a"], "TAG-01: what came before tags were read has none");
    let mut desk = desk(Some("Cache-Tag"));
    desk.fill("/a", "", Some("x"));
    desk.purge_reading(&["#x"], Some("X-Tag"));
    assert_eq!(desk.held(), ["/a"], "TAG-10");
    desk.purge_reading(&["#x"], None);
    assert_eq!(desk.held(), ["/a"], "TAG-11");
    desk.purge_reading(&["/a"], None);
    assert!(desk.held().is_empty(), "TAG-11: by its path it goes");
}

#[test]
fn tag_14_a_304_brings_new_tags_or_leaves_the_old_ones() {
    for (not_modified, old_stays) in [("ETag: \"1\"", true), ("Cache-Tag: new", false)] {
        let mut desk = desk(Some("Cache-Tag"));
        desk.fill("/a", "", Some("old"));
        desk.wait(61);
        let fetch = desk.want("/a", "").fetch();
        assert_eq!(desk.answered(fetch, 304, not_modified).contact, Contact::Validated);
        desk.purge(&[if old_stays { "#new" } else { "#old" }]);
        assert_eq!(desk.held(), ["/a"], "{not_modified}");
        desk.purge(&[if old_stays { "#old" } else { "#new" }]);
        assert!(desk.held().is_empty(), "{not_modified}");
    }
}

#[test]
fn inv_38_a_tag_reaches_what_is_still_under_way() {
    let mut desk = desk(Some("Cache-Tag"));
    // Nobody knows its tags yet.
    let first = desk.want("/a", "").fetch();
    desk.purge(&["#x"]);
    let second = desk.want("/a", "").fetch();
    assert_ne!(first, second, "INV-38: who comes after the invalidation asks anew");
    desk.answered(first, 200, &format!("{TAGGED}x"));
    assert!(desk.held().is_empty(), "INV-38");
    let why = NotStored::Invalidated;
    assert!(desk.said.0.contains(&Decision::NotStored { why }));
    desk.answered(second, 200, &format!("{TAGGED}x"));
    assert_eq!(desk.held(), ["/a"], "begun after it");
    // Its head has come, its last byte has not.
    let third = desk.want("/b", "").fetch();
    desk.head(third, 200, &format!("{TAGGED}x"));
    desk.purge(&["#x"]);
    let fourth = desk.want("/b", "").fetch();
    assert_ne!(third, fourth);
    desk.last(third);
    assert!(desk.held().is_empty());
    // What has other tags stays.
    desk.answered(fourth, 200, &format!("{TAGGED}y"));
    let fifth = desk.want("/c", "").fetch();
    desk.purge(&["#x"]);
    desk.answered(fifth, 200, &format!("{TAGGED}y"));
    assert_eq!(desk.held(), ["/b", "/c"]);
}

#[test]
fn inv_31_the_validators_go_too() {
    let mut desk = desk(None);
    desk.fill("/a", "", None);
    desk.wait(61);
    assert!(desk.want("/a", "Country: DE").sent().fields.get("If-None-Match").is_none());
    let stale = desk.want("/a", "");
    assert!(stale.sent().fields.has("If-None-Match"), "a stale response is asked about");
    desk.answered(stale.fetch(), 304, "ETag: \"1\"");
    desk.purge(&["/a"]);
    let next = desk.want("/a", "");
    assert!(!next.sent().fields.has("If-None-Match"), "INV-31: and once it is gone it is not");
    assert_eq!(Desk::x_cache(&desk.answered(next.fetch(), 200, "")), "Miss from cloudfront");
}

#[test]
fn inv_12_21_variants_and_errors_go_by_the_same_path() {
    let mut desk = desk(None);
    for fields in ["", "Country: DE", "Accept-Encoding: gzip", "Accept-Encoding: br"] {
        desk.fill("/a", fields, None);
    }
    let missing = desk.want("/b", "").fetch();
    desk.answered(missing, 404, "");
    assert_eq!(desk.held(), ["/a", "/a", "/a", "/a", "/b"]);
    desk.purge(&["/b"]);
    assert_eq!(desk.held(), ["/a", "/a", "/a", "/a"], "INV-21");
    desk.purge(&["/a"]);
    assert!(desk.held().is_empty(), "INV-12, INV-13");
}

#[test]
fn tag_09_inv_38_a_tag_that_comes_too_late_takes_the_untagged_variants_along() {
    let untagged = "Cache-Control: max-age=60";
    let tagged = format!("{TAGGED}x");
    let mut desk = desk(Some("Cache-Tag"));
    desk.fill("/a?stored", "", None);
    desk.fill("/b", "", None);
    let arriving = desk.want("/a?arriving", "").fetch();
    desk.head(arriving, 200, untagged);
    let unknown = desk.want("/a?unknown", "").fetch();
    let tells = desk.want("/a?tells", "").fetch();
    let elsewhere = desk.want("/c", "").fetch();
    desk.purge(&["#x"]);
    assert_eq!(desk.held(), ["/a?stored", "/b"], "nobody knows yet that it has the tag");
    desk.fill("/a?later", "", None);
    desk.head(tells, 200, &tagged);
    assert_eq!(desk.held(), ["/a?later", "/b"], "TAG-09: what was stored before goes");
    let gone = desk.said.0.iter().filter_map(|decision| match decision {
        Decision::Invalidated { removed, .. } => Some(removed.len()),
        _ => None,
    });
    assert_eq!(gone.collect::<Vec<_>>(), [0, 1]);
    desk.want("/a?arriving", "").fetch();
    desk.last(arriving);
    desk.answered(unknown, 200, untagged);
    desk.last(tells);
    desk.answered(elsewhere, 200, untagged);
    assert_eq!(desk.held(), ["/a?later", "/b", "/c"], "TAG-09: nor is what was under way kept");
}

#[test]
fn inv_38_a_tag_that_nobody_meant_takes_nothing_along() {
    for tags in ["Cache-Tag: y", ""] {
        let mut desk = desk(Some("Cache-Tag"));
        desk.fill("/a?stored", "", None);
        let fetch = desk.want("/a?fetch", "").fetch();
        desk.purge(&["#x"]);
        desk.answered(fetch, 200, &format!("Cache-Control: max-age=60\n{tags}"));
        assert_eq!(desk.held(), ["/a?fetch", "/a?stored"], "{tags}");
    }
}

#[test]
fn inv_38_what_was_fetched_anew_meanwhile_stays() {
    let mut desk = desk(Some("Cache-Tag"));
    desk.fill("/a?renewed", "", None);
    desk.wait(61);
    let tells = desk.want("/a?tells", "").fetch();
    desk.purge(&["#x"]);
    desk.fill("/a?renewed", "", None);
    desk.answered(tells, 200, &format!("{TAGGED}x"));
    assert_eq!(desk.held(), ["/a?renewed"], "INV-38: begun after the invalidation");
}
