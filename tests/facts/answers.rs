//! The answers that CloudFront makes itself, and those that it only passes on (security-logs-edge.md section 8; distribution.md
//! section 4).

use edgewalk::edge::Decision;
use edgewalk::http::Response;

use crate::{CFF, DOMAIN, ERROR, HIT, MISS};
use crate::{at_pop, decisions, events, get, reached, said, shown, walk};

fn host() -> String {
    format!("Host: {DOMAIN}")
}

#[test]
fn cfe_08_09_10_vsec_18_each_refusal_has_its_page() {
    let block = r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}"#;
    let (status, kind, page) = at_pop(&[block], get("/page.html", &host()), Some("FR")).unwrap();
    assert_eq!((status, &*kind), (403, "text/html"));
    assert!(
        page.contains("configured to block access from your country"),
        "CFE-08, VSEC-18: {page}"
    );
    let acl = r#"set WebACLId "arn:aws:wafv2:us-east-1:123456789012:global/webacl/options/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333""#;
    let listed = r#"set IPSet.Addresses ["203.0.113.0/24"]"#;
    let (status, kind, page) = at_pop(&[acl, listed], get("/page.html", &host()), None).unwrap();
    assert_eq!((status, &*kind), (403, "text/html"));
    assert!(page.contains("Request blocked."), "CFE-09: {page}");
    let (status, kind, page) = at_pop(&[], get("/images/image.jpg", &host()), None).unwrap();
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>"#;
    assert_eq!((status, &*kind, &*page), (403, "text/xml", expected), "CFE-10");
}

/// What the first answer with this health of the application is, and whether the second comes of a cache.
fn failing(status: u16, more: &[&str]) -> (u16, bool) {
    let fails = format!("health app failing {status}");
    let ask = "GET paris /app/page.html";
    let words = [more, &[&*fails, ask, ask]].concat();
    let run = walk(&words);
    (said(&run)[0].0, reached(&run).len() == 1)
}

