// What a request to AWS needs by way of rights, and whether a role of the template has them. The engines ask for none: this does.
import type { Statement } from './synth-archive.ts';

export interface Need {
  readonly action: string;
  /** Logical name: `CatalogueTable`, `CatalogueTable/index/byState`, `Vault/bundles/…`, `IngestBundleQueue`. */
  readonly resource: string;
  /** Condition keys of the request. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
}

/** Configured name → logical name of the stack. */
export type LogicalNames = ReadonlyMap<string, string>;

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  readonly status: number;
}

function logical(names: LogicalNames, name: string): string {
  const found = names.get(name);
  if (found === undefined) throw new Error(`a request names ${name}, which the configuration does not`);
  return found;
}

function dynamoNeeds(target: string, request: SeenRequest, names: LogicalNames): Need[] {
  const body = JSON.parse(request.body) as {
    TableName?: string;
    IndexName?: string;
    RequestItems?: Record<string, readonly { PutRequest?: { Item: { pk: { S: string } } }; DeleteRequest?: { Key: { pk: { S: string } } } }[] | object>;
    Item?: Record<string, { S?: string }>;
    Key?: Record<string, { S?: string }>;
  };
  const tables = body.TableName === undefined ? Object.keys(body.RequestItems ?? {}) : [body.TableName];
  const leadingOf = (name: string): readonly string[] => {
    const one = (body.Item ?? body.Key)?.['pk']?.S;
    const batch = body.RequestItems?.[name];
    const many = Array.isArray(batch) ? batch.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)?.pk.S ?? '') : [];
    return one === undefined ? many : [one];
  };
  return tables.map((name) => ({
    action: `dynamodb:${target}`,
    resource: `${logical(names, name)}${body.IndexName === undefined ? '' : `/index/${body.IndexName}`}`,
    facts: leadingOf(name).length === 0 ? {} : { 'dynamodb:LeadingKeys': leadingOf(name) },
  }));
}

function s3Needs(request: SeenRequest, names: LogicalNames): Need[] {
  const url = new URL(request.url, 'http://engine');
  const [, bucketName = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const bucket = logical(names, bucketName);
  const key = rest.join('/');
  const has = (name: string) => url.searchParams.has(name);
  const header = (name: string) => [request.headers[name]].flat()[0] ?? url.searchParams.get(name) ?? undefined;
  const need = (action: string, object = key): Need => ({
    action: `s3:${action}`,
    resource: object === '' ? bucket : `${bucket}/${object}`,
    facts: header('if-none-match') === undefined ? {} : { 's3:if-none-match': ['*'] },
  });
  if (key === '') {
    if (request.method === 'POST' && has('delete')) {
      return [...request.body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, one = '']) =>
        need(one.includes('<VersionId>') ? 'DeleteObjectVersion' : 'DeleteObject', /<Key>(.*?)<\/Key>/s.exec(one)?.[1] ?? ''),
      );
    }
    return [need(has('versions') ? 'ListBucketVersions' : has('uploads') ? 'ListBucketMultipartUploads' : 'ListBucket')];
  }
  switch (request.method) {
    case 'GET':
    case 'HEAD': {
      if (has('uploadId')) return [need('ListMultipartUploadParts')];
      if (has('legal-hold')) return [need('GetObjectLegalHold')];
      if (has('retention')) return [need('GetObjectRetention')];
      // An absent object is a 404 only to who may list the bucket.
      return [need(has('versionId') ? 'GetObjectVersion' : 'GetObject'), ...(request.status === 404 ? [need('ListBucket', '')] : [])];
    }
    case 'PUT': {
      if (has('legal-hold')) return [need('PutObjectLegalHold')];
      if (has('retention')) return [need('PutObjectRetention')];
      const source = header('x-amz-copy-source');
      const [, from = '', ...path] = source === undefined ? [] : `/${source.replace(/^\//, '')}`.split('/').map(decodeURIComponent);
      return [
        need('PutObject'),
        ...(source === undefined ? [] : [{ action: 's3:GetObject', resource: `${logical(names, from)}/${path.join('/')}`, facts: {} }]),
        ...(header('x-amz-object-lock-legal-hold') === undefined ? [] : [need('PutObjectLegalHold')]),
        ...(header('x-amz-object-lock-mode') === undefined ? [] : [need('PutObjectRetention')]),
        ...(header('x-amz-tagging') === undefined ? [] : [need('PutObjectTagging')]),
      ];
    }
    case 'POST':
      return [need('PutObject')];
    case 'DELETE':
      return [need(has('uploadId') ? 'AbortMultipartUpload' : has('versionId') ? 'DeleteObjectVersion' : 'DeleteObject')];
    default:
      throw new Error(`a request with method ${request.method}`);
  }
}

export function needsOf(request: SeenRequest, names: LogicalNames): Need[] {
  const [service = '', target = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (service.startsWith('DynamoDB')) return dynamoNeeds(target, request, names);
  if (service === 'AmazonSQS') {
    const { QueueUrl } = JSON.parse(request.body) as { QueueUrl: string };
    return [{ action: `sqs:${target}`, resource: logical(names, QueueUrl), facts: {} }];
  }
  return s3Needs(request, names);
}

/** `{ 'Fn::GetAtt': ['Vault23237E5B', 'Arn'] }` joined with `/bundles/*` → `Vault/bundles/*`. */
function resourceText(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const node = resource as { 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
  if (node['Fn::GetAtt'] !== undefined) return node['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '');
  return (node['Fn::Join']?.[1] ?? []).map(resourceText).join('');
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(text);
}

function holds(condition: Statement['Condition'], facts: Need['facts']): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const given = facts[key];
      if (operator === 'Null') return (given === undefined) === (wanted === 'true');
      if (operator === 'ForAllValues:StringLike') return (given ?? []).every((one) => [wanted].flat().some((pattern) => matches(String(pattern), one)));
      throw new Error(`condition operator ${operator} is not known to this test`);
    }),
  );
}

/** What of the needs the role has no statement for, as text. */
export function refusals(statements: readonly Statement[], needs: readonly Need[]): string[] {
  return needs
    .filter(
      (need) =>
        !statements.some(
          (one) =>
            one.Effect === 'Allow' &&
            one.Action.includes(need.action) &&
            one.Resource.some((resource) => matches(resourceText(resource), need.resource)) &&
            holds(one.Condition, need.facts),
        ),
    )
    .map(({ action, resource }) => `${action} on ${resource}`);
}
