//! What an access log tells of the objects that the origins hold: their paths, types and sizes (IM-15, IM-17).

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::walked::sendable;
use crate::edge::access_log::{AccessLog, Record, Value};
use crate::http::Status;
use crate::origin::Given;

/// The objects of a log, those that were asked for most first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedObjects {
    /// The objects.
    pub given: Vec<Given>,
    /// How many paths of the log are none: nothing was found there, or nobody could ask for it, or it is one too many.
    pub left_out: usize,
}

/// What the records of one path tell.
#[derive(Clone, Default)]
struct Told {
    content_type: Option<String>,
    size_bytes: Option<u64>,
    is_object: bool,
}

/// The objects that a log tells of.
pub fn objects(log: &AccessLog) -> LoggedObjects {
    let paths = log.tally().paths();
    let top = paths.top(Given::MOST);
    let places = top.iter().zip(0..).map(|((path, _), place)| ((*path).into(), place));
    let places: HashMap<Box<str>, u32, FixedState> = places.collect();
    let mut told = vec![Told::default(); top.len()];
    for record in (0..log.len()).filter_map(|index| log.record(index)) {
        let place = places.get(record.path.as_logged()).map(|place| *place as usize);
        if let Some(told) = place.and_then(|place| told.get_mut(place)) {
            told.hear(&record);
        }
    }
    let found = top.iter().zip(told).filter(|(_, told)| told.is_object);
    let given: Vec<Given> = found.filter_map(|((path, _), told)| told.given(path)).collect();
    // Names beyond the tally's room are not counted, so that this is a lower bound for a log of very many.
    LoggedObjects { left_out: paths.len() - given.len(), given }
}

/// Statuses of an answer that says what an object is.
const OF_AN_OBJECT: [Status; 4] =
    [Status::OK, Status(203), Status::PARTIAL_CONTENT, Status::NOT_MODIFIED];

impl Told {
    fn hear(&mut self, record: &Record<'_>) {
        let method = record.method.as_logged();
        let Some(status) = record.status.filter(|status| OF_AN_OBJECT.contains(status)) else {
            return;
        };
        if !["GET", "HEAD", "POST"].contains(&method) {
            return;
        }
        self.is_object = true;
        if status == Status::NOT_MODIFIED {
            return;
        }
        if self.content_type.is_none() {
            self.content_type = record.content_type.as_ref().map(Value::text);
        }
        let size = if status == Status::PARTIAL_CONTENT {
            record.range_last.and_then(|last| last.checked_add(1))
        } else {
            let sent = Some(record.bytes_down).filter(|_| method != "HEAD");
            record.content_length.or(sent)
        };
        self.size_bytes = self.size_bytes.max(size);
    }

    /// The object; what a log says of it that none could have is not told.
    fn given(self, path: &str) -> Option<Given> {
        let (path, _) = sendable(&Value::logged(path));
        let mut given = Given::new(&path).ok()?;
        if let Some(content_type) = &self.content_type {
            given = given.clone().of_type(content_type).unwrap_or(given);
        }
        if let Some(bytes) = self.size_bytes {
            given = given.clone().of_size(bytes).unwrap_or(given);
        }
        Some(given)
    }
}
