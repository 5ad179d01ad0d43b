//! Invalidation (caching.md section 8): what is asked for, what of a cache it means, how much of it is taken at once, and
//! what it costs. The tiers remove; whoever drives them sees to it that each hears of it.

mod path;
pub use path::InvalidationPath;

mod tags;
pub use tags::{Tag, Tags};

mod batch;
pub use batch::{Batch, Item, Purge};

mod request;
pub use request::{InvalidationBatch, Paths};

mod quota;
pub use quota::{Excess, Quotas};

mod price;
pub use price::{Account, Bill, Mills};

mod ledger;
pub use ledger::{Invalidation, InvalidationId, Ledger, Progress, Submitted};

mod error;
pub use error::InvalidationError;
