//! What a configuration names and nobody has given: it is listed with what stands in, and can be made or pasted.

use edgewalk::distribution::Draft;
use edgewalk::distribution::aws::Sort;
use edgewalk::json::Json;
use edgewalk::scene::console::{Item, MissingRow, Setting};

use crate::{S3_SITE, draft, findings, value};

const CACHE: &str = "a1b2c3d4-5678-90ab-cdef-111122223333";
const CONTROL: &str = "E327GJI25M56DG";
const FUNCTION: &str = "arn:aws:cloudfront::210987654321:function/acme-rewrite-index";
const ACL: &str = "arn:aws:wafv2:us-east-1:210987654321:global/webacl/acme-prod/473e64fd-f30b-4765-81a0-62ad96dd167a";

/// A bucket behind an access control, with an own policy, a function and a web ACL, all of them only named.
fn named() -> Draft {
    draft(&format!(
        r#"{{"CallerReference": "a", "Comment": "", "Enabled": true, "WebACLId": "{ACL}", "Origins": {{"Quantity": 1, "Items": [
        {{"Id": "o", "DomainName": "assets.s3.eu-west-1.amazonaws.com", "OriginAccessControlId": "{CONTROL}",
        "S3OriginConfig": {{"OriginAccessIdentity": ""}}}}]}},
        "DefaultCacheBehavior": {{"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "{CACHE}",
        "FunctionAssociations": {{"Quantity": 1, "Items": [{{"FunctionARN": "{FUNCTION}", "EventType": "viewer-request"}}]}}}}}}"#
    ))
}

fn missing(draft: &Draft) -> Vec<MissingRow> {
    MissingRow::all(&draft.check().unwrap(), draft)
}

#[test]
fn im_01_09_11_14_what_is_only_named_is_listed_with_what_stands_in() {
    let rows = missing(&named());
    let said = |sort: Sort| {
        let row = rows.iter().find(|row| row.sort == sort).unwrap_or_else(|| panic!("{rows:?}"));
        [&*row.id, &*row.name, &*row.says]
    };
    assert_eq!(rows.len(), 4);
    let [id, name, says] = said(Sort::WebAcl);
    assert_eq!([id, name], [ACL, "acme-prod"], "all of the ARN, however long");
    assert_eq!(says, "the web ACL acme-prod is not given; every request passes it (IM-14)");
    assert_eq!(said(Sort::EdgeFunction)[..2], [FUNCTION, "acme-rewrite-index"]);
    assert!(said(Sort::EdgeFunction)[2].ends_with("passes everything on stands in (IM-11)"));
    assert!(said(Sort::Cache)[2].ends_with("CachingOptimized stands in (IM-01)"));
    assert!(said(Sort::AccessControl)[2].ends_with("always signs stands in (IM-09)"));
    assert!(missing(&draft(S3_SITE)).iter().all(|row| row.sort != Sort::Cache), "managed");
}

#[test]
fn what_is_only_named_can_be_made_and_is_missing_no_longer() {
    let mut draft = named();
    let mut left = missing(&draft);
    while let Some(MissingRow { sort, id, .. }) = left.first().cloned() {
        let item = Item::new_called(&mut draft, sort, &id).unwrap();
        assert_eq!(Item::new_called(&mut draft, sort, &id), Ok(item), "once");
        assert_eq!(findings(&draft), [], "{sort:?} begins with values that work");
        let now = missing(&draft);
        assert_eq!(now.len(), left.len() - 1, "{sort:?}");
        left = now;
    }
    assert_eq!(draft.documents().len(), 4);
}

#[test]
fn im_11_what_describes_a_function_names_it_and_leaves_open_what_it_does() {
    let text = format!(
        r#"{{"ETag": "E1", "FunctionSummary": {{"Name": "acme-rewrite-index", "Status": "DEPLOYED", "FunctionConfig": {{"Comment": "",
        "Runtime": "cloudfront-js-2.0"}}, "FunctionMetadata": {{"FunctionARN": "{FUNCTION}", "Stage": "LIVE"}}}}}}"#
    );
    let mut draft = named();
    let given = Item::given(&mut draft, &Json::parse(&text).unwrap()).unwrap().unwrap();
    assert_eq!(given, Item::Beside(Sort::EdgeFunction, 0));
    assert_eq!(value(&draft, given, Setting::Does), "SinglePage");
    assert!(missing(&draft).iter().all(|row| row.sort != Sort::EdgeFunction));
    assert_eq!(findings(&draft), []);
}
