//! Pasted curl commands: the tables in tests/curl/, and what holds for every text and every request.
//!
//! A case is a title behind `====`, a command, a line of four dashes, and the request or the error that it must give.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use edgewalk::http::Scheme;
use edgewalk::http::curl::{CurlError, LIMIT, Pasted, read, write};
use edgewalk::http::{Field, Method, Target};
use proptest::prelude::*;

const TABLES: [(&str, &str); 5] = [
    ("chrome", include_str!("curl/chrome.txt")),
    ("others", include_str!("curl/others.txt")),
    ("options", include_str!("curl/options.txt")),
    ("shell", include_str!("curl/shell.txt")),
    ("refused", include_str!("curl/refused.txt")),
];

fn show(result: &Result<Pasted, CurlError>) -> String {
    let pasted = match result {
        Ok(pasted) => pasted,
        Err(error) => return format!("error {error}\n"),
    };
    let Pasted { method, scheme, authority, target, .. } = pasted;
    let mut text = format!("{method} {}://{authority} {target}\n", scheme.as_str());
    for field in pasted.fields.iter() {
        writeln!(text, "{}: {}", field.name(), field.value()).unwrap();
    }
    if !pasted.cookies.is_empty() {
        writeln!(text, "cookies {}", pasted.cookies).unwrap();
    }
    if pasted.content_length() > 0 {
        let content = String::from_utf8_lossy(&pasted.content);
        writeln!(text, "content {} {content:?}", pasted.content_length()).unwrap();
    }
    for remark in &pasted.remarks {
        writeln!(text, "remark {remark}").unwrap();
    }
    text
}

/// Title, command and expected text of each case.
fn cases(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.split("==== ").skip(1).map(|case| {
        let (title, case) = case.split_once('\n').unwrap();
        let (command, expected) = case.split_once("\n----\n").unwrap();
        (title, command, expected.trim_end_matches('\n'))
    })
}

/// What must come back when a request is written and read again.
fn request(pasted: &Pasted) -> Pasted {
    Pasted { remarks: Vec::new(), ..pasted.clone() }
}

