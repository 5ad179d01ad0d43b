//! A signature of ECDSA as it is sent: MODEL (SIG-15), the DER that openssl writes.

/// What many signers give, both numbers one behind the other with 32 bytes each, as DER (RFC 3279 2.2.3); none of anything else.
pub fn der(pair: &[u8]) -> Option<Vec<u8>> {
    let (r, s) = pair.split_at_checked(32).filter(|(_, s)| s.len() == 32)?;
    let body = [number(r), number(s)].concat();
    // Two numbers of 33 bytes at most with their heads: the length takes one byte.
    Some([&[0x30, body.len() as u8], &body[..]].concat())
}

/// A number that is not negative (X.690 8.3): in as few bytes as there are, the first bit being 0.
fn number(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = &bytes[zeros.min(bytes.len() - 1)..];
    let sign: &[u8] = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { &[0] } else { &[] };
    [&[0x02, (sign.len() + bytes.len()) as u8], sign, bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sig_15_two_numbers_as_openssl_writes_them() {
        let pair = |r: &[u8], s: &[u8]| {
            let filled = |number: &[u8]| [&vec![0; 32 - number.len()], number].concat();
            der(&[filled(r), filled(s)].concat())
        };
        // By hand from X.690: 1 and 128, which needs a byte before it, or it would be negative.
        assert_eq!(pair(&[1], &[0x80]), Some(vec![0x30, 7, 2, 1, 1, 2, 2, 0, 0x80]));
        assert_eq!(pair(&[], &[0x7f, 0]), Some(vec![0x30, 7, 2, 1, 0, 2, 2, 0x7f, 0]));
        let longest = pair(&[0xff; 32], &[0xff; 32]).unwrap_or_default();
        assert_eq!((longest.len(), longest[1], longest[4]), (72, 70, 0));
        assert_eq!(der(&[1; 63]), None);
        assert_eq!(der(&[1; 65]), None);
        assert_eq!(der(&[]), None);
    }
}
