//! Each kind of origin answers in its own way (distribution.md section 1.1): a walk through the shop with its bucket replaced by
//! one of that kind, for all that `*` matches.

use edgewalk::distribution::domain::classify;
use edgewalk::distribution::{
    BucketAction, BucketPolicy, Denied, Distribution, Grant, Origin, OriginAccess, OriginKind,
    OriginProtocol, Principal, Selection, Signing, managed,
};
use edgewalk::edge::{Decision, Failure};
use edgewalk::http::{Method, Request, Response, Scheme};
use edgewalk::origin::Health;
use edgewalk::scene::{Hop, Scene, Steps, Told};
use edgewalk::simulation::{Action, Event, Run, What};

use crate::common::{Edit as _, act, ask, last_shown, request_with};
use crate::{ERROR, MISS, reached, run_of};

const BUCKET: &str = "docs.s3.us-west-2.amazonaws.com";
const WEBSITE: &str = "docs.s3-website-us-west-2.amazonaws.com";
const CONTAINER: &str = "examplemediastore.data.mediastore.us-west-1.amazonaws.com";
const PACKAGE: &str = "3ae97e9482b0d011.mediapackage.us-west-2.amazonaws.com";
const PACKAGE_V2: &str = "abcde.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com";
const PACKAGE_VOD: &str = "c5632a8f90d14b6e.egress.mediapackage-vod.eu-west-1.amazonaws.com";
const TAILOR: &str = "0123456789abcdef.mediatailor.us-west-2.amazonaws.com";
const EC2: &str = "ec2-203-0-113-25.us-west-2.compute.amazonaws.com";
const BALANCER: &str = "example-load-balancer-1234567890.us-west-2.elb.amazonaws.com";
const SERVER: &str = "www.example.com";
const API: &str = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
const FUNCTION: &str = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws";
const DISTRIBUTION: &str = "d222222abcdef8.cloudfront.net";
const PRIVATE: &str = "ip-10-0-1-25.eu-west-1.compute.internal";

/// The products' page of the shop, as it is published.
const PAGE: &str = "/products/index.html";
const PAGE_BYTES: u64 = 24_576;

/// An origin in place of the shop's bucket, asked by HTTPS where a kind can be.
fn origin(domain: &str) -> Origin {
    let found = classify(domain).unwrap();
    let region = found.region.as_deref().unwrap_or("us-east-1");
    let protocol = match found.kind {
        OriginKind::S3Website | OriginKind::Ec2 => OriginProtocol::HttpOnly,
        OriginKind::S3Bucket | OriginKind::VpcOrigin => OriginProtocol::MatchViewer,
        _ => OriginProtocol::HttpsOnly,
    };
    Origin { protocol, ..Origin::new("shop-media", domain.to_owned(), found.kind, region) }
}

fn by(domain: &str, protocol: OriginProtocol) -> Origin {
    Origin { protocol, ..origin(domain) }
}

fn controlled(domain: &str, signing: Signing) -> Origin {
    let access = OriginAccess::Control { id: "E1OACEXAMPLE001".into(), signing };
    Origin { access, ..origin(domain) }
}

/// A run of the shop with this origin, without a root object; `change` may change more.
fn shop(origin: Origin, change: impl FnOnce(&mut Distribution)) -> Run {
    run_of(|scenario| {
        scenario.origin_region = None; // where its name says
        let mut edited = scenario.edited();
        edited.origins[0] = origin;
        edited.default_root_object = None;
        change(&mut edited);
    })
}

/// What an origin answers to a request.
fn answer(origin: Origin, request: Request) -> Response {
    replied(&act(&mut shop(origin, |_| {}), ask("paris", request))).0
}

fn replied(events: &[Event]) -> (Response, Option<Denied>) {
    let found = events.iter().find_map(|event| match &event.what {
        What::Replied { response, denied, .. } => Some(((**response).clone(), denied.clone())),
        _ => None,
    });
    found.expect("the origin was asked and answered")
}

fn get(path: &str) -> Request {
    request_with(Method::Get, path, "")
}

fn part_of(path: &str) -> Request {
    request_with(Method::Get, path, "Range: bytes=0-99")
}

fn with(method: Method, path: &str) -> Request {
    let mut request = request_with(method, path, "");
    request.content_length = if method == Method::Post { 3 } else { 0 };
    request
}

