// All that the command line says to a person: Dutch, B1, "u". No sentence holds a word out of a chat, but for what a search was asked to show.
import type { Hit, SeenBundle } from './answers.ts';
import type { CommandName } from './command.ts';
import type { PassedOver } from './local-files.ts';
import { plain } from './terminal.ts';

const whole = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 });

const fine = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 1 });
const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${(unit === 0 ? whole : fine).format(value)} ${units[unit]}`;
}

function count(n: number, one: string, more: string): string {
  return `${whole.format(n)} ${n === 1 ? one : more}`;
}

function listed(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function sentence(text: string): string {
  return text === '' ? '' : ` ${text}`;
}

const stateText: Readonly<Record<string, string>> = {
  'awaiting-upload': 'aangemeld, nog niet verstuurd',
  received: 'ontvangen, wordt zo gelezen',
  ingesting: 'wordt gelezen',
  'needs-answer': 'wacht op een antwoord',
  indexed: 'gelezen en bewaard',
  refused: 'geweigerd',
  destroying: 'wordt vernietigd',
  destroyed: 'vernietigd',
};

function stateOf(state: string): string {
  return stateText[state] ?? state;
}

function casesOf(caseIds: readonly string[]): string {
  return caseIds.length === 0 ? 'zonder zaak' : `${caseIds.length === 1 ? 'zaak' : 'zaken'} ${caseIds.join(', ')}`;
}

function countsOf({ counts }: SeenBundle): string {
  if (counts === null) return '';
  const { conversations, messages, attachments } = counts;
  return listed([
    conversations === 1 ? null : count(conversations, 'gesprek', 'gesprekken'),
    count(messages, 'bericht', 'berichten'),
    attachments.present === 0 ? null : count(attachments.present, 'bijlage', 'bijlagen'),
    attachments.missing === 0 ? null : `${count(attachments.missing, 'bijlage ontbreekt', 'bijlagen ontbreken')}`,
    attachments.omitted === 0 ? null : `${count(attachments.omitted, 'bijlage is weggelaten', 'bijlagen zijn weggelaten')}`,
  ]);
}

function doubtsOf({ doubts }: SeenBundle): string {
  const open = doubts.filter(({ severity }) => severity !== 'question');
  return open.length === 0 ? '' : `; ${count(open.length, 'twijfel', 'twijfels')}: ${open.map(({ detail }) => plain(detail)).join(' ')}`;
}

function withBundle(id: string): string {
  return ` [${id}]`;
}

const again = (earlier: boolean) => (earlier ? ' (was al verstuurd)' : '');

const access = `Toegang (dit mag ook als omgevingsvariabele):
  --server ADRES       adres van het archief, zoals https://archief.gemeente.nl    WOORDSPOOR_SERVER
  --client NAAM        naam van de client                                          WOORDSPOOR_CLIENT
  --secret-file FILE   bestand met het geheim van de client                        WOORDSPOOR_SECRET (het geheim zelf)
  --secret-stdin       het geheim komt via de standaardinvoer
  --token-url ADRES    waar het token vandaan komt; standaard ADRES/oidc/token      WOORDSPOOR_TOKEN_URL
  --scope WOORDEN      scope voor het token, als de inlogdienst die vraagt          WOORDSPOOR_SCOPE
  --retries N          hoe vaak opnieuw bij storing of drukte (standaard 6)

Uitkomst: 0 alles goed · 1 iets is geweigerd of mislukt · 2 de opdracht klopt niet, er is niets verstuurd · 130 gestopt met Ctrl-C`;

export const generalHelp = `Woordspoor: chats bewaren en terugvinden, vanaf de opdrachtregel.

  npx woordspoor upload MAP --case ZAAK     levert alle exports in een map in bij een zaak
  npx woordspoor status                     hoe het staat met wat u hebt ingeleverd
  npx woordspoor search VRAAG               zoekt in de berichten
  npx woordspoor verify MAP                 controleert of alles uit een map in het archief staat

Uitleg bij een opdracht: npx woordspoor upload --help

