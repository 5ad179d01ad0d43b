//! Geographic restrictions (DS-20).

use super::ErrorCode::{InvalidGeoRestrictionParameter, InvalidLocationCode};
use super::reader::{Node, Reader};
use crate::distribution::{GeoRestriction, GeoSort};

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB \
    GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM \
    KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC \
    NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL \
    SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE \
    YT ZA ZM ZW";

/// Whether this is the code of a country, in capital letters (DS-20).
pub fn is_country(code: &str) -> bool {
    COUNTRIES.split_ascii_whitespace().any(|known| known == code)
}

/// Reads `Restrictions`; none where nobody is refused.
pub(super) fn restrictions(reader: &mut Reader, node: &Node) -> Option<GeoRestriction> {
    if !reader.object(node, &["GeoRestriction"]) {
        return None;
    }
    let geo = node.member("GeoRestriction");
    reader.need(&geo);
    if !geo.is_given() {
        return None;
    }
    let sorts = &["none", "whitelist", "blacklist"];
    let places = reader.list_beside(&geo, &["RestrictionType"], None);
    let sort = reader.needed_word(&geo.member("RestrictionType"), sorts, "DS-20");
    if let Some(sort) = sort.filter(|sort| (*sort == "none") != places.is_empty()) {
        let rule = match sort {
            "none" => {
                "a restriction that is off has no countries: take them out, or set it to whitelist or blacklist"
            }
            _ => "name one country at least, as in DE, or set the restriction to none (Off)",
        };
        reader.refuse(&geo, InvalidGeoRestrictionParameter, "DS-20", rule);
    }
    let mut countries = Vec::new();
    for place in &places {
        let Some(code) = reader.needed_text(place) else { continue };
        countries.push(code.to_owned());
        if !is_country(code) {
            let rule = "a country is its two capital letters of ISO 3166-1, as in DE";
            reader.refuse(place, InvalidLocationCode, "DS-20", rule);
        }
    }
    let sort = match sort? {
        "whitelist" => GeoSort::AllowList,
        "blacklist" => GeoSort::BlockList,
        _ => return None,
    };
    Some(GeoRestriction { sort, countries })
}
