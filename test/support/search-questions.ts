// Random chats and random questions: Unicode, emoji, right-to-left, very long and empty messages, several segments and levels.
import { fc } from '@fast-check/vitest';
import { searchOrders } from '#core/search/page.ts';
import { facetKinds } from '#core/search/question.ts';
import type { SegmentLimits } from '#core/search/segment.ts';

const wordPool = [
  'vergunning',
  'vergunningen',
  'vergund',
  'ja',
  'nee',
  'de',
  'niet',
  'op',
  'mail',
  'Één',
  'café',
  'foto’s',
  'Z-2024-00123',
  '👍',
  '👍🏽',
  '🇳🇱',
  '許可',
  'مرحبا',
  'שלום',
  '06-12345678',
  '+31 6 12345678',
  '16:08',
  'x'.repeat(90),
  'e\u0301e\u0301n',
  '\u200eok',
];
export const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.constantFrom(...wordPool), { maxLength: 7, size: 'max' }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' \n ', 'ja '.repeat(400), `${'de mail '.repeat(200)}vergunning`) },
);
const senders = ['Jan de Vries', 'Fatima', 'Sjoerd van der Meer', '+31 6 12345678', 'jan', '~ Één'];
const local = fc
  .tuple(
    fc.constantFrom('2023-12-31', '2024-01-01', '2024-01-15', '2024-03-31', '2024-02-30'),
    fc.constantFrom(9, 23),
    fc.constantFrom(0, 1, 59),
    fc.option(fc.constantFrom(0, 7)),
  )
  .map(([day, h, m, s]) => `${day}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}${s === null ? '' : `:${String(s).padStart(2, '0')}`}`);
const message = fc
  .record({
    sender: fc.option(fc.constantFrom(...senders), { freq: 6 }),
    local,
    text,
    attachment: fc.option(fc.constantFrom('Begroting 2024.pdf', 'IMG-0001.jpg'), { freq: 2 }),
  })
  .map(({ attachment, ...rest }) => (attachment === null ? rest : { ...rest, attachment }));
const conversation = fc.record({
  title: fc.option(fc.constantFrom('Wijkteam Zuid', 'Zuid vergunning', 'MT')),
  messages: fc.array(message, { maxLength: 20, size: 'max' }),
});
export const bundle = fc.record({
  state: fc.constantFrom('indexed', 'indexed', 'indexed', 'ingesting', 'destroying'),
  uploader: fc.constantFrom('ada', 'bo'),
  caseIds: fc.subarray(['ZAAK-1', 'ZAAK-2', 'zaak-20']),
  custodianId: fc.constantFrom(null, null, 'custodian_1', 'custodian_2'),
  conversations: fc.array(conversation, { minLength: 1, maxLength: 3 }),
});
export const limitsArb: fc.Arbitrary<Partial<SegmentLimits>> = fc.constantFrom(
  { records: 7, blockRecords: 3, drawerBytes: 20, besideBytes: 10 },
  { records: 25, blockRecords: 4, drawerBytes: 200, besideBytes: 30, itemBytes: 150 },
  { records: 1000, blockRecords: 64, segmentText: 3000, senders: 2 },
  {},
);

const leafText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'vergunning',
      'VERGUNNINGEN',
      'ja',
      'de',
      'een',
      '👍',
      '🇳🇱',
      '許',
      'שלום',
      'foto’s',
      'ontbreekt',
      'begroting',
      `${'x'.repeat(90)}`,
      '123',
      '16:08',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('"niet op de mail"', '"de mail"', '"ja ja"', '"許可"', '"mail de"', 'Z-2024-00123', '"2024 pdf"', '"op de"') },
  { weight: 2, arbitrary: fc.constantFrom('vergun*', 'v*', 'x*', '0*', 'Z-20*', 't*', 'tel*', '許*', '👍*', '1*') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'van:jan',
      'van:"jan de"',
      'van:j*',
      'in:zuid',
      'in:"wijkteam zuid"',
      'in:w*',
      'zaak:ZAAK-1',
      'zaak:zaak-2*',
      'datum:2024-01',
      'datum:2024-01-15..',
      'datum:2023',
      'van:0612345678',
      'van:één',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('06-12345678', '0031612345678', '+31612345678', '06 1234 5678') },
  { weight: 2, arbitrary: fc.constantFrom('*unning*', '*n', 'ver*en', '*e*e*', 'Z-*24-*', '*許*', '*12*') },
  { weight: 2, arbitrary: fc.constantFrom('vergunnig~1', 'vergudn~1', 'verguning~2', 'ja~1', 'ma~2', 'caef~1', 'een~1') },
  { weight: 2, arbitrary: fc.constantFrom('/v.*/', '/(ja|nee)/', '/[0-9]{4}/', '/.*[^a-z0-9].*/', '/.{1,3}/', '/مر.+/') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'bijlage:begroting',
      'bijlage:"2024 pdf"',
      'bijlage:*',
      'bijlage:j*',
      'bijlage:*g',
      'bijlage:ja',
      'app:whatsapp',
      'app:sms',
      'type:tekst',
      'type:systeem',
      'type:bijlage',
      'van:*jo*',
      'van:fatma~1',
      'van:/j.*/',
      'in:*uid*',
      'zaak:*-2*',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('ja', 'vergunning', '"de mail"', '*e*', '(niet OF nee*)', '06-12345678', 'begroting'),
        fc.constantFrom(1, 2, 5, 99),
        fc.constantFrom('ja', 'mail', '"op de"', 'v*', '/.{2}/', '(een OF 👍 OF café~1)'),
      )
      .map(([a, n, b]) => `${a} NABIJ/${n} ${b}`),
  },
);
export const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leafText,
    fc.tuple(tie('query'), fc.constantFrom(' ', ' EN ', ' OF ', ' OR ', ' NIET ', ' OF NIET '), tie('query')).map(([a, op, b]) => `(${a}${op}${b})`),
    tie('query').map((q) => `NIET ${q}`),
  ),
}));
export const request = fc.record({
  query: fc.oneof({ weight: 12, arbitrary: query }, { weight: 1, arbitrary: fc.constant('') }),
  order: fc.constantFrom(...searchOrders),
  limit: fc.constantFrom(1, 3, 10, 200),
  facets: fc.subarray([...facetKinds]),
  filters: fc.record(
    {
      caseIds: fc.subarray(['ZAAK-1', 'ZAAK-2']),
      senders: fc.subarray(['Fatima', 'jan', 'nobody']),
      from: fc.constantFrom(null, '2024-01-01', '2024-03-01'),
      to: fc.constantFrom(null, '2024-01-15'),
      platforms: fc.constantFrom([], ['whatsapp'], ['signal']),
      kinds: fc.constantFrom([], ['tekst'], ['systeem', 'bijlage'], ['media']),
      custodianIds: fc.constantFrom([], ['custodian_1'], ['custodian_1', 'custodian_2'], ['custodian_9']),
    },
    { requiredKeys: [] },
  ),
});
