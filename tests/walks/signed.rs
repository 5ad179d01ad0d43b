//! Signed URLs and cookies: the known-answer vectors of the reference, and what a signature does to key, origin and log.

use std::sync::Arc;

use edgewalk::distribution::{
    AddressRange, Beside, Configuration, Draft, ErrorPage, ErrorResponse, Selection,
};
use edgewalk::edge::fields::ViewerFacts;
use edgewalk::edge::{
    Carrier, Config, Decision, NotSigned, Refusal, SignatureHash, Signed, Signing, Terms,
};
use edgewalk::http::{Fields, Method, Request, Scheme, Target, base64};
use edgewalk::json::Json;
use edgewalk::scene::SigningForm;
use edgewalk::simulation::{Action, Run, What, access_log::access_log, built_in_scenario};
use serde_json::Value;

use crate::common::{Edit, act, answered_at_pop, ask, last_shown, purge, request};
use crate::{decisions, reached};

const VECTORS: &str = include_str!("../../docs/reference/examples/signed-urls.json");
const GROUP: &str = "a1b2c3d4-5678-90ab-cdef-example11111";

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

/// The keys of the vectors that are trusted, as the AWS CLI prints them, in one group.
fn beside() -> Beside {
    let mut beside = Beside::managed("us-east-1".into());
    let mut ids = Vec::new();
    for key in vectors()["keys"].as_array().unwrap() {
        let id = key["key_pair_id"].as_str().unwrap();
        let printed = serde_json::json!({"PublicKey": {"Id": id, "PublicKeyConfig": {
            "CallerReference": id, "Name": id, "EncodedKey": key["public_key_pem"]}}});
        beside.add(&printed.to_string(), None).unwrap();
        if key["trusted"].as_bool().unwrap() {
            ids.push(id.to_owned());
        }
    }
    let printed = serde_json::json!({"KeyGroup": {"Id": GROUP, "KeyGroupConfig": {"Name": "all", "Items": ids}}});
    beside.add(&printed.to_string(), None).unwrap();
    beside
}

