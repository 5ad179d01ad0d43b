//! Logs read: the example, columns in any order, what is wrong, bounds, and that what is written reads as the same.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::edge::ResultType;
use crate::http::{Status, Version};

const EXAMPLE: &str = include_str!("../../../docs/reference/examples/access.log");

/// A log of these columns and lines, with blanks for TABs.
fn log(columns: &str, lines: &[&str]) -> AccessLog {
    let lines: Vec<_> = lines.iter().map(|line| line.replace(' ', "\t") + "\n").collect();
    AccessLog::read(&format!("#Version: 1.0\n#Fields: {columns}\n{}", lines.concat()))
}

/// The columns that none can do without.
const LEAST: &str = "date time sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type";
const LINE: &str = "2026-03-14 09:00:02 8612 GET /a 200 Hit";

fn problems(log: &AccessLog) -> Vec<String> {
    log.problems().first().iter().map(ToString::to_string).collect()
}

#[test]
fn log_01_02_03_the_example_reads_and_is_written_as_it_stands() {
    let log = AccessLog::read(EXAMPLE);
    assert!(log.problems().is_empty(), "{:?}", log.problems());
    assert_eq!(log.len(), 12);
    let records: Vec<_> = (0..12).map(|index| log.record(index).unwrap()).collect();
    assert_eq!(text(&records), EXAMPLE);
    assert_eq!(log.line_of(0).unwrap().1, 3, "behind two lines of its head");
}

#[test]
fn log_f01_to_f33_a_record_of_the_example_is_what_its_line_says() {
    let log = AccessLog::read(EXAMPLE);
    let record = log.record(4).unwrap();
    assert_eq!(record.finished_unix, 1_773_478_900, "2026-03-14 09:01:40 UTC");
    assert_eq!((record.bytes_down, record.bytes_up), (1_049_106, Some(73)));
    assert_eq!(record.status, Some(Status(206)));
    assert_eq!((record.range_first, record.range_last), (Some(0), Some(1_048_575)));
    assert_eq!(record.taken, Some(Duration::from_millis(412)));
    assert_eq!(record.first_byte, Some(Duration::from_millis(4)));
    assert_eq!((record.protocol, record.port), (Some(Protocol::Https), Some(55_310)));
    assert_eq!(record.version, Some(LoggedVersion::Of(Version::Http2)));
    assert_eq!(record.result, Outcome::Of(ResultType::Hit));
    assert_eq!(record.detail, Some(Detailed::Plain(Outcome::Of(ResultType::Hit))));
    assert!(
        record
            .user_agent
            .unwrap()
            .text()
            .starts_with("Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X)")
    );
    let post = log.record(10).unwrap();
    assert_eq!(post.query.unwrap().text(), "q=red%20shoes&tags[]=a|b&off=50%25", "LOG-26, LOG-78");
    assert_eq!(post.forwarded_for.unwrap().text(), "203.0.113.45, 192.0.2.250");
    let gone = log.record(11).unwrap();
    assert_eq!((gone.status, gone.content_length), (None, None), "LOG-F09, LOG-F31");
    assert_eq!(gone.detail, Some(Detailed::Closer(Detail::ClientHungUpRequest)));
    let broken = log.record(5).unwrap();
    assert_eq!(broken.response_result, Some(Outcome::Of(ResultType::Hit)), "LOG-29");
    let function = log.record(9).unwrap();
    assert_eq!(function.result.as_str(), "LambdaExecutionError");
    assert_eq!(function.user_agent.unwrap().text(), "ExampleApp/2.1 (build 7; 'beta')", "LOG-27");
}

#[test]
fn log_18_columns_stand_in_any_order_and_unknown_ones_are_passed_over() {
    let log = log(
        "distribution-tenant-id x-edge-result-type sc-status connection-id cs-uri-stem cs-method sc-bytes time date sc-status",
        &["- Hit 304 x /a HEAD 7 09:00:02 2026-03-14 zzz"],
    );
    assert!(log.problems().is_empty(), "{:?}", log.problems());
    let record = log.record(0).unwrap();
    assert_eq!((record.status, record.bytes_down), (Some(Status(304)), 7), "a name counts once");
    assert_eq!((record.path.as_logged(), record.method.as_logged()), ("/a", "HEAD"));
    assert_eq!((record.finished_unix, record.location), (1_773_478_802, None));
}

