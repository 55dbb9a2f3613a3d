#!/usr/bin/env bash
# The AWS CLI against the endpoint: what an instructor types. Usage: cli-check.sh URL, with credentials in the environment.
set -euo pipefail
url=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
aws() { command aws --endpoint-url "$url" "$@"; }
bucket="cli-$RANDOM$RANDOM"
say() { echo "ok      $1"; }
fail() {
  echo "FAILED  $1"
  exit 1
}

aws s3 mb "s3://$bucket" >"$work/made"
key=$(aws kms create-key --query KeyMetadata.Arn --output text)
say 'aws s3 mb, aws kms create-key'

echo 'Dear diary, typed at a terminal.' >"$work/today.txt"
head -c 20971520 /dev/urandom >"$work/big.bin"
for scheme in AES256 aws:kms; do
  options=(--sse "$scheme")
  if [ "$scheme" != AES256 ]; then options+=(--sse-kms-key-id "$key"); fi
  for file in today.txt big.bin; do
    aws s3 cp "$work/$file" "s3://$bucket/$file" "${options[@]}" --only-show-errors
    aws s3 cp "s3://$bucket/$file" "$work/back" --only-show-errors
    cmp "$work/$file" "$work/back" || fail "aws s3 cp --sse $scheme of $file came back changed"
  done
  say "aws s3 cp --sse $scheme, a line and 20 MiB, there and back"
done

aws s3 cp "s3://$bucket/big.bin" "s3://$bucket/copy.bin" --sse AES256 --only-show-errors
aws s3 cp "s3://$bucket/copy.bin" - | cmp - "$work/big.bin"
say 'aws s3 cp of 20 MiB from one key to another, part by part'

aws s3api put-object --bucket "$bucket" --key twice --body "$work/today.txt" \
  --server-side-encryption aws:kms:dsse --ssekms-key-id "$key" >"$work/put"
aws s3api get-object --bucket "$bucket" --key twice "$work/back" >"$work/got"
cmp "$work/today.txt" "$work/back"
grep -q 'aws:kms:dsse' "$work/got" || fail 'the answer does not say aws:kms:dsse'
say 'aws s3api put-object and get-object with DSSE-KMS'

aws kms disable-key --key-id "$key"
if aws s3 cp "s3://$bucket/today.txt" - >"$work/out" 2>"$work/error"; then fail 'a disabled key did not stop the read'; fi
grep -q 'KMS.DisabledException\|400' "$work/error" || fail "a disabled key was refused otherwise: $(cat "$work/error")"
aws kms enable-key --key-id "$key"
aws s3 cp "s3://$bucket/today.txt" - | cmp - "$work/today.txt"
say 'a disabled key stops the read, enabling it brings it back'

aws s3 ls "s3://$bucket" >"$work/list"
grep -q big.bin "$work/list" || fail 'aws s3 ls'
aws s3 sync "s3://$bucket" "$work/copy" --only-show-errors
cmp "$work/copy/big.bin" "$work/big.bin"
aws s3 rm "s3://$bucket" --recursive --only-show-errors
aws s3 rb "s3://$bucket" >"$work/gone"
say 'aws s3 ls, sync, rm, rb'
