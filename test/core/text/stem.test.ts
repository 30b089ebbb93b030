// Dutch inflection, measured over groups of words that belong together and pairs that do not. Snowball Dutch joins 18 of these groups,
// and 13 of these pairs.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { inflectionsOf, stemsOf } from '#core/text/stem.ts';

const groups = [
  'huis huizen huisje huisjes',
  'brief brieven briefje',
  'app appen appje appjes geappt appte appt apps',
  'stad steden',
  'vergunning vergunningen vergund',
  'besluit besluiten besloot besloten',
  'gemeente gemeenten gemeentes gemeentelijk',
  'wethouder wethouders',
  'kosten kost',
  'mogelijk mogelijkheden mogelijkheid',
  'overleg overleggen overlegde overlegt',
  'bouwen bouw bouwt gebouwd bouwde',
  'vergaderen vergadering vergaderingen vergaderd vergadert',
  'mail mails mailtje mailde gemaild mailen',
  'verlof verloven',
  'bellen bel belt belde gebeld belletje',
  'raadslid raadsleden',
  'schip schepen',
  'dag dagen',
  'weg wegen',
  'zaak zaken',
  'boom bomen',
  'bom bommen',
  'kind kinderen',
  'sturen stuur stuurt gestuurd stuurde',
  'doorsturen doorgestuurd',
  'opsturen opgestuurd',
  'schrijven schreef geschreven schrijft',
  'bedrag bedragen',
  'verslag verslagen',
  'beheer beheren beheert',
  'bericht berichten berichtje',
  'foto fotos',
  'commissie commissies',
  'subsidie subsidies',
  'categorie categorieen',
  'woning woningen',
  'wijk wijken',
  'afspraak afspraken',
  'vraag vragen gevraagd vroeg vraagt',
  'document documenten',
  'project projecten',
  'bezwaar bezwaren',
  'burgemeester burgemeesters',
  'inwoner inwoners',
  'ambtenaar ambtenaren',
  'chat chats chatten gechat',
  'antwoord antwoorden antwoordde geantwoord',
  'nemen neem neemt nam genomen',
  'aannemen aangenomen aannam',
  'boete boetes boeten',
  'plan plannen planning',
  'les lessen',
  'reis reizen',
  'prijs prijzen',
  'bos bossen',
  'kaart kaarten kaartje',
].map((row) => row.split(' '));

const strangers = (
  'zaak/zak boom/bom app/aap kant/kan man/maan raad/rad bos/boos gemeente/gemeen bot/boot kans/kan waarde/waar slot/sloot wet/weet ' +
  'start/star dans/dan mens/men wegen/wagen vallen/vellen bal/baal kosten/kast wijk/week bel/beel tak/taak'
)
  .split(' ')
  .map((pair) => pair.split('/'));

describe('inflectionsOf', () => {
  it.each(groups)('joins %s with its forms, from whichever is typed', (...group) => {
    for (const typed of group) expect(inflectionsOf(typed)).toEqual(expect.arrayContaining([group[0]]));
    expect(inflectionsOf(group[0] ?? '')).toEqual(expect.arrayContaining(group));
  });

  it.each(strangers)('keeps %s apart from %s', (one = '', other = '') => {
    expect(inflectionsOf(one)).not.toContain(other);
    expect(inflectionsOf(other)).not.toContain(one);
  });

  it('leaves what is no Dutch word alone', () => {
    for (const term of ['2024', '👍', '許', 'ja', 'tel:31612345678', 'z2024', 'привет', 'مرحبا']) expect(inflectionsOf(term)).toEqual([term]);
  });

  property.prop([fc.string({ unit: fc.constantFrom(...'abdefgijklnoprstuvwz'), minLength: 1, maxLength: 14 })])(
    'gives every word itself first, each form once and only forms that share a stem',
    (word) => {
      const forms = inflectionsOf(word);
      expect(forms[0]).toBe(word);
      expect(new Set(forms).size).toBe(forms.length);
      expect(forms.length).toBeLessThan(400);
      const stems = stemsOf(word);
      for (const form of forms.slice(1)) expect([...stemsOf(form)].some((stem) => stems.has(stem))).toBe(true);
    },
  );
});
