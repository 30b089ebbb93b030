// `woordspoor upload`: a folder full of exports into the archive, and what became of each.
import { CustodianId } from '#core/model/id.ts';
import { problemText } from '#core/model/text.nl.ts';
import { Custodians, LookedUp, Myself, type SeenBundle } from './answers.ts';
import { type Archive, address } from './archive.ts';
import type { UploadCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { followBundles } from './follow-bundles.ts';
import { inLanes } from './in-lanes.ts';
import { openJournal } from './journal.ts';
import { type LocalFile, meetFiles } from './local-files.ts';
import { type SendOrder, type SendOutcome, sendFile } from './send-file.ts';
import type { Terminal } from './terminal.ts';
import { text } from './text.nl.ts';
import { whyFailed } from './why-failed.ts';

export const outcomes = [
  'read',
  'question',
  'refused',
  'sent',
  'not-yet',
  'duplicate',
  'same-as',
  'other-case',
  'changed',
  'unreadable',
  'failed',
  'gone',
  'passed-over',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What is not as the person wanted it, or cannot be said to be. */
const bad: ReadonlySet<Outcome> = new Set(['refused', 'not-yet', 'other-case', 'changed', 'unreadable', 'failed', 'gone']);

interface Line {
  readonly file: string;
  readonly outcome: Outcome;
  /** What stands behind the name, for a person. */
  readonly words: string;
  readonly also?: readonly string[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

interface NeedsUpload {
  readonly archive: Archive;
  readonly terminal: Terminal;
  readonly client: string;
  readonly stateFolder: string;
}

/** A case that nobody knows is more often a slip than a new case. */
async function unknownCases(archive: Archive, caseIds: readonly string[]): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of caseIds) {
    const { found } = await archive.post(LookedUp, `/v1/cases/${encodeURIComponent(id)}/_lookup`);
    if (found !== 'here' && found !== 'in-case-system') unknown.push(id);
  }
  return unknown;
}

/** By id, by account or by name, as long as it is one person. */
async function custodianNamed(archive: Archive, named: string): Promise<string | null> {
  if (CustodianId.safeParse(named).success) return named;
  const fits: string[] = [];
  for (let next: string | null | undefined; next !== null; ) {
    const page = await archive.get(Custodians, address('/v1/custodians', { limit: 100, next }));
    for (const { id, name, subject } of page.items) if (subject === named || name.toLocaleLowerCase('nl') === named.toLocaleLowerCase('nl')) fits.push(id);
    next = page.next;
  }
  const [only, second] = fits;
  return only === undefined || second !== undefined ? null : only;
}

function factsOf(bundle: SeenBundle) {
  const { id, state, caseIds, format, counts, period, doubts, problem } = bundle;
  return { bundleId: id, state, caseIds, format, counts, period, doubts, problem };
}

function lineOfBundle(file: string, bundle: SeenBundle, earlier: boolean, server: string, mayAnswer: boolean): Line {
  const facts = { ...factsOf(bundle), earlier };
  const at = `${server}/bundels/${bundle.id}`;
  switch (bundle.state) {
    case 'indexed':
      return { file, outcome: 'read', words: text.upload.read(bundle, earlier), facts };
    case 'needs-answer': {
      const questions = bundle.doubts.filter(({ severity }) => severity === 'question');
      return {
        file,
        outcome: 'question',
        words: text.upload.question(bundle, earlier),
        also: [...questions.map((one) => text.upload.asked(one)), text.upload.answerAt(at, mayAnswer)],
        facts: { ...facts, questions, answerAt: at },
      };
    }
    case 'refused':
      return { file, outcome: 'refused', words: text.upload.refused(bundle.problem?.detail ?? ''), facts };
    default:
      return { file, outcome: 'gone', words: text.upload.gone(bundle.id), facts };
  }
}

function lineOfSending(file: string, sent: Exclude<SendOutcome, { kind: 'sent' }>): Line {
  switch (sent.kind) {
    case 'duplicate':
      return {
        file,
        outcome: 'duplicate',
        words: text.upload.duplicate(sent.bundleId, sent.bundle),
        facts: sent.bundle === null ? { bundleId: sent.bundleId } : factsOf(sent.bundle),
      };
    case 'other-case':
      return { file, outcome: 'other-case', words: text.upload.otherCase(sent), facts: { bundleId: sent.bundleId, caseIds: sent.caseIds } };
    case 'same-as':
      return { file, outcome: 'same-as', words: text.upload.sameAs(sent.file.shown), facts: { sameAs: sent.file.shown } };
    case 'empty':
      return { file, outcome: 'refused', words: text.upload.refused(problemText['file.empty']), facts: { problem: { code: 'file.empty' } } };
    case 'changed':
      return { file, outcome: 'changed', words: text.upload.changed };
  }
}

/** So many at a time, in the order in which they ask. */
function makeTurns(most: number): SendOrder['inTurn'] {
  const queue: (() => void)[] = [];
  let underway = 0;
  return async (act) => {
    if (underway >= most) await new Promise<void>((resolve) => queue.push(resolve));
    else underway++;
    try {
      return await act();
    } finally {
      const next = queue.shift();
      if (next === undefined) underway--;
      else next();
    }
  };
}

export async function runUpload(command: UploadCommand, needs: NeedsUpload): Promise<number> {
  const { archive, terminal } = needs;
  const met = await meetFiles(command.paths);
  const files = met.flatMap((one) => (one.kind === 'file' ? [one.file] : []));
  const me = await archive.get(Myself, '/v1/me');
  const unknown = command.newCase ? [] : await unknownCases(archive, command.caseIds);
  if (unknown.length > 0) {
    terminal.note(text.upload.unknownCases(unknown));
    return exitCodes.wrongUse;
  }
  const custodianId = command.custodian === undefined ? undefined : await custodianNamed(archive, command.custodian);
  if (custodianId === null) {
    terminal.note(text.upload.unknownCustodian);
    return exitCodes.wrongUse;
  }
  const journal = await openJournal(needs.stateFolder, archive.server, needs.client);
  terminal.note(text.upload.begins(files.length, command.caseIds, me.organisation));

  const counted = new Map<Outcome, number>();
  const tell = ({ file, outcome, words, also = [], facts = {} }: Line) => {
    counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
    if (command.json) terminal.say(JSON.stringify({ type: 'file', file, outcome, ...facts }));
    else for (const line of [text.upload.line(file, words), ...also.map((one) => `    ${one}`)]) terminal.say(line);
  };
  for (const one of met)
    if (one.kind === 'passed-over')
      tell({
        file: one.shown,
        outcome: one.why === 'unreadable' ? 'unreadable' : 'passed-over',
        words: text.upload.passedOver[one.why],
        facts: { why: one.why },
      });

  const [claimed, following] = [new Map<string, LocalFile>(), new Map<string, { readonly file: LocalFile; readonly earlier: boolean }>()];
  let [begun, sentBytes, done] = [0, 0, 0];
  const look = () => terminal.progress(text.upload.progress(begun, files.length, text.size(sentBytes), done));
  const follower = command.wait
    ? followBundles(archive, command.waitMinutes * 60_000, (bundle) => {
        const sent = following.get(bundle.id);
        following.delete(bundle.id);
        done++;
        if (sent !== undefined) tell(lineOfBundle(sent.file.shown, bundle, sent.earlier, archive.server, me.actions.includes('bundle.answer')));
        look();
      })
    : null;

  const order: SendOrder = {
    archive,
    journal,
    caseIds: command.caseIds,
    custodianId,
    subject: me.subject,
    inTurn: makeTurns(command.parallel),
    claim: (sha256, file) => {
      const first = claimed.get(sha256);
      if (first === undefined) claimed.set(sha256, file);
      return first ?? null;
    },
    onHashed: look,
    onSent: (bytes) => {
      sentBytes += bytes;
      look();
    },
  };

  const handIn = async (file: LocalFile): Promise<void> => {
    begun++;
    look();
    try {
      const sent = await sendFile(order, file);
      if (sent.kind !== 'sent') tell(lineOfSending(file.shown, sent));
      else if (follower === null)
        tell({ file: file.shown, outcome: 'sent', words: text.upload.sent(sent.bundleId, sent.earlier), facts: { bundleId: sent.bundleId } });
      else {
        following.set(sent.bundleId, { file, earlier: sent.earlier });
        follower.add(sent.bundleId);
      }
    } catch (error) {
      // What no other file will escape ends the run; the rest concerns this file.
      const why = whyFailed(error);
      if (archive.signal.aborted || why === null || why.forAll) throw error;
      tell({ file: file.shown, outcome: why.onDisk ? 'unreadable' : 'failed', words: why.sentence, facts: { code: why.code } });
    }
    look();
  };

  const summarise = () => {
    terminal.progress(null);
    const some = [...counted].some(([outcome, n]) => n > 0 && bad.has(outcome));
    const untouched = files.length - [...counted].reduce((sum, [outcome, n]) => (outcome === 'passed-over' ? sum : sum + n), 0);
    if (command.json) terminal.say(JSON.stringify({ type: 'summary', files: files.length, outcomes: Object.fromEntries(counted) }));
    else terminal.say(text.upload.summary(files.length, counted, untouched));
    return some ? exitCodes.notAllWell : exitCodes.allWell;
  };
  try {
    await inLanes(files, command.parallel, handIn);
    const late = (await follower?.finish()) ?? [];
    for (const id of late) {
      const sent = following.get(id);
      if (sent !== undefined) tell({ file: sent.file.shown, outcome: 'not-yet', words: text.upload.notYet(id), facts: { bundleId: id } });
    }
  } catch (error) {
    summarise();
    throw error;
  }
  return summarise();
}
