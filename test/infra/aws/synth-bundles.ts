// `cdk synth` as anybody runs it, into a folder that is thrown away: the very bundles that a deployment would send, and the roles beside them.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { pascal } from '#infra/aws/doors.ts';
import { doors } from '#infra/manifest.ts';
import { type Resource, type Statement, statementsOf } from './synth-archive.ts';

export interface StandingBundle {
  readonly file: string;
  readonly bytes: number;
  readonly statements: readonly Statement[];
}

export interface SynthesisedBundles {
  readonly bundles: ReadonlyMap<string, StandingBundle>;
  readonly milliseconds: number;
  readonly remove: () => void;
}

const root = join(import.meta.dirname, '..', '..', '..');

export async function synthBundles(): Promise<SynthesisedBundles> {
  const outdir = mkdtempSync(join(tmpdir(), 'woordspoor-cdk-'));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    const started = performance.now();
    const binaries = join(root, 'node_modules', '.bin');
    await promisify(execFile)(process.execPath, [join(binaries, 'cdk'), 'synth', '--quiet', '--output', outdir], {
      cwd: root,
      env: { ...process.env, PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}`, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' },
    });
    const milliseconds = performance.now() - started;
    const template = readdirSync(outdir).find((file) => file.endsWith('.template.json'));
    if (template === undefined) throw new Error('cdk synth made no template');
    const resources = Object.entries((JSON.parse(readFileSync(join(outdir, template), 'utf8')) as { Resources: Record<string, Resource> }).Resources);
    const bundles = new Map<string, StandingBundle>();
    for (const { name } of doors) {
      const made = resources.find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.replace(/[0-9A-F]{8}$/, '') === pascal(name))?.[1].Properties;
      if (made === undefined) throw new Error(`no function of the door ${name}`);
      const file = join(outdir, `asset.${String(made.Code.S3Key).replace(/\.zip$/, '')}`, 'index.mjs');
      if (!existsSync(file)) throw new Error(`no bundle of the door ${name}`);
      const role = made.Role['Fn::GetAtt'][0] as string;
      const statements = resources
        .filter(([, one]) => one.Type === 'AWS::IAM::Policy' && one.Properties.Roles.some((each: { Ref?: string }) => each.Ref === role))
        .flatMap(([, one]) => statementsOf(one.Properties.PolicyDocument));
      bundles.set(name, { file, bytes: statSync(file).size, statements });
    }
    return { bundles, milliseconds, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
