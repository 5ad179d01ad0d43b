//! What came is weighed against what this tier holds: what goes down, and what is kept of it.

use std::sync::Arc;
use std::time::Duration;

use super::Incoming;
use super::fetch::{Came, Fetch};
use crate::distribution::OriginKind;
use crate::edge::config::Member;
use crate::edge::decision::{Decision, Kept, Witness};
use crate::edge::failure::{Disappointment, Failure};
use crate::edge::portion::{self, BadPart, Cut, is_enough};
use crate::edge::revalidation::{freshened, is_head_of, is_same, replaced};
use crate::edge::storable::{self, Terms};
use crate::edge::stored::Held;
use crate::edge::{
    Answer, CacheKey, Contact, Layer, Lifetime, NotStored, Portion, StoredResponse, Tags,
    UpstreamTiming, age, compression, freshness, stale,
};
use crate::http::cache_control::CacheControl;
use crate::http::{Fields, Method, Names, Response, Status};
use crate::time::{Moment, SimTime};

/// The status of a part.
const PARTIAL: Status = Status(206);

/// LIM-05, VER-02: the most bytes of the head of an origin's answer.
const MOST_HEAD_BYTES: u64 = 32_768;

/// MODEL (LIM-05): the status line of that head, which no reason phrase makes longer (RFC 9112 4).
const STATUS_LINE_BYTES: u64 = "HTTP/1.1 200 \r\n".len() as u64;

/// VER-01: the most bytes of a response to a GET that can be stored.
const MOST_CACHEABLE_BYTES: u64 = 50_000_000_000;

/// RH-07: what S3 says of its own work, which goes no further.
const S3_OWN: Names<2> = Names::of(["X-Amz-Id-2", "X-Amz-Request-Id"]);

/// How an origin failed.
#[derive(Clone, Copy)]
struct Failed {
    status: Status,
    by: Disappointment,
    source: Source,
    /// Where the error comes out of the store of the tier above: until when it is kept there.
    kept_above: Option<SimTime>,
}

/// Which origin of a group an answer comes from (FO-02), and what the way to it took, where it was asked.
#[derive(Clone, Copy)]
struct Source {
    member: Member,
    timing: Option<UpstreamTiming>,
}

impl Fetch {
    /// What makes an answer of the origin useless.
    pub(super) fn defect_of(&self, response: &Response) -> Option<Failure> {
        let announced = || response.fields.content_length();
        let is_kept_get = self.asked.method() == Method::Get && self.asked.key().is_some();
        match response.status {
            _ if STATUS_LINE_BYTES + response.fields.size_bytes() > MOST_HEAD_BYTES => {
                Some(Failure::HeadTooLarge) // LIM-05, VER-02
            }
            PARTIAL if portion::origin_part(response).err() == Some(BadPart::LengthMismatch) => {
                Some(Failure::RangeLengthMismatch) // RNG-16
            }
            // RNG-11: where caching is off it passes. RNG-12: of a part its own length counts.
            Status::OK | PARTIAL if is_kept_get && announced() > Some(MOST_CACHEABLE_BYTES) => {
                Some(Failure::TooLarge) // RNG-10
            }
            _ => None,
        }
    }

