//! For how long a function runs.

use std::time::Duration;

use crate::distribution::Runtime;

/// IM-12 (MODEL): a run of a CloudFront function, a fifth of what it may take at most (EDGE-23, OPEN-06).
const CLOUDFRONT: Duration = Duration::from_micros(200);

/// IM-12 (MODEL): a run of a Lambda function that is warm, without the way to it.
const LAMBDA: Duration = Duration::from_millis(5);

/// For how long a function runs; for so long everything waits for it (EDGE-07).
pub const fn run_time(runtime: Runtime) -> Duration {
    match runtime {
        Runtime::CloudFront => CLOUDFRONT,
        Runtime::Lambda => LAMBDA,
    }
}
