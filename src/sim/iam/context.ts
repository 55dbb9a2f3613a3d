// The condition keys that every request has, whichever service it asks. Names in lower case: case does not count.
// Source: IAM User Guide, "AWS global condition context keys".
import { epochSeconds } from '../clock';
import { ANONYMOUS, PLAIN_HTTP, REGION, SOURCE_IP, VIA } from '../names';
import type { Desk, Headers } from '../types';
import { accountOf } from './match';
import type { RequestContext } from './policy';

/** Condition keys that are put together when a condition first looks at them: most policies have none. */
export class LookedAt {
  readonly #make: () => RequestContext;
  #keys: RequestContext | undefined;

  constructor(make: () => RequestContext) {
    this.#make = make;
  }

  get keys(): RequestContext {
    this.#keys ??= this.#make();
    return this.#keys;
  }

  /** The keys, if a condition did look. */
  get seen(): RequestContext | undefined {
    return this.#keys;
  }
}

/** `resourceAccount`: whose the resource is. A request is inside TLS unless said otherwise. */
export function globalContext(
  desk: Desk,
  headers: Headers,
  principal: string,
  resourceAccount: string,
): RequestContext {
  const now = desk.now();
  const via = headers[VIA] !== undefined;
  const sourceIp = headers[SOURCE_IP];
  const agent = headers['user-agent'];
  const userName = /^arn:aws:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(principal)?.[1];
  return {
    'aws:securetransport': String(headers[PLAIN_HTTP] === undefined),
    'aws:viaawsservice': String(via),
    'aws:currenttime': now.toISOString(),
    'aws:epochtime': String(Math.floor(epochSeconds(now))),
    'aws:requestedregion': REGION,
    'aws:resourceaccount': resourceAccount,
    ...(principal === ANONYMOUS
      ? { 'aws:principaltype': 'Anonymous' }
      : { 'aws:principalarn': principal, 'aws:principalaccount': accountOf(principal) }),
    ...(userName === undefined ? {} : { 'aws:principaltype': 'User', 'aws:username': userName }),
    // A service that calls for somebody shows its own address to nobody.
    ...(sourceIp === undefined || via ? {} : { 'aws:sourceip': sourceIp }),
    ...(agent === undefined ? {} : { 'aws:useragent': agent }),
  };
}
