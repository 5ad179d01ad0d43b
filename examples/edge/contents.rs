//! All contents by what the engine's body handles name: a version, and the coding of the edge.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use edgewalk::edge::own_page;
use edgewalk::http::{Body, Coding};

use super::content::Content;

/// A content as a body handle names it.
type Name = (u32, Option<Coding>);

/// All contents by name. What no store names and nobody holds is dropped now and then.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    by_name: BTreeMap<Name, Arc<Content>>,
    last_version: u32,
    /// What came since the last sweep: contents and bytes.
    came: (usize, u64),
    /// What the last sweep left: contents and bytes.
    left: (usize, u64),
}

/// A sweep waits for at least so many contents or bytes.
const SWEEP_CONTENTS: usize = 64;
const SWEEP_BYTES: u64 = 16 << 20;

impl Contents {
    /// Takes a content in and gives it a version: never 0, and never that of the edge's own pages.
    pub(crate) fn add(&mut self, content: Content) -> (u32, Arc<Content>) {
        loop {
            self.last_version = self.last_version.wrapping_add(1);
            let version = self.last_version;
            let is_reserved = version == 0 || own_page::is_own(version);
            let from_here = self.by_name.range((version, None)..).next();
            let is_taken = from_here.is_some_and(|((known, _), _)| *known == version);
            if !is_reserved && !is_taken {
                return (version, self.insert((version, None), content));
            }
        }
    }

    /// The place for the coded form of a version.
    pub(crate) fn add_coded(&mut self, version: u32, coding: Coding) -> Arc<Content> {
        self.insert((version, Some(coding)), Content::whole())
    }

    fn insert(&mut self, name: Name, content: Content) -> Arc<Content> {
        let content = Arc::new(content);
        self.by_name.insert(name, Arc::clone(&content));
        self.came.0 += 1;
        content
    }

    pub(crate) fn get(&self, body: Body) -> Option<&Arc<Content>> {
        self.by_name.get(&name(body))
    }

    /// A content has ended and holds so many bytes.
    pub(crate) const fn ended(&mut self, held: u64) {
        self.came.1 += held;
    }

    /// Whether as much came since the last sweep as that one left.
    pub(crate) fn is_sweep_due(&self) -> bool {
        self.came.0 >= self.left.0.max(SWEEP_CONTENTS)
            || self.came.1 >= self.left.1.max(SWEEP_BYTES)
    }

    /// Drops what no stored body names and what nobody else holds.
    pub(crate) fn sweep(&mut self, stored: impl Iterator<Item = Body>) {
        let stored: BTreeSet<Name> = stored.map(name).collect();
        self.by_name
            .retain(|name, content| stored.contains(name) || Arc::strong_count(content) > 1);
        let held = self.by_name.values().map(|content| content.held_bytes()).sum();
        self.left = (self.by_name.len(), held);
        self.came = (0, 0);
    }
}

const fn name(body: Body) -> Name {
    (body.version, body.coding)
}
