//! The fields that CloudFront makes itself.

use super::*;
use crate::distribution::own_fields::{MADE, is_made};

#[test]
fn qh_13_14_16_17_18_key_04_cloudfronts_own_fields() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let value = |name: &str, agent: &'static str| {
        let mut behavior = plain();
        behavior.cache_policy.key_headers = vec![name.into()];
        let request = sent_over(&origin, &behavior, |viewer| {
            let fields = Arc::make_mut(&mut viewer.fields);
            fields.set("User-Agent", agent);
            fields.add("CloudFront-Viewer-Country", "XX");
        });
        request.fields.get(name).map(String::from)
    };
    let devices = [
        ("Mozilla/5.0 (iPhone) Mobile", [false, true, false, false, false, true]),
        ("Mozilla/5.0 (Linux; Android 14) Mobile", [false, true, false, false, true, false]),
        ("Mozilla/5.0 (iPad) Mobile", [false, false, true, false, false, true]),
        ("Mozilla/5.0 (SMART-TV)", [false, false, false, true, false, false]),
        ("Mozilla/5.0 (X11)", [true, false, false, false, false, false]),
    ];
    let names = ["Desktop", "Mobile", "Tablet", "SmartTV", "Android", "IOS"];
    for (agent, expected) in devices {
        for (name, is) in names.into_iter().zip(expected) {
            let name = format!("CloudFront-Is-{name}-Viewer");
            let told = value(&name, agent);
            assert_eq!(told.as_deref(), Some(if is { "true" } else { "false" }), "{name} {agent}");
        }
    }
    let table = [
        ("CloudFront-Viewer-Country", Some("FR"), "QH-14: what the viewer sent is no matter"),
        ("CloudFront-Viewer-City", Some("Paris"), "QH-16"),
        ("CloudFront-Viewer-ASN", Some("64496"), "QH-17"),
        ("CloudFront-Viewer-Address", Some("192.0.2.7:4711"), "QH-17"),
        ("CloudFront-Viewer-Http-Version", Some("2.0"), "QH-17"),
        ("CloudFront-Viewer-TLS", Some("TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake"), "QH-17"),
        ("CloudFront-Forwarded-Proto", Some("https"), "QH-18"),
        ("CloudFront-Error-Uri", None, "QH-18: only with an error page"),
    ];
    for (name, expected, row) in table {
        assert_eq!(value(name, "U").as_deref(), expected, "{row} {name}");
    }
    let by_http = Arc::new(Request {
        scheme: Scheme::Http,
        ..Request::new(Method::Get, Target::parse("/a").unwrap(), Arc::default())
    });
    let mut keyed = plain();
    keyed.cache_policy.key_headers = vec!["CloudFront-Forwarded-Proto".into()];
    let seen = as_the_edge_sees_it(&by_http, &keyed, &origin, &identity(), None).unwrap();
    assert_eq!(seen.fields.get("CloudFront-Forwarded-Proto"), Some("http"), "QH-18");
    let bare = sent_over(&origin, &plain(), |_| {});
    assert!(lines(&bare.fields).iter().all(|line| !line.starts_with("CloudFront-")), "QH-13");
    let key = |scheme, name: &str| {
        let mut behavior = plain();
        behavior.cache_policy.key_headers = vec![name.into()];
        let request = Request::new(Method::Get, Target::parse("/a").unwrap(), Arc::default());
        let viewer = Arc::new(Request { scheme, ..request });
        let seen = as_the_edge_sees_it(&viewer, &behavior, &origin, &identity(), None);
        CacheKey::of(seen.as_ref().unwrap_or(&viewer), "d", "/a", &behavior.cache_policy)
    };
    let proto = "CloudFront-Forwarded-Proto";
    assert_ne!(key(Scheme::Http, proto), key(Scheme::Https, proto), "KEY-04");
    assert_eq!(key(Scheme::Http, "Accept"), key(Scheme::Https, "Accept"), "KEY-04, MET-13");
}

#[test]
fn qh_20_key_05_what_a_key_may_list_is_sent() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let mut behavior = plain();
    behavior.cache_policy.key_headers = MADE.map(String::from).into();
    let page = Arc::new(Request::new(Method::Get, Target::parse("/e").unwrap(), Arc::default()));
    let seen = as_the_edge_sees_it(&page, &behavior, &origin, &identity(), Some(&page)).unwrap();
    for name in MADE {
        assert!(seen.fields.has(name) && is_made(&name.to_ascii_lowercase()), "QH-20: {name}");
    }
    for name in ["CloudFront-Viewer-Postal-Code", "CloudFront-", "Viewer-Country"] {
        assert!(!is_made(name), "QH-20: {name}");
    }
}

#[test]
fn qh_18_the_page_of_an_error_tells_whose_it_is() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let mut behavior = plain();
    behavior.cache_policy.key_headers =
        ["CloudFront-Error-Uri", "CloudFront-Error-Args"].map(String::from).into();
    let page =
        Arc::new(Request::new(Method::Get, Target::parse("/404.html").unwrap(), Arc::default()));
    let viewer = Request::new(Method::Get, Target::parse("/a?b=1").unwrap(), Arc::default());
    let seen = as_the_edge_sees_it(&page, &behavior, &origin, &identity(), Some(&viewer)).unwrap();
    assert_eq!(lines(&seen.fields), ["CloudFront-Error-Uri: /a", "CloudFront-Error-Args: b=1"]);
}

#[test]
fn qh_13_key_05_what_a_viewer_calls_cloudfronts_own_goes_nowhere() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let forged = |behavior: &Behavior| {
        let request = sent_over(&origin, behavior, |viewer| {
            let fields = Arc::make_mut(&mut viewer.fields);
            fields.add("CloudFront-Is-Mobile-Viewer", "forged");
            fields.add("cloudfront-viewer-country", "forged");
            fields.add("CloudFront-Unheard-Of", "forged");
        });
        let own = lines(&request.fields).into_iter().map(|line| line.to_ascii_lowercase());
        own.filter(|line| line.starts_with("cloudfront-")).collect::<Vec<_>>()
    };
    let all_of_legacy = legacy(|policy| {
        let all = LegacySettings { forwards_all_query: false, forwards_all_headers: true };
        policy.legacy = Some(all);
    });
    let but_host = forwarding(Selection::AllExcept(vec!["Host".into()]));
    for behavior in [plain(), legacy(|_| {}), all_of_legacy, forwarding(Selection::All), but_host] {
        assert_eq!(forged(&behavior), Vec::<String>::new(), "{behavior:?}");
    }
    // Whoever asks for one gets CloudFront's, and once only, though both policies ask for it.
    let mut asked = forwarding(Selection::All);
    let country = || "CloudFront-Viewer-Country".to_owned();
    asked.cache_policy.key_headers = vec![country(), "CloudFront-Unheard-Of".into()];
    if let Some(policy) = &mut asked.origin_request_policy {
        policy.cloudfront_headers = vec![country()];
    }
    assert_eq!(forged(&asked), ["cloudfront-viewer-country: fr"]);
    // QH-20: one that Edgewalk does not make is not sent, whoever lists it and whatever the viewer says.
    let unmade = forwarding(Selection::Only(vec!["CloudFront-Unheard-Of".into()]));
    assert_eq!(forged(&unmade), Vec::<String>::new(), "QH-20");
}
