//! What `cargo xtask bench` measures the engine against, two packages of npm and libCacheSim from Python's index, and
//! Lighthouse, which rates the page.

use std::fs;

use super::stand_in::{Machine, Ran};

const SEMANTICS: &str = "pair/node_modules/http-cache-semantics/package.json";
const LRU: &str = "pair/node_modules/lru-cache/package.json";
const RATES: &str = "lighthouse/node_modules/lighthouse/package.json";
const STAMP: &str = "libcachesim/installed";

/// In the tools' folder.
fn tool(path: &str) -> String {
    format!("target/tools/{path}")
}

/// Everything is installed but these four, and npm and Python bring what they are asked for. Nothing is measured: the
/// stand-ins give no figures.
fn machine() -> Machine {
    let machine = Machine::complete();
    machine.has(
        "npm",
        "folder=$5/node_modules/${6%@*}; /bin/mkdir -p $folder; \
         printf '{\\n  \"version\": \"%s\"\\n}\\n' ${6##*@} > $folder/package.json",
    );
    python(&machine, "", "");
    machine
}

/// Has a Python that does everything well, but for the `cases` that come first; so has the one of its environment.
fn python(machine: &Machine, cases: &str, cases_within: &str) {
    let within = machine.path("python-within");
    machine.script(&within, "python-within", &format!("case $* in {cases_within}\n *);; esac"));
    let environment = format!("/bin/mkdir -p $4/bin; /bin/cp {} $4/bin/python", within.display());
    machine.has("python3", &format!("case $* in {cases}\n *venv*) {environment};; esac"));
}

/// Runs `cargo xtask bench`, and nothing that was called earlier counts.
fn bench(machine: &Machine) -> Ran {
    let _ = fs::remove_file(machine.path("calls"));
    machine.xtask("bench")
}

const PAIR: [&str; 2] = ["http-cache-semantics@4.1.1", "lru-cache@11.5.3"];
const LIGHTHOUSE: &str = "lighthouse@12.8.2";

/// The call of npm for a package, in the folder that it has among the tools.
fn npm_call(machine: &Machine, folder: &str, package: &str) -> String {
    let folder = machine.path(&tool(folder));
    format!("install --no-audit --no-fund --prefix {} {package}", folder.display())
}

#[test]
fn all_four_are_announced_then_installed_once_within_the_project() {
    let machine = machine();
    let ran = bench(&machine);
    let calls = [("pair", PAIR[0]), ("pair", PAIR[1]), ("lighthouse", LIGHTHOUSE)];
    let calls = calls.map(|(folder, package)| npm_call(&machine, folder, package));
    assert_eq!(ran.calls_of("npm"), calls);
    let against = "the engine is measured against it. npm installs it into target/tools/pair";
    let rates = "it rates the page. npm installs it into target/tools/lighthouse";
    for (package, why) in [(PAIR[0], against), (PAIR[1], against), (LIGHTHOUSE, rates)] {
        let told = ran.output.find(&format!("* {package} is needed: {why}"));
        let done = ran.output.find(&format!("> npm install {package}"));
        assert!(told.is_some() && told < done, "said before it is done: {ran:#?}");
    }
    let home = machine.path(&tool("libcachesim"));
    let venv = format!("-m venv --clear {}", home.display());
    assert_eq!(ran.calls_of("python3"), ["-c import ensurepip", &venv]);
    let pip = "-m pip install --quiet --disable-pip-version-check libcachesim==0.3.5";
    assert_eq!(ran.calls_of("python-within")[0], pip);
    let told = ran.output.find("* libCacheSim is needed: the store is measured against its LRU.");
    assert!(told.is_some() && told < ran.output.find("> python3 -m venv"), "{ran:#?}");
    assert!(ran.calls_of("apt-get").is_empty(), "{ran:#?}");
    // What was installed is what measures.
    let modules = machine.path(&tool("pair/node_modules"));
    let modules = modules.display().to_string();
    let node = ran.calls_of("node");
    assert!(
        node.iter().any(|call| call.contains("pair.mjs") && call.ends_with(&modules)),
        "{ran:#?}"
    );
    assert!(ran.calls_of("python-within")[1].contains("lru.py"), "{ran:#?}");

    let again = bench(&machine);
    assert!(again.calls_of("npm").is_empty() && again.calls_of("python3").is_empty(), "{again:#?}");
    assert_eq!(again.calls_of("python-within").len(), 1, "only lru.py: {again:#?}");
}

