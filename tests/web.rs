//! In Chromium: the journals that native code writes, byte for byte.
#![cfg(target_arch = "wasm32")]

mod common;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn two_hundred_generated_walks_give_the_native_journal() {
    let actual = [common::digest_of(1), common::digest_of(7), common::digest_of_all(200)];
    assert_eq!(actual, common::stored_digests());
}
