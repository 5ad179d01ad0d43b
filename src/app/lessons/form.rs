//! The composer's form after a walk was opened: what was sent last, ready to be sent again.

use crate::app::composer::Form;
use crate::http::Request;
use crate::network::City;
use crate::simulation::{Action, Walk};

/// The form for the last request of a walk; none where nothing is sent.
pub(super) fn of(walk: &Walk) -> Option<Form> {
    walk.actions.iter().rev().find_map(|timed| match &timed.action {
        Action::Send { city, request } => Some(filled(*city, request)),
        Action::SendTogether { requests } => {
            requests.last().map(|(city, request)| filled(*city, request))
        }
        _ => None,
    })
}

/// The form for a request from a city.
pub(crate) fn filled(city: City, request: &Request) -> Form {
    let is_cookie = |name: &str| name.eq_ignore_ascii_case("Cookie");
    let lines = request.fields.iter().filter(|field| !is_cookie(field.name()));
    let lines = lines.map(|field| format!("{}: {}", field.name(), field.value()));
    Form {
        city: city.label().to_owned(),
        path: request.target.path().to_owned(),
        scheme: request.scheme,
        query: request.target.query().unwrap_or_default().to_owned(),
        headers: lines.collect::<Vec<_>>().join("\n"),
        cookies: request.fields.all("Cookie").collect::<Vec<_>>().join("; "),
        content: (request.content_length > 0).then_some((request.method, request.content_length)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::Method;
    use crate::simulation::{Link, lessons};

    #[test]
    fn the_form_sends_what_the_walk_sent_last() {
        let mut count = 0;
        for lesson in lessons::all() {
            let walk = lesson.walk();
            let last = walk.actions.iter().rev().find_map(|timed| match &timed.action {
                Action::Send { city, request } => Some((*city, request)),
                _ => None,
            });
            let (city, request) = last.unwrap();
            let (from, sent) = of(&walk).unwrap().parse(request.method).unwrap();
            assert_eq!((from, &sent), (city, &**request));
            count += 1;
        }
        assert_eq!(count, 8);
    }

    #[test]
    fn cookies_have_a_line_of_their_own() {
        let link = Link::read("do=GET:paris:/a?b=c:bare:Cookie%3A%20a=1:Accept%3A%20x").unwrap();
        let form = of(&link.walk()).unwrap();
        assert_eq!((&*form.headers, &*form.cookies, &*form.query), ("Accept: x", "a=1", "b=c"));
        assert!(form.parse(Method::Get).is_ok());
        assert_eq!(of(&Link::read("do=wait:1").unwrap().walk()), None);
    }
}
