// What the window asks of the API, by resource. Keys start with the resource, so that a write can refresh what it touches.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AttachmentTextAnswer } from '#contract/attachment.ts';
import type { EventPage } from '#contract/audit.ts';
import type { BundleAnswer, BundlePage, DoubtPage, Receipt } from '#contract/bundle.ts';
import type { CaseAnswer, CasePage, CaseWork, LookedUpCase } from '#contract/case.ts';
import type { CertificateAnswer } from '#contract/certificate.ts';
import type { ConversationPage, MessagePage } from '#contract/conversation.ts';
import type { CustodianAnswer, CustodianPage } from '#contract/custodian.ts';
import type { DeadLetters } from '#contract/dead-letter.ts';
import type { DestructionListAnswer, DestructionListPage, ListItemPage } from '#contract/destruction-list.ts';
import type { HoldPage } from '#contract/hold.ts';
import type { RunAnswer } from '#contract/job.ts';
import type { KeepHelpAnswer } from '#contract/keep-help.ts';
import type { MappingQuestion } from '#contract/mapping.ts';
import type { Me } from '#contract/me.ts';
import type { SettingsAnswer } from '#contract/settings.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { get, post, withQuery } from './client.ts';

interface Page {
  readonly next: string | null;
}

/** Pages of a list, one after another by cursor. */
function pages<P extends Page>(key: readonly unknown[], path: string, query: Readonly<Record<string, string | number | undefined>>) {
  return infiniteQueryOptions({
    queryKey: [...key, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get<P>(withQuery(path, { ...query, next: pageParam }), signal),
    getNextPageParam: (last: P) => last.next,
  });
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/v1/me', signal), staleTime: 60_000, retry: false });

const working: readonly string[] = ['awaiting-upload', 'received', 'ingesting', 'destroying'];

export const bundleQuery = (id: string) =>
  queryOptions({
    queryKey: ['bundles', id],
    queryFn: ({ signal }) => get<BundleAnswer>(`/v1/bundles/${id}`, signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined) return false;
      return working.includes(data.state) ? 1500 : data.state === 'indexed' && data.attachmentText?.state === 'reading' ? 3000 : false;
    },
  });
export const bundlesQuery = (query: { readonly caseId?: string; readonly state?: string; readonly uploader?: string }) =>
  pages<BundlePage>(['bundles'], '/v1/bundles', query);
export const doubtsQuery = (id: string) => pages<DoubtPage>(['bundles', id, 'doubts'], `/v1/bundles/${id}/doubts`, {});
export const receiptQuery = (id: string) =>
  queryOptions({ queryKey: ['bundles', id, 'receipt'], queryFn: ({ signal }) => get<Receipt>(`/v1/bundles/${id}/receipt`, signal) });

/** How the file is cut, where a person said so. */
export interface MappingCut {
  readonly delimiter?: ColumnMapping['delimiter'];
  readonly encoding?: ColumnMapping['encoding'];
  readonly header?: boolean;
}

export const mappingQuery = (id: string, { delimiter, encoding, header }: MappingCut) => {
  const asked = { delimiter: delimiter ?? undefined, encoding, header: header === undefined ? undefined : String(header) };
  return queryOptions({
    queryKey: ['bundles', id, 'mapping', asked],
    queryFn: ({ signal }) => get<MappingQuestion>(withQuery(`/v1/bundles/${id}/mapping`, asked), signal),
  });
};

export const conversationsQuery = (id: string) => pages<ConversationPage>(['conversations', id], `/v1/bundles/${id}/conversations`, {});

export const attachmentTextQuery = (id: string, n: number) =>
  pages<AttachmentTextAnswer>(['attachments', id, n, 'text'], `/v1/bundles/${id}/attachments/${n}/text`, {});

export const messageRange = 100;
/** Range `index` of a conversation, with the record before it, so that a row always knows the one above. */
export const messagesQuery = (id: string, n: number, index: number) =>
  queryOptions({
    queryKey: ['messages', id, n, index],
    queryFn: ({ signal }) =>
      get<MessagePage>(
        withQuery(`/v1/bundles/${id}/conversations/${n}/messages`, {
          from: Math.max(0, index * messageRange - 1),
          limit: index === 0 ? messageRange : messageRange + 1,
        }),
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['cases', id], queryFn: ({ signal }) => get<CaseAnswer>(`/v1/cases/${encodeURIComponent(id)}`, signal), retry: false });
export const caseWorkQuery = (query: { readonly reason?: string }) => pages<CaseWork>(['case-work'], '/v1/case-work', query);
export const caseLookUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', id, 'lookup'],
    queryFn: ({ signal }) => post<LookedUpCase>(`/v1/cases/${encodeURIComponent(id)}/_lookup`, {}, signal),
    retry: false,
    staleTime: 60_000,
  });
export const casesQuery = (query: { readonly state?: string; readonly dueBefore?: string; readonly limit?: number }) =>
  pages<CasePage>(['cases'], '/v1/cases', query);

export const holdsQuery = pages<HoldPage>(['holds'], '/v1/holds', {});

export const listQuery = (id: string) =>
  queryOptions({
    queryKey: ['lists', id],
    queryFn: ({ signal }) => get<DestructionListAnswer>(`/v1/destruction-lists/${id}`, signal),
    refetchInterval: (query) => (query.state.data?.state === 'executing' ? 2000 : false),
  });
export const listsQuery = (state?: string) => pages<DestructionListPage>(['lists'], '/v1/destruction-lists', state === undefined ? {} : { state });
export const listItemsQuery = (id: string) => pages<ListItemPage>(['lists', id, 'items'], `/v1/destruction-lists/${id}/items`, { limit: 100 });

export const certificateQuery = (id: string) =>
  queryOptions({ queryKey: ['certificates', id], queryFn: ({ signal }) => get<CertificateAnswer>(`/v1/certificates/${id}`, signal) });

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => get<SettingsAnswer>('/v1/settings', signal) });
export const keepHelpQuery = queryOptions({
  queryKey: ['keep-help'],
  queryFn: ({ signal }) => get<KeepHelpAnswer>('/v1/keep-help', signal),
  staleTime: 300_000,
});

export const custodianQuery = (id: string) =>
  queryOptions({ queryKey: ['custodians', id], queryFn: ({ signal }) => get<CustodianAnswer>(`/v1/custodians/${id}`, signal), retry: false });
export const custodiansQuery = pages<CustodianPage>(['custodians'], '/v1/custodians', { limit: 100 });

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ signal }) => get<DeadLetters>('/v1/dead-letters', signal),
  refetchInterval: 15_000,
});
export const runQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', run],
    queryFn: ({ signal }) => get<RunAnswer>(`/v1/jobs/runs/${run}`, signal),
    refetchInterval: (query) => (query.state.data?.state === 'done' || query.state.data?.state === 'failed' ? false : 1000),
  });
export const eventsQuery = (query: { readonly object?: string; readonly actor?: string; readonly from?: string }) =>
  pages<EventPage>(['events'], '/v1/audit/events', query);
