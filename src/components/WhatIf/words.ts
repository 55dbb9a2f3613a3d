// What a change is called once it is done.
import { useCallback } from 'react';
import type { Change } from '../../flows';
import { useWords } from '../context';

const LONGEST = 32;
const short = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

export function useDid(): (change: Change) => string {
  const words = useWords('forks');
  return useCallback(
    (change) => {
      switch (change.kind) {
        case 'flip':
        case 'stored-flip':
          return words(`did ${change.kind}`, {
            byte: Math.floor(change.bit / 8),
            bit: change.bit % 8,
          });
        case 'header':
          return words(change.value === '' ? 'did no header' : 'did header', {
            name: change.name,
            value: short(change.value),
          });
        case 'key':
        case 'bucket':
          return words(`did ${change.to}`);
        case 'policy':
          return words(`did policy ${change.of}`);
        default:
          return words(`did ${change.kind}`);
      }
    },
    [words],
  );
}
