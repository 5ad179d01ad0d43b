//! The front in front of a distribution that was imported, driven by curl (<https://curl.se>). Where that is not installed the
//! tests say so and hold nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgewalk::http::Request;
use serde_json::{Value, json};

use super::client::{Answer, WATCHDOG};
use super::origin::{KEPT, Origin, Reply, ok};
use super::process::{Front, Site};

const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");
const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
/// What the options are proved with: its documents beside the configuration come as `--policy`.
const OPTIONS: &str = include_str!("../options/base.json");

/// What curl gets; none where there is no curl.
fn curl(front: &Front, words: &[&str], target: &str) -> Option<Answer> {
    let url = format!("http://127.0.0.1:{}{target}", front.port);
    let secs = WATCHDOG.as_secs().to_string();
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--include", "--globoff", "--path-as-is"]);
    command.args(["--noproxy", "*", "--max-time", &secs]).args(words).arg(url);
    let output = match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: curl is not on PATH (on Debian: apt-get install curl)");
            return None;
        }
        output => output.unwrap(),
    };
    assert!(
        output.status.success(),
        "{words:?} {target}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(read(&output.stdout))
}

/// What `--include` prints: the head, an empty line, the content.
fn read(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let field = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.trim().to_owned())
    };
    Answer {
        status,
        fields: lines.map(field).collect(),
        body: bytes[end + 4..].to_vec(),
        broke_off: false,
    }
}

/// Status, X-Cache and content in one.
fn said(answer: &Answer) -> (u16, &str, String) {
    (answer.status, answer.x_cache(), String::from_utf8_lossy(&answer.body).into_owned())
}

/// An origin that answers each path with the path itself and the Host that it was asked for; what is called nowhere it does
/// not have.
fn telling(missing: &'static str) -> Origin {
    Origin::answering(move |request: &Request| {
        let path = request.target.path();
        if path.contains("nowhere") {
            return Reply::Bytes(
                format!("HTTP/1.1 {missing}\r\nContent-Length: 4\r\n\r\ngone").into_bytes(),
            );
        }
        let host = request.fields.get("Host").unwrap_or_default();
        Reply::Bytes(ok(KEPT, format!("{host}{path}").as_bytes()))
    })
}

/// A file of this test's own.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imported");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    file
}

/// The front with an imported distribution, its files beside it and what else is asked for.
fn front(origin: &Origin, distribution: &Path, beside: &[PathBuf], more: &[&str]) -> Front {
    let mut words = vec!["--distribution", distribution.to_str().unwrap()];
    words.extend(beside.iter().flat_map(|file| ["--policy", file.to_str().unwrap()]));
    words.extend(more);
    Front::before(origin.port, Site::AsAsked, &words)
}

const MISS: &str = "Miss from cloudfront";
const HIT: &str = "Hit from cloudfront";
const ERROR: &str = "Error from cloudfront";
const REDIRECT: &str = "Redirect from cloudfront";

