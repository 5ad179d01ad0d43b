//! Which key means what, and when it is somebody else's. No browser here.

use crate::scene::PlaybackCommand;

/// A key as it was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'a> {
    /// Its name or the character it gives (UI Events: `key`).
    pub key: &'a str,
    /// Whether Shift was held.
    pub with_shift: bool,
    /// Whether Ctrl, Alt or Meta was held: those belong to the browser.
    pub with_other: bool,
    /// Whether the key is held down for some time.
    pub is_repeat: bool,
}

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that takes keys itself.
    Page,
    /// A button, link, summary or switch, which Space and Enter press.
    Button,
    /// A radio button or slider, which the arrows move.
    Choice,
    /// Something that is written in or chosen from by writing.
    Text,
    /// Anything while a dialog is open.
    Dialog,
}

impl KeyAction {
    /// Whether it means something on every page, and not only where a walk is seen.
    pub const fn is_everywhere(self) -> bool {
        matches!(
            self,
            Self::Theme
                | Self::Presenter
                | Self::LeavePresenter
                | Self::FullScreen
                | Self::Undo
                | Self::Redo
                | Self::Help
        )
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAction {
    /// Move the playhead.
    Run(PlaybackCommand),
    /// Play, or pause what plays.
    PlayOrPause,
    /// Send the request.
    Send,
    /// Change the theme.
    Theme,
    /// Enter or leave presenter mode.
    Presenter,
    /// Leave presenter mode.
    LeavePresenter,
    /// Black out the screen, or show it again.
    Blank,
    /// Fill the screen, or give it back.
    FullScreen,
    /// Take the last action back.
    Undo,
    /// Take the last undone action again.
    Redo,
    /// Invalidate the path that is typed in.
    Invalidate,
    /// Show the list of keys.
    Help,
}

/// What a press means there, if it means anything.
pub fn action(press: Press<'_>, focus: Focus, has_letters: bool) -> Option<KeyAction> {
    if press.with_other || matches!(focus, Focus::Text | Focus::Dialog) {
        return None;
    }
    let is_letter = press.key.chars().count() == 1 && press.key != " ";
    if is_letter {
        return letter(press).filter(|_| has_letters && !press.is_repeat);
    }
    if press.with_shift {
        return None;
    }
    match press.key {
        "ArrowRight" | "ArrowLeft" | "Home" | "End" if focus == Focus::Choice => None,
        // The two large buttons of a presenter's remote are the second ones.
        "ArrowRight" | "PageDown" => Some(KeyAction::Run(PlaybackCommand::Forward)),
        "ArrowLeft" | "PageUp" => Some(KeyAction::Run(PlaybackCommand::Back)),
        "Home" => Some(KeyAction::Run(PlaybackCommand::First)),
        "End" => Some(KeyAction::Run(PlaybackCommand::Last)),
        " " if focus == Focus::Page && !press.is_repeat => Some(KeyAction::PlayOrPause),
        "Enter" if focus == Focus::Page && !press.is_repeat => Some(KeyAction::Send),
        "Escape" => Some(KeyAction::LeavePresenter),
        _ => None,
    }
}

/// Single characters, which can be switched off (WCAG 2.1.4). Capitals count, since Caps Lock may be on.
fn letter(press: Press<'_>) -> Option<KeyAction> {
    match (press.key, press.with_shift) {
        // Where `?` lies, and whether Shift is needed for it, differs from keyboard to keyboard.
        ("?", _) => Some(KeyAction::Help),
        ("z" | "Z", true) => Some(KeyAction::Redo),
        ("z" | "Z", false) => Some(KeyAction::Undo),
        (".", _) => Some(KeyAction::Blank),
        ("f" | "F", false) => Some(KeyAction::FullScreen),
        ("n" | "N", false) => Some(KeyAction::Run(PlaybackCommand::NextNotable)),
        ("n" | "N", true) => Some(KeyAction::Run(PlaybackCommand::PreviousNotable)),
        ("d" | "D", false) => Some(KeyAction::Theme),
        ("p" | "P", false) => Some(KeyAction::Presenter),
        ("i" | "I", false) => Some(KeyAction::Invalidate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOCI: [Focus; 5] =
        [Focus::Page, Focus::Button, Focus::Choice, Focus::Text, Focus::Dialog];

    fn press(key: &str) -> Press<'_> {
        Press { key, with_shift: false, with_other: false, is_repeat: false }
    }

    /// Where a key does something.
    fn foci_of(key: &str) -> Vec<Focus> {
        FOCI.into_iter().filter(|focus| action(press(key), *focus, true).is_some()).collect()
    }

    #[test]
    fn each_key_is_ours_only_where_it_is_nobody_elses() {
        for key in ["ArrowRight", "ArrowLeft", "Home", "End"] {
            assert_eq!(foci_of(key), [Focus::Page, Focus::Button], "{key}");
        }
        for key in [" ", "Enter"] {
            assert_eq!(foci_of(key), [Focus::Page], "{key}");
        }
        for key in ["d", "p", "z", "i", "n", "f", ".", "?", "Escape", "PageDown", "PageUp"] {
            assert_eq!(foci_of(key), [Focus::Page, Focus::Button, Focus::Choice], "{key}");
        }
        for key in ["Tab", "ArrowUp", "ArrowDown", "a", "F5", "Shift"] {
            assert_eq!(foci_of(key), [], "{key}");
        }
    }

    #[test]
    fn nothing_is_taken_from_the_browser() {
        for key in ["ArrowLeft", " ", "Enter", "d", "p", "z", "Home", "?"] {
            let press = Press { with_other: true, ..press(key) };
            assert!(FOCI.into_iter().all(|focus| action(press, focus, true).is_none()), "{key}");
        }
    }

    #[test]
    fn wcag_2_1_4_single_letters_can_be_switched_off() {
        for key in ["d", "D", "p", "z", "Z", "i", "n", "f", ".", "?"] {
            assert!(action(press(key), Focus::Page, true).is_some(), "{key}");
            assert_eq!(action(press(key), Focus::Page, false), None, "{key}");
        }
        assert!(action(press(" "), Focus::Page, false).is_some(), "the others stay");
    }

    #[test]
    fn shift_and_holding_down_matter_where_they_must() {
        let shifted = |key| action(Press { with_shift: true, ..press(key) }, Focus::Page, true);
        assert_eq!(shifted("Z"), Some(KeyAction::Redo));
        assert_eq!(shifted("?"), Some(KeyAction::Help));
        assert_eq!(shifted("ArrowRight"), None);
        assert_eq!(action(press("Z"), Focus::Page, true), Some(KeyAction::Undo), "with Caps Lock");
        let held = |key| action(Press { is_repeat: true, ..press(key) }, Focus::Page, true);
        assert_eq!(held("ArrowRight"), Some(KeyAction::Run(PlaybackCommand::Forward)));
        assert!([" ", "Enter", "p", "z", "i"].into_iter().all(|key| held(key).is_none()));
    }
}
