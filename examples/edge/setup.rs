//! What the front stands for: a distribution, and the POP and regional edge cache of a city.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use edgewalk::distribution::{
    self, AwsError, Behavior, Beside, Configuration, Distribution, Origin, OriginKind, managed,
};
use edgewalk::edge::Config;
use edgewalk::edge::route::DYNAMIC_MAX_TTL_SECS;
use edgewalk::network::{Pop, PriceClass, Rec, nearest};

use super::options::Options;

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
        Self::with(asked_for(options)?, options)
    }

    /// The same with a distribution at hand.
    pub(crate) fn with(distribution: Distribution, options: &Options) -> Result<Self, String> {
        let config = Config::new(distribution, DYNAMIC_MAX_TTL_SECS).map_err(|error| {
            let named = options.distribution.as_ref().map(|path| path.display().to_string());
            format!("{}: {error}", named.as_deref().unwrap_or("the distribution"))
        })?;
        let class = match config.distribution().price_class {
            distribution::PriceClass::Class100 => PriceClass::Class100,
            distribution::PriceClass::Class200 => PriceClass::Class200,
            distribution::PriceClass::All => PriceClass::All,
        };
        let pop = nearest::best_within(options.city, class); // DS-02
        let rec = nearest::nearest_rec(pop);
        Ok(Self { config: Arc::new(config), pop, rec, pop_capacity: options.pop_capacity })
    }
}

/// Where an origin stands whose name does not tell.
const DEFAULT_REGION: &str = "us-east-1";

/// The distribution of `--distribution`, or the default one: a single origin and `CachingOptimized`.
fn asked_for(options: &Options) -> Result<Distribution, String> {
    let Some(path) = &options.distribution else {
        let domain = options.origin.host.clone();
        return Ok(Distribution {
            origins: vec![Origin::new("origin", domain, OriginKind::WebServer, DEFAULT_REGION)],
            behaviors: vec![Behavior::new("*", "origin", managed::caching_optimized())],
            ..Distribution::named("d111111abcdef8.cloudfront.net")
        });
    };
    let mut policies = Beside::managed(DEFAULT_REGION.to_owned());
    for path in &options.policies {
        policies.add(&text(path)?, None).map_err(|errors| refused(path, &errors))?;
    }
    let read =
        Configuration::open(&text(path)?, &policies).map_err(|errors| refused(path, &errors))?;
    if !read.kept().is_empty() {
        let kept = read.kept().join(", ");
        // Whoever closed the pipe does not want it.
        let _ = writeln!(std::io::stderr(), "edge: {}: not served: {kept}", path.display());
    }
    Ok(read.distribution().clone())
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read ({error})", path.display()))
}

/// The first finding, and how many more there are.
fn refused(path: &Path, errors: &[AwsError]) -> String {
    let first = errors.first().map(ToString::to_string).unwrap_or_default();
    let more = match errors.len() {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    format!("{}: {first}{more}", path.display())
}
