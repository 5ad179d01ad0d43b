//! What hostile texts are made of: a row for each check.

/// Lies between the choices.
const BAR: char = '¦';

/// The choices for one start, some words, the one thing between them, and one end. A text of a grammar's own tokens comes
/// much closer to the branches of its parser than chance does.
pub fn choices(check: &str) -> [Vec<&'static str>; 4] {
    let row = GRAMMARS.iter().find(|(name, _)| *name == check);
    row.unwrap_or_else(|| panic!("{check} has no grammar")).1.map(|all| all.split(BAR).collect())
}

#[rustfmt::skip]
const GRAMMARS: &[(&str, [&str; 4])] = &[
    ("target", [
        "¦/¦/a?¦{\"path\":\"¦{\"query\":\"a\",\"path\":\"/",
        "/¦?¦#¦*¦%41¦a¦..¦&¦=¦ ¦\u{e4}¦\",\"query\":\"¦\\n",
        "",
        "¦¦?¦\"}¦\",\"query\":null}",
    ]),
    ("fields", [
        "¦¦\r\n¦[{\"name\":\"A¦[{\"name\":\"A\",\"value\":\"",
        "A: 1¦a:2¦B:¦b: \t¦c : 1¦:¦\r¦\t¦ ¦\u{e4}¦\u{7f}¦x\u{1}y¦\",\"value\":\"¦\\r",
        "\r\n¦\n¦¦\"},{\"name\":\"b\",\"value\":\"",
        "¦\r\n¦\"}]",
    ]),
    ("cache_control", [
        "",
        "max-age=60¦S-MaxAge=90¦max-age=-1¦max-age¦stale-while-revalidate=5¦stale-if-error = 0¦\
        max-age=99999999999999999999¦s-maxage=\"7\"¦max-age=1.5¦no-cache¦no-store¦private¦No-Cache=\"A, b\"¦private=¦\
        must-revalidate¦=¦\"¦\\¦\"\\\"¦ ¦max-age=4,¦x=\"max-age=1\"",
        ",¦, ¦\t,¦",
        "¦,¦\"",
    ]),
    ("http_date", [
        "¦Thu, ¦Thursday, ¦Thu ",
        "01¦1¦ 1¦31¦Jan¦Feb¦2026¦26¦0000¦1969¦9999¦00:00:00¦23:59:60¦24:00:00¦GMT",
        " ¦-¦",
        "¦ GMT¦ 01 Jan 2026 00:00:00 GMT¦-Jan-70 00:00:00 GMT¦ 29 Feb 2000 12:59:59 GMT",
    ]),
    ("range", [
        "bytes=¦bytes=¦bytes=¦BYTES=¦bytes¦items=¦",
        "0-0¦0-4¦1-1¦5-9¦3-¦7-20¦10-¦40-63¦39-¦64-¦-3¦-1¦-0¦-60¦00-07¦9-5¦0¦-¦¦\
        18446744073709551615-18446744073709551616¦0-18446744073709551615¦-18446744073709551616¦ 2-2 ¦+1-2",
        ",¦,¦, ¦,,¦",
        "",
    ]),
    ("content_range", [
        "bytes ¦bytes ¦bytes¦items ¦",
        "0-9¦5-5¦9-0¦5-4¦*¦0-18446744073709551615¦0-18446744073709551614¦-1¦0-¦10¦9¦00¦18446744073709551615¦\
        18446744073709551616¦ ",
        "/¦/¦-¦",
        "¦¦/*¦/10",
    ]),
    ("intervals", [
        "",
        "\0¦\u{1}¦\u{5}¦a¦d¦\u{7f}",
        "",
        "",
    ]),
    ("entity_tags", [
        "\"¦\"¦W/\"¦w/\"¦¦*",
        "a¦,¦, ¦\\¦*¦\"¦W/¦\u{e4}¦\u{7f}¦ ¦\0¦\"\0\"a\"\0¦\"a\"¦Thu, 01 Jan 2026 00:00:00 GMT\0",
        "",
        "\"¦\"¦¦\"\0¦\"\0Thu, 01 Jan 2026 00:00:00 GMT\0Thu, 01 Jan 2026 00:00:00 GMT",
    ]),
    ("accept_encoding", [
        "",
        "gzip¦br¦x-gzip¦GZIP¦identity¦*¦deflate¦gzip;q=0¦br;q=0¦*;q=0¦br;Q=0.5¦gzip;q=1¦gzip;q=0.0000¦br; q = 1.5¦q=0¦\
        gzip;a;q=0.001¦identity;q=0",
        ",¦, ¦;¦",
        "",
    ]),
    ("cookies", [
        "\0¦a,b\0¦\0\0¦",
        "a=1¦b=2¦a=3¦A=4¦c=¦=5¦$V=1¦b¦\t a = 6¦\u{a0}b=7¦d=\"8\"¦\0¦e=f=g¦\u{e4}=9",
        ";¦; ¦;;¦",
        "",
    ]),
    ("query", [
        "\0¦a,b\0¦¦a\0?",
        "a=1¦b¦A=3¦c=¦=5¦b;a=6¦%61=1¦a=1=2¦\0",
        "&¦&&¦;¦",
        "¦&",
    ]),
    ("path_pattern", [
        "¦/¦*¦/a*\0/¦*b\0/a",
        "a¦b¦ab¦/¦?¦\0¦*¦a*b¦aab¦*.jpg¦.jpg¦**¦\u{e4}",
        "",
        "",
    ]),
    ("invalidation", [
        "/¦/¦¦\"/¦\"",
        "a¦/¦*¦?¦~¦%7e¦%7E¦%¦7e¦\u{e4}¦\\u007e¦ ",
        "",
        "¦*¦\"¦*\"",
    ]),
    ("batch", [
        "¦/¦#¦{\"items\":[\"/¦{\"caller_reference\":\"r\",\"items\":[\"#",
        "a¦/¦*¦#¦\0¦\0/¦\0#¦~¦%7E¦,¦ ¦\u{e4}¦A¦\",\"/¦\",\"#",
        "",
        "¦*¦\"]}",
    ]),
    ("tags", [
        "",
        "a¦B¦b¦,¦, ¦\t¦#¦*¦ ¦\u{e4}¦product:1¦a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z",
        ",¦¦,,",
        "",
    ]),
    ("distribution", [
        "{\"DistributionConfig\":{¦{\"Origins\":¦{¦[",
        "\"Items\":[]¦\"Quantity\":1¦\"Id\":\"a\"¦\"DomainName\":\"a.example\"¦\"DefaultCacheBehavior\":{}¦\"Enabled\":true¦null¦-1¦1e9¦{}",
        ",¦:",
        "}¦}}¦]",
    ]),
    ("policy", [
        "{\"CachePolicyConfig\":{¦{\"OriginRequestPolicyConfig\":{¦{\"ResponseHeadersPolicyConfig\":{¦{\"CachePolicy\":{",
        "\"Name\":\"a\"¦\"MinTTL\":1¦\"MaxTTL\":1¦\"DefaultTTL\":1¦\"Comment\":\"\"¦\"CookiesConfig\":{\"CookieBehavior\":\"all\"}¦\
        \"QueryStringsConfig\":{\"QueryStringBehavior\":\"none\"}¦\"HeadersConfig\":{\"HeaderBehavior\":\"none\"}",
        ",",
        "}}¦}",
    ]),
    ("curl_text", [
        "curl http://a/¦curl 'http://a/?b' ¦curl \"http://a\" ¦$ curl ¦curl ",
        "-H 'A: 1'¦-H \"Cookie: a=1\"¦-H 'B;'¦-H 'C:'¦-X POST¦-X¦-d a=1¦--data-raw '\u{e4}'¦-b b=2¦-I¦-G¦--json '{}'¦\
        --globoff¦http://b/[1-3]¦-u a:b¦--compressed¦$'\\u00e4\\''¦'¦\"¦\\¦^¦\n¦%¦!¦@¦--¦-¦;¦|",
        " ¦ ¦ \\\n¦ ^\n¦",
        "",
    ]),
    ("link", [
        "¦#¦do=¦walk=post&do=¦walk=second-visit&keep=1&do=¦v=1&step=2.1&do=GET:paris:/a,¦seed=7&do=¦\
        v=2&own=?~DistributionConfig~=?~CallerReference~=~a~_~Comment~=~~_~Enabled~=true_~Origins~=?~Quantity~=1_~Items~=%5B\
        ?~Id~=~o~_~DomainName~=~www.example.com~_~CustomOriginConfig~=?~HTTPPort~=80_~HTTPSPort~=443_\
        ~OriginProtocolPolicy~=~https-only~@@%5D@_~DefaultCacheBehavior~=?~TargetOriginId~=~o~_\
        ~ViewerProtocolPolicy~=~allow-all~_~CachePolicyId~=~658327ea-f89d-4fab-a63d-7e88639e58f6~@@@&objects=",
        "GET:paris:/a¦POST:lagos:/api/cart:content=5¦Cookie%3A%20a=1¦bare¦http/1.1¦and¦together¦wait:60¦wait:0¦\
        invalidate:/img/%2A:%23sale¦invalidate-as:r:/a¦method:PUT¦start-empty:on¦dynamic:off:/api/%2A¦same-region:on:paris¦\
        origin-region:eu-west-1¦health:shop-media:failing:503¦pop-capacity:9¦publish:/index.html¦%¦%e4¦=¦-1¦\
        18446744073709551616¦/a¦/b:image/png¦/c::12¦own=?@¦objects=/d",
        ",¦,¦:¦&¦",
        "¦¦&step=3¦&step=x¦&view=about¦&walk=post¦&zzz=1¦&v=3",
    ]),
    ("walk_file", [
        "{\"edgewalk\":1,\"actions\":[¦{\"edgewalk\":1,\"title\":\"a\",\"step\":\"2.1\",\"actions\":[¦{\"edgewalk\":3,\"actions\":[¦[¦\
        {\"edgewalk\":2,\"configuration\":{\"DistributionConfig\":{\"CallerReference\":\"a\",\"Comment\":\"\",\"Enabled\":true,\
        \"Origins\":{\"Quantity\":1,\"Items\":[{\"Id\":\"o\",\"DomainName\":\"www.example.com\",\"CustomOriginConfig\":\
        {\"HTTPPort\":80,\"HTTPSPort\":443,\"OriginProtocolPolicy\":\"https-only\"}}]},\"DefaultCacheBehavior\":\
        {\"TargetOriginId\":\"o\",\"ViewerProtocolPolicy\":\"allow-all\",\
        \"CachePolicyId\":\"658327ea-f89d-4fab-a63d-7e88639e58f6\"}}},\"objects\":[\"/a\",[\"/b\",\"\",\"7\"]],\"actions\":[",
        "[\"GET\",\"paris\",\"/a\"]¦[\"wait\",\"60\"]¦[\"wait\",\"0\"]¦[\"GET\",\"atlantis\",\"/\"]¦[]¦{}¦7¦null¦\
        {\"do\":[\"invalidate\",\"/img/*\"],\"say\":{\"invalidate\":\"\\u0000<b>\"}}¦{\"do\":[\"publish\",\"/a\"],\"say\":{\"x\":\"y\"}}¦\
        [\"together\",\"GET\",\"paris\",\"/a\",\"and\",\"HEAD\",\"lagos\",\"/b\",\"bare\",\"X: \u{e4}\"]",
        ",¦,¦",
        "]}¦]}¦],\"seed\":\"5\"}¦],\"scenario\":\"shop.1\"}¦],\"title\":1}¦¦],\"objects\":[[\"/c\",\"text/css\"],\"/?\"]}¦],\"configuration\":{}}",
    ]),
    ("access_log", [
        "#Fields: date time sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type\n¦\
        #Version: 1.0\n#Fields: x date time c-port sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type time-taken\n¦¦\
        #Fields: date time sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type cs(Referer)\n2026-03-14\t09:00:02\t1\tGET\t/\t200\tHit\t",
        "2026-03-14\t09:00:02\t1\tGET\t/a\t200\tHit¦-\t2026-03-14\t09:00:02\t1\t1\tGET\t/a\t000\tX\t0.1¦2026-02-29¦24:00:00¦\
        -¦\u{feff}#¦#Fields:¦#Version: 2¦\r¦\0¦%¦\u{e4}¦99999999999999999999¦0.5¦GET¦200",
        "\n¦\t¦\r\n¦\n\n",
        "¦\n¦\r¦#",
    ]),
];
