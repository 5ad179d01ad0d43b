//! ECDSA on the curve P-256 (FIPS 186-5, SEC 2), as far as a signature is verified.

use super::number::{Modulus, Number, from_bytes, is_less, is_zero};
use crate::distribution::element;

const LIMBS: usize = 8;

/// The field's prime.
const P: [u32; LIMBS] = [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0, 0, 0, 1, 0xffff_ffff];
/// The order of the base point.
const N: [u32; LIMBS] =
    [0xfc63_2551, 0xf3b9_cac2, 0xa717_9e84, 0xbce6_faad, 0xffff_ffff, 0xffff_ffff, 0, 0xffff_ffff];
/// The curve is y² = x³ - 3x + b.
const B: [u32; LIMBS] = [
    0x27d2_604b,
    0x3bce_3c3e,
    0xcc53_b0f6,
    0x651d_06b0,
    0x7698_86bc,
    0xb3eb_bd55,
    0xaa3a_93e7,
    0x5ac6_35d8,
];
/// The base point.
const GX: [u32; LIMBS] = [
    0xd898_c296,
    0xf4a1_3945,
    0x2deb_33a0,
    0x7703_7d81,
    0x63a4_40f2,
    0xf8bc_e6e5,
    0xe12c_4247,
    0x6b17_d1f2,
];
const GY: [u32; LIMBS] = [
    0x37bf_51f5,
    0xcbb6_4068,
    0x6b31_5ece,
    0x2bce_3357,
    0x7c0f_9e16,
    0x8ee7_eb4a,
    0xfe1a_7f9b,
    0x4fe3_42e2,
];

/// A point in Jacobian coordinates, each in Montgomery's form; at infinity where z is 0.
#[derive(Clone)]
struct Point {
    x: Number,
    y: Number,
    z: Number,
}

/// Whether a signature, as DER (SIG-15, MODEL), is that of a hash by the key with this point.
pub(super) fn verifies(x: &[u8], y: &[u8], hash: &[u8], signature: &[u8]) -> bool {
    verified(x, y, hash, signature) == Some(true)
}

fn verified(x: &[u8], y: &[u8], hash: &[u8], signature: &[u8]) -> Option<bool> {
    let (pair, rest) = element(signature, 0x30)?;
    let (r, pair) = element(pair, 0x02)?;
    let (s, after) = element(pair, 0x02)?;
    let (r, s) = (scalar(r)?, scalar(s)?);
    if !rest.is_empty() || !after.is_empty() {
        return None;
    }
    let field = Modulus::new(P.to_vec());
    let order = Modulus::new(N.to_vec());
    let key = point(&field, &from_bytes(x, LIMBS), &from_bytes(y, LIMBS))?;
    let base = point(&field, &GX, &GY)?;
    // The leftmost 256 bits: a hash has no more.
    let hash = from_bytes(hash.get(..hash.len().min(32))?, LIMBS);
    let of_s = order.inverse(&order.inward(&s));
    let times = |number: &[u32]| order.outward(&order.mul(&order.inward(number), &of_s));
    let (by_hash, by_r) = (times(&hash), times(&r));
    let both = sum(&field, &base, &key);
    let mut at = Point { z: vec![0; LIMBS], ..base.clone() };
    for bit in (0..32 * LIMBS).rev() {
        at = double(&field, &at);
        let has = |number: &[u32]| number[bit / 32] >> (bit % 32) & 1 == 1;
        at = match (has(&by_hash), has(&by_r)) {
            (false, false) => at,
            (true, false) => sum(&field, &at, &base),
            (false, true) => sum(&field, &at, &key),
            (true, true) => sum(&field, &at, &both),
        };
    }
    if is_zero(&at.z) {
        return None;
    }
    let of_z = field.inverse(&at.z);
    let x = field.outward(&field.mul(&at.x, &field.mul(&of_z, &of_z)));
    Some(order.reduced(x, false) == r) // it is less than twice n
}

/// From 1 to n - 1.
fn scalar(bytes: &[u8]) -> Option<Number> {
    let bytes = bytes.strip_prefix(&[0]).unwrap_or(bytes);
    let number = from_bytes(bytes, LIMBS);
    (bytes.len() <= 32 && !is_zero(&number) && is_less(&number, &N)).then_some(number)
}

/// A point that lies on the curve.
fn point(field: &Modulus, x: &[u32], y: &[u32]) -> Option<Point> {
    if !is_less(x, field.limbs()) || !is_less(y, field.limbs()) {
        return None;
    }
    let one = field.inward(&[1, 0, 0, 0, 0, 0, 0, 0]);
    let (x, y) = (field.inward(x), field.inward(y));
    let square = field.mul(&x, &x);
    let three_x = field.add(&x, &field.add(&x, &x));
    let cubic = field.sub(&field.mul(&square, &x), &three_x);
    let right = field.add(&cubic, &field.inward(&B));
    (field.mul(&y, &y) == right).then_some(Point { x, y, z: one })
}

/// `dbl-2001-b` of the Explicit-Formulas Database, for a = -3.
fn double(field: &Modulus, point: &Point) -> Point {
    let mul = |one: &Number, other: &Number| field.mul(one, other);
    let twice = |number: &Number| field.add(number, number);
    let (delta, gamma) = (mul(&point.z, &point.z), mul(&point.y, &point.y));
    let beta = mul(&point.x, &gamma);
    let product = mul(&field.sub(&point.x, &delta), &field.add(&point.x, &delta));
    let alpha = field.add(&product, &twice(&product));
    let four_beta = twice(&twice(&beta));
    let x = field.sub(&mul(&alpha, &alpha), &twice(&four_beta));
    let yz = field.add(&point.y, &point.z);
    let z = field.sub(&field.sub(&mul(&yz, &yz), &gamma), &delta);
    let eight = twice(&twice(&twice(&mul(&gamma, &gamma))));
    let y = field.sub(&mul(&alpha, &field.sub(&four_beta, &x)), &eight);
    Point { x, y, z }
}

/// `add-1998-cmo-2` of the Explicit-Formulas Database, with its names.
#[allow(clippy::many_single_char_names)]
fn sum(field: &Modulus, one: &Point, other: &Point) -> Point {
    if is_zero(&one.z) {
        return other.clone();
    }
    if is_zero(&other.z) {
        return one.clone();
    }
    let mul = |one: &Number, other: &Number| field.mul(one, other);
    let (z1z1, z2z2) = (mul(&one.z, &one.z), mul(&other.z, &other.z));
    let (u1, u2) = (mul(&one.x, &z2z2), mul(&other.x, &z1z1));
    let s1 = mul(&one.y, &mul(&other.z, &z2z2));
    let s2 = mul(&other.y, &mul(&one.z, &z1z1));
    let (h, r) = (field.sub(&u2, &u1), field.sub(&s2, &s1));
    if is_zero(&h) {
        if is_zero(&r) {
            return double(field, one);
        }
        return Point { z: vec![0; LIMBS], ..one.clone() };
    }
    let hh = mul(&h, &h);
    let hhh = mul(&h, &hh);
    let v = mul(&u1, &hh);
    let x = field.sub(&field.sub(&mul(&r, &r), &hhh), &field.add(&v, &v));
    let y = field.sub(&mul(&r, &field.sub(&v, &x)), &mul(&s1, &hhh));
    Point { x, y, z: mul(&mul(&one.z, &other.z), &h) }
}
