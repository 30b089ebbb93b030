// What is watched. Each alarm says in Dutch what a person notices (the door's errorImpact) and points at the runbook.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  PeriodOverride,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { pascal, type StandingDoor } from './doors.ts';
import type { Keys } from './keys.ts';
import type { GroundSettings } from './settings.ts';

const minutes = (n: number) => Duration.minutes(n);

/** The http door answers many people: one accident is looked into by day, three in five minutes wake somebody. Elsewhere every accident counts. */
const accidentsAllowed = { http: 3, queue: 1, schedule: 1 } as const;

/** Three tries of a message take this long at most, before it is a dead letter. */
const hoursOfTries = 6;

export function makeTopic(scope: Construct, settings: GroundSettings, keys: Keys): Topic {
  const topic = new Topic(scope, 'Alarms', { displayName: `Woordspoor ${settings.organisation}`, masterKey: keys.record, enforceSSL: true });
  if (settings.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(settings.alarmEmail));
  return topic;
}

export function makeWatch(scope: Construct, organisation: string, doors: readonly StandingDoor[], topic: Topic): void {
  const namespace = `Woordspoor/${organisation}`;
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `woordspoor-${organisation}`, periodOverride: PeriodOverride.AUTO });
  const raise = (id: string, description: string, metric: IMetric, rule: { threshold: number; operator: ComparisonOperator; missing: TreatMissingData }) => {
    const alarm = new Alarm(scope, id, {
      alarmDescription: description,
      metric,
      threshold: rule.threshold,
      comparisonOperator: rule.operator,
      evaluationPeriods: 1,
      treatMissingData: rule.missing,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  };
  const atLeast = (threshold: number) => ({
    threshold,
    operator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    missing: TreatMissingData.NOT_BREACHING,
  });

  for (const { door, lambda, log, queue } of doors) {
    const id = pascal(door.name);
    const says = (what: string) => `${door.errorImpact} ${what} Zie docs/runbook.md, "${door.name}".`;

    // A door catches its accidents and logs them once (runtime/lambda.ts); Lambda itself counts crashes, time-outs and want of memory.
    const accidents = new MetricFilter(scope, `${id}Accidents`, {
      logGroup: log,
      filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
      metricNamespace: namespace,
      metricName: `${door.name}-accidents`,
      metricValue: '1',
      defaultValue: 0,
    }).metric({ period: minutes(5), statistic: 'Sum', label: 'ongelukken' });
    const errors = lambda.metricErrors({ period: minutes(5), label: 'afgebroken' });
    const failures = new MathExpression({
      expression: 'FILL(accidents, 0) + FILL(errors, 0)',
      usingMetrics: { accidents, errors },
      period: minutes(5),
      label: 'mislukt',
    });
    raise(`${id}Alarm`, says('De deur meldt fouten.'), failures, atLeast(accidentsAllowed[door.trigger.kind]));

    const widgets = [
      new GraphWidget({ title: `${door.name}: aanroepen en fouten`, left: [lambda.metricInvocations({ label: 'aanroepen' })], right: [failures], width: 8 }),
      new GraphWidget({
        title: `${door.name}: duur`,
        left: [lambda.metricDuration({ statistic: 'p50', label: 'p50' }), lambda.metricDuration({ statistic: 'p95', label: 'p95' })],
        width: 8,
      }),
    ];
    if (queue !== undefined) {
      const dead = queue.deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes(5), statistic: 'Maximum', label: 'opgegeven' });
      const age = queue.queue.metricApproximateAgeOfOldestMessage({ period: minutes(5), statistic: 'Maximum', label: 'oudste (s)' });
      raise(`${id}DeadLettersAlarm`, says('Na drie pogingen opgegeven.'), dead, atLeast(1));
      raise(`${id}WaitingAlarm`, says('Werk wacht te lang.'), age, atLeast(Duration.hours(hoursOfTries).toSeconds()));
      widgets.push(
        new GraphWidget({
          title: `${door.name}: wachtrij`,
          left: [queue.queue.metricApproximateNumberOfMessagesVisible({ label: 'wachtend' }), dead],
          right: [age],
          width: 8,
        }),
      );
    }
    // A night that never began makes no error: its absence is the alarm.
    if (door.trigger.kind === 'schedule') {
      raise(`${id}MissedAlarm`, says('De nachtelijke run is niet begonnen.'), lambda.metricInvocations({ period: Duration.days(1), statistic: 'Sum' }), {
        threshold: 1,
        operator: ComparisonOperator.LESS_THAN_THRESHOLD,
        missing: TreatMissingData.BREACHING,
      });
    }
    dashboard.addWidgets(...widgets);
  }
}

/** Requests that a table turned away: the account's limit, or a hot key. */
export function watchTables(scope: Construct, tables: Readonly<Record<string, { readonly tableName: string }>>, topic: Topic): void {
  for (const [name, { tableName }] of Object.entries(tables)) {
    const throttledBy = (metricName: string) =>
      new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: tableName }, statistic: 'Sum', period: minutes(5) });
    const throttled = new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: throttledBy('ReadThrottleEvents'), writes: throttledBy('WriteThrottleEvents') },
      period: minutes(5),
    });
    const alarm = new Alarm(scope, `${pascal(name)}ThrottledAlarm`, {
      alarmDescription: `Zoeken en opslaan gaan traag. Tabel ${name} weigert verzoeken. Zie docs/runbook.md, "tabellen".`,
      metric: throttled,
      threshold: 50,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
