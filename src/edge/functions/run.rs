//! What the ready-made functions do.

use std::sync::Arc;

use super::touched::{is_hidden, may_not_set};
use super::{Did, Fault, Made};
use crate::distribution::{Function, FunctionEvent, ReadyMade, Runtime};
use crate::edge::fields::RequestId;
use crate::http::{Field, Fields, Request, Status, Target};

/// Runs a function on a request: what it did, and the request as it goes on, where that is another one.
pub(in crate::edge) fn on_request(
    function: &Function,
    event: FunctionEvent,
    request: &Arc<Request>,
    id: RequestId,
) -> (Did, Option<Arc<Request>>) {
    let (did, mut changed) = run_on_request(function, event, request, id);
    let goes_on = !matches!(did, Did::Answered(_) | Did::Failed(_));
    let fields = &changed.as_ref().unwrap_or(request).fields;
    if goes_on && let Some(written) = written_out(function.runtime, fields) {
        let mut request = (**changed.as_ref().unwrap_or(request)).clone();
        request.fields = written.into();
        changed = Some(request.into());
    }
    (did, changed)
}

fn run_on_request(
    function: &Function,
    event: FunctionEvent,
    request: &Arc<Request>,
    id: RequestId,
) -> (Did, Option<Arc<Request>>) {
    let Some(does) = &function.does else { return (Did::Unknown, None) };
    let target = &request.target;
    match does {
        ReadyMade::SinglePage { page } => {
            let last = target.path().rsplit('/').next().unwrap_or_default();
            let path = if last.contains('.') { target.path() } else { page };
            rewritten(request, path, target.query())
        }
        ReadyMade::StripPrefix { prefix } => {
            let rest = target.path().strip_prefix(prefix.trim_end_matches('/'));
            let path = match rest {
                Some("") => "/",
                Some(rest) if rest.starts_with('/') => rest,
                _ => target.path(),
            };
            rewritten(request, path, target.query())
        }
        ReadyMade::SortQuery => {
            let sorted = target.query().map(sorted);
            rewritten(request, target.path(), sorted.as_deref())
        }
        ReadyMade::Redirect { from, to, status } if from.matches(target.path()) => {
            answered(*status, "Location", to)
        }
        ReadyMade::BasicAuth { credentials } => {
            let given = request.fields.get("Authorization");
            let given = given.and_then(|given| given.strip_prefix("Basic "));
            if given == Some(credentials) {
                return (Did::PassedOn, None);
            }
            answered(401, "WWW-Authenticate", "Basic")
        }
        ReadyMade::SetField { name, .. } if may_not_set(event, function.runtime, name) => {
            (Did::Failed(Fault::Touched { name: name.clone() }), None)
        }
        ReadyMade::SetField { name, value } => {
            with_field(request, &as_set(function.runtime, name), value.clone())
        }
        ReadyMade::SplitTest { cookie, percent } if !has_cookie(&request.fields, cookie) => {
            let given = request.fields.all("Cookie").collect::<Vec<_>>().join("; ");
            let own = format!("{cookie}={}", side(id, *percent));
            let all = if given.is_empty() { own } else { format!("{given}; {own}") };
            with_field(request, "Cookie", all)
        }
        ReadyMade::Throws => (Did::Failed(Fault::Threw), None),
        ReadyMade::Redirect { .. } | ReadyMade::SplitTest { .. } => (Did::PassedOn, None),
    }
}

/// Runs a function on a request to an origin, which it sees without the origin's own path.
pub(in crate::edge) fn on_origin_request(
    function: &Function,
    request: &Arc<Request>,
    prefix: &str,
    id: RequestId,
) -> (Did, Option<Arc<Request>>) {
    let event = FunctionEvent::OriginRequest;
    let with_path = |request: &Request, path: &str| {
        let target = Target::new(path, request.target.query().unwrap_or_default());
        let target = target.unwrap_or_else(|_| request.target.clone());
        Arc::new(Request { target, ..request.clone() })
    };
    let Some(path) = request.target.path().strip_prefix(prefix).filter(|_| !prefix.is_empty())
    else {
        return on_request(function, event, request, id);
    };
    let (did, changed) = on_request(function, event, &with_path(request, path), id);
    let changed = changed.map(|it| with_path(&it, &[prefix, it.target.path()].concat()));
    (did, changed)
}

