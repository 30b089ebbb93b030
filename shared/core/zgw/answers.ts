// What we read of the answers of the ZGW APIs: Zaken 1.5 and later, Catalogi 1.3, Besluiten 1.0, Selectielijst 1.0. All else passes by.
import * as z from 'zod';
import { CalendarDate, Period } from '#core/model/time.ts';

/** What reads an answer of this kind. */
export type AnswerSchema<T> = z.ZodType<T, unknown>;

const address = z.url();
const date = CalendarDate.nullish().transform((value) => value ?? null);
/** Absent, null and the empty word mean the same there. */
const optionalAddress = z
  .union([address, z.literal('')])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));
const optionalPeriod = z
  .union([Period, z.literal('')])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));
const nomination = z
  .enum(['blijvend_bewaren', 'vernietigen', ''])
  .nullish()
  .transform((value) => (value === 'blijvend_bewaren' ? 'keep' : value === 'vernietigen' ? 'destroy' : null));

export const ZaakAnswer = z.object({
  url: address,
  identificatie: z.string(),
  omschrijving: z.string().default(''),
  einddatum: date,
  archiefnominatie: nomination,
  archiefactiedatum: date,
  startdatumBewaartermijn: date,
  archiefstatus: z.enum(['nog_te_archiveren', 'gearchiveerd', 'gearchiveerd_procestermijn_onbekend', 'overgedragen']).default('nog_te_archiveren'),
  resultaat: optionalAddress,
  hoofdzaak: optionalAddress,
  deelzaken: z
    .array(address)
    .nullish()
    .transform((value) => value ?? []),
  relevanteAndereZaken: z
    .array(z.object({ url: address }))
    .nullish()
    .transform((value) => value ?? []),
});
export type ZaakAnswer = z.infer<typeof ZaakAnswer>;

export const ResultaatAnswer = z.object({ resultaattype: address });

export const ResultaattypeAnswer = z.object({
  archiefnominatie: nomination,
  archiefactietermijn: optionalPeriod,
  selectielijstklasse: optionalAddress,
  brondatumArchiefprocedure: z
    .object({
      afleidingswijze: z.string(),
      datumkenmerk: z.string().nullish(),
      objecttype: z.string().nullish(),
      procestermijn: optionalPeriod,
    })
    .nullish()
    .transform((value) => value ?? null),
});
export type ResultaattypeAnswer = z.infer<typeof ResultaattypeAnswer>;

/** Row of the selection list as its own API gives it. */
export const SelectielijstResultaatAnswer = z.object({ volledigNummer: z.string(), procestermijn: z.string().nullish() });

export const ZaakeigenschappenAnswer = z.array(z.object({ naam: z.string(), waarde: z.string() }));

export const ZaakobjectAnswer = z.object({
  objectType: z.string(),
  object: optionalAddress,
  objectIdentificatie: z.unknown().optional(),
});

export const ZaakbesluitenAnswer = z.array(z.object({ besluit: address }));

export const BesluitAnswer = z.object({ ingangsdatum: date, vervaldatum: date });

/** A page of a list. */
export const PageAnswer = z.object({ count: z.int(), next: optionalAddress, results: z.array(z.unknown()) });
export type PageAnswer = z.infer<typeof PageAnswer>;

/** What a Notificaties API sends (1.0). `hoofdObject` is the case; the rest is asked for. */
export const Notification = z.object({
  kanaal: z.string().max(50),
  hoofdObject: z.string().max(1000).nullish(),
  resource: z.string().max(100).nullish(),
  resourceUrl: z.string().max(1000).nullish(),
  actie: z.string().max(100).nullish(),
  aanmaakdatum: z.string().max(50).nullish(),
});
export type Notification = z.infer<typeof Notification>;

/** An object of which only its characteristic is asked. */
export const ObjectAnswer = z.unknown();
