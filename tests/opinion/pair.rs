//! A request, the response to it and a later request, as plain parts with a known meaning: nothing here is parsed.

use std::borrow::Cow;

use edgewalk::http::Method;

/// The instant at which every response is received, in Unix seconds.
pub const NOW: u64 = 1_767_225_600;

/// What is compared.
#[derive(Clone, Debug)]
pub struct Pair {
    pub method: Method,
    pub request: Vec<(&'static str, &'static str)>,
    pub status: u16,
    pub cache_control: Vec<Directive>,
    /// Whether each directive has a field line of its own.
    pub one_a_line: bool,
    pub expires: Option<Date>,
    pub date: Option<Date>,
    pub last_modified: Option<Date>,
    pub age: Option<Number>,
    pub vary: Vec<&'static str>,
    /// `ETag`, Set-Cookie and Pragma.
    pub other: Vec<(&'static str, &'static str)>,
    /// The later request, to the same URI.
    pub again: Method,
    pub again_request: Vec<(&'static str, &'static str)>,
    /// So many seconds after the response.
    pub later: u64,
    /// Whether a row has settled its lifetime already, so that no TTL setting bears on it any more.
    pub is_settled: bool,
}

/// A number as written, and what RFC 9111 1.2.2 makes of it: none where it is no delta-seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub text: Cow<'static, str>,
    pub means: Option<u64>,
}

impl Number {
    pub fn of(secs: u64) -> Self {
        Self { text: secs.to_string().into(), means: Some(secs) }
    }
}

/// The directives with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seconds {
    MaxAge,
    SMaxage,
    StaleWhileRevalidate,
    StaleIfError,
}

/// A directive of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub kind: Kind,
    /// Written in capitals (RFC 9111 5.2: directives are compared without regard to case).
    pub capitals: bool,
}

/// What a directive says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Seconds(Seconds, Number),
    /// Without an argument.
    Bare(&'static str),
    /// `no-cache="…"` or `private="…"`, which names these fields.
    Fields(&'static str, &'static str),
    /// Known to nobody.
    Unknown(&'static str),
    /// The same with a comma between quotes, so that a careless reader finds another directive in it.
    Quoted(&'static str),
}

impl Kind {
    pub const fn plain(self) -> Directive {
        Directive { kind: self, capitals: false }
    }
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// IMF-fixdate.
    Fixed,
    /// RFC 850.
    Dashed,
    /// asctime.
    Unix,
    /// As mail has it, with a numeric zone: no HTTP-date (RFC 9110 5.6.7).
    Mail,
}

/// A date field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    At(u64, Form),
    /// No date at all.
    Text(&'static str),
}

impl Date {
    pub const fn fixed(unix: u64) -> Self {
        Self::At(unix, Form::Fixed)
    }

    /// The Unix time, if it is an HTTP-date.
    pub const fn means(self) -> Option<u64> {
        match self {
            Self::At(unix, Form::Fixed | Form::Dashed | Form::Unix) => Some(unix),
            _ => None,
        }
    }

    fn text(self) -> String {
        let (unix, form) = match self {
            Self::At(unix, form) => (unix, form),
            Self::Text(text) => return text.into(),
        };
        let fixed = edgewalk::http::date::print(unix);
        let [day, date, month, year, time] = std::array::from_fn(|i| {
            fixed.split([' ', ',']).filter(|w| !w.is_empty()).nth(i).unwrap()
        });
        let long = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        match form {
            Form::Fixed => fixed.clone(),
            Form::Dashed => {
                let day = long.iter().find(|long| long.starts_with(day)).unwrap();
                format!("{day}, {date}-{month}-{} {time} GMT", &year[2..])
            }
            Form::Unix => {
                format!("{day} {month} {:>2} {time} {year}", date.trim_start_matches('0'))
            }
            Form::Mail => fixed.replace("GMT", "+0000"),
        }
    }
}

impl Directive {
    /// Whether a quote is not closed, so that nobody can say what of its line is still meant.
    pub fn is_open(&self) -> bool {
        self.text().matches('"').count() == 1
    }

    fn text(&self) -> String {
        let text = match &self.kind {
            Kind::Seconds(which, number) => format!("{}={}", which.name(), number.text),
            Kind::Bare(name) => (*name).into(),
            Kind::Fields(name, fields) => format!("{name}=\"{fields}\""),
            Kind::Unknown(text) | Kind::Quoted(text) => (*text).into(),
        };
        if self.capitals { text.to_ascii_uppercase() } else { text }
    }
}

impl Seconds {
    const fn name(self) -> &'static str {
        match self {
            Self::MaxAge => "max-age",
            Self::SMaxage => "s-maxage",
            Self::StaleWhileRevalidate => "stale-while-revalidate",
            Self::StaleIfError => "stale-if-error",
        }
    }
}

impl Pair {
    /// The first number of a directive that can be read.
    pub fn seconds(&self, which: Seconds) -> Option<u64> {
        self.cache_control.iter().find_map(|directive| match directive.kind {
            Kind::Seconds(this, ref number) if this == which => number.means,
            _ => None,
        })
    }

    /// `s-maxage`, else `max-age`.
    pub fn lifetime(&self) -> Option<u64> {
        self.seconds(Seconds::SMaxage).or_else(|| self.seconds(Seconds::MaxAge))
    }

    /// What Expires leaves, counted from Date where that can be read (RFC 9111 4.2.1).
    pub fn expires_in(&self) -> Option<u64> {
        let from = self.date.and_then(Date::means).unwrap_or(NOW);
        Some(self.expires?.means().map_or(0, |until| until.saturating_sub(from)))
    }

    /// Whether a directive without field names stands there.
    pub fn says(&self, names: &[&str]) -> bool {
        self.cache_control.iter().any(|directive| match directive.kind {
            Kind::Bare(name) | Kind::Fields(name, "") => names.contains(&name),
            _ => false,
        })
    }

    /// Whether a field stands in the response.
    pub fn has(&self, name: &str) -> bool {
        self.other.iter().any(|(other, _)| *other == name)
    }

    /// Nothing bears on its lifetime any more but one `max-age`.
    pub fn lasts(&mut self, secs: u64) {
        self.cache_control = vec![Kind::Seconds(Seconds::MaxAge, Number::of(secs)).plain()];
        self.expires = None;
        self.is_settled = true;
    }

    /// These directives mean nothing any more. The field stays, since a field that is there hides Pragma.
    pub fn forget(&mut self, is_meant: impl Fn(&Kind) -> bool) {
        for directive in self.cache_control.iter_mut().filter(|given| is_meant(&given.kind)) {
            directive.kind = Kind::Unknown("gone");
        }
    }

    /// The response's fields.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let directives: Vec<_> = self.cache_control.iter().map(Directive::text).collect();
        let mut fields: Vec<(&str, String)> = Vec::new();
        if self.one_a_line {
            fields.extend(directives.into_iter().map(|directive| ("Cache-Control", directive)));
        } else if !directives.is_empty() {
            fields.push(("Cache-Control", directives.join(", ")));
        }
        let dates =
            [("Expires", self.expires), ("Date", self.date), ("Last-Modified", self.last_modified)];
        fields.extend(dates.into_iter().filter_map(|(name, date)| Some((name, date?.text()))));
        fields.extend(self.age.iter().map(|age| ("Age", age.text.to_string())));
        if !self.vary.is_empty() {
            fields.push(("Vary", self.vary.join(", ")));
        }
        fields.extend(self.other.iter().map(|(name, value)| (*name, (*value).to_owned())));
        fields
    }
}
