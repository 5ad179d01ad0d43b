//! The forms of AWS's own names for things. What has the form may exist; what has not, cannot (IM-04, MODEL).

/// A policy, a key group or an ACL: five groups of 8, 4, 4, 4 and 12 letters and digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let is_group = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(is_group)
}
