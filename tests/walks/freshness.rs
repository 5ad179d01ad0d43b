//! How long a stored response serves, and what happens after.

use edgewalk::distribution::{PathPattern, TtlBounds};
use edgewalk::edge::{Decision, Found, Kept, NotStored, Tier};
use edgewalk::http::Method;
use edgewalk::network::{City, Region};
use edgewalk::simulation::{Action, Event, Place, Run, What};
use edgewalk::time::SimTime;

use crate::common::{act, ask, get, last_shown, run, trace, wait};
use crate::{at_rec, decisions, reached, with_ttl, x_cache};

#[test]
fn ttl_24_a_pop_inherits_the_instant_at_which_its_rec_copy_becomes_stale() {
    let mut run = run([get("paris", "/feed.xml"), wait(20)]);
    let filled = act(&mut run, get("london", "/feed.xml"));
    assert!(!filled.iter().any(|event| matches!(event.place, Place::Origin(_))), "from the REC");
    act(&mut run, wait(9));
    assert_eq!(at_rec(&act(&mut run, get("london", "/feed.xml"))), 0, "one second is left");
    act(&mut run, wait(2));
    let events = act(&mut run, get("london", "/feed.xml"));
    let stale = |decision: &&&Decision| {
        matches!(decision, Decision::LookedUp { found: Found::Stale { .. }, .. })
    };
    assert_eq!(
        decisions(&events).iter().filter(stale).count(),
        2,
        "30 s after the origin's answer, in POP and REC alike"
    );
}

#[test]
fn rev_01_02_03_05_07_10_a_stale_object_is_asked_about_and_confirmed() {
    let mut run = run([get("paris", "/feed.xml"), wait(31)]);
    let events = act(&mut run, get("paris", "/feed.xml"));
    let reached: Vec<_> = reached(&events).map(|(request, _)| request).collect();
    assert_eq!(reached.len(), 1, "REV-10: one conditional request, from the REC");
    assert!(
        reached[0].fields.has("If-None-Match") && reached[0].fields.has("If-Modified-Since"),
        "REV-02, REV-03"
    );
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.status.0),
        ("RefreshHit from cloudfront", 200),
        "REV-05"
    );
    assert_eq!(response.fields.get("Age"), Some("0"), "AGE-01");
    assert!(response.body.length > 0);
    act(&mut run, wait(20));
    act(&mut run, get("paris", "/feed.xml"));
    assert_eq!(
        last_shown(run.journal()).0,
        "Hit from cloudfront",
        "REV-07: the lifetime was counted afresh"
    );
}

/// REV-05 where the POP alone holds the stale response: the origin's 304 confirms it there, and the REC keeps nothing.
fn confirmed_at_the_pop_alone(run: &mut Run) {
    let events = act(run, get("paris", "/feed.xml"));
    let looked: Vec<_> = decisions(&events)
        .into_iter()
        .filter_map(|decision| match decision {
            Decision::LookedUp { found, .. } => Some(*found),
            _ => None,
        })
        .collect();
    assert!(matches!(looked[..], [Found::Stale { .. }, Found::Absent]), "{looked:?}");
    let replied = events.iter().any(
        |event| matches!(&event.what, What::Replied { response, .. } if response.status.0 == 304),
    );
    assert!(replied, "the origin says 304");
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.status.0, response.body.length),
        ("RefreshHit from cloudfront", 200, 40_960)
    );
    let nothing = Decision::NotStored { why: NotStored::ConfirmedBelow };
    assert!(decisions(&events).contains(&&nothing), "REV-14: the REC got no body to keep");
    assert!(trace(&events).contains(&"CDG stored feed.xml for 30 s, refreshed".to_owned()));
    assert_eq!(self::x_cache(run, get("paris", "/feed.xml")), "Hit from cloudfront");
}

