//! One long trace: the engine on it set beside two others on the same trace, and what a response and a request cost.

use std::process::Command;

use super::{Row, cargo_bench, figure, lines_of, page};
use crate::build;
use crate::machine::Machine;
use crate::project::Project;
use crate::setup::{self, Browser, Compiler};
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
) -> Result<Vec<Row>, Stop> {
    let others = setup::for_bench(machine, project)?;
    let folder = project.target.join("trace");
    let scripts = project.root.join("benches").join("trace");
    let node = machine.find("node").ok_or_else(|| Stop::new("node is not on PATH"))?;

    let mut engine = cargo_bench(machine, project, "trace")?;
    engine.args(["--", "--write"]).arg(&folder);
    let mut memory = cargo_bench(machine, project, "memory")?;
    let mut pair = machine.command(&node);
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

/// The table's lines.
fn compared(figures: &Figures) -> Result<Vec<Row>, Stop> {
    let row = |name: &str, measured: String, limit: &str, aim: &str| Row {
        name: name.to_owned(),
        measured,
        limit: limit.to_owned(),
        aim: aim.to_owned(),
    };
    let times = |ours: &str, theirs: &str| {
        let (ours, theirs) = (figures.number(ours)?, figures.number(theirs)?);
        Ok(format!("{:.3} times ({ours} and {theirs} million a second)", ours / theirs))
    };
    let plain = |name: &str, unit: &str| Ok(format!("{}{unit}", figures.number(name)?));
    Ok(vec![
        row(
            "full engine natively / the pair in Node",
            times("full engine, counting", "pair, deciding alone")?,
            "10 times",
            "20 times",
        ),
        row(
            "full engine in wasm, in Chromium / the pair in Node",
            times("wasm, counting", "pair, deciding alone")?,
            "3 times",
            "10 times",
        ),
        row(
            "store alone / libCacheSim's LRU, room for 4000",
            times("store alone, room for 4000", "libCacheSim, room for 4000")?,
            "0.5 times",
            "more than 1",
        ),
        row(
            "store alone / libCacheSim's LRU, room for 40000",
            times("store alone, room for 40000", "libCacheSim, room for 40000")?,
            "",
            "",
        ),
        row(
            "memory for a stored response, of 1000000",
            plain("bytes per stored response at 1000000", " bytes")?,
            "160 bytes",
            "80 bytes",
        ),
        row(
            "cost of a hit, of 1e6 stored / of 1e4",
            plain("hit, largest / smallest", "")?,
            "3",
            "2",
        ),
        row(
            "cost of a miss with eviction, likewise",
            plain("miss and eviction, largest / smallest", "")?,
            "3",
            "2",
        ),
        row(
            "allocations for a hit at the POP",
            plain("allocations per POP hit, nobody watching", "")?,
            "0",
            "0",
        ),
    ])
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
        assert_eq!(measured[4..], ["219.8 bytes", "1.2", "0.65", "44"]);
        let stop = compared(&Figures(all[1..].to_vec())).err().unwrap().to_string();
        assert!(stop.contains("full engine, counting"), "{stop}");
    }
}
