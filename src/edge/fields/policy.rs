//! What a response headers policy removes and adds (RH-09; distribution.md section 3.3).

use super::is_one_of;
use crate::distribution::{Cors, PolicyField, ResponseHeadersPolicy};
use crate::http::{Field, Fields, Method, Request, Text};

/// Names that no policy can remove; X-Cache is none of them any more (XC-13).
const NOT_REMOVABLE: [&str; 7] = [
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Host",
    "Transfer-Encoding",
    "Upgrade",
    "Via",
];

/// First what goes, then what comes (RH-09), on hits as on misses.
pub(super) fn apply(policy: &ResponseHeadersPolicy, fields: &mut Fields, viewer: &Request) {
    for name in policy.remove.iter().filter(|name| is_removable(name)) {
        fields.remove(name);
    }
    if let Some(cors) = &policy.cors {
        add_cors(cors, fields, viewer);
    }
    for field in &policy.fields {
        add(field, fields);
    }
}

fn is_removable(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !is_one_of(name, &NOT_REMOVABLE)
        && !lower.starts_with("x-amz-cf-")
        && !lower.starts_with("x-edge-")
}

/// A security or custom field: each has a flag of its own for whether it replaces the origin's.
fn add(wanted: &PolicyField, fields: &mut Fields) {
    let is_kept = fields.has(&wanted.name) && !wanted.overrides;
    if let (false, Ok(field)) = (is_kept, Field::new(&wanted.name, &wanted.value)) {
        fields.remove(&wanted.name);
        fields.push(field);
    }
}

/// The CORS fields go as one: where they do not override, a single one of the origin's keeps all of them out.
fn add_cors(cors: &Cors, fields: &mut Fields, viewer: &Request) {
    let Some(origin) = viewer.fields.get("Origin") else { return };
    let is_cors = |name: &str| name.to_ascii_lowercase().starts_with("access-control-");
    if !cors.overrides && fields.iter().any(|field| is_cors(field.name())) {
        return;
    }
    let names: Vec<String> =
        fields.iter().map(|field| field.name().to_owned()).filter(|name| is_cors(name)).collect();
    for name in names {
        fields.remove(&name);
    }
    let any = cors.allow_origins.iter().any(|allowed| allowed == "*");
    let allowed = if any && !cors.allow_credentials {
        Some("*")
    } else {
        Some(origin).filter(|origin| any || cors.allow_origins.iter().any(|one| one == origin))
    };
    let Some(allowed) = allowed else { return };
    fields.add("Access-Control-Allow-Origin", Text::copy(allowed));
    if cors.allow_credentials {
        fields.add("Access-Control-Allow-Credentials", "true");
    }
    let mut list = |name: &'static str, values: &[String]| {
        if !values.is_empty() {
            fields.add(name, values.join(", "));
        }
    };
    list("Access-Control-Expose-Headers", &cors.expose_headers);
    let is_preflight =
        viewer.method == Method::Options && viewer.fields.has("Access-Control-Request-Method");
    if is_preflight {
        list("Access-Control-Allow-Methods", &cors.allow_methods);
        list("Access-Control-Allow-Headers", &cors.allow_headers);
        if let Some(secs) = cors.max_age_secs {
            fields.add("Access-Control-Max-Age", secs.to_string());
        }
    }
}
