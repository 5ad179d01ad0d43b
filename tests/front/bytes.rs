//! The bytes of what is served: whole, in parts, joined, and coded.

use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use edgewalk::http::range::ContentRange;

use super::client::{Viewer, ask, get, lines, request};
use super::origin::{KEPT, Origin, Reply, content, ok, pause};
use super::process::{Front, Site};

const LENGTH: usize = 200_000;

/// What the origin says of its object.
const FIELDS: &str = "Cache-Control: max-age=3600\nETag: \"e\"\nContent-Type: text/css";

/// An origin that serves ranges of one object, or chunks where the path says so.
fn origin() -> Origin {
    Origin::answering(|request| {
        let whole = content(LENGTH);
        let range = request.fields.get("Range").and_then(|range| range.strip_prefix("bytes="));
        let Some((first, last)) = range.and_then(|range| range.split_once('-')) else {
            if request.target.path() != "/chunked" {
                return Reply::Bytes(ok(FIELDS, &whole));
            }
            let mut bytes = b"HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\n".to_vec();
            bytes.extend(b"Transfer-Encoding: chunked\r\n\r\n");
            for piece in whole.chunks(30_001) {
                bytes.extend(format!("{:x}\r\n", piece.len()).into_bytes());
                bytes.extend([piece, &b"\r\n"[..]].concat());
            }
            return Reply::Bytes([&bytes[..], b"0\r\n\r\n"].concat());
        };
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        if request.target.path() == "/chunked" {
            let part = "x".repeat(last + 1 - first);
            let told = format!("Content-Range: bytes {first}-{last}/{LENGTH}");
            let chunks = format!("{:x}\r\n{part}\r\n0\r\n\r\n", part.len());
            return Reply::Bytes(
                format!("HTTP/1.1 206 Partial Content\r\n{told}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}")
                    .into_bytes(),
            );
        }
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{last}/{LENGTH}\r\nContent-Length: {}\r\n{}\r\n",
            last + 1 - first,
            lines(FIELDS)
        );
        Reply::Bytes([head.as_bytes(), &whole[first..=last]].concat())
    })
}

#[test]
fn a_content_is_the_same_from_the_origin_and_from_the_cache() {
    let origin = origin();
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    for path in ["/whole", "/chunked"] {
        for x_cache in ["Miss from cloudfront", "Hit from cloudfront"] {
            let answer = get(front.port, path);
            assert_eq!((answer.status, answer.x_cache()), (200, x_cache), "{path}");
            assert_eq!(answer.body, content(LENGTH), "{path} {x_cache}");
            assert!(!answer.broke_off);
            pause(20);
        }
    }
    let head = ask(front.port, "HEAD", "/whole", "");
    assert_eq!(head.get("Content-Length"), Some("200000"));
    let same = ask(front.port, "GET", "/whole", "If-None-Match: \"e\"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_eq!(origin.count(), 2);
}

#[test]
fn xfer_04_chunks_are_passed_on_as_they_come_and_kept() {
    let goes_on = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&goes_on);
    let origin = Origin::answering(move |_| {
        let head = format!("HTTP/1.1 200 OK\r\n{KEPT}\r\nTransfer-Encoding: chunked\r\n\r\n");
        let told = Arc::clone(&told);
        let rest = std::iter::once_with(move || {
            while !told.load(Ordering::SeqCst) {
                pause(1);
            }
            b"3\r\ndef\r\n0\r\n\r\n".to_vec()
        });
        let first = [head.into_bytes(), b"3\r\nabc\r\n".to_vec()];
        Reply::Pieces(Box::new(first.into_iter().chain(rest)))
    });
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    let mut viewer = Viewer::connect(front.port);
    viewer.send(request("GET", "/", "").as_bytes());
    let mut miss = viewer.read_head().unwrap();
    // The first chunk is here while the origin still holds back the second.
    assert!(!viewer.socket.fill_buf().unwrap().is_empty());
    goes_on.store(true, Ordering::SeqCst);
    viewer.read_content(&mut miss);
    pause(30);
    let hit = get(front.port, "/");
    assert_eq!((miss.x_cache(), hit.x_cache()), ("Miss from cloudfront", "Hit from cloudfront"));
    for answer in [miss, hit] {
        assert_eq!(answer.get("Transfer-Encoding"), Some("chunked"));
        assert_eq!((&*answer.body, answer.broke_off), (&b"abcdef"[..], false));
    }
    assert_eq!(origin.count(), 1);
}

