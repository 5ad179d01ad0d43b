//! One long trace: the engine on it set beside two others on the same trace, and what a response and a request cost.

use std::process::Command;

use super::{Row, cargo_bench, figure, lines_of, page};
use crate::build;
use crate::machine::Machine;
use crate::project::Project;
use crate::setup::{Browser, Compiler, Others};
use crate::stop::Stop;

/// What was measured, by name.
struct Figures(Vec<(String, String)>);

impl Figures {
    /// The number that a figure begins with.
    fn number(&self, name: &str) -> Result<f64, Stop> {
        let (_, figure) = self.0.iter().find(|(known, _)| known == name).ok_or_else(|| {
            Stop::new(format!("no measurement gave {name:?}: its reason is above"))
        })?;
        let first = figure.split([' ', ',']).next().and_then(|word| word.parse().ok());
        first.ok_or_else(|| Stop::new(format!("{name:?} has no number in {figure:?}")))
    }
}

/// Measures everything, one after the other on the same trace.
pub(super) fn rows(
    machine: &Machine,
    project: &Project,
    compiler: &Compiler,
    browser: &Browser,
    others: &Others,
) -> Result<Vec<Row>, Stop> {
    let folder = project.target.join("trace");
    let scripts = project.root.join("benches").join("trace");

    let mut engine = cargo_bench(machine, project, "trace")?;
    engine.args(["--", "--write"]).arg(&folder);
    let mut memory = cargo_bench(machine, project, "memory")?;
    let mut pair = machine.node()?;
    pair.arg(scripts.join("pair.mjs")).arg(&folder).arg(&others.modules);
    let mut lru = machine.command(&others.python);
    lru.arg(scripts.join("lru.py")).arg(&folder);
    let mut wasm = page(machine, project, browser, "trace.mjs")?;
    wasm.env("EDGEWALK_DIST", build::with_trace(machine, project, compiler)?);

    let commands: [&mut Command; 5] = [&mut engine, &mut wasm, &mut pair, &mut lru, &mut memory];
    let mut figures = Figures(Vec::new());
    for command in commands {
        figures.0.extend(lines_of(command)?.iter().filter_map(|line| figure(line)));
    }
    compared(&figures)
}

/// What a line of the table shows.
enum Shown {
    /// How many times as fast the first is as the second, both in million requests a second.
    Times(&'static str, &'static str),
    /// A figure as it is, with its unit.
    Plain(&'static str, &'static str),
}

/// The table's lines: what is compared, what is shown of it, the limit and the aim.
#[rustfmt::skip]
const LINES: [(&str, Shown, &str, &str); 10] = [
    ("full engine natively / the pair in Node",
        Shown::Times("full engine, counting", "pair, deciding alone"), "10 times", "20 times"),
    ("full engine in wasm, in Chromium / the pair in Node",
        Shown::Times("wasm, counting", "pair, deciding alone"), "3 times", "10 times"),
    ("store alone / libCacheSim's LRU, room for 4000",
        Shown::Times("store alone, room for 4000", "libCacheSim, room for 4000"), "0.5 times", "more than 1"),
    ("store alone / libCacheSim's LRU, room for 40000",
        Shown::Times("store alone, room for 40000", "libCacheSim, room for 40000"), "0.5 times", "more than 1"),
    ("its order with numbers / libCacheSim's LRU, room for 4000",
        Shown::Times("its order with numbers, room for 4000", "libCacheSim, room for 4000"), "0.5 times", "more than 1"),
    ("its order with numbers / libCacheSim's LRU, room for 40000",
        Shown::Times("its order with numbers, room for 40000", "libCacheSim, room for 40000"), "0.5 times", "more than 1"),
    ("memory for a stored response, of 1000000",
        Shown::Plain("bytes per stored response at 1000000", " bytes"), "160 bytes", "80 bytes"),
    ("cost of a hit, of 1e6 stored / of 1e4",
        Shown::Plain("hit, largest / smallest", ""), "3", "2"),
    ("cost of a miss with eviction, likewise",
        Shown::Plain("miss and eviction, largest / smallest", ""), "3", "2"),
    ("allocations for a hit at the POP",
        Shown::Plain("allocations per POP hit, nobody watching", ""), "0", "0"),
];

/// The table's lines with what was measured.
fn compared(figures: &Figures) -> Result<Vec<Row>, Stop> {
    let row = |(name, shown, limit, aim): &(&str, Shown, &str, &str)| {
        let measured = match shown {
            Shown::Times(ours, theirs) => {
                let (ours, theirs) = (figures.number(ours)?, figures.number(theirs)?);
                format!("{:.3} times ({ours} and {theirs} million a second)", ours / theirs)
            }
            Shown::Plain(name, unit) => format!("{}{unit}", figures.number(name)?),
        };
        Ok(Row::new(name, &measured, limit, aim))
    };
    LINES.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn figures_are_compared_by_name_and_a_missing_one_is_named() {
        let lines = [
            "  full engine, counting                     1.500 million a second",
            "  wasm, counting                            0.750 million a second",
            "  pair, deciding alone                      0.500 million a second",
            "  store alone, room for 4000                7.000 million a second, 12 hits",
            "  libCacheSim, room for 4000                14.000 million a second, 12 hits",
            "  store alone, room for 40000               6.000 million a second",
            "  libCacheSim, room for 40000               12.000 million a second",
            "  its order with numbers, room for 4000     28.000 million a second, 12 hits",
            "  its order with numbers, room for 40000    18.000 million a second, 12 hits",
            "  bytes per stored response at 1000000      219.80",
            "  hit, largest / smallest                   1.20",
            "  miss and eviction, largest / smallest     0.65",
            "  allocations per POP hit, nobody watching  44.00",
        ];
        let all: Vec<_> = lines.into_iter().filter_map(figure).collect();
        let rows = compared(&Figures(all.clone())).unwrap();
        let measured: Vec<&str> = rows.iter().map(|row| &*row.measured).collect();
        assert_eq!(measured[0], "3.000 times (1.5 and 0.5 million a second)");
        assert_eq!(measured[1], "1.500 times (0.75 and 0.5 million a second)");
        assert_eq!(measured[2], "0.500 times (7 and 14 million a second)");
        assert_eq!(measured[3], "0.500 times (6 and 12 million a second)");
        assert_eq!(measured[4], "2.000 times (28 and 14 million a second)");
        assert_eq!(measured[5], "1.500 times (18 and 12 million a second)");
        assert_eq!(measured[6..], ["219.8 bytes", "1.2", "0.65", "44"]);
        let stop = compared(&Figures(all[1..].to_vec())).err().unwrap().to_string();
        assert!(stop.contains("full engine, counting"), "{stop}");
    }
}
