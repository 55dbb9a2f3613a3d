// Who calls. An actor asks before it reads anything else of a request.
import type { Desk, HttpRequest } from '../types';

/**
 * The request with whoever sent it in `PRINCIPAL`, or without that header when nobody says who they are; throws the
 * service's refusal when they are not who they say.
 */
export type Authenticate = (request: HttpRequest, desk: Desk) => Promise<HttpRequest>;

/** Callers are believed (modelled): how the page's world works. See docs/decisions/0008. */
export const asSaid: Authenticate = (request) => Promise.resolve(request);
