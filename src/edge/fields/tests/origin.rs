//! What the origin gets to see.

use super::*;

#[test]
fn qh_01_to_12_without_policies_only_what_is_automatic_goes() {
    let all = "Host: d\nUser-Agent: U\nAccept: */*\nCookie: a=1\nReferer: r\nTE: t\nProxy-X: 1\nX-Edge-A: 1\n\
        Authorization: s\nX-Forwarded-For: 198.51.100.1\nX-Real-IP: 1\nRange: bytes=0-1\nIf-Match: \"a\"\nOrigin: o";
    let request = sent(Method::Get, all, &Behavior::new("*", "o", managed::caching_disabled()));
    let text: Vec<_> =
        request.fields.iter().map(|f| format!("{}: {}", f.name(), f.value())).collect();
    let expected = [
        "Host: b.s3.us-east-1.amazonaws.com", // QH-01
        "User-Agent: Amazon CloudFront",
        "Range: bytes=0-1",
        "If-Match: \"a\"",
        "X-Forwarded-For: 198.51.100.1, 192.0.2.7", // QH-03
        "Via: 2.0 4f1c.cloudfront.net (CloudFront)",
        &format!("X-Amz-Cf-Id: {}", identity().request_id),
        "Connection: Keep-Alive",
    ];
    assert_eq!(text, expected, "QH-06: no Authorization");
    assert_eq!(request.target.to_string(), "/a", "QS-02");
}

#[test]
fn orp_02_03_08_an_origin_request_policy_adds() {
    let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
    behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
    let request =
        sent(Method::Get, "Host: d\nUser-Agent: U\nAccept: */*\nCookie: b=2; a=1", &behavior);
    assert_eq!(request.target.to_string(), "/a?x=1&y=2");
    let get = |name| request.fields.get(name);
    assert_eq!(
        (get("Accept"), get("User-Agent"), get("Cookie")),
        (Some("*/*"), Some("U"), Some("a=1; b=2"))
    );
    assert_eq!(get("Host"), Some("b.s3.us-east-1.amazonaws.com"));
    behavior.origin_request_policy = None;
    let request = sent(Method::Get, "Host: d\nAccept: */*\nCookie: a=1", &behavior);
    assert_eq!(request.target.to_string(), "/a", "ORP-03");
    assert!(!request.fields.has("Accept") && !request.fields.has("Cookie"), "ORP-03");
}

#[test]
fn orp_02_to_07_both_policies_choose_cookies_and_queries() {
    let only = |names: &[&str]| Selection::Only(names.iter().map(|n| (*n).into()).collect());
    let but = |names: &[&str]| Selection::AllExcept(names.iter().map(|n| (*n).into()).collect());
    let (none, all) = (Selection::None, Selection::All);
    // The cache policy's selection, the origin request policy's, and which of x, y and z are sent.
    let table = [
        ("ORP-02", none.clone(), only(&["x"]), "x"),
        ("ORP-02", only(&["x"]), only(&["y"]), "xy"),
        ("ORP-03", only(&["x"]), none.clone(), "x"),
        ("ORP-04", only(&["x"]), but(&["x"]), "xyz"),
        ("ORP-04", only(&["x"]), but(&["x", "y"]), "xz"),
        ("ORP-05", but(&["x"]), only(&["x"]), "xyz"),
        ("ORP-05", but(&["x", "y"]), only(&["x"]), "xz"),
        ("ORP-06", all.clone(), but(&["x"]), "xyz"),
        ("ORP-06", all, none.clone(), "xyz"),
        ("ORP-07", but(&["x"]), but(&["y"]), "z"),
        ("ORP-07", but(&["x"]), none, "yz"),
    ];
    for (row, key, more, names) in table {
        let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
        let pairs = |between| {
            let pairs: Vec<_> = names.chars().map(|name| format!("{name}=1")).collect();
            pairs.join(between)
        };
        behavior.cache_policy =
            CachePolicy { cookies: key.clone(), query: key, ..behavior.cache_policy };
        behavior.origin_request_policy = Some(OriginRequestPolicy {
            name: row.into(),
            headers: Selection::None,
            cloudfront_headers: Vec::new(),
            cookies: more.clone(),
            query: more,
        });
        let request = sent_to("/a?x=1&y=1&z=1", Method::Get, "Cookie: x=1; y=1; z=1", &behavior);
        assert_eq!(request.fields.get("Cookie"), Some(&*pairs("; ")), "{row}");
        assert_eq!(request.target.query(), Some(&*pairs("&")), "{row}");
    }
}