#[test]
fn ex_03_vp_02_to_05_cb_03_ce_02_or_03_ds_15_what_curl_sees_of_an_old_distribution() {
    let origin = telling("404 Not Found");
    let front = front(&origin, &file("legacy.json", LEGACY), &[], &[]);
    let get = |target: &str| curl(&front, &[], target);
    let Some(first) = get("/a.html") else { return };
    // CK-13: Host is among the header names of this behavior, so the origin sees the viewer's.
    let www = "d111111abcdef8.cloudfront.net/a.html".to_owned();
    assert_eq!(said(&first), (200, MISS, www.clone()));
    assert!(first.get("Via").unwrap().ends_with(".cloudfront.net (CloudFront)"));
    assert!(first.get("X-Amz-Cf-Pop").unwrap().starts_with("FRA"));
    let second = get("/a.html").unwrap();
    assert_eq!(said(&second), (200, HIT, www));
    assert!(second.get("Age").is_some() && first.get("Age").is_none());
    // DS-15: / is the default root object. OR-01, OR-03: a bucket sees its own name, and the origin's path before the viewer's.
    assert!(said(&get("/").unwrap()).2.ends_with("/index.htm"));
    let image = get("/images/x.jpg").unwrap();
    assert_eq!(said(&image), (200, MISS, "legacy-assets.s3.amazonaws.com/v1/images/x.jpg".into()));
    let before = origin.count();
    // VP-02, VP-03, VP-04: the redirect, with path and query as they were asked for.
    let redirected = get("/docs/a%20b?x=1").unwrap();
    let location = "https://d111111abcdef8.cloudfront.net/docs/a%20b?x=1";
    assert_eq!(
        (redirected.status, redirected.x_cache(), redirected.get("Location")),
        (301, REDIRECT, Some(location))
    );
    let alias = curl(&front, &["-H", "Host: www.example.org"], "/docs/").unwrap();
    assert_eq!(alias.get("Location"), Some("https://www.example.org/docs/"));
    for (words, status, x_cache) in [
        (&["--head"][..], 301, REDIRECT),
        (&["-X", "POST", "-d", "a=1"], 307, REDIRECT),
        (&["-X", "DELETE"], 307, REDIRECT),
        (&["-X", "POST", "--http1.0"], 403, ERROR),
    ] {
        let answer = curl(&front, words, "/docs/a").unwrap();
        assert_eq!((answer.status, answer.x_cache()), (status, x_cache), "{words:?}");
    }
    // VP-05, before the signature (VSEC-07, VSEC-09).
    assert_eq!(
        (get("/paid/x").unwrap().status, get("/cart/").unwrap().status),
        (403, 403),
        "VP-05"
    );
    // CB-03, CFE-06: the method stops at the edge location, with its own page.
    let refused = curl(&front, &["-X", "POST", "-d", "a=1"], "/images/x.jpg").unwrap();
    assert_eq!(
        (refused.status, refused.x_cache(), refused.get("Server")),
        (403, ERROR, Some("CloudFront"))
    );
    assert_eq!(refused.get("Content-Type"), Some("text/html"));
    assert!(said(&refused).2.contains("Generated by cloudfront (CloudFront)"));
    assert_eq!(origin.count(), before, "none of these asked the origin");
    // CE-02, CE-03: the page in the error's place, from the behavior of its own path.
    let missing = get("/nowhere.html").unwrap();
    let page = "d111111abcdef8.cloudfront.net/images/404.htm".to_owned();
    assert_eq!(said(&missing), (404, ERROR, page.clone()));
    // Kept for the entry's 300 seconds, so neither is asked for again (CE-04).
    let before = origin.count();
    assert_eq!(said(&get("/nowhere.html").unwrap()), (404, ERROR, page));
    assert_eq!(origin.count(), before, "CE-04");
}

#[test]
fn ex_01_ce_03_14_mr_03_ms_01_to_05_a_site_that_answers_every_path_with_its_first_page() {
    // The front speaks plain HTTP, so HTTPS ends before it.
    let text = S3_SITE.replace("redirect-to-https", "allow-all");
    let origin = telling("403 Forbidden");
    let front = front(&origin, &file("s3-site.json", &text), &[], &["--city", "paris"]);
    let Some(page) = curl(&front, &[], "/") else { return };
    let index = "example-spa-site.s3.eu-central-1.amazonaws.com/index.html".to_owned();
    assert_eq!(said(&page), (200, MISS, index.clone()), "DS-15");
    let deep = curl(&front, &[], "/nowhere/deep").unwrap();
    assert_eq!(said(&deep), (200, ERROR, index), "CE-03, CEP-09");
    for answer in [&page, &deep] {
        for (name, value) in [
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Strict-Transport-Security", "max-age=31536000"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("X-XSS-Protection", "1; mode=block"),
        ] {
            assert_eq!(answer.get(name), Some(value), "{name}");
        }
    }
    // CE-14, MU-04: the edge's own 403 for a method is one of these, too.
    let refused = curl(&front, &["-X", "PUT", "-d", "a"], "/index.html").unwrap();
    assert_eq!((refused.status, refused.x_cache()), (200, ERROR), "CE-14");
}

/// The base of the options with a change, as `get-distribution` prints it, and each document beside it in a file of its own.
fn options(name: &str, change: impl FnOnce(&mut Value)) -> (PathBuf, Vec<PathBuf>) {
    let mut base: Value = serde_json::from_str(OPTIONS).unwrap();
    change(&mut base);
    let printed = json!({"Distribution": {"Id": base["Id"], "DomainName": base["DomainName"],
        "DistributionConfig": base["DistributionConfig"]}});
    let beside = base["Beside"].as_array().unwrap().iter().enumerate();
    let beside = beside
        .map(|(place, document)| file(&format!("{name}-{place}.json"), &document.to_string()));
    (file(&format!("{name}.json"), &printed.to_string()), beside.collect())
}

