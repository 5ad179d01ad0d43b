//! What is often taught wrong (security-logs-edge.md section 10), and which settings are misread (distribution.md section 10).

use edgewalk::edge::{Decision, NotSigned, Refusal};
use edgewalk::network::connection::Handshake;
use edgewalk::simulation::{Run, What};

use crate::base::{configured, scenario};
use crate::common::{act, get as get_from};
use crate::{CFF, DOMAIN, ERROR, HIT, LAMBDA, MISS, takes_app_off};
use crate::{
    at_pop, decisions, events, get, logged, nothing, reached, refusals, refused, said, shown, walk,
};

fn answers(run: &Run) -> Vec<Vec<std::net::Ipv4Addr>> {
    let answers = events(run).iter().filter_map(|event| match &event.what {
        What::Resolved { answer, .. } => Some(answer.addresses.clone()),
        _ => None,
    });
    answers.collect()
}

#[test]
fn myth_04_dns_leads_each_viewer_to_an_address_of_one_place() {
    let run = walk(&["GET paris /page.html", "GET tokyo /page.html", "GET paris /page.html"]);
    let all = answers(&run);
    assert!(all[0].iter().all(|address| !all[1].contains(address)), "{all:?}");
    assert_eq!(all[0], all[2], "the same place is behind the same addresses");
}

#[test]
fn open_08_an_answer_has_four_addresses_for_a_minute() {
    let run = walk(&["GET paris /page.html"]);
    let answer = events(&run).iter().find_map(|event| match &event.what {
        What::Resolved { answer, .. } => Some((answer.addresses.len(), answer.ttl_secs)),
        _ => None,
    });
    assert_eq!(answer, Some((4, 60)));
}

#[test]
fn myth_05_mu_19_dns_20_tls_22_cfe_04_the_host_decides_and_nothing_else() {
    let of = |host: &str| at_pop(&[], get("/page.html", &format!("Host: {host}")), None);
    assert_eq!(of(DOMAIN), None);
    assert_eq!(of("www.example.com"), None, "an alternate name");
    let (status, kind, page) = of("other.example.com").unwrap();
    assert_eq!((status, &*kind), (403, "text/html"), "the way to the edge location was the same");
    assert!(page.contains("Bad request."), "CFE-04");
}

