//! The second opinion: `http-cache-semantics` as a shared cache without heuristics.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};
use http_cache_semantics::{BeforeRequest, CacheOptions, CachePolicy};

use crate::Verdict;
use crate::pair::{NOW, Pair};

fn map<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> HeaderMap {
    let field = |(name, value): (&str, &str)| {
        let name: HeaderName = name.parse().unwrap();
        (name, HeaderValue::from_str(value).unwrap())
    };
    let mut map = HeaderMap::new();
    for (name, value) in fields.into_iter().map(field) {
        map.append(name, value);
    }
    map
}

fn request(method: edgewalk::http::Method, fields: &[(&str, &str)]) -> http::Request<()> {
    let mut request = http::Request::new(());
    *request.method_mut() = method.as_str().parse().unwrap();
    *request.uri_mut() = "/a".parse().unwrap();
    *request.headers_mut() = map(fields.iter().copied());
    request
}

pub fn verdict(pair: &Pair) -> Verdict {
    let options = CacheOptions {
        shared: true,
        cache_heuristic: 0.0,
        immutable_min_time_to_live: Duration::ZERO,
        ignore_cargo_cult: false,
    };
    let received = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    let mut response = http::Response::new(());
    *response.status_mut() = pair.status.try_into().unwrap();
    let fields = pair.fields();
    *response.headers_mut() = map(fields.iter().map(|(name, value)| (*name, &**value)));
    let first = request(pair.method, &pair.request);
    let policy = CachePolicy::new_options(&first, &response, received, options);
    let now = received + Duration::from_secs(pair.later);
    let again = policy.before_request(&request(pair.again, &pair.again_request), now);
    Verdict {
        kept: policy.is_storable(),
        fresh: matches!(again, BeforeRequest::Fresh(_)),
        age: policy.age(now).as_secs(),
    }
}