#[test]
fn only_what_has_another_version_is_replaced() {
    let machine = machine();
    machine.write(&tool(SEMANTICS), "{\n  \"version\": \"4.2.0\"\n}\n");
    machine.write(&tool(LRU), "{\n  \"version\": \"11.5.3\"\n}\n");
    machine.write(&tool(STAMP), "libcachesim==0.3.4");
    machine.write(&tool(RATES), "{\n  \"version\": \"13.0.0\"\n}\n");
    let ran = bench(&machine);
    let calls = [("pair", PAIR[0]), ("lighthouse", LIGHTHOUSE)];
    let calls = calls.map(|(folder, package)| npm_call(&machine, folder, package));
    assert_eq!(ran.calls_of("npm"), calls);
    assert_eq!(ran.calls_of("python3").len(), 2, "{ran:#?}");
    let stamp = fs::read_to_string(machine.path(&tool(STAMP))).unwrap();
    assert_eq!(stamp, "libcachesim==0.3.5");
}

#[test]
fn without_npms_server_one_sentence_helps() {
    let machine = machine();
    machine.has("npm", "echo 'no network' >&2; exit 1");
    let home = machine.path(&tool("pair"));
    let ran = bench(&machine);
    assert_eq!(
        ran.sentence(),
        format!(
            "npm could not install http-cache-semantics@4.1.1 (its reason is above): check the network, run `npm install \
             --prefix {} http-cache-semantics@4.1.1` by hand, then run again",
            home.display()
        )
    );
    assert!(ran.output.contains("    no network"), "{ran:#?}");

    machine.has("npm", "exit 0");
    assert_eq!(
        bench(&machine).sentence(),
        format!(
            "npm's package http-cache-semantics@4.1.1 did not come in that version: remove {} and run again",
            home.display()
        )
    );
}

#[test]
fn what_pip_could_not_install_is_not_taken_for_installed() {
    let machine = machine();
    let sentence = format!(
        "pip could not install libcachesim==0.3.5 (its reason is above): check the network, remove {} and run again",
        machine.path(&tool("libcachesim")).display()
    );
    python(&machine, "", "*pip*) echo 'no network' >&2; exit 1;;");
    let ran = bench(&machine);
    assert_eq!(ran.sentence(), sentence);
    assert!(ran.output.contains("    no network"), "{ran:#?}");
    assert!(!machine.exists(&tool(STAMP)));

    python(&machine, "*venv*) exit 1;;", "");
    let ran = bench(&machine);
    assert_eq!(ran.sentence(), sentence);
    assert!(ran.calls_of("python-within").is_empty(), "no environment, no pip: {ran:#?}");
    assert!(!machine.exists(&tool(STAMP)));
}

#[test]
fn a_python_that_makes_no_environments_comes_from_debian_or_by_hand() {
    let machine = machine();
    python(&machine, "*ensurepip*) exit 1;;", "");
    let ran = bench(&machine);
    let install =
        "install -y --no-install-recommends -o DPkg::Lock::Timeout=300 python3 python3-venv";
    assert_eq!(ran.calls_of("apt-get"), ["update", install]);
    assert!(machine.exists(&tool(STAMP)), "it goes on with what came: {ran:#?}");

    fs::remove_file(machine.path(&tool(STAMP))).unwrap();
    machine.has("id", "echo 1000");
    assert_eq!(
        bench(&machine).sentence(),
        "a Python with venv is missing and only root may install it: run `apt-get install python3 python3-venv` as root, \
         then run again"
    );

    machine.has("id", "echo 0");
    machine.lacks("python3");
    assert_eq!(
        bench(&machine).sentence(),
        "python3 was installed but is not on PATH: put its folder there, then run again"
    );
}
