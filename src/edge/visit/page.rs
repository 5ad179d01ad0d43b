//! The page of the distribution that takes an error's place (CEP-01 to CEP-13).

use std::sync::Arc;

use super::{Involved, Visit, without_own_cookies};
use crate::edge::decision::{Decision, Witness};
use crate::edge::request::Wanted;
use crate::edge::storable::PageKept;
use crate::edge::{Tier, admission};
use crate::http::{Fields, Method, Request, Status, Target};

/// An error whose page is being looked for.
#[derive(Debug)]
pub(super) struct PendingError {
    /// The viewer's request; the POP now asks for the page.
    pub(super) request: Arc<Request>,
    /// The origin's status, or that of the POP's refusal.
    pub(super) of: Status,
    /// The status that goes with the page (CE-03).
    pub(super) status: u16,
    /// How the origin was involved in the error.
    pub(super) origin: Involved,
}

impl Visit {
    /// Asks for the page that takes this error's place, if one is configured (CEP-01, CEP-03): an ordinary look-up
    /// under the behavior of the page's path (REC-12, MODEL). `kept_secs` says for how long the error is kept, if it is.
    pub(super) fn turn_to_page(
        &mut self,
        of: Status,
        origin: Involved,
        kept_secs: Option<u64>,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> bool {
        let failed = self.asked.wanted();
        let configured = failed.config.distribution().error_response(of.0);
        let Some(page) = configured.and_then(|response| response.page.as_ref()) else {
            return false; // CEP-01
        };
        let Ok(target) = Target::new(&page.path, "") else { return false };
        witness.note(|| Decision::PageWanted { status: of, path: page.path.clone() });
        let place = failed.config.rule_for(target.path()); // CEP-03
        let (request, status) = (Arc::clone(&failed.viewer), page.status);
        let fetch = Arc::new(whole_get(&request, target));
        let is_trusted = |rule| failed.config.rule(rule).behavior.trusted.is_some();
        let may_be_signed = is_trusted(failed.rule) || is_trusted(place);
        let mut wanted = Wanted {
            // SIG-20, QS-09: no cookie of a signature goes further. EDGE-01: no function runs on the fetch of a page.
            rewritten: without_own_cookies(&fetch, may_be_signed),
            viewer: fetch,
            rule: place,
            // CEP-04, CEP-11: kept like the error; CEP-05: unless the page's path has a behavior of its own.
            page: failed
                .config
                .rule(place)
                .behavior
                .pattern
                .is_default()
                .then(|| kept_secs.map_or(PageKept::NotAtAll, PageKept::ForSecs)),
            ..failed.clone()
        };
        admission::give_key(&mut wanted, pop, Some(&request));
        admission::tell_key(&wanted, witness); // the page has one of its own
        self.asked = wanted.into();
        self.error = Some(PendingError { request, of, status, origin }.into());
        true
    }
}

/// A GET for a page: whole, whatever the viewer asked for, and without the content that the viewer sent (CEP-03).
fn whole_get(viewer: &Request, target: Target) -> Request {
    let is_dropped = |name: &str| {
        let name = name.to_ascii_lowercase();
        name == "range"
            || name == "expect"
            || name.starts_with("if-")
            || name.starts_with("content-")
    };
    let fields: Fields =
        viewer.fields.iter().filter(|field| !is_dropped(field.name())).cloned().collect();
    let fields = fields.into();
    Request { method: Method::Get, content_length: 0, target, fields, ..*viewer }
}

/// CEP-10: with a page the connection is closed after these.
pub(super) const fn page_closes(of: Status) -> bool {
    matches!(of.0, 400 | 405 | 414 | 416 | 500 | 501)
}
