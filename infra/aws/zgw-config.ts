// The case system in the configuration of the doors that read it. The secrets are references that CloudFormation fills in (decision 0016).
import { SecretValue } from 'aws-cdk-lib';
import type { GroundSettings } from './settings.ts';

export function zgwConfig({ secretName, notifications, ...access }: NonNullable<GroundSettings['zgw']>) {
  const secret = (jsonField: string) => SecretValue.secretsManager(secretName, { jsonField }).unsafeUnwrap();
  return { ...access, secret: secret('secret'), ...(notifications ? { notificationAuthorization: secret('notificationAuthorization') } : {}) };
}
