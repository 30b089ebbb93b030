// Seeded WhatsApp text of any size: Dutch words by rank, the lengths, replies, media and system lines of a working chat. Own fiction.

const words = `de het een van en in is dat op te zijn met voor niet aan ik er je om we die maar dan nog als bij ook kan naar wel deze heb al wordt uit door over
even graag morgen vergunning aanvraag bezwaar zaak dossier wijk gemeente college raad wethouder overleg afspraak vandaag gisteren vrijdag stukken besluit
termijn parkeren bomen kap terras evenement handhaving toezicht melding inwoner bewoners ondernemer subsidie begroting project planning bestemmingsplan
omgevingsvergunning welstand archief notitie verslag agenda vergadering commissie motie amendement vraag antwoord bericht telefoon mail bellen sturen gestuurd
bekijken akkoord prima goed bedankt dank helaas misschien straks direct eerst daarna volgende week maandag dinsdag woensdag donderdag locatie plein straat weg
brug sluis riool water energie school sporthal zwembad bibliotheek museum buurthuis jeugd zorg wmo participatie inspraak bewonersavond flyer website pers
woordvoerder nieuwsbericht foto tekening rapport advies jurist beroep rechter uitspraak dwangsom boete waarschuwing controle inspecteur aannemer offerte factuur
betaling budget krediet raming uitvoering oplevering garantie onderhoud beheer groen speeltuin fietspad stoplicht verkeer bus halte station trein auto vrachtwagen
container afval milieustraat geluid overlast horeca festival markt kraam standplaats`.split(/\s+/);

const people = ['Marijke de Wit', 'Johan Postma', 'Fatima El Amrani', 'Sanne', 'Wethouder Hoekstra', '+31 6 55500123', 'Kees Bakker (VTH)', 'Ömer Yıldız'];

/** mulberry32 */
export function makeChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pad = (n: number) => String(n).padStart(2, '0');

export interface ChatTextOptions {
  readonly seed: number;
  readonly bytes: number;
  /** `android`: `02-05-2022 16:08 - Naam: tekst` · `ios`: `[02-05-2024, 16:08:13] Naam: tekst`, CRLF. */
  readonly phone: 'android' | 'ios';
}

export interface Speech {
  readonly chance: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** So many words, the first with a capital. */
  readonly sentence: (words: number) => string;
  /** One line as people write it: mostly short, at times with an emoji, a case number, a link or a time. */
  readonly line: () => string;
}

/** Rank by a power of chance: few words are common, as in any language. */
export function makeSpeech(seed: number): Speech {
  const chance = makeChance(seed);
  const word = () => words[Math.floor(words.length * chance() ** 2.2)] as string;
  const sentence = (length: number) => {
    let text = word();
    for (let i = 1; i < length; i++) text += ` ${word()}`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const line = () => {
    const tail = chance();
    const extra =
      tail < 0.06
        ? ' 👍'
        : tail < 0.08
          ? ` Z-2024-${pad(Math.floor(chance() * 100))}123`
          : tail < 0.09
            ? ' zie https://www.voorbeeldgemeente.nl/besluit'
            : tail < 0.11
              ? ` om ${pad(Math.floor(chance() * 24))}:30?`
              : '';
    return `${sentence(1 + Math.floor(chance() ** 1.6 * 22))}${extra}`;
  };
  return { chance, pick: (list) => list[Math.floor(chance() * list.length)] as (typeof list)[number], sentence, line };
}

/** Pieces of some 64 kB that together are one export of about `bytes` bytes. */
export function* makeChatText({ seed, bytes, phone }: ChatTextOptions): Generator<string> {
  const { chance, pick, sentence, line } = makeSpeech(seed);
  const end = phone === 'ios' ? '\r\n' : '\n';
  let minutes = Math.floor(Date.UTC(2019, 0, 7, 8, 0) / 60000);
  const stamp = () => {
    minutes += chance() < 0.55 ? 0 : Math.floor(chance() ** 6 * 90);
    const t = new Date(minutes * 60000);
    const date = `${pad(t.getUTCDate())}-${pad(t.getUTCMonth() + 1)}-${t.getUTCFullYear()}`;
    const time = `${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())}`;
    return phone === 'ios' ? `[${date}, ${time}:${pad(Math.floor(chance() * 60))}] ` : `${date} ${time} - `;
  };
  let piece = `${stamp()}Berichten en oproepen worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of beluisteren, zelfs WhatsApp niet.${end}`;
  let made = 0;
  let media = 1;
  while (made + piece.length < bytes) {
    const kind = chance();
    const who = pick(people);
    if (kind < 0.01) piece += `${stamp()}\u200e${who} heeft ${pick(people)} toegevoegd${end}`;
    else if (kind < 0.03) piece += `${stamp()}${who}: ${phone === 'ios' ? '\u200eafbeelding weggelaten' : '<Media weggelaten>'}${end}`;
    else if (kind < 0.05) {
      const number = String(media++).padStart(4, '0');
      piece +=
        phone === 'ios'
          ? `\u200e${stamp()}${who}: \u200e<bijgevoegd: 0000${number}-PHOTO-2022-05-02-16-17-01.jpg>${end}`
          : `${stamp()}${who}: \u200eIMG-20220502-WA${number}.jpg (bestand bijgevoegd)${end}`;
    } else if (kind < 0.06) piece += `${stamp()}${who}: Dit bericht is verwijderd${phone === 'ios' ? '.' : ''}${end}`;
    else if (kind < 0.13) piece += `${stamp()}${who}: ${sentence(6)}\n\n${sentence(9)}\n- ${sentence(4)}${end}`;
    else {
      const said = line();
      piece += `${stamp()}${who}: ${said}${end}`;
    }
    if (piece.length > 65536) {
      made += piece.length;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}
