//! What origins do to a front, and what it makes of it.

use std::time::{Duration, Instant};

use super::client::{WATCHDOG, get};
use super::origin::{Event, KEPT, Origin, Reply, content, pause};
use super::process::{Front, IMPATIENT_SECS, Site};

#[test]
fn xfer_05_06_07_an_origin_that_dies_in_the_middle() {
    let origin = Origin::answering(|request| {
        let head = match request.target.path() {
            "/length" => "Content-Length: 5000\r\n",
            "/chunked" => "Transfer-Encoding: chunked\r\n",
            _ => "",
        };
        let head = format!("HTTP/1.1 200 OK\r\n{KEPT}\r\n{head}\r\n");
        let chunk = if request.target.path() == "/chunked" { "7d0\r\n" } else { "" };
        Reply::Last([head.as_bytes(), chunk.as_bytes(), &content(2000)].concat())
    });
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    for (row, path, broke_off, asked) in [
        ("XFER-05", "/length", true, 2),
        ("XFER-06", "/chunked", true, 2),
        ("XFER-07", "/", false, 1),
    ] {
        let before = origin.count();
        for _ in 0..2 {
            let answer = get(front.port, path);
            assert_eq!((answer.broke_off, answer.body.len()), (broke_off, 2000), "{row}");
            pause(30);
        }
        assert_eq!(origin.count() - before, asked, "{row}");
    }
}

#[test]
fn tmo_17_lim_05_what_an_origin_does_before_its_head() {
    let fields = |length: usize| format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "e".repeat(length));
    let origin = Origin::answering(move |request| {
        Reply::Last(match request.target.path() {
            "/nothing" => Vec::new(),
            "/garbage" => b"garbage\r\n\r\n".to_vec(),
            "/lengths" => {
                b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_vec()
            }
            "/fits" => fields(32_000).into_bytes(),
            _ => fields(40_000).into_bytes(),
        })
    });
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    for path in ["/nothing", "/garbage", "/lengths", "/large"] {
        let answer = get(front.port, path);
        assert_eq!((answer.status, answer.x_cache()), (502, "Error from cloudfront"), "{path}");
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains("502 ERROR") && !answer.broke_off, "{path}: {page}");
    }
    assert_eq!(get(front.port, "/fits").status, 200, "LIM-05");
}

#[test]
fn xfer_09_a_transfer_coding_other_than_chunked_is_unreadable() {
    let origin = Origin::answering(|request| {
        let codings = match request.target.path() {
            "/gzip" => "Transfer-Encoding: gzip",
            "/both" => "Transfer-Encoding: gzip, chunked",
            "/lines" => "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
            _ => "Transfer-Encoding: Chunked",
        };
        let head = format!("HTTP/1.1 200 OK\r\n{KEPT}\r\n{codings}\r\n\r\n");
        Reply::Last(format!("{head}3\r\nabc\r\n0\r\n\r\n").into_bytes())
    });
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    for path in ["/gzip", "/both", "/lines"] {
        let answer = get(front.port, path);
        assert_eq!((answer.status, answer.x_cache()), (502, "Error from cloudfront"), "{path}");
    }
    let chunked = get(front.port, "/chunked");
    assert_eq!((chunked.status, &*chunked.body), (200, &b"abc"[..]));
}

#[test]
fn xfer_01_02_an_origin_that_says_100() {
    let origin = Origin::answering(|request| {
        let path = request.target.path();
        let times = if path.ends_with("twice") { 2 } else { 1 };
        let status = if path.starts_with("/created") { "201 Created" } else { "200 OK" };
        let answer = format!("HTTP/1.1 {status}\r\n{KEPT}\r\nContent-Length: 3\r\n\r\nabc");
        let answer = if path == "/nothing-twice" { "" } else { &*answer };
        Reply::Bytes([&"HTTP/1.1 100 Continue\r\n\r\n".repeat(times), answer].concat().into_bytes())
    });
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    for (row, path, status) in [
        ("XFER-02", "/once", 200),
        ("XFER-02", "/created", 502),
        ("XFER-01", "/twice", 502),
        ("XFER-01", "/nothing-twice", 502),
    ] {
        assert_eq!(get(front.port, path).status, status, "{row} {path}");
    }
}

#[test]
fn tmo_13_an_origin_that_stalls_between_packets() {
    const PIECES: usize = 40;
    const PIECE: usize = 1000;
    // All of them take longer than the limit, and each but a fortieth of it.
    let between = IMPATIENT_SECS * 1000 / (PIECES as u64 - 1) + 1;
    let has_broken_off = Event::default();
    let broken_off = has_broken_off.clone();
    let origin = Origin::answering(move |request| {
        let stalls = request.target.path() == "/stalls";
        let head =
            format!("HTTP/1.1 200 OK\r\n{KEPT}\r\nContent-Length: {}\r\n\r\n", PIECES * PIECE);
        let whole = content(PIECES * PIECE);
        let first = [head.as_bytes(), &whole[..PIECE]].concat();
        let rest = whole[PIECE..].chunks(PIECE).map(Vec::from).collect::<Vec<_>>();
        let broken_off = broken_off.clone();
        let rest = rest.into_iter().inspect(move |_| {
            if stalls {
                broken_off.hold();
            } else {
                pause(between);
            }
        });
        Reply::Pieces(Box::new([first].into_iter().chain(rest)))
    });
    // The limit is between two packets, and not for all of them.
    let limit = Duration::from_secs(IMPATIENT_SECS);
    let front = Front::before(origin.port, Site::Impatient, &[]);
    let started = Instant::now();
    let slow = get(front.port, "/slow");
    assert!(started.elapsed() > limit);
    assert!(slow.body == content(PIECES * PIECE) && !slow.broke_off);
    // It counts as stored soon after its last byte; until then others wait for it.
    while get(front.port, "/slow").x_cache() != "Hit from cloudfront" {
        assert!(started.elapsed() < limit + WATCHDOG, "it is not kept");
    }
    assert_eq!(origin.count(), 1);
    for asked in [2, 3] {
        let started = Instant::now();
        let answer = get(front.port, "/stalls");
        // The origin would wait for ever.
        assert_eq!((answer.status, answer.body.len(), answer.broke_off), (200, PIECE, true));
        assert!(started.elapsed() >= limit);
        // What broke off is not kept, and after the head there is no further attempt.
        assert_eq!(origin.count(), asked);
    }
    has_broken_off.happens();
}
