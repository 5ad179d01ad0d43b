//! What came out of inverting the code of rows, as text and as a table.

use super::id::Id;

/// What came out for one row.
#[derive(Debug)]
pub(super) struct Proof {
    pub(super) id: Id,
    pub(super) verdict: Verdict,
}

#[derive(Debug)]
pub(super) enum Verdict {
    Proven { place: String, before: String, after: String, test: String },
    Not(String),
}

impl Proof {
    pub(super) fn is_proven(&self) -> bool {
        matches!(self.verdict, Verdict::Proven { .. })
    }

    /// Without what was tried.
    pub(super) fn in_short(&self) -> String {
        match &self.verdict {
            Verdict::Proven { place, .. } => format!("proven by {place}"),
            Verdict::Not(why) => {
                format!("NOT PROVEN: {}", why.split(": ").next().unwrap_or_default())
            }
        }
    }
}

pub(super) fn code(text: &str) -> String {
    format!("`{}`", if text.is_empty() { "(left out)" } else { text })
}

/// One paragraph for each row.
pub(super) fn lines(proofs: &[Proof]) -> String {
    let paragraph = |Proof { id, verdict }: &Proof| match verdict {
        Verdict::Proven { place, before, after, test } => {
            format!(
                "{id}  {place}\n    {}\n    -> {}\n    red: {test}\n",
                code(before),
                code(after)
            )
        }
        Verdict::Not(why) => {
            format!(
                "{id}  NOT PROVEN: {}\n",
                why.replace("; ", ";\n    ").replace(": src/", ":\n    src/")
            )
        }
    };
    proofs.iter().map(paragraph).collect::<Vec<_>>().concat()
}

/// A table for docs/engine.md.
pub(super) fn table(proofs: &[Proof]) -> String {
    let line = |Proof { id, verdict }: &Proof| match verdict {
        Verdict::Proven { place, before, after, test } => {
            let inversion = format!("{} → {}", code(before), code(after)).replace('|', "\\|");
            format!("| {id} | `{place}` | {inversion} | `{test}` |\n")
        }
        Verdict::Not(why) => format!("| {id} | | NOT PROVEN: {} | |\n", why.replace('|', "\\|")),
    };
    let head = "| Row | Code | Inversion | Test that goes red |\n|---|---|---|---|\n".to_owned();
    head + &proofs.iter().map(line).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).expect("an id")
    }

    #[test]
    fn a_table_for_markdown_keeps_its_bars() {
        let proven = Verdict::Proven {
            place: "src/edge/a.rs:7".to_owned(),
            before: "a || b".to_owned(),
            after: String::new(),
            test: "edge::a::t".to_owned(),
        };
        let proofs = [
            Proof { id: id("TTL-01"), verdict: proven },
            Proof {
                id: id("TTL-02"),
                verdict: Verdict::Not("no line of code carries it".to_owned()),
            },
        ];
        assert_eq!(
            table(&proofs),
            "| Row | Code | Inversion | Test that goes red |\n|---|---|---|---|\n\
             | TTL-01 | `src/edge/a.rs:7` | `a \\|\\| b` → `(left out)` | `edge::a::t` |\n\
             | TTL-02 | | NOT PROVEN: no line of code carries it | |\n"
        );
        assert_eq!(proofs[0].in_short(), "proven by src/edge/a.rs:7");
        assert_eq!(proofs[1].in_short(), "NOT PROVEN: no line of code carries it");
        assert!(
            lines(&proofs)
                .ends_with("red: edge::a::t\nTTL-02  NOT PROVEN: no line of code carries it\n")
        );
    }
}
