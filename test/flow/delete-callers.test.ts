// One choke point for deletion (ARCHITECTURE 8; PITFALLS: a retention cron, a second erase endpoint and a sweep that each deleted past the
// legal holds: openregister #3553 and #2703, opendigitalproductfactory #3835, areev #278). Every place that deletes is found by reading the
// source and stands in one table with its reason; a new place fails here until somebody has written down why it may.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Where a command that deletes or breaks off is sent: file and function, and why it is no way round the guard. */
const sites: Readonly<Record<string, string>> = {
  'shared/store/catalogue.ts remove': 'the one delete of the catalogue; its callers are listed below',
  'shared/store/index/batch.ts deleteAll': 'the one delete of the index; its callers are listed below',
  'shared/store/vault.ts emptyPrefix': 'all versions under one bundle; its callers are listed below',
  'shared/store/vault.ts flush': 'the batches of emptyPrefix',
  'shared/store/vault.ts putInParts': 'breaks off the upload that it began itself and that failed: no object has come of it',
  'shared/store/copy-object.ts copyObject': 'breaks off the copy that it began itself and that failed: no object has come of it',
  'shared/store/intake.ts abort': 'breaks off the upload of a bundle that is refused, kept elsewhere by now, or destroyed',
  'shared/store/intake.ts remove': 'the intake copy of a bundle that is refused, lies in the vault by now, or is destroyed',
  'shared/runtime/dead-letters.ts retry': 'a message is taken from the dead letters after it was sent again; messages hold ids only',
  'infra/local/dynamo.ts onDelete': 'the embedded engine itself: it does what a store asks and asks nothing of its own',
  'infra/local/queue/invoke-queue.ts call': 'a message that was handled leaves the queue; messages hold ids only',
};

