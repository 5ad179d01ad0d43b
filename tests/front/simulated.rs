//! The front and the simulation drive the same tiers: for the same requests they say the same.

use edgewalk::distribution::{Asker, Proof};
use edgewalk::origin::{Asked, Health, answer};
use edgewalk::simulation::{Run, built_in_scenario};

use super::client::Viewer;
use super::common::{act, ask, last_shown, request_with, wait};
use super::origin::{Origin, Reply, content, pause};
use super::process::{Front, Site};

/// How much faster than the wall clock the front's time runs.
const SCALE: u64 = 100;
/// A pause in the front's own time, in seconds: longer than the 300 s for which /index.html is fresh.
const PAUSE_SECS: u64 = 400;

/// Method, target, further fields; or a pause.
#[rustfmt::skip]
const STORY: &[(&str, &str, &str)] = &[
    ("GET", "/app.js", ""), ("GET", "/app.js", ""), ("HEAD", "/app.js", ""), ("GET", "/app.js?w=1", ""),
    ("GET", "/app.js", "Range: bytes=0-99"), ("GET", "/app.js", "Range: bytes=999999-"),
    ("GET", "/app.js", "Range: bytes=9-1,0-5"), ("GET", "/app.js", "Accept-Encoding: gzip"),
    ("GET", "/index.html", ""), ("GET", "/", ""), ("GET", "/home", ""), ("GET", "/home", ""),
    ("POST", "/api/orders", ""), ("GET", "/api/cart", ""), ("GET", "/api/cart", ""), ("DELETE", "/api/cart", ""),
    ("OPTIONS", "/app.js", ""), ("PUT", "/img/hero.jpg", ""), ("PATCH", "/api/user", ""),
    ("HEAD", "/style.css", ""), ("HEAD", "/style.css", ""), ("GET", "/style.css", ""), ("GET", "/style.css", ""),
    ("GET", "/img/team.jpg", "Range: bytes=0-99"), ("GET", "/img/team.jpg", "Range: bytes=10-19"),
    ("GET", "/img/team.jpg", "Range: bytes=200-299"), ("GET", "/img/team.jpg", ""), ("GET", "/img/team.jpg", ""),
    ("GET", "/nothing", ""), ("GET", "/api/broken", ""), ("GET", "/video/tour.mp4", ""), ("GET", "/logo.svg", ""),
    ("PAUSE", "", ""),
    ("GET", "/index.html", ""), ("GET", "/index.html", ""), ("HEAD", "/index.html", ""),
    ("GET", "/logo.svg", ""), ("GET", "/api/time", ""), ("GET", "/offers.html", ""), ("GET", "/offers.html", ""),
    ("PAUSE", "", ""),
    ("GET", "/offers.html", ""), ("GET", "/terms.html", ""), ("GET", "/terms.html", ""), ("GET", "/img/map.png", ""),
];

/// An origin that answers as the simulated ones do.
fn demo_origin() -> Origin {
    let scenario = built_in_scenario();
    Origin::answering(move |request| {
        let place = usize::from(request.target.path().starts_with("/api/"));
        let origin = &scenario.configuration.distribution().origins[place];
        let by = Asker { proof: Proof::None, access: &origin.access, distribution: None };
        let answered = answer(
            &scenario.site,
            origin,
            Health::Up,
            Asked::of(request, origin, by),
            1_767_225_600,
        );
        let response = answered.response;
        let mut head = format!("HTTP/1.1 {}\r\n", response.status);
        for field in response.fields.iter() {
            head.extend([field.name(), ": ", field.value(), "\r\n"]);
        }
        if !response.fields.has("Content-Length") && response.status.0 != 304 {
            head += "Content-Length: 0\r\n";
        }
        let body = content(usize::try_from(response.body.length).unwrap());
        Reply::Bytes([head.as_bytes(), b"\r\n", &body].concat())
    })
}

/// Status and X-Cache of each answer of the story over real sockets.
fn over_sockets() -> Vec<String> {
    let origin = demo_origin();
    let front = Front::before(origin.port, Site::Shop, &["--time-scale", &SCALE.to_string()]);
    let mut viewer = Viewer::connect(front.port);
    let mut said = Vec::new();
    for (method, target, fields) in STORY {
        if *method == "PAUSE" {
            pause(PAUSE_SECS * 1000 / SCALE);
            viewer = Viewer::connect(front.port);
            continue;
        }
        let answer = viewer.ask(method, target, fields);
        said.push(format!("{method} {target} {fields}: {} {}", answer.status, answer.x_cache()));
    }
    said
}

/// The same in the simulation.
fn in_a_walk() -> Vec<String> {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let mut said = Vec::new();
    for (method, target, fields) in STORY {
        if *method == "PAUSE" {
            act(&mut run, wait(PAUSE_SECS));
            continue;
        }
        act(&mut run, ask("paris", request_with(method.parse().unwrap(), target, fields)));
        let (x_cache, response) = last_shown(run.journal());
        said.push(format!("{method} {target} {fields}: {} {x_cache}", response.status.0));
    }
    said
}

#[test]
fn every_x_cache_is_the_one_of_the_journal() {
    let walk = in_a_walk();
    for word in ["Hit", "Miss", "RefreshHit", "Error"] {
        assert!(walk.iter().any(|line| line.contains(&format!(" {word} from"))), "{word}");
    }
    assert_eq!(over_sockets(), walk);
}
