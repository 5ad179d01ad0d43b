//! How viewers come to the network: over which family of addresses, by whose resolver, and what hears of it.

use std::net::Ipv6Addr;

use edgewalk::distribution::{Beside, Configuration, Draft, managed};
use edgewalk::edge::access_log::{FIELDS, real_time_line};
use edgewalk::edge::{NotSigned, Refusal};
use edgewalk::http::{Method, Version};
use edgewalk::json::Json;
use edgewalk::network::{Access, City, Family, Ipv6Answer, Resolver, best_from};
use edgewalk::scene::map::MapPicture;
use edgewalk::scene::path::PathPicture;
use edgewalk::scene::{Hop, Plan, Scene, Steps, Told};
use edgewalk::simulation::access_log::{access_log, walked};
use edgewalk::simulation::{Action, Event, Run, Scenario, WalkFile, What, built_in_scenario};
use serde_json::json;

use crate::common::{Edit as _, act, ask, get, last_shown, plain, request_with, wait};
use crate::reached;

fn has(access: Access) -> Action {
    Action::SetAccess { access }
}

fn asks(resolver: Resolver) -> Action {
    Action::SetResolver { resolver }
}

/// The shop with IPv6 on or off (DS-14).
fn shop(is_ipv6_enabled: bool) -> Scenario {
    let mut scenario = built_in_scenario();
    scenario.edited().is_ipv6_enabled = is_ipv6_enabled;
    scenario
}

/// Its configuration as another one that is put in force.
fn configure(is_ipv6_enabled: bool) -> Action {
    Action::Configure(shop(is_ipv6_enabled).configuration)
}

/// A run of the shop whose viewers have such a network.
fn viewed(is_ipv6_enabled: bool, access: Access) -> Run {
    let mut run = Run::new(shop(is_ipv6_enabled)).unwrap();
    act(&mut run, has(access));
    run
}

/// Over which family the request went, and what the DNS had said of IPv6.
fn way(events: &[Event]) -> (Family, Option<Ipv6Answer>) {
    let sent = events.iter().find_map(|event| match event.what {
        What::Sent { family, .. } => Some(family),
        _ => None,
    });
    let answered = events.iter().find_map(|event| match &event.what {
        What::Resolved { answer, .. } => Some(answer.ipv6.clone()),
        _ => None,
    });
    (sent.unwrap(), answered.unwrap())
}

/// What is told at the last step of this sort.
fn told(run: &Run, hop: Hop) -> Told {
    let steps = Steps::of(run.journal());
    let step = *steps.all().iter().rfind(|step| step.hop == hop).unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    Told::of(&scene, &step, &run.journal().events()[step.start..step.end])
}

fn says(told: &Told, text: &str) -> bool {
    plain(&told.say.join(" ")).contains(text)
}

fn names(told: &Told, row: &str) -> bool {
    told.rows
        .split(", ")
        .chain(told.why.iter().flat_map(|reason| reason.rows.split(", ")))
        .any(|named| named == row)
}

fn paris() -> City {
    City::find("paris").unwrap()
}

#[test]
fn ds_14_dns_07_26_27_over_which_family_a_viewer_comes() {
    let addresses = |events: &[Event]| match way(events) {
        (Family::Ipv6, Some(Ipv6Answer::Addresses(all))) => all.len(),
        other => panic!("{other:?}"),
    };
    let mut run = viewed(true, Access::Both);
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!(addresses(&events), 8, "DNS-08");
    for (is_enabled, access, ipv6) in [
        (false, Access::Ipv4, None),
        (true, Access::Ipv4, None),
        (false, Access::Both, Some(Ipv6Answer::Off)),
        (false, Access::Tunnel, Some(Ipv6Answer::Off)),
        (true, Access::Tunnel, Some(Ipv6Answer::WorsePath)),
    ] {
        let mut run = viewed(is_enabled, access);
        let events = act(&mut run, get("paris", "/app.js"));
        assert_eq!(way(&events), (Family::Ipv4, ipv6), "{is_enabled}, {access:?}");
    }
    // DNS-26: both take the same path, so nothing but the addresses differs.
    let instants = |run: &Run| run.journal().events().iter().map(|it| it.at).collect::<Vec<_>>();
    let mut over_ipv4 = viewed(true, Access::Ipv4);
    act(&mut over_ipv4, get("paris", "/app.js"));
    assert_eq!(instants(&run), instants(&over_ipv4));
}

