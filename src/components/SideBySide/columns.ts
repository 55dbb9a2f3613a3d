// What stands side by side, as the room's address says it:
//   #/compare?with=cse-kms,sse-kms.bucket-key&level=standard&row=3&seed=k3f9
// What is wrong in it is told, and the nearest is shown.
import { DEPTHS, FLOW_IDS, FLOWS, type FlowId, type VariantId } from '../../flows';
import type { Depth } from '../../sim/types';

export interface Column {
  readonly flow: FlowId;
  readonly variant: VariantId;
}

export interface Side {
  readonly columns: readonly Column[];
  readonly level: Depth;
  /** Undefined: the player's own for this visit. */
  readonly seed: string | undefined;
  /** Of the aligned rows; 0 at rest, before the first. */
  readonly row: number;
}

export const LEAST = 2;
export const MOST = 4;
const USUAL: readonly FlowId[] = ['cse-kms', 'sse-s3', 'sse-kms', 'sse-c'];
const SEED = /^[a-z0-9-]{1,32}$/;

export const columnOf = (flow: FlowId): Column => ({ flow, variant: FLOWS[flow].variants[0].id });
const sameColumn = (a: Column, b: Column): boolean => a.flow === b.flow && a.variant === b.variant;

function readColumn(text: string): Column | undefined {
  const [name, variant] = text.split('.');
  const flow = FLOW_IDS.find((id) => id === name);
  if (!flow) return undefined;
  const found = FLOWS[flow].variants.find(({ id }) => id === (variant ?? columnOf(flow).variant));
  return found && { flow, variant: found.id };
}

/** `wrong`: the parts of the address that say nothing, as they were written. */
export function readSide(query: string): {
  readonly side: Side;
  readonly wrong: readonly string[];
} {
  const parameters = new URLSearchParams(query);
  const wrong: string[] = [];
  const columns: Column[] = [];
  const given = parameters.get('with');
  for (const text of given?.split(',') ?? []) {
    const column = readColumn(text);
    if (!column || columns.length === MOST || columns.some((one) => sameColumn(one, column)))
      wrong.push(text);
    else columns.push(column);
  }
  for (const flow of USUAL)
    if (
      columns.length < (given === null ? MOST : LEAST) &&
      !columns.some((one) => one.flow === flow)
    )
      columns.push(columnOf(flow));
  const pick = <T>(name: string, read: (text: string) => T | undefined, usual: T): T => {
    const text = parameters.get(name);
    if (text === null) return usual;
    const value = read(text);
    if (value === undefined) wrong.push(`${name}=${text}`);
    return value ?? usual;
  };
  const level = pick<Depth>('level', (text) => DEPTHS.find((one) => one === text), 'standard');
  const seed = pick<string | undefined>(
    'seed',
    (text) => (SEED.test(text) ? text : undefined),
    undefined,
  );
  const row = pick('row', (text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined), 0);
  for (const name of parameters.keys())
    if (!['with', 'level', 'seed', 'row'].includes(name)) wrong.push(name);
  return { side: { columns, level, seed, row }, wrong };
}

export function writeSide({ columns, level, seed, row }: Side): string {
  const names = columns.map(({ flow, variant }) =>
    variant === columnOf(flow).variant ? flow : `${flow}.${variant}`,
  );
  return [
    `with=${names.join(',')}`,
    ...(level === 'standard' ? [] : [`level=${level}`]),
    ...(row === 0 ? [] : [`row=${row}`]),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
  ].join('&');
}
