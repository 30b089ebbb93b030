// `npx cdk synth | deploy`: the settings from the context, the bundles by esbuild, the rules of cdk-nag over all of it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { makeArchiveStack } from './archive-stack.ts';
import { bundleEntry } from './bundle-door.ts';
import { readSettings } from './settings.ts';

const root = join(import.meta.dirname, '..', '..');
const app = new App({ analyticsReporting: false });
const settings = readSettings((name) => app.node.tryGetContext(name));
const webFolder = join(root, 'web', 'dist');
const haveWindow = existsSync(join(webFolder, 'index.html'));

const stack = makeArchiveStack(app, {
  settings,
  env: { region: settings.region, ...(settings.account === undefined ? {} : { account: settings.account }) },
  codeOf: (entry, beside) => Code.fromAsset(bundleEntry(root, entry, join(app.outdir, 'bundles', entry.replace(/\.ts$/, '')), beside).folder),
  ...(haveWindow ? { webFolder } : {}),
});
if (!haveWindow) Annotations.of(stack).addWarningV2('woordspoor:no-window', 'web/dist is not built: the window is left as it is (npm run build:web)');
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
