//! Which URLs a policy is for (SIG-37 to SIG-45).

use super::parts::own_query;
use crate::http::Request;

/// The URL that a request asks for, without the parameters of its signature.
pub(super) struct Url {
    scheme: &'static str,
    host: String,
    path: String,
    query: String,
}

impl Url {
    pub(super) fn of(request: &Request) -> Self {
        Self {
            scheme: request.scheme.as_str(),
            host: request.fields.get("Host").unwrap_or_default().to_owned(),
            path: request.target.path().to_owned(),
            query: own_query(request).unwrap_or_default(),
        }
    }

    /// SIG-08: as it is signed; no `?` where nothing stands behind it.
    pub(super) fn text(&self) -> String {
        let Self { scheme, host, path, query } = self;
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{scheme}://{host}{path}{mark}{query}")
    }
}

/// Whether a resource, in which wildcards act inside one section each (SIG-39), covers a URL.
pub(super) fn covers(resource: &str, url: &Url) -> bool {
    if resource == "*" {
        return true; // SIG-40
    }
    let (scheme, rest) = match resource.split_once("://") {
        Some(parts) => parts,
        None if resource.starts_with('*') => ("*", resource), // SIG-40
        None => return false,                                 // SIG-18
    };
    let (host, path) = match rest.find('/') {
        Some(place) => rest.split_at(place),
        None => (rest, ""),
    };
    if !fits(scheme, url.scheme) || !fits(host, &url.host) {
        return false; // SIG-37
    }
    if path.is_empty() {
        // SIG-40: a * at the end of the domain opens the rest; else the root alone is meant.
        return host.ends_with('*') || (url.path == "/" && url.query.is_empty());
    }
    if let Some((path, query)) = path.split_once("\\?") {
        return covers_path(path, Some(query), url); // SIG-44
    }
    // SIG-44 (MODEL): a bare ? is tried as the separator first, then as one character.
    let separated = path.split_once('?');
    separated.is_some_and(|(path, query)| covers_path(path, Some(query), url))
        || covers_path(path, None, url)
}

fn covers_path(path: &str, query: Option<&str>, url: &Url) -> bool {
    fits(path, &url.path)
        && match query {
            Some(query) => fits(query, &url.query),
            None => path.ends_with('*') || url.query.is_empty(), // SIG-40, SIG-36
        }
}

/// `*` stands for any characters, `?` for one (SIG-39, SIG-45).
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut star) = ((0, 0), None);
    while at.1 < text.len() {
        match pattern.get(at.0) {
            Some(b'*') => {
                star = Some(at);
                at.0 += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[at.1] => at = (at.0 + 1, at.1 + 1),
            _ => match &mut star {
                Some(place) => {
                    place.1 += 1;
                    at = (place.0 + 1, place.1);
                }
                None => return false,
            },
        }
    }
    pattern[at.0..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(resource: &str, url: &str, is_covered: bool) {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let (host, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let own = |text: &str| text.to_owned();
        let scheme = if scheme == "http" { "http" } else { "https" };
        let url_parts = Url { scheme, host: own(host), path: own(path), query: own(query) };
        assert_eq!(covers(resource, &url_parts), is_covered, "{resource} {url}");
    }

    #[test]
    fn sig_37_39_to_45_which_urls_a_resource_covers() {
        // SIG-41, SIG-42: the guide's own.
        check("https://www.example.com/hello*world", "https://www.example.com/helloworld", true);
        check("https://www.example.com/hello*world", "https://www.example.com/hello-world", true);
        check("https://www.example.com/hello*world", "https://www.example.com/hello?world", false);
        check("https://d/*game_download.zip*", "https://d/game_download.zip", true);
        check(
            "https://d/*game_download.zip*",
            "https://d/example_game_download.zip?license=yes",
            true,
        );
        check("https://d/a*", "https://d/a/b/c", true); // SIG-45
        check("https://d/a", "http://d/a", false); // SIG-37
        check("https://d/a", "https://e/a", false); // SIG-37
        check("http*://d/a", "https://d/a", true); // SIG-39
        check("*://d/a", "http://d/a", true); // SIG-18
        check("d/a", "http://d/a", false); // SIG-18
        check("http://example.com*", "http://example.com.evil.test/", true); // SIG-43
        check("http://example.com/*", "http://example.com.evil.test/", false); // SIG-43
        check("https://d/a?b=*", "https://d/a?b=1", true); // SIG-44
        check("https://d/a\\?b=*", "https://d/a?b=1", true); // SIG-44
        check("https://d/a?c", "https://d/abc", true); // SIG-44: one character
        check("https://d/a\\?c", "https://d/abc", false); // SIG-44
        check("https://d/a", "https://d/a?x=1", false); // SIG-36
    }
}
