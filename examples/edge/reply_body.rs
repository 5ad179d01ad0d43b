//! The content of a reply on its way to the socket.

use std::pin::Pin;
use std::task::{Context, Poll};

use edgewalk::http::range::Interval;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

use super::content::{BrokeOff, Reader};

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
    /// There should be something.
    Broken,
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

    /// Nothing, and not what was said.
    pub(crate) const fn broken(length: Option<u64>) -> Self {
        Self { source: Source::Broken, length }
    }

    /// Sends pieces of a content at the pace of the socket.
    pub(crate) fn of(reader: Reader, pieces: Pieces, length: Option<u64>) -> Self {
        let (ahead, received) = mpsc::channel(PIECES_AHEAD);
        tokio::spawn(async move {
            // A viewer that leaves lets go of the content at once, not with the next piece.
            tokio::select! {
                () = pieces.send(reader, &ahead) => {}
                () = ahead.closed() => {}
            }
        });
        Self { source: Source::Pieces(received), length }
    }
}

/// What is sent of a content.
#[derive(Debug)]
pub(crate) enum Pieces {
    /// What the reader brings.
    Read,
    /// Parts, each with the lines before it, and what closes them (RFC 9110 14.6).
    Parts(Vec<(String, Interval)>, String),
}

type Ahead = mpsc::Sender<Result<Bytes, BrokeOff>>;

impl Pieces {
    async fn send(self, mut reader: Reader, ahead: &Ahead) {
        match self {
            Self::Read => {
                follow(&mut reader, ahead).await;
            }
            Self::Parts(parts, closing) => {
                for (heading, part) in parts {
                    if ahead.send(Ok(heading.into())).await.is_err() {
                        return;
                    }
                    reader.turn_to(part);
                    if !follow(&mut reader, ahead).await {
                        return;
                    }
                }
                let _ = ahead.send(Ok(closing.into())).await;
            }
        }
    }
}

/// Sends what a reader brings, and says whether that was all there is: it may break off, or the viewer leave.
async fn follow(reader: &mut Reader, ahead: &Ahead) -> bool {
    while let Some(piece) = reader.next().await {
        let broke_off = piece.is_err();
        if ahead.send(piece).await.is_err() || broke_off {
            return false;
        }
    }
    true
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        if let Source::Pieces(pieces) = &mut self.source {
            let piece = std::task::ready!(pieces.poll_recv(context));
            if matches!(piece, Some(Err(BrokeOff))) {
                // What came before it is to reach the socket first, which happens while nothing is ready.
                self.source = Source::Broken;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(piece.map(|piece| piece.map(Frame::data)));
        }
        match std::mem::replace(&mut self.source, Source::Nothing) {
            Source::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            Source::Broken => Poll::Ready(Some(Err(BrokeOff))),
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
