//! A document beside a configuration that nobody names yet, and where it can be put to use.

use super::Setting;
use super::beside::{id_of, name_of, of_sort, used_by};
use super::item::{self, Item};
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, FunctionEvent};
use crate::json::{Json, NoSuchPlace};

/// Where a document can be put to use: what [`Setting::enter`] takes for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What its item is called.
    pub name: String,
    /// Whose setting it is.
    pub item: Item,
    /// Which setting.
    pub setting: Setting,
    /// To what.
    pub value: String,
    /// Another setting that the same goes into: an A/B test works at two events.
    pub also: Option<Setting>,
}

impl Use {
    /// Of a document that nobody names; none where there is nothing yet that could.
    pub(super) fn of(draft: &Draft, unused: Item) -> Option<Self> {
        let Item::Beside(sort, place) = unused else { return None };
        let document = draft.documents().get(place)?;
        if !used_by(draft, document).is_empty() {
            return None;
        }
        let (item, setting) = match sort {
            Sort::WebAcl => (Item::General, Setting::WebAcl),
            Sort::Certificate => (Item::General, Setting::Certificate),
            Sort::AccessControl => (first_bucket(draft)?, Setting::AccessControl),
            Sort::IpSet => (of_sort(draft, Sort::WebAcl).next()?.0, Setting::AclRules),
            Sort::PublicKey => (of_sort(draft, Sort::KeyGroup).next()?.0, Setting::Keys),
            Sort::KeyGroup => (Item::Default, Setting::TrustedKeys),
            Sort::Cache => (Item::Default, Setting::CachePolicy),
            Sort::OriginRequest => (first_with_policy(draft)?, Setting::OriginRequestPolicy),
            Sort::ResponseHeaders => (Item::Default, Setting::ResponseHeadersPolicy),
            Sort::EdgeFunction => (Item::Default, Setting::Function(FunctionEvent::ViewerRequest)),
            Sort::RealTimeLog => (Item::Default, Setting::RealTimeLog),
            Sort::BucketPolicy | Sort::DeploymentPolicy | Sort::Staging => return None,
        };
        let id = id_of(document)?;
        let added = |line: &str| match setting.value(item, draft) {
            before if before.is_empty() => line.to_owned(),
            before => format!("{before}\n{line}"),
        };
        let value = match setting {
            Setting::AclRules => added(&format!("block addresses {}", name_of(document)?)),
            Setting::Keys | Setting::TrustedKeys => added(id),
            _ => id.to_owned(),
        };
        let name = match item {
            Item::General => "General".to_owned(),
            Item::Default => "Default (*)".to_owned(),
            Item::Beside(_, place) => name_of(draft.documents().get(place)?)?.to_owned(),
            _ => {
                let name = if matches!(item, Item::Behavior(_)) { "PathPattern" } else { "Id" };
                draft.at(&item.path().member(name)).and_then(Json::as_text)?.to_owned()
            }
        };
        let does = document.member(Sort::EdgeFunction.name()).and_then(|it| it.member("Does"));
        let also = (does.and_then(Json::as_text) == Some("SplitTest"))
            .then_some(Setting::Function(FunctionEvent::ViewerResponse));
        Some(Self { name, item, setting, value, also })
    }

    /// Puts it there.
    pub fn enter(&self, draft: &mut Draft) -> Result<(), NoSuchPlace> {
        for setting in [self.setting].into_iter().chain(self.also) {
            setting.enter(draft, self.item, &self.value)?;
        }
        Ok(())
    }
}

/// The first origin that is a bucket, which an access control is for (OR-20).
fn first_bucket(draft: &Draft) -> Option<Item> {
    let mut origins = (0..item::count(draft, &item::origins())).map(Item::Origin);
    origins.find(|it| draft.at(&it.path().member("S3OriginConfig")).is_some())
}

/// The default behavior, or else the first other one: an origin request policy goes only with a cache policy (CB-08).
fn first_with_policy(draft: &Draft) -> Option<Item> {
    let behaviors = (0..item::count(draft, &item::behaviors())).map(Item::Behavior);
    let mut all = [Item::Default].into_iter().chain(behaviors);
    all.find(|it| draft.at(&it.path().member("CachePolicyId")).is_some())
}
