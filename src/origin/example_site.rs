//! Something to ask for at the origins of a distribution of somebody's own (IM-06, MODEL).

use super::{Given, Kind, Object, Site};
use crate::distribution::{Behavior, Distribution};
use crate::http::Target;

/// When it was all published: 2025-12-15T09:00:00Z.
const PUBLISHED_UNIX: u64 = 1_765_789_200;

/// What `*` may stand for in an example, tried one after the other until no earlier behavior takes the path.
const FILLINGS: [&str; 4] = ["example", "sample/page", "a", "x-1/y-2"];

/// Types by extension, with a size in bytes that lets a POP of 2 MB hold a few.
const TYPES: [(&str, &str, u64); 20] = [
    ("html", "text/html; charset=utf-8", 18_432),
    ("htm", "text/html; charset=utf-8", 18_432),
    ("css", "text/css", 46_080),
    ("js", "text/javascript", 184_320),
    ("json", "application/json", 9_216),
    ("xml", "application/xml", 30_720),
    ("txt", "text/plain", 2_048),
    ("svg", "image/svg+xml", 6_144),
    ("png", "image/png", 241_664),
    ("jpg", "image/jpeg", 286_720),
    ("jpeg", "image/jpeg", 286_720),
    ("gif", "image/gif", 122_880),
    ("webp", "image/webp", 163_840),
    ("ico", "image/x-icon", 4_286),
    ("woff2", "font/woff2", 65_488),
    ("pdf", "application/pdf", 524_288),
    ("m3u8", "application/vnd.apple.mpegurl", 1_536),
    ("mpd", "application/dash+xml", 4_096),
    ("ts", "video/mp2t", 409_600),
    ("mp4", "video/mp4", 819_200),
];

/// What the origins hold: these objects, or else an example for each behavior; and the default root object and the error
/// pages, unless they are given. An origin knows its paths without its own origin path (OR-03), and all origins hold the
/// same.
pub fn site_of(distribution: &Distribution, given: &[Given]) -> Site {
    let mut all: Vec<String> = Vec::new();
    all.extend(distribution.default_root_object.iter().map(|object| format!("/{object}")));
    let pages = distribution.error_responses.iter().filter_map(|response| response.page.as_ref());
    all.extend(pages.map(|page| page.path.clone()));
    if given.is_empty() {
        let behaviors = distribution.behaviors.iter().enumerate();
        all.extend(
            behaviors.filter_map(|(place, behavior)| example(distribution, place, behavior)),
        );
    }
    let mut objects: Vec<Object> = all.into_iter().map(|path| object(distribution, path)).collect();
    objects.extend(given.iter().map(|given| {
        let guessed = object(distribution, given.path.clone());
        Object {
            content_type: given.content_type.clone().unwrap_or(guessed.content_type),
            size_bytes: given.size_bytes.unwrap_or(guessed.size_bytes),
            ..guessed
        }
    }));
    Site::new(objects)
}

/// Examples for the behaviors that were not there before and that none of the objects leads to (IM-06).
pub fn examples_for(
    distribution: &Distribution,
    before: &Distribution,
    site: &Site,
) -> Vec<Object> {
    let was_there = |behavior: &Behavior| {
        before.behaviors.iter().any(|known| known.pattern == behavior.pattern)
    };
    let is_led_to =
        |place| site.iter().any(|object| distribution.behavior_for(&object.path) == place);
    let behaviors = distribution.behaviors.iter().enumerate();
    behaviors
        .filter(|(place, behavior)| !was_there(behavior) && !is_led_to(*place))
        .filter_map(|(place, behavior)| example(distribution, place, behavior))
        .map(|path| object(distribution, path))
        .collect()
}

/// What [`site_of`] must be given for this site, each object with what its path does not say already; none where it could
/// give no such site.
pub fn given_of(distribution: &Distribution, site: &Site) -> Option<Vec<Given>> {
    if *site == site_of(distribution, &[]) {
        return Some(Vec::new());
    }
    let known = |of: &Object| {
        let guessed = object(distribution, of.path.clone());
        Given {
            content_type: (of.content_type != guessed.content_type)
                .then(|| of.content_type.clone()),
            size_bytes: (of.size_bytes != guessed.size_bytes).then_some(of.size_bytes),
            path: guessed.path,
        }
    };
    let given: Vec<Given> = site.iter().map(known).collect();
    (*site == site_of(distribution, &given)).then_some(given)
}

/// A path that leads to the behavior at a place, if one is found.
fn example(distribution: &Distribution, place: usize, behavior: &Behavior) -> Option<String> {
    let pattern = behavior.pattern.as_str();
    let pattern = if behavior.pattern.is_default() { "*.html" } else { pattern };
    let filled = FILLINGS.iter().map(|filling| {
        let path = pattern.replace('*', filling).replace('?', "1");
        if path.starts_with('/') { path } else { format!("/{path}") }
    });
    let leads_there =
        |path: &String| Target::new(path, "").is_ok() && distribution.behavior_for(path) == place;
    filled.into_iter().find(leads_there)
}

/// By the extension of its path; what has none under a behavior that keeps nothing is made anew each time.
fn object(distribution: &Distribution, path: String) -> Object {
    let file = path.rsplit('/').next().unwrap_or_default();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = TYPES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(extension));
    let behavior = distribution.behaviors.get(distribution.behavior_for(&path));
    let is_made = known.is_none() && behavior.is_some_and(Behavior::is_caching_disabled);
    let (_, content_type, size_bytes) = *known.unwrap_or(&TYPES[if is_made { 4 } else { 0 }]);
    Object {
        path,
        content_type: content_type.to_owned(),
        size_bytes,
        cache_control: Some(if is_made { "no-store" } else { "max-age=3600" }.to_owned()),
        expires_secs: None,
        cache_tag: None,
        vary: None,
        kind: if is_made { Kind::Made } else { Kind::File },
        version: 1,
        modified_unix: PUBLISHED_UNIX,
    }
}
