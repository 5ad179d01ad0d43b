//! The content of a reply on its way to the socket.

use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

use crate::content::{BrokeOff, Reader};

/// How many pieces may lie between a content and the socket.
const PIECES_AHEAD: usize = 4;

/// The content of a reply.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    source: Source,
    length: Option<u64>,
}

#[derive(Debug)]
enum Source {
    Nothing,
    /// All of it.
    Whole(Bytes),
    /// Piece by piece.
    Pieces(mpsc::Receiver<Result<Bytes, BrokeOff>>),
}

impl ReplyBody {
    pub(crate) const fn empty() -> Self {
        Self { source: Source::Nothing, length: Some(0) }
    }

    pub(crate) fn whole(text: String) -> Self {
        let length = Some(text.len() as u64);
        Self { source: Source::Whole(text.into()), length }
    }

    /// Follows a content at the pace of the socket.
    pub(crate) fn follows(mut reader: Reader, length: Option<u64>) -> Self {
        let (ahead, pieces) = mpsc::channel(PIECES_AHEAD);
        tokio::spawn(async move {
            loop {
                // A viewer that leaves lets go of the content at once, not with the next piece.
                let piece = tokio::select! {
                    piece = reader.next() => piece,
                    () = ahead.closed() => return,
                };
                let Some(piece) = piece else { return };
                if ahead.send(piece).await.is_err() {
                    return;
                }
            }
        });
        Self { source: Source::Pieces(pieces), length }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        if let Source::Pieces(pieces) = &mut self.source {
            return pieces.poll_recv(context).map(|piece| Some(piece?.map(Frame::data)));
        }
        match std::mem::replace(&mut self.source, Source::Nothing) {
            Source::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            _ => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.source, Source::Nothing)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
