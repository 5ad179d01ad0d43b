//! What walks would cost: what is counted of them, and where.

use edgewalk::distribution::{
    AllowedMethods, Draft, ErrorPage, ErrorResponse, Function, FunctionEvent, Logging, OriginGroup,
    OwnCertificate, PathPattern, ReadyMade, Runtime, SslSupport, TtlBounds, ViewerCertificate,
    ViewerProtocolPolicy,
};
use edgewalk::http::{Method, Scheme};
use edgewalk::json::Json;
use edgewalk::network::{Pop, Rec};
use edgewalk::simulation::cost::{Area, Fee, Item, Line, Money, PLANS, Plan, Usage};
use edgewalk::simulation::{Run, Scenario, access_log::access_log, built_in_scenario};

use crate::common::{Edit as _, act, ask, get, purge, request, send};

fn run_of(change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    Run::new(scenario).unwrap()
}

/// The shop whose document says something more at a path.
fn saying(path: &str, value: &str) -> Run {
    run_of(|scenario| {
        let mut draft = Draft::of(&scenario.configuration);
        draft.set(&path.parse().unwrap(), Json::text(value)).unwrap();
        scenario.configuration = draft.check().unwrap().into();
    })
}

fn usage(run: &Run) -> Usage {
    Usage::of(run.journal().events(), &run.walk().scenario)
}

/// How many, or how many bytes; none where there is no such line.
fn count(run: &Run, item: Item) -> Option<u64> {
    let bill = usage(run).at_list_prices();
    bill.lines.iter().find(|line| line.item == item).map(|line| line.count)
}

fn cost(run: &Run, item: Item) -> u128 {
    let bill = usage(run).at_list_prices();
    bill.lines.iter().find(|line| line.item == item).unwrap().cost.to_picos()
}

fn requests(area: Area, is_tls: bool) -> Item {
    Item::Requests { area, is_tls }
}

#[test]
fn prc_40_a_request_and_its_bytes_are_billed_where_it_was_served() {
    let mut run = run_of(|_| ());
    for city in ["paris", "new-york", "tokyo", "sydney", "sao-paulo", "mumbai", "singapore"] {
        act(&mut run, get(city, "/app.js"));
    }
    act(&mut run, get("paris", "/app.js"));
    let scenario = &run.walk().scenario;
    let log = access_log(run.journal().events(), scenario);
    for area in Area::ALL {
        let here = log.iter().filter(|logged| {
            let pop = logged.record.location.as_ref().unwrap().as_logged();
            let pop = Pop::find(&pop[..3]).unwrap();
            Area::of(pop.country()) == area
        });
        let bytes: Vec<u64> = here.map(|logged| logged.record.bytes_down).collect();
        let found = (count(&run, requests(area, true)), count(&run, Item::ToViewers(area)));
        let expected = (!bytes.is_empty()).then_some((bytes.len() as u64, bytes.iter().sum()));
        assert_eq!(found, (expected.map(|it| it.0), expected.map(|it| it.1)), "PRC-40 {area:?}");
    }
    assert_eq!(count(&run, requests(Area::Europe, true)), Some(2), "a hit is a request, too");
    // 0.0120 for 10,000.
    assert_eq!(cost(&run, requests(Area::Europe, true)), 2 * 1_200_000, "PRC-31");
    let bytes = u128::from(count(&run, Item::ToViewers(Area::Europe)).unwrap());
    // Half up, of 0.085 for 2^30 bytes.
    let expected = (bytes * 85_000_000_000 * 2 + (1 << 30)) / (2 << 30);
    assert_eq!(cost(&run, Item::ToViewers(Area::Europe)), expected, "PRC-21");
}

#[test]
fn prc_13_vp_07_redirects_and_refusals_are_requests() {
    let mut run = run_of(|scenario| {
        let mut distribution = scenario.edited();
        for behavior in &mut distribution.behaviors {
            behavior.viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
        }
        distribution.behaviors[1].allowed_methods = AllowedMethods::GetHead;
    });
    let mut by_http = request(Method::Get, "/app.js");
    by_http.scheme = Scheme::Http;
    act(&mut run, ask("paris", by_http));
    assert_eq!(count(&run, requests(Area::Europe, false)), Some(1), "PRC-13: the redirect");
    act(&mut run, get("paris", "/app.js"));
    assert_eq!(count(&run, requests(Area::Europe, false)), Some(1));
    assert_eq!(count(&run, requests(Area::Europe, true)), Some(1), "VP-07: both are billed");
    act(&mut run, send("paris", Method::Post, "/app.js"));
    assert_eq!(count(&run, requests(Area::Europe, true)), Some(2), "PRC-13: a 403");
}