/// The shop, all of which only those may see who have a signature.
fn restricted(beside: &Beside) -> Configuration {
    let shop = built_in_scenario().configuration;
    let mut draft = Draft::of(&shop);
    let group =
        Json::parse(&format!(r#"{{"Enabled": true, "Quantity": 1, "Items": ["{GROUP}"]}}"#))
            .unwrap();
    for behavior in ["DefaultCacheBehavior", "CacheBehaviors.Items[0]"] {
        draft.set(&format!("{behavior}.TrustedKeyGroups").parse().unwrap(), group.clone()).unwrap();
    }
    let mut configuration = draft.check().unwrap().with_beside(beside).unwrap();
    configuration = Configuration::restored(&configuration.stored()).unwrap();
    assert!(
        Configuration::taken(configuration.distribution()).is_ok(),
        "what is read can be written"
    );
    configuration
}

fn request_of(url: &str, check: &Value) -> Request {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (host, target) = rest.split_at(rest.find('/').unwrap());
    let mut fields = format!("Host: {host}");
    if let Some(cookies) = check["cookies"].as_object() {
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={}", value.as_str().unwrap()))
            .collect();
        fields = [fields, "\nCookie: ".to_owned(), pairs.join("; ")].concat();
    }
    let method = match check["method"].as_str() {
        Some("OPTIONS") => Method::Options,
        _ => Method::Get,
    };
    let request = Request::new(
        method,
        Target::parse(target).unwrap(),
        Fields::parse(&fields).unwrap().into(),
    );
    Request { scheme: if scheme == "http" { Scheme::Http } else { Scheme::Https }, ..request }
}

/// What the edge location makes of a request: goes on, or answers.
fn judged(
    config: &Arc<Config>,
    request: Request,
    ip: &str,
    now_unix: u64,
) -> Option<(u16, String, String)> {
    let viewer = ViewerFacts { ip: ip.into(), port: 1, country: None, city: None, as_number: None };
    let answered = answered_at_pop(config, request, viewer, now_unix);
    assert!(answered.iter().all(|(_, _, page)| !page.is_empty()), "a refusal has a page");
    answered
}

/// The vectors of each row, and how many of their checks are let in and how many are refused.
const VECTORS_OF: [(&str, &str, (usize, usize)); 21] = [
    ("SIG-60", "SU-01 SU-02 SU-04 SU-05", (5, 7)),
    ("SIG-61", "SU-07 SU-08 SU-10 SU-11", (1, 4)),
    ("SIG-62", "SU-13 SU-14", (2, 1)),
    ("SIG-63", "SU-16 SU-17 SU-19 SU-20", (3, 3)),
    ("SIG-64", "SU-22", (1, 1)),
    ("SIG-65", "SU-30 SU-32", (5, 6)),
    ("SIG-66", "SU-33 SU-35 SU-36 SU-38 SU-39 SU-41", (14, 9)),
    ("SIG-67", "SU-42 SU-44 SU-45 SU-47", (1, 4)),
    ("SIG-68", "SU-60 SU-62 SU-63", (3, 8)),
    // The rules that they were made for.
    ("SIG-04", "SU-14", (1, 0)),
    ("SIG-07", "SU-01", (4, 2)),
    ("SIG-09", "SU-30", (3, 6)),
    ("SIG-10", "SU-44 SU-45", (0, 2)),
    ("SIG-32", "SU-30", (3, 6)),
    ("SIG-36", "SU-02", (1, 3)),
    ("SIG-38", "SU-41", (2, 0)),
    ("SIG-40", "SU-36 SU-38 SU-39", (7, 3)),
    ("SIG-52", "SU-07", (0, 1)),
    ("SIG-53", "SU-44 SU-45", (0, 2)),
    ("SIG-54", "SU-04 SU-05 SU-10", (0, 3)),
    ("SIG-23", "SU-11", (1, 1)),
];

#[test]
fn sig_02_to_04_06_to_13_15_19_22_23_30_to_32_34_to_40_43_45_50_to_54_60_to_68_every_vector_gives_its_verdict()
 {
    let all = vectors();
    let configuration = restricted(&beside());
    let mut count = (0, 0);
    for vector in all["vectors"].as_array().unwrap() {
        for check in vector["checks"].as_array().unwrap() {
            let url =
                check["request_url"].as_str().or_else(|| vector["signed_url"].as_str()).unwrap();
            let request = request_of(url, check);
            // Each host that is asked for leads here (SIG-37 is the policy's own matter).
            let mut distribution = configuration.distribution().clone();
            distribution.aliases.push(request.fields.get("Host").unwrap().to_owned());
            let config = Arc::new(Config::new(distribution, 3_600).unwrap());
            let now = check["now"].as_u64().unwrap();
            let verdict = judged(&config, request, check["ip"].as_str().unwrap(), now);
            let about = format!("{} {}: {check}", vector["id"], vector["title"]);
            if check["expect"] == "allow" {
                count.0 += 1;
                assert_eq!(verdict, None, "{about}");
                continue;
            }
            count.1 += 1;
            let body = all["error_bodies"][check["code"].as_str().unwrap()].as_str().unwrap();
            let expected = (403, "text/xml".to_owned(), body.to_owned());
            assert_eq!(verdict, Some(expected), "{about}");
        }
    }
    let told = all["vectors"].as_array().unwrap();
    assert_eq!((told.len(), count), (30, (35, 43)), "SIG-63: section 5.7 says how many");
    let mut nine = 0;
    for (place, (row, ids, expected)) in VECTORS_OF.into_iter().enumerate() {
        let mut found = (0, 0);
        for id in ids.split(' ') {
            let vector = told.iter().find(|vector| vector["id"] == id).expect(id);
            let checks = vector["checks"].as_array().unwrap();
            let allowed = checks.iter().filter(|check| check["expect"] == "allow").count();
            found = (found.0 + allowed, found.1 + checks.len() - allowed);
            nine += usize::from(place < 9);
        }
        assert_eq!(found, expected, "{row}");
    }
    assert_eq!(nine, 30, "each is one row's");
}

/// SU-15 and SU-18 are not in the file (section 5.7). These stand for them: a key made for them with Python's `cryptography`
/// 48.0.0 and thrown away, and its signatures of the canned policy for `/app.js` until 1773482400.
const OWN_KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3CP5dRt/bdpfPNtcXonU\n\
caE0hTcC1jrIzR6DiWhnr3GyIvDGpG8SGFdmtPF0p1jiZQgcTHgGe3ZcEpjgbib4\n\
gcYPL/FNvp69f2dmEMEfEdTpmKswSrNaitmDLJlj/wym/WHvJFerCBvaOVRPN5Sq\n\
9WDkSejtQKdYs8UPm8dDBzGfYx3x1dC1yx5kENabbNSgs7ZgikM0HDmiFkS2OkgA\n\
9vsNBXxkaQ5P6YzMoZnHeBb/Sp2WuuGAaU1VqJIAx/3YEHs5/mrIBaLH2f4xI+8q\n\
9rGxrljjSYvPXFpK/casyJzlkxHwI9DGUPx76vxteJQ+JkcCBvXAOF2RZjdEyhyN\n\
zwIDAQAB\n\
-----END PUBLIC KEY-----\n";
const OWN_SHA1: &str = "IpXK4yu4RjZZZYDt6MmPrvIAhrPMNVvAaAup8wsjXx707h5w8LX0EfSIIqKVXgTYUgHFHn55NB5T0cPrF3wvrRTHcaQUrPtGI4-J-GXiMw0AYuJHHRKnDaMIestxC0JFjObB5kTF7eKzcWCrFH1iL1D8E98DiP0kL~syFpVANZnNMWnNIRpfPRBR6Vn~fHSYHJXVJ4BVi-1J4FjhgA-HNHFYVlJQoU~iuqU-NKykUzjWHEKuUZpG57ZzsOnGNPR12VoGUNArhxvHXitDYhgi1P0h0qxCJnd1IBHbNCFH7LJCu~2bR7APLEHwLZO7ASN3-dNV66gDBaFhfCdIwaSvhA__";
const OWN_SHA256: &str = "xXiLVWU3mr40PlRW7Ug67i5mzCaCR5NXkXzB6Egv5Ks8I1Zfznn~zEtD0~YWgYEXSPaZaJmCEXxKbj8FQEYetiinohiIPkbrr2CVP0ju6PhAeowtkQK75ZTbmTnikf6PNluAgnIpZuShUzhbJ9Dw59AgqR2iRobbJtiuu40hEio0qHuglzdY39HZqNBDlQ37qiW78oyk4oh-pquVQ6f7S3g5Z8lGfPZ~K-eUCXvUVRgC6RbOJtoIK2mn-tc3J8LXeHZMQ9kr0Mo9FZuFxqGtIhg8iHK~2kyyNaxgHDbLpw5oxZgGmvesbuw-Jy2GsEr3iIuXcicSS6CrrkmmlQCHhA__";

#[test]
fn sig_13_63_a_hash_holds_where_the_parameter_names_it() {
    let mut beside = beside();
    let id = "K2VIZTESTOWN01";
    let printed = serde_json::json!({"PublicKey": {"Id": id, "PublicKeyConfig": {
        "CallerReference": id, "Name": id, "EncodedKey": OWN_KEY}}});
    beside.add(&printed.to_string(), None).unwrap();
    let group = serde_json::json!({"KeyGroup": {"Id": GROUP, "KeyGroupConfig": {"Name": "own", "Items": [id]}}});
    beside.add(&group.to_string(), None).unwrap();
    let configuration = restricted(&beside);
    let config = Arc::new(Config::new(configuration.distribution().clone(), 3_600).unwrap());
    let verdict = |signature: &str, hash: &str| {
        let url = format!(
            "https://d111111abcdef8.cloudfront.net/app.js?Expires=1773482400&Signature={signature}&Key-Pair-Id={id}{hash}"
        );
        let said = judged(&config, request_of(&url, &Value::Null), "192.0.2.10", 1_773_478_800);
        said.map(|(_, _, body)| {
            let code = body.split_once("<Code>").unwrap().1;
            code.split_once('<').unwrap().0.to_owned()
        })
    };
    let refused = || Some("AccessDenied".to_owned());
    let (sha1, sha256) = ("&Hash-Algorithm=SHA1", "&Hash-Algorithm=SHA256");
    assert_eq!(verdict(OWN_SHA256, sha256), None, "SIG-63: SHA-256 with the parameter");
    assert_eq!(verdict(OWN_SHA256, ""), refused(), "SIG-63: and without");
    assert_eq!(verdict(OWN_SHA256, sha1), refused(), "SIG-63: a wrong one");
    assert_eq!(verdict(OWN_SHA1, ""), None, "SIG-13");
    assert_eq!(verdict(OWN_SHA1, sha1), None, "SIG-13");
    // OPEN-03: what no page lists is refused, whichever of the two it was made with.
    for unknown in ["MD5", "SHA512", "sha256", ""] {
        for signature in [OWN_SHA1, OWN_SHA256] {
            let hash = format!("&Hash-Algorithm={unknown}");
            assert_eq!(verdict(signature, &hash), refused(), "SIG-63, OPEN-03: {unknown:?}");
        }
    }
}

/// The time is over while the answer is on its way.
#[test]
fn sig_33_a_download_that_has_begun_is_not_cut_and_a_new_request_is_refused() {
    let mut scenario = run().walk().scenario.clone();
    let large = |object: &edgewalk::origin::Object| {
        let is_it = object.path == "/images/image.jpg";
        let size_bytes = if is_it { 2_000_000_000 } else { object.size_bytes };
        edgewalk::origin::Object { size_bytes, ..object.clone() }
    };
    scenario.site = edgewalk::origin::Site::new(scenario.site.iter().map(large));
    let (begun, ends) = (scenario.epoch_unix, 1_773_482_400);
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, crate::common::wait(ends - begun - 2));
    let events = act(&mut run, signed());
    let (shown_at, response) = events
        .iter()
        .find_map(|event| match &event.what {
            What::Shown { response, .. } => Some((event.at, response)),
            _ => None,
        })
        .unwrap();
    assert!(begun + shown_at.as_micros() / 1_000_000 > ends, "SIG-33: it ends afterwards");
    assert_eq!((response.status.0, response.body.length), (200, 2_000_000_000), "SIG-33");
    let part = Request {
        fields: Fields::parse("Range: bytes=0-99").unwrap().into(),
        ..request(Method::Get, &signed_path())
    };
    act(&mut run, ask("paris", part));
    assert_eq!(last_shown(run.journal()).1.status.0, 403, "SIG-33: and a new part is refused");
}

/// What a vector's policy says, as it would be typed; none of what no form can say.
fn terms(vector: &Value) -> Option<Terms> {
    let policy: Value = serde_json::from_str(vector["policy"].as_str()?).ok()?;
    let [statement] = &policy["Statement"].as_array()?[..] else { return None };
    let condition = &statement["Condition"];
    let until_unix = condition["DateLessThan"]["AWS:EpochTime"].as_u64()?;
    if !vector["expires"].is_null() {
        return Some(Terms::Canned { until_unix });
    }
    Some(Terms::Custom {
        resource: statement["Resource"].as_str()?.to_owned(),
        until_unix,
        after_unix: condition["DateGreaterThan"]["AWS:EpochTime"].as_u64(),
        range: condition["IpAddress"]["AWS:SourceIp"].as_str().and_then(AddressRange::v4),
    })
}

#[test]
fn sig_02_03_06_to_11_13_what_botocore_has_signed_is_what_a_browser_would_be_given_to_sign() {
    let all = vectors();
    let (mut urls, mut cookies) = (0, 0);
    for vector in all["vectors"].as_array().unwrap() {
        let Some(terms) = terms(vector) else { continue };
        let signed = request_of(vector["signed_url"].as_str().unwrap(), &vector["checks"][0]);
        let is_cookie = vector["kind"].as_str().unwrap().starts_with("cookie");
        let by = if is_cookie { Carrier::Cookies } else { Carrier::Url };
        let key_id = vector["key_pair_id"].as_str().unwrap_or("K2VIZTESTRSA01").to_owned();
        let hash = match vector["hash"].as_str() {
            Some("SHA256") => SignatureHash::Sha256,
            _ => SignatureHash::Sha1,
        };
        let part = |name: &str| {
            let query = signed.target.query().unwrap_or_default().split('&');
            let cookies = signed.fields.get("Cookie").unwrap_or_default().split("; ");
            let all = query.map(|pair| (pair, "")).chain(cookies.map(|pair| (pair, "CloudFront-")));
            let mut found = all.filter_map(|(pair, before)| {
                let (known, value) = pair.split_once('=')?;
                (known == format!("{before}{name}")).then(|| value.to_owned())
            });
            found.next()
        };
        let Some(signature) = part("Signature") else { continue };
        // SIG-11, by hand.
        let plain = signature.replace('-', "+").replace('_', "=").replace('~', "/");
        let Some(signature) = base64::decode(&plain) else { continue };
        let signing = Signing { by, key_id, hash, terms };
        let bare = request_of(vector["base_url"].as_str().unwrap(), &Value::Null);
        let about = format!("{} {}", vector["id"], vector["title"]);
        assert_eq!(signing.policy(&bare), vector["policy"].as_str().unwrap(), "{about}");
        let carried = signing.carried(&bare, &signature).unwrap();
        assert_eq!(carried, signing.carried(&signed, &signature).unwrap(), "again: {about}");
        if is_cookie {
            cookies += 1;
            let said = |request: &Request| {
                let all = request.fields.get("Cookie").unwrap_or_default();
                let mut all: Vec<_> = all.split("; ").map(str::to_owned).collect();
                all.sort_unstable();
                all
            };
            assert_eq!(said(&carried), said(&signed), "{about}");
            assert_eq!(carried.target, bare.target, "{about}");
        } else {
            urls += 1;
            assert_eq!(carried, signed, "{about}");
        }
    }
    assert!(urls >= 14 && cookies >= 2, "{urls} and {cookies}");
}

#[test]
fn sig_16_24_53_55_what_is_looked_at_first_where_several_things_are_wrong() {
    let all = vectors();
    let config = restricted(&beside());
    let config = Arc::new(Config::new(config.distribution().clone(), 3_600).unwrap());
    let good = all["vectors"][0]["signed_url"].as_str().unwrap();
    let with = |changes: &[(&str, &str)]| {
        let mut url = good.to_owned();
        for (from, to) in changes {
            assert!(url.contains(from), "{from}");
            url = url.replacen(from, to, 1);
        }
        let verdict = judged(&config, request_of(&url, &Value::Null), "192.0.2.10", 1_773_478_800);
        let (.., body) = verdict.unwrap();
        let code = body.split_once("<Code>").unwrap().1;
        code.split_once('<').unwrap().0.to_owned()
    };
    let expires = "Expires=1773482400";
    let (key, signature) = ("Key-Pair-Id=K2VIZTESTRSA01", "Signature=");
    let (no_key, bad_signature) =
        (("Key-Pair-Id=K2VIZTESTRSA01", "x=1"), (signature, "Signature=!"));
    // SIG-55: the key that is missing, the one that nobody knows, the signature, the policy, and then all else.
    assert_eq!(with(&[no_key, bad_signature, (expires, "Expires=soon")]), "MissingKey");
    assert_eq!(with(&[(key, "Key-Pair-Id=K9"), bad_signature]), "InvalidKey");
    assert_eq!(with(&[bad_signature, (expires, "Expires=soon")]), "MalformedSignature");
    assert_eq!(with(&[(expires, "Expires=soon")]), "MalformedPolicy", "SIG-53");
    assert_eq!(with(&[(expires, "Expires=")]), "MalformedPolicy", "SIG-53");
    assert_eq!(with(&[(expires, "Expires=18446744073709551616")]), "MalformedPolicy", "SIG-16");
    assert_eq!(with(&[(expires, "Expires=9223372036854775807")]), "AccessDenied", "SIG-16");
    assert_eq!(with(&[(expires, "Expires=1773482400&Policy=!")]), "MalformedPolicy", "SIG-24");
    // `+`, `=` and `/` are no signs of this base64 (SIG-11).
    assert_eq!(with(&[(signature, "Signature=+")]), "MalformedSignature", "SIG-11");
}

/// The first vector, asked for in the walk's own time.
fn signed_path() -> String {
    let all = vectors();
    let url = all["vectors"][0]["signed_url"].as_str().unwrap().to_owned();
    url.split_once(".net").unwrap().1.to_owned()
}

fn run() -> Run {
    let mut scenario = built_in_scenario();
    scenario.configuration = restricted(&beside()).into();
    scenario.epoch_unix = vectors()["reference_now"].as_u64().unwrap();
    let object =
        scenario.site.iter().find(|object| object.path == "/img/hero.jpg").unwrap().clone();
    let moved = edgewalk::origin::Object { path: "/images/image.jpg".into(), ..object };
    scenario.site = edgewalk::origin::Site::new(scenario.site.iter().cloned().chain([moved]));
    Run::new(scenario).unwrap()
}

fn signed() -> Action {
    ask("paris", request(Method::Get, &signed_path()))
}

#[test]
fn sig_01_30_inv_19_whoever_has_a_signature_gets_what_is_kept_without_it() {
    let mut run = run();
    let events = act(&mut run, signed());
    let held = decisions(&events).iter().find_map(|decision| match decision {
        Decision::SignatureHeld(signed) => Some(signed.clone()),
        _ => None,
    });
    let expected = Signed {
        by: Carrier::Url,
        key_id: "K2VIZTESTRSA01".into(),
        is_custom: false,
        until_unix: 1_773_482_400,
    };
    assert_eq!(held, Some(expected), "SIG-30");
    // Whoever comes with another valid signature gets the same copy; without one nobody does (SIG-30: checked before the
    // look-up, so a hit is refused, too).
    act(&mut run, signed());
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "QS-09");
    act(&mut run, ask("paris", request_of_path("/images/image.jpg")));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*x_cache), (403, "Error from cloudfront"), "LIM-11");
    act(&mut run, purge(&["/images/image.jpg"]));
    act(&mut run, signed());
    assert_eq!(
        last_shown(run.journal()).0,
        "Miss from cloudfront",
        "INV-19: the part before the ? alone"
    );
    // The time is over.
    act(&mut run, crate::common::wait(4_000));
    let events = act(&mut run, signed());
    let refused =
        Decision::Refused(Refusal::NotSigned(NotSigned::Expired { at_unix: 1_773_482_400 }));
    assert!(decisions(&events).contains(&&refused), "{events:?}");
    assert!(
        !decisions(&events).iter().any(|it| matches!(it, Decision::LookedUp { .. })),
        "SIG-30, VSEC-09"
    );
}

