//! A configuration as a whole, and the settings that belong to none of its parts.

use super::ErrorCode::{InvalidArgument, InvalidDefaultRootObject, TooManyDistributionCNAMEs};
use super::reader::{Node, Quota, Reader};
use super::{Beside, behaviors, error_responses, groups, header, logging, origins, service};
use crate::distribution::domain::is_host_name;
use crate::distribution::{Distribution, PriceClass};

/// What is read here or means nothing to a request.
const KNOWN: [&str; 19] = [
    "Aliases",
    "DefaultRootObject",
    "Origins",
    "OriginGroups",
    "DefaultCacheBehavior",
    "CacheBehaviors",
    "CustomErrorResponses",
    "CacheTagConfig",
    "PriceClass",
    "Logging",
    "Restrictions",
    "WebACLId",
    "ViewerCertificate",
    "HttpVersion",
    "IsIPV6Enabled",
    "CallerReference", // DS-01
    "Comment",         // DS-16
    "Enabled",
    super::POLICY_ID,
];

const ALIASES: Quota = Quota {
    most: 100,
    code: TooManyDistributionCNAMEs,
    row: "QT-04",
    rule: "a distribution has at most 100 alternate domain names",
};

/// Reads a configuration.
pub(super) fn distribution(
    reader: &mut Reader,
    config: &Node,
    domain: &str,
    beside: &Beside,
) -> Distribution {
    let mut distribution = Distribution::named(domain);
    if !reader.object(config, &KNOWN) {
        return distribution;
    }
    if reader.flag(&config.member("Enabled")) == Some(false) {
        reader.keep(&config.member("Enabled")); // DS-17: a distribution that is off is simulated as if it were on
    }
    distribution.aliases = aliases(reader, &config.member("Aliases"));
    distribution.default_root_object = root_object(reader, &config.member("DefaultRootObject"));
    distribution.origins = origins::origins(reader, &config.member("Origins"), beside);
    distribution.origin_groups =
        groups::groups(reader, &config.member("OriginGroups"), &distribution.origins);
    distribution.behaviors = behaviors::behaviors(reader, config, &distribution, beside);
    groups::quality_without_lambda(reader, &config.member("OriginGroups"), &distribution);
    distribution.error_responses =
        error_responses::error_responses(reader, &config.member("CustomErrorResponses"));
    distribution.cache_tag_header = cache_tag_header(reader, &config.member("CacheTagConfig"));
    distribution.price_class = price_class(reader, &config.member("PriceClass"));
    distribution.logging = logging::logging(reader, &config.member("Logging"));
    service::service(reader, config, &mut distribution, beside);
    distribution
}

/// DS-04.
fn aliases(reader: &mut Reader, node: &Node) -> Vec<String> {
    let places = reader.list(node, Some(&ALIASES));
    let alias = |place: &Node| {
        let alias = reader.needed_text(place)?;
        // A wildcard stands for the whole leftmost label.
        if is_host_name(alias.strip_prefix("*.").unwrap_or(alias)) {
            return Some(alias.to_owned());
        }
        let rule = "an alternate domain name is a DNS name in lower case, of which only the whole first label can be *";
        reader.refuse(place, InvalidArgument, "DS-04", rule);
        None
    };
    places.iter().filter_map(alias).collect()
}

/// DS-02. What `None` would mean is not published (UV-05): it is kept, and all edge locations are used.
fn price_class(reader: &mut Reader, node: &Node) -> PriceClass {
    const WORDS: &[&str] = &["PriceClass_100", "PriceClass_200", "PriceClass_All", "None"];
    let word = reader.word(node, WORDS, "DS-02");
    if word == Some("None") {
        reader.keep(node);
    }
    let known = PriceClass::ALL.into_iter().find(|class| Some(class.as_str()) == word);
    known.unwrap_or_default()
}

/// LIM-15, DS-15, ER-13. The 10 seconds for which LIM-15 keeps an answer do not come about: what is refused serves nothing.
fn root_object(reader: &mut Reader, node: &Node) -> Option<String> {
    let object = reader.filled_text(node)?;
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_-.*$/~\"'&".contains(c);
    let problem = if object.starts_with('/') {
        "a default root object does not start with a slash"
    } else if object.len() > 255 {
        "a default root object has at most 255 characters"
    } else if !object.chars().all(is_allowed) {
        "a default root object is made of A-Z a-z 0-9 _ - . * $ / ~ \" ' &"
    } else {
        return Some(object.to_owned());
    };
    reader.refuse(node, InvalidDefaultRootObject, "DS-15", problem);
    None
}

/// DS-25.
fn cache_tag_header(reader: &mut Reader, node: &Node) -> Option<String> {
    if !reader.object(node, &["HeaderName"]) {
        return None;
    }
    header::name(reader, &node.member("HeaderName"), "DS-25").map(String::from)
}
