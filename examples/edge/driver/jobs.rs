//! What passes between the driver and those who hold the sockets.

use std::sync::{Arc, Mutex};

use edgewalk::edge::{self, EdgeRequest, FetchId};
use edgewalk::http::{Coding, Response};
use edgewalk::network::Rec;
use edgewalk::time::SimTime;

use super::super::content::{Content, Reader};

/// Where a tier stands. There is one POP; Origin Shield is the regional edge cache of its Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Pop,
    Rec(Rec),
}

/// One fetch of the tier at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FetchAt {
    pub(crate) place: Place,
    pub(super) fetch: FetchId,
}

/// The content of a viewer's request, until a connection to an origin takes it.
pub(crate) type Upload = Arc<Mutex<Option<hyper::body::Incoming>>>;

/// An origin is to be asked.
#[derive(Debug)]
pub(crate) struct ToOrigin {
    pub(crate) at: FetchAt,
    pub(crate) asked: Arc<EdgeRequest>,
    pub(crate) upload: Option<Upload>,
    /// When it was first sent to this origin (TMO-05).
    pub(crate) began: SimTime,
}

/// A content is to be coded for the POP, which stores it so (CMP-14).
#[derive(Debug)]
pub(crate) struct ToCode {
    pub(crate) at: FetchAt,
    pub(crate) plain: Reader,
    pub(crate) coding: Coding,
    pub(crate) coded: Arc<Content>,
}

/// What the last call left to do.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    pub(crate) to_origin: Vec<ToOrigin>,
    pub(crate) to_code: Vec<ToCode>,
}

/// What a viewer gets.
#[derive(Debug)]
pub(crate) struct Outgoing {
    /// As it leaves the POP.
    pub(crate) response: Response,
    /// Which bytes of the content go out.
    pub(crate) content: edge::Content,
    /// Whether the connection is closed after it.
    pub(crate) closes: bool,
    /// The representation that it has the content of, or parts of.
    pub(crate) whole: Response,
    /// Its content; none where the edge makes it itself.
    pub(crate) reader: Option<Reader>,
}

impl Outgoing {
    /// A page of CloudFront's own, which needs no tier.
    pub(crate) fn page(response: Response, page: String) -> Self {
        let (whole, content) = (response.clone(), edge::Content::Page(page));
        Self { response, content, closes: false, whole, reader: None }
    }
}

/// What an origin's bytes belong to.
#[derive(Debug)]
pub(crate) struct Headed {
    pub(crate) content: Arc<Content>,
    /// How many there must be, where it is a part (RNG-16).
    pub(crate) part_bytes: Option<u64>,
}