/// The same shop, whose keys and origins get every parameter and every cookie.
fn run_forwarding_all() -> Run {
    let mut scenario = run().walk().scenario.clone();
    let mut distribution = scenario.edited();
    for behavior in &mut distribution.behaviors {
        behavior.cache_policy.query = Selection::All;
        behavior.cache_policy.cookies = Selection::All;
    }
    distribution.error_responses.push(ErrorResponse {
        status: 404,
        min_ttl_secs: 10,
        page: Some(ErrorPage { path: "/index.html".into(), status: 404 }),
    });
    drop(distribution);
    Run::new(scenario).unwrap()
}

#[test]
fn qs_08_sig_20_of_all_parameters_those_of_the_signature_alone_stay_behind() {
    let all = vectors();
    let url = all["vectors"][1]["signed_url"].as_str().unwrap();
    let path = url.split_once(".net").unwrap().1;
    let mut run = run_forwarding_all();
    let events = act(&mut run, ask("paris", request(Method::Get, path)));
    let (request, _) = reached(&events).next().unwrap();
    assert_eq!(request.target.query(), Some("size=large&license=yes"), "QS-08");
    let key = decisions(&events).iter().find_map(|decision| match decision {
        Decision::KeyMade { key, .. } => Some(key.to_string()),
        _ => None,
    });
    let key = key.unwrap();
    assert!(key.contains("size=large") && !key.contains("Key-Pair-Id"), "QS-08: {key}");
}