#[test]
fn ds_02_03_20_cb_09_15_sig_50_vsec_13_25_or_04_gates_policies_and_keys_that_come_beside_it() {
    let origin = telling("404 Not Found");
    let (distribution, beside) = options("options", |base| {
        let secret =
            json!({"Quantity": 1, "Items": [{"HeaderName": "X-Secret", "HeaderValue": "s"}]});
        base["DistributionConfig"]["Origins"]["Items"][1]["CustomHeaders"] = secret;
    });
    let serving = front(&origin, &distribution, &beside, &[]);
    let Some(own) = curl(&serving, &[], "/own/page.html") else { return };
    assert_eq!(
        (own.status, own.x_cache(), own.get("X-Own")),
        (200, MISS, Some("1")),
        "CB-09, RH-09"
    );
    let again = curl(&serving, &[], "/own/page.html").unwrap();
    assert_eq!((again.x_cache(), again.get("X-Own")), (HIT, Some("1")), "CB-09: on a hit, too");
    let unsigned = curl(&serving, &[], "/images/image.jpg").unwrap();
    assert_eq!((unsigned.status, unsigned.get("Content-Type")), (403, Some("text/xml")), "SIG-50");
    assert!(said(&unsigned).2.contains("<Code>MissingKey</Code>"), "SIG-50");
    drop(serving);

    // DS-20: a viewer in Frankfurt is blocked, one in Paris is not.
    let (distribution, beside) = options("blocked", |base| {
        base["DistributionConfig"]["Restrictions"]["GeoRestriction"] =
            json!({"RestrictionType": "blacklist", "Quantity": 1, "Items": ["DE"]});
    });
    for (city, status, x_cache) in [("frankfurt", 403, ERROR), ("paris", 200, MISS)] {
        let front = front(&origin, &distribution, &beside, &["--city", city]);
        let answer = curl(&front, &[], "/app/page.html").unwrap();
        assert_eq!((answer.status, answer.x_cache()), (status, x_cache), "VSEC-13 {city}");
    }
    // DS-02: São Paulo is served from elsewhere where the class has no edge location in South America.
    let (distribution, beside) = options("cheap", |base| {
        base["DistributionConfig"]["PriceClass"] = json!("PriceClass_100");
    });
    let cheap = front(&origin, &distribution, &beside, &["--city", "sao-paulo"]);
    let answer = curl(&cheap, &[], "/app/page.html").unwrap();
    let (distribution, beside) = options("dear", |_| ());
    let dear = front(&origin, &distribution, &beside, &["--city", "sao-paulo"]);
    let places = [answer, curl(&dear, &[], "/app/page.html").unwrap()]
        .map(|answer| answer.get("X-Amz-Cf-Pop").unwrap()[..3].to_owned());
    assert!(places[0] != "GRU" && places[1] == "GRU", "DS-02: {places:?}");
    // DS-03: curl's own address is in the set that the web ACL blocks.
    let (distribution, beside) = options("listed", |base| {
        let arn = base["Beside"]
            .as_array()
            .unwrap()
            .iter()
            .find_map(|it| it.pointer("/WebACL/ARN"))
            .cloned();
        base["DistributionConfig"]["WebACLId"] = arn.unwrap();
        let sets = base["Beside"].as_array_mut().unwrap().iter_mut();
        sets.filter(|it| it["IPSet"].is_object())
            .for_each(|it| it["IPSet"]["Addresses"] = json!(["127.0.0.0/8"]));
    });
    let before = origin.count();
    let front = front(&origin, &distribution, &beside, &[]);
    let blocked = curl(&front, &[], "/app/page.html").unwrap();
    assert_eq!((blocked.status, blocked.x_cache()), (403, ERROR), "VSEC-25");
    assert!(said(&blocked).2.contains("Request blocked."), "VSEC-25");
    assert_eq!(origin.count(), before, "VSEC-05");
}
