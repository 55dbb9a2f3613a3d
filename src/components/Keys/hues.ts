// Which hue each key has in this room: what hangs under a key wears it.
import type { KeyNode } from '../../flows';
import type { ThingLook } from '../things';

const HUES: Readonly<Record<string, number>> = {
  diary: 0,
  archive: 3,
  'aws/s3': 2,
  root: 4,
  customer: 6,
  wrapping: 5,
};

export function hueOf(node: KeyNode): number {
  if (node.kind === 'bucket key') return HUES[node.version.replace(/\.\d+$/, '')] ?? 7;
  return HUES['key' in node ? node.key : node.id] ?? 7;
}

const SHAPES = {
  'kms key': 'vault',
  version: 'vault',
  'bucket key': 'key',
  'root key': 'vault',
  'own key': 'person key',
} as const;

export const lookOfNode = (node: KeyNode): ThingLook => ({
  id: node.id,
  shape: SHAPES[node.kind],
  hue: hueOf(node),
  seals: [],
  altered: false,
  short: node.id,
  under: undefined,
});
