//! Public keys and groups of them (SIG-12, SIG-21), as `aws cloudfront get-public-key` and `get-key-group` print them.

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Quota, Reader};
use crate::distribution::{KeyKind, PublicKey};

const KEYS: Quota = Quota { most: 5, code: InvalidArgument, row: "SIG-21", rule: SIZE };

const SIZE: &str = "a key group has 1 to 5 keys";

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
    let items = reader.plain_list(&place, Some(&KEYS));
    if items.is_empty() && place.is_given() {
        reader.refuse(&place, InvalidArgument, "SIG-21", SIZE);
    }
    items.iter().filter_map(|place| reader.needed_text(place)).map(String::from).collect()
}
