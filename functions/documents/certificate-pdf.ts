// A certificate of destruction as a document.
import type { Certificate } from '#core/export/certificate.ts';
import { certificateBlocks } from '#core/export/certificate-blocks.ts';
import { certificateText } from '#core/export/text.nl.ts';
import { renderDocument } from './document-pdf.ts';

export function renderCertificate(certificate: Certificate): Promise<Uint8Array> {
  const { number, organisation, legalBasis, madeAt } = certificate;
  return renderDocument({ title: `${certificateText.title} ${number}`, author: organisation, subject: legalBasis, at: madeAt }, certificateBlocks(certificate));
}
