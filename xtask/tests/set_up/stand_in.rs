//! A machine made of stand-ins, on which xtask runs for real.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// The system refuses to start a script that anybody has open for writing, and a process that starts in another thread
/// inherits what is open at that moment: so that nothing is started while a script is written.
static WRITING_OR_STARTING: Mutex<()> = Mutex::new(());

static MACHINES: AtomicU32 = AtomicU32::new(0);

const INDEX: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#;

/// Where a page names its module.
const MODULE: &str = r#"<meta name="app-module" content="./edgewalk-1.js"><meta name="app-wasm" content="./edgewalk-1_bg.wasm">"#;

/// What Cargo notes of the program that tells no version.
pub(crate) const SPLITTER: &str =
    "\"wasm_split_cli_support 0.2.4 (registry+https://x)\" = [\"wasm-split-cli\"]";

/// A wasm-bindgen of this version, which writes empty files.
pub(crate) const BINDGEN: &str = "case $1 in --version) echo 'wasm-bindgen 0.2.130';; \
     *) /bin/mkdir -p $6; echo 'from \"./__wasm_split.js\"' > $6/edgewalk.js; \
     echo \"'edgewalk_bg.wasm'\" >> $6/edgewalk.js; : > $6/edgewalk_bg.wasm;; esac";

/// A temporary folder with a project, a home, a `/usr` and the stand-ins. Each stand-in notes how it was called.
pub(crate) struct Machine {
    pub(crate) folder: PathBuf,
    set: Vec<(&'static str, String)>,
}

impl Machine {
    /// Everything is installed, and we are root on Debian.
    pub(crate) fn complete() -> Self {
        let number = MACHINES.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("edgewalk-xtask-{}-{number}", std::process::id()));
        for inner in
            ["bin", "home", "usr/bin", "project/xtask", "project/tests/e2e/node_modules", "target"]
        {
            fs::create_dir_all(folder.join(inner)).unwrap();
        }
        let machine = Self { folder, set: Vec::new() };
        machine.write(
            "project/Cargo.lock",
            "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n",
        );
        machine.write("project/tests/e2e/package-lock.json", "{}");
        machine.write("project/tests/e2e/node_modules/.installed-lock.json", "{}");
        machine.write("project/tests/e2e/smoke.test.mjs", "");
        machine.write(
            "project/index.html",
            r#"<link data-wasm-opt="z" data-wasm-opt-params="--some --more">"#,
        );
        machine.write("project/tests/aws/requirements.txt", "botocore==1\n");
        machine.write("target/tools/aws/installed", "botocore==1\n");
        machine.has("cargo", &machine.cargo(""));
        machine.has("rustc", "exit 0");
        machine.has("rustup", "exit 1");
        machine.has("trunk", &machine.trunk(INDEX));
        machine.has("wasm-bindgen", BINDGEN);
        machine.has(
            "wasm-split-cli",
            "case $1 in --version) exit 2;; esac; cd $6; : > edgewalk.wasm; : > split_later.wasm; \
             echo '\"./edgewalk.js\" \"./split_later.wasm\" WebAssembly.instantiateStreaming(src, imports)' > __wasm_split.js",
        );
        machine.write("target/tools/.crates.toml", SPLITTER);
        machine.has("wasm-opt", "echo 'wasm-opt version 132 (version_132)'");
        machine.has(
            "node",
            "case $1 in --version) echo v20.1.0;; *) printf 'ℹ pass 2\\nℹ fail 0\\n';; esac",
        );
        machine.has("npm", "exit 0");
        machine.has("chromium", "exit 0");
        machine.has("chromedriver", "exit 0");
        machine.has("goaccess", "exit 0");
        machine.has("curl", "exit 0");
        machine.has("apt-get", "exit 0");
        machine.has("id", "echo 0");
        machine
    }

    /// The script of a cargo that does everything well, but for the `cases` that come first.
    pub(crate) fn cargo(&self, cases: &str) -> String {
        format!(
            "case $1 in {cases}\n metadata) echo '{{\"target_directory\":\"{}\"}}';;\n \
             test) echo 'test result: ok. 3 passed; 0 failed; 0 ignored';;\n esac",
            self.folder.join("target").display()
        )
    }