#[test]
fn rev_07_the_lifetime_that_starts_with_a_304_is_weighed_anew() {
    let ttl = TtlBounds { min: 0, default: 5, max: 10 };
    // /feed.xml is fresh for 30 s by its own word, and the maximum TTL comes after it was stored (TTL-28).
    let mut run = run([
        get("paris", "/feed.xml"),
        Action::SetTtl { pattern: PathPattern::new("*"), ttl },
        wait(31),
    ]);
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), "RefreshHit from cloudfront");
    act(&mut run, wait(9));
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), "Hit from cloudfront");
    act(&mut run, wait(2));
    assert_eq!(x_cache(&mut run, get("paris", "/feed.xml")), "RefreshHit from cloudfront");
}

#[test]
fn rev_05_14_a_stale_pop_copy_that_never_passed_the_rec_is_confirmed() {
    let city = City::find("paris").unwrap();
    let same_region = |on| Action::SetSameRegion { on, city };
    let mut run = run([same_region(true), get("paris", "/feed.xml"), same_region(false), wait(40)]);
    confirmed_at_the_pop_alone(&mut run);
}

#[test]
fn rev_05_14_a_stale_pop_copy_whose_rec_copy_was_evicted_is_confirmed() {
    // London fills the REC that both share, 500,000 bytes, with an object that its own POP has no room for.
    let mut run = run([
        Action::SetPopCapacity { bytes: 50_000 },
        get("paris", "/feed.xml"),
        get("london", "/img/hero.jpg"),
        get("london", "/img/map.png"),
        wait(40),
    ]);
    confirmed_at_the_pop_alone(&mut run);
}

#[test]
fn rev_06_a_new_version_replaces_the_stale_one() {
    let publish = Action::Publish { path: "/feed.xml".into() };
    let mut run = run([get("paris", "/feed.xml"), publish]);
    act(&mut run, get("paris", "/feed.xml"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.body.version),
        ("Hit from cloudfront", 1),
        "INV-51: the old one, until stale"
    );
    act(&mut run, get("tokyo", "/feed.xml"));
    let elsewhere = last_shown(run.journal()).1.body.version;
    assert_eq!(elsewhere, 2, "INV-51: where no copy was, the new one");
    act(&mut run, get("paris", "/feed.xml"));
    assert_eq!(last_shown(run.journal()).1.body.version, 1, "INV-51: they disagree");
    act(&mut run, wait(31));
    act(&mut run, get("paris", "/feed.xml"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.body.version), ("Miss from cloudfront", 2));
}

#[test]
fn rev_09_a_copy_that_is_fresh_at_the_rec_answers_a_stale_pop() {
    let mut run = run([get("paris", "/feed.xml"), wait(31), get("london", "/feed.xml"), wait(1)]);
    let events = act(&mut run, get("paris", "/feed.xml"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Origin(_))));
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront");
    let told = trace(&events);
    let same =
        |line: &String| line.starts_with("CDG stored feed.xml") && line.ends_with(", the same");
    assert!(told.iter().any(same), "REV-09: by the REC, and by no 304 of the origin: {told:?}");
}

#[test]
fn rev_09_a_new_body_that_is_fresh_at_the_rec_is_a_hit_too() {
    let publish = Action::Publish { path: "/feed.xml".into() };
    let before = [get("paris", "/feed.xml"), publish, wait(31), get("london", "/feed.xml")];
    let mut run = run(before);
    act(&mut run, wait(1));
    let events = act(&mut run, get("paris", "/feed.xml"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Origin(_))));
    let (word, response) = last_shown(run.journal());
    assert_eq!((&*word, response.body.version), ("Hit from cloudfront", 2), "REV-09");
    let told = trace(&events);
    let is_held = |line: &String| line.ends_with("refreshed") || line.ends_with(", the same");
    assert!(!told.iter().any(is_held), "REV-09: {told:?}");
}

