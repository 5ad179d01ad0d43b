//! A configuration of the real-time log, as `aws cloudfront get-realtime-log-config` prints it (LG-07, RTL-02, RTL-05).

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Range, Reader};
use crate::distribution::{REAL_TIME_FIELDS, RealTimeLog};

const PERCENT: Range = Range {
    least: 1,
    most: 100,
    code: InvalidArgument,
    row: "RTL-02",
    rule: "a sampling rate is a whole number from 1 to 100",
};

/// Reads its ARN and what it says.
pub(super) fn real_time_log(reader: &mut Reader, node: &Node) -> (Option<String>, RealTimeLog) {
    reader.is_object(node);
    let [arn, name] =
        ["ARN", "Name"].map(|name| reader.needed_text(&node.member(name)).map(String::from));
    let rate = node.member("SamplingRate");
    reader.need(&rate);
    let percent = reader.within(&rate, &PERCENT).and_then(|rate| rate.try_into().ok());
    let place = node.member("Fields");
    reader.need(&place);
    let items = reader.plain_list(&place, None);
    if items.is_empty() && place.is_given() {
        let rule = "a real-time log has one field at least";
        reader.refuse(&place, InvalidArgument, "RTL-05", rule);
    }
    let mut fields = Vec::new();
    for item in items {
        let Some(field) = reader.needed_text(&item) else { continue };
        if REAL_TIME_FIELDS.split(' ').all(|known| known != field) {
            let rule = "this is not the name of a field of the real-time log";
            reader.refuse(&item, InvalidArgument, "RTL-05", rule);
        }
        fields.push(field.to_owned());
    }
    let percent = percent.unwrap_or(100);
    (arn, RealTimeLog { name: name.unwrap_or_default(), percent, fields })
}
