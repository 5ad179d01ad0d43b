//! Public keys and key groups, as they are given beside a configuration (CB-15, SIG-12, QT-18).

use super::ErrorCode::{InvalidArgument, TooManyPublicKeysInKeyGroup};
use super::ids;
use super::reader::{Node, Quota, Reader};
use crate::distribution::{KeyGroup, PublicKey};

const KEYS: Quota = Quota {
    most: 5,
    code: TooManyPublicKeysInKeyGroup,
    row: "QT-18",
    rule: "a key group has at most 5 public keys",
};

/// Reads a `PublicKeyConfig`; none where something is refused.
pub(super) fn public_key(reader: &mut Reader, node: &Node) -> Option<PublicKey> {
    reader.is_object(node);
    reader.needed_text(&node.member("Name"));
    let place = node.member("EncodedKey");
    let key = PublicKey::from_pem(reader.needed_text(&place)?);
    if key.is_none() {
        let rule = "this must be a public key in PEM, of RSA with 2,048 bits or of ECDSA on P-256";
        reader.refuse(&place, InvalidArgument, "SIG-12", rule);
    }
    key
}

/// Reads a `KeyGroupConfig`, whose Items are a bare list.
pub(super) fn key_group(reader: &mut Reader, node: &Node) -> KeyGroup {
    reader.is_object(node);
    reader.needed_text(&node.member("Name"));
    let place = node.member("Items");
    reader.need(&place);
    let mut keys: Vec<String> = Vec::new();
    for place in reader.bare_list(&place, &KEYS) {
        let Some(id) = reader.needed_text(&place) else { continue };
        if !ids::is_upper(id) {
            let rule = "this is not the id of a public key, as in K2JCJMDEHXQW5F";
            reader.refuse(&place, InvalidArgument, "CB-15", rule);
        } else if keys.iter().any(|known| known == id) {
            reader.refuse(&place, InvalidArgument, "CB-15", "a key stands in its group once");
        }
        keys.push(id.to_owned());
    }
    KeyGroup { keys }
}