#[test]
fn rev_05_06_the_same_version_sent_whole_confirms_nothing() {
    // TTL-30: fetched whole each time, and no tier asks about what it holds, so the whole comes to the POP, too.
    let mut run = with_ttl(1, TtlBounds { min: 0, default: 300, max: 86_400 });
    let stored = |events: &[Event]| {
        let kept = decisions(events).into_iter().filter_map(|decision| match decision {
            Decision::Stored { kept, .. } => Some(*kept),
            _ => None,
        });
        kept.collect::<Vec<_>>()
    };
    let cold = act(&mut run, get("paris", "/checkout.html"));
    assert_eq!(stored(&cold), [Kept::Anew, Kept::Anew]);
    let again = act(&mut run, get("paris", "/checkout.html"));
    assert_eq!(stored(&again), [Kept::Anew, Kept::Anew], "REV-06: REC, POP");
}

#[test]
fn ttl_13_30_without_a_minimum_no_cache_and_max_age_0_are_asked_about_each_time() {
    for path in ["/stock.json", "/news.json"] {
        let mut run = with_ttl(1, TtlBounds { min: 0, default: 300, max: 86_400 });
        assert_eq!(x_cache(&mut run, get("paris", path)), "Miss from cloudfront", "{path}");
        for _ in 0..2 {
            let events = act(&mut run, get("paris", path));
            assert!(conditional_at_origin(&events), "{path}");
            assert_eq!(last_shown(run.journal()).0, "RefreshHit from cloudfront", "{path}");
        }
    }
}

#[test]
fn ttl_30_without_a_minimum_no_store_and_private_are_fetched_each_time() {
    for path in ["/checkout.html", "/account.html"] {
        let mut run = with_ttl(1, TtlBounds { min: 0, default: 300, max: 86_400 });
        for _ in 0..3 {
            let events = act(&mut run, get("paris", path));
            assert!(!conditional_at_origin(&events), "{path}: a plain GET");
            assert_eq!(last_shown(run.journal()).0, "Miss from cloudfront", "{path}");
        }
    }
}

/// Whether the origin was asked by a validator; it must have been asked.
fn conditional_at_origin(events: &[Event]) -> bool {
    reached(events).next().unwrap().0.fields.has("If-None-Match")
}

#[test]
fn ttl_04_a_lifetime_by_expires_counts_afresh_from_a_304() {
    let mut run = run([]);
    let cold = trace(&act(&mut run, get("paris", "/offers.html")));
    assert!(cold.contains(&"CDG stored offers.html for 120 s".to_owned()), "{cold:?}");
    act(&mut run, wait(121));
    let stale = trace(&act(&mut run, get("paris", "/offers.html")));
    assert!(stale.contains(&"CDG stored offers.html for 120 s, refreshed".to_owned()), "{stale:?}");
    assert_eq!(x_cache(&mut run, get("paris", "/offers.html")), "Hit from cloudfront");
}

#[test]
fn ttl_09_with_a_minimum_no_store_and_private_are_kept_by_every_tier_and_shared() {
    for path in ["/checkout.html", "/account.html"] {
        let mut run = with_ttl(1, TtlBounds { min: 60, default: 300, max: 86_400 });
        let stored = trace(&act(&mut run, get("paris", path)));
        let kept = |line: &&String| line.contains("stored") && line.ends_with(" for 60 s");
        assert_eq!(stored.iter().filter(kept).count(), 2, "in REC and POP: {stored:?}");
        let other = crate::common::request_with(
            Method::Get,
            path,
            "Accept-Encoding: gzip, br\nCookie: session=other",
        );
        assert_eq!(
            x_cache(&mut run, ask("paris", other)),
            "Hit from cloudfront",
            "{path}: the POP's"
        );
        let events = act(&mut run, get("london", path));
        assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "{path}");
        act(&mut run, wait(60));
        assert_ne!(x_cache(&mut run, get("paris", path)), "Hit from cloudfront", "{path}");
    }
}

#[test]
fn ttl_10_a_viewers_no_cache_cannot_force_origin_contact() {
    let mut run = run([get("paris", "/app.js")]);
    let request = crate::common::request_with(
        Method::Get,
        "/app.js",
        "Accept-Encoding: gzip, br\nCache-Control: no-cache\nPragma: no-cache",
    );
    let events = act(&mut run, ask("paris", request));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
}

