//! The map: the world behind, the trip in front of it, and what the pointer or the arrow keys point at.

use leptos::html;
use leptos::prelude::*;

mod pointing;

use super::dom;
use super::icon::Icon;
use super::live::{Kept, Piece, drawn, drawn_anew, live, text};
use super::state::use_walk;
use crate::scene::map::{
    Arc, Band, Camera, CandidatePin, Course, Pin, Rect, SHEET_HEIGHT, SHEET_WIDTH, Side, Spot,
    Stop, StopState, Travels, WaveMark, WavePin, WaveState, Way, WayState, WayUse, WorldMarks,
    wave_marks, wave_places, world_marks,
};
use crate::scene::path::PathPicture;
use crate::scene::{Layout, MapPicture, Outcome, step, units};
use pointing::Pointing;

/// What lies where, once the band is measured.
type Shown = Kept<Option<Layout>>;

/// The region "Map".
#[component]
pub(super) fn MapView(
    /// The path of the same trip.
    figure: Kept<PathPicture>,
) -> impl IntoView {
    let walk = use_walk();
    let band = RwSignal::new(None);
    let node = NodeRef::<html::Section>::new();
    node.on_load(move |section| {
        let measured = section.clone();
        dom::watch_size(&section, move || band.set(measure(&measured)));
    });
    let places = Kept::new(move || figure.with(|figure| figure.places));
    let course = Kept::new(move || {
        let scene = walk.scene();
        let Some(trip) = &scene.trip else { return Course::OPEN };
        let together = walk.steps().begun_with(trip.id);
        walk.with_run(|run| Course::of(run.journal(), &together))
    });
    let caches = Kept::new(move || wave_places(&walk.scene()));
    let layout: Shown = Kept::new(move || {
        let band = band.get()?;
        let of = |places: &_| {
            if caches.with(Vec::is_empty) {
                course.with(|course| Layout::of(places, *course, band))
            } else {
                caches.with(|caches| Layout::of_wave(caches, places, band))
            }
        };
        Some(places.with(of))
    });
    let wave = move || {
        let pins = layout.with(|layout| layout.as_ref().map(|layout| layout.wave.clone()));
        (pins.unwrap_or_default(), wave_marks(&walk.scene()))
    };
    let picture = Kept::new(move || {
        let (scene, steps) = (walk.scene(), walk.steps());
        let step = steps.current(scene.playhead);
        let is_dns = step.is_some_and(|step| step.hop == step::Hop::Dns);
        let trip = scene.trip.as_ref().filter(|_| step.is_some_and(|step| step.exchange.is_some()));
        figure.with(|figure| MapPicture::of(figure, &scene, trip, is_dns))
    });
    let weighs = move || picture.with(|picture| !picture.candidates.is_empty());
    let marks = Kept::new(move || {
        let of = |layout: &Layout, band| {
            let covered = picture.with(|picture| layout.covered(picture, band));
            world_marks(layout.camera, band, &covered, figure.with(|figure| figure.places.class))
        };
        let marks =
            layout.with(|layout| layout.as_ref().zip(band.get()).map(|(it, band)| of(it, band)));
        marks.unwrap_or_default()
    });
    let pointing = Pointing::new(band, layout);
    view! {
        <section class="map" aria-label="Map" data-words=live(move || band.get().filter(|band| band.has_words()).map(|_| "")) node_ref=node>
            <i class="ruler"></i>
            <div class="sheet" data-weighs=live(move || weighs().then_some("")) tabindex="0" role="application" aria-label="World map" aria-describedby="map-help"
                on:pointermove=pointing.on_move() on:pointerleave=pointing.on_leave() on:click=pointing.on_click()
                on:keydown=pointing.on_key() on:blur=pointing.on_blur()>
                {world_view(layout, marks)}
                {drawn_anew(move || layout.with(|layout| layout.as_ref().map(|layout| (layout.pins.clone(), layout.arcs.clone()))), move |trip| {
                    trip.as_ref().map(|(pins, arcs)| trip_view(pins, arcs, picture))
                })}
                {drawn(move || weighed(layout, picture), |weighed| {
                    Some(view! { {weighed.iter().map(candidate_view).collect_view()} }.into_any())
                })}
                {drawn(wave, |(pins, marks)| Some(wave_view(pins, marks)))}
                {pointing.view()}
            </div>
            <div class="map-head"><h2>"Map " <small>{text(move || picture.with(|picture| picture.caption.clone()))}</small></h2></div>
            <ul class="map-key" aria-hidden="true">
                <li data-key="pop">"other edge locations"</li>
                <li data-key="region">"Regions"</li>
            </ul>
            <p class="vh" id="map-help">"Arrow keys go from place to place. Enter moves the viewer there, O moves the origin to the Region there."</p>
            <p class="vh" role="status">{pointing.said()}</p>
        </section>
    }
}

