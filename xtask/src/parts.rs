//! Takes the module of a built page apart: what is marked with `wasm_split` becomes a module of its own, which the page
//! fetches once it is needed. Trunk knows nothing of that, so it happens to what Trunk has built.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::Machine;
use crate::project::{Project, create_folder, read_file, write_file};
use crate::run;
use crate::site::attribute;
use crate::stop::Stop;

/// The name of the marks in `src/app/later.rs`.
const PART: &str = "later";

/// Both the whole module, as rustc calls it, and the first part.
const MODULE: &str = "edgewalk";

/// How the splitter names the script that fetches a part.
const FETCHER: &str = "__wasm_split.js";

/// What rustc lets a module for the web use. The part does not say it itself.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What makes a build of Trunk's one that can be taken apart: the marks, and (in `ask_for`) what the linker knows of who needs
/// what.
pub(crate) const MARKS: [&str; 2] = ["--features", "parted"];

pub(crate) fn ask_for(trunk: &mut Command) {
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-arg=--emit-relocs");
}

/// Puts the parts in the place of the whole in a site that was built so.
pub(crate) fn take_apart(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let folder = project.target.join("parts");
    let _ = fs::remove_dir_all(&folder);
    create_folder(&folder)?;
    let whole = project.target.join("wasm32-unknown-unknown/wasm-release/edgewalk.wasm");
    let mut split = tool(machine, "wasm-split-cli")?;
    split.args(["--target", "web", "--out-name", MODULE]).args([&whole, &folder]);
    run::silently(&mut split)?;

    let mut join = tool(machine, "wasm-bindgen")?;
    join.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir"])
        .args([folder.join("joined"), folder.join(format!("{MODULE}.wasm"))]);
    run::silently(&mut join)?;

    let page = read_file(&project.root.join("index.html"))?;
    let first = folder.join("joined").join(format!("{MODULE}_bg.wasm"));
    let later = folder.join(format!("split_{PART}.wasm"));
    for part in [&first, &later] {
        optimise(machine, &page, part)?;
    }
    let script = read_file(&folder.join("joined").join(format!("{MODULE}.js")))?;
    let fetcher = read_file(&folder.join(FETCHER))?;
    put_in(&project.dist(), &Parts { first, later, script, fetcher })
}

/// What a module comes to.
struct Parts {
    first: PathBuf,
    later: PathBuf,
    /// The script of wasm-bindgen.
    script: String,
    /// The script that fetches the second part.
    fetcher: String,
}

impl Parts {
    /// The beginning of all their names, which changes with what is in them.
    fn stem(&self) -> Result<String, Stop> {
        let mut hasher = DefaultHasher::new();
        for part in [&self.first, &self.later] {
            fs::read(part).map_err(|error| Stop::file("Reading", part, &error))?.hash(&mut hasher);
        }
        (&self.script, &self.fetcher).hash(&mut hasher);
        Ok(format!("{MODULE}-{:016x}", hasher.finish()))
    }
}

fn put_in(dist: &Path, parts: &Parts) -> Result<(), Stop> {
    let index = dist.join("index.html");
    let html = read_file(&index)?;
    let old = stem_in(&html).ok_or_else(|| {
        Stop::new("the page that Trunk has built names no module: see Trunk.toml")
    })?;
    let stem = parts.stem()?;
    for file in [format!("{old}.js"), format!("{old}_bg.wasm")].map(|name| dist.join(name)) {
        fs::remove_file(&file).map_err(|error| Stop::file("Removing", &file, &error))?;
    }
    for (part, name) in [(&parts.first, "bg"), (&parts.later, PART)] {
        let file = dist.join(format!("{stem}_{name}.wasm"));
        fs::copy(part, &file).map_err(|error| Stop::file("Writing", &file, &error))?;
    }
    let (script, fetcher) = named(&parts.script, &parts.fetcher, &stem)?;
    write_file(&dist.join(format!("{stem}.js")), &script)?;
    write_file(&dist.join(format!("{stem}_{PART}.js")), &fetcher)?;
    write_file(&index, &html.replace(old, &stem))
}