#[test]
fn rng_01_02_07_13_14_parts_are_cut_joined_and_sent_with_their_boundaries() {
    let origin = origin();
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    let part = |path, range: &str| {
        let answer = ask(front.port, "GET", path, &format!("Range: bytes={range}"));
        pause(20);
        answer
    };
    let whole = content(LENGTH);
    // Two parts from the origin, and a third that lies across both.
    for (range, first, last, asked) in
        [("100-199", 100, 199, 1), ("200-299", 200, 299, 2), ("150-250", 150, 250, 2)]
    {
        let answer = part("/parts", range);
        assert_eq!((answer.status, origin.count()), (206, asked), "{range}");
        assert_eq!(answer.body, whole[first..=last], "{range}");
        let range = answer.get("Content-Range").and_then(ContentRange::read);
        let told = format!("bytes {first}-{last}/{LENGTH}");
        assert_eq!(range.map(|range| range.to_string()), Some(told));
    }
    get(front.port, "/whole");
    pause(20);
    let several = part("/whole", "0-9,100-109,-10");
    let boundary =
        several.get("Content-Type").and_then(|kind| kind.split_once("boundary=")).unwrap().1;
    let mut expected = Vec::new();
    for first in [0, 100, LENGTH - 10] {
        let head = format!(
            "--{boundary}\r\nContent-Type: text/css\r\nContent-Range: bytes {first}-{}/{LENGTH}\r\n\r\n",
            first + 9
        );
        expected.extend(if first == 0 { head } else { format!("\r\n{head}") }.into_bytes());
        expected.extend(&whole[first..first + 10]);
    }
    expected.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    assert_eq!(several.body, expected);
    assert_eq!(part("/whole", "200000-").status, 416);
    assert_eq!(part("/whole", "9-0").body, whole, "RNG-06");
    assert_eq!(origin.count(), 3);
}

#[test]
fn rng_08_18_a_part_in_chunks_becomes_the_whole() {
    let origin = origin();
    let front = Front::before(origin.port, Site::AsAsked, &[]);
    let miss = ask(front.port, "GET", "/chunked", "Range: bytes=100-199");
    assert_eq!((miss.status, miss.x_cache()), (200, "Miss from cloudfront"), "RNG-08");
    assert_eq!(miss.body, content(LENGTH), "RNG-08");
    assert_eq!(origin.count(), 2, "RNG-18: the part, and then the whole");
    pause(20);
    let hit = ask(front.port, "GET", "/chunked", "Range: bytes=100-199");
    assert_eq!((hit.status, hit.x_cache()), (206, "Hit from cloudfront"), "RNG-03");
    assert_eq!(hit.body, content(LENGTH)[100..=199]);
}

#[test]
fn cmp_01_04_rng_09_the_pop_codes_for_real() {
    let origin = origin();
    let front = Front::before(origin.port, Site::Compressing, &[]);
    for (accepted, coding) in [("gzip", "gzip"), ("gzip, br", "br")] {
        let mut viewer = Viewer::connect(front.port);
        let accept = format!("Accept-Encoding: {accepted}");
        let first = viewer.ask("GET", "/a.css", &accept);
        assert_eq!(first.get("Content-Encoding"), Some(coding));
        assert_eq!(first.get("ETag"), Some("W/\"e\""), "CMP-07");
        let mut plain = Vec::new();
        if coding == "gzip" {
            flate2::read::GzDecoder::new(&*first.body).read_to_end(&mut plain).unwrap();
        } else {
            brotli::Decompressor::new(&*first.body, 4096).read_to_end(&mut plain).unwrap();
        }
        assert_eq!(plain, content(LENGTH), "{coding}");
        assert!(first.body.len() < LENGTH / 10, "{coding}: {}", first.body.len());
        pause(50);
        let hit = viewer.ask("GET", "/a.css", &accept);
        assert_eq!((hit.x_cache(), &hit.body), ("Hit from cloudfront", &first.body));
        let part = viewer.ask("GET", "/a.css", &format!("{accept}\nRange: bytes=10-19"));
        assert_eq!(part.body, first.body[10..20], "RNG-09");
        let told = format!("bytes 10-19/{}", first.body.len());
        assert_eq!(part.get("Content-Range"), Some(&*told), "RNG-09");
    }
    assert_eq!(origin.count(), 2, "gzip and both are entries of their own");
}
