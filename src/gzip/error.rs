//! What is wrong with a gzip file. Members are counted from 1.

/// Why a file cannot be unpacked, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GzipError {
    /// What comes does not begin as a member does (RFC 1952 2.3.1).
    #[error(
        "gzip member {member} must begin with the bytes 1f 8b, and something else stands there"
    )]
    NoMember {
        /// Which one.
        member: u32,
    },
    /// Another method than the one there is.
    #[error("gzip member {member} must be packed by deflate, method 8, not {given}")]
    Method {
        /// Which one.
        member: u32,
        /// CM.
        given: u8,
    },
    /// A flag that nobody knows, behind which anything may come (RFC 1952 2.3.1.2).
    #[error("the reserved flags of gzip member {member} must be 0, and FLG is {given}")]
    Flags {
        /// Which one.
        member: u32,
        /// FLG.
        given: u8,
    },
    /// What deflate cannot have made (RFC 1951).
    #[error("gzip member {member} is broken: its content is none of deflate's")]
    Content {
        /// Which one.
        member: u32,
    },
    /// A checksum or a length is another one.
    #[error("gzip member {member} is broken: it says another checksum or length than it has")]
    Sum {
        /// Which one.
        member: u32,
    },
    /// It ends too soon.
    #[error("gzip member {member} is cut off")]
    Cut {
        /// Which one.
        member: u32,
    },
}
