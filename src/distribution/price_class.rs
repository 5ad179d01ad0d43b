//! Price classes (distribution.md section 5.1).

use serde::{Deserialize, Serialize};

/// Which edge locations a distribution uses (DS-02).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceClass {
    /// Those of North America, Europe and Israel (PC-01, PC-02).
    #[serde(rename = "PriceClass_100")]
    Class100,
    /// All but those of South America, Australia and New Zealand (PC-03 to PC-08).
    #[serde(rename = "PriceClass_200")]
    Class200,
    /// All.
    #[default]
    #[serde(rename = "PriceClass_All")]
    All,
}

impl PriceClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Class100, Self::Class200, Self::All];

    /// As the API calls it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Class100 => "PriceClass_100",
            Self::Class200 => "PriceClass_200",
            Self::All => "PriceClass_All",
        }
    }

    /// Whether it is what holds where none is given.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::All
    }
}
