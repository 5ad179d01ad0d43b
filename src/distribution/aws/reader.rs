//! Walks a JSON value by the field's path, and collects what is wrong and what is not simulated.

use super::kept::says_nothing;
use super::{Assumed, AwsError, ErrorCode, StandIn};
use crate::http::Target;
use crate::json::Json;

/// A place in a configuration, whether or not something stands there.
#[derive(Clone, Debug)]
pub(super) struct Node<'j> {
    path: String,
    json: Option<&'j Json>,
}

impl<'j> Node<'j> {
    pub(super) fn new(path: &str, json: &'j Json) -> Self {
        Self { path: path.into(), json: Some(json) }
    }

    pub(super) fn member(&self, name: &str) -> Self {
        let json = self.json.and_then(|json| json.member(name));
        Self { path: joined(&self.path, name), json }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn json(&self) -> Option<&'j Json> {
        self.json
    }

    /// Null counts as nothing.
    pub(super) fn is_given(&self) -> bool {
        self.json.is_some()
    }

    /// The places of what stands in a bare list; of no more is read than [`READ_AT_MOST`].
    pub(super) fn items(&self) -> Vec<Self> {
        let list = self.json.map_or(&[][..], Json::items);
        let place =
            |(index, json)| Self { path: format!("{}[{index}]", self.path), json: Some(json) };
        list.iter().take(READ_AT_MOST).enumerate().map(place).collect()
    }

    /// `""` does, too.
    pub(super) fn is_filled(&self) -> bool {
        self.json.is_some_and(|json| !matches!(json, Json::Text(text) if text.is_empty()))
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.into() } else { format!("{path}.{name}") }
}

/// A bound on the length of a list, and what exceeding it is called.
pub(super) struct Quota {
    pub(super) most: usize,
    pub(super) code: ErrorCode,
    pub(super) row: &'static str,
    pub(super) rule: &'static str,
}

/// A bound on a whole number. What is left out becomes `default`.
pub(super) struct Range {
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) code: ErrorCode,
    pub(super) row: &'static str,
    pub(super) rule: &'static str,
}

/// How much is read of a list that is too long: enough that what refers to it is still found, and no more, since each
/// place is compared with every other.
const READ_AT_MOST: usize = 1_000;

/// MODEL: of a list without a quota no more is taken either; no setting makes sense so often.
const ANY: Quota = Quota {
    most: READ_AT_MOST,
    code: ErrorCode::InvalidArgument,
    row: "ER-03",
    rule: "of a list no more than 1,000 items are taken",
};

/// Collects every finding, so that one bad field hides no other.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) errors: Vec<AwsError>,
    pub(super) kept: Vec<String>,
    pub(super) assumed: Vec<Assumed>,
}

impl Reader {
    pub(super) fn refuse(&mut self, node: &Node, code: ErrorCode, row: &'static str, rule: &str) {
        let given = node.json.map_or_else(|| "missing".into(), Json::shown);
        self.refuse_given(node, &given, code, row, rule);
    }

    /// The same with other words for what stands there.
    pub(super) fn refuse_given(
        &mut self,
        node: &Node,
        given: &str,
        code: ErrorCode,
        row: &'static str,
        rule: &str,
    ) {
        let (path, given, rule) = (node.path.clone(), given.into(), rule.into());
        self.errors.push(AwsError::Refused { path, given, code, row, rule });
    }

    /// Refuses what is of another type than the model's (section 9.1).
    fn mistyped<T>(&mut self, node: &Node, rule: &str) -> Option<T> {
        self.refuse(node, ErrorCode::InvalidArgument, "ER-03", rule);
        None
    }

    /// Names a setting that is read but not simulated.
    pub(super) fn keep(&mut self, node: &Node) {
        self.kept.push(node.path.clone());
    }

    /// Names what stands in for something that nobody has given.
    pub(super) fn assume(&mut self, node: &Node, stand_in: StandIn) {
        let given = node.json.map_or_else(|| "missing".into(), Json::shown);
        self.assume_of(node, &given, stand_in);
    }

