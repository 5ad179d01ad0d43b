//! What the inspector says at a walk's ends: who gave an error whose page is shown, which setting a failure is laid at.

use edgewalk::distribution::{Beside, Configuration};
use edgewalk::scene::{Scene, Steps, Told};
use edgewalk::simulation::{Action, Run, Walk};

use crate::common::{get, plain};
use crate::walk;

/// What is told of the last step with this label.
fn told(run: &Run, label: &str) -> Told {
    let steps = Steps::of(run.journal());
    let mut labelled = steps.all().iter().filter(|step| step.label(run.journal()) == label);
    let step = labelled.next_back().unwrap_or_else(|| panic!("no step {label}"));
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    Told::of(&scene, step, &run.journal().events()[step.start..step.end])
}

/// Each line of a step's reasons: its rows, its text, the setting it names.
fn reasons(told: &Told) -> Vec<(String, String, Option<String>)> {
    let line = |it| -> (String, String, Option<String>) {
        let reason: &edgewalk::scene::Reason = it;
        (reason.rows.clone(), plain(&reason.text), reason.setting.clone())
    };
    told.why.iter().map(line).collect()
}

/// The third sentence of the last step: who answered.
fn answered(run: &Run) -> String {
    plain(&told(run, "Shown").say[2])
}

#[test]
fn cep_03_09_who_gave_the_error_and_where_its_page_came_from_is_told() {
    const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
    const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
    let from_shelf = "what the viewer has in its place came from the shelf of the edge location.";
    // The page is on the shelf: it was asked for by itself before.
    // A 403 that brings no lifetime is not kept (ERR-02), so that the bucket is asked each time.
    for (example, before, path, is_kept) in [
        (API_AND_MEDIA, "/errors/404.html", "/nowhere", true),
        (S3_SITE, "/index.html", "/nope", false),
    ] {
        let configuration = Configuration::open(example, &Beside::managed("us-east-1".into()));
        let mut run =
            Run::new(Walk::of_configuration(configuration.unwrap().into()).scenario).unwrap();
        let mut ask = |action: Action| run.act(action, usize::MAX).unwrap();
        ask(get("paris", before));
        ask(get("paris", path));
        let first = answered(&run);
        assert!(first.starts_with("The origin in "), "{first}");
        assert!(
            first.ends_with(&format!("was asked and answered with an error; {from_shelf}")),
            "{first}"
        );
        if !is_kept {
            continue;
        }
        run.act(get("paris", path), usize::MAX).unwrap();
        let again = format!("The edge location had the error on its shelf; {from_shelf}");
        assert_eq!(answered(&run), again, "{path}");
        // Another edge location of the same regional edge cache, which has both.
        run.act(get("london", path), usize::MAX).unwrap();
        let other = answered(&run);
        assert!(
            other.starts_with("The edge location asked the regional edge cache in "),
            "{other}"
        );
        assert!(other.contains("which gave it an error; what the viewer has in its place came from the shelf of the reg"), "{other}");
    }
    let unanswered =
        walk(&["GET paris /errors/404.html", "health site silent", "GET paris /page.html"]);
    assert!(!answered(&unanswered).contains("in its place"), "504 has no page");
    // A page that is fetched is an answer, and not the one that failed.
    let paged = walk(&[
        "set CustomErrorResponses.Items[0].ErrorCode 504",
        "health app silent",
        "GET paris /app/page.html",
    ]);
    assert!(
        answered(&paged).contains(
            " gave no usable answer; what the viewer has in its place came from the origin in "
        ),
        "{}",
        answered(&paged)
    );
    let block = r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}"#;
    let refused =
        walk(&["set CustomErrorResponses.Items[0].ErrorCode 403", block, "GET paris /page.html"]);
    assert!(
        answered(&refused)
            .starts_with("The edge location refused the request; what the viewer has in its place"),
        "{}",
        answered(&refused)
    );
    let plain = walk(&["GET paris /page.html", "GET paris /page.html"]);
    assert_eq!(answered(&plain), "The edge location answered by itself.");
}

#[test]
fn tls_12_33_the_policy_of_cloudfronts_own_name_is_no_setting() {
    let setting = Some("The distribution: security policy");
    let of_tls = |run: &Run| reasons(&told(run, "TLS fails"));
    let fixed = of_tls(&walk(&["viewer ssl3", "GET paris /page.html"]));
    assert!(fixed.iter().all(|(_, _, named)| named.is_none()), "{fixed:?}");
    assert!(
        fixed
            .iter()
            .any(|(_, text, _)| text.starts_with("TLSv1, fixed for *.cloudfront.net, allows ")),
        "{fixed:?}"
    );
    let own = of_tls(&walk(&["viewer tls1.0", r#"GET paris /page.html "Host: www.example.com""#]));
    assert!(
        own.len() == 2 && own.iter().all(|(_, _, named)| named.as_deref() == setting),
        "{own:?}"
    );
}

#[test]
fn ok_01_no_setting_is_named_that_a_bucket_does_not_have() {
    let kept = |path: &str| {
        let all = reasons(&told(&walk(&[&format!("GET paris {path}")]), "At origin"));
        let line =
            all.iter().find(|(_, text, _)| text.starts_with("A connection to the origin is kept"));
        let (rows, text, setting) = line.unwrap().clone();
        (rows, text.ends_with("a bucket has no setting for it"), setting)
    };
    let alb = Some("Origin app: keep-alive timeout".to_owned());
    assert_eq!(kept("/app/page.html"), ("CONN-01, TMO-04".into(), false, alb));
    assert_eq!(kept("/page.html"), ("CONN-01, OK-01".into(), true, None));
    for health in ["speaks TLSv1", "speaks SSLv3", "other-name", "self-signed", "expired"] {
        let failed = |origin: &str, path: &str| {
            let run = walk(&[&format!("health {origin} {health}"), &format!("GET paris {path}")]);
            let steps = Steps::of(run.journal());
            let fails = steps.all().iter().any(|step| step.label(run.journal()) == "No answer");
            fails.then(|| {
                reasons(&told(&run, "No answer"))
                    .into_iter()
                    .map(|(rows, _, named)| (rows, named))
                    .collect::<Vec<_>>()
            })
        };
        let Some(app) = failed("app", "/app/page.html") else { panic!("{health}") };
        assert!(app.iter().any(|(_, named)| named.is_some()), "{health}: {app:?}");
        let Some(site) = failed("site", "/page.html") else { panic!("{health}") };
        assert!(site.iter().all(|(_, named)| named.is_none()), "{health}: {site:?}");
        assert!(site.iter().any(|(rows, _)| rows == "OK-01"), "{health}: {site:?}");
    }
}