#[test]
fn auth_01_05_06_authorization() {
    let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
    assert!(!sent(Method::Get, "Authorization: s", &behavior).fields.has("Authorization"));
    assert!(sent(Method::Post, "Authorization: s", &behavior).fields.has("Authorization"));
    for caches_options in [false, true] {
        behavior.caches_options = caches_options;
        let options = sent(Method::Options, "Authorization: s", &behavior);
        assert_eq!(options.fields.has("Authorization"), !caches_options, "AUTH-06");
    }
}

#[test]
fn ae_04_09_10_what_the_origin_sees_of_accept_encoding() {
    let on = Behavior::new("*", "o", managed::caching_optimized());
    let seen = |fields, behavior| {
        sent(Method::Get, fields, behavior).fields.get("Accept-Encoding").map(String::from)
    };
    assert_eq!(seen("Accept-Encoding: gzip, deflate, br", &on).as_deref(), Some("br,gzip"));
    assert_eq!(seen("Accept-Encoding: deflate", &on).as_deref(), Some("identity"));
    assert_eq!(seen("", &on), None);
    assert_eq!(
        seen("Accept-Encoding: br", &Behavior::new("*", "o", managed::caching_disabled())),
        None
    );
}

#[test]
fn auth_02_03_04_key_05_what_is_in_the_key_or_listed_goes() {
    let mut keyed = plain();
    keyed.cache_policy.key_headers = vec!["Authorization".into()];
    assert!(sent(Method::Get, VIEWER, &keyed).fields.has("Authorization"), "AUTH-02, KEY-05");
    let mut listed = plain();
    listed.origin_request_policy = Some(OriginRequestPolicy {
        name: "authorization".into(),
        headers: Selection::Only(vec!["authorization".into()]),
        cloudfront_headers: Vec::new(),
        cookies: Selection::None,
        query: Selection::None,
    });
    assert!(sent(Method::Get, VIEWER, &listed).fields.has("Authorization"), "AUTH-04");
    listed.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert!(sent(Method::Get, VIEWER, &listed).fields.has("Authorization"), "AUTH-03");
    let key = |value: &str, behavior: &Behavior| {
        let fields = Arc::new(Fields::parse(&format!("Authorization: {value}")).unwrap());
        let viewer = Request::new(Method::Get, Target::parse("/a").unwrap(), fields);
        CacheKey::of(&viewer, "d", "/a", &behavior.cache_policy)
    };
    assert_ne!(key("a", &keyed), key("b", &keyed), "AUTH-02: one entry a value");
    assert_eq!(key("a", &listed), key("b", &listed), "AUTH-03: one entry for all");
}

#[test]
fn qh_11_19_or_03_04_met_13_14_what_an_origins_settings_change() {
    let mut origin = Origin::load_balancer("o", "api", "us-east-1");
    origin.path = "/production".into();
    origin.custom_headers = vec![("X-Own".into(), "secret".into()), ("X-New".into(), "2".into())];
    let mut behavior = plain();
    behavior.cache_policy.key_headers = vec!["x-own".into()];
    let request = sent_over(&origin, &behavior, |viewer| {
        (viewer.scheme, viewer.version) = (Scheme::Http, Version::Http3);
    });
    assert_eq!(request.target.path(), "/production/a", "OR-03");
    assert_eq!(request.fields.all("X-Own").collect::<Vec<_>>(), ["secret"], "QH-19, OR-04");
    assert_eq!(request.fields.get("X-New"), Some("2"), "OR-04");
    assert_eq!(
        (request.scheme, request.version),
        (Scheme::Http, Version::Http11),
        "MET-13, MET-14"
    );
    assert_eq!(request.fields.get("Via"), Some("3.0 4f1c.cloudfront.net (CloudFront)"), "QH-11");
}

