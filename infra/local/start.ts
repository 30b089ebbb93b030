// `npm start`: the whole archive on this machine.
import process from 'node:process';
import { demoClientOf, demoPeople, demoSecret } from './identity/demo-people.ts';
import { type Ground, GroundProblem, startGround, workerLog } from './start-ground.ts';
import { parseStartOptions, type StartOptions } from './start-options.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): never {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

function problemText(problem: GroundProblem, options: StartOptions): string {
  if (problem.code === 'port-in-use') {
    return `Poort ${options.port} is al in gebruik. Stop het andere programma of kies een andere poort: npm start -- --port ${options.port + 10}\nPort ${options.port} is in use.`;
  }
  return `De map ${options.folder} is al in gebruik door een ander Woordspoor. Stop dat eerst of kies een andere map met --data.\nThe data folder is in use by another Woordspoor.`;
}

const demoLine: Readonly<Record<Ground['demo'], readonly string[]>> = {
  filled: ['  Het archief is gevuld met voorbeelden: zaken, chats en een bevriezing.'],
  failed: ['  Let op: het vullen met voorbeelden is niet gelukt. Bij de volgende start proberen we het opnieuw.'],
  absent: [],
};

function welcome(ground: Ground, options: StartOptions): string {
  const people = demoPeople.map((person) => `    ${person.name.padEnd(22)} ${person.work.padEnd(28)} ${demoClientOf(person)}`);
  const lines = [
    '',
    `  Woordspoor staat klaar: ${ground.publicUrl}`,
    ...(ground.config.webFolder === undefined ? ['  Let op: de schermen zijn nog niet gebouwd (npm run build:web). De API werkt wel.'] : []),
    ...(options.today === null ? [] : [`  De kalender van het archief staat stil op ${options.today}.`]),
    ...ground.closedDoors.map(({ door, errorImpact }) => `  Let op: ${door} kan niet starten. ${errorImpact}`),
    `  Alles wordt bewaard in ${options.folder}. Wat op de achtergrond gebeurt, staat in ${workerLog(options.folder)}`,
    '',
    '  U logt in met één klik als een van deze (verzonnen) personen. Achteraan staat de naam voor scripts; het wachtwoord daarvan is',
    `  "${demoSecret}".`,
    ...people,
    '',
    ...demoLine[ground.demo],
    '  Probeer dit:',
    '    1. Log in als Samira Bakkali en upload een WhatsApp-export bij een zaak.',
    '    2. Log in als Hanneke Vos en zoek: vergunning',
    '    3. Log in als Marijke Ottens en bekijk de vernietigingslijsten.',
    ...(options.today === null ? ["       Ze worden 's nachts gemaakt. Nu al zien? Stop, en start met: npm start -- --today 2031-04-17"] : []),
    '',
    '  Stoppen: Ctrl-C.',
    `  English: open ${ground.publicUrl} and sign in with one click; the API is described at ${ground.publicUrl}/v1/openapi.json. Stop with Ctrl-C.`,
    '',
  ];
  return lines.join('\n');
}

const parsed = parseStartOptions(process.argv.slice(2));
if (!parsed.ok) fail(parsed.problem);
const { options } = parsed;

let ground: Ground | undefined;
let stopping = false;

async function end(code: number): Promise<void> {
  if (stopping) {
    ground?.kill();
    process.exit(1);
  }
  stopping = true;
  // A start that is under way is finished first: then everything it began is known and can be stopped.
  const running = ground ?? (await begun.catch(() => undefined));
  await running?.stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
// npm's shell does not pass a signal on: it ends, and leaves us without a parent.
if (process.env['npm_lifecycle_event'] !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !stopping) void end(0);
  }, 500).unref();
}

const begun = startGround(options);
try {
  ground = await begun;
} catch (error) {
  if (error instanceof GroundProblem) fail(problemText(error, options));
  throw error;
}
if (!stopping) say(welcome(ground, options));
const why = await ground.broken;
if (!stopping) {
  process.stderr.write(`De opslag is onverwacht gestopt (${why}). Woordspoor stopt; start het opnieuw.\nThe engines stopped unexpectedly.\n`);
  await end(1);
}