#[test]
fn a_file_of_several_logs_has_the_columns_of_each() {
    let text = format!("#Version: 1.0\n#Fields: {LEAST}\n{LINE}\n#Fields: c-port {LEAST}\n443 {LINE}\n\n# a remark\n443 {LINE}")
        .replace(&format!("\n{LINE}"), &format!("\n{}", LINE.replace(' ', "\t")))
        .replace(&format!("\n443 {LINE}"), &format!("\r\n443\t{}\r", LINE.replace(' ', "\t")));
    let log = AccessLog::read(&text);
    assert!(log.problems().is_empty(), "{:?}", log.problems());
    let ports: Vec<_> = (0..log.len()).map(|index| log.record(index).unwrap().port).collect();
    assert_eq!(ports, [None, Some(443), Some(443)]);
    assert_eq!(log.line_of(2).unwrap().1, 8, "counted in the file");
    let top = log.tally().results().top(9);
    assert_eq!(top, [("Hit", Sum { requests: 3, bytes: 3 * 8_612 })], "no line's end is a value");
}

#[test]
fn what_is_wrong_is_told_with_line_field_value_and_rule() {
    let broken = log(
        LEAST,
        &[
            LINE,
            "2026-03-14 09:00:02 many GET /a 200 Hit",
            "2026-03-14 09:00:02 1 GET /a 200",
            "2026-03-14 09:00:02 1 GET /a 200 Hit extra",
            "09:00:02 1 GET /a 200 Hit",
            "2026-02-30 09:00:02 1 GET /a 200 Hit",
            "2026-03-14 09:00:02 1 GET  200 Hit",
            "2026-03-14 09:00:02 1 - /a 200 Hit",
            LINE,
        ],
    );
    assert_eq!(
        problems(&broken),
        [
            "line 4: sc-bytes must be a whole number, not \"many\"",
            "line 5 has 6 values where the #Fields line names 7; TABs part them",
            "line 6 has 8 values where the #Fields line names 7; TABs part them",
            "line 7 has 6 values where the #Fields line names 7; TABs part them",
            "line 8: date must be a date, as in 2026-01-31, not \"2026-02-30\"",
            "line 9: cs-uri-stem must be a hyphen where there is none, not \"\"",
            "line 10: cs-method must be a text, not \"-\"",
        ]
    );
    assert_eq!((broken.len(), broken.tally().all().requests), (2, 2), "the others are whole");
    assert_eq!(
        problems(&AccessLog::read("#Version: 2.0\n#Fields: date time")),
        [
            "line 1: #Version must be 1.0, not \"2.0\"",
            "line 2: the #Fields line does not name sc-bytes, without which a record tells too little",
        ]
    );
    let headless = AccessLog::read(&format!("{LINE}\n{LINE}\n{LINE}"));
    assert_eq!(
        problems(&headless),
        ["line 1 stands before any #Fields line, so nothing tells what its columns are"],
        "LOG-90, once"
    );
    let mut bytes = AccessLog::new();
    bytes.feed(b"#Fields: date\n\x1f\x8b\x08\n").unwrap();
    assert_eq!(problems(&bytes)[1], "line 2 is not text");
}

#[test]
fn only_the_first_problems_are_kept_and_the_others_counted() {
    let lines = "x\n".repeat(Problems::KEPT + 23);
    let log = AccessLog::read(&format!("#Fields: {LEAST}\n{lines}"));
    assert_eq!((log.problems().first().len(), log.problems().more()), (Problems::KEPT, 23));
    let version = format!("#Version: {}\n", "9".repeat(100_000));
    assert!(problems(&AccessLog::read(&version))[0].len() < 200);
}

#[test]
fn a_line_that_is_too_long_is_passed_over_however_it_comes() {
    let longest = AccessLog::LONGEST_LINE;
    let whole = |length: usize| {
        let start = LINE.replace(' ', "\t").replace("/a", "/");
        start.replace('/', &format!("/{}", "a".repeat(length - start.len())))
    };
    let text = format!(
        "#Fields: {LEAST}\n{}\n{}\n{}",
        whole(longest),
        whole(longest + 1),
        whole(longest + 1)
    );
    for piece in [1_000, longest, longest + 1, text.len()] {
        let mut log = AccessLog::new();
        text.as_bytes().chunks(piece).for_each(|chunk| log.feed(chunk).unwrap());
        log.finish();
        assert_eq!(log.len(), 1, "in pieces of {piece}");
        assert_eq!(
            problems(&log),
            [3, 4].map(|line| format!(
                "line {line} has more than 131072 bytes, more than any record has"
            ))
        );
        assert_eq!(log.record(0).unwrap().status, Some(Status(200)));
    }
}

