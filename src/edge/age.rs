//! The age of a response (RFC 9111 4.2.3; AGE-01).

use crate::http::Fields;
use crate::time::SimTime;

/// RFC 9111 1.2.2: what stands for a number that is too large to be counted.
const TOO_LARGE: u32 = 1 << 31;

/// The origin's own Age field in seconds, 0 if there is none or it cannot be read. Of a list the first member counts (RFC
/// 9111 5.1); digits and nothing else are a number of seconds (1.2.2).
pub fn age_value(fields: &Fields) -> u32 {
    let age = fields.get("Age").and_then(|age| age.split(',').next()).unwrap_or_default().trim();
    if age.is_empty() || !age.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    age.parse().unwrap_or(TOO_LARGE)
}

/// The age now of a response that was received from the origin at `response_time`, in whole seconds.
///
/// AGE-01 (MODEL): `corrected_initial_age` is the origin's `age_value` alone. All tiers share the instant at which the
/// object came from the origin, so the time it rested in each of them is counted, and the Date field is not needed.
pub fn current_age(age_value: u32, response_time: SimTime, now: SimTime) -> u64 {
    let corrected_initial_age = u64::from(age_value);
    let resident_time = now.since(response_time).as_secs();
    corrected_initial_age.saturating_add(resident_time)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn age_01_the_origins_age_and_the_time_since_then() {
        let received = SimTime::from_secs(100);
        assert_eq!(current_age(0, received, SimTime::from_micros(160_999_999)), 60);
        assert_eq!(current_age(7, received, received), 7);
    }

    #[test]
    fn age_01_the_forms_of_age() {
        let forms = [("12", 12), ("0012", 12), ("4294967295", 4_294_967_295)];
        let lists = [("7, 90", 7), ("7,", 7), (", 7", 0)];
        let unreadable = [("", 0), ("old", 0), ("+5", 0), ("-5", 0), ("5.0", 0), ("5s", 0)];
        let too_large = ["4294967296", "18446744073709551616"].map(|text| (text, 2_147_483_648));
        for (text, secs) in forms.into_iter().chain(lists).chain(unreadable).chain(too_large) {
            let fields = Fields::parse(&format!("Age: {text}")).unwrap();
            assert_eq!(age_value(&fields), secs, "{text}");
        }
        assert_eq!(age_value(&Fields::new()), 0);
    }
}
