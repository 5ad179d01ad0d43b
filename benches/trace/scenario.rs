//! The scenario of the trace: one behavior whose policy takes one field and one cookie of what is sent, one bucket with
//! objects of equal size that stay fresh for longer than the trace lasts, and room for so many of them.

use std::sync::Arc;

use edgewalk::distribution::{
    Behavior, CachePolicy, Configuration, Distribution, Origin, Selection, TtlBounds, managed,
};
use edgewalk::edge::Quotas;
use edgewalk::edge::route::DYNAMIC_MAX_TTL_SECS;
use edgewalk::network::Region;
use edgewalk::origin::{Kind, Object, Site};
use edgewalk::simulation::{Nobody, Place, Scenario, World};

use super::requests::{Arrival, HOST, Viewer, path};

/// Another one than the REC's, so that the REC is asked (REC-06).
const REGION: &str = "us-east-1";
const YEAR_SECS: u64 = 31_536_000;
const SIZE_BYTES: u64 = 20_000;

/// A scenario with so many objects and room for so many at the POP, and ten times as many at the REC (EVI-05).
pub(crate) fn scenario(objects: u32, pop_objects: u64) -> Arc<Scenario> {
    let mut scenario = with_capacity(objects, 1_000_000_000);
    scenario.pop_capacity_bytes = stored_bytes(&scenario) * pop_objects;
    scenario.into()
}

/// What one stored object takes, as the REC counts it.
pub(crate) fn stored_bytes(scenario: &Scenario) -> u64 {
    let mut world = World::new(scenario.clone().into()).unwrap();
    world.act_at(&Viewer::new().action(&Arrival::of(0)), &mut Nobody).unwrap();
    let sizes: Vec<u64> = world.tiers().map(|(_, tier)| tier.store().used_bytes()).collect();
    assert!(sizes.len() == 2 && sizes[0] == sizes[1] && sizes[0] > SIZE_BYTES, "{sizes:?}");
    sizes[0]
}

/// How many responses the POP and the REC hold.
pub(crate) fn held(world: &World) -> [usize; 2] {
    let of = |is: fn(Place) -> bool| {
        world.tiers().filter(|(place, _)| is(*place)).map(|(_, tier)| tier.store().len()).sum()
    };
    [of(|place| matches!(place, Place::Pop(_))), of(|place| matches!(place, Place::Rec(_)))]
}

fn with_capacity(objects: u32, pop_capacity_bytes: u64) -> Scenario {
    let policy = CachePolicy {
        name: "one field and one cookie".into(),
        ttl: TtlBounds { min: 0, default: 86_400, max: YEAR_SECS },
        key_headers: vec!["Accept-Language".into()],
        cookies: Selection::Only(vec!["plan".into()]),
        query: Selection::None,
        gzip: false,
        brotli: false,
        ..managed::caching_optimized()
    };
    let object = |object: u32| Object {
        path: path(object),
        content_type: "text/html; charset=utf-8".into(),
        size_bytes: SIZE_BYTES,
        cache_control: Some(format!("max-age={YEAR_SECS}")),
        expires_secs: None,
        cache_tag: None,
        vary: None,
        kind: Kind::File,
        version: 1,
        modified_unix: 1_765_789_200,
    };
    let distribution = Distribution {
        origins: vec![Origin::s3_bucket("catalogue", "catalogue", REGION)],
        behaviors: vec![Behavior::new("*", "catalogue", policy)],
        ..Distribution::named(HOST)
    };
    Scenario {
        configuration: Configuration::of(distribution).into(),
        site: Site::new((0..objects).map(object)),
        origin_region: Some(Region::find(REGION).unwrap()),
        pop_capacity_bytes,
        dynamic_max_ttl_secs: DYNAMIC_MAX_TTL_SECS,
        quotas: Quotas::default(),
        seed: 1,
        epoch_unix: 1_767_225_600,
    }
}
