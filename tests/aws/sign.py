"""Signs with botocore's CloudFrontSigner under a fresh key of RSA 2048. Reads a JSON list of what is to be signed, prints the public
key and a signed URL for each."""

import datetime
import json
import sys

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_ID = "K2VIZTESTRSA01"


def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signer(private):
    return CloudFrontSigner(KEY_ID, lambda text: private.sign(text, padding.PKCS1v15(), hashes.SHA1()))


def instant(unix):
    return None if unix is None else datetime.datetime.fromtimestamp(unix, datetime.timezone.utc)


trusted, foreign = key(), key()
signed = []
for case in json.load(sys.stdin):
    by = signer(foreign if case["foreign"] else trusted)
    until = instant(case["until"])
    if case["resource"] is None:
        signed.append(by.generate_presigned_url(case["url"], date_less_than=until))
        continue
    policy = by.build_policy(case["resource"], until, instant(case["after"]), case["address"])
    signed.append(by.generate_presigned_url(case["url"], policy=policy))
pem = trusted.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
print(json.dumps({"key": pem.decode(), "signed": signed}))
