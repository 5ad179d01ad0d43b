//! What the sources do not settle (distribution.md section 11), as the engine has it.

use crate::base::configured;
use crate::{ERROR, MISS};
use crate::{decisions, logged, nothing, owned, reached, refused, said, walk};

#[test]
fn uv_01_a_page_in_an_errors_place_is_fetched_without_the_checks_of_its_path() {
    let signed = r#"set CustomErrorResponses.Items[0].ResponsePagePath "/images/image.jpg""#;
    assert_eq!(said(&walk(&[signed, "GET paris /app/nowhere.html"])), [(404, ERROR)]);
    assert_eq!(
        reached(&walk(&[signed, "GET paris /app/nowhere.html"]))[1].target.path(),
        "/images/image.jpg"
    );
    let https = r#"set CacheBehaviors.Items[5].ViewerProtocolPolicy "https-only""#;
    assert_eq!(said(&walk(&[https, "GET paris /app/nowhere.html http"])), [(404, ERROR)]);
    let refuses = [https, "GET paris /errors/404.html http"];
    assert_eq!(said(&walk(&refuses)), [(403, ERROR)], "whoever asks for it himself");
}

#[test]
fn uv_04_a_root_object_in_a_folder_answers_for_that_folder_too() {
    let root = r#"set DefaultRootObject "app/page.html""#;
    let run = walk(&[root, "GET paris /app/", "GET paris /"]);
    let keys = decisions(&run).filter_map(|decision| match decision {
        edgewalk::edge::Decision::KeyMade { key, .. } => Some(key.path().to_owned()),
        _ => None,
    });
    assert_eq!(keys.collect::<Vec<_>>()[..2], ["/app/page.html", "/app/page.html"]);
    assert_eq!(said(&run)[0], (200, MISS));
}

#[test]
fn uv_05_what_has_no_published_meaning_is_taken_and_kept() {
    let none = r#"set PriceClass "None""#;
    let place = |words: &[&str]| logged(&walk(words), "x-edge-location");
    let ask = "GET sao-paulo /page.html";
    assert_eq!(place(&[none, ask]), place(&[ask]), "all edge locations");
    let kept = configured(&owned(&[none]), &nothing()).unwrap().kept().to_vec();
    assert!(kept.contains(&"PriceClass".to_owned()), "{kept:?}");
    let passes = r#"set ViewerMtlsConfig {"Mode": "passthrough"}"#;
    assert_eq!(refused(&[passes]), "");
}

#[test]
fn uv_06_of_two_equal_patterns_the_first_counts() {
    let run =
        walk(&[r#"set CacheBehaviors.Items[1].PathPattern "/app/*""#, "GET paris /app/page.html"]);
    // The second has a response headers policy, which does not show.
    assert!(!crate::shown(&run)[0].fields.has("X-Own"));
    assert_eq!(said(&run), [(200, MISS)]);
}

#[test]
fn uv_07_a_connection_is_kept_for_up_to_300_seconds() {
    let keep = |secs: u32| {
        refused(&[&format!(
            "set Origins.Items[1].CustomOriginConfig.OriginKeepaliveTimeout {secs}"
        )])
    };
    assert_eq!((keep(121), keep(300)), (String::new(), String::new()));
    assert!(keep(301).contains("InvalidOriginKeepaliveTimeout"));
}

#[test]
fn qt_35_so_many_paths_a_second_and_one_wildcard() {
    use crate::common::purge;
    use edgewalk::simulation::Run;
    let taken = |items: &[String]| {
        let mut run = Run::new(edgewalk::simulation::built_in_scenario()).unwrap();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        run.act(purge(&items), 0).is_ok()
    };
    let paths = |count: usize| (0..count).map(|n| format!("/{n}.html")).collect::<Vec<_>>();
    assert!(taken(&paths(150)) && !taken(&paths(151)));
    let wildcards = |count: usize| (0..count).map(|n| format!("/{n}/*")).collect::<Vec<_>>();
    assert!(taken(&wildcards(1)) && !taken(&wildcards(2)));
}

#[test]
fn ds_15_the_root_object_stands_for_the_root_whatever_the_method() {
    let target = r#"set DefaultCacheBehavior.TargetOriginId "app""#;
    let methods = r#"set DefaultCacheBehavior.AllowedMethods.Items ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]"#;
    for method in ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] {
        let run = walk(&[target, methods, &format!("{method} paris /")]);
        assert_eq!(reached(&run)[0].target.path(), "/index.html", "{method}");
    }
}
