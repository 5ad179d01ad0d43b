//! A copy of the project under target/, in which code is inverted: whatever happens to the run, nothing of the project
//! itself is ever changed. It is kept, with what Cargo built in it, so that the next run starts quickly.

use std::fs;
use std::path::{Path, PathBuf};

use super::files;
use crate::project::{Project, create_folder, write_file};
use crate::stop::Stop;

/// What no test reads.
const LEFT_OUT: [&str; 2] = ["docs/design/", "tests/e2e/"];

#[derive(Debug)]
pub(crate) struct Copy {
    /// The copy's own root.
    pub(crate) root: PathBuf,
    /// Where Cargo builds it.
    pub(crate) target: PathBuf,
}

impl Copy {
    /// Brings the copy up to date. A file that has not changed is not written, so that Cargo need not build it again.
    pub(crate) fn update(project: &Project) -> Result<Self, Stop> {
        let folder = project.target.join("prove");
        let copy = Self { root: folder.join("tree"), target: folder.join("target") };
        let wanted = |path: &String| !LEFT_OUT.iter().any(|left_out| path.starts_with(left_out));
        let mut ours = files::below(&project.root, "", "")?;
        ours.retain(wanted);
        for path in &ours {
            let from = project.root.join(path);
            let bytes = fs::read(&from).map_err(|error| Stop::file("Reading", &from, &error))?;
            copy.put(path, &bytes)?;
        }
        create_folder(&copy.root)?;
        for path in files::below(&copy.root, "", "")? {
            if ours.binary_search(&path).is_err() {
                let gone = copy.root.join(path);
                fs::remove_file(&gone).map_err(|error| Stop::file("Removing", &gone, &error))?;
            }
        }
        Ok(copy)
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Stop> {
        let to = self.root.join(path);
        if fs::read(&to).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        create_folder(to.parent().unwrap_or(Path::new("")))?;
        fs::write(&to, bytes).map_err(|error| Stop::file("Writing", &to, &error))
    }

    /// Writes one file of the copy.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), Stop> {
        write_file(&self.root.join(path), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_follows_the_project_and_leaves_what_is_equal_alone() {
        let root = std::env::temp_dir().join(format!("edgewalk-rows-copy-{}", std::process::id()));
        let project = Project { root: root.join("project"), target: root.join("project/target") };
        let file = |path: &str, text: &str| {
            let path = project.root.join(path);
            create_folder(path.parent().expect("a folder")).expect("made");
            write_file(&path, text).expect("written");
        };
        file("src/a.rs", "a");
        file("src/b.rs", "b");
        file("target/x", "built");
        file(".git/x", "hidden");
        file(".cargo/config.toml", "kept");
        let copy = Copy::update(&project).expect("copied");
        let held = || files::below(&copy.root, "", "").expect("listed");
        assert_eq!(held(), [".cargo/config.toml", "src/a.rs", "src/b.rs"]);

        let time = |path: &str| {
            copy.root.join(path).metadata().and_then(|data| data.modified()).expect("a time")
        };
        let before = time("src/a.rs");
        copy.write("src/b.rs", "inverted").expect("written");
        fs::remove_file(project.root.join("src/b.rs")).expect("removed");
        file("src/c.rs", "c");
        Copy::update(&project).expect("copied again");
        assert_eq!(held(), [".cargo/config.toml", "src/a.rs", "src/c.rs"]);
        assert_eq!(time("src/a.rs"), before);
        fs::remove_dir_all(root).expect("cleaned up");
    }
}
