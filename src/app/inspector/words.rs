//! The words of the glossary: marked in sentences, explained one by one beside the sentence, and all of them in a sheet.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece};
use crate::scene::units::decimal;
use crate::scene::{Marker, Run, Term, glossary};

/// The word that is explained, and what is looked for in the sheet.
#[derive(Clone, Copy)]
pub(super) struct Words {
    term: RwSignal<Option<&'static Term>>,
    filter: RwSignal<String>,
    meaning: NodeRef<html::Div>,
    sheet: NodeRef<html::Dialog>,
}

/// Puts it into context.
pub(super) fn provide_words() -> Words {
    let words = Words {
        term: RwSignal::new(None),
        filter: RwSignal::new(String::new()),
        meaning: NodeRef::new(),
        sheet: NodeRef::new(),
    };
    provide_context(words);
    words
}

impl Words {
    /// Explains a word beside the button that stands for it. The browser closes what is said by Escape or by a press
    /// elsewhere, and gives the focus back.
    fn explain(self, term: &'static Term, event: &MouseEvent) {
        let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let (Some(meaning), Some(button)) = (self.meaning.get_untracked(), button) else { return };
        self.term.set(Some(term));
        let place = button.get_bounding_client_rect();
        let root = document().document_element();
        let height = root.map_or(0, |root| root.client_height());
        let is_low = place.bottom() > f64::from(height) * 0.6;
        let scrolled = |read: Result<f64, _>| read.unwrap_or_default();
        let x = place.left() + scrolled(window().page_x_offset());
        let y =
            if is_low { place.top() } else { place.bottom() } + scrolled(window().page_y_offset());
        let style = web_sys::HtmlElement::style(&meaning);
        // These fail only for names that are none, and showing only for what is shown or not in the page.
        let _ = style.set_property("--x", &decimal(x));
        let _ = style.set_property("--y", &decimal(y));
        let _ = meaning.toggle_attribute_with_force("data-above", is_low);
        let _ = meaning.show_popover();
    }

    /// Takes the explanation away: the sentence is another now.
    pub(super) fn fall_silent(self) {
        self.meaning.get_untracked().into_iter().for_each(|meaning| {
            let _ = meaning.hide_popover();
        });
    }

    fn open_sheet(self) {
        self.filter.set(String::new());
        let sheet = self.sheet.get_untracked();
        // Showing fails only for a dialog that is not in the page.
        sheet.filter(|sheet| !sheet.open()).into_iter().for_each(|sheet| {
            let _ = sheet.show_modal();
        });
    }

    fn close_sheet(self) {
        self.sheet.get_untracked().into_iter().for_each(|sheet| sheet.close());
    }
}

/// A sentence with its words marked that were not marked before in this step.
pub(super) fn marked(marker: &mut Marker, sentence: &str) -> AnyView {
    let words = expect_context::<Words>();
    let run = |run: Run| {
        match run {
        Run::Plain(text) => text.into_any(),
        Run::Term(term, text) => view! {
            <button class="term" type="button" aria-haspopup="dialog" on:click=heard(move |event| words.explain(term, &event))>{text}</button>
        }
        .into_any(),
    }
    };
    marker.mark(sentence).into_iter().map(run).collect_view().into_any()
}

/// The button that opens the sheet.
pub(super) fn opener(name: &'static str) -> AnyView {
    let words = expect_context::<Words>();
    view! { <button class="opener" type="button" aria-haspopup="dialog" on:click=heard(move |_| words.open_sheet())>{name}</button> }
        .into_any()
}

/// What is said of one word, over the page. Its keys are its own: Escape closes it and nothing else.
#[component]
pub(super) fn Meaning() -> impl IntoView {
    let words = expect_context::<Words>();
    let said = move || {
        let term = words.term.get()?;
        let said = view! {
            <h3 id="meaning-title">{term.head}</h3>
            <p>{term.meaning}</p>
            <p class="src"><span>{term.source}</span>{opener("All words")}</p>
        };
        Some(said.into_any())
    };
    view! {
        <div class="meaning" popover="auto" role="dialog" aria-labelledby="meaning-title" tabindex="-1" autofocus
            node_ref=words.meaning on:keydown=heard(|event: web_sys::KeyboardEvent| event.stop_propagation())>
            {piece(said)}
        </div>
    }
}

/// All words, with a field to find one.
#[component]
pub(super) fn Glossary() -> impl IntoView {
    let words = expect_context::<Words>();
    let list = move || {
        let found = words.filter.with(|filter| glossary::matching(filter));
        let term = |term: &'static Term| {
            view! { <div><dt>{term.head}</dt><dd>{term.meaning}" "<span class="src">{term.source}</span></dd></div> }
        };
        let none = found.is_empty().then(|| {
            view! { <p class="help">"No word holds "<b>{words.filter.get()}</b>"."</p> }
        });
        Some(view! { <dl>{found.into_iter().map(term).collect_view()}</dl>{none} }.into_any())
    };
    let typed = move |event: leptos::ev::Event| words.filter.set(event_target_value(&event));
    view! {
        <dialog class="glossary" aria-labelledby="glossary-title" node_ref=words.sheet>
            <header>
                <h2 id="glossary-title">"Glossary"</h2>
                <button class="tool" type="button" aria-label="Close" title="Close (Esc)" on:click=heard(move |_| words.close_sheet())>
                    <Icon name="i-close"/>
                </button>
            </header>
            <input class="in" type="search" aria-label="Find a word" placeholder="Find a word" autofocus autocomplete="off"
                prop:value=live(move || words.filter.get()) on:input=heard(typed)/>
            <div class="glossary-list" tabindex="0" role="region" aria-label="Words" aria-live="polite">{piece(list)}</div>
        </dialog>
    }
}
