//! What the walk would cost, as a table (security-logs-edge.md section 9.3).

use crate::scene::units;
use crate::simulation::cost::{Area, Beyond, Bill, Fee, Item, Line, Money, PLANS, Plan, Usage};
use crate::simulation::{Event, Scenario, Settings};

/// The walks of a month that the second column is about.
const MANY: u64 = 1_000_000;

/// What the console shows of costs, up to the playhead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CostSheet {
    /// Line by line; none before anything was used.
    pub rows: Vec<CostRow>,
    /// What all lines come to: of this walk at the prices of the list, and of a month of a million such walks.
    pub totals: [String; 2],
    /// Which flat-rate plan would hold that month, and why no cheaper one does.
    pub plan: String,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostRow {
    /// What it is for.
    pub item: String,
    /// The rows of docs/reference that have its price.
    pub rows: String,
    /// How many, of this walk.
    pub count: String,
    /// What one costs, or so many.
    pub price: String,
    /// What this walk costs at the prices of the list; a fee is no walk's.
    pub walk: String,
    /// What a million such walks cost in a month, less what is free.
    pub month: String,
}

impl CostSheet {
    /// That of a journal's events under the settings that are in force behind them.
    pub fn of(events: &[Event], scenario: &Scenario, settings: &Settings) -> Self {
        let usage = Usage::of(events, scenario);
        if usage.is_nothing() {
            return Self::default();
        }
        let many = usage.times(MANY);
        let (walk, month) = (usage.at_list_prices(), many.as_a_month());
        let rows = month.lines.iter().map(|line| CostRow::of(line, &walk)).collect();
        let totals = [&walk, &month].map(|bill| dollars(bill.total()));
        Self { rows, totals, plan: plan(&many, settings) }
    }
}

impl CostRow {
    fn of(month: &Line, walk: &Bill) -> Self {
        let line = walk.lines.iter().find(|line| line.item == month.item);
        let (item, rows, unit) = told(month.item);
        let is_bytes = matches!(unit, Unit::Gb);
        let (times, unit) = match unit {
            Unit::TenThousand => (10_000, "\u{a0}/\u{a0}10,000"),
            Unit::Million => (1_000_000, "\u{a0}/\u{a0}million"),
            Unit::Gb => (1, "\u{a0}/\u{a0}GB"),
            Unit::One => (1, " each"),
            Unit::Month => (1, "\u{a0}/\u{a0}month"),
        };
        let price = match month.price {
            price if price == Money::default() => "free".to_owned(),
            price => format!("{}{unit}", exact(price * times)),
        };
        let count = match line {
            Some(line) if is_bytes => units::bytes(line.count),
            Some(line) => units::grouped(line.count),
            None => String::new(),
        };
        let walk = line.map(|line| dollars(line.cost)).unwrap_or_default();
        Self { item, rows, count, price, walk, month: dollars(month.cost) }
    }
}

/// For how many a price is given.
#[derive(Clone, Copy)]
enum Unit {
    TenThousand,
    Million,
    Gb,
    One,
    Month,
}

/// What is said of an item: its name, its rows, and for how many its price is.
fn told(item: Item) -> (String, String, Unit) {
    let at = |what: &str, area: Area| format!("{what}, {}", area.name());
    let own = |what: &str, rows: &str, unit| (what.to_owned(), rows.to_owned(), unit);
    match item {
        Item::Requests { area, is_tls } => {
            let row = match area {
                Area::NorthAmerica => "PRC-30",
                Area::Oceania => "PRC-32",
                Area::SouthAmerica => "PRC-33",
                _ => "PRC-31",
            };
            let what = if is_tls { "HTTPS requests" } else { "HTTP requests" };
            (at(what, area), row.to_owned(), Unit::TenThousand)
        }
        Item::ToViewers(area) => {
            (at("To viewers", area), format!("PRC-{}", 20 + area as usize), Unit::Gb)
        }
        Item::FromOrigins => own("From origins", "PRC-02", Unit::Gb),
        Item::ToOrigins(area) => (at("Uploads to origins", area), "PRC-03".to_owned(), Unit::Gb),
        Item::Shield(area) => {
            (at("Origin Shield requests", area), "PRC-08".to_owned(), Unit::TenThousand)
        }
        Item::CloudFrontRuns => own("CloudFront Functions", "PRC-05", Unit::Million),
        Item::LambdaRuns => own("Lambda@Edge", "PRC-07", Unit::Million),
        Item::Paths => own("Invalidation paths", "PRC-04", Unit::One),
        Item::LogLines => own("Real-time log lines", "PRC-11", Unit::Million),
        Item::Fee(Fee::DedicatedIp) => own("Dedicated IP certificate", "PRC-09", Unit::Month),
        Item::Fee(Fee::AnycastList) => own("Anycast static IPs", "PRC-12", Unit::Month),
    }
}

