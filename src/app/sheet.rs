//! A sheet: a dialog over the page. The browser holds the focus in it and gives it back at the end.

use leptos::html;
use leptos::prelude::*;

use super::icon::Icon;
use super::live::heard;

/// One sheet; its dialog has to be in the page once.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sheet(NodeRef<html::Dialog>);

impl Sheet {
    /// For the dialog.
    pub(crate) const fn node(self) -> NodeRef<html::Dialog> {
        self.0
    }

    /// Shows it, if it is not shown already.
    pub(crate) fn open(self) {
        let dialog = self.0.get_untracked();
        dialog.filter(|dialog| !dialog.open()).into_iter().for_each(|dialog| {
            // Fails only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        });
    }

    /// Closes it, if it is shown.
    pub(crate) fn close(self) {
        self.0.get_untracked().into_iter().for_each(|dialog| dialog.close());
    }

    /// Its title, by the id to which the dialog refers, and the button that closes it.
    pub(crate) fn head(self, id: &'static str, title: &'static str) -> AnyView {
        view! {
            <header>
                <h2 id=id>{title}</h2>
                <button class="tool" type="button" aria-label="Close" title="Close (Esc)" on:click=heard(move |_| self.close())>
                    <Icon name="i-close"/>
                </button>
            </header>
        }
        .into_any()
    }
}
