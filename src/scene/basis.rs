//! What a rule rests on: the guide, what was seen, or our own assumption. It is read off the marks of docs/reference, and
//! `tests/rows.rs` holds each one against the file.

/// What a rule rests on, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// MODEL: no page says it.
    Assumed,
    /// OBS: no page says it, and it was seen.
    Observed,
    /// A page of AWS or an RFC says it.
    Documented,
}

/// Rows that are marked MODEL, beside whatever else.
const ASSUMED: &str = "AGE-01 AUTH-04 CD-21 CEP-11 CMP-14 COL-10 COL-12 DNS-15 DNS-23 DNS-24 DNS-25 DNS-26 DNS-27 DNS-28 DNS-29 DNS-30 DST-08 EDGE-55 ERR-03 ERR-10 ERR-21 ERR-39 EVI-05 EVI-11 \
    FLOW-12 FLOW-13 IM-06 IM-08 IM-09 IM-10 IM-11 IM-12 IM-13 IM-14 INV-31 INV-36 INV-38 LOG-50 LOG-87 MET-07 MET-16 OK-17 OK-21 OK-22 OK-25 OK-26 OSEC-21 REC-05 REC-09 \
    REC-11 REC-12 REV-04 REV-07 REV-09 REV-10 REV-12 REV-14 SHD-13 SHD-17 SIG-31 SIG-34 STALE-12 STALE-13 STALE-14 STALE-15 \
    STALE-18 TLS-33 TLS-77 TLS-79 TLS-80 TLS-81 TLS-82 TTL-13 TTL-15 TTL-20 TTL-21 TTL-24 TTL-26 TTL-28 TTL-30 TTL-31 TTL-32 VARY-07 VSEC-06 VSEC-08 VSEC-09 XFER-08";

/// Rows that are marked OBS and not MODEL.
const OBSERVED: &str = "DNS-08 EDGE-54 INV-47 OSEC-11 RH-02 SIG-50 SIG-51 SIG-52 SIG-53 SIG-56 TLS-39 XC-01 XC-02 XC-03 XC-06 XC-09";

impl Basis {
    /// That of rows, as in `FLOW-03, AGE-01`: of the weakest. None without a row.
    pub fn of(rows: &str) -> Option<Self> {
        let mut weakest = None;
        for row in rows.split(", ").filter(|row| !row.is_empty()) {
            let is_in = |list: &str| list.split(' ').any(|listed| listed == row);
            let basis = if is_in(ASSUMED) {
                Self::Assumed
            } else if is_in(OBSERVED) {
                Self::Observed
            } else {
                Self::Documented
            };
            if weakest.is_none_or(|weakest| basis < weakest) {
                weakest = Some(basis);
            }
        }
        weakest
    }

    /// What the screen says of it.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Assumed => "simulator assumption",
            Self::Observed => "observed",
            Self::Documented => "documented",
        }
    }
}