/// Runs a function on an answer to a viewer's request, whose fields it may change.
pub(in crate::edge) fn on_response(
    function: &Function,
    event: FunctionEvent,
    viewer: &Request,
    id: RequestId,
    fields: &mut Fields,
) -> Did {
    let did = run_on_response(function, event, viewer, id, fields);
    if !matches!(did, Did::Failed(_))
        && let Some(written) = written_out(function.runtime, fields)
    {
        *fields = written;
    }
    did
}

fn run_on_response(
    function: &Function,
    event: FunctionEvent,
    viewer: &Request,
    id: RequestId,
    fields: &mut Fields,
) -> Did {
    let Some(does) = &function.does else { return Did::Unknown };
    match does {
        ReadyMade::SetField { name, .. } if may_not_set(event, function.runtime, name) => {
            Did::Failed(Fault::Touched { name: name.clone() })
        }
        ReadyMade::SetField { name, value } => {
            let name = as_set(function.runtime, name);
            set(fields, &name, value);
            Did::SetField { name, value: value.clone() }
        }
        ReadyMade::SplitTest { cookie, percent } if !has_cookie(&viewer.fields, cookie) => {
            let value = format!("{cookie}={}; Path=/", side(id, *percent));
            fields.add("Set-Cookie", value.clone());
            Did::SetField { name: "Set-Cookie".to_owned(), value }
        }
        ReadyMade::Throws => Did::Failed(Fault::Threw),
        _ => Did::PassedOn,
    }
}

fn rewritten(
    request: &Arc<Request>,
    path: &str,
    query: Option<&str>,
) -> (Did, Option<Arc<Request>>) {
    let target = Target::new(path, query.unwrap_or_default());
    let target = target.unwrap_or_else(|_| request.target.clone());
    if target == request.target {
        return (Did::PassedOn, None);
    }
    let did = Did::Rewrote { from: request.target.to_string(), to: target.to_string() };
    (did, Some(Arc::new(Request { target, ..(**request).clone() })))
}

fn answered(status: u16, name: &str, value: &str) -> (Did, Option<Arc<Request>>) {
    let field = (name.to_owned(), value.to_owned());
    (Did::Answered(Made { status: Status(status), field }), None)
}

fn with_field(request: &Arc<Request>, name: &str, value: String) -> (Did, Option<Arc<Request>>) {
    let mut changed = (**request).clone();
    set(Arc::make_mut(&mut changed.fields), name, &value);
    (Did::SetField { name: name.to_owned(), value }, Some(Arc::new(changed)))
}

/// EDGE-42: to a CloudFront function names are in lower case, and all that it was shown goes out with a capital at the start
/// of each word, whatever it did; none where all are written so already. Lambda@Edge says itself how a name is written.
fn written_out(runtime: Runtime, fields: &Fields) -> Option<Fields> {
    let is_other = |field: &Field| as_written(field.name()) != field.name();
    if runtime == Runtime::Lambda || !fields.iter().any(is_other) {
        return None;
    }
    let written = |field: &Field| {
        let is_other = is_other(field) && !is_hidden(&field.name().to_ascii_lowercase()); // EDGE-48
        let other = is_other.then(|| Field::new(&as_written(field.name()), field.value()));
        other.and_then(Result::ok).unwrap_or_else(|| field.clone())
    };
    Some(fields.iter().map(written).collect())
}

/// What a function calls a field that it sets, as that goes out.
fn as_set(runtime: Runtime, name: &str) -> String {
    if runtime == Runtime::Lambda { name.to_owned() } else { as_written(name) }
}

/// A capital at the start of each word, and no other.
fn as_written(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for letter in name.chars() {
        let begins = written.is_empty() || written.ends_with('-');
        written.push(if begins {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        });
    }
    written
}

pub(super) fn set(fields: &mut Fields, name: &str, value: &str) {
    fields.remove(name);
    if let Ok(field) = Field::new(name, value) {
        fields.push(field);
    }
}

fn has_cookie(fields: &Fields, name: &str) -> bool {
    let mut pairs = fields.all("Cookie").flat_map(|cookies| cookies.split(';'));
    pairs.any(|pair| pair.trim().split('=').next() == Some(name))
}

/// On which side of a test an exchange comes to stand: the same at all its events.
fn side(id: RequestId, percent: u8) -> char {
    if id.draw(100) < u64::from(percent) { 'B' } else { 'A' }
}

/// The parameters in order of their names, those of one name as they came.
fn sorted(query: &str) -> String {
    let mut sorted: Vec<&str> = Vec::new();
    for pair in query.split('&') {
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let place = sorted.iter().position(|other| name(other) > name(pair));
        sorted.insert(place.unwrap_or(sorted.len()), pair);
    }
    sorted.join("&")
}