#[test]
fn every_command_of_the_tables_gives_its_request_and_its_remarks() {
    let mut count = 0;
    let mut wrong = String::new();
    for (table, text) in TABLES {
        for (title, command, expected) in cases(text) {
            count += 1;
            let shown = show(&read(command));
            let shown = shown.trim_end_matches('\n');
            if shown != expected {
                writeln!(wrong, "{table}: {title}\n--- expected\n{expected}\n--- read\n{shown}\n")
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 70, "only {count} cases were found");
}

#[test]
fn a_command_that_is_read_and_written_reads_the_same_and_twice_over() {
    for (_, text) in TABLES {
        for (title, command, _) in cases(text) {
            let Ok(pasted) = read(command) else { continue };
            let written = write(&pasted);
            let again = read(&written).unwrap();
            assert_eq!(request(&again), request(&pasted), "{title}: {written}");
            assert_eq!(write(&again), written, "{title}");
        }
    }
}

#[test]
fn line_breaks_of_windows_are_line_breaks() {
    for (_, text) in &TABLES[..3] {
        for (title, command, _) in cases(text) {
            let windows = read(&command.replace('\n', "\r\n"));
            assert_eq!(show(&windows), show(&read(command)), "{title}");
        }
    }
}

#[test]
fn a_line_break_of_windows_ends_a_command_of_cmd() {
    let text = "curl \"https://a.example/\" ^\n -H \"A: 1\"\ncurl \"https://b.example/\"";
    let shown = show(&read(text));
    assert!(shown.contains("what follows the line break is left out"), "{shown}");
    assert_eq!(show(&read(&text.replace('\n', "\r\n"))), shown);
}

#[test]
fn a_command_is_written_as_a_browser_would() {
    let text =
        "curl -X PUT https://a.example/x?y=[1] -H 'A;' -H \"B: it's\" -b a=1 -d $'1\\n\\xff'";
    let written = write(&read(text).unwrap());
    let expected = r"curl 'https://a.example/x?y=[1]' \
  --globoff \
  -X PUT \
  -H 'A;' \
  -H $'B: it\'s' \
  -H 'Content-Type: application/x-www-form-urlencoded' \
  -b 'a=1' \
  --data-raw $'1\n\xff'";
    assert_eq!(written, expected);
    assert_eq!(write(&read("curl a.example -I").unwrap()), "curl 'http://a.example/' -I");
}

#[test]
fn ten_megabytes_are_refused_and_the_limit_is_inclusive() {
    let text = format!("curl https://a.example/ -d {}", "x".repeat(10_000_000));
    let error = read(&text).unwrap_err();
    assert_eq!(error, CurlError::TooLong { given: text.len(), limit: LIMIT });
    assert!(error.to_string().contains("10000027 bytes"), "{error}");

    let longest = format!("curl https://a.example/ -d {}", "x".repeat(LIMIT - 27));
    assert_eq!(
        (longest.len(), read(&longest).unwrap().content_length()),
        (LIMIT, LIMIT as u64 - 27)
    );
}

/// The longest texts of repeated pieces are read, or refused with a sentence that does not repeat them; a URL in front
/// stays the one that is read. benches/parsers.rs measures how long that takes.
#[test]
fn the_longest_texts_are_read_or_refused_in_a_sentence() {
    let units = [
        "-",
        "a ",
        "-s",
        " -s",
        " -H a:b",
        "\\ ",
        "\\\n",
        "^ ",
        "^\n",
        "^\"",
        "\"",
        "'",
        "$'",
        "${",
        "$a",
        "#",
        "#\n",
        "\n",
        ">",
        "> ",
        "2>",
        " -d @",
        " --header=",
        " [",
        "../",
        "\\[",
        "$'\\ud800' ",
        "\u{1f605}",
        "curl",
        "&",
    ];
    for unit in units {
        for (head, tail) in
            [("curl https://a.example/", ""), ("curl ", " "), ("", "\ncurl"), ("curl ^\n", " ")]
        {
            let room = LIMIT - head.len() - 1;
            let body = unit.repeat(room / 2 / unit.len());
            let text = format!("{head}{body}{}", tail.repeat(room / 2 / tail.len().max(1)));
            match read(&text) {
                Ok(pasted) if head.contains("a.example") => {
                    assert_eq!(pasted.authority, "a.example", "{head:?} {unit:?}");
                }
                Ok(pasted) => assert!(!pasted.authority.is_empty(), "{head:?} {unit:?}"),
                Err(error) => {
                    let sentence = error.to_string();
                    assert!(sentence.len() < 500, "{head:?} {unit:?}: {sentence}");
                }
            }
        }
    }
}

fn a_field() -> impl Strategy<Value = Field> {
    // `Cookie` is the one field that is not among the fields.
    ("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}", "[^\\p{Cc}]{0,20}|[ -~\t]{0,20}")
        .prop_filter("a field but for Cookie", |(name, value)| {
            Field::new(name, value).is_ok() && !name.eq_ignore_ascii_case("cookie")
        })
        .prop_map(|(name, value)| Field::new(&name, &value).unwrap())
}

fn a_request() -> impl Strategy<Value = Pasted> {
    let authority = "[a-z0-9][a-z0-9.-]{0,12}(:[1-9][0-9]{0,3})?|\\[::[0-9a-f]{1,4}\\](:80)?";
    let path = "(/(\\.|\\.\\.|[!-\"$->@-~]{0,8})){1,4}";
    let content = prop_oneof![
        Just(Vec::new()),
        proptest::collection::vec(any::<u8>(), 0..40),
        "@?[ -~\n'\\\\]{0,20}".prop_map(String::into_bytes),
    ];
    (
        proptest::sample::select(Method::ALL.to_vec()),
        any::<bool>(),
        authority,
        (path, "[!-\"$-~]{0,20}"),
        proptest::collection::vec(a_field(), 0..5),
        "|@?[ -~äé😅]{0,20}",
        content,
    )
        .prop_map(|(method, tls, authority, (path, query), fields, cookies, content)| Pasted {
            method,
            scheme: if tls { Scheme::Https } else { Scheme::Http },
            authority,
            target: Target::new(&path, &query).unwrap(),
            fields: fields.into_iter().collect(),
            cookies: cookies.trim().to_owned(),
            content,
            remarks: Vec::new(),
        })
}

/// Words and pieces of words that mean something to the shells or to curl, and what may stand between them.
fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "curl",
            "curl ",
            " ",
            "\n",
            "\r\n",
            "\\\n",
            "^\n",
            "'",
            "\"",
            "^\"",
            "$'",
            "\\",
            "^",
            "`",
            "$",
            "${",
            "$(",
            "}",
            ";",
            "&",
            "|",
            ">",
            "<",
            "#",
            "-H ",
            "-H",
            "-d",
            "-d ",
            "-G",
            "-b ",
            "-I",
            "-X ",
            "-u ",
            "--",
            "-",
            ":",
            "--json ",
            "--data-urlencode ",
            "--url-query ",
            "--next",
            "@",
            "=",
            "A: b",
            "https://",
            "a.example",
            "/..",
            "?",
            "[",
            "{",
            "]",
            "\\u",
            "\\x",
            "d83d",
            "\\ude05",
            "ä",
            "😅",
            "\0",
            "%^",
            "%41",
            "-T ",
            "/",
            "-e ",
        ])
        .prop_map(str::to_owned),
        "[ -~]{0,6}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn a_request_that_is_written_and_read_is_the_same(pasted in a_request()) {
        let written = write(&pasted);
        let again = read(&written);
        prop_assert!(again.is_ok(), "{again:?}\n{written}");
        prop_assert_eq!(request(&again.unwrap()), pasted, "{}", written);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = read(&text);
        let _ = read(&format!("curl {text}"));
    }

    #[test]
    fn whatever_can_be_read_can_be_written_and_read_again(text in a_text()) {
        for text in [format!("curl https://a.example/ {text}"), format!("curl {text}"), text] {
            if let Ok(pasted) = read(&text) {
                let written = write(&pasted);
                let again = read(&written);
                prop_assert!(again.is_ok(), "{again:?}\n{written}");
                prop_assert_eq!(request(&again.unwrap()), request(&pasted), "{}", written);
            }
        }
    }
}
