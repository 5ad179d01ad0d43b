//! The log that the distribution of a walk writes, up to the playhead.

use crate::distribution::Distribution;
use crate::edge::access_log::{AccessLog, LogFile, Record, files, text};
use crate::scene::Steps;
use crate::simulation::access_log::access_log;
use crate::simulation::{ExchangeId, Run};

/// A walk's own log.
#[derive(Clone, Debug, Default)]
pub struct OwnLog {
    /// Its lines, in the order in which the answers reached their viewers.
    log: AccessLog,
    /// The exchange of each line.
    exchanges: Vec<ExchangeId>,
    files: Vec<LogFile>,
    unlogged: usize,
}

/// Two are equal where their files are: no request has the id of another.
impl PartialEq for OwnLog {
    fn eq(&self, other: &Self) -> bool {
        self.unlogged == other.unlogged && self.files == other.files
    }
}

impl OwnLog {
    /// Of a run, up to the playhead. What was answered while logging was off is counted and not logged (LG-01).
    pub fn of(run: &Run, playhead: usize) -> Self {
        let scenario = &run.walk().scenario;
        let all = access_log(run.journal().before(playhead), scenario);
        let count = all.len();
        let (mut records, mut exchanges, mut by) = (Vec::new(), Vec::new(), Vec::new());
        for logged in all {
            if logged.configuration.distribution().logging.is_some() {
                records.push(logged.record);
                exchanges.push(logged.exchange);
                by.push(logged.configuration.distribution());
            }
        }
        Self {
            log: AccessLog::read(&text(&records)),
            unlogged: count - records.len(),
            files: files_of(&records, &by, scenario.seed),
            exchanges,
        }
    }

    /// The lines.
    pub const fn log(&self) -> &AccessLog {
        &self.log
    }

    /// The files in which they are delivered (LOG-05).
    pub fn files(&self) -> &[LogFile] {
        &self.files
    }

    /// How many requests were answered while logging was off.
    pub const fn unlogged(&self) -> usize {
        self.unlogged
    }

    /// The playhead at the first step of a line's exchange.
    pub fn playhead_of(&self, line: usize, run: &Run, steps: &Steps) -> Option<usize> {
        let (begun, _) = run.journal().of_exchange(*self.exchanges.get(line)?).next()?;
        let step = steps.all().iter().find(|step| step.start <= begun && begun < step.end)?;
        Some(step.end)
    }
}

/// The files of each distribution that was in force: another one has another name or another place.
fn files_of(records: &[Record<'_>], by: &[&Distribution], seed: u64) -> Vec<LogFile> {
    let mut all: Vec<LogFile> = Vec::new();
    let mut rest: Vec<usize> = (0..records.len()).collect();
    while let Some(first) = rest.first() {
        let (domain, logging) = (&by[*first].domain, &by[*first].logging);
        let is_same = |at: &usize| by[*at].domain == *domain && by[*at].logging == *logging;
        let (same, other): (Vec<usize>, Vec<usize>) = rest.iter().partition(|at| is_same(at));
        let Some(logging) = logging else { break };
        let same: Vec<Record<'_>> = same.into_iter().map(|at| records[at].clone()).collect();
        all.extend(files(&same, domain, logging, seed));
        rest = other;
    }
    all
}
