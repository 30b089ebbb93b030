// The doors of the manifest as functions: a role of their own, a log that ends, and for all but the http door a queue with its dead-letter queue.
import { Duration, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, EventSourceMapping, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Door } from '#infra/manifest.ts';
import { type Ground, queuesOf, seesDeadLetters, statementsFor } from './grants.ts';
import type { Keys } from './keys.ts';

export interface DoorQueue {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}
export interface StandingDoor {
  readonly door: Door;
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly log: LogGroup;
  readonly queue: DoorQueue | undefined;
}

/** Messages of one door that are worked on at once: spares the tables, and the bill when something loops. */
const messagesAtOnce = 10;

/** `ingest-bundle` → `IngestBundle`. */
export function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, _dash: string, letter: string) => letter.toUpperCase());
}

/** Every door but the http one has a queue; a nightly door too, for its night and for "run now". Messages hold ids only. */
export function makeQueues(scope: Construct, organisation: string, doors: readonly Door[]): ReadonlyMap<string, DoorQueue> {
  const made = new Map<string, DoorQueue>();
  for (const door of doors) {
    if (door.trigger.kind === 'http') continue;
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    const deadLetters = new Queue(scope, `${pascal(door.name)}DeadLetters`, { ...safe, queueName: `woordspoor-${organisation}-${door.name}-dead` });
    const queue = new Queue(scope, `${pascal(door.name)}Queue`, {
      ...safe,
      queueName: `woordspoor-${organisation}-${door.name}`,
      visibilityTimeout: Duration.seconds(6 * door.timeoutSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });
    made.set(door.name, { queue, deadLetters });
  }
  return made;
}

export interface DoorSurroundings {
  readonly scope: Construct;
  readonly keys: Keys;
  readonly retention: RetentionDays;
  readonly zone: string;
  readonly codeOf: (entry: string, beside?: Door['beside']) => Code;
  /** WOORDSPOOR_CONFIG as JSON, with the queues that the door may use. */
  readonly configOf: (mayUse: { readonly queues: readonly string[]; readonly deadLetters: boolean; readonly zgw: boolean }) => string;
  readonly queues: ReadonlyMap<string, DoorQueue>;
  readonly ground: Ground;
}

/** A function as all functions here are: ARM64, Node 24, traced, a role with its own log and nothing else, a log group that ends. */
export function makeFunction(
  { scope, keys, retention }: Pick<DoorSurroundings, 'scope' | 'keys' | 'retention'>,
  id: string,
  given: { code: Code; timeoutSeconds: number; memoryMb: number; environment?: Record<string, string>; description: string },
): { lambda: LambdaFunction; role: Role; log: LogGroup } {
  const log = new LogGroup(scope, `${id}Log`, { retention, encryptionKey: keys.record });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: given.description });
  role.addToPolicy(new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log.logGroupArn] }));
  const lambda = new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: given.code,
    timeout: Duration.seconds(given.timeoutSeconds),
    memorySize: given.memoryMb,
    description: given.description,
    role,
    logGroup: log,
    tracing: Tracing.ACTIVE,
    ...(given.environment === undefined ? {} : { environment: given.environment }),
  });
  return { lambda, role, log };
}

export function makeDoor(door: Door, around: DoorSurroundings): StandingDoor {
  const { scope } = around;
  const id = pascal(door.name);
  const { lambda, role, log } = makeFunction(around, id, {
    code: around.codeOf(door.entry, door.beside),
    timeoutSeconds: door.timeoutSeconds,
    memoryMb: door.memoryMb,
    description: `Woordspoor door ${door.name}`,
    environment: {
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      WOORDSPOOR_CONFIG: around.configOf({
        queues: queuesOf(door, around.queues.keys()),
        deadLetters: seesDeadLetters(door),
        zgw: door.grants.includes('zgw:read'),
      }),
    },
  });
  for (const statement of statementsFor(door, around.ground)) role.addToPolicy(statement);

  const queue = around.queues.get(door.name);
  if (queue !== undefined) {
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        resources: [queue.queue.queueArn],
      }),
    );
    // One message an invocation: a bundle that fails takes no other with it, and has the whole time limit to itself.
    const mapping = new EventSourceMapping(scope, `${id}Messages`, {
      target: lambda,
      eventSourceArn: queue.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: messagesAtOnce,
    });
    mapping.node.addDependency(role);
  }
  if (door.trigger.kind === 'schedule' && queue !== undefined) {
    const [hour = '', minute = ''] = door.trigger.at.split(':');
    // The night goes through the queue as "run now" does: one road in, three tries, and a dead letter when none works.
    new Schedule(scope, `${id}Night`, {
      description: `Woordspoor ${door.name}, every night at ${door.trigger.at}`,
      schedule: ScheduleExpression.cron({ hour: String(Number(hour)), minute: String(Number(minute)), timeZone: TimeZone.of(around.zone) }),
      target: new SqsSendMessage(queue.queue, { input: ScheduleTargetInput.fromObject({}), deadLetterQueue: queue.deadLetters, retryAttempts: 10 }),
    });
  }
  return { door, lambda, role, log, queue };
}
