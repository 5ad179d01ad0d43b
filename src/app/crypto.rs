//! The browser's own cryptography (Web Crypto): it makes key pairs and signs. Everything else about signatures is the edge's.

use js_sys::{Array, Function, Reflect, Uint8Array};
use leptos::__reexports::wasm_bindgen_futures::JsFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::distribution::{KeyKind, PublicKey, pem};
use crate::edge::{SignatureHash, der};

/// Why there is no key, or no signature.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum CryptoError {
    /// A page that came by plain HTTP has none, but for one of this very machine.
    #[error(
        "this browser gives a page its cryptography only where the page came by HTTPS or from localhost"
    )]
    NotThere,
    /// It does not do what is asked for.
    #[error("this browser makes no such key")]
    Refused,
}

/// The sorts of key that CloudFront takes (SIG-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeySort {
    /// RSA of 2,048 bits, PKCS #1 v1.5.
    Rsa,
    /// ECDSA on P-256.
    P256,
}

impl KeySort {
    /// The algorithm as Web Crypto calls it, whatever is done with it: what an operation does not need it passes over.
    fn algorithm(self, hash: SignatureHash) -> JsValue {
        let object = js_sys::Object::new();
        let set = |name: &str, value: JsValue| {
            // An object takes any member.
            let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
        };
        let name = match self {
            Self::Rsa => "RSASSA-PKCS1-v1_5",
            Self::P256 => "ECDSA",
        };
        let hash = match hash {
            SignatureHash::Sha1 => "SHA-1",
            SignatureHash::Sha256 => "SHA-256",
        };
        set("name", name.into());
        set("hash", hash.into());
        match self {
            Self::Rsa => {
                set("modulusLength", 2_048.into());
                set("publicExponent", Uint8Array::from(&[1, 0, 1][..]).into());
            }
            Self::P256 => set("namedCurve", "P-256".into()),
        }
        object.into()
    }
}

/// A key pair that this page has made.
#[derive(Clone)]
pub(crate) struct KeyPair {
    pub(crate) public: PublicKey,
    sort: KeySort,
    /// As PKCS #8.
    private: Vec<u8>,
}

impl KeyPair {
    /// Makes a new one.
    pub(crate) async fn make(sort: KeySort) -> Result<Self, CryptoError> {
        let uses = Array::of2(&"sign".into(), &"verify".into()).into();
        let algorithm = sort.algorithm(SignatureHash::Sha256);
        let pair = call("generateKey", &[algorithm, true.into(), uses]).await?;
        let half = |name: &str| {
            Reflect::get(&pair, &JsValue::from_str(name)).map_err(|_| CryptoError::Refused)
        };
        let public = bytes(&call("exportKey", &["spki".into(), half("publicKey")?]).await?);
        let private = bytes(&call("exportKey", &["pkcs8".into(), half("privateKey")?]).await?);
        let public =
            PublicKey::from_pem(&pem("PUBLIC KEY", &public)).ok_or(CryptoError::Refused)?;
        Ok(Self { public, sort, private })
    }

    /// Signs a text, in the form in which a URL carries it (SIG-12, SIG-15).
    pub(crate) async fn sign(
        &self,
        hash: SignatureHash,
        text: &str,
    ) -> Result<Vec<u8>, CryptoError> {
        let algorithm = self.sort.algorithm(hash);
        let private = Uint8Array::from(&self.private[..]).into();
        let uses = Array::of1(&"sign".into()).into();
        // A key of RSA is bound to one hash, so that it is given anew each time.
        let given = ["pkcs8".into(), private, algorithm.clone(), false.into(), uses];
        let key = call("importKey", &given).await?;
        let text = Uint8Array::from(text.as_bytes()).into();
        let signature = bytes(&call("sign", &[algorithm, key, text]).await?);
        match self.sort {
            KeySort::Rsa => Ok(signature),
            KeySort::P256 => der(&signature).ok_or(CryptoError::Refused),
        }
    }

    /// The private half as openssl reads it.
    pub(crate) fn private_pem(&self) -> String {
        pem("PRIVATE KEY", &self.private)
    }
}

/// Calls a function of Web Crypto by its name, and waits for what it comes to.
async fn call(name: &str, given: &[JsValue]) -> Result<JsValue, CryptoError> {
    let of = |whole: &JsValue, name: &str| {
        let part = Reflect::get(whole, &JsValue::from_str(name)).ok();
        part.filter(|part| !part.is_undefined()).ok_or(CryptoError::NotThere)
    };
    let subtle = of(&of(&window(), "crypto")?, "subtle")?;
    let function: Function = of(&subtle, name)?.dyn_into().map_err(|_| CryptoError::NotThere)?;
    let given: Array = given.iter().collect();
    let promise = function.apply(&subtle, &given).map_err(|_| CryptoError::Refused)?;
    JsFuture::from(js_sys::Promise::from(promise)).await.map_err(|_| CryptoError::Refused)
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

/// The key pairs of this page: in its memory alone, and gone with it.
#[derive(Clone, Copy)]
pub(crate) struct Keyring(RwSignal<Vec<KeyPair>>);

/// Puts an empty one into context.
pub(crate) fn provide_keyring() {
    provide_context(Keyring(RwSignal::new(Vec::new())));
}

/// The one in context.
pub(crate) fn use_keyring() -> Keyring {
    expect_context()
}

impl Keyring {
    /// Keeps a pair.
    pub(crate) fn keep(self, pair: KeyPair) {
        self.0.update(|pairs| pairs.push(pair));
    }

    /// The pair of a public key.
    pub(crate) fn pair_of(self, kind: &KeyKind) -> Option<KeyPair> {
        self.0.with(|pairs| pairs.iter().find(|pair| pair.public.kind == *kind).cloned())
    }

    /// Whether the private half of a key is here.
    pub(crate) fn holds(self, kind: &KeyKind) -> bool {
        self.0.with(|pairs| pairs.iter().any(|pair| pair.public.kind == *kind))
    }
}
