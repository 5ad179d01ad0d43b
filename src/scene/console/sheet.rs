//! The sheet of one item: its settings, what is wrong with each, and what would mend it.

use std::cmp::Reverse;

use super::lines::LineFault;
use super::setting::{CUSTOM_HEADER, POLICY_HEADER};
use super::{Field, Item, Setting, Use, acl, beside, item, lines};
use crate::distribution::{AwsError, Draft, Side};
use crate::json::{Json, Path};
use crate::scene::units;

/// An item to be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which.
    pub item: Item,
    /// What kind of thing it is, as in `Behavior 1`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its settings, in the order of AWS's console.
    pub fields: Vec<Field>,
    /// What is wrong with it and stands at none of the fields.
    pub faults: Vec<String>,
    /// Where it can be put to use, where nobody names it yet.
    pub unused: Option<Use>,
}

/// A value that would mend what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// As in `Default to 60`.
    pub label: String,
    /// What to set.
    pub setting: Setting,
    /// To what.
    pub value: String,
}

impl Sheet {
    /// The sheet of an item, none where the document has no such item; with what was found wrong with the document.
    pub fn of(item: Item, draft: &Draft, errors: &[AwsError]) -> Option<Self> {
        let here = item.path();
        if !item.is_in(draft) {
            return None;
        }
        let mut within: Vec<&AwsError> = errors.iter().filter(|error| item.owns(error)).collect();
        let field = |setting: Setting| {
            let path = setting.path(item, draft);
            let value = setting.value(item, draft);
            let is_here = |error: &&AwsError| is_within(error, &path);
            // The cached methods stand within the allowed ones: the inner field has what is its own.
            let faults: Vec<&AwsError> = within.iter().copied().filter(is_here).collect();
            within.retain(|error| !is_within(error, &path));
            Field {
                setting,
                label: setting.label(),
                control: setting.control(draft, &value),
                help: setting.help(item, draft, &value),
                faults: match setting {
                    Setting::AclRules => {
                        let rules = draft.at(&path).map_or(&[][..], Json::items);
                        said_by_line(&acl::faults(rules, draft), &path, &faults)
                    }
                    Setting::CustomHeaders => {
                        let told = lines::faults(draft.at(&path), CUSTOM_HEADER, "OR-04");
                        said_by_line(&told, &path.member("Items"), &faults)
                    }
                    Setting::AddedHeaders => {
                        let told = lines::faults(draft.at(&path), POLICY_HEADER, "RH-09");
                        said_by_line(&told, &path.member("Items"), &faults)
                    }
                    // What is no JSON stands in the document as a text, until it is mended.
                    Setting::AsJson => match Json::parse(&value) {
                        Err(wrong) if !faults.is_empty() => {
                            vec![units::sentence_case(&wrong.to_string())]
                        }
                        _ => faults.into_iter().map(said).collect(),
                    },
                    Setting::OriginId if faults.is_empty() => of_twin(errors, draft, &value),
                    _ => faults.into_iter().map(said).collect(),
                },
                value,
            }
        };
        let mut settings = Setting::of(item, draft);
        // Inner places first, so that what stands in one is not taken by the place around it.
        settings.sort_by_key(|setting| Reverse(setting.path(item, draft).parts().len()));
        let mut fields: Vec<Field> = settings.into_iter().map(field).collect();
        let order = Setting::of(item, draft);
        fields.sort_by_key(|field| order.iter().position(|setting| *setting == field.setting));
        let text = |name: &str| {
            draft.at(&here.member(name)).and_then(Json::as_text).unwrap_or_default().to_owned()
        };
        let (kind, name) = match item {
            Item::General => ("Distribution".to_owned(), "general settings".to_owned()),
            Item::Origin(_) => ("Origin".to_owned(), text("Id")),
            Item::Group(_) => ("Origin group".to_owned(), text("Id")),
            Item::ErrorPage(_) => {
                let status = Setting::ErrorStatus.value(item, draft);
                ("Error page".to_owned(), status)
            }
            Item::Behavior(place) => (format!("Behavior, precedence {place}"), text("PathPattern")),
            Item::Default => {
                let last = item::count(draft, &item::behaviors());
                (format!("Last behavior, precedence {last}"), "Default (*)".to_owned())
            }
            Item::Beside(sort, place) => {
                let document = draft.documents().get(place);
                let name = document.and_then(beside::name_of).unwrap_or_default();
                (beside::label(sort).to_owned(), name.to_owned())
            }
        };
        let kind = match item {
            Item::Beside(..) => kind,
            _ if draft.side() == Side::Staging => format!("Staging: {}", kind.to_lowercase()),
            _ => kind,
        };
        let unused = Use::of(draft, item);
        let faults = within.into_iter().map(said).collect();
        Some(Self { item, kind, name, fields, faults, unused })
    }

