//! How an origin is shown that a request comes from this distribution, and whom a bucket lets in (security-logs-edge.md
//! section 4).

use serde::{Deserialize, Serialize};

/// How an origin is shown that a request comes from this distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OriginAccess {
    /// Not at all: it has to serve everybody.
    #[default]
    None,
    /// By an origin access identity, the legacy way (OR-21, OSEC-10).
    Identity {
        /// Its id, as in `E74FTE3EXAMPLE`.
        id: String,
    },
    /// By an origin access control (OR-20).
    Control {
        /// Its id, as in `E2QWRUHAPOMQZL`.
        id: String,
        /// Which requests it signs.
        signing: Signing,
    },
}

/// Which requests an origin access control signs (OR-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// All of them; the viewer's own Authorization is overwritten (OSEC-02).
    Always,
    /// None: as if there were no access control (OSEC-03).
    Never,
    /// Those to which the viewer gave no Authorization of his own (OSEC-04).
    NoOverride,
    /// All of them, and the viewer's own Authorization is passed on besides: function URLs only (OSEC-04).
    AlwaysBeside,
}

/// What a request to an origin proves of who sends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// Nothing: the origin has no access control.
    #[default]
    None,
    /// Nothing, though there is an access control: it never signs (OSEC-03).
    NeverSigned,
    /// That this distribution sends it: its access control signed it.
    ByControl,
    /// That it comes by this origin access identity.
    ByIdentity,
    /// What the viewer's own credentials prove (OSEC-04).
    Viewers,
}

impl Proof {
    /// Whether nothing is configured, as mostly. Serde asks by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

impl OriginAccess {
    /// What a request proves; `has_credentials` says whether the viewer sent an Authorization.
    pub const fn proof(&self, has_credentials: bool) -> Proof {
        match self {
            Self::None => Proof::None,
            Self::Identity { .. } => Proof::ByIdentity,
            Self::Control { signing: Signing::Never, .. } => Proof::NeverSigned,
            Self::Control { signing: Signing::NoOverride, .. } if has_credentials => Proof::Viewers,
            Self::Control { .. } => Proof::ByControl,
        }
    }

    /// Whether a bucket is reached by HTTPS, whatever the viewer used (OSEC-05).
    pub const fn forces_https(&self) -> bool {
        matches!(self, Self::Control { signing: Signing::Always, .. })
    }
}

/// Whom a bucket lets in: the statements of its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketPolicy {
    /// Each allows something to somebody; whatever none allows is refused.
    pub grants: Vec<Grant>,
}

/// One permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whose.
    pub to: Principal,
    /// For what.
    pub may: BucketAction,
}

/// Whose a permission is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// Everybody's: the bucket is public.
    Everybody,
    /// CloudFront's; of one distribution, by its id, or of any, whoever owns it (OSEC-13).
    CloudFront {
        /// The distribution that `AWS:SourceArn` names.
        distribution: Option<String>,
    },
    /// An origin access identity's, by its id (OSEC-10).
    Identity(String),
}

/// What may be done with a bucket, as far as viewers come to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BucketAction {
    /// Reading an object: `s3:GetObject`.
    Read,
    /// Listing the bucket, which makes a missing object a 404 in place of a 403 (OSEC-12): `s3:ListBucket`.
    List,
    /// Writing an object: `s3:PutObject` or `s3:DeleteObject`.
    Write,
}

/// Why an origin that looks at who asks, or by which name, refuses a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Denied {
    /// It is private, and nothing shows who sends the request (OSEC-11).
    Unsigned,
    /// The request is signed, and the policy lets somebody else in (OSEC-11, OSEC-14).
    NotLetIn {
        /// The distribution that the policy names, if it names another one.
        named: Option<String>,
    },
    /// The viewer's own credentials are not the bucket's to trust (OSEC-21, MODEL).
    ViewersCredentials,
    /// There is no such object, and who asks may not list the bucket: he is not told (OSEC-12).
    MissingUnlisted,
    /// Its query has a signature that is none of S3's own (SIG-56).
    HalfSigned,
    /// A function gets no hash of its content, which the signature must cover (OK-11, OSEC-16).
    Unhashed,
    /// Its Host names nothing that answers here (MU-15).
    OtherHost {
        /// The Host.
        host: String,
        /// Whether S3 sees in a signature of CloudFront's that it was made for another one (OK-25).
        is_signed: bool,
    },
}

/// Who asks an origin.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// What the request proves.
    pub proof: Proof,
    /// How the origin is set up to be asked.
    pub access: &'a OriginAccess,
    /// The id of the distribution, where the configuration tells it.
    pub distribution: Option<&'a str>,
}

impl BucketPolicy {
    /// MODEL (IM-09): what a bucket lets in whose policy is not given. One with no access control in front of it is public,
    /// also to be listed; any other one is private and lets in what the origin is set up for, to read alone.
    pub fn assumed_for(access: &OriginAccess) -> Self {
        let to = match access {
            OriginAccess::None => Principal::Everybody,
            OriginAccess::Identity { id } => Principal::Identity(id.clone()),
            OriginAccess::Control { .. } => Principal::CloudFront { distribution: None },
        };
        let is_public = to == Principal::Everybody;
        let mut grants = vec![Grant { to: to.clone(), may: BucketAction::Read }];
        if is_public {
            grants.push(Grant { to, may: BucketAction::List });
        }
        Self { grants }
    }

