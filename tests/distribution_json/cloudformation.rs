//! CloudFormation's form, both ways (MX-01 to MX-22).

use edgewalk::distribution::aws::{ErrorCode, listed};
use edgewalk::distribution::{AwsError, Configuration, Form};
use edgewalk::json::Json;
use serde_json::{Value, json};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, config, found, managed};

fn template(example: &str) -> Value {
    let read = Configuration::open(example, &managed()).unwrap();
    serde_json::from_str(&read.write(Form::CloudFormation).write()).unwrap()
}

const CONFIG: &str = "/Resources/Distribution/Properties/DistributionConfig";

fn open(template: &Value) -> Configuration {
    Configuration::open(&template.to_string(), &managed()).unwrap_or_else(|e| panic!("{e:#?}"))
}

#[test]
fn mx_01_to_20_the_examples_go_there_and_back() {
    for example in [S3_SITE, API_AND_MEDIA, LEGACY] {
        let back = open(&template(example));
        let back: Value = serde_json::from_str(&back.write(Form::Bare).write()).unwrap();
        let mut expected = config(example);
        // All that CloudFormation has no word for: MX-02, and the echoes that DS-12 says to ignore.
        expected["CallerReference"] = json!("edgewalk");
        let certificate = expected["ViewerCertificate"].as_object_mut().unwrap();
        for echo in ["Certificate", "CertificateSource"] {
            certificate.remove(echo);
        }
        // MX-14: which certificate it is not, it does not say.
        certificate.retain(|name, value| name != "CloudFrontDefaultCertificate" || value == true);
        assert_eq!(back, expected);
    }
}

#[test]
fn mx_01_to_18_each_member_has_its_own_form() {
    let all = template(API_AND_MEDIA);
    let of = |pointer: &str| all.pointer(&format!("{CONFIG}{pointer}")).cloned();
    assert_eq!(of("/CallerReference"), None, "MX-02");
    assert_eq!(of("/Aliases"), Some(json!(["www.example.com", "media.example.com"])), "MX-04");
    let parts = ["Id", "DomainName", "OriginPath"].map(|name| of(&format!("/Origins/3/{name}")));
    let expected = ["Id", "DomainName", "OriginPath"]
        .map(|name| config(API_AND_MEDIA).pointer(&format!("/Origins/Items/3/{name}")).cloned());
    assert!(parts.iter().all(Option::is_some), "{parts:?}");
    assert_eq!(parts, expected, "MX-06: the same words, unnested");
    assert_eq!(
        of("/Origins/0/OriginCustomHeaders/0/HeaderName"),
        Some(json!("X-Origin-Verify")),
        "MX-05"
    );
    assert_eq!(
        of("/Origins/0/CustomOriginConfig/OriginSSLProtocols"),
        Some(json!(["TLSv1.2"])),
        "MX-07"
    );
    assert_eq!(of("/OriginGroups/Quantity"), Some(json!(1)), "MX-08");
    assert_eq!(
        of("/OriginGroups/Items/0/FailoverCriteria/StatusCodes/Quantity"),
        Some(json!(6)),
        "MX-01"
    );
    assert_eq!(
        of("/CacheBehaviors/3/AllowedMethods"),
        Some(json!(["HEAD", "GET", "OPTIONS"])),
        "MX-09"
    );
    assert_eq!(of("/CacheBehaviors/4/CachedMethods"), Some(json!(["HEAD", "GET"])), "MX-09");
    assert_eq!(of("/CacheBehaviors/2/PathPattern"), Some(json!("/live/*")), "MX-10");
    let groups = json!(["a1b2c3d4-5678-90ab-cdef-EXAMPLE22222"]);
    assert_eq!(of("/CacheBehaviors/1/TrustedKeyGroups"), Some(groups), "MX-11");
    assert_eq!(of("/CacheBehaviors/1/TrustedSigners"), Some(json!([])), "MX-11");
    assert_eq!(
        of("/CacheBehaviors/2/FunctionAssociations/0/EventType"),
        Some(json!("viewer-request")),
        "MX-12"
    );
    assert_eq!(of("/CustomErrorResponses/1/ResponseCode"), Some(json!(503)), "MX-13");
    assert_eq!(of("/CustomErrorResponses/4/ResponseCode"), None, "MX-13");
    assert!(of("/ViewerCertificate/AcmCertificateArn").is_some(), "MX-14");
    assert_eq!(of("/ViewerCertificate/SslSupportMethod"), Some(json!("sni-only")), "MX-14");
    assert_eq!(of("/IPV6Enabled"), Some(json!(true)), "MX-15");
    assert_eq!(of("/Logging/Enabled"), None, "MX-16");
    assert!(of("/Logging/Bucket").is_some() && of("/WebACLId").is_some(), "MX-16, MX-18");
    let legacy = template(LEGACY);
    let of = |pointer: &str| legacy.pointer(&format!("{CONFIG}{pointer}")).cloned();
    assert_eq!(of("/Restrictions/GeoRestriction/Locations"), Some(json!(["AQ", "BV"])), "MX-17");
    let cookies = "/DefaultCacheBehavior/ForwardedValues/Cookies/WhitelistedNames";
    assert_eq!(of(cookies), Some(json!(["session_id", "userid_*"])), "MX-19");
}