    /// What would mend the order of the three TTLs (TTL-26), where that is what is wrong.
    pub fn fixes(&self) -> Vec<Fix> {
        let secs = |setting: Setting| {
            let field = self.fields.iter().find(|field| field.setting == setting)?;
            field.value.parse::<u64>().ok()
        };
        let all = (secs(Setting::MinTtl), secs(Setting::DefaultTtl), secs(Setting::MaxTtl));
        let (Some(min), Some(default), Some(max)) = all else { return Vec::new() };
        let fix = |name: &str, setting: Setting, secs: u64| Fix {
            label: format!("{name} to {secs}"),
            setting,
            value: secs.to_string(),
        };
        if min > default {
            return vec![
                fix("Default", Setting::DefaultTtl, min),
                fix("Minimum", Setting::MinTtl, default),
            ];
        }
        if default > max {
            return vec![
                fix("Maximum", Setting::MaxTtl, default),
                fix("Default", Setting::DefaultTtl, max),
            ];
        }
        Vec::new()
    }
}

impl Item {
    /// How many things are wrong within it.
    pub fn count_faults(self, errors: &[AwsError]) -> usize {
        errors.iter().filter(|error| self.owns(error)).count()
    }

    /// Whether an error stands within it; of the whole, at one of its settings.
    pub fn owns(self, error: &AwsError) -> bool {
        match self {
            Self::General => {
                Setting::GENERAL.iter().any(|setting| is_within(error, &setting.of_whole()))
            }
            _ => is_within(error, &self.whole_path()),
        }
    }
}

/// Whether an error stands at a path or within it.
fn is_within(error: &AwsError, path: &Path) -> bool {
    let path = path.to_string();
    let rest = error.path().and_then(|at| at.strip_prefix(path.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What is wrong, for the field at which it stands: the rule, and what the API would call it.
fn said(error: &AwsError) -> String {
    let AwsError::Refused { rule, code, row, .. } = error else { return error.to_string() };
    format!("{} ({code}, {row})", units::sentence_case(rule))
}

/// The same of a list that is typed line by line: what is told of a line takes the place of what was found within it.
fn said_by_line(told: &[LineFault], list: &Path, errors: &[&AwsError]) -> Vec<String> {
    let is_told =
        |error: &AwsError| told.iter().any(|line| is_within(error, &list.item(line.place)));
    let others = errors.iter().filter(|error| !is_told(error)).map(|error| said(error));
    told.iter().map(LineFault::said).chain(others).collect()
}

/// OR-02: the later one of two origins with one name is refused; the other, if it is the one that is renamed, says so, too.
fn of_twin(errors: &[AwsError], draft: &Draft, name: &str) -> Vec<String> {
    let origins = (0..item::count(draft, &item::origins())).map(Item::Origin);
    let ids = origins.map(|origin| origin.path().member("Id"));
    let twins: Vec<Path> =
        ids.filter(|id| draft.at(id).and_then(Json::as_text) == Some(name)).collect();
    let is_of_one = |error: &&AwsError| twins.iter().any(|id| is_within(error, id));
    errors.iter().filter(is_of_one).map(said).collect()
}
