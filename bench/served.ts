// Builds the app as it ships and the pages it is held against into temporary folders, and serves them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, preview } from 'vite';

const FLOOR = fileURLToPath(new URL('./floor', import.meta.url));

export interface Served {
  readonly app: string;
  readonly floor: string;
  readonly blank: string;
  close(): Promise<void>;
}

async function serve(config: InlineConfig, outDir: string): Promise<[string, () => Promise<void>]> {
  const silent = { ...config, logLevel: 'silent' } as const;
  await build({ ...silent, build: { ...config.build, outDir, emptyOutDir: true } });
  const server = await preview({
    ...silent,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 4300, open: false }, // a busy port means the next one
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error('a page could not be served');
  return [address, () => server.close()];
}

export async function serveAll(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const [app, closeApp] = await serve({}, join(folder, 'app'));
  const input = { index: join(FLOOR, 'index.html'), blank: join(FLOOR, 'blank.html') };
  const [floor, closeFloor] = await serve(
    {
      root: FLOOR,
      configFile: false,
      plugins: [react()],
      build: { target: 'es2022', rollupOptions: { input } },
    },
    join(folder, 'floor'),
  );
  return {
    app,
    floor,
    blank: `${floor}blank.html`,
    async close() {
      await Promise.all([closeApp(), closeFloor()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
