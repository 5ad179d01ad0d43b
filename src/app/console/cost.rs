//! What the walk would cost: a table of lines, and what the figures are.

use leptos::prelude::*;

use super::state::use_console;
use crate::app::live::{drawn, piece};
use crate::scene::console::{CostRow, CostSheet};

/// What the middle shows.
pub(super) fn table() -> AnyView {
    let console = use_console();
    let row = |row: &CostRow| {
        let CostRow { item, rows, count, price, walk, month } = row.clone();
        view! {
            <tr>
                <td>{item}</td>
                <td class="num" data-less="">{count}</td>
                <td class="num" data-less="">{price}</td>
                <td class="num">{walk}</td>
                <td class="num">{month}</td>
                <td class="id" data-less="">{rows}</td>
            </tr>
        }
        .into_any()
    };
    let total = |[walk, month]: &[String; 2]| {
        let (walk, month) = (walk.clone(), month.clone());
        view! {
            <tr class="total">
                <th scope="row">"Total"</th>
                <td data-less=""></td>
                <td data-less=""></td>
                <td class="num">{walk}</td>
                <td class="num">{month}</td>
                <td data-less=""></td>
            </tr>
        }
        .into_any()
    };
    let lines = move |sheet: &CostSheet| {
        if sheet.rows.is_empty() {
            return Some(
                view! { <p class="none">"There is none yet: send a request first."</p> }.into_any(),
            );
        }
        let rows = sheet.rows.iter().map(row).collect_view();
        let total = total(&sheet.totals);
        Some(
            view! {
                <table class="table cost">
                    <thead><tr>
                        <th>"Line"</th>
                        <th class="num" data-less="">"This walk"</th>
                        <th class="num" data-less="">"Price"</th>
                        <th class="num">"At list price"</th>
                        <th class="num">"A million, in a month"</th>
                        <th data-less="">"Row"</th>
                    </tr></thead>
                    <tbody>{rows}{total}</tbody>
                </table>
            }
            .into_any(),
        )
    };
    view! {
        <section>
            <div class="table-head"><h2>"Cost "<small>"What has happened so far, at the prices of the list"</small></h2></div>
            {drawn(move || console.cost(), move |sheet| lines(sheet))}
        </section>
    }
    .into_any()
}

/// What the right column says of it.
pub(super) fn aside() -> AnyView {
    let console = use_console();
    let plan = move || {
        let plan = console.cost().plan;
        (!plan.is_empty()).then(|| {
            view! {
                <section class="part">
                    <h3 class="sec">"Flat rate"</h3>
                    <p>{plan}</p>
                    <p class="help">"PRC-14, PRC-15, guide page flat-rate-pricing-plan"</p>
                </section>
            }
            .into_any()
        })
    };
    view! {
        <div class="told">
            <div>
                <p class="step-no">"Cost"</p>
                <h2 class="step-title">"What this walk would cost"</h2>
            </div>
            <section class="part">
                <h3 class="sec">"This walk"</h3>
                <p>"Every answer to a viewer is a request, a redirect and a refusal too. It and its bytes are charged by the edge location that served it."</p>
                <p>"What origins send to CloudFront is free."</p>
                <p class="help">"PRC-02, PRC-13, PRC-40, AWS's pricing page"</p>
            </section>
            <section class="part">
                <h3 class="sec">"A million of them"</h3>
                <p>"A month in which nothing else happens. Free in each month, for good: 1\u{a0}TB to viewers, 10 million requests, 2 million runs of CloudFront Functions and 1,000 invalidation paths. Bytes become cheaper from 10\u{a0}TB on."</p>
                <p class="help">"PRC-01, PRC-04, PRC-20, PRC-44, AWS's pricing page"</p>
            </section>
            {piece(plan)}
            <p class="help">"Prices for teaching, in US dollars, as AWS published them in 2026. Storage, functions' other services, a web ACL and DNS are not among them. What AWS does not publish is assumed: PRC-40 to PRC-46."</p>
        </div>
    }
    .into_any()
}
