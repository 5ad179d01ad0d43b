//! The body of `CreateInvalidation` as AWS names its parts, and what becomes of it.

use serde::{Deserialize, Serialize};

use super::{Batch, InvalidationError, Item};

/// An `InvalidationBatch` of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InvalidationBatch {
    /// What is to go.
    pub paths: Paths,
    /// Tells a request that is sent twice from two requests.
    pub caller_reference: String,
}

/// The `Paths` of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Paths {
    /// How many items follow.
    pub quantity: usize,
    /// Paths, and tags with their `#`.
    #[serde(default)]
    pub items: Vec<String>,
}

impl Batch {
    /// Checks the body of a request as the API does (INV-42).
    pub fn of_request(body: Option<&InvalidationBatch>) -> Result<Self, InvalidationError> {
        let Some(InvalidationBatch { paths, caller_reference }) = body else {
            return Err(InvalidationError::MissingBody); // INV-42
        };
        let (quantity, items) = (paths.quantity, paths.items.len());
        if quantity != items {
            return Err(InvalidationError::InconsistentQuantities { quantity, items }); // INV-42
        }
        let items = paths.items.iter().map(|item| Item::new(item)).collect::<Result<_, _>>()?;
        Self::new(items, Some(caller_reference.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Result<Batch, (&'static str, u16)> {
        let body: Option<InvalidationBatch> = serde_json::from_str(text).unwrap();
        Batch::of_request(body.as_ref()).map_err(|error| (error.code(), error.http_status().0))
    }

    #[test]
    fn inv_42_what_the_api_says_to_ill_formed_requests() {
        let body = |quantity: u8, items: &str| {
            let paths = format!(r#"{{"Quantity":{quantity},"Items":{items}}}"#);
            read(&format!(r#"{{"Paths":{paths},"CallerReference":"r"}}"#))
        };
        let good = body(2, r##"["/a", "#b"]"##).unwrap();
        assert_eq!((good.to_string().as_str(), good.caller_reference()), ("/a and #b", Some("r")));
        assert_eq!(read("null"), Err(("MissingBody", 400)));
        assert_eq!(body(1, r#"["/a", "/b"]"#), Err(("InconsistentQuantities", 400)));
        assert_eq!(body(2, r#"["/a"]"#), Err(("InconsistentQuantities", 400)));
        assert_eq!(body(1, r#"["a"]"#), Err(("InvalidArgument", 400)));
        assert_eq!(body(0, "[]"), Err(("InvalidArgument", 400)));
        let bare = r#"{"Paths":{"Quantity":0},"CallerReference":"r"}"#;
        assert_eq!(read(bare), Err(("InvalidArgument", 400)));
    }
}
