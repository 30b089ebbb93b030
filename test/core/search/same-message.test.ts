// Random chats, exported by several phones: other clocks, other labels, messages that are missing, texts that repeat.
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type AlignedPair, alignExports, overlapOf, type PhoneExport } from '#core/search/align-exports.ts';
import { cellsOf, chatsOf, messagesOfCell, type Place } from '#core/search/same-message.ts';

interface Said {
  readonly person: number;
  readonly minute: number;
  readonly text: string;
}

interface Phone extends PhoneExport {
  /** Of each record what was really said. */
  readonly said: readonly number[];
}

function printOf(text: string): number {
  let hash = 7;
  for (const char of text) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash;
}

function exported(id: string, chat: readonly Said[], has: (i: number) => boolean, labels: readonly string[], shift: number, print = printOf): Phone {
  const said = chat.map((_, i) => i).filter(has);
  const records = said.flatMap((i) => chat[i] ?? []);
  return {
    id,
    said,
    minutes: Float64Array.from(records, ({ minute }) => minute + shift),
    senders: Uint16Array.from(records, ({ person }) => person),
    labels,
    prints: Uint32Array.from(records, ({ text }) => print(text)),
  };
}

/** Each message with its sources, as `<phone>/<record>`. */
function merged(phones: readonly Phone[], chat: readonly Said[]): readonly (readonly string[])[] {
  const chats = chatsOf(phones, alignExports(phones));
  return chats.flatMap((one) => {
    const phoneOf = ({ member }: Place) => one.members[member]?.phone as Phone;
    const textOf = (place: Place) => chat[phoneOf(place).said[place.at] ?? 0]?.text ?? '';
    return [...cellsOf(one, () => true).values()].flatMap((cell) =>
      messagesOfCell(cell, textOf).map((places) => places.map((place) => `${phoneOf(place).id}/${place.at}`).sort()),
    );
  });
}

