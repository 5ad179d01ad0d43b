//! The real-time log of a walk, up to the playhead (security-logs-edge.md section 2): which requests are sampled, and what of them is told.

use crate::distribution::{Configuration, USUAL_FIELDS};
use crate::edge::access_log::{Percent, real_time_fields, real_time_line};
use crate::simulation::Run;
use crate::simulation::access_log::access_log;

/// Which requests have a record, and which fields that has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// What it is called.
    pub name: String,
    /// Of a configuration that behaviors name: its ARN. Without one every behavior is meant.
    pub arn: Option<String>,
    /// Of how many requests in a hundred.
    pub percent: Percent,
    /// Names of fields, in the list's order (RTL-05).
    pub fields: Vec<&'static str>,
}

impl Default for Sampling {
    /// Of every request what a class looks at first.
    fn default() -> Self {
        let (name, percent) = ("Your own choice".to_owned(), Percent::ALL);
        Self { name, arn: None, percent, fields: USUAL_FIELDS.to_vec() }
    }
}

impl Sampling {
    /// Puts a field in, or takes it out.
    pub fn choose(&mut self, name: &str, is_in: bool) {
        let is_chosen = |known: &&str| if *known == name { is_in } else { self.has(known) };
        self.fields = real_time_fields().map(|field| field.name).filter(is_chosen).collect();
    }

    /// Whether it has a field.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains(&name)
    }
}

/// The real-time logs that stand beside a configuration (LG-07).
pub fn samplings(configuration: &Configuration) -> Vec<Sampling> {
    let of = |(arn, log): (&str, &crate::distribution::RealTimeLog)| {
        let names = real_time_fields().map(|field| field.name);
        Some(Sampling {
            name: log.name.clone(),
            arn: Some(arn.to_owned()),
            percent: Percent::new(log.percent)?,
            fields: names.filter(|name| log.fields.iter().any(|known| known == name)).collect(),
        })
    };
    configuration.real_time_logs().filter_map(of).collect()
}

/// What a real-time log has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RealTime {
    /// How many requests could have been sampled.
    pub requests: usize,
    /// A record each, its values with TABs between, as they were answered.
    pub records: Vec<String>,
}

impl RealTime {
    /// Of a run, up to the playhead: of those requests whose behavior names this log (RTL-03), those that are sampled.
    pub fn of(run: &Run, playhead: usize, sampling: &Sampling) -> Self {
        let mut log = Self::default();
        for logged in access_log(run.journal().before(playhead), &run.walk().scenario) {
            if logged.pattern.is_none()
                || sampling.arn.is_some() && logged.real_time_log() != sampling.arn.as_deref()
            {
                continue;
            }
            log.requests += 1;
            if sampling.percent.takes(logged.request_id()) {
                log.records.push(real_time_line(&logged.sample(), &sampling.fields));
            }
        }
        log
    }

    /// All records as a text, a line each.
    pub fn text(&self) -> String {
        self.records.iter().flat_map(|record| [record.as_str(), "\n"]).collect()
    }
}
