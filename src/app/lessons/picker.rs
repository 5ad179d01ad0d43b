//! The picker: the walks that the page brings along, files, and what CloudFront is.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::files;
use super::state::use_lessons;
use crate::app::icon::Icon;
use crate::app::live::{Piece, drawn, heard, live};
use crate::simulation::{View, lessons};

/// The button in the top bar, with the title of the walk in view.
#[component]
pub fn PickerButton() -> impl IntoView {
    let lessons = use_lessons();
    let open = move |_| lessons.picker().open();
    let title = |title: &Option<(Option<usize>, String)>| -> Piece {
        let Some((number, title)) = title.clone() else {
            return Some("Choose a walk".into_any());
        };
        let number = number.map(|number| view! { <span class="n">{format!("{number}. ")}</span> });
        Some(view! { {number} {title} }.into_any())
    };
    view! {
        <button class="lesson" type="button" aria-haspopup="dialog" on:click=heard(open)>
            <span>{drawn(move || lessons.title(), title)}</span><Icon name="i-down"/>
        </button>
    }
}

/// The list itself, a sheet.
#[component]
pub fn Picker() -> impl IntoView {
    let lessons = use_lessons();
    let input = NodeRef::<html::Input>::new();
    let close = move || lessons.picker().close();
    // A click beside the list is one on the dialog itself.
    let beside = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            close();
        }
    };
    let about = move |_| {
        close();
        lessons.show(View::About);
    };
    let choose = move |_| {
        input.get_untracked().into_iter().for_each(|input: HtmlInputElement| input.click());
    };
    let open = move |event: ev::Event| {
        close();
        files::open_chosen(lessons, &event);
    };
    let save = move |_| {
        close();
        files::save(lessons);
    };
    view! {
        <dialog class="picker" aria-label="Walks" node_ref=lessons.picker().node() on:click=heard(beside) on:keydown=heard(move |event| step_through(&event))>
            <div class="picker-body">
                <button class="entry first" type="button" on:click=heard(about)>
                    <span class="n"></span><span><b>"What CloudFront is"</b><small>"Edge location against regional edge cache, with their times"</small></span>
                </button>
                <WalkList/>
                <div class="row">
                    <button class="btn" type="button" on:click=heard(choose)>"Open a Walk file"</button>
                    <button class="btn" type="button" on:click=heard(save)>"Save this walk"</button>
                    <input class="vh" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" node_ref=input on:change=heard(open)/>
                </div>
            </div>
        </dialog>
    }
}

/// The walks, each a button that opens it: for the picker, and for whoever has nothing else to show.
#[component]
pub fn WalkList() -> impl IntoView {
    let state = use_lessons();
    let entry = move |(index, lesson): (
        usize,
        &'static std::sync::Arc<crate::simulation::Lesson>,
    )| {
        let is_open = move || state.title().is_some_and(|(number, _)| number == Some(index + 1));
        let open = move |_| {
            state.picker().close();
            state.open_lesson(lesson);
        };
        view! {
            <li>
                <button class="entry" type="button" aria-current=live(move || is_open().then_some("true")) on:click=heard(open)>
                    <span class="n">{(index + 1).to_string()}</span>
                    <span><b>{lesson.title.as_str()}</b><small>{lesson.summary.as_str()}</small></span>
                </button>
            </li>
        }
        .into_any()
    };
    view! { <ol class="walk-list">{lessons::all().enumerate().map(entry).collect_view()}</ol> }
}

/// The arrows go through the buttons, as in a menu.
fn step_through(event: &ev::KeyboardEvent) {
    let step: fn(u32, u32) -> u32 = match event.key().as_str() {
        "ArrowDown" => |here, last| (here + 1).min(last),
        "ArrowUp" => |here, _| here.saturating_sub(1),
        "Home" => |_, _| 0,
        "End" => |_, last| last,
        _ => return,
    };
    event.prevent_default();
    let Ok(buttons) = document().query_selector_all(".picker button") else { return };
    let last = buttons.length().saturating_sub(1);
    let active = document().active_element();
    let is_active = |index: &u32| {
        let node = buttons.item(*index);
        node.zip(active.as_ref()).is_some_and(|(node, active)| active.is_same_node(Some(&node)))
    };
    let next = (0..=last).find(is_active).map_or(0, |here| step(here, last));
    let button = buttons.item(next).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button {
        // Fails for nothing that can be seen.
        let _ = button.focus();
    }
}
