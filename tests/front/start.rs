//! A front that cannot start says why in one sentence, with exit code 2.

use std::net::TcpListener;

use super::origin::{Origin, Reply, ok};
use super::process::refused;

#[test]
fn a_bad_start_names_what_is_wrong_and_starts_nothing() {
    let origin = Origin::answering(|_| Reply::Bytes(ok("", b"")));
    let url = format!("http://127.0.0.1:{}", origin.port);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = format!("http://{gone}");
    let file = std::env::temp_dir().join(format!("edgewalk-front-{}.json", std::process::id()));
    let file = file.to_str().unwrap();
    std::fs::write(file, "{\"Origins\": ").unwrap();
    let listen = ["--listen", "127.0.0.1:0"];
    let start = ["--listen", "127.0.0.1:0", "--origin", &url];
    let with = |more: &[&'static str]| [&start[..], more].concat();
    let table: [(Vec<&str>, &str); 15] = [
        (vec![], "--listen is missing"),
        (listen.to_vec(), "--origin is missing"),
        (vec!["--listen", "8081"], "\"8081\""),
        (vec!["--listen", &taken, "--origin", &url], &taken),
        ([&listen[..], &["--origin", &gone]].concat(), &gone),
        ([&listen[..], &["--origin", "https://a.example"]].concat(), "\"https://a.example\""),
        ([&listen[..], &["--origin", "http://a.example/x"]].concat(), "\"http://a.example/x\""),
        (with(&["--distribution", "/no/such/file.json"]), "/no/such/file.json"),
        ([&start[..], &["--distribution", file]].concat(), file),
        (with(&["--policy", "/no/such/policy.json", "--distribution", "/dev/null"]), "policy.json"),
        (with(&["--policy", "/dev/null"]), "--policy without --distribution"),
        (with(&["--time-scale", "0"]), "\"0\""),
        (with(&["--city", "Atlantis"]), "Atlantis"),
        (with(&["--speed", "9"]), "\"--speed\""),
        (with(&["--distribution"]), "--distribution needs a value"),
    ];
    for (arguments, named) in table {
        let (code, said) = refused(&arguments);
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(named), "{arguments:?}: {said}");
        assert!(said.starts_with("edge: ") && said.lines().count() == 1, "{arguments:?}: {said}");
    }
    std::fs::remove_file(file).unwrap();
}
