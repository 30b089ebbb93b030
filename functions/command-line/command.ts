// What the program was asked, out of its arguments (node's own parseArgs). Nonsense is refused before anything is sent.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BundleState } from '#core/model/bundle.ts';
import { BundleId, CaseId } from '#core/model/id.ts';
import { CalendarDate } from '#core/model/time.ts';
import { commandHelp, generalHelp, text } from './text.nl.ts';

export interface Access {
  readonly server: string | undefined;
  readonly client: string | undefined;
  readonly secretFile: string | undefined;
  readonly secretStdin: boolean;
  readonly tokenUrl: string | undefined;
  readonly scope: string | undefined;
  readonly retries: number;
}

export interface UploadCommand {
  readonly name: 'upload';
  readonly paths: readonly string[];
  readonly caseIds: readonly string[];
  readonly newCase: boolean;
  readonly custodian: string | undefined;
  readonly wait: boolean;
  readonly waitMinutes: number;
  readonly parallel: number;
  readonly stateFolder: string | undefined;
  readonly json: boolean;
}

export interface StatusCommand {
  readonly name: 'status';
  readonly bundleIds: readonly string[];
  readonly caseId: string | undefined;
  readonly state: string | undefined;
  readonly uploader: string | undefined;
  readonly json: boolean;
}

export interface SearchCommand {
  readonly name: 'search';
  /** null: it comes by standard input. */
  readonly query: string | null;
  readonly caseIds: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly order: 'newest' | 'oldest';
  readonly form: 'lines' | 'json' | 'csv';
}

export interface VerifyCommand {
  readonly name: 'verify';
  readonly paths: readonly string[];
  readonly caseIds: readonly string[];
  readonly deep: boolean;
  readonly audit: boolean;
  readonly json: boolean;
}

export type Command = UploadCommand | StatusCommand | SearchCommand | VerifyCommand;
export const commandNames = ['upload', 'status', 'search', 'verify'] as const;
export type CommandName = (typeof commandNames)[number];

export type Asked =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly problem: string; readonly help: string }
  | { readonly kind: 'run'; readonly command: Command; readonly access: Access };

/** What is wrong with the arguments, as a Dutch sentence. */
class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const one = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

/** Every option of every command; the help tells of each (text.nl.ts). */
export const accessOptions = {
  server: one,
  client: one,
  'secret-file': one,
  'secret-stdin': flag,
  'token-url': one,
  scope: one,
  retries: one,
  help: { type: 'boolean', short: 'h' },
} as const;

export const commandOptions = {
  upload: { case: many, 'new-case': flag, custodian: one, 'no-wait': flag, 'wait-minutes': one, parallel: one, state: one, json: flag },
  status: { case: one, state: one, uploader: one, json: flag },
  search: { case: many, from: one, to: one, oldest: flag, json: flag, csv: flag },
  verify: { folder: many, case: many, deep: flag, audit: flag, json: flag },
} as const;

function numberOf(option: string, value: string | undefined, fallback: number, least: number, most: number): number {
  if (value === undefined) return fallback;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new WrongUse(text.wrong.number(option, least, most));
  return number;
}

function caseIdsOf(values: readonly string[] = []): string[] {
  for (const value of values) if (!CaseId.safeParse(value).success) throw new WrongUse(text.wrong.caseId);
  return [...new Set(values)];
}

function dateOf(option: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!CalendarDate.safeParse(value).success) throw new WrongUse(text.wrong.date(option));
  return value;
}

type Parsed<O extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ readonly allowPositionals: true; readonly options: O & typeof accessOptions }>
>;

function accessOf(values: Parsed<typeof accessOptions>['values']): Access {
  if (values['secret-file'] !== undefined && values['secret-stdin'] === true) throw new WrongUse(text.wrong.twoSecrets);
  return {
    server: values.server,
    client: values.client,
    secretFile: values['secret-file'],
    secretStdin: values['secret-stdin'] === true,
    tokenUrl: values['token-url'],
    scope: values.scope,
    retries: numberOf('--retries', values.retries, 6, 0, 20),
  };
}

/** Node names the option that is wrong; a value is not repeated: it may have been a secret. */
function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new WrongUse(text.wrong.option(/'(-{1,2}[a-z-]+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? null));
  }
}

interface Reader {
  readonly help: boolean;
  readonly command: () => Command;
  readonly access: () => Access;
}

