//! What the words of the result types mean, for whoever reads a line (security-logs-edge.md sections 1.4 and 1.5).

/// A word, its row, and what it means: one a line.
const MEANINGS: &str = "\
Hit|LOG-R1|A cache had the answer: that of the edge location or a regional one.
RefreshHit|LOG-R2|A cache had it, but its lifetime was over; the origin was asked whether it is still good.
Miss|LOG-R3|No cache had it, so the origin sent it.
LimitExceeded|LOG-R4|It was refused because a quota of CloudFront was used up.
CapacityExceeded|LOG-R5|The edge location was too busy and answered 503.
Error|LOG-R6|The answer is an error, mostly of the client (4xx) or the server (5xx); or it broke off: the viewer left during it (LOG-29), or the origin did.
Redirect|LOG-R7|CloudFront sent the viewer from HTTP to HTTPS.
LambdaExecutionError|LOG-R8|A Lambda@Edge function did not come to its end.
FunctionGeneratedResponse|LOG-R9|A CloudFront function answered by itself.
FunctionExecutionError|LOG-R9|A CloudFront function failed.
FunctionThrottledError|LOG-R9|A CloudFront function took too long, or ran too often.
LambdaGeneratedResponse|LOG-R9|A Lambda@Edge function answered by itself.
LambdaValidationError|LOG-R9|A Lambda@Edge function returned what is no answer.
OriginShieldHit|LOG-D01|Origin Shield had the answer.
MissGeneratedResponse|LOG-D02|No cache had it, and a Lambda@Edge function answered in the origin's place.
AbortedOrigin|LOG-D03|Something went wrong with the origin.
ClientCommError|LOG-D04|The connection to the viewer broke in the middle of the answer.
ClientGeoBlocked|LOG-D05|The distribution refuses the viewer's country.
ClientHungUpRequest|LOG-D06|The viewer left before its request was complete.
InternalError|LOG-D08|CloudFront itself failed.
InvalidRequest|LOG-D09|The request was malformed.
InvalidRequestBlocked|LOG-D10|Access to this resource is blocked.
InvalidRequestCertificate|LOG-D11|The distribution does not fit the certificate of the connection.
InvalidRequestHeader|LOG-D12|A header field of the request was malformed.
InvalidRequestMethod|LOG-D13|The cache behavior does not allow this method.
LambdaLimitExceeded|LOG-D14|A limit of Lambda@Edge was reached.
OriginCommError|LOG-D15|The origin took too long to connect or to answer.
OriginConnectError|LOG-D16|No connection to the origin came about.
OriginContentRangeLengthError|LOG-D17|The origin's Content-Length and Content-Range contradict each other.
OriginDnsError|LOG-D18|The origin's name could not be resolved.
OriginError|LOG-D19|The origin's answer was wrong.
OriginHeaderTooBigError|LOG-D20|The header fields of the origin's answer were too large.
OriginInvalidResponseError|LOG-D21|What the origin sent is no valid answer.
OriginReadError|LOG-D22|CloudFront could not read from the origin.
OriginWriteError|LOG-D23|CloudFront could not write to the origin.
OriginZeroSizeObjectError|LOG-D24|An empty object from the origin caused an error.
SlowReaderOriginError|LOG-D25|The viewer read so slowly that the connection to the origin broke.
Processed|LOG-60|The edge encrypted the form fields that it was to encrypt.
ForwardedByContentType|LOG-61|The form went on untouched, because of its Content-Type.
ForwardedByQueryArgs|LOG-61|The form went on untouched, because of a parameter of the query.
ForwardedDueToNoProfile|LOG-61|The form went on untouched, because no profile fitted.
MalformedContentTypeClientError|LOG-62|The form was refused with 400: its Content-Type was malformed.
MalformedInputClientError|LOG-62|The form was refused with 400: its content was malformed.
MalformedQueryArgsClientError|LOG-62|The form was refused with 400: a parameter of the query was malformed.
RejectedByContentType|LOG-62|The form was refused with 400, because of its Content-Type.
RejectedByQueryArgs|LOG-62|The form was refused with 400, because of a parameter of the query.
FieldLengthLimitClientError|LOG-63|The form was refused with 400: a field of it was longer than 16 KB.
FieldNumberLimitClientError|LOG-63|The form was refused with 400: more than 10 of its fields were to be encrypted.
RequestLengthLimitClientError|LOG-63|The form was refused with 400: it was longer than 1 MB.
ServerError|LOG-64|The origin answered with an error.";

