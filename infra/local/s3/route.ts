// Which request is which. What is not named here is answered with NotImplemented: never with an object that merely looks like success.
import {
  bucketCors,
  bucketLifecycle,
  bucketLocation,
  bucketObjectLock,
  bucketVersioning,
  createBucket,
  deleteBucket,
  headBucket,
  listBuckets,
  listObjects,
  listVersions,
} from './bucket-routes.ts';
import { abortUpload, completeUpload, createUpload, listParts, listUploads, putPart } from './multipart-routes.ts';
import { copyObject, deleteObject, deleteObjects, getObject, putObject } from './object-routes.ts';
import { objectLegalHold, objectRetention, objectTagging } from './object-settings-routes.ts';
import type { S3Context } from './s3-context.ts';
import { S3Fault } from './s3-fault.ts';
import type { S3Request } from './s3-request.ts';
import type { PayloadMode } from './signature.ts';

type Route = (context: S3Context, request: S3Request, mode: PayloadMode) => void | Promise<void>;

const notImplemented = () => new S3Fault('NotImplemented', 'A header or query you provided implies functionality that is not implemented.');

/** Query names that choose another operation, as the S3 API lists them. */
const subresources = [
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
];

const bucketRoutes: Readonly<Record<string, Route>> = {
  'PUT ': createBucket,
  'DELETE ': deleteBucket,
  'HEAD ': headBucket,
  'GET ': listObjects,
  'GET versions': listVersions,
  'GET uploads': listUploads,
  'GET location': bucketLocation,
  'POST delete': deleteObjects,
  'GET versioning': bucketVersioning,
  'PUT versioning': bucketVersioning,
  'GET cors': bucketCors,
  'PUT cors': bucketCors,
  'DELETE cors': bucketCors,
  'GET lifecycle': bucketLifecycle,
  'PUT lifecycle': bucketLifecycle,
  'DELETE lifecycle': bucketLifecycle,
  'GET object-lock': bucketObjectLock,
  'PUT object-lock': bucketObjectLock,
};

const objectRoutes: Readonly<Record<string, Route>> = {
  'PUT ': (context, request, mode) => (request.header('x-amz-copy-source') === undefined ? putObject(context, request, mode) : copyObject(context, request)),
  'GET ': getObject,
  'HEAD ': getObject,
  'DELETE ': deleteObject,
  'PUT partNumber uploadId': putPart,
  'GET uploadId': listParts,
  'POST uploads': createUpload,
  'POST uploadId': completeUpload,
  'DELETE uploadId': abortUpload,
  'GET tagging': objectTagging,
  'PUT tagging': objectTagging,
  'DELETE tagging': objectTagging,
  'GET retention': objectRetention,
  'PUT retention': objectRetention,
  'GET legal-hold': objectLegalHold,
  'PUT legal-hold': objectLegalHold,
};

export function routeOf(request: S3Request): Route {
  if (request.bucket === '') {
    if (request.method !== 'GET') throw new S3Fault('MethodNotAllowed', 'The specified method is not allowed against this resource.');
    return listBuckets;
  }
  const chosen = [...new Set(request.query.map(([name]) => name))].filter((name) => subresources.includes(name)).sort();
  const route = (request.key === '' ? bucketRoutes : objectRoutes)[`${request.method} ${chosen.join(' ')}`];
  if (route === undefined) throw notImplemented();
  return route;
}
