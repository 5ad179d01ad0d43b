//! CRC-32 (RFC 1952 section 8, ISO 3309).

/// The sum of some bytes so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checksum(u32);

/// What four bits come to: a table of 256 would be quicker, and a thousand bytes of it would not pack.
const OF_FOUR_BITS: [u32; 16] = {
    let mut table = [0; 16];
    let mut bits = 0;
    while bits < 16 {
        let (mut sum, mut step) = (bits as u32, 0);
        while step < 4 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            step += 1;
        }
        table[bits] = sum;
        bits += 1;
    }
    table
};

impl Checksum {
    pub(super) const fn new() -> Self {
        Self(u32::MAX)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        let step = |sum: u32| OF_FOUR_BITS[(sum & 15) as usize] ^ (sum >> 4);
        self.0 = bytes.iter().fold(self.0, |sum, byte| step(step(sum ^ u32::from(*byte))));
    }

    pub(super) const fn value(self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_the_nine_digits_is_the_published_one() {
        let mut sum = Checksum::new();
        sum.add(b"1234");
        sum.add(b"56789");
        assert_eq!(sum.value(), 0xcbf4_3926);
        assert_eq!(Checksum::new().value(), 0);
    }
}
