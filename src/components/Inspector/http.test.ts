import { describe, expect, it } from 'vitest';
import { runOf } from '../../flows/testing/cases';
import {
  asSent,
  legOf,
  type MessageStep,
  prettyJson,
  prettyXml,
  splitHeaders,
  startLine,
} from './http';

const NOTES = { asBase64: '(base64)', tooLong: '(left out)' };

async function messageOf(key: string): Promise<MessageStep> {
  const { trace } = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
  const step = trace.steps.find((one) => one.key === key);
  if (!step || step.kind === 'deed') throw new Error(`no message ${key}`);
  return step;
}

describe('a message on the wire', () => {
  it.each([
    ['you -> client PutObject', 'program', 'CALL /PutObject'],
    ['client -> s3 PutObject', 'yours', 'PUT /today.txt HTTP/1.1'],
    ['s3 <- kms GenerateDataKey', 'services', 'HTTP/1.1 200 OK'],
    ['kms -> hsm GenerateDataKey', 'inside', 'POST /GenerateDataKey HTTP/1.1'],
  ])('%s travels on the leg %s and begins with %s', async (key, leg, line) => {
    const step = await messageOf(key);
    expect([legOf(step), startLine(step)]).toEqual([leg, line]);
  });

  it('shows teaching headers first and keeps every one', async () => {
    const { headers } = (await messageOf('client <- s3 PutObject')).message;
    const { first, rest } = splitHeaders(headers);
    expect(first[0]?.[0]).toBe('x-amz-server-side-encryption');
    expect(rest.map(([name]) => name)).toContain('date');
    expect(Object.fromEntries([...first, ...rest])).toEqual(headers);
  });

  it('folds nothing away where no header teaches', () => {
    const headers = { date: 'x', 'content-type': 'y' };
    expect(splitHeaders(headers).rest).toEqual([]);
  });

  it('is copied as sent, not as indented', async () => {
    const step = await messageOf('s3 <- kms GenerateDataKey');
    const body = new TextDecoder().decode(step.message.body);
    expect(asSent(step, NOTES).endsWith(`\n\n${body}`)).toBe(true);
    expect(prettyJson(body)).toContain('\n  "CiphertextBlob": ');
  });

  it('says so when its body is copied in base64', async () => {
    const step = await messageOf('s3 -> storage WriteObject');
    expect(asSent(step, NOTES)).toContain('\n(base64)\n');
  });

  it('has its XML indented by element, and no other text', () => {
    const xml =
      '<?xml version="1.0"?>\n<Error><Code>A &lt;B</Code><Empty/><In><X>1</X></In></Error>';
    expect(prettyXml(xml)?.split('\n')).toEqual([
      '<?xml version="1.0"?>',
      '<Error>',
      '  <Code>A &lt;B</Code>',
      '  <Empty/>',
      '  <In>',
      '    <X>1</X>',
      '  </In>',
      '</Error>',
    ]);
    expect(prettyXml('<3 you, dear diary')).toBeUndefined();
  });
});
