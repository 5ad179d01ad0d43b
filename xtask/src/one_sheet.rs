//! Makes one sheet of those of a built site: alike as they are, they compress better together, and one is asked for once.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::project::{read_file, write_file};
use crate::site::attribute;
use crate::stop::Stop;

/// Puts the sheets that the index page names into one, in their order, in the place of the first.
pub(crate) fn make(dist: &Path) -> Result<(), Stop> {
    let index = dist.join("index.html");
    let html = read_file(&index)?;
    let (links, files) = sheets(&html);
    if files.len() < 2 {
        return Ok(());
    }
    let mut all = String::new();
    for file in &files {
        all.push_str(&read_file(&dist.join(file))?);
        all.push('\n');
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("edgewalk-{:016x}.css", hasher.finish());
    write_file(&dist.join(&name), &all)?;
    for file in &files {
        let file = dist.join(file);
        fs::remove_file(&file).map_err(|error| Stop::file("Removing", &file, &error))?;
    }
    write_file(&index, &with_one(&html, &links, &name))
}

/// The tags that name a sheet beside the page, and the files.
fn sheets(html: &str) -> (Vec<&str>, Vec<String>) {
    let mut links = Vec::new();
    let mut files = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<link ") {
        let tag = &rest[start..];
        let tag = &tag[..tag.find('>').map_or(tag.len(), |end| end + 1)];
        rest = &rest[start + tag.len()..];
        let inner = tag.trim_end_matches('>').trim_end_matches('/');
        let is_sheet = attribute(inner, "rel") == Some("stylesheet");
        if let Some(url) = attribute(inner, "href").filter(|_| is_sheet) {
            links.push(tag);
            files.push(url.strip_prefix("./").unwrap_or(url).to_owned());
        }
    }
    (links, files)
}

fn with_one(html: &str, links: &[&str], name: &str) -> String {
    let one = format!(r#"<link rel="stylesheet" href="./{name}">"#);
    let mut html = html.to_owned();
    for (place, link) in links.iter().enumerate() {
        html = html.replacen(link, if place == 0 { &one } else { "" }, 1);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheets_become_one_in_the_place_of_the_first() {
        let html = r#"<head><link href=data:, rel=icon><link rel="stylesheet" href="./a.css"/><link href=./b.css rel=stylesheet><script src="./x.js"></script></head>"#;
        let (links, files) = sheets(html);
        assert_eq!(files, ["a.css", "b.css"]);
        let expected = r#"<head><link href=data:, rel=icon><link rel="stylesheet" href="./c.css"><script src="./x.js"></script></head>"#;
        assert_eq!(with_one(html, &links, "c.css"), expected);
    }
}
