// The mark: a wax seal with a keyhole.
export function Brand() {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M16 1.500 19.600 4.100 24 3.900 25.300 8.100 29 10.500 27.700 14.700 29.500 18.700 26.300 21.700 25.700 26.100 21.300 26.600 18.100 29.700 14.300 27.500 10 28.400 8.100 24.400 4.100 22.500 4.800 18.100 2.500 14.400 5.500 11.200 5.700 6.800 10 5.900 12.900 2.600Z"
        fill="var(--kms-ink)"
        stroke="var(--kms-ink)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="13.200" r="4.200" fill="none" stroke="var(--card)" strokeWidth="2.300" />
      <path
        d="M16 17.400v7M16 21.200h3.200"
        stroke="var(--card)"
        strokeWidth="2.300"
        strokeLinecap="round"
      />
    </svg>
  );
}
