//! The invalidations of a walk as the console lists them, and one that is typed (caching.md section 8).

use crate::edge::{Batch, Decision, InvalidationId, Item};
use crate::http::date;
use crate::scene::{units, words};
use crate::simulation::{Event, What};

/// What the console shows of them, up to the playhead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalidations {
    /// The newest first.
    pub rows: Vec<InvalidationRow>,
    /// What the month has come to with the newest (INV-46, INV-47); empty where there is none.
    pub cost: String,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidationRow {
    /// Its name (INV-41).
    pub id: InvalidationId,
    /// Its paths and tags.
    pub items: String,
    /// When it was asked for.
    pub created: String,
    /// Whether it has reached every cache (INV-37).
    pub is_completed: bool,
    /// How many caches it has reached.
    pub caches: usize,
    /// How many stored responses went.
    pub removed: usize,
}

impl Invalidations {
    /// Those of a journal's events, which count from this Unix time.
    pub fn of(events: &[Event], epoch_unix: u64) -> Self {
        let mut all = Self::default();
        for event in events {
            match &event.what {
                What::InvalidationCreated { id, batch, bill } => {
                    let items: Vec<String> = batch.items().iter().map(Item::to_string).collect();
                    let row = InvalidationRow {
                        id: id.clone(),
                        items: items.join(", "),
                        created: date::print(epoch_unix + event.at.as_secs()),
                        is_completed: false,
                        caches: 0,
                        removed: 0,
                    };
                    all.rows.insert(0, row);
                    all.cost = words::cost_of_invalidation(batch, bill);
                }
                What::Decided(Decision::Invalidated { id, removed, .. }) => {
                    if let Some(row) = all.row(id) {
                        row.caches += 1;
                        row.removed += removed.len();
                    }
                }
                What::InvalidationCompleted { id, .. } => {
                    if let Some(row) = all.row(id) {
                        row.is_completed = true;
                    }
                }
                _ => {}
            }
        }
        all
    }

    fn row(&mut self, id: &InvalidationId) -> Option<&mut InvalidationRow> {
        self.rows.iter_mut().find(|row| row.id == *id)
    }
}

impl InvalidationRow {
    /// `Completed`, or how far it has come.
    pub fn status(&self) -> String {
        if self.is_completed {
            return "Completed".to_owned();
        }
        format!("In progress: {} reached", units::count(self.caches, "cache", "caches"))
    }
}

/// What is typed, one path or tag a line (INV-01); what is wrong with it, by its line.
pub fn typed_batch(text: &str) -> Result<Batch, Vec<String>> {
    let (mut items, mut wrong) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() {
            continue;
        }
        match Item::of_console(line) {
            Ok(item) => items.push(item),
            Err(error) => wrong.push(format!("line {number}: {error}")),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Batch::new(items, None).map_err(|error| vec![error.to_string()])
}