    /// The same of something that what stands there leads to.
    pub(super) fn assume_of(&mut self, node: &Node, given: &str, stand_in: StandIn) {
        self.assumed.push(Assumed { path: node.path.clone(), given: given.into(), stand_in });
    }

    /// Whether there is an object, all of which is read.
    pub(super) fn is_object(&mut self, node: &Node) -> bool {
        match node.json {
            None => false,
            Some(Json::Object(_)) => true,
            Some(_) => {
                self.refuse(node, ErrorCode::InvalidArgument, "ER-03", "this must be an object");
                false
            }
        }
    }

    /// Whether there is an object, of which `known` are the members that are read; what else says something is kept.
    pub(super) fn object(&mut self, node: &Node, known: &[&str]) -> bool {
        if let Some(Json::Object(members)) = node.json {
            for (name, value) in members {
                if !known.contains(&name.as_str()) && !says_nothing(name, value) {
                    self.kept.push(joined(&node.path, name));
                }
            }
        }
        self.is_object(node)
    }

    /// The same where the object may not be left out.
    pub(super) fn needed_object(&mut self, node: &Node, known: &[&str]) -> bool {
        self.need(node);
        self.object(node, known)
    }

    /// Refuses what is left out but may not be.
    pub(super) fn need(&mut self, node: &Node) {
        if !node.is_given() {
            self.refuse(node, ErrorCode::InvalidArgument, "ER-03", "this may not be left out");
        }
    }