/// Status, type and length.
fn said(response: &Response) -> (u16, &str, u64) {
    let content_type = response.fields.get("Content-Type").unwrap_or_default();
    (response.status.0, content_type, response.body.length)
}

/// The length of a JSON document as API Gateway and its like write it.
fn json(message: &str) -> u64 {
    format!(r#"{{"message":"{message}"}}"#).len() as u64
}

/// What the viewer was shown, and why no answer came.
fn failed(origin: Origin, change: impl FnOnce(&mut Distribution)) -> (u16, Option<Failure>, u32) {
    let mut run = shop(origin, change);
    let events = act(&mut run, ask("paris", get(PAGE)));
    let failures = events.iter().filter_map(|event| match event.what {
        What::Decided(Decision::OriginFailed { failure, .. }) => Some(failure),
        _ => None,
    });
    let failures: Vec<Failure> = failures.collect();
    let count = u32::try_from(failures.len()).unwrap();
    (last_shown(run.journal()).1.status.0, failures.first().copied(), count)
}

/// `AllViewer`, which forwards Host (MU-15).
const ALL_VIEWER: &str = "216adef6-5c7f-47e4-b989-5492eafa07d3";

fn forwards_host(distribution: &mut Distribution) {
    let behavior = distribution.behaviors.last_mut().unwrap();
    behavior.origin_request_policy = managed::origin_request_policy(ALL_VIEWER);
}

fn forwards_all_but_host(distribution: &mut Distribution) {
    let behavior = distribution.behaviors.last_mut().unwrap();
    behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
}

/// By its alternate name, so that the Host of the viewer is not the origin's.
fn by_name(method: Method, path: &str, more: &str) -> Request {
    let mut request = request_with(method, path, &format!("Host: www.shop.example\n{more}"));
    request.content_length = if method == Method::Post { 3 } else { 0 };
    request
}

const WRITE: [Method; 4] = [Method::Post, Method::Put, Method::Patch, Method::Delete];

#[test]
fn ok_01_ok_20_the_root_of_a_bucket_is_its_list_for_whoever_may_see_it() {
    let root = |origin: Origin| {
        let events = act(&mut shop(origin, |_| {}), ask("paris", get("/")));
        let (response, denied) = replied(&events);
        (response.status.0, response.fields.get("Content-Type").map(String::from), denied)
    };
    let xml = Some("application/xml".to_owned());
    assert_eq!(root(origin(BUCKET)), (200, xml.clone(), None), "IM-09: public, also to be listed");
    let private = controlled(BUCKET, Signing::Always);
    let refused = (403, xml.clone(), Some(Denied::MissingUnlisted));
    assert_eq!(root(private.clone()), refused, "IM-09: to read and not to list");
    let to = Principal::CloudFront { distribution: None };
    let grants = [BucketAction::Read, BucketAction::List].map(|may| Grant { to: to.clone(), may });
    let policy = Some(BucketPolicy { grants: grants.into() });
    let listed = Origin { bucket_policy: policy, ..private };
    assert_eq!(root(listed), (200, xml.clone(), None), "s3:ListBucket");
    // Below an origin path it is a key that nothing stands under.
    let below = Origin { path: "/site".into(), ..origin(BUCKET) };
    assert_eq!(root(below), (404, xml, None), "OK-20");
    let head = answer(origin(BUCKET), with(Method::Head, "/"));
    assert_eq!((head.status.0, head.body.length), (200, 0));
}

#[test]
fn ok_01_a_bucket_speaks_xml_and_goes_by_the_viewers_scheme() {
    let missing = answer(origin(BUCKET), get("/nowhere.html"));
    assert_eq!(said(&missing).0, 404);
    assert_eq!(said(&missing).1, "application/xml");
    assert_eq!(missing.fields.get("Server"), Some("AmazonS3"), "OK-14");
    let part = answer(origin(BUCKET), part_of(PAGE));
    assert_eq!((part.status.0, part.body.length), (206, 100), "OK-15");
    for scheme in [Scheme::Http, Scheme::Https] {
        let mut run = shop(origin(BUCKET), |_| {});
        let events = act(&mut run, ask("paris", Request { scheme, ..get(PAGE) }));
        assert_eq!(reached(&events)[0].1.scheme, scheme, "OK-01");
    }
}

#[test]
fn ok_02_ok_19_a_website_has_index_documents_and_pages_for_errors() {
    let index = answer(origin(WEBSITE), get("/products/"));
    assert_eq!((index.status.0, index.body.length), (200, PAGE_BYTES), "OK-02");
    let root = answer(origin(WEBSITE), get("/"));
    assert_eq!((root.status.0, root.body.length), (200, 18_432), "OK-02: and no list");
    // A bucket has none: that is a key with a slash at its end.
    assert_eq!(answer(origin(BUCKET), get("/products/")).status.0, 404, "MU-05");
    let folder = answer(origin(WEBSITE), get("/products"));
    assert_eq!(
        (folder.status.0, folder.fields.get("Location")),
        (302, Some("/products/")),
        "OK-19"
    );
    assert_eq!(answer(origin(WEBSITE), get("/home")).status.0, 301, "OK-02: its redirects");
    let missing = answer(origin(WEBSITE), get("/nowhere.html"));
    assert_eq!((said(&missing).0, said(&missing).1), (404, "text/html; charset=utf-8"), "OK-02");
    assert_eq!(missing.fields.get("Server"), Some("AmazonS3"), "OK-14");
    let part = answer(origin(WEBSITE), part_of(PAGE));
    assert_eq!((part.status.0, part.body.length), (206, 100), "OK-15");
}

#[test]
fn ok_02_ok_16_a_website_takes_get_and_head_alone() {
    for method in WRITE.into_iter().chain([Method::Options]) {
        let refused = answer(origin(WEBSITE), with(method, PAGE));
        let (status, content_type, _) = said(&refused);
        assert_eq!((status, content_type), (405, "text/html; charset=utf-8"), "{method}");
    }
    assert_eq!(answer(origin(WEBSITE), with(Method::Head, PAGE)).status.0, 200);
}

#[test]
fn ok_02_ok_22_a_website_has_no_tls() {
    // Three attempts, as many as an origin is tried that refuses (TMO-01, TMO-17).
    let wrong = (502, Some(Failure::HttpOnly), 3);
    assert_eq!(failed(by(WEBSITE, OriginProtocol::HttpsOnly), |_| {}), wrong);
    assert_eq!(failed(by(WEBSITE, OriginProtocol::MatchViewer), |_| {}), wrong, "by HTTPS");
    assert_eq!(failed(origin(WEBSITE), |_| {}), (200, None, 0));
    let mut run = shop(by(WEBSITE, OriginProtocol::MatchViewer), |_| {});
    act(&mut run, ask("paris", Request { scheme: Scheme::Http, ..get(PAGE) }));
    assert_eq!(last_shown(run.journal()).1.status.0, 200, "by HTTP");
}

/// What is said of the last step at which an origin gave no answer, or an answer.
fn told_at(run: &Run, hop: Hop) -> Told {
    let steps = Steps::of(run.journal());
    let step = steps.all().iter().rfind(|step| step.hop == hop).unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    Told::of(&scene, step, &run.journal().events()[step.start..step.end])
}

#[test]
fn ok_22_ok_21_sig_56_the_walk_says_why_and_which_setting_it_is() {
    for (domain, protocol, words) in [
        (WEBSITE, OriginProtocol::HttpsOnly, "an S3 website speaks HTTP only"),
        (API, OriginProtocol::HttpOnly, "API Gateway speaks HTTPS only"),
    ] {
        let mut run = shop(by(domain, protocol), |_| {});
        act(&mut run, ask("paris", get(PAGE)));
        let told = told_at(&run, Hop::NoAnswer);
        assert!(told.say.iter().any(|sentence| sentence.contains(words)), "{told:?}");
        assert!(told.rows.contains("OK-22"), "{}", told.rows);
        let setting = told.why.iter().find_map(|reason| reason.setting.clone());
        assert_eq!(setting.as_deref(), Some("Origin shop-media: protocol"));
    }
    let mut run = shop(controlled(FUNCTION, Signing::Never), |_| {});
    act(&mut run, ask("paris", get(PAGE)));
    let told = told_at(&run, Hop::Answer);
    assert!(told.rows.contains("OK-21") && !told.remarked().contains("bucket"), "{told:?}");
}

#[test]
fn ok_03_ok_21_a_mediastore_container_keeps_objects_and_speaks_json() {
    let whole = answer(origin(CONTAINER), get(PAGE));
    assert!(whole.fields.has("ETag") && whole.fields.has("Last-Modified"), "OK-15");
    assert_eq!(answer(origin(CONTAINER), part_of(PAGE)).status.0, 206, "OK-15");
    let missing = answer(origin(CONTAINER), get("/nowhere.html"));
    assert_eq!(said(&missing), (404, "application/json", json("Object not found")), "OK-18");
    assert_eq!(missing.fields.get("x-amzn-ErrorType"), Some("ObjectNotFoundException"), "OK-18");
    assert!(!missing.fields.has("Server") && missing.fields.has("x-amzn-RequestId"), "OK-14");
    for (method, status) in WRITE.into_iter().zip([405, 200, 405, 204]) {
        assert_eq!(answer(origin(CONTAINER), with(method, PAGE)).status.0, status, "{method}");
    }
    signed_or_refused(CONTAINER, "us-west-1/mediastore");
}

#[test]
fn ok_04_05_06_what_packages_media_makes_it_anew() {
    for domain in [PACKAGE, PACKAGE_V2, PACKAGE_VOD, TAILOR] {
        let whole = answer(origin(domain), part_of(PAGE));
        assert_eq!((whole.status.0, whole.body.length), (200, PAGE_BYTES), "OK-15 {domain}");
        assert!(!whole.fields.has("ETag") && !whole.fields.has("Last-Modified"), "OK-15 {domain}");
        let missing = answer(origin(domain), get("/nowhere.m3u8"));
        assert_eq!(said(&missing), (404, "application/json", json("Not Found")), "OK-18 {domain}");
        for method in WRITE {
            let refused = answer(origin(domain), with(method, PAGE));
            assert_eq!(refused.status.0, 405, "OK-16 {domain} {method}");
        }
    }
    // OK-05: HTTPS alone. Of the others the console says so, and nobody else.
    let plain = |domain| failed(by(domain, OriginProtocol::HttpOnly), |_| {});
    assert_eq!(plain(PACKAGE_V2), (502, Some(Failure::HttpsOnly), 3), "OK-05");
    assert_eq!([plain(PACKAGE), plain(PACKAGE_VOD), plain(TAILOR)], [(200, None, 0); 3]);
    signed_or_refused(PACKAGE_V2, "us-west-2/mediapackagev2");
}

/// Behind an access control that signs it answers, by the service's own name; behind one that never does it refuses.
fn signed_or_refused(domain: &str, service: &str) {
    let mut run = shop(controlled(domain, Signing::Always), |_| {});
    let events = act(&mut run, ask("paris", get(PAGE)));
    let authorization = reached(&events)[0].1.fields.get("Authorization").unwrap();
    assert!(authorization.ends_with(&format!("/{service}/aws4_request")), "{authorization}");
    assert_eq!(replied(&events).0.status.0, 200, "OK-21 {domain}");
    let events =
        act(&mut shop(controlled(domain, Signing::Never), |_| {}), ask("paris", get(PAGE)));
    let (refused, denied) = replied(&events);
    assert_eq!((said(&refused).0, denied), (403, Some(Denied::Unsigned)), "OK-21 {domain}");
    let exception = refused.fields.get("x-amzn-ErrorType");
    assert_eq!(exception, Some("AccessDeniedException"), "OK-18 {domain}");
    assert_eq!(answer(origin(domain), get(PAGE)).status.0, 200, "OK-21: without one it is open");
}

#[test]
fn ok_06_10_11_13_ok_17_some_want_their_own_host() {
    for domain in [API, FUNCTION, TAILOR, DISTRIBUTION] {
        let asked = |change: fn(&mut Distribution)| {
            let mut run = shop(origin(domain), change);
            let events = act(&mut run, ask("paris", by_name(Method::Get, PAGE, "")));
            (replied(&events).0, last_shown(run.journal()))
        };
        let (own, _) = asked(forwards_all_but_host);
        assert_eq!(own.status.0, 200, "OK-10 {domain}: its own Host");
        let (other, (x_cache, shown)) = asked(forwards_host);
        assert_eq!((other.status.0, shown.status.0), (403, 403), "OK-10, OK-17 {domain}");
        assert_eq!(x_cache, ERROR, "{domain}");
    }
    let mut run = shop(origin(API), forwards_host);
    let events = act(&mut run, ask("paris", by_name(Method::Get, PAGE, "")));
    let refused = replied(&events).0;
    assert_eq!(said(&refused), (403, "application/json", json("Forbidden")), "OK-18");
    // A server of somebody's own does not mind (OK-09).
    let mut run = shop(origin(SERVER), forwards_host);
    act(&mut run, ask("paris", by_name(Method::Get, PAGE, "")));
    assert_eq!(last_shown(run.journal()).1.status.0, 200);
}

#[test]
fn mu_15_ok_25_a_bucket_that_gets_the_viewers_host_does_not_find_itself() {
    let asked = |origin: Origin, change: fn(&mut Distribution)| {
        let mut run = shop(origin, change);
        let events = act(&mut run, ask("paris", by_name(Method::Get, PAGE, "")));
        let steps = Steps::of(run.journal());
        let step = steps.all().iter().find(|step| step.hop == Hop::Answer).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        (replied(&events), last_shown(run.journal()).0, told)
    };
    // What S3's XML and HTML hold besides the code.
    let (xml, html) = (200, 300);
    for (domain, content_type, around) in
        [(BUCKET, "application/xml", xml), (WEBSITE, "text/html; charset=utf-8", html)]
    {
        let ((own, denied), ..) = asked(origin(domain), forwards_all_but_host);
        assert_eq!((own.status.0, denied), (200, None), "MO-03: its own Host");
        let ((other, denied), x_cache, told) = asked(origin(domain), forwards_host);
        let length = around + "NoSuchBucket".len() as u64;
        assert_eq!(said(&other), (404, content_type, length), "OK-25 {domain}");
        let host = "www.shop.example".to_owned();
        assert_eq!(denied, Some(Denied::OtherHost { host, is_signed: false }));
        assert_eq!(x_cache, ERROR, "{domain}");
        assert!(told.rows.contains("MU-15") && told.rows.contains("OK-25"), "{told:?}");
        assert!(told.say.concat().contains("none called www.shop.example"), "{told:?}");
        // A bucket that is called as the viewers' name finds itself by it.
        let named = domain.replacen("docs", "www.shop.example", 1);
        assert_eq!(asked(origin(&named), forwards_host).0.0.status.0, 200, "OK-25 {named}");
    }
    // Signed by CloudFront, the request is for another bucket than its signature says.
    let identity = OriginAccess::Identity { id: "E2OAIEXAMPLE001".into() };
    for signed in
        [controlled(BUCKET, Signing::Always), Origin { access: identity, ..origin(BUCKET) }]
    {
        let ((refused, denied), _, told) = asked(signed, forwards_host);
        let length = xml + "SignatureDoesNotMatch".len() as u64;
        assert_eq!(said(&refused), (403, "application/xml", length), "OK-25");
        assert!(matches!(denied, Some(Denied::OtherHost { is_signed: true, .. })), "{denied:?}");
        assert!(told.say.concat().contains("SignatureDoesNotMatch"), "{told:?}");
    }
    let ((refused, _), ..) = asked(controlled(BUCKET, Signing::Never), forwards_host);
    assert_eq!(refused.status.0, 404, "nothing is signed");
    // Host in the key is forwarded, too (ORP-08).
    let ((other, _), ..) = asked(origin(BUCKET), |distribution| {
        let policy = &mut distribution.behaviors.last_mut().unwrap().cache_policy;
        policy.key_headers = vec!["Host".into()];
        policy.name = "by-host".into();
    });
    assert_eq!(other.status.0, 404, "ORP-08");
}

#[test]
fn ok_07_ok_23_nobody_has_a_certificate_for_an_instances_own_name() {
    let secure = || by(EC2, OriginProtocol::HttpsOnly);
    assert_eq!(failed(secure(), |_| {}), (502, Some(Failure::CertificateOfAnother), 1), "OK-07");
    let wrong = by(EC2, OriginProtocol::MatchViewer);
    assert_eq!(failed(wrong, |_| {}).0, 502, "OK-07: the viewer came by HTTPS");
    assert_eq!(failed(origin(EC2), |_| {}), (200, None, 0), "OK-07: by HTTP");
    let mut run = shop(secure(), forwards_host);
    act(&mut run, ask("paris", by_name(Method::Get, PAGE, "")));
    assert_eq!(last_shown(run.journal()).1.status.0, 200, "TLS-67, OK-23: the Host forwarded");
}

#[test]
fn ok_07_08_09_12_a_web_server_answers_all_methods_with_validators_and_parts() {
    for domain in [EC2, BALANCER, SERVER, PRIVATE] {
        let whole = answer(origin(domain), get(PAGE));
        assert_eq!(whole.fields.get("Server"), Some("nginx"), "OK-14 {domain}");
        assert!(whole.fields.has("ETag") && whole.fields.has("Last-Modified"), "OK-15 {domain}");
        assert_eq!(answer(origin(domain), part_of(PAGE)).status.0, 206, "OK-15 {domain}");
        let missing = answer(origin(domain), get("/nowhere.html"));
        assert_eq!((said(&missing).0, said(&missing).1), (404, "text/html"), "OK-18 {domain}");
        for (method, status) in WRITE.into_iter().zip([201, 200, 200, 204]) {
            let made = answer(origin(domain), with(method, PAGE));
            assert_eq!(made.status.0, status, "OK-16 {domain} {method}");
        }
    }
    for protocol in [OriginProtocol::HttpOnly, OriginProtocol::HttpsOnly] {
        for domain in [BALANCER, SERVER] {
            assert_eq!(failed(by(domain, protocol), |_| {}), (200, None, 0), "OK-08, OK-09");
        }
    }
}

#[test]
fn ok_10_an_api_speaks_https_alone_and_says_what_it_misses_in_json() {
    let plain = failed(by(API, OriginProtocol::HttpOnly), |_| {});
    assert_eq!(plain, (502, Some(Failure::HttpsOnly), 3), "OK-22");
    let missing = answer(origin(API), get("/nowhere"));
    let expected = (403, "application/json", json("Missing Authentication Token"));
    assert_eq!(said(&missing), expected, "OK-18");
    let whole = answer(origin(API), part_of(PAGE));
    assert_eq!((whole.status.0, whole.fields.has("ETag")), (200, false), "OK-15");
    for (method, status) in WRITE.into_iter().zip([201, 200, 200, 204]) {
        assert_eq!(answer(origin(API), with(method, PAGE)).status.0, status, "OK-16 {method}");
    }
    // OK-10: the stage stands in the origin path.
    let mut run = shop(Origin { path: "/prod".into(), ..origin(API) }, |_| {});
    let events = act(&mut run, ask("paris", get(PAGE)));
    assert_eq!(reached(&events)[0].1.target.path(), "/prod/products/index.html", "OK-10");
    assert_eq!(replied(&events).0.status.0, 200, "OK-10");
}

#[test]
fn ok_14_every_answer_of_a_service_has_a_number_of_its_own() {
    for domain in [CONTAINER, PACKAGE, TAILOR, API, FUNCTION] {
        let mut run = shop(origin(domain), |distribution| {
            distribution.behaviors.last_mut().unwrap().cache_policy = managed::caching_disabled();
        });
        let ids = [1, 2].map(|_| {
            let (answer, _) = replied(&act(&mut run, ask("paris", get(PAGE))));
            answer.fields.get("x-amzn-RequestId").unwrap().to_owned()
        });
        assert_ne!(ids[0], ids[1], "{domain}");
        // The form of a UUID, version 4.
        let lengths: Vec<usize> = ids[0].split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{}", ids[0]);
        assert_eq!(&ids[0][14..15], "4", "{}", ids[0]);
        let shown = last_shown(run.journal()).1;
        assert_eq!(shown.fields.get("Server"), Some("CloudFront"), "RH-04 {domain}");
    }
}

#[test]
fn ok_11_osec_16_ok_24_a_function_url_behind_an_access_control_wants_a_hash() {
    let plain = failed(by(FUNCTION, OriginProtocol::HttpOnly), |_| {});
    assert_eq!(plain, (502, Some(Failure::HttpsOnly), 3), "OK-11: HTTPS alone");
    let missing = answer(origin(FUNCTION), get("/nowhere"));
    assert_eq!(said(&missing), (404, "application/json", json("Not Found")), "OK-18");
    signed_or_refused(FUNCTION, "us-east-1/lambda");
    let sent = |origin: Origin, method: Method, fields: &str| {
        let mut request = request_with(method, PAGE, fields);
        request.content_length = if method == Method::Post { 3 } else { 0 };
        let events = act(&mut shop(origin, |_| {}), ask("paris", request));
        let (answer, denied) = replied(&events);
        (answer.status.0, denied)
    };
    let signed = || controlled(FUNCTION, Signing::Always);
    let hash =
        "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (method, status) in [(Method::Post, 201), (Method::Put, 200)] {
        let refused = (403, Some(Denied::Unhashed));
        assert_eq!(sent(signed(), method, ""), refused, "OK-11, OSEC-16 {method}");
        assert_eq!(sent(signed(), method, hash), (status, None), "OK-24 {method}");
        assert_eq!(sent(origin(FUNCTION), method, ""), (status, None), "OK-11: AuthType NONE");
    }
    assert_eq!(sent(signed(), Method::Delete, ""), (204, None), "OK-11: PUT and POST alone");
}

