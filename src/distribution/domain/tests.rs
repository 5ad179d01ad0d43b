#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn dp_02_to_26_the_examples_of_the_table() {
    use OriginKind as Kind;
    let table = [
        ("DP-02", "docs.s3-website-us-west-2.amazonaws.com", Kind::S3Website, "us-west-2"),
        ("DP-03", "docs.s3-website.eu-central-1.amazonaws.com", Kind::S3Website, "eu-central-1"),
        ("DP-06", "my-olap-xyz--ol-s3.s3.us-east-1.amazonaws.com", Kind::S3Bucket, "us-east-1"),
        ("DP-07", "my-ap-metadata-s3alias.s3.us-west-2.amazonaws.com", Kind::S3Bucket, "us-west-2"),
        ("DP-08", "docs.s3.us-west-2.amazonaws.com", Kind::S3Bucket, "us-west-2"),
        ("DP-08", "a.b.c.s3.us-gov-west-1.amazonaws.com", Kind::S3Bucket, "us-gov-west-1"),
        ("DP-08", "docs.s3.dualstack.eu-west-1.amazonaws.com", Kind::S3Bucket, "eu-west-1"),
        ("DP-08", "docs.s3-fips.us-east-2.amazonaws.com", Kind::S3Bucket, "us-east-2"),
        ("DP-08", "docs.s3-fips.dualstack.us-east-2.amazonaws.com", Kind::S3Bucket, "us-east-2"),
        ("DP-08", "docs.s3.cn-north-1.amazonaws.com.cn", Kind::S3Bucket, "cn-north-1"),
        ("DP-09", "docs.s3-us-west-2.amazonaws.com", Kind::S3Bucket, "us-west-2"),
        ("DP-09", "docs.s3-fips-us-west-2.amazonaws.com", Kind::S3Bucket, "us-west-2"),
        ("DP-10", "legacy-assets.s3.amazonaws.com", Kind::S3Bucket, ""),
        ("DP-10", "legacy-assets.s3-external-1.amazonaws.com", Kind::S3Bucket, "us-east-1"),
        ("DP-26", "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com", Kind::S3Bucket, ""),
        (
            "DP-11",
            "examplemediastore.data.mediastore.us-west-1.amazonaws.com",
            Kind::MediaStore,
            "us-west-1",
        ),
        (
            "DP-12",
            "abcde.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com",
            Kind::MediaPackageV2,
            "us-west-2",
        ),
        (
            "DP-13",
            "c5632a8f90d14b6e.egress.mediapackage-vod.eu-west-1.amazonaws.com",
            Kind::MediaPackageVod,
            "eu-west-1",
        ),
        (
            "DP-14",
            "3ae97e9482b0d011.mediapackage.us-west-2.amazonaws.com",
            Kind::MediaPackage,
            "us-west-2",
        ),
        (
            "DP-15",
            "0123456789abcdef.mediatailor.us-west-2.amazonaws.com",
            Kind::MediaTailor,
            "us-west-2",
        ),
        ("DP-16", "ec2-203-0-113-25.compute-1.amazonaws.com", Kind::Ec2, "us-east-1"),
        ("DP-17", "ec2-203-0-113-25.us-west-2.compute.amazonaws.com", Kind::Ec2, "us-west-2"),
        ("DP-18", "ip-10-0-1-25.eu-west-1.compute.internal", Kind::VpcOrigin, "eu-west-1"),
        ("DP-18", "ip-10-0-1-25.ec2.internal", Kind::VpcOrigin, "us-east-1"),
        ("DP-18", "i-0123456789abcdef0.eu-west-1.compute.internal", Kind::VpcOrigin, "eu-west-1"),
        (
            "DP-19",
            "internal-app-123456789.eu-west-1.elb.amazonaws.com",
            Kind::VpcOrigin,
            "eu-west-1",
        ),
        (
            "DP-19",
            "dualstack.internal-app-123456789.eu-west-1.elb.amazonaws.com",
            Kind::VpcOrigin,
            "eu-west-1",
        ),
        (
            "DP-20",
            "example-load-balancer-1234567890.us-west-2.elb.amazonaws.com",
            Kind::LoadBalancer,
            "us-west-2",
        ),
        (
            "DP-20",
            "ipv6.example-1234567890.us-west-2.elb.amazonaws.com",
            Kind::LoadBalancer,
            "us-west-2",
        ),
        (
            "DP-21",
            "apiproxy-5c4574073964ceac.elb.us-east-1.amazonaws.com",
            Kind::LoadBalancer,
            "us-east-1",
        ),
        ("DP-22", "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", Kind::ApiGateway, "eu-west-1"),
        (
            "DP-23",
            "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws",
            Kind::LambdaUrl,
            "us-east-1",
        ),
        ("DP-24", "d111111abcdef8.cloudfront.net", Kind::CloudFront, ""),
        ("DP-25", "www.example.com", Kind::WebServer, ""),
        // Below the table: the long host of an access point is no documented form.
        ("DP-25", "ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "docs.s3.us-west-2.amazonaws.eu", Kind::WebServer, ""),
        // The shape of a Region: two to four letters, one or two words, up to two digits.
        ("DP-22", "a.execute-api.abcd-e-12.amazonaws.com", Kind::ApiGateway, "abcd-e-12"),
        ("DP-25", "a.execute-api.abcde-f-1.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "a.execute-api.a-east-1.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "a.execute-api.us-1.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "a.execute-api.us-a-b-c-1.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "a.execute-api.us-east-123.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "www.a.b.com", Kind::WebServer, ""),
        // Two rows are of the global partition only.
        ("DP-25", "ec2-203-0-113-25.compute-1.amazonaws.com.cn", Kind::WebServer, ""),
        ("DP-25", "ec2-203-0-113.us-west-2.compute.amazonaws.com", Kind::WebServer, ""),
        ("DP-25", "apiproxy-5c4574073964cea.elb.us-east-1.amazonaws.com", Kind::WebServer, ""),
    ];
    for (row, name, kind, region) in table {
        let region = (!region.is_empty()).then(|| region.to_owned());
        assert_eq!(classify(name), Ok(Classified { kind, region, row }), "{row} {name}");
    }
    let shouted = classify("DOCS.S3.US-WEST-2.AMAZONAWS.COM.").unwrap();
    assert_eq!((shouted.row, shouted.region.as_deref()), ("DP-08", Some("us-west-2")));
}

#[test]
fn dp_01_04_05_25_or_01_what_is_refused() {
    let table = [
        ("DP-01", "203.0.113.25"),
        ("DP-01", "2001:db8::25"),
        ("DP-01", "[2001:db8::25]"),
        ("DP-04", "docs.s3-accelerate.amazonaws.com"),
        ("DP-04", "docs.s3-accelerate.dualstack.amazonaws.com"),
        ("DP-05", "s3.us-west-2.amazonaws.com"),
        ("DP-05", "s3.amazonaws.com"),
        ("DP-05", "s3-external-1.amazonaws.com"),
        ("DP-05", "s3-us-west-2.amazonaws.com"),
        ("DP-05", "s3.dualstack.us-west-2.amazonaws.com"),
        ("DP-05", "s3-dualstack.us-west-2.amazonaws.com"),
        ("DP-05", "s3-fips.amazonaws.com"),
        ("DP-05", "s3-fips.us-west-2.amazonaws.com"),
        ("DP-05", "s3-fips-us-west-2.amazonaws.com"),
        ("DP-05", "s3-fips.dualstack.us-west-2.amazonaws.com"),
        ("DP-05", "s3-fips-dualstack.us-west-2.amazonaws.com"),
        ("DP-05", "s3-website.amazonaws.com"),
        ("DP-05", "s3-website.eu-central-1.amazonaws.com"),
        ("DP-05", "s3-website-eu-central-1.amazonaws.com"),
        ("DP-05", "s3-website.dualstack.us-west-2.amazonaws.com"),
        ("DP-05", "s3-website-dualstack.us-west-2.amazonaws.com"),
        ("DP-25", "localhost"),
        ("DP-25", "www.example.com:8080"),
        ("DP-25", "-www.example.com"),
        ("DP-25", "www..example.com"),
        ("DP-25", "www.example.1"),
        ("DP-25", "b\u{fc}cher.example"),
        ("DP-25", ""),
        ("DP-25", "."),
        ("OR-01", "https://www.example.com"),
        ("OR-01", "www.example.com/path"),
        // The bucket's part is looked at by itself.
        ("OR-01", "a_b.s3.us-west-2.amazonaws.com"),
        ("OR-01", "ab.s3.us-west-2.amazonaws.com"),
        ("OR-01", "-docs.s3.us-west-2.amazonaws.com"),
        ("OR-01", "do..cs.s3.us-west-2.amazonaws.com"),
    ];
    for (row, name) in table {
        assert_eq!(classify(name).map_err(|error| error.why.row()), Err(row), "{row} {name}");
    }
    let long = format!("{}.example.com", "a".repeat(64));
    assert!(classify(&long).is_err() && classify(&long[1..]).is_ok());
    // DP-25: 253 signs of at most 63 in a label.
    let label = format!("{}.", "a".repeat(62));
    let longest = format!("{}{}.com", label.repeat(3), "a".repeat(60));
    assert_eq!((longest.len(), classify(&longest).map(|it| it.row).ok()), (253, Some("DP-25")));
    assert!(classify(&format!("a{longest}")).is_err(), "DP-25: 254 are too many");
}
