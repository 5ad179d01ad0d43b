//! The first page: what CloudFront is, and what its two tiers are for, in figures that the World calculates here and now.

use std::time::Duration;

use leptos::prelude::*;

use super::state::{LessonsState, use_lessons};
use crate::app::icon::Icon;
use crate::app::live::{Kept, drawn, heard};
use crate::app::mark;
use crate::network::City;
use crate::scene::tier_times::OBJECT;
use crate::scene::{Outcome, TierSize, TierTimes, units};
use crate::simulation::{View, lessons};

/// The page, a dialog over the walk.
#[component]
pub fn About() -> impl IntoView {
    let lessons = use_lessons();
    let sheet = lessons.about();
    Effect::new(move |_| {
        sheet.node().track();
        if lessons.view() == View::About { sheet.open() } else { sheet.close() }
    });
    let content = move |view: &View| (*view == View::About).then(|| content_view(lessons));
    view! {
        <dialog class="about" aria-labelledby="about-title" node_ref=sheet.node() on:close=heard(move |_| lessons.show(View::Walk))>
            {drawn(move || lessons.view(), content)}
        </dialog>
    }
}

fn content_view(lessons: LessonsState) -> AnyView {
    let close = move |_| lessons.show(View::Walk);
    let start = move |_| {
        if let Some(first) = lessons::all().next() {
            lessons.open_lesson(first);
        }
    };
    let [pops, recs] = TierSize::of_both();
    view! {
        <header>
            <h2 id="about-title" tabindex="-1" autofocus=true>"What CloudFront is"</h2>
            <button class="tool" type="button" aria-label="Close" title="Close (Esc)" on:click=heard(close)><Icon name="i-close"/></button>
        </header>
        <p class="lead">
            "A content delivery network: caches all over the world that stand between viewers and a web site's origin. A request goes to the
            cache nearest to the viewer. What lies there is answered at once; what does not is fetched, and kept for whoever asks next. The
            caches stand in two tiers."
        </p>
        <Figure/>
        <table class="tiers">
            <thead>
                <tr><td></td>
                    <th scope="col"><Icon name="s-pop"/>"Edge location (POP)"</th>
                    <th scope="col"><Icon name="s-rec"/>"Regional edge cache (REC)"</th></tr>
            </thead>
            <tbody>
                {row("How many", format!("{} on this map, near the viewers of each large city", pops.count), format!("{} on this map, in AWS Regions, each for many edge locations", recs.count))}
                {row("How large", format!("{} each in this simulator", units::bytes(pops.room_bytes)), format!("{} each, ten times as much: a simulator assumption for “larger”", units::bytes(recs.room_bytes)))}
                {row("Who asks it", "Viewers: DNS leads each to the edge location with the shortest way".into(), "Edge locations that have not got the object; no viewer ever".into())}
                {row("What it keeps", "What is asked for there, as long as it is fresh and nothing newer needs the room".into(), "The same for its whole region; what an edge location had to drop is often still here".into())}
                {row("What skips it", "Nothing: each request goes through it".into(), "POST and its kin, dynamic requests, and S3 buckets in its own Region".into())}
                {row("Invalidation", "Reaches it after its regional cache".into(), "Reaches it first, so that it hands no old copy down: a simulator assumption".into())}
            </tbody>
        </table>
        <footer>
            <button class="btn prime" type="button" on:click=heard(start)>"Take the first walk"</button>
            <button class="btn" type="button" on:click=heard(close)>"Look around"</button>
        </footer>
    }
    .into_any()
}

fn row(name: &'static str, pop: String, rec: String) -> AnyView {
    view! { <tr><th scope="row">{name}</th><td>{pop}</td><td>{rec}</td></tr> }.into_any()
}

/// Cities on four continents, for the figure.
const CITIES: [&str; 6] = ["addis-ababa", "paris", "tokyo", "sao-paulo", "sydney", "san-francisco"];

/// The same picture from the same city, answered by each tier: three bars on one scale.
#[component]
fn Figure() -> impl IntoView {
    let city = RwSignal::new(CITIES.into_iter().find_map(|slug| City::find(slug).ok()));
    let times = Kept::new(move || city.get().and_then(TierTimes::from));
    let choose =
        move |event: leptos::ev::Event| city.set(City::find(&event_target_value(&event)).ok());
    let option = |slug: &'static str| {
        let city = City::find(slug).ok()?;
        Some(view! { <option value=slug>{city.label()}</option> }.into_any())
    };
    view! {
        <figure class="tier-times">
            <figcaption>
                <span>{format!("The same request for {OBJECT}, answered by")}</span>
                <label><span>"from"</span>
                    <span class="pick"><select class="in" aria-label="City" on:change=heard(choose)>{CITIES.into_iter().filter_map(option).collect_view()}</select><Icon name="i-down"/></span>
                </label>
            </figcaption>
            {drawn(move || times.with(|times| *times), |times| times.map(bars))}
        </figure>
    }
}

fn bars(times: TierTimes) -> AnyView {
    let whole = times.from_origin;
    let bar =
        |icon: &'static str, name: String, outcome: Outcome, span: Duration, says: &'static str| {
            let share = span.as_micros() as f64 / whole.as_micros().max(1) as f64 * 100.0;
            view! {
                <li data-outcome=outcome.token()>
                    <span class="who"><Icon name=icon/>{name}</span>
                    <span class="bar"><i style:--share=units::decimal(share)></i></span>
                    <b>{units::ms(span)}</b>
                    <span class="what"><Icon name=mark(outcome)/>{says}</span>
                </li>
            }
            .into_any()
        };
    view! {
        <ol>
            {bar("s-pop", format!("Edge location {}", times.pop.short_name()), Outcome::Hit, times.from_pop, "hit at the edge")}
            {times.from_rec.map(|span| bar("s-rec", format!("Regional edge cache {}", times.rec.short_name()), Outcome::Hit, span, "hit in the regional cache"))}
            {bar("s-origin", "Origin N. Virginia".to_owned(), Outcome::Miss, times.from_origin, "miss in both")}
        </ol>
        <p class="help">"Calculated by the simulator just now: DNS, handshakes and transfer included, no connection open before."</p>
    }
    .into_any()
}
