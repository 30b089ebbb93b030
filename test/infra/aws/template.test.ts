// What would hurt in the doors and the way to them, asserted on the template: CloudFormation is what gets deployed, not the code that wrote it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { roles } from '#core/model/role.ts';
import { windowPolicy } from '#functions/api/window.ts';
import { pascal } from '#infra/aws/doors.ts';
import { contentSecurityPolicy } from '#infra/aws/edge.ts';
import { Config } from '#runtime/config.ts';
import { archive, doors, doorsWith, logicalId, properties, text } from './archive-template.ts';
import { type Resource, statementsOf, synthArchive } from './synth-archive.ts';

const alarms = archive.ofType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({ id, ...Properties }) as Resource['Properties']);

describe('the rules of cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    expect(archive.findings).toEqual([]);
  });

  it('finds nothing either with every option on and with a window', () => {
    const webFolder = mkdtempSync(join(tmpdir(), 'woordspoor-window-'));
    mkdirSync(join(webFolder, 'assets'));
    writeFileSync(join(webFolder, 'index.html'), '<!doctype html>');
    writeFileSync(join(webFolder, 'assets', 'main.js'), '');
    try {
      const all = synthArchive(
        {
          accessLogs: 'true',
          domainName: 'woordspoor.example.nl',
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
          webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/proef/1',
          alarmEmail: 'wacht@example.nl',
          entra: '{"issuer":"https://login.example.nl/v2.0","clientId":"proef","secretName":"woordspoor/entra"}',
          machines: '{"zaaksysteem":["records-manager"]}',
        },
        { webFolder },
      );
      expect(all.findings).toEqual([]);
      expect(all.text).toContain('{{resolve:secretsmanager:woordspoor/entra:SecretString:clientSecret');
      const machine = all.ofType('AWS::Cognito::UserPoolClient').find(([id]) => id.startsWith('Machine'))?.[1].Properties;
      expect(machine).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
      expect(text(machine.AllowedOAuthScopes)).toContain('/records-manager');
      const distribution = all.ofType('AWS::CloudFront::Distribution')[0]?.[1].Properties.DistributionConfig;
      expect(distribution).toMatchObject({ Aliases: ['woordspoor.example.nl'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } });
      expect(distribution.WebACLId).toContain('webacl/proef');
    } finally {
      rmSync(webFolder, { recursive: true });
    }
  });

  it('bites: a plain bucket beside the archive is found', () => {
    expect(synthArchive({}, { plant: (stack) => new Bucket(stack, 'Open') }).findings).toContain('AwsSolutions-S10');
  });
});

describe('settings', () => {
  it.each([
    [{ organisation: 'Gemeente' }, /organisation/],
    [{ region: 'Frankfurt' }, /region/],
    [{ domainName: 'woordspoor.example.nl' }, /go together/],
    [{ machines: '{"zaaksysteem":["system"]}' }, /machines/],
    [{ machines: 'zaaksysteem' }, /not JSON/],
  ])('refuses %j', (context, complaint) => {
    expect(() => synthArchive(context)).toThrow(complaint);
  });

  it('names no partition: the same template serves the European Sovereign Cloud', () => {
    const sovereign = synthArchive({ region: 'eusc-de-east-1' });
    for (const one of [archive, sovereign]) expect(one.text).not.toMatch(/arn:aws/);
    expect(sovereign.text).toContain('eusc-de-east-1');
    expect(sovereign.text).not.toContain('eu-west-1');
    expect(sovereign.findings).toEqual([]);
  });
});