#[test]
fn ae_13_14_15_16_the_odd_cases_of_accept_encoding() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let with = |value: &'static str| {
        move |viewer: &mut Request| {
            Arc::make_mut(&mut viewer.fields).add("Accept-Encoding", value);
        }
    };
    let got = |origin: &Origin, behavior: &Behavior, change: &dyn Fn(&mut Request)| {
        sent_over(origin, behavior, change).fields.get("Accept-Encoding").map(String::from)
    };
    let mut listed = plain();
    listed.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert_eq!(got(&origin, &listed, &with("gzip, zstd")).as_deref(), Some("gzip"), "AE-13");
    let blank = Origin {
        custom_headers: vec![("accept-encoding".into(), String::new())],
        ..origin.clone()
    };
    assert_eq!(got(&blank, &plain(), &with("gzip")), None, "AE-14");
    let others = [("X-Blank", ""), ("X-Own", "1")].map(|(name, value)| (name.into(), value.into()));
    let other = Origin { custom_headers: others.into(), ..origin.clone() };
    let kept = got(&other, &listed, &with("gzip"));
    assert_eq!(kept.as_deref(), Some("gzip"), "AE-14: another blank field removes nothing");
    let key_part = |origin: &Origin| {
        let fields = Fields::parse("Accept-Encoding: gzip").unwrap().into();
        let viewer = Arc::new(Request::new(Method::Get, Target::parse("/a").unwrap(), fields));
        let seen = as_the_edge_sees_it(&viewer, &plain(), origin, &identity(), None);
        let seen = seen.as_ref().unwrap_or(&viewer);
        CacheKey::of(seen, "d", "/a", &plain().cache_policy).encoding()
    };
    assert_eq!(key_part(&blank), None, "AE-14: neither does it stand in the key");
    assert_eq!(key_part(&other), Some(AcceptEncoding::Gzip), "AE-14");
    let old = |viewer: &mut Request| {
        with("gzip")(viewer);
        viewer.version = Version::Http10;
    };
    assert_eq!(got(&origin, &plain(), &old), None, "AE-15");
    let compress = legacy(|policy| (policy.gzip, policy.brotli) = (true, false));
    assert_eq!(
        got(&origin, &compress, &with("gzip, br")).as_deref(),
        Some("gzip"),
        "AE-16, CMP-05"
    );
}

#[test]
fn ae_01_to_10_the_origin_is_asked_for_the_normalised_codings() {
    let got = |(gzip, brotli), given: &str| {
        let mut behavior = plain();
        (behavior.cache_policy.gzip, behavior.cache_policy.brotli) = (gzip, brotli);
        let request = sent(Method::Get, given, &behavior);
        request.fields.get("Accept-Encoding").map(String::from)
    };
    let (both, gzip, br, neither) = ((true, true), (true, false), (false, true), (false, false));
    for (row, flags, given, expected) in [
        ("AE-01", both, "gzip, deflate, br", Some("br,gzip")),
        ("AE-02", both, "gzip", Some("gzip")),
        ("AE-03", both, "br", Some("br")),
        ("AE-04", both, "deflate", Some("identity")),
        ("AE-05", gzip, "gzip, br", Some("gzip")),
        ("AE-06", gzip, "br", Some("identity")),
        ("AE-07", br, "gzip, br", Some("br")),
        ("AE-08", br, "gzip", Some("identity")),
        ("AE-09", neither, "gzip, br", None),
    ] {
        let given = format!("Accept-Encoding: {given}");
        assert_eq!(got(flags, &given).as_deref(), expected, "{row}");
    }
    assert_eq!(got(both, "X: 1"), None, "AE-10");
}

#[test]
fn xfer_03_expect_is_never_sent_on() {
    let mut forwarding = plain();
    forwarding.origin_request_policy = Some(managed::all_viewer_except_host_header());
    for behavior in [plain(), forwarding, legacy(|_| {})] {
        let request = sent(Method::Post, "Expect: 100-continue\nX-Own: 1", &behavior);
        assert!(!request.fields.has("Expect"));
    }
}

/// The values that the origin gets of one field.
fn values(name: &str, viewer: &str, behavior: &Behavior) -> Vec<String> {
    let request = sent(Method::Get, viewer, behavior);
    request.fields.all(name).map(String::from).collect()
}

