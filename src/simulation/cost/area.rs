//! The areas in which prices differ.

/// Where a request is billed (PRC-20 to PRC-27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The United States, Mexico and Canada.
    NorthAmerica,
    /// With Israel and Türkiye.
    Europe,
    /// South Africa, Kenya, Nigeria and the Middle East.
    Africa,
    /// All of it.
    SouthAmerica,
    /// By itself.
    Japan,
    /// Australia and New Zealand.
    Oceania,
    /// The rest of Asia.
    Asia,
    /// By itself.
    India,
}

/// The countries of each area but Europe, by their two letters; there PRC-40 (MODEL) decides whom the price list does not name.
const COUNTRIES: [(Area, &str); 7] = [
    (Area::NorthAmerica, "US MX CA"),
    (Area::Africa, "ZA KE NG EG AE BH OM QA SA"),
    (Area::SouthAmerica, "AR BR CL CO PE"),
    (Area::Japan, "JP"),
    (Area::Oceania, "AU NZ"),
    (Area::India, "IN"),
    (Area::Asia, "HK ID PH SG KR TW MY TH VN CN"),
];

impl Area {
    /// All of them, in the order of the price list.
    pub const ALL: [Self; 8] = [
        Self::NorthAmerica,
        Self::Europe,
        Self::Africa,
        Self::SouthAmerica,
        Self::Japan,
        Self::Oceania,
        Self::Asia,
        Self::India,
    ];

    /// That of a country.
    pub fn of(country: &str) -> Self {
        let is_in = |(_, countries): &&(Self, &str)| countries.split(' ').any(|it| it == country);
        COUNTRIES.iter().find(is_in).map_or(Self::Europe, |(area, _)| *area)
    }

    /// In a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NorthAmerica => "North America",
            Self::Europe => "Europe",
            Self::Africa => "Africa, Middle East",
            Self::SouthAmerica => "South America",
            Self::Japan => "Japan",
            Self::Oceania => "Australia",
            Self::Asia => "Asia",
            Self::India => "India",
        }
    }
}