${access}`;

export const commandHelp: Readonly<Record<CommandName, string>> = {
  upload: `npx woordspoor upload MAP|BESTAND… --case ZAAK [--case ZAAK]

Levert exports in. Elk bestand wordt een bundel; mappen in de map gaan mee, verborgen bestanden en snelkoppelingen niet (dat ziet u).
Een uitgepakte export pakt u eerst weer in als zip. Breekt het af, geef dan dezelfde opdracht opnieuw: wat al is verstuurd, gaat niet nog eens.

  --case ZAAK          zaaknummer; mag vaker
  --new-case           het zaaknummer mag nieuw zijn; zonder deze optie stopt een onbekend nummer de opdracht
  --custodian PERSOON  sleutelpersoon van wie de chats zijn: kenmerk, account of volledige naam
  --no-wait            wacht niet tot het archief de bestanden heeft gelezen
  --wait-minutes N     wacht na het laatste bestand hooguit zo lang (standaard 60)
  --parallel N         zoveel bestanden of delen tegelijk (standaard 4)
  --state MAP          map waarin de voortgang wordt onthouden
  --json               één JSON-object per regel

${access}`,
  status: `npx woordspoor status [BUNDEL…]

Laat zien hoe bundels ervoor staan. Zonder bundel of filter: wat deze client heeft ingeleverd.

  --case ZAAK          alleen bij deze zaak
  --state TOESTAND     awaiting-upload, received, ingesting, needs-answer, indexed, refused, destroying of destroyed
  --uploader WIE       "me" of een account
  --json               één JSON-object per regel

${access}`,
  search: `npx woordspoor search VRAAG

Zoekt in alle berichten die u mag zien en geeft ze allemaal. Zet de vraag tussen aanhalingstekens: 'vergunning EN "niet op de mail"'.
Is de vraag "-", dan komt hij via de standaardinvoer; zo staat hij niet in de geschiedenis van uw opdrachten.

  --case ZAAK          alleen bij deze zaak; mag vaker
  --from DATUM         vanaf deze dag, zoals 2024-01-01
  --to DATUM           tot en met deze dag
  --oldest             oudste eerst
  --json, --csv        voor een programma of een rekenblad. In de csv krijgt wat op een formule lijkt een apostrof ervoor

${access}`,
  verify: `npx woordspoor verify MAP|BESTAND… (of: --folder MAP)

Vergelijkt van elk bestand de SHA-256 met wat het archief bewaart. Doe dit voordat u een map of telefoon wist.

  --case ZAAK          controleert ook of het bij deze zaak staat
  --deep               haalt elk origineel op en rekent de SHA-256 zelf na
  --audit              controleert het logboek van het archief (alleen met de rol auditor)
  --json               één JSON-object per regel