function reader<O extends NonNullable<ParseArgsConfig['options']>>(own: O, commandOf: (parsed: Parsed<O>) => Command): (args: readonly string[]) => Reader {
  return (args) => {
    const options = { ...accessOptions, ...own };
    const parsed = understood(() => parseArgs({ args: [...args], allowPositionals: true, options }));
    const values: Parsed<typeof accessOptions>['values'] = parsed.values;
    return { help: values.help === true, command: () => commandOf(parsed), access: () => accessOf(values) };
  };
}

const readers: Readonly<Record<CommandName, (args: readonly string[]) => Reader>> = {
  upload: reader(commandOptions.upload, ({ values, positionals }) => {
    if (positionals.length === 0) throw new WrongUse(text.wrong.nothingToUpload);
    const caseIds = caseIdsOf(values.case);
    if (caseIds.length === 0) throw new WrongUse(text.wrong.noCase);
    if (caseIds.length > 20) throw new WrongUse(text.wrong.manyCases);
    return {
      name: 'upload',
      paths: positionals,
      caseIds,
      newCase: values['new-case'] === true,
      custodian: values.custodian,
      wait: values['no-wait'] !== true,
      waitMinutes: numberOf('--wait-minutes', values['wait-minutes'], 60, 1, 100_000),
      parallel: numberOf('--parallel', values.parallel, 4, 1, 16),
      stateFolder: values.state,
      json: values.json === true,
    };
  }),
  status: reader(commandOptions.status, ({ values, positionals }) => {
    for (const id of positionals) if (!BundleId.safeParse(id).success) throw new WrongUse(text.wrong.bundleId);
    if (positionals.length > 0 && (values.case ?? values.state ?? values.uploader) !== undefined) throw new WrongUse(text.wrong.bundlesOrFilter);
    if (values.state !== undefined && !BundleState.safeParse(values.state).success) throw new WrongUse(text.wrong.state);
    caseIdsOf(values.case === undefined ? [] : [values.case]);
    return { name: 'status', bundleIds: positionals, caseId: values.case, state: values.state, uploader: values.uploader, json: values.json === true };
  }),
  search: reader(commandOptions.search, ({ values, positionals }) => {
    const [query, ...rest] = positionals;
    if (query === undefined) throw new WrongUse(text.wrong.noQuery);
    if (rest.length > 0) throw new WrongUse(text.wrong.queryInPieces);
    if (values.json === true && values.csv === true) throw new WrongUse(text.wrong.jsonOrCsv);
    if (query === '-' && values['secret-stdin'] === true) throw new WrongUse(text.wrong.stdinTwice);
    return {
      name: 'search',
      query: query === '-' ? null : query,
      caseIds: caseIdsOf(values.case),
      from: dateOf('--from', values.from),
      to: dateOf('--to', values.to),
      order: values.oldest === true ? 'oldest' : 'newest',
      form: values.json === true ? 'json' : values.csv === true ? 'csv' : 'lines',
    };
  }),
  verify: reader(commandOptions.verify, ({ values, positionals }) => {
    const paths = [...positionals, ...(values.folder ?? [])];
    const audit = values.audit === true;
    if (paths.length === 0 && !audit) throw new WrongUse(text.wrong.nothingToVerify);
    if (paths.length === 0 && (values.deep === true || values.case !== undefined)) throw new WrongUse(text.wrong.nothingToVerify);
    return { name: 'verify', paths, caseIds: caseIdsOf(values.case), deep: values.deep === true, audit, json: values.json === true };
  }),
};

function isCommand(name: string | undefined): name is CommandName {
  return commandNames.some((known) => known === name);
}

export function readCommand(args: readonly string[]): Asked {
  const [first, ...rest] = args;
  if (first === undefined) return { kind: 'wrong', problem: text.wrong.noCommand, help: generalHelp };
  if (first === '--help' || first === '-h' || first === 'help') return { kind: 'help', text: isCommand(rest[0]) ? commandHelp[rest[0]] : generalHelp };
  if (!isCommand(first)) return { kind: 'wrong', problem: text.wrong.unknownCommand, help: generalHelp };
  try {
    const { help, command, access } = readers[first](rest);
    return help ? { kind: 'help', text: commandHelp[first] } : { kind: 'run', command: command(), access: access() };
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    return { kind: 'wrong', problem: error.message, help: text.moreHelp(first) };
  }
}
