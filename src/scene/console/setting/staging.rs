//! The settings of a continuous deployment policy: what each says, and how it is put in (CD-02 to CD-07).

use super::Setting;
use crate::distribution::{Draft, Weight};
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::before;
use crate::scene::console::item::{self, Item};

/// The settings of a policy: those of its way of choosing alone.
pub(super) fn settings(item: Item, draft: &Draft) -> Vec<Setting> {
    use Setting as S;
    let mut settings = vec![S::PolicyEnabled, S::TrafficType];
    if S::TrafficType.value(item, draft) == "SingleHeader" {
        settings.extend([S::StagingHeader, S::StagingValue]);
        return settings;
    }
    settings.extend([S::StagingWeight, S::Sticky]);
    if S::Sticky.value(item, draft) == "true" {
        settings.extend([S::IdleTtl, S::MaximumTtl]);
    }
    settings
}

/// What a setting says now; none where it is a setting as any other.
pub(super) fn value(setting: Setting, here: Option<&Json>) -> Option<String> {
    match setting {
        Setting::StagingWeight => {
            let text = here.map(crate::scene::console::lines::shown).unwrap_or_default();
            Some(Weight::parse(&text).map_or(text, |weight| weight.to_string()))
        }
        Setting::Sticky => Some(here.is_some().to_string()),
        _ => None,
    }
}

/// What is meant by a weight: percent, which the API has as a fraction.
pub(super) fn help(percent: &str) -> String {
    let weight = Weight::parse(&format!("{percent}e-2"));
    match weight.filter(|weight| *weight <= Weight::LARGEST) {
        Some(weight) => format!("0 to 15 percent; AWS's API has this one as {}", weight.fraction()),
        None => "0 to 15 percent, as in 7.5".to_owned(),
    }
}

/// Puts a value in; false where it is a setting as any other.
pub(super) fn put(
    setting: Setting,
    draft: &mut Draft,
    item: Item,
    value: &str,
) -> Result<bool, NoSuchPlace> {
    let path = setting.path(item, draft);
    let number = |text: &str| Json::Fraction(text.to_owned());
    let was = |draft: &Draft, name: &str| {
        let traffic = before::of(draft, item)?.member("TrafficConfig")?;
        traffic.member(name).cloned()
    };
    match setting {
        Setting::TrafficType => {
            let is_header = value == "SingleHeader";
            let name = if is_header { "SingleHeaderConfig" } else { "SingleWeightConfig" };
            let begun = if is_header {
                [("Header", "aws-cf-cd-staging"), ("Value", "true")]
                    .map(|(name, value)| (name, Json::text(value)))
                    .to_vec()
            } else {
                vec![("Weight", number("0.15"))]
            };
            let config = was(draft, name).unwrap_or_else(|| Json::object(begun));
            let traffic = Json::object([(name, config), ("Type", Json::text(value))]);
            draft.set(&item.path().member("TrafficConfig"), traffic)?;
        }
        Setting::StagingWeight => {
            let typed = value.trim().trim_end_matches('%').trim_end();
            let weight = Weight::parse(&format!("{typed}e-2"));
            let is_it = |json: &Json| {
                let text = crate::scene::console::lines::shown(json);
                weight.is_some() && Weight::parse(&text) == weight
            };
            let before = was(draft, "SingleWeightConfig")
                .and_then(|config| config.member("Weight").cloned())
                .filter(is_it);
            let json = before.unwrap_or_else(|| match weight.map(Weight::fraction) {
                None => Json::text(typed),
                Some(text) if text == "0" => Json::Whole(0),
                Some(text) => number(&text),
            });
            draft.set(&path, json)?;
        }
        Setting::Sticky if value == "true" => {
            let seconds = [("IdleTTL", 300), ("MaximumTTL", 600)];
            let begun = seconds.map(|(name, secs)| (name, Json::Whole(secs)));
            let before = was(draft, "SingleWeightConfig")
                .and_then(|config| config.member("SessionStickinessConfig").cloned());
            draft.set(&path, before.unwrap_or_else(|| Json::object(begun)))?;
        }
        Setting::Sticky => item::take_out(draft, &path)?,
        _ => return Ok(false),
    }
    Ok(true)
}