    pub(super) fn text<'j>(&mut self, node: &Node<'j>) -> Option<&'j str> {
        let Json::Text(text) = node.json? else {
            return self.mistyped(node, "this must be a string");
        };
        Some(text)
    }

    /// A text that is more than `""`, as ids are that need not be set.
    pub(super) fn filled_text<'j>(&mut self, node: &Node<'j>) -> Option<&'j str> {
        self.text(node).filter(|text| !text.is_empty())
    }

    /// A text that may be neither left out nor empty.
    pub(super) fn needed_text<'j>(&mut self, node: &Node<'j>) -> Option<&'j str> {
        self.need(node);
        let text = self.text(node)?;
        if text.is_empty() {
            self.refuse(node, ErrorCode::InvalidArgument, "ER-03", "this may not be empty");
            return None;
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, node: &Node) -> Option<bool> {
        let Json::Flag(flag) = node.json? else {
            return self.mistyped(node, "this must be true or false");
        };
        Some(*flag)
    }

    /// A flag that may not be left out.
    pub(super) fn needed_flag(&mut self, node: &Node) -> Option<bool> {
        self.need(node);
        self.flag(node)
    }

    /// A whole number; one with more digits than any range has counts as the largest, so that it is the range that is told.
    pub(super) fn whole(&mut self, node: &Node) -> Option<i64> {
        match node.json? {
            Json::Whole(number) => Some(*number),
            Json::Fraction(text) => match text.strip_prefix('-') {
                Some(digits) if is_digits(digits) => Some(i64::MIN),
                None if is_digits(text) => Some(i64::MAX),
                _ => self.mistyped(node, "this must be a whole number"),
            },
            _ => self.mistyped(node, "this must be a whole number"),
        }
    }

    /// A whole number within a range.
    pub(super) fn within(&mut self, node: &Node, range: &Range) -> Option<u64> {
        let number = self.whole(node)?;
        if !(range.least..=range.most).contains(&number) {
            self.refuse(node, range.code, range.row, range.rule);
            return None;
        }
        u64::try_from(number).ok()
    }

    /// A path that a viewer or an origin could be asked for (ER-12). It may be empty, which is as good as none.
    pub(super) fn relative_path<'j>(
        &mut self,
        node: &Node<'j>,
        row: &'static str,
    ) -> Option<&'j str> {
        let path = self.filled_text(node)?;
        if Target::new(path, "").is_err() {
            let rule = "this path must start with a slash and be percent-encoded";
            self.refuse(node, ErrorCode::InvalidRelativePath, row, rule);
            return None;
        }
        Some(path)
    }

    /// One of a few words.
    pub(super) fn word(
        &mut self,
        node: &Node,
        words: &'static [&'static str],
        row: &'static str,
    ) -> Option<&'static str> {
        let text = self.text(node)?;
        let found = words.iter().find(|word| **word == text).copied();
        if found.is_none() {
            let rule = format!("this must be one of {}", words.join(", "));
            self.refuse(node, ErrorCode::InvalidArgument, row, &rule);
        }
        found
    }

    /// One of a few words, which may not be left out.
    pub(super) fn needed_word(
        &mut self,
        node: &Node,
        words: &'static [&'static str],
        row: &'static str,
    ) -> Option<&'static str> {
        self.need(node);
        self.word(node, words, row)
    }

    /// The places of a list, which stands as `{"Quantity": 2, "Items": [..]}`; of none, Items is left out (WR-08).
    /// A list beyond its quota is refused, and of it no more is read than [`READ_AT_MOST`].
    pub(super) fn list<'j>(&mut self, node: &Node<'j>, quota: Option<&Quota>) -> Vec<Node<'j>> {
        self.list_beside(node, &[], quota)
    }

    /// The same of a list that has members of its own beside Quantity and Items, which are read elsewhere.
    pub(super) fn list_beside<'j>(
        &mut self,
        node: &Node<'j>,
        others: &[&str],
        quota: Option<&Quota>,
    ) -> Vec<Node<'j>> {
        if !self.object(node, &[&["Quantity", "Items"], others].concat()) {
            return Vec::new();
        }
        let items = node.member("Items");
        let list = match items.json {
            None => &[][..],
            Some(Json::List(list)) => &list[..],
            Some(_) => {
                self.refuse(&items, ErrorCode::InvalidArgument, "ER-03", "this must be a list");
                return Vec::new();
            }
        };
        let quantity = node.member("Quantity");
        self.need(&quantity);
        let told = self.whole(&quantity);
        if told.is_some_and(|told| usize::try_from(told) != Ok(list.len())) {
            let rule = format!("Quantity must be the number of Items, which are {}", list.len());
            self.refuse(&quantity, ErrorCode::InconsistentQuantities, "ER-01", &rule);
        }
        self.places(&items, list, quota.unwrap_or(&ANY))
    }

    /// The places of a list without Quantity, as WAF, IAM and key groups write them; none where it is left out.
    pub(super) fn plain_list<'j>(
        &mut self,
        node: &Node<'j>,
        quota: Option<&Quota>,
    ) -> Vec<Node<'j>> {
        match node.json {
            None => Vec::new(),
            Some(Json::List(list)) => self.places(node, list, quota.unwrap_or(&ANY)),
            Some(_) => {
                self.refuse(node, ErrorCode::InvalidArgument, "ER-03", "this must be a list");
                Vec::new()
            }
        }
    }

    /// The same where a list of one may stand without its brackets, as IAM writes it.
    pub(super) fn one_or_more<'j>(&mut self, node: &Node<'j>) -> Vec<Node<'j>> {
        match node.json {
            Some(Json::List(_)) | None => self.plain_list(node, None),
            Some(_) => vec![node.clone()],
        }
    }

    fn places<'j>(
        &mut self,
        node: &Node<'j>,
        mut list: &'j [Json],
        quota: &Quota,
    ) -> Vec<Node<'j>> {
        if list.len() > quota.most {
            self.refuse(node, quota.code, quota.row, quota.rule);
            list = &list[..list.len().min(READ_AT_MOST)];
        }
        let place =
            |(index, json)| Node { path: format!("{}[{index}]", node.path), json: Some(json) };
        list.iter().enumerate().map(place).collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&mut self, node: &Node, quota: Option<&Quota>) -> Vec<String> {
        let places = self.list(node, quota);
        places.iter().filter_map(|place| self.needed_text(place)).map(String::from).collect()
    }
}
