//! Documents: a Walk, a distribution and a policy as AWS writes them.

use edgewalk::distribution::{Beside, Configuration, Form};
use edgewalk::edge::Config;
use edgewalk::simulation::{Nobody, Walk};

use super::{comes_back, text};

/// A Walk comes back from JSON, and replaying it is an answer or a typed error.
pub fn walk(data: &[u8]) {
    let Ok(walk) = serde_json::from_slice::<Walk>(data) else { return };
    comes_back(&walk);
    if walk.actions.len() <= 20 {
        let _ = walk.replay(&mut Nobody);
    }
}

fn managed() -> Beside {
    Beside::managed("us-east-1".into())
}

/// A configuration that is read can serve, comes back from our own JSON and is read alike twice; one that is not has its
/// findings.
pub fn distribution(data: &[u8]) {
    let json = text(data);
    let found = Configuration::open(&json, &managed());
    match &found {
        Err(findings) => {
            assert!(!findings.is_empty() && findings.iter().all(|one| !one.to_string().is_empty()));
        }
        Ok(found) => {
            comes_back(found);
            let distribution = found.distribution();
            comes_back(distribution);
            assert!(Config::new(distribution.clone(), 3_600).is_ok());
            assert!(found.kept().iter().all(|path| !path.is_empty()));
            for form in [Form::Config, Form::Bare] {
                let again = Configuration::open(&found.write(form).write(), &managed()).unwrap();
                // What AWS needs and the document lacks was added; the rest is the same.
                assert_eq!(again.write(form), found.write(form), "{form:?}");
            }
            let made = Configuration::of(distribution.clone());
            assert_eq!(Configuration::taken(distribution).as_ref(), Ok(&made));
            let ttls = distribution.behaviors.iter().map(|one| one.cache_policy.ttl);
            assert!(ttls.into_iter().all(|ttl| ttl.min <= ttl.default && ttl.default <= ttl.max));
        }
    }
    assert_eq!(Configuration::open(&json, &managed()), found);
}

/// A policy is taken by its id or has its findings; taking it again changes nothing.
pub fn policy(data: &[u8]) {
    let (json, mut policies) = (text(data), managed());
    let kinds = |policies: &Beside| {
        (
            policies.cache_policy("p"),
            policies.origin_request_policy("p"),
            policies.response_headers_policy("p"),
        )
    };
    let before = kinds(&policies);
    if let Err(findings) = policies.add(&json, Some("p")) {
        assert!(!findings.is_empty());
        assert_eq!(kinds(&policies), before);
        return;
    }
    let taken = kinds(&policies);
    // None, where the text has an id of its own.
    let sorts = [taken.0.is_some(), taken.1.is_some(), taken.2.is_some()];
    assert!(sorts.into_iter().filter(|is_taken| *is_taken).count() <= 1);
    assert_eq!(policies.add(&json, Some("p")), Ok(()));
    assert_eq!(kinds(&policies), taken);
}