/// What a word of fields 14, 23, 25 and 29 means, and its row; none where this program does not know the word.
pub fn meaning(word: &str) -> Option<(&'static str, &'static str)> {
    MEANINGS.lines().find_map(|line| {
        let (known, rest) = line.split_once('|')?;
        let (row, says) = rest.split_once('|')?;
        (known == word).then_some((says, row))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Detail, Detailed};
    use super::*;
    use crate::edge::ResultType;

    #[test]
    fn log_60_to_64_every_word_of_field_25_has_a_meaning() {
        let reference = include_str!("../../../docs/reference/security-logs-edge.md");
        // What field 25 can say: each of LOG-60 to LOG-64.
        for number in 60..=64 {
            let row = format!("LOG-{number}");
            let line = reference.lines().find(|line| line.starts_with(&format!("| {row} |")));
            let cells: Vec<&str> = line.unwrap().split('|').map(str::trim).collect();
            let words: Vec<&str> = cells[2].split('`').skip(1).step_by(2).collect();
            assert!(!words.is_empty(), "{row}");
            for word in words {
                let (says, of) = meaning(word).unwrap_or_else(|| panic!("{row} {word}"));
                assert_eq!(of, row, "{word}");
                let is_refused = ["LOG-62", "LOG-63"].contains(&of);
                assert_eq!(says.contains("400"), is_refused, "{word}: {says}");
                assert_eq!(says.contains("untouched"), of == "LOG-61", "{word}: {says}");
            }
        }
    }

    #[test]
    fn log_r1_to_r9_d01_to_d25_every_word_has_a_meaning() {
        // The reference has each of LOG-R1 to LOG-R9 and each of LOG-D01 to LOG-D25; the log can tell every word of theirs.
        let reference = include_str!("../../../docs/reference/security-logs-edge.md");
        for line in reference.lines() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let Some(row) =
                cells.get(1).filter(|it| it.starts_with("LOG-R") || it.starts_with("LOG-D"))
            else {
                continue;
            };
            for word in cells[2].split(", ").map(|word| word.trim_matches('`')) {
                let told = meaning(word).unwrap_or_else(|| panic!("{row} {word}"));
                assert!(told.1 == *row || (*row, told.1) == ("LOG-D07", "LOG-R6"), "{row} {word}");
                assert_eq!(Detailed::logged(word).as_str(), word, "{row}");
                // Whatever else field 29 says, field 14 says Error (section 1.5).
                let stands_beside = if row.starts_with("LOG-D") { cells[3] } else { "Error" };
                let is_error = !["LOG-D01", "LOG-D02"].contains(row);
                assert_eq!(stands_beside == "Error", is_error, "{row}");
            }
        }
        let details = Detail::ALL.into_iter().map(Detail::as_str);
        let words = ResultType::ALL.into_iter().map(ResultType::as_str).chain(details);
        for word in words.chain(["LambdaExecutionError", "FunctionThrottledError"]) {
            let (says, row) = meaning(word).unwrap();
            assert!(says.ends_with('.'), "{word}");
            let line = reference.lines().find(|line| line.starts_with(&format!("| {row} |")));
            assert!(line.unwrap().contains(&format!("`{word}`")), "{row} has {word}");
        }
        assert_eq!(MEANINGS.lines().count(), 37 + 13, "7 + 1 + 5 + 24, and those of field 25");
        assert_eq!(meaning("Hi"), None);
        // LOG-R6, LOG-29, LOG-87: what began well and broke off is an Error, too.
        let (error, _) = meaning("Error").unwrap();
        let cases = ["4xx", "5xx", "the viewer left during it (LOG-29)", "or the origin did"];
        assert!(cases.iter().all(|case| error.contains(case)), "{error}");
    }
}
