//! Who reads the configurations that a link or a file brings along. Most bring none, and the page fetches the reader, which
//! is large, only for those that do.

use crate::distribution::aws::ErrorCode;
use crate::distribution::{AwsError, Configuration};
use crate::json::Json;

/// As [`Configuration::from_stored`].
pub(super) type Configurations = fn(&Json) -> Result<Configuration, Vec<AwsError>>;

/// The actions that hold one.
pub(super) const CONFIGURING: [&str; 2] = ["configure", "deploy"];

/// Reads none: [`Link::brings_configuration`](super::Link::brings_configuration) knows those that it is not for, as they are written here.
pub(super) fn no_configuration(json: &Json) -> Result<Configuration, Vec<AwsError>> {
    let rule =
        "a configuration in a link begins with own=, configure: or deploy:, spelled so".to_owned();
    let given = json.shown();
    Err(vec![AwsError::Refused {
        path: String::new(),
        given,
        code: ErrorCode::InvalidArgument,
        row: "IM-16",
        rule,
    }])
}