describe('doors', () => {
  it.each(doors.map((door) => [door.name, door] as const))('%s has a function as the manifest says, and a log that ends', (_name, door) => {
    const made = properties(logicalId('AWS::Lambda::Function', pascal(door.name)));
    expect(made).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: door.timeoutSeconds,
      MemorySize: door.memoryMb,
      TracingConfig: { Mode: 'Active' },
    });
    const log = properties(made.LoggingConfig.LogGroup.Ref);
    expect(log.RetentionInDays).toBe(180);
    expect(text(log.KmsKeyId)).toContain('RecordKey');
  });

  it('has no function, queue or schedule that is not of a door, but the one that names roles', () => {
    expect(archive.ofType('AWS::Lambda::Function')).toHaveLength(doors.length + 1);
    const queued = doors.filter(({ trigger }) => trigger.kind !== 'http');
    expect(archive.ofType('AWS::SQS::Queue')).toHaveLength(2 * queued.length);
    expect(archive.ofType('AWS::Scheduler::Schedule')).toHaveLength(doors.filter(({ trigger }) => trigger.kind === 'schedule').length);
  });

  it.each(doors.filter(({ trigger }) => trigger.kind !== 'http').map((door) => [door.name, door] as const))(
    '%s has a queue, three tries and a dead-letter queue',
    (name, door) => {
      const id = pascal(name);
      const [queue, dead] = [logicalId('AWS::SQS::Queue', `${id}Queue`), logicalId('AWS::SQS::Queue', `${id}DeadLetters`)];
      expect(properties(queue)).toMatchObject({
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [dead, 'Arn'] }, maxReceiveCount: 3 },
      });
      expect(properties(queue).VisibilityTimeout).toBeGreaterThanOrEqual(6 * door.timeoutSeconds);
      expect(properties(dead)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      for (const one of [queue, dead]) {
        const policy = archive.ofType('AWS::SQS::QueuePolicy').find(([, each]) => each.Properties.Queues[0].Ref === one)?.[1];
        const refusal = statementsOf(policy?.Properties.PolicyDocument).find(({ Effect }) => Effect === 'Deny');
        expect(refusal).toMatchObject({ Action: ['sqs:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
      }
      const mapping = archive
        .ofType('AWS::Lambda::EventSourceMapping')
        .find(([, each]) => text(each.Properties.EventSourceArn).includes(`"${queue}"`))?.[1].Properties;
      expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 1 });
      expect(text(mapping.FunctionName)).toContain(logicalId('AWS::Lambda::Function', id));
    },
  );

  it.each(doors.filter(({ trigger }) => trigger.kind === 'schedule').map((door) => [door.name, door] as const))(
    "%s wakes at night by the archive's clock",
    (name, door) => {
      const schedule = archive.ofType('AWS::Scheduler::Schedule').find(([id]) => id.startsWith(`${pascal(name)}Night`))?.[1].Properties;
      const [hour, minute] = door.trigger.kind === 'schedule' ? door.trigger.at.split(':').map(Number) : [];
      expect(schedule).toMatchObject({
        ScheduleExpression: `cron(${minute} ${hour} * * ? *)`,
        ScheduleExpressionTimezone: 'Europe/Amsterdam',
        State: 'ENABLED',
      });
      expect(text(schedule.Target.Arn)).toContain(logicalId('AWS::SQS::Queue', `${pascal(name)}Queue`));
      expect(schedule.Target.Input).toBe('{}');
    },
  );

  it("gives each door a configuration that its own reader accepts, and that fits Lambda's 4 kB", () => {
    // The longest names that the deployment can hand out, put where the template has references.
    const filled = (value: unknown): string => {
      if (typeof value === 'string') return value;
      const node = value as { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
      if (node['Fn::Join'] !== undefined) return node['Fn::Join'][1].map(filled).join(node['Fn::Join'][0]);
      const [id = '', attribute = ''] = node['Fn::GetAtt'] ?? [node.Ref ?? '', ''];
      const resource = archive.resources[id];
      if (attribute === 'ProviderURL') return 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abcdefghi';
      if (attribute === 'DomainName') return 'd111111abcdef8.cloudfront.net';
      if (resource?.Type === 'AWS::SQS::Queue')
        return `https://sqs.eu-central-1.amazonaws.com/123456789012/${resource.Properties.QueueName.replace('proef', 'x'.repeat(20))}`;
      return 'x'.repeat(63);
    };
    for (const door of doors) {
      const { Variables } = properties(logicalId('AWS::Lambda::Function', pascal(door.name))).Environment;
      const json = filled(Variables.WOORDSPOOR_CONFIG);
      const config = Config.parse(JSON.parse(json));
      const mayReach = doors.filter(({ name, trigger }) => trigger.kind !== 'http' && doorsWith(`queue:${name}`, 'dead-letters:retry').includes(door.name));
      expect(Object.keys(config.queues), door.name).toEqual(mayReach.map(({ name }) => name));
      expect(config.endpoints).toEqual({});
      expect(config.credentials).toBeUndefined();
      const bytes = Object.entries(Variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(filled(value)), 0);
      expect(bytes, door.name).toBeLessThan(4096);
    }
  });
});

describe('the case system', () => {
  it('is known to the doors that read it and to no other, and its secrets stand in no template', () => {
    const access = { zaken: 'https://zaken.example/api/v1', catalogi: 'https://zaken.example/catalogi/api/v1', rsin: '000000011', clientId: 'woordspoor' };
    const joined = synthArchive({ zgw: JSON.stringify({ ...access, secretName: 'woordspoor/zgw', notifications: true }) });
    const knowing = joined
      .ofType('AWS::Lambda::Function')
      .filter(([, { Properties }]) => text(Properties.Environment ?? {}).includes('zaken.example'))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(knowing.toSorted()).toEqual(doorsWith('zgw:read').map(pascal).toSorted());
    expect(joined.text.match(/resolve:secretsmanager:woordspoor\/zgw:SecretString:(secret|notificationAuthorization)/g)?.length).toBe(2 * knowing.length);
    expect(joined.findings).toEqual([]);
  });
});

