//! The logs: what an access log comes to, its lines as a table has them, and what each field of a line says, as plain values.

mod judged;
pub use judged::Judged;

mod row;
pub use row::Row;

mod entry;
pub use entry::{EntryField, entry};

mod digest;
pub use digest::{Count, Digest};

mod own;
pub use own::OwnLog;

mod window;
pub use window::Window;
