//! What set-up does on machines that lack something, told by stand-ins for the programs it would call: a folder of
//! small scripts is all that xtask finds on PATH.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod stand_in;

mod bench;
mod everything_there;
mod serving;
mod target;
mod tools;
mod unprivileged;
mod whole_test;
