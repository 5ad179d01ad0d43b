//! What the viewer gets to see.

use super::*;

#[test]
fn xc_01_to_04_11_x_cache() {
    let said = |is_error, contact| ResultType::of(is_error, contact).x_cache();
    assert_eq!(said(false, Contact::None), "Hit from cloudfront", "XC-01");
    assert_eq!(said(false, Contact::Fetched), "Miss from cloudfront", "XC-02");
    assert_eq!(said(false, Contact::Validated), "RefreshHit from cloudfront", "XC-03");
    assert_eq!(said(false, Contact::StaleOnError), "RefreshHit from cloudfront", "XC-03, STALE-14");
    assert_eq!(said(true, Contact::None), "Error from cloudfront", "XC-04");
    assert_eq!(ResultType::CapacityExceeded.x_cache(), "Error from cloudfront", "XC-11");
}

#[test]
fn rh_01_to_06_08_setc_01_vary_01_xfer_11_what_the_viewer_gets() {
    let origin = "Server: AmazonS3\nAge: 5\nSet-Cookie: a=1\nVary: X-Lang, Accept-Encoding\nTrailer: t\nUpgrade: u\nETag: \"e\"\nCache-Control: max-age=5\nVia: 1.1 origin";
    let fields = shown(origin, &plain(), "", Contact::None);
    let expected = [
        "Server: AmazonS3",
        "ETag: \"e\"",
        "Cache-Control: max-age=5",
        "Via: 1.1 4f1c.cloudfront.net (CloudFront)", // RH-01
        "Vary: Accept-Encoding",
        "Age: 65",
        "X-Cache: Hit from cloudfront",
        "X-Amz-Cf-Pop: SEA19-C1",
        &format!("X-Amz-Cf-Id: {}", identity().request_id),
    ];
    assert_eq!(
        lines(&fields),
        expected,
        "RH-06: no Set-Cookie, Trailer or Upgrade, and one token of Vary"
    );
    let passed = shown(origin, &plain(), "", Contact::Fetched);
    assert_eq!(passed.get("Age"), Some("5"), "AGE-01: on a miss the origin's Age passes");
    for other in ["CDN-Cache-Control", "Surrogate-Control"] {
        let from_origin = format!("{other}: max-age=5");
        let fields = shown(&from_origin, &plain(), "", Contact::Fetched);
        assert_eq!(fields.get(other), Some("max-age=5"), "TTL-29: passed on");
    }
    assert_eq!(shown("", &plain(), "", Contact::None).get("Server"), Some("CloudFront"), "RH-04");
}

#[test]
fn how_long_the_fields_are_is_known_beforehand_where_nothing_that_came_changes() {
    for age_secs in [None, Some(0), Some(9), Some(10), Some(99_999)] {
        for from_origin in ["", "Server: S\nETag: \"e\"", "Content-Type: a/b\nDate: now"] {
            let (behavior, identity, from_origin) =
                (plain(), identity(), Fields::parse(from_origin).unwrap());
            let viewer = Request::new(Method::Get, Target::parse("/a").unwrap(), Arc::default());
            let dressing = Dressing {
                announces_http3: false,
                behavior: &behavior,
                viewer: &viewer,
                result: ResultType::Hit,
                age_secs,
                now_unix: 0,
                timing: timing(Contact::None, Layer::Pop, &identity),
                identity: &identity,
            };
            let made = viewer_response(&from_origin, &dressing).size_bytes();
            assert_eq!(dressed_bytes(&from_origin, &dressing), Some(made), "{age_secs:?}");
            for touched in ["Set-Cookie: a=1", "age: 5", "Vary: *", "via: 1.1 a", "Trailer: b"] {
                let mut more = from_origin.clone();
                more.push(Fields::parse(touched).unwrap().iter().next().unwrap().clone());
                assert_eq!(dressed_bytes(&more, &dressing), None, "{touched}");
            }
        }
    }
}

