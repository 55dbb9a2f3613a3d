"""boto3 against the endpoint: every scheme there and back, and the refusals that a teacher shows.

Usage: python3 boto3_check.py URL, with credentials in the environment. Prints a line for each check; exit code 1 when
one fails.
"""

import base64
import hashlib
import json
import sys
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL = sys.argv[1]
# One attempt: a refusal that is tried again is only slower.
CONFIG = Config(
    signature_version="s3v4", retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}
)
s3 = boto3.client("s3", endpoint_url=URL, config=CONFIG)
kms = boto3.client("kms", endpoint_url=URL)

BUCKET = f"boto3-{uuid.uuid4().hex[:8]}"
BODY = b"Dear diary, written by boto3."
CUSTOMER_KEY = bytes(range(32))
OWN = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": CUSTOMER_KEY}
KEY_ARN = kms.create_key(Description="boto3")["KeyMetadata"]["Arn"]
FAILED = []


def check(name):
    """Runs a check now, and says how it went."""

    def run(test):
        try:
            test()
            print(f"ok      {name}")
        except Exception as error:  # every failure is told, and the rest still run
            FAILED.append(name)
            print(f"FAILED  {name}: {type(error).__name__}: {error}")

    return run


def refused(call):
    """Status, code and message of a refusal."""
    try:
        call()
    except ClientError as error:
        answer = error.response
        return (
            answer["ResponseMetadata"]["HTTPStatusCode"],
            answer["Error"]["Code"],
            answer["Error"].get("Message", ""),
        )
    raise AssertionError("not refused")


def same(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} instead of {expected!r}")


@check("a bucket, unblocked for SSE-C")
def _():
    s3.create_bucket(
        Bucket=BUCKET,
        CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name},
    )
    same(refused(lambda: s3.put_object(Bucket=BUCKET, Key="c", Body=BODY, **OWN))[:2], (403, "AccessDenied"))
    s3.put_bucket_encryption(
        Bucket=BUCKET,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
    )
    if "BlockedEncryptionTypes" in s3.meta.service_model.shape_for("ServerSideEncryptionRule").members:
        s3.put_bucket_encryption(
            Bucket=BUCKET,
            ServerSideEncryptionConfiguration={
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
                    }
                ]
            },
        )


SCHEMES = {
    "SSE-S3": ({}, {}),
    "SSE-KMS": ({"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN}, {}),
    "SSE-KMS with a bucket key": (
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN, "BucketKeyEnabled": True},
        {},
    ),
    "aws/s3": ({"ServerSideEncryption": "aws:kms"}, {}),
    "DSSE-KMS": ({"ServerSideEncryption": "aws:kms:dsse", "SSEKMSKeyId": KEY_ARN}, {}),
    "SSE-C": (OWN, OWN),
}
if "BlockedEncryptionTypes" not in s3.meta.service_model.shape_for("ServerSideEncryptionRule").members:
    del SCHEMES["SSE-C"]
    print("skipped SSE-C: this botocore cannot unblock it")

for name, (put, get) in SCHEMES.items():

    @check(f"{name}: PUT, GET, HEAD, a range")
    def _():
        s3.put_object(Bucket=BUCKET, Key=name, Body=BODY, Metadata={"mood": "good"}, **put)
        answer = s3.get_object(Bucket=BUCKET, Key=name, **get)
        same(answer["Body"].read(), BODY)
        same(answer["Metadata"], {"mood": "good"})
        same(answer.get("ServerSideEncryption"), None if get else put.get("ServerSideEncryption", "AES256"))
        same(s3.head_object(Bucket=BUCKET, Key=name, **get)["ContentLength"], len(BODY))
        part = s3.get_object(Bucket=BUCKET, Key=name, Range="bytes=5-9", **get)
        same(part["Body"].read(), BODY[5:10])


@check("SSE-S3 has the MD5 as its ETag, SSE-KMS has not")
def _():
    md5 = f'"{hashlib.md5(BODY).hexdigest()}"'
    same(s3.head_object(Bucket=BUCKET, Key="SSE-S3")["ETag"], md5)
    if s3.head_object(Bucket=BUCKET, Key="SSE-KMS")["ETag"] == md5:
        raise AssertionError("the ETag is the MD5")


@check("a file of 20 MiB goes up in parts and comes back")
def _():
    import io

    data = bytes(range(256)) * (80 * 1024)
    s3.upload_fileobj(io.BytesIO(data), BUCKET, "big", ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN})
    back = io.BytesIO()
    s3.download_fileobj(BUCKET, "big", back)
    same(back.getvalue() == data, True)
    same(s3.head_object(Bucket=BUCKET, Key="big")["ETag"].endswith('-3"'), True)


@check("a copy to another key; a list; a delete of many")
def _():
    s3.copy_object(
        Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": "SSE-KMS"}, ServerSideEncryption="AES256"
    )
    same(s3.get_object(Bucket=BUCKET, Key="copy")["Body"].read(), BODY)
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    same("copy" in keys and "SSE-KMS" in keys, True)
    s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "copy"}, {"Key": "none"}]})
    same(refused(lambda: s3.get_object(Bucket=BUCKET, Key="copy"))[:2], (404, "NoSuchKey"))


@check("a disabled key stops the read, and enabling it brings it back")
def _():
    kms.disable_key(KeyId=KEY_ARN)
    same(
        refused(lambda: s3.get_object(Bucket=BUCKET, Key="SSE-KMS")),
        (400, "KMS.DisabledException", f"{KEY_ARN} is disabled."),
    )
    kms.enable_key(KeyId=KEY_ARN)
    same(s3.get_object(Bucket=BUCKET, Key="SSE-KMS")["Body"].read(), BODY)


@check("KMS: the same encryption context opens, another does not")
def _():
    context = {"purpose": "diary"}
    made = kms.generate_data_key(KeyId=KEY_ARN, KeySpec="AES_256", EncryptionContext=context)
    opened = kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext=context)
    same(opened["Plaintext"], made["Plaintext"])
    wrong = refused(
        lambda: kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext={"purpose": "other"})
    )
    same(wrong[:2], (400, "InvalidCiphertextException"))


@check("a presigned address opens without credentials")
def _():
    import urllib.request

    address = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "SSE-S3"})
    with urllib.request.urlopen(address) as answer:
        same(answer.read(), BODY)


@check("another secret is refused as S3 does")
def _():
    liar = boto3.client(
        "s3",
        endpoint_url=URL,
        config=CONFIG,
        aws_access_key_id=s3._request_signer._credentials.access_key,
        aws_secret_access_key=base64.b64encode(bytes(30)).decode(),
    )
    same(refused(lambda: liar.list_buckets())[:2], (403, "SignatureDoesNotMatch"))


@check("what just happened can be read")
def _():
    import urllib.request

    s3.get_object(Bucket=BUCKET, Key="SSE-KMS")
    with urllib.request.urlopen(f"{URL}/_sealed/trace?format=json") as answer:
        keys = [step["key"] for step in json.load(answer)["steps"]]
    same("s3 -> kms Decrypt" in keys and "hsm unwraps data key" in keys, True)


sys.exit(1 if FAILED else 0)
