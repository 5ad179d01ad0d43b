//! Short texts taken apart at a byte: for what is read with every request.

/// What stands before and behind the first separator, which is ASCII, if there is one.
#[inline]
pub(crate) fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_as_by_split_once() {
        for text in ["", ";", "a", "a;b", ";a;;", "\u{e9}; b;"] {
            assert_eq!(cut(text, b';'), text.split_once(';'), "{text}");
        }
    }
}