${access}`,
};

export const text = {
  size: sizeText,
  moreHelp: (command: CommandName) => `Uitleg: npx woordspoor ${command} --help`,

  wrong: {
    noCommand: 'Geef een opdracht.',
    unknownCommand: 'Deze opdracht kennen we niet.',
    option: (option: string | null) =>
      option === null ? 'Een optie klopt niet.' : `De optie ${option} klopt niet: we kennen haar niet, of haar waarde ontbreekt.`,
    number: (option: string, least: number, most: number) => `${option} moet een heel getal zijn van ${least} tot en met ${most}.`,
    date: (option: string) => `${option} moet een bestaande datum zijn, zoals 2024-01-31.`,
    caseId: 'Een zaaknummer heeft alleen letters, cijfers en - . _ ~ (hooguit 64 tekens).',
    bundleId: 'Een bundel heet zoiets als bundle_01J8…',
    bundlesOrFilter: 'Noem bundels, of geef een filter; niet allebei.',
    state: 'Die toestand bestaat niet.',
    nothingToUpload: 'Noem een map of een bestand.',
    nothingToVerify: 'Noem een map of een bestand, of geef --audit.',
    noCase: 'Geef met --case de zaak waar de chats bij horen.',
    manyCases: 'Geef hooguit twintig zaken.',
    noQuery: 'Geef een zoekvraag.',
    queryInPieces: 'Zet de zoekvraag tussen aanhalingstekens.',
    jsonOrCsv: 'Kies --json of --csv.',
    twoSecrets: 'Kies --secret-file of --secret-stdin.',
    stdinTwice: 'De standaardinvoer kan niet de zoekvraag en het geheim allebei geven.',
    noServer: 'Geef het adres van het archief met --server of WOORDSPOOR_SERVER.',
    noClient: 'Geef de naam van de client met --client of WOORDSPOOR_CLIENT.',
    noSecret: 'Geef het geheim van de client met WOORDSPOOR_SECRET, --secret-file of --secret-stdin.',
    secretFile: 'Het bestand met het geheim kunnen we niet lezen, of het is leeg.',
    address: (what: string) => `${what} is geen adres dat begint met https:// (http:// mag alleen op deze computer).`,
    path: (path: string) => `Dit bestaat niet: ${plain(path)}`,
  },

  failed: {
    unreachable: (code: string) => `Het archief is niet te bereiken (${code}). Er is niets verloren; probeer het later opnieuw met dezelfde opdracht.`,
    signIn: 'Het archief kent deze client niet, of het geheim klopt niet.',
    denied: 'Deze client mag dit niet. Vraag uw beheerder om een andere rol.',
    refused: (title: string, detail: string) => `${title}. ${detail}`,
    unreadable: 'Er kwam een antwoord dat we niet kunnen lezen. Klopt het adres van het archief?',
    store: (status: number) => `De opslag nam het bestand niet aan (${status}).`,
    disk: (code: string) => `Niet te lezen op deze computer (${code}).`,
    unexpected: (name: string) => `Er ging iets mis wat we niet kennen (${name}). Meld dit bij uw beheerder.`,
    interrupted: 'Gestopt. Wat al is verstuurd, blijft staan. Geef dezelfde opdracht opnieuw om verder te gaan.',
    retry: (seconds: number) => `Even geen goed antwoord; nieuwe poging over ${fine.format(seconds)} s.`,
    place: (field: string | undefined, message: string | undefined) => `  ${listed([field ?? null, message ?? null])}`,
  },

  upload: {
    begins: (files: number, caseIds: readonly string[], organisation: string) =>
      `${count(files, 'bestand', 'bestanden')} naar ${plain(organisation)}, ${casesOf(caseIds)}.`,
    unknownCases: (ids: readonly string[]) =>
      `${ids.length === 1 ? 'Deze zaak is' : 'Deze zaken zijn'} niet bekend: ${ids.join(', ')}. Er is niets verstuurd.\nKlopt het nummer? Geef dan ook --new-case.`,
    unknownCustodian: 'Deze sleutelpersoon vinden we niet, of er zijn er meer met die naam. Er is niets verstuurd. Gebruik het kenmerk (custodian_…).',
    progress: (begun: number, files: number, sent: string, done: number) => `Bestand ${begun} van ${files} · ${sent} verstuurd · ${done} gelezen`,
    line: (file: string, words: string) => `${plain(file)}: ${words}`,
    read: (bundle: SeenBundle, earlier: boolean) => `gelezen${again(earlier)}${counts(bundle)}${doubtsOf(bundle)}.${withBundle(bundle.id)}`.replace('..', '.'),
    question: (bundle: SeenBundle, earlier: boolean) => `wacht op een antwoord${again(earlier)}.${withBundle(bundle.id)}`,
    asked: ({ detail, choices = [] }: SeenBundle['doubts'][number]) =>
      `Vraag: ${plain(detail)}${choices.length === 0 ? '' : ` (keuzes: ${choices.map(plain).join(', ')})`}`,
    answerAt: (address: string, may: boolean) =>
      may ? `Antwoord geven: ${address}` : `Antwoord geven: ${address} (als inzender, Woo-coördinator of recordmanager; deze client mag het niet)`,
    refused: (detail: string) => `geweigerd.${sentence(plain(detail))}`,
    gone: (id: string) => `is vernietigd en niet opnieuw ingeleverd.${withBundle(id)}`,
    sent: (id: string, earlier: boolean) => `verstuurd${earlier ? ' in een eerdere keer' : ''}.${withBundle(id)}`,
    notYet: (id: string) => `verstuurd, maar nog niet gelezen. Kijk later met: npx woordspoor status ${id}`,
    duplicate: (id: string, bundle: SeenBundle | null) =>
      bundle === null
        ? `was er al, ingeleverd door een ander; bij welke zaak mag deze client niet zien.${withBundle(id)}`
        : `was er al: ${stateOf(bundle.state)}, ${casesOf(bundle.caseIds)}.${withBundle(id)}`,
    otherCase: ({
      bundleId,
      caseIds,
      custodianDiffers,
    }: {
      readonly bundleId: string;
      readonly caseIds: readonly string[];
      readonly custodianDiffers: boolean;
    }) =>
      `was er al, maar bij ${casesOf(caseIds)}${custodianDiffers ? ' en op een andere naam' : ''}. Niet opnieuw ingeleverd; vraag de recordmanager.${withBundle(bundleId)}`,
    sameAs: (file: string) => `precies hetzelfde bestand als ${plain(file)}; één keer ingeleverd.`,
    changed: 'veranderde tijdens het inleveren en is niet ingeleverd. Wacht tot niemand er meer in schrijft en probeer het opnieuw.',
    passedOver: {
      hidden: 'overgeslagen: verborgen bestand of map.',
      link: 'overgeslagen: snelkoppeling. Noem het bestand zelf als het mee moet.',
      'no-file': 'overgeslagen: geen gewoon bestand.',
      unreadable: 'niet te lezen op deze computer.',
    } satisfies Readonly<Record<PassedOver, string>>,
    summary: (files: number, counted: ReadonlyMap<string, number>, untouched: number) => {
      const part = (outcome: string, one: string, more = one) => {
        const n = counted.get(outcome) ?? 0;
        return n === 0 ? null : count(n, one, more);
      };
      return `${count(files, 'bestand', 'bestanden')}: ${
        listed([
          part('read', 'gelezen'),
          part('question', 'wacht op een antwoord', 'wachten op een antwoord'),
          part('sent', 'verstuurd'),
          part('not-yet', 'nog niet gelezen'),
          part('duplicate', 'was er al', 'waren er al'),
          part('same-as', 'dubbel in deze map'),
          part('refused', 'geweigerd'),
          part('other-case', 'staat bij een andere zaak of persoon', 'staan bij een andere zaak of persoon'),
          part('changed', 'veranderde', 'veranderden'),
          part('unreadable', 'niet te lezen'),
          part('failed', 'mislukt'),
          part('gone', 'vernietigd'),
          untouched === 0 ? null : count(untouched, 'niet afgerond', 'niet afgerond'),
        ]) || 'niets te doen'
      }.${counted.has('passed-over') ? ` Overgeslagen: ${whole.format(counted.get('passed-over') ?? 0)}.` : ''}`;
    },
  },

  status: {
    line: (bundle: SeenBundle) => {
      const why = bundle.problem === null ? '' : ` ${plain(bundle.problem.detail)}`;
      const { actionDate } = bundle.retention;
      const facts = listed([counts(bundle).replace(/^: /, ''), casesOf(bundle.caseIds), actionDate === null ? null : `vernietigingsdatum ${actionDate}`]);
      return `${bundle.id}  ${stateOf(bundle.state)}  ${plain(bundle.fileName ?? '(naam niet zichtbaar)')}  ${facts}${doubtsOf(bundle)}${why}`;
    },
    absent: (id: string) => `${id}  niet gevonden (of deze client mag hem niet zien)`,
    summary: (states: ReadonlyMap<string, number>, absent: number) => {
      const total = [...states.values()].reduce((sum, n) => sum + n, 0);
      const parts = listed([
        ...[...states].map(([state, n]) => `${whole.format(n)} ${stateOf(state)}`),
        absent === 0 ? null : `${whole.format(absent)} niet gevonden`,
      ]);
      return `${count(total, 'bundel', 'bundels')}${parts === '' ? '' : `: ${parts}`}.`;
    },
  },

  search: {
    columns: ['tijd', 'afzender', 'gesprek', 'tekst', 'bijlage', 'zaken', 'bundel', 'gespreksnummer', 'plaats', 'bericht'],
    hit: ({ message, conversation, attachment }: Hit) => {
      const where = `[${conversation.bundleId}/${conversation.n}/${message.ordinal}]`;
      const title = conversation.title === null ? '' : ` (${plain(conversation.title)})`;
      const words =
        attachment === undefined ? plain(message.text) : `📎 ${plain(attachment.name)}, ${attachment.unit} ${attachment.number}: ${plain(attachment.snippet)}`;
      return `${message.sentAt.local.replace('T', ' ')}  ${plain(message.sender ?? '—')}${title}: ${words}  ${where}`;
    },
    progress: (items: number, total: number) => `${whole.format(items)} van ${whole.format(total)}`,
    total: (total: number) => `${count(total, 'resultaat', 'resultaten')}.`,
    changed: (items: number, total: number) =>
      `Tijdens het ophalen veranderde het archief: ${whole.format(items)} opgehaald, nu ${whole.format(total)} in totaal. Zoek opnieuw voor een volledig antwoord.`,
  },

  verify: {
    progress: (at: number, files: number) => `Bestand ${at} van ${files}`,
    verdict: (verdict: string, bundle: SeenBundle | null, deep: boolean): string => {
      const id = bundle === null ? '' : withBundle(bundle.id);
      switch (verdict) {
        case 'kept':
          return `bewaard${bundle?.kept ? ' zonder de sleutels van de app' : ''}, ${deep ? 'het origineel is opgehaald en gelijk' : 'de SHA-256 is gelijk'}; ${casesOf(bundle?.caseIds ?? [])}.${id}`;
        case 'not-read-yet':
          return `nog niet bewaard: ${stateOf(bundle?.state ?? '')}.${id}`;
        case 'other-case':
          return `bewaard, maar bij ${casesOf(bundle?.caseIds ?? [])}.${id}`;
        case 'differs':
          return `WIJKT AF: het archief geeft een ander bestand terug. Waarschuw de beheerder.${id}`;
        default:
          return 'staat niet in het archief (of deze client mag het niet zien).';
      }
    },
    summary: (counted: ReadonlyMap<string, number>, deep: boolean) => {
      const n = (verdict: string) => counted.get(verdict) ?? 0;
      const other = [...counted].reduce((sum, [verdict, some]) => (verdict === 'kept' || verdict === 'passed-over' ? sum : sum + some), 0);
      const passed = n('passed-over') === 0 ? '' : ` Overgeslagen: ${whole.format(n('passed-over'))}.`;
      return `${count(n('kept'), 'bestand', 'bestanden')} bewaard${deep ? ' en nagerekend' : ''}, ${whole.format(other)} niet in orde.${passed}`;
    },
    auditProgress: (checked: number, day: string) => `Logboek: ${whole.format(checked)} gebeurtenissen kloppen, verder vanaf ${day}`,
    audit: (found: {
      readonly ok: boolean;
      readonly checked: number;
      readonly unsealed: number;
      readonly sealedThrough: string | null;
      readonly firstBreak: { readonly day: string; readonly kind: string; readonly eventId: string | null } | null;
    }) => {
      const { ok, checked, unsealed, sealedThrough, firstBreak } = found;
      const sealed = sealedThrough === null ? 'nog geen dag is verzegeld' : `verzegeld tot en met ${sealedThrough}`;
      if (ok)
        return `Logboek klopt: ${count(checked, 'gebeurtenis past', 'gebeurtenissen passen')} bij de zegels, ${whole.format(unsealed)} nog zonder zegel; ${sealed}.`;
      if (firstBreak === null) return `Het logboek is niet helemaal nagekeken; ${sealed}.`;
      return `HET LOGBOEK KLOPT NIET vanaf ${firstBreak.day} (${firstBreak.kind}${firstBreak.eventId === null ? '' : `, ${firstBreak.eventId}`}). Waarschuw de beheerder.`;
    },
  },
} as const;

function counts(bundle: SeenBundle): string {
  const words = countsOf(bundle);
  return words === '' ? '' : `: ${words}`;
}
