//! The browser's own gzip (Compression Streams), by name: the bindings of it are not for everybody yet.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, WritableStream, WritableStreamDefaultWriter};

/// The two ends of a stream that packs.
pub(super) struct Gzip {
    pub(super) writer: WritableStreamDefaultWriter,
    pub(super) readable: ReadableStream,
}

impl Gzip {
    /// What packs.
    pub(super) fn packer() -> Result<Self, JsValue> {
        let name = JsValue::from_str("CompressionStream");
        let make: Function = Reflect::get(&window(), &name)?.dyn_into()?;
        let stream = Reflect::construct(&make, &Array::of1(&JsValue::from_str("gzip")))?;
        let end = |name: &str| Reflect::get(&stream, &JsValue::from_str(name));
        let writable: WritableStream = end("writable")?.dyn_into()?;
        let writer = WritableStreamDefaultWriter::new(&writable)?;
        Ok(Self { writer, readable: end("readable")?.dyn_into()? })
    }
}
