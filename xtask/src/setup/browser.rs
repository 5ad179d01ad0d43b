//! Chromium and the driver of the same version; Firefox, which needs none.

use std::path::PathBuf;

use super::apt;
use crate::machine::Machine;
use crate::run;
use crate::stop::Stop;

const FIREFOX_NAMES: &[&str] = &["firefox-esr", "firefox"];
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

#[derive(Debug, Clone)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

pub(crate) fn ensure(machine: &Machine) -> Result<Browser, Stop> {
    if let Some(browser) = find(machine) {
        return Ok(browser);
    }
    run::announce(
        "Chromium and ChromeDriver are needed: the tests run in a real browser. Debian's packages come in about a minute.",
    );
    apt::install(machine, &["chromium", "chromium-driver"], "Chromium with ChromeDriver")?;
    find(machine).ok_or_else(|| {
        Stop::new("Chromium and ChromeDriver were installed but are not on PATH: put their folder there, then run again")
    })
}

fn find(machine: &Machine) -> Option<Browser> {
    let chromium = NAMES.iter().find_map(|name| machine.find(name))?;
    Some(Browser { chromium, chromedriver: machine.find("chromedriver")? })
}

/// The program of Firefox.
pub(crate) fn firefox(machine: &Machine) -> Result<PathBuf, Stop> {
    let find = || FIREFOX_NAMES.iter().find_map(|name| machine.find(name));
    if let Some(firefox) = find() {
        return Ok(firefox);
    }
    run::announce(
        "Firefox is needed: the journeys run in a second browser. Debian's package firefox-esr comes in about a minute.",
    );
    apt::install(machine, &["firefox-esr"], "Firefox ESR")?;
    find().ok_or_else(|| {
        Stop::new("Firefox was installed but is not on PATH: put its folder there, then run again")
    })
}
