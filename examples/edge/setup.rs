//! What the front stands for: a distribution, and the POP and regional edge cache of a city.

use std::sync::Arc;

use edgewalk::distribution::{Behavior, Distribution, Origin, OriginKind, managed};
use edgewalk::edge::Config;
use edgewalk::edge::route::DYNAMIC_MAX_TTL_SECS;
use edgewalk::network::{Pop, Rec, nearest};

use crate::options::Options;

/// A distribution, and the places that serve it.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) config: Arc<Config>,
    pub(crate) pop: Pop,
    pub(crate) rec: Rec,
    /// In bytes.
    pub(crate) pop_capacity: u64,
}

impl Setup {
    /// What the options ask for; the error is a sentence.
    pub(crate) fn of(options: &Options) -> Result<Self, String> {
        Self::with(distribution(options)?, options)
    }

    /// The same with a distribution at hand.
    pub(crate) fn with(distribution: Distribution, options: &Options) -> Result<Self, String> {
        let config = Config::new(distribution, DYNAMIC_MAX_TTL_SECS).map_err(|error| {
            let named = options.distribution.as_ref().map(|path| path.display().to_string());
            format!("{}: {error}", named.as_deref().unwrap_or("the distribution"))
        })?;
        let pop = nearest::best(options.city);
        let rec = nearest::nearest_rec(pop);
        Ok(Self { config: Arc::new(config), pop, rec, pop_capacity: options.pop_capacity })
    }
}

/// The distribution of `--distribution`, or the default one: a single origin and CachingOptimized.
fn distribution(options: &Options) -> Result<Distribution, String> {
    if let Some(path) = &options.distribution {
        return read(path);
    }
    let origin = options.origin.host.clone();
    Ok(Distribution {
        origins: vec![Origin::new("origin", origin, OriginKind::WebServer, "eu-central-1")],
        behaviors: vec![Behavior::new("*", "origin", managed::caching_optimized())],
        ..Distribution::named("d111111abcdef8.cloudfront.net")
    })
}

/// Reads a DistributionConfig.
fn read(path: &std::path::Path) -> Result<Distribution, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read ({error})", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}