#[test]
fn cfe_03_12_13_20_25_31_what_is_the_origins_own_and_which_of_it_is_kept() {
    let bare = "set CustomErrorResponses.Items []";
    // CFE-03, CFE-12, CFE-13, CFE-20, CFE-25: passed on as they are.
    for (status, is_kept) in [
        (400, false),
        (401, false),
        (403, false),
        (404, true),
        (405, false), // CFE-31: without max-age
        (412, false),
        (415, false),
        (500, true), // CFE-30
        (503, true),
    ] {
        assert_eq!(failing(status, &[bare]), (status, is_kept), "CFE-31 {status}");
    }
    // CFE-12: or the code of the page in its place.
    assert_eq!(failing(404, &[r#"set CustomErrorResponses.Items[0].ResponseCode "200""#]).0, 200);
    // CFE-03: whoever asks is not let through, unless a policy says so.
    let run = walk(&[r#"GET paris /app/page.html "Authorization: Basic dTpw""#]);
    assert!(!reached(&run)[0].fields.has("Authorization"));
}

#[test]
fn cfe_14_a_write_under_an_unfulfilled_condition_is_the_origins_412() {
    let run =
        walk(&[r#"PUT paris /app/page.html "If-Unmodified-Since: Thu, 01 Jan 2015 00:00:00 GMT""#]);
    assert_eq!((said(&run)[0].0, reached(&run).len()), (412, 1));
}

#[test]
fn cfe_15_myth_02_what_is_too_long_is_414_or_494_and_413_is_for_contents() {
    let long = get(&format!("/{}", "a".repeat(8_192)), &host());
    let wide = get("/", &format!("{}\nX: {}", host(), "x".repeat(32_768)));
    let statuses = [long, wide].map(|request| at_pop(&[], request, None).unwrap().0);
    assert_eq!(statuses, [414, 494]);
}

#[test]
fn cfe_17_open_09_a_range_outside_a_whole_object_is_answered_at_the_edge() {
    let run = walk(&["GET paris /page.html", r#"GET paris /page.html "Range: bytes=900-""#]);
    assert_eq!(said(&run).iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 416]);
    assert_eq!(reached(&run).len(), 1);
    assert_eq!(shown(&run)[1].fields.get("Content-Range"), Some("bytes */900"));
}

#[test]
fn cfe_24_26_open_04_edge_66_what_functions_answer_and_how_they_fail() {
    let function = format!(
        r#"set DefaultCacheBehavior.FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "viewer-request"}}]"#
    );
    let of = |does: &[&str]| {
        let words = [&[&*function], does, &["GET paris /page.html"]].concat();
        let run = walk(&words);
        let fields =
            ["x-edge-result-type", "x-edge-response-result-type", "x-edge-detailed-result-type"];
        let logged = fields.map(|field| crate::logged(&run, field)[0].clone());
        (said(&run)[0].0, said(&run)[0].1.to_owned(), logged)
    };
    let named = |word: &str| (format!("{word} from cloudfront"), [word; 3].map(String::from));
    let (x_cache, classes) = named("FunctionExecutionError");
    assert_eq!(
        of(&[r#"set EdgeFunction.Does "Throws""#]),
        (503, x_cache, classes),
        "CFE-26, EDGE-66"
    );
    assert_eq!(of(&[r#"set EdgeFunction.Name "Via""#]).0, 502, "CFE-24");
    let redirect = [
        r#"set EdgeFunction.Does "Redirect""#,
        r#"set EdgeFunction.From "/page*""#,
        r#"set EdgeFunction.To "/new""#,
    ];
    let (x_cache, classes) = named("FunctionGeneratedResponse");
    assert_eq!(of(&redirect), (302, x_cache, classes), "OPEN-04");
}

#[test]
fn ce_12_no_page_takes_the_place_of_a_plain_400() {
    let entry = "set CustomErrorResponses.Items[0].ErrorCode 400";
    let twice = get("/page.html", &format!("{0}\n{0}", host()));
    let (status, _, page) = at_pop(&[entry], twice, None).unwrap();
    assert_eq!((status, page.contains("Bad request.")), (400, true), "CE-12");
    // An origin's 400 has one.
    assert_eq!(failing(400, &[entry]).0, 404, "ResponseCode");
}

#[test]
fn ce_15_what_connection_says_with_a_page() {
    for (status, said) in [
        (400, "close"),
        (403, "keep-alive"),
        (404, "keep-alive"),
        (405, "close"),
        (414, "close"),
        (416, "close"),
        (500, "close"),
        (501, "close"),
        (502, "keep-alive"),
        (503, "keep-alive"),
        (504, "keep-alive"),
    ] {
        let run = walk(&[
            &format!("set CustomErrorResponses.Items[0].ErrorCode {status}"),
            &format!("health app failing {status}"),
            "GET paris /app/page.html http/1.1",
        ]);
        let response: &Response = shown(&run)[0];
        assert_eq!(
            (response.status.0, response.fields.get("Connection")),
            (404, Some(said)),
            "{status}"
        );
    }
}

#[test]
fn cx_03_uv_03_a_private_buckets_403_becomes_the_first_page_and_is_not_kept() {
    let run = walk(&[
        r#"set CustomErrorResponses.Items[0] {"ErrorCode": 403, "ResponsePagePath": "/index.html", "ResponseCode": "200", "ErrorCachingMinTTL": 10}"#,
        "GET paris /dashboard",
        "GET paris /dashboard",
    ]);
    assert_eq!(said(&run), [(200, ERROR), (200, ERROR)], "CX-03");
    // UV-03: the 403 said nothing of caching, so the bucket is asked again; the page is kept by its own path.
    let asked: Vec<&str> = reached(&run).iter().map(|request| request.target.path()).collect();
    assert_eq!(asked.iter().filter(|path| **path == "/dashboard").count(), 2, "UV-03 {asked:?}");
}

#[test]
fn tls_49_the_security_headers_of_the_managed_policy() {
    let run = walk(&[
        r#"set DefaultCacheBehavior.ResponseHeadersPolicyId "67f7725c-6f97-4210-82d7-5512b31e9d03""#,
        "GET paris /page.html",
        "GET paris /page.html",
    ]);
    assert_eq!(said(&run), [(200, MISS), (200, HIT)]);
    for response in shown(&run) {
        for (name, value) in [
            ("Strict-Transport-Security", "max-age=31536000"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("X-XSS-Protection", "1; mode=block"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ] {
            assert_eq!(response.fields.get(name), Some(value), "TLS-49");
        }
    }
}

#[test]
fn open_12_log_d01_an_object_that_the_shield_has_is_a_hit() {
    let shield =
        r#"set Origins.Items[1].OriginShield {"Enabled": true, "OriginShieldRegion": "us-west-2"}"#;
    // Two cities before two regional caches, neither of them in the origin's Region.
    let run = walk(&[shield, "GET frankfurt /app/page.html", "GET tokyo /app/page.html"]);
    let recs = events(&run).iter().filter_map(|event| match event.place {
        edgewalk::simulation::Place::Rec(rec) => Some(rec.code()),
        _ => None,
    });
    let mut recs: Vec<&str> = recs.collect();
    recs.sort_unstable();
    recs.dedup();
    assert_eq!(recs.len(), 3, "{recs:?}");
    assert_eq!(said(&run), [(200, MISS), (200, HIT)]);
    assert_eq!(crate::logged(&run, "x-edge-result-type")[1], "Hit");
    assert_eq!(crate::logged(&run, "x-edge-detailed-result-type")[1], "OriginShieldHit");
}

#[test]
fn open_02_03_a_signature_at_its_very_end_and_without_its_parts() {
    // The vectors of the reference say the same of the second itself; here the parts that are missing.
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../../docs/reference/examples/signed-urls.json"))
            .unwrap();
    let url = all["vectors"][0]["signed_url"].as_str().unwrap().split_once(".net").unwrap().1;
    let signature = url.split('&').find(|part| part.starts_with("Signature")).unwrap();
    let code = |target: &str| {
        let page = at_pop(&[], get(target, &host()), None).map(|(.., page)| page);
        page.map(|page| page.split("<Code>").nth(1).unwrap().split('<').next().unwrap().to_owned())
    };
    assert_eq!(code(url), None);
    assert_eq!(code(&url.replace(&format!("&{signature}"), "")).as_deref(), Some("AccessDenied"));
    assert_eq!(code(&format!("{url}&Hash-Algorithm=MD5")).as_deref(), Some("AccessDenied"));
    // A parameter of one's own by such a name is taken for the signature's.
    let own = format!("{url}&Policy=mine");
    assert_eq!(code(&own).as_deref(), Some("MalformedPolicy"), "SIG-05");
    // Milliseconds are a number as any other now, and not what was signed.
    let millis = url.replace("Expires=1773482400", "Expires=1773482400000");
    assert_eq!(code(&millis).as_deref(), Some("AccessDenied"), "SIG-17");
}

#[test]
fn vsec_02_03_what_is_too_large_is_refused_before_anybody_asks_whose_it_is() {
    let code = |target: &str, fields: &str| at_pop(&[], get(target, fields), None).map(|it| it.0);
    let nobodys = "Host: nobody.example";
    let long = format!("/{}", "a".repeat(8_192));
    assert_eq!(code("/page.html", nobodys), Some(403), "VSEC-03 alone");
    assert_eq!(code(&long, &format!("Host: {DOMAIN}")), Some(414), "VSEC-02 alone");
    assert_eq!(code(&long, nobodys), Some(414), "VSEC-02 is before VSEC-03");
    let fat = format!("{nobodys}\nX-Fat: {}", "a".repeat(32_768));
    assert_eq!(code("/page.html", &fat), Some(494), "VSEC-02: fields are counted before VSEC-03");
}

#[test]
fn ce_14_what_the_edge_makes_is_an_error_for_a_page_too() {
    let entry = "set CustomErrorResponses.Items[0].ErrorCode 403";
    let block = r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}"#;
    let run = walk(&[entry, block, "GET paris /page.html"]);
    assert_eq!(said(&run), [(404, ERROR)], "VSEC-16");
    let wanted = decisions(&run).any(|it| matches!(it, Decision::PageWanted { .. }));
    assert!(wanted);
}