#[test]
fn ok_13_another_distribution_signs_what_it_passes_on() {
    let mut run = shop(origin(DISTRIBUTION), |_| {});
    let events = act(&mut run, ask("paris", get(PAGE)));
    let (answer, _) = replied(&events);
    assert_eq!(answer.fields.get("Via"), Some("1.1 d222222abcdef8.cloudfront.net (CloudFront)"));
    assert_eq!(answer.fields.get("X-Cache"), Some(MISS), "OK-14: its own");
    assert!(answer.fields.has("ETag"), "OK-15");
    let (x_cache, shown) = last_shown(run.journal());
    assert_eq!((shown.status.0, x_cache.as_str()), (200, MISS));
    assert_eq!(shown.fields.all("X-Cache").count(), 1, "the viewer's edge says its own");
}

#[test]
fn sig_56_a_signed_query_that_reaches_a_bucket_is_refused_by_the_bucket() {
    const CANNED: &str = "/app.js?Expires=1767300000&Signature=abc~_-&Key-Pair-Id=K2JCJMDEHXQW5F";
    const CUSTOM: &str = "/app.js?Policy=eyJ&Signature=abc~_-&Key-Pair-Id=K2JCJMDEHXQW5F";
    let asked = |origin: Origin, path: &str, forwarded: Selection| {
        let mut run = shop(origin, |distribution| {
            distribution.behaviors.last_mut().unwrap().cache_policy.query = forwarded;
        });
        let events = act(&mut run, ask("paris", get(path)));
        let (answer, denied) = replied(&events);
        (answer, denied, last_shown(run.journal()))
    };
    for path in [CANNED, CUSTOM] {
        for origin in [origin(BUCKET), controlled(BUCKET, Signing::Always)] {
            let (answer, denied, (x_cache, shown)) = asked(origin.clone(), path, Selection::All);
            assert_eq!((said(&answer).0, said(&answer).1), (403, "application/xml"), "SIG-56");
            assert_eq!(denied, Some(Denied::HalfSigned), "SIG-56");
            assert_eq!((shown.status.0, x_cache.as_str()), (403, ERROR), "SIG-56");
            assert_eq!(shown.fields.get("Server"), Some("AmazonS3"), "SIG-56: not CloudFront");
            let (answer, ..) = asked(origin, path, Selection::None);
            assert_eq!(answer.status.0, 200, "SIG-56: only where query strings are forwarded");
        }
    }
    let own = "/app.js?AWSAccessKeyId=A&Expires=1767300000&Signature=abc";
    assert_eq!(asked(origin(BUCKET), own, Selection::All).0.status.0, 200, "S3's own way");
    assert_eq!(asked(origin(BUCKET), "/app.js?Expires=1", Selection::All).0.status.0, 200);
    assert_eq!(asked(origin(SERVER), CANNED, Selection::All).0.status.0, 200, "S3 alone");
}

#[test]
fn ok_26_a_store_takes_18_ms_all_others_45_and_a_slow_one_its_delay_on_top() {
    let think = |domain: &str, health: Health| {
        let origin = by(domain, OriginProtocol::HttpOnly);
        let origin_id = origin.id.clone();
        let mut run = shop(origin, |_| {});
        act(&mut run, Action::SetHealth { origin_id, health });
        let events = act(&mut run, ask("paris", get(PAGE)));
        let think = events.iter().find_map(|event| match &event.what {
            What::Replied { think, .. } => Some(think.as_millis()),
            _ => None,
        });
        think.unwrap()
    };
    for store in [BUCKET, WEBSITE, CONTAINER] {
        assert_eq!(think(store, Health::Up), 18, "{store}");
    }
    for other in [PACKAGE, EC2, BALANCER, SERVER] {
        assert_eq!(think(other, Health::Up), 45, "{other}");
    }
    assert_eq!(think(BUCKET, Health::Slow { secs: 2 }), 2_018);
    assert_eq!(think(SERVER, Health::Slow { secs: 2 }), 2_045);
}