    /// Weighs what came against what this tier holds; `still_holds` says whether it still does.
    pub(super) fn receive(
        &self,
        now: Moment,
        mut incoming: Incoming,
        by: Disappointment,
        still_holds: bool,
        witness: &mut impl Witness,
    ) -> Came {
        let failure = match by {
            Disappointment::Failure(failure) => Some(failure),
            Disappointment::Status(_) => None,
        };
        if let Incoming::Origin(response, _) = &mut incoming
            && self.onward.origin().kind == OriginKind::S3Bucket
            && response.fields.has_one_of(&S3_OWN)
        {
            Arc::make_mut(&mut response.fields).remove_all(&S3_OWN); // RH-07
        }
        let (response, source, kept_above) = match &incoming {
            Incoming::Origin(response, timing) => {
                // ST-19 (MODEL): an origin whose name did not resolve was not contacted.
                let is_contacted = failure != Some(Failure::NameUnresolved);
                let timing = Some(*timing).filter(|_| is_contacted);
                let source = Source { member: self.onward.member(), timing };
                (response, source, None)
            }
            Incoming::Tier(answer) => {
                // An error that the tier above has kept: the origin was not asked now.
                let kept = answer.kept.as_ref().ok().filter(|_| answer.contact == Contact::None);
                let source = Source { member: answer.member, timing: answer.timing };
                (&answer.response, source, kept.map(|stored| stored.stale_at()))
            }
        };
        // FO-13, FO-06: where another tier turns to the other origin of the group, neither a stale response stands in here
        // nor is the failure remembered.
        let leads_elsewhere = self.is_disappointed(by);
        let is_failing = response.status.0 >= 500 && !leads_elsewhere; // ERR-33, ERR-34, ERR-38, STALE-06, STALE-17
        if let Some(held) = self.held.as_ref().filter(|_| is_failing && still_holds) {
            match stale::on_error(held, now.at, failure.is_some()) {
                Ok(()) => {
                    let failed = Failed { status: response.status, by, source, kept_above };
                    return self.serve_stale(now, held, &failed, witness);
                }
                Err(why) => witness.note(|| Decision::NotServedStale(why)),
            }
        }
        match incoming {
            // REV-05: whoever says 304 answers this tier's own condition; a REC hands down the origin's where it has no
            // stored response itself.
            Incoming::Origin(response, _) | Incoming::Tier(Answer { response, .. })
                if response.status == Status::NOT_MODIFIED && self.onward.is_conditional() =>
            {
                self.confirmed(now, &response, source)
            }
            Incoming::Origin(response, _) if response.status == PARTIAL => {
                self.part(now, response, source) // RNG-12
            }
            Incoming::Origin(response, _) if let Some(held) = self.headed(&response) => {
                let response = of_held(held, replaced(&held.response().fields, &response.fields));
                let plan = self.keep(now, &response, held.held.clone(), source.member);
                let came = self.came(response, Contact::Fetched, plan, None, source);
                Came { kept: Kept::Same, ..came }
            }
            Incoming::Origin(response, _) => {
                let is_head = self.asked.method() == Method::Head;
                let held = if is_head { Held::HeadOnly } else { Held::Whole }; // MET-07
                let plan = if leads_elsewhere {
                    Err(NotStored::FailedOver) // FO-06
                } else {
                    self.keep(now, &response, held, source.member)
                };
                self.came(response, Contact::Fetched, plan, failure, source)
            }
            Incoming::Tier(answer) => self.pass_down(now, answer),
        }
    }

    /// MET-16 (MODEL): what is held of the content whose head this answer to HEAD is, if it is one.
    fn headed(&self, response: &Response) -> Option<&Arc<StoredResponse>> {
        let held = self.held.as_ref().filter(|_| self.asked.method() == Method::Head)?;
        (held.held != Held::HeadOnly && is_head_of(response, held)).then_some(held)
    }

    /// RNG-02: a part is kept as a part of the whole. One that does not say of what, or that is not what was asked for,
    /// is passed on as it is (RFC 9110 15.3.7: the recipient looks which part it got).
    fn part(&self, now: Moment, response: Response, source: Source) -> Came {
        let part = portion::origin_part(&response).ok();
        let part = part.filter(|part| is_enough(&part.held, &self.onward, &part.response));
        let Some(part) = part else {
            let plan = Err(NotStored::Status(PARTIAL));
            return self.came(response, Contact::Fetched, plan, None, source);
        };
        let plan = self.keep(now, &part.response, part.held, source.member);
        let mut came = self.came(part.response, Contact::Fetched, plan, None, source);
        came.answer.portion = Portion::Requested;
        came.answer.wire_bytes = response.body.length;
        came
    }

