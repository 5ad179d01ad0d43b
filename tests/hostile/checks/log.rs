//! An access log.

use edgewalk::edge::access_log::{AccessLog, text as written};

/// A log that comes in two pieces: what it has of records is whole, counted, and written as what reads as the same; what is
/// wrong is told by name.
pub fn access_log(data: &[u8]) {
    let (first, second) = data.split_at(data.len() / 3);
    let mut log = AccessLog::new();
    log.feed(first).unwrap();
    log.feed(second).unwrap();
    log.finish();
    assert_eq!(log.bytes(), data.len());
    for problem in log.problems().first() {
        let message = problem.to_string();
        assert!((15..400).contains(&message.len()), "{message}");
    }
    let records: Vec<_> = (0..log.len()).map(|index| log.record(index).unwrap()).collect();
    assert_eq!(log.tally().all().requests, records.len() as u64);
    let again = AccessLog::read(&written(&records));
    assert!(again.problems().is_empty(), "{:?}", again.problems());
    assert!((0..again.len()).map(|index| again.record(index).unwrap()).eq(records));
    for index in 0..log.len() {
        let record = log.record(index).unwrap();
        let _ = (record.path.text(), record.path.bytes());
    }
}
