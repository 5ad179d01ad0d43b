//! What an origin looks at of a request.

use crate::distribution::{Asker, Origin};
use crate::http::{Fields, Method, Request};

/// What an origin looks at of a request.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its method.
    pub method: Method,
    /// Its path, below the origin's own (OR-03).
    pub path: &'a str,
    /// Its query, or at least one that could be a signature (SIG-56).
    pub query: Option<&'a str>,
    /// Who asks.
    pub by: Asker<'a>,
    /// Its fields, or at least those that its answer turns on.
    pub fields: &'a Fields,
}

impl<'a> Asked<'a> {
    /// What this origin looks at of a request that came to it.
    pub fn of(request: &'a Request, origin: &Origin, by: Asker<'a>) -> Self {
        let path = request.target.path();
        let path = path.strip_prefix(&*origin.path).unwrap_or(path); // OR-03
        let query = request.target.query();
        Self { method: request.method, path, query, by, fields: &request.fields }
    }

    /// OK-01: whether it asks a bucket for the list of its objects. Below an origin path it asks for a key as any other (OK-20).
    pub(super) fn is_for_list(&self, origin: &Origin) -> bool {
        self.path == "/" && origin.path.is_empty()
    }
}