    /// The script of a trunk whose build writes `index` to dist/, with the module that it names.
    pub(crate) fn trunk(&self, index: &str) -> String {
        let dist = self.folder.join("project/dist");
        let dist = dist.display();
        format!(
            "case $1 in --version) echo 'trunk 0.21.14';; build) /bin/mkdir -p {dist}; \
             : > {dist}/edgewalk-1.js; : > {dist}/edgewalk-1_bg.wasm; \
             /bin/cat > {dist}/index.html <<'END'\n{MODULE}{index}\nEND\n;; esac"
        )
    }

    /// Installs a program: a shell script that notes its call, then runs `script`.
    pub(crate) fn has(&self, program: &str, script: &str) {
        let path = self.folder.join("bin").join(program);
        self.script(&path, program, script);
    }

    /// The same for a program that is not on PATH.
    pub(crate) fn script(&self, path: &Path, program: &str, script: &str) {
        let _writing = WRITING_OR_STARTING.lock().unwrap();
        // A link to a real program must not be written through.
        let _ = fs::remove_file(path);
        let calls = self.folder.join("calls");
        fs::write(
            path,
            format!("#!/bin/sh\necho \"{program} $*\" >> '{}'\n{script}\n", calls.display()),
        )
        .unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Takes a program away.
    pub(crate) fn lacks(&self, program: &str) {
        fs::remove_file(self.folder.join("bin").join(program)).unwrap();
    }

    /// A file of the machine, with folders as needed.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.folder.join(path).exists()
    }

    /// Sets a variable for xtask and what it starts.
    pub(crate) fn sets(&mut self, variable: &'static str, value: &str) {
        self.set.push((variable, value.to_owned()));
    }

    /// Runs `cargo xtask <words>` on this machine.
    pub(crate) fn xtask(&self, words: &str) -> Ran {
        self.run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(words.split_whitespace()))
    }

    /// Runs a command that ends up in xtask, with nothing of the real machine in its environment.
    pub(crate) fn run(&self, command: &mut Command) -> Ran {
        command
            .env_clear()
            .env("PATH", self.folder.join("bin"))
            .env("HOME", self.folder.join("home"))
            .env("CARGO_MANIFEST_DIR", self.folder.join("project/xtask"))
            .env("XTASK_USR", self.folder.join("usr"))
            .env("XTASK_PATIENCE_SECS", "1")
            .envs(self.set.iter().map(|(variable, value)| (variable, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let starting = WRITING_OR_STARTING.lock().unwrap();
        let child = command.spawn().unwrap();
        drop(starting);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let calls = fs::read_to_string(self.folder.join("calls")).unwrap_or_default();
        Ran { success: status.success(), output: text(stdout), errors: text(stderr), calls }
    }

    /// Copies a real program to where everybody may start it.
    pub(crate) fn copies(&self, program: &Path, to: &str) -> PathBuf {
        let _writing = WRITING_OR_STARTING.lock().unwrap();
        let copy = self.folder.join(to);
        fs::copy(program, &copy).unwrap();
        // Closed and written out before anything is started.
        File::open(&copy).unwrap().sync_all().unwrap();
        copy
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What xtask said and called.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) success: bool,
    pub(crate) output: String,
    pub(crate) errors: String,
    calls: String,
}

impl Ran {
    /// The one sentence with which a command that cannot go on ends.
    #[track_caller]
    pub(crate) fn sentence(&self) -> &str {
        assert!(!self.success, "it should fail: {self:#?}");
        let mut lines = self.errors.lines();
        let (Some(sentence), None) = (lines.next(), lines.next()) else {
            panic!("one line should say what to do: {self:#?}")
        };
        sentence.strip_prefix("xtask: ").unwrap_or_else(|| panic!("not ours: {self:#?}"))
    }

    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        assert!(self.success, "it should succeed: {self:#?}");
        self
    }

    pub(crate) fn called(&self, call: &str) -> bool {
        self.calls.lines().any(|line| line == call)
    }

    /// The calls of `program`, with what it was told to do.
    pub(crate) fn calls_of(&self, program: &str) -> Vec<&str> {
        let start = format!("{program} ");
        self.calls.lines().filter_map(|line| line.strip_prefix(&start)).collect()
    }
}
