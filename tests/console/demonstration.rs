//! "See it in the walk": the request that is prepared meets what the sheet is about, as the engine answers it.

use edgewalk::distribution::aws::Sort;
use edgewalk::distribution::{Configuration, Draft, Side};
use edgewalk::http::{Fields, Method, Request, Target};
use edgewalk::network::City;
use edgewalk::scene::console::{Demonstration, Item, Setting};
use edgewalk::simulation::{Action, Run, What, built_in_scenario};

use crate::{enter, findings};

const ASKED: &str = "/img/hero.jpg";

fn addis() -> City {
    City::find("Addis Ababa").unwrap()
}

fn built_in() -> Draft {
    Draft::of(&built_in_scenario().configuration)
}

/// What is prepared for an item of a draft that is in force, while the composer asks for [`ASKED`] from [`addis`].
fn prepared(draft: &Draft, item: Item, setting: Option<Setting>) -> Demonstration {
    assert_eq!(findings(draft), []);
    let run = in_force(draft.check().unwrap());
    let configuration = run.world().settings().configuration.clone();
    let site = run.world().site();
    Demonstration::of((item, setting), draft, &configuration, site, (addis(), ASKED))
}

fn in_force(configuration: Configuration) -> Run {
    let mut run = Run::new(built_in_scenario()).unwrap();
    run.act(Action::Configure(configuration.into()), 0).unwrap();
    run
}

/// The status that the viewer of a prepared request gets.
fn answered(draft: &Draft, shown: &Demonstration) -> u16 {
    let mut run = in_force(draft.check().unwrap());
    let target = Target::parse(shown.path.as_deref().unwrap_or(ASKED)).unwrap();
    let mut request = Request::new(Method::Get, target, Fields::new().into());
    request.scheme = edgewalk::http::Scheme::Https;
    let city = shown.city.unwrap_or_else(addis);
    run.act(Action::Send { city, request: request.into() }, run.journal().len()).unwrap();
    let mut events = run.journal().events().iter().rev();
    let status = events.find_map(|event| match &event.what {
        What::Shown { response, .. } => Some(response.status.0),
        _ => None,
    });
    status.unwrap()
}

#[test]
fn ce_01_an_error_page_has_a_path_that_fails_so() {
    let mut met = Vec::new();
    for status in ["404", "403", "500", "503"] {
        let mut draft = built_in();
        let page = Item::new_error_page(&mut draft).unwrap();
        enter(&mut draft, page, Setting::ErrorStatus, status);
        let shown = prepared(&draft, page, None);
        if shown.path.is_some() {
            assert_eq!(answered(&draft, &shown).to_string(), status, "{shown:?}");
            met.push(status);
        } else {
            assert!(shown.note.contains(status), "{shown:?}");
        }
    }
    assert!(met.iter().any(|status| status.starts_with('4')), "{met:?}");
}

#[test]
fn ds_20_a_block_of_countries_has_a_viewer_whom_it_refuses() {
    for (sort, countries) in [("blacklist", "FR"), ("whitelist", "ET")] {
        let mut draft = built_in();
        enter(&mut draft, Item::General, Setting::GeoSort, sort);
        enter(&mut draft, Item::General, Setting::Countries, countries);
        let shown = prepared(&draft, Item::General, Some(Setting::Countries));
        let city = shown.city.unwrap();
        assert_eq!(city.country_code() == "FR", sort == "blacklist", "{city:?}");
        assert_eq!(answered(&draft, &shown), 403);
    }
    let nothing = prepared(&built_in(), Item::General, Some(Setting::Comment));
    assert_eq!(nothing, Demonstration::default());
}

#[test]
fn a_behavior_and_its_origin_have_a_path_that_goes_there() {
    let draft = built_in();
    let configuration = draft.check().unwrap();
    let distribution = configuration.distribution();
    let led_to =
        |shown: &Demonstration| distribution.behavior_for(shown.path.as_deref().unwrap_or(ASKED));
    let last = distribution.behaviors.len() - 1;
    for place in 0..last {
        assert_eq!(led_to(&prepared(&draft, Item::Behavior(place), None)), place);
    }
    assert_eq!(led_to(&prepared(&draft, Item::Default, None)), last);
    for (place, origin) in distribution.origins.iter().enumerate() {
        if distribution.behaviors.iter().any(|behavior| behavior.origin_id == origin.id) {
            let led = led_to(&prepared(&draft, Item::Origin(place), None));
            assert_eq!(distribution.behaviors[led].origin_id, origin.id);
        }
    }
}

#[test]
fn vsec_21_a_web_acl_has_what_its_first_rule_matches() {
    for (rule, city, path) in [
        ("block country DE", Some("DE"), None),
        ("block path /admin", None, Some("/admin")),
        ("block path-ends .php", None, Some("/.php")),
    ] {
        let mut draft = built_in();
        let acl = Item::new_beside(&mut draft, Sort::WebAcl).unwrap();
        enter(&mut draft, acl, Setting::AclRules, rule);
        let named = Setting::WebAcl;
        let arn = draft.at(&acl.path().member("ARN")).unwrap().as_text().unwrap().to_owned();
        enter(&mut draft, Item::General, named, &arn);
        for (item, setting) in [(acl, None), (Item::General, Some(named))] {
            let shown = prepared(&draft, item, setting);
            assert_eq!(shown.city.map(City::country_code), city, "{rule}");
            assert_eq!(shown.path.as_deref(), path, "{rule}");
            assert_eq!(answered(&draft, &shown), 403, "{rule}");
        }
    }
}

#[test]
fn cd_05_staging_by_a_header_has_that_header() {
    let mut draft = built_in();
    let policy = Item::new_beside(&mut draft, Sort::DeploymentPolicy).unwrap();
    assert_eq!(prepared(&draft, policy, None).field, None, "by weight there is none");
    enter(&mut draft, policy, Setting::TrafficType, "SingleHeader");
    let shown = prepared(&draft, policy, None);
    let (name, value) = shown.field.unwrap();
    assert!(name.starts_with("aws-cf-cd-") && !value.is_empty());
    draft.turn(Side::Staging);
    assert!(prepared(&draft, Item::Default, None).field.is_some());
}
