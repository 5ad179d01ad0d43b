//! What messages are made of: target, fields, dates, validators, status, and a pasted curl command.

use edgewalk::http::cache_control::CacheControl;
use edgewalk::http::validators::{
    if_range_holds, is_not_modified, is_strong, strongly_equal, weakened, weakly_equal,
};
use edgewalk::http::{Field, Fields, Status, Target, curl, date};

use super::{comes_back, one_field, text, texts};

/// A target prints as it was read, and JSON brings in none that could not be typed.
pub fn target(data: &[u8]) {
    let is_target = |target: &Target| {
        let printed = target.to_string();
        assert_eq!(Target::parse(&printed).as_ref(), Ok(target), "{printed}");
        assert!(
            target.path().starts_with('/')
                && printed.bytes().all(|b| b.is_ascii_graphic() && b != b'#')
        );
        assert!(printed.len() <= 2 * Target::LIMIT + 1);
        comes_back(target);
    };
    let text = text(data);
    if let Ok(target) = Target::parse(&text) {
        is_target(&target);
        assert_eq!(
            target.to_string(),
            text.strip_suffix('?').filter(|t| !t.contains('?')).unwrap_or(&text)
        );
    }
    if let Ok(target) = serde_json::from_slice(data) {
        is_target(&target);
    }
}

/// Field lines print as they were read, from text and from JSON; `set` and `remove` leave the other fields alone.
pub fn fields(data: &[u8]) {
    let printed = |fields: &Fields| {
        fields
            .iter()
            .map(|f| format!("{}: {}\r\n", f.name(), f.value()))
            .collect::<Vec<_>>()
            .concat()
    };
    let are_fields = |fields: &Fields| {
        let text = printed(fields);
        assert_eq!(text.len() as u64, fields.size_bytes());
        let values = fields.iter().flat_map(|field| field.value().chars());
        assert!(values.into_iter().all(|c| c == '\t' || !c.is_control()));
        if text.len() <= Fields::LIMIT {
            assert_eq!(Fields::parse(&text).as_ref(), Ok(fields), "{text}");
        }
        comes_back(fields);
        let mut changed = fields.clone();
        changed.set("A", "\u{7}1\r\n");
        assert_eq!(changed.all("a").collect::<Vec<_>>(), ["1"]);
        let others = |fields: &Fields| {
            fields.iter().filter(|field| !field.is("A")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(others(&changed), others(fields));
        let place = |fields: &Fields| fields.iter().position(|field| field.is("A"));
        assert_eq!(place(&changed), place(fields).or(Some(fields.len())));
        assert!(changed.remove("A") && !changed.has("A") && !changed.remove("A"));
        assert_eq!(others(&changed), others(fields));
    };
    if let Ok(fields) = Fields::parse(&text(data)) {
        are_fields(&fields);
    }
    if let Ok(fields) = serde_json::from_slice(data) {
        are_fields(&fields);
    }
}

/// Lifetimes are at most 100 years; neither case nor a directive of our own in front changes how the others are read.
pub fn cache_control(data: &[u8]) {
    let value = text(data);
    let Some(fields) = one_field("Cache-Control", &value) else { return };
    let read = CacheControl::of(&fields);
    let lifetimes =
        |cc: &CacheControl| [cc.max_age, cc.s_maxage, cc.stale_while_revalidate, cc.stale_if_error];
    assert!(lifetimes(&read).into_iter().flatten().all(|secs| secs <= CacheControl::LONGEST));
    assert!(read.remarks.iter().all(|remark| !remark.is_empty() && value.contains(&**remark)));
    assert!(read.withheld_fields.iter().all(|name| !name.is_empty() && value.contains(&**name)));
    let upper = CacheControl::of(&one_field("Cache-Control", &value.to_ascii_uppercase()).unwrap());
    assert_eq!(lifetimes(&upper), lifetimes(&read));
    assert_eq!(
        (upper.no_cache, upper.no_store, upper.private),
        (read.no_cache, read.no_store, read.private)
    );
    let led =
        CacheControl::of(&one_field("Cache-Control", &format!("max-age=7, {value}")).unwrap());
    assert_eq!(led, CacheControl { max_age: Some(7), ..read });
}

/// A date that is read prints as a date of the same second.
pub fn http_date(data: &[u8]) {
    const LAST: u64 = 253_402_300_799;
    if let Some(secs) = date::read(&text(data)) {
        assert!(secs <= LAST, "{secs}");
        assert_eq!(date::read(&date::print(secs)), Some(secs));
    }
    if let Some(bytes) = data.first_chunk() {
        let secs = u64::from_le_bytes(*bytes);
        assert_eq!(date::read(&date::print(secs)), Some(secs.min(LAST)));
        let near = secs % (2 * LAST);
        assert_eq!(date::read(&date::print(near)), Some(near.min(LAST)));
    }
}

/// The comparisons agree with each other; a tag is found in any list that names it; a weakened tag stays as it is.
pub fn entity_tags(data: &[u8]) {
    let [one, other, dated] = texts(data);
    for (one, other) in [(&one, &other), (&one, &one), (&other, &one)] {
        assert_eq!(weakly_equal(one, other), weakly_equal(other, one));
        assert_eq!(strongly_equal(one, other), strongly_equal(other, one));
        assert!(!strongly_equal(one, other) || weakly_equal(one, other));
    }
    if let Some(weak) = weakened(&one) {
        assert!(weakly_equal(&weak, &one) && !strongly_equal(&weak, &one));
        assert_eq!(weakened(&weak).as_ref(), Some(&weak));
    }
    assert!(!is_strong(&one) || weakened(&one).is_some());
    let (Some(etag), Some(named)) = (one_field("ETag", &one), one_field("If-None-Match", &one))
    else {
        return;
    };
    if is_strong(&one) {
        let list = format!("\"zz\\\", W/{one} , \"z,z\"");
        assert!(is_not_modified(&one_field("If-None-Match", &list).unwrap(), &etag), "{list}");
        assert!(is_not_modified(&named, &etag));
        assert!(if_range_holds(&one_field("If-Range", &one).unwrap(), &etag));
        let weak = weakened(&one).unwrap();
        assert!(!if_range_holds(&one_field("If-Range", &weak).unwrap(), &etag));
    }
    let request = ["If-None-Match", "If-Modified-Since", "If-Range"];
    let response = ["ETag", "Last-Modified", "Date"];
    let message = |names: [&str; 3], values: [&str; 3]| -> Fields {
        names.iter().zip(values).filter_map(|(name, value)| Field::new(name, value).ok()).collect()
    };
    for values in [[&*one, &*other, &*dated], [&*dated, &*one, &*other]] {
        is_not_modified(&message(request, values), &message(response, values));
        if_range_holds(&message(request, values), &message(response, values));
    }
}

/// What was read from a pasted command is written as one that is read as the same.
pub fn curl_text(data: &[u8]) {
    let Ok(pasted) = curl::read(&text(data)) else { return };
    let written = curl::write(&pasted);
    if written.len() <= curl::LIMIT {
        let same = |pasted: curl::Pasted| curl::Pasted { remarks: Vec::new(), ..pasted };
        assert_eq!(curl::read(&written).map(same), Ok(same(pasted)), "{written}");
    }
}

/// Every status has a reason that fits in a status line.
pub fn status(code: u16) {
    let printed = Status(code).to_string();
    assert!(printed.bytes().all(|b| b == b' ' || b.is_ascii_graphic()), "{printed}");
}