#[test]
fn qs_09_sig_20_the_cookies_of_a_signature_reach_neither_the_origin_nor_the_page_of_an_error() {
    let all = vectors();
    let vector = all["vectors"].as_array().unwrap().iter().find(|it| it["id"] == "SU-60").unwrap();
    let mut cookies = vector["checks"][0]["cookies"].clone();
    cookies["mine"] = "1".into();
    let check = serde_json::json!({"cookies": cookies});
    let url = vector["signed_url"].as_str().unwrap();
    let mut run = run_forwarding_all();
    let events = act(&mut run, ask("paris", request_of(url, &check)));
    let asked: Vec<_> = reached(&events)
        .map(|(request, _)| (request.target.path(), request.fields.get("Cookie")))
        .collect();
    let expected = [("/members/page.html", Some("mine=1")), ("/index.html", Some("mine=1"))];
    assert_eq!(asked, expected, "QS-09");
}

fn request_of_path(path: &str) -> Request {
    request(Method::Get, path)
}

#[test]
fn lim_11_log_43_sig_23_a_refusal_is_logged_as_an_error_and_options_needs_no_signature() {
    let mut run = run();
    act(&mut run, ask("paris", request_of_path("/app.js")));
    act(&mut run, ask("paris", request(Method::Options, "/app.js")));
    assert_eq!(last_shown(run.journal()).1.status.0, 204, "SIG-23");
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let record = &log[0].record;
    let words = [record.result.as_str(), record.detail.as_ref().unwrap().as_str()];
    assert_eq!((record.status.map(|it| it.0), words), (Some(403), ["Error", "Error"]), "LOG-43");
}

