//! The prices (PRC-01 to PRC-33). Each as the price list has it, in the unit that makes it a whole number.

use super::area::Area;
use super::money::Money;
use crate::distribution::Runtime;
use crate::edge::run_time;

/// Bytes of a GB and of a TB: the model's choice, as the worked test of section 9.3 says.
pub(super) const GB: u64 = 1 << 30;
pub(super) const TB: u64 = 1_024 * GB;

/// PRC-01: what costs nothing each month, for good (MYTH-23).
pub(super) const FREE_BYTES: u64 = TB;
pub(super) const FREE_REQUESTS: u64 = 10_000_000;
pub(super) const FREE_RUNS: u64 = 2_000_000;

/// The lengths of the tiers in which bytes to viewers become cheaper, in TB; the last one has no end.
const TIERS: [u64; 6] = [10, 40, 100, 350, 524, 4_096];

/// To viewers, in thousandths of a dollar a GB, tier by tier.
const fn to_viewers_by_tier(area: Area) -> [u64; 7] {
    match area {
        Area::NorthAmerica | Area::Europe => [85, 80, 60, 40, 30, 25, 20], // PRC-20, PRC-21
        Area::Africa | Area::SouthAmerica => [110, 105, 90, 80, 60, 50, 40], // PRC-22, PRC-23
        Area::Japan => [114, 89, 86, 84, 80, 70, 60],                      // PRC-24
        Area::Oceania => [114, 98, 94, 92, 90, 85, 80],                    // PRC-25
        Area::Asia => [120, 100, 95, 90, 80, 70, 60],                      // PRC-26
        Area::India => [109, 85, 82, 80, 78, 75, 72],                      // PRC-27
    }
}

/// What the first GB to viewers costs.
pub(super) const fn first_gb(area: Area) -> Money {
    Money::mills(to_viewers_by_tier(area)[0])
}

/// What so many bytes to viewers cost in a month, the first of which cost nothing.
pub(super) fn to_viewers(area: Area, bytes: u64, free: u64) -> Money {
    let (mut sum, mut left, mut free) = (Money::default(), bytes, free);
    let lengths = TIERS.into_iter().map(|tb| tb * TB).chain([u64::MAX]);
    for (length, mills) in lengths.zip(to_viewers_by_tier(area)) {
        let here = left.min(length);
        let paid = here - here.min(free);
        sum = sum + Money::mills(mills).per_gb() * paid;
        (left, free) = (left - here, free - (here - paid));
    }
    sum
}

/// A request of a viewer (PRC-30 to PRC-33).
pub(super) const fn request(area: Area, is_tls: bool) -> Money {
    // In hundredths of a cent for 10,000.
    let (http, https) = match area {
        Area::NorthAmerica => (75, 100),  // PRC-30
        Area::Oceania => (90, 125),       // PRC-32
        Area::SouthAmerica => (160, 220), // PRC-33
        _ => (90, 120),                   // PRC-31
    };
    Money::picos(10_000 * if is_tls { https } else { http })
}

/// PRC-03, PRC-41 (MODEL): a GB to an origin.
pub(super) const fn gb_to_origin(area: Area) -> Money {
    Money::mills(match area {
        Area::NorthAmerica | Area::Europe => 20,
        _ => 60,
    })
}

/// PRC-08, PRC-42 (MODEL): a request that reaches Origin Shield as a further layer, by the Shield's Region.
pub(super) const fn shield_request(area: Area) -> Money {
    request(area, false)
}

/// PRC-05: a run of a CloudFront function.
pub(super) const CLOUDFRONT_RUN: Money = Money::picos(100_000);

/// PRC-07: a run of a Lambda function, without its time.
pub(super) const LAMBDA_RUN: Money = Money::picos(600_000);

/// PRC-43 (MODEL): what a run of Lambda@Edge takes, for as long as it runs (IM-12).
pub(super) const LAMBDA_MEGABYTES: u64 = 128;
pub(super) const LAMBDA_MILLIS: u64 = run_time(Runtime::Lambda).as_millis() as u64;

/// PRC-07: the time of one run, metered by the millisecond.
pub(super) fn lambda_time(megabytes: u64, millis: u64) -> Money {
    // $0.00005001 for a second of a GB of 1,024 MB.
    Money::picos(50_010_000).per_mb_and_milli() * megabytes.saturating_mul(millis)
}

/// PRC-04, INV-47: a path of an invalidation.
pub(super) const PATH: Money = Money::mills(5);

/// PRC-11: a line of a real-time log.
pub(super) const LOG_LINE: Money = Money::picos(10_000);

/// PRC-09: a month of a certificate with addresses of its own.
pub(super) const DEDICATED_IP: Money = Money::mills(600_000);

/// PRC-12: a month of a list of static addresses.
pub(super) const ANYCAST_LIST: Money = Money::mills(3_000_000);
