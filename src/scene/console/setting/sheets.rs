//! Which settings an origin and a behavior have, in the order of AWS's console.

use super::Setting;
use crate::distribution::FunctionEvent;

/// Those of an origin: of a server, of one within a private network (OK-12), or of a bucket.
pub(super) fn of_origin(is_custom: bool, is_private: bool) -> Vec<Setting> {
    let mut settings = vec![Setting::OriginId, Setting::DomainName, Setting::OriginPath];
    if is_custom || is_private {
        settings.push(Setting::VpcOrigin);
    }
    if is_private {
        settings.push(Setting::VpcOwner);
    }
    if is_custom {
        settings.extend([
            Setting::Protocol,
            Setting::HttpPort,
            Setting::HttpsPort,
            Setting::OriginSsl,
        ]);
    }
    settings.extend([
        Setting::Shield,
        Setting::Attempts,
        Setting::ConnectionTimeout,
        Setting::ResponseTimeout,
        Setting::CompletionTimeout,
    ]);
    if is_custom || is_private {
        settings.push(Setting::KeepAlive);
    }
    if !is_private {
        settings.push(Setting::AccessControl);
    }
    if !is_custom && !is_private {
        settings.extend([Setting::AccessIdentity, Setting::LetsIn]);
    }
    settings.extend([Setting::CustomHeaders, Setting::AsJson]);
    settings
}

/// Those of a behavior.
pub(super) fn of_behavior(is_default: bool, is_legacy: bool) -> Vec<Setting> {
    let mut settings = Vec::new();
    if !is_default {
        settings.push(Setting::PathPattern);
    }
    settings.extend([
        Setting::Target,
        Setting::ViewerProtocol,
        Setting::AllowedMethods,
        Setting::CachedOptions,
        Setting::Compress,
        Setting::CachePolicy,
    ]);
    if is_legacy {
        settings.extend([
            Setting::MinTtl,
            Setting::DefaultTtl,
            Setting::MaxTtl,
            Setting::LegacyQuery,
            Setting::LegacyHeaders,
            Setting::LegacyCookies,
        ]);
    } else {
        settings.push(Setting::OriginRequestPolicy);
    }
    settings.extend([Setting::ResponseHeadersPolicy, Setting::TrustedKeys, Setting::RealTimeLog]);
    settings.extend(FunctionEvent::ALL.map(Setting::Function));
    settings.push(Setting::AsJson);
    settings
}
