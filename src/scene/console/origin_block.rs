//! The block of an origin's settings that goes with what it is: a bucket's, a server's, or that of one in a private network.

use super::before;
use super::item::{self, Item, take_out};
use super::setting::{BLOCKS, PRIVATE, Setting};
use crate::distribution::{Draft, OriginKind, domain};
use crate::http::Scheme;
use crate::json::{Json, NoSuchPlace};

/// A bucket's own endpoint has one block, any other name the other; a private one keeps what it has (OK-01, OK-12).
pub(super) fn fit_block(draft: &mut Draft, item: Item, name: &str) -> Result<(), NoSuchPlace> {
    let Ok(found) = domain::classify(name) else { return Ok(()) };
    let is_bucket = found.kind == OriginKind::S3Bucket;
    let [bucket, custom] = BLOCKS;
    let (wanted, other) = if is_bucket { (bucket, custom) } else { (custom, bucket) };
    let Some(before) = draft.at(&item.path().member(other)).cloned() else { return Ok(()) };
    let was = before::of(draft, item).and_then(|was| was.member(wanted)).cloned();
    let block = was.unwrap_or_else(|| block(found.kind));
    let (wanted, other) = (item.path().member(wanted), item.path().member(other));
    draft.set(&wanted, block)?;
    let timeout = wanted.member(TIMEOUT);
    match before.member(TIMEOUT) {
        Some(secs) => drop(draft.set(&timeout, secs.clone())?),
        None => take_out(draft, &timeout)?,
    }
    draft.remove(&other).map(drop)
}

/// What all blocks have, and what all but a bucket's have.
const TIMEOUT: &str = "OriginReadTimeout";
const KEEP_ALIVE: &str = "OriginKeepaliveTimeout";

/// OK-12: an origin that is reached by this VPC origin, with the timeouts that it had; without an id, over the Internet.
pub(super) fn set_private(draft: &mut Draft, item: Item, id: &str) -> Result<(), NoSuchPlace> {
    let block_at = |name: &str| item.path().member(name);
    let (wanted, other) = if id.is_empty() { (BLOCKS[1], PRIVATE) } else { (PRIVATE, BLOCKS[1]) };
    if let Some(before) = draft.at(&block_at(other)).cloned() {
        let was = before::of(draft, item).and_then(|was| was.member(wanted)).cloned();
        let name = Setting::DomainName.value(item, draft);
        let kind = domain::classify(&name).map_or(OriginKind::WebServer, |found| found.kind);
        let own = || if id.is_empty() { block(kind) } else { Json::object([]) };
        draft.set(&block_at(wanted), was.unwrap_or_else(own))?;
        for name in [TIMEOUT, KEEP_ALIVE] {
            let place = block_at(wanted).member(name);
            match before.member(name) {
                Some(secs) => drop(draft.set(&place, secs.clone())?),
                None => take_out(draft, &place)?,
            }
        }
        draft.remove(&block_at(other))?;
    }
    if id.is_empty() {
        return Ok(());
    }
    draft.set(&block_at(PRIVATE).member("VpcOriginId"), Json::text(id)).map(drop)
}

/// What another name before brought along gives way to the protocol that its kind begins with, and so does one that its kind
/// does not speak (OK-02, OK-22); the name of before has the protocol of before.
pub(super) fn fit_protocol(
    draft: &mut Draft,
    item: Item,
    before: &str,
    name: &str,
) -> Result<(), NoSuchPlace> {
    let kind = |name: &str| domain::classify(name).ok().map(|found| found.kind);
    let Some(now) = kind(name) else { return Ok(()) };
    let place = item.path().member(BLOCKS[1]).member("OriginProtocolPolicy");
    let Some(chosen) = draft.at(&place).and_then(Json::as_text) else { return Ok(()) };
    let was = before::of(draft, item)
        .filter(|was| was.member("DomainName").and_then(Json::as_text) == Some(name))
        .and_then(|was| was.member(BLOCKS[1])?.member("OriginProtocolPolicy"));
    if let Some(was) = was.cloned() {
        return draft.set(&place, was).map(drop);
    }
    let kind_before = kind(before).unwrap_or(OriginKind::WebServer);
    let is_own = chosen != protocol_of(kind_before) && speaks(now, chosen);
    if kind_before == now || is_own {
        return Ok(());
    }
    draft.set(&place, Json::text(protocol_of(now))).map(drop)
}

/// Whether a kind speaks all that a protocol policy may come to.
pub(super) fn speaks(kind: OriginKind, policy: &str) -> bool {
    let may_be = |scheme, other| policy == other || kind.speaks(scheme);
    may_be(Scheme::Http, "https-only") && may_be(Scheme::Https, "http-only")
}

/// The protocol policy with which AWS's console begins (OK-02, CP-02 to CP-06).
pub(super) const fn protocol_of(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::S3Website => "http-only",
        OriginKind::Ec2 | OriginKind::WebServer => "match-viewer",
        _ => "https-only",
    }
}

/// The block of an origin of a kind, as AWS's console begins it.
fn block(kind: OriginKind) -> Json {
    if kind == OriginKind::S3Bucket {
        return Json::object([("OriginAccessIdentity", Json::text(""))]);
    }
    Json::object([
        ("HTTPPort", Json::Whole(80)),
        ("HTTPSPort", Json::Whole(443)),
        ("OriginProtocolPolicy", Json::text(protocol_of(kind))),
        ("OriginSslProtocols", item::listed(["TLSv1.2"])),
        ("OriginKeepaliveTimeout", Json::Whole(5)),
    ])
}
