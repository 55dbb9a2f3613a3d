// The words of a transcript, one function per thing that is told: the page and the text file say the same.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loaded } from '../../player';
import type { ActorId, Step } from '../../sim/types';
import { useCaption, useWords } from '../context';
import { kindOf, useThingName } from '../things';
import { type Details, detailsOf, type Length, shortened } from './details';
import type { ActorLine, KeyNode } from './keys';

export interface Teller {
  say(id: string, values?: Readonly<Record<string, string | number>>): string;
  flows(id: string): string;
  faults(id: string): string;
  actor(id: ActorId): string;
  role(id: ActorId): string;
  thing(id: string): string;
  list(items: readonly string[]): string;
  /** "S3 → KMS · GenerateDataKey" */
  title(step: Step): string;
  caption(loaded: Loaded, step: Step): string;
  details(step: Step): readonly Detail[];
  key(node: KeyNode): string;
  holds(line: ActorLine): readonly Detail[];
}

export interface Detail {
  readonly term: string;
  readonly value: string;
  /** To be set in the mono face: it is quoted from the run. */
  readonly quoted: boolean;
}

export function useTeller(): Teller {
  const { i18n } = useTranslation();
  const say = useWords('panels');
  const flows = useWords('flows');
  const faults = useWords('faults');
  const names = useWords('names');
  const inspector = useWords('inspector');
  const thingName = useThingName();
  const caption = useCaption();
  const { language } = i18n;

  return useMemo(() => {
    const format = new Intl.ListFormat(language, { type: 'conjunction' });
    const list = (items: readonly string[]): string => format.format(items);
    // In a list of things, "data key D1 and object O1" reads better than "D1, data key, and O1, object".
    const thing = (id: string): string =>
      /[<~]/.test(id) ? thingName(id) : say('thing', { id, kind: names(`kind ${kindOf(id)}`) });
    const actor = (id: ActorId): string => names(`actor ${id}`);
    const bytes = ({ name, length }: Length): string =>
      say('named bytes', { name, bytes: say('bytes', { count: length }) });

    function title(step: Step): string {
      if (step.kind === 'deed') {
        const { deed, thing: what } = step;
        const does = inspector([`does ${deed} ${what}`, 'does any'], { deed, thing: what });
        return inspector('heading deed', { actor: actor(step.actor), does });
      }
      const kind = step.kind === 'response' && step.failed ? 'refusal' : step.kind;
      const { operation } = step;
      return inspector(`heading ${kind}`, {
        from: actor(step.from),
        to: actor(step.to),
        operation,
      });
    }

    function found(details: Details): Detail[] {
      const { request, status, headers, body, algorithm, inputs, outputs, facts, carries } =
        details;
      const lines: (Detail | undefined)[] = [
        request === undefined ? undefined : quoted(say('detail request'), request),
        status === undefined ? undefined : quoted(say('detail status'), String(status)),
        ...headers.map(([name, value]) => quoted(name, shortened(value).text)),
        body === 0 ? undefined : plain(say('detail body'), say('bytes', { count: body })),
        carries.length === 0 ? undefined : plain(say('detail carries'), list(carries.map(thing))),
        algorithm === undefined ? undefined : plain(say('detail algorithm'), algorithm),
        inputs.length === 0 ? undefined : plain(say('detail in'), inputs.map(bytes).join(', ')),
        outputs.length === 0 ? undefined : plain(say('detail out'), outputs.map(bytes).join(', ')),
        ...facts.map(([name, value]) =>
          quoted(inspector([`fact ${name}`, name]), shortened(value).text),
        ),
      ];
      return lines.filter((line) => line !== undefined);
    }

    function key({ id, how, length, altered }: KeyNode): string {
      const values = { thing: thing(id), bytes: say('bytes', { count: length ?? 0 }) };
      return say(altered ? 'key altered' : `key ${how}`, values);
    }

    const all = (ids: readonly string[]): string =>
      ids.length === 0 ? say('nothing') : list(ids.map(thing));
    const holds = ({ ever, atEnd, has }: ActorLine): Detail[] => [
      plain(say('could read'), all(ever)),
      plain(say('reads at end'), all(atEnd)),
      ...(has.length === 0 ? [] : [plain(say('has at end'), all(has))]),
    ];

    return {
      say,
      flows,
      faults,
      actor,
      role: (id) => names(`role ${id}`),
      thing,
      list,
      title,
      caption,
      details: (step) => found(detailsOf(step)),
      key,
      holds,
    };
  }, [language, say, flows, faults, names, inspector, thingName, caption]);
}

const plain = (term: string, value: string): Detail => ({ term, value, quoted: false });
const quoted = (term: string, value: string): Detail => ({ term, value, quoted: true });
