#![allow(clippy::unwrap_used)]
use std::time::Duration;

use super::*;
use crate::edge::invalidation::{Excess, Item, Mills};

/// One distribution of an account, and a clock.
struct Desk {
    ledger: Ledger,
    account: Account,
    quotas: Quotas,
    now: SimTime,
}

impl Desk {
    fn new(quotas: Quotas) -> Self {
        let (ledger, account) = (Ledger::default(), Account::default());
        Self { quotas, ledger, account, now: SimTime::ZERO }
    }

    fn wait(&mut self, micros: u64) {
        self.now += Duration::from_micros(micros);
    }

    fn submit(
        &mut self,
        items: &[String],
        reference: Option<&str>,
    ) -> Result<Submitted, InvalidationError> {
        let items = items.iter().map(|item| Item::new(item).unwrap()).collect();
        let batch = Batch::new(items, reference.map(String::from)).unwrap();
        let now = Moment { at: self.now, unix: 1_767_225_600 + self.now.as_secs() };
        let id = InvalidationId(format!("I{}", self.ledger.all.len()).into());
        self.ledger.submit(now, &batch, self.quotas, &mut self.account, || id)
    }

    /// Asks for so many plain paths and wildcards, and says which limit that breaks.
    fn ask(&mut self, paths: usize, wildcards: usize) -> Option<(Excess, usize)> {
        let plain = (0..paths).map(|at| format!("/{at}"));
        let items: Vec<String> = plain.chain((0..wildcards).map(|at| format!("/{at}/*"))).collect();
        match self.submit(&items, None) {
            Ok(_) => None,
            Err(InvalidationError::TooMany { excess, given }) => Some((excess, given)),
            Err(other) => panic!("{other}"),
        }
    }
}

fn items(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

#[test]
fn inv_37_41_an_invalidation_has_a_name_a_time_and_a_status() {
    let mut desk = Desk::new(Quotas::Newest);
    desk.wait(7_000_000);
    let created = desk.submit(&items(&["/a", "#b"]), None).unwrap();
    assert!(matches!(created, Submitted::Created(0, Bill { paths: 2, charged: 0, .. })));
    assert_eq!(Submitted::HTTP_STATUS.0, 201, "INV-41");
    let one = desk.ledger.all()[0].clone();
    assert_eq!((one.id().to_string().as_str(), one.created_at().as_secs()), ("I0", 7), "INV-41");
    assert_eq!((one.progress().as_str(), one.completed_at()), ("InProgress", None), "INV-37");
    desk.wait(3_000_000);
    desk.ledger.removed(0, 2);
    desk.ledger.removed(0, 1);
    desk.ledger.complete(0, desk.now);
    let one = &desk.ledger.all()[0];
    assert_eq!(one.progress().as_str(), "Completed", "INV-37");
    assert_eq!((one.completed_at(), one.removed()), (Some(SimTime::from_secs(10)), 3));
}

#[test]
fn inv_39_40_a_reference_is_one_invalidation() {
    let mut desk = Desk::new(Quotas::Newest);
    let first = desk.submit(&items(&["/a", "/b"]), Some("r")).unwrap();
    assert!(matches!(first, Submitted::Created(0, _)));
    desk.wait(60_000_000);
    desk.ledger.complete(0, desk.now);
    let again = desk.submit(&items(&["/a", "/b"]), Some("r")).unwrap();
    assert_eq!(again, Submitted::Earlier(0), "INV-39, even once it is complete");
    assert_eq!((desk.ledger.all().len(), desk.account.bill().paths), (1, 2), "INV-39: not counted");
    for others in [&["/a"][..], &["/a", "/c"], &["/a", "/b", "/c"]] {
        let refused = desk.submit(&items(others), Some("r")).unwrap_err();
        assert_eq!(refused.code(), "InvalidationBatchAlreadyExists", "INV-40");
        assert!(refused.to_string().contains("\"r\""));
    }
    assert_eq!(desk.account.bill().paths, 2, "what is refused is not counted");
    assert!(matches!(desk.submit(&items(&["/a", "/b"]), Some("s")), Ok(Submitted::Created(1, _))));
}

#[test]
fn inv_47_49_tag_08_each_item_is_counted_as_often_as_it_is_asked_for() {
    let mut desk = Desk::new(Quotas::Newest);
    for running in 1..=2_u64 {
        let Ok(Submitted::Created(_, bill)) = desk.submit(&items(&["/a"]), None) else { panic!() };
        assert_eq!(bill.paths, running, "INV-49: the first one is still running");
    }
    let Ok(Submitted::Created(_, bill)) = desk.submit(&items(&["/*", "#a", "/a", "/a"]), None)
    else {
        panic!()
    };
    assert_eq!(bill.paths, 6, "INV-47, TAG-08: a wildcard and a tag count as one");
    assert_eq!(bill.cost, Mills(0));
}

#[test]
fn inv_43_so_many_paths_or_tags_and_one_wildcard_within_a_second() {
    let mut desk = Desk::new(Quotas::Newest);
    assert_eq!(desk.ask(151, 0), Some((Excess::PathsASecond, 151)), "none of it is taken");
    assert_eq!(desk.ask(0, 2), Some((Excess::WildcardsASecond, 2)));
    assert_eq!(desk.ask(150, 1), None, "each by itself");
    desk.wait(999_999);
    assert_eq!(desk.ask(1, 0), Some((Excess::PathsASecond, 151)));
    assert_eq!(desk.ask(0, 1), Some((Excess::WildcardsASecond, 2)));
    let tag = desk.submit(&items(&["#a"]), None).unwrap_err();
    assert_eq!((tag.code(), tag.http_status().0), ("TooManyInvalidationsInProgress", 400));
    assert!(tag.to_string().contains("at most 150 paths and tags in a second"), "{tag}");
    desk.wait(1);
    assert_eq!(desk.ask(75, 1), None, "though those before are still in progress");
    desk.wait(500_000);
    assert_eq!(desk.ask(75, 0), None);
    desk.wait(500_000);
    assert_eq!(desk.ask(76, 0), Some((Excess::PathsASecond, 151)), "over any one second");
    assert_eq!(desk.ask(75, 1), None);
}

#[test]
fn inv_44_45_the_classic_limits_count_what_is_in_progress() {
    let mut desk = Desk::new(Quotas::Classic);
    for _ in 0..30 {
        assert_eq!(desk.ask(100, 0), None, "3,000 as 30 times 100, all in one second");
    }
    assert_eq!(desk.ask(1, 0), Some((Excess::PathsInProgress, 3_001)));
    for _ in 0..5 {
        assert_eq!(desk.ask(0, 3), None, "15 wildcards beside them");
    }
    assert_eq!(desk.ask(0, 1), Some((Excess::WildcardsInProgress, 16)));
    desk.wait(60_000_000);
    assert_eq!(desk.ask(1, 0), Some((Excess::PathsInProgress, 3_001)), "time alone frees nothing");
    desk.ledger.complete(3, desk.now);
    assert_eq!(desk.ask(100, 0), None);
    assert_eq!(desk.ask(1, 0), Some((Excess::PathsInProgress, 3_001)));
    desk.ledger.complete(30, desk.now);
    assert_eq!(desk.ask(0, 3), None);
    assert_eq!(Quotas::default(), Quotas::Newest, "INV-45");
}
