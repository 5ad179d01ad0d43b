//! The preferences: theme, presenter mode, single-letter keys. They belong to the person, not to the walk.

use leptos::prelude::*;
use web_sys::Storage;

/// How the page looks: as the system has it, light, dark, or for a weak projector in a bright room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Light, with black type and deeper colours: what a projector washes out is still told apart.
    Projector,
}

impl Theme {
    /// The value of `data-theme`, none while the system decides.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::Projector => Some("projector"),
        }
    }

    /// What it is called on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "Theme: as the system",
            Self::Light => "Theme: light",
            Self::Dark => "Theme: dark",
            Self::Projector => "Theme: projector",
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Light, Self::Dark, Self::Projector]
            .into_iter()
            .find(|theme| theme.attribute() == Some(text))
            .unwrap_or_default()
    }

    /// What one press of the button asks for. Round and round: the system's look, the other one, the projector's.
    #[must_use]
    pub const fn next(self, system_is_dark: bool) -> Self {
        match (self, system_is_dark) {
            (Self::Projector, _) => Self::System,
            (Self::System | Self::Light, false) => Self::Dark,
            (Self::System | Self::Dark, true) => Self::Light,
            (Self::Dark, false) | (Self::Light, true) => Self::Projector,
        }
    }
}

const THEME_KEY: &str = "edgewalk.theme";
const LETTERS_KEY: &str = "edgewalk.letter-keys";

/// The preferences. Theme and letter keys are kept in the browser's local storage where it has one.
#[derive(Clone, Copy)]
pub struct Preferences {
    theme: RwSignal<Theme>,
    is_presenting: RwSignal<bool>,
    is_blank: RwSignal<bool>,
    has_letter_keys: RwSignal<bool>,
}

/// Puts the preferences into context and writes them to the root element and to the storage.
pub fn provide_preferences() -> Preferences {
    let preferences = Preferences {
        theme: RwSignal::new(Theme::parse(&read(THEME_KEY))),
        is_presenting: RwSignal::new(false),
        is_blank: RwSignal::new(false),
        has_letter_keys: RwSignal::new(read(LETTERS_KEY) != "off"),
    };
    provide_context(preferences);
    // Only what was changed here is written: another tab may have changed the other in between.
    Effect::new(move |before: Option<Option<&str>>| {
        let theme = preferences.theme.get().attribute();
        set_on_root("data-theme", theme);
        if before.is_some_and(|before| before != theme) {
            write(THEME_KEY, theme);
        }
        theme
    });
    Effect::new(move |_| {
        set_on_root("data-present", preferences.is_presenting().then_some(""));
    });
    Effect::new(move |_| {
        let is_blank = preferences.is_blank.get() && preferences.is_presenting();
        set_on_root("data-blank", is_blank.then_some(""));
    });
    Effect::new(move |before: Option<Option<&str>>| {
        let letters = (!preferences.has_letter_keys()).then_some("off");
        if before.is_some_and(|before| before != letters) {
            write(LETTERS_KEY, letters);
        }
        letters
    });
    preferences
}

/// The preferences in context.
pub fn use_preferences() -> Preferences {
    expect_context()
}

impl Preferences {
    /// Whether everything is large, for a room.
    pub fn is_presenting(self) -> bool {
        self.is_presenting.get()
    }

    /// Whether single letters are keys (WCAG 2.1.4 wants them to be switched off).
    pub fn has_letter_keys(self) -> bool {
        self.has_letter_keys.get()
    }

    /// What a button does and the single-letter key that does it, too: a key is named only while it works.
    pub fn with_key(self, name: &str, key: &str) -> String {
        if self.has_letter_keys() { format!("{name} ({key})") } else { name.to_owned() }
    }

    /// How the page looks.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// The next look.
    pub fn change_theme(self) {
        let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        let system_is_dark = query.is_some_and(|query| query.matches());
        self.theme.update(|theme| *theme = theme.next(system_is_dark));
    }

    /// Large, or as usual.
    pub fn toggle_presenting(self) {
        self.is_presenting.update(|is_on| *is_on = !*is_on);
    }

    /// A black screen, in presenter mode, so that the room looks at the teacher; or the page again.
    pub fn toggle_blank(self) {
        let is_presenting = self.is_presenting.get_untracked();
        self.is_blank.update(|is_blank| *is_blank = is_presenting && !*is_blank);
    }

    /// The page again, after a black screen; whether there was one.
    pub fn end_blank(self) -> bool {
        let was_blank = self.is_blank.get_untracked();
        if was_blank {
            self.is_blank.set(false);
        }
        was_blank
    }

    /// As usual.
    pub fn stop_presenting(self) {
        if self.is_presenting.get_untracked() {
            self.is_presenting.set(false);
        }
        self.end_blank();
    }

    /// Switches single-letter keys on or off.
    pub fn set_letter_keys(self, on: bool) {
        self.has_letter_keys.set(on);
    }
}

fn set_on_root(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Both fail only for a name that is none.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// None where the browser has none or forbids it; the preferences then last as long as the page.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn read(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default()
}

/// A full storage is no reason to stop: the preference still holds for this page.
fn write(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_press_changes_the_look_and_three_come_back_to_the_system() {
        for system_is_dark in [false, true] {
            let looks = |theme: Theme| match theme {
                Theme::System if system_is_dark => Theme::Dark,
                Theme::System => Theme::Light,
                other => other,
            };
            for theme in [Theme::System, Theme::Light, Theme::Dark, Theme::Projector] {
                let next = theme.next(system_is_dark);
                assert_ne!(looks(theme), looks(next), "{theme:?}, system dark: {system_is_dark}");
            }
            let third = (0..3).fold(Theme::System, |theme, _| theme.next(system_is_dark));
            assert_eq!(third, Theme::System, "system dark: {system_is_dark}");
        }
    }

    #[test]
    fn what_the_storage_holds_is_read_again_and_nonsense_follows_the_system() {
        for theme in [Theme::System, Theme::Light, Theme::Dark, Theme::Projector] {
            assert_eq!(Theme::parse(theme.attribute().unwrap_or_default()), theme);
        }
        assert_eq!(Theme::parse("sepia"), Theme::System);
    }
}
