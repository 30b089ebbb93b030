// Eight WhatsApp exports of different make, written as the phones write them, from our own fiction.
import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { ambiguous, borderTalks, councilMembers, districtTeam, type Line, noiseReport, parkingObjection, storm, swimmingPool } from './conversations.ts';

export interface DemoExport {
  readonly fileName: string;
  readonly caseId: string;
  /** Client of the person who hands it in. */
  readonly client: string;
  readonly bytes: () => Promise<Uint8Array>;
}

interface Make {
  readonly header: (moment: Moment, sender: string | null) => string;
  readonly newline: '\n' | '\r\n';
}
interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const two = (n: number) => String(n).padStart(2, '0');
const mark = '\u200e';

const dutchAndroid: Make = {
  newline: '\n',
  header: (m, who) => `${two(m.day)}-${two(m.month)}-${m.year} ${two(m.hour)}:${two(m.minute)} - ${who === null ? mark : `${who}: `}`,
};
const dutchIphone: Make = {
  newline: '\r\n',
  header: (m, who) =>
    `[${two(m.day)}-${two(m.month)}-${m.year}, ${two(m.hour)}:${two(m.minute)}:${two(m.second)}] ${who === null ? `Chat: ${mark}` : `${who}: `}`,
};
const oldDutchIphone: Make = {
  newline: '\n',
  header: (m, who) => `${two(m.day)}-${two(m.month)}-${two(m.year % 100)} ${two(m.hour)}:${two(m.minute)}:${two(m.second)}: ${who === null ? '' : `${who}: `}`,
};
const americanAndroid: Make = {
  newline: '\n',
  header: (m, who) =>
    `${m.month}/${m.day}/${two(m.year % 100)}, ${m.hour % 12 === 0 ? 12 : m.hour % 12}:${two(m.minute)}\u202f${m.hour < 12 ? 'AM' : 'PM'} - ${who === null ? '' : `${who}: `}`,
};
const germanAndroid: Make = {
  newline: '\n',
  header: (m, who) => `${two(m.day)}.${two(m.month)}.${two(m.year % 100)}, ${two(m.hour)}:${two(m.minute)} - ${who === null ? '' : `${who}: `}`,
};
const shortSlashes: Make = {
  newline: '\n',
  header: (m, who) => `${m.day}/${m.month}/${two(m.year % 100)}, ${two(m.hour)}:${two(m.minute)} - ${who === null ? '' : `${who}: `}`,
};

function momentAt(start: string, minutes: number, n: number): Moment {
  const at = new Date(Date.parse(`${start}Z`) + minutes * 60_000);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: (n * 17) % 60,
  };
}

function write(make: Make, start: string, lines: readonly Line[]): string {
  let minutes = 0;
  return lines
    .map(([wait, sender, text], n) => {
      minutes += wait;
      const special = /^(IMG-|<|Dit bericht is verwijderd|You deleted)/.test(text) && make !== americanAndroid && make !== germanAndroid;
      return `${make.header(momentAt(start, minutes, n), sender)}${special ? mark : ''}${text}${make.newline}`;
    })
    .join('');
}