#[test]
fn ttl_14_a_redirect_is_kept_and_passed_on_and_never_followed() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/home"));
    let asked: Vec<&str> = reached(&events).map(|(request, _)| request.target.path()).collect();
    assert_eq!(asked, ["/home"], "TTL-14: nobody follows it");
    let kept = |line: &&String| line.ends_with("stored home for 3600 s");
    assert_eq!(trace(&events).iter().filter(kept).count(), 2, "TTL-14: in REC and POP");
    for word in ["Miss from cloudfront", "Hit from cloudfront"] {
        let (x_cache, response) = last_shown(run.journal());
        let location = response.fields.get("Location");
        assert_eq!((response.status.0, location), (301, Some("/index.html")), "TTL-14");
        assert_eq!(x_cache, word, "TTL-14");
        act(&mut run, get("paris", "/home"));
    }
    act(&mut run, wait(3600));
    assert_ne!(x_cache(&mut run, get("paris", "/home")), "Hit from cloudfront", "TTL-14");
}

#[test]
fn err_01_16_17_a_404_is_kept_for_ten_seconds() {
    let mut run = run([]);
    assert_eq!(x_cache(&mut run, get("paris", "/nowhere.html")), "Error from cloudfront");
    let events = act(&mut run, get("paris", "/nowhere.html"));
    assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-16");
    act(&mut run, wait(11));
    let events = act(&mut run, get("paris", "/nowhere.html"));
    assert!(events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-17");
}

/// What the tiers hold: where, which version, and when it becomes stale.
fn held(run: &Run) -> Vec<(Place, u32, SimTime)> {
    let of = |(place, tier): (Place, &Tier)| {
        let stored = tier.store().iter();
        stored.map(|(_, s)| (place, s.response().body.version, s.stale_at())).collect::<Vec<_>>()
    };
    run.world().tiers().flat_map(of).collect()
}

#[test]
fn flow_09_nothing_is_pushed_to_the_edge() {
    let mut run = run([]);
    assert_eq!(run.world().tiers().count(), 0, "FLOW-09: nobody has asked yet");
    act(&mut run, get("paris", "/feed.xml"));
    let before = held(&run);
    assert_eq!(before.len(), 2, "in one POP and its REC");
    act(&mut run, Action::Publish { path: "/feed.xml".into() });
    assert_eq!(held(&run), before, "FLOW-09");
    act(&mut run, get("tokyo", "/feed.xml"));
    let after = held(&run);
    let (old, new): (Vec<_>, Vec<_>) = after.into_iter().partition(|(_, version, _)| *version == 1);
    assert_eq!(old, before, "FLOW-09");
    assert_eq!(new.iter().map(|(_, version, _)| *version).collect::<Vec<_>>(), [2, 2], "FLOW-09");
}

#[test]
fn flow_11_what_is_stored_stays_where_the_origin_moves() {
    let mut run = run([get("paris", "/app.js")]);
    let region = Region::find("eu-west-1").unwrap();
    act(&mut run, Action::SetOriginRegion { region });
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront", "FLOW-11");
    let events = act(&mut run, get("paris", "/style.css"));
    assert!(events.iter().any(|event| event.place == Place::Origin(region)), "it did move");
}

#[test]
fn ttl_28_another_policy_holds_for_what_is_fetched_from_then_on() {
    let mut run = run([get("paris", "/app.js")]);
    let before = held(&run);
    assert_eq!(before.len(), 2);
    act(&mut run, Action::SetDynamic { pattern: PathPattern::new("*"), on: true });
    act(&mut run, get("paris", "/style.css"));
    assert_eq!(held(&run), before, "TTL-28: what was kept stays, and nothing more is kept");
    act(&mut run, Action::SetDynamic { pattern: PathPattern::new("*"), on: false });
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront", "TTL-28");
}
