//! The configuration that every line starts from, and the walks through it.

use edgewalk::distribution::Configuration;
use edgewalk::json::{Json, Path};
use edgewalk::origin::{Kind, Object, Site};
use edgewalk::simulation::{Run, Scenario, WalkFile, built_in_scenario};

use crate::table::Value;

const BASE: &str = include_str!("base.json");
const SIGNED: &str = include_str!("../../docs/reference/examples/signed-urls.json");

/// A value at a place of the document, or of one beside it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) path: String,
    pub(crate) value: Value,
}

impl Setting {
    /// Puts the value into the base.
    fn put(&self, base: &mut Json) -> Result<(), String> {
        let path = self.place(base)?;
        let Some(value) = &self.value else {
            let _ = base.remove(&path); // it may be missing already
            return Ok(());
        };
        let (holder, _) = path.split_last().ok_or("a setting has a path")?;
        if base.at(&holder).is_none() {
            return Err(format!("{}: there is no such place", self.path));
        }
        base.set(&path, value.clone()).map_err(|error| error.to_string())?;
        let quantity = holder.member("Quantity");
        if self.path.ends_with(".Items") && base.at(&quantity).is_some() {
            let count = i64::try_from(value.items().len()).map_err(|error| error.to_string())?;
            base.set(&quantity, Json::Whole(count)).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Where it stands: in the document, unless its first name is that of a sort of document beside it.
    fn place(&self, base: &Json) -> Result<Path, String> {
        let inner: Path =
            self.path.parse().map_err(|error: edgewalk::json::PathError| error.to_string())?;
        let first = self.path.split('.').next().unwrap_or_default();
        let beside = base.member("Beside").map_or(&[][..], Json::items);
        let found = beside.iter().position(|document| document.member(first).is_some());
        Ok(match found {
            Some(place) => Path::default().member("Beside").item(place).joined(&inner),
            None => Path::default().member("DistributionConfig").joined(&inner),
        })
    }
}

/// Whether the base has something at a path, with what a walk sets.
pub(crate) fn has(path: &str, walk: &[String]) -> bool {
    let Ok(base) = with_sets(walk) else { return false };
    let setting = Setting { path: path.to_owned(), value: None };
    setting.place(&base).is_ok_and(|place| base.at(&place).is_some())
}

/// The base with what a walk sets and with this setting.
pub(crate) fn configured(walk: &[String], setting: &Setting) -> Result<Configuration, String> {
    let mut base = with_sets(walk)?;
    setting.put(&mut base)?;
    Configuration::from_stored(&base)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// The base with what a walk sets.
fn with_sets(walk: &[String]) -> Result<Json, String> {
    let mut base = Json::parse(BASE).map_err(|error| error.to_string())?;
    for words in walk.iter().filter(|words| words.starts_with(SET)) {
        let parts: Vec<&str> = words.splitn(3, ' ').collect();
        let [_, path, value] = parts.try_into().map_err(|_| "set needs a path and a value")?;
        let value = Json::parse(value).map_err(|error| format!("{words}: {error}"))?;
        Setting { path: path.to_owned(), value: Some(value) }.put(&mut base)?;
    }
    Ok(base)
}

/// What begins the words that no Walk file knows.
const SET: &str = "set ";

/// What a walk through a configuration starts from.
pub(crate) fn scenario(configuration: Configuration) -> Scenario {
    let configuration = configuration.into();
    Scenario { configuration, site: site(), origin_region: None, ..built_in_scenario() }
}

/// A walk through the base with this setting.
pub(crate) fn run(walk: &[String], setting: &Setting) -> Result<Run, String> {
    let scenario = scenario(configured(walk, setting)?);
    let mut run = Run::new(scenario).map_err(|error| error.to_string())?;
    let done = walk.iter().filter(|words| !words.starts_with(SET));
    let actions: Vec<String> = done.map(|words| in_json(words)).collect();
    let file = format!(r#"{{"edgewalk": 1, "actions": [{}]}}"#, actions.join(", "));
    let file = WalkFile::read(&file).map_err(|error| error.to_string())?;
    for act in file.lesson.acts {
        let end = run.journal().len();
        run.act(act.action, end).map_err(|error| error.to_string())?;
    }
    Ok(run)
}

/// The words of an action as a Walk file has them; those with blanks stand in quotes.
fn in_json(action: &str) -> String {
    let mut words: Vec<Json> = Vec::new();
    for (place, part) in action.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(Json::text(part));
        } else {
            words.extend(part.split_whitespace().map(|word| Json::text(&signed(word))));
        }
    }
    Json::List(words).write_short()
}

/// `SU-01` as path and query of the signed URL of that name.
fn signed(word: &str) -> String {
    if !word.starts_with("SU-") {
        return word.to_owned();
    }
    let all: serde_json::Value = serde_json::from_str(SIGNED).unwrap();
    let vectors = all["vectors"].as_array().unwrap();
    let vector = vectors.iter().find(|vector| vector["id"] == word).unwrap();
    vector["signed_url"].as_str().unwrap().split_once(".net").unwrap().1.to_owned()
}

const HTML: &str = "text/html; charset=utf-8";

/// What the origins hold, whatever is configured.
fn site() -> Site {
    let file = |path: &str, kind: &str, size_bytes, cache_control: &str| Object {
        path: path.to_owned(),
        content_type: kind.to_owned(),
        size_bytes,
        cache_control: (!cache_control.is_empty()).then(|| cache_control.to_owned()),
        expires_secs: None,
        cache_tag: (path == "/page.html").then(|| "spring".to_owned()),
        vary: None,
        kind: Kind::File,
        version: 1,
        modified_unix: 1_765_789_200,
    };
    Site::new([
        file("/index.html", HTML, 4_096, "max-age=300"),
        file("/page.html", HTML, 900, "max-age=300"), // too small to be compressed (CMP-06)
        file("/script.js", "text/javascript", 2_000, "max-age=300"),
        file("/app/page.html", HTML, 900, "max-age=300"),
        file("/app/other.html", HTML, 900, "max-age=300"),
        file("/own/page.html", HTML, 900, "max-age=300"),
        file("/own/untold.html", HTML, 900, ""),
        file("/old/page.html", HTML, 900, "max-age=300"),
        file("/old/untold.html", HTML, 900, ""),
        file("/films/one.html", HTML, 900, "max-age=300"),
        file("/images/image.jpg", "image/jpeg", 900, "max-age=300"),
        file("/images/deep/two.jpg", "image/jpeg", 900, "max-age=300"),
        file("/errors/404.html", HTML, 900, "max-age=300"),
        file("/errors/other.html", HTML, 900, "max-age=300"),
    ])
}
