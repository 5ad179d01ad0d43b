//! Content codings (RFC 9110 8.4.1) and what a request accepts of them (RFC 9110 12.5.3).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Fields;

/// A content coding that this program applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coding {
    /// RFC 9110 8.4.1.3, RFC 1952.
    Gzip,
    /// RFC 7932.
    Br,
}

impl Coding {
    /// As it stands in Content-Encoding.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Br => "br",
        }
    }
}

impl fmt::Display for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the Accept-Encoding fields of a request say of gzip, br and no coding: weights in thousandths, 0 to 1000, where 0
/// is "not acceptable" (RFC 9110 12.4.2).
///
/// `gzip;q=0.5, *;q=0` gives `{ gzip: 500, br: 0, identity: 0 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acceptable {
    /// Of gzip, which `x-gzip` names too (RFC 9110 8.4.1.3).
    pub gzip: u16,
    /// Of br.
    pub br: u16,
    /// Of content without a coding.
    pub identity: u16,
}

impl Acceptable {
    /// The weight of what is simply listed.
    pub const FULL: u16 = 1000;

    /// Reads the fields. Without one everything is acceptable; with one only what it names, and no coding at all unless it
    /// is refused. A weight that is none counts as 1; of a coding that stands twice the larger weight counts.
    pub fn of(fields: &Fields) -> Self {
        let (mut gzip, mut br, mut identity, mut any) = (None, None, None, None);
        let mut is_present = false;
        for value in fields.all("Accept-Encoding") {
            is_present = true;
            for member in value.split(',') {
                let (name, parameters) = member.split_once(';').unwrap_or((member, ""));
                let slot = match name.trim().to_ascii_lowercase().as_str() {
                    "gzip" | "x-gzip" => &mut gzip,
                    "br" => &mut br,
                    "identity" => &mut identity,
                    "*" => &mut any,
                    _ => continue,
                };
                *slot = (*slot).max(Some(weight(parameters)));
            }
        }
        let others = any.unwrap_or(if is_present { 0 } else { Self::FULL });
        Self {
            gzip: gzip.unwrap_or(others),
            br: br.unwrap_or(others),
            identity: identity.or(any).unwrap_or(Self::FULL),
        }
    }

    /// Whether the coding is acceptable.
    pub const fn takes(self, coding: Coding) -> bool {
        match coding {
            Coding::Gzip => self.gzip > 0,
            Coding::Br => self.br > 0,
        }
    }
}

/// The weight among the parameters of a member, in thousandths.
fn weight(parameters: &str) -> u16 {
    let named = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    named.and_then(thousandths).unwrap_or(Acceptable::FULL)
}

/// RFC 9110 12.4.2: `0` or `1` with up to three decimals, and never more than 1.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let is_number = matches!(whole, "0" | "1")
        && decimals.len() <= 3
        && decimals.bytes().all(|b| b.is_ascii_digit());
    let digits = decimals.bytes().chain(*b"000").take(3);
    let fraction = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit & 0x0F));
    let whole = if whole == "1" { Acceptable::FULL } else { 0 };
    is_number.then(|| (whole + fraction).min(Acceptable::FULL))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(fields: &str, gzip: u16, br: u16, identity: u16) {
        let read = Acceptable::of(&Fields::parse(fields).unwrap());
        assert_eq!(read, Acceptable { gzip, br, identity }, "{fields}");
    }

    /// The examples of RFC 9110 12.5.3 are marked.
    #[test]
    fn accept_encoding_is_read_with_weights_star_and_identity() {
        check("", 1000, 1000, 1000);
        check("Accept-Encoding: compress, gzip", 1000, 0, 1000); // RFC
        check("Accept-Encoding:", 0, 0, 1000); // RFC
        check("Accept-Encoding: *", 1000, 1000, 1000); // RFC
        check("Accept-Encoding: compress;q=0.5, gzip;q=1.0", 1000, 0, 1000); // RFC
        check("Accept-Encoding: gzip;q=1.0, identity; q=0.5, *;q=0", 1000, 0, 500); // RFC
        check("Accept-Encoding: br;q=0, *", 1000, 0, 1000);
        check("Accept-Encoding: *;q=0", 0, 0, 0);
        check("Accept-Encoding: identity;q=0", 0, 0, 0);
        check("Accept-Encoding: *;q=0, identity;q=0.001", 0, 0, 1);
        check("Accept-Encoding: X-GZip;Q=0.25,BR", 250, 1000, 1000);
        check("Accept-Encoding: gzip;q=0.2, br;q=0.5, gzip;q=0.1", 200, 500, 1000);
        check("Accept-Encoding: gzip;q=0\nAccept-Encoding: br, gzip;q=0.2", 200, 1000, 1000);
    }

    #[test]
    fn weights_are_thousandths_and_what_is_none_counts_as_one() {
        for (weight, thousandths) in [
            ("0", 0),
            ("0.", 0),
            ("0.0", 0),
            ("0.000", 0),
            ("0.0009", 1000),
            ("0.001", 1),
            ("0.5", 500),
            ("0.999", 999),
            ("1", 1000),
            ("1.000", 1000),
            ("1.999", 1000),
            ("2", 1000),
            ("", 1000),
            ("-1", 1000),
            (".5", 1000),
            ("0.x", 1000),
            ("00", 1000),
        ] {
            check(&format!("Accept-Encoding: br; q={weight}"), 0, thousandths, 1000);
        }
        check("Accept-Encoding: br;level=5;q=0.5", 0, 500, 1000);
        check("Accept-Encoding: br;q", 0, 1000, 1000);
    }
}
