//! Who asks, through which POP, and by which name the exchange goes.

use std::fmt;
use std::sync::Arc;

use crate::edge::Session;

/// What identifies an exchange and the POP towards viewer and origin. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who asks whom; the same for all exchanges between both.
    pub parties: Arc<Parties>,
    /// The exchange.
    pub request_id: RequestId,
    /// How the viewer's connection came about.
    pub handshake: ViewerHandshake,
    /// What was agreed on for it, if it is a connection by TLS.
    pub session: Session,
}

/// How a viewer's TLS connection came about, as CloudFront-Viewer-TLS says it (QH-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewerHandshake {
    /// It was made for this request.
    Full,
    /// It was made for this request, by a ticket of an earlier one (TLS-53, TLS-81).
    Resumed,
    /// Another request had used it before.
    Reused,
}

impl ViewerHandshake {
    /// The word for it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "fullHandshake",
            Self::Resumed => "sessionResumed",
            Self::Reused => "connectionReused",
        }
    }
}

/// A viewer and its POP.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The POP.
    pub location: EdgeLocation,
    /// Who asks.
    pub viewer: ViewerFacts,
}

impl Identity {
    /// The POP.
    pub fn location(&self) -> &EdgeLocation {
        &self.parties.location
    }

    /// Who asks.
    pub fn viewer(&self) -> &ViewerFacts {
        &self.parties.viewer
    }
}

/// An edge location as viewers and origins hear of it.
#[derive(Clone, Debug)]
pub struct EdgeLocation {
    /// Its full code, as in `FRA56-P4` (RH-02).
    pub code: Arc<str>,
    /// The code of the Region of its regional edge cache.
    pub rec_region: Arc<str>,
    /// Its name in Via, without `.cloudfront.net`.
    via_name: Arc<str>,
    /// Via on the way to the viewer.
    to_viewer: Arc<str>,
}

impl EdgeLocation {
    /// A location with its code, its name in Via and the Region of its REC.
    pub fn new(code: &str, via_name: &str, rec_region: &str) -> Self {
        Self {
            code: code.into(),
            rec_region: rec_region.into(),
            via_name: via_name.into(),
            to_viewer: via("1.1", via_name).into(),
        }
    }

    /// Via in a request that came by this version of HTTP (QH-11).
    pub fn via(&self, version: &str) -> String {
        via(version, &self.via_name)
    }

    /// Via in an answer (RH-01).
    pub const fn via_to_viewer(&self) -> &Arc<str> {
        &self.to_viewer // RH-01
    }
}

fn via(version: &str, name: &str) -> String {
    format!("{version} {name}.cloudfront.net (CloudFront)")
}

/// The name of an exchange: X-Amz-Cf-Id (RH-03). Opaque; kept as a number and written out where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(u64);

impl RequestId {
    /// How many characters it has.
    pub const LENGTH: usize = 56;

    /// The id that a number stands for; each has its own.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// 54 characters of RFC 4648 section 5 and `==`, as seen in the wild.
    pub fn text(self) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut text = String::with_capacity(Self::LENGTH);
        let mut state = self.0;
        while text.len() < Self::LENGTH - 2 {
            let mut bits = next(&mut state);
            for _ in 0..9 {
                text.push(char::from(ALPHABET[(bits & 63) as usize]));
                bits >>= 6;
            }
        }
        text + "=="
    }

    /// MODEL: a number below a bound that goes with the id, for what is drawn by request.
    pub(in crate::edge) fn draw(self, bound: u64) -> u64 {
        let mut state = self.0;
        next(&mut state) % bound
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// `SplitMix64`: 64 bits more of a stream.
const fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What the edge knows of a viewer.
#[derive(Clone, Debug)]
pub struct ViewerFacts {
    /// Its address (QH-03).
    pub ip: Arc<str>,
    /// Its port (QH-17).
    pub port: u16,
    /// Its country, ISO 3166-1 alpha-2, if known (QH-14).
    pub country: Option<Arc<str>>,
    /// Its city, if known (QH-16).
    pub city: Option<Arc<str>>,
    /// The number of its autonomous system, if known (QH-17).
    pub as_number: Option<u32>,
}

#[cfg(test)]
impl Identity {
    /// A viewer in Paris at a POP whose REC stands in this Region.
    pub(crate) fn sample(rec_region: &str) -> Self {
        let viewer = ViewerFacts {
            ip: "192.0.2.7".into(),
            port: 4711,
            country: Some("FR".into()),
            city: Some("Paris".into()),
            as_number: Some(64_496),
        };
        let location = EdgeLocation::new("SEA19-C1", "4f1c", rec_region);
        Self {
            parties: Parties { location, viewer }.into(),
            request_id: RequestId::new(7),
            handshake: ViewerHandshake::Full,
            session: Session::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_an_id_is_splitmix64() {
        // The first values of the authors' own C code for the seed 1234567.
        let mut state = 1_234_567;
        assert_eq!(
            [next(&mut state), next(&mut state), next(&mut state)],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn rh_03_ids_have_one_form_and_differ() {
        let ids: Vec<String> = (0..1000).map(|number| RequestId::new(number).text()).collect();
        for id in &ids {
            let (name, end) = id.split_at(RequestId::LENGTH - 2);
            assert_eq!(end, "==");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        }
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), ids.len());
    }
}