/// The band as the page has it; the ruler is ten rem long.
fn measure(section: &web_sys::HtmlElement) -> Option<Band> {
    let ruler = section.first_element_child()?.get_bounding_client_rect().width();
    Band::new(f64::from(section.client_width()), f64::from(section.client_height()), ruler / 10.0)
}

/// Land, graticule, edge locations and Regions.
fn world_view(layout: Shown, marks: Kept<WorldMarks>) -> AnyView {
    let place = move || {
        let camera = layout.with(|layout| layout.as_ref().map(|layout| layout.camera));
        camera.map_or_else(String::new, |Camera { scale, left, top }| {
            let [left, top, scale] = [left, top, scale].map(units::decimal);
            format!("translate({left}px,{top}px) scale({scale})")
        })
    };
    view! {
        <svg class="world" aria-hidden="true">
            <g style:transform=live(place)>
                <use href="#world" width=units::decimal(SHEET_WIDTH) height=units::decimal(SHEET_HEIGHT)/>
                <path class="pops" d=live(move || marks.with(|marks| marks.dots.clone()))/>
            </g>
            <path class="regions" d=live(move || marks.with(|marks| marks.regions.clone()))/>
        </svg>
    }
    .into_any()
}

/// Arcs, marks and their labels, whose states follow the picture.
fn trip_view(pins: &[Pin], arcs: &[Arc], picture: Kept<MapPicture>) -> AnyView {
    let arcs_drawn = arcs.iter().cloned().map(|arc| arc_view(arc, picture)).collect_view();
    let notes = arcs.iter().map(|arc| note_view(arc, picture)).collect_view();
    let rims = arcs.iter().map(|arc| rims_view(arc, picture)).collect_view();
    let pins = pins.iter().cloned().map(|pin| pin_view(pin, picture)).collect_view();
    view! {
        <svg class="arcs" aria-hidden="true">{arcs_drawn}</svg>
        {notes}
        {rims}
        {pins}
    }
    .into_any()
}

/// What a way says where it leaves the sheet and where it comes back, as long as it may be taken. Who hears the page is told the
/// ways by the path.
fn rims_view(arc: &Arc, picture: Kept<MapPicture>) -> AnyView {
    let (way, rims) = (arc.way, arc.rims.clone());
    drawn(
        move || of_way(picture, way, |_| ()),
        move |shown| {
            let rims = rims.iter().filter(|_| shown.is_some()).map(|rim| {
            let (hook, side) = hook(rim.label);
            view! { <span class="tag" data-rim="" aria-hidden="true" data-side=side style:left=px(hook) style:top=px(rim.label.rect.top)>{rim.text.clone()}</span> }
        });
            Some(view! { {rims.collect_view()} }.into_any())
        },
    )
}

fn of_way<T>(picture: Kept<MapPicture>, way: Way, read: impl FnOnce(&WayState) -> T) -> Option<T> {
    picture.with(|picture| {
        picture
            .ways
            .iter()
            .find(|state| state.way == way)
            .filter(|state| state.use_ != WayUse::Off)
            .map(read)
    })
}

fn arc_view(arc: Arc, picture: Kept<MapPicture>) -> AnyView {
    let way = arc.way;
    let use_ = live(move || of_way(picture, way, |state| state.use_.token()));
    let outcome =
        live(move || of_way(picture, way, |state| state.outcome.map(Outcome::token)).flatten());
    let travels =
        live(move || of_way(picture, way, |state| state.travels.map(Travels::token)).flatten());
    let leader = arc.note.and_then(|note| note.leader);
    let leader = leader.map(|line| view! { <path class="leader" d=line/> });
    view! {
        <g class="arc" data-use=use_ data-outcome=outcome data-travels=travels>
            <path class="way" d=arc.path.clone()/>
            <path class="done" d=arc.path.clone() pathLength="1"/>
            <path class="rider" d=arc.path pathLength="1"/>
            {leader}
        </g>
    }
    .into_any()
}

fn note_view(arc: &Arc, picture: Kept<MapPicture>) -> AnyView {
    let way = arc.way;
    let shown = move || of_way(picture, way, |state| (state.round_trip.clone(), state.use_));
    let note = arc.note.as_ref().map(|note| note.at);
    let draw = move |shown: &Option<(String, WayUse)>| -> Piece {
        let ((round_trip, use_), at) = shown.clone().zip(note)?;
        let is_todo = (use_ == WayUse::Todo).then_some("todo");
        Some(
            view! {
                <span class="ms" data-state=is_todo style:left=px(at.x) style:top=px(at.y)>{round_trip}</span>
            }
            .into_any(),
        )
    };
    drawn(shown, draw)
}

