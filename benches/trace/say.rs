//! A figure as `cargo xtask bench` reads it.

/// Two blanks, what was measured, two blanks or more, the figure.
pub(crate) fn say(name: &str, figure: &str) {
    println!("  {name:<44}  {figure}");
}