#[test]
fn ae_09_qh_02_a_field_in_two_lines_is_one_list() {
    // RFC 9110 5.3.
    let two = "Accept-Encoding: gzip\nUser-Agent: A\nAccept-Encoding: br\nUser-Agent: B/1";
    let mut keyed = Behavior::new("*", "o", managed::caching_disabled());
    keyed.cache_policy.key_headers = ["Accept-Encoding", "User-Agent"].map(String::from).into();
    assert_eq!(values("Accept-Encoding", two, &keyed), ["gzip, br"], "AE-09");
    assert_eq!(values("User-Agent", two, &keyed), ["A, B/1"], "QH-02");
    assert_eq!(values("User-Agent", two, &plain()), ["Amazon CloudFront"], "QH-02");
    assert_eq!(values("Accept-Encoding", two, &plain()), ["br,gzip"], "AE-01");
}

#[test]
fn qh_11_via_is_forwarded_with_the_edge_behind_it() {
    let own = "2.0 4f1c.cloudfront.net (CloudFront)";
    for behavior in [plain(), legacy(|_| {}), forwarding(Selection::All)] {
        let via = |viewer| values("Via", viewer, &behavior);
        assert_eq!(via("X: 1"), [own]);
        assert_eq!(via("Via: 1.1 a, 1.0 b\nVia: 2 c"), [format!("1.1 a, 1.0 b, 2 c, {own}")]);
        // X-Amz-Cf-Id is added: the exchange has one, whatever the viewer calls it.
        let id = values("X-Amz-Cf-Id", "X-Amz-Cf-Id: forged", &behavior);
        assert_eq!(id, [identity().request_id.text()]);
    }
}

#[test]
fn qh_04_05_08_09_10_what_no_policy_and_no_legacy_setting_sends() {
    let never = [
        ("QH-04", "X-Forwarded-Proto"),
        ("QH-04", "X-Real-IP"),
        ("QH-05", "Expect"),
        ("QH-08", "Proxy-Authorization"),
        ("QH-08", "Proxy-Connection"),
        ("QH-08", "TE"),
        ("QH-08", "Trailer"),
        ("QH-09", "Upgrade"),
        ("QH-10", "X-Edge-Location"),
        ("QH-10", "x-edge-result-type"),
    ];
    let all_of_legacy = legacy(|policy| {
        let all = LegacySettings { forwards_all_query: false, forwards_all_headers: true };
        policy.legacy = Some(all);
    });
    for behavior in [plain(), legacy(|_| {}), all_of_legacy, forwarding(Selection::All)] {
        for (row, name) in never {
            let sent = values(name, &format!("{name}: viewer"), &behavior);
            assert!(sent.is_empty(), "{row} {name}: {sent:?}");
        }
    }
    // Removed unless it is asked for.
    for name in ["Accept", "Accept-Charset", "Accept-Language", "Referer", "X-HTTP-Method-Override"]
    {
        let viewer = format!("{name}: viewer");
        for behavior in [plain(), legacy(|_| {})] {
            assert!(values(name, &viewer, &behavior).is_empty(), "QH-05 {name}");
        }
        let keyed = legacy(|policy| policy.key_headers = vec![name.to_ascii_lowercase()]);
        for behavior in [keyed, forwarding(Selection::All)] {
            assert_eq!(values(name, &viewer, &behavior), ["viewer"], "QH-05, KEY-05 {name}");
        }
    }
}

#[test]
fn qh_12_what_the_legacy_settings_forward_and_a_cache_policy_does_not() {
    let with_both = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range"];
    let of_the_body = ["Content-Type", "Content-Language", "Content-MD5"];
    let with_legacy =
        ["Cache-Control", "Pragma", "Origin", "Date", "From", "Max-Forwards", "Warning"];
    for name in with_both.into_iter().chain(of_the_body).chain(with_legacy) {
        let viewer = format!("{name}: viewer");
        for behavior in [legacy(|_| {}), forwarding(Selection::All)] {
            assert_eq!(values(name, &viewer, &behavior), ["viewer"], "QH-12 {name}");
        }
        let goes = !with_legacy.contains(&name);
        assert_eq!(!values(name, &viewer, &plain()).is_empty(), goes, "QH-12 (MODEL) {name}");
    }
}

#[test]
fn key_07_a_star_among_field_names_is_a_name() {
    let mut behavior = forwarding(Selection::Only(vec!["*".into(), "X-*".into()]));
    behavior.cache_policy.key_headers = vec!["*".into(), "Accept*".into()];
    let request = sent(Method::Get, "X-Own: 1\nAccept: a\nReferer: r", &behavior);
    for name in ["X-Own", "Accept", "Referer"] {
        assert!(!request.fields.has(name), "{name}");
    }
}
