//! What a walk would cost: the events of a journal as the lines of a bill (security-logs-edge.md section 9.3).
//!
//! The prices are for teaching: those of the reference, which says of when they are.

mod money;
pub use money::Money;

mod area;
pub use area::Area;

mod prices;

mod usage;
pub use usage::{Fee, Usage};

mod bill;
pub use bill::{Bill, Item, Line};

mod plans;
pub use plans::{Beyond, PLANS, Plan};

#[cfg(test)]
mod tests;
