//! Public keys and groups of them (SIG-12, SIG-21), as `aws cloudfront get-public-key` and `get-key-group` print them.

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use crate::distribution::{KeyKind, PublicKey};
use crate::json::Json;

/// SIG-21.
const MOST_KEYS: usize = 5;

/// Reads a `PublicKeyConfig`.
pub(super) fn public_key(reader: &mut Reader, node: &Node) -> PublicKey {
    reader.is_object(node);
    let place = node.member("EncodedKey");
    let text = reader.needed_text(&place).unwrap_or_default();
    PublicKey::from_pem(text).unwrap_or_else(|| {
        let rule = "a key is an RSA key of 2048 bits or an ECDSA key on P-256, in PEM";
        reader.refuse(&place, InvalidArgument, "SIG-12", rule);
        PublicKey { pem: String::new(), kind: KeyKind::P256 { x: Vec::new(), y: Vec::new() } }
    })
}

/// Reads a `KeyGroupConfig`: the ids of its keys.
pub(super) fn key_group(reader: &mut Reader, node: &Node) -> Vec<String> {
    reader.is_object(node);
    let place = node.member("Items");
    reader.need(&place);
    let items = place.json().map_or(&[][..], Json::items);
    if items.is_empty() || items.len() > MOST_KEYS {
        let rule = "a key group has 1 to 5 keys";
        reader.refuse(&place, InvalidArgument, "SIG-21", rule);
    }
    items.iter().filter_map(Json::as_text).map(String::from).collect()
}
