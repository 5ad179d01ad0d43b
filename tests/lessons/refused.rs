//! What is no Walk, in a message that names the place, the value and the rule.

use edgewalk::simulation::{FormError, Link, WalkFile};

fn link(text: &str) -> String {
    Link::read(text).unwrap_err().to_string()
}

fn file(text: &str) -> String {
    WalkFile::read(text).unwrap_err().to_string()
}

#[test]
fn links_that_are_damaged_foreign_or_newer() {
    let table = [
        (
            "#top",
            "the link: its parts are v, walk, keep, scenario, own, objects, seed, do, step, view, not \"top\"",
        ),
        ("walk=nowhere", "the walk: this must be one of first-visit, second-visit, another-city, "),
        ("walk=", "not \"\""),
        (
            "walk=post.2",
            "the walk: version 2 is newer than this page, which knows versions up to 1",
        ),
        ("walk=post.0", "the walk: a version is a number from 1"),
        ("walk=post&walk=post", "the link: walk stands here twice"),
        ("walk=post&keep=3", "keep: this walk has 2 actions to keep, not \"3\""),
        ("walk=post&seed=3", "the walk: a walk has its own scenario and seed"),
        ("keep=3", "keep: this belongs to a walk"),
        ("v=3&zzz=1&walk=unknown", "v: version 3 is newer than this page"),
        ("v=0", "v: a link has the number of its version here, such as 1, not \"0\""),
        ("v=x", "v: a link has the number of its version here, such as 1, not \"x\""),
        ("scenario=bank", "scenario: this must be one of shop, not \"bank\""),
        ("scenario=shop.9", "scenario: version 9 is newer than this page"),
        ("seed=-1", "seed: a seed is a number of 64 bits, not \"-1\""),
        ("step=0", "the step: a step is a number from 1"),
        ("view=traffic", "view: this must be walk, about, distribution or logs, not \"traffic\""),
        ("do=", "word 1 of action 1 in the link: an action begins with a method,"),
        ("do=GET:paris:/a,,wait:1", "word 1 of action 2 in the link: an action begins with"),
        (
            "do=GET:atlantis:/a",
            "word 2 of action 1 in the link: the viewer city must be one of the list, perhaps ",
        ),
        (
            "do=wait:1,origin-region:moon-1",
            "word 2 of action 2 in the link: the Region must be one of the 34 codes, such as us-east-1, not \"moon-1\"",
        ),
        (
            "do=GET:paris:/%zz",
            "word 3 of action 1 in the link: a link is percent-encoded text, not \"/%zz\"",
        ),
        ("do=GET:paris:/%3Cscript%3E%20", "word 3 of action 1 in the link: the URL path holds ' '"),
    ];
    for (text, message) in table {
        assert!(link(text).contains(message), "{text}: {}", link(text));
    }
}

#[test]
fn files_that_are_none_or_newer() {
    let table = [
        ("", "this is no Walk file: there is nothing to read"),
        ("GIF89a", "this is no Walk file: this is not JSON: expected value at line 1, column 1"),
        (
            "[]",
            "edgewalk: a Walk file has the number of its version here, such as 1; it is missing",
        ),
        ("{}", "it is missing"),
        (r#"{"edgewalk": "1"}"#, "it is \"1\""),
        (r#"{"edgewalk": 0}"#, "it is 0"),
        (
            r#"{"edgewalk": 3, "acts": {}}"#,
            "edgewalk: version 3 is newer than this page, which knows versions up to 2",
        ),
        (r#"{"edgewalk": 1}"#, "actions: a Walk file has its actions here"),
        (r#"{"edgewalk": 1, "actions": {}}"#, "actions: this must be a list, not an object"),
        (
            r#"{"edgewalk": 1, "actions": [], "Title": ""}"#,
            "the file: the members here are edgewalk, title,",
        ),
        (
            r#"{"edgewalk": 1, "actions": [], "title": "a", "title": "b"}"#,
            "the file: title stands here twice",
        ),
        (r#"{"edgewalk": 1, "actions": [], "title": 7}"#, "title: this must be a string, not 7"),
        (
            r#"{"edgewalk": 1, "actions": [], "scenario": "bank"}"#,
            "scenario: this must be one of shop, not \"bank\"",
        ),
        (r#"{"edgewalk": 1, "actions": [], "step": "x"}"#, "step: a step is a number from 1"),
        (r#"{"edgewalk": 1, "actions": [7]}"#, "actions[0]: this must be an object, not 7"),
        (
            r#"{"edgewalk": 1, "actions": [["wait", 60]]}"#,
            "actions[0][1]: this must be a string, not 60",
        ),
        (
            r#"{"edgewalk": 1, "actions": [["wait", "1"], ["GET", "atlantis", "/"]]}"#,
            "actions[1][1]: the viewer city must be one of the list",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"do": ["origin-region", "moon-1"]}]}"#,
            "actions[0].do[1]: the Region must be one of the 34 codes",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"say": {}}]}"#,
            "actions[0].do: an action says here what is done",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"do": "wait"}]}"#,
            "actions[0].do: this must be a list of strings, not \"wait\"",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"do": ["wait", "1"], "sya": {}}]}"#,
            "actions[0]: the members here are do, say, not \"sya\"",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"do": ["wait", "1"], "say": {"lunch": "x"}}]}"#,
            "actions[0].say: ",
        ),
        (
            r#"{"edgewalk": 1, "actions": [{"do": ["wait", "1"], "say": {"wait": 1}}]}"#,
            "actions[0].say.wait: this must be a string, not 1",
        ),
    ];
    for (text, message) in table {
        assert!(file(text).contains(message), "{text}: {}", file(text));
    }
}

#[test]
fn a_million_actions_are_counted_and_refused() {
    let many = format!(r#"{{"edgewalk": 1, "actions": [{}1]}}"#, "1,".repeat(999_999));
    assert_eq!(file(&many), "actions: a walk holds at most 10000 actions, not 1000000");
    let refused = WalkFile::read(&" ".repeat(16_000_001)).unwrap_err();
    assert_eq!(refused, FormError::TooLarge { given: 16_000_001, limit: 16_000_000 });
    let many = format!("do={}wait:1", "wait:1,".repeat(999_999));
    assert_eq!(link(&many), "the link: a walk holds at most 10000 actions, not 1000000");
    let full = format!("do={}wait:1", "wait:1,".repeat(9_999));
    assert_eq!(Link::read(&full).unwrap().walk().actions.len(), 10_000);
}

#[test]
fn a_deeply_nested_file_is_malformed_and_long_texts_are_cut_short() {
    assert!(file(&"[".repeat(100_000)).starts_with("this is no Walk file: this is not JSON"));
    let long = format!(r#"{{"edgewalk": 1, "actions": [], "title": "{}"}}"#, "x".repeat(121));
    assert_eq!(file(&long), "title: this has at most 120 characters, not 121");
    assert!(link(&format!("walk={}", "x".repeat(1_000_000))).len() < 300);
    assert!(link(&format!("{}=1", "x".repeat(1_000_000))).len() < 300);
}
