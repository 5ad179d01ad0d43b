//! Code of the customer's at the edge: which function runs at which event, and what the ready-made ones do
//! (security-logs-edge.md section 6).

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::PathPattern;

/// The four events at which code of the customer's can run (EDGE-01 to EDGE-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FunctionEvent {
    /// At the edge location, before the cache key is made.
    ViewerRequest,
    /// Before the origin is asked.
    OriginRequest,
    /// After its answer, before that is kept.
    OriginResponse,
    /// At the edge location, before the answer goes to the viewer.
    ViewerResponse,
}

/// What runs a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Runtime {
    /// CloudFront Functions: in the edge location itself (EDGE-21).
    CloudFront,
    /// Lambda@Edge.
    Lambda,
}

/// A function as a behavior names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its ARN.
    pub arn: String,
    /// What runs it.
    pub runtime: Runtime,
    /// What it does, if that was given beside the configuration. One of which nobody knows passes everything on (IM-11).
    pub does: Option<ReadyMade>,
}

impl Function {
    /// Its name, as people call it.
    pub fn name(&self) -> &str {
        Self::name_in(&self.arn).unwrap_or(&self.arn)
    }

    /// The name in the ARN of a function: `arn:aws:cloudfront::ACCOUNT:function/NAME`,
    /// `arn:aws:lambda:us-east-1:ACCOUNT:function:NAME:VERSION`.
    ///
    /// ```
    /// use edgewalk::distribution::Function;
    ///
    /// let arn = "arn:aws:cloudfront::123456789012:function/auth-function-prod";
    /// assert_eq!(Function::name_in(arn), Some("auth-function-prod"));
    /// let arn = "arn:aws:lambda:us-east-1:123456789012:function:function-1:7";
    /// assert_eq!(Function::name_in(arn), Some("function-1"));
    /// assert_eq!(Function::name_in("function-1"), None);
    /// ```
    pub fn name_in(arn: &str) -> Option<&str> {
        arn.get(Self::place_in(arn)?)
    }

    /// The ARN with another name; account, Region and version stay.
    pub fn renamed(arn: &str, name: &str) -> Option<String> {
        let place = Self::place_in(arn).filter(|place| !place.is_empty())?;
        Some([arn.get(..place.start)?, name, arn.get(place.end..)?].concat())
    }

    fn place_in(arn: &str) -> Option<Range<usize>> {
        let after = |sign: &str| arn.find(sign).map(|at| at + sign.len());
        let Some(start) = after(":function:") else {
            return after(":function/").map(|start| start..arn.len());
        };
        let end = arn[start..].find(':').map_or(arn.len(), |length| start + length);
        Some(start..end)
    }
}

/// The functions of a behavior: one an event at most (EDGE-05).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Functions {
    by_event: [Option<Arc<Function>>; 4],
}

impl Functions {
    /// The one that runs at an event.
    pub fn at(&self, event: FunctionEvent) -> Option<&Arc<Function>> {
        self.by_event[event as usize].as_ref()
    }

    /// Puts one in, or takes it away.
    pub fn set(&mut self, event: FunctionEvent, function: Option<Function>) {
        self.by_event[event as usize] = function.map(Arc::new);
    }

    /// All of them with their events, in the order in which a request meets these.
    pub fn iter(&self) -> impl Iterator<Item = (FunctionEvent, &Arc<Function>)> {
        let events = FunctionEvent::ALL.into_iter().zip(&self.by_event);
        events.filter_map(|(event, function)| Some((event, function.as_ref()?)))
    }
}

impl FunctionEvent {
    /// All of them, in the order in which a request meets them.
    pub const ALL: [Self; 4] =
        [Self::ViewerRequest, Self::OriginRequest, Self::OriginResponse, Self::ViewerResponse];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ViewerRequest => "viewer-request",
            Self::OriginRequest => "origin-request",
            Self::OriginResponse => "origin-response",
            Self::ViewerResponse => "viewer-response",
        }
    }

    /// Whether a request is at hand, and not yet an answer.
    pub const fn is_request(self) -> bool {
        matches!(self, Self::ViewerRequest | Self::OriginRequest)
    }
}

impl Runtime {
    /// What AWS calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CloudFront => "CloudFront Functions",
            Self::Lambda => "Lambda@Edge",
        }
    }
}

/// What a ready-made function does. At an event where it has nothing to do, it passes on what it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadyMade {
    /// A single-page app: a path whose last part has no dot becomes this page. At request events.
    SinglePage {
        /// As in `/index.html`.
        page: String,
    },
    /// Takes a prefix off the path. At request events.
    StripPrefix {
        /// As in `/live`.
        prefix: String,
    },
    /// Puts the parameters of the query in order of their names (QS-14). At request events.
    SortQuery,
    /// Answers the paths of a pattern with a redirect. At request events.
    Redirect {
        /// Which paths.
        from: PathPattern,
        /// What Location says.
        to: String,
        /// 301, 302, 303, 307 or 308.
        status: u16,
    },
    /// Asks for a name and a password. At request events.
    BasicAuth {
        /// What Authorization has to say behind `Basic `.
        credentials: String,
    },
    /// Sets a field: of the request at request events, of the answer at the others.
    SetField {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// An A/B test: a viewer without the cookie gets A or B, in the request at request events, by Set-Cookie at the others.
    SplitTest {
        /// The cookie's name.
        cookie: String,
        /// How many in a hundred get B.
        percent: u8,
    },
    /// Fails with an exception. At every event.
    Throws,
}
