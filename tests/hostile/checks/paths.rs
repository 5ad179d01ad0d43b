//! Path patterns of behaviors and of invalidations.

use edgewalk::distribution::PathPattern;
use edgewalk::edge::invalidation::Tag;
use edgewalk::edge::{Batch, InvalidationPath, Item, Tags};

use super::{comes_back, one_field, text, texts};

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

/// An item prints as one that is read as the same; a batch comes back from JSON, and JSON brings in none that the API
/// would refuse.
pub fn batch(data: &[u8]) {
    let text = text(data);
    let items: Vec<Item> = text
        .split('\0')
        .flat_map(|item| [Item::new(item).ok(), Item::of_console(item).ok()])
        .flatten()
        .collect();
    for item in &items {
        assert_eq!(Item::new(&item.to_string()).as_ref(), Ok(item));
        assert!(!item.is_wildcard() || item.to_string().ends_with('*'));
    }
    for batch in
        [Batch::new(items, None).ok(), serde_json::from_slice(data).ok()].into_iter().flatten()
    {
        assert!((1..=Batch::MOST_ITEMS).contains(&batch.items().len()));
        assert!(batch.wildcards() <= batch.items().len());
        assert!(!batch.to_string().is_empty());
        comes_back(&batch);
        let again = Batch::new(batch.items().to_vec(), batch.caller_reference().map(String::from));
        assert_eq!(again, Ok(batch));
    }
}

/// TAG-02 to TAG-05: at most fifty tags, none longer than it may be, found whatever the case, and only in their field.
pub fn tags(data: &[u8]) {
    let Some(fields) = one_field("Edge-Tags", &text(data)) else { return };
    assert_eq!(Tags::of(&fields, None), None);
    let Some(tags) = Tags::of(&fields, Some("edge-tags")) else { return };
    assert!((1..=Tags::MOST).contains(&tags.iter().count()));
    for tag in tags.iter() {
        let upper = tag.as_str().to_ascii_uppercase();
        let Ok(Item::Tag(same)) = Item::new(&format!("#{upper}")) else { panic!("{upper}") };
        assert!(tags.has(&same, Some("EDGE-TAGS")) && !tags.has(&same, Some("Other")));
        assert!(!tags.has(&same, None));
    }
    let words: Vec<_> = tags.iter().map(Tag::as_str).collect();
    let again = Tags::of(&one_field("edge-tags", &words.join(", ")).unwrap(), Some("edge-tags"));
    assert_eq!(again, Some(tags));
}
