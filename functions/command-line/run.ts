// The command line: arguments, environment and signals come in here; what went wrong goes out as one sentence and an exit code.
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { makeArchive } from './archive.ts';
import { type Access, type Command, readCommand } from './command.ts';
import { readEnvironment } from './environment.ts';
import { exitCodes } from './exit-codes.ts';
import { PathAbsent } from './local-files.ts';
import { runSearch } from './search-command.ts';
import { runStatus } from './status-command.ts';
import { makeTerminal } from './terminal.ts';
import { text } from './text.nl.ts';
import { runUpload } from './upload-command.ts';
import { runVerify } from './verify-command.ts';
import { whyFailed } from './why-failed.ts';

const terminal = makeTerminal(process.stdout, process.stderr);

/** The surroundings do not fit: told before anything is sent. */
class NotReady extends Error {
  override readonly name = 'NotReady';
}

const environment = readEnvironment();

/** Without a slash at the end; in the clear only to this machine itself. */
function addressOf(given: string, what: string): string {
  const url = URL.parse(given);
  const here = url !== null && /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])$/i.test(url.hostname);
  const fits = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && here)) && url.username === '' && url.password === '';
  if (!fits || url.search !== '' || url.hash !== '') throw new NotReady(text.wrong.address(what));
  return url.href.replace(/\/+$/, '');
}

async function secretOf({ secretFile, secretStdin }: Access): Promise<string> {
  if (secretFile === undefined && !secretStdin) {
    if (environment.secret === undefined) throw new NotReady(text.wrong.noSecret);
    return environment.secret;
  }
  const given = secretFile === undefined ? await readAll(process.stdin) : await readFile(secretFile, 'utf8').catch(() => '');
  const secret = given.replace(/\r?\n$/, '');
  if (secret === '') throw new NotReady(secretFile === undefined ? text.wrong.noSecret : text.wrong.secretFile);
  return secret;
}

async function runCommand(command: Command, access: Access, signal: AbortSignal): Promise<number> {
  const [server, client] = [access.server ?? environment.server, access.client ?? environment.client];
  if (server === undefined) throw new NotReady(text.wrong.noServer);
  if (client === undefined) throw new NotReady(text.wrong.noClient);
  const base = addressOf(server, '--server');
  const tokenUrl = access.tokenUrl ?? environment.tokenUrl;
  const archive = makeArchive({
    server: base,
    tokenUrl: tokenUrl === undefined ? `${base}/oidc/token` : addressOf(tokenUrl, '--token-url'),
    client,
    secret: await secretOf(access),
    scope: access.scope ?? environment.scope,
    retries: access.retries,
    signal,
    onRetry: (seconds) => terminal.note(text.failed.retry(seconds)),
  });
  const needs = { archive, terminal };
  switch (command.name) {
    case 'upload':
      return runUpload(command, { ...needs, client, stateFolder: command.stateFolder ?? environment.stateFolder });
    case 'status':
      return runStatus(command, needs);
    case 'search':
      return runSearch(command, { ...needs, readInput: () => readAll(process.stdin) });
    case 'verify':
      return runVerify(command, needs);
  }
}

async function run(): Promise<number> {
  const asked = readCommand(process.argv.slice(2));
  if (asked.kind === 'help') {
    terminal.say(asked.text);
    return exitCodes.allWell;
  }
  if (asked.kind === 'wrong') {
    terminal.note(`${asked.problem}\n\n${asked.help}`);
    return exitCodes.wrongUse;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The second time nobody waits any more.
    process.on(signal, () => (stop.signal.aborted ? process.exit(exitCodes.interrupted) : stop.abort()));
  }
  try {
    return await runCommand(asked.command, asked.access, stop.signal);
  } catch (error) {
    terminal.progress(null);
    if (stop.signal.aborted) {
      terminal.note(text.failed.interrupted);
      return exitCodes.interrupted;
    }
    if (error instanceof NotReady || error instanceof PathAbsent) {
      terminal.note(error instanceof PathAbsent ? text.wrong.path(error.path) : error.message);
      return exitCodes.wrongUse;
    }
    const why = whyFailed(error);
    terminal.note(why?.sentence ?? text.failed.unexpected(error instanceof Error ? error.name : ''));
    return exitCodes.notAllWell;
  }
}

// Whoever reads our output may stop reading: `woordspoor search … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.allWell);
  throw error;
});

process.exitCode = await run();
