//! The codings of the edge, done for real: gzip and Brotli, piece by piece.

use std::io::Write;

use brotli::CompressorWriter;
use edgewalk::edge::Ending;
use edgewalk::http::Coding;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use tokio::task::yield_now;

use super::content::{BrokeOff, Content, Reader};

/// What a CDN can afford for each answer.
const BROTLI_QUALITY: u32 = 5;
/// The logarithm of Brotli's window.
const BROTLI_WINDOW: u32 = 20;
/// Brotli's buffer, in bytes.
const BROTLI_BUFFER: usize = 16_384;

/// How much is coded before others get their turn, in bytes.
const TURN_BYTES: usize = 65_536;

enum Coder {
    Gzip(GzEncoder<Vec<u8>>),
    Br(Box<CompressorWriter<Vec<u8>>>),
}

/// Codes what a reader brings into a content, which ends with it.
pub(crate) async fn code(mut plain: Reader, coding: Coding, into: &Content) -> Ending {
    let mut coder = Coder::new(coding);
    let ending = loop {
        match plain.next().await {
            Some(Ok(piece)) => {
                for turn in piece.chunks(TURN_BYTES) {
                    put(into, coder.write(turn)).await;
                    yield_now().await;
                }
            }
            Some(Err(BrokeOff)) => break Ending::Broken,
            None => break Ending::Complete,
        }
    };
    if ending == Ending::Complete {
        put(into, coder.finish()).await;
    }
    into.end(ending);
    ending
}

/// The POP keeps it: it takes all, whether anybody reads it or not.
async fn put(coded: &Content, out: Vec<u8>) {
    if !out.is_empty() {
        let _ = coded.push(Bytes::from(out)).await;
    }
}

impl Coder {
    fn new(coding: Coding) -> Self {
        match coding {
            Coding::Gzip => Self::Gzip(GzEncoder::new(Vec::new(), Compression::default())),
            Coding::Br => Self::Br(Box::new(CompressorWriter::new(
                Vec::new(),
                BROTLI_BUFFER,
                BROTLI_QUALITY,
                BROTLI_WINDOW,
            ))),
        }
    }

    /// What comes out for what goes in. Writing into memory does not fail.
    fn write(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Gzip(encoder) => {
                let _ = encoder.write_all(bytes);
                std::mem::take(encoder.get_mut())
            }
            Self::Br(encoder) => {
                let _ = encoder.write_all(bytes);
                std::mem::take(encoder.get_mut())
            }
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Gzip(encoder) => encoder.finish().unwrap_or_default(),
            Self::Br(encoder) => encoder.into_inner(),
        }
    }
}
