// Starts the browser that lies in node_modules (@sparticuz/chromium), without a system library, font or download.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium-153/', import.meta.url));

/** The package's own font list names /tmp; without any font even a web font is not drawn. */
const fontList = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}fonts</dir><cachedir>${folder}fonts-cache</cachedir></fontconfig>
`;

export async function startBrowser(): Promise<Browser> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}fonts.conf`, fontList);
  // Read when the package is imported: its own libraries, and a folder that no other version shares.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
  process.env['TMPDIR'] = folder;
  process.env['FONTCONFIG_FILE'] = `${folder}fonts.conf`;
  const { default: chromium } = await import('@sparticuz/chromium');
  const { chromium: driver } = await import('playwright-core');
  // Not the package's own arguments: they put all in one process (a second context ends it) and switch web security off.
  return driver.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=nl-NL'] });
}
