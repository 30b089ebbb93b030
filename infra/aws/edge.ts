// The way in: CloudFront with a strict CSP, the window's files from a bucket, `/v1` and `/auth` from the http door. Decision 0002 says why an HTTP API.
import { join } from 'node:path';
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct, IConstruct } from 'constructs';
import { asBucket, baseBucket, intakeName } from './buckets.ts';
import type { Keys } from './keys.ts';
import type { GroundSettings } from './settings.ts';

/** Paths of the http door; everything else is a file of the window. */
const doorPaths = ['/v1/*', '/auth/*'] as const;

/** A year, as the NL API Design Rules and the browsers' preload lists ask. */
const strictTransport = { accessControlMaxAge: Duration.days(365), includeSubdomains: true, preload: false, override: true };

export interface Edge {
  readonly api: HttpApi;
  readonly distribution: Distribution;
  readonly web: Bucket;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

/** What the window may load. Uploads go straight to the intake bucket; hashing runs as WebAssembly in a worker. */
export function contentSecurityPolicy(intakeOrigin: string, signInOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${intakeOrigin}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${signInOrigin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A page's address is answered with the window itself; addresses with an extension are files. */
const pageRewrite = `function handler(event) {
  var request = event.request;
  if (!/\\.[a-z0-9]+$/i.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

export function makeEdge(
  scope: Construct,
  settings: GroundSettings,
  given: { readonly keys: Keys; readonly logs: Bucket | undefined; readonly retention: RetentionDays; readonly signInOrigin: string },
): Edge {
  const { region } = Stack.of(scope);
  const api = new HttpApi(scope, 'HttpApi', { description: `Woordspoor ${settings.organisation}`, createDefaultStage: false });
  const accessLog = new LogGroup(scope, 'HttpApiLog', { retention: given.retention, encryptionKey: given.keys.record });
  api.addStage('DefaultStage', {
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 100, burstLimit: 200 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      // No path, no query, no header: ids and figures only.
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: '$context.requestId',
          at: '$context.requestTime',
          method: '$context.httpMethod',
          status: '$context.status',
          bytes: '$context.responseLength',
          ms: '$context.responseLatency',
        }),
      ),
    },
  });

  const web = new Bucket(scope, 'Web', { ...baseBucket(given.logs, 'web'), encryption: BucketEncryption.S3_MANAGED });

  const intakeOrigin = `https://${intakeName(settings.organisation)}.s3.${region}.${Aws.URL_SUFFIX}`;
  const headers = {
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    strictTransportSecurity: strictTransport,
  };
  const windowHeaders = new ResponseHeadersPolicy(scope, 'WindowHeaders', {
    comment: 'Woordspoor: the window',
    securityHeadersBehavior: {
      ...headers,
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(intakeOrigin, given.signInOrigin), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()', override: true },
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
      ],
    },
  });
  const doorHeaders = new ResponseHeadersPolicy(scope, 'DoorHeaders', {
    comment: 'Woordspoor: the API',
    securityHeadersBehavior: {
      ...headers,
      // The door's own policy stands where it sends one (the login pages); data needs none of the browser's powers.
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
    },
  });

  const door: BehaviorOptions = {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${region}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(30),
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy: doorHeaders,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    compress: true,
  };
  const distribution = new Distribution(scope, 'Distribution', {
    comment: `Woordspoor ${settings.organisation}`,
    defaultRootObject: 'index.html',
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
    ...(settings.domainName === undefined || settings.certificateArn === undefined
      ? {}
      : {
          domainNames: [settings.domainName],
          certificate: Certificate.fromCertificateArn(scope, 'Certificate', settings.certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    ...(settings.webAclArn === undefined ? {} : { webAclId: settings.webAclArn }),
    ...(given.logs === undefined ? {} : { enableLogging: true, logBucket: asBucket(given.logs), logFilePrefix: 'cloudfront/', logIncludesCookies: false }),
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(asBucket(web)),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: windowHeaders,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(scope, 'PageRewrite', { code: FunctionCode.fromInline(pageRewrite), runtime: FunctionRuntime.JS_2_0 }),
        },
      ],
    },
    additionalBehaviors: Object.fromEntries(doorPaths.map((path) => [path, door])),
  });
  return { api, distribution, web, publicUrl: `https://${settings.domainName ?? distribution.distributionDomainName}` };
}

/** Every path of the API ends at the http door, which checks the caller itself. */
export function openDoor(edge: Edge, door: IFunction): void {
  edge.api.addRoutes({ path: '/{proxy+}', integration: new HttpLambdaIntegration('Door', door) });
}

/** The built window; answers CDK's helper that copies it. Files with a hash in their name are kept for a year by browsers, the page itself is asked for each time. */
export function placeWindow(scope: Construct, edge: Edge, folder: string, logGroup: LogGroup): IConstruct {
  const shared = { destinationBucket: asBucket(edge.web), memoryLimit: 512, logGroup, retainOnDelete: true, prune: false };
  // Files of the version before stay: a page that is open still asks for them.
  const files = new BucketDeployment(scope, 'WindowFiles', {
    ...shared,
    sources: [Source.asset(join(folder, 'assets'))],
    destinationKeyPrefix: 'assets/',
    cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
  });
  const page = new BucketDeployment(scope, 'WindowPage', {
    ...shared,
    sources: [Source.asset(folder, { exclude: ['assets'] })],
    cacheControl: [CacheControl.noCache()],
  });
  page.node.addDependency(files);
  const helper = Stack.of(scope).node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
  if (helper === undefined) throw new Error('CDK made no helper for the files of the window');
  return helper;
}
