//! Ranges (RFC 9110 section 14, caching.md section 5.1): what a request asks for in parts, and how parts are sent and kept.
//!
//! [`requested`] reads the Range field and says `Whole` with a reason or gives a [`RangeSet`]; [`RangeSet::resolve`] turns
//! that into [`Interval`]s once the length is known. Positions on the wire count from 0 and name the last byte; inside this
//! program a part is half open, so that its length is a subtraction.

mod content_range;
pub use content_range::ContentRange;

mod interval;
pub use interval::{Interval, Intervals};

mod multipart;
pub use multipart::Multipart;

mod request;
pub use request::{ByteRange, NoParts, RangeSet, Requested, Whole, requested};