#[test]
fn prc_13_a_plan_does_not_count_what_a_web_acl_blocks() {
    let mut run = crate::web_acl::blocking("/app.js");
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, get("paris", "/style.css"));
    assert_eq!(count(&run, requests(Area::Europe, true)), Some(2), "PRC-13");
    let month = usage(&run).times(1_000_000);
    let distribution = run.walk().scenario.configuration.distribution();
    assert_eq!(PLANS[0].beyond(&month, distribution), None, "PRC-13: a million, not two");
}

#[test]
fn prc_02_03_41_what_origins_send_is_free_and_what_they_are_sent_is_not() {
    let mut run = run_of(|_| ());
    act(&mut run, get("paris", "/img/hero.jpg"));
    let sent = count(&run, Item::FromOrigins).unwrap();
    assert!(sent > 400_000, "{sent}");
    assert_eq!(cost(&run, Item::FromOrigins), 0, "PRC-02");
    assert_eq!(count(&run, Item::ToOrigins(Area::Europe)), None, "PRC-41: a GET is no upload");
    for (city, area, mills_a_gb) in [
        ("paris", Area::Europe, 20),
        ("new-york", Area::NorthAmerica, 20),
        ("tokyo", Area::Japan, 60),
    ] {
        let mut upload = request(Method::Post, "/api/orders");
        upload.content_length = 1 << 30;
        act(&mut run, ask(city, upload));
        let bytes = count(&run, Item::ToOrigins(area)).unwrap();
        // The content, and some hundred bytes of fields.
        assert!((1 << 30..(1 << 30) + 2_000).contains(&bytes), "PRC-41 {bytes}");
        let price = cost(&run, Item::ToOrigins(area));
        let gb = mills_a_gb * 1_000_000_000;
        assert!((gb..gb + gb / 100_000).contains(&price), "PRC-03 {city} {price}");
    }
}

#[test]
fn prc_04_an_invalidation_counts_its_paths_and_a_thousand_are_free() {
    let mut run = run_of(|_| ());
    act(&mut run, purge(&["/img/*", "#spring", "/a"]));
    assert_eq!(cost(&run, Item::Paths), 3 * 5_000_000_000, "PRC-04: 0.005 each");
    let month = usage(&run).times(1_000).as_a_month();
    assert_eq!(month.total(), Money::mills(5) * 2_000, "PRC-04: 3,000 less 1,000");
}

#[test]
fn prc_05_07_each_run_of_a_function_counts() {
    let of = |runtime, name: &str| Function {
        arn: match runtime {
            Runtime::CloudFront => format!("arn:aws:cloudfront::123456789012:function/{name}"),
            Runtime::Lambda => format!("arn:aws:lambda:us-east-1:123456789012:function:{name}:1"),
        },
        runtime,
        does: Some(ReadyMade::SortQuery),
    };
    let mut run = run_of(|scenario| {
        let mut distribution = scenario.edited();
        let functions = &mut distribution.behaviors[1].functions;
        functions.set(FunctionEvent::ViewerRequest, Some(of(Runtime::CloudFront, "a")));
        functions.set(FunctionEvent::OriginRequest, Some(of(Runtime::Lambda, "b")));
        functions.set(FunctionEvent::ViewerResponse, Some(of(Runtime::CloudFront, "c")));
    });
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, get("paris", "/app.js"));
    // At each of the two: before and after; at the origin once.
    assert_eq!(count(&run, Item::CloudFrontRuns), Some(4), "PRC-05");
    assert_eq!(cost(&run, Item::CloudFrontRuns), 4 * 100_000, "PRC-05: 0.10 a million");
    assert_eq!(count(&run, Item::LambdaRuns), Some(1), "PRC-07: a hit runs none at the origin");
}

#[test]
fn prc_42_origin_shield_costs_in_each_region_what_an_http_request_costs_there() {
    for rec in Rec::all() {
        let mut run = run_of(|scenario| {
            for origin in &mut scenario.edited().origins {
                origin.shield_region = Some(rec.code().to_owned());
            }
        });
        // One of the two has another regional cache.
        act(&mut run, get("paris", "/app.js"));
        act(&mut run, get("tokyo", "/style.css"));
        let bill = usage(&run).at_list_prices();
        let is_shield = |line: &&Line| matches!(line.item, Item::Shield(_));
        let lines: Vec<&Line> = bill.lines.iter().filter(is_shield).collect();
        let [Line { item: item @ Item::Shield(area), .. }] = lines[..] else { panic!("{lines:?}") };
        // PRC-30 to PRC-33, by HTTP, in millionths of a dollar for 10,000.
        let (expected, price) = match rec.code().split('-').next().unwrap() {
            "us" | "ca" | "mx" => (Area::NorthAmerica, 7_500),
            "sa" => (Area::SouthAmerica, 16_000),
            "ap" if rec.code() == "ap-southeast-2" => (Area::Oceania, 9_000),
            _ => (*area, 9_000),
        };
        assert_eq!(*area, expected, "PRC-42 {}", rec.code());
        let picos = u128::from(count(&run, *item).unwrap()) * price * 1_000_000;
        assert_eq!(cost(&run, *item) * 10_000, picos, "PRC-42 {}", rec.code());
    }
}

