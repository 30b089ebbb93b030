// Certificates of destruction, as they lie in the ledger, proved by their hash before they go out.

import { CertificateAnswer, CertificateParams, CertificateVerification, OneCertificate, VerifyCertificate } from '#contract/certificate.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { verifyCertificate } from '#flow/verify-certificate.ts';
import type { Services } from '#runtime/services.ts';
import { bytesRoute, jsonRoute, type Route } from '../route.ts';

async function certificateBytes(
  { certificates, ledger }: Pick<Services, 'certificates' | 'ledger'>,
  id: string,
  form: 'json' | 'pdf',
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const head = await certificates.get(id);
  if (head === null) return no('not-found');
  const entry = await ledger.get(head[form].key);
  if (entry === null) throw new Error('a certificate is not in the ledger');
  if (entry.sha256 !== head[form].sha256) throw new Error('a certificate differs from its hash');
  return ok(new Uint8Array(entry.bytes));
}

/** What fits well within one answer. */
const verifyMs = 10_000;

export const certificateRoutes: readonly Route[] = [
  bytesRoute({
    id: 'getCertificate',
    method: 'get',
    path: '/certificates/{id}',
    action: 'certificate.read',
    tag: 'Vernietiging',
    summary: 'The certificate with every bundle and what was verified; as PDF with `.pdf` behind its id',
    params: CertificateParams,
    answers: [
      { status: 200, description: 'The certificate', schema: CertificateAnswer, media: 'application/json' },
      { status: 200, description: 'The certificate', schema: null, media: 'application/pdf' },
    ],
    handle: async ({ services, params, header }) => {
      const [id = '', ending] = params.id.split('.');
      const form = ending === 'pdf' || header('accept') === 'application/pdf' ? 'pdf' : 'json';
      const bytes = await certificateBytes(services, id, form);
      if (!bytes.ok) return bytes;
      return ok(
        new Response(bytes.value, {
          headers: { 'content-type': `application/${form}`, ...(form === 'pdf' ? { 'content-disposition': `inline; filename="${id}.pdf"` } : {}) },
        }),
      );
    },
  }),
  jsonRoute({
    id: 'verifyCertificate',
    method: 'post',
    path: '/certificates/{id}/_verify',
    action: 'certificate.verify',
    tag: 'Vernietiging',
    summary: 'Holds the documents against their hashes and reads the stores back for every bundle it names, a part at a time',
    faults: ['not-found'],
    params: OneCertificate,
    body: VerifyCertificate,
    answer: CertificateVerification,
    handle: async ({ services, params, body, audit }) => {
      const found = await verifyCertificate(services, params.id, body.from, verifyMs);
      if (!found.ok) return found;
      const { json, pdf, checked, remaining } = found.value;
      await audit(`certificate:${params.id}`, { json, pdf, checked, remaining: remaining.length });
      return found;
    },
  }),
];
