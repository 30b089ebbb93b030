// THE schema: three tables, every key and every access pattern on one page. CDK and the embedded engine build from it.
//
// catalogue  (backed up; nothing that was said, no title, no name out of a chat)
//   pk                      sk                 what
//   BUNDLE#<id>             HEAD               bundle head                 byState, byUploader, byDue
//   BUNDLE#<id>             DOUBTS#<n>         up to 200 doubt places a page; from 500,000 on those of read-attachments, a page a batch
//   BUNDLE#<id>             SIFT#<n>#<page>    what was left out of conversation <n> before it was sent: ordinals and reasons, packed
//   SHA256#<hex>            HEAD               the bundle that claimed this file: same file twice → 409
//   CASE#<id>               HEAD               case                        byState, byDue (due cases are found through their bundles)
//   BUNDLE#<id>             LISTING            the destruction list that has claimed this bundle: never on two at once
//   CASE#<id>               BUNDLE#<bundleId>  link: bundles of a case
//   CASE-WORK               <caseId>           a case that somebody must look at, and why
//   ZGW                     HEAD               how the last look into the case system went
//   HOLD#<id>               HEAD               hold                        byState
//   HOLD#<id>               BUNDLE#<bundleId>  a bundle that carries this hold on its head
//   LIST#<id>               HEAD               destruction list            byState
//   LIST#<id>               ITEM#<bundleId>    item of the list
//   LIST#<id>               WAITING#<bundleId> handed to destroy-bundle and not settled yet
//   CERTIFICATE#<id>        HEAD               where it lies in the ledger, its hash and number
//   CERTIFICATE-NUMBER#<y>  <n>                the certificate that took this number of the year
//   PENDING#<kind>          <id>               work begun that must be finished: a hold in the making, a case to apply, an upload to clear
//   CUSTODIAN#<id>          HEAD               key person                  byState
//   CUSTODIAN#<id>          BUNDLE#<bundleId>  a bundle that names this person; ULIDs, so the newest stands last
//   CUSTODIAN-SUBJECT#<s>   HEAD               the key person who has this account: one at most
//   SETTINGS                HEAD               settings
//   RUN#<id>                HEAD               a run of a nightly job      byState
//   JOB#<name>              HEAD               how far the job has come (last month asked)
//   IDEMPOTENCY#<hash>      HEAD               key, fingerprint and outcome of a POST; ttl
//   SESSION#<hash>          HEAD               browser session (BFF); ttl
// index      (no backup: nothing outlives destruction; rebuildable from the originals)
//   bundle:<id>             names              file name and source file names as handed in
//   bundle:<id>             conversation:<n>   title, participants, counts, segments
//   bundle:<id>             attachments:<n>    page of attachments: name, presence, media type, size, sha256, vault key
//   bundle:<id>             attachment-text:<n>  what became of an attachment when its text was read, and where that text stands
//   bundle:<id>             segment:<segmentId>  level and continuations, written before anything of the segment: what must be emptied
//   segment:<segmentId>     head | columns | block:<n> | terms:<n>     a value over 300 kB goes on under …#1, …#2
//   drawer:<level>:<d>      <segmentId>        cards of one drawer in one segment; goes on under <segmentId>#1 …
//   places:<level>:<d>      <segmentId>        positions of a drawer with very common words, so that counting reads little
//   dictionary              added:<segmentId>  its terms are not in the snapshot yet (written by ingest, taken by the nightly merge)
//   dictionary              removed:<segmentId>  destroyed: its terms must leave the snapshot; words:<segmentId>:<n> are those terms
//   dictionary:<snapshot>   head | page:<n>    all terms of the archive, sorted; head names the changes that are worked in
//   archive                 state              which snapshot stands, which is in the making, and a count of changes to its words;
//   archive                 state              levels in use; epoch: goes up before anything is deleted (decision 0003)
//   searches                <searchId>         a saved search: name, query and filters packed; not made again from originals (decision 0019)
//   searches:making         <searchId>:<n>     a run that has begun; goes when it is done or was dropped
//   search:<searchId>       run:<n>            a run: state, who, when, totals; record:<n>:<page> which bundles, and the index's watermark
//   found:<bundleId>        <searchId>:<n>     hits of that run in this bundle, and words it stood for; goes on under …#1; goes with the bundle
// audit      (append only)
//   DAY#<date>              <instant>#<id>     event                       byObject, byActor
//   DAY#late                <instant>#<id>     event whose own day had closed, with the day on which it was filed instead (decision 0008)

import { type ListState, openListStates } from '#core/model/destruction-list.ts';

export const tableSchemas = {
  catalogue: {
    backup: true,
    indexes: {
      byState: { partition: 'stateKey', sort: 'stateAt' },
      byUploader: { partition: 'uploaderKey', sort: 'createdAt' },
      byDue: { partition: 'dueMonth', sort: 'dueKey' },
    },
    ttl: 'expiresAt',
  },
  index: { backup: false, indexes: {}, ttl: null },
  audit: {
    backup: true,
    indexes: {
      byObject: { partition: 'object', sort: 'sk' },
      byActor: { partition: 'actor', sort: 'sk' },
    },
    ttl: null,
  },
} as const;