#[test]
fn prc_08_42_shd_14_what_reaches_origin_shield_as_a_further_layer() {
    let shielded = |region: &str| {
        run_of(|scenario| {
            for origin in &mut scenario.edited().origins {
                origin.shield_region = Some(region.to_owned());
            }
        })
    };
    let mut run = shielded("us-west-2");
    let shield = Item::Shield(Area::NorthAmerica);
    act(&mut run, get("paris", "/app.js"));
    assert_eq!(count(&run, shield), Some(1), "SHD-14");
    act(&mut run, get("paris", "/app.js"));
    assert_eq!(count(&run, shield), Some(1), "SHD-14: what a cache before it answers is none");
    act(&mut run, get("seattle", "/style.css"));
    assert_eq!(count(&run, shield), Some(1), "SHD-14: there it is the regional cache itself");
    for place in 2..4 {
        act(&mut run, send("seattle", Method::Post, "/api/orders"));
        assert_eq!(count(&run, shield), Some(place), "SHD-14: all that is dynamic");
    }
    // The three figures of PRC-08, for 10,000.
    for (region, area, picos) in [
        ("ap-northeast-2", Area::Asia, 9_000_000_000),
        ("sa-east-1", Area::SouthAmerica, 16_000_000_000),
        ("us-east-2", Area::NorthAmerica, 7_500_000_000_u128),
    ] {
        let mut run = shielded(region);
        act(&mut run, get("paris", "/app.js"));
        assert_eq!(cost(&run, Item::Shield(area)) * 10_000, picos, "PRC-08, PRC-42 {region}");
    }
}

#[test]
fn prc_09_12_fees_are_of_a_month() {
    let mut run = run_of(|scenario| {
        let mut distribution = scenario.edited();
        distribution.certificate = match ViewerCertificate::example(&distribution.aliases) {
            ViewerCertificate::Own(own) => {
                ViewerCertificate::Own(OwnCertificate { support: SslSupport::Vip, ..own })
            }
            ViewerCertificate::Default => panic!("the shop has names of its own"),
        };
    });
    act(&mut run, get("paris", "/app.js"));
    let usage = usage(&run);
    assert_eq!(usage.fees, [Fee::DedicatedIp], "PRC-09");
    let month = usage.as_a_month();
    assert_eq!(month.total(), Money::mills(600_000), "PRC-09: all else is free");
    assert_eq!(usage.times(7).as_a_month().total(), Money::mills(600_000), "PRC-09");
    let has_fee = |line: &Line| matches!(line.item, Item::Fee(_));
    assert!(!usage.at_list_prices().lines.iter().any(has_fee));

    let mut listed = saying("AnycastIpListId", "aipl_EXAMPLE");
    act(&mut listed, get("paris", "/app.js"));
    let month = self::usage(&listed).as_a_month();
    assert_eq!(month.total(), Money::mills(3_000_000), "PRC-12, DS-21");
}

#[test]
fn prc_11_45_rtl_08_a_line_for_each_request_of_a_behavior_with_a_real_time_log() {
    let arn = "arn:aws:cloudfront::123456789012:realtime-log-config/all";
    let mut run = saying("DefaultCacheBehavior.RealtimeLogConfigArn", arn);
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, get("paris", "/app.js"));
    act(&mut run, get("paris", "/api/orders"));
    assert_eq!(count(&run, Item::LogLines), Some(2), "PRC-45: the other behavior names none");
    assert_eq!(cost(&run, Item::LogLines), 2 * 10_000, "PRC-11, RTL-08: 0.01 a million");
}

#[test]
fn log_14_lg_10_standard_logs_cost_nothing() {
    let total = |logging: Option<Logging>| {
        let mut run = run_of(|scenario| scenario.edited().logging = logging);
        act(&mut run, get("paris", "/app.js"));
        usage(&run).at_list_prices().total()
    };
    let built_in = built_in_scenario();
    let logging = built_in.configuration.distribution().logging.clone();
    let logging = logging.unwrap_or(Logging {
        bucket: "logs.s3.amazonaws.com".into(),
        prefix: String::new(),
        has_cookies: false,
    });
    assert_eq!(total(Some(logging)), total(None), "LOG-14, LG-10");
}