    /// An answer of the tier above.
    fn pass_down(&self, now: Moment, mut answer: Answer) -> Came {
        answer.wire_bytes = self.asked.wire_bytes(&answer.response, answer.portion);
        let held = self.held.as_ref().filter(|held| is_same(held.response(), &answer.response));
        let Ok(stored) = &answer.kept else { return Came { answer, kept: Kept::Anew } };
        if let Some(held) = held {
            // REV-09, REV-10: what this tier held is the same version, so no content had to travel. It stays as it is,
            // compressed or not (REV-13), with the fields and the instants of the tier above.
            let kept = match answer.contact {
                Contact::Validated => Kept::Confirmed, // REV-05: by the origin, at the tier above
                Contact::StaleOnError => Kept::StandsIn, // ERR-30, ERR-38
                Contact::None if now.at < stored.grace_until => Kept::StandsIn, // ERR-31
                Contact::None | Contact::Fetched => Kept::Same,
            };
            let is_head = self.asked.method() == Method::Head;
            // REV-06: what this tier could not ask about comes whole, and replaces what it held.
            if is_head || self.onward.is_conditional() || kept == Kept::StandsIn {
                let with = |newer: &Response| {
                    of_held(held, replaced(&held.response().fields, &newer.fields))
                };
                let stored = stored.with(with(stored.response()), held.held.clone());
                answer.response = with(&answer.response); // SETC-03
                answer.kept = Ok(stored.into());
                return Came { answer, kept };
            }
        }
        if self.asked.method() == Method::Head {
            // MET-07: no content travelled, whatever the tier above holds.
            answer.kept = Ok(stored.with(stored.response().clone(), Held::HeadOnly).into());
            return Came { answer, kept: Kept::Anew };
        }
        if answer.portion == Portion::Requested {
            // What travelled is kept, and no more (RNG-02).
            match self.onward.cut(stored.response()) {
                Cut::Parts(parts) => answer.kept = Ok(Arc::new(stored.narrowed(&parts))),
                Cut::Unsatisfiable => answer.kept = Err(NotStored::Status(Status(416))), // ERR-04
                Cut::Whole => {}
            }
        }
        Came { answer, kept: Kept::Anew }
    }

    fn came(
        &self,
        response: Response,
        contact: Contact,
        kept: Result<Arc<StoredResponse>, NotStored>,
        failure: Option<Failure>,
        source: Source,
    ) -> Came {
        let answer = Answer {
            wire_bytes: self.asked.wire_bytes(&response, Portion::Whole),
            response,
            portion: Portion::Whole, // RNG-03, RNG-08
            contact,
            layer: self.layer,
            member: source.member,
            kept,
            failure,
            timing: source.timing,
        };
        Came { answer, kept: Kept::Anew }
    }

    /// REV-05, REV-07: the stored response with the fields of the 304, its lifetime counted afresh.
    fn confirmed(&self, now: Moment, not_modified: &Response, source: Source) -> Came {
        let Some(held) = &self.held else {
            let plan = Err(NotStored::NotModified);
            return self.came(not_modified.clone(), Contact::Fetched, plan, None, source);
        };
        let merged = of_held(held, freshened(&held.response().fields, &not_modified.fields));
        let mut plan = self.keep(now, &merged, held.held.clone(), source.member);
        if let Ok(stored) = &mut plan {
            let header = self.onward.tag_header();
            let tags = Tags::confirmed(held.tags.as_ref(), &not_modified.fields, header); // TAG-14
            Arc::make_mut(stored).tags = tags;
        }
        let mut came = self.came(merged, Contact::Validated, plan, None, source);
        came.answer.portion = Portion::Requested;
        Came { kept: Kept::Confirmed, ..came }
    }

    /// ERR-30, ERR-31: the stale response goes down, and for a while the origin is left alone.
    fn serve_stale(
        &self,
        now: Moment,
        held: &Arc<StoredResponse>,
        failed: &Failed,
        witness: &mut impl Witness,
    ) -> Came {
        let Failed { status, by, source, kept_above } = *failed;
        let asked = &self.onward;
        let min_secs = asked.config().error_min_ttl_secs(status);
        let error_secs =
            freshness::error_min_secs(min_secs, asked.rule().member(source.member).kind); // ERR-13
        // ERR-31, ERR-32: as long as the error is kept, or would be; STALE-04, ERR-36: and no longer than the copy is good.
        let error_until = kept_above.unwrap_or(now.at + Duration::from_secs(error_secs));
        let grace_until = error_until.min(stale::usable_until(held));
        let grace_secs = grace_until.since(now.at).as_secs();
        if let Some(key) = self.asked.key() {
            witness.note(|| Decision::ServedStale {
                key: key.clone(),
                by,
                since_secs: now.at.since(held.stale_at()).as_secs(),
                grace_secs,
            });
        }
        let mut stored = (**held).clone();
        stored.grace_until = grace_until;
        let (stored, response) = (Arc::new(stored), held.response().clone());
        // STALE-14: a hit where the origin was not asked.
        let contact = kept_above.map_or(Contact::StaleOnError, |_| Contact::None);
        let mut came = self.came(response, contact, Ok(stored), None, source);
        came.answer.portion = Portion::Requested;
        Came { kept: Kept::StandsIn, ..came }
    }

