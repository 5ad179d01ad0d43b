//! The age of a response (RFC 9111 4.2.3; AGE-01).

use crate::http::Fields;
use crate::time::SimTime;

/// The origin's own Age field in seconds, 0 if there is none or it cannot be read.
pub fn age_value(fields: &Fields) -> u64 {
    fields.get("Age").and_then(|age| age.trim().parse().ok()).unwrap_or(0)
}

/// The age now of a response that was received from the origin at `response_time`, in whole seconds.
///
/// AGE-01 (MODEL): `corrected_initial_age` is the origin's `age_value` alone. All tiers share the instant at which the
/// object came from the origin, so the time it rested in each of them is counted, and the Date field is not needed.
pub fn current_age(age_value: u64, response_time: SimTime, now: SimTime) -> u64 {
    let corrected_initial_age = age_value;
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
        assert_eq!(age_value(&Fields::parse("Age: 12").unwrap()), 12);
        assert_eq!(age_value(&Fields::parse("Age: old").unwrap()), 0);
    }
}