#[test]
fn im_13_cb_15_16_of_a_group_that_is_not_given_no_key_is_known() {
    let bare = Beside::managed("us-east-1".into());
    let configuration = restricted(&bare);
    assert!(configuration.assumed().iter().any(|it| it.stand_in.row() == "IM-13"));
    let config = Arc::new(Config::new(configuration.distribution().clone(), 3_600).unwrap());
    let all = vectors();
    let url = all["vectors"][0]["signed_url"].as_str().unwrap();
    let verdict = judged(&config, request_of(url, &Value::Null), "192.0.2.10", 1_773_478_800);
    assert_eq!(verdict.unwrap().2, all["error_bodies"]["InvalidKey"].as_str().unwrap(), "SIG-51");
}

#[test]
fn im_13_a_key_of_a_given_group_that_is_not_given_itself_is_named() {
    let mut beside = Beside::managed("us-east-1".into());
    let printed = serde_json::json!({"KeyGroup": {"Id": GROUP, "KeyGroupConfig": {"Name": "all", "Items": ["K2VIZ"]}}});
    beside.add(&printed.to_string(), None).unwrap();
    let configuration = restricted(&beside);
    let said: Vec<_> = configuration.assumed().iter().map(ToString::to_string).collect();
    let expected = "the keys of \"K2VIZ\" are not given";
    assert!(said.iter().any(|line| line.contains(expected)), "{said:?}");
}

