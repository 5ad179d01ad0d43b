//! The list of pairs.

/// The list as it stands in its file.
const LIST: &str = include_str!("pairs.txt");

pub(crate) const OUTCOMES: [&str; 6] = ["hit", "miss", "refresh", "bypass", "stale", "error"];

/// What stands on a ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Large,
    Graphic,
    Quiet,
}

impl Kind {
    /// The contrast that it needs.
    pub(crate) fn limit(self) -> f64 {
        match self {
            Self::Text => 4.5,
            Self::Large | Self::Graphic => 3.0,
            Self::Quiet => 1.0,
        }
    }
}

/// Two tokens, one on the other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) kind: Kind,
    pub(crate) front: String,
    pub(crate) ground: String,
}

/// Each pair of the list. A line that cannot be read fails with its number.
pub(crate) fn listed() -> Vec<Pair> {
    let lines = LIST.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .flat_map(|(number, line)| {
            read(line).unwrap_or_else(|why| panic!("line {number} of pairs.txt {why}: {line:?}"))
        })
        .collect()
}

fn read(line: &str) -> Result<Vec<Pair>, &'static str> {
    let (pairs, reason) = match line.split_once(" because ") {
        Some((pairs, reason)) => (pairs, Some(reason)),
        None => (line, None),
    };
    let (kind, rest) = pairs.split_once(' ').ok_or("has one word")?;
    let kind = match kind {
        "text" => Kind::Text,
        "large" => Kind::Large,
        "graphic" => Kind::Graphic,
        "quiet" => Kind::Quiet,
        _ => return Err("begins with no kind"),
    };
    if (kind == Kind::Quiet) != reason.is_some() {
        return Err("needs a reason where it is quiet, and none elsewhere");
    }
    let (fronts, grounds) = rest.split_once(" on ").ok_or("has no `on`")?;
    let mut pairs = Vec::new();
    for front in fronts.split_whitespace() {
        for ground in grounds.split_whitespace() {
            let pair = |outcome: &str| {
                let name = |token: &str| token.replace("OUTCOME", outcome);
                Pair { kind, front: name(front), ground: name(ground) }
            };
            if [front, ground].iter().any(|token| token.contains("OUTCOME")) {
                pairs.extend(OUTCOMES.map(pair));
            } else {
                pairs.push(pair(""));
            }
        }
    }
    Ok(pairs)
}

#[test]
fn a_line_is_read_or_says_what_is_wrong() {
    let pair = |front: &str, ground: &str| {
        let [front, ground] = [front, ground].map(str::to_owned);
        Pair { kind: Kind::Graphic, front, ground }
    };
    let found = read("graphic  a b on c").unwrap();
    assert_eq!(found, [pair("a", "c"), pair("b", "c")]);
    let found = read("graphic OUTCOME-c on OUTCOME-t").unwrap();
    assert_eq!((found.len(), &found[0]), (6, &pair("hit-c", "hit-t")));
    assert!(read("text a because b on c").is_err());
    assert!(read("quiet a on b").is_err());
    assert!(read("loud a on b").is_err());
}
