//! What is typed into the composer, and reading a request out of it. No browser here.

use std::sync::Arc;

use crate::http::curl::Pasted;
use crate::http::{Field, FieldError, Fields, Method, Request, Scheme, Target, TargetError};
use crate::network::{City, PlaceError};
use crate::simulation::form::CLASSROOM_FIELDS;

/// The fields of the form that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    /// "Viewer city".
    City,
    /// "URL path".
    Path,
    /// "Query string".
    Query,
    /// "Headers".
    Headers,
    /// "Cookies".
    Cookies,
}

impl FormField {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::City, Self::Path, Self::Query, Self::Headers, Self::Cookies];

    /// The id of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::City => "viewer-city",
            Self::Path => "url-path",
            Self::Query => "query",
            Self::Headers => "headers",
            Self::Cookies => "cookies",
        }
    }

    /// The longest text that is let in at all, in bytes: what is above cannot be sent whatever it holds.
    pub const fn limit(self) -> usize {
        match self {
            Self::City => 1_000,
            Self::Path | Self::Query => Target::LIMIT,
            Self::Headers => Fields::LIMIT,
            Self::Cookies => Form::COOKIES_LIMIT,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No such city.
    #[error(transparent)]
    City(#[from] PlaceError),
    /// No path, or no query.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// No fields.
    #[error(transparent)]
    Fields(#[from] FieldError),
    /// A bound of this program, far above what a browser keeps.
    #[error("the cookies have {given} bytes; at most {limit} are taken here")]
    CookiesTooLong {
        /// Their length in bytes.
        given: usize,
        /// The bound in bytes.
        limit: usize,
    },
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadField {
    /// Which one.
    pub field: FormField,
    /// What.
    pub fault: Fault,
}

/// What is typed in. The method is not here: it is a setting of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// As typed.
    pub city: String,
    /// As typed.
    pub path: String,
    /// Whether it goes over TLS.
    pub scheme: Scheme,
    /// As typed, without `?`.
    pub query: String,
    /// One `Name: value` a line.
    pub headers: String,
    /// As in `a=1; b=2`.
    pub cookies: String,
    /// The content of a pasted command: the method that it was pasted with, to which it belongs, and its bytes.
    pub content: Option<(Method, u64)>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            city: "Addis Ababa, Ethiopia".to_owned(),
            path: "/img/hero.jpg".to_owned(),
            scheme: Scheme::default(),
            query: String::new(),
            headers: CLASSROOM_FIELDS.to_owned(),
            cookies: String::new(),
            content: None,
        }
    }
}

impl Form {
    /// The longest text of cookies, in bytes.
    pub const COOKIES_LIMIT: usize = 65_536;

    /// The text of a field.
    pub fn text(&self, field: FormField) -> &str {
        match field {
            FormField::City => &self.city,
            FormField::Path => &self.path,
            FormField::Query => &self.query,
            FormField::Headers => &self.headers,
            FormField::Cookies => &self.cookies,
        }
    }

    /// Replaces the text of a field.
    pub fn put(&mut self, field: FormField, text: String) {
        *match field {
            FormField::City => &mut self.city,
            FormField::Path => &mut self.path,
            FormField::Query => &mut self.query,
            FormField::Headers => &mut self.headers,
            FormField::Cookies => &mut self.cookies,
        } = text;
    }

    /// The request for a method and where it comes from, or everything that is wrong, in the order of the page.
    pub fn parse(&self, method: Method) -> Result<(City, Request), Vec<BadField>> {
        let mut bad = Vec::new();
        let city = kept(&mut bad, FormField::City, City::find(&self.city));
        let path = kept(&mut bad, FormField::Path, Target::new(&self.path, ""));
        let query = kept(&mut bad, FormField::Query, Target::new("/", &self.query));
        let fields = kept(&mut bad, FormField::Headers, Fields::parse(&self.headers));
        let cookie = kept(&mut bad, FormField::Cookies, cookie(&self.cookies));
        let (Some(city), Some(path), Some(query), Some(mut fields), Some(cookie)) =
            (city, path, query, fields, cookie)
        else {
            return Err(bad);
        };
        if let Some(cookie) = cookie {
            fields.push(cookie);
        }
        // Each half was read before; this only joins them.
        let target = Target::new(path.path(), query.query().unwrap_or_default())
            .map_err(|error| vec![BadField { field: FormField::Path, fault: error.into() }])?;
        let (scheme, content_length) = (self.scheme, self.content_length(method));
        let request = Request::new(method, target, Arc::new(fields));
        Ok((city, Request { content_length, scheme, ..request }))
    }

    /// The bytes of content that go with a method.
    pub fn content_length(&self, method: Method) -> u64 {
        self.content.filter(|(of, _)| *of == method).map_or(0, |(_, bytes)| bytes)
    }

    /// What is wrong with one field as it stands.
    pub fn check(&self, field: FormField) -> Option<Fault> {
        let bad = self.parse(Method::Get).err()?;
        bad.into_iter().find(|bad| bad.field == field).map(|bad| bad.fault)
    }

    /// The fields with another name to come by, first.
    pub fn headers_naming(&self, host: &str) -> String {
        let is_host = |line: &&str| {
            let name = line.split_once(':').map_or("", |(name, _)| name);
            name.trim().eq_ignore_ascii_case("Host")
        };
        let host = format!("Host: {host}");
        let others = self.headers.lines().filter(|line| !is_host(line));
        [&*host].into_iter().chain(others).collect::<Vec<_>>().join("\n")
    }

    /// Takes over what a pasted command says; the city stays, and the method is for the walk to set. A name that does not lead
    /// here is left out.
    pub fn take(&mut self, pasted: &Pasted, leads_here: impl Fn(&str) -> bool) {
        self.scheme = pasted.scheme;
        pasted.target.path().clone_into(&mut self.path);
        pasted.target.query().unwrap_or_default().clone_into(&mut self.query);
        let others = pasted.fields.iter().filter(|field| !field.is("Host"));
        let others = others.map(|field| format!("{}: {}", field.name(), field.value()));
        self.headers = others.collect::<Vec<_>>().join("\n");
        if leads_here(pasted.host()) {
            self.headers = self.headers_naming(pasted.host());
        }
        self.cookies.clone_from(&pasted.cookies);
        let bytes = pasted.content_length();
        self.content = (bytes > 0).then_some((pasted.method, bytes));
    }

    /// The scheme, for its closed fold.
    pub fn scheme_summary(&self) -> String {
        self.scheme.as_str().to_owned()
    }

    /// The names in the query string, for its closed fold.
    pub fn query_summary(&self) -> String {
        names(self.query.split('&'))
    }

    /// How many fields there are, for their closed fold.
    pub fn headers_summary(&self) -> String {
        match self.headers.lines().filter(|line| !line.trim().is_empty()).count() {
            0 => String::new(),
            count => count.to_string(),
        }
    }

    /// The cookies' names, for their closed fold.
    pub fn cookies_summary(&self) -> String {
        names(self.cookies.split(';'))
    }

    /// What the one line of a small screen says after the method.
    pub fn recap(&self, method: Method) -> String {
        let found = City::find(&self.city);
        let city = found.as_ref().map_or(self.city.as_str(), |city| city.name());
        let content = match self.content_length(method) {
            0 => String::new(),
            bytes => format!(" with {bytes} bytes"),
        };
        let plain = if self.scheme == Scheme::Http { " without TLS" } else { "" };
        format!("{}{content}{plain} from {city}", self.path)
    }
}

fn kept<T, E: Into<Fault>>(
    bad: &mut Vec<BadField>,
    field: FormField,
    read: Result<T, E>,
) -> Option<T> {
    read.map_err(|error| bad.push(BadField { field, fault: error.into() })).ok()
}

/// The Cookie field (RFC 6265 4.2), none where nothing is typed.
fn cookie(text: &str) -> Result<Option<Field>, Fault> {
    if text.len() > Form::COOKIES_LIMIT {
        return Err(Fault::CookiesTooLong { given: text.len(), limit: Form::COOKIES_LIMIT });
    }
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Field::new("Cookie", text)?))
}

/// A summary is one line of a narrow column; the rest is cut off by the style.
const MOST_NAMES: usize = 8;

fn names<'a>(pairs: impl Iterator<Item = &'a str>) -> String {
    let names = pairs.map(|pair| pair.split('=').next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty()).take(MOST_NAMES).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
