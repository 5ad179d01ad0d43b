#![allow(clippy::unwrap_used)]
use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

use super::*;

/// A member as another writer makes it.
fn member(content: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// One with all that a head may hold.
fn member_with_all(content: &[u8]) -> Vec<u8> {
    let builder = GzBuilder::new().filename("a.log").comment("of a day").extra(vec![7; 300]);
    let mut encoder = builder.write(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    let packed = encoder.finish().unwrap();
    let head = packed.len() - member(content, 6).len() + 10;
    // FHCRC, which that writer does not write: the sum of all before it, its two low bytes.
    let mut packed = [packed[..head].to_vec(), vec![0, 0], packed[head..].to_vec()].concat();
    packed[3] |= FHCRC;
    let mut sum = Checksum::new();
    sum.add(&packed[..head]);
    packed[head..head + 2].copy_from_slice(&sum.value().to_le_bytes()[..2]);
    packed
}

/// All that comes out of these pieces, a few bytes at a time.
fn unpacked<'p>(
    pieces: impl IntoIterator<Item = &'p [u8]>,
    room: usize,
) -> (Vec<u8>, Result<(), GzipError>) {
    let (mut gunzip, mut all, mut out) = (Gunzip::default(), Vec::new(), vec![0; room]);
    for piece in pieces {
        let mut rest = piece;
        loop {
            match gunzip.read(&mut rest, &mut out) {
                Ok(0) if rest.is_empty() => break,
                Ok(count) => all.extend_from_slice(&out[..count]),
                Err(error) => return (all, Err(error)),
            }
        }
    }
    let finished = gunzip.finish();
    (all, finished)
}

/// Not to be guessed from what came before, nor without any repetition.
fn content(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 59) as u8
    };
    (0..length).map(|_| b"abcdefghijklmnopqrstuvwxyz\t\n-./:"[usize::from(next())]).collect()
}

#[test]
fn members_that_follow_one_another_are_one_file() {
    let texts = [content(70_000), Vec::new(), b"short".to_vec(), content(9)];
    let file = [
        member(&texts[0], 6),
        member(&texts[1], 9),
        member_with_all(&texts[2]),
        member(&texts[3], 0), // stored, not packed
    ];
    let whole = file.concat();
    for (piece, room) in [(whole.len(), 131_072), (16_384, 1), (1, 7), (3, 40_000)] {
        let (all, finished) = unpacked(whole.chunks(piece), room);
        assert_eq!(finished, Ok(()), "pieces of {piece}");
        assert!(all == texts.concat(), "pieces of {piece}");
    }
}

#[test]
fn wherever_it_is_parted_a_member_ends_where_it_ends() {
    let texts = [content(400), content(3), content(90)];
    let whole = texts.each_ref().map(|text| member(text, 6)).concat();
    for at in 0..=whole.len() {
        let (one, other) = whole.split_at(at);
        assert_eq!(unpacked([one, other], 64), (texts.concat(), Ok(())), "at {at}");
    }
}

#[test]
fn what_is_cut_or_changed_is_told_by_its_member_and_what_came_before_stays() {
    let texts = [content(400), content(90)];
    let members = texts.each_ref().map(|text| member(text, 6));
    let (first, whole) = (members[0].len(), members.concat());
    for at in 0..whole.len() {
        let (all, finished) = unpacked([&whole[..at]], 64);
        let member = if at < first { 1 } else { 2 };
        let expected = if at == first { Ok(()) } else { Err(GzipError::Cut { member }) };
        assert_eq!(finished, expected, "cut at {at}");
        assert!(texts.concat().starts_with(&all) && (at < first || all.len() >= 400));
    }
    let changed = |at: usize, byte: u8| {
        let mut changed = whole.clone();
        changed[at] = byte;
        unpacked([&*changed], 64).1.unwrap_err()
    };
    assert_eq!(changed(0, b'P'), GzipError::NoMember { member: 1 });
    assert_eq!(changed(first + 1, 0), GzipError::NoMember { member: 2 });
    assert_eq!(changed(first + 2, 7), GzipError::Method { member: 2, given: 7 });
    assert_eq!(changed(3, 0x40), GzipError::Flags { member: 1, given: 0x40 });
    assert_eq!(changed(first - 8, !whole[first - 8]), GzipError::Sum { member: 1 }, "CRC32");
    assert_eq!(changed(first - 1, 1), GzipError::Sum { member: 1 }, "ISIZE");
    // BTYPE 11 is reserved (RFC 1951 3.2.3).
    assert_eq!(changed(10, 0b111), GzipError::Content { member: 1 });
    let mut named = member_with_all(b"short");
    let end = named.len() - member(b"short", 6).len() + 10;
    named[end - 1] ^= 1;
    assert_eq!(unpacked([&*named], 64).1, Err(GzipError::Sum { member: 1 }), "CRC16");
}

#[test]
fn any_bytes_are_read_as_another_reader_reads_them() {
    use std::io::Read;
    let seed = [member(&content(300), 6), member_with_all(b"short")].concat();
    let mut state = 7_u32;
    for _ in 0..20_000 {
        let mut bytes = seed.clone();
        for _ in 0..2 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % bytes.len();
            bytes[at] = state as u8;
        }
        let mut theirs = Vec::new();
        let is_theirs = flate2::read::MultiGzDecoder::new(&*bytes).read_to_end(&mut theirs).is_ok();
        let (ours, finished) = unpacked([&*bytes], 64);
        // That reader takes no offence at reserved flags.
        if is_theirs && !matches!(finished, Err(GzipError::Flags { .. })) {
            assert_eq!((finished, ours), (Ok(()), theirs), "{bytes:?}");
        } else {
            assert!(finished.is_err(), "{bytes:?}");
        }
    }
}
