//! The inside of bash's `$'…'` (its manual, 3.1.2.4 "ANSI-C Quoting").

use super::remark::Remark;

/// Reads from behind `$'` at `at` to the closing quote; gives the place behind it, or `None` if there is none.
pub(super) fn read(
    bytes: &[u8],
    mut at: usize,
    word: &mut Vec<u8>,
    remarks: &mut Vec<Remark>,
) -> Option<usize> {
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        match byte {
            b'\'' => return Some(at),
            b'\\' => at = escape(bytes, at, word, remarks)?,
            _ => word.push(byte),
        }
    }
}

/// Reads what follows a backslash.
fn escape(bytes: &[u8], at: usize, word: &mut Vec<u8>, remarks: &mut Vec<Remark>) -> Option<usize> {
    let byte = *bytes.get(at)?;
    let next = at + 1;
    let plain = match byte {
        b'a' => 0x07,
        b'b' => 0x08,
        b'e' | b'E' => 0x1b,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' | b'\'' | b'"' | b'?' => byte,
        b'0'..=b'7' => {
            let (number, end) = number(bytes, at, 3, 8);
            word.push((number & 0xff) as u8);
            return Some(end);
        }
        b'x' | b'u' | b'U' => {
            let digits = if byte == b'x' {
                2
            } else if byte == b'u' {
                4
            } else {
                8
            };
            let (number, end) = number(bytes, next, digits, 16);
            if end == next {
                word.extend([b'\\', byte]);
            } else if byte == b'x' {
                word.push(number as u8);
            } else {
                return Some(character(bytes, at, number, end, word, remarks));
            }
            return Some(end);
        }
        b'c' => {
            word.push(bytes.get(next)? & 0x1f);
            return Some(next + 1);
        }
        _ => {
            word.extend([b'\\', byte]);
            return Some(next);
        }
    };
    word.push(plain);
    Some(next)
}

/// A number of at most `digits` digits, and where it ends.
fn number(bytes: &[u8], start: usize, digits: usize, radix: u32) -> (u32, usize) {
    let mut end = start;
    let mut number = 0;
    while let Some(digit) = bytes.get(end).and_then(|byte| char::from(*byte).to_digit(radix)) {
        if end == start + digits {
            break;
        }
        number = number * radix + digit;
        end += 1;
    }
    (number, end)
}

/// Writes the character of a `\u` or `\U` in UTF-8. Browsers whose strings are UTF-16 write a character beyond
/// U+FFFF as two halves; bash would make nonsense of each, so they are joined.
fn character(
    bytes: &[u8],
    at: usize,
    given: u32,
    end: usize,
    word: &mut Vec<u8>,
    remarks: &mut Vec<Remark>,
) -> usize {
    let mut put = |c: char| word.extend(c.encode_utf8(&mut [0; 4]).bytes());
    if let Some(c) = char::from_u32(given) {
        put(c);
        return end;
    }
    if (0xd800..0xdc00).contains(&given) && bytes[end..].starts_with(b"\\u") {
        let (low, low_end) = number(bytes, end + 2, 4, 16);
        let joined = (0xdc00..0xe000)
            .contains(&low)
            .then(|| 0x1_0000 + ((given - 0xd800) << 10) + (low - 0xdc00))
            .and_then(char::from_u32);
        if let Some(found) = joined {
            put(found);
            remarks.push(Remark::HalvesJoined { found });
            return low_end;
        }
    }
    put(char::REPLACEMENT_CHARACTER);
    let digits = String::from_utf8_lossy(&bytes[at..end]);
    remarks.push(Remark::NoCharacter { written: format!("\\{digits}") });
    end
}
