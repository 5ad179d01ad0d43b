//! How each sort of origin says no: with its own status, type and document (distribution.md, OK-01, OK-02, OK-18).

use super::service::Service;
use crate::distribution::Denied;
use crate::http::{Body, Fields, Status};

/// What an origin answers: the status, the fields and the body.
pub(super) type Answer = (Status, Fields, Body);

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Who asks is not let in.
    Unproven,
    /// Its Host names nothing that answers here.
    OtherHost,
    /// It is signed for another Host.
    Signature,
    /// There is nothing under its path.
    Absent,
    /// Nobody carries its method out.
    Method,
    /// What it presumes does not hold (RFC 9110 15.5.13).
    Condition,
    /// It asks for a part that is not there (RFC 9110 15.5.17).
    Range,
}

impl Wrong {
    pub(super) const fn of(denied: &Denied) -> Self {
        match denied {
            Denied::OtherHost { is_signed: true, .. } => Self::Signature,
            Denied::OtherHost { .. } => Self::OtherHost,
            _ => Self::Unproven,
        }
    }
}

/// MODEL: the length in bytes of the error page of a web server.
const PAGE_BYTES: u64 = 162;

/// MODEL: the length in bytes of S3's XML besides its code.
const XML_BYTES: u64 = 200;

/// MODEL: the length in bytes of the page of an S3 website besides its code.
const WEBSITE_BYTES: u64 = 300;

/// What it says.
pub(super) fn refused(service: Service, wrong: Wrong) -> Answer {
    let status = status(service, wrong);
    match service {
        Service::Bucket => {
            anew(status, "application/xml", XML_BYTES + code(wrong).len() as u64) // OK-01
        }
        Service::Website => {
            let length = WEBSITE_BYTES + code(wrong).len() as u64; // OK-02
            anew(status, "text/html; charset=utf-8", length)
        }
        Service::Distribution if wrong == Wrong::OtherHost => {
            let (status, mut fields, body) = page(status);
            fields.add("Server", "CloudFront"); // OK-17
            (status, fields, body)
        }
        Service::Distribution | Service::Server => page(status),
        Service::Container | Service::Media | Service::Api | Service::Function => {
            json(status, said(service, wrong))
        }
    }
}

const fn status(service: Service, wrong: Wrong) -> Status {
    match wrong {
        Wrong::Absent if matches!(service, Service::Api) => Status::FORBIDDEN, // OK-18
        Wrong::Absent => Status::NOT_FOUND,
        Wrong::OtherHost if matches!(service, Service::Bucket | Service::Website) => {
            Status::NOT_FOUND // OK-25
        }
        Wrong::Unproven | Wrong::OtherHost | Wrong::Signature => Status::FORBIDDEN,
        Wrong::Method => Status(405),
        Wrong::Condition => Status::PRECONDITION_FAILED,
        Wrong::Range => Status(416),
    }
}

/// S3's codes.
const fn code(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Unproven => "AccessDenied",
        Wrong::OtherHost => "NoSuchBucket",
        Wrong::Signature => "SignatureDoesNotMatch",
        Wrong::Absent => "NoSuchKey",
        Wrong::Method => "MethodNotAllowed",
        Wrong::Condition => "PreconditionFailed",
        Wrong::Range => "InvalidRange",
    }
}

/// OK-18 (MODEL): the name of the exception, and the sentence.
const fn said(service: Service, wrong: Wrong) -> (&'static str, &'static str) {
    match (service, wrong) {
        (Service::Api, Wrong::Absent) => {
            ("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
        (Service::Api, Wrong::OtherHost) => ("ForbiddenException", "Forbidden"),
        (Service::Function, Wrong::OtherHost | Wrong::Unproven) => {
            ("AccessDeniedException", "Forbidden")
        }
        (Service::Container, Wrong::Absent) => ("ObjectNotFoundException", "Object not found"),
        (_, Wrong::Absent) => ("NotFoundException", "Not Found"),
        (_, Wrong::Unproven | Wrong::OtherHost | Wrong::Signature) => {
            ("AccessDeniedException", "Access Denied")
        }
        (_, Wrong::Method) => ("MethodNotAllowedException", "Method Not Allowed"),
        (_, Wrong::Condition) => ("PreconditionFailedException", "Precondition Failed"),
        (_, Wrong::Range) => ("RequestedRangeNotSatisfiableException", "Range Not Satisfiable"),
    }
}

/// An object of one member, `message`.
fn json(status: Status, (exception, message): (&'static str, &str)) -> Answer {
    let length = r#"{"message":""}"#.len() + message.len();
    let (status, mut fields, body) = anew(status, "application/json", length as u64);
    fields.add("x-amzn-ErrorType", exception);
    (status, fields, body)
}

/// A service that fails as a whole, each in its own form.
pub(super) fn failing(service: Service, status: Status) -> Answer {
    match service {
        Service::Container | Service::Media | Service::Api | Service::Function => {
            json(status, ("InternalServerException", "Internal Server Error"))
        }
        _ => page(status),
    }
}

/// A server's own error page, without a word on caching.
fn page(status: Status) -> Answer {
    anew(status, "text/html", PAGE_BYTES)
}

/// An answer that is made anew each time, without validators and without a word on caching.
pub(super) fn anew(status: Status, content_type: &'static str, length: u64) -> Answer {
    let mut fields = Fields::new();
    fields.add("Content-Type", content_type);
    fields.add("Content-Length", length.to_string());
    (status, fields, Body { length, ..Body::default() })
}
