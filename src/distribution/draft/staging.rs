//! What is done with a staging distribution as a whole: it is made from the primary, takes its place, or goes (CD-01, CD-12,
//! CD-18).

use super::{BESIDE, Draft};
use crate::distribution::Side;
use crate::distribution::aws::{EACH_ITS_OWN, MAY_DIFFER, POLICY_ID, Sort, differences};
use crate::json::{Json, NoSuchPlace, Path};

/// CD-19 (MODEL): what a new staging distribution is called; another name where the primary has this one.
const NAMES: [&str; 2] = ["d222222abcdef8.cloudfront.net", "d333333abcdef8.cloudfront.net"];

/// CD-19 (MODEL): its id, by which the policy of a bucket lets it in (CD-16).
const ID: &str = "E2STAGINGEXAMPLE";

/// CD-19 (MODEL): the id of a new policy.
const POLICY: &str = "e0000000-0000-4000-8000-00000000cd01";

impl Draft {
    /// The documents of continuous deployment, by their places: the policy that the primary names, and the staging
    /// distribution.
    fn place_of(&self, sort: Sort) -> Option<usize> {
        self.documents().iter().position(|document| Sort::of(document) == Some(sort))
    }

    /// Where what a policy says stands, where there is one and the primary names it.
    pub fn policy_path(&self) -> Option<Path> {
        let id = self.document.member(POLICY_ID)?.as_text()?;
        let whole = Path::default().member(BESIDE).item(self.place_of(Sort::DeploymentPolicy)?);
        let named = whole.member(Sort::DeploymentPolicy.name()).member("Id");
        let is_it = self.at(&named).and_then(Json::as_text) == Some(id);
        is_it.then(|| whole.joined(&Sort::DeploymentPolicy.within()))
    }

    /// Where the configuration of the staging distribution stands, where there is one.
    pub fn staging_path(&self) -> Option<Path> {
        let whole = Path::default().member(BESIDE).item(self.place_of(Sort::Staging)?);
        Some(whole.joined(&Sort::Staging.within()))
    }

    /// Makes a staging distribution from the primary, and a policy that sends a share of the requests there, in the order that
    /// AWS asks for (CD-18): the copy, the policy, and last its name in the primary.
    pub fn stage(&mut self) -> Result<(), NoSuchPlace> {
        self.unstage()?;
        let domain = &self.base.distribution().domain;
        let name = NAMES.into_iter().find(|name| name != domain).unwrap_or_default();
        let mut copy = self.document.clone();
        let at = |name: &str| Path::default().member(name);
        copy.set(&at("CallerReference"), Json::text("edgewalk-staging"))?;
        copy.set(&at("Aliases"), Json::object([("Quantity", Json::Whole(0))]))?; // CD-01, CD-20
        copy.set(&at("Staging"), Json::Flag(true))?;
        let staging = Json::object([
            ("Id", Json::text(ID)),
            ("DomainName", Json::text(name)),
            ("DistributionConfig", copy),
        ]);
        let names = [("Quantity", Json::Whole(1)), ("Items", Json::texts([name]))];
        let weight = Json::object([("Weight", Json::Fraction("0.15".into()))]);
        let traffic = [("SingleWeightConfig", weight), ("Type", Json::text("SingleWeight"))];
        let config = Json::object([
            ("StagingDistributionDnsNames", Json::object(names)),
            ("Enabled", Json::Flag(true)),
            ("TrafficConfig", Json::object(traffic)),
        ]);
        let behind = |draft: &Self| Path::default().member(BESIDE).item(draft.documents().len());
        self.insert(&behind(self), Sort::Staging.wrapped(ID, staging))?;
        self.insert(&behind(self), Sort::DeploymentPolicy.wrapped(POLICY, config))?;
        self.document.set(&at(POLICY_ID), Json::text(POLICY)).map(drop)
    }

    /// Takes policy and staging distribution away, and the policy's name out of the primary.
    pub fn unstage(&mut self) -> Result<(), NoSuchPlace> {
        self.turn(Side::Primary);
        for sort in [Sort::DeploymentPolicy, Sort::Staging] {
            while let Some(place) = self.place_of(sort) {
                self.remove(&Path::default().member(BESIDE).item(place))?;
            }
        }
        let id = Path::default().member(POLICY_ID);
        match self.base.document().at(&id) {
            _ if self.document.at(&id).is_none() => Ok(()),
            None => self.document.remove(&id).map(drop),
            Some(_) => self.document.set(&id, Json::text("")).map(drop),
        }
    }

    /// CD-12: the primary takes what the staging distribution says, and keeps its names and its policy, which holds no longer.
    pub fn promote(&mut self) -> Result<(), NoSuchPlace> {
        let (Some(staging), Some(policy)) = (self.staging_path(), self.policy_path()) else {
            return Ok(());
        };
        let promoted = self.at_whole(&staging).cloned().unwrap_or(Json::Null);
        let names: Vec<String> = differences(&self.document, &promoted).map(String::from).collect();
        for name in names.iter().filter(|name| !EACH_ITS_OWN.contains(&name.as_str())) {
            let path = Path::default().member(name);
            match promoted.member(name) {
                Some(value) => drop(self.document.set(&path, value.clone())?),
                None => drop(self.document.remove(&path)?),
            }
        }
        self.set(&policy.member("Enabled"), Json::Flag(false)).map(drop)
    }

    /// In what the staging distribution differs from the primary: the names of members, first of those that may (CD-10). What
    /// each has for itself is left out: a promotion does so, too.
    pub fn staged_differences(&self) -> Vec<&str> {
        let Some(staging) = self.staging_path().and_then(|path| self.at_whole(&path)) else {
            return Vec::new();
        };
        let mut others: Vec<&str> = differences(&self.document, staging).collect();
        others.retain(|name| !EACH_ITS_OWN.contains(name));
        let may = MAY_DIFFER.into_iter().filter(|name| others.contains(name));
        let must_not = others.iter().copied().filter(|name| !MAY_DIFFER.contains(name));
        may.chain(must_not).collect()
    }

    /// CD-11: patterns of the staging distribution's behaviors that the primary does not have; older texts of AWS warn that
    /// viewers may get errors there.
    pub fn patterns_of_staging_alone(&self) -> Vec<String> {
        let patterns = |json: &Json| -> Vec<String> {
            let items = json.member("CacheBehaviors").and_then(|it| it.member("Items"));
            let items = items.map_or(&[][..], Json::items).iter();
            items.filter_map(|it| it.member("PathPattern")?.as_text().map(String::from)).collect()
        };
        let staging = self.staging_path();
        let own = staging.and_then(|path| self.at_whole(&path)).map(patterns).unwrap_or_default();
        let primary = patterns(&self.document);
        own.into_iter().filter(|pattern| !primary.contains(pattern)).collect()
    }
}
