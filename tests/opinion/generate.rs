//! Pairs drawn by a seed: most are plain, each oddity stands in some.

use std::borrow::Cow;

use edgewalk::http::Method;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use crate::pair::{Date, Directive, Form, Kind, NOW, Number, Pair, Seconds};

const DAY: u64 = 86_400;

const fn number(text: &'static str, means: u64) -> Number {
    Number { text: Cow::Borrowed(text), means: Some(means) }
}

const fn unreadable(text: &'static str) -> Number {
    Number { text: Cow::Borrowed(text), means: None }
}

/// Plain numbers first.
const NUMBERS: [Number; 28] = [
    number("0", 0),
    number("1", 1),
    number("9", 9),
    number("11", 11),
    number("59", 59),
    number("60", 60),
    number("61", 61),
    number("120", 120),
    number("600", 600),
    number("3600", 3_600),
    number("86399", 86_399),
    number("86401", 86_401),
    number("31535999", 31_535_999),
    number("31536001", 31_536_001),
    number("4294967296", 3_153_600_000),
    number("\"60\"", 60),
    number("0060", 60),
    number("99999999999999999999", 3_153_600_000),
    unreadable("1h"),
    unreadable("-1"),
    unreadable("+60"),
    unreadable("1.5"),
    unreadable(""),
    unreadable("'60'"),
    unreadable("\"60"),
    unreadable("6 0"),
    unreadable("0x10"),
    unreadable("a"),
];
const PLAIN: usize = 15;

/// Of a list the first member counts (RFC 9111 5.1).
const AGES: [Number; 9] = [
    number("0", 0),
    number("5", 5),
    number("60", 60),
    number("3599", 3_599),
    number("4000000000", 4_000_000_000),
    number("7, 90", 7),
    number("99999999999999999999", 1 << 31),
    unreadable("+5"),
    unreadable("old"),
];

const LATER: [u64; 22] = [
    0, 1, 4, 8, 9, 10, 11, 53, 55, 58, 59, 60, 61, 119, 120, 599, 600, 3_599, 3_600, 86_400,
    31_536_000, 40_000_000,
];

/// 2xx, 3xx, 4xx and 5xx; 206 and 304 answer other requests than these.
const STATUSES: [u16; 47] = [
    201, 202, 203, 204, 205, 206, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403,
    404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 429, 431,
    451, 500, 501, 502, 503, 504, 505, 511, 599,
];

