//! What the cache key takes of a request.

use edgewalk::distribution::{CachePolicy, Selection, managed};
use edgewalk::edge::{AcceptEncoding, cache_key};
use edgewalk::http::{Acceptable, Coding, Field, Fields};

use super::{one_field, text, texts};

/// Weights are at most 1; what the cache key takes from the field is acceptable by RFC 9110, too.
pub fn accept_encoding(data: &[u8]) {
    let Some(fields) = one_field("Accept-Encoding", &text(data)) else { return };
    let read = Acceptable::of(&fields);
    assert!([read.gzip, read.br, read.identity].into_iter().all(|weight| weight <= 1000));
    let policy = CachePolicy { gzip: true, brotli: true, ..managed::caching_disabled() };
    let (gzip, br) = match AcceptEncoding::of(&fields, &policy) {
        Some(AcceptEncoding::BrGzip) => (true, true),
        Some(AcceptEncoding::Gzip) => (true, false),
        Some(AcceptEncoding::Br) => (false, true),
        None => (false, false),
    };
    assert!(!gzip || read.takes(Coding::Gzip));
    assert!(!br || read.takes(Coding::Br));
}

/// A selection of each kind that names the words of a text.
fn selections(names: &str) -> [Selection; 4] {
    let names: Vec<String> = names.split(',').map(String::from).collect();
    [Selection::None, Selection::All, Selection::Only(names.clone()), Selection::AllExcept(names)]
}

/// COOK-03: sorted by name, those of one name in the viewer's order; selecting once more changes nothing.
pub fn cookies(data: &[u8]) {
    let [names, one, other] = texts(data);
    let fields: Fields =
        [&one, &other].into_iter().filter_map(|value| Field::new("Cookie", value).ok()).collect();
    for selection in selections(&names) {
        let taken = cache_key::select_cookies(&fields, &selection);
        let pairs = fields.all("Cookie").flat_map(|value| value.split(';'));
        let mut expected: Vec<_> = pairs
            .filter_map(|pair| pair.trim_ascii().split_once('='))
            .filter(|(name, _)| !name.starts_with('$') && selection.takes(name))
            .collect();
        expected.sort_by_key(|(name, _)| *name);
        let expected: Vec<_> = expected.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(taken, (!expected.is_empty()).then(|| expected.join("; ")));
        if let Some(taken) = taken {
            let again = one_field("Cookie", &taken).unwrap();
            assert_eq!(cache_key::select_cookies(&again, &selection), Some(taken));
        }
    }
}

/// A selection takes parameters as they are and in their order; selecting once more changes nothing.
pub fn query(data: &[u8]) {
    let [names, query] = texts(data);
    for selection in selections(&names) {
        let Some(taken) = cache_key::select_query(&query, &selection) else { continue };
        assert!(!taken.is_empty());
        assert_eq!(cache_key::select_query(&taken, &selection).as_ref(), Some(&taken));
        let mut rest = query.split('&');
        assert!(taken.split('&').all(|one| rest.any(|other| other == one)), "{taken} of {query}");
    }
}