#[test]
fn a_log_without_end_is_cut_off_and_what_came_before_stays() {
    let head = format!("#Fields: {LEAST}\n{}\n", LINE.replace(' ', "\t")).into_bytes();
    let zeros = vec![0; 1 << 20];
    for filling in [&zeros[..], &b"\n".repeat(1 << 20)[..], &b"#\n".repeat(1 << 19)[..]] {
        let mut log = AccessLog::new();
        log.feed(&head).unwrap();
        let fed = (0..100).take_while(|_| log.feed(filling).is_ok()).count();
        assert_eq!(fed, 45, "48,000,000 bytes are 45 times 1,048,576 and a rest");
        let told = log.problems().first().last().unwrap().clone();
        assert!(matches!(told, Problem::TooLarge { limit: 48_000_000, .. }), "{told}");
        assert_eq!(log.feed(b"x"), Err(told));
        log.finish();
        assert_eq!(log.len(), 1);
        assert!(log.record(0).is_some() && log.held_bytes() < 10_000_000);
    }
    // Without a line there is nothing to keep.
    let told = [0, 7].map(|line| Problem::TooLarge { line, limit: 9 }.to_string());
    assert!(told[0].ends_with("; there is no line in them"), "{}", told[0]);
    assert!(told[1].ends_with("; what was read until line 7 is kept"), "{}", told[1]);
}

#[test]
fn the_most_records_of_the_worst_shapes_stay_below_64_mb() {
    let line = |index: usize, path: usize| {
        let path = "a".repeat(path);
        format!("2026-03-14\t09:00:02\t1\tGET\t/{index}{path}\t200\tR{index}\tP{index}\n")
    };
    // As many records as are taken; and lines of which as little as can be fits into a block.
    for (path, most) in
        [(1, AccessLog::MOST_RECORDS), (90, AccessLog::MOST_RECORDS), (120_000, usize::MAX)]
    {
        let mut log = AccessLog::new();
        log.feed(format!("#Fields: {LEAST} x-edge-location\n").as_bytes()).unwrap();
        let end = (0..).find_map(|index| log.feed(line(index, path).as_bytes()).err()).unwrap();
        assert!(end.is_end());
        assert!(log.len() <= most && log.len() > 300, "{}", log.len());
        assert!(log.held_bytes() < 64_000_000, "{} bytes at {path}", log.held_bytes());
        let tally = log.tally();
        assert_eq!(tally.all().requests, log.len() as u64);
        for named in [tally.results(), tally.locations(), tally.paths()] {
            let told: u64 = named.sums().map(|(_, sum)| sum.requests).sum();
            assert_eq!(told + named.others().requests, log.len() as u64, "none is lost");
        }
    }
}

#[test]
fn log_71_72_the_tally_of_the_example() {
    let log = AccessLog::read(EXAMPLE);
    let tally = log.tally();
    assert_eq!(
        (tally.all().requests, tally.all().bytes),
        (12, 1_335_310),
        "LOG-71: the last has 0"
    );
    let by_class: Vec<_> = tally.statuses().iter().map(|sum| sum.requests).collect();
    assert_eq!(by_class, [1, 0, 6, 1, 2, 2, 0, 0, 0, 0], "LOG-72");
    // Records 2 and 5 are hits; so was 6 when it went out (LOG-29).
    assert_eq!(tally.hits(), Sum { requests: 3, bytes: 8_605 + 1_049_106 + 262_144 });
    assert_eq!(tally.refresh_hits(), Sum { requests: 1, bytes: 1_431 });
    assert_eq!(tally.misses(), Sum { requests: 2, bytes: 8_612 + 512 });
    let top = tally.results().top(3);
    let counts: Vec<_> = top.iter().map(|(word, sum)| (*word, sum.requests)).collect();
    assert_eq!(counts, [("Error", 5), ("Hit", 2), ("Miss", 2)]);
    assert_eq!(
        tally.paths().top(1)[0],
        ("/index.html", Sum { requests: 4, bytes: 8_612 + 8_605 + 568 + 1_310 })
    );
    assert_eq!(tally.locations().len(), 7);
    assert_eq!(tally.span_unix(), Some((1_773_478_802, 1_773_479_101)), "09:00:02 to 09:05:01");
    assert_eq!(AccessLog::new().tally().span_unix(), None);
}