#[test]
fn mx_03_13_16_20_or_17_what_cloudformation_fills_in_is_said() {
    let small = json!({"Resources": {
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Cdn": {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": {
            "Enabled": "true",
            "CNAMEs": [],
            "Origins": [{"Id": "o", "DomainName": "www.example.com",
                "CustomOriginConfig": {"OriginProtocolPolicy": "http-only", "OriginReadTimeout": "45"}}],
            "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all",
                "CachedMethods": ["GET", "HEAD"],
                "ForwardedValues": {"QueryString": "false"}},
            "CustomErrorResponses": [{"ErrorCode": 404}],
        }}},
    }});
    let read = open(&small);
    let at = |path: &str| read.document().at(&path.parse().unwrap()).cloned();
    assert_eq!(at("HttpVersion"), Some(Json::text("http1.1")), "MX-20");
    assert_eq!(at("Comment"), Some(Json::text("")), "MX-03");
    assert_eq!(at("Aliases.Quantity"), Some(Json::Whole(0)), "MX-04");
    assert_eq!(at("Logging.Enabled"), Some(Json::Flag(false)), "MX-16");
    assert_eq!(read.distribution().error_responses[0].min_ttl_secs, 300, "MX-13");
    assert_eq!(
        at("Origins.Items[0].CustomOriginConfig.OriginSslProtocols.Quantity"),
        Some(Json::Whole(2)),
        "OR-17"
    );
    assert_eq!(read.distribution().origins[0].limits.response_secs, 45);
    assert_eq!(
        at("DefaultCacheBehavior.AllowedMethods.CachedMethods.Quantity"),
        Some(Json::Whole(2)),
        "MX-09"
    );
    // The same without the template round it.
    let properties = small.pointer("/Resources/Cdn/Properties").unwrap();
    let resource = small.pointer("/Resources/Cdn").unwrap();
    for smaller in [properties, resource, properties.pointer("/DistributionConfig").unwrap()] {
        assert_eq!(open(smaller), read);
    }
}

#[test]
fn of_a_template_with_several_distributions_one_is_chosen() {
    let one = template(S3_SITE).pointer("/Resources/Distribution").unwrap().clone();
    let other = template(LEGACY).pointer("/Resources/Distribution").unwrap().clone();
    let both = json!({"Resources": {"A": one, "B": other}}).to_string();
    let ids: Vec<_> = listed(&Json::parse(&both).unwrap()).into_iter().map(|one| one.id).collect();
    assert_eq!(ids, ["A", "B"]);
    let first = Configuration::open(&both, &managed()).unwrap();
    assert_eq!(first.kept()[0], "Resources.B");
    let second = Configuration::open_one(&both, 1, &managed()).unwrap();
    assert_eq!(second.distribution().origins.len(), 3);
}

#[test]
fn what_only_a_stack_knows_is_refused_by_its_place() {
    let mut all = template(S3_SITE);
    *all.pointer_mut(&format!("{CONFIG}/Origins/0/DomainName")).unwrap() =
        json!({"Fn::GetAtt": ["Bucket", "RegionalDomainName"]});
    *all.pointer_mut(&format!("{CONFIG}/Aliases")).unwrap() = json!([{"Ref": "Domain"}]);
    let errors = Configuration::open(&all.to_string(), &managed()).unwrap_err();
    let within = "Resources.Distribution.Properties.DistributionConfig";
    // A Value sorts its members.
    let expected = [format!("{within}.Aliases[0]"), format!("{within}.Origins[0].DomainName")];
    let expected: Vec<_> =
        expected.iter().map(|path| (&**path, ErrorCode::InvalidArgument, "MX-01")).collect();
    assert_eq!(found(&errors), expected);
    assert!(errors[0].to_string().contains("put the value itself here"), "{}", errors[0]);
    let old = json!({"S3Origin": {"DNSName": "x.s3.amazonaws.com"}, "DefaultCacheBehavior": {}, "Enabled": true});
    let errors = Configuration::open(&old.to_string(), &managed()).unwrap_err();
    assert_eq!(found(&errors), [("S3Origin", ErrorCode::InvalidArgument, "MX-22")]);
    let none = json!({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}});
    let errors = Configuration::open(&none.to_string(), &managed()).unwrap_err();
    assert_eq!(found(&errors), [("Resources", ErrorCode::InvalidArgument, "WR-06")]);
}

