// What keys are called, and how they are, in words.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyNode } from '../../flows';
import { useWords } from '../context';

const SHORT = { dateStyle: 'medium', timeZone: 'UTC' } as const;

export function useDates() {
  const { language } = useTranslation().i18n;
  return useCallback(
    (milliseconds: number, withTime = false): string =>
      new Intl.DateTimeFormat(
        language,
        withTime ? { ...SHORT, timeStyle: 'medium' } : SHORT,
      ).format(milliseconds),
    [language],
  );
}

export function useNumbers() {
  const { language } = useTranslation().i18n;
  return useCallback((n: number): string => new Intl.NumberFormat(language).format(n), [language]);
}

export function useNodeWords() {
  const words = useWords('keys');
  const date = useDates();
  const nameOf = useCallback(
    (node: KeyNode): string => {
      switch (node.kind) {
        case 'kms key':
          return `alias/${node.key}`;
        case 'version':
          return words('version', { version: node.version });
        case 'bucket key':
          return words('bucket key', { number: node.id.replace('bucket.', '') });
        case 'root key':
          return words('root key');
        default:
          return words(`own ${node.key}`);
      }
    },
    [words],
  );
  /** Undefined: there is nothing to say of it. */
  const stateOf = useCallback(
    (node: KeyNode): string | undefined => {
      if (node.kind === 'kms key')
        return node.deletion === undefined
          ? words(`state ${node.state}`)
          : words('state until', { date: date(node.deletion) });
      if (node.kind === 'version') return node.isCurrent ? words('current') : words('older');
      if (node.kind === 'own key') return node.isLost ? words('lost') : words('you have it');
      return undefined;
    },
    [words, date],
  );
  return { nameOf, stateOf };
}