export type TableName = keyof typeof tableSchemas;

export const catalogueKey = {
  bundle: (id: string) => ({ pk: `BUNDLE#${id}`, sk: 'HEAD' }),
  bundleDoubts: (id: string, page: number) => ({ pk: `BUNDLE#${id}`, sk: `DOUBTS#${String(page).padStart(6, '0')}` }),
  bundleSift: (id: string, n: number, page: number) => ({ pk: `BUNDLE#${id}`, sk: `SIFT#${String(n).padStart(6, '0')}#${String(page).padStart(4, '0')}` }),
  sha256: (hex: string) => ({ pk: `SHA256#${hex}`, sk: 'HEAD' }),
  bundleListing: (id: string) => ({ pk: `BUNDLE#${id}`, sk: 'LISTING' }),
  case: (id: string) => ({ pk: `CASE#${id}`, sk: 'HEAD' }),
  caseBundle: (caseId: string, bundleId: string) => ({ pk: `CASE#${caseId}`, sk: `BUNDLE#${bundleId}` }),
  caseWork: (caseId: string) => ({ pk: 'CASE-WORK', sk: caseId }),
  zgw: () => ({ pk: 'ZGW', sk: 'HEAD' }),
  hold: (id: string) => ({ pk: `HOLD#${id}`, sk: 'HEAD' }),
  holdBundle: (id: string, bundleId: string) => ({ pk: `HOLD#${id}`, sk: `BUNDLE#${bundleId}` }),
  list: (id: string) => ({ pk: `LIST#${id}`, sk: 'HEAD' }),
  listItem: (id: string, bundleId: string) => ({ pk: `LIST#${id}`, sk: `ITEM#${bundleId}` }),
  listWaiting: (id: string, bundleId: string) => ({ pk: `LIST#${id}`, sk: `WAITING#${bundleId}` }),
  certificateNumber: (year: string, n: number) => ({ pk: `CERTIFICATE-NUMBER#${year}`, sk: String(n).padStart(6, '0') }),
  pending: (kind: 'hold' | 'hotspot' | 'case' | 'expiry' | 'attachments', id: string) => ({ pk: `PENDING#${kind}`, sk: id }),
  certificate: (id: string) => ({ pk: `CERTIFICATE#${id}`, sk: 'HEAD' }),
  custodian: (id: string) => ({ pk: `CUSTODIAN#${id}`, sk: 'HEAD' }),
  custodianBundle: (id: string, bundleId: string) => ({ pk: `CUSTODIAN#${id}`, sk: `BUNDLE#${bundleId}` }),
  custodianSubject: (subject: string) => ({ pk: `CUSTODIAN-SUBJECT#${subject}`, sk: 'HEAD' }),
  settings: () => ({ pk: 'SETTINGS', sk: 'HEAD' }),
  run: (id: string) => ({ pk: `RUN#${id}`, sk: 'HEAD' }),
  job: (name: string) => ({ pk: `JOB#${name}`, sk: 'HEAD' }),
  idempotency: (hash: string) => ({ pk: `IDEMPOTENCY#${hash}`, sk: 'HEAD' }),
  session: (hash: string) => ({ pk: `SESSION#${hash}`, sk: 'HEAD' }),
} as const;

