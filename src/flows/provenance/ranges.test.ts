// Against a serialisation and a search of the tests' own, made with Node and nothing of ours.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../sim';
import { ALL, named, runOf, SOUND } from '../testing/cases';
import type { Run } from '../types';
import { layoutOf, type MessageStep } from './layout';
import { chainOf, type NamedRange, rangesOf } from './ranges';

const isMessage = (step: Step): step is MessageStep => step.kind !== 'deed';

function bytesOf(step: MessageStep): Buffer {
  const headers = Object.entries(step.message.headers).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`${headers.join('')}\r\n`), Buffer.from(step.message.body)]);
}

/** Everything that some text may be, if it is written in one of the forms. */
function readings(text: string): Buffer[] {
  const tokens = text.match(/[A-Za-z0-9+/=]{4,}/g) ?? [];
  const unescaped = text.replace(/\\(.)/g, '$1');
  return [
    Buffer.from(text),
    Buffer.from(unescaped),
    Buffer.from(
      text
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&amp;/g, '&'),
    ),
    ...tokens.flatMap((token) => [Buffer.from(token, 'base64'), Buffer.from(token, 'hex')]),
    ...(text.match(/\S*%[0-9A-F]{2}\S*/g) ?? []).map((part) =>
      Buffer.from(decodeURIComponent(part)),
    ),
  ];
}

const holds = (step: MessageStep, value: Uint8Array): boolean => {
  const path = step.kind === 'request' ? step.message.path : '';
  const all = [path, bytesOf(step).toString('latin1'), bytesOf(step).toString()];
  return (
    Buffer.from(step.message.body).includes(Buffer.from(value)) ||
    all.some((text) => readings(text).some((one) => one.includes(Buffer.from(value))))
  );
};

async function each(
  one: (typeof ALL)[number],
  look: (run: Run, step: MessageStep, ranges: readonly NamedRange[]) => void,
) {
  const run = await runOf(one);
  for (const step of run.trace.steps) if (isMessage(step)) look(run, step, rangesOf(run, step));
}

describe('the ranges of a message', () => {
  it.each(named(ALL))(
    '%s: cover every byte, in order, once, each with an origin',
    async (_, one) => {
      await each(one, (run, step, ranges) => {
        const { view } = layoutOf(run.trace, step);
        const whole = Buffer.from(view.subarray(0, view.length));
        let at = 0;
        for (const { start, end, origin } of ranges) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          expect(origin.kind).toBeTruthy();
          at = end;
        }
        expect(at).toBe(view.length);
        // The start line, then exactly the headers and the body.
        const end = whole.indexOf('\r\n') + 2;
        expect(whole.subarray(end).equals(bytesOf(step))).toBe(true);
      });
    },
  );

  it.each(named(ALL))('%s: mean what is written in them', async (_, one) => {
    await each(one, (run, step, ranges) => {
      const { view } = layoutOf(run.trace, step);
      for (const { start, end, form, value, part } of ranges) {
        const written = Buffer.from(view.subarray(start, end));
        if (form === 'raw') expect(written.equals(value)).toBe(true);
        if (form === 'hex') expect(written.toString()).toBe(Buffer.from(value).toString('hex'));
        if (form === 'base64' && !part)
          expect(written.toString()).toBe(Buffer.from(value).toString('base64'));
        if (form === 'percent')
          expect(decodeURIComponent(written.toString())).toBe(Buffer.from(value).toString());
      }
    });
  });
});

