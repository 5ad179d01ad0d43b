//! The invalidations as the console lists them.

use edgewalk::edge::Quotas;
use edgewalk::scene::console::{Invalidations, typed_batch};
use edgewalk::simulation::{Action, Run, built_in_scenario};

#[test]
fn inv_01_02_44_what_is_typed_is_one_path_or_tag_a_line() {
    let batch = typed_batch("/img/*\n\n  app.js \n#spring\n").unwrap();
    let items: Vec<_> = batch.items().iter().map(ToString::to_string).collect();
    assert_eq!(items, ["/img/*", "/app.js", "#spring"], "INV-01: the console adds the slash");
    let wrong = typed_batch("/a b\n/fine\n#no tag").unwrap_err();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].starts_with("line 1: ") && wrong[1].starts_with("line 3: "), "{wrong:?}");
    assert_eq!(typed_batch(" \n").unwrap_err().len(), 1);
}

#[test]
fn inv_30_37_46_each_is_listed_as_far_as_it_has_come() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let listed = |run: &Run, events: usize| {
        Invalidations::of(&run.journal().events()[..events], run.walk().scenario.epoch_unix)
    };
    assert_eq!(listed(&run, 0), Invalidations::default());
    crate::get(&mut run, "paris", "/img/hero.jpg");
    let before = run.journal().len();
    let batch = typed_batch("/img/*\n/app.js").unwrap();
    run.act(Action::Invalidate(batch), before).unwrap();
    let now = listed(&run, run.journal().len());
    let [row] = &now.rows[..] else { panic!("{now:?}") };
    assert_eq!(
        (&*row.items, row.is_completed, row.caches, row.removed),
        ("/img/*, /app.js", true, 2, 2)
    );
    assert_eq!(row.status(), "Completed");
    assert_eq!(row.created, "Thu, 01 Jan 2026 00:00:00 GMT");
    assert!(now.cost.contains("It counts as 2 paths"), "INV-47: {}", now.cost);
    // At each playhead it says how far it has come.
    let progress: Vec<_> =
        (before + 1..=run.journal().len()).map(|at| listed(&run, at).rows[0].status()).collect();
    let expected = [
        "In progress: 0 caches reached",
        "In progress: 1 cache reached",
        "In progress: 2 caches reached",
        "Completed",
    ];
    assert_eq!(progress, expected);
    // The newest stands first.
    run.act(Action::Invalidate(typed_batch("/index.html").unwrap()), run.journal().len()).unwrap();
    assert_eq!(listed(&run, run.journal().len()).rows[0].items, "/index.html");
}

#[test]
fn inv_43_44_45_the_quotas_are_chosen_as_an_action() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let mut act = |action| {
        let end = run.journal().len();
        run.act(action, end).map_err(|error| error.to_string())
    };
    act(Action::SetQuotas { quotas: Quotas::Classic }).unwrap();
    let many: Vec<_> = (0..16).map(|number| format!("/{number}*")).collect();
    let batch = |count: usize| Action::Invalidate(typed_batch(&many[..count].join("\n")).unwrap());
    act(batch(15)).unwrap();
    let error = act(batch(16)).unwrap_err();
    assert!(error.contains("at most 15 paths with a wildcard in progress"), "{error}");
    act(Action::SetQuotas { quotas: Quotas::Newest }).unwrap();
    let error = act(batch(2)).unwrap_err();
    assert!(error.contains("at most 1 path with a wildcard in a second"), "{error}");
    assert_eq!(run.world().settings().quotas, Quotas::Newest);
}