    /// What is kept of an answer that came from the origin, or why nothing is.
    fn keep(
        &self,
        now: Moment,
        response: &Response,
        held: Held,
        member: Member,
    ) -> Result<Arc<StoredResponse>, NotStored> {
        let asked = &self.onward;
        let terms = Terms {
            behavior: asked.behavior(),
            kind: asked.rule().member(member).kind,
            error_min_ttl_secs: asked.config().error_min_ttl_secs(response.status),
            page: asked.wanted().page,
        };
        let cc = CacheControl::of(&response.fields);
        match storable::assess(asked.method(), response, &cc, terms, now.unix) {
            Ok(lifetime) => {
                let part = storable::stored_part(response, &cc, asked.behavior());
                let (age, lifetime) = (age::age_value(&response.fields), self.shared(lifetime));
                let tags = Tags::of(&response.fields, asked.tag_header()); // TAG-01, TAG-12
                Ok(StoredResponse::new(part, held, now.at, age, lifetime, tags).into())
            }
            // REV-05: of whichever tier below, a Shield's REC passes on what its POP asks.
            Err(NotStored::NotModified) if !self.asked.is_unconditional() => {
                Err(NotStored::ConfirmedBelow)
            }
            Err(why) => Err(why),
        }
    }

    /// Most responses of a tier are fresh equally long, for the same reason.
    fn shared(&self, lifetime: Lifetime) -> Arc<Lifetime> {
        let usual = self.usual.as_ref().filter(|usual| ***usual == lifetime);
        usual.map_or_else(|| Arc::new(lifetime), Arc::clone)
    }

    /// CMP-14 (MODEL): the POP compresses what it stores and sends; a part never, and nothing that is not kept (CMP-13).
    pub(super) fn compress(&self, mut came: Came, witness: &mut impl Witness) -> Came {
        let behavior = self.asked.behavior();
        let Ok(stored) = &came.answer.kept else { return came };
        if self.layer != Layer::Pop || !behavior.compress || stored.held != Held::Whole {
            return came;
        }
        if came.kept != Kept::Anew || came.answer.response.body.coding.is_some() {
            return came; // REV-13, CMP-11
        }
        let accepted = self.asked.key().and_then(CacheKey::encoding);
        match compression::choose(stored.response(), accepted) {
            Err(why) => witness.note(|| Decision::NotCompressed(why)),
            Ok(coding) => {
                let from_bytes = stored.response().body.length;
                let response = compression::compressed(stored.response(), coding);
                let to_bytes = response.body.length;
                witness.note(|| Decision::Compressed { coding, from_bytes, to_bytes });
                let kept = Arc::new(stored.with(response, Held::Whole));
                came.answer.response = compression::compressed(&came.answer.response, coding);
                came.answer.kept = Ok(kept);
            }
        }
        came
    }
}

/// MET-16 (MODEL): stored content as the head of it that has come says, and for as long.
pub(super) fn headed(content: &StoredResponse, head: &StoredResponse) -> StoredResponse {
    let fields = replaced(&content.response().fields, &head.response().fields);
    head.with(of_held(content, fields), content.held.clone())
}

/// What is held, with newer fields; what the edge compressed stays so (REV-13).
fn of_held(held: &StoredResponse, mut fields: Fields) -> Response {
    if held.response().body.coding.is_some() {
        fields.remove("Content-Length");
        compression::weaken(&mut fields);
    }
    Response { fields: fields.into(), ..held.response().clone() }
}
