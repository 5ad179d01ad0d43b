//! AWS's own tools, in the virtual environment that `cargo xtask test` sets up.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The Python that has them; none, and a word about it, where they are not set up.
pub(crate) fn python() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let home = target.join("tools/aws");
    let python = home.join("bin/python");
    if home.join("installed").is_file() && python.is_file() {
        return Some(python);
    }
    println!(
        "skipped: botocore, cfn-lint and cryptography are not set up (`cargo xtask test` does it; or by hand: python3 -m venv \
         {0}, then {0}/bin/pip install -r tests/aws/requirements.txt, then touch {0}/installed)",
        home.display()
    );
    None
}

/// What a program says to these arguments and files, started where the scripts of this test are.
pub(crate) fn ran(program: &Path, arguments: &[&str], files: &[PathBuf]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/aws"));
    command.args(arguments).args(files).output().unwrap()
}

/// A folder of this test's own, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("aws").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