#[test]
fn myth_06_the_log_calls_the_distribution_by_its_own_name() {
    let run = walk(&[r#"GET paris /page.html "Host: www.example.com""#]);
    assert_eq!(logged(&run, "cs(Host)"), [DOMAIN]);
    assert_eq!(logged(&run, "x-host-header"), ["www.example.com"]);
}

#[test]
fn myth_07_the_log_encodes_what_was_encoded_already() {
    let run = walk(&["GET paris /a~b'(1),%20.html?q=a%20b"]);
    assert_eq!(logged(&run, "cs-uri-stem"), ["/a%7Eb%27(1),%2520.html"]);
    assert_eq!(logged(&run, "cs-uri-query"), ["q=a%2520b"]);
}

/// The signed URL of the base and its signature, which has each of the three characters.
fn signed() -> (String, String) {
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../../docs/reference/examples/signed-urls.json"))
            .unwrap();
    let url = all["vectors"][0]["signed_url"].as_str().unwrap().split_once(".net").unwrap().1;
    let signature = url.split("Signature=").nth(1).unwrap().split('&').next().unwrap();
    (url.to_owned(), signature.to_owned())
}

#[test]
fn myth_10_sig_14_a_signature_is_no_base64_as_urls_have_it() {
    let (url, signature) = signed();
    assert_eq!((signature.len(), signature.ends_with("__")), (344, true), "SIG-14");
    assert!(signature.contains('-') && signature.contains('~'));
    let plain = signature.replace('-', "+").replace('_', "=").replace('~', "/");
    let for_urls = plain.replace('+', "-").replace('/', "_").replace('=', "");
    for (text, expected) in [(&signature, None), (&for_urls, Some(403))] {
        let run = walk(&[&format!("GET paris {}", url.replace(&signature, text))]);
        assert_eq!(refusals(&run).first().map(|it| it.status().0), expected, "{text}");
    }
}

#[test]
fn myth_11_signatures_are_of_two_sorts_of_keys_and_two_hashes() {
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../../docs/reference/examples/signed-urls.json"))
            .unwrap();
    let of = |list: &str, name: &str, is: &str, value: &str| {
        let found = all[list].as_array().unwrap().iter().find(|it| it[name] == is).unwrap();
        found[value].as_str().unwrap().to_owned()
    };
    let key = |id: &str| {
        let pem = serde_json::Value::from(of("keys", "key_pair_id", id, "public_key_pem"));
        [
            format!(r#"set PublicKey.Id "{id}""#),
            format!("set PublicKey.PublicKeyConfig.EncodedKey {pem}"),
            format!(r#"set KeyGroup.KeyGroupConfig.Items ["{id}"]"#),
        ]
    };
    let status = |id: &str, vector: &str, without: &str| {
        let url = of("vectors", "id", vector, "signed_url").replace(without, "");
        let ask = format!("GET paris {}", url.split_once(".net").unwrap().1);
        let words = [&key(id)[..], &[ask]].concat();
        said(&walk(&words.iter().map(String::as_str).collect::<Vec<_>>()))[0].0
    };
    let curve = "K2VIZTESTECDSA";
    assert_eq!(status(curve, "SU-19", "Signature"), 403, "without its signature");
    assert_eq!(status(curve, "SU-19", "?nothing"), 200, "P-256 and SHA-1");
    assert_eq!(status(curve, "SU-20", "?nothing"), 200, "P-256 and SHA-256");
    assert_eq!(status(curve, "SU-20", "&Hash-Algorithm=SHA256"), 403, "SHA-1 goes without saying");
}

#[test]
fn myth_12_the_time_of_a_signed_url_is_judged_when_the_request_arrives() {
    let (url, _) = signed();
    let mut start = scenario(configured(&[], &nothing()).unwrap());
    start.epoch_unix = 1_773_482_398; // two seconds before it is over
    let objects = start.site.iter().cloned().map(|object| {
        let size_bytes =
            if object.path == "/images/image.jpg" { 80_000_000 } else { object.size_bytes };
        edgewalk::origin::Object { size_bytes, ..object }
    });
    start.site = edgewalk::origin::Site::new(objects);
    let mut run = Run::new(start).unwrap();
    let events = act(&mut run, get_from("sydney", &url));
    let end = events.last().unwrap();
    let What::Shown { response, ending, .. } = &end.what else { panic!("{end:?}") };
    assert!(end.at.as_secs() > 2, "it was over meanwhile: {}", end.at.as_secs());
    assert_eq!((response.status.0, response.body.length), (200, 80_000_000));
    assert_eq!(*ending, edgewalk::edge::Ending::Complete);
    act(&mut run, get_from("sydney", &url));
    let expired = Refusal::NotSigned(NotSigned::Expired { at_unix: 1_773_482_400 });
    assert_eq!(refusals(&run), [&expired]);
}

#[test]
fn myth_13_a_signed_cookie_does_not_rescue_a_bad_signed_url() {
    let (url, signature) = signed();
    let cookies = format!(
        "CloudFront-Expires=1773482400; CloudFront-Signature={signature}; CloudFront-Key-Pair-Id=K2VIZTESTRSA01"
    );
    let other = url.replace(&signature[..4], "AAAA");
    let run = walk(&[
        &format!(r#"GET paris /images/image.jpg "Cookie: {cookies}""#),
        &format!(r#"GET paris {other} "Cookie: {cookies}""#),
    ]);
    assert_eq!(said(&run), [(200, MISS), (403, ERROR)]);
    assert_eq!(refusals(&run), [&Refusal::NotSigned(NotSigned::WrongSignature)]);
}

#[test]
fn myth_14_a_preflight_needs_no_signature() {
    let methods = r#"set CacheBehaviors.Items[4].AllowedMethods.Items ["GET", "HEAD", "OPTIONS"]"#;
    let run = walk(&[methods, "OPTIONS paris /images/image.jpg", "GET paris /images/image.jpg"]);
    assert_eq!(said(&run).iter().map(|(status, _)| *status).collect::<Vec<_>>(), [204, 403]);
    assert_eq!(reached(&run).len(), 1, "SIG-23: it went to the origin");
}

#[test]
fn myth_15_osec_07_no_access_control_before_a_website_endpoint() {
    let website = r#"set Origins.Items[1].DomainName "options.s3-website-us-east-1.amazonaws.com""#;
    let plain = r#"set Origins.Items[1].CustomOriginConfig.OriginProtocolPolicy "http-only""#;
    assert_eq!(refused(&[website, plain]), "");
    let control = r#"set Origins.Items[1].OriginAccessControlId "E1OACEXAMPLE001""#;
    let said = refused(&[website, plain, control]);
    assert!(said.contains("InvalidDomainNameForOriginAccessControl"), "{said}");
}

#[test]
fn myth_16_a_viewer_of_whom_nobody_knows_the_country_is_served() {
    let words = [
        r#"set Restrictions.GeoRestriction {"RestrictionType": "whitelist", "Quantity": 1, "Items": ["NZ"]}"#,
    ];
    let request = || get("/page.html", &format!("Host: {DOMAIN}"));
    assert_eq!(at_pop(&words, request(), None), None);
    assert_eq!(at_pop(&words, request(), Some("NZ")), None);
    assert_eq!(at_pop(&words, request(), Some("FR")).unwrap().0, 403);
}

#[test]
fn myth_18_functions_at_the_viewers_response_keep_off_errors_pages_and_redirects() {
    let viewer = format!(
        r#"set CacheBehaviors.Items[0].FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "viewer-response"}}]"#
    );
    let origin = format!(
        r#"set CacheBehaviors.Items[0].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{LAMBDA}", "EventType": "origin-response"}}]"#
    );
    let https = r#"set CacheBehaviors.Items[0].ViewerProtocolPolicy "redirect-to-https""#;
    let ran = |words: &str| {
        let run = walk(&[&viewer, &origin, https, words]);
        let ran = decisions(&run).filter_map(|decision| match decision {
            Decision::FunctionRan(ran) => Some(ran.event.as_str()),
            _ => None,
        });
        ran.collect::<Vec<_>>()
    };
    assert_eq!(ran("GET paris /app/page.html"), ["origin-response", "viewer-response"]);
    assert_eq!(ran("GET paris /app/nowhere.html"), ["origin-response"], "a page in a 404's place");
    assert_eq!(ran("GET paris /app/page.html http"), [""; 0], "a redirect");
}

#[test]
fn myth_19_pp_12_who_rewrites_the_path_changes_neither_behavior_nor_origin() {
    let [one, two, three] = takes_app_off();
    let run = walk(&[&one, &two, &three, "GET paris /app/page.html"]);
    let matched = decisions(&run).find_map(|decision| match decision {
        Decision::BehaviorMatched(matched) => Some((matched.pattern.as_str(), &*matched.origin_id)),
        _ => None,
    });
    assert_eq!(
        matched,
        Some(("/app/*", "app")),
        "and not the default one, to which /page.html leads"
    );
    let request = reached(&run)[0];
    let host = "options-app-1234567890.us-east-1.elb.amazonaws.com";
    assert_eq!((request.target.path(), request.fields.get("Host")), ("/page.html", Some(host)));
}

#[test]
fn myth_20_a_function_that_fails_is_503_and_one_that_may_not_is_502() {
    let function = format!(
        r#"set DefaultCacheBehavior.FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "viewer-request"}}]"#
    );
    let throws = walk(&[&function, r#"set EdgeFunction.Does "Throws""#, "GET paris /page.html"]);
    let touches = walk(&[&function, r#"set EdgeFunction.Name "Via""#, "GET paris /page.html"]);
    assert_eq!((said(&throws)[0].0, said(&touches)[0].0), (503, 502));
}

#[test]
fn myth_22_resumption_over_tcp_saves_no_round_trip() {
    use Handshake::{Tls13EarlyData, Tls13Full, Tls13Resumed};
    assert_eq!(Tls13Resumed.round_trips(), Tls13Full.round_trips());
    assert_eq!(Tls13EarlyData.round_trips() + 1, Tls13Full.round_trips());
    assert!(!Tls13EarlyData.is_offered(), "OPEN-07");
}

#[test]
fn myth_25_what_the_regional_cache_has_is_a_hit() {
    let timed = r#"set ResponseHeadersPolicy.ResponseHeadersPolicyConfig.ServerTimingHeadersConfig {"Enabled": true, "SamplingRate": 100}"#;
    // Paris and Berlin have edge locations of their own before one regional cache.
    let run = walk(&[timed, "GET frankfurt /own/page.html", "GET berlin /own/page.html"]);
    assert_eq!(said(&run), [(200, MISS), (200, HIT)]);
    let timing = shown(&run)[1].fields.get("Server-Timing").unwrap();
    assert!(
        timing.contains("cdn-cache-hit") && timing.contains(r#"cdn-hit-layer;desc="REC""#),
        "{timing}"
    );
    assert_eq!(logged(&run, "x-edge-result-type"), ["Miss", "Hit"]);
}

#[test]
fn mu_16_the_response_timeout_caps_no_transfer_and_the_completion_timeout_does() {
    let patience = r"set Origins.Items[1].CustomOriginConfig.OriginReadTimeout 1";
    let large = "resize /app/page.html 2000000000";
    let capped = r"set Origins.Items[1].ResponseCompletionTimeout 2";
    let run = walk(&[patience, large, "GET paris /app/page.html"]);
    let took = events(&run)
        .iter()
        .rev()
        .find(|event| matches!(event.what, What::Shown { .. }))
        .unwrap()
        .at;
    assert!(took.as_secs() > 2, "longer than either: {}", took.as_secs());
    assert_eq!(shown(&run)[0].body.length, 2_000_000_000);
    let run = walk(&[patience, capped, large, "GET paris /app/page.html"]);
    let ends = events(&run).iter().filter_map(|event| match &event.what {
        What::Shown { ending, .. } => Some(*ending),
        _ => None,
    });
    assert_eq!(ends.collect::<Vec<_>>(), [edgewalk::edge::Ending::Broken]);
}

#[test]
fn mu_17_dns_10_a_price_class_moves_viewers_and_blocks_none() {
    let pop = |words: &[&str]| {
        let run = walk(words);
        (said(&run)[0].0, logged(&run, "x-edge-location")[0][..3].to_owned())
    };
    let everywhere = pop(&["GET sao-paulo /page.html"]);
    let cheapest = pop(&[r#"set PriceClass "PriceClass_100""#, "GET sao-paulo /page.html"]);
    assert_eq!((everywhere.0, cheapest.0), (200, 200));
    assert_ne!(everywhere.1, cheapest.1, "PC-09: South America is in none but the dearest");
    let block = r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["BR"]}"#;
    assert_eq!(pop(&[block, "GET sao-paulo /page.html"]).0, 403);
}

#[test]
fn mu_20_uv_02_a_path_is_normalised_for_the_match_and_goes_on_as_it_came() {
    let run = walk(&["GET paris //app/./deep/../page.html", "GET paris /%61pp/page.html"]);
    let patterns = decisions(&run).filter_map(|decision| match decision {
        Decision::BehaviorMatched(matched) => Some(matched.pattern.as_str()),
        _ => None,
    });
    // UV-02: letters that are percent-encoded stay what they are.
    assert_eq!(patterns.collect::<Vec<_>>()[..2], ["/app/*", "*"]);
    assert_eq!(reached(&run)[0].target.path(), "//app/./deep/../page.html");
}

#[test]
fn pp_13_an_earlier_pattern_without_signatures_opens_what_a_later_one_protects() {
    let words = ["GET paris /images/image.jpg"];
    assert_eq!(said(&walk(&words)), [(403, ERROR)]);
    let wider = r#"set CacheBehaviors.Items[0].PathPattern "/image*""#;
    let same = r#"set CacheBehaviors.Items[0].TargetOriginId "site""#;
    assert_eq!(said(&walk(&[wider, same, words[0]])), [(200, MISS)]);
}
