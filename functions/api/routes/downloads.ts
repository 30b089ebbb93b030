// The original and the attachments of a bundle, byte for byte, as downloads. Each reading is in the audit before the first byte goes out.
import { AttachmentTextAnswer, ReadAttachmentText, ViewAttachment } from '#contract/attachment.ts';
import { AttachmentParams, BundleParams } from '#contract/bundle.ts';
import { ok } from '#core/model/result.ts';
import { openAttachment, openOriginal } from '#flow/open-file.ts';
import { readAttachmentText } from '#flow/read-attachment-text.ts';
import { readOf } from '../bundle-answer.ts';
import { download } from '../download.ts';
import { bytesRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Gesprekken';
const bytes = { schema: null, media: 'application/octet-stream' } as const;
const answers = [
  { status: 200, description: 'The whole file', ...bytes },
  { status: 206, description: 'The range that was asked for', ...bytes },
  { status: 307, description: 'A link to the file that lives for minutes, where it is too large for one answer', ...bytes },
] as const;

export const downloadRoutes: readonly Route[] = [
  bytesRoute({
    id: 'getOriginal',
    method: 'get',
    path: '/bundles/{id}/original',
    action: 'bundle.original',
    tag,
    summary: 'The file as it was handed in',
    faults: ['bundle.wrong-state', 'range.not-satisfiable'],
    params: BundleParams,
    answers,
    handle: async (call) => {
      const file = await readOf(call, call.params.id, (bundle) => openOriginal(call.services, bundle));
      if (!file.ok) return file;
      await call.audit(call.params.id, { bytes: file.value.size });
      return download(file.value, call.header('range'), call.services.config.limits.answerBytes);
    },
  }),
  bytesRoute({
    id: 'getAttachment',
    method: 'get',
    path: '/bundles/{id}/attachments/{n}',
    action: 'bundle.attachment',
    tag,
    summary: 'An attachment, by its number within the bundle',
    faults: ['bundle.wrong-state', 'range.not-satisfiable'],
    params: AttachmentParams,
    query: ViewAttachment,
    answers,
    handle: async (call) => {
      const file = await readOf(call, call.params.id, (bundle) => openAttachment(call.services, bundle, call.params.n));
      if (!file.ok) return file;
      await call.audit(call.params.id, { attachment: call.params.n, bytes: file.value.size });
      return download(file.value, call.header('range'), call.services.config.limits.answerBytes, call.query.view === 'inline');
    },
  }),
  pageRoute({
    id: 'getAttachmentText',
    method: 'get',
    path: '/bundles/{id}/attachments/{n}/text',
    action: 'bundle.attachment',
    tag,
    summary: 'The text of an attachment, page by page',
    faults: ['bundle.wrong-state'],
    params: AttachmentParams,
    query: ReadAttachmentText,
    answer: AttachmentTextAnswer,
    handle: async (call, mark) => {
      const from = Number(mark?.['from'] ?? 0);
      const { n: asked, id } = call.params;
      const read = await readOf(call, id, (bundle) => readAttachmentText(call.services, bundle, { n: asked, from, limit: call.query.limit }));
      if (!read.ok) return read;
      const { n, name, outcome, pages, next } = read.value;
      await call.audit(id, { attachment: n, pages: pages.length });
      return ok({
        n,
        name,
        outcome,
        pages: pages.map(({ page: { unit, number, part, confidence }, text }) => ({
          unit,
          number,
          text,
          ...(part === undefined ? {} : { part }),
          ...(confidence === undefined ? {} : { confidence }),
        })),
        next: next === null ? null : { from: next },
      });
    },
  }),
];
