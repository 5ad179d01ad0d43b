//! The CORS fields and the security fields of an own response headers policy, and which of its fields stand over the origin's
//! (RH-09).

use super::Setting;
use super::beside::set_or_leave_out;
use crate::distribution::Draft;
use crate::json::{Json, NoSuchPlace, Path};
use crate::scene::console::before;
use crate::scene::console::enter::number;
use crate::scene::console::item::{self, Item};
use crate::scene::console::lines::{self, shown};

const CORS: &str = "CorsConfig";
const SECURITY: &str = "SecurityHeadersConfig";
const HSTS: &str = "StrictTransportSecurity";

/// The security fields, by the members that ask for them, with their names.
const FIELDS: [(&str, &str); 6] = [
    ("ContentSecurityPolicy", "Content-Security-Policy"),
    ("ReferrerPolicy", "Referrer-Policy"),
    (HSTS, "Strict-Transport-Security"),
    ("ContentTypeOptions", "X-Content-Type-Options"),
    ("FrameOptions", "X-Frame-Options"),
    ("XSSProtection", "X-XSS-Protection"),
];

/// The settings of a policy; those of CORS and HSTS where there is one.
pub(super) fn settings(item: Item, draft: &Draft) -> Vec<Setting> {
    use Setting as S;
    let mut settings = vec![S::BesideName, S::AddedHeaders, S::RemovedHeaders, S::Cors];
    if S::Cors.value(item, draft) == "true" {
        settings.extend([
            S::CorsOrigins,
            S::CorsMethods,
            S::CorsHeaders,
            S::CorsExposed,
            S::CorsMaxAge,
            S::CorsCredentials,
        ]);
    }
    settings.push(S::Hsts);
    if !S::Hsts.value(item, draft).is_empty() {
        settings.extend([S::HstsSubdomains, S::HstsPreload]);
    }
    settings.extend([
        S::ContentPolicy,
        S::ReferrerPolicy,
        S::FrameOptions,
        S::NoSniff,
        S::XssProtection,
        S::Overrides,
        S::ServerTiming,
    ]);
    settings
}

/// What a setting says; none where it is a setting as any other.
pub(super) fn value(
    setting: Setting,
    item: Item,
    draft: &Draft,
    here: Option<&Json>,
) -> Option<String> {
    let list = || here.map(lines::texts).unwrap_or_default();
    Some(match setting {
        Setting::Cors | Setting::NoSniff => here.is_some().to_string(),
        Setting::CorsOrigins | Setting::CorsHeaders | Setting::CorsExposed => list().join(", "),
        Setting::CorsMethods => list().join("\n"),
        Setting::HstsSubdomains | Setting::HstsPreload => {
            here.map_or_else(|| "false".to_owned(), shown)
        }
        Setting::XssProtection => {
            let is_on = |name: &str| here.and_then(|it| it.member(name)) == Some(&Json::Flag(true));
            let report = here.and_then(|it| it.member("ReportUri")).and_then(Json::as_text);
            match (here, report.filter(|uri| !uri.is_empty())) {
                (None, _) => String::new(),
                _ if !is_on("Protection") => "0".to_owned(),
                _ if is_on("ModeBlock") => "1; mode=block".to_owned(),
                (_, Some(uri)) => format!("1; report={uri}"),
                _ => "1".to_owned(),
            }
        }
        Setting::Overrides => {
            let all = places(item, draft);
            let is_on = |(_, place): &&(String, Path)| draft.at(place) == Some(&Json::Flag(true));
            let on: Vec<&str> = all.iter().filter(is_on).map(|(name, _)| &**name).collect();
            match on.len() {
                0 => "none".to_owned(),
                count if count == all.len() => "all".to_owned(),
                _ => on.join(", "),
            }
        }
        _ => return None,
    })
}

/// The names of what may stand over the origin's, and where that is said.
fn places(item: Item, draft: &Draft) -> Vec<(String, Path)> {
    let mut all = Vec::new();
    let cors = item.path().member(CORS);
    if draft.at(&cors).is_some() {
        all.push(("CORS".to_owned(), cors.member("OriginOverride")));
    }
    for (member, name) in FIELDS {
        let place = item.path().member(SECURITY).member(member);
        if draft.at(&place).is_some() {
            all.push((name.to_owned(), place.member("Override")));
        }
    }
    let own = item.path().member("CustomHeadersConfig").member("Items");
    for (place, field) in draft.at(&own).map_or(&[][..], Json::items).iter().enumerate() {
        let name = field.member("Header").map(shown).unwrap_or_default();
        all.push((name, own.item(place).member("Override")));
    }
    all
}

