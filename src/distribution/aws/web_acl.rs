//! A web ACL and the address sets that it names, as `aws wafv2 get-web-acl` and `get-ip-set` print them.

use super::ErrorCode::InvalidArgument;
use super::beside::Sort;
use super::reader::{Node, Range, Reader};
use super::{Beside, StandIn};
use crate::distribution::{AclAction, AclRule, AclStatement, AddressRange, TextPlace, WebAcl};
use crate::http::base64;
use crate::json::Json;

const STATUS: Range = Range {
    least: 200,
    most: 599,
    code: InvalidArgument,
    row: "VSEC-22",
    rule: "the status of an own answer is 200 to 599",
};

const LIMIT: Range = Range {
    least: 10,
    most: 2_000_000_000,
    code: InvalidArgument,
    row: "IM-14",
    rule: "the limit of a rate is 10 to 2,000,000,000 requests",
};

/// How deep statements may stand in each other.
const DEEPEST: u8 = 8;

/// Its ARN, where the document has one.
pub(super) fn arn_of(reader: &mut Reader, node: &Node) -> Option<String> {
    reader.is_object(node);
    reader.needed_text(&node.member("ARN")).map(String::from)
}

/// Reads the addresses of an `IPSet`.
pub(super) fn addresses(reader: &mut Reader, node: &Node) -> Vec<AddressRange> {
    let place = node.member("Addresses");
    reader.need(&place);
    let version = reader.word(&node.member("IPAddressVersion"), &["IPV4", "IPV6"], "VSEC-29");
    let mut all: Vec<AddressRange> = Vec::new();
    for item in reader.plain_list(&place, None) {
        let range = reader.needed_text(&item).and_then(AddressRange::any);
        if range.is_none() {
            let rule = "an address set has ranges in CIDR form, as in 192.0.2.0/24";
            reader.refuse(&item, InvalidArgument, "IM-14", rule);
        }
        let is_of_it = |range: &AddressRange| {
            version.is_none_or(|version| range.is_ipv6() == (version == "IPV6"))
        };
        if range.as_ref().is_some_and(|range| !is_of_it(range)) {
            let rule = "an address set has ranges of its IPAddressVersion alone";
            reader.refuse(&item, InvalidArgument, "VSEC-29", rule);
        }
        all.extend(range);
    }
    all
}

/// Reads a `WebACL`, with the address sets beside it.
pub(super) fn web_acl(reader: &mut Reader, node: &Node, beside: &Beside) -> WebAcl {
    let name = reader.needed_text(&node.member("Name")).unwrap_or_default().to_owned();
    let default = default_action(reader, &node.member("DefaultAction"));
    let mut rules: Vec<(i64, AclRule)> = Vec::new();
    for place in reader.plain_list(&node.member("Rules"), None) {
        let name = reader.needed_text(&place.member("Name")).unwrap_or_default().to_owned();
        reader.need(&place.member("Priority"));
        let priority = reader.whole(&place.member("Priority")).unwrap_or_default();
        // VSEC-21: a group of rules has no action of its own, and what is in it is not simulated.
        let own = place.member("Action");
        let action = if own.is_given() { action(reader, &own) } else { AclAction::Count };
        let when = statement(reader, &place.member("Statement"), beside, DEEPEST);
        let at = rules.iter().position(|(other, _)| *other > priority).unwrap_or(rules.len());
        rules.insert(at, (priority, AclRule { name, action, when }));
    }
    let arn = reader.needed_text(&node.member("ARN")).unwrap_or_default().to_owned();
    let own = node.json().map(|json| Sort::WebAcl.wrapped(&arn, json.clone()));
    let documents = own.into_iter().chain(beside.address_sets().cloned()).collect();
    WebAcl {
        arn,
        name,
        default,
        rules: rules.into_iter().map(|(_, rule)| rule).collect(),
        documents,
    }
}

fn action(reader: &mut Reader, node: &Node) -> AclAction {
    let has = |name: &str| node.member(name).is_given();
    let block = node.member("Block");
    if block.is_given() {
        let code = block.member("CustomResponse").member("ResponseCode");
        let status = reader.within(&code, &STATUS).and_then(|status| u16::try_from(status).ok());
        return AclAction::Block(status.unwrap_or(403)); // VSEC-22
    }
    if has("Allow") {
        AclAction::Allow
    } else if has("Count") {
        AclAction::Count
    } else if has("Captcha") {
        AclAction::Captcha
    } else if has("Challenge") {
        AclAction::Challenge
    } else {
        let rule = "an action is one of Allow, Block, Count, Captcha and Challenge";
        reader.refuse(node, InvalidArgument, "VSEC-21", rule);
        AclAction::Allow
    }
}

