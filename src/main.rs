//! Mounts the app; nothing else happens here.

#[cfg(feature = "bench")]
#[path = "../benches/trace/page.rs"]
mod page;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(edgewalk::app::App);
}