describe('alarms', () => {
  it.each(doors.map((door) => [door.name, door] as const))('%s has one that says what a person notices', (name, door) => {
    const mine = alarms.filter(({ id }) => id.startsWith(pascal(name)));
    const kinds = {
      http: ['Alarm'],
      queue: ['Alarm', 'DeadLettersAlarm', 'WaitingAlarm'],
      schedule: ['Alarm', 'DeadLettersAlarm', 'MissedAlarm', 'WaitingAlarm'],
    };
    expect(mine.map(({ id }) => id.slice(pascal(name).length).replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(kinds[door.trigger.kind]);
    for (const alarm of mine) {
      expect(alarm.AlarmDescription).toContain(door.errorImpact);
      expect(alarm.AlarmDescription).toContain(`"${name}"`);
      expect(text(alarm.AlarmActions)).toContain('Alarms');
    }
  });

  it('have a section in the runbook that says what a person notices and what to do', () => {
    const sections = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runbook.md'), 'utf8').split(/^## /m);
    for (const { name, errorImpact } of doors) {
      const section = sections.find((one) => one.startsWith(`${name}\n`));
      expect(section, name).toContain(errorImpact);
      expect(section, name).toContain('**Do:**');
    }
  });

  it('count the accidents that a door caught, as its log writes them', () => {
    for (const door of doors) {
      const filter = archive.ofType('AWS::Logs::MetricFilter').find(([id]) => id.startsWith(`${pascal(door.name)}Accidents`))?.[1].Properties;
      expect(filter.FilterPattern).toBe('{ $.level = "error" }');
      expect(filter.LogGroupName.Ref).toBe(properties(logicalId('AWS::Lambda::Function', pascal(door.name))).LoggingConfig.LogGroup.Ref);
    }
  });

  it('sound when a night does not begin: silence is an alarm', () => {
    const missed = alarms.filter(({ id }) => id.includes('Missed'));
    expect(missed).toHaveLength(doors.filter(({ trigger }) => trigger.kind === 'schedule').length);
    for (const alarm of missed)
      expect(alarm).toMatchObject({ Period: 86_400, Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' });
  });

  it('are drawn on one dashboard with every door', () => {
    const body = text(archive.ofType('AWS::CloudWatch::Dashboard')[0]?.[1].Properties.DashboardBody);
    for (const { name } of doors) expect(body).toContain(`${name}: aanroepen en fouten`);
  });
});

describe('the way in', () => {
  const policies = archive.ofType('AWS::CloudFront::ResponseHeadersPolicy').map(([, { Properties }]) => Properties.ResponseHeadersPolicyConfig);

  it('has a strict policy of contents: nothing inline, nothing from elsewhere, framed by nobody', () => {
    const csp = text(policies.find(({ Comment }) => Comment.endsWith('the window')).SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(csp).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
    expect(csp).toContain('woordspoor-proef-intake-');
  });

  it('has the same policy as the embedded ground', () => {
    const [uploads, signIn] = ['https://uploads.example.nl', 'https://sign-in.example.nl'];
    const identity = { ...Config.shape.identity.parse({ issuer: signIn, clientId: 'window', audience: 'woordspoor' }) };
    expect(contentSecurityPolicy(uploads, signIn)).toBe(windowPolicy({ endpoints: { s3Public: uploads }, identity }));
  });

  it('sends the security headers with files and with answers', () => {
    expect(policies).toHaveLength(2);
    for (const { SecurityHeadersConfig } of policies) {
      expect(SecurityHeadersConfig).toMatchObject({
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
      });
    }
  });

  it('caches no answer of the API and speaks TLS 1.2 to it', () => {
    const config = archive.ofType('AWS::CloudFront::Distribution')[0]?.[1].Properties.DistributionConfig;
    expect(config.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toContain('/v1/*');
    for (const behaviour of config.CacheBehaviors) {
      expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' });
      const origin = config.Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
      expect(origin.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    }
    expect(config.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  });

  it('throttles the gateway and logs neither path nor query there', () => {
    const stage = archive.ofType('AWS::ApiGatewayV2::Stage')[0]?.[1].Properties;
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(stage.AccessLogSettings.Format).not.toMatch(/path|query|header|routeKey|authorizer/i);
  });
});

describe('sign-in', () => {
  const pool = archive.ofType('AWS::Cognito::UserPool')[0]?.[1].Properties;
  const client = archive.ofType('AWS::Cognito::UserPoolClient')[0]?.[1].Properties;

  it('asks a second factor of everybody and lets nobody sign up', () => {
    expect(pool).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'], DeletionProtection: 'ACTIVE' });
    expect(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
  });

  it('goes by code only, and gives no token with which somebody could change own attributes, roles among them', () => {
    expect(client).toMatchObject({ AllowedOAuthFlows: ['code'], ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], GenerateSecret: false });
    expect(client.AllowedOAuthScopes).toEqual(['openid', 'profile', 'email']);
  });

  it('has a group and a scope for each role, and none for the system', () => {
    const groups = archive.ofType('AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName);
    expect(groups.sort()).toEqual(roles.filter((role) => role !== 'system').sort());
    const scopes = archive.ofType('AWS::Cognito::UserPoolResourceServer')[0]?.[1].Properties.Scopes.map(({ ScopeName }: { ScopeName: string }) => ScopeName);
    expect(scopes.sort()).toEqual(groups);
  });

  it('writes the roles claim before a token is signed', () => {
    expect(pool.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V3_0');
  });
});
