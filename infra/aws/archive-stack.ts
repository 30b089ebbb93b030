// One archive of one organisation: everything of it in one stack, built by walking the manifest and the table schema.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import { type Door, doors as manifest } from '#infra/manifest.ts';
import { Config } from '#runtime/config.ts';
import { type TableName, tableSchemas } from '#store/table.ts';
import { acknowledgeFindings } from './acknowledged.ts';
import { announceUploads, guardVault, makeBuckets, makeLogBucket } from './buckets.ts';
import { makeDoor, makeFunction, makeQueues } from './doors.ts';
import { makeEdge, openDoor, placeWindow } from './edge.ts';
import type { Ground } from './grants.ts';
import { makeIdentity, makePool } from './identity.ts';
import { makeKeys } from './keys.ts';
import type { GroundSettings } from './settings.ts';
import { makeTables } from './tables.ts';
import { makeTopic, makeWatch, watchTables } from './watch.ts';
import { zgwConfig } from './zgw-config.ts';

export interface ArchiveStackProps extends StackProps {
  readonly settings: GroundSettings;
  /** Code of an entry (path from the root of the repository). */
  readonly codeOf: (entry: string, beside?: Door['beside']) => Code;
  /** Folder of the built window; absent, the bucket stays as it is. */
  readonly webFolder?: string;
}

/** A Lambda answers 6 MB at most, and bytes go as base64, a third larger. */
const answerBytes = 4 * 2 ** 20;

/** What Lambda's environment gets; tokens of the deployment stand where addresses will. */
type ConfigInput = z.input<typeof Config>;

export function makeArchiveStack(scope: Construct, props: ArchiveStackProps): Stack {
  const { settings } = props;
  const stack = new Stack(scope, `Woordspoor-${settings.organisation}`, {
    description: `Woordspoor ${settings.organisation}: archive for chat messages`,
    terminationProtection: true,
    ...props,
  });
  const doors: readonly Door[] = manifest;
  const retention = settings.logDays;
  const zone = Config.shape.zone.parse(undefined);

  const keys = makeKeys(stack, settings.organisation);
  const logs = settings.accessLogs ? makeLogBucket(stack) : undefined;
  const tables = makeTables(stack, keys);
  const queues = makeQueues(stack, settings.organisation, doors);
  const naming = makeFunction({ scope: stack, keys, retention }, 'NameRoles', {
    code: props.codeOf('infra/aws/name-roles.ts'),
    timeoutSeconds: 5,
    memoryMb: 256,
    description: 'Woordspoor: writes the roles claim of a token',
  });
  const pool = makePool(stack, settings, naming.lambda);
  const edge = makeEdge(stack, settings, { keys, logs, retention, signInOrigin: pool.domain.baseUrl() });
  const identity = makeIdentity(stack, settings, pool, edge.publicUrl);
  const buckets = makeBuckets(stack, { organisation: settings.organisation, keys, publicUrl: edge.publicUrl, logs });

  const ground: Ground = {
    keys,
    tables,
    buckets,
    queueArns: new Map([...queues].map(([name, { queue }]) => [name, queue.queueArn])),
    deadLetterQueueArns: new Map([...queues].map(([name, { deadLetters }]) => [name, deadLetters.queueArn])),
  };
  const configOf = (mayUse: { readonly queues: readonly string[]; readonly deadLetters: boolean; readonly zgw: boolean }): string => {
    const config = {
      region: stack.region,
      tables: { catalogue: tables.catalogue.table.tableName, index: tables.index.table.tableName, audit: tables.audit.table.tableName },
      buckets: {
        intake: buckets.intake.bucketName,
        vault: buckets.vault.bucketName,
        exports: buckets.exports.bucketName,
        ledger: buckets.ledger.bucketName,
      },
      queues: Object.fromEntries([...queues].filter(([name]) => mayUse.queues.includes(name)).map(([name, { queue }]) => [name, queue.queueUrl])),
      deadLetterQueues: mayUse.deadLetters ? Object.fromEntries([...queues].map(([name, { deadLetters }]) => [name, deadLetters.queueUrl])) : {},
      identity: { issuer: identity.issuer, clientId: identity.clientId, audience: identity.audience, rolesClaim: 'roles' },
      publicUrl: edge.publicUrl,
      zone,
      ...(mayUse.zgw && settings.zgw !== undefined ? { zgw: zgwConfig(settings.zgw) } : {}),
      limits: { answerBytes },
    } satisfies ConfigInput;
    return stack.toJsonString(config);
  };
  const standing = doors.map((door) => makeDoor(door, { scope: stack, keys, retention, zone, codeOf: props.codeOf, configOf, queues, ground }));

  for (const { door, lambda, queue } of standing) {
    if (door.trigger.kind === 'http') openDoor(edge, lambda);
    if (door.trigger.kind === 'queue' && door.trigger.also === 'intake-object-created' && queue !== undefined)
      announceUploads(buckets.intake, settings.organisation, queue.queue);
  }
  guardVault(
    buckets.vault,
    standing.filter(({ door }) => door.grants.includes('vault:destroy')).map(({ role }) => role.roleArn),
  );
  const windowHelper =
    props.webFolder === undefined
      ? undefined
      : placeWindow(stack, edge, props.webFolder, new LogGroup(stack, 'WindowFilesLog', { retention, encryptionKey: keys.record }));

  const topic = makeTopic(stack, settings, keys);
  makeWatch(stack, settings.organisation, standing, topic);
  watchTables(stack, { catalogue: tables.catalogue.table, index: tables.index.table, audit: tables.audit.table }, topic);

  new CfnOutput(stack, 'PublicUrl', { value: edge.publicUrl, description: 'Address of the window and the API' });
  new CfnOutput(stack, 'SignInUrl', { value: pool.domain.baseUrl(), description: 'Address of the sign-in pages; machines ask their token at /oauth2/token' });
  new CfnOutput(stack, 'Issuer', { value: identity.issuer, description: 'Issuer of the tokens' });
  new CfnOutput(stack, 'PoolId', { value: pool.pool.userPoolId, description: 'Pool in which the first people are made' });

  acknowledgeFindings({
    settings,
    doors: standing,
    functionRoles: [naming.role, ...standing.map(({ role }) => role)],
    buckets,
    web: edge.web,
    unbackedTables: (Object.keys(tableSchemas) as TableName[]).filter((name) => !tableSchemas[name].backup).map((name) => tables[name].table),
    pool: pool.pool,
    api: edge.api,
    distribution: edge.distribution,
    windowHelper,
  });
  return stack;
}
