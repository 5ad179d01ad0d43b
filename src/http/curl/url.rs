//! The URL of a command (RFC 3986 section 3), as curl reads it.

use super::CurlError;
use super::arguments::Arguments;
use super::options::Role;
use super::remark::{Remark, short};
use crate::http::{Scheme, Target};

/// A URL in its parts.
pub(super) struct Parts {
    pub(super) scheme: Scheme,
    /// User and password, percent-encoded as written.
    pub(super) user: Option<String>,
    pub(super) authority: String,
    pub(super) path: String,
    pub(super) query: String,
}

/// Takes the URL that counts from the arguments and reads it.
pub(super) fn parts(arguments: &mut Arguments) -> Result<Parts, CurlError> {
    let mut urls = std::mem::take(&mut arguments.urls);
    let chosen = urls.iter().position(|url| !url.is_doubtful).unwrap_or(0);
    if urls.is_empty() {
        return Err(CurlError::NoUrl);
    }
    let url = urls.remove(chosen).text;
    let glob_off = arguments.is_on(Role::GlobOff);
    let path_as_is = arguments.is_on(Role::PathAsIs);
    let remarks = &mut arguments.remarks;
    remarks.extend(urls.iter().map(|url| Remark::ExtraUrl { url: short(&url.text) }));

    let (scheme, rest) = scheme(&url, remarks)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (user, authority) = match rest[..end].rsplit_once('@') {
        Some((user, authority)) => (Some(user.to_owned()), authority.to_owned()),
        None => (None, rest[..end].to_owned()),
    };
    if !is_authority(&authority) {
        return Err(CurlError::Authority { given: short(&authority) });
    }

    let rest = match rest[end..].split_once('#') {
        Some((before, fragment)) => {
            remarks.push(Remark::Fragment { fragment: short(fragment) });
            before
        }
        None => &rest[end..],
    };
    let rest = if glob_off { rest.to_owned() } else { unglob(rest, remarks) };
    let (path, query) = rest.split_once('?').unwrap_or((&rest, ""));
    let mut path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
    // Before curl's dots are resolved, the text must be a path at all.
    Target::new(&path, query)?;
    if !path_as_is {
        let sent = without_dot_segments(&path);
        if sent != path {
            remarks.push(Remark::DotSegments { given: short(&path), sent: short(&sent) });
            path = sent;
        }
    }
    Ok(Parts { scheme, user, authority, path, query: query.to_owned() })
}

fn scheme<'a>(url: &'a str, remarks: &mut Vec<Remark>) -> Result<(Scheme, &'a str), CurlError> {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    match url.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => match scheme.to_ascii_lowercase().as_str() {
            "http" => Ok((Scheme::Http, rest)),
            "https" => Ok((Scheme::Https, rest)),
            _ => Err(CurlError::Scheme { given: short(scheme) }),
        },
        _ => {
            remarks.push(Remark::SchemeGuessed);
            Ok((Scheme::Http, url))
        }
    }
}

/// RFC 3986 3.2.2 and 3.2.3: a name or an address, and a port.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_host = if let Some(address) =
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']'))
    {
        !address.is_empty() && address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c))
    } else {
        let is_name_char = |c: char| c.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=".contains(c);
        !host.is_empty() && host.chars().all(is_name_char)
    };
    let is_port =
        |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_host && port.is_none_or(is_port)
}

/// Chrome and Safari put a backslash in front of brackets and braces, which curl takes away when it looks for its
/// patterns.
fn unglob(text: &str, remarks: &mut Vec<Remark>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut pattern = None;
    while let Some(c) = chars.next() {
        if let ('\\', Some(&next @ ('[' | ']' | '{' | '}'))) = (c, chars.peek()) {
            plain.push(next);
            chars.next();
        } else {
            if matches!(c, '[' | '{') {
                pattern = pattern.or(Some(c));
            }
            plain.push(c);
        }
    }
    remarks.extend(pattern.map(|found| Remark::Glob { found }));
    plain
}

/// RFC 3986 5.2.4 for a path that starts with a slash.
pub(super) fn without_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                // The path keeps the slash in front of dots at its end.
                if is_last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    kept.iter().flat_map(|segment| ["/", segment]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_segments_go_as_in_rfc_3986_5_2_4_and_5_4() {
        let cases = [
            ("/a/b/c/./../../g", "/a/g"),
            ("/b/c/..", "/b/"),
            ("/b/c/.", "/b/c/"),
            ("/../../g", "/g"),
            ("/..", "/"),
            ("/.", "/"),
            ("/", "/"),
            ("/a//../b", "/a/b"),
            ("/a/..b/c./", "/a/..b/c./"),
        ];
        for (path, expected) in cases {
            assert_eq!(without_dot_segments(path), expected, "{path}");
        }
    }

    #[test]
    fn an_authority_is_a_host_and_a_port() {
        for good in ["a", "a.example:8080", "127.0.0.1", "[::1]", "[2001:db8::1]:443", "a_b"] {
            assert!(is_authority(good), "{good}");
        }
        for bad in
            ["", ":80", "a:", "a:b", "a:65536", "a:+1", "ä", "a b", "[]", "[::1", "a:b:1", "“a"]
        {
            assert!(!is_authority(bad), "{bad}");
        }
    }
}
