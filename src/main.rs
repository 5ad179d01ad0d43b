//! Mounts the app; nothing else happens here.

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(edgewalk::app::App);
}
