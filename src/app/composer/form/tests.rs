#![allow(clippy::unwrap_used)]
use super::*;
use crate::http::curl;

fn form(edits: &[(FormField, &str)]) -> Form {
    let mut form = Form::default();
    for (field, text) in edits {
        form.put(*field, (*text).to_owned());
    }
    form
}

fn bad(edits: &[(FormField, &str)]) -> Vec<(FormField, String)> {
    let bad = form(edits).parse(Method::Get).unwrap_err();
    bad.into_iter().map(|bad| (bad.field, bad.fault.to_string())).collect()
}

#[test]
fn the_form_is_ready_to_send() {
    let (city, request) = Form::default().parse(Method::Head).unwrap();
    assert_eq!(city.label(), "Addis Ababa, Ethiopia");
    assert_eq!(request.method, Method::Head);
    assert_eq!(request.target.to_string(), "/img/hero.jpg");
    assert_eq!(request.fields.get("Accept-Encoding"), Some("gzip, br"));
    assert!(!request.fields.has("Cookie"));
    assert_eq!(request.content_length, 0);
}

#[test]
fn query_and_cookies_become_part_of_the_request() {
    let form = form(&[
        (FormField::Query, "w=1200&utm_source=mail"),
        (FormField::Cookies, " session=8f21c0; theme=dark "),
        (FormField::Headers, ""),
    ]);
    let (_, request) = form.parse(Method::Get).unwrap();
    assert_eq!(request.target.to_string(), "/img/hero.jpg?w=1200&utm_source=mail");
    assert_eq!(request.fields.get("Cookie"), Some("session=8f21c0; theme=dark"));
    assert_eq!(request.fields.len(), 1);
}

#[test]
fn every_bad_field_is_named_in_the_order_of_the_page() {
    let all = bad(&[
        (FormField::Cookies, "a=\u{7}"),
        (FormField::Headers, "Accept: */*\nB 2"),
        (FormField::Query, "a b"),
        (FormField::Path, "img/hero.jpg"),
        (FormField::City, "Atlantis"),
    ]);
    assert_eq!(all.iter().map(|(field, _)| *field).collect::<Vec<_>>(), FormField::ALL);
    let rules = [
        "\"Atlantis\"",
        "starts with a slash",
        "query string holds ' '",
        "line 2",
        "value of Cookie",
    ];
    for ((field, message), rule) in all.iter().zip(rules) {
        assert!(message.contains(rule), "{field:?}: {message}");
    }
}

#[test]
fn what_is_too_long_says_so_whatever_the_field() {
    for field in FormField::ALL {
        let text = "a: ".to_owned() + &"x".repeat(field.limit());
        let bad = bad(&[(field, &text)]);
        assert_eq!(bad.len(), 1, "{field:?}");
        assert_eq!(bad[0].0, field);
        assert!(bad[0].1.len() < 300, "the message is short: {}", bad[0].1);
        assert!(form(&[(field, &text)]).check(field).is_some());
    }
}

#[test]
fn one_field_is_checked_without_the_others() {
    let form = form(&[(FormField::City, "Atlantis"), (FormField::Query, "a b")]);
    assert!(matches!(form.check(FormField::City), Some(Fault::City(_))));
    assert!(matches!(form.check(FormField::Query), Some(Fault::Target(_))));
    assert_eq!(form.check(FormField::Path), None);
}

#[test]
fn a_pasted_command_fills_all_but_the_city() {
    let pasted = curl::read(
        "curl 'https://shop.example/api/orders?x=1' -H 'Accept: application/json' -b 'a=1; b=2' --data-raw '{\"q\":1}'",
    )
    .unwrap();
    let mut form = form(&[
        (FormField::City, "Paris"),
        (FormField::Cookies, "old=1"),
        (FormField::Query, "old"),
    ]);
    form.take(&pasted, |host| host == "shop.example");
    let (city, request) = form.parse(pasted.method).unwrap();
    assert_eq!(city.name(), "Paris");
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.target.to_string(), "/api/orders?x=1");
    assert_eq!(request.fields.get("Host"), Some("shop.example"));
    assert_eq!(request.fields.get("Accept"), Some("application/json"));
    assert_eq!(request.fields.get("Cookie"), Some("a=1; b=2"));
    assert_eq!(request.content_length, 7);
    let (_, request) = form.parse(Method::Get).unwrap();
    assert_eq!(request.content_length, 0, "content belongs to the method that it was pasted with");
    let own = curl::read("curl https://shop.example/ -H 'host: other.example'").unwrap();
    form.take(&own, |host| host == "other.example");
    let (_, request) = form.parse(Method::Get).unwrap();
    assert_eq!(request.fields.all("Host").collect::<Vec<_>>(), ["other.example"]);
    assert_eq!((form.query.as_str(), form.cookies.as_str(), form.content), ("", "", None));
    form.take(&own, |_| false);
    assert_eq!(form.headers, "", "DS-04: it would be refused");
}

#[test]
fn ds_04_a_name_takes_the_place_of_the_one_that_was_typed() {
    let mut form = form(&[(FormField::Headers, "Accept: */*\nhost : a.example\nX: Host: b")]);
    form.headers = form.headers_naming("www.shop.example");
    assert_eq!(form.headers, "Host: www.shop.example\nAccept: */*\nX: Host: b");
    form.headers = form.headers_naming("img.shop.example");
    assert_eq!(form.headers, "Host: img.shop.example\nAccept: */*\nX: Host: b");
}

#[test]
fn closed_folds_say_what_is_in_them() {
    let mut form =
        form(&[(FormField::Query, "w=1200&utm_source=mail&&x"), (FormField::Cookies, "a=1; b=2")]);
    assert_eq!(form.query_summary(), "w, utm_source, x");
    assert_eq!(form.cookies_summary(), "a, b");
    assert_eq!(form.headers_summary(), "3");
    form.headers = "\n".to_owned();
    assert_eq!(form.headers_summary(), "");
    assert_eq!(form.recap(Method::Get), "/img/hero.jpg from Addis Ababa");
    form.content = Some((Method::Post, 318));
    form.city = "paris".to_owned();
    assert_eq!(form.recap(Method::Post), "/img/hero.jpg with 318 bytes from Paris");
    assert_eq!(form.recap(Method::Get), "/img/hero.jpg from Paris");
    form.city = "Atlantis".to_owned();
    assert!(form.recap(Method::Get).ends_with("from Atlantis"));
}