#[test]
fn ds_14_a_walk_that_says_nothing_of_it_is_the_walk_that_it_was() {
    let journal = |run: &Run| run.journal().digest();
    let walk = || [get("paris", "/app.js"), wait(5), get("paris", "/app.js")];
    let mut with = Run::new(shop(true)).unwrap();
    let mut without = Run::new(shop(false)).unwrap();
    for action in walk() {
        act(&mut with, action.clone());
        act(&mut without, action);
    }
    assert_eq!(journal(&with), journal(&without), "viewers have IPv4 alone unless it is said");
    // And an event that says nothing of a family is one of IPv4.
    let events = with.journal().events();
    let text = serde_json::to_string(events).unwrap();
    assert!(!text.contains("amily") && !text.contains("pv6"), "{text}");
    let again: Vec<Event> = serde_json::from_str(&text).unwrap();
    assert_eq!(again, events);
}

#[test]
fn dns_26_the_address_is_the_same_one_wherever_it_is_told() {
    let mut scenario = shop(true);
    // MO-02: all of CloudFront's own fields go to the origin.
    let policy = managed::origin_request_policy("33f36d7e-f396-46d9-90e0-52428a34d9dc");
    scenario.edited().behaviors[0].origin_request_policy = policy;
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, has(Access::Both));
    let request = request_with(Method::Get, "/api/orders", "X-Forwarded-For: 192.0.2.7");
    let events = act(&mut run, ask("paris", request));
    // DNS-26: by the city's own number, 78, in hexadecimal.
    let address = Ipv6Addr::new(0x2001, 0xdb8, 78, 0, 0, 0, 0, 1);
    assert_eq!((paris().ipv6(), address.to_string()), (address, "2001:db8:4e::1".to_owned()));
    let (asked, _) = reached(&events).next().unwrap();
    let field = |name| asked.fields.get(name).unwrap();
    assert_eq!(field("X-Forwarded-For"), format!("192.0.2.7, {address}"), "QH-03");
    let (ip, port) = field("CloudFront-Viewer-Address").rsplit_once(':').unwrap();
    assert_eq!((ip, port), (&*address.to_string(), "49152"), "QH-21: after the last colon");
    assert_eq!(field("CloudFront-Viewer-Country"), "FR", "DNS-26: it is known where it is");
    let log = access_log(run.journal().events(), &run.walk().scenario);
    assert_eq!(FIELDS[4].of(&log[0].record), address.to_string(), "LOG-F05");
    let line = real_time_line(&log[0].sample(), &["c-ip", "c-ip-version", "c-country", "asn"]);
    let expected = format!("{address}\tIPv6\tFR\t{}", paris().as_number());
    assert_eq!(line.trim_end(), expected, "RTL-20, RTL-21");
    // A line of a log leads back to the city, by either address.
    let other = City::find("tokyo").unwrap();
    let found = walked(&log[0].record, run.world().settings(), other).unwrap();
    assert_eq!((found.city, found.untold.len()), (paris(), 3), "{:?}", found.untold);
    // What someone on the wire reads: both ends of the packet.
    let wire = told(&run, Hop::Sent).wire.unwrap();
    let ends = &wire.https[0].value;
    let Some(Ipv6Answer::Addresses(all)) = way(&events).1 else { panic!("{events:?}") };
    assert_eq!(*ends, format!("{address}, {} port 443", all[0]));
    assert!(says(&told(&run, Hop::Tcp), &format!("over IPv6: the viewer's address is {address}")));
}

