//! gzip, read as it comes (RFC 1952): one member, or several that follow one another (2.2). The browser's own reader takes the
//! first alone.

mod checksum;
mod error;

pub use error::GzipError;

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use checksum::Checksum;

/// Unpacks what comes in pieces.
pub struct Gunzip {
    at: At,
    /// How many bytes of this part have come.
    taken: u32,
    /// What they say together, the least significant byte first (2.1).
    number: u32,
    /// FLG of this member.
    flags: u8,
    /// Of the head of this member.
    head: Checksum,
    /// Of what this member has unpacked to.
    content: Checksum,
    /// How long that is, modulo 2^32.
    length: u32,
    inflate: Box<InflateState>,
    /// How many members are whole.
    members: u32,
}

/// The parts of a member (2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    /// ID1 to OS.
    Begin,
    /// XLEN.
    ExtraLength,
    /// As many bytes of extra fields.
    Extra(u32),
    /// The file's name, up to a zero.
    Name,
    /// A comment, up to a zero.
    Comment,
    /// CRC16 of the head.
    HeadSum,
    /// What deflate has made (RFC 1951).
    Content,
    /// CRC32 of the content.
    Sum,
    /// ISIZE.
    Length,
}

/// The flags (2.3.1), and those that are reserved: "must be zero".
const FHCRC: u8 = 1 << 1;
const FEXTRA: u8 = 1 << 2;
const FNAME: u8 = 1 << 3;
const FCOMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;

/// CM: deflate, the only one there is.
const DEFLATE: u8 = 8;

impl Default for Gunzip {
    fn default() -> Self {
        Self {
            at: At::Begin,
            taken: 0,
            number: 0,
            flags: 0,
            head: Checksum::new(),
            content: Checksum::new(),
            length: 0,
            inflate: InflateState::new_boxed(DataFormat::Raw),
            members: 0,
        }
    }
}

impl Gunzip {
    /// Whether a file begins as a member does (2.3.1).
    pub fn is_begun_by(bytes: &[u8]) -> bool {
        bytes.starts_with(&[0x1f, 0x8b])
    }

    /// Takes of the input, which then begins behind that, and says how many bytes of `out` were filled. What there is has been
    /// unpacked once the input is empty and nothing was filled.
    pub fn read(&mut self, input: &mut &[u8], out: &mut [u8]) -> Result<usize, GzipError> {
        while self.at != At::Content {
            let Some((byte, rest)) = input.split_first() else { return Ok(0) };
            *input = rest;
            self.take(*byte)?;
        }
        let done = inflate(&mut self.inflate, input, out, MZFlush::None);
        *input = &input[done.bytes_consumed..];
        let unpacked = &out[..done.bytes_written];
        self.content.add(unpacked);
        self.length = self.length.wrapping_add(unpacked.len() as u32);
        let is_stuck = done.bytes_consumed == 0 && unpacked.is_empty() && !input.is_empty();
        match done.status {
            Ok(MZStatus::StreamEnd) => self.turn_to(At::Sum),
            // Without input and output there is nothing to do, which is no fault of the file's.
            Ok(_) | Err(MZError::Buf) if !is_stuck => {}
            _ => return Err(GzipError::Content { member: self.member() }),
        }
        Ok(unpacked.len())
    }

    /// No more will come.
    pub fn finish(&self) -> Result<(), GzipError> {
        let is_between = self.at == At::Begin && self.taken == 0 && self.members > 0;
        is_between.then_some(()).ok_or(GzipError::Cut { member: self.member() })
    }

    /// The one that is read, counted from 1.
    const fn member(&self) -> u32 {
        self.members + 1
    }

    /// A byte of a part that is none of deflate's.
    fn take(&mut self, byte: u8) -> Result<(), GzipError> {
        if self.at < At::HeadSum {
            self.head.add(&[byte]);
        }
        let place = self.taken;
        self.taken = place.saturating_add(1);
        if place < 4 {
            self.number |= u32::from(byte) << (8 * place);
        }
        let member = self.member();
        match (self.at, place) {
            (At::Begin, 0) if byte != 0x1f => return Err(GzipError::NoMember { member }),
            (At::Begin, 1) if byte != 0x8b => return Err(GzipError::NoMember { member }),
            (At::Begin, 2) if byte != DEFLATE => {
                return Err(GzipError::Method { member, given: byte });
            }
            (At::Begin, 3) if byte & RESERVED != 0 => {
                return Err(GzipError::Flags { member, given: byte });
            }
            (At::Begin, 3) => self.flags = byte,
            (At::Begin, 9) => self.next_of_head(At::ExtraLength),
            (At::ExtraLength, 1) if self.number == 0 => self.next_of_head(At::Name),
            (At::ExtraLength, 1) => self.turn_to(At::Extra(self.number)),
            (At::Extra(length), _) if self.taken == length => self.next_of_head(At::Name),
            (At::Name, _) if byte == 0 => self.next_of_head(At::Comment),
            (At::Comment, _) if byte == 0 => self.next_of_head(At::HeadSum),
            (At::HeadSum, 1) => {
                self.hold(self.number == self.head.value() & 0xffff)?;
                self.next_of_head(At::Content);
            }
            (At::Sum, 3) => {
                self.hold(self.number == self.content.value())?;
                self.turn_to(At::Length);
            }
            (At::Length, 3) => {
                self.hold(self.number == self.length)?;
                self.members = member;
                self.turn_to(At::Begin);
            }
            _ => {}
        }
        Ok(())
    }

    /// A sum or a length that a member tells of itself.
    fn hold(&self, holds: bool) -> Result<(), GzipError> {
        holds.then_some(()).ok_or(GzipError::Sum { member: self.member() })
    }

    /// The first part of the head from this one on that the flags name, or the content.
    fn next_of_head(&mut self, first: At) {
        let parts = [
            (At::ExtraLength, FEXTRA),
            (At::Name, FNAME),
            (At::Comment, FCOMMENT),
            (At::HeadSum, FHCRC),
        ];
        let next = parts.into_iter().find(|(at, flag)| *at >= first && self.flags & flag != 0);
        self.turn_to(next.map_or(At::Content, |(at, _)| at));
    }

    fn turn_to(&mut self, at: At) {
        (self.at, self.taken, self.number) = (at, 0, 0);
        match at {
            At::Begin => self.head = Checksum::new(),
            At::Content => {
                (self.content, self.length) = (Checksum::new(), 0);
                self.inflate.reset(DataFormat::Raw);
            }
            _ => {}
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
