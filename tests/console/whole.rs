//! What is entered for the whole, for origin groups and for error pages.

use edgewalk::distribution::Draft;
use edgewalk::scene::console::{Item, Overview, Setting, Sheet};
use edgewalk::simulation::{Action, Run, built_in_scenario};

use crate::{
    API_AND_MEDIA, LEGACY, S3_SITE, at, draft, enter, errors, field, findings, least, value,
};

const WHOLE: Item = Item::General;

#[test]
fn ds_04_ds_15_ds_02_names_the_root_object_and_the_price_class() {
    let mut draft = draft(S3_SITE);
    assert_eq!(value(&draft, WHOLE, Setting::PriceClass), "PriceClass_100");
    enter(&mut draft, WHOLE, Setting::PriceClass, "PriceClass_200");
    assert_eq!(at(&draft, "PriceClass"), r#""PriceClass_200""#);
    enter(&mut draft, WHOLE, Setting::Aliases, " a.example.com \n\n*.example.com\n");
    let two = r#"{"Quantity":2,"Items":["a.example.com","*.example.com"]}"#;
    assert_eq!(at(&draft, "Aliases"), two);
    assert_eq!(value(&draft, WHOLE, Setting::Aliases), "a.example.com\n*.example.com");
    enter(&mut draft, WHOLE, Setting::Aliases, "");
    assert_eq!(at(&draft, "Aliases"), r#"{"Quantity":0}"#, "WR-08");
    enter(&mut draft, WHOLE, Setting::RootObject, "/index.html");
    assert_eq!(findings(&draft), [("DefaultRootObject".to_owned(), "DS-15")]);
    let sheet = Sheet::of(WHOLE, &draft, &errors(&draft)).unwrap();
    let wrong: Vec<_> = sheet.fields.iter().filter(|field| !field.faults.is_empty()).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].setting, Setting::RootObject);
    assert_eq!(WHOLE.count_faults(&errors(&draft)), 1);
    assert_eq!(Item::Default.count_faults(&errors(&draft)), 0);
    // A document that says nothing of it uses all edge locations.
    assert_eq!(value(&least(), WHOLE, Setting::PriceClass), "PriceClass_All");
}

