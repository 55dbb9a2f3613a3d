/** False on a page that came over plain http from another machine: browsers then give no WebCrypto. */
export const hasWebCrypto = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Where the same page is, with WebCrypto. */
export function secureAddresses({
  protocol,
  host,
  hostname,
  port,
  pathname,
}: Location): readonly string[] {
  if (protocol !== 'http:') return [];
  const rest = `${port && `:${port}`}${pathname}`;
  const here = ['localhost', '127.0.0.1'].includes(hostname) ? [] : [`https://${host}${pathname}`];
  return [...here, `http://localhost${rest}`, `http://127.0.0.1${rest}`];
}
