//! The console: what of a configuration is seen and set, as plain values. Its truth is the document as AWS has it; a sheet
//! of settings reads and writes places in it, whether or not AWS would take it yet.

mod item;
pub use item::Item;

mod beside;
pub use beside::{BesideRow, label};

mod demonstration;
pub use demonstration::Demonstration;

mod missing;
pub use missing::MissingRow;

mod unused;
pub use unused::Use;

mod keys;

mod acl;

mod before;

mod certificate;
pub use certificate::name_to_see_it_by;

mod enter;
mod example;
mod origin_block;

mod lines;

mod field;
pub use field::{Choice, Control, Field};

mod setting;
pub use setting::Setting;

mod sheet;
pub use sheet::{Fix, Sheet};

mod overview;
pub use overview::{BehaviorRow, ErrorPageRow, GroupRow, OriginRow, Overview};

mod staging;
pub use staging::{OF_PRIMARY, StagedDifference, StagedView, errors_in_view};

mod invalidations;
pub use invalidations::{InvalidationRow, Invalidations, typed_batch};

mod cost;
pub use cost::{CostRow, CostSheet};

mod trial;
pub use trial::{Needs, Trial, Verdict};
