//! The words of the glossary: marked in sentences, explained one by one beside the sentence, and all of them in a sheet.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::app::live::{heard, live, piece, text};
use crate::app::sheet::Sheet;
use crate::scene::units::{self, decimal};
use crate::scene::{Marker, Run, Term, glossary};

/// The word that is explained, and what is looked for in the sheet.
#[derive(Clone, Copy)]
pub(super) struct Words {
    asked: RwSignal<Asked>,
    sheet: Sheet,
}

#[derive(Default)]
struct Asked {
    term: Option<Term>,
    filter: String,
}

/// The sentences of one step, and what explains their words.
pub(super) struct Sentences {
    words: Words,
    marker: Marker,
}

const MEANING: &str = "meaning";

impl Words {
    /// Nothing is explained yet.
    pub(super) fn new() -> Self {
        Self { asked: RwSignal::new(Asked::default()), sheet: Sheet::default() }
    }

    /// The sentences of a step. What was explained of another step goes.
    pub(super) fn sentences(self) -> Sentences {
        if let Some(meaning) = meaning_element() {
            // Fails only for what is not in the page.
            let _ = meaning.hide_popover();
        }
        Sentences { words: self, marker: Marker::default() }
    }

    /// Explains a word beside the button that stands for it. The browser closes what is said by Escape or by a press
    /// elsewhere, and gives the focus back.
    fn explain(self, term: Term, event: &web_sys::Event) {
        let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let (Some(meaning), Some(button)) = (meaning_element(), button) else { return };
        self.asked.update(|asked| asked.term = Some(term));
        let place = button.get_bounding_client_rect();
        let page = document().document_element().map(|root| root.get_bounding_client_rect());
        let (page_left, page_top) = page.map_or((0.0, 0.0), |page| (page.left(), page.top()));
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let is_low = place.bottom() > height.unwrap_or_default() * 0.6;
        let y = if is_low { place.top() } else { place.bottom() };
        let style = meaning.style();
        // These fail only for names that are none, and showing only for what is not in the page.
        let _ = style.set_property("--x", &decimal(place.left() - page_left));
        let _ = style.set_property("--y", &decimal(y - page_top));
        let _ = meaning.toggle_attribute_with_force("data-above", is_low);
        let _ = meaning.show_popover();
    }

    fn open_sheet(self) {
        self.asked.update(|asked| asked.filter.clear());
        self.sheet.open();
    }

    /// The button that opens the sheet.
    pub(super) fn opener(self, name: &'static str) -> AnyView {
        view! { <button class="opener" type="button" aria-haspopup="dialog" on:click=heard(move |_| self.open_sheet())>{name}</button> }
            .into_any()
    }

    /// What is said of one word, over the page. Its keys are its own: Escape closes it and nothing else.
    pub(super) fn meaning(self) -> AnyView {
        let said = move || {
            let term = self.asked.with(|asked| asked.term)?;
            let said = view! {
                <h3 id="meaning-title">{term.head()}</h3>
                <p>{term.meaning}</p>
                <p class="src"><span>{term.source}</span>{self.opener("All words")}</p>
            };
            Some(said.into_any())
        };
        view! {
            <div class="meaning" id=MEANING popover="auto" role="dialog" aria-labelledby="meaning-title" tabindex="-1" autofocus
                on:keydown=heard(|event: web_sys::KeyboardEvent| event.stop_propagation())>
                {piece(said)}
            </div>
        }
        .into_any()
    }

    /// All words, with a field to find one.
    pub(super) fn glossary(self) -> AnyView {
        let list = move || {
            let filter = self.asked.with(|asked| asked.filter.clone());
            let found: Vec<AnyView> = glossary::matching(&filter).map(listed).collect();
            if found.is_empty() {
                let none = view! { <p class="help">"No word holds "<b>{filter}</b>"."</p> };
                return Some(none.into_any());
            }
            Some(view! { <dl>{found}</dl> }.into_any())
        };
        // The whole list would be read out at each letter.
        let count = move || {
            let found = self.asked.with(|asked| glossary::matching(&asked.filter).count());
            units::count(found, "word", "words")
        };
        let typed = move |event: leptos::ev::Event| {
            self.asked.update(|asked| asked.filter = event_target_value(&event));
        };
        view! {
            <dialog class="glossary" aria-labelledby="glossary-title" node_ref=self.sheet.node()>
                {self.sheet.head("glossary-title", "Glossary")}
                <input class="in" type="search" aria-label="Find a word" placeholder="Find a word" autofocus autocomplete="off"
                    prop:value=live(move || self.asked.with(|asked| asked.filter.clone())) on:input=heard(typed)/>
                <div class="glossary-list" tabindex="0" role="region" aria-label="Words">{piece(list)}</div>
                <p class="vh" role="status">{text(count)}</p>
            </dialog>
        }
        .into_any()
    }
}

impl Sentences {
    /// A sentence with its words marked that were not marked before in this step.
    pub(super) fn marked(&mut self, sentence: &str) -> Vec<AnyView> {
        let words = self.words;
        let mut runs = self.marker.mark(sentence).into_iter().peekable();
        let mut views = Vec::new();
        while let Some(run) = runs.next() {
            views.push(match run {
                Run::Plain(text) => text.into_any(),
                Run::Term(term, text) => {
                    // A browser may break a line between a button and what follows: a comma belongs to its word.
                    let tail = runs.next_if(|next| matches!(next, Run::Plain(_)));
                    let (tail, rest) = tail.map(Run::parted).unwrap_or_default();
                    view! {
                        <span class="held"><button class="term" type="button" aria-haspopup="dialog" on:click=heard(move |event: leptos::ev::MouseEvent| words.explain(term, &event))>{text}</button>{tail}</span>{rest}
                    }
                    .into_any()
                }
            });
        }
        views
    }
}

fn listed(term: Term) -> AnyView {
    view! { <div><dt>{term.head()}</dt><dd>{term.meaning}" "<span class="src">{term.source}</span></dd></div> }
        .into_any()
}

fn meaning_element() -> Option<HtmlElement> {
    document().get_element_by_id(MEANING)?.dyn_into().ok()
}
