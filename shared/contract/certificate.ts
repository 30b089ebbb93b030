// Certificate of destruction (verklaring van vernietiging, Archiefbesluit art. 8): JSON and PDF, kept for good.
import * as z from 'zod';
import { CertificateId } from '#core/model/id.ts';

/** `certificate_…` or `certificate_….pdf`: one path segment. */
export const CertificateParams = z.object({ id: CertificateId });

export const CertificateAnswer = z
  .looseObject({ id: CertificateId })
  .meta({ id: 'Certificate', description: 'Verklaring van vernietiging: specification, ground, manner, dates, approvers, what was verified' });
export type CertificateAnswer = z.infer<typeof CertificateAnswer>;
