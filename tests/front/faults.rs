//! What origins do to a front, and what it makes of it.

use std::time::{Duration, Instant};

use super::client::get;
use super::origin::{KEPT, Origin, Reply, content, pause};
use super::process::{Front, Site};

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
    const PIECE: usize = 1000;
    let origin = Origin::answering(|request| {
        let millis = if request.target.path() == "/stalls" { 4000 } else { 400 };
        let head = format!("HTTP/1.1 200 OK\r\n{KEPT}\r\nContent-Length: 4000\r\n\r\n");
        let whole = content(4 * PIECE);
        let first = [head.as_bytes(), &whole[..PIECE]].concat();
        let rest = whole[PIECE..].chunks(PIECE).map(Vec::from).collect::<Vec<_>>();
        let rest = rest.into_iter().inspect(move |_| pause(millis));
        Reply::Pieces(Box::new([first].into_iter().chain(rest)))
    });
    // A second between two packets is the limit, not a second for all of them.
    let front = Front::before(origin.port, Site::Impatient, &[]);
    let started = Instant::now();
    let slow = get(front.port, "/slow");
    assert!(started.elapsed() > Duration::from_secs(1));
    assert!(slow.body == content(4 * PIECE) && !slow.broke_off);
    pause(30);
    assert_eq!(get(front.port, "/slow").x_cache(), "Hit from cloudfront");
    for asked in [2, 3] {
        let started = Instant::now();
        let answer = get(front.port, "/stalls");
        let took = started.elapsed();
        assert_eq!((answer.status, answer.body.len(), answer.broke_off), (200, PIECE, true));
        assert!((1..3).contains(&took.as_secs()), "{took:?}");
        // What broke off is not kept, and after the head there is no further attempt.
        assert_eq!(origin.count(), asked);
    }
}