describe('the origin of a range', () => {
  it.each(named(ALL))('%s: is where the bytes really are', async (_, one) => {
    await each(one, (run, step, ranges) => {
      for (const { origin, value, of } of ranges) {
        const where = [step.key, of, origin];
        const from = 'step' in origin ? run.trace.steps[origin.step] : undefined;
        if (from) expect(from.index).toBeLessThan(step.index);
        if (origin.kind === 'made' || origin.kind === 'random') {
          if (from?.kind !== 'deed') throw new Error('no deed');
          expect(from.actor).toBe(step.from);
          const bytes =
            origin.kind === 'made'
              ? from.outputs[origin.name]
              : (from.outputs[origin.name] ?? from.inputs[origin.name]);
          expect([where, Buffer.from(bytes ?? []).includes(Buffer.from(value))]).toEqual([
            where,
            true,
          ]);
        }
        if (origin.kind === 'carried') {
          if (!from || !isMessage(from)) throw new Error('no message');
          expect(from.to).toBe(step.from);
          expect([where, holds(from, value)]).toEqual([where, true]);
        }
        if (origin.kind === 'input') {
          const own = run.scenario.own[origin.what] ?? '';
          const text = Buffer.from(value).toString();
          const given =
            own instanceof Uint8Array
              ? Buffer.from(own).toString()
              : typeof own === 'string'
                ? own
                : JSON.stringify(own);
          expect(given).toContain(text);
          expect(step.from).toBe('you');
        }
      }
    });
  });

  it.each(named(ALL))('%s: a length and a sum are what they are said to be', async (_, one) => {
    await each(one, (_run, step, ranges) => {
      for (const { origin, value, of } of ranges) {
        if (origin.kind !== 'computed') continue;
        const { body } = step.message;
        if (origin.what === 'length') {
          const said = Number(Buffer.from(value).toString());
          // What is stored ends in a tag more, or two of them.
          if (of === 'object-length') expect([said + 16, said + 32]).toContain(body.length);
          else expect(said).toBe(body.length);
        }
        if (of === 'content-md5')
          expect(Buffer.from(value).equals(createHash('md5').update(body).digest())).toBe(true);
        if (origin.what === 'date' && of === 'date')
          expect(Date.parse(Buffer.from(value).toString())).toBe(
            Math.floor(Date.parse(step.at) / 1000) * 1000,
          );
      }
    });
  });

  it.each(named(SOUND))(
    '%s: a sealed key is taken apart, and comes from the deed that sealed it',
    async (_, one) => {
      const run = await runOf(one);
      for (const step of run.trace.steps) {
        if (!isMessage(step) || step.key !== 'kms <- hsm GenerateDataKey') continue;
        const parts = rangesOf(run, step).filter(({ part }) => part);
        expect(parts.map(({ part }) => part)).toEqual([
          'version',
          'material',
          'nonce',
          'iv',
          'ciphertext',
          'tag',
        ]);
        expect(parts.map(({ value }) => value.length)).toEqual([1, 32, 16, 12, 32, 16]);
        const sealed = parts.find(({ part }) => part === 'ciphertext');
        expect(sealed?.origin).toEqual(expect.objectContaining({ kind: 'made' }));
      }
    },
  );
});

describe('a chain', () => {
  it('leads the stored ciphertext of SSE-KMS back to the deed, and the data key to the HSM', async () => {
    const run = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
    const at = run.trace.steps.findLast((step) => step.key === 's3 <- storage ReadObject');
    if (!at || !isMessage(at)) throw new Error('no message');
    const range = rangesOf(run, at).find(
      (one) => one.part === 'ciphertext' && one.of === 'sse-encrypted-data-key',
    );
    if (!range) throw new Error('no range');
    const { back, forward } = chainOf(run, at, range);
    const keys = back.map(({ origin }) => 'step' in origin && run.trace.steps[origin.step]?.key);
    expect(keys).toEqual([
      's3 -> storage WriteObject',
      's3 <- kms GenerateDataKey',
      'kms <- hsm GenerateDataKey',
      'hsm wraps data key',
    ]);
    expect(back.at(-1)?.inputs.map(({ name }) => name)).toEqual(['key', 'iv', 'aad', 'plaintext']);
    expect((forward ?? []).map(({ step }) => run.trace.steps[step]?.key)).toContain(
      'hsm unwraps data key',
    );
  });

  it.each(named(ALL))('%s: never leads forward in time, and ends in a root', async (_, one) => {
    await each(one, (run, step, ranges) => {
      for (const range of ranges) {
        const { back, forward } = chainOf(run, step, range);
        let before = step.index;
        for (const { origin } of back)
          if ('step' in origin) {
            expect(origin.step).toBeLessThan(before);
            before = origin.step;
          }
        expect(back.at(-1)?.origin.kind).not.toBe('carried');
        expect((forward ?? []).every((use) => use.step > step.index)).toBe(true);
      }
    });
  });
});
