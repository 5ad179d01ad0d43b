//! The keys of the page.
