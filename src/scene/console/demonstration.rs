//! The request that shows in the walk what a sheet is about: "See it in the walk" puts it into the composer.

use super::Setting;
use super::beside::names_id;
use super::item::Item;
use crate::distribution::aws::Sort;
use crate::distribution::{
    AclStatement, Configuration, Distribution, Draft, OriginAccess, OriginKind, Side, TextPlace,
    Traffic,
};
use crate::network::City;
use crate::origin::{Kind, Site};

/// What the next request needs, as far as it is not so already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demonstration {
    /// Where it has to come from.
    pub city: Option<City>,
    /// What it has to ask for.
    pub path: Option<String>,
    /// A field that it has to carry, by name and value.
    pub field: Option<(String, String)>,
    /// What no request brings about, or what it needs besides; empty where there is nothing to say.
    pub note: String,
}

/// The request that is composed, and where it goes.
struct At<'a> {
    distribution: &'a Distribution,
    draft: &'a Draft,
    site: &'a Site,
    city: City,
    path: &'a str,
}

impl Demonstration {
    /// Of an item, and the setting of it that was looked at last, in a draft of what is in force; with what the composer has
    /// for city and path.
    pub fn of(
        (item, setting): (Item, Option<Setting>),
        draft: &Draft,
        configuration: &Configuration,
        site: &Site,
        (city, path): (City, &str),
    ) -> Self {
        let staged = configuration.staged();
        let in_view = staged.filter(|_| draft.side() == Side::Staging);
        let distribution =
            in_view.map_or(configuration.distribution(), |staged| &staged.distribution);
        let at = At { distribution, draft, site, city, path };
        let mut shown = at.of(item, setting);
        let is_of_staging = in_view.is_some()
            || matches!(item, Item::Beside(Sort::DeploymentPolicy | Sort::Staging, _));
        if is_of_staging
            && let Some(Traffic::Header { name, value }) =
                staged.and_then(|staged| staged.policy.traffic.as_ref())
        {
            shown.field = Some((name.clone(), value.clone()));
        }
        shown
    }
}