const anchorsEach = 6;
const world = fc
  .record({
    people: fc.integer({ min: 2, max: 4 }),
    start: fc.integer({ min: 0, max: 500_000 }),
    gaps: fc.array(fc.constantFrom(0, 0, 1, 7, 60, 1440), { minLength: 40, maxLength: 40 }),
    others: fc.array(fc.record({ person: fc.nat(3), after: fc.nat(20), text: fc.constantFrom('ja', 'ja', 'ok', 'nee', '👍', 'مرحبا') }), { maxLength: 8 }),
    phones: fc.array(
      fc.record({
        shift: fc.constantFrom(0, 0, 60, -120, 345, -1560 / 2),
        missesAnchor: fc.array(fc.nat(anchorsEach - 1), { minLength: 4, maxLength: 4 }),
        misses: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        labels: fc.shuffledSubarray(['Alice', 'Bob', '+31 6 12345678', 'Coen', 'Dave (werk)'], { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 2, maxLength: 4 },
    ),
  })
  .map(({ people, start, gaps, others, phones }) => {
    let minute = start;
    const chat: (Said & { readonly anchor: number | null; readonly other: number | null })[] = [];
    for (let i = 0; i < people * anchorsEach; i++) {
      minute += gaps[i] ?? 1;
      chat.push({ person: i % people, minute, text: `bericht ${i} over de vergunning`, anchor: Math.floor(i / people), other: null });
      others.forEach(({ person, after, text }, other) => {
        // Said twice in the same minute, by whom it may be.
        if (after === i) chat.push({ person: person % people, minute, text, anchor: null, other });
      });
    }
    const made = phones.map(({ shift, missesAnchor, misses, labels }, p) =>
      exported(
        `bundle_${p}/1`,
        chat,
        (i) => {
          const { person = 0, anchor = null, other = null } = chat[i] ?? {};
          return anchor !== null ? missesAnchor[person] !== anchor : other === null || misses[other] !== true;
        },
        labels.slice(0, people),
        shift,
      ),
    );
    return { chat, phones: made };
  });

describe('the same message in several exports', () => {
  it('is found whatever the clocks and the labels say; counts hold; no two messages of one phone are one', () => {
    fc.assert(
      fc.property(world, ({ chat, phones }) => {
        const groups = merged(phones, chat);
        expect(groups.flat().toSorted()).toEqual(phones.flatMap(({ id, said }) => said.map((_, at) => `${id}/${at}`)).toSorted());
        for (const group of groups) expect(new Set(group.map((place) => place.slice(0, place.lastIndexOf('/')))).size).toBe(group.length);
        const keyOf = (i: number) => `${chat[i]?.person} ${chat[i]?.minute} ${chat[i]?.text}`;
        const byPlace = new Map<string, string>(phones.flatMap(({ id, said }) => said.map((i, at) => [`${id}/${at}`, keyOf(i)] as const)));
        const counts = new Map<string, number>();
        for (const group of groups) {
          const keys = new Set(group.map((place) => byPlace.get(place) ?? ''));
          expect(keys.size).toBe(1);
          for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        const most = new Map<string, number>();
        for (const { said } of phones) {
          for (const [key, same] of Map.groupBy(said, keyOf)) most.set(key, Math.max(same.length, most.get(key) ?? 0));
        }
        expect(counts).toEqual(most);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order in which the exports are given', () => {
    fc.assert(
      fc.property(world, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), ({ chat, phones }, order) => {
        const shuffled = phones.map((phone, i) => [order[i] ?? 0, phone] as const).toSorted((a, b) => a[0] - b[0]);
        const sorted = (groups: readonly (readonly string[])[]) => groups.map((group) => group.join(' ')).toSorted();
        expect(
          sorted(
            merged(
              shuffled.map(([, phone]) => phone),
              chat,
            ),
          ),
        ).toEqual(sorted(merged(phones, chat)));
      }),
      { numRuns: 100 },
    );
  });

  it('tells apart texts that share a print', () => {
    fc.assert(
      fc.property(world, ({ chat, phones }) => {
        const coarse = phones.map((phone) => ({ ...phone, prints: phone.prints.map((print) => (print === printOf('ja') ? printOf('nee') : print)) }));
        expect(
          merged(coarse, chat)
            .map((group) => group.join(' '))
            .toSorted(),
        ).toEqual(
          merged(phones, chat)
            .map((group) => group.join(' '))
            .toSorted(),
        );
      }),
      { numRuns: 100 },
    );
  });

  /** Spread over two months, as people talk; the same seed gives the same chat. */
  function ordinaryChat(seed: number): readonly Said[] {
    let state = seed >>> 0;
    const next = (below: number) => {
      state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
      return state % below;
    };
    const said = ['ja', 'ok', 'goedemorgen', 'dank je wel', 'top', 'tot straks', 'ik bel je zo', 'prima', 'nee', 'wanneer?'];
    return Array.from({ length: 60 }, () => ({ person: next(3), minute: next(60 * 24 * 60), text: said[next(said.length)] ?? '' })).sort(
      (a, b) => a.minute - b.minute,
    );
  }

  it('keeps apart chats that only use the same words', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        fc.pre(one !== other);
        const labels = ['Alice', 'Bob', 'Coen'];
        const phones = [ordinaryChat(one), ordinaryChat(other)].map((chat, p) => exported(`bundle_${p}/1`, chat, () => true, labels, 0));
        expect(alignExports(phones)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a message that was sent to two groups in the same minute two messages', () => {
    const common = ['De vergadering begint een uur later', 'Zaal 3', 'Neem je stukken mee'].map((text, i) => ({ person: 0, minute: 1000 + i, text }));
    const own = (from: number) => Array.from({ length: 20 }, (_, i) => ({ person: i % 3, minute: 900 + i * 10, text: `eigen zaak ${from + i}` }));
    const chats = [own(0), own(100)].map((mine) => [...mine, ...common].sort((a, b) => a.minute - b.minute));
    expect(alignExports(chats.map((chat, p) => exported(`bundle_${p}/1`, chat, () => true, ['Alice', 'Bob', 'Coen'], 0)))).toEqual([]);
  });

  it('names how much two conversations have in common', () => {
    const chat = Array.from({ length: 30 }, (_, i) => ({ person: i % 2, minute: i * 5, text: `regel ${i}` }));
    const phones = [exported('a/1', chat, (i) => i !== 4, ['Ada', 'Bo'], 0), exported('b/2', chat, (i) => i >= 10 && i % 10 !== 0, ['+31', 'Ada'], 60)];
    const [pair] = alignExports(phones) as [AlignedPair];
    expect(pair).toMatchObject({ a: 'a/1', b: 'b/2', shift: 60, shared: 18 });
    expect(overlapOf(pair)).toBe(1);
  });
});
