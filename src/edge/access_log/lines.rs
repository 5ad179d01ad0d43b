//! The lines of a log, kept once: blocks of text, and where in them each line stands. A log is too large for a text each.

/// The size of a block in bytes. A line stands in one block, so at its end up to a line's length stays free.
const BLOCK: usize = 1 << 21;

/// For how many lines more room is made at once.
const PLACES: usize = 1 << 14;

/// The lines of records.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    blocks: Vec<Vec<u8>>,
    places: Vec<Place>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Counted as if all blocks were one.
    at: u32,
    length: u32,
    /// Its number in the file, from 1.
    line: u32,
}

impl Lines {
    /// The longest line that has room, in bytes.
    pub(super) const LONGEST: usize = 1 << 17;

    /// Keeps a line that is not longer than [`Lines::LONGEST`], with its number in the file.
    pub(super) fn push(&mut self, text: &str, line: u32) {
        let has_room = |block: &Vec<u8>| block.len() + text.len() <= BLOCK;
        if !self.blocks.last().is_some_and(has_room) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let block = self.blocks.len() - 1;
        let Some(last) = self.blocks.last_mut() else { return };
        let at = (block * BLOCK + last.len()) as u32;
        last.extend_from_slice(text.as_bytes());
        if self.places.len() == self.places.capacity() {
            self.places.reserve_exact(PLACES); // twice as many would be more than there is room for
        }
        self.places.push(Place { at, length: text.len() as u32, line });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// One of them, with its number in the file.
    pub(super) fn get(&self, index: usize) -> Option<(&str, u32)> {
        let place = self.places.get(index)?;
        let first = place.at as usize % BLOCK;
        let block = self.blocks.get(place.at as usize / BLOCK)?;
        let text = block.get(first..first + place.length as usize)?;
        Some((std::str::from_utf8(text).ok()?, place.line))
    }

    /// The memory that they take, in bytes.
    pub(super) fn held_bytes(&self) -> usize {
        let blocks: usize = self.blocks.iter().map(Vec::capacity).sum();
        blocks + self.places.capacity() * size_of::<Place>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_from_whatever_block_they_stand_in() {
        let mut lines = Lines::default();
        let text = |index: usize| {
            let length = [0, 1, 400, Lines::LONGEST, Lines::LONGEST - 7][index % 5];
            char::from(b'a' + (index % 26) as u8).to_string().repeat(length)
        };
        (0..60).for_each(|index| lines.push(&text(index), index as u32 * 3));
        for index in 0..60 {
            assert_eq!(lines.get(index), Some((text(index).as_str(), index as u32 * 3)), "{index}");
        }
        assert_eq!((lines.len(), lines.get(60)), (60, None));
        assert!(
            lines.blocks.len() > 1 && lines.blocks.iter().all(|block| block.capacity() == BLOCK)
        );
    }
}