impl At<'_> {
    fn of(&self, item: Item, setting: Option<Setting>) -> Demonstration {
        match item {
            Item::General => match setting {
                Some(Setting::GeoSort | Setting::Countries) => self.refused_by_country(),
                Some(Setting::WebAcl) => self.by_acl(),
                _ => Demonstration::default(),
            },
            Item::Behavior(place) => self.among(&[place]),
            Item::Default => self.among(&[self.distribution.behaviors.len().saturating_sub(1)]),
            Item::Origin(place) => {
                let origin = self.distribution.origins.get(place);
                self.to_target(origin.map_or("", |origin| &origin.id))
            }
            Item::Group(place) => {
                let group = self.distribution.origin_groups.get(place);
                self.to_target(group.map_or("", |group| &group.id))
            }
            Item::ErrorPage(place) => {
                let page = self.distribution.error_responses.get(place);
                page.map(|page| self.failing(page.status)).unwrap_or_default()
            }
            Item::Beside(Sort::WebAcl | Sort::IpSet, _) => self.by_acl(),
            Item::Beside(_, place) => self.naming(place),
        }
    }

    /// A path that one of these behaviors takes, and that there is an object for.
    fn among(&self, places: &[usize]) -> Demonstration {
        let takes = |path: &str| places.contains(&self.distribution.behavior_for(path));
        let mut shown = Demonstration::default();
        if !(takes(self.path) && self.site.get(self.path).is_some()) {
            let found = self.site.iter().find(|object| takes(&object.path));
            shown.path = found.map(|object| object.path.clone());
        }
        let behavior = places.first().and_then(|place| self.distribution.behaviors.get(*place));
        if behavior.is_some_and(|behavior| behavior.trusted.is_some()) {
            shown.note =
                "Without a signature this is refused: the fold Signature makes one.".to_owned();
        }
        shown
    }

    /// The same of those that go to an origin, or to a group, by its id or by that of its first member.
    fn to_target(&self, id: &str) -> Demonstration {
        let goes = |target: &str| {
            let group = self.distribution.group(target);
            target == id || group.is_some_and(|group| group.members[0] == id)
        };
        let behaviors = self.distribution.behaviors.iter().enumerate();
        let places = behaviors.filter(|(_, it)| goes(&it.origin_id)).map(|(place, _)| place);
        self.among(&places.collect::<Vec<_>>())
    }

    /// The same of those that name a document, or whose origin does.
    fn naming(&self, place: usize) -> Demonstration {
        let Some(document) = self.draft.documents().get(place) else {
            return Demonstration::default();
        };
        let last = self.distribution.behaviors.len().saturating_sub(1);
        let item_at = |place| if place == last { Item::Default } else { Item::Behavior(place) };
        let places: Vec<usize> =
            (0..=last).filter(|place| names_id(self.draft, item_at(*place), document)).collect();
        if !places.is_empty() {
            return self.among(&places);
        }
        let origins = self.distribution.origins.iter().enumerate();
        let mut naming =
            origins.filter(|(place, _)| names_id(self.draft, Item::Origin(*place), document));
        naming.next().map(|(_, origin)| self.to_target(&origin.id)).unwrap_or_default()
    }

    /// A city whose viewers are refused (VSEC-04).
    fn refused_by_country(&self) -> Demonstration {
        let Some(geo) = &self.distribution.geo else { return Demonstration::default() };
        self.from(|city| !geo.serves(city.country_code()))
    }

    /// The city that is chosen if it is one of these, or else the first that is.
    fn from(&self, is_it: impl Fn(&City) -> bool) -> Demonstration {
        let city = (!is_it(&self.city)).then(|| City::all().find(&is_it)).flatten();
        Demonstration { city, ..Demonstration::default() }
    }

    /// What the first rule of the web ACL that is about countries or paths matches.
    fn by_acl(&self) -> Demonstration {
        let rules = self.distribution.web_acl.iter().flat_map(|acl| &acl.rules);
        let shown = |statement: &AclStatement| match statement {
            AclStatement::Countries(codes) => {
                Some(self.from(|city| codes.iter().any(|code| code == city.country_code())))
            }
            AclStatement::Path { text, at } if !at.holds(self.path, text) => {
                let known = self.site.iter().find(|object| at.holds(&object.path, text));
                let path = known.map_or_else(|| holding(*at, text), |it| it.path.clone());
                Some(Demonstration { path: Some(path), ..Demonstration::default() })
            }
            AclStatement::Path { .. } => Some(Demonstration::default()),
            _ => None,
        };
        rules.into_iter().find_map(|rule| shown(&rule.when)).unwrap_or_default()
    }

    /// A path that the origin answers with an error of this status (OSEC-12, OK-01): an object that fails so, or none where
    /// there might be one.
    fn failing(&self, status: u16) -> Demonstration {
        let fails = |kind: &Kind| matches!(kind, Kind::Fails(with) if with.0 == status);
        let object = self.site.iter().find(|object| fails(&object.kind));
        let object = object.map(|object| object.path.clone());
        let absent = || {
            let places = (0..self.distribution.behaviors.len()).rev();
            places
                .filter(|place| self.status_of_absent(*place) == status)
                .find_map(|place| self.absent(place))
        };
        let path = object.or_else(absent);
        let note = match (&path, status) {
            (Some(_), _) => String::new(),
            (None, 500..) => {
                format!("A {status} takes an origin that fails: the fold Origin lets it.")
            }
            (None, _) => {
                format!("Nothing that an origin holds here is answered with {status}.")
            }
        };
        Demonstration { path, note, ..Demonstration::default() }
    }

    /// What a behavior's origin says to a path without an object: 403 where CloudFront may read the bucket and not list it.
    fn status_of_absent(&self, place: usize) -> u16 {
        let behavior = self.distribution.behaviors.get(place);
        let id = behavior.map_or("", |behavior| &behavior.origin_id);
        let id = self.distribution.group(id).map_or(id, |group| &group.members[0]);
        let is_private = self.distribution.origin(id).is_some_and(|(_, origin)| {
            origin.kind == OriginKind::S3Bucket && origin.access != OriginAccess::None
        });
        if is_private { 403 } else { 404 }
    }

    /// A path that a behavior takes and that there is no object for.
    fn absent(&self, place: usize) -> Option<String> {
        let pattern = &self.distribution.behaviors.get(place)?.pattern;
        let path = if pattern.is_default() {
            "/nowhere".to_owned()
        } else {
            let slash = if pattern.as_str().starts_with('/') { "" } else { "/" };
            format!("{slash}{}", pattern.as_str().replace('*', "nowhere").replace('?', "x"))
        };
        let is_it =
            self.distribution.behavior_for(&path) == place && self.site.get(&path).is_none();
        is_it.then_some(path)
    }
}

/// A path that has a text at a place.
fn holding(at: TextPlace, text: &str) -> String {
    match at {
        TextPlace::Exactly | TextPlace::Start if text.starts_with('/') => text.to_owned(),
        _ => format!("/{text}"),
    }
}
