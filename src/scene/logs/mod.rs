//! The logs: what an access log comes to, its lines as a table has them, and what each field of a line says, as plain values.

mod judged;
pub use judged::Judged;

mod row;
pub use row::Row;

mod entry;
pub use entry::{EntryField, entry};

mod digest;
pub use digest::{Count, Digest, OTHERS};

mod filter;
pub use filter::{Filter, Found, Kind};

mod real_time;
pub use real_time::{RealTime, Sampling, samplings};

mod own;
pub use own::OwnLog;

mod window;
pub use window::Window;
