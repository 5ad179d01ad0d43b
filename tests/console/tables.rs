//! The two tables of a configuration at a glance.

use edgewalk::scene::console::{Item, Overview, Setting};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, draft, enter, errors, least};

fn of(draft: &edgewalk::distribution::Draft) -> Overview {
    Overview::of(draft, &errors(draft))
}

#[test]
fn origins_have_their_name_domain_kind_region_and_shield() {
    let rows = of(&draft(API_AND_MEDIA)).origins;
    let told: Vec<_> =
        rows.iter().map(|row| (&*row.name, row.kind, &*row.region, &*row.shield)).collect();
    assert_eq!(
        told,
        [
            ("app-alb", "Load balancer", "eu-west-1", "off"),
            ("media-primary", "S3 bucket", "eu-west-1", "eu-west-1"),
            ("media-replica", "S3 bucket", "us-east-1", "us-east-1"),
            ("live-mediapackage", "MediaPackage v1 endpoint", "eu-west-1", "eu-west-1"),
            ("error-pages", "S3 bucket", "eu-west-1", "off"),
        ]
    );
    assert_eq!(rows[1].domain, "example-media-eu.s3.eu-west-1.amazonaws.com");
    assert!(rows.iter().enumerate().all(|(place, row)| row.item == Item::Origin(place)));
    let rows = of(&draft(LEGACY)).origins;
    assert_eq!((rows[0].kind, &*rows[0].region), ("S3 bucket", "not told"), "DP-10");
    let mut nameless = draft(S3_SITE);
    enter(&mut nameless, Item::Origin(0), Setting::DomainName, "no name");
    let rows = of(&nameless).origins;
    assert_eq!((rows[0].kind, &*rows[0].region, rows[0].faults), ("unknown", "not told", 1));
}

#[test]
fn flow_15_behaviors_stand_in_the_order_in_which_they_are_tried_and_the_default_one_last() {
    let rows = of(&draft(API_AND_MEDIA)).behaviors;
    let told: Vec<_> =
        rows.iter().map(|row| (&*row.pattern, &*row.target, &*row.methods, &*row.policy)).collect();
    assert_eq!(
        told,
        [
            ("/errors/*", "error-pages", "GET, HEAD", "CachingOptimized"),
            ("/private/*", "media-primary", "GET, HEAD", "CachingOptimized"),
            ("/live/*", "live-mediapackage", "GET, HEAD, OPTIONS", "Elemental-MediaPackage"),
            ("/media/*", "media-failover", "GET, HEAD, OPTIONS", "CachingOptimized"),
            ("/api/*", "app-alb", "all seven", "CachingDisabled"),
            (
                "Default (*)",
                "app-alb",
                "GET, HEAD, OPTIONS",
                "UseOriginCacheControlHeaders-QueryStrings"
            ),
        ]
    );
    let items: Vec<_> = rows.iter().map(|row| row.item).collect();
    assert_eq!(items[..2], [Item::Behavior(0), Item::Behavior(1)]);
    assert_eq!(items[5], Item::Default);
    assert_eq!(of(&least()).behaviors[0].methods, "GET, HEAD", "CB-03: nothing said");
}

#[test]
fn ttls_are_those_of_the_policy_or_the_legacy_ones() {
    let ttls = |example: &str| {
        of(&draft(example)).behaviors.into_iter().map(|row| row.ttl).collect::<Vec<_>>()
    };
    // MC-01, MC-02, MC-05.
    assert_eq!(ttls(API_AND_MEDIA)[0], "1 / 86,400 / 31,536,000");
    assert_eq!(ttls(API_AND_MEDIA)[4], "0 / 0 / 0");
    assert_eq!(
        ttls(LEGACY),
        [
            "3,600 / 86,400 / 31,536,000",
            "0 / 300 / 3,600",
            "0 / 86,400 / 31,536,000",
            "0 / 0 / 0",
            "0 / 86,400 / 31,536,000"
        ]
    );
    let mut draft = draft(LEGACY);
    enter(&mut draft, Item::Default, Setting::DefaultTtl, "");
    enter(&mut draft, Item::Default, Setting::MaxTtl, "soon");
    assert_eq!(of(&draft).behaviors[4].ttl, "0 / – / soon");
    enter(&mut draft, Item::Default, Setting::CachePolicy, "11111111-2222-3333-4444-555555555555");
    let row = &of(&draft).behaviors[4];
    assert_eq!(row.ttl, "not given", "IM-01");
    assert_eq!(row.policy, "11111111-2222-3333-4444-555555555555");
}

#[test]
fn each_row_counts_what_is_wrong_with_it() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, Item::Origin(1), Setting::Attempts, "0");
    enter(&mut draft, Item::Origin(1), Setting::ConnectionTimeout, "0");
    enter(&mut draft, Item::Behavior(3), Setting::ViewerProtocol, "x");
    let overview = of(&draft);
    let origins: Vec<_> = overview.origins.iter().map(|row| row.faults).collect();
    let behaviors: Vec<_> = overview.behaviors.iter().map(|row| row.faults).collect();
    assert_eq!((origins, behaviors), (vec![0, 2, 0, 0, 0], vec![0, 0, 0, 1, 0, 0]));
}

#[test]
fn a_distribution_is_called_by_its_first_other_name_or_its_own() {
    assert_eq!(Overview::name(&draft(API_AND_MEDIA)), "www.example.com");
    assert_eq!(Overview::name(&draft(S3_SITE)), "d111111abcdef8.cloudfront.net");
}
