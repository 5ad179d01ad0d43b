//! The fields of CloudFront's own making, by name (QH-13 to QH-18).

/// Those that Edgewalk makes. Of the others it knows too little: of a viewer's place country and city alone.
pub const MADE: [&str; 15] = [
    "CloudFront-Is-Desktop-Viewer",
    "CloudFront-Is-Mobile-Viewer",
    "CloudFront-Is-Tablet-Viewer",
    "CloudFront-Is-SmartTV-Viewer",
    "CloudFront-Is-Android-Viewer",
    "CloudFront-Is-IOS-Viewer",
    "CloudFront-Viewer-Country",
    "CloudFront-Viewer-City",
    "CloudFront-Viewer-ASN",
    "CloudFront-Viewer-Address",
    "CloudFront-Viewer-Http-Version",
    "CloudFront-Viewer-TLS",
    "CloudFront-Forwarded-Proto",
    "CloudFront-Error-Uri",
    "CloudFront-Error-Args",
];

/// Whether a field of this name is CloudFront's own to make (CK-06, QH-13).
pub fn is_cloudfronts_own(name: &str) -> bool {
    name.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("CloudFront-"))
}

/// Whether Edgewalk makes the field of this name, which is CloudFront's own to make.
pub fn is_made(name: &str) -> bool {
    MADE.iter().any(|made| made.eq_ignore_ascii_case(name))
}
