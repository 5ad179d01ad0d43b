//! The forms of AWS's own names for things. What has the form may exist; what has not, cannot (IM-04, MODEL).

/// A policy, a key group or an ACL: five groups of 8, 4, 4, 4 and 12 letters and digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let is_group = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(is_group)
}

/// A distribution, an access control or an identity, as in `EDFDVBD632BHDS5`.
pub(super) fn is_upper(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    !text.is_empty() && text.len() <= 32 && text.bytes().all(is_allowed)
}

/// An account: twelve digits.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parts of `arn:aws:SERVICE:REGION:ACCOUNT:REST`, of any partition: service, Region, account and rest.
pub(super) fn arn(text: &str) -> Option<[&str; 4]> {
    let mut parts = text.splitn(6, ':');
    let (Some("arn"), Some(partition)) = (parts.next(), parts.next()) else { return None };
    let [service, region, account, rest] =
        [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    (partition.starts_with("aws") && !rest.is_empty()).then_some([service, region, account, rest])
}