/// Puts a value in; false where it is a setting as any other.
pub(super) fn put(
    setting: Setting,
    draft: &mut Draft,
    item: Item,
    value: &str,
) -> Result<bool, NoSuchPlace> {
    let path = setting.path(item, draft);
    let word = value.trim();
    let text = |name: &'static str| (!word.is_empty()).then(|| vec![(name, Json::text(value))]);
    match setting {
        Setting::Cors => {
            let was = before::of(draft, item).and_then(|was| was.member(CORS)).cloned();
            let is_there = draft.at(&path).is_some();
            match value {
                "true" if is_there => {}
                "true" => drop(draft.set(&path, was.unwrap_or_else(cors))?),
                _ if is_there => drop(draft.remove(&path)?),
                _ => {}
            }
        }
        Setting::CorsOrigins | Setting::CorsHeaders | Setting::CorsMethods => {
            draft.set(&path, item::listed(lines::words(value)))?;
        }
        Setting::CorsExposed if word.is_empty() => item::take_out(draft, &path)?,
        Setting::CorsExposed => drop(draft.set(&path, item::listed(lines::words(value)))?),
        Setting::HstsSubdomains | Setting::HstsPreload => {
            if value == "true" || draft.at(&path).is_some() {
                draft.set(&path, Json::Flag(value == "true"))?;
            }
        }
        Setting::Hsts => {
            let secs = number(word);
            match draft.at(&path) {
                Some(_) if !word.is_empty() => drop(draft.set(&path, secs)?),
                _ => {
                    let said = (!word.is_empty()).then(|| vec![("AccessControlMaxAgeSec", secs)]);
                    set_field(draft, item, HSTS, said)?;
                }
            }
        }
        Setting::ContentPolicy => {
            set_field(draft, item, "ContentSecurityPolicy", text("ContentSecurityPolicy"))?;
        }
        Setting::ReferrerPolicy => {
            set_field(draft, item, "ReferrerPolicy", text("ReferrerPolicy"))?;
        }
        Setting::FrameOptions => set_field(draft, item, "FrameOptions", text("FrameOption"))?,
        Setting::NoSniff => {
            let said = (value == "true").then(Vec::new);
            set_field(draft, item, "ContentTypeOptions", said)?;
        }
        Setting::XssProtection
            if self::value(setting, item, draft, draft.at(&path)).as_deref() == Some(word) => {}
        Setting::XssProtection => {
            let mut said = vec![
                ("Protection", Json::Flag(word != "0")),
                ("ModeBlock", Json::Flag(word.ends_with("mode=block"))),
            ];
            said.extend(word.strip_prefix("1; report=").map(|uri| ("ReportUri", Json::text(uri))));
            set_field(draft, item, "XSSProtection", (!word.is_empty()).then_some(said))?;
        }
        Setting::Overrides => {
            let named: Vec<&str> = lines::words(value).collect();
            for (name, place) in places(item, draft) {
                let is_named = named.iter().any(|it| it.eq_ignore_ascii_case(&name));
                draft.set(&place, Json::Flag(word == "all" || is_named))?;
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// What CORS begins with: every origin may read what it asks for without credentials.
fn cors() -> Json {
    Json::object([
        ("AccessControlAllowOrigins", item::listed(["*"])),
        ("AccessControlAllowHeaders", item::listed(["*"])),
        ("AccessControlAllowMethods", item::listed(["GET", "HEAD"])),
        ("AccessControlAllowCredentials", Json::Flag(false)),
        ("OriginOverride", Json::Flag(true)),
    ])
}

/// Asks for a security field, or no longer; it stands over the origin's as it did, and a new one does.
fn set_field(
    draft: &mut Draft,
    item: Item,
    name: &str,
    said: Option<Vec<(&str, Json)>>,
) -> Result<(), NoSuchPlace> {
    let fields = item.path().member(SECURITY);
    let place = fields.member(name);
    if let Some(said) = said {
        let was = || before::of(draft, item)?.member(SECURITY)?.member(name)?.member("Override");
        let overrides = draft.at(&place.member("Override")).or_else(was).cloned();
        let overrides = overrides.unwrap_or(Json::Flag(true));
        let members = said.into_iter().chain([("Override", overrides)]);
        return draft.set(&place, Json::object(members)).map(drop);
    }
    item::take_out(draft, &place)?;
    if draft.at(&fields).is_some_and(|json| json.members().is_empty()) {
        set_or_leave_out(draft, item, SECURITY, Json::object([]), true)?;
    }
    Ok(())
}
