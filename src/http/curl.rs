//! A pasted curl command.
