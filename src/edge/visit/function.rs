//! Functions at the POP: it waits for them, and goes on (EDGE-07).

use std::sync::Arc;
use std::time::Duration;

use super::{Next, Visit, without_own_cookies};
use crate::distribution::{Function, FunctionEvent, Runtime};
use crate::edge::decision::{Decision, Witness};
use crate::edge::functions::{Did, Handed, Ran, on_response};
use crate::edge::{Refusal, Reply, Tier, admission};
use crate::http::Fields;
use crate::time::Moment;

/// A function that runs at the POP.
#[derive(Debug)]
pub struct FunctionRun {
    /// What runs it.
    pub runtime: Runtime,
    /// What it gets at the viewer's response; at the viewer's request there is none yet.
    pub(super) reply: Option<Box<Reply>>,
}

impl Visit {
    /// The function of the last [`Next::Run`] is done; `took` is for how long the POP has waited for it.
    pub fn ran(
        &mut self,
        now: Moment,
        run: FunctionRun,
        took: Duration,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> Next {
        if let Some(reply) = run.reply {
            return Next::Reply(self.with_function(now, *reply, took, witness));
        }
        let mut wanted = self.asked.wanted().clone();
        let passed = admission::run_function(took, &mut wanted, witness);
        let admitted = admission::admit(passed, &mut wanted, pop, witness);
        self.asked = wanted.into();
        self.admitted(now, admitted, pop, witness)
    }

    /// EDGE-04, FLOW-14: the function at the viewer's response has the last word, but not on errors and their pages.
    pub(super) fn function_for(&self, reply: &Reply) -> Option<&Arc<Function>> {
        let is_passed_over = self.error.is_some() || reply.status.is_error();
        let function = self.asked.behavior().functions.at(FunctionEvent::ViewerResponse);
        function.filter(|_| !is_passed_over)
    }

    /// A reply that leaves now, once the function has had its say.
    fn with_function(
        &self,
        now: Moment,
        mut reply: Reply,
        took: Duration,
        witness: &mut impl Witness,
    ) -> Reply {
        let Some(function) = self.function_for(&reply) else { return reply };
        let event = FunctionEvent::ViewerResponse;
        let (viewer, identity) = (self.request(), self.asked.identity());
        // What it does goes by the request alone; its fields are set where the answer is written out.
        let id = identity.request_id;
        let did = on_response(function, event, viewer, id, &mut Fields::new());
        witness.note(|| {
            let handed = || {
                let distribution = self.asked.config().distribution();
                // CD-21, SIG-20: cookies that the edge alone reads are no business of a function's.
                let is_trusting = self.asked.behavior().trusted.is_some();
                let own = without_own_cookies(viewer, is_trusting);
                let request = own.as_ref().unwrap_or(viewer);
                let given = self.written(&reply);
                let after = Reply { function: Some(Arc::clone(function)), ..reply.clone() };
                let after = self.written(&after);
                Handed::at_response(distribution, identity, request, function, &did, given, after)
                    .seeing(self.asked.behavior(), identity, &did)
            };
            Decision::FunctionRan(Ran::of(function, event, did.clone(), took).with(handed))
        });
        if let Did::Failed(fault) = did {
            let refusal = Refusal::FunctionFailed { runtime: function.runtime, fault };
            return Reply::refusing(now, &refusal, identity);
        }
        reply.function = Some(Arc::clone(function));
        if let Some(finish) = &mut reply.finish {
            finish.at = now; // ST-11: it leaves later by what the function took
        }
        reply
    }
}