    /// Whether somebody may do something.
    pub fn lets(&self, asker: &Asker<'_>, action: BucketAction) -> bool {
        let mut granted = self.grants.iter().filter(|grant| grant.may == action);
        granted.any(|grant| grant.to.is(asker))
    }

    /// Why who asks may not do it.
    pub fn why_not(&self, asker: &Asker<'_>, action: BucketAction) -> Denied {
        match asker.proof {
            Proof::None | Proof::NeverSigned => Denied::Unsigned,
            Proof::Viewers => Denied::ViewersCredentials,
            Proof::ByControl | Proof::ByIdentity => {
                let named = self.grants.iter().filter(|grant| grant.may == action);
                let mut named = named.filter_map(|grant| match &grant.to {
                    Principal::CloudFront { distribution } => distribution.clone(),
                    _ => None,
                });
                Denied::NotLetIn {
                    named: named.next_back().filter(|_| asker.proof == Proof::ByControl),
                }
            }
        }
    }
}

impl Principal {
    /// MODEL (IM-09): a distribution whose own id nothing tells is the one that a policy names.
    fn is(&self, asker: &Asker<'_>) -> bool {
        match (self, asker.proof, asker.access) {
            (Self::Everybody, ..) => true,
            (Self::CloudFront { distribution }, Proof::ByControl, _) => {
                let pair = distribution.as_deref().zip(asker.distribution);
                pair.is_none_or(|(named, own)| named == own)
            }
            (Self::Identity(named), Proof::ByIdentity, OriginAccess::Identity { id }) => {
                named == id
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(signing: Signing) -> OriginAccess {
        OriginAccess::Control { id: "E1".into(), signing }
    }

    #[test]
    fn osec_02_to_05_what_each_way_of_signing_proves() {
        use Signing::{Always, AlwaysBeside, Never, NoOverride};
        let table = [
            (Always, false, Proof::ByControl),
            (Always, true, Proof::ByControl), // OSEC-02
            (Never, false, Proof::NeverSigned),
            (Never, true, Proof::NeverSigned), // OSEC-03
            (NoOverride, false, Proof::ByControl),
            (NoOverride, true, Proof::Viewers), // OSEC-04
            (AlwaysBeside, true, Proof::ByControl),
        ];
        for (signing, has_credentials, proof) in table {
            assert_eq!(control(signing).proof(has_credentials), proof, "{signing:?}");
            assert_eq!(control(signing).forces_https(), signing == Always, "OSEC-05");
        }
        assert_eq!(OriginAccess::None.proof(true), Proof::None);
        assert!(!OriginAccess::Identity { id: "E2".into() }.forces_https());
    }

    #[test]
    fn osec_13_14_21_private_or_public_by_mode_by_policy() {
        let public = BucketPolicy::assumed_for(&OriginAccess::None);
        let of = |distribution: Option<&str>| BucketPolicy {
            grants: vec![Grant {
                to: Principal::CloudFront { distribution: distribution.map(String::from) },
                may: BucketAction::Read,
            }],
        };
        let judged = |policy: &BucketPolicy, access: &OriginAccess, has_credentials| {
            let proof = access.proof(has_credentials);
            let asker = Asker { proof, access, distribution: Some("EOWN") };
            if policy.lets(&asker, BucketAction::Read) {
                return None;
            }
            Some(policy.why_not(&asker, BucketAction::Read))
        };
        let always = control(Signing::Always);
        assert_eq!(judged(&of(Some("EOWN")), &always, false), None);
        let named = Some("EOTHER".to_owned());
        let other = judged(&of(Some("EOTHER")), &always, false);
        assert_eq!(other, Some(Denied::NotLetIn { named }), "OSEC-14");
        assert_eq!(judged(&of(None), &always, false), None, "OSEC-13: any distribution at all");
        let never = control(Signing::Never);
        assert_eq!(judged(&of(Some("EOWN")), &never, false), Some(Denied::Unsigned));
        let polite = control(Signing::NoOverride);
        assert_eq!(judged(&of(Some("EOWN")), &polite, false), None);
        let by_viewer = judged(&of(Some("EOWN")), &polite, true);
        assert_eq!(by_viewer, Some(Denied::ViewersCredentials));
        for access in [&always, &never, &polite, &OriginAccess::None] {
            for has_credentials in [false, true] {
                assert_eq!(judged(&public, access, has_credentials), None, "public: {access:?}");
            }
        }
        assert_eq!(judged(&of(None), &OriginAccess::None, false), Some(Denied::Unsigned));
    }

    #[test]
    fn osec_10_an_identity_is_let_in_by_its_id() {
        let identity = |id: &str| OriginAccess::Identity { id: id.into() };
        let policy = BucketPolicy::assumed_for(&identity("EONE"));
        for (id, is_let_in) in [("EONE", true), ("ETWO", false)] {
            let access = identity(id);
            let asker = Asker { proof: Proof::ByIdentity, access: &access, distribution: None };
            assert_eq!(policy.lets(&asker, BucketAction::Read), is_let_in);
            assert!(!policy.lets(&asker, BucketAction::List), "OSEC-12");
        }
    }
}
