//! What viewers do to a front, and what it makes of it.

use std::io::Read;

use super::client::{Viewer, get, request};
use super::origin::{Origin, Reply, content, pause};
use super::process::{Front, Site};

#[test]
fn garbage_is_answered_400() {
    let (origin, front) = Front::with_origin(0, 10);
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET no-slash HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        &[0; 4000],
    ] {
        let mut viewer = Viewer::connect(front.port);
        viewer.send(garbage);
        let status = viewer.read(false).map(|answer| answer.status);
        assert_eq!(status, Some(400), "{:?}", garbage.utf8_chunks().next());
    }
    let mut viewer = Viewer::connect(front.port);
    assert_eq!(viewer.ask("BREW", "/", "").status, 403, "MET-04");
    assert_eq!(viewer.ask("GET", "/", "").status, 200, "the front lives on, and the connection");
    assert_eq!(origin.count(), 1);
}

#[test]
fn lim_13_a_malformed_field_is_a_400_and_reaches_no_origin() {
    let (origin, front) = Front::with_origin(0, 10);
    for (fields, is_the_engines) in [
        ("", true),
        ("Host: a\r\nHost: a\r\n", true),
        ("Host: a\r\nX: \u{85}\r\n", true),
        ("Host: a\r\nX: \u{1}\r\n", false),
        ("Host: a\r\nX Y: 1\r\n", false),
        ("Host: a\r\nContent-Length: many\r\n", false),
    ] {
        let mut viewer = Viewer::connect(front.port);
        viewer.send(format!("GET / HTTP/1.1\r\n{fields}\r\n").as_bytes());
        let answer = viewer.read(false).unwrap();
        assert_eq!(answer.status, 400, "{fields:?}");
        let x_cache = if is_the_engines { "Error from cloudfront" } else { "" };
        assert_eq!(answer.x_cache(), x_cache, "{fields:?}");
    }
    let mut old = Viewer::connect(front.port);
    old.send(b"GET / HTTP/1.0\r\n\r\n");
    assert_eq!(old.read(false).unwrap().status, 200, "RFC 9112 3.2: HTTP/1.1 alone needs a Host");
    assert_eq!(origin.count(), 1);
}

#[test]
fn lim_01_02_ver_03_floods_get_414_and_494_and_are_closed() {
    let (_origin, front) = Front::with_origin(0, 10);
    let target = |length: usize| format!("/{}", "a".repeat(length - 1));
    assert_eq!(get(front.port, &target(8_192)).status, 200, "LIM-01");
    let many = format!("X: {}\n", "b".repeat(90)).repeat(400);
    let one = format!("X: {}", "c".repeat(200_000));
    let table = [
        ("LIM-01", target(8_193), "", 414),
        ("LIM-01", target(60_000), "", 414),
        ("LIM-02", "/".into(), &*many, 494),
        ("LIM-02", "/".into(), &*one, 494),
    ];
    for (row, target, fields, status) in table {
        let mut viewer = Viewer::connect(front.port);
        let answer = viewer.ask("GET", &target, fields);
        assert_eq!((answer.status, answer.broke_off), (status, false), "{row}");
        assert!(viewer.is_closed(), "{row}");
    }
    let mut endless = Viewer::connect(front.port);
    endless.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: ");
    let much = vec![b'd'; 65_536];
    (0..40).for_each(|_| endless.send(&much));
    assert!(endless.read(false).is_none_or(|answer| answer.status >= 400));
    assert!(endless.is_closed());
    assert_eq!(get(front.port, "/").status, 200);
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let (_origin, front) = Front::with_origin(20, 1000);
    let mut viewer = Viewer::connect(front.port);
    let all: String = ["/a", "/b", "/a"].map(|target| request("GET", target, "")).concat();
    viewer.send(all.as_bytes());
    let x_caches: Vec<_> =
        (0..3).map(|_| viewer.read(false).unwrap().x_cache().to_owned()).collect();
    let [miss, hit] = ["Miss from cloudfront", "Hit from cloudfront"];
    assert_eq!(x_caches, [miss, miss, hit]);
}

#[test]
fn a_slow_viewer_holds_up_nobody() {
    const LENGTH: usize = 8 << 20;
    let (origin, front) = Front::with_origin(0, LENGTH);
    // What is not kept flows at the slow one's pace, what is kept does not.
    let mut slow = Viewer::connect(front.port);
    slow.send(request("GET", "/", "").as_bytes());
    let head = slow.read_head().unwrap();
    assert_eq!(head.status, 200);
    let mut first = [0; 10];
    slow.socket.read_exact(&mut first).unwrap();
    // The other has all of it before the slow one reads on.
    let other = get(front.port, "/");
    assert_eq!((other.body.len(), other.broke_off), (LENGTH, false));
    let mut rest = Vec::new();
    slow.socket.by_ref().take(LENGTH as u64 - 10).read_to_end(&mut rest).unwrap();
    assert!([&first[..], &rest].concat() == content(LENGTH));
    assert_eq!(origin.count(), 1, "COL-01");
}

#[test]
fn what_is_not_kept_flows_at_the_pace_of_its_reader() {
    const PIECE: usize = 1 << 20;
    let origin = Origin::answering(|_| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n";
        Reply::Bytes([head.as_bytes(), &content(64 * PIECE)].concat())
    });
    let front = Front::before(origin.port, Site::Shop, &[]);
    let mut viewer = Viewer::connect(front.port);
    // Caching is off for this path.
    viewer.send(request("GET", "/api/dump", "").as_bytes());
    assert_eq!(viewer.read_head().unwrap().status, 200);
    pause(300);
    let held = front.resident_bytes();
    assert!(held < 48 << 20, "{held} bytes are held for a viewer that reads nothing");
    let mut body = Vec::new();
    viewer.socket.by_ref().take(64 * PIECE as u64).read_to_end(&mut body).unwrap();
    assert!(body == content(64 * PIECE));
}

#[test]
fn xfer_08_col_13_a_viewer_leaves_before_it_is_answered() {
    let (origin, front) = Front::with_origin(300, 1000);
    let mut leaves = Viewer::connect(front.port);
    leaves.send(request("GET", "/", "").as_bytes());
    pause(100);
    drop(leaves);
    pause(400);
    let answer = get(front.port, "/");
    assert_eq!((answer.x_cache(), origin.count()), ("Hit from cloudfront", 1), "the REC has it");
    // Another one waits for the same answer and gets it.
    let mut leaves = Viewer::connect(front.port);
    leaves.send(request("GET", "/other", "").as_bytes());
    pause(100);
    let mut stays = Viewer::connect(front.port);
    stays.send(request("GET", "/other", "").as_bytes());
    pause(50);
    drop(leaves);
    let answer = stays.read(false).unwrap();
    assert_eq!((answer.status, answer.body.len(), origin.count()), (200, 1000, 2), "COL-13");
}

#[test]
fn a_thousand_viewers_at_once_and_one_request_to_the_origin() {
    let (origin, front) = Front::with_origin(200, 1000);
    let mut viewers: Vec<Viewer> =
        (0..1000).map_while(|_| Viewer::try_connect(front.port).ok()).collect();
    // A machine may allow fewer open files.
    assert!(viewers.len() >= 400, "{}", viewers.len());
    for viewer in &mut viewers {
        viewer.send(request("GET", "/", "").as_bytes());
    }
    for viewer in &mut viewers {
        let answer = viewer.read(false).unwrap();
        assert_eq!((answer.status, answer.body.len()), (200, 1000));
    }
    assert_eq!(origin.count(), 1, "COL-01");
}
