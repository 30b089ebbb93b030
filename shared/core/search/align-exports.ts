// Which conversations are exports of one and the same chat, by several phones or twice by one: how far their clocks stand apart, and whose
// label on the one is whose on the other.
//
//   texts that are rare in both, near in time → how often at each difference of minutes → the difference at which most messages agree
//   → labels whose messages agree (overlap coefficient over ½) → one person
//
// After the manner of the ministry's WhatsApp merger (overlap of what was said), with counts instead of sets: two real "ja" stay two.

/** What is known of a conversation without reading a word of it: columns, one value for each record. */
export interface PhoneExport {
  /** `<bundleId>/<n>` */
  readonly id: string;
  /** Minutes on the phone's clock; NaN where the record cannot be told from others: nobody said it, it says nothing, it was taken back. */
  readonly minutes: Float64Array;
  /** Place in `labels`. */
  readonly senders: Uint16Array;
  readonly labels: readonly string[];
  /** Equal texts have equal prints; unequal ones nearly never. */
  readonly prints: Uint32Array;
}

export interface AlignedPair {
  /** In order of their ids. */
  readonly a: string;
  readonly b: string;
  /** Minutes that the clock of `b` is ahead. */
  readonly shift: number;
  /** Messages that agree. */
  readonly shared: number;
  /** Messages of each in the time that both cover. */
  readonly inCommonTime: readonly [a: number, b: number];
  /** Labels of one person: place in the labels of `a`, of `b`. */
  readonly joins: readonly (readonly [a: number, b: number])[];
}

/** Clocks around the world stand at most 26 hours apart. */
const farthestShift = 26 * 60;
/** A text that stands more often in one chat says little about when. */
const rareTimes = 8;
const leastShared = 3;
/** Another clock is claimed on more evidence. */
const leastSharedShifted = 5;
const leastOverlap = 0.5;

interface Prepared {
  readonly phone: PhoneExport;
  readonly byPrint: ReadonlyMap<number, readonly number[]>;
}

function prepare(phone: PhoneExport): Prepared {
  const byPrint = new Map<number, number[]>();
  phone.minutes.forEach((minute, at) => {
    if (Number.isNaN(minute)) return;
    const print = phone.prints[at] ?? 0;
    const there = byPrint.get(print);
    if (there === undefined) byPrint.set(print, [at]);
    else there.push(at);
  });
  return { phone, byPrint };
}

/** Pairs that have rare texts in common, with the differences of minutes at which these stand. */
function* likelyPairs(all: readonly Prepared[]): Generator<readonly [a: number, b: number, shifts: readonly number[]]> {
  const places = new Map<number, { readonly phone: number; readonly minute: number }[]>();
  all.forEach(({ phone, byPrint }, i) => {
    for (const [print, found] of byPrint) {
      if (found.length > rareTimes) continue;
      const there = places.get(print) ?? [];
      places.set(print, there);
      for (const at of found) there.push({ phone: i, minute: phone.minutes[at] ?? 0 });
    }
  });
  const pairs = new Map<number, Map<number, number>>();
  for (const found of places.values()) {
    if (found.length < 2) continue;
    found.sort((one, other) => one.minute - other.minute || one.phone - other.phone);
    for (const [i, one] of found.entries()) {
      for (let j = i + 1; j < found.length; j++) {
        const other = found[j];
        if (other === undefined || other.minute - one.minute > farthestShift) break;
        if (other.phone === one.phone) continue;
        const [a, b] = one.phone < other.phone ? [one, other] : [other, one];
        const key = a.phone * all.length + b.phone;
        const shifts = pairs.get(key) ?? new Map<number, number>();
        pairs.set(key, shifts);
        shifts.set(b.minute - a.minute, (shifts.get(b.minute - a.minute) ?? 0) + 1);
      }
    }
  }
  for (const [key, shifts] of pairs) {
    const likely = [...shifts].filter(([, times]) => times >= leastShared).sort((x, y) => y[1] - x[1] || Math.abs(x[0]) - Math.abs(y[0]) || x[0] - y[0]);
    if (likely.length > 0) yield [Math.floor(key / all.length), key % all.length, likely.slice(0, 3).map(([shift]) => shift)];
  }
}

/** Records of each that say the same in the same minute. */
function* cellsAt(a: Prepared, b: Prepared, shift: number): Generator<readonly [inA: readonly number[], inB: readonly number[]]> {
  const group = (places: readonly number[] | undefined, { phone }: Prepared, ahead: number) =>
    Map.groupBy(places ?? [], (at) => (phone.minutes[at] ?? 0) - ahead);
  for (const [print, places] of a.byPrint) {
    const others = b.byPrint.get(print);
    if (others === undefined) continue;
    const later = group(others, b, shift);
    for (const [minute, inA] of group(places, a, 0)) {
      const inB = later.get(minute);
      if (inB !== undefined) yield [inA, inB];
    }
  }
}

function countWithin({ phone }: Prepared, from: number, to: number): number {
  let count = 0;
  for (const minute of phone.minutes) if (minute >= from && minute <= to) count++;
  return count;
}

function spanOf({ phone }: Prepared): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const minute of phone.minutes) {
    if (minute < first) first = minute;
    if (minute > last) last = minute;
  }
  return [first, last];
}

interface Agreement {
  readonly shift: number;
  readonly shared: number;
  readonly texts: number;
}

