//! The content of a viewer's request on its way to an origin.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::time::Instant;

use super::clock;
use super::driver::Upload;

/// When the last of a request went out.
#[derive(Clone, Debug)]
pub(crate) struct Progress(Arc<Mutex<Instant>>);

impl Progress {
    pub(crate) fn begin() -> Self {
        Self(Arc::new(Mutex::new(clock::instant())))
    }

    pub(crate) fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = clock::instant();
    }
}

/// What is sent to an origin with one attempt.
#[derive(Debug)]
pub(crate) struct UploadBody {
    incoming: Option<Incoming>,
    progress: Progress,
}

impl UploadBody {
    /// Takes the content, unless an earlier attempt has sent it already.
    pub(crate) fn new(upload: Option<&Upload>, progress: Progress) -> Self {
        let take = |upload: &Upload| upload.lock().unwrap_or_else(PoisonError::into_inner).take();
        Self { incoming: upload.and_then(take), progress }
    }

    /// Leaves it to the next attempt.
    pub(crate) fn give_back(self, upload: Option<&Upload>) {
        if let Some(upload) = upload {
            *upload.lock().unwrap_or_else(PoisonError::into_inner) = self.incoming;
        }
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(incoming) = &mut self.incoming else { return Poll::Ready(None) };
        let frame = Pin::new(incoming).poll_frame(context);
        if frame.is_ready() {
            self.progress.note();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.as_ref().map_or_else(|| SizeHint::with_exact(0), Incoming::size_hint)
    }
}
