// The npm package s3rver on a free port of this machine, in a folder of its own; prints its address. No encryption.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const S3rver = require('s3rver');

const directory = mkdtempSync(join(tmpdir(), 'bench-s3rver-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: 'bench' }],
});
server.run().then(({ port }) => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => {
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});
