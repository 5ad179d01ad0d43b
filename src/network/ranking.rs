//! The first few of many.

/// The least of the values, at most so many, in order; of equal ones the first come.
///
/// Only few are ever kept, so each is put in its place at once: no list of all of them, and none of the sorting code
/// that a long list would be worth.
pub(super) fn least<T: Ord>(values: impl Iterator<Item = T>, at_most: usize) -> Vec<T> {
    let mut least = Vec::new();
    for value in values {
        let place = least.partition_point(|kept| *kept <= value);
        if place < at_most {
            least.truncate(at_most - 1);
            least.insert(place, value);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_beginning_of_the_sorted_list(values: Vec<u8>, at_most in 0_usize..20) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            sorted.truncate(at_most);
            prop_assert_eq!(least(values.into_iter(), at_most), sorted);
        }
    }
}