/// Where no rule decides, a request is served or blocked: there is no other (VSEC-21).
fn default_action(reader: &mut Reader, node: &Node) -> AclAction {
    let found = action(reader, node);
    if !matches!(found, AclAction::Allow | AclAction::Block(_)) {
        let rule = "the default action is Allow or Block";
        reader.refuse(node, InvalidArgument, "VSEC-21", rule);
    }
    found
}

fn statement(reader: &mut Reader, node: &Node, beside: &Beside, deeper: u8) -> AclStatement {
    let Some(deeper) = deeper.checked_sub(1) else {
        reader.refuse(
            node,
            InvalidArgument,
            "IM-14",
            "statements stand in each other 8 deep at most",
        );
        return AclStatement::Nothing;
    };
    reader.need(node);
    let named = |name: &str| Some(node.member(name)).filter(Node::is_given);
    let inner = |reader: &mut Reader, list: &Node| -> Vec<AclStatement> {
        reader
            .plain_list(&list.member("Statements"), None)
            .iter()
            .map(|place| statement(reader, place, beside, deeper))
            .collect()
    };
    if let Some(set) = named("IPSetReferenceStatement") {
        let place = set.member("ARN");
        let arn = reader.needed_text(&place).unwrap_or_default();
        if let Some(addresses) = beside.addresses(arn) {
            return AclStatement::Addresses(addresses);
        }
        reader.assume(&place, StandIn::NoAddresses);
        return AclStatement::Nothing;
    }
    if let Some(geo) = named("GeoMatchStatement") {
        let places = reader.plain_list(&geo.member("CountryCodes"), None);
        let codes = places.iter().filter_map(|place| reader.needed_text(place));
        return AclStatement::Countries(codes.map(String::from).collect());
    }
    if let Some(text) = named("ByteMatchStatement")
        && text.member("FieldToMatch").member("UriPath").is_given()
        && reader.plain_list(&text.member("TextTransformations"), None).iter().all(is_plain)
        && let Some(path) = path(reader, &text)
    {
        return path;
    }
    if let Some(rate) = named("RateBasedStatement")
        && deeper + 1 < DEEPEST
    {
        let rule = "a rate is a rule's whole statement: WAF lets it stand in no other one";
        reader.refuse(&rate, InvalidArgument, "IM-14", rule);
    } else if let Some(rate) = named("RateBasedStatement")
        && !rate.member("ScopeDownStatement").is_given()
    {
        reader.need(&rate.member("Limit"));
        let limit = reader.within(&rate.member("Limit"), &LIMIT).unwrap_or(u64::MAX);
        let place = rate.member("EvaluationWindowSec");
        let window = reader.whole(&place).unwrap_or(300);
        if !matches!(window, 60 | 120 | 300 | 600) {
            let rule = "a rate is counted over 60, 120, 300 or 600 seconds";
            reader.refuse(&place, InvalidArgument, "IM-14", rule);
        }
        let is_by_address =
            rate.member("AggregateKeyType").json().and_then(Json::as_text) == Some("IP");
        if is_by_address {
            return AclStatement::Rate { limit, window_secs: window.unsigned_abs() };
        }
    }
    if let Some(not) = named("NotStatement") {
        let inner = statement(reader, &not.member("Statement"), beside, deeper);
        // What is not known to match is not known not to, either.
        return if inner.is_known() {
            AclStatement::Not(Box::new(inner))
        } else {
            AclStatement::Nothing
        };
    }
    if let Some(list) = named("AndStatement") {
        return AclStatement::All(inner(reader, &list));
    }
    if let Some(list) = named("OrStatement") {
        return AclStatement::Any(inner(reader, &list));
    }
    reader.assume(node, StandIn::NoMatch);
    AclStatement::Nothing
}

/// Whether a transformation leaves the text as it is.
fn is_plain(transformation: &Node) -> bool {
    let sort = transformation.member("Type");
    sort.json().and_then(Json::as_text) == Some("NONE")
}

/// A text in the path; it comes as base64, since it may be any bytes. None where it must be a word by itself, which is not
/// simulated.
fn path(reader: &mut Reader, node: &Node) -> Option<AclStatement> {
    let place = node.member("SearchString");
    let text = reader.needed_text(&place).and_then(base64::decode);
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    if text.is_none() {
        let rule = "what is searched for is a text in base64, as the CLI prints it";
        reader.refuse(&place, InvalidArgument, "IM-14", rule);
    }
    let words = &["EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "CONTAINS_WORD"];
    let at = match reader.needed_word(&node.member("PositionalConstraint"), words, "IM-14") {
        Some("EXACTLY") => TextPlace::Exactly,
        Some("STARTS_WITH") => TextPlace::Start,
        Some("ENDS_WITH") => TextPlace::End,
        Some("CONTAINS_WORD") => return None,
        _ => TextPlace::Anywhere,
    };
    Some(AclStatement::Path { text: text.unwrap_or_default(), at })
}