function agreementAt(a: Prepared, b: Prepared, shift: number): Agreement {
  let shared = 0;
  const texts = new Set<number>();
  for (const [inA, inB] of cellsAt(a, b, shift)) {
    shared += Math.min(inA.length, inB.length);
    texts.add(a.phone.prints[inA[0] ?? 0] ?? 0);
  }
  return { shift, shared, texts: texts.size };
}

function better(one: Agreement, other: Agreement): Agreement {
  const order = one.shared - other.shared || Math.abs(other.shift) - Math.abs(one.shift) || other.shift - one.shift;
  return order >= 0 ? one : other;
}

/** Two people as one label each: how many messages of both say the same in the same minute, where only one says it. */
interface Evidence {
  readonly together: Map<string, number>;
  readonly ofA: Map<number, number>;
  readonly ofB: Map<number, number>;
}

function joinsBy({ together, ofA, ofB }: Evidence, least: number): readonly (readonly [number, number])[] {
  return [...together].flatMap(([key, times]) => {
    const [a = 0, b = 0] = key.split(' ').map(Number);
    return times >= least && times > leastOverlap * Math.min(ofA.get(a) ?? 0, ofB.get(b) ?? 0) ? [[a, b] as const] : [];
  });
}

function labelKey(label: string): string {
  return label.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** Null where a person of the register is not named so. */
export type PersonOfLabel = (label: string) => string | null;

function joinLabels(a: Prepared, b: Prepared, shift: number, personOf: PersonOfLabel): AlignedPair['joins'] {
  const told: Evidence = { together: new Map(), ofA: new Map(), ofB: new Map() };
  const weak: Evidence = { together: new Map(), ofA: new Map(), ofB: new Map() };
  for (const [[inA = 0, ...moreA], [inB = 0, ...moreB]] of cellsAt(a, b, shift)) {
    if (moreA.length + moreB.length > 0) continue;
    const print = a.phone.prints[inA] ?? 0;
    const once = a.byPrint.get(print)?.length === 1 && b.byPrint.get(print)?.length === 1;
    const [la, lb] = [a.phone.senders[inA] ?? 0, b.phone.senders[inB] ?? 0];
    for (const { together, ofA, ofB } of once ? [told, weak] : [weak]) {
      together.set(`${la} ${lb}`, (together.get(`${la} ${lb}`) ?? 0) + 1);
      ofA.set(la, (ofA.get(la) ?? 0) + 1);
      ofB.set(lb, (ofB.get(lb) ?? 0) + 1);
    }
  }
  const [labelsA, labelsB] = [a.phone.labels, b.phone.labels];
  const apart = ([la, lb]: readonly [number, number]) => {
    const [one, other] = [personOf(labelsA[la] ?? ''), personOf(labelsB[lb] ?? '')];
    return one !== null && other !== null && one !== other;
  };
  const joins = joinsBy(told, 1).filter((join) => !apart(join));
  const freeA = (la: number) => !joins.some(([one]) => one === la);
  const freeB = (lb: number) => !joins.some(([, other]) => other === lb);
  const named = labelsA.flatMap((label, la) =>
    labelsB.flatMap((other, lb) => {
      const person = personOf(label);
      const same = person === null ? labelKey(label) === labelKey(other) : person === personOf(other);
      return same && (person !== null || (freeA(la) && freeB(lb))) ? [[la, lb] as const] : [];
    }),
  );
  joins.push(...named.filter(([la, lb]) => !joins.some(([one, other]) => one === la && other === lb)));
  const rest = joinsBy(weak, 2).filter((join) => freeA(join[0]) && freeB(join[1]) && !apart(join));
  return [...joins, ...rest];
}

function align(a: Prepared, b: Prepared, shifts: readonly number[], personOf: PersonOfLabel): AlignedPair | null {
  const { shift, shared, texts } = shifts.map((one) => agreementAt(a, b, one)).reduce(better);
  if (texts < (shift === 0 ? leastShared : leastSharedShifted)) return null;
  const [[firstA, lastA], [firstB, lastB]] = [spanOf(a), spanOf(b)];
  const [from, to] = [Math.max(firstA, firstB - shift), Math.min(lastA, lastB - shift)];
  const inCommonTime = [countWithin(a, from, to), countWithin(b, from + shift, to + shift)] as const;
  if (shared < leastOverlap * Math.min(...inCommonTime)) return null;
  return { a: a.phone.id, b: b.phone.id, shift, shared, inCommonTime, joins: joinLabels(a, b, shift, personOf) };
}

/** Every two of these that are exports of one chat. The order in which they are given does not matter. */
export function alignExports(phones: readonly PhoneExport[], personOf: PersonOfLabel = () => null): readonly AlignedPair[] {
  const all = [...phones].sort((x, y) => (x.id < y.id ? -1 : 1)).map(prepare);
  const pairs: AlignedPair[] = [];
  for (const [i, j, shifts] of likelyPairs(all)) {
    const [a, b] = [all[i], all[j]];
    const pair = a === undefined || b === undefined ? null : align(a, b, shifts, personOf);
    if (pair !== null) pairs.push(pair);
  }
  return pairs.sort((x, y) => y.shared - x.shared || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
}

/** Part of the smaller of the two, in the time that both cover, that stands in the other. */
export function overlapOf({ shared, inCommonTime }: Pick<AlignedPair, 'shared' | 'inCommonTime'>): number {
  return shared / Math.max(1, Math.min(...inCommonTime));
}
