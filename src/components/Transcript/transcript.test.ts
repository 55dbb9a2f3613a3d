import { beforeAll, describe, expect, it } from 'vitest';
import {
  captionOf,
  DEFAULT_OWN,
  type FaultId,
  type FlowId,
  runScenario,
  type VariantId,
} from '../../flows';
import type { Loaded } from '../../player';
import { load } from '../../player/cursor';
import { captionText } from '../../words';
import { createWords } from '../../words/all';
import { sentenceOf } from '../Status/sentences';
import { detailsOf, shortened } from './details';
import { actorLines, type KeyNode, keyTree } from './keys';
import { outlineOf } from './outline';
import { transcriptText } from './text';
import type { Teller } from './useTeller';

async function loadedOf(flow: FlowId, variant: VariantId, fault?: FaultId): Promise<Loaded> {
  return load(await runScenario({ flow, variant, fault, seed: 'demo', own: DEFAULT_OWN }));
}
const shape = (nodes: readonly KeyNode[]): unknown =>
  nodes.map(({ id, how, children }) => [`${how} ${id}`, shape(children)]);

const words = createWords();
const tell: Teller = {
  say: (id, values) => words.t(id, { ns: 'panels', ...values }),
  flows: (id) => words.t(id, { ns: 'flows' }),
  faults: (id) => words.t(id, { ns: 'faults' }),
  actor: (id) => words.t(`actor ${id}`, { ns: 'names' }),
  role: (id) => words.t(`role ${id}`, { ns: 'names' }),
  thing: (id) => id,
  list: (items) => items.join(' and '),
  title: (step) => step.key,
  caption: (loaded, step) => captionText(words, captionOf(loaded.run, step)),
  details: (step) =>
    Object.entries(detailsOf(step)).map(([term, value]) => ({
      term,
      value: JSON.stringify(value) ?? '',
      quoted: false,
    })),
  key: ({ id, how }) => `${how} ${id}`,
  holds: ({ ever }) => [{ term: 'ever', value: ever.join(), quoted: false }],
};

let sseKms: Loaded;
beforeAll(async () => {
  sseKms = await loadedOf('sse-kms', 'customer-key');
});

describe('the transcript', () => {
  it('has every step that the level shows, once and in order', () => {
    for (const level of ['overview', 'standard', 'deep'] as const) {
      const lines = outlineOf(sseKms, level).flatMap(({ parts }) => parts.flatMap((p) => p.lines));
      expect(lines.map(({ step }) => step.index)).toEqual(sseKms.visible[level]);
      expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
    }
    expect(outlineOf(sseKms, 'deep').map(({ id }) => id)).toEqual(['prepare', 'put', 'get']);
  });

  it('has no part twice in a row, and no part without steps', () => {
    for (const { parts } of outlineOf(sseKms, 'standard')) {
      expect(parts.every(({ lines }) => lines.length > 0)).toBe(true);
      expect(parts.some(({ id }, at) => id === parts[at - 1]?.id)).toBe(false);
    }
  });

  it('quotes a request, an answer and a deed', () => {
    const of = (key: string) => {
      const step = sseKms.run.trace.steps.find((one) => one.key === key);
      if (!step) throw new Error(`no ${key}`);
      return detailsOf(step);
    };
    const put = of('client -> s3 PutObject');
    expect(put).toMatchObject({ request: 'PUT /today.txt', status: undefined, carries: ['O1'] });
    expect(put.headers.map(([name]) => name)).toContain('x-amz-server-side-encryption');
    expect(put.headers.map(([name]) => name)).not.toContain('host');
    expect(of('client <- s3 PutObject')).toMatchObject({ request: undefined, status: 200 });
    expect(of('s3 encrypts object')).toMatchObject({
      algorithm: 'AES-256-GCM',
      inputs: [
        { name: 'key', length: 32 },
        { name: 'iv', length: 12 },
        { name: 'aad', length: 0 },
        { name: 'plaintext', length: 31 },
      ],
      outputs: [{ name: 'ciphertext', length: 47 }],
    });
  });

  it('cuts long values between characters', () => {
    expect(shortened('short')).toEqual({ text: 'short', cut: false });
    expect(shortened('😀'.repeat(72)).cut).toBe(false);
    expect(shortened('😀'.repeat(73))).toEqual({ text: `${'😀'.repeat(60)}…`, cut: true });
  });

  it('is text, with every caption, the actors and the keys', () => {
    const text = transcriptText(sseKms, 'standard', tell);
    expect(text.split('\n')[0]).toBe('SSE-KMS: Customer managed key');
    for (const index of sseKms.visible.standard) {
      const step = sseKms.run.trace.steps[index];
      if (step) expect(text).toContain(captionText(words, captionOf(sseKms.run, step)));
    }
    expect(text).toContain('never for real data');
    expect(text).toContain('- root K1\n  - derived P1\n  - sealed D1\n    - sealed O1');
  });
});

describe('the key hierarchy', () => {
  it('goes from the KMS key to the object', () => {
    expect(shape(keyTree(sseKms.run.trace))).toEqual([
      [
        'root K1',
        [
          ['derived P1', []],
          ['sealed D1', [['sealed O1', []]]],
        ],
      ],
    ]);
  });

  it('shows both layers, your key, a derived key and a changed copy', async () => {
    const trace = async (...scenario: Parameters<typeof loadedOf>) =>
      shape(keyTree((await loadedOf(...scenario)).run.trace));
    expect(await trace('sse-c', 'unblocked')).toEqual([['root C1', [['sealed O1', []]]]]);
    expect(await trace('dsse-kms', 'customer-key')).toContainEqual([
      'root R1',
      [['sealed D2', [['sealed O1<D1', []]]]],
    ]);
    expect(JSON.stringify(await trace('cse-kms', 'v3'))).toContain('derived E1');
    const altered = await trace('sse-kms', 'customer-key', 'data-key-bit');
    expect(JSON.stringify(altered).match(/sealed D1/g)).toHaveLength(2);
    expect(JSON.stringify(altered).match(/sealed O1/g)).toHaveLength(1);
  });

  it('says who could read what: storage never anything', () => {
    const lines = Object.fromEntries(
      actorLines(sseKms.run.trace).map((line) => [line.actor, line]),
    );
    expect(lines.storage).toMatchObject({ ever: [], atEnd: [], has: ['D1<K1', 'O1<D1'] });
    expect(lines.s3).toMatchObject({ ever: ['D1', 'O1'], atEnd: [] });
    expect(lines['s3-keys']).toBeUndefined();
  });
});

describe('the status sentence', () => {
  const sentence = (loaded: Loaded, step: number) =>
    sentenceOf(loaded, { level: 'standard', step }, ({ key }) => key);

  it('counts the steps that are shown', () => {
    const total = sseKms.visible.standard.length;
    expect(sentence(sseKms, -1)).toEqual({ id: 'status rest', values: { total } });
    expect(sentence(sseKms, sseKms.visible.standard[3] as number)).toEqual({
      id: 'status step',
      values: { number: 4, total, caption: 's3 -> kms GenerateDataKey' },
    });
  });

  it('says of a failed step that it failed', async () => {
    const loaded = await loadedOf('sse-kms', 'customer-key', 'key-disabled');
    const failed = loaded.run.trace.steps.findLast((step) => step.failed);
    expect(sentence(loaded, failed?.index ?? -1).id).toBe('status failed');
  });
});