#[test]
fn im_14_dns_26_an_address_set_of_a_web_acl_holds_the_address_that_the_viewer_comes_from() {
    const ARN: &str = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333";
    const SET: &str = "arn:aws:wafv2:us-east-1:123456789012:global/ipset/six/a1b2c3d4-5678-90ab-cdef-EXAMPLE44444";
    let status = |range: &str, access| {
        let mut beside = Beside::managed("us-east-1".into());
        let rule = json!({"Name": "six", "Priority": 0, "Action": {"Block": {}},
            "Statement": {"IPSetReferenceStatement": {"ARN": SET}},
            "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "six"}});
        let acl = json!({"WebACL": {"Name": "shop", "Id": "x", "ARN": ARN, "DefaultAction": {"Allow": {}},
            "Rules": [rule], "Capacity": 1, "ManagedByFirewallManager": false}, "LockToken": "t"});
        let set = json!({"IPSet": {"Name": "six", "Id": "y", "ARN": SET, "IPAddressVersion": "IPV6",
            "Addresses": [range]}, "LockToken": "t"});
        beside.add(&acl.to_string(), None).unwrap();
        beside.add(&set.to_string(), None).unwrap();
        let mut scenario = shop(true);
        let mut draft = Draft::of(&scenario.configuration);
        draft.set(&"WebACLId".parse().unwrap(), Json::text(ARN)).unwrap();
        scenario.configuration = draft.check().unwrap().with_beside(&beside).unwrap().into();
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, has(access));
        act(&mut run, get("paris", "/app.js"));
        last_shown(run.journal()).1.status.0
    };
    let home = format!("{}/128", paris().ipv6());
    assert_eq!(status(&home, Access::Both), 403);
    assert_eq!(status(&home, Access::Ipv4), 200, "its other address is in no such set");
    assert_eq!(status("2001:db8:4e::/48", Access::Both), 403);
    assert_eq!(status("2001:db8:4f::/48", Access::Both), 200, "the next network");
}

/// A policy for `/app.js` until 1773482400 that lets in 203.0.113.78/32 alone, Paris, signed by a key made for it with openssl
/// and thrown away (ECDSA, P-256, SHA-1).
const KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqU5xkOwHa0EH08W2NCyqFzDVs01Y\n\
+VEM9jRrmXmUJkHrPb9WEo6NOo57mARhfb4bLLlI1vTgos3j+yPUAaruwQ==\n\
-----END PUBLIC KEY-----\n";
const SIGNED: &str = concat!(
    "/app.js?Policy=eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoiaHR0cHM6Ly9kMTExMTExYWJjZGVmOC5jbG91ZGZyb250Lm5ldC9hcHAuanMi",
    "LCJDb25kaXRpb24iOnsiRGF0ZUxlc3NUaGFuIjp7IkFXUzpFcG9jaFRpbWUiOjE3NzM0ODI0MDB9LCJJcEFkZHJlc3MiOnsiQVdTOlNvdXJjZUlw",
    "IjoiMjAzLjAuMTEzLjc4LzMyIn19fV19",
    "&Signature=MEQCICMXT0xX2~ERTD0gw-Y2WNhbJb78SyI8s7Zsp21tBhGSAiAzQyBqtkPHd9TMy044BwFphpqtMXS7~QKP16scj5j5aw__",
    "&Key-Pair-Id=K2VIZTESTPINNED"
);

/// The shop, whose default behavior trusts that key.
fn pinned(is_ipv6_enabled: bool) -> Run {
    const GROUP: &str = "a1b2c3d4-5678-90ab-cdef-example11111";
    let id = "K2VIZTESTPINNED";
    let mut beside = Beside::managed("us-east-1".into());
    let key = json!({"PublicKey": {"Id": id, "PublicKeyConfig": {"CallerReference": id, "Name": id, "EncodedKey": KEY}}});
    beside.add(&key.to_string(), None).unwrap();
    let group =
        json!({"KeyGroup": {"Id": GROUP, "KeyGroupConfig": {"Name": "own", "Items": [id]}}});
    beside.add(&group.to_string(), None).unwrap();
    let mut scenario = shop(is_ipv6_enabled);
    let mut draft = Draft::of(&scenario.configuration);
    let trusted =
        Json::parse(&format!(r#"{{"Enabled": true, "Quantity": 1, "Items": ["{GROUP}"]}}"#))
            .unwrap();
    draft.set(&"DefaultCacheBehavior.TrustedKeyGroups".parse().unwrap(), trusted).unwrap();
    let configuration = draft.check().unwrap().with_beside(&beside).unwrap();
    scenario.configuration = Configuration::restored(&configuration.stored()).unwrap().into();
    scenario.epoch_unix = 1_773_478_800;
    Run::new(scenario).unwrap()
}

#[test]
fn ds_14_sig_34_a_policy_that_names_an_address_of_ipv4_refuses_the_same_viewer_over_ipv6() {
    let shown = |is_enabled: bool, access, city: &str| {
        let mut run = pinned(is_enabled);
        act(&mut run, has(access));
        act(&mut run, get(city, SIGNED));
        let status = last_shown(run.journal()).1.status.0;
        (status, told(&run, Hop::PopLooks))
    };
    assert_eq!(shown(true, Access::Ipv4, "paris").0, 200);
    assert_eq!(shown(true, Access::Ipv4, "london").0, 403, "another address");
    // DS-14's trap: the viewer is the same one, and IPv6 has been switched on.
    assert_eq!(shown(false, Access::Both, "paris").0, 200);
    let (status, told) = shown(true, Access::Both, "paris");
    assert_eq!(status, 403, "SIG-34");
    let reason = told.why.iter().find(|reason| reason.text.contains("of IPv4")).unwrap();
    assert!(reason.text.contains("2001:db8:4e::1, and 203.0.113.78/32"), "{}", reason.text);
    assert_eq!(reason.rows, "SIG-34, DS-14");
    assert_eq!(shown(true, Access::Tunnel, "paris").0, 200, "DNS-07: it gets addresses of IPv4");
    let mut run = pinned(true);
    act(&mut run, has(Access::Both));
    let events = act(&mut run, get("paris", SIGNED));
    let wrong = |event: &Event| match &event.what {
        What::Decided(edgewalk::edge::Decision::Refused(Refusal::NotSigned(why))) => {
            Some(why.clone())
        }
        _ => None,
    };
    let range = "203.0.113.78/32".to_owned();
    assert_eq!(events.iter().find_map(wrong), Some(NotSigned::WrongAddress { range }));
}

#[test]
fn dns_06_30_what_the_zone_of_an_alternate_name_needs_for_ipv6() {
    let dns = |host: &str, access| {
        let mut scenario = shop(true);
        scenario.edited().aliases.push("shop.example".into());
        let mut run = Run::new(scenario).unwrap();
        act(&mut run, has(access));
        let events = act(
            &mut run,
            ask("paris", request_with(Method::Get, "/app.js", &format!("Host: {host}"))),
        );
        (way(&events).0, told(&run, Hop::Dns))
    };
    let (family, below) = dns("www.shop.example", Access::Both);
    assert_eq!(family, Family::Ipv6);
    assert!(
        says(&below, "IPv6 needs nothing more in that zone") && names(&below, "DNS-06"),
        "{below:?}"
    );
    let (family, apex) = dns("shop.example", Access::Both);
    assert_eq!(family, Family::Ipv6, "DNS-30");
    assert!(
        says(&apex, "a second one beside it, of the type AAAA") && names(&apex, "DNS-06"),
        "{apex:?}"
    );
    assert!(names(&apex, "DNS-30") && !names(&below, "DNS-30"));
    for host in ["www.shop.example", "shop.example", "d111111abcdef8.cloudfront.net"] {
        let (family, told) = dns(host, Access::Ipv4);
        assert!(
            family == Family::Ipv4 && !names(&told, "DNS-06") && !says(&told, "IPv6"),
            "{told:?}"
        );
    }
}

#[test]
fn ds_14_dns_07_25_to_27_the_dns_step_says_what_became_of_ipv6() {
    let dns = |is_enabled, access| {
        let mut run = viewed(is_enabled, access);
        act(&mut run, get("paris", "/app.js"));
        told(&run, Hop::Dns)
    };
    let on = dns(true, Access::Both);
    assert!(says(&on, "asks for AAAA as well, and gets 8 addresses of IPv6"), "{on:?}");
    assert!(names(&on, "DNS-08") && names(&on, "DNS-25") && names(&on, "DNS-26"), "{}", on.rows);
    let off = dns(false, Access::Both);
    assert!(says(&off, "NOERROR without any address") && names(&off, "DS-14"), "{off:?}");
    assert!(off.why.iter().any(|it| it.setting.as_deref() == Some("The distribution: IPv6")));
    let tunnel = dns(true, Access::Tunnel);
    assert!(says(&tunnel, "the path over IPv4 is the better one"), "{tunnel:?}");
    assert!(names(&tunnel, "DNS-07") && names(&tunnel, "DNS-27"), "{}", tunnel.rows);
    assert!(on.source.url.ends_with("/cloudfront-enable-ipv6.html"));
    for (access, is_over_ipv6) in [(Access::Both, true), (Access::Ipv4, false)] {
        let mut run = viewed(true, access);
        act(&mut run, get("paris", "/app.js"));
        act(&mut run, get("paris", "/app.js"));
        let again = told(&run, Hop::Dns);
        assert_eq!(again.title, "DNS: still known");
        assert_eq!(says(&again, "addresses of IPv6, which the viewer prefers"), is_over_ipv6);
    }
}

#[test]
fn dns_29_an_open_connection_keeps_its_addresses_and_another_network_breaks_it() {
    let reuses = |events: &[Event]| {
        events.iter().find_map(|event| match event.what {
            What::Reused { family, .. } => Some(family),
            _ => None,
        })
    };
    let mut run = viewed(false, Access::Both);
    let first = act(&mut run, get("paris", "/app.js"));
    assert_eq!(way(&first), (Family::Ipv4, Some(Ipv6Answer::Off)));
    act(&mut run, configure(true));
    // The answer is good for 60 s (DNS-08), and a connection that rests stays open for 120 s (DNS-23).
    act(&mut run, wait(30));
    let held = act(&mut run, get("paris", "/app.js"));
    assert_eq!(
        (way(&held), reuses(&held)),
        ((Family::Ipv4, Some(Ipv6Answer::Off)), Some(Family::Ipv4))
    );
    act(&mut run, wait(70));
    let anew = act(&mut run, get("paris", "/app.js"));
    let (family, answer) = way(&anew);
    assert!(matches!(answer, Some(Ipv6Answer::Addresses(_))), "{answer:?}");
    assert_eq!((family, reuses(&anew)), (Family::Ipv4, Some(Family::Ipv4)), "DNS-29");
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let of_log = log.iter().map(|line| FIELDS[4].of(&line.record));
    assert_eq!(of_log.collect::<Vec<_>>(), vec![paris().ipv4().to_string(); 3]);
    assert!(!says(&told(&run, Hop::Reuse), "IPv6"));
    act(&mut run, wait(121));
    let opened = act(&mut run, get("paris", "/app.js"));
    assert_eq!((way(&opened).0, reuses(&opened)), (Family::Ipv6, None));
    // The other way round: it goes on over IPv6, though there is no address of it any more.
    act(&mut run, configure(false));
    act(&mut run, wait(70));
    let kept = act(&mut run, get("paris", "/app.js"));
    assert_eq!(
        (way(&kept), reuses(&kept)),
        ((Family::Ipv6, Some(Ipv6Answer::Off)), Some(Family::Ipv6))
    );
    assert!(says(&told(&run, Hop::Reuse), "It goes over IPv6"));
    // Another network: the connection is lost and the name is not known; the request before was only just now.
    act(&mut run, has(Access::Ipv4));
    let other = act(&mut run, get("paris", "/app.js"));
    assert_eq!((way(&other), reuses(&other)), ((Family::Ipv4, None), None));
    assert!(other.iter().any(|it| matches!(it.what, What::Resolved { cached_secs: None, .. })));
    // Another resolver: the name alone is not known.
    act(&mut run, asks(Resolver::FarWithSubnet));
    let other = act(&mut run, get("paris", "/app.js"));
    assert_eq!(reuses(&other), Some(Family::Ipv4));
    assert!(other.iter().any(|it| matches!(it.what, What::Resolved { cached_secs: None, .. })));
}

#[test]
fn dns_26_by_http_3_the_one_round_trip_is_over_ipv6_too() {
    let mut scenario = shop(true);
    scenario.edited().http_versions = edgewalk::distribution::HttpVersions::Http2And3;
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, has(Access::Both));
    let mut request = request_with(Method::Get, "/app.js", "Host: www.shop.example");
    request.version = Version::Http3;
    let ask_again = || ask("paris", request.clone());
    act(&mut run, ask_again()); // TLS-39: it is told of HTTP/3
    act(&mut run, wait(121));
    let events = act(&mut run, ask_again());
    assert!(!events.iter().any(|event| matches!(event.what, What::Connected { .. })), "TLS-56");
    assert_eq!(way(&events).0, Family::Ipv6);
    assert!(says(&told(&run, Hop::Tls), "It goes over IPv6"));
    // With TCP before it, that step has said so.
    let mut run = viewed(true, Access::Both);
    act(&mut run, get("paris", "/app.js"));
    assert!(says(&told(&run, Hop::Tcp), "It goes over IPv6"));
    assert!(!says(&told(&run, Hop::Tls), "It goes over IPv6"));
}

#[test]
fn dns_09_11_28_a_far_off_resolver_without_ecs_leads_to_a_far_edge() {
    let walk = |resolver| {
        let mut run = Run::new(built_in_scenario()).unwrap();
        act(&mut run, asks(resolver));
        act(&mut run, get("paris", "/app.js"));
        let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
        let trip = scene.trip.unwrap();
        let took = trip.shown.as_ref().unwrap().last_at.since(trip.started_at);
        (trip.pop, took, trip.dns.unwrap().took, run)
    };
    let singapore = City::find("singapore").unwrap();
    let class = edgewalk::network::PriceClass::All;
    let (near, quick, short, _) = walk(Resolver::Provider);
    let (told_near, repaired, long, with_ecs) = walk(Resolver::FarWithSubnet);
    let (far, slow, as_long, without) = walk(Resolver::Far);
    assert_eq!((near, told_near), (best_from(paris(), class), near), "DNS-09");
    assert_eq!(far, best_from(singapore, class), "DNS-11");
    assert_ne!(near, far);
    // With ECS the look-up alone takes longer; without, each round trip of the viewer does as well.
    assert_eq!((long, repaired + short), (as_long, quick + long));
    assert!(slow > repaired + long, "{slow:?}, {repaired:?}");
    let dns = told(&without, Hop::Dns);
    assert!(says(&dns, "nearest to the viewer's resolver in Singapore: Singapore"), "{dns:?}");
    assert!(says(&dns, "it says nothing of the viewer") && names(&dns, "DNS-11"), "{dns:?}");
    assert!(names(&dns, "DNS-28"));
    let dns = told(&with_ecs, Hop::Dns);
    assert!(says(&dns, "tells the viewer's subnet with its question (ECS)"), "{dns:?}");
    assert!(
        dns.why.iter().any(|reason| reason.text.starts_with("Nearest to the viewer itself: Paris"))
    );
    // What is weighed on the map is what decides, and the figure before the request is the one that it meets.
    let picture = |run: &Run| {
        let steps = Steps::of(run.journal());
        let step = *steps.all().iter().rfind(|step| step.hop == Hop::Dns).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let plan = Plan::under(&scene.settings, paris());
        let path = PathPicture::of(&run.walk().scenario, &scene, Some(&step), plan, "/");
        let map = MapPicture::of(&path, &scene, scene.trip.as_ref(), true);
        (plan.pop, path.places.seen_from, map.caption, map.candidates[0].pop)
    };
    let of_resolver = "Round trips from the viewer's resolver: the shortest wins".to_owned();
    assert_eq!(picture(&without), (far, singapore, of_resolver, far));
    let of_town = "Round trips from the viewer's town: the shortest wins".to_owned();
    assert_eq!(picture(&with_ecs), (near, paris(), of_town, near));
}

#[test]
fn dns_11_26_both_are_told_when_they_are_chosen_and_stand_in_a_file() {
    let text = r#"{"edgewalk": 1, "actions": [["network", "ipv6"], ["resolver", "far"]]}"#;
    let run_of = |text: &str| {
        let walk = WalkFile::read(text).unwrap().lesson.walk();
        let mut run = Run::new(walk.scenario).unwrap();
        for timed in walk.actions {
            act(&mut run, timed.action);
        }
        run
    };
    let run = run_of(text);
    let settings = run.world().settings();
    assert_eq!(settings.network.access, Access::Both);
    assert_eq!(settings.network.resolver, Resolver::Far);
    let steps = Steps::of(run.journal());
    let titles: Vec<_> = steps
        .all()
        .iter()
        .take(2)
        .map(|step| {
            let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
            Told::of(&scene, step, &run.journal().events()[step.start..step.end]).title
        })
        .collect();
    assert_eq!(
        titles,
        [
            "The viewer's network has IPv4 and IPv6",
            "The viewer's resolver is a far-off public one without ECS"
        ]
    );
    // A file from before says neither, and means a usual viewer.
    let run = run_of(r#"{"edgewalk": 1, "actions": [["GET", "paris", "/app.js"]]}"#);
    assert_eq!(run.world().settings().network, edgewalk::network::ViewerNetwork::default());
}

#[test]
fn dns_11_a_line_of_a_viewer_with_a_far_resolver_leads_back_to_its_city() {
    let other = City::find("tokyo").unwrap();
    for resolver in [Resolver::Far, Resolver::FarWithSubnet, Resolver::Provider] {
        let mut run = Run::new(built_in_scenario()).unwrap();
        act(&mut run, asks(resolver));
        act(&mut run, get("paris", "/app.js"));
        let log = access_log(run.journal().events(), &run.walk().scenario);
        let found = walked(&log[0].record, run.world().settings(), other).unwrap();
        assert_eq!(found.city, paris(), "{resolver:?}");
    }
}