fn pin_view(pin: Pin, picture: Kept<MapPicture>) -> AnyView {
    let stop = pin.stop;
    let state = move |read: fn(&StopState) -> Option<&'static str>| {
        live(move || {
            picture.with(|picture| {
                picture.stops.iter().find(|state| state.stop == stop).and_then(read)
            })
        })
    };
    let icon = match stop {
        Stop::Viewer | Stop::Next => "s-viewer",
        Stop::Pop => "s-pop",
        Stop::Rec => "s-rec",
        Stop::Shield => "s-shield",
        Stop::Origin => "s-origin",
    };
    // Who hears the page is told what there is no room for.
    let unsaid = match (pin.label, pin.has_role) {
        (None, _) => Some(format!("{}, {}", pin.name, pin.role)),
        (Some(_), false) => Some(pin.role.clone()),
        (Some(_), true) => None,
    };
    let unsaid = unsaid.map(|text| view! { <span class="vh">{text}</span> });
    let label = pin.label.map(|label| {
        let (hook, side) = hook(label);
        let role = pin.has_role.then(|| role_view(stop, pin.role, picture));
        view! { <span class="tag" data-side=side style:left=px(hook) style:top=px(label.rect.top)><b>{pin.name}</b>{role}</span> }
    });
    view! {
        <div class="pin" data-stop=stop.token() data-state=state(|state| Some(state.state.token()))
            data-outcome=state(|state| state.outcome.map(Outcome::token))>
            <span class="spot" style:left=px(pin.at.x) style:top=px(pin.at.y)><Icon name=icon/></span>
            {label}
            {unsaid}
        </div>
    }
    .into_any()
}

/// What a station is; while the DNS weighs the edge locations, the figure by which this one won.
fn role_view(stop: Stop, role: String, picture: Kept<MapPicture>) -> AnyView {
    if stop != Stop::Pop {
        return role.into_any();
    }
    let won =
        move || picture.with(|picture| picture.candidates.first().map(|won| won.text.clone()));
    drawn(won, move |won| {
        Some(match won.clone() {
            Some(won) => view! { <em>{won}</em> }.into_any(),
            None => role.clone().into_any(),
        })
    })
}

/// The edge locations that the DNS weighs in this step, with what it says of them.
fn weighed(layout: Shown, picture: Kept<MapPicture>) -> Vec<(CandidatePin, String)> {
    let said = picture.with(|picture| picture.candidates.clone());
    let text = |pin: CandidatePin| {
        let said = said.iter().find(|candidate| candidate.pop == pin.pop)?;
        Some((pin, said.text.clone()))
    };
    layout.with(|layout| {
        let pins = layout.iter().flat_map(|layout| &layout.candidates);
        pins.copied().filter_map(text).collect()
    })
}

/// The caches that an invalidation reaches, each with the time that it took to come there.
fn wave_view(pins: &[WavePin], marks: &[WaveMark]) -> AnyView {
    let cache = |pin: &WavePin| {
        let mark = marks.iter().find(|mark| mark.place == pin.place)?;
        let kind = if pin.is_rec { "rec" } else { "pop" };
        let state = mark.state.token();
        // The one that it has just reached is named in any case.
        let is_named = pin.has_room || mark.state == WaveState::Now;
        let label = mark.text.clone().filter(|_| is_named).map(|text| {
            let (hook, side) = hook(pin.label);
            view! { <span class="tag" data-wave=state data-side=side style:left=px(hook) style:top=px(pin.label.rect.top)>{text}</span> }
        });
        Some(view! {
            <i class="wave" data-cache=kind data-state=state style:left=px(pin.at.x) style:top=px(pin.at.y)></i>
            {label}
        })
    };
    pins.iter().filter_map(cache).collect_view().into_any()
}

fn candidate_view((pin, text): &(CandidatePin, String)) -> AnyView {
    let text = text.clone();
    let is_taken = pin.mark.is_none().then_some("");
    let mark = pin.mark.map(|at| {
        view! { <i class="candidate" style:left=px(at.x) style:top=px(at.y)></i> }
    });
    let label = pin.label.map(|label| {
        let (hook, side) = hook(label);
        view! { <span class="tag" data-taken=is_taken data-side=side style:left=px(hook) style:top=px(label.rect.top)>{text}</span> }
    });
    view! { {mark} {label} }.into_any()
}

/// A label's width is an estimate: it is hung up at the edge by which it is aligned.
fn hook(label: Spot) -> (f64, &'static str) {
    let Rect { left, width, .. } = label.rect;
    let hook = match label.side {
        Side::Left => left + width,
        Side::Middle => left + width / 2.0,
        Side::Right => left,
    };
    (hook, label.side.token())
}

/// A length in pixels.
fn px(length: f64) -> String {
    format!("{}px", units::decimal(length))
}
