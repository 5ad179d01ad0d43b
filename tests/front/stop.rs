//! A front that is told to stop, and one that has nothing to do.

use std::io::Read;

use super::client::{Viewer, request};
use super::origin::{Event, KEPT, Origin, Reply, content, ok, pause};
use super::process::{Front, Site};

#[test]
fn a_front_that_is_told_to_stop_finishes_what_it_has_begun() {
    let (is_asked, is_stopping) = (Event::default(), Event::default());
    let (asked, stopping) = (is_asked.clone(), is_stopping.clone());
    let origin = Origin::answering(move |request| {
        if request.target.path() == "/slow" {
            asked.happens();
            stopping.hold();
        }
        Reply::Bytes(ok(KEPT, &content(100_000)))
    });
    let mut front = Front::before(origin.port, Site::AsAsked, &[]);
    let mut idle = Viewer::connect(front.port);
    assert_eq!(idle.ask("GET", "/", "").status, 200);
    let mut busy = Viewer::connect(front.port);
    busy.send(request("GET", "/slow", "").as_bytes());
    is_asked.wait();
    front.signal("-TERM");
    // The origin answers only once the front is seen to stop.
    assert!(idle.is_closed());
    assert!(Viewer::try_connect(front.port).is_err(), "no new connections");
    is_stopping.happens();
    let answer = busy.read(false).unwrap();
    assert_eq!((answer.status, answer.body.len(), answer.broke_off), (200, 100_000, false));
    assert!(busy.is_closed());
    assert_eq!(front.ended().code(), Some(0));
}

/// A content that is kept, and one for which caching is off.
const TARGETS: [&str; 2] = ["/kept", "/api/dump"];

/// The head of a content of a gigabyte.
fn long() -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{KEPT}\r\nContent-Length: {}\r\n\r\n", 1 << 30).into_bytes()
}

/// A viewer that has read the first bytes of a content.
fn in_the_middle(front: &Front, target: &str) -> Viewer {
    let mut viewer = Viewer::connect(front.port);
    viewer.send(request("GET", target, "").as_bytes());
    assert_eq!(viewer.read_head().unwrap().status, 200);
    viewer.socket.read_exact(&mut [0; 100]).unwrap();
    viewer
}

#[test]
fn a_transfer_that_does_not_end_is_cut_off_and_the_stop_is_clean() {
    let origin = Origin::answering(|_| {
        let pieces = std::iter::repeat_with(|| {
            pause(50);
            content(5_000)
        });
        Reply::Pieces(Box::new([long()].into_iter().chain(pieces)))
    });
    let begin = |signal: &'static str| {
        let front = Front::before(origin.port, Site::Shop, &[]);
        let viewers = TARGETS.map(|target| in_the_middle(&front, target));
        front.signal(signal);
        (signal, front, viewers)
    };
    for (signal, mut front, viewers) in ["-INT", "-TERM"].map(begin) {
        assert_eq!(front.ended().code(), Some(0), "{signal}");
        for mut viewer in viewers {
            // What had come by then, and no more.
            assert!(viewer.socket.read_to_end(&mut Vec::new()).is_ok(), "{signal}");
        }
    }
}

/// Viewers that left or read nothing, of contents that are kept and that are not: none of it keeps a processor busy.
#[cfg(target_os = "linux")]
#[test]
fn a_front_with_nothing_to_do_does_nothing() {
    const CAME: usize = 4 << 20;
    let stalling = Origin::answering(|_| {
        let stall = std::iter::once_with(|| {
            pause(20_000);
            Vec::new()
        });
        Reply::Pieces(Box::new([long(), content(CAME)].into_iter().chain(stall)))
    });
    let front = Front::before(stalling.port, Site::Shop, &[]);
    let idle = Viewer::connect(front.port);
    let mut staying = Vec::new();
    for target in TARGETS {
        drop(in_the_middle(&front, target));
        staying.push(in_the_middle(&front, target));
        let mut reading = in_the_middle(&front, target);
        reading.socket.read_exact(&mut vec![0; CAME - 100]).unwrap();
        staying.push(reading);
    }
    let spent = || {
        pause(300);
        let before = front.processor_ticks();
        pause(1000);
        front.processor_ticks() - before
    };
    let with_viewers = spent();
    drop((idle, staying));
    let without = spent();
    // Hundredths of a second, of about a hundred; the machine has other work, too.
    assert!(with_viewers <= 3 && without <= 3, "{with_viewers} with viewers, {without} without");
}
