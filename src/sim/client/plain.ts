// The plain S3 client: turns calls into requests and hands S3's answers back. It encrypts nothing itself.
import type { Actor } from '../types';
import { answerCall, calledOperation } from './calls';
import { otherRequest, putRequest } from './s3-requests';

export const plainClient: Actor = (call, desk) =>
  answerCall(() => {
    const operation = calledOperation(call);
    if (operation === 'PutObject')
      return desk.send('s3', operation, putRequest(call.headers, call.body));
    if (operation === 'GetObject')
      return desk.send('s3', operation, otherRequest('GET', call.headers));
    if (operation === 'HeadObject')
      return desk.send('s3', operation, otherRequest('HEAD', call.headers));
    if (operation === 'DeleteObject')
      return desk.send('s3', operation, otherRequest('DELETE', call.headers));
    throw new Error(`the client does not know ${operation}`);
  });
