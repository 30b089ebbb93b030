// The built window where no CloudFront serves it: files from a folder, any other address is a page of the window itself.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Hono } from 'hono';
import type { Config } from '#runtime/config.ts';
import { problemResponse } from './problem.ts';
import { withHeaders } from './security-headers.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Uploads go straight to the intake bucket; hashing runs as WebAssembly in a worker; sign-in posts to the identity provider. */
export function windowPolicy(config: Pick<Config, 'endpoints' | 'identity'>): string {
  const uploads = config.endpoints.s3Public === undefined ? '' : ` ${new URL(config.endpoints.s3Public).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${uploads}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${new URL(config.identity.issuer).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function addWindow(app: Hono, config: Config): void {
  const folder = config.webFolder;
  if (folder === undefined) throw new Error('no folder with the window');
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
  const policy = windowPolicy(config);

  app.get('*', async (context) => {
    const { path } = context.req;
    const isFile = extname(path) !== '';
    const file = files.get(isFile ? path : '/index.html');
    if (file === undefined) return problemResponse({ code: 'not-found' });
    const bytes = await readFile(file);
    return withHeaders(new Response(bytes, { headers: { 'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream' } }), {
      'content-security-policy': policy,
      'cache-control': path.startsWith('/assets/') && isFile ? 'public, max-age=31536000, immutable' : 'no-cache',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
}
