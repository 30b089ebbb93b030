// The window's files where no CloudFront serves them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiGround, startApiGround } from './api-ground.ts';

let ground: ApiGround;
const folder = mkdtempSync(join(tmpdir(), 'window-'));
beforeAll(async () => {
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>Woordspoor</title>');
  writeFileSync(join(folder, 'web', 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'outside.txt'), 'buiten');
  ground = await startApiGround([], undefined, (services) => ({ ...services, config: { ...services.config, webFolder: join(folder, 'web') } }));
});
afterAll(async () => {
  await ground.stop();
  rmSync(folder, { recursive: true });
});

describe('the window', () => {
  it.each(['/', '/index.html', '/bundels/bundle_1', '/zoeken?vraag=1'])('is at %s, with a strict policy', async (path) => {
    const response = await ground.call('GET', path);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<title>Woordspoor')]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*/);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('lets browsers keep files that carry a hash', async () => {
    const response = await ground.call('GET', '/assets/app-1a2b.js');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['/assets/gone.js', '/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt'])(
    'has nothing else: %s',
    async (path) => {
      const response = await ground.call('GET', path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('buiten');
    },
  );

  it('leaves unknown addresses of the API to the API', async () => {
    const response = await ground.call('GET', '/v1/nothing');
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });
});
