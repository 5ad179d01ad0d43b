//! Base64 (RFC 4648 section 4), as keys, policies and signatures come in it.

/// Decodes it with padding or without; none where something else stands in it.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xf_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    // A rest of 6 bits is no byte, and what is left over is zero.
    (held < 6 && bits & ((1 << held) - 1) == 0).then_some(bytes)
}

/// The signs, in the order of their values.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes, with padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let held = chunk.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte));
        let held = held << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let value = (held >> (18 - 6 * place) & 63) as usize;
            let sign = SIGNS.get(value).copied().unwrap_or(b'=');
            text.push(char::from(if place > chunk.len() { b'=' } else { sign }));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_section_10() {
        let table = [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
            ("Zg", "f"),
        ];
        for (text, plain) in table {
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()), "{text}");
            assert_eq!(encode(plain.as_bytes()).trim_end_matches('='), text.trim_end_matches('='));
        }
        assert_eq!(encode(b"f"), "Zg==");
        assert_eq!(encode(&[0xfb, 0xff]), "+/8=");
        for text in ["Zg=v", "Z", "Zh", "Zm 9v", "!!!", "Zm9v-"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