/// Which plan would do, and what the one before it lacks (PRC-14, PRC-15).
fn plan(month: &Usage, settings: &Settings) -> String {
    let distribution = settings.distribution();
    let found = Plan::for_month(month, &distribution);
    let place = PLANS.iter().position(|plan| Some(plan) == found).unwrap_or(PLANS.len());
    let lacks = place.checked_sub(1).and_then(|place| PLANS.get(place)).and_then(|plan| {
        let lacks = plan.beyond(month, &distribution)?;
        Some(format!("{} {}", plan.name, why_not(plan, lacks)))
    });
    let lacks = lacks.map(|lacks| format!(": {lacks}")).unwrap_or_default();
    match found {
        Some(plan) => {
            let price = units::grouped(plan.dollars);
            format!("The flat-rate plan {} holds such a month for US${price}{lacks}.", plan.name)
        }
        None => format!("No flat-rate plan holds such a month{lacks}."),
    }
}

fn why_not(plan: &Plan, lacks: Beyond) -> String {
    match lacks {
        Beyond::Requests(count) => {
            let (most, count) = (units::grouped(plan.requests), units::grouped(count));
            format!("has {most} requests a month, and these are {count}")
        }
        Beyond::Bytes(count) => {
            format!("has {} to viewers a month, and these are {}", gb(plan.bytes), gb(count))
        }
        Beyond::Behaviors(count) => {
            format!("has {} behaviors, and there are {count}", plan.behaviors)
        }
        Beyond::OwnPolicy => "has no cache policies of your own".to_owned(),
        Beyond::Shield => "has no Origin Shield".to_owned(),
        Beyond::Failover => "has no origin groups".to_owned(),
    }
}

/// Bytes as a bill counts them: a GB is 2^30 bytes, a TB 1,024 GB.
fn gb(bytes: u64) -> String {
    let gb = bytes >> 30;
    match gb {
        0..1_024 => format!("{gb}\u{a0}GB"),
        _ => format!("{}\u{a0}TB", units::grouped(gb >> 10)),
    }
}

/// An amount to be read at a glance: cents, and below a cent three figures.
fn dollars(amount: Money) -> String {
    const CENT: u128 = 10_000_000_000;
    let picos = amount.to_picos();
    if picos == 0 {
        return "US$0".to_owned();
    }
    let mut step = CENT;
    while picos < CENT && picos / step < 100 && step > 1 {
        step /= 10;
    }
    let rounded = (picos + step / 2) / step * step;
    in_decimals(rounded)
}

/// An amount with all of its decimals.
fn exact(amount: Money) -> String {
    in_decimals(amount.to_picos())
}

/// With two decimals at least, and no idle ones behind them.
fn in_decimals(picos: u128) -> String {
    const DOLLAR: u128 = 1_000_000_000_000;
    let whole = units::grouped(u64::try_from(picos / DOLLAR).unwrap_or(u64::MAX));
    let decimals = format!("{:012}", picos % DOLLAR);
    let (cents, rest) = decimals.split_at(2);
    format!("US${whole}.{cents}{}", rest.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_cents_and_below_a_cent_three_figures() {
        let said = |picos| dollars(Money::picos(picos));
        let table = [
            (0, "US$0"),
            (1, "US$0.000000000001"),
            (750_000, "US$0.00000075"),
            (1_234_567, "US$0.00000123"),
            (32_669_876, "US$0.0000327"),
            (9_996_000_000, "US$0.01"),
            (10_000_000_000, "US$0.01"),
            (14_999_999_999, "US$0.01"),
            (15_000_000_000, "US$0.02"),
            (1_719_600_000_000_000, "US$1,719.60"),
        ];
        for (picos, text) in table {
            assert_eq!(said(picos), text, "{picos}");
        }
        assert_eq!(exact(Money::mills(600_000)), "US$600.00");
        assert_eq!(exact(Money::picos(7_500_000_000)), "US$0.0075");
    }

    #[test]
    fn a_gb_is_a_power_of_two() {
        assert_eq!([100 << 30, 50 << 40].map(gb), ["100\u{a0}GB", "50\u{a0}TB"]);
    }
}