#[test]
fn mx_01_to_17_what_is_wrong_in_a_template_is_told_at_its_place_in_the_file() {
    let within = "Resources.Distribution.Properties.DistributionConfig";
    let table = [
        ("/Origins/0/DomainName", json!("a b"), "Origins[0].DomainName"),
        (
            "/Origins/0/CustomOriginConfig/OriginSSLProtocols",
            json!(["TLSv9"]),
            "Origins[0].CustomOriginConfig.OriginSSLProtocols[0]",
        ),
        (
            "/Origins/0/OriginCustomHeaders/0/HeaderName",
            json!("a b"),
            "Origins[0].OriginCustomHeaders[0].HeaderName",
        ),
        ("/Aliases", json!(["a b"]), "Aliases[0]"),
        ("/CacheBehaviors/3/PathPattern", json!("a b"), "CacheBehaviors[3].PathPattern"),
        ("/CacheBehaviors/4/CachedMethods", json!(["PUT"]), "CacheBehaviors[4].CachedMethods"),
        (
            "/OriginGroups/Items/0/Members/Items/0/OriginId",
            json!("none"),
            "OriginGroups.Items[0].Members.Items[0].OriginId",
        ),
        (
            "/ViewerCertificate/SslSupportMethod",
            json!("none"),
            "ViewerCertificate.SslSupportMethod",
        ),
        (
            "/Restrictions",
            json!({"GeoRestriction": {"RestrictionType": "whitelist", "Locations": ["XX"]}}),
            "Restrictions.GeoRestriction.Locations[0]",
        ),
    ];
    for (pointer, wrong, place) in table {
        let mut all = template(API_AND_MEDIA);
        *all.pointer_mut(&format!("{CONFIG}{pointer}")).unwrap() = wrong;
        let paths = |value: &Value| {
            let errors = Configuration::open(&value.to_string(), &managed()).unwrap_err();
            errors
                .iter()
                .map(|error| error.path().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        let told = paths(&all);
        assert!(told.contains(&format!("{within}.{place}")), "{pointer}: {told:?}");
        // The resource alone, and what stands in it.
        let resource = all.pointer("/Resources/Distribution").unwrap();
        assert!(paths(resource).contains(&format!("Properties.DistributionConfig.{place}")));
        let bare = all.pointer(CONFIG).unwrap();
        assert!(paths(bare).contains(&place.to_owned()), "{:?}", paths(bare));
    }
    let mut old = template(API_AND_MEDIA);
    old.pointer_mut(CONFIG).unwrap()["S3Origin"] = json!({"DNSName": "x.s3.amazonaws.com"});
    let errors = Configuration::open(&old.to_string(), &managed()).unwrap_err();
    assert_eq!(errors[0].path(), Some(&*format!("{within}.S3Origin")), "MX-22");
}

#[test]
fn wr_06_a_template_in_yaml_is_told_from_broken_json() {
    let wrong = |text: &str| Configuration::open(text, &managed()).unwrap_err().remove(0);
    for yaml in [
        "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  D:\n    Type: AWS::CloudFront::Distribution",
        "# our site\n\nResources:\n  D: {}",
        "---\nOrigins: []",
        "Description: a \"site\"",
    ] {
        assert_eq!(wrong(yaml), AwsError::Yaml, "{yaml}");
    }
    assert!(AwsError::Yaml.to_string().contains("cfn-flip"));
    for (broken, is_read) in
        [("{\"Origins\": [", true), ("Bread", true), ("a b: c", true), ("", false)]
    {
        let error = wrong(broken);
        assert_eq!(matches!(error, AwsError::NotJson { .. }), is_read, "{broken}: {error}");
    }
}