/** Who outside the store calls what deletes there: `file function receiver.method`. */
const guarded = 'the guarded path: after the conditional write indexed → destroying';
const late = 'only when the head says destroyed: what a machine that stood still through the destruction wrote after it';
const refusing = 'a bundle that is not indexed: refused, never come, or read anew; what an attempt left is taken away';
const anew = 'written again by an attempt that holds the work: what an earlier attempt filed differently goes first, the original stays';
const back = 'of a batch that the head does not know and never will, since the bundle is no longer indexed';
const ownUpload = 'breaks off the upload that it began itself and that failed';
const ended = 'the note of work that is done; holds ids only';
const workList = 'the entry of a case on the work list';
const register = 'the register of key people, and its links to bundles; no bundle goes by it';
const snapshots = 'earlier snapshots of the dictionary, and one whose making broke off; rebuilt from the index';
const broken = 'a run of a saved search that nobody has seen: it broke off, or its bundle was emptied while it was written';
const callers: Readonly<Record<string, string>> = {
  'functions/api/idempotency.ts runOnce idempotency.abandon': 'the key of a request that failed, so that it can be asked again',
  'functions/api/sign-in.ts record sessions.remove': 'signing out',
  'functions/api/sign-in.ts record sessions.takeSignIn': 'a sign-in can be finished once',
  'shared/flow/add-custodian.ts addCustodian custodians.remove': 'a register entry whose subject another took first: it was never seen',
  'shared/flow/apply-hold.ts applyHold pending.end': ended,
  'shared/flow/apply-hold.ts freeBundle holds.removeBundle': 'the note of which bundle a hold stands on; the hold on the head decides',
  'shared/flow/apply-hold.ts holdBundle holds.removeBundle': 'the note of which bundle a hold stands on; the hold on the head decides',
  'shared/flow/apply-hold.ts release pending.end': ended,
  'shared/flow/apply-retention.ts applyRetention cases.fileWork': workList,
  'shared/flow/apply-retention.ts applyRetention pending.end': ended,
  'shared/flow/attachment-batch.ts fileBatch bundles.removeAttachmentDoubts': anew,
  'shared/flow/attachment-batch.ts fileBatch index.writeSegment': anew,
  'shared/flow/attachment-batch.ts takeBatchBack bundles.removeAttachmentDoubts': back,
  'shared/flow/attachment-batch.ts takeBatchBack index.deleteAttachmentTexts': back,
  'shared/flow/attachment-batch.ts takeBatchBack index.deleteSegment': back,
  'shared/flow/change-custodian.ts changeCustodian custodians.releaseSubject': register,
  'shared/flow/cover-by-cases.ts makeUnknownCases cases.fileWork': workList,
  'shared/flow/destroy-bundle.ts afterItem lists.clearWaiting': 'the mark of an item that is settled',
  'shared/flow/destroy-bundle.ts afterItem lists.releaseListing': 'the claim of a list on a bundle that is settled',
  'shared/flow/destroy-bundle.ts empty bundles.releaseClaim': guarded,
  'shared/flow/destroy-bundle.ts empty bundles.removeDoubts': guarded,
  'shared/flow/destroy-bundle.ts empty bundles.unlinkCase': guarded,
  'shared/flow/destroy-bundle.ts empty custodians.unlinkBundle': guarded,
  'shared/flow/destroy-bundle.ts empty index.deleteBundleRange': guarded,
  'shared/flow/destroy-bundle.ts empty index.deleteSegment': guarded,
  'shared/flow/destroy-bundle.ts empty intake.abort': guarded,
  'shared/flow/destroy-bundle.ts empty intake.remove': guarded,
  'shared/flow/destroy-bundle.ts empty savedSearches.emptyBundle': guarded,
  'shared/flow/destroy-bundle.ts empty sifts.remove': guarded,
  'shared/flow/destroy-bundle.ts empty vault.emptyPrefix': guarded,
  'shared/flow/drop-broken-runs.ts dropBrokenRuns savedSearches.endMaking': ended,
  'shared/flow/drop-broken-runs.ts dropBrokenRuns savedSearches.removeDropped': broken,
  'shared/flow/ingest-bundle.ts dropStale index.deleteSegment': anew,
  'shared/flow/ingest-bundle.ts finishDone intake.remove': 'the intake copy of a bundle that has left the intake for good: kept, refused or destroyed',
  'shared/flow/ingest-bundle.ts finishIndexed intake.remove': 'the intake copy of a bundle whose original lies in the vault',
  'shared/flow/ingest-bundle.ts refuse bundles.putDoubts': anew,
  'shared/flow/ingest-bundle.ts refuse index.removeAskedTable': 'the question about columns once it is answered',
  'shared/flow/keep-files.ts keepEmbedded vault.putAttachment': ownUpload,
  'shared/flow/keep-files.ts lane index.putAttachments': anew,
  'shared/flow/keep-files.ts lane vault.putAttachment': ownUpload,
  'shared/flow/keep-files.ts lane vault.putInstead': ownUpload,
  'shared/flow/keep-files.ts lane vault.putOriginal': ownUpload,
  'shared/flow/leave-changed-items.ts leaveList lists.releaseListing': 'the claim of a list on a bundle that left it',
  'shared/flow/leave-changed-items.ts nameOnList lists.releaseListing': 'the claim of a list on a bundle that left it',
  'shared/flow/merge-dictionary.ts mergeDictionary dictionary.abandon': snapshots,
  'shared/flow/merge-dictionary.ts makeSnapshot dictionary.abandon': snapshots,
  'shared/flow/merge-dictionary.ts makeSnapshot dictionary.removeSnapshot': snapshots,
  'shared/flow/merge-dictionary.ts makeSnapshot dictionary.tidy': snapshots,
  'shared/flow/merge-dictionary.ts takeOver dictionary.removeSnapshot': snapshots,
  'shared/flow/merge-dictionary.ts takeOver dictionary.tidy': snapshots,
  'shared/flow/make-run.ts keepRun savedSearches.endMaking': ended,
  'shared/flow/make-run.ts keepRun savedSearches.removeDropped': broken,
  'shared/flow/make-run.ts keepRun savedSearches.removeFound': broken,
  'shared/flow/nightly-upkeep.ts clear pending.end': ended,
  'shared/flow/nightly-upkeep.ts expire pending.end': ended,
  'shared/flow/propose-destruction.ts fill lists.releaseListing': 'what an earlier attempt claimed for a list that was never made',
  'shared/flow/propose-destruction.ts fill lists.removeItem': 'what an earlier attempt wrote for a list that was never made',
  'shared/flow/read-attachments.ts dropStale index.deleteSegment': anew,
  'shared/flow/read-attachments.ts endPending pending.end': ended,
  'shared/flow/read-attachments.ts finishDone bundles.removeDoubts': late,
  'shared/flow/read-attachments.ts finishDone index.deleteBundleRange': late,
  'shared/flow/read-conversations.ts write index.writeSegment': anew,
  'shared/flow/refuse-bundle.ts clearIndex index.deleteBundleRange': refusing,
  'shared/flow/refuse-bundle.ts clearRefused bundles.releaseClaim': refusing,
  'shared/flow/refuse-bundle.ts clearRefused bundles.removeDoubts': refusing,
  'shared/flow/refuse-bundle.ts clearRefused bundles.unlinkCase': refusing,
  'shared/flow/refuse-bundle.ts clearRefused intake.abort': refusing,
  'shared/flow/refuse-bundle.ts clearRefused intake.remove': refusing,
  'shared/flow/register-bundle.ts linkCustodian custodians.unlinkBundle': register,
  'shared/flow/remove-custodian.ts removeCustodian custodians.releaseSubject': register,
  'shared/flow/remove-custodian.ts removeCustodian custodians.remove': register,
  'shared/flow/remove-custodian.ts removeCustodian custodians.unlinkBundle': register,
  'shared/flow/sync-cases.ts syncCases zgwState.removeState': 'how the last look went into a case system that is no longer configured',
};

interface Part {
  readonly file: string;
  readonly name: string;
  readonly body: string;
}