/// A text of a viewer, or none.
fn raw() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("-".to_owned()),
        ".{1,12}",
        "[ -~]{1,12}",
        "[%~'\u{e9}\t]{1,4}"
    ]
}

fn span() -> impl Strategy<Value = Option<Duration>> {
    proptest::option::of((0_u64..10_000_000).prop_map(Duration::from_millis))
}

fn outcome() -> impl Strategy<Value = Outcome<'static>> {
    let known = prop::sample::select(ResultType::ALL.to_vec()).prop_map(Outcome::Of);
    prop_oneof![known, "[A-Z][a-z]{9}X".prop_map(|word| Outcome::Other(Value::owned(word)))]
}

prop_compose! {
    fn record()(
        texts in prop::collection::vec(raw(), 15),
        (path, method, status) in (".{0,9}", "[A-Z]{1,7}", proptest::option::of(100_u16..=999)),
        (down, unix) in (any::<u64>(), 0_u64..253_402_300_800),
        numbers in prop::collection::vec(proptest::option::of(any::<u64>()), 5),
        (taken, first_byte, port) in (span(), span(), proptest::option::of(any::<u16>())),
        (result, response_result) in (outcome(), proptest::option::of(outcome())),
        detail in proptest::option::of(prop_oneof![
            outcome().prop_map(Detailed::Plain),
            prop::sample::select(Detail::ALL.to_vec()).prop_map(Detailed::Closer),
        ]),
        protocol in proptest::option::of(prop::sample::select(Protocol::ALL.to_vec())),
        version in proptest::option::of(prop::sample::select(LoggedVersion::ALL.to_vec())),
    ) -> Record<'static> {
        let text = |index: usize| Value::owned(texts[index].clone()).told();
        Record {
            finished_unix: unix,
            location: text(0),
            bytes_down: down,
            viewer_ip: text(1),
            method: Value::owned(method),
            distribution: text(2),
            path: Value::owned(format!("/{path}")),
            status: status.map(Status),
            referer: text(3),
            user_agent: text(4),
            query: text(5),
            cookie: text(6),
            result,
            request_id: text(7),
            host: text(8),
            protocol,
            bytes_up: numbers[0],
            taken,
            forwarded_for: text(9),
            tls_protocol: text(10),
            tls_cipher: text(11),
            response_result,
            version,
            encryption: text(12),
            encrypted_fields: numbers[1],
            port,
            first_byte,
            detail,
            content_type: text(13),
            content_length: numbers[2],
            range_first: numbers[3],
            range_last: numbers[4],
        }
    }
}

proptest! {
    #[test]
    fn log_03_20_23_what_is_written_reads_as_the_same(records in prop::collection::vec(record(), 0..6), piece in 1_usize..700) {
        let text = text(&records);
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || b"\t\n ".contains(&byte)));
        let mut log = AccessLog::new();
        text.as_bytes().chunks(piece).for_each(|chunk| log.feed(chunk).unwrap());
        log.finish();
        prop_assert!(log.problems().is_empty(), "{:?}", log.problems());
        let read: Vec<_> = (0..log.len()).map(|index| log.record(index).unwrap()).collect();
        prop_assert_eq!(read, records);
    }

    #[test]
    fn in_whatever_pieces_a_log_comes_it_reads_as_the_same(
        lines in prop::collection::vec(prop_oneof![
            Just(LINE.replace(' ', "\t")),
            Just(format!("#Fields: {LEAST}")),
            Just("#Fields: date".to_owned()),
            ".{0,40}",
        ], 0..12),
        ends in prop::collection::vec(any::<bool>(), 12),
        pieces in prop::collection::vec(1_usize..60, 1..9),
    ) {
        let ended = |(line, cr): (&String, bool)| [&**line, if cr { "\r\n" } else { "\n" }].concat();
        let text: String = lines.iter().zip(ends).map(ended).collect();
        let whole = AccessLog::read(&text);
        let (mut log, mut rest, mut next) = (AccessLog::new(), text.as_bytes(), pieces.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(*next.next().unwrap()));
            log.feed(piece).unwrap();
            rest = after;
        }
        log.finish();
        prop_assert_eq!(log.problems(), whole.problems());
        prop_assert_eq!(log.len(), whole.len());
        prop_assert_eq!(log.bytes(), text.len());
        for index in 0..log.len() {
            prop_assert_eq!(log.line_of(index), whole.line_of(index));
            prop_assert_eq!(log.record(index), whole.record(index));
            prop_assert!(log.record(index).is_some());
        }
    }
}