/** Park–Miller: the same draw on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function stormChat(messages: number): Line[] {
  const draw = seeded(20_231_102);
  const pick = <T>(from: readonly T[]) => from[draw(from.length)] as T;
  const lines: Line[] = [[0, null, 'Bram Crisisteam heeft de groep "Storm Waterhoek" gemaakt']];
  while (lines.length < messages) {
    const happening = pick(storm.happenings)
      .replace('PLAATS', pick(storm.places))
      .replace('AANTAL', String(2 + draw(180)));
    lines.push([1 + draw(4), pick(storm.people), draw(3) === 0 ? pick(storm.answers) : happening]);
  }
  return lines;
}

function zipped(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const file of files) zip.addBuffer(Buffer.from(file.bytes), file.name, { mtime: new Date('2024-06-01T12:00:00Z'), forceDosTimestamp: true });
  zip.end();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    zip.outputStream
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => resolve(Buffer.concat(parts)))
      .on('error', reject);
  });
}

/** A drawing of a front: sky, roof, wall and a row of windows, as a PNG. */
function drawnFront(): Uint8Array {
  const [width, height] = [320, 200];
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isWindow = y > 110 && y < 160 && x > 50 && x < 270 && (x - 50) % 44 > 12;
      const isRoof = y > 60 && y <= 90 && x > 30 + (90 - y) && x < 290 - (90 - y);
      const isWall = y > 90 && y < 185 && x > 40 && x < 280;
      const colour = isWindow ? 0xbfd8e8 : isRoof ? 0x7a8f4a : isWall ? 0xd9b48f : y >= 185 ? 0x8a9a7a : 0xe4eef5;
      rows.writeUIntBE(colour, y * (1 + width * 3) + 1 + x * 3, 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const text = (make: Make, start: string, lines: readonly Line[]) => async () => Buffer.from(write(make, start, lines));

export const demoExports: readonly DemoExport[] = [
  {
    fileName: 'WhatsApp-chat met Wijkteam Noord.txt',
    caseId: 'ZAAK-2022-0107',
    client: 'demo-employee',
    bytes: text(dutchAndroid, '2022-05-02T08:41', districtTeam),
  },
  {
    fileName: 'WhatsApp Chat - Ruben Castelijn.zip',
    caseId: 'ZAAK-2024-0042',
    client: 'demo-employee-3',
    bytes: () => {
      const lines: Line[] = [
        ...swimmingPool,
        [3, 'Ruben Castelijn', `<bijgevoegd: 00000018-PHOTO-2024-03-15-10-00-00.png>`],
        [1, 'Ilse Hendrikx', "Gevelaanzicht.pdf • ‎2 pagina's ‎<bijgevoegd: 00000019-Gevelaanzicht.pdf>"],
      ];
      return zipped([
        { name: '_chat.txt', bytes: Buffer.from(write(dutchIphone, '2024-03-04T09:12', lines)) },
        { name: '00000018-PHOTO-2024-03-15-10-00-00.png', bytes: drawnFront() },
      ]);
    },
  },
  {
    fileName: 'WhatsApp-gesprek met Hr Bakker Molenweg.txt',
    caseId: 'ZAAK-2018-0311',
    client: 'demo-employee-2',
    bytes: text(oldDutchIphone, '2018-11-05T13:02', noiseReport),
  },
  {
    fileName: 'WhatsApp Chat with Sanne Juridisch.txt',
    caseId: 'ZAAK-2019-0555',
    client: 'demo-employee-4',
    bytes: text(americanAndroid, '2019-03-13T09:20', parkingObjection),
  },
  {
    fileName: 'WhatsApp Chat mit Heike Bauamt.txt',
    caseId: 'ZAAK-2025-0019',
    client: 'demo-employee-4',
    bytes: text(germanAndroid, '2025-04-22T07:55', borderTalks),
  },
  { fileName: 'gesprek opening.txt', caseId: 'ZAAK-2025-0019', client: 'demo-employee-5', bytes: text(shortSlashes, '2022-02-05T16:08', ambiguous) },
  {
    fileName: 'WhatsApp-chat met Fatima Griffie.txt',
    caseId: 'ZAAK-2022-0107',
    client: 'demo-employee-5',
    bytes: text(dutchIphone, '2025-01-20T18:30', councilMembers),
  },
  {
    fileName: 'WhatsApp-chat met Storm Waterhoek.txt',
    caseId: 'ZAAK-2023-0008',
    client: 'demo-employee',
    bytes: async () => Buffer.from(write(dutchAndroid, '2023-11-02T06:10', stormChat(2400))),
  },
];

export const demoCases = [
  { id: 'ZAAK-2024-0042', body: { title: 'Omgevingsvergunning zwembad De Golf', state: 'open', selection: '11.1', derivation: { kind: 'afgehandeld' } } },
  {
    id: 'ZAAK-2022-0107',
    body: { title: 'Herinrichting Kerkplein', state: 'closed', closedOn: '2025-06-30', selection: '6.1', derivation: { kind: 'afgehandeld' } },
  },
  {
    id: 'ZAAK-2018-0311',
    body: { title: 'Melding overlast Molenweg', state: 'closed', closedOn: '2019-03-01', selection: '6.1', derivation: { kind: 'afgehandeld' } },
  },
  {
    id: 'ZAAK-2019-0555',
    body: { title: 'Bezwaar parkeervergunning', state: 'closed', closedOn: '2020-02-14', selection: '13.1', derivation: { kind: 'afgehandeld' } },
  },
  {
    id: 'ZAAK-2023-0008',
    body: { title: 'Storm november 2023', state: 'closed', closedOn: '2024-01-31', selection: '19.1.6', derivation: { kind: 'afgehandeld' } },
  },
  { id: 'ZAAK-2025-0019', body: { title: 'Fietspad over de grens', state: 'open', selection: '1.1', derivation: { kind: 'afgehandeld' } } },
] as const;

export const demoOrganisation = 'Gemeente Waterhoek';

export const demoHold = {
  reason: 'woo-request',
  scope: { caseIds: ['ZAAK-2019-0555'] },
  note: 'Woo-verzoek over parkeervergunningen, ontvangen 3 november 2026',
} as const;