const declared =
  /^\s*(?:export )?(?:async )?function\*? (\w+)|^\s*(?:export )?const (\w+) = (?:async )?\(|^\s+(?:async )?(\w+)\([^)]*\)(?::[^{]*)? \{$|^\s+(\w+): async \(/;
const statements = new Set(['if', 'for', 'while', 'switch', 'catch']);
/** An import and the line of a list of imports are no calls. */
const imported = /^import\b|^ {2}\w+Command,$/;

/** A file cut at its functions; a nested function is a part of its own. */
function partsOf(file: string, source: string): Part[] {
  const parts: { name: string; lines: string[] }[] = [{ name: '(top)', lines: [] }];
  for (const line of source.split('\n')) {
    const name = declared
      .exec(line)
      ?.slice(1)
      .find((one) => one !== undefined);
    if (name !== undefined && !statements.has(name)) parts.push({ name, lines: [] });
    if (!imported.test(line) && !/^\s*(\/\/|\/?\*)/.test(line)) parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ name, lines }) => ({ file, name, body: lines.join('\n') }));
}

function partsBelow(folders: readonly string[]): Part[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        return partsOf(relative(root, path), readFileSync(path, 'utf8'));
      }),
  );
}

const command = /\b(?:Delete\w*Command|Abort\w*Command|DeleteCommand|TransactWrite\w*|DeleteRequest)\b/;

function sitesIn(parts: readonly Part[]): string[] {
  return [...new Set(parts.filter(({ body }) => command.test(body)).map(({ file, name }) => `${file} ${name}`))].sort();
}

/** The store's functions that delete: they send such a command, or call one that does. */
function deletingIn(store: readonly Part[]): ReadonlySet<string> {
  const found = new Set<string>(store.filter(({ body }) => command.test(body) || /\bcatalogue\.remove\(/.test(body)).map(({ name }) => name));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { name, body } of store) {
      const inside = body.split('\n').slice(1).join('\n');
      if (name !== '(top)' && [...found].some((one) => new RegExp(`(?<![\\w.])${one}\\(`).test(inside))) found.add(name);
    }
  }
  found.delete('(top)');
  return found;
}

/** Receivers that share a method's name with a store and are none. */
const noStores: Readonly<Record<string, string>> = {
  root: 'an element of a PDF',
  doc: 'a PDF',
  row: 'an element of a PDF',
  table: 'an element of a PDF',
  filer: 'what files the messages of a conversation',
  last: 'a token of a text',
};

function callersIn(parts: readonly Part[], deleting: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (const { file, name, body } of parts) {
    // Also without brackets: a method that is handed on is called by somebody else.
    // Names of actions and events stand between quotes: they call nothing.
    const calls = body.replace(/'[^'\n]*'/g, "''");
    for (const [, receiver = '', method = ''] of calls.matchAll(/(?<=\b(\w+)\??\.)(\w+)\b/g))
      if (deleting.has(method) && !(receiver in noStores)) found.add(`${file} ${name} ${receiver}.${method}`);
    for (const [, names = '', from = ''] of body.matchAll(/\{([^{}]*)\}\s*=\s*([\w.]+)/g))
      for (const one of names.split(',')) {
        const method = one.split(':')[0]?.trim() ?? '';
        if (deleting.has(method)) found.add(`${file} ${name} ${from.split('.').at(-1)}.${method}`);
      }
  }
  return [...found].sort();
}

const store = partsBelow(['shared/store']);
// The command line is a client of the API: it may import no store (architecture test).
const outside = partsBelow(['shared/flow', 'shared/runtime', 'functions']).filter(({ file }) => !file.startsWith('functions/command-line'));

describe('deletion', () => {
  it('is asked of the engines only where the table says so, each with its reason', () => {
    expect(sitesIn([...store, ...outside, ...partsBelow(['infra'])])).toEqual(Object.keys(sites).sort());
  });

  it('is asked of the stores only by the callers in the table, each with its reason', () => {
    expect(callersIn(outside, deletingIn(store))).toEqual(Object.keys(callers).sort());
  });
});

describe('the scan', () => {
  it('sees a new command, a new caller, one by a detour, one that is handed on and one that is taken out', () => {
    const planted = partsOf('planted.ts', 'export async function sweep(s3: S3) {\n  await s3.send(new DeleteObjectCommand({}));\n}\n');
    expect(sitesIn(planted)).toEqual(['planted.ts sweep']);
    const detour = partsOf(
      'store.ts',
      'async function tidy(id: string) {\n  await catalogue.remove(key(id));\n}\nasync function whole(id: string) {\n  await tidy(id);\n}\n',
    );
    const deleting = deletingIn(detour);
    expect([...deleting].sort()).toEqual(['tidy', 'whole']);
    const flow =
      'export async function clean(needs: Needs) {\n  await needs.things.whole(1);\n  each(needs.things.tidy);\n}\nfunction quick() {\n  const { tidy: gone } = needs.others;\n}\n';
    expect(callersIn(partsOf('flow.ts', flow), deleting)).toEqual(['flow.ts clean things.tidy', 'flow.ts clean things.whole', 'flow.ts quick others.tidy']);
  });

  it('knows the deletions that the guard rests on', () => {
    const deleting = deletingIn(store);
    for (const name of ['emptyPrefix', 'deleteBundleRange', 'deleteSegment', 'removeDoubts', 'unlinkCase', 'remove', 'abort'])
      expect(deleting.has(name), name).toBe(true);
  });
});
