//! Whole numbers of a few hundred or thousand bits, calculated modulo an odd one (Montgomery's way: P. Montgomery, "Modular
//! multiplication without trial division", 1985). All of them are public, so nothing here hides how long it takes.

/// A number: 32 bits a limb, the smallest first, as many as its modulus has.
pub(super) type Number = Vec<u32>;

/// An odd modulus.
pub(super) struct Modulus {
    limbs: Number,
    /// What the lowest limb has to be multiplied by to become -1.
    inverse: u32,
    /// The square of 2 to the power of all its bits, modulo it.
    square: Number,
}

/// From bytes, the first one first, in as many limbs.
pub(super) fn from_bytes(bytes: &[u8], limbs: usize) -> Number {
    let mut number = vec![0; limbs];
    for (place, byte) in bytes.iter().rev().enumerate() {
        if let Some(limb) = number.get_mut(place / 4) {
            *limb |= u32::from(*byte) << (8 * (place % 4));
        }
    }
    number
}

/// Its bytes, the first one first.
pub(super) fn to_bytes(number: &[u32]) -> Vec<u8> {
    number.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect()
}

pub(super) fn is_zero(number: &[u32]) -> bool {
    number.iter().all(|limb| *limb == 0)
}

/// Whether one is less than another with as many limbs.
pub(super) fn is_less(one: &[u32], other: &[u32]) -> bool {
    let differing = one.iter().zip(other).rev().find(|(one, other)| one != other);
    differing.is_some_and(|(one, other)| one < other)
}

/// Takes one from another with as many limbs; what is borrowed at the end is dropped.
fn subtract(from: &mut [u32], other: &[u32]) {
    let mut borrowed = 0;
    for (limb, other) in from.iter_mut().zip(other) {
        let difference = i64::from(*limb) - i64::from(*other) - borrowed;
        *limb = difference as u32;
        borrowed = i64::from(difference < 0);
    }
}

impl Modulus {
    pub(super) fn new(limbs: Number) -> Self {
        let lowest = limbs.first().copied().unwrap_or(1);
        // Newton: each step doubles the number of right bits.
        let mut inverse = 1u32;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2u32.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        let mut modulus = Self { inverse: inverse.wrapping_neg(), square: Vec::new(), limbs };
        let mut square = vec![0; modulus.limbs.len()];
        square[0] = 1;
        for _ in 0..64 * modulus.limbs.len() {
            square = modulus.add(&square, &square);
        }
        modulus.square = square;
        modulus
    }

    pub(super) fn limbs(&self) -> &[u32] {
        &self.limbs
    }

    /// What is left of a number with as many limbs that is less than twice the modulus, or has one bit more.
    pub(super) fn reduced(&self, mut number: Number, carry: bool) -> Number {
        if carry || !is_less(&number, &self.limbs) {
            subtract(&mut number, &self.limbs);
        }
        number
    }

    pub(super) fn add(&self, one: &[u32], other: &[u32]) -> Number {
        let mut carry = 0u64;
        let sum = one.iter().zip(other).map(|(one, other)| {
            let sum = u64::from(*one) + u64::from(*other) + carry;
            carry = sum >> 32;
            sum as u32
        });
        let sum = sum.collect();
        self.reduced(sum, carry > 0)
    }

    pub(super) fn sub(&self, one: &[u32], other: &[u32]) -> Number {
        let mut negative = self.limbs.clone();
        subtract(&mut negative, other);
        self.add(one, &negative)
    }

    /// The product of two numbers in Montgomery's form.
    pub(super) fn mul(&self, one: &[u32], other: &[u32]) -> Number {
        let size = self.limbs.len();
        let mut sum = vec![0u32; size + 2];
        for limb in one {
            let mut carry = add_product(&mut sum, *limb, other);
            let (low, over) = sum[size].overflowing_add(carry);
            (sum[size], sum[size + 1]) = (low, u32::from(over));
            let factor = sum[0].wrapping_mul(self.inverse);
            carry = add_product(&mut sum, factor, &self.limbs);
            let (low, over) = sum[size].overflowing_add(carry);
            (sum[size], sum[size + 1]) = (low, sum[size + 1] + u32::from(over));
            sum.rotate_left(1); // the lowest limb is 0 now
        }
        let carry = sum[size] > 0;
        sum.truncate(size);
        self.reduced(sum, carry)
    }

    /// Into Montgomery's form.
    pub(super) fn inward(&self, number: &[u32]) -> Number {
        self.mul(number, &self.square)
    }

    /// Out of it.
    pub(super) fn outward(&self, number: &[u32]) -> Number {
        let mut one = vec![0; self.limbs.len()];
        one[0] = 1;
        self.mul(number, &one)
    }

    /// A power of a number in Montgomery's form.
    pub(super) fn power(&self, number: &[u32], exponent: &[u32]) -> Number {
        let mut one = vec![0; self.limbs.len()];
        one[0] = 1;
        let mut power = self.inward(&one);
        for limb in exponent.iter().rev() {
            for bit in (0..32).rev() {
                power = self.mul(&power, &power);
                if limb >> bit & 1 == 1 {
                    power = self.mul(&power, number);
                }
            }
        }
        power
    }

    /// What a number in Montgomery's form has to be multiplied by to become 1, where the modulus is a prime (Fermat).
    pub(super) fn inverse(&self, number: &[u32]) -> Number {
        let mut exponent = self.limbs.clone();
        let mut two = vec![0; exponent.len()];
        two[0] = 2;
        subtract(&mut exponent, &two);
        self.power(number, &exponent)
    }
}

/// Adds a limb's product with a number, and returns what is carried.
fn add_product(sum: &mut [u32], limb: u32, number: &[u32]) -> u32 {
    let mut carry = 0u64;
    for (place, other) in sum.iter_mut().zip(number) {
        let product = u64::from(limb) * u64::from(*other) + u64::from(*place) + carry;
        *place = product as u32;
        carry = product >> 32;
    }
    carry as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_calculates_as_u128_does() {
        let split = |number: u64| vec![number as u32, (number >> 32) as u32];
        let whole = |limbs: &[u32]| u64::from(limbs[0]) | u64::from(limbs[1]) << 32;
        let mut state = 88_172_645_463_325_252u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..200 {
            let n = next() | 1 | 1 << 63;
            let (a, b) = (next() % n, next() % n);
            let modulus = Modulus::new(split(n));
            let wide = |value: u128| (value % u128::from(n)) as u64;
            assert_eq!(
                whole(&modulus.add(&split(a), &split(b))),
                wide(u128::from(a) + u128::from(b))
            );
            let difference = wide(u128::from(a) + u128::from(n) - u128::from(b));
            assert_eq!(whole(&modulus.sub(&split(a), &split(b))), difference);
            let product = modulus.mul(&modulus.inward(&split(a)), &modulus.inward(&split(b)));
            assert_eq!(whole(&modulus.outward(&product)), wide(u128::from(a) * u128::from(b)));
            let cube = modulus.power(&modulus.inward(&split(a)), &[3]);
            let expected = wide(u128::from(wide(u128::from(a) * u128::from(a))) * u128::from(a));
            assert_eq!(whole(&modulus.outward(&cube)), expected);
        }
        let prime = Modulus::new(split(0xffff_ffff_ffff_ffc5)); // the largest prime of 64 bits
        let number = prime.inward(&split(123_456_789));
        let one = prime.outward(&prime.mul(&number, &prime.inverse(&number)));
        assert_eq!(whole(&one), 1);
    }
}
