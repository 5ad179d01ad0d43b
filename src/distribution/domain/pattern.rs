//! How a name is compared with a pattern of the table, and what stands before and after the table.

/// What a pattern found in a name.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) bucket: Option<&'a str>,
    pub(super) region: Option<&'a str>,
}

/// Compares a name with a pattern, label by label from the right.
pub(super) fn found<'a>(pattern: &str, labels: &'a str) -> Option<Found<'a>> {
    let mut found = Found::default();
    let mut rest = Some(labels);
    for part in pattern.rsplit('.') {
        if let Some(ending) = part.strip_prefix("{bucket}") {
            let bucket = rest.take()?;
            found.bucket =
                bucket.strip_suffix(ending).is_some_and(|b| !b.is_empty()).then_some(bucket);
            found.bucket?;
            continue;
        }
        let (before, label) = match rest?.rsplit_once('.') {
            Some((before, label)) => (Some(before), label),
            None => (None, rest?),
        };
        rest = before;
        let Some((start, class)) = part.split_once('{') else {
            if part == label {
                continue;
            }
            return None;
        };
        let value = label.strip_prefix(start)?;
        if !is_of_class(class, value) {
            return None;
        }
        if class == "region}" {
            found.region = Some(value);
        }
    }
    rest.is_none().then_some(found)
}

fn is_of_class(class: &str, value: &str) -> bool {
    match class {
        "region}" => is_region(value),
        "id}" => is_made_of(value, is_id),
        "alnum}" => is_made_of(value, is_alnum),
        "hex}" => is_made_of(value, is_hex),
        "quad}" => {
            value.split('-').count() == 4
                && value.split('-').all(|part| is_made_of(part, |c| c.is_ascii_digit()))
        }
        "elb}" => value.rsplit_once('-').is_some_and(|(name, digits)| {
            is_made_of(name, is_id) && is_made_of(digits, |c| c.is_ascii_digit())
        }),
        "nlb}" => value.rsplit_once('-').is_some_and(|(name, hex)| {
            is_made_of(name, is_id) && hex.len() == 16 && is_made_of(hex, is_hex)
        }),
        _ => false,
    }
}

fn is_made_of(text: &str, is_allowed: fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(is_allowed)
}

fn is_alnum(c: u8) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn is_id(c: u8) -> bool {
    is_alnum(c) || c == b'-'
}

fn is_hex(c: u8) -> bool {
    c.is_ascii_digit() || (b'a'..=b'f').contains(&c)
}

/// The shape of a Region's code, as in `us-east-1` or `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let is_word = |part: &str| is_made_of(part, |c| c.is_ascii_lowercase());
    let is_number = |part: &str| part.len() <= 2 && is_made_of(part, |c| c.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let [area, middle @ .., number] = &parts[..] else { return false };
    (2..=4).contains(&area.len())
        && is_word(area)
        && (1..=2).contains(&middle.len())
        && middle.iter().all(|part| is_word(part))
        && is_number(number)
}

/// An address of IPv4, or of IPv6 with or without brackets (DP-01).
pub(super) fn is_address(host: &str) -> bool {
    let is_number = |part: &str| part.len() <= 3 && is_made_of(part, |c| c.is_ascii_digit());
    let inner = host.strip_prefix('[').unwrap_or(host);
    let inner = inner.strip_suffix(']').unwrap_or(inner);
    (host.split('.').count() == 4 && host.split('.').all(is_number))
        || (is_made_of(inner, |c| is_hex(c) || c == b':')
            && inner.find(':').is_some_and(|colon| colon + 1 < inner.len()))
}

/// The rule for the bucket's part of a name (below the table).
pub(super) fn is_bucket(text: &str) -> bool {
    let is_end = |c: Option<&u8>| c.is_some_and(|c| is_alnum(*c));
    (3..=63).contains(&text.len())
        && text.split('.').all(|label| is_made_of(label, is_id))
        && is_end(text.as_bytes().first())
        && is_end(text.as_bytes().last())
}

/// DP-25: a DNS name of two labels or more, of which the last starts with a letter.
pub(in crate::distribution) fn is_host_name(host: &str) -> bool {
    let Some((before, last)) = host.rsplit_once('.') else { return false };
    let is_plain =
        |label: &str| is_made_of(label, is_id) && !label.starts_with('-') && !label.ends_with('-');
    host.len() <= 253
        && before.split('.').all(|label| label.len() <= 63 && is_plain(label))
        && last.len() >= 2
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && is_plain(last)
}