struct Dice(Pcg32);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0.next_u32() as usize % n
    }

    /// One time of so many.
    fn rarely(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    fn number(&mut self) -> Number {
        if self.rarely(5) { self.of(&NUMBERS) } else { self.of(&NUMBERS[..PLAIN]) }
    }

    fn directive(&mut self) -> Directive {
        use Seconds::{MaxAge, SMaxage, StaleIfError, StaleWhileRevalidate};
        let kind = match self.below(20) {
            0..=6 => Kind::Seconds(MaxAge, self.number()),
            7..=9 => Kind::Seconds(SMaxage, self.number()),
            10 => Kind::Seconds(self.of(&[StaleWhileRevalidate, StaleIfError]), self.number()),
            11 | 12 => Kind::Bare(self.of(&["no-store", "no-cache", "private"])),
            13 => Kind::Fields(
                self.of(&["no-cache", "private"]),
                self.of(&["Set-Cookie", "X-A", "X-A, X-B", ""]),
            ),
            14 => Kind::Quoted(self.of(&[
                "ext=\"a, max-age=60\"",
                "ext=\"a, no-store, b\"",
                "ext=\"\\\", private\"",
            ])),
            15 => Kind::Unknown(self.of(&[
                "ext=\"max-age=60\"",
                "max-age: 60",
                "xmax-age=60",
                "foo",
                "max-stale=9",
            ])),
            16 | 17 => Kind::Bare("public"),
            _ => Kind::Bare(self.of(&[
                "must-revalidate",
                "proxy-revalidate",
                "immutable",
                "no-transform",
                "must-understand",
            ])),
        };
        Directive { kind, capitals: self.rarely(15) }
    }

    fn date(&mut self, around: &[u64]) -> Date {
        let form = if self.rarely(5) {
            self.of(&[Form::Dashed, Form::Unix, Form::Mail])
        } else {
            Form::Fixed
        };
        match self.below(12) {
            0 => Date::Text(self.of(&["0", "-1", "soon", "", "Thu, 32 Jan 2026 00:00:00 GMT"])),
            _ => Date::At(self.of(around), form),
        }
    }

    fn viewer_fields(&mut self) -> Vec<(&'static str, &'static str)> {
        let mut fields = vec![("Host", "d.cloudfront.net")];
        fields.extend(self.some(&[
            (
                8,
                "Cache-Control",
                &["no-cache", "no-store", "max-age=0", "max-stale", "min-fresh=30", "max-stale=5"]
                    [..],
            ),
            (14, "Pragma", &["no-cache"]),
            (8, "Authorization", &["Basic YTpi"]),
            (4, "Cookie", &["a=1", "a=2"]),
            (3, "Accept-Language", &["en", "de"]),
            (3, "User-Agent", &["One/1", "Two/2"]),
        ]));
        fields
    }

    /// Of these fields each one time of so many, with one of its values.
    fn some(
        &mut self,
        fields: &[(usize, &'static str, &[&'static str])],
    ) -> Vec<(&'static str, &'static str)> {
        let mut one = |(times, name, values): &(usize, &'static str, &[&'static str])| {
            self.rarely(*times).then(|| (*name, self.of(values)))
        };
        fields.iter().filter_map(&mut one).collect()
    }

    fn pair(&mut self) -> Pair {
        let method = match self.below(12) {
            0..=8 => Method::Get,
            9 => Method::Head,
            10 => Method::Post,
            _ => self.of(&Method::ALL),
        };
        let request = self.viewer_fields();
        let count = self.of(&[0, 0, 1, 1, 1, 1, 2, 2, 3, 4]);
        let cache_control: Vec<_> = (0..count).map(|_| self.directive()).collect();
        let expires =
            [NOW - 60, NOW, NOW + 9, NOW + 60, NOW + 3_600, NOW + 2 * DAY, NOW + 400 * DAY];
        let dates = [NOW - 3 * DAY, NOW - 100, NOW - 1, NOW, NOW, NOW, NOW + 50, NOW + 3 * DAY];
        let other = self.some(&[
            (6, "Set-Cookie", &["s=1"]),
            (3, "ETag", &["\"v1\"", "W/\"v1\""]),
            (16, "Pragma", &["no-cache"]),
        ]);
        let vary: &[&str] = match self.below(20) {
            0 => &["*"],
            1 => &["Accept-Language", "*"],
            2 => &["Cookie"],
            3 => &["Accept-Language", "User-Agent"],
            4 => &["accept-language"],
            _ => &[],
        };
        let is_lasting = self.rarely(4);
        Pair {
            method,
            status: if self.rarely(3) { self.of(&STATUSES) } else { 200 },
            one_a_line: self.rarely(5) || cache_control.iter().any(Directive::is_open),
            cache_control,
            expires: self.rarely(3).then(|| self.date(&expires)),
            date: (!self.rarely(3)).then(|| self.date(&dates)),
            last_modified: self.rarely(3).then(|| self.date(&[NOW - 100 * DAY, NOW - 60])),
            age: self.rarely(8).then(|| self.of(&AGES)),
            vary: vary.to_vec(),
            other,
            again: if method == Method::Get && self.rarely(10) { Method::Head } else { method },
            again_request: if self.rarely(3) { self.viewer_fields() } else { request.clone() },
            request,
            is_settled: false,
            later: if is_lasting { self.of(&LATER) } else { self.of(&LATER[..13]) },
        }
    }
}

/// So many pairs, always the same.
pub fn pairs(count: usize) -> Vec<Pair> {
    let mut dice = Dice(Pcg32::seed_from_u64(9_111));
    (0..count).map(|_| dice.pair()).collect()
}