#[test]
fn cep_12_the_page_is_charged_and_not_the_object() {
    let mut run = run_of(|scenario| {
        let page = Some(ErrorPage { path: "/about.html".into(), status: 404 });
        let response = ErrorResponse { status: 404, page, min_ttl_secs: 10 };
        scenario.edited().error_responses = vec![response];
    });
    act(&mut run, get("paris", "/nothing"));
    let bytes = count(&run, Item::ToViewers(Area::Europe)).unwrap();
    // The page has 16,384 bytes; the error's own content is shorter than that by far.
    assert!((16_384..18_000).contains(&bytes), "CEP-12 {bytes}");
}

#[test]
fn prc_01_myth_23_what_is_free_is_free_for_good() {
    let bill = |epoch_unix| {
        let mut run = run_of(|scenario| scenario.epoch_unix = epoch_unix);
        act(&mut run, get("paris", "/app.js"));
        usage(&run).times(1_000_000).as_a_month()
    };
    let new_account = bill(1_767_225_600);
    let ten_years_on = bill(1_767_225_600 + 10 * 365 * 86_400);
    assert_eq!(new_account.total(), ten_years_on.total(), "MYTH-23");
    let first = new_account.lines[0];
    assert_eq!((first.count, first.cost), (1_000_000, Money::default()), "PRC-01, MYTH-23");
}

#[test]
fn prc_14_15_46_the_cheapest_plan_that_holds_the_month() {
    let named = |count: u64, change: &dyn Fn(&mut Scenario)| {
        let mut run = run_of(|scenario| change(scenario));
        act(&mut run, get("paris", "/style.css"));
        let month = usage(&run).times(count);
        let distribution = run.walk().scenario.configuration.distribution().clone();
        Plan::for_month(&month, &distribution).map(|plan| plan.name)
    };
    let as_it_is = |_: &mut Scenario| ();
    let bytes = {
        let mut run = run_of(|_| ());
        act(&mut run, get("paris", "/style.css"));
        usage(&run).bytes_to_viewers()
    };
    assert!((8_000..100_000).contains(&bytes), "{bytes}");
    let of_free = (100 << 30) / bytes;
    assert_eq!(named(of_free.min(1_000_000), &as_it_is), Some("Free"), "PRC-14");
    assert_eq!(named(1_000_001, &as_it_is), Some("Pro"), "PRC-14: beyond a million requests");
    assert_eq!(named(10_000_001, &as_it_is), Some("Business"), "PRC-14");
    assert_eq!(named(125_000_001, &as_it_is), Some("Premium"), "PRC-14");
    assert_eq!(named(500_000_001, &as_it_is), None, "PRC-14");
    let of_all = (50 << 40) / bytes;
    assert_eq!(named(of_all + 1, &as_it_is), None, "PRC-14: no plan has more than 50 TB");

    let own = |scenario: &mut Scenario| {
        let ttl = TtlBounds { min: 7, default: 7, max: 7 };
        scenario.edited().behaviors[1].cache_policy.ttl = ttl;
        scenario.edited().behaviors[1].cache_policy.name = "mine".into();
    };
    assert_eq!(named(1, &own), Some("Business"), "PRC-15: a cache policy of its own");
    let shield = |scenario: &mut Scenario| {
        scenario.edited().origins[0].shield_region = Some("us-east-1".into());
    };
    assert_eq!(named(1, &shield), Some("Premium"), "PRC-15: Origin Shield");
    let group = |scenario: &mut Scenario| {
        let mut distribution = scenario.edited();
        let members = [0, 1].map(|place| distribution.origins[place].id.clone());
        let group = OriginGroup { id: "pair".into(), members, failover_statuses: vec![503] };
        distribution.origin_groups.push(group);
    };
    assert_eq!(named(1, &group), Some("Premium"), "PRC-15: failover");
    for (behaviors, plan) in [(5, "Free"), (6, "Pro"), (11, "Business"), (51, "Premium")] {
        let many = |scenario: &mut Scenario| {
            let mut distribution = scenario.edited();
            let last = distribution.behaviors.pop().unwrap();
            while distribution.behaviors.len() < behaviors - 1 {
                let mut next = distribution.behaviors[0].clone();
                let pattern = format!("/{}/*", distribution.behaviors.len());
                next.pattern = PathPattern::new(&pattern);
                distribution.behaviors.push(next);
            }
            distribution.behaviors.push(last);
        };
        assert_eq!(named(1, &many), Some(plan), "PRC-15 {behaviors}");
    }
}
