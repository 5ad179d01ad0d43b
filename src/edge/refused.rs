//! The answers that a POP makes by itself to a request that it refuses or redirects, or that a function answers.

use std::sync::Arc;

use super::fields::Identity;
use super::{Content, Refusal, RuleMet, own_page};
use crate::distribution::AclAction;
use crate::http::{Response, Status};

/// Such an answer and what stands in it, before any behavior has a say.
pub(super) fn answer(refusal: &Refusal, identity: &Identity) -> (Response, Content) {
    let result = refusal.result();
    let (mut response, content) = match refusal {
        Refusal::ToHttps { status, location } => {
            let page = Content::Page(own_page::redirect_page(*status));
            (own_page::redirect(*status, location, identity), page)
        }
        Refusal::NotSigned(why) => {
            let page = own_page::unsigned(why); // CFE-10
            (own_page::not_signed(&page, identity), Content::Page(page))
        }
        Refusal::ByFunction { made, .. } => {
            (made.to_viewer(result.x_cache(), identity), Content::Nothing)
        }
        _ => {
            let (status, reason) = (refusal.status(), own_page::reason_of_refusal(refusal));
            let page = own_page::page(status, reason, identity.request_id);
            (own_page::error(status, reason, result, identity), Content::Page(page))
        }
    };
    if let Refusal::ByWebAcl(RuleMet {
        action: AclAction::Captcha | AclAction::Challenge, ..
    }) = refusal
    {
        let word = if refusal.status() == Status(405) { "captcha" } else { "challenge" };
        Arc::make_mut(&mut response.fields).add("X-Amzn-Waf-Action", word); // VSEC-24
    }
    if !refusal.is_by_behavior() {
        Arc::make_mut(&mut response.fields).add("Server", "CloudFront"); // RH-04
    }
    (response, content)
}
