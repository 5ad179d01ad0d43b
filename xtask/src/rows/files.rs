//! The project's files, by paths relative to its root with `/` between the folders.

use std::fs;
use std::path::Path;

use crate::project::read_file;
use crate::stop::Stop;

/// Folders that hold nothing of the project's own.
const NOT_OURS: [&str; 3] = ["target", "dist", "node_modules"];

/// All files below `folder` ("" is the root) whose name has the ending, in the order of their paths; an empty ending takes
/// all. Hidden folders but `.cargo` are left out; a folder that is not there has no files.
pub(crate) fn below(root: &Path, folder: &str, ending: &str) -> Result<Vec<String>, Stop> {
    let mut found = Vec::new();
    collect(root, folder, &mut found)?;
    found.retain(|path| ending.is_empty() || path.ends_with(&format!(".{ending}")));
    found.sort_unstable();
    Ok(found)
}

fn collect(root: &Path, folder: &str, found: &mut Vec<String>) -> Result<(), Stop> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Ok(());
    }
    let stop = |error| Stop::file("Reading", &path, &error);
    for entry in fs::read_dir(&path).map_err(stop)? {
        let entry = entry.map_err(stop)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let below = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type().map_err(stop)?;
        if kind.is_file() {
            found.push(below);
        } else if kind.is_dir() && is_ours(&name) {
            collect(root, &below, found)?;
        }
    }
    Ok(())
}

fn is_ours(folder: &str) -> bool {
    !NOT_OURS.contains(&folder) && (folder == ".cargo" || !folder.starts_with('.'))
}

/// What a file holds.
pub(crate) fn text(root: &Path, path: &str) -> Result<String, Stop> {
    read_file(&root.join(path))
}
