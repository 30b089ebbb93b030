// Synthesises the stack in process, with a line of code instead of each bundle, and reads it back as data.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { makeArchiveStack } from '#infra/aws/archive-stack.ts';
import { readSettings } from '#infra/aws/settings.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is read by path, as CloudFormation reads it
  readonly Properties: any;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface SynthesisedArchive {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly text: string;
  /** Findings of cdk-nag that nobody acknowledged. */
  readonly findings: readonly string[];
  readonly ofType: (type: string) => [string, Resource][];
}

/** Flags of CDK change templates: the tests use those that a deployment uses. */
const ofDeployment = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'cdk.json'), 'utf8')) as { readonly context: Readonly<Record<string, unknown>> }
).context;

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

export function statementsOf(document: { readonly Statement: readonly Record<string, unknown>[] }): Statement[] {
  return document.Statement.map((one) => ({ ...one, Action: list(one['Action']), Resource: list(one['Resource']) }) as unknown as Statement);
}

export function synthArchive(
  context: Readonly<Record<string, unknown>> = {},
  extra: { readonly webFolder?: string; readonly plant?: (stack: Stack) => void } = {},
): SynthesisedArchive {
  const outdir = mkdtempSync(join(tmpdir(), 'woordspoor-synth-'));
  const exitCode = process.exitCode;
  try {
    const given: Readonly<Record<string, unknown>> = { organisation: 'proef', region: 'eu-west-1', ...context };
    const settings = readSettings((name) => given[name]);
    const app = new App({ analyticsReporting: false, outdir, context: ofDeployment });
    const stack = makeArchiveStack(app, {
      settings,
      env: { region: settings.region },
      codeOf: () => Code.fromInline('export const handler = async () => {};'),
      ...(extra.webFolder === undefined ? {} : { webFolder: extra.webFolder }),
    });
    extra.plant?.(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    try {
      app.synth();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
    }
    const text = readFileSync(join(outdir, `${stack.artifactId}.template.json`), 'utf8');
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
      readonly pluginReports: readonly { readonly violations?: readonly { readonly ruleName: string }[] }[];
    };
    const resources = (JSON.parse(text) as { Resources: Record<string, Resource> }).Resources;
    return {
      resources,
      text,
      findings: report.pluginReports.flatMap(({ violations }) => (violations ?? []).map(({ ruleName }) => ruleName)),
      ofType: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
    };
  } finally {
    process.exitCode = exitCode;
    rmSync(outdir, { recursive: true, force: true });
  }
}
