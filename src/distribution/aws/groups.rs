//! Origin groups (distribution.md section 1.4).

use super::ErrorCode::{InvalidArgument, NoSuchOrigin, TooManyOriginGroupsPerDistribution};
use super::reader::{Node, Quota, Reader};
use crate::distribution::{Behavior, Distribution, FunctionEvent, Origin, OriginGroup, OriginKind};
use crate::json::Json;

const QUOTA: Quota = Quota {
    most: 10,
    code: TooManyOriginGroupsPerDistribution,
    row: "QT-02",
    rule: "a distribution has at most 10 origin groups",
};

/// OG-10.
const BY_QUALITY: &str = "media-quality-based";

/// OG-03, FO-01.
const FAILOVER_STATUSES: [i64; 9] = [400, 403, 404, 416, 429, 500, 502, 503, 504];

/// Reads `OriginGroups`.
pub(super) fn groups(reader: &mut Reader, node: &Node, origins: &[Origin]) -> Vec<OriginGroup> {
    let mut groups: Vec<OriginGroup> = Vec::new();
    for place in reader.list(node, Some(&QUOTA)) {
        let known = ["Id", "FailoverCriteria", "Members", "SelectionCriteria"];
        if !reader.object(&place, &known) {
            continue;
        }
        let id = reader.needed_text(&place.member("Id")).unwrap_or_default();
        let is_taken = origins.iter().any(|origin| origin.id == id)
            || groups.iter().any(|group| group.id == id);
        if !id.is_empty() && is_taken {
            let rule =
                "the id of an origin group differs from those of all origins and other groups";
            reader.refuse(&place.member("Id"), InvalidArgument, "OG-01", rule);
        }
        let failover_statuses = statuses(reader, &place.member("FailoverCriteria"));
        let members = members(reader, &place.member("Members"), origins);
        if selects_by_quality(reader, &place.member("SelectionCriteria")) {
            let is_v2 = |id: &String| {
                origins.iter().any(|o| o.id == *id && o.kind == OriginKind::MediaPackageV2)
            };
            if !members.iter().all(is_v2) {
                let rule = "media-quality-based selection is for origins of MediaPackage v2 only";
                let place = place.member("SelectionCriteria");
                reader.refuse(&place, InvalidArgument, "OG-10", rule);
            }
        }
        groups.push(OriginGroup { id: id.into(), members, failover_statuses });
    }
    groups
}

/// OG-10: no Lambda function stands between the edge and a group that chooses by quality.
pub(super) fn quality_without_lambda(
    reader: &mut Reader,
    node: &Node,
    distribution: &Distribution,
) {
    let text = |node: &Node| node.json().and_then(Json::as_text).map(String::from);
    for place in node.member("Items").items() {
        let (id, selection) = (text(&place.member("Id")), place.member("SelectionCriteria"));
        let has_lambda = |behavior: &Behavior| {
            let events = [FunctionEvent::OriginRequest, FunctionEvent::OriginResponse];
            Some(&behavior.origin_id) == id.as_ref()
                && events.iter().any(|event| behavior.functions.at(*event).is_some())
        };
        if text(&selection).as_deref() == Some(BY_QUALITY)
            && distribution.behaviors.iter().any(has_lambda)
        {
            let rule = "no behavior with Lambda@Edge at an origin's events leads to a group that selects by quality";
            reader.refuse(&selection, InvalidArgument, "OG-10", rule);
        }
    }
}

/// OG-03.
fn statuses(reader: &mut Reader, node: &Node) -> Vec<u16> {
    if !reader.needed_object(node, &["StatusCodes"]) {
        return Vec::new();
    }
    let list = node.member("StatusCodes");
    reader.need(&list);
    let places = reader.list(&list, None);
    if list.is_given() && places.is_empty() {
        reader.refuse(&list, InvalidArgument, "OG-03", "a group fails over at one status at least");
    }
    let status = |place: &Node| {
        let status = reader.whole(place)?;
        if !FAILOVER_STATUSES.contains(&status) {
            let rule = "a group fails over at 400, 403, 404, 416, 429, 500, 502, 503 or 504";
            reader.refuse(place, InvalidArgument, "OG-03", rule);
        }
        u16::try_from(status).ok()
    };
    places.iter().filter_map(status).collect()
}

/// OG-02, FO-11: the primary first.
fn members(reader: &mut Reader, node: &Node, origins: &[Origin]) -> [String; 2] {
    reader.need(node);
    let places = reader.list(node, None);
    if node.is_given() && places.len() != 2 {
        let rule = "a group has exactly 2 origins, the primary and the secondary";
        reader.refuse_given(
            node,
            &format!("a list of {}", places.len()),
            InvalidArgument,
            "OG-02",
            rule,
        );
    }
    let mut members = [String::new(), String::new()];
    for (member, place) in members.iter_mut().zip(&places) {
        if !reader.object(place, &["OriginId"]) {
            continue;
        }
        let place = place.member("OriginId");
        let Some(id) = reader.needed_text(&place) else { continue };
        if !origins.iter().any(|origin| origin.id == id) {
            let rule = "a member of a group is the id of one of the origins";
            reader.refuse(&place, NoSuchOrigin, "OG-02", rule);
        }
        *member = id.into();
    }
    members
}

/// OG-10. Quality is not simulated, so it is kept.
fn selects_by_quality(reader: &mut Reader, node: &Node) -> bool {
    let words = &["default", BY_QUALITY];
    let is_by_quality = reader.word(node, words, "OG-10") == Some(BY_QUALITY);
    if is_by_quality {
        reader.keep(node);
    }
    is_by_quality
}