#[test]
fn sig_12_21_what_is_no_key_or_no_group_is_refused_by_its_field() {
    let mut beside = Beside::managed("us-east-1".into());
    let key = |pem: &str| {
        serde_json::json!({"PublicKey": {"Id": "K1", "PublicKeyConfig": {"CallerReference": "", "Name": "k", "EncodedKey": pem}}}).to_string()
    };
    let good = vectors()["keys"][0]["public_key_pem"].as_str().unwrap().to_owned();
    for pem in [
        "",
        "K1",
        &good.replace("PUBLIC", "PRIVATE"),
        &good.replace("MIIBIjAN", "MIIBIjAA"),
        &good[..200],
    ] {
        let errors = beside.add(&key(pem), None).unwrap_err();
        assert!(
            errors.iter().any(|it| it.path() == Some("PublicKeyConfig.EncodedKey")),
            "{errors:?}"
        );
    }
    let group = r#"{"KeyGroup": {"Id": "x", "KeyGroupConfig": {"Name": "n", "Items": []}}}"#;
    assert_eq!(beside.add(group, None).unwrap_err()[0].path(), Some("KeyGroupConfig.Items"));
    let group = r#"{"KeyGroup": {"Id": "x", "KeyGroupConfig": {"Name": "n", "Items": ["K1", 2]}}}"#;
    let errors = beside.add(group, None).unwrap_err();
    assert_eq!(errors[0].path(), Some("KeyGroupConfig.Items[1]"), "no key is passed over");
    beside.add(&key(&good), None).unwrap();
}

#[test]
fn sig_18_69_only_a_resource_that_is_a_percent_encoded_url_is_given_to_be_signed() {
    let asked = request_of("https://d.example/a", &Value::Null);
    let terms = |resource: &str| {
        let form = SigningForm { is_custom: true, resource: resource.into(), ..Default::default() };
        form.terms(&asked, 0)
    };
    for resource in ["https://d.example/%C3%A4*", "http://d.example/*", "*://d.example/*", "*"] {
        assert!(terms(resource).is_ok(), "{resource}");
    }
    for resource in ["https://d.example/\u{e4}*", "https://d.example/a b", "d.example/a", "/a"] {
        assert!(terms(resource).is_err(), "{resource}");
    }
    // A quotation mark is no end of the text: what is signed is JSON whatever it names.
    let signing = Signing {
        by: Carrier::Url,
        key_id: "K".into(),
        hash: SignatureHash::Sha1,
        terms: terms(r#"https://d.example/"a\b"#).unwrap(),
    };
    let policy: Value = serde_json::from_str(&signing.policy(&asked)).unwrap();
    assert_eq!(policy["Statement"][0]["Resource"], r#"https://d.example/"a\b"#);
}