#[test]
fn vary_01_to_04_which_tokens_stay() {
    let vary = |origin: &str, behavior: &Behavior| {
        shown(origin, behavior, "", Contact::None).get("Vary").map(String::from)
    };
    let all = "Vary: X-Lang, accept-encoding\nVary: Cookie, User-Agent, *";
    assert_eq!(vary(all, &plain()).as_deref(), Some("accept-encoding, Cookie"), "VARY-01, VARY-03");
    assert_eq!(vary("Vary: X-Lang", &plain()), None, "VARY-01");
    let mut keyed = plain();
    keyed.cache_policy.key_headers = vec!["x-lang".into()];
    assert_eq!(vary("Vary: X-Lang, X-B", &keyed).as_deref(), Some("X-Lang"), "VARY-02");
    let mut forwarded = plain();
    forwarded.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert_eq!(vary("Vary: X-Lang", &forwarded).as_deref(), Some("X-Lang"), "VARY-02");
    let mut device = plain();
    device.cache_policy.key_headers = vec!["CloudFront-Is-Mobile-Viewer".into()];
    assert_eq!(vary("Vary: User-Agent", &device).as_deref(), Some("User-Agent"), "VARY-04");
    assert_eq!(vary("Vary: User-Agent", &plain()), None, "VARY-01");
    // VARY-04: each of the six, by either list of an origin request policy.
    for device in ["Android", "Desktop", "IOS", "Mobile", "SmartTV", "Tablet"] {
        let name = format!("CloudFront-Is-{device}-Viewer");
        let lower = name.to_ascii_lowercase();
        for (headers, cloudfront_headers) in
            [(Selection::Only(vec![name]), vec![]), (Selection::None, vec![lower])]
        {
            let mut behavior = plain();
            behavior.origin_request_policy = Some(OriginRequestPolicy {
                headers,
                cloudfront_headers,
                ..managed::all_viewer_except_host_header()
            });
            let kept = vary("Vary: User-Agent", &behavior);
            assert_eq!(kept.as_deref(), Some("User-Agent"), "VARY-04 {device}");
        }
    }
    let mut country = plain();
    country.origin_request_policy = Some(OriginRequestPolicy {
        headers: Selection::Only(vec!["CloudFront-Viewer-Country".into()]),
        ..managed::all_viewer_except_host_header()
    });
    assert_eq!(vary("Vary: User-Agent", &country), None, "VARY-04: no device");
    // Whatever takes all of the viewer's fields but this one takes none that tells the device.
    let but_agent = forwarding(Selection::AllExcept(vec!["User-Agent".into()]));
    assert_eq!(vary("Vary: User-Agent", &but_agent), None, "VARY-04: no device");
    let device = "Vary: CloudFront-Is-Mobile-Viewer";
    assert_eq!(vary(device, &but_agent), None, "VARY-01, QH-13: it is not forwarded");
}

#[test]
fn rh_04_05_09_xc_13_a_policy_removes_and_then_adds() {
    let field = |name: &str, overrides| PolicyField {
        name: name.into(),
        value: "policy".into(),
        overrides,
    };
    let behavior = with_policy(ResponseHeadersPolicy {
        remove: ["Server", "Date", "X-Cache", "Via", "X-Amz-Cf-Id", "X-Old"]
            .map(String::from)
            .into(),
        fields: vec![field("X-Frame-Options", false), field("X-Content-Type-Options", true)],
        ..ResponseHeadersPolicy::default()
    });
    let origin = "Server: nginx\nDate: Wed, 31 Dec 2025 00:00:00 GMT\nX-Old: 1\nX-Frame-Options: DENY\n\
        X-Content-Type-Options: other";
    for contact in [Contact::None, Contact::Fetched] {
        let fields = shown(origin, &behavior, "", contact);
        let get = |name| fields.get(name);
        assert_eq!(get("Server"), Some("CloudFront"), "RH-04");
        assert_eq!(get("Date"), Some("Thu, 01 Jan 2026 00:00:00 GMT"), "RH-05");
        assert_eq!((get("X-Old"), get("X-Cache")), (None, None), "RH-09, XC-13");
        assert!(get("Via").is_some() && get("X-Amz-Cf-Id").is_some(), "they cannot be removed");
        assert_eq!(get("X-Frame-Options"), Some("DENY"), "RH-09: the origin's is kept");
        assert_eq!(get("X-Content-Type-Options"), Some("policy"), "RH-09: the policy's wins");
    }
    assert_eq!(shown("", &behavior, "", Contact::None).get("X-Frame-Options"), Some("policy"));
}

#[test]
fn rh_09_04_05_a_policys_field_gives_way_to_the_origins_and_never_to_what_cloudfront_fills_in() {
    let behavior = |remove: &[&str]| {
        let field = |name: &str| PolicyField {
            name: name.into(),
            value: "policy".into(),
            overrides: false,
        };
        with_policy(ResponseHeadersPolicy {
            remove: remove.iter().map(ToString::to_string).collect(),
            fields: ["Server", "Date", "X-Cache"].map(field).into(),
            ..ResponseHeadersPolicy::default()
        })
    };
    let names = ["Server", "Date", "X-Cache"];
    let origin = "Server: nginx\nDate: Wed, 31 Dec 2025 00:00:00 GMT\nX-Cache: Hit from another";
    for (origin, remove) in [("", &[][..]), ("", &names), (origin, &names)] {
        let fields = shown(origin, &behavior(remove), "", Contact::Fetched);
        for name in names {
            let values: Vec<_> = fields.all(name).collect();
            assert_eq!(values, ["policy"], "RH-09: {name}, {origin:?}, {remove:?}");
        }
    }
    let fields = shown(origin, &behavior(&[]), "", Contact::Fetched);
    assert_eq!(fields.get("Server"), Some("nginx"), "RH-09, RH-04");
    assert_eq!(fields.get("Date"), Some("Wed, 31 Dec 2025 00:00:00 GMT"), "RH-09, RH-05");
}

