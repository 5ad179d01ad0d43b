//! The built-in demo site: a small shop of some sixty objects.

use super::{Kind, Object, Site};
use crate::http::Status;

/// When the first versions were published: 2025-12-15T09:00:00Z.
const PUBLISHED_UNIX: u64 = 1_765_789_200;

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const JPEG: &str = "image/jpeg";

/// Path, type, bytes, Cache-Control (empty: the origin sends none).
///
/// The sizes let a class see evictions within ten requests at a POP with room for 2 MB.
#[rustfmt::skip]
const FILES: &[(&str, &str, u64, &str)] = &[
    // Asked for by everybody.
    ("/index.html", HTML, 18_432, "max-age=300"),
    ("/app.js", "text/javascript", 184_320, "max-age=86400"),
    ("/style.css", "text/css", 46_080, "max-age=86400"),
    ("/logo.svg", "image/svg+xml", 6_144, "max-age=604800"),
    ("/favicon.ico", "image/x-icon", 4_286, "max-age=604800"),
    ("/fonts/shop.woff2", "font/woff2", 65_488, "max-age=31536000, immutable"),
    ("/img/hero.jpg", JPEG, 412_672, "max-age=86400"),
    ("/img/sale.jpg", JPEG, 286_720, "max-age=3600"),
    ("/img/team.jpg", JPEG, 337_920, ""),
    ("/img/map.png", "image/png", 241_664, "max-age=86400"),
    // The catalogue.
    ("/products/index.html", HTML, 24_576, "max-age=60"),
    ("/products/boots.html", HTML, 14_336, "max-age=60"),
    ("/products/coat.html", HTML, 14_848, "max-age=60"),
    ("/products/hat.html", HTML, 13_312, "max-age=60"),
    ("/products/scarf.html", HTML, 12_800, "max-age=60"),
    ("/products/tent.html", HTML, 15_360, "max-age=60"),
    ("/products/lamp.html", HTML, 12_288, "max-age=60"),
    ("/img/products/boots.jpg", JPEG, 225_280, "max-age=86400"),
    ("/img/products/coat.jpg", JPEG, 249_856, "max-age=86400"),
    ("/img/products/hat.jpg", JPEG, 196_608, "max-age=86400"),
    ("/img/products/scarf.jpg", JPEG, 178_176, "max-age=86400"),
    ("/img/products/tent.jpg", JPEG, 368_640, "max-age=86400"),
    ("/img/products/lamp.jpg", JPEG, 159_744, "max-age=86400"),
    ("/img/products/boots-small.jpg", JPEG, 32_768, "max-age=86400"),
    ("/img/products/coat-small.jpg", JPEG, 34_816, "max-age=86400"),
    ("/img/products/hat-small.jpg", JPEG, 28_672, "max-age=86400"),
    ("/img/products/scarf-small.jpg", JPEG, 26_624, "max-age=86400"),
    ("/img/products/tent-small.jpg", JPEG, 39_936, "max-age=86400"),
    ("/img/products/lamp-small.jpg", JPEG, 24_576, "max-age=86400"),
    // Each row of the TTL table has an object, TTL-04 the one with Expires below.
    ("/feed.xml", "application/rss+xml", 40_960, "max-age=30"),
    ("/news.json", JSON, 9_216, "max-age=0"),
    ("/prices.json", JSON, 12_288, "max-age=60, s-maxage=600"),
    ("/stock.json", JSON, 8_192, "no-cache"),
    ("/account.html", HTML, 10_240, "private, max-age=600"),
    ("/checkout.html", HTML, 11_264, "no-store"),
    ("/terms.html", HTML, 20_480, "public"),
    ("/live.json", JSON, 2_048, "max-age=1, stale-while-revalidate=30"),
    // Rarely asked for.
    ("/about.html", HTML, 16_384, "max-age=3600"),
    ("/jobs.html", HTML, 19_456, "max-age=3600"),
    ("/press/index.html", HTML, 17_408, "max-age=3600"),
    ("/press/2019.html", HTML, 22_528, "max-age=3600"),
    ("/press/2021.html", HTML, 23_552, "max-age=3600"),
    ("/press/kit.zip", "application/zip", 1_887_436, "max-age=86400"),
    ("/docs/sizes.pdf", "application/pdf", 524_288, "max-age=86400"),
    ("/docs/returns.pdf", "application/pdf", 163_840, "max-age=86400"),
    ("/docs/catalogue.pdf", "application/pdf", 1_572_864, "max-age=86400"),
    ("/robots.txt", "text/plain", 512, "max-age=86400"),
    ("/sitemap.xml", "application/xml", 30_720, "max-age=3600"),
    // Large ones: the first fits a POP hardly, the second not at all.
    ("/video/clip.mp4", "video/mp4", 1_048_576, "max-age=86400"),
    ("/video/tour.mp4", "video/mp4", 6_291_456, "max-age=86400"),
];