/// The scripts, each with the names of the files that it asks for. The second part comes as bytes: a server that does not name
/// the type of a module is good enough for the first, too.
fn named(script: &str, fetcher: &str, stem: &str) -> Result<(String, String), Stop> {
    let script = other(
        script,
        &[
            (&format!("from \"./{FETCHER}\""), &format!("from \"./{stem}_{PART}.js\"")),
            (&format!("'{MODULE}_bg.wasm'"), &format!("'{stem}_bg.wasm'")),
        ],
    )?;
    let fetcher = other(
        fetcher,
        &[
            (&format!("\"./{MODULE}.js\""), &format!("\"./{stem}.js\"")),
            (&format!("\"./split_{PART}.wasm\""), &format!("\"./{stem}_{PART}.wasm\"")),
            (STREAMED, BUFFERED),
        ],
    )?;
    Ok((script, fetcher))
}

/// As the splitter has it, and as we do. An answer that is an error is none.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
const BUFFERED: &str = "src.then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(answer.url))).then((bytes) => WebAssembly.instantiate(bytes, imports))";

/// A text with others in the place of some, each of which must be there.
fn other(text: &str, swaps: &[(&str, &str)]) -> Result<String, Stop> {
    let mut text = text.to_owned();
    for (from, to) in swaps {
        if !text.contains(from) {
            return Err(Stop::new(format!(
                "a script of wasm-bindgen or wasm-split-cli has no {from:?} any more: see xtask/src/parts.rs"
            )));
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

/// The name of the module's script in the built page, without its ending.
fn stem_in(html: &str) -> Option<&str> {
    let mut tags = html.split('<').filter_map(|tag| tag.split('>').next());
    let tag = tags.find(|tag| attribute(tag, "name") == Some("app-module"))?;
    attribute(tag, "content")?.strip_prefix("./")?.strip_suffix(".js")
}

/// As index.html tells Trunk to.
fn optimise(machine: &Machine, page: &str, module: &Path) -> Result<(), Stop> {
    let told = |name| attribute(page, name).map(str::to_owned);
    let (Some(level), Some(more)) = (told("data-wasm-opt"), told("data-wasm-opt-params")) else {
        return Err(Stop::new("index.html does not say how wasm-opt makes the module small"));
    };
    let mut command = tool(machine, "wasm-opt")?;
    command.arg(format!("-O{level}")).args(more.split_whitespace()).args(FEATURES);
    command.arg(module).arg("-o").arg(module);
    run::silently(&mut command).map(drop)
}

fn tool(machine: &Machine, name: &str) -> Result<Command, Stop> {
    let program =
        machine.find(name).ok_or_else(|| Stop::new(format!("{name} is not on PATH: run again")))?;
    Ok(machine.command(&program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_page_names_the_module() {
        let html = "<meta content=./edgewalk-1a.js name=app-module><meta content=./edgewalk-1a_bg.wasm name=app-wasm>";
        assert_eq!(stem_in(html), Some("edgewalk-1a"));
        assert_eq!(stem_in("<meta name=other content=./a.js>"), None);
    }

    #[test]
    fn each_script_asks_for_the_files_by_their_new_names() {
        let script = "import * as import1 from \"./__wasm_split.js\"\n\"./__wasm_split.js\": import1, new URL('edgewalk_bg.wasm'";
        let fetcher = "import { initSync } from \"./edgewalk.js\"; fetch(new URL(\"./split_later.wasm\")); WebAssembly.instantiateStreaming(src, imports)";
        assert!(named(script, "", "edgewalk-2b").is_err(), "what is not there is missed");
        let (script, fetcher) = named(script, fetcher, "edgewalk-2b").unwrap_or_default();
        // The module itself knows the script by its old name.
        assert_eq!(
            script,
            "import * as import1 from \"./edgewalk-2b_later.js\"\n\"./__wasm_split.js\": import1, new URL('edgewalk-2b_bg.wasm'"
        );
        assert_eq!(
            fetcher,
            format!(
                "import {{ initSync }} from \"./edgewalk-2b.js\"; fetch(new URL(\"./edgewalk-2b_later.wasm\")); {BUFFERED}"
            )
        );
    }
}