#[test]
fn rh_09_cors_fields_go_as_one() {
    let cors = |overrides| {
        with_policy(ResponseHeadersPolicy {
            cors: Some(Cors {
                allow_origins: vec!["https://a.example".into()],
                allow_methods: vec!["GET".into(), "PUT".into()],
                expose_headers: vec!["*".into()],
                max_age_secs: Some(600),
                overrides,
                ..Cors::default()
            }),
            ..ResponseHeadersPolicy::default()
        })
    };
    let ours = |fields: &Fields| -> Vec<String> {
        lines(fields).into_iter().filter(|line| line.starts_with("Access-")).collect()
    };
    let asked = "Origin: https://a.example";
    let simple =
        ["Access-Control-Allow-Origin: https://a.example", "Access-Control-Expose-Headers: *"];
    assert_eq!(ours(&shown("", &cors(false), asked, Contact::None)), simple);
    assert!(ours(&shown("", &cors(false), "", Contact::None)).is_empty(), "no Origin, no CORS");
    assert!(ours(&shown("", &cors(false), "Origin: https://b.example", Contact::None)).is_empty());
    let own = "Access-Control-Max-Age: 5";
    assert_eq!(ours(&shown(own, &cors(false), asked, Contact::None)), [own], "one keeps all out");
    assert_eq!(ours(&shown(own, &cors(true), asked, Contact::None)), simple);
    let preflight = format!("OPTIONS\n{asked}\nAccess-Control-Request-Method: PUT");
    let answer = ours(&shown("", &cors(false), &preflight, Contact::Fetched));
    assert!(answer.contains(&"Access-Control-Allow-Methods: GET, PUT".to_owned()), "{answer:?}");
    assert!(answer.contains(&"Access-Control-Max-Age: 600".to_owned()), "{answer:?}");
    let half =
        [format!("OPTIONS\n{asked}"), format!("{asked}\nAccess-Control-Request-Method: PUT")];
    for viewer in half {
        let answer = ours(&shown("", &cors(false), &viewer, Contact::Fetched));
        assert_eq!(answer, simple, "no preflight: {viewer:?}");
    }
}

#[test]
fn cfe_21_22_23_28_the_page_says_how_the_origin_failed() {
    use crate::edge::Failure;
    use crate::edge::own_page::reason_of_failure;
    let table = [
        (Failure::NameUnresolved, "resolve the origin domain name", "CFE-21"),
        (Failure::TlsFailed, "attempted to establish a connection with the origin", "CFE-22"),
        (
            Failure::CertificateOfAnother,
            "attempted to establish a connection with the origin",
            "CFE-22",
        ),
        (
            Failure::CertificateExpired,
            "attempted to establish a connection with the origin",
            "CFE-22",
        ),
        (
            Failure::CertificateUntrusted,
            "attempted to establish a connection with the origin",
            "CFE-22",
        ),
        (
            Failure::NoCommonProtocol,
            "attempted to establish a connection with the origin",
            "CFE-22",
        ),
        (Failure::Refused, "able to connect to the origin", "CFE-23"),
        (Failure::ResponseTimedOut, "connect to the server for this app", "CFE-28"),
    ];
    for (failure, words, row) in table {
        assert!(reason_of_failure(failure).contains(words), "{row}");
    }
}

#[test]
fn rh_04_09_on_a_page_of_cloudfronts_own_a_policys_server_stands() {
    let server = |fields: Vec<PolicyField>| {
        let policy = ResponseHeadersPolicy { fields, ..ResponseHeadersPolicy::default() };
        let own = crate::edge::own_page::failed(crate::edge::Failure::Refused, &identity());
        let all = shown(&lines(&own.fields).join("\n"), &with_policy(policy), "", Contact::Fetched);
        all.all("Server").map(String::from).collect::<Vec<_>>()
    };
    let field =
        |overrides| PolicyField { name: "Server".into(), value: "policy".into(), overrides };
    assert_eq!(server(vec![field(false)]), ["policy"], "RH-09: no origin has said another");
    assert_eq!(server(vec![field(true)]), ["policy"], "RH-09");
    assert_eq!(server(Vec::new()), ["CloudFront"], "RH-04");
}

#[test]
fn cfe_01_the_redirect_has_167_bytes() {
    use crate::edge::own_page;
    use crate::http::Status;
    assert_eq!(own_page::redirect_page(Status(301)).len(), 167);
    let answer = own_page::redirect(Status(301), "https://d/a", &identity());
    let get = |name| answer.fields.get(name);
    assert_eq!(get("X-Cache"), Some("Redirect from cloudfront"), "XC-05, MET-09");
    assert_eq!((get("Location"), get("Content-Length")), (Some("https://d/a"), Some("167")));
}
