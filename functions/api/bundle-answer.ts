// A bundle as the API shows it: names from the index for those who may see them, sentences for codes.

import type { BundleAnswer, DoubtAnswer } from '#contract/bundle.ts';
import { refusalSentence } from '#core/intake/refusal-text.nl.ts';
import { grantOf } from '#core/model/access.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { doubtSentence } from '#core/model/text.nl.ts';
import type { Services } from '#runtime/services.ts';
import type { Call } from './route.ts';

type Asking = Pick<Call<unknown, unknown, unknown>, 'services' | 'caller' | 'grant'>;

/** The bundle, when the grant reaches it. Somebody else's bundle does not exist for an employee. */
export async function findBundle({ services, caller, grant }: Asking, id: string): Promise<Result<Bundle>> {
  const bundle = await services.bundles.get(id);
  if (bundle === null || (grant.reach === 'own' && bundle.uploader !== caller.actor.subject)) return no('not-found');
  return ok(bundle);
}

/** A bundle can be read when it is indexed; what is destroyed or being destroyed is not there any more. */
export async function findReadable(asking: Asking, id: string): Promise<Result<Bundle>> {
  const bundle = await findBundle(asking, id);
  if (!bundle.ok || bundle.value.state === 'indexed') return bundle;
  const going = bundle.value.state === 'destroying' || bundle.value.state === 'destroyed';
  return going ? no('not-found') : no('bundle.wrong-state', { ids: { state: bundle.value.state } });
}

/** Reads of a bundle that can be read, and gives nothing when it began to go meanwhile. */
export async function readOf<T>(asking: Asking, id: string, read: (bundle: Bundle) => Promise<Result<T>>): Promise<Result<T>> {
  const bundle = await findReadable(asking, id);
  if (!bundle.ok) return bundle;
  const found = await read(bundle.value);
  if (!found.ok) return found;
  const still = await findReadable(asking, id);
  return still.ok ? found : still;
}

/** The file's own name holds a person's name more often than not. */
function maySeeName({ caller }: Pick<Asking, 'caller'>, bundle: Pick<Bundle, 'uploader'>): boolean {
  const reach = grantOf(caller.actor.roles, 'bundle.name')?.reach;
  return reach === 'all' || (reach === 'own' && bundle.uploader === caller.actor.subject);
}

export interface Names {
  readonly fileName: string;
  readonly sourceFiles: readonly { readonly file: number; readonly name: string }[];
}

export async function namesOf({ services, caller }: Pick<Asking, 'services' | 'caller'>, bundle: Bundle): Promise<Names | null> {
  return maySeeName({ caller }, bundle) ? services.index.getNames(bundle.id) : null;
}

export function doubtAnswer(doubt: Doubt, names: Names | null): DoubtAnswer {
  const { code, severity, place, count, evidence, choices } = doubt;
  return {
    code,
    severity,
    detail: doubtSentence(doubt),
    ...(place === undefined
      ? {}
      : {
          place: {
            file: names?.sourceFiles.find(({ file }) => file === place.file)?.name ?? (place.file === 1 ? names?.fileName : undefined) ?? `#${place.file}`,
            ...(place.line === undefined ? {} : { line: place.line }),
          },
        }),
    ...(count === undefined ? {} : { count }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(choices === undefined ? {} : { choices }),
  };
}

export async function bundleAnswers(asking: Pick<Asking, 'services' | 'caller'>, bundles: readonly Bundle[]): Promise<BundleAnswer[]> {
  const holds = await holdReasons(asking.services, bundles);
  return Promise.all(
    bundles.map(async (bundle): Promise<BundleAnswer> => {
      const names = await namesOf(asking, bundle);
      const { id, state, size, sha256, format, caseIds, uploader, counts, period, retention, createdAt, indexedAt, answers, keepDecision, destruction } =
        bundle;
      return {
        id,
        state,
        fileName: names?.fileName ?? null,
        size,
        sha256,
        format,
        caseIds,
        uploader,
        counts,
        period,
        doubts: bundle.doubts.map((doubt) => doubtAnswer(doubt, names)),
        attachmentText: readingAnswer(bundle),
        retention,
        holds: bundle.holds.flatMap((hold) => {
          const reason = holds.get(hold);
          return reason === undefined ? [] : [{ id: hold, reason }];
        }),
        problem: bundle.problem === null ? null : { code: bundle.problem.code, detail: refusalSentence(bundle.problem) },
        createdAt,
        indexedAt,
        answers,
        keepDecision,
        sift: siftAnswer(bundle),
        kept: bundle.kept ?? null,
        custodianId: bundle.custodianId ?? null,
        upload:
          state === 'awaiting-upload' && bundle.upload.kind === 'multipart'
            ? { kind: 'multipart', partSize: bundle.upload.partSize, partCount: bundle.upload.partCount }
            : null,
        destruction,
      };
    }),
  );
}

function readingAnswer({ attachmentText }: Pick<Bundle, 'attachmentText'>): BundleAnswer['attachmentText'] {
  if (attachmentText === undefined) return null;
  const { state, total, read, withText } = attachmentText;
  return { state, total, read, withText };
}

/** Which conversations have ranges is told where they are read. */
export function siftAnswer({ sift }: Pick<Bundle, 'sift'>): BundleAnswer['sift'] {
  if (sift === undefined) return null;
  const { conversations: _conversations, ...rest } = sift;
  return rest;
}

async function holdReasons({ holds }: Pick<Services, 'holds'>, bundles: readonly Bundle[]) {
  const ids = [...new Set(bundles.flatMap((bundle) => bundle.holds))];
  return new Map((await holds.getMany(ids)).map(({ id, reason }) => [id, reason]));
}

export async function bundleAnswer(asking: Pick<Asking, 'services' | 'caller'>, bundle: Bundle): Promise<BundleAnswer> {
  const [answer] = await bundleAnswers(asking, [bundle]);
  if (answer === undefined) throw new Error('a bundle has one answer');
  return answer;
}
