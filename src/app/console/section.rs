//! The sections of the console.

use crate::distribution::aws::Sort;
use crate::scene::console::{Item, Overview};

/// What is edited in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The settings of the whole.
    General,
    /// The origins.
    Origins,
    /// Pairs of them.
    Groups,
    /// The behaviors.
    Behaviors,
    /// What becomes of errors.
    ErrorPages,
    /// Own policies.
    Policies,
    /// Functions at the edge.
    Functions,
    /// What guards the way in.
    Security,
    /// What is logged at once.
    RealTimeLogs,
    /// A second distribution that gets some of the requests.
    Deployment,
}

impl Section {
    /// All of them, in the order of AWS's console.
    pub(super) const ALL: [Self; 10] = [
        Self::General,
        Self::Origins,
        Self::Groups,
        Self::Behaviors,
        Self::ErrorPages,
        Self::Policies,
        Self::Functions,
        Self::Security,
        Self::RealTimeLogs,
        Self::Deployment,
    ];

    /// The sorts of document beside the configuration that belong here.
    pub(super) const fn sorts(self) -> &'static [Sort] {
        match self {
            Self::Policies => &[Sort::Cache, Sort::OriginRequest, Sort::ResponseHeaders],
            Self::Functions => &[Sort::EdgeFunction],
            Self::Security => &[
                Sort::WebAcl,
                Sort::IpSet,
                Sort::KeyGroup,
                Sort::PublicKey,
                Sort::Certificate,
                Sort::AccessControl,
                Sort::BucketPolicy,
            ],
            Self::RealTimeLogs => &[Sort::RealTimeLog],
            Self::Deployment => &[Sort::DeploymentPolicy, Sort::Staging],
            _ => &[],
        }
    }

    /// Where an item belongs.
    pub(super) fn of(item: Item) -> Self {
        match item {
            Item::General => Self::General,
            Item::Origin(_) => Self::Origins,
            Item::Group(_) => Self::Groups,
            Item::Behavior(_) | Item::Default => Self::Behaviors,
            Item::ErrorPage(_) => Self::ErrorPages,
            Item::Beside(sort, _) => {
                let all = [Self::Policies, Self::Functions, Self::RealTimeLogs, Self::Deployment];
                let found = all.into_iter().find(|section| section.sorts().contains(&sort));
                found.unwrap_or(Self::Security)
            }
        }
    }

    /// As AWS's console calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Origins => "Origins",
            Self::Groups => "Origin groups",
            Self::Behaviors => "Behaviors",
            Self::ErrorPages => "Error pages",
            Self::Policies => "Policies",
            Self::Functions => "Functions",
            Self::Security => "Security",
            Self::RealTimeLogs => "Real-time logs",
            Self::Deployment => "Continuous deployment",
        }
    }

    /// What it is good for, in a few words.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::General => "Names, price class, versions of HTTP, web ACL",
            Self::Origins => "The kind is told from the domain name",
            Self::Groups => "The second origin stands in for the first",
            Self::Behaviors => "The first pattern that matches wins",
            Self::ErrorPages => "One for each status of the origin",
            Self::Policies => "Your own for cache key, origin requests, CORS and security headers",
            Self::Functions => "CloudFront Functions and Lambda@Edge, at a behavior's four events",
            Self::Security => {
                "Web ACL (WAF), origin access control (OAC), keys for signed URLs, certificates"
            }
            Self::RealTimeLogs => "Records of some requests, within seconds",
            Self::Deployment => "A copy that some of the requests meet first",
        }
    }

    /// What lies in it and is looked for by another word than its name; empty where that says enough.
    pub(super) const fn holds(self) -> &'static str {
        match self {
            Self::General => "Alternate names, price class",
            Self::Behaviors => "Cache, methods, HTTPS, signed URLs",
            Self::Policies => "Cache key, CORS, security headers",
            Self::Functions => "Lambda@Edge",
            Self::Security => "WAF, OAC, keys for signed URLs",
            Self::Groups => "Failover",
            _ => "",
        }
    }

    /// What is so while it has no item.
    pub(super) const fn says_empty(self) -> &'static str {
        match self {
            Self::Groups => "There is none: where an origin fails, the viewer gets an error.",
            Self::ErrorPages => {
                "There is none: an error reaches the viewer with the origin's own content. A 404, and 500 to 504, is kept for 10 s (CE-04), a 403 only if the origin sends max-age (CE-07)."
            }
            Self::Policies => {
                "There is none of your own: behaviors choose among AWS's managed policies."
            }
            Self::Functions => {
                "There is none: requests and answers pass the edge as the policies leave them."
            }
            Self::Security => {
                "There is none: whoever knows an address may ask for it, from wherever countries are not kept out."
            }
            Self::RealTimeLogs => {
                "There is none beside this distribution, so CloudFront hands out no records. Logs shows what one that every behavior names would hold."
            }
            Self::Deployment => {
                "There is no staging distribution: every request meets this one, and a change is for all viewers at once. A copy of it, with caches of its own, can get up to 15 % of the requests, or those with a certain header."
            }
            _ => "There is none.",
        }
    }

    /// Its items.
    pub(super) fn items(self, overview: &Overview) -> Vec<Item> {
        match self {
            Self::General => vec![Item::General],
            Self::Origins => overview.origins.iter().map(|row| row.item).collect(),
            Self::Groups => overview.groups.iter().map(|row| row.item).collect(),
            Self::Behaviors => overview.behaviors.iter().map(|row| row.item).collect(),
            Self::ErrorPages => overview.error_pages.iter().map(|row| row.item).collect(),
            Self::Policies
            | Self::Functions
            | Self::Security
            | Self::RealTimeLogs
            | Self::Deployment => {
                let rows = overview.beside.iter();
                rows.filter(|row| self.sorts().contains(&row.sort)).map(|row| row.item).collect()
            }
        }
    }

    /// The item that is shown first: of the behaviors the last, which takes what no pattern matches.
    pub(super) fn first(self, overview: &Overview) -> Option<Item> {
        match self {
            Self::Behaviors => Some(Item::Default),
            Self::Deployment => overview.staged.as_ref().map(|staged| staged.policy),
            _ => self.items(overview).first().copied(),
        }
    }
}