export const indexKey = {
  names: (bundleId: string) => ({ pk: `bundle:${bundleId}`, sk: 'names' }),
  /** The start of a file without a fixed layout, while a person is asked about its columns. */
  tableHead: (bundleId: string) => ({ pk: `bundle:${bundleId}`, sk: 'table-head' }),
  conversation: (bundleId: string, n: number) => ({ pk: `bundle:${bundleId}`, sk: `conversation:${String(n).padStart(6, '0')}` }),
  attachments: (bundleId: string, page: number) => ({ pk: `bundle:${bundleId}`, sk: `attachments:${String(page).padStart(6, '0')}` }),
  attachmentText: (bundleId: string, file: number) => ({ pk: `bundle:${bundleId}`, sk: `attachment-text:${String(file).padStart(6, '0')}` }),
  /** What a bundle has in the index, written first and removed last. */
  segmentEntry: (bundleId: string, segmentId: string) => ({ pk: `bundle:${bundleId}`, sk: `segment:${segmentId}` }),
  segmentHead: (segmentId: string) => ({ pk: `segment:${segmentId}`, sk: 'head' }),
  segmentColumns: (segmentId: string) => ({ pk: `segment:${segmentId}`, sk: 'columns' }),
  segmentBlock: (segmentId: string, n: number, page = 0) => ({ pk: `segment:${segmentId}`, sk: paged(`block:${String(n).padStart(5, '0')}`, page) }),
  segmentTerms: (segmentId: string, page: number) => ({ pk: `segment:${segmentId}`, sk: `terms:${String(page).padStart(4, '0')}` }),
  /** With more than one shard, a segment's cards lie in the shard of its id. */
  drawer: (level: number, drawer: number, segmentId: string, page = 0, shard: number | null = null) => ({
    pk: drawerPartition('drawer', level, drawer, shard),
    sk: paged(segmentId, page),
  }),
  places: (level: number, drawer: number, segmentId: string, page = 0, shard: number | null = null) => ({
    pk: drawerPartition('places', level, drawer, shard),
    sk: paged(segmentId, page),
  }),
  dictionaryAdded: (segmentId: string) => ({ pk: dictionaryPartition, sk: `added:${segmentId}` }),
  dictionaryRemoved: (segmentId: string) => ({ pk: dictionaryPartition, sk: `removed:${segmentId}` }),
  dictionaryWords: (segmentId: string, page: number) => ({ pk: dictionaryPartition, sk: `words:${segmentId}:${String(page).padStart(4, '0')}` }),
  snapshotHead: (snapshot: string) => ({ pk: `dictionary:${snapshot}`, sk: 'head' }),
  snapshotPage: (snapshot: string, page: number) => ({ pk: `dictionary:${snapshot}`, sk: `page:${String(page).padStart(5, '0')}` }),
  archiveState: () => ({ pk: 'archive', sk: 'state' }),
  search: (id: string) => ({ pk: searchPartitions.searches, sk: id }),
  searchMaking: (id: string, n: number) => ({ pk: searchPartitions.making, sk: `${id}:${runNumber(n)}` }),
  searchRun: (id: string, n: number) => ({ pk: `search:${id}`, sk: `run:${runNumber(n)}` }),
  searchRecord: (id: string, n: number, page: number) => ({ pk: `search:${id}`, sk: `record:${runNumber(n)}:${String(page).padStart(4, '0')}` }),
  found: (bundleId: string, id: string, n: number, page = 0) => ({ pk: `found:${bundleId}`, sk: paged(`${id}:${runNumber(n)}`, page) }),
} as const;

/** `index:searches` reaches these and what begins with `search:` and `found:`, and nothing else. */
export const searchPartitions = { searches: 'searches', making: 'searches:making' } as const;

function runNumber(n: number): string {
  return String(n).padStart(6, '0');
}

export const dictionaryPartition = 'dictionary';

function paged(key: string, page: number): string {
  return page === 0 ? key : `${key}#${page}`;
}

export function drawerPartition(kind: 'drawer' | 'places', level: number, drawer: number, shard: number | null = null): string {
  return shard === null ? `${kind}:${level}:${drawer}` : `${kind}:${level}:${drawer}:${shard}`;
}

/** Keys of the vault: one prefix a bundle. */
export const vaultKey = {
  prefix: (bundleId: string) => `bundles/${bundleId}/`,
  original: (bundleId: string) => `bundles/${bundleId}/original`,
  attachment: (bundleId: string, n: number) => `bundles/${bundleId}/attachments/${String(n).padStart(6, '0')}`,
} as const;

export const intakeKey = { upload: (bundleId: string) => `uploads/${bundleId}` } as const;
export const ledgerKey = {
  certificateJson: (id: string) => `certificates/${id}.json`,
  certificatePdf: (id: string) => `certificates/${id}.pdf`,
  seals: 'seals/',
  seal: (day: string) => `seals/${day}.json`,
  /** Named by its content: a night that broke off leaves pages that the next one finds or does not need. */
  sealPage: (day: string, sha256: string) => `seals/${day}/${sha256}.txt`,
} as const;

export const auditKey = {
  event: (at: string, id: string) => ({ pk: `DAY#${at.slice(0, 10)}`, sk: `${at}#${id}` }),
  late: (at: string, id: string) => ({ pk: 'DAY#late', sk: `${at}#${id}` }),
} as const;

/** State keys for the byState index: `bundle#indexed`, `list#executed`, `hold#active`. */
export function stateKey(kind: 'bundle' | 'case' | 'custodian' | 'hold' | 'list' | 'run', state: string): string {
  return `${kind}#${state}`;
}

/** A list's place in the byState index: all open ones share `list#open`, in order of their state, so that a night asks once for them. */
export function listStatePlace(state: ListState): { readonly stateKey: string; readonly prefix: string } {
  return { stateKey: stateKey('list', openListStates.some((open) => open === state) ? 'open' : state), prefix: `${state}#` };
}

/**
 * `DUE#2031-04` and `2031-04-17#bundle_…`. A bundle is filed under the month of its action date, or under the month in which it is filed
 * when that is later (a date moved into the past, a hold released): so the nightly job asks only for the months since its last run.
 */
export function dueKeys(actionDate: string, bundleId: string, filedOn: string): { dueMonth: string; dueKey: string } {
  const month = actionDate > filedOn ? actionDate.slice(0, 7) : filedOn.slice(0, 7);
  return { dueMonth: `DUE#${month}`, dueKey: `${actionDate}#${bundleId}` };
}
