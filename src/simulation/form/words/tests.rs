#![allow(clippy::unwrap_used)]
use super::*;

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(|word| word.replace('_', " ")).collect()
}

/// Which word is wrong, and why.
fn fault(text: &str) -> (usize, String) {
    let fault = read(&words(text), Configuration::from_stored).unwrap_err();
    let Wrong::Rule(rule) = fault.wrong else { panic!("{:?}", fault.wrong) };
    (fault.word, rule)
}

#[test]
fn each_action_reads_as_it_is_written() {
    let texts = [
        "GET paris /img/hero.jpg",
        "POST lagos /api/cart?a=1&b http http/1.1 content=12 Cookie:_a=1;_b=2",
        "HEAD riyadh / http/3 bare",
        "OPTIONS paris / http/1.0 bare Accept:_*/* X-Empty:_",
        "together GET paris /a and GET lagos /b and PUT paris /c content=3 bare",
        "wait 60",
        "publish /index.html",
        "invalidate /img/* #sale",
        "invalidate-as a_reference /img/*",
        "method DELETE",
        "start-empty on",
        "dynamic off /api/*",
        "same-region on paris",
        "origin-region us-east-1",
        "health shop-media up",
        "health shop-media failing 503",
        "health shop-media slow 30",
        "health shop-media silent",
        "health shop-media refuses",
        "health shop-media unreachable",
        "health shop-media unresolved",
        "health shop-media bad-certificate",
        "health shop-media breaks-off",
        "health shop-media other-name",
        "health shop-media expired",
        "health shop-media self-signed",
        "health shop-media speaks TLSv1",
        "viewer modern",
        "viewer tls1.2-cbc",
        "network ipv4",
        "network ipv6",
        "network ipv6-tunnel",
        "resolver provider",
        "resolver far-ecs",
        "resolver far",
        "quotas classic",
        "quotas newest",
        "pop-capacity 2000000",
        "resize /app.js 1234",
        "shield shop-media eu-west-2",
        "shield shop-media off",
        "ttl /img/* 1 60 3600",
    ];
    for text in texts {
        assert_eq!(
            write(&read(&words(text), Configuration::from_stored).unwrap()),
            words(text),
            "{text}"
        );
        let first = text.split(' ').next().unwrap();
        assert!(method(first).is_ok() || RULE.contains(first), "{first} is not told of");
    }
}

#[test]
fn what_a_request_leaves_unsaid_is_what_the_page_sends() {
    let sent = |text: &str| match read(&words(text), Configuration::from_stored).unwrap() {
        Action::Send { request, .. } => request,
        other => panic!("{other:?}"),
    };
    let usual = sent("GET paris /a?b=c");
    assert_eq!(*usual.fields, Fields::parse(CLASSROOM_FIELDS).unwrap());
    assert_eq!((usual.target.path(), usual.target.query()), ("/a", Some("b=c")));
    assert_eq!(
        (usual.scheme, usual.version, usual.content_length),
        (Scheme::Https, Version::Http2, 0)
    );
    assert_eq!(sent("GET paris /a Cookie:_a=1").fields.iter().count(), 4);
    let bare = sent("GET paris /a bare Cookie:_a=1");
    assert_eq!(*bare.fields, Fields::parse("Cookie: a=1").unwrap());
}

#[test]
fn a_fault_names_the_word_and_the_rule() {
    let table = [
        ("", 0, "an action begins with a method, together,"),
        ("jump", 0, "not \"jump\""),
        ("get paris /", 0, "not \"get\""),
        ("GET", 1, "the city is missing here"),
        ("GET atlantis /", 1, "the viewer city must be one of the list"),
        (
            "GET paris img",
            2,
            "a URL path starts with a slash, as in /index.html; this one is \"img\"",
        ),
        ("GET paris /\u{e4}", 2, "percent-encoded"),
        (
            "GET paris / content=x",
            3,
            "content= is followed by a number of bytes, not \"content=x\"",
        ),
        ("GET paris / content=-1", 3, "number of bytes"),
        ("GET paris / X:_a\r\nB:_c", 3, "control character '\\r'"),
        ("GET paris / Bad_name:_a", 3, "a field name is made of letters"),
        ("GET paris / http/9", 3, "not \"http/9\""),
        ("GET paris / and GET paris /", 3, "this action ends before this word, not \"and\""),
        ("together GET paris / and", 5, "the method is missing here"),
        ("together GET paris / and GET nowhere-at-all /", 6, "not \"nowhere-at-all\""),
        ("wait", 1, "the number of seconds is missing here"),
        ("wait -1", 1, "the number of seconds must be a whole number, not \"-1\""),
        ("wait 99999999999999999999", 1, "whole number"),
        ("wait 1 2", 2, "ends before this word"),
        ("invalidate", 1, "at least one path"),
        ("invalidate img", 1, "starts with a slash"),
        ("method BREW", 1, "not \"BREW\""),
        ("network", 1, "the sort of network is missing here"),
        ("network ipv5", 1, "a network is one of ipv4, ipv6, ipv6-tunnel, not \"ipv5\""),
        ("resolver mine", 1, "a resolver is one of provider, far-ecs, far, not \"mine\""),
        ("start-empty yes", 1, "this must be on or off, not \"yes\""),
        ("same-region on atlantis", 2, "the viewer city must be"),
        ("origin-region moon-1", 1, "not \"moon-1\""),
        ("health shop-media tired", 2, "not \"tired\""),
        ("health shop-media failing 200", 3, "from 400 to 599, not \"200\""),
    ];
    for (text, word, rule) in table {
        let found = fault(text);
        assert_eq!(found.0, word, "{text}: {found:?}");
        assert!(found.1.contains(rule), "{text}: {found:?}");
    }
}

#[test]
fn a_pasted_novel_is_quoted_in_a_line() {
    let (_, rule) = fault(&format!("wait {}", "9".repeat(1_000_000)));
    assert!(rule.len() < 200 && rule.ends_with("9…\""), "{rule}");
}

#[test]
fn ten_thousand_requests_at_once_and_no_more() {
    let many =
        |count: usize| format!("together GET paris /{}", " and GET paris /".repeat(count - 1));
    assert!(read(&words(&many(Walk::MOST_ACTIONS)), Configuration::from_stored).is_ok());
    assert_eq!(fault(&many(Walk::MOST_ACTIONS + 1)).1, "at most 10000 requests are sent together");
}
