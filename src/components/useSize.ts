// Sizes in words: "31 bytes", "1.5 KiB", "64 MiB".
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from './context';

const UNITS = ['KiB', 'MiB', 'GiB'] as const;

/** The number and unit of a size of 1 KiB or more; undefined below. */
export function largeSize(
  bytes: number,
): { amount: number; unit: (typeof UNITS)[number] } | undefined {
  if (bytes < 1024) return undefined;
  const power = bytes >= 1024 ** 3 ? 3 : bytes >= 1024 ** 2 ? 2 : 1;
  return { amount: bytes / 1024 ** power, unit: UNITS[power - 1] ?? 'KiB' };
}

export function useSize(): (bytes: number) => string {
  const words = useWords('panels');
  const { language } = useTranslation().i18n;
  return useCallback(
    (bytes) => {
      const large = largeSize(bytes);
      if (!large) return words('bytes', { count: bytes });
      const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
      return words('size', { amount: format.format(large.amount), unit: large.unit });
    },
    [words, language],
  );
}
