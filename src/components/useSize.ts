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

/** `unless`: where the words would be the same as those for this other size, the exact number of bytes. */
export function useSize(): (bytes: number, unless?: number) => string {
  const words = useWords('panels');
  const { language } = useTranslation().i18n;
  return useCallback(
    (bytes, unless) => {
      const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
      const exact = (size: number): string => words('bytes', { count: size });
      const rounded = (size: number): string => {
        const large = largeSize(size);
        if (!large) return exact(size);
        return words('size', { amount: format.format(large.amount), unit: large.unit });
      };
      const text = rounded(bytes);
      return bytes !== unless && unless !== undefined && text === rounded(unless)
        ? exact(bytes)
        : text;
    },
    [words, language],
  );
}