#[test]
fn ds_20_countries_are_listed_where_there_is_a_restriction_and_only_there() {
    let mut draft = draft(S3_SITE);
    let geo = "Restrictions.GeoRestriction";
    let said = |draft: &edgewalk::distribution::Draft| field(draft, WHOLE, Setting::Countries).help;
    enter(&mut draft, WHOLE, Setting::Countries, "DE");
    assert_eq!(at(&draft, geo), at(&crate::draft(S3_SITE), geo), "it is off");
    assert!(said(&draft).ends_with("choose Allow or Block first"), "{}", said(&draft));
    enter(&mut draft, WHOLE, Setting::GeoSort, "blacklist");
    assert_eq!(said(&draft), "As in DE FR");
    assert_eq!(findings(&draft), [(geo.to_owned(), "DS-20")], "of which countries?");
    enter(&mut draft, WHOLE, Setting::Countries, "de, Fr\nXX");
    let three = r#"{"RestrictionType":"blacklist","Quantity":3,"Items":["DE","FR","XX"]}"#;
    assert_eq!(at(&draft, geo), three);
    assert_eq!(value(&draft, WHOLE, Setting::Countries), "DE FR XX");
    let sheet = Sheet::of(WHOLE, &draft, &errors(&draft)).unwrap();
    let fault =
        |setting| sheet.fields.iter().find(|field| field.setting == setting).unwrap().faults.len();
    assert_eq!((fault(Setting::GeoSort), fault(Setting::Countries)), (0, 1), "XX is no country");
    enter(&mut draft, WHOLE, Setting::Countries, "DE");
    assert_eq!(findings(&draft), []);
    let taken = draft.check().unwrap();
    assert!(!taken.distribution().geo.as_ref().unwrap().serves("DE"));
    enter(&mut draft, WHOLE, Setting::GeoSort, "none");
    assert_eq!(at(&draft, geo), r#"{"RestrictionType":"none","Quantity":0}"#);
    assert_eq!(findings(&draft), []);
}

#[test]
fn lg_01_to_lg_04_a_log_that_is_switched_off_forgets_where_it_went() {
    let mut draft = least();
    assert_eq!(value(&draft, WHOLE, Setting::Logs), "");
    enter(&mut draft, WHOLE, Setting::Logs, "true");
    enter(&mut draft, WHOLE, Setting::LogPrefix, "a/");
    enter(&mut draft, WHOLE, Setting::LogCookies, "true");
    let on = r#"{"Enabled":true,"IncludeCookies":true,"Bucket":"my-logs.s3.amazonaws.com","Prefix":"a/"}"#;
    assert_eq!(at(&draft, "Logging"), on);
    assert_eq!(findings(&draft), []);
    enter(&mut draft, WHOLE, Setting::LogBucket, "elsewhere.s3.amazonaws.com");
    enter(&mut draft, WHOLE, Setting::Logs, "true");
    assert_eq!(at(&draft, "Logging.Bucket"), r#""elsewhere.s3.amazonaws.com""#, "what was told");
    enter(&mut draft, WHOLE, Setting::Logs, "false");
    let off = r#"{"Enabled":false,"IncludeCookies":true,"Bucket":"","Prefix":""}"#;
    assert_eq!(at(&draft, "Logging"), off);
    assert_eq!(findings(&draft), []);
}

#[test]
fn ds_25_without_a_name_there_are_no_cache_tags() {
    let mut draft = least();
    enter(&mut draft, WHOLE, Setting::TagHeader, "X-Tags");
    assert_eq!(at(&draft, "CacheTagConfig"), r#"{"HeaderName":"X-Tags"}"#);
    enter(&mut draft, WHOLE, Setting::TagHeader, "");
    assert_eq!(at(&draft, "CacheTagConfig"), "nothing");
}

#[test]
fn ce_01_to_ce_04_a_page_has_a_path_and_a_status_or_neither() {
    let mut draft = least();
    let first = Item::new_error_page(&mut draft).unwrap();
    assert_eq!(value(&draft, first, Setting::ErrorStatus), "404");
    let second = Item::new_error_page(&mut draft).unwrap();
    assert_ne!(value(&draft, second, Setting::ErrorStatus), "404", "one entry a status");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, first, Setting::PagePath, "/404.html");
    assert_eq!(value(&draft, first, Setting::PageStatus), "404", "its own");
    enter(&mut draft, first, Setting::PageStatus, "200");
    enter(&mut draft, first, Setting::PagePath, "/missing.html");
    assert_eq!(value(&draft, first, Setting::PageStatus), "200", "the one that was chosen");
    enter(&mut draft, first, Setting::ErrorTtl, "60");
    assert_eq!(findings(&draft), []);
    let rows = Overview::of(&draft, &[]).error_pages;
    let row = |place: usize| {
        let row = &rows[place];
        [&*row.status, &*row.page, &*row.page_status, &*row.ttl]
    };
    assert_eq!(row(0), ["404", "/missing.html", "200", "60"]);
    assert_eq!(row(1)[1..], ["", "", "10"]);
    enter(&mut draft, first, Setting::PageStatus, "");
    assert_eq!(findings(&draft).len(), 1, "CE-02: a path alone");
    enter(&mut draft, first, Setting::PagePath, "");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, first, Setting::ErrorStatus, "418");
    assert_eq!(findings(&draft)[0].1, "CE-01");
    first.remove(&mut draft).unwrap();
    assert_eq!(at(&draft, "CustomErrorResponses.Quantity"), "1");
}

#[test]
fn err_02_ce_07_ce_08_a_minimum_ttl_says_of_which_errors_it_keeps_none() {
    for (status, row, help) in [
        ("404", "", ""),
        ("503", "", ""),
        ("400", "only with max-age", "max-age or s-maxage"),
        ("403", "only with max-age", "max-age or s-maxage"),
        ("405", "only with max-age", "max-age or s-maxage"),
        ("416", "never kept", "never kept"),
    ] {
        let mut draft = least();
        let page = Item::new_error_page(&mut draft).unwrap();
        enter(&mut draft, page, Setting::ErrorStatus, status);
        assert_eq!(Overview::of(&draft, &[]).error_pages[0].unless, row, "{status}");
        let said = field(&draft, page, Setting::ErrorTtl).help;
        assert!(said.contains(help) && said.is_empty() == help.is_empty(), "{status}: {said}");
    }
}

#[test]
fn og_01_to_og_03_a_group_of_two_and_the_statuses_at_which_it_turns() {
    let mut draft = draft(LEGACY);
    let group = Item::new_group(&mut draft).unwrap();
    assert_eq!(findings(&draft), []);
    enter(&mut draft, group, Setting::Criteria, "403 500,504");
    let path = format!("{}.FailoverCriteria.StatusCodes", group.path());
    assert_eq!(at(&draft, &path), r#"{"Quantity":3,"Items":[403,500,504]}"#);
    assert_eq!(value(&draft, group, Setting::Criteria), "403, 500, 504");
    for (wrong, row) in [("often", "ER-03"), ("418", "OG-03")] {
        enter(&mut draft, group, Setting::Criteria, wrong);
        assert_eq!(findings(&draft)[0].1, row);
    }
    enter(&mut draft, group, Setting::Criteria, "500");
    enter(&mut draft, group, Setting::Secondary, "nowhere");
    let place = format!("{}.Members.Items[1].OriginId", group.path());
    assert_eq!(findings(&draft), [(place, "OG-02")]);
    // Who names the group follows its name.
    let mut draft = crate::draft(API_AND_MEDIA);
    let group = Item::Group(0);
    let before = value(&draft, group, Setting::GroupId);
    let overview = Overview::of(&draft, &[]);
    let place = overview.behaviors.iter().position(|row| row.target == before).unwrap();
    enter(&mut draft, group, Setting::GroupId, "pair");
    assert_eq!(Overview::of(&draft, &[]).behaviors[place].target, "pair");
    assert_eq!(findings(&draft), []);
}

#[test]
fn the_whole_and_the_default_behavior_stay() {
    let mut draft = least();
    let before = draft.document().clone();
    for item in [Item::General, Item::Default] {
        assert!(!item.is_removable());
        item.remove(&mut draft).unwrap();
    }
    assert_eq!(*draft.document(), before);
}

#[test]
fn what_undoing_takes_back_is_the_last_action_and_no_walk_that_was_opened() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    assert_eq!(run.last_act(), None);
    crate::get(&mut run, "paris", "/app.js");
    let before = run.journal().len();
    let mut draft = Draft::of(&built_in_scenario().configuration);
    enter(&mut draft, WHOLE, Setting::RootObject, "home.html");
    let deploy = Action::Deploy(draft.check().unwrap().into());
    run.act(deploy.clone(), before).unwrap();
    assert_eq!(run.last_act(), Some((before, &deploy)), "it begins where the journal ended");
    run.undo();
    let (start, action) = run.last_act().unwrap();
    assert!(start == 0 && matches!(action, Action::Send { .. }));
    let walk = run.walk().clone();
    run.open(&walk, None, before, |_| Ok(0)).unwrap();
    assert_eq!(run.last_act(), None, "undoing would bring another walk back");
}

#[test]
fn ds_20_a_restriction_without_a_country_says_what_mends_it() {
    let mut draft = least();
    enter(&mut draft, Item::General, Setting::GeoSort, "blacklist");
    let faults = field(&draft, Item::General, Setting::GeoSort).faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("Name one country at least, as in DE, or set"), "{faults:?}");
    enter(&mut draft, Item::General, Setting::Countries, "DE");
    assert_eq!(errors(&draft), []);
}

