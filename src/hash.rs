//! Floor 0. A number made of bytes, for names that only have to differ and for chances that have to come again.

/// Where it begins.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same for the same bytes on every machine, and in every version of every library.
///
/// ```
/// assert_eq!(edgewalk::hash::fnv1a(b"foobar".iter().copied()), 0x8594_4171_f739_67e8);
/// ```
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    fnv1a_from(START, bytes)
}

/// FNV-1a, 32 bits.
///
/// ```
/// assert_eq!(edgewalk::hash::fnv1a_32(b"foobar".iter().copied()), 0xbf9c_f968);
/// ```
pub fn fnv1a_32(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    bytes.into_iter().fold(0x811c_9dc5, fold)
}

/// The same as [`fnv1a`], going on from what other bytes gave.
pub fn fnv1a_from(before: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.into_iter().fold(before, fold)
}
