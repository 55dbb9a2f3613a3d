// Lines to copy into a terminal, ready for this endpoint: AWS CLI, boto3, AWS SDK for JavaScript.
import { names } from '../src/sim';
import type { AccessKey } from '../src/sim/outside';
import type { Cloud } from './engine';

export interface Place {
  /** `http://127.0.0.1:9000` */
  readonly url: string;
  /** File with the certificate, when there is TLS. */
  readonly certificate: string | undefined;
}

/** What tells the tools of AWS who calls, and where. */
export const credentialsOf = ({ accessKeyId, secretAccessKey }: AccessKey) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_REGION: names.REGION,
  AWS_DEFAULT_REGION: names.REGION,
});

const exports = (accessKey: AccessKey): string =>
  [
    ...Object.entries(credentialsOf(accessKey)).map(([name, value]) => `export ${name}=${value}`),
    'unset AWS_SESSION_TOKEN AWS_PROFILE',
  ].join('\n');

export function helpOf({ admin, ana }: Cloud, { url, certificate }: Place): string {
  const trusted = certificate
    ? `export AWS_CA_BUNDLE=${certificate} NODE_EXTRA_CA_CERTS=${certificate}\n`
    : '';
  const curl = certificate ? `curl --cacert ${certificate}` : 'curl';
  return `Sealed answers as Amazon S3 and AWS KMS at ${url} (account ${names.ACCOUNT_ID}, ${names.REGION}).
Everything is lost when it ends. Its keys are repeatable classroom keys, never for real data.

# Who you are: the administrator, who may do everything …
${exports(admin)}
${trusted}
# … or Ana, who may use buckets and KMS keys and administer nothing
export AWS_ACCESS_KEY_ID=${ana.accessKeyId}
export AWS_SECRET_ACCESS_KEY=${ana.secretAccessKey}

# AWS CLI
alias aws='aws --endpoint-url ${url}'
aws s3 mb s3://diary
aws kms create-key --description 'The key for the diary'
echo 'Dear diary' > today.txt
aws s3 cp today.txt s3://diary/today.txt --sse aws:kms
aws s3 cp s3://diary/today.txt -

# boto3
import boto3
s3 = boto3.client('s3', endpoint_url='${url}')
kms = boto3.client('kms', endpoint_url='${url}')

# AWS SDK for JavaScript
import { S3Client } from '@aws-sdk/client-s3';
import { KMSClient } from '@aws-sdk/client-kms';
const s3 = new S3Client({ endpoint: '${url}', forcePathStyle: true });
const kms = new KMSClient({ endpoint: '${url}' });

# What just happened, step by step (or format=json, format=har; last=5 for the last five requests)
${curl} '${url}/_sealed/trace?format=text'
# … and what CloudTrail would have written of it
${curl} '${url}/_sealed/cloudtrail?data-events=true'
`;
}