#[test]
fn uv_06_what_stands_twice_says_what_comes_of_it() {
    let mut draft = least();
    Item::new_behavior(&mut draft).unwrap();
    let help = |draft: &_, item| field(draft, item, Setting::PathPattern).help;
    assert_eq!(help(&draft, Item::Behavior(0)), "");
    Item::new_behavior(&mut draft).unwrap();
    let said = "Precedence 0 has this pattern, too: it takes all, and nothing comes here";
    assert_eq!([0, 1].map(|place| help(&draft, Item::Behavior(place))), ["", said]);
    enter(&mut draft, Item::General, Setting::Aliases, "a.example\nb.example\na.example");
    let said = "One a line; a.example stands twice, which changes nothing";
    assert_eq!(field(&draft, Item::General, Setting::Aliases).help, said);
    enter(&mut draft, Item::General, Setting::Aliases, "a.example\nb.example");
    assert_eq!(field(&draft, Item::General, Setting::Aliases).help, "One a line");
}

#[test]
fn or_02_an_origin_that_takes_the_name_of_another_says_so_where_it_is_typed() {
    let mut draft = draft(crate::API_AND_MEDIA);
    let other = value(&draft, Item::Origin(1), Setting::OriginId);
    let faults = |draft: &_, place| field(draft, Item::Origin(place), Setting::OriginId).faults;
    let own = value(&draft, Item::Origin(0), Setting::OriginId);
    enter(&mut draft, Item::Origin(0), Setting::OriginId, &other);
    let said = faults(&draft, 0);
    assert!(said.len() == 1 && said[0].contains("OR-02"), "{said:?}");
    assert_eq!(faults(&draft, 1), said);
    assert_eq!(faults(&draft, 2), [] as [&str; 0]);
    enter(&mut draft, Item::Origin(0), Setting::OriginId, &own);
    assert_eq!(faults(&draft, 0), [] as [&str; 0]);
}
