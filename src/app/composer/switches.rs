//! What the switches "What if" say. It reads the configuration; what a cache does with it is decided elsewhere.

use super::model::Control;
use super::state::ComposerState;
use crate::distribution::{Behavior, Origin, OriginKind, PathPattern};
use crate::http::Method;
use crate::network::Region;
use crate::simulation::Settings;

/// Where a switch stands, and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// At the playhead.
    pub(super) is_on: bool,
    /// Why it cannot be switched on now; what is on can always be switched off.
    pub(super) refusal: Option<String>,
    /// What holds while it is as it is.
    pub(super) help: Option<String>,
}

impl Position {
    /// The switch of a control, for the path of the next request.
    pub(super) fn of(control: Control, settings: &Settings, path: &str) -> Self {
        let on = |is_on| Self { is_on, ..Self::default() };
        match control {
            Control::StartEmpty => on(settings.starts_empty),
            Control::Dynamic => {
                Self { help: dynamic_reason(settings, path), ..on(settings.is_dynamic(path)) }
            }
            Control::ProxyMethod => on(is_proxy_method(settings.method)),
            Control::Shield => {
                let region = shield_region(settings, path);
                let help = region.map(|region| format!("It stands in {}.", region.name()));
                Self { is_on: help.is_some(), help, refusal: None }
            }
            Control::SameRegion => {
                let other_origin = same_region_refusal(settings, path);
                if !settings.same_region {
                    return Self { refusal: other_origin, ..on(false) };
                }
                let lines: Vec<_> =
                    bucket_place(settings).into_iter().chain(other_origin).collect();
                Self { help: Some(lines.join(" ")).filter(|line| !line.is_empty()), ..on(true) }
            }
            _ => Self::default(),
        }
    }

    /// The one line below the switch.
    pub(super) fn line(self) -> Option<String> {
        self.refusal.or(self.help)
    }
}

/// The pattern of the behavior for a path (FLOW-15).
pub(super) fn pattern_of(settings: &Settings, path: &str) -> Option<PathPattern> {
    let distribution = settings.configuration.distribution();
    let behavior = distribution.behaviors.get(distribution.behavior_for(path))?;
    Some(behavior.pattern.clone())
}

/// The behavior for the path of the next request, under the settings at the playhead.
pub(super) fn behavior_of(composer: ComposerState) -> Option<Behavior> {
    let (settings, path) = (composer.settings(), composer.path());
    let distribution = settings.distribution();
    distribution.behaviors.get(distribution.behavior_for(&path)).cloned()
}

/// The origin for a path under these settings.
pub(super) fn origin_of(settings: &Settings, path: &str) -> Option<Origin> {
    let distribution = settings.distribution();
    let (_, origin) = distribution.origin_of(distribution.behavior_for(path))?;
    Some(origin.clone())
}

/// Where the Origin Shield of the origin for a path stands, if it has one.
fn shield_region(settings: &Settings, path: &str) -> Option<Region> {
    Region::find(&origin_of(settings, path)?.shield_region?).ok()
}

/// Whether a method is one of those that are always passed on (REC-01, REC-02).
const fn is_proxy_method(method: Method) -> bool {
    !matches!(method, Method::Get | Method::Head)
}

/// Which behavior makes the path dynamic, if one does.
fn dynamic_reason(settings: &Settings, path: &str) -> Option<String> {
    let pattern = pattern_of(settings, path).filter(|_| settings.is_dynamic(path))?;
    Some(format!("The behavior for {pattern} keeps nothing."))
}

/// Why the path has no bucket that could move (REC-08).
fn same_region_refusal(settings: &Settings, path: &str) -> Option<String> {
    let distribution = settings.configuration.distribution();
    let (_, origin) = distribution.origin_of(distribution.behavior_for(path))?;
    let pattern = pattern_of(settings, path)?;
    (origin.kind != OriginKind::S3Bucket).then(|| {
        let kind = origin.kind.in_words();
        format!("{pattern} comes from {kind}; the rule speaks of S3 buckets only (REC-08).")
    })
}

/// Where the bucket stands while it follows the viewer's regional edge cache.
fn bucket_place(settings: &Settings) -> Option<String> {
    let region = settings.bucket_region.filter(|_| settings.same_region)?;
    let rec = region.rec()?;
    Some(format!("The bucket stands in {}, beside {}'s cache.", region.code(), rec.short_name()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::network::{City, Region};
    use crate::simulation::{Action, Run, built_in_scenario};

    fn settings_after(action: Action) -> Settings {
        let mut run = Run::new(built_in_scenario()).unwrap();
        run.act(action, 0).unwrap();
        run.world().settings().clone()
    }

    #[test]
    fn a_switch_speaks_of_the_behavior_for_the_path() {
        let settings = Settings::of(&built_in_scenario());
        let reason = |settings: &Settings, path| dynamic_reason(settings, path);
        assert_eq!(
            reason(&settings, "/api/cart").unwrap(),
            "The behavior for /api/* keeps nothing."
        );
        assert_eq!(reason(&settings, "/app.js"), None);
        let pattern = pattern_of(&settings, "/app.js").unwrap();
        let dynamic = settings_after(Action::SetDynamic { pattern, on: true });
        assert_eq!(reason(&dynamic, "/app.js").unwrap(), "The behavior for * keeps nothing.");
        let pattern = pattern_of(&settings, "/api/cart").unwrap();
        let kept = settings_after(Action::SetDynamic { pattern, on: false });
        assert_eq!(reason(&kept, "/api/cart"), None);
    }

    #[test]
    fn what_is_on_can_always_be_switched_off() {
        let off = Settings::of(&built_in_scenario());
        let at = |settings: &Settings, path| Position::of(Control::SameRegion, settings, path);
        assert!(!at(&off, "/api/orders").is_on);
        assert!(at(&off, "/api/orders").refusal.is_some());
        assert_eq!(at(&off, "/img/hero.jpg"), Position::default());
        let city = City::find("Berlin").unwrap();
        let on = settings_after(Action::SetSameRegion { on: true, city });
        let switched = at(&on, "/api/orders");
        assert!(switched.is_on && switched.refusal.is_none());
        let line = switched.line().unwrap();
        assert!(line.starts_with("The bucket stands in") && line.contains("REC-08"), "{line}");
    }

    #[test]
    fn rec_08_only_a_bucket_can_stand_beside_the_cache() {
        let settings = Settings::of(&built_in_scenario());
        assert_eq!(same_region_refusal(&settings, "/img/hero.jpg"), None);
        let refusal = same_region_refusal(&settings, "/api/orders").unwrap();
        assert_eq!(
            refusal,
            "/api/* comes from a load balancer; the rule speaks of S3 buckets only (REC-08)."
        );
    }

    #[test]
    fn the_bucket_is_where_the_settings_say() {
        let city = City::find("Berlin").unwrap();
        let beside = settings_after(Action::SetSameRegion { on: true, city });
        assert_eq!(
            bucket_place(&beside).unwrap(),
            "The bucket stands in eu-central-1, beside Frankfurt's cache."
        );
        let region = Region::find("eu-central-1").unwrap();
        assert_eq!(bucket_place(&settings_after(Action::SetOriginRegion { region })), None);
    }

    #[test]
    fn rec_01_02_five_methods_are_always_passed_on() {
        let proxied: Vec<_> =
            Method::ALL.into_iter().filter(|method| is_proxy_method(*method)).collect();
        assert_eq!(
            proxied,
            [Method::Post, Method::Put, Method::Patch, Method::Options, Method::Delete]
        );
    }
}