/// Path and bytes of what the application makes anew for each request; it forbids to keep it.
#[rustfmt::skip]
const MADE: &[(&str, u64)] = &[
    ("/api/orders", 1_840), ("/api/cart", 620), ("/api/search", 3_420), ("/api/time", 64), ("/api/user", 310),
    ("/api/recommendations", 2_260),
];

/// The site. `/nowhere.html` and everything else that is not listed answers 404.
pub fn demo_site() -> Site {
    let object = |path: &str, content_type: &str, size_bytes, cache_control: &str, kind| Object {
        path: path.to_owned(),
        content_type: content_type.to_owned(),
        size_bytes,
        cache_control: (!cache_control.is_empty()).then(|| cache_control.to_owned()),
        expires_secs: None,
        cache_tag: tags_of(path),
        vary: None,
        kind,
        version: 1,
        modified_unix: PUBLISHED_UNIX,
    };
    let files =
        FILES.iter().map(|(path, kind, size, cc)| object(path, kind, *size, cc, Kind::File));
    let made = MADE.iter().map(|(path, size)| object(path, JSON, *size, "no-store", Kind::Made));
    let odd = [
        Object {
            expires_secs: Some(120), // TTL-04
            ..object("/offers.html", HTML, 13_824, "", Kind::File)
        },
        object("/home", HTML, 0, "max-age=3600", Kind::Redirect { to: "/index.html".to_owned() }),
        object("/api/broken", JSON, 48, "", Kind::Fails(Status(500))),
    ];
    Site::new(files.chain(made).chain(odd))
}

/// The catalogue's pages and pictures are tagged, so that all of a product can be invalidated at once (TAG-12).
fn tags_of(path: &str) -> Option<String> {
    let (folder, file) = path.rsplit_once('/')?;
    if !folder.ends_with("/products") {
        return None;
    }
    let product = file.split(['.', '-']).next().filter(|product| *product != "index");
    Some(match product {
        Some(product) => format!("catalogue, product:{product}"),
        None => "catalogue".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_site_has_about_sixty_objects_and_each_kind() {
        let site = demo_site();
        assert_eq!(site.len(), FILES.len() + MADE.len() + 3, "no path stands twice");
        assert!((55..=65).contains(&site.len()), "{}", site.len());
        assert!(site.iter().any(|object| object.size_bytes > 2_000_000));
    }

    #[test]
    fn a_product_s_page_and_pictures_share_a_tag() {
        let site = demo_site();
        let tags = |path: &str| site.get(path).unwrap().cache_tag.clone();
        for path in
            ["/products/tent.html", "/img/products/tent.jpg", "/img/products/tent-small.jpg"]
        {
            assert_eq!(tags(path).as_deref(), Some("catalogue, product:tent"));
        }
        assert_eq!(tags("/products/index.html").as_deref(), Some("catalogue"));
        assert!(tags("/index.html").is_none() && tags("/img/hero.jpg").is_none());
    }

    #[test]
    fn publishing_changes_the_version_and_the_validators() {
        let mut site = demo_site();
        let before = site.get("/app.js").unwrap().etag();
        assert_eq!(
            site.publish("/app.js", None, 1_767_225_600).map(|object| object.version),
            Ok(2)
        );
        assert_ne!(site.get("/app.js").unwrap().etag(), before);
        assert!(
            site.publish("/nowhere", None, 0).unwrap_err().to_string().contains("\"/nowhere\"")
        );
        assert!(
            site.publish("/api/cart", None, 0)
                .unwrap_err()
                .to_string()
                .contains("only a file has versions")
        );
    }

    #[test]
    fn an_object_that_is_read_stands_under_its_own_path() {
        let site = demo_site();
        let text = serde_json::to_string(&site).unwrap();
        assert_eq!(serde_json::from_str::<Site>(&text).unwrap(), site);
        let wrong = text.replacen("\"/about.html\":", "\"/other.html\":", 1);
        assert_ne!(wrong, text);
        assert_eq!(serde_json::from_str::<Site>(&wrong).unwrap(), site);
    }
}
