//! The event queue: tasks by time, and in the order of their coming where times are equal.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::mem;

use crate::time::SimTime;

/// Tasks to come.
#[derive(Debug)]
pub(super) struct Queue<T> {
    /// One that comes before all others, if it is known. Where little is under way it is the only one, and no heap is needed.
    first: Option<Entry<T>>,
    heap: BinaryHeap<Reverse<Entry<T>>>,
    next_seq: u64,
}

#[derive(Debug)]
struct Entry<T> {
    at: SimTime,
    seq: u64,
    task: T,
}

impl<T> Queue<T> {
    pub(super) const fn new() -> Self {
        Self { first: None, heap: BinaryHeap::new(), next_seq: 0 }
    }

    pub(super) fn push(&mut self, at: SimTime, task: T) {
        let mut entry = Entry { at, seq: self.next_seq, task };
        self.next_seq += 1;
        match &mut self.first {
            None if self.heap.is_empty() => self.first = Some(entry),
            // Of equal times the one that came first stays.
            Some(first) if entry.at < first.at => {
                mem::swap(first, &mut entry);
                self.heap.push(Reverse(entry));
            }
            _ => self.heap.push(Reverse(entry)),
        }
    }

    pub(super) fn pop(&mut self) -> Option<(SimTime, T)> {
        let first = self.first.take().or_else(|| self.heap.pop().map(|Reverse(entry)| entry));
        first.map(|entry| (entry.at, entry.task))
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.seq).cmp(&(other.at, other.seq))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Entry<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_come_by_time_and_equal_times_in_order_of_arrival() {
        let mut queue = Queue::new();
        for (secs, name) in [(2, 'c'), (1, 'a'), (2, 'd'), (1, 'b')] {
            queue.push(SimTime::from_secs(secs), name);
        }
        let order: String = std::iter::from_fn(|| queue.pop()).map(|(_, name)| name).collect();
        assert_eq!(order, "abcd");
    }
}
