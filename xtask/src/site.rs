//! Looks the built site over: what its index page names is there, beside it, and nothing is inline.

use std::fs;
use std::path::Path;

use crate::project::read_file;
use crate::stop::Stop;

/// Says what the site consists of, or what is wrong with it.
pub(crate) fn look_over(dist: &Path) -> Result<String, Stop> {
    let index = dist.join("index.html");
    let html = read_file(&index)?;
    let faults = faults(&html, |file| dist.join(file).is_file());
    if !faults.is_empty() {
        return Err(Stop::new(format!(
            "{} must be mended through index.html or Trunk.toml: {}",
            index.display(),
            faults.join("; ")
        )));
    }
    let (mut files, mut bytes) = (0_u64, 0_u64);
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| Stop::file("Reading", &folder, &error))?;
        for entry in entries.filter_map(Result::ok) {
            match entry.metadata() {
                Ok(about) if about.is_dir() => folders.push(entry.path()),
                Ok(about) => (files, bytes) = (files + 1, bytes + about.len()),
                Err(error) => return Err(Stop::file("Reading", &entry.path(), &error)),
            }
        }
    }
    Ok(format!("The site is in {}: {files} files, {} KB.", dist.display(), bytes.div_ceil(1000)))
}

fn faults(html: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    if !html.contains("Content-Security-Policy") {
        faults.push("it has no Content-Security-Policy".to_owned());
    }
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name == "script" && attribute(tag, "src").is_none() || name == "style" {
            faults.push(format!(
                "it has an inline <{name}>, which its Content-Security-Policy forbids"
            ));
        }
        if matches!(name, "script" | "link" | "img") {
            let names = [attribute(tag, "src"), attribute(tag, "href")];
            faults
                .extend(names.into_iter().flatten().filter_map(|url| fault_of_url(url, &is_there)));
        }
        let app_file =
            attribute(tag, "name").is_some_and(|name| name == "app-module" || name == "app-wasm");
        if app_file {
            faults.extend(attribute(tag, "content").and_then(|url| fault_of_url(url, &is_there)));
        }
    }
    faults
}

fn fault_of_url(url: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    if url.starts_with("data:") {
        return None;
    }
    if url.starts_with('/') || url.contains("://") {
        return Some(format!("{url:?} is not relative, so that it fails under another path"));
    }
    let file = url.strip_prefix("./").unwrap_or(url).split(['?', '#']).next().unwrap_or_default();
    if is_there(file) { None } else { Some(format!("{url:?} does not exist")) }
}

/// The value of an attribute, which a minified page has without quotes where it needs none.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = format!(" {name}=");
    let rest = &tag[tag.find(&start)? + start.len()..];
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_ascii_whitespace().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSP: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#;

    fn faults_of(html: &str) -> Vec<String> {
        faults(&format!("{CSP}{html}"), |file| file == "a.js" || file == "icons/a.svg")
    }

    #[test]
    fn files_beside_the_page_are_fine() {
        let html = r#"<meta name="app-module" content="./a.js"><script type="module" src="./a.js"></script>
            <link rel="icon" href="data:,"><img alt="" src="icons/a.svg#hit">"#;
        assert_eq!(faults_of(html), Vec::<String>::new());
    }

    #[test]
    fn values_may_stand_without_quotes() {
        let html = "<meta content=./a.js name=app-module><script src=./a.js type=module></script><link href=data:, rel=icon>";
        assert_eq!(faults_of(html), Vec::<String>::new());
        let faults = faults_of("<meta content=./b.js name=app-module><script src=/a.js></script>");
        assert_eq!(
            faults,
            [
                "\"./b.js\" does not exist",
                "\"/a.js\" is not relative, so that it fails under another path"
            ]
        );
    }

    #[test]
    fn each_fault_is_named() {
        for (html, part) in [
            (r#"<script type="module">import "./a.js"</script>"#, "inline <script>"),
            ("<style>p{}</style>", "inline <style>"),
            (r#"<script src="/a.js"></script>"#, "\"/a.js\" is not relative"),
            (r#"<link rel="stylesheet" href="https://example.com/a.css">"#, "is not relative"),
            (r#"<script src="./b.js"></script>"#, "\"./b.js\" does not exist"),
            (r#"<meta name="app-wasm" content="./b.wasm">"#, "\"./b.wasm\" does not exist"),
        ] {
            let faults = faults_of(html);
            assert_eq!(faults.len(), 1, "{html}: {faults:?}");
            assert!(faults[0].contains(part), "{html}: {faults:?}");
        }
        assert_eq!(faults("<p>", |_| true), ["it has no Content-Security-Policy"]);
    }
}
