//! Path patterns of behaviors and of invalidations.

use edgewalk::distribution::PathPattern;
use edgewalk::edge::InvalidationPath;

use super::{comes_back, text, texts};

fn without_slash(text: &str) -> &[u8] {
    text.strip_prefix('/').unwrap_or(text).as_bytes()
}

/// The matcher agrees with the definition: a table of which rest of the pattern matches which rest of the path.
pub fn path_pattern(data: &[u8]) {
    let [pattern, path] = texts(data);
    if pattern.len() * path.len() > 40_000 {
        return;
    }
    let (p, t) = (without_slash(&pattern), without_slash(&path));
    let mut matches = vec![vec![false; t.len() + 1]; p.len() + 1];
    matches[p.len()][t.len()] = true;
    for i in (0..p.len()).rev() {
        for j in (0..=t.len()).rev() {
            matches[i][j] = match p[i] {
                b'*' => matches[i + 1][j] || (j < t.len() && matches[i][j + 1]),
                c => j < t.len() && (c == b'?' || c == t[j]) && matches[i + 1][j + 1],
            };
        }
    }
    assert_eq!(PathPattern::new(&pattern).matches(&path), matches[0][0], "{pattern} on {path}");
}

/// An invalidation path comes back from JSON, and JSON brings in none that the API would refuse.
pub fn invalidation(data: &[u8]) {
    if let Ok(path) = InvalidationPath::new(&text(data)) {
        assert!(path.as_str().starts_with('/') && path.as_str().len() <= InvalidationPath::LIMIT);
        comes_back(&path);
    }
    if let Ok(path) = serde_json::from_slice::<InvalidationPath>(data) {
        assert_eq!(InvalidationPath::new(path.as_str()), Ok(path));
    }
}
