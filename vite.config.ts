import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { sri } from 'vite-plugin-sri3';
import { defineConfig } from 'vitest/config';

// One policy: a <meta> in the built page, so that any static host serves it, and a header from our own server.
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'", // the example of an embedding page
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types sealed-worker',
].join('; ');

const cspMeta: Plugin = {
  name: 'csp-meta',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CSP },
      injectTo: 'head-prepend',
    },
  ],
};

/**
 * The faces of the first view come with the page. Text is drawn at once and once: in another face for the whole visit
 * where these are late, so that nothing waits and nothing shifts.
 */
const fontsAtOnce: Plugin = {
  name: 'fonts-at-once',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource-variable\/.*\.css$/ },
    handler: (css) => css.replaceAll('font-display: swap', 'font-display: optional'),
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /(inter|jetbrains-mono)-latin-wght-normal-[\w-]+\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: {
            rel: 'preload',
            as: 'font',
            type: 'font/woff2',
            crossorigin: true,
            href: `./${file}`,
          },
          injectTo: 'head',
        })),
  },
};

/**
 * Works without a network after one visit. A new version waits until the person asks for it: nothing changes in the middle
 * of a lesson. The page registers the worker itself, as its policy wants no inline script.
 */
const offline = VitePWA({
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    id: './',
    name: 'Sealed',
    short_name: 'Sealed',
    description: 'See every key, every byte, every message of Amazon S3 encryption.',
    lang: 'en',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#fbf9f4',
    theme_color: '#643d82',
    categories: ['education'],
    icons: [
      { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: './icon-512.png', sizes: '512x512', type: 'image/png' },
      {
        src: './icon-maskable-512.png',
        sizes: '512x512',
        type: 'image/png',
        purpose: 'maskable',
      },
      { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg,woff2}'],
    navigateFallback: null, // an unknown path is a 404 with a network, and stays one without
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    sourcemap: false,
  },
});

export default defineConfig({
  base: './', // every address is relative: the build runs from any folder of any static host
  appType: 'mpa', // an unknown path is a 404, never the page: places inside the app live in the hash
  plugins: [react(), cspMeta, fontsAtOnce, offline, sri()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // no data: addresses
    modulePreload: { polyfill: false }, // no inline script
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    headers: {
      'Content-Security-Policy': CSP,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  },
  test: {
    include: ['src/**/*.test.ts?(x)', 'cloud/**/*.test.ts', 'scripts/**/*.test.{mjs,ts}'],
    testTimeout: 60_000, // nothing waits; a busy machine may be slow
    environment: 'node', // the engine runs on Node's own WebCrypto
    coverage: { provider: 'v8', include: ['src/sim/**', 'src/flows/**', 'src/player/**'] },
  },
});
