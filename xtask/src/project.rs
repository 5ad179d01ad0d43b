//! The project's folders and what its files say.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::machine::Machine;
use crate::run;
use crate::stop::Stop;

#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Where Cargo builds; `CARGO_TARGET_DIR` or a configuration file may have moved it.
    pub(crate) target: PathBuf,
}

impl Project {
    pub(crate) fn find(machine: &Machine) -> Result<Self, Stop> {
        // `cargo run` sets the variable to where the package is now; what was compiled in is where it was then.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_path_buf();
        let mut command = machine.cargo()?;
        command.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(&root);
        let metadata = run::silently(&mut command)?;
        let target = json_string(&metadata, "target_directory").ok_or_else(|| {
            Stop::new("`cargo metadata` names no target_directory: run it by hand in the project's folder to see why")
        })?;
        Ok(Self { root, target: PathBuf::from(target) })
    }

    /// Cargo in the project's folder, ready for its arguments.
    pub(crate) fn cargo(&self, machine: &Machine) -> Result<Command, Stop> {
        let mut command = machine.cargo()?;
        command.current_dir(&self.root);
        Ok(command)
    }

    /// Tools that belong to this project alone, and what is needed to build them.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Where programs installed by cargo and npm end up, to be found before the system's own.
    pub(crate) fn tool_folders(&self) -> [PathBuf; 2] {
        let tools = self.tools();
        [tools.join("bin"), tools.join("node_modules").join(".bin")]
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The version that Cargo.lock holds of `package`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String, Stop> {
        let path = self.root.join("Cargo.lock");
        let lock = read_file(&path)?;
        version_in_lock(&lock, package).ok_or_else(|| {
            Stop::new(format!(
                "Cargo.lock holds no {package}: run `cargo update --workspace`, then run again"
            ))
        })
    }
}

/// Makes `folder` and those above it.
pub(crate) fn create_folder(folder: &Path) -> Result<(), Stop> {
    fs::create_dir_all(folder).map_err(|error| Stop::file("Creating", folder, &error))
}

/// What a file holds.
pub(crate) fn read_file(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(|error| Stop::file("Reading", path, &error))
}

/// Writes a whole file.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Stop> {
    fs::write(path, text).map_err(|error| Stop::file("Writing", path, &error))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

/// The value of the first member `key` in JSON that Cargo wrote, where it is a string.
fn json_string(json: &str, key: &str) -> Option<String> {
    let start = format!("\"{key}\":\"");
    let rest = &json[json.find(&start)? + start.len()..];
    let mut value = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            // Paths on Windows; other escapes do not occur in paths.
            '\\' => value.push(characters.next()?),
            character => value.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_names_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    #[test]
    fn a_windows_path_in_json_loses_its_escapes() {
        let json = r#"{"packages":[],"target_directory":"C:\\e\\target","version":1}"#;
        assert_eq!(json_string(json, "target_directory").as_deref(), Some(r"C:\e\target"));
        assert_eq!(json_string(json, "version"), None);
    }
}
