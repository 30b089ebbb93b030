// What S3 says when a thing is not there, or is there already: told apart from accidents.
import { S3ServiceException } from '@aws-sdk/client-s3';

export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 404 || error.name === 'NoSuchKey' || error.name === 'NoSuchUpload');
}

export function isThereAlready(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412;
}

export function isNotBuilt(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 501 || error.name === 'NotImplemented');
}

/** Hexadecimal, as we keep it, to base 64, as S3 wants it. */
export function base64FromHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

export function hexFromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('hex');
}
