//! Floor 3. The cache tiers: what a POP and a regional edge cache decide, and why.
//!
//! The tiers are driven, they do not drive: `now` comes in, what to send and what to store comes out. This floor never
//! reads a clock, never queues anything and has never heard of a browser.

#![warn(missing_docs)]

pub mod cache_key;
pub use cache_key::{AcceptEncoding, CacheKey, LeftOut};

pub mod age;
pub mod freshness;
pub use freshness::{Clamp, Lifetime, LifetimeRule};

pub mod storable;
pub use storable::NotStored;

pub mod stored;
pub use stored::{Held, StoredResponse};

pub mod recency;
pub mod store;
pub use store::Store;

pub mod stale;
pub use stale::{NotServed, StaleUse};

pub mod failure;
pub use failure::{Disappointment, Failure};

pub mod functions;
pub use functions::{Did, Fault, Gave, Handed, Made, Ran, run_time};

pub mod signature;
pub use signature::{
    Carrier, Hash as SignatureHash, NotSigned, Signed, Signing, Terms, der, signed_url,
};

pub mod web_acl;
pub use web_acl::RuleMet;

pub mod order;
pub use order::{Gate, GatePassed, Gates};

pub mod refusal;
pub use refusal::Refusal;

pub mod gate;

pub mod route;
pub use route::{Bypass, Route, Upstream};

pub mod portion;
pub use portion::{Content, Portion};

pub mod compression;
pub use compression::NotCompressed;

pub mod tls;
pub use tls::{NotSecured, Session};

pub mod staging;
pub use staging::{Choice, ChosenBy, SessionOver};

pub mod fields;
pub mod own_page;

pub mod invalidation;
pub use invalidation::{
    Account, Batch, Bill, Invalidation, InvalidationError, InvalidationId, InvalidationPath, Item,
    Ledger, Purge, Quotas, Submitted, Tags,
};

pub mod decision;
pub use decision::{Decision, Found, Kept, Matched, Released, Unwatched, Witness};

pub mod config;
pub use config::{Config, ConfigError, Member};

pub mod answer;
pub use answer::{Answer, Contact, Layer, UpstreamTiming};

pub mod request;
pub use request::{Asking, EdgeRequest};

mod admission;
pub use admission::answer_of_function;

pub mod summary;
pub use summary::{ResultType, Summary};

pub mod access_log;

mod refused;

pub mod reply;
pub mod visit;
pub use reply::Reply;
pub use visit::{FunctionRun, Next, Visit};

pub mod revalidation;
pub use revalidation::Unconditional;

pub mod tier;
pub use tier::{Effect, Ending, FetchId, Incoming, Tier};
