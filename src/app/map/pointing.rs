//! What the pointer or the arrow keys point at on the map, and what a click or a key then moves.

use leptos::ev;
use leptos::prelude::*;

use super::{Shown, px};
use crate::app::composer::{ComposerState, use_composer};
use crate::app::live::{drawn, heard, text};
use crate::network::{City, Region};
use crate::scene::Layout;
use crate::scene::map::{Band, Direction, Point, Under, next, pointed, project, under};

/// What is pointed at, and where in the band.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pointed {
    at: Point,
    under: Under,
    by_key: bool,
}

/// The pointing of one map.
#[derive(Clone, Copy)]
pub(super) struct Pointing {
    band: RwSignal<Option<Band>>,
    layout: Shown,
    pointed: RwSignal<Option<Pointed>>,
    composer: ComposerState,
}

type Heard<E> = Box<dyn FnMut(E)>;

impl Pointing {
    pub(super) fn new(band: RwSignal<Option<Band>>, layout: Shown) -> Self {
        Self { band, layout, pointed: RwSignal::new(None), composer: use_composer() }
    }

    /// What a point of the band means: to a key, the place itself; to the pointer, what is drawn there.
    fn look(self, at: Point, by_key: bool) -> Option<Pointed> {
        let band = self.band.get_untracked()?;
        let under = self.layout.with_untracked(|layout| match layout.as_ref()? {
            layout if by_key => under(at, layout.camera, band),
            layout => pointed(at, layout, band),
        });
        Some(Pointed { at, under: under?, by_key })
    }

    pub(super) fn on_move(self) -> Heard<ev::PointerEvent> {
        heard(move |event: ev::PointerEvent| {
            // A finger points only when it taps.
            if event.pointer_type() != "touch" {
                self.pointed.set(point_of(&event).and_then(|at| self.look(at, false)));
            }
        })
    }

    pub(super) fn on_leave(self) -> Heard<ev::PointerEvent> {
        heard(move |_| self.pointed.set(None))
    }

    pub(super) fn on_blur(self) -> Heard<ev::FocusEvent> {
        heard(move |_| self.pointed.set(None))
    }

    pub(super) fn on_click(self) -> Heard<ev::MouseEvent> {
        heard(move |event: ev::MouseEvent| {
            let Some(pointed) = point_of(&event).and_then(|at| self.look(at, false)) else {
                return;
            };
            match pointed.under.region {
                Some(region) => self.composer.move_origin(region),
                None => self.composer.move_viewer(pointed.under.city),
            }
        })
    }

    pub(super) fn on_key(self) -> Heard<ev::KeyboardEvent> {
        heard(move |event: ev::KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let is_ours = match event.key().as_str() {
                "ArrowLeft" => self.go(Direction::West),
                "ArrowRight" => self.go(Direction::East),
                "ArrowUp" => self.go(Direction::North),
                "ArrowDown" => self.go(Direction::South),
                "Enter" => self.choose(|under| Some(Chosen::Viewer(under.city))),
                "o" | "O" => self.choose(|under| under.region.map(Chosen::Origin)),
                "Escape" => self.pointed.try_update(Option::take).flatten().is_some(),
                _ => false,
            };
            // A key that the map takes is not the page's.
            if is_ours {
                event.prevent_default();
            }
        })
    }

    /// To the next place; the first key press stands where the next request comes from.
    fn go(self, direction: Direction) -> bool {
        let layout = self.layout;
        let camera = layout.with_untracked(|layout| layout.as_ref().map(|layout| layout.camera));
        let Some((camera, city)) = camera.zip(untrack(|| self.composer.city())) else {
            return false;
        };
        let start = project(city.position());
        let to = match self.pointed.get_untracked().filter(|pointed| pointed.by_key) {
            Some(pointed) => next(camera.point_under(pointed.at), direction, camera),
            None => next(start, direction, camera),
        };
        if let Some(to) = to {
            self.pointed.set(self.look(camera.see(to), true));
        }
        true
    }

    fn choose(self, of: impl FnOnce(Under) -> Option<Chosen>) -> bool {
        let pointed = self.pointed.get_untracked().filter(|pointed| pointed.by_key);
        match pointed.and_then(|pointed| of(pointed.under)) {
            Some(Chosen::Viewer(city)) => self.composer.move_viewer(city),
            Some(Chosen::Origin(region)) => self.composer.move_origin(region),
            None => return pointed.is_some(),
        }
        true
    }

    /// The mark at the place that is meant, and a note beside it.
    pub(super) fn view(self) -> AnyView {
        let layout = self.layout;
        let shown = move || {
            let pointed = self.pointed.get()?;
            let drawn_at = |layout: &Layout| pointed.under.drawn_at(pointed.at, layout);
            let at = layout.with(|layout| layout.as_ref().map(drawn_at))?;
            Some((at, self.band.get()?, lines(pointed.under, pointed.by_key)))
        };
        drawn(shown, |shown| {
            let (at, band, lines) = shown.clone()?;
            let lines = lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view();
            // To the side where there is more room, so far from that edge of the map; what has no room there moves on into it.
            let is_left = at.x > band.width / 2.0;
            let is_above = at.y > band.height / 2.0;
            let x = if is_left { band.width - at.x } else { at.x };
            let y = if is_above { band.height - at.y } else { at.y };
            Some(
                view! {
                    <i class="aim" style:left=px(at.x) style:top=px(at.y)></i>
                    <div class="tip-room" data-side=is_left.then_some("left") data-over=is_above.then_some("above")
                        style:--x=px(x) style:--y=px(y)>
                        <p class="tip">{lines}</p>
                    </div>
                }
                .into_any(),
            )
        })
    }

    /// The same for the ear, by keys only.
    pub(super) fn said(self) -> AnyView {
        text(move || {
            let pointed = self.pointed.get().filter(|pointed| pointed.by_key);
            pointed.map_or_else(String::new, |pointed| lines(pointed.under, true).join(". "))
        })
    }
}

enum Chosen {
    Viewer(City),
    Origin(Region),
}

/// What is said of a place.
fn lines(under: Under, by_key: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(pop) = under.pop {
        let (code, full) = (pop.code(), pop.full_code());
        lines.push(format!("{}, edge location {full}", pop.short_name()));
        lines.push(format!("{code} is an airport near it, what follows numbers the site"));
    }
    let origin = |region: Region| format!("origin to {}, {}", region.code(), region.short_name());
    match under.region {
        Some(region) if by_key => {
            lines.push(format!("Enter: viewer to {}", under.city.label()));
            lines.push(format!("O: {}", origin(region)));
        }
        Some(region) => lines.push(format!("Click: {}", origin(region))),
        None if by_key => lines.push(format!("Enter: viewer to {}", under.city.label())),
        None => lines.push(format!("Click: viewer to {}", under.city.label())),
    }
    lines
}

/// Where in the map's band a mouse event happened.
fn point_of(event: &web_sys::MouseEvent) -> Option<Point> {
    use wasm_bindgen::JsCast;
    let sheet = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let rect = sheet.get_bounding_client_rect();
    Some(Point {
        x: f64::from(event.client_x()) - rect.left(),
        y: f64::from(event.client_y()) - rect.top(),
    })
}
