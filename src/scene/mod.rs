//! Floor 5. What is true at a point of the journal, what it looks like and why it came so.
//!
//! Everything here is a pure function of journal and playhead. This floor has never heard of Leptos: it makes plain values
//! that a view only has to place.

#![warn(missing_docs)]

pub mod step;
pub use step::{Hop, Step};

pub mod motion;
pub use motion::{Motion, MotionKind};

mod notable;

pub mod steps;
pub use steps::{StepSize, Steps};
pub mod sentence;
pub use sentence::sentence_for;

pub mod playback;
pub use playback::{Playback, PlaybackCommand, Speed};

pub mod shelf;
pub use shelf::{Cell, CellState, Loss, Shelf};

pub mod background;
mod fold;
pub use fold::{Scene, Wave};
pub mod scenes;
pub use scenes::Scenes;

mod jump;
pub use jump::Jump;

pub mod trip;
pub use trip::Trip;

pub mod tier_times;
pub use tier_times::{TierSize, TierTimes};

pub mod outcome;
pub use outcome::Outcome;

pub mod units;

pub mod basis;
pub use basis::Basis;

pub mod lifetime;
pub use lifetime::LifetimePicture;

pub mod why;
pub use why::{Mark, Reason, Standing};

pub mod fields_view;
pub use fields_view::{FieldChange, FieldRow, FieldsView};

mod gates;
pub use gates::{GateState, GateView};

mod wire;
pub use wire::{WireRow, WireView};

pub mod words;
pub use words::between::quotas_said;
pub use words::{HandedView, KeyPart, KeyView, LeftOutLine, Remark, Source, Told};

pub mod glossary;
pub use glossary::{Marker, Run, Term};

pub mod path;
pub use path::{PathPicture, Plan};

pub mod map;
pub use map::{Layout, MapPicture, Places};

pub mod level;
pub use level::Level;

pub mod strip;
pub use strip::{Phase, Point, Strip};

pub mod console;

pub mod logs;

pub mod signing;
pub use signing::{SigningFault, SigningField, SigningForm};

pub mod episode;
pub use episode::Episode;
