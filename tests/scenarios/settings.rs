//! The settings at the top of a story: the built-in scenario with changes, each by its name.

use edgewalk::distribution::{
    AllowedMethods, CachePolicy, Configuration, ErrorPage, ErrorResponse, OriginGroup, Selection,
    managed,
};
use edgewalk::origin::{Object, Site};
use edgewalk::simulation::{Scenario, built_in_scenario};

use crate::script::{on, region, secs};

/// What the settings come to.
pub(crate) struct Settings {
    pub scenario: Scenario,
    pub times: bool,
    /// The place of the behavior that the next ones are about.
    behavior: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let scenario = built_in_scenario();
        let behavior = scenario.configuration.distribution().behaviors.len() - 1;
        Self { scenario, times: false, behavior }
    }
}

impl Settings {
    /// Takes one line in: `min-ttl: 60 s`.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), String> {
        let (name, value) =
            line.split_once(": ").ok_or("a setting is a name, a colon and a value")?;
        let mut edited = self.scenario.configuration.distribution().clone();
        let distribution = &mut edited;
        let behavior = &mut distribution.behaviors[self.behavior];
        let policy = &mut behavior.cache_policy;
        match name {
            "times" => self.times = on(value)?,
            "behavior" => {
                let place = distribution.behaviors.iter().position(|one| one.pattern.as_str() == value);
                self.behavior = place.ok_or("a behavior is `*` or `/api/*`")?;
            }
            "min-ttl" => policy.ttl.min = secs(value)?,
            "default-ttl" => policy.ttl.default = secs(value)?,
            "max-ttl" => policy.ttl.max = secs(value)?,
            "policy" => *policy = managed_policy(value)?,
            "query" => policy.query = selection(value)?,
            "cookies" => policy.cookies = selection(value)?,
            "key-field" => policy.key_headers.push(value.to_owned()),
            "methods" => {
                behavior.allowed_methods = match value {
                    "GET HEAD" => AllowedMethods::GetHead,
                    "GET HEAD OPTIONS" => AllowedMethods::GetHeadOptions,
                    "all" => AllowedMethods::All,
                    _ => return Err("methods are `GET HEAD`, `GET HEAD OPTIONS` or `all`".into()),
                }
            }
            "compress" => behavior.compress = on(value)?,
            "ipv6" => distribution.is_ipv6_enabled = on(value)?,
            "shield" => {
                let code = region(value)?.code();
                distribution.origins.iter_mut().for_each(|one| one.shield_region = Some(code.to_owned()));
            }
            "origin-region" => self.scenario.origin_region = Some(region(value)?),
            "dynamic-below" => self.scenario.dynamic_max_ttl_secs = secs(value)?,
            "capacity" => {
                let bytes = value.strip_suffix(" B").and_then(|bytes| bytes.parse().ok());
                self.scenario.pop_capacity_bytes = bytes.ok_or("a capacity is whole bytes as `500000 B`")?;
            }
            "error-page" => {
                let [status, path, shown, min_ttl @ ..] = &value.split(' ').collect::<Vec<_>>()[..] else {
                    return Err(ERROR_PAGE.into());
                };
                let number = |text: &str| text.parse().map_err(|_| ERROR_PAGE.to_owned());
                distribution.error_responses.push(ErrorResponse {
                    status: number(status)?,
                    page: Some(ErrorPage { path: (*path).to_owned(), status: number(shown)? }),
                    min_ttl_secs: secs(&min_ttl.join(" "))?,
                });
            }
            "failover" => {
                let statuses = value.split(' ').map(str::parse).collect::<Result<_, _>>();
                let members = [distribution.origins[0].id.clone(), distribution.origins[1].id.clone()];
                let failover_statuses = statuses.map_err(|_| "statuses as `500 503`")?;
                behavior.origin_id = "group".into();
                distribution.origin_groups.push(OriginGroup { id: "group".into(), members, failover_statuses });
            }
            "object" => self.object(value)?,
            _ => return Err("a setting is one of times, behavior, min-ttl, default-ttl, max-ttl, policy, query, cookies, key-field, methods, compress, ipv6, shield, origin-region, dynamic-below, capacity, error-page, failover and object".into()),
        }
        self.scenario.configuration = Configuration::of(edited).into();
        Ok(())
    }

    /// `/news.json Vary: Accept-Language`: an object whose answers carry another field.
    fn object(&mut self, value: &str) -> Result<(), String> {
        const RULE: &str = "an object is a path of the site and a field, Cache-Control or Vary";
        let (path, field) = value.split_once(' ').ok_or(RULE)?;
        let (name, value) = field.split_once(": ").ok_or(RULE)?;
        let mut object: Object = self.scenario.site.get(path).ok_or(RULE)?.clone();
        match name {
            "Cache-Control" => object.cache_control = Some(value.to_owned()),
            "Vary" => object.vary = Some(value.to_owned()),
            _ => return Err(RULE.into()),
        }
        let others = self.scenario.site.iter().filter(|one| one.path != path).cloned();
        self.scenario.site = Site::new(others.chain([object]).collect::<Vec<_>>());
        Ok(())
    }
}

const ERROR_PAGE: &str = "an error page is a status, a path, the status shown and the error caching minimum TTL as `404 /about.html 200 10 s`";

fn managed_policy(name: &str) -> Result<CachePolicy, String> {
    Ok(match name {
        "CachingOptimized" => managed::caching_optimized(),
        "CachingDisabled" => managed::caching_disabled(),
        "UseOriginCacheControlHeaders" => managed::use_origin_cache_control_headers(),
        _ => {
            return Err(
                "a policy is CachingOptimized, CachingDisabled or UseOriginCacheControlHeaders"
                    .into(),
            );
        }
    })
}

fn selection(text: &str) -> Result<Selection, String> {
    let names = |text: &str| text.split(' ').map(str::to_owned).collect();
    Ok(match text.split_once(' ') {
        None if text == "all" => Selection::All,
        None if text == "none" => Selection::None,
        Some(("only", listed)) => Selection::Only(names(listed)),
        Some(("all-except", listed)) => Selection::AllExcept(names(listed)),
        _ => return Err("a selection is `all`, `none`, `only a b` or `all-except a b`".into()),
    })
}
