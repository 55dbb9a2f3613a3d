// What people do in the sse-s3 scenarios.
import { plainClient } from '../sim';
import { type Acts, getIt, makeBucket, putIt } from './stage';

const nothingAsked: Acts = {
  client: () => plainClient,
  prepare: makeBucket,
  put: putIt,
  get: getIt,
};

export const sseS3Acts = {
  default: nothingAsked,
  header: {
    ...nothingAsked,
    async put(stage) {
      stage.putParameters.ServerSideEncryption = 'AES256';
      return putIt(stage);
    },
  } satisfies Acts,
};
